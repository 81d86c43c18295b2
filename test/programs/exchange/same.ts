/**
 * Deep equality that costs little where it holds: it is asked some dozens of times an instruction.
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/** Fails the test, with the difference, when the two are not the same. */
export function same(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}
