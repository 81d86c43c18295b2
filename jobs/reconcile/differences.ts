/**
 * An account as folded beside the same account as seen on chain: the fields in which they differ, both sides as text.
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import type { AccountState, Fields } from './account-states.ts';
import type { ProgramFold } from './program-fold.ts';

export interface Difference {
  readonly kind: string;
  /** Of the generated client; empty where one side has no account, or another type of account. */
  readonly field: string;
  /** What events and instructions say; empty where they say there is no account. */
  readonly expected: string;
  /** What the chain has; empty where there is no account. */
  readonly seen: string;
}

/** Fields of both sides, in which they differ; none when fold and chain agree. */
export function differencesOf(
  fold: ProgramFold,
  expected: AccountState | null,
  seen: AccountState | null,
): readonly Difference[] {
  if (expected === null && seen === null) return [];
  if (expected?.kind !== seen?.kind) {
    const kind = seen?.kind ?? expected?.kind ?? '';
    return [{ kind, field: '', expected: stateText(expected), seen: stateText(seen) }];
  }
  return fieldDifferences(fold, expected as AccountState, (seen as AccountState).fields);
}

function fieldDifferences(fold: ProgramFold, { kind, fields }: AccountState, seen: Fields): Difference[] {
  const notDerived = fold.accounts[kind]?.notDerived ?? {};
  const found: Difference[] = [];
  for (const [field, value] of Object.entries(seen)) {
    const isKnown = field in fields;
    if ((!isKnown && field in notDerived) || isDeepStrictEqual(fields[field], value)) continue;
    const texts = { expected: isKnown ? textOf(fields[field]) : '', seen: textOf(value) };
    if (texts.expected !== texts.seen) found.push({ kind, field, ...texts });
  }
  return found;
}

function stateText(state: AccountState | null): string {
  return state === null ? '' : `${state.kind} ${textOf(state.fields)}`;
}

/** Numbers of any width alike, bytes as hex, keys in their order: equal texts are equal values. */
export function textOf(value: unknown): string {
  const text = plain(value);
  return typeof text === 'string' ? text : JSON.stringify(text);
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, plain(each)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
