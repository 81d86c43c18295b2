import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Assembler, type Fact } from '../../../indexer/assemble/assembler.ts';
import type { AccountState, Block, Transaction } from '../../../indexer/domain/chain.ts';
import type { Update } from '../../../indexer/stream/update.ts';
import { describeShared } from '../../conformance/shared-data.ts';
import { canonicalText, recordedUpdates } from '../stream/recordings.ts';

function assemble(updates: readonly Update[]): Fact[] {
  const assembler = new Assembler({ hasAccounts: true });
  return updates.flatMap((each) => assembler.push(each));
}

const blocksOf = (facts: readonly Fact[]): Block[] =>
  facts.flatMap((each) => (each.kind === 'block' ? [each.block] : []));
const textOf = (updates: readonly Update[]) =>
  blocksOf(assemble(updates))
    .sort((left, right) => Number(left.slot - right.slot))
    .map(canonicalText);

/** The two lists in one, each in its own order; `choices` says whose turn it is. */
function interleave<T>(left: readonly T[], right: readonly T[], choices: readonly boolean[]): T[] {
  const merged: T[] = [];
  for (let l = 0, r = 0, turn = 0; l < left.length || r < right.length; turn += 1) {
    const takeLeft = r >= right.length || (l < left.length && choices[turn % choices.length] === true);
    merged.push((takeLeft ? left[l++] : right[r++]) as T);
  }
  return merged;
}

const choices = fc.array(fc.boolean(), { minLength: 50, maxLength: 3_000 });

describeShared('recorded streams', () => {
  test('a replay merged with the live stream in any interleaving gives the blocks of the live stream', () => {
    const live = recordedUpdates('confirmed');
    const replay = recordedUpdates('replay');
    const expected = textOf(live);
    expect(expected).toHaveLength(148);
    fc.assert(
      fc.property(choices, (turns) => {
        expect(textOf(interleave(live, replay, turns))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('messages that come again later change nothing', () => {
    const live = recordedUpdates('confirmed');
    const expected = textOf(live);
    const repeats = fc.array(fc.record({ from: fc.nat(live.length - 1), delay: fc.nat(200) }), { maxLength: 200 });
    fc.assert(
      fc.property(repeats, (chosen) => {
        const withRepeats = live.map((each) => [each]);
        for (const { from, delay } of chosen) {
          withRepeats[Math.min(from + delay, live.length - 1)]?.push(live[from] as Update);
        }
        expect(textOf(withRepeats.flat())).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

const hash = (slot: bigint, fork = 0) => Buffer.alloc(32, `${slot}/${fork}`);
const meta = (slot: bigint, fork = 0): Update => ({
  kind: 'blockMeta',
  slot,
  blockhash: hash(slot, fork),
  parentSlot: slot - 1n,
  parentBlockhash: hash(slot - 1n),
  blockTime: 1n,
  blockHeight: slot,
  executedTransactionCount: 9n,
});
const notice = (slot: bigint, status: 'processed' | 'confirmed' | 'finalized' | 'dead'): Update => ({
  kind: 'slot',
  slot,
  parentSlot: slot - 1n,
  status,
});
const transaction = (slot: bigint, index: number, fork = 0): Update => ({
  kind: 'transaction',
  slot,
  transaction: {
    ...{ index, signature: Buffer.alloc(64, `${slot}/${index}/${fork}`), balanceTurns: [] },
    tokenChanges: [],
  } as unknown as Transaction,
});
const account = (slot: bigint, key: number, writeVersion: bigint): Update => ({
  kind: 'account',
  slot,
  account: { publicKey: Buffer.alloc(32, key + 1), writeVersion, lamports: writeVersion } as unknown as AccountState,
});

test('within a slot, before it is confirmed, no order of its messages matters', () => {
  const messages = [
    ...[0, 3, 7].map((index) => transaction(5n, index)),
    ...[1n, 2n, 3n].flatMap((version) => [0, 1].map((key) => account(5n, key, version))),
    meta(5n),
    notice(5n, 'processed'),
  ];
  const expected = textOf([...messages, notice(5n, 'confirmed')]);
  expect(expected).toHaveLength(1);
  fc.assert(
    fc.property(fc.shuffledSubarray(messages, { minLength: messages.length }), (shuffled) => {
      expect(textOf([...shuffled, notice(5n, 'confirmed')])).toEqual(expected);
    }),
  );
});

test('of an account written several times in a slot the last write stays', () => {
  const [block] = blocksOf(
    assemble([account(5n, 0, 8n), account(5n, 0, 9n), account(5n, 0, 7n), meta(5n), notice(5n, 'confirmed')]),
  );
  expect(block?.accounts.map((each) => each.writeVersion)).toEqual([9n]);
});

test('a block waits for its confirmation', () => {
  expect(assemble([transaction(5n, 0), meta(5n), notice(5n, 'processed')])).toEqual([]);
});

test('a confirmed child confirms its parent, whose notice never came, and the parent comes first', () => {
  const facts = assemble([meta(5n), meta(6n), notice(6n, 'confirmed')]);
  expect(blocksOf(facts).map((each) => each.slot)).toEqual([5n, 6n]);
});

test('another block of a slot that is already sealed is handed on, a repeated one is not', () => {
  const first = [transaction(5n, 0), meta(5n), notice(5n, 'confirmed')];
  const other = [transaction(5n, 0, 1), meta(5n, 1), notice(5n, 'confirmed')];
  const hashes = blocksOf(assemble([...first, ...first, ...other, ...other])).map((each) =>
    Buffer.from(each.blockhash),
  );
  expect(hashes).toEqual([hash(5n), hash(5n, 1)]);
});

test('a dead slot drops what came of it', () => {
  const facts = assemble([transaction(5n, 0), notice(5n, 'dead'), meta(5n), notice(5n, 'confirmed')]);
  expect(facts[0]).toEqual({ kind: 'dead', slot: 5n });
  expect(blocksOf(facts)[0]?.transactions).toEqual([]);
});

test('two transactions at one position are refused, because two blocks were mixed', () => {
  expect(() => assemble([transaction(5n, 0), transaction(5n, 0, 1), meta(5n), notice(5n, 'confirmed')])).toThrow(
    expect.objectContaining({ code: 'ASSEMBLE__TWO_TRANSACTIONS_AT_ONE_INDEX' }),
  );
  expect(() => assemble([transaction(5n, 0), meta(5n), meta(5n, 1)])).toThrow(
    expect.objectContaining({ code: 'ASSEMBLE__TWO_BLOCKS_AT_ONE_SLOT' }),
  );
});
