/**
 * The `geyser.Geyser` service: subscribe and the unary calls, behind an optional token.
 * @module
 */
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import {
  type handleUnaryCall,
  type Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import {
  GetBlockHeightRequest,
  GetBlockHeightResponse,
  GetLatestBlockhashRequest,
  GetLatestBlockhashResponse,
  GetSlotRequest,
  GetSlotResponse,
  GetVersionRequest,
  GetVersionResponse,
  IsBlockhashValidRequest,
  IsBlockhashValidResponse,
  PingRequest,
  PongResponse,
  SubscribeReplayInfoRequest,
  SubscribeReplayInfoResponse,
  SubscribeRequest,
} from '@triton-one/yellowstone-grpc';
import { BLOCKHASH_WINDOW } from '../ledger/chain.ts';
import type { Localnet } from '../localnet.ts';
import { API_VERSION } from '../rpc/parameters.ts';
import { decodeRequest } from './decode-request.ts';
import { readCommitment } from './filters.ts';
import { Link } from './link.ts';
import { firstAvailable } from './replay.ts';
import { type SubscribeCall, Subscription } from './subscription.ts';

/** What GetVersion says: the plugin whose behaviour this server follows. */
const PLUGIN_VERSION = {
  ...{ package: 'yellowstone-grpc-geyser', version: '15.1.2', proto: '15.1.2', solana: API_VERSION },
  ...{ git: '', rustc: '', buildts: '' },
};

interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

type Unary = [name: string, request: Codec<never>, response: Codec<never>, answer: (request: never) => object];

export class GrpcServer {
  readonly #localnet: Localnet;
  readonly #server: Server;
  readonly #listener: NetServer;
  readonly #sockets = new Set<Socket>();
  readonly #subscriptions = new Set<Subscription>();

  constructor(localnet: Localnet) {
    this.#localnet = localnet;
    this.#server = new Server({ 'grpc.max_send_message_length': -1 });
    this.#server.addService(this.#definition(), this.#implementation());
    const injector = this.#server.createConnectionInjector(ServerCredentials.createInsecure());
    this.#listener = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      injector.injectConnection(new Link(socket, localnet.faults));
    });
  }

  get listener(): NetServer {
    return this.#listener;
  }

  /** Ends every stream in good order (status 0), or cuts every connection without a word. */
  dropStreams(how: 'clean' | 'abrupt'): void {
    if (how === 'clean') for (const subscription of [...this.#subscriptions]) subscription.finish();
    else for (const socket of [...this.#sockets]) socket.destroy();
  }

  get streamCount(): number {
    return this.#subscriptions.size;
  }

  async stop(): Promise<void> {
    this.dropStreams('clean');
    const closed = new Promise<void>((resolve) => this.#listener.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    this.#server.forceShutdown();
    await closed;
  }

  #definition(): ServiceDefinition {
    const methods = Object.fromEntries(
      this.#unaryCalls().map(([name, request, response]) => [name, methodDefinition(name, request, response, false)]),
    );
    const raw = { encode: (bytes: Uint8Array) => ({ finish: () => bytes }), decode: (bytes: Uint8Array) => bytes };
    return {
      ...methods,
      Subscribe: methodDefinition('Subscribe', { ...SubscribeRequest, decode: decodeRequest }, raw, true),
    } as ServiceDefinition;
  }

  #implementation(): UntypedServiceImplementation {
    const unary = this.#unaryCalls().map(([name, , , answer]) => {
      const handle: handleUnaryCall<never, object> = (call, callback) => {
        if (!this.#isAllowed(call.metadata)) return callback(unauthenticated);
        setTimeout(() => callback(null, answer(call.request)), this.#localnet.faults.grpcDelayMs);
      };
      return [name, handle] as const;
    });
    return {
      ...Object.fromEntries(unary),
      Subscribe: (call: SubscribeCall) => this.#subscribe(call),
    } as UntypedServiceImplementation;
  }

  #subscribe(call: SubscribeCall): void {
    if (!this.#isAllowed(call.metadata)) {
      call.emit('error', unauthenticated);
      return;
    }
    this.#subscriptions.add(
      new Subscription(this.#localnet, call, (subscription) => this.#subscriptions.delete(subscription)),
    );
  }

  #isAllowed(metadata: Metadata): boolean {
    const { xToken } = this.#localnet.options;
    return xToken === undefined || metadata.get('x-token')[0] === xToken;
  }

  #unaryCalls(): Unary[] {
    const { chain } = this.#localnet;
    const entry = (request: { commitment?: number | undefined }) => chain.entryAt(readCommitment(request.commitment));
    return [
      unaryCall('Ping', PingRequest, PongResponse, ({ count }) => ({ count: count + 1 })),
      unaryCall('GetVersion', GetVersionRequest, GetVersionResponse, () => ({
        version: JSON.stringify({ version: PLUGIN_VERSION, extra: { hostname: 'localnet' } }),
      })),
      unaryCall('GetSlot', GetSlotRequest, GetSlotResponse, (request) => ({ slot: String(entry(request).slot) })),
      unaryCall('GetBlockHeight', GetBlockHeightRequest, GetBlockHeightResponse, (request) => ({
        blockHeight: String(entry(request).height),
      })),
      unaryCall('GetLatestBlockhash', GetLatestBlockhashRequest, GetLatestBlockhashResponse, (request) => {
        const { slot, blockhash, height } = entry(request);
        return { slot: String(slot), blockhash, lastValidBlockHeight: String(height + BLOCKHASH_WINDOW) };
      }),
      unaryCall('IsBlockhashValid', IsBlockhashValidRequest, IsBlockhashValidResponse, (request) => {
        const height = chain.recentHeightOf(request.blockhash);
        return { slot: String(entry(request).slot), valid: height !== undefined && height <= entry(request).height };
      }),
      unaryCall('SubscribeReplayInfo', SubscribeReplayInfoRequest, SubscribeReplayInfoResponse, () => ({
        firstAvailable: firstAvailable(this.#localnet).toString(),
      })),
    ];
  }
}

const unauthenticated = { code: status.UNAUTHENTICATED, details: 'No valid auth token' };

function unaryCall<Q, A extends object>(
  name: string,
  request: Codec<Q>,
  response: Codec<A>,
  answer: (request: Q) => A,
): Unary {
  return [name, request, response, answer] as unknown as Unary;
}

function methodDefinition<Q, A>(name: string, request: Codec<Q>, response: Codec<A>, isStream: boolean): object {
  return {
    path: `/geyser.Geyser/${name}`,
    requestStream: isStream,
    responseStream: isStream,
    requestSerialize: (message: Q) => Buffer.from(request.encode(message).finish()),
    requestDeserialize: (bytes: Buffer) => request.decode(bytes),
    responseSerialize: (message: A) => toBuffer(response.encode(message).finish()),
    responseDeserialize: (bytes: Buffer) => response.decode(bytes),
  };
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
