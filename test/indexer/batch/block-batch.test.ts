import { describe, expect, it } from 'vitest';
import { type BlockBatch, createBatchEncoder } from '../../../indexer/batch/block-batch.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { blockOf, bytesOf, chainOf, smallEventTables } from '../store/small-chain.ts';

const blocks = chainOf(100n, 30, 'a', null);
const encode = createBatchEncoder(smallEventTables);
const asText = ({ rows, marks }: BlockBatch) =>
  [...rows, marks].map((each) => [each.table, each.rowCount, Buffer.from(each.bytes).toString('hex')]);
const contentHashOf = (block: DecodedBlock) => {
  const { marks } = encode([block], () => 0);
  // sign (1 byte) and generation (4 bytes) follow it.
  return Buffer.from(marks.bytes.subarray(-37, -5)).toString('hex');
};

describe('a batch', () => {
  it('has the same bytes for the same blocks, whichever encoder made it', () => {
    const again = createBatchEncoder(smallEventTables)(chainOf(100n, 30, 'a', null), () => 0);
    expect(asText(again)).toEqual(asText(encode(blocks, () => 0)));
  });

  it('has the bytes of its blocks one after another', () => {
    const whole = encode(blocks, () => 0);
    const parts = blocks.map((each) => encode([each], () => 0));
    for (const { table, bytes } of [...whole.rows, whole.marks]) {
      const pieces = parts.flatMap((part) => [...part.rows, part.marks].filter((each) => each.table === table));
      expect(Buffer.concat(pieces.map((each) => each.bytes)).equals(Buffer.from(bytes)), table).toBe(true);
    }
  });

  it('does not depend on the order in which rows of a block were decoded', () => {
    const shuffled = blocks.map((each) => ({
      ...each,
      events: each.events.toReversed(),
      instructions: each.instructions.toReversed(),
      accounts: each.accounts.toReversed(),
      undecoded: each.undecoded.toReversed(),
      block: { ...each.block, transactions: each.block.transactions.toReversed() },
    }));
    expect(asText(encode(shuffled, () => 0))).toEqual(asText(encode(blocks, () => 0)));
  });

  it('differs between generations in the marks alone', () => {
    const [first, second] = [encode(blocks, () => 0), encode(blocks, () => 2)];
    expect(asText({ ...first, marks: second.marks })).toEqual(asText(second));
    expect(Buffer.from(first.marks.bytes).equals(Buffer.from(second.marks.bytes))).toBe(false);
  });

  it('refuses an event whose table it does not know', () => {
    const [block] = blocks.filter((each) => each.events.length > 0);
    expect(() => createBatchEncoder([])([block as DecodedBlock], () => 0)).toThrowError(
      expect.objectContaining({ code: 'BATCH__NO_EVENT_TABLE' }),
    );
  });
});

describe('a content hash', () => {
  const block = blocks.find((each) => each.undecoded.length > 0) as DecodedBlock;
  const hash = contentHashOf(block);

  it('changes with every part of the content', () => {
    const [event, ...otherEvents] = block.events;
    const [transaction, ...otherTransactions] = block.block.transactions;
    const changed: DecodedBlock[] = [
      { ...block, events: otherEvents },
      {
        ...block,
        events: [{ ...event, data: bytesOf('other', 100) } as (typeof block.events)[number], ...otherEvents],
      },
      { ...block, undecoded: [] },
      { ...block, instructions: block.instructions.slice(1) },
      { ...block, truncatedTransactions: [0] },
      {
        ...block,
        block: { ...block.block, transactions: [{ ...transaction, feeLamports: 1n } as never, ...otherTransactions] },
      },
    ];
    const hashes = changed.map(contentHashOf);
    expect(new Set([...hashes, hash]).size).toBe(changed.length + 1);
  });

  it('does not depend on account states, which a backfill cannot see', () => {
    const backfilled = { ...block, accounts: [], block: { ...block.block, hasAccounts: false } };
    expect(contentHashOf(backfilled)).toBe(hash);
  });

  it('differs between blocks of the same slot', () => {
    expect(contentHashOf(blockOf(500n, 'x', null))).not.toBe(contentHashOf(blockOf(500n, 'y', null)));
  });
});
