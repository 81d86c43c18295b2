/**
 * The reply to one query: held back until the result is complete or has grown past a limit, then streamed.
 *
 * An error while nothing has been sent becomes a proper status; an error later becomes the exception block that
 * ClickHouse writes since 25.11, named by `X-ClickHouse-Exception-Tag`.
 * @module
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { type EngineError, exceptionText, httpStatusOf } from './engine-error.ts';

/** ClickHouse's own `http_response_buffer_size`. */
const heldBackBytes = 1024 * 1024;
/** Smaller replies are compressed at once, without a turn through the thread pool. */
const directGzipBytes = 64 * 1024;
const stalledClientMs = 120_000;

export interface Summary {
  readonly readRows?: number;
  readonly writtenRows?: number;
  readonly resultRows?: number;
  readonly elapsedSeconds?: number;
}

export interface ReplyContext {
  readonly serverName: string;
  readonly timezone: string;
  readonly version: string;
}

export class HttpReply {
  acceptsGzip = false;
  readonly #exceptionTag = randomBytes(8).toString('hex');
  #held: Buffer[] = [];
  #heldBytes = 0;
  #stream: Writable | null = null;
  #format = 'TabSeparated';

  constructor(
    private readonly response: ServerResponse,
    private readonly context: ReplyContext,
    queryId: string,
  ) {
    response.setHeader('X-ClickHouse-Server-Display-Name', context.serverName);
    response.setHeader('X-ClickHouse-Timezone', context.timezone);
    response.setHeader('X-ClickHouse-Query-Id', encodeURI(queryId));
  }

  /** The client has gone: nothing more can be sent. */
  get isGone(): boolean {
    return this.response.destroyed || this.response.socket?.destroyed === true;
  }

  setFormat(format: string): void {
    this.#format = format;
  }

  /** Resolves when the client has room for more. */
  async write(chunk: Buffer): Promise<void> {
    if (this.isGone) return;
    if (this.#stream === null) {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
      if (this.#heldBytes <= heldBackBytes) return;
      await this.#startStream();
      return;
    }
    await this.#send(this.#stream, chunk);
  }

  /** Ends the reply. The summary is complete when nothing has been sent before. */
  async end(summary: Summary): Promise<void> {
    if (this.isGone) return;
    if (this.#stream !== null) {
      this.#stream.end();
      return;
    }
    const body = Buffer.concat(this.#held);
    const isCompressed = this.acceptsGzip && body.length > 0 && body.length <= directGzipBytes;
    if (this.acceptsGzip && body.length > directGzipBytes) {
      await this.#startStream(summary);
      (this.#stream as Writable | null)?.end();
      return;
    }
    const bytes = isCompressed ? gzipSync(body, { level: 3 }) : body;
    const encoding = isCompressed ? { 'Content-Encoding': 'gzip' } : {};
    this.response.writeHead(200, { ...this.#resultHeaders(summary), ...encoding, 'Content-Length': bytes.length });
    this.response.end(bytes);
  }

  /** Tells the error by status, or inside the body when the body has begun. */
  fail(error: EngineError): void {
    if (this.isGone) return;
    const text = exceptionText(error, this.context.version);
    if (this.#stream !== null) {
      this.#breakOff(this.#stream, text);
      return;
    }
    this.#held = [];
    this.response.writeHead(httpStatusOf(error.code), {
      'Content-Type': 'text/plain; charset=UTF-8',
      'X-ClickHouse-Exception-Code': error.code,
      'Content-Length': Buffer.byteLength(text),
    });
    this.response.end(text);
  }

  #resultHeaders(summary: Summary): OutgoingHttpHeaders {
    return {
      'Content-Type': contentTypeOf(this.#format),
      'X-ClickHouse-Format': this.#format,
      'X-ClickHouse-Exception-Tag': this.#exceptionTag,
      'X-ClickHouse-Summary': summaryText(summary),
    };
  }

  async #startStream(summary: Summary = {}): Promise<void> {
    const encoding = this.acceptsGzip ? { 'Content-Encoding': 'gzip' } : {};
    this.response.writeHead(200, { ...this.#resultHeaders(summary), ...encoding });
    this.#stream = this.acceptsGzip ? this.#gzipInto(this.response) : this.response;
    const start = Buffer.concat(this.#held);
    this.#held = [];
    await this.#send(this.#stream, start);
  }

  #gzipInto(response: ServerResponse): Writable {
    const gzip = createGzip({ level: 3 });
    response.once('close', () => gzip.destroy());
    gzip.pipe(response);
    return gzip;
  }

  /** A client that takes nothing for too long is dropped: it holds a query slot. */
  async #send(stream: Writable, chunk: Buffer): Promise<void> {
    if (stream.destroyed || stream.write(chunk)) return;
    const settled = new AbortController();
    const gone = once(this.response, 'close', { signal: settled.signal });
    const drained = once(stream, 'drain', { signal: settled.signal });
    const stalled = setTimeout(() => this.response.destroy(), stalledClientMs);
    await Promise.race([gone, drained]).finally(() => {
      clearTimeout(stalled);
      for (const waiting of [gone, drained]) waiting.catch(() => {});
      settled.abort();
    });
  }

  #breakOff(stream: Writable, text: string): void {
    const message = text.replaceAll('\r\n', '\n');
    const tag = this.#exceptionTag;
    const block = `\r\n__exception__\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n__exception__\r\n`;
    stream.end(block);
  }
}

const contentTypes: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:JSON|JSONStrings|JSONCompact|JSONCompactStrings|JSONColumns.*|JSONCompactColumns|JSONObjectEachRow)$/,
    'application/json; charset=UTF-8',
  ],
  [/^(?:JSON.*EachRow.*|PrettyJSONEachRow|PrettyNDJSON|NDJSON|JSONLines)$/, 'application/x-ndjson; charset=UTF-8'],
  [/^CSV/, 'text/csv; charset=UTF-8; header=absent'],
  [/^(?:TSV|TabSeparated)/, 'text/tab-separated-values; charset=UTF-8'],
  [/^(?:RowBinary|Native|Parquet|Arrow|ORC|Avro|MsgPack|BSON|Npy|Cap)/, 'application/octet-stream'],
  [/^XML$/, 'application/xml; charset=UTF-8'],
];

function contentTypeOf(format: string): string {
  return contentTypes.find(([pattern]) => pattern.test(format))?.[1] ?? 'text/plain; charset=UTF-8';
}

/** Numbers that the engine does not tell stand as zero, as on a server before a query has made progress. */
function summaryText({ readRows = 0, writtenRows = 0, resultRows = 0, elapsedSeconds = 0 }: Summary): string {
  return JSON.stringify({
    read_rows: String(readRows),
    read_bytes: '0',
    written_rows: String(writtenRows),
    written_bytes: '0',
    total_rows_to_read: '0',
    result_rows: String(resultRows),
    result_bytes: '0',
    elapsed_ns: String(Math.round(elapsedSeconds * 1e9)),
  });
}
