/**
 * Which events a computed value follows from: typed tables, and the column by which they are of its model, provider or pool.
 * @module
 */
import { hexOf } from '../../indexer/domain/hex.ts';
import type { SettlementFilter } from '../../indexer/store/queries/market/settlements.ts';
import type { ColumnCondition } from '../../indexer/store/queries/rows/field-conditions.ts';
import type { SourceEvents } from '../../indexer/store/queries/rows/source-transactions.ts';

const KEY = 'FixedString(32)';
const SETTLEMENTS = ['marketplace_order_settled', 'marketplace_usage_settled', 'marketplace_workload_settled'];

const equal = (name: string, type: string, value: string): ColumnCondition => {
  return { column: { name, type }, comparison: 'EQ', values: [value] };
};
const ofModel = (model: number) => equal('model', 'UInt8', String(model));
const ofKey = (name: string, key: Uint8Array) => equal(name, KEY, hexOf(key));
const inTables = (tables: readonly string[], ...conditions: readonly ColumnCondition[]): SourceEvents[] =>
  tables.map((table) => ({ table, conditions }));

/** Ticks of the on-chain index. */
export function indexTicks(model: number): SourceEvents[] {
  return inTables(['exchange_index_updated'], ofModel(model));
}

/** Settled purchases of GPU time. */
export function purchases(model: number): SourceEvents[] {
  const isUsed: ColumnCondition = { column: { name: 'gpu_seconds', type: 'UInt64' }, comparison: 'GT', values: ['0'] };
  return inTables(SETTLEMENTS.slice(0, 2), ofModel(model), isUsed);
}

/** What moves a forward curve: its index, purchases, and dated futures of its series. */
export function curveEvents(model: number, series: readonly Uint8Array[]): SourceEvents[] {
  const ofSeries: ColumnCondition = {
    column: { name: 'series', type: KEY },
    comparison: 'EQ',
    values: series.map(hexOf),
  };
  return [
    ...indexTicks(model),
    ...purchases(model),
    ...inTables(['exchange_series_created', 'exchange_index_advanced', 'exchange_milestone_passed'], ofModel(model)),
    ...(series.length === 0 ? [] : inTables(['exchange_future_traded', 'exchange_future_liquidated'], ofSeries)),
  ];
}

/** What providers did, as it is counted. */
export const doneByProviders: readonly SourceEvents[] = inTables(
  [
    ...[
      'provider_registered',
      'bond_posted',
      'bond_withdrawn',
      'provider_slashed',
      'challenge_resolved',
      'offer_listed',
    ],
    ...['order_created', 'order_settled', 'order_refunded', 'usage_settled', 'session_closed'],
  ].map((name) => `marketplace_${name}`),
);

/** What a provider did and what was found of it. */
export function providerEvents(provider: Uint8Array): SourceEvents[] {
  const tables = [
    ...['provider_registered', 'bond_posted', 'bond_withdrawn', 'heartbeat_sent', 'offer_listed', 'order_created'],
    ...['order_settled', 'order_refunded', 'usage_settled', 'session_closed', 'workload_settled', 'dispute_opened'],
    ...['dispute_resolved', 'challenge_resolved', 'provider_slashed'],
  ].map((name) => `marketplace_${name}`);
  return inTables(tables, ofKey('provider', provider));
}

/** Work that was paid for, of all pools or of one. */
export function paidWork(pool: Uint8Array | null): SourceEvents[] {
  return inTables(SETTLEMENTS, ...(pool === null ? [] : [ofKey('operator_pool', pool)]));
}

/** What was staked in a pool and taken out, and what it earned. */
export function poolEvents(pool: Uint8Array): SourceEvents[] {
  const tables = ['accrue_reward', 'stake', 'unstake', 'cancel_unstake', 'operator_auto_stake', 'slash_stake'];
  return inTables(
    tables.map((name) => `staking_${name}`),
    ofKey('operator_pool', pool),
  );
}

/** What became of offers of a model. Changes of offers name no model: those of all are among them. */
export function bookEvents(model: number): SourceEvents[] {
  return [
    ...inTables(['marketplace_offer_listed', 'marketplace_order_created'], ofModel(model)),
    ...inTables(['marketplace_offer_updated', 'marketplace_offer_closed', 'marketplace_lease_ended']),
  ];
}

/** The life of a proposal. */
export function proposalEvents(proposal: Uint8Array): SourceEvents[] {
  const tables = [
    ...['proposal_created', 'proposal_canceled', 'signaling_begun', 'signal_given', 'voting_opened', 'vote_cast'],
    ...['vote_finalized', 'proposal_executed', 'proposal_invalidated', 'proposal_expired'],
  ].map((name) => `governance_${name}`);
  return inTables(tables, ofKey('proposal', proposal));
}

/** Settlements in one token that pass a filter of the ledger, but for its times. */
export function settlementEvents(mint: Uint8Array, filter: SettlementFilter): SourceEvents[] {
  const { kind, subject, customer, provider } = filter;
  const kinds = ['order', 'session', 'workload'] as const;
  return SETTLEMENTS.flatMap((table, index) => {
    if (kind && kind !== kinds[index]) return [];
    const isWork = kinds[index] === 'workload';
    return inTables(
      [table],
      ofKey('mint', mint),
      ...(subject ? [ofKey(isWork ? 'workload' : 'order', subject)] : []),
      ...(customer ? [ofKey(isWork ? 'customer' : 'buyer', customer)] : []),
      ...(provider ? [ofKey('provider', provider)] : []),
    );
  });
}
