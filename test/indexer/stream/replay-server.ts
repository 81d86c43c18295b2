/**
 * A real gRPC server that plays given messages to whoever subscribes, and remembers what it was asked.
 * @module
 */
import {
  type handleBidiStreamingCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
} from '@grpc/grpc-js';
import { SubscribeRequest } from '@triton-one/yellowstone-grpc';

type Call = ServerDuplexStream<SubscribeRequest, Buffer>;

/** What happens on a connection once its first request came. The stream stays open unless the script ends it. */
export type Script = (call: Call, request: SubscribeRequest) => void | Promise<void>;

export interface ReplayServer {
  readonly url: string;
  /** Every request that came, over all connections. */
  readonly requests: SubscribeRequest[];
  readonly tokens: (string | undefined)[];
  close(): Promise<void>;
}

/** Plays `messages` and, unless told to stay, ends the stream in order. */
export function playAndEnd(messages: readonly Buffer[]): Script {
  return async (call) => {
    for (const message of messages) {
      if (!call.write(message)) await new Promise((resolve) => call.once('drain', resolve));
    }
    call.end();
  };
}

export function failWithStatus(code: number, details: string): Script {
  return (call) => {
    call.emit('error', { code, details, metadata: new Metadata() });
  };
}

export async function startReplayServer(script: Script, port = 0): Promise<ReplayServer> {
  const requests: SubscribeRequest[] = [];
  const tokens: (string | undefined)[] = [];
  const subscribe: handleBidiStreamingCall<SubscribeRequest, Buffer> = (call) => {
    tokens.push(call.metadata.get('x-token')[0]?.toString());
    let isFirst = true;
    call.on('data', (request: SubscribeRequest) => {
      requests.push(request);
      if (isFirst) void script(call, request);
      isFirst = false;
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
  const server = new Server({ 'grpc.max_send_message_length': -1 });
  server.addService(
    {
      subscribe: {
        path: '/geyser.Geyser/Subscribe',
        requestStream: true,
        responseStream: true,
        requestSerialize: (request: SubscribeRequest) => Buffer.from(SubscribeRequest.encode(request).finish()),
        requestDeserialize: (bytes: Buffer) => SubscribeRequest.decode(bytes),
        responseSerialize: (bytes: Buffer) => bytes,
        responseDeserialize: (bytes: Buffer) => bytes,
      },
    },
    { subscribe },
  );
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, chosen) =>
      error === null ? resolve(chosen) : reject(error),
    );
  });
  return { url: `http://127.0.0.1:${bound}`, requests, tokens, close: async () => server.forceShutdown() };
}
