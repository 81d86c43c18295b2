/**
 * A TCP connection that can be frozen: it stays open, but no byte passes either way, so that HTTP/2 pings go unanswered as
 * on a dead network path. HTTP/2 reads sockets natively; wrapped in a stream it cannot go round the freeze.
 * @module
 */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Faults } from '../faults.ts';

const FROZEN_POLL_MS = 20;

export class Link extends Duplex {
  readonly #socket: Socket;
  readonly #faults: Faults;

  constructor(socket: Socket, faults: Faults) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#faults = faults;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#whenFlowing(() => !this.push(chunk) && socket.pause()));
    socket.on('end', () => this.#whenFlowing(() => this.push(null)));
    socket.on('close', () => this.destroy());
    socket.on('error', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#whenFlowing(() => this.#socket.write(chunk, done));
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    const joined = Buffer.concat(chunks.map(({ chunk }) => chunk));
    this.#whenFlowing(() => this.#socket.write(joined, done));
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  /** Chunks that wait keep their order: they all poll at the same pace and were queued in order. */
  #whenFlowing(act: () => void): void {
    if (this.destroyed) return;
    if (!this.#faults.grpcFrozen && this.#waiting.length === 0) {
      act();
      return;
    }
    this.#waiting.push(act);
    if (this.#waiting.length === 1) this.#poll();
  }

  readonly #waiting: (() => void)[] = [];

  #poll(): void {
    setTimeout(() => {
      if (this.destroyed) return;
      if (this.#faults.grpcFrozen) return this.#poll();
      for (const act of this.#waiting.splice(0)) act();
    }, FROZEN_POLL_MS).unref();
  }
}
