/**
 * What a Yellowstone server says it is, by its unary call `GetVersion`. Only to be told: a server, or a proxy before it,
 * that does not answer it can stream well enough.
 *
 * Source: yellowstone-grpc#830 for replays of blocks below 14.2.1.
 * @module
 */
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { GetVersionRequest, GetVersionResponse } from '@triton-one/yellowstone-grpc';
import { messageOf } from '../domain/errors.ts';
import { parseEndpoint } from './stream-error.ts';
import type { StreamEndpoint } from './transport.ts';

export type ServerVersion =
  /** `15.1.2`, of the plugin. */
  | { readonly kind: 'known'; readonly version: string; readonly replaysBlocks: boolean }
  | { readonly kind: 'unknown'; readonly reason: string };

const GET_VERSION_PATH = '/geyser.Geyser/GetVersion';
const PATIENCE_MS = 5_000;
/** From here on a replay of blocks can be relied on. */
const REPLAYS_BLOCKS_FROM = [14, 2, 1] as const;

/** Never fails: that nothing was learned is an answer. */
export async function serverVersion(endpoint: StreamEndpoint, patienceMs = PATIENCE_MS): Promise<ServerVersion> {
  try {
    return readVersion((await ask(endpoint, patienceMs)).version);
  } catch (error) {
    return { kind: 'unknown', reason: messageOf(error) };
  }
}

function ask({ url, xToken }: StreamEndpoint, patienceMs: number): Promise<GetVersionResponse> {
  const { address, secure } = parseEndpoint(url);
  const client = new Client(address, secure ? credentials.createSsl() : credentials.createInsecure());
  const metadata = new Metadata();
  if (xToken !== '') metadata.set('x-token', xToken);
  const serialize = (request: GetVersionRequest) => Buffer.from(GetVersionRequest.encode(request).finish());
  const read = (bytes: Buffer) => GetVersionResponse.decode(bytes);
  const deadline = Date.now() + patienceMs;
  return new Promise<GetVersionResponse>((resolve, reject) => {
    client.makeUnaryRequest(GET_VERSION_PATH, serialize, read, {}, metadata, { deadline }, (error, answer) => {
      client.close();
      if (error === null && answer !== undefined) resolve(answer);
      else reject(error ?? new Error('no answer'));
    });
  });
}

/** Its answer is JSON, with the plugin's version inside `version`; older ones give the version alone. */
function readVersion(text: string): ServerVersion {
  const version = /"version"\s*:\s*"(\d+\.\d+\.\d+[^"]*)"/.exec(text)?.[1] ?? /^\d+\.\d+\.\d+\S*/.exec(text)?.[0];
  if (version === undefined) return { kind: 'unknown', reason: `it says ${text.slice(0, 80)}` };
  return { kind: 'known', version, replaysBlocks: isAtLeast(version, REPLAYS_BLOCKS_FROM) };
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const numbers = version.split(/[.+-]/).map(Number);
  for (const [index, wanted] of least.entries()) {
    const found = numbers[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}
