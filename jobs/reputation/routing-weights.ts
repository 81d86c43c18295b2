/**
 * How much traffic an operator is trusted with: its share of all stake, times the mean displayed score of its providers. Pure,
 * integers only, rounded down. Rule: docs/reputation.md, "Routing".
 * @module
 */
import { compareBytes } from '../../indexer/domain/base58.ts';
import { PPM } from '../../indexer/domain/units.ts';
import type { RoutingFactors } from '../../indexer/store/queries/reputation/routing-weights.ts';

export interface RoutingWeight extends RoutingFactors {
  /** ppm of the stake of all eligible pools. */
  readonly stakeSharePpm: bigint;
  /** Mean displayed score, ppm; 0 without a provider. */
  readonly scorePpm: bigint;
  /** ppm; at most the share of the stake. */
  readonly weightPpm: bigint;
}

/** Heaviest first, ties by raw key bytes. The weight is rounded once, so it can be above the product of the other two. */
export function routingWeights(operators: readonly RoutingFactors[]): RoutingWeight[] {
  const total = operators.reduce((sum, { stake }) => sum + stake, 0n);
  const weighed = operators.map((operator): RoutingWeight => {
    const { stake, providerCount, scoreSum } = operator;
    return {
      ...operator,
      stakeSharePpm: ratio(stake * PPM, total),
      scorePpm: ratio(scoreSum, providerCount),
      weightPpm: ratio(stake * scoreSum, total * providerCount),
    };
  });
  return weighed.sort((left, right) => Number(right.weightPpm - left.weightPpm) || compareBytes(left.pool, right.pool));
}

function ratio(part: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : part / whole;
}
