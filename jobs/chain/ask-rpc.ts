/**
 * A question to a Solana RPC, with typed failures that show neither the path nor the key of its address.
 * @module
 */
import { isSolanaError, SOLANA_ERROR__RPC__TRANSPORT_HTTP_ERROR } from '@solana/kit';
import { messageOf, UpstreamError } from '../../indexer/domain/errors.ts';
import { shownUrl, withoutUrl } from '../../indexer/domain/shown-url.ts';

/** Sends requests to one RPC; `what` names the question. @throws UpstreamError as `rpcError` makes it */
export function askerOf(url: string) {
  return async <T>(what: string, request: { send(): Promise<T> }): Promise<T> => {
    try {
      return await request.send();
    } catch (error) {
      throw rpcError(url, what, error);
    }
  };
}

/** `CHAIN__RPC_REFUSED` when the RPC has answered, `CHAIN__RPC_UNREACHABLE` otherwise. */
export function rpcError(address: string, what: string, error: unknown): UpstreamError {
  const [url, reason] = [shownUrl(address), withoutUrl(messageOf(error), address)];
  const isAnswer = isSolanaError(error) && !isSolanaError(error, SOLANA_ERROR__RPC__TRANSPORT_HTTP_ERROR);
  return isAnswer
    ? new UpstreamError('CHAIN__RPC_REFUSED', `${url} refused ${what}: ${reason}`, { url, what }, error)
    : new UpstreamError(
        'CHAIN__RPC_UNREACHABLE',
        `Solana RPC at ${url} does not answer: ${reason}`,
        { url, what },
        error,
      );
}
