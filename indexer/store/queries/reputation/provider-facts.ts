/**
 * What reward epochs take from the marketplace's own bookkeeping, folded from events: each provider's owner, tier and
 * bond, and the catalogue. Exact as of any slot, whether or not account states are known there.
 * Source of the rules: programs/marketplace/src/bond.rs.
 * @module
 */
import type { InferAmount, Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';

export interface EventRange {
  /** Exclusive; 0 takes all events from the chain's first block on. */
  readonly afterSlot: Slot;
  readonly lastSlot: Slot;
  /** Locks that end later than this hold. */
  readonly endTime: UnixSeconds;
}

/** What the events of a range did to a provider. */
export interface ProviderChange {
  readonly provider: Uint8Array;
  /** Whether it was registered in the range; without that, `owner` is zeros, `tier` and `registeredAt` are 0. */
  readonly isRegistered: boolean;
  readonly owner: Uint8Array;
  readonly tier: number;
  readonly registeredAt: UnixSeconds;
  /** Bond after the last posting, withdrawal or slash; `null` without any in the range. */
  readonly bond: InferAmount | null;
  /**
   * Bond locked by orders created and set aside for attestations, less that of orders and challenges that ended; below
   * zero where those began before the range.
   */
  readonly openChange: bigint;
  /** Bond of ended orders that is held beyond `endTime`. */
  readonly held: bigint;
}

/**
 * By address. A lock that was to end no later than its order did was never held: `unlock_later` takes no place for it.
 */
export function providerChanges(client: StoreClient, range: EventRange): Promise<ProviderChange[]> {
  const inRange = 'slot > {afterSlot:UInt64} AND slot <= {lastSlot:UInt64}';
  const ended = (table: string, endedAt: string) => `SELECT provider, -toInt128(bond_locked) AS openChange,
    if(bond_release_at > {endTime:Int64} AND bond_release_at > ${endedAt}, bond_locked, 0) AS held
  FROM ${table} WHERE ${inRange}`;
  const bondAfter = ['bond_posted', 'bond_withdrawn', 'provider_slashed', 'challenge_resolved'] as const;
  const totalAfter = (event: (typeof bondAfter)[number]) =>
    `SELECT provider, 0, nobody, 0, 0, toNullable(bond_total), (slot, tx_index, toUInt32(position)), nothing, nothing
  FROM canonical_marketplace_${event} WHERE ${inRange}`;
  // Set aside when an attestation is selected, let go when it is cleared or its challenge has ended.
  const setAside = [
    ['attestation_drawn', ''],
    ['attestation_cleared', '-'],
    ['challenge_resolved', '-'],
  ].map(
    ([event, sign]) => `SELECT provider, 0, nobody, 0, 0, NULL, (0, 0, 0), ${sign}toInt128(slash_amount), nothing
  FROM canonical_marketplace_${event} WHERE ${inRange}`,
  );
  return rows<ProviderChange>(
    client,
    `WITH toFixedString('', 32) AS nobody, toInt128(0) AS nothing
SELECT provider, toBool(max(is_registered)) AS isRegistered, max(owner_key) AS owner, max(tier_number) AS tier, max(registered_time) AS registeredAt,
  argMax(bond_after, place) AS bond, sum(open_change) AS openChange, sum(held_amount) AS held
FROM (
  SELECT provider, 1 AS is_registered, owner AS owner_key, tier AS tier_number, registered_at AS registered_time, CAST(NULL, 'Nullable(UInt64)') AS bond_after,
    (toUInt64(0), toUInt32(0), toUInt32(0)) AS place, nothing AS open_change, nothing AS held_amount
  FROM canonical_marketplace_provider_registered WHERE ${inRange}
  UNION ALL
  ${bondAfter.map(totalAfter).join('\n  UNION ALL\n  ')}
  UNION ALL
  SELECT provider, 0, nobody, 0, 0, NULL, (0, 0, 0), toInt128(bond_locked), nothing
  FROM canonical_marketplace_order_created WHERE ${inRange}
  UNION ALL
  SELECT provider, 0, nobody, 0, 0, NULL, (0, 0, 0), toInt128(added_bond), nothing
  FROM canonical_marketplace_order_extended WHERE ${inRange}
  UNION ALL
  ${setAside.join('\n  UNION ALL\n  ')}
  UNION ALL
  SELECT provider, 0, nobody, 0, 0, NULL, (0, 0, 0), openChange, toInt128(held) FROM (
  ${ended('canonical_marketplace_order_settled', 'settled_at')}
  UNION ALL
  ${ended('canonical_marketplace_order_refunded', 'refunded_at')}
  UNION ALL
  ${ended('canonical_marketplace_session_closed', 'closed_at')})
) GROUP BY provider ORDER BY provider`,
    { ...range },
  );
}

export interface MarketRules {
  /** Of tiers 1, 2, 3. */
  readonly tierMinimumBonds: readonly InferAmount[];
  /** By model number. */
  readonly modelWeights: readonly bigint[];
  /** Orders are paid in it or in INFER. */
  readonly usdcMint: Uint8Array;
}

/** A change of the rules: of a row of the parameter table, or of a model's weight by number. */
export interface RuleChange {
  readonly kind: 'model' | 'parameter';
  /** Row of the parameter table, or number of the model. */
  readonly id: number;
  readonly value: bigint;
}

/** In chain order. */
export function ruleChanges(client: StoreClient, afterSlot: Slot, lastSlot: Slot): Promise<RuleChange[]> {
  const inRange = 'slot > {afterSlot:UInt64} AND slot <= {lastSlot:UInt64}';
  const number = (key: string) => `toInt64(trim(BOTH '"' FROM JSONExtractRaw(change, '${key}')))`;
  return rows<RuleChange>(
    client,
    `SELECT kind, id, value FROM (
  SELECT slot, tx_index, toUInt32(position) AS place, number, 'parameter' AS kind, toUInt32(${number('id')}) AS id,
    ${number('value')} AS value
  FROM canonical_marketplace_parameters_set
  ARRAY JOIN JSONExtractArrayRaw(changes) AS change, arrayEnumerate(JSONExtractArrayRaw(changes)) AS number
  WHERE ${inRange}
  UNION ALL
  SELECT slot, tx_index, toUInt32(position), 0, 'model', toUInt32(model), toInt64(weight)
  FROM canonical_marketplace_model_set WHERE ${inRange}
) ORDER BY slot, tx_index, place, number`,
    { afterSlot, lastSlot },
  );
}

/** As the marketplace was set up in a range of slots; `null` when it was not. Changes since are `ruleChanges`. */
export function marketRules(client: StoreClient, afterSlot: Slot, lastSlot: Slot): Promise<MarketRules | null> {
  return firstRow<MarketRules>(
    client,
    `SELECT tier_minimum_bonds AS tierMinimumBonds, usdc_mint AS usdcMint,
  arrayMap(model -> JSONExtractUInt(model, 'weight'), JSONExtractArrayRaw(models)) AS modelWeights
FROM canonical_marketplace_marketplace_initialized
WHERE slot > {afterSlot:UInt64} AND slot <= {lastSlot:UInt64}
ORDER BY slot DESC, tx_index DESC, position DESC LIMIT 1`,
    { afterSlot, lastSlot },
  );
}
