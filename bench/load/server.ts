/**
 * A process that serves a chain of blocks over gRPC: each as one message with a CONFIRMED notice behind it, and a FINALIZED
 * one for the block 32 slots before, as fast as the client takes them or at a given pace.
 *
 *     node --import tsx bench/load/server.ts --blocks 1000 --transactions 1000 --selection all --per-second 0 --feed blocks
 *
 * With `--feed transactions` the same transactions come one by one, each a message of its own, as a client that subscribes
 * to transactions gets them; not varied, since nothing but their arrival is looked at then.
 *
 * Frames are written over node:http2, and the bytes of a block are a copied template, so that the server is not what is
 * measured; a chain that fits into memory is made before anybody asks. Every subscription gets the whole chain; the stream
 * stays open behind it. Prints its port.
 * @module
 */
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { BlockLoad, FIRST_SLOT } from './block-load.ts';
import { recordedTransactions, type Selection } from './recorded-transactions.ts';

const GRPC_PREFIX_BYTES = 5;
const CONFIRMED = 1;
const FINALIZED = 2;
const FINAL_AFTER_BLOCKS = 32;
/** Of frames that are made ahead. */
const MADE_AHEAD_BYTES = 2 * 1024 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    blocks: { type: 'string', default: '1000' },
    transactions: { type: 'string', default: '1000' },
    selection: { type: 'string', default: 'all' },
    /** Blocks per second; 0 for as fast as they are taken. */
    'per-second': { type: 'string', default: '0' },
    feed: { type: 'string', default: 'blocks' },
  },
});
const blockCount = Number(values.blocks);
const perSecond = Number(values['per-second']);
const recorded = recordedTransactions(values.selection as Selection);
const load = new BlockLoad(recorded, Number(values.transactions));

function frame(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(GRPC_PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function notice(number: number, status: number): Uint8Array {
  const slot = String(FIRST_SLOT + BigInt(number));
  const update = { filters: [], slot: { slot, status } };
  return SubscribeUpdate.encode(update as unknown as SubscribeUpdate).finish();
}

function notices(number: number): Buffer[] {
  const final = number - FINAL_AFTER_BLOCKS;
  return [frame(notice(number, CONFIRMED)), ...(final < 0 ? [] : [frame(notice(final, FINALIZED))])];
}

/** What comes for block `number`. */
const framesOf: (number: number) => Buffer[] = values.feed === 'transactions' ? transactionFrames() : blockFrames();

function blockFrames(): (number: number) => Buffer[] {
  const make = (number: number) => [frame(load.block(number)), ...notices(number)];
  if (blockCount * load.block(0).length > MADE_AHEAD_BYTES) return make;
  const frames = Array.from({ length: blockCount }, (_, number) => make(number));
  return (number) => frames[number] as Buffer[];
}

function transactionFrames(): () => Buffer[] {
  const frames = Array.from({ length: load.counts.transactions }, (_, index) => {
    const transaction = recorded[index % recorded.length];
    const update = { filters: [], transaction: { slot: String(FIRST_SLOT), transaction } };
    return frame(SubscribeUpdate.encode(update as unknown as SubscribeUpdate).finish());
  });
  const together = [Buffer.concat(frames)];
  return () => together;
}

async function serve(stream: ServerHttp2Stream): Promise<void> {
  stream.on('error', () => undefined);
  // What the client says is taken and not read: this server plays one tape.
  stream.resume();
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
  const startedAt = performance.now();
  for (let number = 0; number < blockCount && !stream.destroyed; number += 1) {
    if (perSecond > 0) await sleep(Math.max(0, startedAt + (1_000 * number) / perSecond - performance.now()));
    const hasRoom = framesOf(number).map((each) => stream.write(each));
    if (hasRoom.includes(false)) await new Promise((resolve) => stream.once('drain', resolve));
  }
}

const server = createServer();
server.on('stream', (stream) => void serve(stream));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const blockBytes = load.block(0).length;
  process.stdout.write(`${JSON.stringify({ port, blockBytes, ...load.counts })}\n`);
});
