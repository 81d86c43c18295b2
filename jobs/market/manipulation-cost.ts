/**
 * What it costs at least to lift the on-chain index of a model by a hundredth, for somebody who deals with himself and
 * loses nothing but fees. Pure. Rule: docs/market.md, "Surveillance".
 * @module
 */
import { least } from '../../indexer/domain/extremes.ts';
import { BPS, PPM } from '../../indexer/domain/units.ts';
import { type Curve, priceAtSkew } from './exchange-prices.ts';

/** Price units times GPU-seconds in a base unit of INFER. */
const HOUR_UNITS = 3_600_000_000n;
const FINE = 10n ** 12n;
/** One hundredth. */
const MOVE_PPM = 10_000n;

export interface PurchaseRules {
  /** Of a purchase that pulls the index half the way to its price. */
  readonly indexDepthGpuSeconds: bigint;
  readonly indexClampPpm: bigint;
  readonly platformFeeBps: bigint;
  readonly feeBurnBps: bigint;
}

/** Base units of INFER. */
export interface PurchaseCost {
  readonly value: bigint;
  readonly fee: bigint;
  /** Part of the fee. */
  readonly burned: bigint;
}

export interface TradeState extends Curve {
  readonly anchor: bigint;
  readonly price: bigint;
  readonly longSize: bigint;
  readonly shortSize: bigint;
}

/**
 * By purchases from oneself: the dearer a purchase, the fewer GPU-seconds it needs, and its value draws near to the depth
 * at the index times the move; no price needs less. One update moves no further than the clamp, so several follow; the
 * waits between them, until the mark has come after, cost time and nothing else.
 *
 * An index that the clamp holds back goes to its target by itself: what it has still to go there costs nothing, and while
 * it stands below, a purchase moves the anchor by as much for less.
 */
export function purchaseCost(state: TradeState, rules: PurchaseRules): PurchaseCost | null {
  const { anchor, price, longSize, shortSize } = state;
  const target = price + (price * MOVE_PPM) / PPM;
  const byItself = priceAtSkew(anchor, longSize - shortSize, state);
  const depth = rules.indexDepthGpuSeconds * least(price, byItself);
  let [at, value] = [byItself, 0n];
  while (at < target) {
    const room = (at * rules.indexClampPpm) / PPM;
    if (room === 0n) return null;
    const move = least(target - at, room);
    value += ceilDiv(depth * move, HOUR_UNITS * byItself);
    at += move;
  }
  const fee = (value * rules.platformFeeBps) / BPS;
  return { value, fee, burned: (fee * rules.feeBurnBps) / BPS };
}

/** Base units of INFER. */
export interface TradeCost {
  readonly notional: bigint;
  /** Of opening and closing; the impact paid one way comes back the other. */
  readonly fee: bigint;
}

/** By opening perpetual positions, from the skew as it stands; `null` where the curve's bound does not reach so far. */
export function tradeCost(state: TradeState, tradeFeeBps: bigint): TradeCost | null {
  const target = state.price + (state.price * MOVE_PPM) / PPM;
  const skew = skewAt(state, target);
  if (skew === null) return null;
  const needed = skew - (state.longSize - state.shortSize);
  const notional = needed > 0n ? ceilDiv(needed * target, HOUR_UNITS) : 0n;
  return { notional, fee: 2n * ceilDiv(notional * tradeFeeBps, BPS) };
}

/** Smallest skew at which the price reaches a target, up to rounding. */
export function skewAt(
  { anchor, boundPpm, depthGpuSeconds }: Omit<TradeState, 'price'>,
  target: bigint,
): bigint | null {
  const premium = ((target - anchor) * FINE) / anchor;
  const size = premium < 0n ? -premium : premium;
  const bound = boundPpm * (FINE / PPM);
  if (size >= bound) return null;
  const half = (depthGpuSeconds * boundPpm) / PPM;
  const skew = ceilDiv(half * size, bound - size);
  return premium < 0n ? -skew : skew;
}

function ceilDiv(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}
