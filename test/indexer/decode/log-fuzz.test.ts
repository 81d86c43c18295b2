/**
 * Random call trees and random damage to their logs: decoding never throws, and an event is only ever attributed to
 * the instruction that emitted it in the undamaged transaction.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import type { DecodedEvent } from '../../../indexer/decode/decoded-block.ts';
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
  selfCpi,
  transactionOf,
} from './synthetic-transaction.ts';

const PROGRAMS = [OURS, ALSO_OURS, STRANGER];
const AUTHORITIES = new Map(PROGRAMS.map((program) => [program, eventAuthorityOf(program)]));

/** Text of a message: some of it looks like what the runtime writes. */
const messages = fc.oneof(
  fc.string(),
  fc.constantFrom(...PROGRAMS.map((program) => `Program ${toBase58(program)} invoke [2]`)),
  fc.constantFrom(...PROGRAMS.map((program) => `Program ${toBase58(program)} success`)),
  fc.constant(`x\nProgram data: ${Buffer.from(ping(666_666)).toString('base64')}`),
  fc.constant('Log truncated'),
);

const { call } = fc.letrec<{ call: Call; act: Act }>((tie) => ({
  call: fc
    .record({
      program: fc.constantFrom(...PROGRAMS),
      acts: fc.array(tie('act'), { maxLength: 4, depthIdentifier: 'calls' }),
      cpiNumber: fc.option(fc.nat(999), { freq: 4 }),
    })
    .map(({ program, acts, cpiNumber }) => ({
      program,
      acts:
        cpiNumber === null
          ? acts
          : [...acts, selfCpi(program, 1_000_000 + cpiNumber, AUTHORITIES.get(program) as Uint8Array)],
    })),
  act: fc.oneof(
    { depthSize: 'small', depthIdentifier: 'calls' },
    fc.record({ log: messages }),
    fc.record({ data: fc.nat(999_999).map(ping) }),
    fc.record({ data: fc.uint8Array({ maxLength: 20 }) }),
    fc.record({ call: tie('call') }),
  ),
}));

const transactions = fc
  .array(call, { minLength: 1, maxLength: 3 })
  .map((calls) => ({ calls, transaction: transactionOf(calls) }));

/** Which events the tree says there are: program, path and number, by walking it without any log. */
function truthOf(calls: readonly Call[]): string[] {
  const found: string[] = [];
  const walk = ({ program, acts }: Call, path: readonly number[]): void => {
    let children = 0;
    for (const act of acts) {
      if ('data' in act && program !== STRANGER && isPing(act.data))
        found.push(`${toBase58(program)}/${path}=${numberOf(act.data)}`);
      if (!('call' in act)) continue;
      const at = [...path, children++];
      const isCpi = act.call.data !== undefined;
      if (isCpi && program !== STRANGER)
        found.push(`${toBase58(program)}/${at}=${numberOf((act.call.data as Uint8Array).subarray(8))}`);
      if (!isCpi) walk(act.call, at);
    }
  };
  for (const [index, each] of calls.entries()) walk(each, [index]);
  return found;
}

function isPing(data: Uint8Array): boolean {
  return data.length === 16 && Buffer.compare(data.subarray(0, 8), ping(0).subarray(0, 8)) === 0;
}

const numberOf = (event: Uint8Array): bigint => Buffer.from(event).readBigUInt64LE(8);
const shown = ({ programId, path, fields }: DecodedEvent): string =>
  `${toBase58(programId)}/${path}=${fields['number']}`;
const decode = (transaction: Transaction) => decodeBlock(blockOf(500n, [transaction]), registry);

/** Damage that a hostile or broken server could do to a list of log entries. */
type Damage = (lines: readonly string[]) => string[];
const positions = fc.nat(200);
const damages: fc.Arbitrary<Damage> = fc.oneof(
  positions.map(
    (at): Damage =>
      (lines) =>
        lines.filter((_, index) => index !== at % Math.max(1, lines.length)),
  ),
  positions.map(
    (at): Damage =>
      (lines) => [...lines.slice(0, at % (lines.length + 1)), 'Log truncated'],
  ),
  fc.tuple(positions, positions).map(([from, to]): Damage => {
    return (lines) => swapped(lines, from % Math.max(1, lines.length), to % Math.max(1, lines.length));
  }),
  positions.map(
    (at): Damage =>
      (lines) => {
        const index = at % Math.max(1, lines.length);
        return lines.flatMap((line, each) => (each === index ? [line, line] : [line]));
      },
  ),
  fc.tuple(positions, messages).map(([at, text]): Damage => {
    return (lines) => [...lines.slice(0, at % (lines.length + 1)), text, ...lines.slice(at % (lines.length + 1))];
  }),
  fc.tuple(positions, fc.nat(60), fc.string({ minLength: 1, maxLength: 1 })).map(([at, column, letter]): Damage => {
    const index = (lines: readonly string[]) => at % Math.max(1, lines.length);
    return (lines) =>
      lines.map((line, each) =>
        each === index(lines) ? line.slice(0, column) + letter + line.slice(column + 1) : line,
      );
  }),
);

function swapped(lines: readonly string[], from: number, to: number): string[] {
  const result = [...lines];
  [result[from], result[to]] = [lines[to] ?? '', lines[from] ?? ''];
  return result;
}

describe('attribution under damage', () => {
  it('undamaged logs give exactly the events of the calls, in order, and are provable', () => {
    fc.assert(
      fc.property(transactions, ({ calls, transaction }) => {
        const decoded = decode(transaction);
        expect(decoded.events.map(shown)).toEqual(truthOf(calls));
        expect(decoded.truncatedTransactions).toEqual([]);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('damaged structure never gives an event to another instruction, and a lost one is never passed over', () => {
    fc.assert(
      fc.property(
        transactions,
        fc.array(damages, { minLength: 1, maxLength: 3 }),
        ({ calls, transaction }, applied) => {
          const lines = applied.reduce<readonly string[]>(
            (before, damage) => damage(before),
            transaction.logMessages ?? [],
          );
          const decoded = decode({ ...transaction, logMessages: lines });
          const keptLines = countOf((transaction.logMessages ?? []).filter(isStructure));
          const isStructureKept = sameCounts(keptLines, countOf(lines.filter(isStructure)));
          // Data entries that are moved, doubled or rewritten within an intact structure are beyond any check, so
          // what is compared is where events may stand at all.
          const places = new Set(placesOf(calls));
          for (const event of decoded.events) expect(places).toContain(`${toBase58(event.programId)}/${event.path}`);
          if (!isStructureKept && callsOurs(calls)) expect(decoded.truncatedTransactions).toEqual([7]);
        },
      ),
      { numRuns: 3000, seed: 2 },
    );
  });

  it('arbitrary entries never throw and never make an event of a program that did not run', () => {
    const line = fc.oneof(
      messages,
      messages.map((text) => `Program log: ${text}`),
      fc.constant(`Program data: ${Buffer.from(ping(1)).toString('base64')}`),
    );
    fc.assert(
      fc.property(fc.array(line), (logMessages) => {
        const decoded = decode(transactionOf([{ program: STRANGER, acts: [] }], { logMessages }));
        expect(decoded.events).toEqual([]);
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});

/** Entries that say which program begins or ends, with a well-formed id; anything else moves nothing. */
const isStructure = (line: string): boolean =>
  /^Program [1-9A-HJ-NP-Za-km-z]{32,44} (invoke \[[1-9]\d?\]|success)$/.test(line);

function countOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function sameCounts(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([line, count]) => right.get(line) === count);
}

/** Every instruction of ours, as program and path. */
function placesOf(calls: readonly Call[]): string[] {
  const places: string[] = [];
  const walk = ({ program, acts }: Call, path: readonly number[]): void => {
    if (program !== STRANGER) places.push(`${toBase58(program)}/${path}`);
    const inners = acts.flatMap((act) => ('call' in act ? [act.call] : []));
    for (const [index, inner] of inners.entries()) walk(inner, [...path, index]);
  };
  for (const [index, each] of calls.entries()) walk(each, [index]);
  return places;
}

const callsOurs = (calls: readonly Call[]): boolean => placesOf(calls).length > 0;
