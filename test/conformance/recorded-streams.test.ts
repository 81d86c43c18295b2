/**
 * The second table of the fixtures' README: streams of a real validator, in any interleaving, give the rows that its RPC
 * tells of the same blocks.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import bs58 from 'bs58';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Assembler } from '../../indexer/assemble/assembler.ts';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import type { DecodedBlock } from '../../indexer/decode/decoded-block.ts';
import { parseIdlText } from '../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry } from '../../indexer/decode/registry.ts';
import type { Block } from '../../indexer/domain/chain.ts';
import { encodeTransactionError, type RpcTransactionError } from '../../indexer/rpc/transaction-error.ts';
import { convertUpdate } from '../../indexer/stream/official-update.ts';
import { readUpdate } from '../../indexer/stream/raw-update.ts';
import type { Update } from '../../indexer/stream/update.ts';
import { canonicalText, type RecordingName, recordedMessages, recordedUpdates } from '../indexer/stream/recordings.ts';
import { describeShared, sharedPath } from './shared-data.ts';

interface TrueTransaction {
  readonly index: number;
  readonly signature: string;
  readonly err: RpcTransactionError | null;
  readonly logs: readonly string[];
}

interface TrueBlock {
  readonly slot: number;
  readonly parentSlot: number;
  readonly blockhash: string;
  readonly previousBlockhash: string;
  readonly blockTime: number;
  readonly programTransactions: readonly TrueTransaction[];
}

const folder = sharedPath('fixtures/yellowstone');

function truth(): Map<bigint, TrueBlock> {
  const { blocks } = JSON.parse(gunzipSync(readFileSync(join(folder, 'blocks.json.gz'))).toString()) as {
    blocks: readonly TrueBlock[];
  };
  return new Map(blocks.map((block) => [BigInt(block.slot), block]));
}

function registry(): Registry {
  const idl = parseIdlText(readFileSync(join(folder, 'idl.json'), 'utf8'));
  return buildRegistry([{ programId: idl.address ?? '', prefix: 'recorded', idl, validFromSlot: 0n }]);
}

function blocksOf(updates: readonly Update[]): Block[] {
  const assembler = new Assembler({ hasAccounts: true });
  const facts = updates.flatMap((each) => assembler.push(each));
  const blocks = facts.flatMap((each) => (each.kind === 'block' ? [each.block] : []));
  return blocks.sort((left, right) => Number(left.slot - right.slot));
}

function rowsOf(blocks: readonly Block[]): DecodedBlock[] {
  const known = registry();
  return blocks.map((block) => decodeBlock(block, known));
}

const eventsOf = (rows: readonly DecodedBlock[]) => rows.flatMap(({ events }) => events);

/** What the RPC's logs of successful transactions carry, in chain order; this program calls no other. */
function trueEventData(blocks: readonly TrueBlock[]): string[] {
  return blocks.flatMap(({ programTransactions }) =>
    programTransactions
      .filter(({ err }) => err === null)
      .flatMap(({ logs }) => logs.filter((line) => line.startsWith('Program data: ')))
      .map((line) => line.slice('Program data: '.length)),
  );
}

function expectAgreement(block: Block, known: TrueBlock | undefined): void {
  expect({
    parentSlot: Number(block.parentSlot),
    blockhash: bs58.encode(block.blockhash),
    previousBlockhash: bs58.encode(block.parentBlockhash),
    blockTime: Number(block.blockTime),
    transactions: block.transactions.map(({ index, signature, error, logMessages }) => ({
      index,
      signature: bs58.encode(signature),
      error: error === null ? null : Buffer.from(error).toString('hex'),
      logMessages,
    })),
  }).toEqual({
    parentSlot: known?.parentSlot,
    blockhash: known?.blockhash,
    previousBlockhash: known?.previousBlockhash,
    blockTime: known?.blockTime,
    transactions: known?.programTransactions.map(({ index, signature, err, logs }) => ({
      index,
      signature,
      error: err === null ? null : Buffer.from(encodeTransactionError(err)).toString('hex'),
      logMessages: logs,
    })),
  });
}

function brokenLinks(blocks: readonly Block[]): number {
  return blocks.filter(({ parentBlockhash, parentSlot }, index) => {
    const parent = blocks[index - 1];
    return (
      parent !== undefined && (parent.slot !== parentSlot || Buffer.compare(parent.blockhash, parentBlockhash) !== 0)
    );
  }).length;
}

describeShared('recorded streams of a validator', () => {
  test('confirmed: 148 blocks without a gap, 411 transactions, 524 events, none of the 37 failed', () => {
    const blocks = blocksOf(recordedUpdates('confirmed'));
    const known = truth();
    expect([blocks.length, blocks[0]?.slot, blocks.at(-1)?.slot, brokenLinks(blocks)]).toEqual([148, 128n, 275n, 0]);
    for (const block of blocks) expectAgreement(block, known.get(block.slot));
    const transactions = blocks.flatMap((block) => block.transactions);
    expect([transactions.length, transactions.filter(({ error }) => error !== null).length]).toEqual([411, 37]);
    const rows = rowsOf(blocks);
    expect(eventsOf(rows)).toHaveLength(524);
    // The failed transactions failed at an instruction that the program itself could not read.
    expect(new Set(rows.flatMap(({ undecoded }) => undecoded.map(({ source }) => source)))).toEqual(
      new Set(['instruction']),
    );
    expect(rows.flatMap(({ undecoded }) => undecoded)).toHaveLength(37);
    expect(rows.flatMap(({ truncatedTransactions }) => truncatedTransactions)).toEqual([]);
    const inRange = [...known.values()].filter(({ slot }) => slot >= 128 && slot <= 275);
    expect(eventsOf(rows).map(({ data }) => Buffer.from(data).toString('base64'))).toEqual(trueEventData(inRange));
  });

  test('processed: the same blocks once they are confirmed', () => {
    const byLevel = (name: RecordingName) =>
      new Map(blocksOf(recordedUpdates(name)).map((each) => [each.slot, canonicalText(each)]));
    const processed = byLevel('processed');
    const confirmed = byLevel('confirmed');
    expect(processed.size).toBeGreaterThan(140);
    for (const [slot, block] of processed) expect(block).toBe(confirmed.get(slot) ?? block);
    const both = [...processed.keys()].filter((slot) => confirmed.has(slot)).length;
    expect(both).toBeGreaterThanOrEqual(147);
  });

  test('replay: merged with the live stream in any interleaving, the same rows, none doubled', () => {
    const live = recordedUpdates('confirmed');
    const replay = recordedUpdates('replay');
    const known = registry();
    const textOf = (updates: readonly Update[]) =>
      blocksOf(updates).map((each) => canonicalText(decodeBlock(each, known)));
    const expected = textOf(live);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 20, maxLength: 2_500 }), (turns) => {
        const merged: Update[] = [];
        for (let l = 0, r = 0, turn = 0; l < live.length || r < replay.length; turn += 1) {
          const takeLive = r >= replay.length || (l < live.length && turns[turn % turns.length] === true);
          merged.push((takeLive ? live[l++] : replay[r++]) as Update);
        }
        expect(textOf(merged)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  test('read by either transport, message by message, and in any interleaving: the blocks that the RPC tells', () => {
    const read = (name: RecordingName) => {
      const messages = recordedMessages(name);
      const byObject = messages.map((message) => convertUpdate(SubscribeUpdate.decode(message)));
      return messages.map((message, index) => ({ raw: readUpdate(message), official: byObject[index] ?? null }));
    };
    const [live, replay] = [read('confirmed'), read('replay')];
    const known = truth();
    const expected = blocksOf(recordedUpdates('confirmed'));
    for (const block of expected) expectAgreement(block, known.get(block.slot));
    const expectedTexts = expected.map(canonicalText);
    const turns = fc.array(fc.record({ isLive: fc.boolean(), isRaw: fc.boolean() }), {
      minLength: 20,
      maxLength: 2_000,
    });
    fc.assert(
      fc.property(turns, (order) => {
        const merged: Update[] = [];
        for (let l = 0, r = 0, turn = 0; l < live.length || r < replay.length; turn += 1) {
          const { isLive = true, isRaw = true } = order[turn % order.length] ?? {};
          const takeLive = r >= replay.length || (l < live.length && isLive);
          const next = takeLive ? live[l++] : replay[r++];
          const update = isRaw ? next?.raw : next?.official;
          if (update !== null && update !== undefined) merged.push(update);
        }
        expect(blocksOf(merged).map(canonicalText)).toEqual(expectedTexts);
      }),
      { numRuns: 10 },
    );
  });

  test('filtered-blocks: 64 blocks, 28 without a transaction, 160 transactions with one event each, links unbroken', () => {
    const blocks = blocksOf(recordedUpdates('filtered-blocks'));
    expect([blocks.length, brokenLinks(blocks)]).toEqual([64, 0]);
    expect(blocks.filter(({ transactions }) => transactions.length === 0)).toHaveLength(28);
    const rows = rowsOf(blocks);
    const eventCounts = rows.flatMap(({ block, events }) =>
      block.transactions.map(({ index }) => events.filter((event) => event.transactionIndex === index).length),
    );
    expect(eventCounts).toHaveLength(160);
    expect(new Set(eventCounts)).toEqual(new Set([1]));
  });
});
