/**
 * The accounts that calls of one transaction name, by their places among its keys. Used again for each transaction without
 * being emptied: a place counts when it bears the number of the transaction at hand.
 * @module
 */

/** An instruction names its accounts by single bytes. */
const PLACES = 256;

export class NamedAccounts {
  readonly #turns = new Float64Array(PLACES);
  #turn = 0;

  /** Forget those of the transaction before. */
  start(): void {
    this.#turn += 1;
  }

  /** `count` accounts of a call, each a byte. */
  add(bytes: Uint8Array, at: number, count: number): void {
    for (let place = at; place < at + count; place += 1) this.#turns[bytes[place] as number] = this.#turn;
  }

  has(index: number): boolean {
    return this.#turns[index] === this.#turn;
  }
}
