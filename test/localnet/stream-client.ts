/**
 * A plain gRPC client of a Yellowstone server that keeps everything it receives, for tests.
 * @module
 */
import { Client, credentials, Metadata, type StatusObject } from '@grpc/grpc-js';
import { SubscribeRequest, SubscribeUpdate } from '@triton-one/yellowstone-grpc';

type DeepPartial<T> = T extends Uint8Array | string | number | boolean | undefined
  ? T
  : { [K in keyof T]?: DeepPartial<T[K]> };

/** A request with only what matters; the rest is as empty as the generated code makes it. */
export type PartialRequest = DeepPartial<SubscribeRequest>;

export class StreamClient {
  readonly updates: SubscribeUpdate[] = [];
  readonly ended: Promise<StatusObject>;
  readonly #client: Client;
  readonly #call;
  readonly #waiting = new Set<() => void>();

  constructor(grpcUrl: string, options: { xToken?: string; channel?: Record<string, number> } = {}) {
    this.#client = new Client(grpcUrl.replace('http://', ''), credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      ...options.channel,
    });
    const metadata = new Metadata();
    if (options.xToken !== undefined) metadata.set('x-token', options.xToken);
    this.#call = this.#client.makeBidiStreamRequest(
      '/geyser.Geyser/Subscribe',
      (request: SubscribeRequest) => Buffer.from(SubscribeRequest.encode(request).finish()),
      (bytes: Buffer) => SubscribeUpdate.decode(bytes),
      metadata,
      {},
    );
    this.#call.on('data', (update: SubscribeUpdate) => {
      this.updates.push(update);
      for (const wake of this.#waiting) wake();
    });
    this.#call.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.#call.on('status', (status: StatusObject) => resolve(status));
    });
  }

  send(request: PartialRequest): void {
    this.#call.write(SubscribeRequest.fromPartial(request as object));
  }

  pause(): void {
    this.#call.pause();
  }

  resume(): void {
    this.#call.resume();
  }

  close(): void {
    this.#call.cancel();
    this.#client.close();
  }

  /** The first update, received or to come, that `wanted` accepts. Fails when the stream ends before. */
  async until(wanted: (update: SubscribeUpdate) => boolean): Promise<SubscribeUpdate> {
    const find = () => this.updates.find(wanted);
    const found = find();
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      const wake = () => {
        const update = find();
        if (update === undefined) return;
        this.#waiting.delete(wake);
        resolve(update);
      };
      this.#waiting.add(wake);
      void this.ended.then((status) => reject(new Error(`the stream ended before: ${status.code} ${status.details}`)));
    });
  }

  /** Sends a ping and waits for its pong: everything the server sent before has arrived then. */
  async settle(id: number): Promise<void> {
    this.send({ ping: { id } });
    await this.until((update) => update.pong?.id === id);
  }
}

/** Blocks whose parent hash is not that of the block before. */
export function unlinked<T extends { blockhash: string; parentBlockhash: string }>(blocks: readonly T[]): T[] {
  return blocks.slice(1).filter((block, at) => block.parentBlockhash !== blocks[at]?.blockhash);
}
