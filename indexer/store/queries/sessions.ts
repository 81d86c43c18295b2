/**
 * Sessions paid per second, each with what was settled of it, and the pieces it was settled in.
 * @module
 */
import type { Slot, UnixSeconds } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { rows } from '../rows.ts';
import type { OrderPlace } from './orders.ts';

export interface SessionRow {
  readonly order: Uint8Array;
  readonly provider: Uint8Array;
  readonly buyer: Uint8Array;
  readonly mint: Uint8Array;
  readonly model: number;
  readonly units: number;
  /** Base units of the mint, as all amounts below. */
  readonly pricePerGpuHour: bigint;
  readonly createdAt: UnixSeconds;
  readonly createdSlot: Slot;
  readonly txIndex: number;
  readonly position: number;
  /** Seconds that were paid for. */
  readonly settledSeconds: bigint;
  readonly billed: bigint;
  readonly pieceCount: bigint;
  /** 0 while it is open. */
  readonly closedAt: UnixSeconds;
  /** What of the escrow went back when it was closed. */
  readonly refunded: bigint;
}

/** Newest first: sessions created at or before `slot` and before `before`, at most `limit`. */
export function sessionsPage(
  client: StoreClient,
  slot: Slot,
  before: OrderPlace,
  limit: number,
): Promise<SessionRow[]> {
  return rows<SessionRow>(
    client,
    `WITH created AS (
  SELECT * FROM canonical_marketplace_order_created
  WHERE is_streaming AND slot <= {slot:UInt64}
    AND (slot, tx_index, position) < ({beforeSlot:UInt64}, {beforeIndex:UInt32}, {beforePosition:UInt32})
  ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}
), (SELECT min(slot) FROM created) AS first_slot
SELECT c.order AS order, c.provider AS provider, c.buyer AS buyer, c.mint AS mint, c.model AS model, c.units AS units,
  c.price_per_gpu_hour AS pricePerGpuHour, c.created_at AS createdAt, c.slot AS createdSlot, c.tx_index AS txIndex,
  c.position AS position, toUInt64(u.seconds) AS settledSeconds, toUInt64(u.amount) AS billed, toUInt64(u.pieces) AS pieceCount,
  s.closed_at AS closedAt, s.refunded AS refunded
FROM created AS c
LEFT JOIN (
  SELECT order, sum(seconds) AS seconds, sum(amount) AS amount, count() AS pieces
  FROM canonical_marketplace_usage_settled WHERE slot BETWEEN first_slot AND {slot:UInt64} GROUP BY order
) AS u ON u.order = c.order
LEFT JOIN (
  SELECT order, closed_at, refunded FROM canonical_marketplace_session_closed WHERE slot BETWEEN first_slot AND {slot:UInt64}
) AS s ON s.order = c.order
ORDER BY c.slot DESC, c.tx_index DESC, c.position DESC`,
    { slot, beforeSlot: before.slot, beforeIndex: before.txIndex, beforePosition: before.position, limit },
  );
}

export interface UsagePiece {
  readonly slot: Slot;
  readonly signature: Uint8Array;
  readonly settledAt: UnixSeconds;
  /** Paid for by it, and with it in all. */
  readonly seconds: number;
  readonly settledSeconds: number;
  readonly gpuSeconds: bigint;
  readonly amount: bigint;
  readonly fee: bigint;
}

/** Pieces of a session up to a slot, in chain order, at most `limit`. */
export function usagePieces(client: StoreClient, order: Uint8Array, slot: Slot, limit: number): Promise<UsagePiece[]> {
  return rows<UsagePiece>(
    client,
    `SELECT slot, signature, settled_at AS settledAt, seconds, settled_seconds AS settledSeconds, gpu_seconds AS gpuSeconds, amount, fee
FROM canonical_marketplace_usage_settled
WHERE slot <= {slot:UInt64} AND order = toFixedString(unhex({order:String}), 32)
ORDER BY slot, tx_index, position LIMIT {limit:UInt32}`,
    { order, slot, limit },
  );
}
