/**
 * Prices that the exchange would trade at, from the state its events tell. Pure.
 * Source of the rules: docs/programs/exchange.md, "Price" and "Dated futures"; programs/exchange/src/{price,series}.rs.
 * @module
 */
import { PPM, type UnixSeconds } from '../../indexer/domain/units.ts';

/** Millionths of millionths, in which a premium is rounded down first. */
const FINE = 10n ** 12n;

export interface Curve {
  readonly boundPpm: bigint;
  readonly depthGpuSeconds: bigint;
}

export interface AnchorState {
  readonly anchor: bigint;
  readonly anchorIntegral: bigint;
  readonly advancedAt: UnixSeconds;
}

export interface Delivery {
  readonly deliveryStart: UnixSeconds;
  readonly expiry: UnixSeconds;
}

/** Price at a skew (GPU-seconds long less short) around a reference. */
export function priceAtSkew(reference: bigint, skew: bigint, { boundPpm, depthGpuSeconds }: Curve): bigint {
  if (skew === 0n || boundPpm === 0n) return reference;
  const size = skew < 0n ? -skew : skew;
  const half = (depthGpuSeconds * boundPpm) / PPM;
  const premium = (boundPpm * (FINE / PPM) * size) / (half + size);
  return (reference * (skew > 0n ? FINE + premium : FINE - premium)) / FINE;
}

/** Integral of the anchor over time up to a moment that the state has not reached yet. */
export function integralAt({ anchor, anchorIntegral, advancedAt }: AnchorState, time: UnixSeconds): bigint {
  return anchorIntegral + anchor * (time - advancedAt);
}

/**
 * What a series trades around: the anchor, and within a delivery period the mean so far together with the anchor for the rest.
 * @param startIntegral the anchor's integral at the start of delivery, once that has come
 */
export function seriesReference(
  { deliveryStart, expiry }: Delivery,
  state: AnchorState,
  startIntegral: bigint,
  now: UnixSeconds,
): bigint {
  if (deliveryStart === expiry || now <= deliveryStart) return state.anchor;
  const soFar = integralAt(state, now) - startIntegral;
  return (soFar + state.anchor * (expiry - now)) / (expiry - deliveryStart);
}
