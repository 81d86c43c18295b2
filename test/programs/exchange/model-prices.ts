/**
 * The exchange's rules for prices, written a second time from docs/programs.md, in exact integers of any size. The
 * program is compared with this after every instruction. Pure.
 * @module
 */
export const HOUR_UNITS = 3_600_000_000n;
export const MIN_PRICE = 10n ** 9n;
export const MAX_PRICE = 10n ** 20n;
const FINE = 10n ** 12n;
const PPM = 1_000_000n;

export function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

export function least(...values: readonly bigint[]): bigint {
  return inOrder(values).at(0) ?? 0n;
}

export function most(...values: readonly bigint[]): bigint {
  return inOrder(values).at(-1) ?? 0n;
}

function inOrder(values: readonly bigint[]): bigint[] {
  return [...values].sort((left, right) => Number(left > right) - Number(left < right));
}

export function within(value: bigint, low: bigint, high: bigint): bigint {
  return least(most(value, low), high);
}

/** Quotient rounded towards less, also below zero. */
export function floorDiv(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}

/** Quotient of non-negative numbers rounded up. */
export function ceilDiv(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}

/** Price at a skew around a reference. */
export function priceAt(reference: bigint, skew: bigint, boundPpm: bigint, depth: bigint): bigint {
  if (skew === 0n || boundPpm === 0n) return reference;
  const half = (depth * boundPpm) / PPM;
  const premium = (boundPpm * (FINE / PPM) * abs(skew)) / (half + abs(skew));
  return (reference * (skew > 0n ? FINE + premium : FINE - premium)) / FINE;
}

export function depthAt(price: bigint, tradeDepth: bigint): bigint {
  return most((tradeDepth * HOUR_UNITS) / price, 1n);
}

export function bandOf(price: bigint, clampPpm: bigint): readonly [bigint, bigint] {
  const room = (price * clampPpm) / PPM;
  return [price - room, price + room];
}

/** Where the anchor goes by a purchase. */
export function pulledAnchor(
  now: { readonly anchor: bigint; readonly price: bigint; readonly mark: bigint; readonly slotOpenAnchor: bigint },
  purchase: { readonly gpuSeconds: bigint; readonly price: bigint },
  rules: { readonly indexDepthGpuSeconds: bigint; readonly indexClampPpm: bigint },
): bigint {
  const volume = least(purchase.gpuSeconds, 10n ** 15n);
  const gap = within(purchase.price, MIN_PRICE, MAX_PRICE) - now.price;
  const pulled = (gap * volume) / (volume + rules.indexDepthGpuSeconds);
  const [markLow, markHigh] = bandOf(now.mark, rules.indexClampPpm);
  const clamp = rules.indexClampPpm * (FINE / PPM);
  const up = least((most(markHigh - now.price, 0n) * FINE) / now.price, clamp);
  const down = least((most(now.price - markLow, 0n) * FINE) / now.price, clamp);
  const part = within((pulled * FINE) / now.price, -down, up);
  const moved = (now.anchor * (FINE + part)) / FINE;
  return within(within(moved, ...bandOf(now.slotOpenAnchor, rules.indexClampPpm)), MIN_PRICE, MAX_PRICE);
}

/**
 * Integral of a gap that shrinks in a straight line to nothing in `window` seconds, from second `start` to second `end`,
 * cut off at `limit`.
 */
export function clampedIntegral(gap: bigint, limit: bigint, start: bigint, end: bigint, window: bigint): bigint {
  if (start >= window) return 0n;
  const last = least(end, window);
  const cut = gap > limit ? window - (window * limit) / gap : 0n;
  const area = (from: bigint) => (gap * (window - from) ** 2n) / (2n * window);
  const flat = least(last, cut) - least(start, cut);
  return limit * flat + area(most(start, cut)) - area(most(last, cut));
}

/** Notional in base units, rounded up. */
export function notionalOf(size: bigint, price: bigint): bigint {
  return ceilDiv(abs(size) * price, HOUR_UNITS);
}

/** Profit of a signed size, rounded down. */
export function pnlOf(size: bigint, entryPrice: bigint, price: bigint): bigint {
  return floorDiv(size * (price - entryPrice), HOUR_UNITS);
}
