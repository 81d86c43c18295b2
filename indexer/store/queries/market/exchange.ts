/**
 * The exchange's money, its traders' positions and its liquidations, from events up to a slot.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';
import { lastInWindows } from '../chain/slot-windows.ts';
import { countedRows } from '../rows/counted-rows.ts';
import { BOUND_PLACE, boundParams, type EventPlace } from '../rows/event-place.ts';
import { fewRows } from '../rows/few-rows.ts';

/** Base units of INFER. */
export interface FundsRow {
  readonly margin: bigint;
  readonly bankroll: bigint;
  readonly insurance: bigint;
  readonly claimsReserve: bigint;
  readonly claimsIssued: bigint;
  readonly claimsFunded: bigint;
  readonly openNotional: bigint;
  /** Of the event that left them so. */
  readonly slot: Slot;
  readonly signature: Uint8Array;
}

/** Every event that changes money carries the funds after it. */
export const FUND_EVENTS = [
  ...['margin_deposited', 'margin_withdrawn', 'position_opened', 'position_closed', 'funding_paid'],
  ...['position_liquidated', 'future_traded', 'future_liquidated', 'future_position_settled'],
  ...['bankroll_added', 'bankroll_removed', 'insurance_added', 'surplus_swept', 'claim_paid'],
];

/** `null` before the first event that changes money. */
export function fundsAsOf(client: StoreClient, slot: Slot): Promise<FundsRow | null> {
  const columns = [
    'margin',
    'bankroll',
    'insurance',
    'claims_reserve',
    'claims_issued',
    'claims_funded',
    'open_notional',
  ];
  const selected = columns.map((each) => `funds_${each}`).join(', ');
  const branches = FUND_EVENTS.map(
    (event) => `SELECT slot, bank, blockhash, ${selected}, tx_index, toUInt32(position) AS place, signature
  FROM exchange_${event} FINAL WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}`,
  );
  return lastInWindows(slot, (bounds) =>
    firstRow<FundsRow>(
      client,
      `${countedRows(branches)} SELECT funds_margin AS margin, funds_bankroll AS bankroll, funds_insurance AS insurance, funds_claims_reserve AS claimsReserve,
  funds_claims_issued AS claimsIssued, funds_claims_funded AS claimsFunded, funds_open_notional AS openNotional, slot, signature
FROM counted ORDER BY slot DESC, tx_index DESC, place DESC LIMIT 1`,
      { ...bounds },
    ),
  );
}

export interface PositionRow {
  readonly position: Uint8Array;
  readonly owner: Uint8Array;
  readonly model: number;
  /** `null` for a perpetual position. */
  readonly series: Uint8Array | null;
  /** GPU-seconds, below zero for a short. */
  readonly size: bigint;
  readonly entryPrice: bigint;
  /** Base units of INFER. */
  readonly notional: bigint;
  readonly collateral: bigint;
  /** Slot of its last change. */
  readonly slot: Slot;
}

/** Open positions of an owner, perpetual and dated, by address, at most `limit`. */
export function positionsOf(client: StoreClient, owner: Uint8Array, slot: Slot, limit: number): Promise<PositionRow[]> {
  const ofOwner = 'slot <= {slot:UInt64} AND owner = toFixedString(unhex({owner:String}), 32)';
  const noSeries = "CAST(NULL, 'Nullable(FixedString(32))')";
  const from = (event: string, key: string, series: string) => `SELECT ${key} AS address, model, ${series} AS series,
    (holding_size, holding_entry_price, holding_notional, holding_collateral, slot) AS held, (slot, tx_index, toUInt32(position)) AS place
  FROM ${fewRows(`exchange_${event}`, ofOwner)} WHERE ${ofOwner}`;
  const events = [
    ...PERPETUAL_EVENTS.map((event) => from(event, 'field_position', noSeries)),
    ...DATED_EVENTS.map((event) => from(event, 'future_position', 'toNullable(series)')),
  ];
  return rows<PositionRow>(
    client,
    `SELECT address AS position, model, series, last.1 AS size, last.2 AS entryPrice, last.3 AS notional, last.4 AS collateral, last.5 AS slot
FROM (
  SELECT address, any(model) AS model, any(series) AS series, argMax(held, place) AS last
  FROM (${events.join('\n  UNION ALL ')}) GROUP BY address
) WHERE size != 0 ORDER BY address LIMIT {limit:UInt32}`,
    { owner, slot, limit },
  );
}

const PERPETUAL_EVENTS = ['position_opened', 'position_closed', 'funding_paid', 'position_liquidated'];
const DATED_EVENTS = ['future_traded', 'future_liquidated', 'future_position_settled'];

export interface LiquidationRow {
  readonly slot: Slot;
  readonly transactionIndex: number;
  /** Of its event in the transaction. */
  readonly place: number;
  readonly signature: Uint8Array;
  readonly time: UnixSeconds;
  readonly position: Uint8Array;
  readonly owner: Uint8Array;
  readonly keeper: Uint8Array;
  readonly model: number;
  /** GPU-seconds that were closed. */
  readonly size: bigint;
  readonly price: bigint;
  /** Base units of INFER, as below: collateral and result before it, which may be below zero. */
  readonly equity: bigint;
  readonly keeperFee: bigint;
  /** What margin lacked of the loss, and what insurance met of that. */
  readonly shortfall: bigint;
  readonly covered: bigint;
}

/** Newest first: those at or before `slot` and before a place, at most `limit`. */
export function liquidationsPage(
  client: StoreClient,
  slot: Slot,
  before: EventPlace,
  limit: number,
): Promise<LiquidationRow[]> {
  const from = (event: string, key: string) => `SELECT slot, tx_index AS transactionIndex, position AS place, signature,
    block_time AS time, ${key} AS address, owner, keeper, model, toUInt64(size) AS closed, price, equity,
    settlement_keeper_fee AS keeperFee, settlement_shortfall AS shortfall, settlement_covered AS covered
  FROM ${fewRows(`exchange_${event}`)} WHERE slot <= {slot:UInt64}
    AND (slot, tx_index, position) < ${BOUND_PLACE}`;
  return rows<LiquidationRow>(
    client,
    `SELECT slot, transactionIndex, place, signature, time, address AS position, owner, keeper, model, closed AS size, price,
  equity, keeperFee, shortfall, covered
FROM (${from('position_liquidated', 'field_position')}\n  UNION ALL ${from('future_liquidated', 'future_position')})
ORDER BY slot DESC, transactionIndex DESC, place DESC LIMIT {limit:UInt32}`,
    { slot, ...boundParams(before), limit },
  );
}
