/**
 * Logs made to deceive. Each case says which events stand in the block and whether it is provable: nothing that a
 * program writes may become another program's event, and nothing that contradicts the instructions is believed.
 */
import { describe, expect, it } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { eventAuthorityOf } from '../../../indexer/decode/event-authority.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import type { Transaction } from '../../../indexer/domain/chain.ts';
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
import {
  ALSO_OURS,
  ED25519,
  key,
  OURS,
  ping,
  registry,
  STRANGER,
  selfCpi,
  transactionOf,
} from './synthetic-transaction.ts';

const cases: readonly Case[] = [
  { name: 'an honest event', transaction: transactionOf([ours(event(1))]), events: ['ours/0:0=1'] },
  {
    name: 'two events of one instruction',
    transaction: transactionOf([ours(event(1), event(1))]),
    events: ['ours/0:0=1', 'ours/0:1=1'],
  },
  {
    name: 'events before, in and after a call of another program of ours with the same discriminator',
    transaction: transactionOf([ours(event(1), call(alsoOurs(event(2))), event(3))]),
    events: ['ours/0:0=1', 'also/0.0:0=2', 'ours/0:1=3'],
  },
  { name: "a stranger's data with our discriminator", transaction: transactionOf([stranger(event(1))]), events: [] },
  {
    name: "a stranger's data before and after calling us",
    transaction: transactionOf([stranger(event(1), call(ours(event(2))), event(3))]),
    events: ['ours/0.0:0=2'],
  },
  {
    name: 'a stranger that we call and that gives our data',
    transaction: transactionOf([ours(call(stranger(event(9))), event(1))]),
    events: ['ours/0:0=1'],
  },
  {
    name: 'data lines inside the text of a message',
    transaction: transactionOf([ours(log(dataLine(9)), event(1))]),
    events: ['ours/0:0=1'],
  },
  {
    name: 'a forged invoke of us in the text of a message',
    transaction: transactionOf([stranger(log(`Program ${OURS_TEXT} invoke [2]`), event(9))]),
    events: [],
  },
  {
    name: 'a whole forged call in one message with newlines',
    transaction: transactionOf([
      stranger(log(`x\nProgram ${OURS_TEXT} invoke [2]\n${dataLine(9)}\nProgram ${OURS_TEXT} success`)),
    ]),
    events: [],
  },
  {
    name: 'a forged success of the stranger in its own text, then data',
    transaction: transactionOf([ours(call(stranger(log(`Program ${STRANGER_TEXT} success`), event(9))))]),
    events: [],
  },
  {
    name: 'a forged failure in text',
    transaction: transactionOf([ours(log(`Program ${OURS_TEXT} failed: custom program error: 0x1`), event(1))]),
    events: ['ours/0:0=1'],
  },
  {
    name: 'a forged cut in text',
    transaction: transactionOf([ours(log('Log truncated'), event(1))]),
    events: ['ours/0:0=1'],
  },
  {
    name: 'a real invoke entry of us that no instruction backs',
    transaction: transactionOf([
      ours(),
      stranger(raw(`Program ${OURS_TEXT} invoke [2]`), event(9), raw(`Program ${OURS_TEXT} success`)),
    ]),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'an invoke at a height that skips one',
    transaction: withLogs([ours(call(alsoOurs(event(9))))], (lines) =>
      lines.map((line) => line.replace('invoke [2]', 'invoke [3]')),
    ),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'two programs of ours swapped in the logs',
    transaction: withLogs([ours(event(1)), alsoOurs(event(2))], (lines) => [...lines.slice(4), ...lines.slice(0, 4)]),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs', 'untrusted_logs'],
  },
  {
    name: 'a success of another program than the one that runs',
    transaction: withLogs([ours(event(1))], (lines) =>
      lines.map((line) => (line.endsWith('success') ? `Program ${STRANGER_TEXT} success` : line)),
    ),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'logs that end before the last call does',
    transaction: withLogs([ours(event(1))], (lines) => lines.slice(0, -1)),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'logs that leave a call out',
    transaction: withLogs([ours(event(1)), ours(event(2))], (lines) => lines.slice(0, 4)),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'a call more in the logs than in the instructions',
    transaction: withLogs([ours(event(1))], (lines) => [...lines, ...lines]),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs', 'untrusted_logs'],
  },
  {
    name: 'data outside every call',
    transaction: withLogs([ours(event(1))], (lines) => [...lines, dataLine(9)]),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs', 'untrusted_logs'],
  },
  {
    name: 'a program id that only starts like ours',
    transaction: withLogs([ours(event(1))], (lines) => lines.map((line) => line.replace(OURS_TEXT, `${OURS_TEXT}1`))),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'a precompile that logs nothing, before and between',
    transaction: transactionOf([
      { program: fromBase58(ED25519), acts: [], isSilent: true },
      ours(event(1)),
      { program: fromBase58(ED25519), acts: [], isSilent: true },
      ours(event(2)),
      { program: fromBase58(ED25519), acts: [], isSilent: true },
    ]),
    events: ['ours/1:0=1', 'ours/3:0=2'],
  },
  {
    name: 'a stranger that claims to be silent',
    transaction: transactionOf([{ ...stranger(), isSilent: true }, ours(event(1))]),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'a cut log keeps what came before and is not provable',
    transaction: withLogs([ours(event(1), event(2))], (lines) => [
      ...lines.slice(0, 2),
      'Log truncated',
      ...lines.slice(3),
    ]),
    events: ['ours/0:0=1'],
    isProvable: false,
  },
  {
    name: 'a cut log that names another program than the one that ran',
    transaction: withLogs([ours(event(1))], (lines) => [
      `Program ${STRANGER_TEXT} invoke [1]`,
      ...lines.slice(1, 2),
      'Log truncated',
    ]),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
  {
    name: 'no logs at all',
    transaction: transactionOf([ours(event(1))], { logMessages: null }),
    events: [],
    isProvable: false,
  },
  {
    name: 'empty logs of a transaction that called us',
    transaction: transactionOf([ours(event(1))], { logMessages: [] }),
    events: [],
    isProvable: false,
  },
  {
    name: 'a failed transaction has no events, cut or not',
    transaction: { ...transactionOf([ours(event(1), selfCpi(OURS, 2, authority))]), error: Uint8Array.of(8) },
    events: [],
  },
  {
    name: 'several texts in one data entry of ours are kept, not decoded',
    transaction: transactionOf([ours(raw(`${dataLine(1)} AAAA`))]),
    events: [],
    undecoded: ['not_base64'],
  },
  {
    name: 'several texts in one data entry of a stranger are ignored',
    transaction: transactionOf([ours(call(stranger(raw(`${dataLine(1)} AAAA`))))]),
    events: [],
  },
  {
    name: 'an unknown discriminator of ours is kept, and counts',
    transaction: transactionOf([ours({ data: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1) }, event(1))]),
    events: ['ours/0:1=1'],
    undecoded: ['unknown_discriminator'],
  },
  {
    name: 'a byte too many is kept, not decoded',
    transaction: transactionOf([ours({ data: Buffer.concat([ping(1), Uint8Array.of(0)]) })]),
    events: [],
    undecoded: ['length_mismatch'],
  },
  {
    name: 'an honest self-CPI event',
    transaction: transactionOf([ours(event(1), selfCpi(OURS, 2, authority), event(3))]),
    events: ['ours/0:0=1', 'ours/0.0:0=2', 'ours/0:1=3'],
  },
  {
    name: 'a self-CPI event called by a stranger',
    transaction: transactionOf([stranger(selfCpi(OURS, 9, authority))]),
    events: [],
    undecoded: ['unknown_discriminator'],
  },
  {
    name: 'a self-CPI event called through a stranger that we call',
    transaction: transactionOf([ours(call(stranger(selfCpi(OURS, 9, authority))))]),
    events: [],
    undecoded: ['unknown_discriminator'],
  },
  {
    name: 'a self-CPI event as a top-level instruction',
    transaction: transactionOf([
      { program: OURS, acts: [], data: Buffer.from('e445a52e51cb9a1d', 'hex'), accounts: [authority] },
    ]),
    events: [],
    undecoded: ['unknown_discriminator'],
  },
  {
    name: 'a self-CPI event with another authority',
    transaction: transactionOf([ours(selfCpi(OURS, 9, key('not the authority')))]),
    events: [],
    undecoded: ['unknown_discriminator'],
  },
  {
    name: "a self-CPI event with the other program's authority",
    transaction: transactionOf([ours(selfCpi(OURS, 9, eventAuthorityOf(ALSO_OURS)))]),
    events: [],
    undecoded: ['unknown_discriminator'],
  },
  {
    name: 'a self-CPI event with another tag',
    transaction: transactionOf([
      ours(selfCpi(OURS, 9, authority, Uint8Array.of(0xe4, 0x45, 0xa5, 0x2e, 0x51, 0xcb, 0x9a, 0))),
    ]),
    events: [],
    undecoded: ['unknown_discriminator'],
  },
  {
    name: "a stranger's own self-CPI event with its own authority",
    transaction: transactionOf([stranger(selfCpi(STRANGER, 9, eventAuthorityOf(STRANGER)))]),
    events: [],
  },
  {
    name: 'self-CPI events survive a cut log, in their order',
    transaction: withLogs([ours(selfCpi(OURS, 1, authority), selfCpi(OURS, 2, authority))], (lines) => [
      ...lines.slice(0, 2),
      'Log truncated',
    ]),
    events: ['ours/0.0:0=1', 'ours/0.1:0=2'],
    isProvable: false,
  },
  {
    name: 'self-CPI events survive logs that are not believed',
    transaction: withLogs([ours(selfCpi(OURS, 1, authority))], () => [`Program ${STRANGER_TEXT} invoke [1]`]),
    events: ['ours/0.0:0=1'],
    isProvable: false,
  },
  {
    name: 'a cut log of a transaction that does not call us proves nothing and hides nothing',
    transaction: withLogs([stranger(event(9))], (lines) => [...lines.slice(0, 1), 'Log truncated']),
    events: [],
  },
  {
    name: 'inner instructions left out by the server',
    transaction: transactionOf([stranger(call(ours(event(9))))], { innerInstructions: [] }),
    events: [],
    isProvable: false,
  },
  {
    name: 'a program id outside the keys of the transaction',
    transaction: breakProgramIndex(transactionOf([ours(event(9)), stranger()])),
    events: [],
    isProvable: false,
    undecoded: ['untrusted_logs'],
  },
];

function breakProgramIndex(transaction: Transaction): Transaction {
  const [first, second] = transaction.instructions;
  return { ...transaction, instructions: [first, { ...second, programIdIndex: 250 }] as Transaction['instructions'] };
}

describe('logs made to deceive', () => {
  it.each(cases)('$name', expectCase);

  it('has the cases it is meant to have', () => {
    expect(cases.length).toBeGreaterThanOrEqual(45);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it('heights are taken from the logs where old data has none', () => {
    const transaction = transactionOf([ours(event(1), call(stranger(call(alsoOurs(event(2))))), event(3))]);
    const old = {
      ...transaction,
      innerInstructions: transaction.innerInstructions.map((group) => ({
        ...group,
        instructions: group.instructions.map((inner) => ({ ...inner, stackHeight: null })),
      })),
    };
    const [expected, actual] = [transaction, old].map((each) => decodeBlock(blockOf(500n, [each]), registry));
    expect(actual).toMatchObject({
      events: expected?.events,
      instructions: expected?.instructions,
      truncatedTransactions: [],
    });
    expect(actual?.events).toHaveLength(3);
  });
});
