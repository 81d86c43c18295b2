/**
 * A BlockStore in memory, strict about its contract: for tests of the order in which the pipeline calls, not of rows.
 * @module
 */
import type { CommitBlock } from '../../../indexer/batch/block-batch.ts';
import { BlockRowEncoder, type PreparedBlock } from '../../../indexer/batch/block-rows.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import type { Block, BlockHeader } from '../../../indexer/domain/chain.ts';
import { InvariantError, UpstreamError } from '../../../indexer/domain/errors.ts';
import type { BlockStore, StoredBlock } from '../../../indexer/store/block-store.ts';

export class MemoryStore implements BlockStore {
  readonly blocks: Block[] = [];
  /** By the header that stands for them once they are prepared. */
  readonly #wholeBlocks = new WeakMap<object, Block>();
  finalized: bigint | null = null;
  cancelledCount = 0;
  /** Asked before each call; `true` makes it fail as an unreachable server does. */
  isAway: () => boolean = () => false;

  async head(): Promise<StoredBlock | null> {
    this.#check();
    return this.blocks.at(-1) ?? null;
  }

  async blocksFrom(fromSlot: bigint): Promise<readonly StoredBlock[]> {
    this.#check();
    return this.blocks.filter(({ slot }) => slot >= fromSlot);
  }

  prepare(decoded: DecodedBlock): PreparedBlock {
    const prepared = new BlockRowEncoder([]).prepare(decoded);
    this.#wholeBlocks.set(prepared.block, decoded.block);
    return prepared;
  }

  async commit(blocks: readonly CommitBlock[]): Promise<void> {
    this.#check();
    for (const { block: header } of blocks) {
      const block = this.#wholeBlocks.get(header) ?? (header as Block);
      const head = this.blocks.at(-1);
      const isLinked = head === undefined || Buffer.compare(head.blockhash, block.parentBlockhash) === 0;
      if (!isLinked || (head !== undefined && head.slot !== block.parentSlot)) {
        throw new InvariantError('STORE__NOT_LINKED', `Block ${block.slot} does not follow block ${head?.slot}`);
      }
      this.blocks.push(block);
    }
  }

  async cancelAbove(slot: bigint, replaced?: Pick<StoredBlock, 'blockhash'>): Promise<readonly BlockHeader[]> {
    this.#check();
    const isReplaced = (block: Block) =>
      block.slot > slot && Buffer.compare(block.blockhash, replaced?.blockhash ?? block.blockhash) === 0;
    if (!this.blocks.some(isReplaced)) return [];
    if (this.finalized !== null && slot < this.finalized)
      throw new InvariantError('STORE__CANCEL_FINALIZED', `${slot}`);
    const kept = this.blocks.filter((block) => block.slot <= slot).length;
    const cancelled = this.blocks.splice(kept);
    this.cancelledCount += cancelled.length;
    return cancelled;
  }

  async markFinalized(slot: bigint, blockhash: Uint8Array): Promise<void> {
    this.#check();
    const block = this.blocks.find((each) => each.slot === slot && Buffer.compare(each.blockhash, blockhash) === 0);
    if (block === undefined) throw new InvariantError('STORE__NOT_COMMITTED', `${slot}`);
    if (this.finalized === null || slot > this.finalized) this.finalized = slot;
  }

  async finalizedSlot(): Promise<bigint | null> {
    this.#check();
    return this.finalized;
  }

  /** One writer alone never cancels what is final. */
  async restoreFinalized(): Promise<void> {
    this.#check();
  }

  #check(): void {
    if (this.isAway()) throw new UpstreamError('STORE__UNREACHABLE', 'ClickHouse does not answer');
  }
}

/** Nothing decoded: what a test of lineage needs. */
export function undecodedBlock(block: Block): DecodedBlock {
  return { block, events: [], instructions: [], accounts: [], undecoded: [], truncatedTransactions: [] };
}
