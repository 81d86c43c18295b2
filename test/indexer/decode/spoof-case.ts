/**
 * How a case of the spoof corpus is written and judged: a transaction, the events that stand in its block, and whether
 * the block is provable.
 * @module
 */
import { expect } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { eventAuthorityOf } from '../../../indexer/decode/event-authority.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { Transaction } from '../../../indexer/domain/chain.ts';
import { blockOf } from '../../conformance/recorded-transaction.ts';
import {
  type Act,
  ALSO_OURS,
  type Call,
  OURS,
  ping,
  registry,
  STRANGER,
  transactionOf,
} from './synthetic-transaction.ts';

export const ours = (...acts: Act[]): Call => ({ program: OURS, acts });
export const alsoOurs = (...acts: Act[]): Call => ({ program: ALSO_OURS, acts });
export const stranger = (...acts: Act[]): Call => ({ program: STRANGER, acts });
export const event = (number: number): Act => ({ data: ping(number) });
export const log = (text: string): Act => ({ log: text });
export const call = (inner: Call): Act => ({ call: inner });
export const raw = (line: string): Act => ({ raw: line });
export const dataLine = (number: number) => `Program data: ${Buffer.from(ping(number)).toString('base64')}`;
export const OURS_TEXT = toBase58(OURS);
export const STRANGER_TEXT = toBase58(STRANGER);
export const authority = eventAuthorityOf(OURS);

/** `program/path:ordinal=number`, in order. */
type Expected = readonly string[];

export interface Case {
  readonly name: string;
  readonly transaction: Transaction;
  readonly events: Expected;
  readonly isProvable?: boolean;
  readonly undecoded?: readonly string[];
}

export const withLogs = (calls: readonly Call[], change: (lines: string[]) => string[]): Transaction => {
  const transaction = transactionOf(calls);
  return { ...transaction, logMessages: change([...(transaction.logMessages ?? [])]) };
};

/** The block of the case's transaction has exactly the events it says, and is provable or not as it says. */
export function expectCase({ transaction, events, isProvable = true, undecoded = [] }: Case): void {
  const decoded = decodeBlock(blockOf(500n, [transaction]), registry);
  const shown = decoded.events.map(({ table, path, ordinal, fields }) => {
    return `${table.split('_')[0]}/${path.join('.')}:${ordinal}=${fields['number']}`;
  });
  expect(shown).toEqual(events);
  const kept = decoded.undecoded.filter(({ source, reason }) => source === 'event' && reason !== 'untrusted_logs');
  const positions = [...decoded.events, ...kept].map(({ position }) => position).sort((left, right) => left - right);
  // Every payload has its place, whether or not it could be decoded.
  expect(positions).toEqual(positions.map((_, index) => index));
  expect(decoded.truncatedTransactions).toEqual(isProvable ? [] : [7]);
  expect(decoded.undecoded.map(({ reason }) => reason)).toEqual(undecoded);
}
