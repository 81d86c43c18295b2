/**
 * The index and the series of the exchange model: what time and trades do to them. Changes the state it is given.
 * @module
 */
import { abs, bandOf, clampedIntegral, least, most, priceAt, within } from './model-prices.ts';
import type { ModelIndex, ModelSeries, ModelState, Moment } from './model-state.ts';

export function markOf({ market }: ModelIndex, now: bigint, window: bigint): bigint {
  const gone = least(now - market.markFromAt, window);
  const way = (abs(market.price - market.markFrom) * gone) / window;
  return market.price >= market.markFrom ? market.markFrom + way : market.markFrom - way;
}

export function advance(state: ModelState, index: ModelIndex, now: bigint): void {
  const { market, milestones } = index;
  const { rules } = state;
  const [start, end] = [market.advancedAt - market.markFromAt, now - market.markFromAt];
  const limit = (market.price * rules.fundingClampPpm) / 1_000_000n;
  const gap = market.price - market.markFrom;
  const owed = clampedIntegral(abs(gap), limit, start, end, rules.markWindowSeconds) / rules.fundingIntervalSeconds;
  const [payer, receiver] = gap > 0n ? (['Long', 'Short'] as const) : (['Short', 'Long'] as const);
  const sizes = { Long: market.longSize, Short: market.shortSize };
  market[`funding${payer}`] += owed;
  if (sizes[receiver] > 0n) {
    market[`funding${receiver}`] -= (owed * least(sizes[payer], sizes[receiver])) / sizes[receiver];
  }
  for (const milestone of milestones.filter(({ at, isPassed }) => !isPassed && at <= now)) {
    milestone.isPassed = true;
    milestone.anchor = market.anchor;
    milestone.integral = market.anchorIntegral + market.anchor * (milestone.at - market.advancedAt);
  }
  market.anchorIntegral += market.anchor * (now - market.advancedAt);
  market.advancedAt = now;
}

export function enterSlot({ market }: ModelIndex, slot: bigint): void {
  if (market.lastSlot === slot) return;
  Object.assign(market, { lastSlot: slot, slotOpenPrice: market.price, slotOpenAnchor: market.anchor });
}

export function publish(state: ModelState, index: ModelIndex, { now }: Moment, mark: bigint): void {
  const { market } = index;
  const target = targetOf(index);
  const bands = [market.price, market.slotOpenPrice].map((price) => bandOf(price, state.rules.indexClampPpm));
  const price = within(target, most(...bands.map(([low]) => low)), least(...bands.map(([, high]) => high)));
  if (price !== market.price) Object.assign(market, { markFrom: mark, markFromAt: now, price });
  market.updatedAt = now;
}

export function targetOf({ market }: ModelIndex): bigint {
  return priceAt(market.anchor, market.longSize - market.shortSize, BigInt(market.boundPpm), market.depthGpuSeconds);
}

export function traded(state: ModelState, index: ModelIndex, moment: Moment): void {
  const mark = markOf(index, moment.now, state.rules.markWindowSeconds);
  enterSlot(index, moment.slot);
  publish(state, index, moment, mark);
}

export function sideOf(size: bigint): 'long' | 'short' {
  return size > 0n ? 'long' : 'short';
}

export function timesOf({ deliveryStart, expiry }: Pick<ModelSeries, 'deliveryStart' | 'expiry'>): bigint[] {
  return deliveryStart < expiry ? [deliveryStart, expiry] : [expiry];
}

export function passed({ milestones }: ModelIndex, at: bigint) {
  const found = milestones.find((milestone) => milestone.at === at && milestone.isPassed);
  if (found === undefined) throw new Error(`milestone ${at} has not passed`);
  return found;
}

export function referenceOf(series: ModelSeries, index: ModelIndex, now: bigint): bigint {
  const { deliveryStart, expiry } = series;
  const { anchor, anchorIntegral, advancedAt } = index.market;
  if (deliveryStart === expiry || now <= deliveryStart) return anchor;
  const soFar = anchorIntegral + anchor * (now - advancedAt) - passed(index, deliveryStart).integral;
  return (soFar + anchor * (expiry - now)) / (expiry - deliveryStart);
}

export function seriesPriceOf({ market, basisBoundPpm, depthGpuSeconds }: ModelSeries, reference: bigint): bigint {
  return priceAt(reference, market.longSize - market.shortSize, BigInt(basisBoundPpm), depthGpuSeconds);
}

export function settlementOf({ deliveryStart, expiry }: ModelSeries, index: ModelIndex): bigint {
  const end = passed(index, expiry);
  if (deliveryStart === expiry) return end.anchor;
  return (end.integral - passed(index, deliveryStart).integral) / (expiry - deliveryStart);
}
