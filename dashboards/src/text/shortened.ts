/**
 * Keys, hashes and signatures by their ends. Pure.
 * @module
 */

const ENDS_LENGTH = 4;

export function shortened(value: string): string {
  return value.length <= 2 * ENDS_LENGTH + 1 ? value : `${value.slice(0, ENDS_LENGTH)}…${value.slice(-ENDS_LENGTH)}`;
}
