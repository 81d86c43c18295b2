/**
 * Seeded randomness of the simulated market: the same seed gives the same decisions on every machine.
 * Generator: splitmix64 (Steele, Lea, Flood 2014).
 * @module
 */

const MASK = (1n << 64n) - 1n;
const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

export interface Random {
  /** A whole number in `[min, max]`. */
  readonly integer: (min: number, max: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly bytes: (length: number) => Uint8Array;
}

export function createRandom(seed: bigint): Random {
  let state = seed & MASK;
  const next = (): bigint => {
    state = (state + GOLDEN_GAMMA) & MASK;
    let mixed = state;
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return mixed ^ (mixed >> 31n);
  };
  const unit = () => Number(next() >> 11n) / 2 ** 53;
  const integer = (min: number, max: number) => min + Math.floor(unit() * (max - min + 1));
  return {
    integer,
    chance: (probability) => unit() < probability,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    bytes: (length) => Uint8Array.from({ length }, () => integer(0, 255)),
  };
}
