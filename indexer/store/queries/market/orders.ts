/**
 * Orders of the marketplace, each with the events of its life up to a slot.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { rowsFrom } from '../chain/slot-walk.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { BOUND_PLACE, boundParams, type EventPlace } from '../rows/event-place.ts';
import { fewRows } from '../rows/few-rows.ts';

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
  /** Paid per second. */
  readonly isStreaming: boolean;
  readonly createdAt: UnixSeconds;
  readonly createdSlot: Slot;
  readonly transactionIndex: number;
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

export interface OrderFilter {
  readonly buyer?: Uint8Array | null | undefined;
  readonly provider?: Uint8Array | null | undefined;
}

/** What became of an order. */
type OrderEnd = Pick<OrderRow, 'startedAt' | 'settledAt' | 'refundedAt' | 'providerAmount' | 'fee' | 'endSignature'>;
type CreatedOrder = Omit<OrderRow, keyof OrderEnd>;

const NOTHING_YET: OrderEnd = {
  ...{ startedAt: 0n, settledAt: 0n, refundedAt: 0n, providerAmount: 0n, fee: 0n, endSignature: null },
};
/** They travel in the address of a request. */
const ORDERS_AT_ONCE = 250;
const keyOf = (order: Uint8Array) => Buffer.from(order).toString('hex');

/** Newest first: orders created at or before `slot` and before `before`, at most `limit`. */
export async function ordersPage(
  client: StoreClient,
  slot: Slot,
  before: EventPlace,
  limit: number,
  filter: OrderFilter = {},
): Promise<OrderRow[]> {
  const created = await createdOrders(client, slot, before, limit, filter);
  const last = created.at(-1);
  if (last === undefined) return [];
  const orders = created.map(({ order }) => order);
  const ends = new Map<string, OrderEnd>();
  for (let at = 0; at < orders.length; at += ORDERS_AT_ONCE) {
    const some = orders.slice(at, at + ORDERS_AT_ONCE);
    const found = await orderEnds(client, some, { fromSlot: last.createdSlot, toSlot: slot });
    for (const { order, ...end } of found) ends.set(keyOf(order), end);
  }
  const ended = created.map((each) => ({ ...each, ...NOTHING_YET, ...ends.get(keyOf(each.order)) }));
  return withPieces(client, ended, { fromSlot: last.createdSlot, toSlot: slot });
}

function createdOrders(
  client: StoreClient,
  slot: Slot,
  before: EventPlace,
  limit: number,
  { buyer, provider }: OrderFilter,
): Promise<CreatedOrder[]> {
  const toSlot = before.slot < slot ? before.slot : slot;
  return rowsFrom({ fromSlot: 0n, toSlot }, 'newest', limit, (window, rest) =>
    rows<CreatedOrder>(
      client,
      `SELECT order, provider, buyer, operator_pool AS operatorPool, mint, model, units, seconds, price_per_gpu_hour AS pricePerGpuHour,
  amount, toBool(is_streaming) AS isStreaming, created_at AS createdAt, slot AS createdSlot, tx_index AS transactionIndex, position, signature AS createdSignature
FROM canonical_marketplace_order_created
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
  AND (slot, tx_index, position) < ${BOUND_PLACE}
  AND ({buyer:String} = '' OR buyer = unhex({buyer:String})) AND ({provider:String} = '' OR provider = unhex({provider:String}))
ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}`,
      {
        ...{ ...window, ...boundParams(before), limit: rest },
        ...{ buyer: buyer ?? '', provider: provider ?? '' },
      },
    ),
  );
}

/** Events of orders after their creation. */
function orderEnds(
  client: StoreClient,
  orders: readonly Uint8Array[],
  range: SlotBounds,
): Promise<(OrderEnd & { readonly order: Uint8Array })[]> {
  const nothing = {
    ...{ startedAt: 'toInt64(0)', settledAt: 'toInt64(0)', refundedAt: 'toInt64(0)' },
    ...{ providerAmount: 'toUInt64(0)', fee: 'toUInt64(0)', signed: "toFixedString('', 64)" },
  };
  const from = (event: string, columns: Partial<typeof nothing>) => {
    const selected = Object.entries({ ...nothing, ...columns }).map(([name, column]) => `${column} AS ${name}_`);
    return `SELECT order, ${selected.join(', ')} FROM ${fewRows(`marketplace_${event}`, ofOrders)} WHERE ${ofOrders}`;
  };
  const paid = { settledAt: 'settled_at', providerAmount: 'provider_amount', fee: 'fee', signed: 'signature' };
  const branches = [
    from('delivery_started', { startedAt: 'started_at' }),
    from('order_settled', paid),
    from('order_refunded', { refundedAt: 'refunded_at', signed: 'signature' }),
    from('session_closed', { settledAt: 'closed_at', signed: 'signature' }),
  ];
  const highest = ['startedAt', 'settledAt', 'refundedAt', 'providerAmount', 'fee'].map(
    (name) => `max(${name}_) AS ${name}`,
  );
  return rows(
    client,
    `SELECT order, ${highest.join(', ')},
  if(settledAt = 0 AND refundedAt = 0, NULL, toNullable(argMax(signed_, (settledAt_ != 0, refundedAt_ != 0)))) AS endSignature
FROM (${branches.join('\n  UNION ALL ')}) GROUP BY order`,
    { ...range, orders },
  );
}

/** A session has been paid piece by piece; a ruling may have added the last. */
async function withPieces(client: StoreClient, orders: OrderRow[], range: SlotBounds): Promise<OrderRow[]> {
  const sessions = orders.filter(({ isStreaming, settledAt }) => isStreaming && settledAt !== 0n);
  const pieces = new Map<string, Pieces>();
  for (let at = 0; at < sessions.length; at += ORDERS_AT_ONCE) {
    const some = sessions.slice(at, at + ORDERS_AT_ONCE).map(({ order }) => order);
    const found = await rows<Pieces>(
      client,
      `SELECT order, sum(provider_amount) AS providerAmount, sum(fee) AS fees
FROM ${fewRows('marketplace_usage_settled', ofOrders)} WHERE ${ofOrders} GROUP BY order`,
      { ...range, orders: some },
    );
    for (const each of found) pieces.set(keyOf(each.order), each);
  }
  return orders.map((row) => {
    const paid = pieces.get(keyOf(row.order));
    if (paid === undefined) return row;
    return { ...row, providerAmount: row.providerAmount + paid.providerAmount, fee: row.fee + paid.fees };
  });
}

interface Pieces {
  readonly order: Uint8Array;
  readonly providerAmount: bigint;
  readonly fees: bigint;
}

const ofOrders = `slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
  AND order IN (SELECT toFixedString(unhex(arrayJoin({orders:Array(String)})), 32))`;
