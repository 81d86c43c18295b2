/**
 * The raw transport: one bidirectional call over @grpc/grpc-js whose messages stay bytes, read by `raw-update.ts`.
 * @module
 */
import {
  Client,
  type ClientDuplexStream,
  connectivityState,
  credentials,
  Metadata,
  type MetadataValue,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { SubscribeRequest } from '@triton-one/yellowstone-grpc';
import { checkInput } from '../domain/errors.ts';
import { addressOf } from './endpoints.ts';
import { readUpdate } from './raw-update.ts';
import { type GrpcStatus, parseEndpoint, streamError } from './stream-error.ts';
import { pingRequest } from './subscription.ts';
import {
  CONNECT_TIMEOUT_MS,
  KEEP_ALIVE_MS,
  KEEP_ALIVE_TIMEOUT_MS,
  MAX_MESSAGE_BYTES,
  PING_ID,
  QUEUE_BYTES,
  type StreamEndpoint,
  type StreamTransport,
  type UpdateStream,
} from './transport.ts';
import { UpdateQueue } from './update-queue.ts';

const SUBSCRIBE_PATH = '/geyser.Geyser/Subscribe';
const CHANNEL_OPTIONS = {
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  'grpc.keepalive_time_ms': KEEP_ALIVE_MS,
  'grpc.keepalive_timeout_ms': KEEP_ALIVE_TIMEOUT_MS,
  'grpc-node.flow_control_window': 8 * 1024 * 1024,
  // One connection per stream: a channel shared by address would outlive the stream that broke.
  'grpc.use_local_subchannel_pool': 1,
};

/** Notices and pings are smaller and read when they come; blocks and transactions when they are wanted. */
const SMALL_MESSAGE_BYTES = 128;

type Call = ClientDuplexStream<SubscribeRequest, Buffer>;

/** @throws InputError `STREAM__NO_ZSTD` */
export function rawTransport(endpoint: StreamEndpoint): StreamTransport {
  checkInput(
    endpoint.compression !== 'zstd',
    'STREAM__NO_ZSTD',
    'The raw transport has no zstd: set YELLOWSTONE_COMPRESSION=gzip or YELLOWSTONE_TRANSPORT=official',
  );
  return {
    name: 'raw',
    address: addressOf(endpoint),
    async open(request) {
      const client = connect(endpoint);
      await ready(client, endpoint.url);
      const call = client.makeBidiStreamRequest(SUBSCRIBE_PATH, serialize, (bytes) => bytes, metadataOf(endpoint));
      call.write(request);
      return streamOf(client, call, endpoint.url);
    },
  };
}

function connect({ url }: StreamEndpoint): Client {
  const { address, secure } = parseEndpoint(url);
  return new Client(address, secure ? credentials.createSsl() : credentials.createInsecure(), CHANNEL_OPTIONS);
}

/** Connected, or the first failure: gRPC itself would go on trying until the deadline. */
function ready(client: Client, url: string): Promise<void> {
  const channel = client.getChannel();
  const deadline = Date.now() + CONNECT_TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      client.close();
      reject(streamError('unavailable', reason, url));
    };
    const look = (): void => {
      const state = channel.getConnectivityState(true);
      if (state === connectivityState.READY) resolve();
      else if (state === connectivityState.TRANSIENT_FAILURE) fail('no connection');
      else channel.watchConnectivityState(state, deadline, (error) => (error == null ? look() : fail('no answer')));
    };
    look();
  });
}

/** What grpc-js always says it can read is taken back: a server would compress whether or not it is wanted. */
class UncompressedMetadata extends Metadata {
  override set(key: string, value: MetadataValue): void {
    super.set(key, key === 'grpc-accept-encoding' ? 'identity' : value);
  }

  override clone(): Metadata {
    const copy = new UncompressedMetadata(this.getOptions());
    copy.merge(super.clone());
    return copy;
  }
}

function metadataOf({ xToken, compression }: StreamEndpoint): Metadata {
  const metadata = compression === 'gzip' ? new Metadata() : new UncompressedMetadata();
  if (xToken !== '') metadata.set('x-token', xToken);
  return metadata;
}

function serialize(request: SubscribeRequest): Buffer {
  return Buffer.from(SubscribeRequest.encode(request).finish());
}

function streamOf(client: Client, call: Call, url: string): UpdateStream {
  const queue = new UpdateQueue({ pause: () => call.pause(), resume: () => call.resume() }, QUEUE_BYTES);
  const finish = (error: unknown = null): void => {
    queue.end(error);
    call.cancel();
    client.close();
  };
  call.on('data', (bytes: Buffer) => {
    try {
      if (bytes.length > SMALL_MESSAGE_BYTES) {
        queue.push(() => readUpdate(bytes), bytes.length);
        return;
      }
      const update = readUpdate(bytes);
      // Answered here and not by the reader, who may be busy for longer than the server waits.
      if (update?.kind === 'ping') call.write(pingRequest(PING_ID));
      if (update !== null) queue.push(update, bytes.length);
    } catch (error) {
      finish(error);
    }
  });
  call.on('end', () => finish());
  call.on('error', (error: ServiceError) => finish(streamError(statusOf(error.code), error.details, url, error)));
  return {
    queuedBytes: () => queue.queuedBytes,
    close: () => finish(),
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
  };
}

function statusOf(code: number): GrpcStatus {
  switch (code) {
    case status.UNAUTHENTICATED:
      return 'unauthenticated';
    case status.PERMISSION_DENIED:
      return 'permissiondenied';
    case status.OUT_OF_RANGE:
    // What LaserStream has for it.
    case status.DATA_LOSS:
      return 'outofrange';
    case status.INVALID_ARGUMENT:
      return 'invalidargument';
    case status.UNAVAILABLE:
      return 'unavailable';
    case status.UNIMPLEMENTED:
      return 'unimplemented';
    default:
      return 'other';
  }
}
