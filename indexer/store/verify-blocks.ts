/**
 * Proof that a range of blocks is whole and is what was decoded: the chain of parents, row counts against the marks,
 * the content hash of every block taken again from its stored rows, and a hash per 1,000 slots that two indexers compare.
 *
 * In: a store and a range of slots. Out: what was found wrong, and the hashes. It reads, and changes nothing.
 * @module
 */
import { createHash } from 'node:crypto';
import { hexOf } from '../domain/hex.ts';
import type { Slot } from '../domain/units.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { type BlockRow, blocksBetween } from './queries/chain/blocks.ts';
import { type CutCall, cutCalls } from './queries/chain/cut-logs.ts';
import { findGaps, type Gap } from './queries/chain/gaps.ts';
import { missingTransactions, uncheckedIn } from './queries/chain/transaction-checks.ts';
import { accountCounts, type StoredContent, storedContent, typedDifferences } from './stored-content.ts';

export const BUCKET_SLOTS = 1_000n;

/** Rows that are held in memory at once, about. */
const CHUNK_ROWS = 50_000;

/** Dropped transactions that are told one by one. */
const MAX_DROPPED = 1_000;

/** Calls with a cut log that are told one by one, of one chunk of blocks. */
const MAX_CUT_CALLS = 1_000;

export type BlockProblem =
  | { readonly kind: 'gap'; readonly slot: Slot; readonly gap: Gap }
  /** A table does not have as many rows as the mark says. */
  | {
      readonly kind: 'count';
      readonly slot: Slot;
      readonly table: string;
      readonly marked: bigint;
      readonly found: bigint;
    }
  /** The stored rows do not have the hash of the mark. */
  | { readonly kind: 'content'; readonly slot: Slot; readonly marked: string; readonly found: string }
  /** A log was cut or absent, so events may be missing that nobody saw. */
  | {
      readonly kind: 'not_provable';
      readonly slot: Slot;
      /** Calls of our programs in the transactions concerned: of these, events may be missing. */
      readonly calls: readonly CutCall[];
    }
  /** A node names a transaction of our programs that the record does not have: the stream dropped it. */
  | { readonly kind: 'dropped'; readonly slot: Slot; readonly signature: Uint8Array };

export interface VerifiedBucket {
  readonly fromSlot: Slot;
  readonly toSlot: Slot;
  readonly blockCount: number;
  /** Hex SHA-256 over slot, blockhash and content hash of its blocks, in order. */
  readonly hash: string;
  /** Hex SHA-256 over the rolling hash before it and `hash`; the first begins with 32 zero bytes. */
  readonly rollingHash: string;
}

export interface BlocksReport {
  readonly fromSlot: Slot;
  readonly toSlot: Slot;
  readonly blockCount: number;
  readonly rowCount: number;
  readonly problems: readonly BlockProblem[];
  readonly buckets: readonly VerifiedBucket[];
  /**
   * First slot of the range whose transactions no node was asked about, where the feed makes that necessary: from there
   * on it is not proven that the server dropped none inside a block. `null` for none.
   */
  readonly uncheckedFromSlot: Slot | null;
}

/** Buckets are cut at multiples of 1,000 slots; the first and the last may be shorter. */
export async function verifyBlocks(
  client: StoreClient,
  fromSlot: Slot,
  toSlot: Slot,
  onBucket: (bucket: VerifiedBucket) => void = () => undefined,
): Promise<BlocksReport> {
  const gaps = await findGaps(client, fromSlot, toSlot);
  const problems: BlockProblem[] = gaps.map((gap) => ({ kind: 'gap', slot: gap.nextSlot, gap }));
  for (const { slot, signature } of await missingTransactions(client, fromSlot, toSlot, MAX_DROPPED)) {
    problems.push({ kind: 'dropped', slot, signature });
  }
  const buckets: VerifiedBucket[] = [];
  let rowCount = 0;
  for (const bucket of bucketsOf(fromSlot, toSlot)) {
    const blocks = await blocksBetween(client, bucket.fromSlot, bucket.toSlot, Number(BUCKET_SLOTS));
    for (const chunk of chunksOf(blocks)) problems.push(...(await verifyChunk(client, chunk)));
    rowCount += blocks.reduce((sum, block) => sum + rowsOf(block), 0);
    const verified = hashBucket(bucket, blocks, buckets.at(-1)?.rollingHash ?? '00'.repeat(32));
    buckets.push(verified);
    onBucket(verified);
  }
  const blockCount = buckets.reduce((sum, each) => sum + each.blockCount, 0);
  const uncheckedFromSlot = await uncheckedIn(client, fromSlot, toSlot);
  return { fromSlot, toSlot, blockCount, rowCount, problems: problems.sort(bySlot), buckets, uncheckedFromSlot };
}

function bySlot(left: BlockProblem, right: BlockProblem): number {
  return left.slot < right.slot ? -1 : Number(left.slot > right.slot);
}

function bucketsOf(fromSlot: Slot, toSlot: Slot): { fromSlot: Slot; toSlot: Slot }[] {
  const buckets: { fromSlot: Slot; toSlot: Slot }[] = [];
  for (let from = fromSlot; from <= toSlot; ) {
    const end = (from / BUCKET_SLOTS + 1n) * BUCKET_SLOTS - 1n;
    buckets.push({ fromSlot: from, toSlot: end < toSlot ? end : toSlot });
    from = end + 1n;
  }
  return buckets;
}

function rowsOf(block: BlockRow): number {
  return block.transactionCount + block.eventCount + block.instructionCount + block.undecodedCount;
}

/** Consecutive blocks with about `CHUNK_ROWS` rows together, at least one. */
function chunksOf(blocks: readonly BlockRow[]): BlockRow[][] {
  const chunks: BlockRow[][] = [];
  let rowCount = CHUNK_ROWS;
  for (const block of blocks) {
    rowCount += rowsOf(block);
    if (rowCount > CHUNK_ROWS) {
      chunks.push([]);
      rowCount = rowsOf(block);
    }
    chunks.at(-1)?.push(block);
  }
  return chunks;
}

async function verifyChunk(client: StoreClient, blocks: readonly BlockRow[]): Promise<BlockProblem[]> {
  const [first, last] = [blocks[0]?.slot ?? 0n, blocks.at(-1)?.slot ?? 0n];
  const [contentOf, accounts, typed] = await Promise.all([
    storedContent(client, first, last),
    accountCounts(client, first, last),
    typedDifferences(client, first, last),
  ]);
  const accountCountBySlot = new Map(accounts.map((each) => [each.slot, each.rowCount]));
  const problems = blocks.flatMap((block) => [
    ...contentProblems(block, contentOf(block.slot)),
    ...accountProblems(block, accountCountBySlot.get(block.slot) ?? 0n),
  ]);
  problems.push(...(await unprovable(client, blocks)));
  for (const { slot, table, eventCount, typedCount } of typed) {
    problems.push({ kind: 'count', slot, table, marked: eventCount, found: typedCount });
  }
  return problems;
}

async function unprovable(client: StoreClient, blocks: readonly BlockRow[]): Promise<BlockProblem[]> {
  const slots = blocks.filter(({ provable }) => provable === 0).map(({ slot }) => slot);
  const [first, last] = [slots.at(0), slots.at(-1)];
  if (first === undefined || last === undefined) return [];
  const calls = await cutCalls(client, first, last, MAX_CUT_CALLS);
  return slots.map((slot) => ({ kind: 'not_provable', slot, calls: calls.filter((call) => call.slot === slot) }));
}

function contentProblems(block: BlockRow, stored: StoredContent): BlockProblem[] {
  const { slot } = block;
  const marked = {
    transactions: block.transactionCount,
    events: block.eventCount,
    instructions: block.instructionCount,
    undecoded: block.undecodedCount,
  };
  const problems: BlockProblem[] = [];
  for (const [table, count] of Object.entries(marked)) {
    const found = stored.rowCounts[table as keyof typeof marked];
    if (found !== count) problems.push({ kind: 'count', slot, table, marked: BigInt(count), found: BigInt(found) });
  }
  const [markedHash, foundHash] = [hexOf(block.contentHash), hexOf(stored.contentHash)];
  if (markedHash !== foundHash) problems.push({ kind: 'content', slot, marked: markedHash, found: foundHash });
  return problems;
}

function accountProblems(block: BlockRow, found: bigint): BlockProblem[] {
  // The block may have more than its own: those of a snapshot, and those that another writer brought.
  const marked = BigInt(block.accountCount);
  if (block.hasAccounts === 0 || marked <= found) return [];
  return [{ kind: 'count', slot: block.slot, table: 'accounts', marked, found }];
}

function hashBucket(
  bucket: { fromSlot: Slot; toSlot: Slot },
  blocks: readonly BlockRow[],
  rollingHash: string,
): VerifiedBucket {
  const content = createHash('sha256');
  for (const block of blocks) {
    const slot = Buffer.alloc(8);
    slot.writeBigUInt64LE(block.slot);
    content.update(slot).update(block.blockhash).update(block.contentHash);
  }
  const hash = content.digest('hex');
  const rolled = createHash('sha256').update(rollingHash, 'hex').update(hash, 'hex').digest('hex');
  return { ...bucket, blockCount: blocks.length, hash, rollingHash: rolled };
}
