/**
 * What a backfill asks of the store: blocks below, inside or above the record, written as the live stream's are.
 *
 * Why the proof of lineage stays whole. What is filled must hold on to a block that is recorded already, above it or
 * below it, by that block's own hash; only an empty record takes a first piece as it comes. So the record stays one chain
 * at every moment, and a fill that is repeated, or done by two at once, writes the same rows again. A piece lies in one
 * partition of `blocks`, so that its marks are in together or not at all.
 * @module
 */
import { createBatchEncoder } from '../batch/block-batch.ts';
import type { TypedTable } from '../batch/chain-tables.ts';
import type { DecodedBlock } from '../decode/decoded-block.ts';
import { checkInvariant } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { StoredBlock } from './block-store.ts';
import { type StepHook, writeBlocks } from './clickhouse-block-store.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { checkLinks, isLinkedTo } from './lineage.ts';
import { type Mark, markKey, marksBetween } from './marks.ts';
import { canonicalHead, firstBlockFrom, lastBlockUntil } from './queries/chain/blocks.ts';
import { cursor } from './queries/chain/cursors.ts';
import { Finality } from './restore-finalized.ts';

/** Slots of one partition of the chain tables: a Solana epoch. */
export const PARTITION_SLOTS = 432_000n;

export interface RecordedSpan {
  readonly first: StoredBlock;
  readonly head: StoredBlock;
}

export interface FillStore {
  /** First and last committed block; `null` on an empty record. */
  span(): Promise<RecordedSpan | null>;
  /** The first committed block with `slot > slot`. */
  firstAbove(slot: Slot): Promise<StoredBlock | null>;
  /**
   * Write final blocks in chain order, all of one partition, marks last.
   * @throws InvariantError `STORE__NOT_LINKED` when they hold on to nothing that is recorded, `STORE__RECORD_DIFFERS` when
   *   the record has another block at one of their slots
   */
  fill(blocks: readonly DecodedBlock[]): Promise<void>;
  /** As `BlockStore.markFinalized`; a slot below the present one changes nothing. */
  markFinalized(slot: Slot, blockhash: Uint8Array): Promise<void>;
}

/** @param decodedBy as of `createBlockStore` */
export function createFillStore(
  client: StoreClient,
  eventTables: readonly TypedTable[],
  decodedBy = 0,
  onStep: StepHook = () => undefined,
): FillStore {
  const encode = createBatchEncoder(eventTables, decodedBy);
  const finality = new Finality(client);
  return {
    async span() {
      const [first, head] = [await firstBlockFrom(client, 0n), await canonicalHead(client)];
      return first === null || head === null ? null : { first, head };
    },
    firstAbove: (slot) => firstBlockFrom(client, slot + 1n),
    async fill(blocks) {
      const [first, last] = [blocks.at(0), blocks.at(-1)];
      if (first === undefined || last === undefined) return;
      checkLinks(blocks);
      const marks = await marksBetween(client, first.block.slot, last.block.slot);
      checkNoOther(blocks, marks);
      await checkAttached(client, first.block, last.block);
      await writeBlocks(client, encode, blocks, marks, onStep);
    },
    async markFinalized(slot, blockhash) {
      if (((await cursor(client, 'finalized'))?.slot ?? -1n) < slot) await finality.mark(slot, blockhash);
    },
  };
}

/** Nothing else may count between the first and the last of them. */
function checkNoOther(blocks: readonly DecodedBlock[], marks: ReadonlyMap<string, Mark>): void {
  const given = new Set(blocks.map(({ block }) => markKey(block)));
  for (const [key, { sign, slot }] of marks) {
    checkInvariant(
      sign !== 1 || given.has(key),
      'STORE__RECORD_DIFFERS',
      `The record has another block at slot ${slot} than the final chain: let an indexer run until it has followed it`,
      { slot },
    );
  }
}

async function checkAttached(client: StoreClient, first: StoredBlock, last: StoredBlock): Promise<void> {
  const above = await firstBlockFrom(client, last.slot + 1n);
  const below = first.slot === 0n ? null : await lastBlockUntil(client, first.slot - 1n);
  const holdsAbove = above !== null && isLinkedTo(above, last);
  const holdsBelow = below !== null && isLinkedTo(first, below);
  const isFirstPiece = above === null && below === null;
  const contradicts = below !== null && !holdsBelow && first.parentSlot <= below.slot;
  checkInvariant(
    (holdsAbove || holdsBelow || isFirstPiece) &&
      !contradicts &&
      (above === null || holdsAbove || above.parentSlot > last.slot),
    'STORE__NOT_LINKED',
    `Blocks ${first.slot} to ${last.slot} do not hold on to the record`,
    { firstSlot: first.slot, lastSlot: last.slot, aboveSlot: above?.slot ?? null, belowSlot: below?.slot ?? null },
  );
}
