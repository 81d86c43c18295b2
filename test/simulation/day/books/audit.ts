/**
 * Collects what does not hold, so that one reading says everything that is wrong.
 * @module
 */
export class Audit {
  readonly faults: string[] = [];
  /** How many statements were checked: an audit of nothing finds nothing. */
  checkCount = 0;

  same(what: string, found: bigint | number | boolean, expected: bigint | number | boolean): void {
    this.checkCount += 1;
    if (found !== expected) this.faults.push(`${what}: ${found}, not ${expected}`);
  }

  atLeast(what: string, found: bigint, least: bigint): void {
    this.checkCount += 1;
    if (found < least) this.faults.push(`${what}: ${found}, less than ${least}`);
  }
}

export function sum(values: Iterable<bigint>): bigint {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}

export function grouped<K, T>(values: Iterable<T>, keyOf: (value: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
