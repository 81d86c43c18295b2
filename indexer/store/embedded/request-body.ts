/**
 * The body of a request as bytes: decompressed, and read only as far as the query text reaches.
 * @module
 */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { EngineError } from './engine-error.ts';

/** How far into a body its query may reach before the data of an INSERT begins. */
const maxQueryStartBytes = 1024 * 1024;
/** A query without data, such as `INSERT … VALUES`, goes to the engine as one text. */
const maxQueryTextBytes = 64 * 1024 * 1024;

const noBody: AsyncIterable<Buffer> = (async function* () {})();

/** @throws EngineError 89 for an encoding that is not known, 354 for a broken one */
export function bodyOf(request: IncomingMessage): AsyncIterable<Buffer> {
  if (request.method === 'GET' || request.method === 'HEAD') return noBody;
  const encoding = request.headers['content-encoding'] ?? 'identity';
  const decoder = decoderOf(encoding);
  if (decoder === null) return request;
  request.once('error', (error) => decoder.destroy(error));
  request.once('close', () => {
    if (!request.complete) decoder.destroy(new Error('the client closed the connection'));
  });
  return withCode(request.pipe(decoder), encoding);
}

function decoderOf(encoding: string): (Readable & NodeJS.WritableStream) | null {
  if (encoding === 'identity' || encoding === '') return null;
  if (encoding === 'gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  if (encoding === 'br') return createBrotliDecompress();
  throw new EngineError(
    89,
    'UNKNOWN_COMPRESSION_METHOD',
    `Unknown compression method '${encoding}', use gzip, deflate or br`,
  );
}

async function* withCode(source: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch (error) {
    throw new EngineError(354, 'ZLIB_INFLATE_FAILED', `Cannot decompress the request body (${encoding})`, error);
  }
}

export interface QueryStart {
  /** The query of the URL and as much of the body as was read. */
  readonly bytes: Buffer;
  readonly rest: AsyncIterator<Buffer>;
  /** The whole body has been read. */
  readonly isComplete: boolean;
}

/**
 * Behind the query text of a body, this much must be there before it is believed to be complete: a format's name or a
 * SETTINGS clause could be cut by the end of a packet.
 */
const lookAheadBytes = 16 * 1024;

/**
 * Reads until the text holds an INSERT whose data has begun, or the body ends.
 * @param dataStartOf byte offset at which the data of an INSERT begins, `null` while there is none
 * @throws EngineError 229 when a query without data is too long
 */
export async function readQueryStart(
  urlQuery: string,
  body: AsyncIterable<Buffer>,
  dataStartOf: (text: Buffer) => number | null,
): Promise<QueryStart> {
  const rest = body[Symbol.asyncIterator]();
  let bytes = Buffer.from(urlQuery === '' ? '' : `${urlQuery}\n`);
  if (dataStartOf(bytes) !== null) return { bytes, rest, isComplete: false };
  let pending: Buffer[] = [];
  let [pendingBytes, askAtBytes] = [0, lookAheadBytes];
  for (;;) {
    const next = await rest.next();
    if (!next.done) {
      pending.push(next.value);
      pendingBytes += next.value.length;
      if (pendingBytes < askAtBytes) continue;
    }
    bytes = Buffer.concat([bytes, ...pending]);
    if (next.done) return { bytes, rest, isComplete: true };
    // Ask at doubling sizes: a text that comes in small pieces is not looked at again for every piece.
    [pending, pendingBytes, askAtBytes] = [[], 0, bytes.length];
    checkLength(bytes.length);
    if (bytes.length > maxQueryStartBytes) continue;
    const dataAt = dataStartOf(bytes);
    if (dataAt !== null && bytes.length - dataAt >= lookAheadBytes) return { bytes, rest, isComplete: false };
  }
}

function checkLength(sizeBytes: number): void {
  if (sizeBytes <= maxQueryTextBytes) return;
  const message = `Query is longer than ${maxQueryTextBytes} bytes, send the data by FORMAT`;
  throw new EngineError(229, 'QUERY_IS_TOO_LARGE', message);
}
