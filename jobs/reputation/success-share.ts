/**
 * Share of orders that succeeded, and how low it could be: the Wilson lower bound at 95 %. Pure, integers only, so that
 * every reader has the same number.
 * Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
 * @module
 */
import { PPM } from '../../indexer/domain/units.ts';

/** 1.959964, the two-sided 95 % point of the normal distribution, in millionths, and its square. */
const Z = 1_959_964n;
const Z2 = Z * Z;
const SCALE = 1_000_000_000_000n;

/**
 * ppm, rounded down; `null` without a trial.
 *
 * (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), multiplied out with n: (s + z²/2 − z·√(s·f/n + z²/4)) / (n + z²).
 */
export function wilsonLowerPpm(successes: bigint, failures: bigint): bigint | null {
  const trials = successes + failures;
  if (trials === 0n) return null;
  // z² has the scale 10^12; so have the products below, and the root of what has 10^24.
  const spread = (successes * failures * SCALE * SCALE) / trials + (Z2 * SCALE) / 4n;
  const root = rootUp((Z2 * spread) / SCALE);
  return ((successes * SCALE + Z2 / 2n - root) * PPM) / (trials * SCALE + Z2);
}

/** ppm, rounded down; `null` without a trial. */
export function successPpm(successes: bigint, failures: bigint): bigint | null {
  const trials = successes + failures;
  return trials === 0n ? null : (successes * PPM) / trials;
}

/** The least integer whose square is not below `square`: Newton's method from above. */
function rootUp(square: bigint): bigint {
  if (square < 2n) return square;
  let root = 1n << BigInt((square.toString(2).length + 1) >> 1);
  for (let next = (root + square / root) >> 1n; next < root; next = (root + square / root) >> 1n) root = next;
  return root * root < square ? root + 1n : root;
}
