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
import { type BatchEncoder, type CommitBlock, createBatchEncoder } from '../batch/block-batch.ts';
import type { TypedTable } from '../batch/chain-tables.ts';
import type { BlockHeader } from '../domain/chain.ts';
import { checkInvariant } from '../domain/errors.ts';
import { type KillStep, killable } from '../domain/kill-points.ts';
import type { Slot } from '../domain/units.ts';
import type { BlockStore, StoredBlock } from './block-store.ts';
import type { StoreClient } from './clickhouse-client.ts';
import {
  cancelMarks,
  generationAfter,
  isWholeAlready,
  keptAccountCount,
  type Mark,
  markKey,
  marksBetween,
} from './marks.ts';
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
    prepare: encode.prepare,
    cancelAbove: (slot) => cancelAbove(client, slot),
    markFinalized: (slot, blockhash) => markFinalized(client, slot, blockhash),
    finalizedSlot: async () => (await cursor(client, 'finalized'))?.slot ?? null,
  };
}

async function commit(
  client: StoreClient,
  encode: BatchEncoder,
  blocks: readonly CommitBlock[],
  onStep: StepHook,
): Promise<void> {
  const [first, last] = [blocks.at(0), blocks.at(-1)];
  if (first === undefined || last === undefined) return;
  checkLinks(blocks);
  await writeBlocks(
    client,
    encode,
    blocks,
    await linkedMarks(client, blocks, first.block.slot, last.block.slot),
    onStep,
  );
}

/** Times that marks and head are read before a missing link is believed: another writer may come between the two. */
const LINK_ATTEMPTS = 3;

/** Marks of the blocks' slots, once it is known that what is new among the blocks extends the head. */
async function linkedMarks(
  client: StoreClient,
  blocks: readonly CommitBlock[],
  firstSlot: Slot,
  lastSlot: Slot,
): Promise<ReadonlyMap<string, Mark>> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await canonicalHead(client);
    const marks = await marksBetween(client, firstSlot, lastSlot);
    // Blocks that are here already are a replay and may lie anywhere.
    const firstNew = blocks.find(({ block }) => marks.get(markKey(block))?.sign !== 1);
    if (firstNew === undefined || isLinkedTo(firstNew.block, head)) return marks;
    if (attempt === LINK_ATTEMPTS) checkLinkedTo(firstNew.block, head);
  }
}

/** Rows of all tables, then the marks. The caller has checked the links. */
export async function writeBlocks(
  client: StoreClient,
  encode: BatchEncoder,
  blocks: readonly CommitBlock[],
  marks: ReadonlyMap<string, Mark>,
  onStep: StepHook,
): Promise<void> {
  const fresh = blocks.filter((each) => {
    const isProvable = 'rows' in each ? each.isProvable : each.truncatedTransactions.length === 0;
    const { hasAccounts } = each.block;
    return !isWholeAlready(marks.get(markKey(each.block)), { isProvable, hasAccounts });
  });
  if (fresh.length === 0) return;
  const batch = encode(
    fresh,
    ({ block }) => generationAfter(marks.get(markKey(block))),
    ({ block }) => keptAccountCount(marks.get(markKey(block)), block.hasAccounts),
  );
  await Promise.all(batch.rows.map((each) => killable(commitStepOf(each.table), () => client.insert(each))));
  await onStep('rows_written');
  await killable('commit-blocks', () => client.insert(batch.marks));
  await onStep('marks_written');
}

const commitSteps: ReadonlyMap<string, KillStep> = new Map(
  (['transactions', 'events', 'instructions', 'accounts', 'undecoded'] as const).map(
    (table) => [table, `commit-${table}`] as const,
  ),
);

function commitStepOf(table: string): KillStep {
  return commitSteps.get(table) ?? 'commit-typed';
}

/** @throws InvariantError `STORE__NOT_LINKED` unless each block follows the one before it */
export function checkLinks(blocks: readonly CommitBlock[]): void {
  for (const [index, { block }] of blocks.entries()) {
    const parent = blocks[index - 1]?.block;
    if (parent !== undefined) checkLinkedTo(block, parent);
  }
}

type Head = Pick<StoredBlock, 'slot' | 'blockhash'>;

export function isLinkedTo(block: Pick<StoredBlock, 'parentSlot' | 'parentBlockhash'>, head: Head | null): boolean {
  if (head === null) return true;
  return block.parentSlot === head.slot && Buffer.compare(block.parentBlockhash, head.blockhash) === 0;
}

function checkLinkedTo(block: BlockHeader, head: Head | null): void {
  checkInvariant(
    isLinkedTo(block, head),
    'STORE__NOT_LINKED',
    `Block ${block.slot} does not follow block ${head?.slot}`,
    {
      slot: block.slot,
      parentSlot: block.parentSlot,
      headSlot: head?.slot ?? null,
    },
  );
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
  if (last !== undefined) await killable('cancel', () => cancelMarks(client, slot, last.slot));
  return cancelled;
}

export async function markFinalized(client: StoreClient, slot: Slot, blockhash: Uint8Array): Promise<void> {
  const mark = (await marksBetween(client, slot, slot)).get(markKey({ slot, bank: 0, blockhash }));
  checkInvariant(mark?.sign === 1, 'STORE__NOT_COMMITTED', `Block ${slot} is finalized but not committed here`, {
    slot,
  });
  await killable('finalized-cursor', () => moveCursor(client, 'finalized', slot, blockhash));
}
