/**
 * Whole simulated days: every account of the four programs is what events and instructions say, at every block, every vault
 * holds what calls moved,
 * and ledger, treasury and supply are what the chain's token accounts say at the end. Orders, sessions, leases, positions
 * and series are what accounts have, at the end and at slots before it.
 *
 *     PLUMBLINE_LONG=1 npx vitest run test/long/reconciled-day.test.ts
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reconciliationStatus } from '../../indexer/store/queries/ledger/reconciliation.ts';
import { reconciledPrograms } from '../../jobs/reconcile/program-folds.ts';
import { reconcileNewBlocks } from '../../jobs/reconcile/reconciler.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { expectExchangeOfAccounts, expectOrdersOfAccounts } from '../jobs/reconcile/day-market.ts';
import {
  expectComparedVaults,
  expectCountedSupply,
  expectProvenLedger,
  expectWholeTreasury,
} from '../jobs/reconcile/day-money.ts';
import { recordDay } from '../jobs/reconcile/recorded-day.ts';

const LIMIT_MS = 3_600_000;
/** 53 hours of 900 seconds, after which every proposal has ended. */
const WHOLE_DAY = { tickCount: 212, ticksPerEpoch: 12 };

let clickhouse: RunningClickHouse;
beforeAll(async () => {
  clickhouse = await startEmbeddedClickHouse();
});
afterAll(() => clickhouse.stop());

it.each([
  { seed: 1, providers: 12 },
  { seed: 2, providers: 20 },
])('of $providers providers, from seed $seed', { timeout: LIMIT_MS }, async (plan) => {
  const day = await recordDay(clickhouse, { ...plan, ...WHOLE_DAY });
  const { store, settings, finalizedSlot, stop } = day;
  try {
    const context = { store, programs: reconciledPrograms(settings), signal: new AbortController().signal };
    expect(await reconcileNewBlocks(context)).toEqual([]);
    const { reconciledThroughSlot } = await reconciliationStatus(store);
    expect(reconciledThroughSlot).toBe(finalizedSlot);
    await expectComparedVaults(day);
    await expectProvenLedger(day);
    const vaults = await expectWholeTreasury(day);
    expect(vaults.flatMap(({ spending }) => spending).length).toBeGreaterThan(0);
    await expectCountedSupply(day);
    for (let slot = finalizedSlot; slot > 0n; slot -= finalizedSlot / 7n + 1n) {
      await expectOrdersOfAccounts(day, slot);
      await expectExchangeOfAccounts(day, slot);
    }
  } finally {
    await stop();
  }
});
