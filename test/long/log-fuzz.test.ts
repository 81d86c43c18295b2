/**
 * The long form of `test/indexer/decode/log-fuzz.test.ts`: ten million damaged logs (FUZZ_CASES for another number). Trees
 * are drawn once, damage is dealt by a fast generator, so that most of the time is spent in the decoder.
 *
 * `PLUMBLINE_LONG=1 npx vitest run test/long/log-fuzz.test.ts`
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { Transaction } from '../../indexer/domain/chain.ts';
import { blockOf } from '../conformance/recorded-transaction.ts';
import { createXorshift, damageAtRandom } from '../indexer/decode/quick-damage.ts';
import { callsOurs, countOf, isStructure, placesOf, sameCounts, transactions } from '../indexer/decode/random-calls.ts';
import { registry } from '../indexer/decode/synthetic-transaction.ts';

const CASES = Number(process.env['FUZZ_CASES'] ?? 10_000_000);
const TREES = 5_000;
const LIMIT_MS = 3_600_000;

interface Tree {
  readonly transaction: Transaction;
  readonly logs: readonly string[];
  readonly structure: ReadonlyMap<string, number>;
  readonly places: ReadonlySet<string>;
  readonly callsOurs: boolean;
}

function treesOf(seed: number): Tree[] {
  return fc.sample(transactions, { numRuns: TREES, seed }).map(({ calls, transaction }) => {
    const logs = transaction.logMessages ?? [];
    const structure = countOf(logs.filter(isStructure));
    return { transaction, logs, structure, places: new Set(placesOf(calls)), callsOurs: callsOurs(calls) };
  });
}

/** @returns what is wrong with the case, or null */
function judge(tree: Tree, logMessages: readonly string[]): string | null {
  const decoded = decodeBlock(blockOf(500n, [{ ...tree.transaction, logMessages }]), registry);
  for (const { programId, path } of decoded.events) {
    const place = `${toBase58(programId)}/${path}`;
    if (!tree.places.has(place)) return `an event at ${place}, where no call of ours ran`;
  }
  const isFlagged = decoded.truncatedTransactions.length > 0;
  if (isFlagged || !tree.callsOurs) return null;
  return sameCounts(tree.structure, countOf(logMessages.filter(isStructure))) ? null : 'a lost call was passed over';
}

it.runIf(process.env['PLUMBLINE_LONG'] === '1')(
  'no damaged log gives an event to a call that did not emit it, none is passed over, none throws',
  { timeout: LIMIT_MS },
  () => {
    const trees = treesOf(4);
    const choose = createXorshift(0x9e3779b9);
    let damaged = 0;
    for (let number = 0; number < CASES; number += 1) {
      const tree = trees[number % trees.length] as Tree;
      const lines = [...tree.logs];
      damageAtRandom(lines, choose);
      const wrong = judge(tree, lines);
      if (wrong !== null) expect.fail(`${wrong}:\n${lines.join('\n')}`);
      damaged += 1;
    }
    expect(damaged).toBe(CASES);
  },
);
