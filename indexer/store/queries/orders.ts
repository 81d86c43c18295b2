/**
 * Orders of the marketplace, each with the events of its life up to a slot.
 * @module
 */
import type { Slot, UnixSeconds } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { rows } from '../rows.ts';

export interface OrderRow {
  readonly order: Uint8Array;
  readonly provider: Uint8Array;
  readonly buyer: Uint8Array;
  readonly operatorPool: Uint8Array;
  readonly mint: Uint8Array;
  readonly model: number;
  readonly units: number;
  readonly seconds: number;
  readonly pricePerGpuHour: bigint;
  readonly amount: bigint;
  readonly createdAt: UnixSeconds;
  readonly createdSlot: Slot;
  readonly txIndex: number;
  /** Place of its event in the transaction. */
  readonly position: number;
  readonly createdSignature: Uint8Array;
  /** 0 until it started; likewise below. */
  readonly startedAt: UnixSeconds;
  readonly settledAt: UnixSeconds;
  readonly refundedAt: UnixSeconds;
  readonly providerAmount: bigint;
  readonly fee: bigint;
  readonly endSignature: Uint8Array | null;
}

/** A place in the order of creation, newest first. */
export interface OrderPlace {
  readonly slot: Slot;
  readonly txIndex: number;
  readonly position: number;
}

export interface OrderFilter {
  readonly buyer?: Uint8Array | null | undefined;
  readonly provider?: Uint8Array | null | undefined;
}

/** Newest first: orders created at or before `slot` and before `before`, at most `limit`. */
export function ordersPage(
  client: StoreClient,
  slot: Slot,
  before: OrderPlace,
  limit: number,
  { buyer, provider }: OrderFilter = {},
): Promise<OrderRow[]> {
  return rows<OrderRow>(
    client,
    `WITH created AS (
  SELECT * FROM canonical_marketplace_order_created
  WHERE slot <= {slot:UInt64} AND (slot, tx_index, position) < ({beforeSlot:UInt64}, {beforeIndex:UInt32}, {beforePosition:UInt32})
    AND ({buyer:String} = '' OR buyer = unhex({buyer:String})) AND ({provider:String} = '' OR provider = unhex({provider:String}))
  ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}
), (SELECT min(slot) FROM created) AS first_slot
SELECT c.order AS order, c.provider AS provider, c.buyer AS buyer, c.operator_pool AS operatorPool, c.mint AS mint,
  c.model AS model, c.units AS units, c.seconds AS seconds, c.price_per_gpu_hour AS pricePerGpuHour, c.amount AS amount,
  c.created_at AS createdAt, c.slot AS createdSlot, c.tx_index AS txIndex, c.position AS position, c.signature AS createdSignature,
  d.started_at AS startedAt, s.settled_at AS settledAt, r.refunded_at AS refundedAt,
  s.provider_amount AS providerAmount, s.fee AS fee,
  multiIf(s.settled_at != 0, toNullable(s.signature), r.refunded_at != 0, toNullable(r.signature), NULL) AS endSignature
FROM created AS c
LEFT JOIN (
  SELECT order, started_at FROM canonical_marketplace_delivery_started WHERE slot BETWEEN first_slot AND {slot:UInt64}
) AS d ON d.order = c.order
LEFT JOIN (
  SELECT order, settled_at, provider_amount, fee, signature FROM canonical_marketplace_order_settled
  WHERE slot BETWEEN first_slot AND {slot:UInt64}
) AS s ON s.order = c.order
LEFT JOIN (
  SELECT order, refunded_at, signature FROM canonical_marketplace_order_refunded WHERE slot BETWEEN first_slot AND {slot:UInt64}
) AS r ON r.order = c.order
ORDER BY c.slot DESC, c.tx_index DESC, c.position DESC`,
    {
      ...{ slot, beforeSlot: before.slot, beforeIndex: before.txIndex, beforePosition: before.position, limit },
      ...{ buyer: buyer ?? '', provider: provider ?? '' },
    },
  );
}
