/**
 * Numbers without rounding: what doubles hold exactly as whole numbers, and fractions of those as the nearest double. Pure.
 * @module
 */

/** `over / under`; `under` is above zero. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** Digits of a quotient before it becomes a double, which has 53. */
const QUOTIENT_BITS = 128;

/** Finite doubles, each as `whole / scale`, exactly; one scale for all. */
export function wholesOf(values: readonly number[]): { wholes: bigint[]; scale: bigint } {
  const exact = values.map((value) => {
    let [whole, bits] = [value, 0];
    for (; !Number.isInteger(whole); whole *= 2) bits += 1;
    return { whole: BigInt(whole), bits };
  });
  const bits = exact.reduce((greatest, each) => Math.max(greatest, each.bits), 0);
  const wholes = exact.map((each) => each.whole << BigInt(bits - each.bits));
  return { wholes, scale: 1n << BigInt(bits) };
}

/** The double next to a fraction that is not below zero. */
export function numberOf({ over, under }: Fraction): number {
  const bits = Math.max(bitsOf(under) - bitsOf(over) + QUOTIENT_BITS, 0);
  return Number((over << BigInt(bits)) / under) / 2 ** bits;
}

function bitsOf(whole: bigint): number {
  return whole.toString(16).length * 4;
}
