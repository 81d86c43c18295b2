/**
 * The offers of a provider in a simulated day: two at fixed prices, which follow demand, and a third at the exchange's index.
 * @module
 */
import type { OfferPlan, ProviderPlan } from '../../population.ts';

/** Number of the offer at the index. */
export const INDEX_OFFER = 2;
export const MIN_SECONDS = 60;
export const MAX_SECONDS = 86_400;

/** With the offer at the index beside those that were listed when the provider came. */
export function withIndexOffer(plan: ProviderPlan): ProviderPlan {
  const [first] = plan.offers;
  return first === undefined ? plan : { ...plan, offers: [...plan.offers, first] };
}

/** Parts of the day and what a GPU-hour costs then by what it cost at its start, in per cent. */
const DEMAND = [
  [0, 100],
  [0.1, 100],
  [0.3, 140],
  [0.55, 70],
  [0.8, 110],
  [1, 100],
] as const;
/** The model that everybody wants: the same times, other heights. */
const RUSH = [
  [0, 100],
  [0.08, 100],
  [0.25, 260],
  [0.4, 260],
  [0.6, 90],
  [1, 100],
] as const;

/** What providers ask now, in per cent of their first price. @param part of the day that has passed, 0 to 1 */
function demandPercent(isRushed: boolean, part: number): bigint {
  const points = isRushed ? RUSH : DEMAND;
  const next = points.findIndex(([at]) => at >= part);
  const [to, from] = [points[Math.max(next, 0)] ?? points[0], points[Math.max(next - 1, 0)] ?? points[0]];
  const width = to[0] - from[0];
  const share = width === 0 ? 0 : (part - from[0]) / width;
  return BigInt(Math.round(from[1] + share * (to[1] - from[1])));
}

/** Terms of an offer whose price has followed demand. */
export function pricedTerms({ units, pricePerGpuHour }: OfferPlan, isRushed: boolean, part: number) {
  const price = (pricePerGpuHour * demandPercent(isRushed, part)) / 100n;
  return {
    ...{ units, minSeconds: MIN_SECONDS, maxSeconds: MAX_SECONDS, pricing: 0, spreadBps: 0, indexMaxAgeSeconds: 0 },
    pricePerGpuHour: price > 0n ? price : 1n,
  };
}
