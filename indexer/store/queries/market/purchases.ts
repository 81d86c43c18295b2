/**
 * Settled purchases of GPU time, whole orders and pieces of sessions alike, and what their prices are compared by: the
 * mints, the rate between them, and who owns which provider.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';
import type { TimeRange } from '../chain/block-times.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { countedRows } from '../rows/counted-rows.ts';
import { fewRows } from '../rows/few-rows.ts';

export interface PurchaseRow {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly position: number;
  readonly time: UnixSeconds;
  readonly signature: Uint8Array;
  readonly order: Uint8Array;
  readonly provider: Uint8Array;
  readonly buyer: Uint8Array;
  readonly model: number;
  readonly mint: Uint8Array;
  /** Base units of the mint. */
  readonly pricePerGpuHour: bigint;
  readonly gpuSeconds: bigint;
}

const SETTLEMENTS = ['order_settled', 'usage_settled'];
const columns = `slot, bank, blockhash, tx_index, toUInt32(position) AS place, block_time, signature, order, provider, buyer, model, mint,
  price_per_gpu_hour, gpu_seconds`;
const inSlots = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
const ofModel = '({model:Int16} < 0 OR model = {model:Int16})';
const inRange = `${inSlots} AND block_time >= {fromTime:Int64} AND block_time < {toTime:Int64} AND gpu_seconds > 0 AND ${ofModel}`;

/** In chain order; `model` is `null` for all. */
export function purchasesBetween(
  client: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  { fromTime, toTime }: TimeRange,
  model: number | null,
): Promise<PurchaseRow[]> {
  const branches = SETTLEMENTS.map((event) => `SELECT ${columns} FROM marketplace_${event} FINAL WHERE ${inRange}`);
  return rows<PurchaseRow>(
    client,
    `${countedRows(branches, inSlots)}
SELECT slot, tx_index AS transactionIndex, place AS position, block_time AS time, signature, order, provider, buyer, model, mint,
  price_per_gpu_hour AS pricePerGpuHour, gpu_seconds AS gpuSeconds
FROM counted ORDER BY slot, tx_index, position`,
    { fromSlot, toSlot, fromTime, toTime, model: model ?? -1 },
  );
}

/** Starts of the windows of a length in which some block of the record, counted or not, has purchases; ascending. */
export async function windowsWithPurchases(
  client: StoreClient,
  lengthSeconds: bigint,
  beforeTime: UnixSeconds,
): Promise<UnixSeconds[]> {
  const found = await rows<{ start: UnixSeconds }>(
    client,
    `SELECT DISTINCT intDiv(block_time, {length:Int64}) * {length:Int64} AS start FROM (
  SELECT block_time FROM marketplace_order_settled WHERE block_time >= 0
  UNION ALL SELECT block_time FROM marketplace_usage_settled WHERE block_time >= 0
) WHERE start + {length:Int64} <= {beforeTime:Int64} ORDER BY start LIMIT 1000000`,
    { length: lengthSeconds, beforeTime },
  );
  return found.map(({ start }) => start);
}

export interface Mints {
  readonly infer: Uint8Array;
  readonly usdc: Uint8Array;
}

/** As the marketplace was set up with; `null` when the events up to a slot do not tell. */
export function marketMints(client: StoreClient, toSlot: Slot): Promise<Mints | null> {
  return firstRow<Mints>(
    client,
    `SELECT infer_mint AS infer, usdc_mint AS usdc FROM ${fewRows('marketplace_marketplace_initialized')}
WHERE slot <= {toSlot:UInt64} ORDER BY slot DESC, tx_index DESC, position DESC LIMIT 1`,
    { toSlot },
  );
}

/** From when on a USDC has been worth how many base units of INFER, by the marketplace's parameter. */
export interface ConversionRow {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly position: number;
  readonly inferPerUsdc: bigint;
}

/** In chain order. @param parameterId row of `bond_infer_per_usdc` in the parameter table */
export function conversionsUntil(client: StoreClient, parameterId: number, toSlot: Slot): Promise<ConversionRow[]> {
  const number = (key: string) => `toUInt64(trim(BOTH '"' FROM JSONExtractRaw(change, '${key}')))`;
  return rows<ConversionRow>(
    client,
    `SELECT slot, tx_index AS transactionIndex, toUInt32(place) AS position, inferPerUsdc FROM (
  SELECT slot, tx_index, position AS place, bond_infer_per_usdc AS inferPerUsdc
  FROM ${fewRows('marketplace_marketplace_initialized')} WHERE slot <= {toSlot:UInt64}
  UNION ALL
  SELECT slot, tx_index, position AS place, ${number('value')} AS inferPerUsdc
  FROM ${fewRows('marketplace_parameters_set')} ARRAY JOIN JSONExtractArrayRaw(changes) AS change
  WHERE slot <= {toSlot:UInt64} AND ${number('id')} = {parameterId:UInt64}
) ORDER BY slot, tx_index, place`,
    { parameterId, toSlot },
  );
}

/** Owner of every provider that registered up to a slot. */
export function providerOwners(
  client: StoreClient,
  toSlot: Slot,
): Promise<{ provider: Uint8Array; owner: Uint8Array }[]> {
  return rows(
    client,
    `SELECT DISTINCT provider, owner FROM ${fewRows('marketplace_provider_registered')}
WHERE slot <= {toSlot:UInt64} ORDER BY provider LIMIT 1000000`,
    { toSlot },
  );
}
