/**
 * Whose turn it is: the rare ends of orders, disputes and challenges go round, so that a short day sees each of them and
 * a long one sees them in the same proportions.
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
