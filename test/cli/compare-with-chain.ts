/**
 * The whole comparison of a run with its chain: events, lineage, records, roots, accruals.
 * @module
 */
import { expect } from 'vitest';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { hexOf } from '../../indexer/domain/hex.ts';
import { createStoreClient, type StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { latestEpochRows } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { rows } from '../../indexer/store/rows.ts';
import { verifyBlocks } from '../../indexer/store/verify-blocks.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../programs/exchange/client.generated.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from '../../programs/governance/client.generated.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../programs/marketplace/client.generated.ts';
import {
  decodeOperatorPool,
  decodeRewardRecord,
  OPERATOR_POOL_ACCOUNT_DISCRIMINATOR,
  REWARD_RECORD_ACCOUNT_DISCRIMINATOR,
  STAKING_PROGRAM_ADDRESS,
} from '../../programs/staking/client.generated.ts';
import { accountsOf, type ChainEvent, readChain } from './chain-record.ts';
import { type Stack, until } from './stack.ts';

const PROGRAMS = new Set<string>([
  STAKING_PROGRAM_ADDRESS,
  MARKETPLACE_PROGRAM_ADDRESS,
  EXCHANGE_PROGRAM_ADDRESS,
  GOVERNANCE_PROGRAM_ADDRESS,
]);
const MOST_EPOCHS = 1_000;

export interface Compared {
  readonly blockCount: number;
  readonly eventCount: number;
  readonly epochCount: number;
}

/** Everything up to the slot that was finalized when this began. */
export async function compareWithChain({ settings }: Stack): Promise<Compared> {
  const store = createStoreClient(settings);
  try {
    const lastSlot = await until('a finalized block', () => finalizedSlot(store));
    const chain = await readChain(settings.SOLANA_RPC_URL, PROGRAMS, Number(lastSlot));
    expect(await storedEvents(store, lastSlot)).toEqual(chain.events);
    expect(await storedSlots(store, lastSlot)).toEqual(chain.slots.filter((slot) => slot > 0));
    const report = await verifyBlocks(store, 1n, lastSlot);
    expect(report.problems).toEqual([]);
    const epochCount = await compareEpochs(store, settings.SOLANA_RPC_URL, chain.recordCount);
    return { blockCount: report.blockCount, eventCount: chain.events.length, epochCount };
  } finally {
    await store.close();
  }
}

async function finalizedSlot(store: StoreClient): Promise<bigint | null> {
  const [found] = await rows<{ slot: bigint }>(store, `SELECT max(slot) AS slot FROM cursors WHERE name = 'finalized'`);
  return found !== undefined && found.slot > 0n ? found.slot : null;
}

async function storedSlots(store: StoreClient, lastSlot: bigint): Promise<number[]> {
  const sql = 'SELECT slot FROM canonical_blocks WHERE slot BETWEEN 1 AND {lastSlot:UInt64} ORDER BY slot';
  return (await rows<{ slot: bigint }>(store, sql, { lastSlot })).map(({ slot }) => Number(slot));
}

interface StoredEvent {
  readonly slot: bigint;
  readonly txIndex: number;
  readonly position: number;
  readonly signature: Uint8Array;
  readonly data: string;
}

async function storedEvents(store: StoreClient, lastSlot: bigint): Promise<ChainEvent[]> {
  const found = await rows<StoredEvent>(
    store,
    `SELECT slot, tx_index AS txIndex, position, signature, lower(hex(data)) AS data FROM canonical_events
WHERE slot <= {lastSlot:UInt64} ORDER BY slot, tx_index, position`,
    { lastSlot },
  );
  return found.map((row) => ({ ...row, slot: Number(row.slot), signature: toBase58(row.signature) }));
}

/** One record for every epoch up to the last accrued one, as the ledger has it, and taken by every pool. */
async function compareEpochs(store: StoreClient, rpcUrl: string, recordsMade: number): Promise<number> {
  const accrued = (await latestEpochRows(store, MOST_EPOCHS)).filter(({ state }) => state === 'accrued');
  const data = await accountsOf(rpcUrl, STAKING_PROGRAM_ADDRESS, REWARD_RECORD_ACCOUNT_DISCRIMINATOR);
  const records = data.map(decodeRewardRecord).sort((left, right) => Number(left.epoch - right.epoch));
  // The next epoch's record may be there already, in the accounts or in the blocks that were read before them.
  expect(records.map(({ epoch }) => epoch)).toEqual(records.map((_, index) => BigInt(index + 1)));
  expect([records.length, records.length - 1]).toContain(recordsMade);
  expect(accrued.map(({ rewardEpoch }) => rewardEpoch)).toEqual(accrued.map((_, index) => BigInt(index + 1)));
  for (const [index, { roots, totalRewards, totalUsdc }] of accrued.entries()) {
    const record = records[index];
    expect(record?.merkleRoots.map(hexOf)).toEqual(roots.map(hexOf));
    expect(record).toMatchObject({ totalRewards, totalUsdcPayout: totalUsdc });
  }
  const pools = (await accountsOf(rpcUrl, STAKING_PROGRAM_ADDRESS, OPERATOR_POOL_ACCOUNT_DISCRIMINATOR)).map(
    decodeOperatorPool,
  );
  expect(pools.length).toBeGreaterThan(0);
  for (const pool of pools) expect(pool.rewardLastClaimedEpoch).toBeGreaterThanOrEqual(BigInt(accrued.length));
  return accrued.length;
}
