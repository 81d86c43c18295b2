/**
 * Providers of the marketplace with what they did, folded from events up to a slot.
 * @module
 */
import type { InferAmount, Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { countedRows } from '../rows/counted-rows.ts';
import { tablesInRange } from '../rows/events.ts';
import { fewRows } from '../rows/few-rows.ts';

export interface ProviderRow {
  readonly provider: Uint8Array;
  readonly owner: Uint8Array;
  readonly payout: Uint8Array;
  readonly operatorPool: Uint8Array;
  readonly tier: number;
  readonly region: number;
  /** Two capital letters of ASCII. */
  readonly jurisdiction: Uint8Array;
  readonly registeredAt: UnixSeconds;
  readonly registeredSlot: Slot;
  readonly bond: InferAmount;
  readonly offerCount: bigint;
  readonly orderCount: bigint;
  readonly settledCount: bigint;
  readonly refundedCount: bigint;
  readonly gpuSeconds: bigint;
  /** Signature of the registration. */
  readonly signature: Uint8Array;
}

/** Events that say what a provider's bond is after them. */
const BOND_EVENTS = ['bond_posted', 'bond_withdrawn', 'provider_slashed', 'challenge_resolved'];

const inBounds = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';

/** What a provider registered as. */
export type RegisteredProvider = Omit<ProviderRow, 'bond' | keyof ProviderSums>;

/** In chain order. */
export async function providersRegistered(client: StoreClient, bounds: SlotBounds): Promise<RegisteredProvider[]> {
  const table = 'marketplace_provider_registered';
  if ((await tablesInRange(client, bounds, [table])).length === 0) return [];
  return rows<RegisteredProvider>(
    client,
    `SELECT provider, owner, payout, operator_pool AS operatorPool, tier, region, jurisdiction, registered_at AS registeredAt,
  slot AS registeredSlot, signature
FROM ${fewRows(table, inBounds)} WHERE ${inBounds} ORDER BY slot, tx_index, position`,
    { ...bounds },
  );
}

export interface ProviderBond {
  readonly provider: Uint8Array;
  readonly bond: InferAmount;
  readonly slot: Slot;
}

/** Bonds after whatever changed them, in chain order. */
export async function bondsChanged(client: StoreClient, bounds: SlotBounds): Promise<ProviderBond[]> {
  const all = BOND_EVENTS.map((event) => `marketplace_${event}`);
  const tables = await tablesInRange(client, bounds, all);
  if (tables.length === 0) return [];
  const changes = tables.map(
    (table) => `SELECT slot, bank, blockhash, tx_index, toUInt32(position) AS place, provider, bond_total
  FROM ${table} FINAL WHERE ${inBounds}`,
  );
  return rows<ProviderBond>(
    client,
    `${countedRows(changes)} SELECT provider, bond_total AS bond, slot FROM counted ORDER BY slot, tx_index, place`,
    { ...bounds },
  );
}

/** What a provider did. */
export interface ProviderSums {
  readonly offerCount: bigint;
  readonly orderCount: bigint;
  readonly settledCount: bigint;
  readonly refundedCount: bigint;
  readonly gpuSeconds: bigint;
}

export interface ProviderChunk extends ProviderSums {
  readonly chunk: bigint;
  readonly provider: Uint8Array;
}

/** What each event counts as: an offer, an order, an order that was paid out, one that was refunded, a piece of a session. */
const SUMMED_EVENTS = {
  ...{ offer_listed: 0, order_created: 1, order_settled: 2, session_closed: 2, order_refunded: 3, usage_settled: 4 },
} as const;
const PAID_EVENTS = ['order_settled', 'usage_settled'];

/** What providers did in the slots of a range, both ends included, by pieces of `chunkSlots` slots. */
export function providerChunks(
  client: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  chunkSlots: bigint,
): Promise<ProviderChunk[]> {
  const inRange = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
  const branches = Object.entries(SUMMED_EVENTS).map(
    ([event, kind]) => `SELECT slot, bank, blockhash, provider, ${kind} AS kind,
    ${PAID_EVENTS.includes(event) ? 'gpu_seconds' : 'toUInt64(0)'} AS seconds
  FROM marketplace_${event} FINAL WHERE ${inRange}`,
  );
  return rows<ProviderChunk>(
    client,
    `SELECT intDiv(slot, {chunkSlots:UInt64}) AS chunk, provider, countIf(kind = 0) AS offerCount, countIf(kind = 1) AS orderCount,
  countIf(kind = 2) AS settledCount, countIf(kind = 3) AS refundedCount, sum(seconds) AS gpuSeconds
FROM (${branches.join('\n  UNION ALL ')}) AS r
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1 AND ${inRange}) AS b USING (slot, bank, blockhash)
GROUP BY chunk, provider`,
    { fromSlot, toSlot, chunkSlots },
  );
}
