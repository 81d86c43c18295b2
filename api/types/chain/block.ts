/**
 * `blocks`: the newest canonical blocks and whether each is final.
 * @module
 */
import { hexOf } from '../../../indexer/domain/hex.ts';
import { type BlockRow, blocksAfter, blocksPage } from '../../../indexer/store/queries/chain/blocks.ts';
import { chainCounts } from '../../../indexer/store/queries/chain/chain-status.ts';
import { builder } from '../../schema/builder.ts';
import { connectionType, pageCost, pageStart, toConnection, twoWayPageArgs } from '../../schema/connection.ts';
import { numbersOf } from '../../schema/cursor.ts';
import { timeOrNull } from './meta.ts';

const BlockType = builder.objectRef<BlockRow>('Block').implement({
  description: 'A block of the canonical chain as far as it names the indexed programs.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'Its slot.', resolve: (block) => block.slot }),
    blockhash: t.field({ type: 'Hash', description: 'Its hash.', resolve: (block) => block.blockhash }),
    parentSlot: t.field({
      type: 'U64',
      description: 'Slot of its parent; slots between were skipped.',
      resolve: (block) => block.parentSlot,
    }),
    parentBlockhash: t.field({
      type: 'Hash',
      description: 'Hash of its parent.',
      resolve: (block) => block.parentBlockhash,
    }),
    blockTime: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds; null where the chain gave none.',
      resolve: (block) => timeOrNull(block.blockTime),
    }),
    isFinalized: t.boolean({
      description: 'Whether it can no longer be replaced.',
      resolve: (block) => block.status === 'finalized',
    }),
    transactionCount: t.exposeInt('transactionCount', { description: 'Transactions that name an indexed program.' }),
    eventCount: t.exposeInt('eventCount', { description: 'Events of the indexed programs.' }),
    undecodedCount: t.exposeInt('undecodedCount', {
      description: 'Events and instructions no IDL could decode; kept raw.',
    }),
    contentHash: t.string({
      description: 'SHA-256 of what was recorded of it, hexadecimal; equal for every indexer.',
      resolve: (block) => hexOf(block.contentHash),
    }),
  }),
});

const BlockConnection = connectionType('Blocks', BlockType, { isCounted: true });

builder.queryField('blocks', (t) =>
  t.field({
    type: BlockConnection,
    description: 'Blocks, newest first.',
    args: twoWayPageArgs(t),
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 1, context);
      const [slot] = start.key === null ? [] : numbersOf(start.key);
      const limit = start.size + 1;
      const found = start.isBackward
        ? await blocksAfter(context.store, slot ?? null, start.snapshot, limit)
        : await blocksPage(context.store, slot ?? start.snapshot + 1n, limit);
      const count = async () => (await chainCounts(context.store, 0n, start.snapshot)).blockCount;
      return toConnection(start, found, (block) => [String(block.slot)], context, count);
    },
  }),
);
