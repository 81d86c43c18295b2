/**
 * Random call trees for attacks on attribution, with what is true of each: which events there are and where events may
 * stand at all.
 * @module
 */
import fc from 'fast-check';
import { eventAuthorityOf } from '../../../indexer/decode/event-authority.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import {
  type Act,
  ALSO_OURS,
  type Call,
  OURS,
  ping,
  STRANGER,
  selfCpi,
  transactionOf,
} from './synthetic-transaction.ts';

const PROGRAMS = [OURS, ALSO_OURS, STRANGER];
const AUTHORITIES = new Map(PROGRAMS.map((program) => [program, eventAuthorityOf(program)]));

/** Text of a message: some of it looks like what the runtime writes. */
export const messages = fc.oneof(
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

export const transactions = fc
  .array(call, { minLength: 1, maxLength: 3 })
  .map((calls) => ({ calls, transaction: transactionOf(calls) }));

/** Which events the tree says there are: program, path and number, by walking it without any log. */
export function truthOf(calls: readonly Call[]): string[] {
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

export const numberOf = (event: Uint8Array): bigint => Buffer.from(event).readBigUInt64LE(8);

/** Entries that say which program begins or ends, with a well-formed id; anything else moves nothing. */
export const isStructure = (line: string): boolean =>
  /^Program [1-9A-HJ-NP-Za-km-z]{32,44} (invoke \[[1-9]\d?\]|success)$/.test(line);

export function countOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

export function sameCounts(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([line, count]) => right.get(line) === count);
}

/** Every instruction of ours, as program and path. */
export function placesOf(calls: readonly Call[]): string[] {
  const places: string[] = [];
  const walk = ({ program, acts }: Call, path: readonly number[]): void => {
    if (program !== STRANGER) places.push(`${toBase58(program)}/${path}`);
    const inners = acts.flatMap((act) => ('call' in act ? [act.call] : []));
    for (const [index, inner] of inners.entries()) walk(inner, [...path, index]);
  };
  for (const [index, each] of calls.entries()) walk(each, [index]);
  return places;
}

export const callsOurs = (calls: readonly Call[]): boolean => placesOf(calls).length > 0;
