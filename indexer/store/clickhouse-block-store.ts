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
 * Why a second writer cannot hurt. Nobody holds a lock. A commit looks at the record before its rows and again behind
 * its marks: of two writers that did not know of each other, the one whose marks came last sees both, takes its own back
 * and says so. A cancel names a block that was replaced; where that block does not count, another was here before.
 *
 * Several marks per insert: all rows of one insert go to one part per partition (a Solana epoch of slots). Where a batch
 * spans two, marks of the earlier one may be in and those of the later not, which is a shorter commit, not a broken one.
 * @module
 */
import { type BatchEncoder, type CommitBlock, createBatchEncoder } from '../batch/block-batch.ts';
import type { TypedTable } from '../batch/chain-tables.ts';
import { compareBytes } from '../domain/base58.ts';
import type { BlockHeader } from '../domain/chain.ts';
import { checkInvariant, InvariantError } from '../domain/errors.ts';
import { type KillStep, killable } from '../domain/kill-points.ts';
import type { Slot } from '../domain/units.ts';
import type { BlockStore, StoredBlock } from './block-store.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { breakOf, checkChain, checkLinkedTo, checkLinks, type Head, lineageFrom } from './lineage.ts';
import {
  cancelBlocks,
  cancelMarks,
  generationAfter,
  isWholeAlready,
  keptAccountCount,
  type Mark,
  markKey,
} from './marks.ts';
import { canonicalHead, canonicalHeadersAbove, storedBlocksFrom } from './queries/chain/blocks.ts';
import { cursor } from './queries/chain/cursors.ts';
import { Finality, restoreFinalized } from './restore-finalized.ts';

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
  const finality = new Finality(client);
  return {
    head: () => canonicalHead(client),
    blocksFrom: (fromSlot) => storedBlocksFrom(client, fromSlot),
    commit: (blocks) => commit(client, encode, blocks, onStep),
    prepare: encode.prepare,
    cancelAbove: (slot, replaced) => cancelAbove(client, slot, replaced),
    markFinalized: (slot, blockhash) => finality.mark(slot, blockhash),
    finalizedSlot: async () => (await cursor(client, 'finalized'))?.slot ?? null,
    restoreFinalized: () => finality.restore(),
  };
}

async function commit(
  client: StoreClient,
  encode: BatchEncoder,
  blocks: readonly CommitBlock[],
  onStep: StepHook,
): Promise<void> {
  const first = blocks.at(0);
  if (first === undefined) return;
  checkLinks(blocks);
  const { marks, chain } = await lineageFrom(client, first.block.parentSlot);
  checkChain(chain);
  // Blocks that are here already are a replay and may lie anywhere.
  const fresh = blocks.filter(({ block }) => marks.get(markKey(block))?.sign !== 1).map(({ block }) => block);
  const [firstNew] = fresh;
  const head = chain.at(-1) ?? (await canonicalHead(client));
  if (firstNew !== undefined) checkLinkedTo(firstNew, head);
  await writeBlocks(client, encode, blocks, marks, onStep);
  if (firstNew !== undefined) await checkHeld(client, [firstNew, ...fresh.slice(1)], head);
}

/** @throws InvariantError `STORE__NOT_LINKED` when what was written on top of `head` is not the record's one chain */
async function checkHeld(
  client: StoreClient,
  written: readonly [BlockHeader, ...BlockHeader[]],
  head: Head | null,
): Promise<void> {
  const { marks, chain } = await lineageFrom(client, head?.slot ?? 0n);
  const isThere = written.every((block) => marks.get(markKey(block))?.sign === 1);
  const isOnHead = head === null || chain[0]?.slot === head.slot;
  if (isThere && isOnHead && breakOf(chain) < 0) return;
  await killable('cancel', () => cancelBlocks(client, written));
  throw new InvariantError(
    'STORE__NOT_LINKED',
    `Another writer came between block ${head?.slot} and block ${written[0].slot}, which was taken back`,
    { slot: written[0].slot, headSlot: head?.slot ?? null },
  );
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

async function cancelAbove(
  client: StoreClient,
  slot: Slot,
  replaced?: Pick<StoredBlock, 'blockhash'>,
): Promise<readonly BlockHeader[]> {
  const found = await canonicalHeadersAbove(client, slot);
  const isReplaced = ({ blockhash }: BlockHeader) =>
    replaced === undefined || compareBytes(blockhash, replaced.blockhash) === 0;
  const cancelled = found.some(isReplaced) ? found : [];
  const last = cancelled.at(-1);
  if (last === undefined) return cancelled;
  await checkNotFinal(client, slot);
  await killable('cancel', () => cancelMarks(client, slot, last.slot));
  // Another writer may have moved the cursor since.
  await checkNotFinal(client, slot).catch(async (error: unknown) => {
    const finalized = await cursor(client, 'finalized');
    if (finalized !== null) await restoreFinalized(client, finalized, slot);
    throw error;
  });
  return cancelled;
}

async function checkNotFinal(client: StoreClient, aboveSlot: Slot): Promise<void> {
  const finalized = await cursor(client, 'finalized');
  checkInvariant(
    finalized === null || aboveSlot >= finalized.slot,
    'STORE__CANCEL_FINALIZED',
    `Blocks above ${aboveSlot} include block ${finalized?.slot}, which was finalized`,
    { slot: aboveSlot, finalizedSlot: finalized?.slot ?? null },
  );
}
