/**
 * Whose turn it is: the rare ends of orders, disputes and challenges go round, so that a short day sees each of them and
 * a long one sees them in the same proportions; and who draws from a common source does so in turn.
 * @module
 */

/** Gives everybody a number at the first asking, from 0, and the same one ever after. */
export class Turns {
  readonly #numbers = new Map<string, number>();

  of(key: string): number {
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  /** The one of `items` whose turn it is. */
  pick<T>(items: readonly [T, ...T[]], key: string): T {
    return items[this.of(key) % items.length] as T;
  }
}

/** One after the other, for what draws from a common source between waiting: together, the quickest would draw first. */
export async function inTurn<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}
