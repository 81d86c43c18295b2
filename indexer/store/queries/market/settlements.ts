/**
 * Everything the marketplace settled: orders, pieces of sessions, metered workloads. The ledger is a view of these rows,
 * so whatever heals the record (forks, replays, backfills) heals the ledger with it.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { QueryParams, StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';
import { rowsFrom } from '../chain/slot-walk.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { BOUND_PLACE, boundParams, type EventPlace } from '../rows/event-place.ts';

export type SettlementKind = 'order' | 'session' | 'workload';

export interface SettlementRow extends EventPlace {
  readonly time: UnixSeconds;
  readonly blockhash: Uint8Array;
  readonly signature: Uint8Array;
  readonly kind: SettlementKind;
  /** The order; the marker of a workload. */
  readonly subject: Uint8Array;
  readonly mint: Uint8Array;
  readonly customer: Uint8Array;
  readonly provider: Uint8Array;
  /** Base units of the mint, as all amounts below. */
  readonly amount: bigint;
  readonly providerAmount: bigint;
  readonly fee: bigint;
  readonly feeTreasury: bigint;
  readonly feeBurn: bigint;
  readonly feeVerifiers: bigint;
  /** What a workload was priced by; 0 for orders and sessions. */
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly seconds: number;
  readonly credits: bigint;
}

export interface SettlementFilter {
  readonly kind?: SettlementKind | null | undefined;
  readonly subject?: Uint8Array | null | undefined;
  readonly mint?: Uint8Array | null | undefined;
  readonly customer?: Uint8Array | null | undefined;
  readonly provider?: Uint8Array | null | undefined;
  readonly fromTime?: UnixSeconds | null | undefined;
  /** Exclusive. */
  readonly toTime?: UnixSeconds | null | undefined;
}

interface Source {
  readonly kind: SettlementKind;
  readonly table: string;
  readonly subject: string;
  readonly customer: string;
  readonly work: string;
}

const NO_WORK = 'toUInt32(0) AS vcpus, toUInt32(0) AS memoryMb, toUInt32(0) AS workSeconds, toUInt64(0) AS credits';

const SOURCES: readonly Source[] = [
  { kind: 'order', table: 'order_settled', subject: 'order', customer: 'buyer', work: NO_WORK },
  { kind: 'session', table: 'usage_settled', subject: 'order', customer: 'buyer', work: NO_WORK },
  {
    ...{ kind: 'workload', table: 'workload_settled', subject: 'workload', customer: 'customer' },
    work: 'vcpus, memory_mb AS memoryMb, seconds AS workSeconds, credits',
  },
];

const inSlots = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
const bytes = (name: string) => `toFixedString(unhex({${name}:String}), 32)`;

/** A SELECT of the settlements of a range of slots that pass a filter, with the keys of a row. */
function settlementsSql(filter: SettlementFilter): string {
  const branches = SOURCES.filter(({ kind }) => (filter.kind ?? kind) === kind).map(({ kind, ...source }) => {
    const conditions = [
      inSlots,
      ...(filter.subject ? [`${source.subject} = ${bytes('subject')}`] : []),
      ...(filter.mint ? [`mint = ${bytes('mint')}`] : []),
      ...(filter.customer ? [`${source.customer} = ${bytes('customer')}`] : []),
      ...(filter.provider ? [`provider = ${bytes('provider')}`] : []),
      ...(filter.fromTime == null ? [] : ['block_time >= {fromTime:Int64}']),
      ...(filter.toTime == null ? [] : ['block_time < {toTime:Int64}']),
    ];
    return `SELECT slot, tx_index AS transactionIndex, position, block_time AS time, blockhash, signature, '${kind}' AS kind,
  ${source.subject} AS subject, mint, ${source.customer} AS customer, provider, amount, provider_amount AS providerAmount, fee,
  fee_treasury AS feeTreasury, fee_burn AS feeBurn, fee_verifier AS feeVerifiers, ${source.work}
FROM canonical_marketplace_${source.table} WHERE ${conditions.join(' AND ')}`;
  });
  return branches.join('\nUNION ALL ');
}

function paramsOf({ kind: _, ...filter }: SettlementFilter): QueryParams {
  const given = Object.entries(filter).filter(([, value]) => value != null);
  return Object.fromEntries(given) as QueryParams;
}

const columns = `slot, transactionIndex, position, time, blockhash, signature, kind, subject, mint, customer, provider, amount,
  providerAmount, fee, feeTreasury, feeBurn, feeVerifiers, vcpus, memoryMb, workSeconds AS seconds, credits`;

/** In chain order. */
export function settlementsIn(client: StoreClient, bounds: SlotBounds): Promise<SettlementRow[]> {
  return rows<SettlementRow>(
    client,
    `SELECT ${columns} FROM (${settlementsSql({})}) ORDER BY slot, transactionIndex, position`,
    { ...bounds },
  );
}

/** Newest first: those at or before `slot` and before a place, at most `limit`. */
export function settlementsPage(
  client: StoreClient,
  filter: SettlementFilter,
  slot: Slot,
  before: EventPlace,
  limit: number,
): Promise<SettlementRow[]> {
  const toSlot = before.slot < slot ? before.slot : slot;
  return rowsFrom({ fromSlot: 0n, toSlot }, 'newest', limit, (bounds, missing) =>
    rows<SettlementRow>(
      client,
      `SELECT ${columns} FROM (${settlementsSql(filter)})
WHERE (slot, transactionIndex, position) < ${BOUND_PLACE}
ORDER BY slot DESC, transactionIndex DESC, position DESC LIMIT {limit:UInt32}`,
      { ...paramsOf(filter), ...bounds, ...boundParams(before), limit: missing },
    ),
  );
}

export interface LedgerTotals {
  readonly mint: Uint8Array;
  readonly settlementCount: bigint;
  /** What customers paid: the debits, above zero. */
  readonly debited: bigint;
  readonly providers: bigint;
  readonly treasury: bigint;
  readonly burned: bigint;
  readonly verifiers: bigint;
  /** Of all entries, debits below zero. */
  readonly sum: bigint;
}

/** Sums over all settlements up to a slot that pass a filter, by mint. */
export function ledgerTotals(client: StoreClient, filter: SettlementFilter, slot: Slot): Promise<LedgerTotals[]> {
  const wide = (column: string) => `sum(toInt128(${column}))`;
  return rows<LedgerTotals>(
    client,
    `SELECT mint, count() AS settlementCount, ${wide('amount')} AS debited, ${wide('providerAmount')} AS providers,
  ${wide('feeTreasury')} AS treasury, ${wide('feeBurn')} AS burned, ${wide('feeVerifiers')} AS verifiers,
  providers + treasury + burned + verifiers - debited AS sum
FROM (${settlementsSql(filter)}) GROUP BY mint ORDER BY mint LIMIT 16`,
    { ...paramsOf(filter), fromSlot: 0n, toSlot: slot },
  );
}

/** Last slot of a range, so that the settlements from its first slot on are no more than some; at least one slot's. */
export async function settlementsEnd(client: StoreClient, bounds: SlotBounds, most: number): Promise<Slot> {
  const slotsOf = ({ table }: Source) => `SELECT slot FROM canonical_marketplace_${table} WHERE ${inSlots}`;
  const found = await firstRow<{ slot: Slot }>(
    client,
    `SELECT slot FROM (${SOURCES.map(slotsOf).join(' UNION ALL ')}) ORDER BY slot LIMIT 1 OFFSET {most:UInt32}`,
    { ...bounds, most },
  );
  if (found === null) return bounds.toSlot;
  return found.slot > bounds.fromSlot ? found.slot - 1n : bounds.fromSlot;
}

export interface OrderTermsRow {
  readonly order: Uint8Array;
  readonly platformFeeBps: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
}

const settledIn = (table: string, subject: string) => `SELECT ${subject} FROM marketplace_${table} WHERE ${inSlots}`;
/** Orders that settled something in a range. */
const touched = `(${settledIn('order_settled', 'order')} UNION DISTINCT ${settledIn('usage_settled', 'order')})`;

/** Terms of the orders that settled something in a range, as they were created with. */
export function orderTerms(client: StoreClient, bounds: SlotBounds): Promise<OrderTermsRow[]> {
  return rows<OrderTermsRow>(
    client,
    `SELECT order, platform_fee_bps AS platformFeeBps, fee_burn_bps AS feeBurnBps, fee_verifier_bps AS feeVerifierBps
FROM canonical_marketplace_order_created WHERE slot <= {toSlot:UInt64} AND order IN ${touched}`,
    { ...bounds },
  );
}

export interface PaidRow {
  readonly subject: Uint8Array;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly burn: bigint;
  readonly verifiers: bigint;
  /** Whole settlements of it, of which there may be one. */
  readonly endCount: bigint;
}

/** What the orders and workloads that settled something in a range had settled before it, after a slot. */
export function paidBefore(client: StoreClient, afterSlot: Slot, bounds: SlotBounds): Promise<PaidRow[]> {
  const before = 'slot > {afterSlot:UInt64} AND slot < {fromSlot:UInt64}';
  const from = (table: string, isEnd: number, subject = 'order', of = touched) => `
  SELECT ${subject} AS subject, amount, fee, fee_burn, fee_verifier, ${isEnd} AS is_end
  FROM canonical_marketplace_${table} WHERE ${before} AND ${subject} IN ${of}`;
  const workloads = `(${settledIn('workload_settled', 'workload')})`;
  return rows<PaidRow>(
    client,
    `SELECT subject, sum(amount) AS amount, sum(fee) AS fee, sum(fee_burn) AS burn, sum(fee_verifier) AS verifiers, sum(is_end) AS endCount
FROM (${[from('order_settled', 1), from('usage_settled', 0), from('workload_settled', 1, 'workload', workloads)].join(' UNION ALL ')})
GROUP BY subject`,
    { ...bounds, afterSlot },
  );
}

export interface ParameterChange extends EventPlace {
  /** Row of the parameter table. */
  readonly id: number;
  readonly value: bigint;
}

/** What the marketplace says of some of its governed numbers in a range, in chain order; each is in force from there on. */
export function marketplaceChanges(
  client: StoreClient,
  ids: readonly number[],
  bounds: SlotBounds,
): Promise<ParameterChange[]> {
  const number = (key: string) => `toInt64(trim(BOTH '"' FROM JSONExtractRaw(change, '${key}')))`;
  const from = (table: string, column: string) => `
  SELECT slot, tx_index AS transactionIndex, position AS place, toInt32(${number('id')}) AS id, ${number('value')} AS value
  FROM canonical_marketplace_${table} ARRAY JOIN JSONExtractArrayRaw(${column}) AS change WHERE ${inSlots}`;
  return rows<ParameterChange>(
    client,
    `SELECT slot, transactionIndex, place AS position, id, value FROM (
  ${from('marketplace_initialized', 'parameters')} UNION ALL ${from('parameters_set', 'changes')}
) WHERE id IN {ids:Array(Int32)} ORDER BY slot, transactionIndex, place`,
    { ...bounds, ids: [...ids] },
  );
}
