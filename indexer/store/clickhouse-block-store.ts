/**
 * The store of blocks over ClickHouse.
 *
 * Why a crash cannot hurt. A commit inserts the rows of all tables in parallel and then, in one insert, the marks in
 * `blocks`. Only rows of marked blocks are seen. A crash before the marks leaves rows that no reader sees; the same
 * blocks again write the same rows over them (one key, one row after FINAL). Should the chain have replaced a block
 * meanwhile, the rows it left behind stay unseen for ever: nobody will mark their blockhash.
 *
 * Why a fork cannot hurt. A cancel is one insert of marks with `sign = -1` and the next generation: all or nothing, and
 * nothing else has to be undone, since the rows of the block are seen through its mark. A block that returns gets the
 * generation after that. Generations only grow, so a writer that acts on what it read long ago writes a mark that loses
 * to the newer one, and two writers that see the same chain write the same marks.
 *
 * Several marks per insert: all rows of one insert go to one part per partition (a Solana epoch of slots). Where a batch
 * spans two, marks of the earlier one may be in and those of the later not, which is a shorter commit, not a broken one.
 * @module
 */
import { type BatchEncoder, createBatchEncoder } from '../batch/block-batch.ts';
import type { TypedTable } from '../batch/chain-tables.ts';
import type { DecodedBlock } from '../decode/decoded-block.ts';
import type { BlockHeader } from '../domain/chain.ts';
import { checkInvariant } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { BlockStore, StoredBlock } from './block-store.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { cancelMarks, generationAfter, keptAccountCount, type Mark, markKey, marksBetween } from './marks.ts';
import { canonicalHead, canonicalHeadersAbove, storedBlocksFrom } from './queries/blocks.ts';
import { cursor, moveCursor } from './queries/cursors.ts';

/** Called between the steps of a commit; tests stop the process there. */
export type StepHook = (step: 'rows_written' | 'marks_written') => void | Promise<void>;

/**
 * A store that writes the chain tables and `eventTables`, which must exist (`ensureEventTables`).
 * @param decodedBy number of IDLs added to the registry that decodes the blocks
 * @throws InputError `BATCH__UNKNOWN_TYPE`
 */
export function createBlockStore(
  client: StoreClient,
  eventTables: readonly TypedTable[],
  onStep: StepHook = () => undefined,
  decodedBy = 0,
): BlockStore {
  const encode = createBatchEncoder(eventTables, decodedBy);
  return {
    head: () => canonicalHead(client),
    blocksFrom: (fromSlot) => storedBlocksFrom(client, fromSlot),
    commit: (blocks) => commit(client, encode, blocks, onStep),
    cancelAbove: (slot) => cancelAbove(client, slot),
    markFinalized: (slot, blockhash) => markFinalized(client, slot, blockhash),
    finalizedSlot: async () => (await cursor(client, 'finalized'))?.slot ?? null,
  };
}

async function commit(
  client: StoreClient,
  encode: BatchEncoder,
  blocks: readonly DecodedBlock[],
  onStep: StepHook,
): Promise<void> {
  const [first, last] = [blocks.at(0), blocks.at(-1)];
  if (first === undefined || last === undefined) return;
  checkLinks(blocks);
  const [marks, head] = await Promise.all([
    marksBetween(client, first.block.slot, last.block.slot),
    canonicalHead(client),
  ]);
  const firstNew = blocks.find(({ block }) => marks.get(markKey(block))?.sign !== 1);
  // Blocks that are here already are a replay and may lie anywhere; what is new must extend the head.
  if (firstNew !== undefined) checkLinkedTo(firstNew.block, head);
  await write(client, encode, blocks, marks, onStep);
}

async function write(
  client: StoreClient,
  encode: BatchEncoder,
  blocks: readonly DecodedBlock[],
  marks: ReadonlyMap<string, Mark>,
  onStep: StepHook,
): Promise<void> {
  const batch = encode(
    blocks,
    ({ block }) => generationAfter(marks.get(markKey(block))),
    ({ block }) => keptAccountCount(marks.get(markKey(block)), block.hasAccounts),
  );
  await Promise.all(batch.rows.map((each) => client.insert(each)));
  await onStep('rows_written');
  await client.insert(batch.marks);
  await onStep('marks_written');
}

function checkLinks(blocks: readonly DecodedBlock[]): void {
  for (const [index, { block }] of blocks.entries()) {
    const parent = blocks[index - 1]?.block;
    if (parent !== undefined) checkLinkedTo(block, parent);
  }
}

function checkLinkedTo(block: BlockHeader, head: Pick<StoredBlock, 'slot' | 'blockhash'> | null): void {
  const isLinked =
    head === null || (block.parentSlot === head.slot && Buffer.compare(block.parentBlockhash, head.blockhash) === 0);
  checkInvariant(isLinked, 'STORE__NOT_LINKED', `Block ${block.slot} does not follow block ${head?.slot}`, {
    slot: block.slot,
    parentSlot: block.parentSlot,
    headSlot: head?.slot ?? null,
  });
}

async function cancelAbove(client: StoreClient, slot: Slot): Promise<readonly BlockHeader[]> {
  const finalized = await cursor(client, 'finalized');
  checkInvariant(
    finalized === null || slot >= finalized.slot,
    'STORE__CANCEL_FINALIZED',
    `Blocks above ${slot} include block ${finalized?.slot}, which was finalized`,
    { slot, finalizedSlot: finalized?.slot ?? null },
  );
  const cancelled = await canonicalHeadersAbove(client, slot);
  const last = cancelled.at(-1);
  if (last !== undefined) await cancelMarks(client, slot, last.slot);
  return cancelled;
}

async function markFinalized(client: StoreClient, slot: Slot, blockhash: Uint8Array): Promise<void> {
  const mark = (await marksBetween(client, slot, slot)).get(markKey({ slot, bank: 0, blockhash }));
  checkInvariant(mark?.sign === 1, 'STORE__NOT_COMMITTED', `Block ${slot} is finalized but not committed here`, {
    slot,
  });
  await moveCursor(client, 'finalized', slot, blockhash);
}
