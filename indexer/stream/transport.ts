/**
 * What the pipeline knows of a connection to a Yellowstone endpoint: one subscription in, batches of updates out.
 *
 * Two implementations, `raw-transport.ts` and `official-transport.ts`; the same stream gives the same updates through
 * both. A stream is opened once and never reused: recovery (backoff, replay, gaps) belongs to the pipeline.
 * @module
 */
import type { SubscribeRequest } from '@triton-one/yellowstone-grpc';
import type { Update } from './update.ts';

/**
 * Batches in arrival order: everything that came since the last was taken. Ends without an error when the server ends
 * the stream, which is a disconnect like any other. The server's pings are answered by the transport.
 */
export interface UpdateStream extends AsyncIterable<readonly Update[]> {
  /** Bytes that came and were not taken yet, about. */
  readonly queuedBytes?: () => number;
  /** Ends the iteration and frees the connection. May be called more than once. */
  close(): void;
}

export interface StreamTransport {
  readonly name: 'raw' | 'official';
  /** `host:port`, for people: where several endpoints are followed it says which one is meant. */
  readonly address?: string;
  /**
   * @throws InputError `STREAM__UNAUTHENTICATED`, `STREAM__BAD_ENDPOINT`
   * @throws UpstreamError `STREAM__UNREACHABLE`, `STREAM__BROKEN`; iterating throws these as well, and
   *   `STREAM__OUT_OF_RANGE`, `STREAM__BAD_MESSAGE`
   */
  open(request: SubscribeRequest): Promise<UpdateStream>;
}

/** Of the server's messages; what it does not offer comes uncompressed. */
export type Compression = 'none' | 'gzip' | 'zstd';

export interface StreamEndpoint {
  /** `http://host:port` or `https://host:port`. */
  readonly url: string;
  /** Empty for none. */
  readonly xToken: string;
  /** `none` unless told otherwise. */
  readonly compression?: Compression;
}

/** Bytes of one message, at most: a block with all its transactions is well below. */
export const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
/** Bytes that wait between the socket and the assembler before the socket is paused. */
export const QUEUE_BYTES = 32 * 1024 * 1024;
export const KEEP_ALIVE_MS = 10_000;
export const KEEP_ALIVE_TIMEOUT_MS = 5_000;
export const CONNECT_TIMEOUT_MS = 10_000;
/** Any number does: the server sends it back in its pong. */
export const PING_ID = 1;
