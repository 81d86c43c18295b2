/**
 * A chain of many blocks and what a stream says of it while a part of them is replaced, up to 32 deep: branches that are
 * given up, branches that the chain leaves and comes back to, notices of dead slots, blocks that come again. Beside it the
 * canonical chain alone. Both go through linker, decoder and writer into a store.
 */
import type { Fact } from '../../../indexer/assemble/assembler.ts';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { compareBytes } from '../../../indexer/domain/base58.ts';
import type { AccountState, Block, BlockHeader } from '../../../indexer/domain/chain.ts';
import { UpstreamError } from '../../../indexer/domain/errors.ts';
import type { Ancestry } from '../../../indexer/pipeline/ancestry.ts';
import { BoundedQueue } from '../../../indexer/pipeline/bounded-queue.ts';
import { Chain } from '../../../indexer/pipeline/chain.ts';
import { Linker } from '../../../indexer/pipeline/linker.ts';
import { type IndexerStatus, newStatus } from '../../../indexer/pipeline/status.ts';
import { runWriter, type StoreInstruction } from '../../../indexer/pipeline/writer.ts';
import type { BlockStore } from '../../../indexer/store/block-store.ts';
import { createRandom, type Random } from '../../simulation/random.ts';
import { key, OURS, ping, registry, STRANGER, transactionOf, u64 } from '../decode/synthetic-transaction.ts';

export interface Storm {
  readonly canonical: readonly Block[];
  readonly facts: readonly Fact[];
  /** Blocks that were told and replaced, those that came back included. */
  readonly replacedCount: number;
  readonly forkCount: number;
  readonly deepest: number;
}

export const DEEPEST_FORK = 32;
const REPLACED_SHARE = 0.05;
const FINAL_DEPTH = 40;
const BLOCKS_PER_FINALITY = 25;
const ACCOUNTS = 40;

/** Everything follows from the seed. At least a twentieth of the blocks is replaced, once as deep as can be. */
export function createStorm(seed: number, blockCount: number): Storm {
  const random = createRandom(BigInt(seed));
  const canonical = lineOf(random, blockCount, null, 'chain');
  const depths = depthsFor(random, Math.ceil(blockCount * REPLACED_SHARE));
  const forks = placesFor(random, depths, blockCount);
  const facts: Fact[] = [];
  for (const [index, block] of canonical.entries()) {
    const fork = forks.get(index);
    if (fork !== undefined) facts.push(...forkAt(random, canonical, index, fork));
    facts.push({ kind: 'block', block });
    if (random.chance(0.02)) facts.push({ kind: 'block', block });
    const final = canonical[index - FINAL_DEPTH];
    if (index % BLOCKS_PER_FINALITY === 0 && final !== undefined) facts.push({ kind: 'finalized', slot: final.slot });
  }
  const replacedCount = depths.reduce((sum, depth) => sum + depth, 0);
  return { canonical, facts, replacedCount, forkCount: depths.length, deepest: Math.max(...depths) };
}

function depthsFor(random: Random, replacedCount: number): number[] {
  const depths = [DEEPEST_FORK];
  for (let sum = DEEPEST_FORK; sum < replacedCount; ) {
    const depth = random.integer(1, DEEPEST_FORK);
    depths.push(depth);
    sum += depth;
  }
  return depths;
}

/** Forks begin at blocks that are far enough from each other and from the ends. */
function placesFor(random: Random, depths: readonly number[], blockCount: number): Map<number, number> {
  const room = Math.floor((blockCount - 2 * DEEPEST_FORK) / depths.length);
  return new Map(depths.map((depth, index) => [DEEPEST_FORK + index * room + random.integer(0, room - 1), depth]));
}

/** What is told before the canonical block at `index`: a branch of `depth` blocks that does not stay. */
function forkAt(random: Random, canonical: readonly Block[], index: number, depth: number): Fact[] {
  const parent = canonical[index - 1] ?? null;
  const branch = lineOf(random, depth, parent, `branch ${index}`);
  const told = branch.map((block): Fact => ({ kind: 'block', block }));
  if (random.chance(0.4)) {
    // The chain goes on, leaves what it told, and comes back to it: the next canonical block finds its parents by RPC.
    const first = canonical.slice(index, index + depth);
    return [...first.slice(0, -1).map((block): Fact => ({ kind: 'block', block })), ...told];
  }
  if (random.chance(0.5)) return told;
  const dead = branch.map(({ slot }): Fact => ({ kind: 'dead', slot }));
  return [...told, ...(random.chance(0.2) ? dead.reverse() : dead)];
}

function lineOf(random: Random, count: number, below: Block | null, name: string): Block[] {
  const blocks: Block[] = [];
  for (let index = 0; index < count; index += 1) {
    const parent = blocks.at(-1) ?? below;
    const slot = (parent?.slot ?? 0n) + BigInt(random.chance(0.1) ? random.integer(2, 4) : 1);
    blocks.push(blockOf(random, slot, parent, `${name}/${index}`));
  }
  return blocks;
}

function blockOf(random: Random, slot: bigint, parent: Block | null, name: string): Block {
  const numbers = Array.from({ length: random.integer(0, 3) }, () => random.integer(0, 1_000_000));
  const transactions = numbers.map((number, index) =>
    transactionOf([{ program: random.chance(0.9) ? OURS : STRANGER, acts: [{ data: ping(number) }, { log: name }] }], {
      index: 5 * index,
      signature: Buffer.concat([key(`${name}/${index}`), key(`${name}/${index}/second`)]),
      ...(random.chance(0.1) ? { error: Uint8Array.of(8, 0, 0, 0) } : {}),
    }),
  );
  return {
    ...{ slot, bank: 0, blockhash: key(name) },
    ...{ parentSlot: parent?.slot ?? 0n, parentBlockhash: parent?.blockhash ?? key('before') },
    ...{ blockTime: 1_700_000_000n + slot, blockHeight: (parent?.blockHeight ?? 0n) + 1n },
    ...{ transactions, hasAccounts: true },
    accounts: numbers.slice(0, 2).map((number, index) => accountOf(number, index, name)),
  };
}

function accountOf(number: number, index: number, name: string): AccountState {
  const publicKey = key(`account ${index * ACCOUNTS + (number % ACCOUNTS)}`);
  const data = Buffer.concat([key(name), u64(number)]);
  return { publicKey, owner: OURS, lamports: 10n, data, writeVersion: BigInt(number), signature: null };
}

/** The node's RPC: its chain is the canonical one. */
export class CanonicalAncestry implements Ancestry {
  readonly #bySlot: ReadonlyMap<bigint, Block>;

  constructor(blocks: readonly Block[]) {
    this.#bySlot = new Map(blocks.map((block) => [block.slot, block]));
  }

  async parentOf({ parentSlot, parentBlockhash }: BlockHeader): Promise<Block> {
    const found = this.#bySlot.get(parentSlot);
    if (found !== undefined && compareBytes(found.blockhash, parentBlockhash) === 0) return found;
    throw new UpstreamError('PIPELINE__PARENT_UNAVAILABLE', `no block at ${parentSlot}`);
  }

  async blockhashAt(slot: bigint): Promise<Uint8Array | null> {
    return this.#bySlot.get(slot)?.blockhash ?? null;
  }

  async *range(from: bigint, to: bigint): AsyncIterable<Block> {
    for (let slot = from; slot <= to; slot += 1n) {
      const block = this.#bySlot.get(slot);
      if (block !== undefined) yield block;
    }
  }
}

const QUEUED_BYTES = 4 << 20;
const backoff = { firstMs: 1, longestMs: 1, random: () => 0 };

/** Facts through linker, decoder and writer into the store, as the pipeline joins them. */
export async function follow(
  facts: readonly Fact[],
  canonical: readonly Block[],
  store: BlockStore,
): Promise<IndexerStatus> {
  const status = newStatus();
  const retry = { backoff, signal: AbortSignal.abort(), onFailure: () => undefined };
  const queue = new BoundedQueue<StoreInstruction>(QUEUED_BYTES);
  const linker = new Linker({
    ...{ chain: new Chain([], null, 0n), ancestry: new CanonicalAncestry(canonical), startSlot: 0n, retry },
    onGap: () => undefined,
    onGivenUp: () => undefined,
    onFinalizedMissing: (slot) => {
      throw new Error(`slot ${slot} is final and missing`);
    },
  });
  const writing = runWriter({ queue, store, status, retry, commitBytes: 1 << 20, nowMs: () => performance.now() });
  const linking = async () => {
    for (const fact of facts) {
      for await (const instruction of linker.take(fact)) {
        if (instruction.kind !== 'commit') await queue.push(instruction, 1);
        else {
          const block = store.prepare(decodeBlock(instruction.block, registry));
          await queue.push({ kind: 'commit', block }, block.byteCount);
        }
      }
    }
  };
  await Promise.all([writing, linking().finally(() => queue.end())]);
  return status;
}
