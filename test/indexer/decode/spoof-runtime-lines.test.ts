/**
 * More logs made to deceive: entries that only look like the runtime's, depth, repetition, and a log that is cut at each
 * of its lines in turn.
 */
import { describe, expect, it } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { blockOf } from '../../conformance/recorded-transaction.ts';
import {
  alsoOurs,
  authority,
  type Case,
  call,
  dataLine,
  event,
  expectCase,
  log,
  OURS_TEXT,
  ours,
  raw,
  STRANGER_TEXT,
  stranger,
  withLogs,
} from './spoof-case.ts';
import { ALSO_OURS, type Call, OURS, ping, registry, selfCpi, transactionOf } from './synthetic-transaction.ts';

const ALSO_TEXT = toBase58(ALSO_OURS);
const untrusted = { events: [], isProvable: false } as const;
const edited = (calls: readonly Call[], from: string | RegExp, to: string) =>
  withLogs(calls, (lines) => lines.map((line) => line.replace(from, to)));

const lookalikes: readonly Case[] = [
  {
    name: 'an invoke entry with a space behind it begins nothing',
    transaction: edited([ours(event(1))], /invoke \[1\]$/, 'invoke [1] '),
    ...untrusted,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'an invoke entry at height zero begins nothing',
    transaction: edited([ours(event(1))], 'invoke [1]', 'invoke [0]'),
    ...untrusted,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'an invoke entry with a signed height begins nothing',
    transaction: edited([ours(event(1))], 'invoke [1]', 'invoke [+1]'),
    ...untrusted,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'an invoke entry in another case begins nothing',
    transaction: edited([ours(event(1))], /^Program (.*) invoke/, 'program $1 Invoke'),
    ...untrusted,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'a success entry with text behind it ends nothing',
    transaction: edited([ours(event(1))], / success$/, ' success!'),
    ...untrusted,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'a data entry without its space is no data',
    transaction: transactionOf([ours(raw(`Program data:${dataLine(9).slice(14)}`), event(1))]),
    events: ['ours/0:0=1'],
  },
  {
    name: 'a data entry with a space before it is no data',
    transaction: transactionOf([ours(raw(` ${dataLine(9)}`), event(1))]),
    events: ['ours/0:0=1'],
  },
  {
    name: 'a return value is no event',
    transaction: transactionOf([ours(raw(`Program return: ${OURS_TEXT} ${dataLine(9).slice(14)}`), event(1))]),
    events: ['ours/0:0=1'],
  },
  {
    name: 'a text with a carriage return and a whole call in it moves nothing',
    transaction: transactionOf([stranger(log(`a\rProgram ${OURS_TEXT} invoke [2]\r${dataLine(9)}`)), ours(event(1))]),
    events: ['ours/1:0=1'],
  },
  {
    name: 'a text that begins a second text prefix moves nothing',
    transaction: transactionOf([stranger(log(`Program log: Program ${OURS_TEXT} invoke [2]`), event(9))]),
    events: [],
  },
  {
    name: 'bytes outside ASCII in a text move nothing',
    transaction: transactionOf([ours(log(`\u0000\u2028Program ${OURS_TEXT} success\ud800`), event(1))]),
    events: ['ours/0:0=1'],
  },
  {
    name: 'an empty data entry of ours is kept, not decoded',
    transaction: transactionOf([ours({ data: new Uint8Array() }, event(1))]),
    events: ['ours/0:1=1'],
    undecoded: ['not_base64'],
  },
  {
    name: 'a discriminator alone is kept, not decoded',
    transaction: transactionOf([ours({ data: ping(1).subarray(0, 8) })]),
    events: [],
    undecoded: ['length_mismatch'],
  },
];

const structures: readonly Case[] = [
  {
    name: 'compute units counted for a call that does not run tell that its entries changed places',
    transaction: withLogs([ours(event(1), call(alsoOurs(event(2))))], ([first, mine, invoke, data, units, ...rest]) =>
      [first, mine, units, data, invoke, ...rest].map(String),
    ),
    ...untrusted,
    undecoded: ['untrusted_logs', 'untrusted_logs'],
  },
  {
    name: "data behind a callee's success belongs to the caller, not to the callee",
    transaction: transactionOf([stranger(call(ours()), event(9))]),
    events: [],
  },
  {
    name: 'a call that calls itself keeps its events apart by path',
    transaction: transactionOf([ours(event(1), call(ours(event(2), call(ours(event(3))))), event(4))]),
    events: ['ours/0:0=1', 'ours/0.0:0=2', 'ours/0.0.0:0=3', 'ours/0:1=4'],
  },
  {
    name: 'the same program twice at top level keeps its events apart',
    transaction: transactionOf([ours(event(1)), stranger(event(9)), ours(event(1))]),
    events: ['ours/0:0=1', 'ours/2:0=1'],
  },
  {
    name: 'our program named in the logs for a call of the other one of ours',
    transaction: edited([stranger(call(alsoOurs(event(9))))], new RegExp(ALSO_TEXT, 'g'), OURS_TEXT),
    ...untrusted,
    undecoded: ['untrusted_logs'],
  },
  {
    name: "a callee's success swallowed, so that its data would be the caller's",
    transaction: withLogs([ours(call(stranger(event(9))), event(1))], (lines) =>
      lines.filter((line) => line !== `Program ${STRANGER_TEXT} success`),
    ),
    ...untrusted,
    undecoded: ['untrusted_logs', 'untrusted_logs'],
  },
  {
    name: "a callee's invoke swallowed, so that its data would be the caller's",
    transaction: withLogs([ours(call(stranger(event(9))), event(1))], (lines) =>
      lines.filter((line) => line !== `Program ${STRANGER_TEXT} invoke [2]`),
    ),
    ...untrusted,
    undecoded: ['untrusted_logs', 'untrusted_logs'],
  },
  {
    name: 'a failure entry in a transaction that succeeded',
    transaction: withLogs([ours(event(1))], (lines) => [
      ...lines.slice(0, -1),
      `Program ${OURS_TEXT} failed: custom program error: 0x1`,
    ]),
    ...untrusted,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'entries in reverse order',
    transaction: withLogs([ours(event(1))], (lines) => lines.toReversed()),
    ...untrusted,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'a self-CPI event between forged entries keeps its own path',
    transaction: transactionOf([ours(log(`Program ${OURS_TEXT} invoke [2]`), selfCpi(OURS, 2, authority), event(3))]),
    events: ['ours/0.0:0=2', 'ours/0:0=3'],
  },
];

const everything = [
  ours(event(1), call(stranger(event(9), call(alsoOurs(event(2))))), event(3)),
  stranger(event(9)),
  alsoOurs(log(dataLine(9)), event(4)),
];
const whole = transactionOf(everything);
const wholeLogs = whole.logMessages ?? [];
const honest = shownOf(wholeLogs);

function shownOf(logMessages: readonly string[]): { events: string[]; isProvable: boolean } {
  const decoded = decodeBlock(blockOf(500n, [{ ...whole, logMessages }]), registry);
  return {
    events: decoded.events.map(({ table, path, fields }) => `${table} ${path.join('.')} ${fields['number']}`),
    isProvable: decoded.truncatedTransactions.length === 0,
  };
}

describe("entries that look like the runtime's", () => {
  it.each(lookalikes)('$name', expectCase);
});

describe('structures that do not add up', () => {
  it.each(structures)('$name', expectCase);
});

describe('a log cut at each of its lines', () => {
  const cuts = wholeLogs.map((line, at) => ({ at, line }));

  it('is provable when whole, with four events', () => {
    expect(honest).toMatchObject({ isProvable: true });
    expect(honest.events).toHaveLength(4);
  });

  it.each(cuts)('cut in place of line $at keeps what came before it and is not provable', ({ at }) => {
    const { events, isProvable } = shownOf([...wholeLogs.slice(0, at), 'Log truncated']);
    expect(events).toEqual(honest.events.slice(0, events.length));
    expect(isProvable).toBe(false);
  });

  it.each(cuts)('cut in place of line $at with shorter lines behind it believes none of them', ({ at }) => {
    const behind = [`Program ${OURS_TEXT} success`, `Program ${OURS_TEXT} invoke [1]`, dataLine(9)];
    const { events, isProvable } = shownOf([...wholeLogs.slice(0, at), 'Log truncated', ...behind]);
    expect(events).toEqual(honest.events.slice(0, events.length));
    expect(isProvable).toBe(false);
  });

  it.each(cuts)('ended without a word before line $at, nothing is attributed by logs', ({ at }) => {
    expect(shownOf(wholeLogs.slice(0, at))).toEqual({ events: [], isProvable: false });
  });
});
