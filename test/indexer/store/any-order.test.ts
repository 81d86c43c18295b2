/**
 * Blocks of a live stream, told again, forked away and filled in by RPC below, inside and above the record, in any order,
 * by writers that may die on the way: the tables are those of one straight run.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { createBlockStore, type StepHook } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { createFillStore } from '../../../indexer/store/fill-store.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { dumpRecord } from '../crash/dump-record.ts';
import { startPreparedClickHouse } from './prepared-clickhouse.ts';
import { chainOf, smallEventTables } from './small-chain.ts';
import { openDatabase } from './store-fixture.ts';

let server: RunningClickHouse;
beforeAll(async () => {
  server = await startPreparedClickHouse('small');
});
afterAll(async () => {
  await server.stop();
});

const FIRST_SLOT = 100n;
/** Blocks that no fork touches; the live stream begins at one of them. */
const FINAL_BLOCKS = 16;

type Step = { readonly dies: boolean } & (
  | { readonly kind: 'live' | 'replay' | 'fill_below' | 'fill_above'; readonly blockCount: number }
  | { readonly kind: 'fork'; readonly depth: number; readonly blockCount: number }
  | { readonly kind: 'fill_inside'; readonly from: number; readonly blockCount: number }
);

const count = fc.integer({ min: 1, max: 4 });
const dies = fc.boolean();
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('live' as const, 'replay' as const, 'fill_below' as const, 'fill_above' as const),
    blockCount: count,
    dies,
  }),
  fc.record({ kind: fc.constant('fork' as const), depth: count, blockCount: count, dies }),
  fc.record({ kind: fc.constant('fill_inside' as const), from: fc.nat(FINAL_BLOCKS), blockCount: count, dies }),
);

class Died extends Error {}

const dieBeforeMarks: StepHook = (each) => {
  if (each === 'rows_written') throw new Died();
};

/** The same block from an RPC, which tells no account states. */
function byRpc(decoded: DecodedBlock): DecodedBlock {
  return { ...decoded, block: { ...decoded.block, hasAccounts: false }, accounts: [] };
}

class Scenario {
  /** All blocks of the chain as it is now, from its very first. */
  #chain = chainOf(FIRST_SLOT, FINAL_BLOCKS, 'trunk', null);
  #branchCount = 0;
  /** Index of the first block that is recorded. */
  #firstIndex: number;

  constructor(
    private readonly client: StoreClient,
    private readonly liveIndex: number,
  ) {
    this.#firstIndex = liveIndex;
  }

  /** What a straight run would be given. */
  get told(): DecodedBlock[] {
    return this.#chain.map((each, index) => (index < this.liveIndex ? byRpc(each) : each));
  }

  begin(): Promise<void> {
    return this.#commit(this.#chain.slice(this.liveIndex), false);
  }

  async run(each: Step): Promise<void> {
    const end = this.#chain.length;
    switch (each.kind) {
      case 'live':
        return this.#extend((grown) => this.#commit(grown, each.dies), each.blockCount);
      case 'fill_above':
        return this.#extend((grown) => this.#fill(grown, each.dies), each.blockCount);
      case 'replay':
        return this.#commit(this.#chain.slice(Math.max(this.liveIndex, end - each.blockCount)), each.dies);
      case 'fork': {
        const kept = Math.max(FINAL_BLOCKS, end - each.depth);
        await createBlockStore(this.client, []).cancelAbove(this.#chain[kept - 1]?.block.slot ?? 0n);
        this.#chain = this.#chain.slice(0, kept);
        return this.#extend((grown) => this.#commit(grown, each.dies), each.blockCount);
      }
      case 'fill_below': {
        const low = Math.max(0, this.#firstIndex - each.blockCount);
        await this.#fill(this.#chain.slice(low, this.#firstIndex), each.dies);
        this.#firstIndex = low;
        return;
      }
      case 'fill_inside': {
        const low = Math.max(this.#firstIndex, each.from);
        return this.#fill(this.#chain.slice(low, low + each.blockCount), each.dies);
      }
    }
  }

  /** What is missing below, and account states that a fill above did not have. */
  async end(): Promise<void> {
    await this.#fill(this.#chain.slice(0, this.#firstIndex), false);
    await this.#commit(this.#chain.slice(this.liveIndex), false);
  }

  async #extend(write: (grown: readonly DecodedBlock[]) => Promise<void>, blockCount: number): Promise<void> {
    const head = this.#chain.at(-1) as DecodedBlock;
    const grown = chainOf(head.block.slot + 1n, blockCount, `branch${this.#branchCount++}`, head);
    await write(grown);
    this.#chain = [...this.#chain, ...grown];
  }

  /** A writer that dies is followed by one that does not. */
  async #commit(blocks: readonly DecodedBlock[], isFatal: boolean): Promise<void> {
    const commitWith = (hook?: StepHook) => createBlockStore(this.client, smallEventTables, hook).commit(blocks);
    if (isFatal && blocks.length > 0) await expect(commitWith(dieBeforeMarks)).rejects.toThrow(Died);
    await commitWith();
  }

  async #fill(blocks: readonly DecodedBlock[], isFatal: boolean): Promise<void> {
    const fillWith = (hook?: StepHook) =>
      createFillStore(this.client, smallEventTables, 0, hook).fill(blocks.map(byRpc));
    if (isFatal && blocks.length > 0) await expect(fillWith(dieBeforeMarks)).rejects.toThrow(Died);
    await fillWith();
  }
}

async function dumpAfter(run: (client: StoreClient) => Promise<void>): Promise<Readonly<Record<string, string>>> {
  const database = await openDatabase(server.url);
  try {
    await run(database.client);
    return (await dumpRecord(database.client)).counted;
  } finally {
    await database.release();
  }
}

it('any order of live, replay, fork and backfill gives the tables of one straight run', async () => {
  const steps = fc.array(step, { minLength: 4, maxLength: 16 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: FINAL_BLOCKS - 1 }), steps, async (liveIndex, each) => {
      let told: readonly DecodedBlock[] = [];
      const lived = await dumpAfter(async (client) => {
        const scenario = new Scenario(client, liveIndex);
        await scenario.begin();
        for (const one of each) await scenario.run(one);
        await scenario.end();
        told = scenario.told;
        expect((await verifyBlocks(client, FIRST_SLOT, FIRST_SLOT + 500n)).problems).toEqual([]);
      });
      const straight = await dumpAfter((client) => createBlockStore(client, smallEventTables).commit(told));
      expect(lived).toEqual(straight);
    }),
    { numRuns: 3, seed: 20_261_121, endOnFailure: true },
  );
}, 240_000);
