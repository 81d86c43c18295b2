/**
 * One JSON-RPC text in, one text out: parsing, batches, unknown methods, errors.
 * @module
 */
import { messageOf } from '../../../indexer/domain/errors.ts';
import type { Localnet } from '../localnet.ts';
import { accountMethods } from './account-methods.ts';
import { blockMethods } from './block-methods.ts';
import { chainMethods } from './chain-methods.ts';
import { toJson } from './json.ts';
import type { Methods } from './parameters.ts';
import { RpcError, rpcCode } from './rpc-error.ts';
import { transactionMethods } from './transaction-methods.ts';

const httpMethods: Methods = { ...chainMethods, ...accountMethods, ...blockMethods, ...transactionMethods };

/**
 * Answer to the body of a request; empty for a notification, which has no id. Never throws: whatever goes wrong is an
 * error object.
 */
export function dispatch(localnet: Localnet, body: string, methods: Methods = httpMethods): string {
  let request: unknown;
  try {
    request = JSON.parse(body);
  } catch {
    return toJson(failure(null, new RpcError(rpcCode.parseError, 'Parse error')));
  }
  if (!Array.isArray(request)) return isNotification(request) ? '' : toJson(answer(localnet, request, methods));
  if (request.length === 0) return toJson(failure(null, new RpcError(rpcCode.invalidRequest, 'Invalid request')));
  return toJson(request.map((item) => answer(localnet, item, methods)));
}

function isNotification(request: unknown): boolean {
  return typeof request === 'object' && request !== null && 'method' in request && !('id' in request);
}

function answer(localnet: Localnet, request: unknown, methods: Methods): object {
  const { id = null, method, params = [] } = (request ?? {}) as { id?: unknown; method?: unknown; params?: unknown };
  try {
    if (typeof method !== 'string') throw new RpcError(rpcCode.invalidRequest, 'Invalid request');
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (run === undefined) throw new RpcError(rpcCode.methodNotFound, 'Method not found');
    if (!Array.isArray(params)) throw new RpcError(rpcCode.invalidParams, 'Invalid params: expected an array');
    return { jsonrpc: '2.0', result: run(localnet, params) ?? null, id };
  } catch (error) {
    return failure(
      id,
      error instanceof RpcError ? error : new RpcError(rpcCode.internal, `Internal error: ${messageOf(error)}`),
    );
  }
}

function failure(id: unknown, error: RpcError): object {
  return { jsonrpc: '2.0', error: { code: error.code, message: error.message, data: error.data }, id };
}
