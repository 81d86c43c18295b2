/**
 * A finalized block counts, whatever was written. A writer that is far behind may still follow a branch there, and cancel
 * the block in the moment between its own look at the cursor and the mark: it sees no block that is final yet, and who moves
 * the cursor sees no block that is cancelled. Each looks again behind what it wrote, so one of the two finds the contradiction
 * and lets the cursor hold; where it died before, whoever begins next does.
 * @module
 */
import type { Slot } from '../domain/units.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { type BlockIdentity, cancelBlocks, cancelMarks, restoreBlocks } from './marks.ts';
import { cursor } from './queries/cursors.ts';
import { firstRow, rows } from './rows.ts';

type Place = Pick<BlockIdentity, 'slot' | 'blockhash'>;

interface ParentedMark extends BlockIdentity {
  readonly parentSlot: Slot;
  readonly parentBlockhash: Uint8Array;
  readonly sign: number;
}

const MAX_SLOT = 2n ** 64n - 1n;

/** Makes the finalized block count again, and its ancestors, and what another branch wrote in their place no more. */
export async function restoreFinalized(client: StoreClient): Promise<void> {
  const finalized = await cursor(client, 'finalized');
  if (finalized === null) return;
  const lost: ParentedMark[] = [];
  let mark = await markOf(client, finalized);
  for (; mark !== null && mark.sign !== 1; mark = await markOf(client, parentOf(mark))) lost.push(mark);
  const lowest = lost.at(-1);
  if (lowest === undefined) return;
  // In this order: a reader finds a chain that is too short, and never two.
  await cancelMarks(client, lowest.parentSlot, MAX_SLOT);
  await restoreBlocks(client, lost);
}

/**
 * As `restoreFinalized`, where blocks above a slot may have been cancelled below a finalized one that still counts: the
 * writer ahead does not look back so far.
 */
export async function restoreFinalizedAbove(client: StoreClient, aboveSlot: Slot): Promise<void> {
  const finalized = await cursor(client, 'finalized');
  if (finalized === null || finalized.slot <= aboveSlot) return;
  const found = await rows<ParentedMark>(
    client,
    `SELECT slot, bank, blockhash, parent_slot AS parentSlot, parent_blockhash AS parentBlockhash, sign FROM blocks FINAL
WHERE slot > {aboveSlot:UInt64} AND slot <= {toSlot:UInt64}`,
    { aboveSlot, toSlot: finalized.slot },
  );
  const keyOf = ({ slot, blockhash }: Place) => `${slot}/${Buffer.from(blockhash).toString('hex')}`;
  const marks = new Map(found.map((mark) => [keyOf(mark), mark]));
  const chain = new Set<ParentedMark>();
  for (let mark = marks.get(keyOf(finalized)); mark !== undefined; mark = marks.get(keyOf(parentOf(mark))))
    chain.add(mark);
  const lowest = [...chain].at(-1);
  // Where a mark is missing altogether, nothing says which of the blocks below are the chain's.
  if (lowest === undefined || lowest.parentSlot > aboveSlot) return;
  const lost = [...chain].filter(({ sign }) => sign !== 1);
  const replaced = found.filter((mark) => mark.sign === 1 && !chain.has(mark));
  if (replaced.length > 0) await cancelBlocks(client, replaced);
  if (lost.length > 0) await restoreBlocks(client, lost);
}

function parentOf({ parentSlot, parentBlockhash }: ParentedMark) {
  return { slot: parentSlot, blockhash: parentBlockhash };
}

function markOf(client: StoreClient, { slot, blockhash }: Place): Promise<ParentedMark | null> {
  return firstRow<ParentedMark>(
    client,
    `SELECT slot, bank, blockhash, parent_slot AS parentSlot, parent_blockhash AS parentBlockhash, sign FROM blocks FINAL
WHERE slot = {slot:UInt64} AND blockhash = toFixedString(unhex({blockhash:String}), 32) LIMIT 1`,
    { slot, blockhash },
  );
}
