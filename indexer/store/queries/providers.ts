/**
 * Providers of the marketplace with what they did, folded from events up to a slot.
 * @module
 */
import type { InferAmount, Slot, UnixSeconds } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { rows } from '../rows.ts';

export interface ProviderRow {
  readonly provider: Uint8Array;
  readonly owner: Uint8Array;
  readonly payout: Uint8Array;
  readonly operatorPool: Uint8Array;
  readonly tier: number;
  readonly region: number;
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

/** By address, at most `limit`, those after `after` (exclusive). */
export function providersAsOf(
  client: StoreClient,
  slot: Slot,
  after: Uint8Array,
  limit: number,
): Promise<ProviderRow[]> {
  return rows<ProviderRow>(
    client,
    `SELECT p.provider AS provider, p.owner AS owner, p.payout AS payout, p.operator_pool AS operatorPool, p.tier AS tier,
  p.region AS region, p.registered_at AS registeredAt, p.slot AS registeredSlot, p.signature AS signature,
  bonds.bond AS bond, offers.offerCount AS offerCount, orders.orderCount AS orderCount,
  settled.settledCount AS settledCount, refunded.refundedCount AS refundedCount, settled.gpuSeconds AS gpuSeconds
FROM (
  SELECT * FROM canonical_marketplace_provider_registered
  WHERE slot <= {slot:UInt64} AND provider > toFixedString(unhex({after:String}), 32)
  ORDER BY provider LIMIT {limit:UInt32}
) AS p
LEFT JOIN (
  SELECT provider, argMax(bond_total, (slot, tx_index, position)) AS bond FROM (
    ${BOND_EVENTS.map((event) => `SELECT provider, bond_total, slot, tx_index, position FROM canonical_marketplace_${event} WHERE slot <= {slot:UInt64}`).join('\n    UNION ALL ')}
  ) GROUP BY provider
) AS bonds ON bonds.provider = p.provider
LEFT JOIN (
  SELECT provider, count() AS offerCount FROM canonical_marketplace_offer_listed WHERE slot <= {slot:UInt64} GROUP BY provider
) AS offers ON offers.provider = p.provider
LEFT JOIN (
  SELECT provider, count() AS orderCount FROM canonical_marketplace_order_created WHERE slot <= {slot:UInt64} GROUP BY provider
) AS orders ON orders.provider = p.provider
LEFT JOIN (
  SELECT provider, count() AS settledCount, sum(gpu_seconds) AS gpuSeconds
  FROM canonical_marketplace_order_settled WHERE slot <= {slot:UInt64} GROUP BY provider
) AS settled ON settled.provider = p.provider
LEFT JOIN (
  SELECT provider, count() AS refundedCount FROM canonical_marketplace_order_refunded WHERE slot <= {slot:UInt64} GROUP BY provider
) AS refunded ON refunded.provider = p.provider
ORDER BY p.provider`,
    { slot, after, limit },
  );
}
