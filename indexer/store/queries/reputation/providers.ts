/**
 * Providers of the marketplace with what they did, folded from events up to a slot.
 * @module
 */
import type { InferAmount, Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { countedRows } from '../rows/counted-rows.ts';
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

const registeredUntil = 'slot <= {slot:UInt64} AND provider > toFixedString(unhex({after:String}), 32)';

/** By address, at most `limit`, those after `after` (exclusive), without bond and what they did. */
export function providersAsOf(
  client: StoreClient,
  slot: Slot,
  after: Uint8Array,
  limit: number,
): Promise<Omit<ProviderRow, keyof ProviderSums | 'bond'>[]> {
  return rows(
    client,
    `SELECT provider, owner, payout, operator_pool AS operatorPool, tier, region, jurisdiction, registered_at AS registeredAt,
  slot AS registeredSlot, signature
FROM ${fewRows('marketplace_provider_registered')} WHERE ${registeredUntil} ORDER BY provider LIMIT {limit:UInt32}`,
    { slot, after, limit },
  );
}

export interface ProviderBond {
  readonly provider: Uint8Array;
  readonly bond: InferAmount;
}

/** Bonds of providers after a slot; those that never posted any are absent. */
export function bondsAsOf(client: StoreClient, slot: Slot): Promise<ProviderBond[]> {
  const changes = BOND_EVENTS.map(
    (event) => `SELECT slot, bank, blockhash, provider, bond_total, (slot, tx_index, toUInt32(position)) AS place
  FROM marketplace_${event} FINAL WHERE slot <= {slot:UInt64}`,
  );
  return rows<ProviderBond>(
    client,
    `${countedRows(changes)} SELECT provider, argMax(bond_total, place) AS bond FROM counted GROUP BY provider`,
    { slot },
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

const SUMMED_EVENTS = { offer_listed: 0, order_created: 1, order_settled: 2, order_refunded: 3 } as const;

/** What providers did in the slots of a range, both ends included, by pieces of `chunkSlots` slots. */
export function providerChunks(
  client: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  chunkSlots: bigint,
): Promise<ProviderChunk[]> {
  const inRange = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
  const branches = Object.entries(SUMMED_EVENTS).map(
    ([event, kind]) => `SELECT slot, bank, blockhash, provider, ${kind} AS kind,
    ${event === 'order_settled' ? 'gpu_seconds' : 'toUInt64(0)'} AS seconds
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
