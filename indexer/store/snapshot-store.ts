/**
 * What taking an account snapshot asks of the store.
 *
 * Why a crash cannot hurt. The rows are facts about a finalized block, right whether or not the snapshot is finished; the
 * row that makes it count is written last. Whether one is needed is read from the tables, never remembered.
 * @module
 */
import { createBatchEncoder } from '../batch/block-batch.ts';
import type { DecodedBlock } from '../decode/decoded-block.ts';
import type { BlockHeader } from '../domain/chain.ts';
import { killable } from '../domain/kill-points.ts';
import type { Slot } from '../domain/units.ts';
import type { StoreClient } from './clickhouse-client.ts';
import {
  blockHeaderAt,
  hasUnknownBetween,
  insertSnapshot,
  keysInBlock,
  livingKeysAsOf,
  type SnapshotRow,
  snapshotNeededFrom,
} from './queries/rows/account-snapshots.ts';

export interface SnapshotStore {
  /** The lowest slot that the next snapshot may have; `null` while none is needed. */
  neededFrom(): Promise<Slot | null>;
  /** Whether blocks after `fromSlot` up to `toSlot` lack account states. */
  hasUnknownBetween(fromSlot: Slot, toSlot: Slot): Promise<boolean>;
  /** The canonical block of a slot. */
  blockAt(slot: Slot): Promise<BlockHeader | null>;
  keysInBlock(block: BlockHeader): Promise<readonly Uint8Array[]>;
  /** Accounts that a program owns as of a slot, as far as the record knows. */
  livingKeysAsOf(program: Uint8Array, slot: Slot): Promise<readonly Uint8Array[]>;
  /** Add account states to a block that is committed; its mark stays as it is. */
  writeAccounts(block: DecodedBlock): Promise<void>;
  record(snapshot: SnapshotRow): Promise<void>;
}

export function createSnapshotStore(client: StoreClient): SnapshotStore {
  const encode = createBatchEncoder([]);
  return {
    neededFrom: () => snapshotNeededFrom(client),
    hasUnknownBetween: (fromSlot, toSlot) => hasUnknownBetween(client, fromSlot, toSlot),
    blockAt: (slot) => blockHeaderAt(client, slot),
    keysInBlock: (block) => keysInBlock(client, block),
    livingKeysAsOf: (program, slot) => livingKeysAsOf(client, program, slot),
    async writeAccounts(block) {
      const { rows } = encode([block], () => 0);
      // States last: an account that has one counts as written when the snapshot is taken again.
      for (const batch of rows.filter(({ table }) => table !== 'accounts')) {
        await killable('snapshot-undecoded', () => client.insert(batch));
      }
      for (const batch of rows.filter(({ table }) => table === 'accounts')) {
        await killable('snapshot-accounts', () => client.insert(batch));
      }
    },
    record: (snapshot) => killable('snapshot-record', () => insertSnapshot(client, snapshot)),
  };
}
