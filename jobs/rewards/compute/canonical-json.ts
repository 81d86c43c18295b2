/**
 * One text for one value: keys sorted by code unit, integers beyond 32 bits as decimal text, bytes as hex, LF only.
 * The lists of an object at the top have one entry per line, so that two files can be compared line by line. Pure.
 * @module
 */
import { checkInput } from '../../../indexer/domain/errors.ts';

export type CanonicalValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | CanonicalPart
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

/** A value of an object at the top, written: what stands in two documents is written once. */
export class CanonicalPart {
  readonly text: string;

  /** @throws InputError `REWARDS__NOT_CANONICAL` for numbers that are no safe integers */
  constructor(value: CanonicalValue) {
    this.text = write(value, 1);
  }
}

/** @throws InputError `REWARDS__NOT_CANONICAL` for numbers that are no safe integers */
export function canonicalJson(value: CanonicalValue): string {
  return `${write(value, 0)}\n`;
}

/** Depth to which entries stand on lines of their own. */
const LINE_DEPTH = 2;

function write(value: CanonicalValue, depth: number): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'number') {
    checkInput(Number.isSafeInteger(value), 'REWARDS__NOT_CANONICAL', `${value} is not an integer`, { value });
    return String(value);
  }
  if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('hex')}"`;
  if (Array.isArray(value))
    return list(
      '[',
      value.map((each: CanonicalValue) => write(each, depth + 1)),
      ']',
      depth,
    );
  if (value instanceof CanonicalPart) return value.text;
  const fields = value as { readonly [key: string]: CanonicalValue };
  const entries = sortedKeys(fields).map(([key, start]) => start + write(fields[key] as CanonicalValue, depth + 1));
  return list('{', entries, '}', depth);
}

type SortedKeys = readonly (readonly [key: string, start: string])[];

/** By the keys as they come: a hundred thousand entries of a list have the same. The bound keeps foreign keys from filling memory. */
const knownKeys = new Map<string, SortedKeys>();
const MAX_KNOWN_KEYS = 1_024;

function sortedKeys(fields: { readonly [key: string]: CanonicalValue }): SortedKeys {
  const keys = Object.keys(fields);
  const name = JSON.stringify(keys);
  const known = knownKeys.get(name);
  if (known !== undefined) return known;
  if (knownKeys.size >= MAX_KNOWN_KEYS) knownKeys.clear();
  const sorted = keys
    .sort((left, right) => (left < right ? -1 : 1))
    .map((key) => [key, `${JSON.stringify(key)}:`] as const);
  knownKeys.set(name, sorted);
  return sorted;
}

function list(open: string, entries: readonly string[], close: string, depth: number): string {
  if (depth >= LINE_DEPTH || entries.length === 0) return open + entries.join(',') + close;
  return `${open}\n${entries.join(',\n')}\n${close}`;
}
