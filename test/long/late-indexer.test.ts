/**
 * A network that has run for longer than the server can replay before anybody records it: the first reward epoch begins
 * where account states are known, and is computed, committed and accrued.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runIndexer } from '../../indexer/main.ts';
import { type EpochRow, epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { slotsWithoutAccountsAsOf } from '../../indexer/store/queries/rows/account-snapshots.ts';
import { rows } from '../../indexer/store/rows.ts';
import { runWorker } from '../../jobs/main.ts';
import { type RewardNetwork, startRewardNetwork } from '../jobs/reward-network.ts';

const EPOCH_SECONDS = 4;
const SLOTS_UNSEEN = 500;
const PATIENCE_MS = 240_000;

let net: RewardNetwork;
let controller = new AbortController();
let running: Promise<void>[] = [];
const failures: unknown[] = [];

beforeEach(async () => {
  net = await startRewardNetwork(EPOCH_SECONDS);
  while (net.localnet.control({}).slot < SLOTS_UNSEEN) await sleep(100);
}, PATIENCE_MS);

afterEach(async () => {
  controller.abort();
  await Promise.all(running);
  await net?.stop();
}, PATIENCE_MS);

function follow(startSlot: bigint): void {
  const settings = { ...net.settings, START_SLOT: startSlot };
  controller = new AbortController();
  const runs = [runIndexer(settings, controller.signal), runWorker(settings, controller.signal)];
  running = runs.map((run) => run.catch((error: unknown) => void failures.push(error)));
}

async function accrued(rewardEpoch: bigint): Promise<EpochRow> {
  for (;;) {
    expect(failures).toEqual([]);
    const row = await epochRow(net.store, rewardEpoch);
    if (row?.state === 'accrued') return row;
    await sleep(200);
  }
}

it.each([
  ['the oldest slot the server replays', 0n],
  ['the first slot of the chain', 1n],
])(
  'a record from %s',
  async (_case, startSlot) => {
    follow(startSlot);
    const row = await accrued(1n);
    const [snapshot] = await rows<{ slot: bigint; found: bigint }>(
      net.store,
      'SELECT slot, account_count AS found FROM canonical_account_snapshots ORDER BY slot LIMIT 1',
    );
    expect(row.firstSlot).toBeGreaterThanOrEqual(snapshot?.slot ?? 2n ** 64n);
    for (const slot of [row.lastSlot, row.eligibilitySlot]) {
      expect(await slotsWithoutAccountsAsOf(net.store, slot)).toEqual([]);
    }
    expect(row.poolCount).toBe(net.market.providers.length);
  },
  PATIENCE_MS,
);
