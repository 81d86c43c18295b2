/**
 * Sessions paid per second, each with what was settled of it, and the pieces it was settled in.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { BOUND_PLACE, boundParams, type EventPlace } from '../rows/event-place.ts';
import { fewRows } from '../rows/few-rows.ts';

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
  readonly transactionIndex: number;
  readonly position: number;
  /** Seconds that were paid for. */
  readonly settledSeconds: bigint;
  readonly billed: bigint;
  readonly pieceCount: bigint;
  /** 0 while it is open. */
  readonly closedAt: UnixSeconds;
  /** What of the escrow went back at its end. */
  readonly refunded: bigint;
}

const streaming = 'is_streaming AND slot <= {slot:UInt64}';

/** Newest first: sessions created at or before `slot` and before `before`, at most `limit`. */
export async function sessionsPage(
  client: StoreClient,
  slot: Slot,
  before: EventPlace,
  limit: number,
): Promise<SessionRow[]> {
  const created = await createdSessions(client, slot, before, limit);
  const last = created.at(-1);
  if (last === undefined) return [];
  const byOrder = new Map<string, SettledRow>();
  for (let at = 0; at < created.length; at += ORDERS_AT_ONCE) {
    const orders = created.slice(at, at + ORDERS_AT_ONCE).map(({ order }) => order);
    const settled = await settledOf(client, orders, last.createdSlot, slot);
    for (const each of settled) byOrder.set(keyOf(each.order), each);
  }
  return created.map((each) => ({ ...each, ...NOTHING_SETTLED, ...byOrder.get(keyOf(each.order)) }));
}

function settledOf(
  client: StoreClient,
  orders: readonly Uint8Array[],
  firstSlot: Slot,
  slot: Slot,
): Promise<SettledRow[]> {
  return rows<SettledRow>(
    client,
    `SELECT order, sum(paid) AS settledSeconds, sum(gross) AS billed, countIf(kind = 0) AS pieceCount, max(closed) AS closedAt,
  sum(returned) AS refunded
FROM (
  SELECT order, 0 AS kind, toUInt64(seconds) AS paid, amount AS gross, toInt64(0) AS closed, toUInt64(0) AS returned
  FROM ${fewRows('marketplace_usage_settled', ofOrders)} WHERE ${ofOrders}
  UNION ALL
  ${ENDS.map(ended).join('\n  UNION ALL\n  ')}
) GROUP BY order`,
    { slot, firstSlot, orders },
  );
}

/** How a session ends, when, and what goes back then: closed with paid use, refunded without, or ruled on. */
const ENDS = [
  { event: 'session_closed', closed: 'closed_at', returned: 'refunded' },
  { event: 'order_refunded', closed: 'refunded_at', returned: 'amount' },
  { event: 'order_settled', closed: 'settled_at', returned: 'refunded' },
] as const;

function ended({ event, closed, returned }: (typeof ENDS)[number]): string {
  return `SELECT order, 1 AS kind, toUInt64(0) AS paid, toUInt64(0) AS gross, ${closed} AS closed, ${returned} AS returned
  FROM ${fewRows(`marketplace_${event}`, ofOrders)} WHERE ${ofOrders}`;
}

/** They travel in the address of a request. */
const ORDERS_AT_ONCE = 250;

type SettledRow = Pick<SessionRow, 'order' | 'settledSeconds' | 'billed' | 'pieceCount' | 'closedAt' | 'refunded'>;

const NOTHING_SETTLED = { settledSeconds: 0n, billed: 0n, pieceCount: 0n, closedAt: 0n, refunded: 0n };
const ofOrders = `slot BETWEEN {firstSlot:UInt64} AND {slot:UInt64}
  AND order IN (SELECT toFixedString(unhex(arrayJoin({orders:Array(String)})), 32))`;
const keyOf = (order: Uint8Array) => Buffer.from(order).toString('hex');

/** Few of all orders, and each looked for once: their sums are asked for by the orders that were found. */
function createdSessions(
  client: StoreClient,
  slot: Slot,
  before: EventPlace,
  limit: number,
): Promise<Omit<SessionRow, Exclude<keyof SettledRow, 'order'>>[]> {
  return rows(
    client,
    `SELECT order, provider, buyer, mint, model, units, price_per_gpu_hour AS pricePerGpuHour, created_at AS createdAt,
  slot AS createdSlot, tx_index AS transactionIndex, position
FROM ${fewRows('marketplace_order_created', streaming)} WHERE ${streaming}
  AND (slot, tx_index, position) < ${BOUND_PLACE}
ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}`,
    { slot, ...boundParams(before), limit },
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

const ofOrder = 'slot <= {slot:UInt64} AND order = toFixedString(unhex({order:String}), 32)';

/** Pieces of a session up to a slot, in chain order, at most `limit`. */
export function usagePieces(client: StoreClient, order: Uint8Array, slot: Slot, limit: number): Promise<UsagePiece[]> {
  return rows<UsagePiece>(
    client,
    `SELECT slot, signature, settled_at AS settledAt, seconds, settled_seconds AS settledSeconds, gpu_seconds AS gpuSeconds, amount, fee
FROM ${fewRows('marketplace_usage_settled', ofOrder)}
WHERE ${ofOrder}
ORDER BY slot, tx_index, position LIMIT {limit:UInt32}`,
    { order, slot, limit },
  );
}
