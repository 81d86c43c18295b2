/**
 * A store that takes nothing must stop the socket: what the indexer holds is bounded, and nothing of it is lost.
 */
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import bs58 from 'bs58';
import { afterEach, expect, it } from 'vitest';
import type { CommitBlock } from '../../../indexer/batch/block-batch.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import type { Block } from '../../../indexer/domain/chain.ts';
import { rpcAncestry } from '../../../indexer/pipeline/ancestry.ts';
import { runPipeline } from '../../../indexer/pipeline/pipeline.ts';
import { newStatus } from '../../../indexer/pipeline/status.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';
import { rawTransport } from '../../../indexer/stream/raw-transport.ts';
import { type ReplayServer, startReplayServer } from '../stream/replay-server.ts';
import { MemoryStore } from './memory-store.ts';

const MIB = 1024 * 1024;
const FIRST_SLOT = 1_000n;
const BLOCKS = 700;
/** Bytes of each block that stay with it until they are stored. */
const PAYLOAD_BYTES = MIB / 2;
/** Rows that wait and rows of the commit under way, 32 MiB each, and a block in each stage before them. */
const HELD_BLOCKS_LIMIT = (64 * MIB) / PAYLOAD_BYTES + 4;

function hashOf(slot: bigint): Buffer {
  const hash = Buffer.alloc(32, 1);
  hash.writeBigUInt64LE(slot);
  return hash;
}
const programId = Buffer.alloc(32, 9);

function messagesOf(number: bigint): Buffer[] {
  const slot = FIRST_SLOT + number;
  const instruction = { programIdIndex: 1, accounts: Buffer.alloc(0), data: Buffer.alloc(PAYLOAD_BYTES, 1) };
  const message = { accountKeys: [Buffer.alloc(32, 8), programId], instructions: [instruction] };
  const block = {
    slot: String(slot),
    blockhash: bs58.encode(hashOf(slot)),
    parentSlot: String(slot - 1n),
    parentBlockhash: bs58.encode(hashOf(slot - 1n)),
    transactions: [
      { signature: Buffer.alloc(64, 7), index: '0', transaction: { signatures: [], message }, meta: { fee: '5000' } },
    ],
  };
  return [{ block }, { slot: { slot: String(slot), status: 1 } }].map((each) =>
    Buffer.from(SubscribeUpdate.encode(SubscribeUpdate.fromPartial(each as object)).finish()),
  );
}

/** The payload stays raw, as that of an unknown instruction does. */
function undecoded(block: Block): DecodedBlock {
  const rows = block.transactions.map(({ index, instructions }) => ({
    ...{ transactionIndex: index, path: [0], programId, source: 'instruction' as const, ordinal: 0, position: 0 },
    ...{ reason: 'unknown_discriminator' as const, transport: '' as const, accounts: [], publicKey: null },
    data: instructions[0]?.data ?? Buffer.alloc(0),
  }));
  return { block, events: [], instructions: [], accounts: [], undecoded: rows, truncatedTransactions: [] };
}

/** A store whose commits wait until they are let through. */
class HeldStore extends MemoryStore {
  letThrough: () => void = () => undefined;
  readonly #gate = new Promise<void>((resolve) => {
    this.letThrough = resolve;
  });

  override async commit(blocks: readonly CommitBlock[]): Promise<void> {
    await this.#gate;
    await super.commit(blocks);
  }
}

let server: ReplayServer | null = null;
afterEach(async () => {
  await server?.close();
});

it('a store that stalls stops the socket, and everything arrives once it goes on', async () => {
  let sentBytes = 0;
  server = await startReplayServer(async (call) => {
    for (let number = 0n; number < BLOCKS; number += 1n) {
      for (const message of messagesOf(number)) {
        const hasRoom = call.write(message);
        sentBytes += message.length;
        if (!hasRoom) await new Promise((resolve) => call.once('drain', resolve));
      }
    }
  });
  const store = new HeldStore();
  let decodedCount = 0;
  const decode = (block: Block): DecodedBlock => {
    decodedCount += 1;
    return undecoded(block);
  };
  const status = newStatus();
  const stop = new AbortController();
  const dependencies = {
    transport: rawTransport({ url: server.url, xToken: '' }),
    ancestry: rpcAncestry(chainRpc('http://127.0.0.1:1'), new Set()),
    ...{ store, decode },
    log: { info: () => undefined, warn: () => undefined },
  };
  const ended = runPipeline(dependencies, { feed: 'blocks', programs: [], startSlot: 0n }, status, stop.signal);

  // The server is stopped in the middle, though it has buffers of its own, and the stages hold what they may.
  expect(await atRest(() => sentBytes)).toBeLessThan(BLOCKS * PAYLOAD_BYTES);
  expect(decodedCount).toBeLessThanOrEqual(HELD_BLOCKS_LIMIT);

  store.letThrough();
  while (store.blocks.length < BLOCKS) await Promise.race([ended, new Promise((next) => setTimeout(next, 10))]);
  stop.abort();
  await ended;
  expect(store.blocks.map(({ slot }) => slot)).toEqual(
    Array.from({ length: BLOCKS }, (_, index) => FIRST_SLOT + BigInt(index)),
  );
  expect(
    store.blocks.every(({ transactions }) => transactions[0]?.instructions[0]?.data.length === PAYLOAD_BYTES),
  ).toBe(true);
});

/** The value once it has not changed for a second. */
async function atRest(read: () => number): Promise<number> {
  for (let before = -1; ; ) {
    await new Promise((next) => setTimeout(next, 1_000));
    const now = read();
    if (now === before && now > 0) return now;
    before = now;
  }
}
