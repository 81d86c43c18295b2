/** Logs that a stream cut and a node has whole: recorded blocks, cut in any way on either side. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { Assembler } from '../../../indexer/assemble/assembler.ts';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { parseIdlText } from '../../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry } from '../../../indexer/decode/registry.ts';
import type { Block } from '../../../indexer/domain/chain.ts';
import { UpstreamError } from '../../../indexer/domain/errors.ts';
import { WholeLogs } from '../../../indexer/pipeline/cut-logs.ts';
import { newStatus } from '../../../indexer/pipeline/status.ts';
import { describeShared, sharedPath } from '../../conformance/shared-data.ts';
import { canonicalText, recordedUpdates } from '../stream/recordings.ts';

let registry: Registry;
let blocks: Block[];

/** The log of each transaction ends after so many lines; a number beyond them leaves it whole. */
function cutAfter(block: Block, lineCounts: readonly number[]): Block {
  const transactions = block.transactions.map((transaction, position) => {
    const lines = transaction.logMessages ?? [];
    const kept = lineCounts[position % lineCounts.length] ?? 0;
    return kept >= lines.length
      ? transaction
      : { ...transaction, logMessages: [...lines.slice(0, kept), 'Log truncated'] };
  });
  return { ...block, transactions };
}

/** A node that has these blocks, and counts the questions. */
function nodeWith(held: readonly Block[]) {
  const node = {
    questionCount: 0,
    async *range(from: bigint): AsyncIterable<Block> {
      node.questionCount += 1;
      for (const block of held) if (block.slot === from) yield { ...block, accounts: [], hasAccounts: false };
    },
  };
  return node;
}

function wholeLogs(ancestry: ReturnType<typeof nodeWith>) {
  const status = newStatus();
  const decode = (block: Block) => decodeBlock(block, registry);
  return { logs: new WholeLogs({ ancestry, decode, status, waitMs: 1 }), status, decode };
}

describeShared('cut logs', () => {
  beforeAll(() => {
    const idl = parseIdlText(readFileSync(sharedPath('fixtures/yellowstone/idl.json'), 'utf8'));
    registry = buildRegistry([{ programId: idl.address ?? '', prefix: 'recorded', idl, validFromSlot: 0n }]);
    const assembler = new Assembler({ hasAccounts: true });
    const facts = recordedUpdates('confirmed').flatMap((each) => assembler.push(each));
    const all = facts.flatMap((each) => (each.kind === 'block' ? [each.block] : []));
    blocks = all.filter(({ transactions }) => transactions.some(({ error }) => error === null));
  });

  test('whatever either cut, each transaction has the log of who has it whole, and the stream has the last word else', async () => {
    const counts = fc.array(fc.nat(14), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.nat(blocks.length - 1), counts, counts, async (at, byStream, byNode) => {
        const block = blocks[at] as Block;
        const [streamed, held] = [cutAfter(block, byStream), cutAfter(block, byNode)];
        const { logs, decode, status } = wholeLogs(nodeWith([held]));
        const [ofStream, ofNode] = [decode(streamed), decode(held)];
        const best = streamed.transactions.map((each, position) => {
          const isCut = ofStream.truncatedTransactions.includes(each.index);
          const isHeld = !ofNode.truncatedTransactions.includes(each.index);
          return isCut && isHeld ? (held.transactions[position] ?? each) : each;
        });
        const expected = decode({ ...streamed, transactions: best });
        expect(canonicalText(await logs.decode(streamed))).toBe(canonicalText(expected));
        expect(status.truncatedTotal).toBe(expected.truncatedTransactions.length);
        expect(status.recoveredLogsTotal).toBe(
          ofStream.truncatedTransactions.length - expected.truncatedTransactions.length,
        );
      }),
      { numRuns: 150 },
    );
  });

  test('a block that is whole, or came from the node itself, is not asked for', async () => {
    const node = nodeWith(blocks);
    const { logs } = wholeLogs(node);
    await logs.decode(blocks[0] as Block);
    await logs.decode({ ...cutAfter(blocks[0] as Block, [1]), accounts: [], hasAccounts: false });
    expect(node.questionCount).toBe(0);
  });

  test('a node that cuts as early is soon asked only now and then', async () => {
    const cut = blocks.map((block) => cutAfter(block, [1]));
    const node = nodeWith(cut);
    const { logs } = wholeLogs(node);
    for (let round = 0; round < 210; round += 1) await logs.decode(cut[round % cut.length] as Block);
    expect(node.questionCount).toBe(7);
  });

  test('a node that does not answer, has another block or none, costs a moment and nothing else', async () => {
    const block = cutAfter(blocks[0] as Block, [1]);
    const other = { ...(blocks[0] as Block), blockhash: Buffer.alloc(32, 1) };
    const failing = { ...nodeWith([]), range: () => fail() };
    const silent = { ...nodeWith([]), range: () => silence() };
    for (const node of [nodeWith([]), nodeWith([other]), failing, silent]) {
      const { logs, decode, status } = wholeLogs(node);
      expect(canonicalText(await logs.decode(block))).toBe(canonicalText(decode(block)));
      expect(status).toMatchObject({
        recoveredLogsTotal: 0,
        truncatedTotal: decode(block).truncatedTransactions.length,
      });
    }
  });
});

async function* fail(): AsyncGenerator<Block> {
  yield* [];
  throw new UpstreamError('RPC__UNREACHABLE', 'nobody');
}

async function* silence(): AsyncGenerator<Block> {
  yield* [];
  await new Promise(() => undefined);
}
