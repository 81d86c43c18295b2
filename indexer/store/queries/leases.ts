/**
 * Leases that run, by when their bought time is over.
 * @module
 */
import type { Slot, UnixSeconds } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { rows } from '../rows.ts';

export interface LeaseRow {
  readonly order: Uint8Array;
  readonly provider: Uint8Array;
  readonly buyer: Uint8Array;
  readonly model: number;
  readonly units: number;
  readonly startedAt: UnixSeconds;
  readonly endsAt: UnixSeconds;
}

/** Events after which a lease runs no longer. */
const END_EVENTS = ['lease_ended', 'order_settled', 'order_refunded', 'session_closed'];

/** Soonest first: leases that run after a slot and end at or before a time, at most `limit`. */
export function leasesEnding(
  client: StoreClient,
  slot: Slot,
  untilTime: UnixSeconds,
  limit: number,
): Promise<LeaseRow[]> {
  const ended = END_EVENTS.map(
    (event) => `SELECT order FROM canonical_marketplace_${event} WHERE slot <= {slot:UInt64}`,
  );
  return rows<LeaseRow>(
    client,
    `SELECT c.order AS order, c.provider AS provider, c.buyer AS buyer, c.model AS model, c.units AS units, d.started_at AS startedAt,
  d.started_at + greatest(c.seconds, e.seconds) AS endsAt
FROM (SELECT order, started_at FROM canonical_marketplace_delivery_started
  WHERE slot <= {slot:UInt64} AND order NOT IN (${ended.join(' UNION ALL ')})) AS d
INNER JOIN (SELECT order, provider, buyer, model, units, seconds FROM canonical_marketplace_order_created
  WHERE slot <= {slot:UInt64}) AS c ON c.order = d.order
LEFT JOIN (SELECT order, max(seconds) AS seconds FROM canonical_marketplace_order_extended
  WHERE slot <= {slot:UInt64} GROUP BY order) AS e ON e.order = d.order
WHERE endsAt <= {untilTime:Int64} ORDER BY endsAt, order LIMIT {limit:UInt32}`,
    { slot, untilTime, limit },
  );
}
