/**
 * What is claimed of a storm of forks, of any size.
 */
import { expect } from 'vitest';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../../indexer/store/event-tables.ts';
import { oneRow } from '../../../indexer/store/rows.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import { registry } from '../decode/synthetic-transaction.ts';
import { type Database, openDatabase } from '../store/store-fixture.ts';
import { createStorm, DEEPEST_FORK, follow, type Storm } from './fork-storm.ts';

const VIEWS = ['transactions', 'events', 'instructions', 'accounts', 'undecoded'];

/** The record of a chain with forks is that of its canonical blocks alone, table by table. */
export async function expectCalmAfterStorm(url: string, seed: number, blockCount: number): Promise<Storm> {
  const storm = createStorm(seed, blockCount);
  expect(storm.replacedCount).toBeGreaterThanOrEqual(blockCount / 20);
  expect(storm.deepest).toBe(DEEPEST_FORK);
  const [lived, calm] = [await openDatabase(url), await openDatabase(url)];
  try {
    const status = await follow(storm.facts, storm.canonical, await storeOf(lived));
    // A fork that announced its dead slots one by one is as many cancels.
    expect(status.forks).toBeGreaterThanOrEqual(storm.forkCount);
    await follow(calmFacts(storm), storm.canonical, await storeOf(calm));
    const { cancelled } = await oneRow<{ cancelled: bigint }>(
      lived.client,
      'SELECT countIf(generation > 0) AS cancelled FROM blocks FINAL',
    );
    expect(Number(cancelled)).toBeGreaterThanOrEqual(storm.replacedCount);
    expect(await dump(lived.client)).toEqual(await dump(calm.client));
    const report = await verifyBlocks(lived.client, 0n, storm.canonical.at(-1)?.slot ?? 0n);
    expect([report.problems, report.blockCount]).toEqual([[], blockCount]);
    return storm;
  } finally {
    await Promise.all([lived.drop(), calm.drop()]);
  }
}

/** The canonical chain and its finality, in the order in which the storm told them. */
function calmFacts({ facts, canonical }: Storm): Storm['facts'] {
  const finality = facts.filter(({ kind }) => kind === 'finalized');
  return [...canonical.map((block) => ({ kind: 'block', block }) as const), ...finality];
}

async function storeOf({ client }: Database) {
  await ensureEventTables(client, registry.tables);
  return createBlockStore(client, registry.tables);
}

/** Every canonical row as text; how often a block was cancelled tells the way, not the result. */
async function dump(client: StoreClient): Promise<Record<string, string>> {
  const dumped: Record<string, string> = {};
  const text = async (sql: string) => (await client.bytes(sql, {}, 'TabSeparated')).toString('latin1');
  dumped.blocks = await text('SELECT * EXCEPT (sign, generation) FROM canonical_blocks ORDER BY ALL');
  dumped.finalized = await text("SELECT max(slot) FROM cursors WHERE name = 'finalized'");
  for (const table of [...VIEWS, ...registry.tables.map(({ table: name }) => name)]) {
    dumped[table] = await text(`SELECT * FROM canonical_${table} ORDER BY ALL`);
  }
  return dumped;
}
