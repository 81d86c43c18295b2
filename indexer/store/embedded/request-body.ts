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
 * Reads until `isEnough` says that the query text is all there, or the body ends.
 * @throws EngineError 229 when a query without data is too long
 */
export async function readQueryStart(
  urlQuery: string,
  body: AsyncIterable<Buffer>,
  isEnough: (text: Buffer) => boolean,
): Promise<QueryStart> {
  const rest = body[Symbol.asyncIterator]();
  const chunks: Buffer[] = urlQuery === '' ? [] : [Buffer.from(`${urlQuery}\n`)];
  let sizeBytes = chunks[0]?.length ?? 0;
  if (chunks[0] !== undefined && isEnough(chunks[0])) return { bytes: chunks[0], rest, isComplete: false };
  let askAtBytes = 1;
  for (;;) {
    const next = await rest.next();
    if (next.done) return { bytes: Buffer.concat(chunks), rest, isComplete: true };
    chunks.push(next.value);
    sizeBytes += next.value.length;
    if (sizeBytes > maxQueryTextBytes) {
      throw new EngineError(
        229,
        'QUERY_IS_TOO_LARGE',
        `Query is longer than ${maxQueryTextBytes} bytes, send the data by FORMAT`,
      );
    }
    if (sizeBytes < askAtBytes || askAtBytes > maxQueryStartBytes) continue;
    // Ask at doubling sizes: a text that comes in small pieces is not tokenised again for every piece.
    askAtBytes = sizeBytes * 2;
    const bytes = Buffer.concat(chunks);
    if (isEnough(bytes)) return { bytes, rest, isComplete: false };
  }
}
