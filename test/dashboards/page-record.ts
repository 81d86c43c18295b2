/**
 * The record that the pages are tested over: part of a simulated day on a real chain, indexed with every account state
 * into a real ClickHouse, market data and reward epochs computed from it as the worker does, and the API on top. The chain
 * answers and takes transactions; nothing is recorded of them.
 * @module
 */
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { RewardEpoch, Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../indexer/store/event-tables.ts';
import { insertEpochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { insertResults } from '../../indexer/store/queries/rewards/reward-results.ts';
import { oneRow } from '../../indexer/store/rows.ts';
import { refreshCandles } from '../../jobs/market/refresh-candles.ts';
import { refreshRates } from '../../jobs/market/refresh-rates.ts';
import { computeEpoch, RULE_VERSION, resultRows } from '../../jobs/rewards/compute/compute-epoch.ts';
import { inState, openedRow } from '../../jobs/rewards/epoch-state.ts';
import { gatherInputs, type ProgramKeys } from '../../jobs/rewards/inputs/epoch-inputs.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../programs/exchange/client.generated.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from '../../programs/governance/client.generated.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../programs/marketplace/client.generated.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../programs/staking/client.generated.ts';
import { type RunningApi, startApi } from '../api/start-api.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { openDatabase, settingsFor } from '../indexer/store/store-fixture.ts';
import { type DayPart, recordDay } from '../jobs/reconcile/recorded-day.ts';
import type { RunningLocalnet } from '../localnet/start.ts';

export interface PageRecord {
  readonly api: RunningApi;
  readonly store: StoreClient;
  readonly chain: RunningLocalnet;
  stop(): Promise<void>;
}

const programs: ProgramKeys = {
  staking: fromBase58(STAKING_PROGRAM_ADDRESS),
  marketplace: fromBase58(MARKETPLACE_PROGRAM_ADDRESS),
  exchange: fromBase58(EXCHANGE_PROGRAM_ADDRESS),
  governance: fromBase58(GOVERNANCE_PROGRAM_ADDRESS),
};
const EPOCHS = 3n;

export async function openPageRecord(
  clickhouse: RunningClickHouse,
  part: DayPart,
  dashboardFolder: string,
): Promise<PageRecord> {
  const { store, settings, chain, stop } = await recordDay(clickhouse, part);
  let clock = 0n;
  const nowMicros = () => (clock += 1n);
  await refreshCandles(store, 'all', nowMicros);
  await refreshRates(store, programs, 'all', nowMicros);
  await computeEpochs(store);
  const api = await startApi(store, await loadProgramRegistry(settings), dashboardFolder, chain.rpcUrl);
  return {
    api,
    store,
    chain,
    async stop() {
      await api.stop();
      await stop();
    },
  };
}

export interface EmptyRecord {
  readonly api: RunningApi;
  readonly store: StoreClient;
  stop(): Promise<void>;
}

/** The API over a ledger without a block. @param asServed what the API is given for the store */
export async function openEmptyRecord(
  clickhouse: RunningClickHouse,
  dashboardFolder: string,
  asServed: (store: StoreClient) => StoreClient = (store) => store,
): Promise<EmptyRecord> {
  const database = await openDatabase(clickhouse.url);
  const registry = await loadProgramRegistry(settingsFor(clickhouse.url, database.client.database));
  await ensureEventTables(database.client, registry.tables);
  const api = await startApi(asServed(database.client), registry, dashboardFolder);
  return {
    api,
    store: database.client,
    async stop() {
      await api.stop();
      await database.drop();
    },
  };
}

/** Reward epochs over equal parts of the record, as far as the worker brings them without the authority's key. */
async function computeEpochs(store: StoreClient): Promise<void> {
  const { start, end } = await oneRow<{ start: bigint; end: bigint }>(
    store,
    'SELECT min(block_time) AS start, max(block_time) + 1 AS end FROM canonical_blocks WHERE transaction_count > 0',
  );
  const lengthSeconds = (end - start) / EPOCHS;
  const schedule = [{ fromRewardEpoch: 1n as RewardEpoch, startTime: start as UnixSeconds, lengthSeconds }];
  for (let rewardEpoch = 1n; rewardEpoch <= EPOCHS; rewardEpoch += 1n) {
    const window = { start: start + (rewardEpoch - 1n) * lengthSeconds, end: start + rewardEpoch * lengthSeconds };
    const slots = await oneRow<{ first: Slot; last: Slot }>(
      store,
      `SELECT min(slot) AS first, max(slot) AS last FROM canonical_blocks
WHERE block_time >= {start:Int64} AND block_time < {end:Int64}`,
      window,
    );
    const frame = { rewardEpoch, schedule, window, slots, eligibilitySlot: slots.last, markSignature: '' };
    const { inputs, evidence } = await gatherInputs(store, programs, frame);
    const computation = computeEpoch(inputs);
    await insertResults(store, resultRows(computation, evidence, rewardEpoch));
    const { inputHash, artefactHash, totalRewards, totalUsdc, orphanedUsdc, roots, awards } = computation;
    const settled = { inputHash, artefactHash, totalRewards, totalUsdc, orphanedUsdc, roots, poolCount: awards.length };
    const opened = { ...openedRow(rewardEpoch, window, 1n), firstSlot: slots.first, lastSlot: slots.last };
    const state = rewardEpoch === EPOCHS ? 'verified' : 'published';
    const row = { ...settled, eligibilitySlot: slots.last, ruleVersion: RULE_VERSION };
    await insertEpochRow(store, inState(opened, state, row, 2n));
  }
}
