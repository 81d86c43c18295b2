/**
 * `GET /artefacts/<reward epoch>.json`: the artefact that the epoch uses, byte for byte as it was hashed. Its ETag is its
 * SHA-256, which is also `artefactHash` of `rewardEpoch`.
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { checkInput } from '../../indexer/domain/errors.ts';
import { U64_MAX } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { artefactRow } from '../../indexer/store/queries/rewards/reward-results.ts';

const compress = promisify(gzip);
const PATH = /^\/artefacts\/(\d{1,20})\.json$/;

/** The epoch that a path names; `null` for any other path. */
export function artefactEpoch(path: string): bigint | null {
  const number = BigInt(PATH.exec(path)?.[1] ?? -1n);
  return number < 0n || number > U64_MAX ? null : number;
}

/** @throws InputError `API__NO_ARTEFACT`; errors of the store */
export async function serveArtefact(
  store: StoreClient,
  rewardEpoch: bigint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { artefactHash = '' } = (await epochRow(store, rewardEpoch)) ?? {};
  const artefact = artefactHash === '' ? null : await artefactRow(store, rewardEpoch, artefactHash);
  checkInput(artefact !== null, 'API__NO_ARTEFACT', `Reward epoch ${rewardEpoch} has no artefact yet`);
  const etag = `"${artefact.artefactHash}"`;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const isGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (isGzip) response.setHeader('Content-Encoding', 'gzip');
  response.writeHead(200).end(isGzip ? await compress(artefact.content) : artefact.content);
}
