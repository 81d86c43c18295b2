import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import type { BlockStore } from '../../../indexer/store/block-store.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from './prepared-clickhouse.ts';
import { blockOf, smallEventTables } from './small-chain.ts';
import { dump, openDatabase } from './store-fixture.ts';

let server: RunningClickHouse;
beforeAll(async () => {
  server = await startPreparedClickHouse('small');
});
afterAll(async () => {
  await server.stop();
});

/** What may happen to a chain and to those who write it down. */
type Step =
  | { readonly kind: 'extend'; readonly blockCount: number; readonly skippedSlots: number }
  | { readonly kind: 'fork'; readonly depth: number; readonly blockCount: number }
  /** Back to the branch that was left last. */
  | { readonly kind: 'return' }
  /** A writer that dies: some tables of the next blocks are in, or all rows but no mark, or all. */
  | {
      readonly kind: 'crash';
      readonly at: 'some_tables' | 'rows_written' | 'marks_written';
      readonly thenForks: boolean;
    }
  | { readonly kind: 'replay'; readonly blockCount: number }
  | { readonly kind: 'second_writer'; readonly blockCount: number };

const count = (max: number) => fc.integer({ min: 1, max });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('extend' as const),
    blockCount: count(4),
    skippedSlots: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({ kind: fc.constant('fork' as const), depth: count(4), blockCount: count(4) }),
  fc.record({ kind: fc.constant('return' as const) }),
  fc.record({
    kind: fc.constant('crash' as const),
    at: fc.constantFrom('some_tables' as const, 'rows_written' as const, 'marks_written' as const),
    thenForks: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('replay' as const), blockCount: count(5) }),
  fc.record({ kind: fc.constant('second_writer' as const), blockCount: count(5) }),
);

class Crash extends Error {}

/** A client that dies at the n-th insert, or as soon as the marks are in. */
function dying(client: StoreClient, at: 'some_tables' | 'rows_written' | 'marks_written'): BlockStore {
  let insertCount = 0;
  const insert: StoreClient['insert'] = async (batch) => {
    if (at === 'some_tables' && ++insertCount > 2) throw new Crash();
    await client.insert(batch);
  };
  return createBlockStore({ ...client, insert }, smallEventTables, (step) => {
    if (step === at) throw new Crash();
  });
}

class Scenario {
  #chain: DecodedBlock[] = [];
  #left: DecodedBlock[] | null = null;
  #branchCount = 0;
  readonly #client: StoreClient;
  readonly #store: BlockStore;

  constructor(client: StoreClient) {
    this.#client = client;
    this.#store = createBlockStore(client, smallEventTables);
  }

  get chain(): readonly DecodedBlock[] {
    return this.#chain;
  }

  async run(each: Step): Promise<void> {
    switch (each.kind) {
      case 'extend':
        return this.#moveTo([...this.#chain, ...this.#grow(this.#chain, each.blockCount, each.skippedSlots)]);
      case 'fork':
        return this.#fork(each.depth, each.blockCount);
      case 'return':
        return this.#left === null ? undefined : this.#moveTo(this.#left);
      case 'crash':
        return this.#crash(each.at, each.thenForks);
      case 'replay':
        return this.#store.commit(this.#chain.slice(-each.blockCount));
      case 'second_writer': {
        const other = createBlockStore(this.#client, smallEventTables);
        const blocks = this.#chain.slice(-each.blockCount);
        await Promise.all([other.commit(blocks), this.#store.commit(blocks)]);
      }
    }
  }

  #grow(below: readonly DecodedBlock[], blockCount: number, skippedSlots = 0): DecodedBlock[] {
    const grown: DecodedBlock[] = [];
    const branch = `branch${this.#branchCount++}`;
    for (let index = 0; index < blockCount; index++) {
      const parent = grown.at(-1) ?? below.at(-1) ?? null;
      grown.push(blockOf((parent?.block.slot ?? 99n) + 1n + BigInt(skippedSlots), branch, parent));
    }
    return grown;
  }

  /** What the pipeline does: find the branch point, cancel above it, commit what follows. */
  async #moveTo(target: DecodedBlock[]): Promise<void> {
    const shared = target.filter((each, index) => this.#chain[index] === each);
    const isFork = shared.length < this.#chain.length;
    if (isFork) {
      this.#left = this.#chain;
      await this.#store.cancelAbove(shared.at(-1)?.block.slot ?? 0n);
    }
    await this.#store.commit(target.slice(shared.length));
    this.#chain = target;
  }

  #fork(depth: number, blockCount: number): Promise<void> {
    const kept = this.#chain.slice(0, Math.max(0, this.#chain.length - depth));
    return this.#moveTo([...kept, ...this.#grow(kept, blockCount)]);
  }

  async #crash(at: 'some_tables' | 'rows_written' | 'marks_written', thenForks: boolean): Promise<void> {
    const blocks = this.#grow(this.#chain, 3);
    await expect(dying(this.#client, at).commit(blocks)).rejects.toThrow(Crash);
    const head = await this.#store.head();
    // A restart goes on from what is committed: the marks were either all in or not at all.
    if (at === 'marks_written') this.#chain = [...this.#chain, ...blocks];
    expect(head?.slot).toBe(this.#chain.at(-1)?.block.slot);
    if (at !== 'marks_written' && !thenForks) await this.#moveTo([...this.#chain, ...blocks]);
  }
}

async function resultOf(run: (client: StoreClient) => Promise<void>): Promise<Record<string, string>> {
  const database = await openDatabase(server.url);
  try {
    await run(database.client);
    return await dump(database.client);
  } finally {
    await database.release();
  }
}

describe('any order of commits, crashes, replays, forks and returns', () => {
  it('leaves the tables of a run that saw the final chain alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        let chain: readonly DecodedBlock[] = [];
        const lived = await resultOf(async (client) => {
          const scenario = new Scenario(client);
          await scenario.run({ kind: 'extend', blockCount: 4, skippedSlots: 0 });
          for (const each of steps) await scenario.run(each);
          chain = scenario.chain;
          expect((await verifyBlocks(client, 0n, 500n)).problems).toEqual([]);
        });
        const straight = await resultOf((client) => createBlockStore(client, smallEventTables).commit(chain));
        expect(lived).toEqual(straight);
      }),
      { numRuns: 3, seed: 20_251_121, endOnFailure: true },
    );
  }, 120_000);
});
