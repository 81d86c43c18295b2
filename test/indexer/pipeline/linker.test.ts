import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../../indexer/assemble/assembler.ts';
import type { Block, BlockHeader } from '../../../indexer/domain/chain.ts';
import { UpstreamError } from '../../../indexer/domain/errors.ts';
import type { Ancestry } from '../../../indexer/pipeline/ancestry.ts';
import { Chain } from '../../../indexer/pipeline/chain.ts';
import { type Instruction, Linker } from '../../../indexer/pipeline/linker.ts';
import { MemoryStore, undecodedBlock } from './memory-store.ts';

const hashOf = (slot: number, fork: number) => Buffer.alloc(32, `${slot}/${fork};`);

function blockAt(slot: number, fork: number, parent: Block | null): Block {
  return {
    slot: BigInt(slot),
    bank: 0,
    blockhash: hashOf(slot, fork),
    parentSlot: parent?.slot ?? 0n,
    parentBlockhash: parent?.blockhash ?? Buffer.alloc(32),
    blockTime: null,
    blockHeight: null,
    transactions: [],
    accounts: [],
    hasAccounts: false,
  };
}

/** Serves the chain as it is at the moment, as a node does. */
class TrueChain implements Ancestry {
  blocks: Block[] = [];

  async parentOf({ parentSlot, parentBlockhash }: BlockHeader): Promise<Block> {
    const found = this.blocks.find(({ slot }) => slot === parentSlot);
    if (found !== undefined && Buffer.compare(found.blockhash, parentBlockhash) === 0) return found;
    throw new UpstreamError('PIPELINE__PARENT_UNAVAILABLE', `no block at ${parentSlot}`);
  }

  async blockhashAt(slot: bigint): Promise<Uint8Array | null> {
    if (slot > (this.blocks.at(-1)?.slot ?? -1n)) throw new UpstreamError('RPC__REFUSED', `no slot ${slot} yet`);
    return this.blocks.find((block) => block.slot === slot)?.blockhash ?? null;
  }

  async *range(from: bigint, to: bigint): AsyncIterable<Block> {
    for (const block of this.blocks) if (block.slot >= from && block.slot <= to) yield block;
  }
}

interface Step {
  readonly skip: number;
  readonly isLost: boolean;
  readonly isRepeated: boolean;
  /** Blocks that this one replaces. */
  readonly depth: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  skip: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
  isLost: fc.boolean(),
  isRepeated: fc.boolean(),
  depth: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(32) }),
});

const FINAL_DEPTH = 33;

class Scenario {
  readonly truth = new TrueChain();
  readonly store = new MemoryStore();
  readonly chain: Chain;
  readonly linker: Linker;
  gaps = 0;
  readonly finalizedMissing: bigint[] = [];
  readonly givenUp: bigint[] = [];
  #fork = 0;

  constructor(startSlot = 0n) {
    this.chain = new Chain([], null, startSlot);
    this.linker = new Linker({
      chain: this.chain,
      ancestry: this.truth,
      startSlot,
      onGap: (change) => {
        this.gaps += change === 'opened' ? 1 : -1;
      },
      onFinalizedMissing: (slot) => this.finalizedMissing.push(slot),
      onGivenUp: (slot) => this.givenUp.push(slot),
      retry: {
        backoff: { firstMs: 1, longestMs: 1, random: () => 0 },
        signal: AbortSignal.abort(),
        onFailure: () => undefined,
      },
    });
  }

  async take(fact: Fact): Promise<void> {
    for await (const instruction of this.linker.take(fact)) await this.#apply(instruction);
  }

  #apply(instruction: Instruction): Promise<unknown> {
    if (instruction.kind === 'commit') return this.store.commit([undecodedBlock(instruction.block)]);
    if (instruction.kind === 'cancel') return this.store.cancelAbove(instruction.aboveSlot, instruction.replaced);
    return this.store.markFinalized(instruction.slot, instruction.blockhash);
  }

  /** The chain grows, or forks; the stream tells of it, or does not. */
  async grow({ skip, isLost, isRepeated, depth }: Step, isLast: boolean): Promise<void> {
    const { blocks } = this.truth;
    const newestSlot = Number(blocks.at(-1)?.slot ?? 9n);
    if (depth > 0) this.#fork += 1;
    blocks.splice(Math.max(1, blocks.length - depth));
    const block = blockAt(newestSlot + 1 + skip, this.#fork, blocks.at(-1) ?? null);
    blocks.push(block);
    if (isLost && !isLast) return;
    await this.take({ kind: 'block', block });
    if (isRepeated) await this.take({ kind: 'block', block });
    const final = blocks.at(-FINAL_DEPTH);
    if (final !== undefined) await this.take({ kind: 'finalized', slot: final.slot });
  }
}

test('whatever is lost, repeated, skipped or replaced up to 32 deep, the store ends as the chain is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 150 }), async (steps) => {
      const scenario = new Scenario();
      await scenario.grow({ skip: 0, isLost: false, isRepeated: false, depth: 0 }, false);
      for (const [index, each] of steps.entries()) await scenario.grow(each, index === steps.length - 1);
      expect(scenario.store.blocks.map(({ blockhash }) => blockhash)).toEqual(
        scenario.truth.blocks.map(({ blockhash }) => blockhash),
      );
      expect(scenario.gaps).toBe(0);
      expect(scenario.finalizedMissing).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function line(from: number, to: number): Block[] {
  const blocks: Block[] = [];
  for (let slot = from; slot <= to; slot += 1) blocks.push(blockAt(slot, 0, blocks.at(-1) ?? null));
  return blocks;
}

test('an empty database begins at the start slot, though the stream begins later', async () => {
  const scenario = new Scenario(5n);
  scenario.truth.blocks = line(1, 700);
  await scenario.take({ kind: 'block', block: scenario.truth.blocks.at(-1) as Block });
  expect(scenario.store.blocks.map(({ slot }) => slot)).toEqual(scenario.truth.blocks.slice(4).map(({ slot }) => slot));
});

test('nothing above a gap is committed while it cannot be filled', async () => {
  const scenario = new Scenario();
  const [first, , third] = line(1, 3) as [Block, Block, Block];
  await scenario.take({ kind: 'block', block: first });
  await expect(scenario.take({ kind: 'block', block: third })).rejects.toMatchObject({
    code: 'PIPELINE__PARENT_UNAVAILABLE',
  });
  expect(scenario.store.blocks).toEqual([first]);
  expect(scenario.gaps).toBe(1);
});

test('a block of a branch that the chain gave up does not hold up what follows, whatever has become of its slot', async () => {
  const [root, below, ...rest] = line(1, 4) as [Block, Block, Block, Block];
  const dead = [blockAt(2, 1, root)];
  dead.push(blockAt(3, 1, dead[0] as Block));
  // Its slots have other blocks, or none.
  for (const kept of [
    [root, below, ...rest],
    [root, blockAt(5, 0, root)],
  ]) {
    const scenario = new Scenario();
    scenario.truth.blocks = kept;
    // A stream that begins inside the branch: its first block is not there, and was never committed here.
    for (const block of kept) await scenario.take({ kind: 'block', block });
    await scenario.take({ kind: 'block', block: dead[1] as Block });
    expect(scenario.givenUp).toEqual([3n]);
    expect(scenario.gaps).toBe(0);
    expect(scenario.store.blocks).toEqual(kept);
    // The node had been wrong: a child brings the branch back.
    const child = blockAt(7, 1, dead[1] as Block);
    scenario.truth.blocks = [root, ...dead, child];
    await scenario.take({ kind: 'block', block: child });
    expect(scenario.store.blocks).toEqual([root, ...dead, child]);
  }
});

test('a slot whose notice of finality never came is final with its descendants', async () => {
  const scenario = new Scenario();
  for (const block of line(1, 5)) await scenario.take({ kind: 'block', block });
  await scenario.take({ kind: 'finalized', slot: 4n });
  await scenario.take({ kind: 'finalized', slot: 2n });
  expect(scenario.store.finalized).toBe(4n);
});

test('finality that comes before its block counts once the block is there', async () => {
  const scenario = new Scenario();
  await scenario.take({ kind: 'finalized', slot: 2n });
  for (const block of line(1, 3)) await scenario.take({ kind: 'block', block });
  expect(scenario.store.finalized).toBe(2n);
});

test('a finalized slot that the chain went past is an alarm, before or after; what was before the first block is not', async () => {
  const scenario = new Scenario();
  const first = blockAt(10, 0, blockAt(9, 0, null));
  const third = blockAt(12, 0, first);
  await scenario.take({ kind: 'finalized', slot: 7n });
  await scenario.take({ kind: 'finalized', slot: 11n });
  await scenario.take({ kind: 'block', block: first });
  expect(scenario.finalizedMissing).toEqual([]);
  await scenario.take({ kind: 'block', block: third });
  expect(scenario.finalizedMissing).toEqual([11n]);
  await scenario.take({ kind: 'finalized', slot: 8n });
  await scenario.take({ kind: 'finalized', slot: 11n });
  expect(scenario.finalizedMissing).toEqual([11n, 11n]);
});

test('a block that contradicts a finalized one stops the work', async () => {
  const scenario = new Scenario();
  const blocks = line(1, 3);
  for (const block of blocks) await scenario.take({ kind: 'block', block });
  await scenario.take({ kind: 'finalized', slot: 3n });
  scenario.truth.blocks = [...blocks.slice(0, 2), blockAt(4, 1, blocks[1] as Block)];
  await expect(
    scenario.take({ kind: 'block', block: blockAt(5, 1, scenario.truth.blocks[2] as Block) }),
  ).rejects.toMatchObject({ code: 'PIPELINE__FINALIZED_REPLACED' });
});

test('a dead block is cancelled, and what follows it is found by its links', async () => {
  const scenario = new Scenario();
  const blocks = line(1, 3);
  for (const block of blocks) await scenario.take({ kind: 'block', block });
  await scenario.take({ kind: 'dead', slot: 3n });
  expect(scenario.store.blocks).toEqual(blocks.slice(0, 2));
  const other = blockAt(4, 1, blocks[1] as Block);
  await scenario.take({ kind: 'block', block: other });
  expect(scenario.store.blocks).toEqual([...blocks.slice(0, 2), other]);
});
