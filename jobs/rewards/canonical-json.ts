/**
 * One text for one value: keys sorted by code unit, integers beyond 32 bits as decimal text, bytes as hex, LF only.
 * The lists of an object at the top have one entry per line, so that two files can be compared line by line. Pure.
 * @module
 */
import { checkInput } from '../../indexer/domain/errors.ts';

export type CanonicalValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

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
  const entries = Object.entries(value as { readonly [key: string]: CanonicalValue });
  entries.sort(([left], [right]) => (left < right ? -1 : 1));
  return list(
    '{',
    entries.map(([key, each]) => `${JSON.stringify(key)}:${write(each, depth + 1)}`),
    '}',
    depth,
  );
}

function list(open: string, entries: readonly string[], close: string, depth: number): string {
  if (depth >= LINE_DEPTH || entries.length === 0) return open + entries.join(',') + close;
  return `${open}\n${entries.join(',\n')}\n${close}`;
}
