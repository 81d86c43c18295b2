import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { smallEventTables } from '../store/small-chain.ts';
import { dump, openDatabase } from '../store/store-fixture.ts';
import { canonical, finalBlock, sharedChain, takingTurns, writeAll } from './two-writers.ts';

let server: RunningClickHouse;
beforeAll(async () => {
  server = await startEmbeddedClickHouse();
});
afterAll(() => server.stop());

async function resultOf(run: (client: StoreClient) => Promise<void>): Promise<Record<string, string>> {
  const database = await openDatabase(server.url);
  try {
    await run(database.client);
    return await dump(database.client);
  } finally {
    await database.drop();
  }
}

describe('two writers of one chain on one record', () => {
  it('both come to its end, forks included, and leave the tables of one', async () => {
    const straight = await resultOf(async (client) => {
      const store = createBlockStore(client, smallEventTables);
      await store.commit(canonical);
      await store.markFinalized(finalBlock.slot, finalBlock.blockhash);
    });
    let beginnings = 0;
    await fc.assert(
      fc.asyncProperty(sharedChain, fc.scheduler(), async (chain, scheduler) => {
        const shared = await resultOf(async (client) => {
          const turns = takingTurns(client, scheduler);
          const writing = Promise.all(chain.facts.map((facts) => writeAll(turns, chain, facts)));
          const counts = await scheduler.waitFor(writing);
          beginnings += counts.reduce((sum, each) => sum + each, 0);
          expect((await verifyBlocks(client, 0n, 500n)).problems).toEqual([]);
          expect(await createBlockStore(client, smallEventTables).finalizedSlot()).toBe(finalBlock.slot);
        });
        expect(shared).toEqual(straight);
      }),
      { numRuns: 3, seed: 20_261_121, endOnFailure: true },
    );
    expect(beginnings, 'times that a writer was overtaken').toBeGreaterThan(0);
  }, 120_000);
});
