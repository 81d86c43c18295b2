/**
 * What the pipeline asks of the store. One implementation over ClickHouse (`clickhouse-block-store.ts`).
 *
 * Contract: `commit` is exactly-once in effect. A crash at any point followed by the same blocks again leaves every
 * table equal to that of a run that never crashed; so does a second writer of the same blocks.
 * @module
 */
import type { CommitBlock } from '../batch/block-batch.ts';
import type { PreparedBlock } from '../batch/block-rows.ts';
import type { DecodedBlock } from '../decode/decoded-block.ts';
import type { BlockHeader } from '../domain/chain.ts';
import type { Slot } from '../domain/units.ts';

export interface StoredBlock {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
  readonly parentSlot: Slot;
  readonly parentBlockhash: Uint8Array;
}

export interface BlockStore {
  /** The last committed block of the canonical chain; the checkpoint. `null` on an empty database. */
  head(): Promise<StoredBlock | null>;
  /** Canonical blocks with `slot >= fromSlot`, ascending: what a fork is found against. */
  blocksFrom(fromSlot: Slot): Promise<readonly StoredBlock[]>;
  /**
   * Write blocks in chain order, commit marks last. What is new among them must link to `head` unless the database is
   * empty, and must still do so when it is written: where another writer came between, it is taken back.
   * @throws InvariantError `STORE__NOT_LINKED` when a parent link does not hold
   * @throws UpstreamError when ClickHouse is away; nothing is lost, the same call is repeated
   */
  commit(blocks: readonly CommitBlock[]): Promise<void>;
  /**
   * The block as the store will write it, to be committed later: smaller than the block, and most of the work of a commit.
   * @throws InvariantError when a value does not fit its column
   */
  prepare(block: DecodedBlock): PreparedBlock;
  /**
   * Cancel the canonical blocks above `slot` by rows of `sign = -1`; the branch point itself stays.
   * @param replaced one of them, without which nothing is cancelled: another writer was here before
   * @throws InvariantError `STORE__CANCEL_FINALIZED` when a finalized block is among them
   */
  cancelAbove(slot: Slot, replaced?: Pick<StoredBlock, 'blockhash'>): Promise<readonly BlockHeader[]>;
  /**
   * Record that the committed block at `slot` is finalized. Never moves backwards.
   * @throws InvariantError `STORE__NOT_COMMITTED` when the record does not have it
   */
  markFinalized(slot: Slot, blockhash: Uint8Array): Promise<void>;
  finalizedSlot(): Promise<Slot | null>;
  /** To be called before the record is followed: the finalized block counts again where another writer cancelled it. */
  restoreFinalized(): Promise<void>;
}
