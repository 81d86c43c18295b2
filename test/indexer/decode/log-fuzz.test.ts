/**
 * Random call trees and random damage to their logs: decoding never throws, and an event is only ever attributed to
 * the instruction that emitted it in the undamaged transaction.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import type { DecodedEvent } from '../../../indexer/decode/decoded-block.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { Transaction } from '../../../indexer/domain/chain.ts';
import { blockOf } from '../../conformance/recorded-transaction.ts';
import { damages } from './log-damage.ts';
import {
  callsOurs,
  countOf,
  isStructure,
  messages,
  placesOf,
  sameCounts,
  transactions,
  truthOf,
} from './random-calls.ts';
import { ping, registry, STRANGER, transactionOf } from './synthetic-transaction.ts';

const shown = ({ programId, path, fields }: DecodedEvent): string =>
  `${toBase58(programId)}/${path}=${fields['number']}`;
const decode = (transaction: Transaction) => decodeBlock(blockOf(500n, [transaction]), registry);

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
