/**
 * The official client, @triton-one/yellowstone-grpc 7.0.1, behind the same interface as the raw transport.
 *
 * What it needs, measured: a new `Client` per stream (after two destroyed streams the same one can hang), the adaptive
 * window off, its own reconnect off (it goes on with a gap), and a reader that keeps reading into a bounded queue.
 * @module
 */
import { createRequire } from 'node:module';
import type ClientClass from '@triton-one/yellowstone-grpc';
import type { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { messageOf } from '../domain/errors.ts';
import { addressOf } from './endpoints.ts';
import { convertUpdate } from './official-update.ts';
import { type GrpcStatus, parseEndpoint, streamError } from './stream-error.ts';
import { pingRequest } from './subscription.ts';
import {
  CONNECT_TIMEOUT_MS,
  type Compression,
  KEEP_ALIVE_MS,
  KEEP_ALIVE_TIMEOUT_MS,
  MAX_MESSAGE_BYTES,
  PING_ID,
  QUEUE_BYTES,
  type StreamEndpoint,
  type StreamTransport,
  type UpdateStream,
} from './transport.ts';
import type { Update } from './update.ts';
import { UpdateQueue } from './update-queue.ts';

// The package is CommonJS with a default export, which loaders unwrap differently; `require` always gives the same.
const { default: Client } = createRequire(import.meta.url)('@triton-one/yellowstone-grpc') as typeof ClientClass;
type OfficialStream = Awaited<ReturnType<InstanceType<typeof Client>['subscribe']>>;

const CHANNEL_OPTIONS = {
  grpcConnectTimeout: CONNECT_TIMEOUT_MS,
  grpcMaxDecodingMessageSize: MAX_MESSAGE_BYTES,
  grpcHttp2KeepAliveInterval: KEEP_ALIVE_MS,
  grpcKeepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  grpcHttp2AdaptiveWindow: false,
};

/** Numbers of the client's `JsCompressionAlgorithm`. It then compresses its own requests too. */
const COMPRESSION: Readonly<Record<Compression, { grpcDefaultCompressionAlgorithm?: number }>> = {
  none: {},
  gzip: { grpcDefaultCompressionAlgorithm: 0 },
  zstd: { grpcDefaultCompressionAlgorithm: 1 },
};

export function officialTransport(endpoint: StreamEndpoint): StreamTransport {
  return {
    name: 'official',
    address: addressOf(endpoint),
    async open(request) {
      parseEndpoint(endpoint.url);
      const token = endpoint.xToken === '' ? undefined : endpoint.xToken;
      const client = new Client(endpoint.url, token, {
        ...CHANNEL_OPTIONS,
        ...COMPRESSION[endpoint.compression ?? 'none'],
      });
      try {
        await client.connect();
      } catch (error) {
        throw streamError('unavailable', textOf(error), endpoint.url, error);
      }
      try {
        return streamOf(await client.subscribe(request), endpoint.url);
      } catch (error) {
        throw errorOf(error, endpoint.url);
      }
    },
  };
}

function streamOf(stream: OfficialStream, url: string): UpdateStream {
  const queue = new UpdateQueue({ pause: () => stream.pause(), resume: () => stream.resume() }, QUEUE_BYTES);
  const finish = (error: unknown = null): void => {
    queue.end(error);
    stream.destroy();
  };
  stream.on('data', (received: SubscribeUpdate) => {
    try {
      const update = convertUpdate(received);
      // Answered here and not by the reader, who may be busy for longer than the server waits.
      if (update?.kind === 'ping') stream.write(pingRequest(PING_ID));
      if (update !== null) queue.push(update, sizeOf(update));
    } catch (error) {
      finish(error);
    }
  });
  stream.on('end', () => finish());
  stream.on('close', () => finish());
  stream.on('error', (error) => finish(errorOf(error, url)));
  return {
    queuedBytes: () => queue.queuedBytes,
    close: () => finish(),
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
  };
}

const TYPICAL_TRANSACTION_BYTES = 1_500;
const SMALL_UPDATE_BYTES = 250;

/** The object does not tell its size on the wire; what a transaction usually has is near enough to bound a queue. */
function sizeOf(update: Update): number {
  switch (update.kind) {
    case 'block':
      return SMALL_UPDATE_BYTES + update.block.transactions.length * TYPICAL_TRANSACTION_BYTES;
    case 'transaction':
      return TYPICAL_TRANSACTION_BYTES;
    case 'account':
      return SMALL_UPDATE_BYTES + update.account.data.length;
    default:
      return SMALL_UPDATE_BYTES;
  }
}

/** The client gives no gRPC code: the status stands as text in the message or in that of the cause. */
function textOf(error: unknown): string {
  const own = messageOf(error);
  const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : '';
  return cause === '' || own.includes(cause) ? own : `${own}: ${cause}`;
}

function errorOf(error: unknown, url: string) {
  const text = textOf(error);
  return streamError(statusOf(text), text.replaceAll(/\s+/g, ' ').slice(0, 500), url, error);
}

/** What tonic, the Rust side of the client, writes for a status; or the status' own name. */
const STATUS_TEXTS: readonly (readonly [GrpcStatus, RegExp])[] = [
  ['unauthenticated', /unauthenticated|does not have valid authentication credentials/i],
  ['permissiondenied', /permission.?denied|does not have permission to execute/i],
  ['unimplemented', /unimplemented|not implemented or not supported/i],
  ['outofrange', /out.?of.?range|attempted past the valid range|data.?loss/i],
  ['invalidargument', /invalid.?argument/i],
  ['unavailable', /unavailable/i],
];

function statusOf(text: string): GrpcStatus {
  return STATUS_TEXTS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}
