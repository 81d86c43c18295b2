/**
 * History of a model's perpetual market and of the exchange's money, from events.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { QueryParams, StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { slotsOfTimes } from '../chain/block-times.ts';
import { countedRows } from '../rows/counted-rows.ts';
import { FUND_EVENTS } from './exchange.ts';

export interface OpenInterestRow {
  /** Start of the bucket. */
  readonly start: UnixSeconds;
  /** GPU-seconds after the bucket's last change, as below. */
  readonly longSize: bigint;
  readonly shortSize: bigint;
  /** Base units of INFER at entry. */
  readonly longNotional: bigint;
  readonly shortNotional: bigint;
  /** What a GPU-second of each side has owed since the index began, base units times 3.6 · 10^9. */
  readonly fundingLong: bigint;
  readonly fundingShort: bigint;
  readonly mark: bigint;
}

export interface HistoryRange {
  readonly slot: Slot;
  readonly fromTime: UnixSeconds;
  /** Exclusive. */
  readonly toTime: UnixSeconds;
}

const inRange = `slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND slot <= {slot:UInt64}
    AND block_time >= {fromTime:Int64} AND block_time < {toTime:Int64}`;

/** Buckets in which something changed, by time. */
export function openInterest(
  client: StoreClient,
  { model, ...range }: HistoryRange & { readonly model: number },
  bucketSeconds: bigint,
  limit: number,
): Promise<OpenInterestRow[]> {
  const state = ['long_size', 'short_size', 'long_notional', 'short_notional', 'funding_long', 'funding_short'];
  const notional = { longNotional: 3, shortNotional: 4 };
  const columns = { longSize: 1, shortSize: 2, ...notional, fundingLong: 5, fundingShort: 6, mark: 7 };
  const selected = `(${state.map((each) => `market_${each}`).join(', ')}, mark)`;
  const from = (table: string) => branch(table, selected, 'AND model = {model:UInt8}');
  const branches = ['index_updated', 'index_advanced'].map(from);
  return lastOfBuckets(client, { branches, columns, range, params: { model } }, bucketSeconds, limit);
}

export interface FundsPointRow {
  /** Start of the bucket. */
  readonly start: UnixSeconds;
  /** Base units of INFER after the bucket's last change, as below. */
  readonly margin: bigint;
  readonly bankroll: bigint;
  readonly insurance: bigint;
  readonly claimsReserve: bigint;
  readonly openNotional: bigint;
}

/** Buckets in which the exchange's money moved, by time. */
export function fundsHistory(
  client: StoreClient,
  range: HistoryRange,
  bucketSeconds: bigint,
  limit: number,
): Promise<FundsPointRow[]> {
  const state = ['margin', 'bankroll', 'insurance', 'claims_reserve', 'open_notional'];
  const columns = { margin: 1, bankroll: 2, insurance: 3, claimsReserve: 4, openNotional: 5 };
  const selected = `(${state.map((each) => `funds_${each}`).join(', ')})`;
  const branches = FUND_EVENTS.map((table) => branch(table, selected, ''));
  return lastOfBuckets(client, { branches, columns, range, params: {} }, bucketSeconds, limit);
}

function branch(table: string, state: string, more: string): string {
  return `SELECT slot, bank, blockhash, block_time, ${state} AS state, (slot, tx_index, toUInt32(position)) AS place
  FROM exchange_${table} FINAL WHERE ${inRange} ${more}`;
}

interface History {
  readonly branches: readonly string[];
  /** Place of each value in the state. */
  readonly columns: Readonly<Record<string, number>>;
  readonly range: HistoryRange;
  readonly params: QueryParams;
}

/** The state after the last event of every bucket that has one. */
async function lastOfBuckets<Row>(
  client: StoreClient,
  { branches, columns, range, params }: History,
  bucketSeconds: bigint,
  limit: number,
): Promise<Row[]> {
  const slots = await slotsOfTimes(client, range);
  if (slots === null) return [];
  const values = Object.entries(columns).map(([name, place]) => `last.${place} AS ${name}`);
  return rows<Row>(
    client,
    `${countedRows(branches, 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}')}
SELECT start, ${values.join(', ')}
FROM (
  SELECT intDiv(block_time, {bucket:Int64}) * {bucket:Int64} AS start, argMax(state, place) AS last FROM counted GROUP BY start
) ORDER BY start LIMIT {limit:UInt32}`,
    { ...range, ...slots, ...params, bucket: bucketSeconds, limit },
  );
}
