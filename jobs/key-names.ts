/**
 * Hex of keys, by which maps find them. A query's rows hold equal keys once (`repeatedColumns`), so the text of one is made
 * once too: of a million rows it would cost more than all that is done with them.
 * @module
 */
import { hexOf } from '../indexer/domain/hex.ts';
export type NameOf = (key: Uint8Array) => string;

/** Remembers every array of bytes it is given; the bytes must not change. */
export function keyNames(): NameOf {
  const names = new Map<Uint8Array, string>();
  return (key) => {
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = hexOf(key);
    names.set(key, name);
    return name;
  };
}
