/**
 * The direct way from packed transactions to rows against decoded blocks, over a million damaged logs (FUZZ_CASES for
 * another number): the same content hash and counts, and a block with a log that was cut left alone. What decoded blocks
 * are worth themselves is shown by `log-fuzz.test.ts`.
 *
 * `PLUMBLINE_LONG=1 npx vitest run test/long/direct-fuzz.test.ts`
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BlockRowEncoder, type PreparedBlock } from '../../indexer/batch/block-rows.ts';
import { DirectEncoder } from '../../indexer/batch/direct/direct-encoder.ts';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import type { Transaction } from '../../indexer/domain/chain.ts';
import { blockIn, wireBlock } from '../indexer/batch/wire-block.ts';
import { createXorshift, damageAtRandom } from '../indexer/decode/quick-damage.ts';
import { transactions } from '../indexer/decode/random-calls.ts';
import { registry } from '../indexer/decode/synthetic-transaction.ts';

const CASES = Number(process.env['FUZZ_CASES'] ?? 1_000_000);
const TREES = 5_000;
const LIMIT_MS = 3_600_000;
/** Most damaged logs are said to be cut; some damage changes nothing that matters. */
const LEAST_WHOLE_SHARE = 0.01;

const direct = new DirectEncoder(registry);
const decoded = new BlockRowEncoder(registry.tables);

type Verdict = 'cut' | 'whole' | { readonly wrong: string };

function judge(transaction: Transaction): Verdict {
  const message = wireBlock(500n, [transaction]);
  const whole = decodeBlock(blockIn(message), registry);
  const prepared = direct.prepare(blockIn(message));
  if (whole.truncatedTransactions.length > 0) {
    return prepared === null ? 'cut' : { wrong: 'a log that was cut is said to be whole' };
  }
  if (prepared === null) return { wrong: 'a whole log was left alone' };
  const expected = decoded.prepare(whole);
  return summary(prepared) === summary(expected) ? 'whole' : { wrong: `${summary(prepared)} for ${summary(expected)}` };
}

function summary(block: PreparedBlock): string {
  const { contentHash, transactionCount, eventCount, instructionCount, undecodedCount, byteCount } = block;
  const hash = Buffer.from(contentHash).toString('hex');
  return [hash, transactionCount, eventCount, instructionCount, undecodedCount, byteCount].join(' ');
}

it.runIf(process.env['PLUMBLINE_LONG'] === '1')(
  'rows written straight from packed transactions are those of decoded blocks, whatever was done to the logs',
  { timeout: LIMIT_MS },
  () => {
    const trees = fc.sample(transactions, { numRuns: TREES, seed: 5 }).map(({ transaction }) => transaction);
    const choose = createXorshift(0x7f4a7c15);
    let wholeCount = 0;
    for (let number = 0; number < CASES; number += 1) {
      const tree = trees[number % trees.length] as Transaction;
      const lines = [...(tree.logMessages ?? [])];
      damageAtRandom(lines, choose);
      const verdict = judge({ ...tree, logMessages: lines });
      if (typeof verdict !== 'string') expect.fail(`${verdict.wrong}:\n${lines.join('\n')}`);
      if (verdict === 'whole') wholeCount += 1;
    }
    expect(wholeCount).toBeGreaterThan(CASES * LEAST_WHOLE_SHARE);
  },
);
