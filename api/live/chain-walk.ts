/**
 * The way of one reader along the canonical chain: what comes after the block it is at. A block that was replaced is told
 * as a retraction and leads back to its parent, down to where the branches part. Nothing of a reader is kept but the block
 * it is at, so any reader goes on from a cursor as if it had never been away.
 * @module
 */
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { type BranchBlock, blocksSeenAt, branchFrom } from '../../indexer/store/queries/chain/block-branches.ts';
import { lastBlockUntil } from '../../indexer/store/queries/chain/blocks.ts';
import type { BlockFeed } from './live-record.ts';

export type WalkStep =
  | { readonly kind: 'block'; readonly block: BranchBlock; readonly isGap: boolean }
  /** `back`: where the reader stands afterwards; `null` before the first block. */
  | { readonly kind: 'retraction'; readonly block: BranchBlock; readonly back: BranchBlock | null };

/** Blocks that are read at once by a reader that is far behind. */
const CATCH_UP_BLOCKS = 64;

/** What comes next for a reader at `at` (`null`: before the first block); empty when it has seen everything. */
export async function nextSteps(
  feed: Pick<BlockFeed, 'found'>,
  store: StoreClient,
  at: BranchBlock | null,
): Promise<readonly WalkStep[]> {
  const tail = feed.found ?? [];
  const first = tail[0];
  if (first === undefined) return at === null ? [] : [await retractionOf(store, at)];
  if (at !== null && at.slot >= first.slot) {
    const index = tail.findIndex((block) => isSame(block, at));
    return index < 0 ? [await retractionOf(store, at)] : forward(at, tail.slice(index + 1));
  }
  const chain = await branchFrom(store, at?.slot ?? 0n, CATCH_UP_BLOCKS + 1);
  if (at === null) return forward(null, chain);
  const [here, ...after] = chain;
  return here !== undefined && isSame(here, at) ? forward(at, after) : [await retractionOf(store, at)];
}

function forward(at: BranchBlock | null, blocks: readonly BranchBlock[]): WalkStep[] {
  return blocks.map((block, index) => {
    const before = index === 0 ? at : (blocks[index - 1] ?? null);
    return { kind: 'block', block, isGap: before !== null && !isParent(before, block) };
  });
}

async function retractionOf(store: StoreClient, block: BranchBlock): Promise<WalkStep> {
  const candidates = await blocksSeenAt(store, block.parentSlot);
  const parent = candidates.find((each) => isParent(each, block));
  return { kind: 'retraction', block, back: parent ?? (await lastBefore(store, block)) };
}

/** Where the parent was never recorded: the last canonical block before. */
async function lastBefore(store: StoreClient, { slot }: BranchBlock): Promise<BranchBlock | null> {
  return slot === 0n ? null : lastBlockUntil(store, slot - 1n);
}

function isParent(parent: BranchBlock, child: BranchBlock): boolean {
  return parent.slot === child.parentSlot && Buffer.compare(parent.blockhash, child.parentBlockhash) === 0;
}

export function isSame(left: BranchBlock, right: BranchBlock): boolean {
  return left.slot === right.slot && Buffer.compare(left.blockhash, right.blockhash) === 0;
}
