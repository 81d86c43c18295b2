/**
 * The chain of blocks as far as the indexer has accepted it: what a new block means to it. Pure.
 *
 * Holds headers from the last finalized one up to the head. A block belongs where its parent's hash is; its slot number
 * proves nothing. Skipped slots are proven by `parentSlot` of the block after them, which is the same check.
 * @module
 */
import { checkInvariant } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { StoredBlock } from '../store/block-store.ts';

export type Placement =
  /** It follows the head. */
  | { readonly kind: 'extends' }
  /** It is here already. */
  | { readonly kind: 'known' }
  /** It lies before what is kept, or before the first slot wanted. */
  | { readonly kind: 'old' }
  /** Its parent is an earlier block: everything above `branchSlot` was replaced. */
  | { readonly kind: 'branches'; readonly branchSlot: Slot }
  /** Its parent is missing: a gap, or a fork with a gap. */
  | { readonly kind: 'unlinked' };

export class Chain {
  /** In chain order. */
  readonly #blocks: StoredBlock[];
  readonly #indexByHash = new Map<string, number>();
  #finalizedSlot: Slot | null;

  /**
   * @param blocks linked headers, ascending; empty on an empty database
   * @param startSlot first slot wanted when there is no block yet
   */
  constructor(
    blocks: readonly StoredBlock[],
    finalizedSlot: Slot | null,
    private readonly startSlot: Slot,
  ) {
    this.#blocks = [...blocks];
    this.#finalizedSlot = finalizedSlot;
    this.#reindex();
  }

  get head(): StoredBlock | null {
    return this.#blocks.at(-1) ?? null;
  }

  /** The oldest block that is kept. */
  get first(): StoredBlock | null {
    return this.#blocks[0] ?? null;
  }

  get finalizedSlot(): Slot | null {
    return this.#finalizedSlot;
  }

  /**
   * Where a block belongs.
   * @throws InvariantError `PIPELINE__FINALIZED_REPLACED` when it contradicts a finalized block
   */
  place(block: StoredBlock): Placement {
    if (this.#indexByHash.has(keyOf(block.blockhash))) return { kind: 'known' };
    const { head } = this;
    if (head === null) return this.#placeFirst(block);
    const parentIndex = this.#indexByHash.get(keyOf(block.parentBlockhash));
    if (parentIndex === this.#blocks.length - 1) return { kind: 'extends' };
    if (parentIndex !== undefined) return this.#branchAt(parentIndex, block);
    const isOld = block.slot <= (this.#finalizedSlot ?? -1n) || block.slot < (this.#blocks[0]?.slot ?? 0n);
    return { kind: isOld ? 'old' : 'unlinked' };
  }

  /** With no block yet, the first one is where its parent is before the start; the chain's start is taken as it comes. */
  #placeFirst(block: StoredBlock): Placement {
    if (this.startSlot === 0n) return { kind: 'extends' };
    if (block.slot < this.startSlot) return { kind: 'old' };
    return { kind: block.parentSlot < this.startSlot ? 'extends' : 'unlinked' };
  }

  #branchAt(parentIndex: number, block: StoredBlock): Placement {
    const parent = this.#blocks[parentIndex] as StoredBlock;
    const replaced = this.#blocks[parentIndex + 1] as StoredBlock;
    checkInvariant(
      this.#finalizedSlot === null || replaced.slot > this.#finalizedSlot,
      'PIPELINE__FINALIZED_REPLACED',
      `Block ${block.slot} contradicts the finalized block ${replaced.slot}: the endpoint follows another chain`,
      { slot: block.slot, replacedSlot: replaced.slot, finalizedSlot: this.#finalizedSlot },
    );
    return { kind: 'branches', branchSlot: parent.slot };
  }

  append({ slot, blockhash, parentSlot, parentBlockhash }: StoredBlock): void {
    this.#indexByHash.set(keyOf(blockhash), this.#blocks.length);
    this.#blocks.push({ slot, blockhash, parentSlot, parentBlockhash });
  }

  /** Forget the blocks above `slot`. The lowest of them; `null` when there is none. */
  rewind(slot: Slot): StoredBlock | null {
    let lowest: StoredBlock | null = null;
    while ((this.head?.slot ?? -1n) > slot) {
      lowest = this.#blocks.pop() ?? null;
      if (lowest !== null) this.#indexByHash.delete(keyOf(lowest.blockhash));
    }
    return lowest;
  }

  at(slot: Slot): StoredBlock | null {
    return this.#blocks[this.#indexAt(slot)] ?? null;
  }

  /**
   * A slot was finalized, and with it all its ancestors. The block to record; `null` while it is not ours, or when a
   * later one is final already.
   */
  finalize(slot: Slot): StoredBlock | null {
    if (this.#finalizedSlot !== null && slot <= this.#finalizedSlot) return null;
    const index = this.#indexAt(slot);
    if (index < 0) return null;
    this.#finalizedSlot = slot;
    this.#blocks.splice(0, index);
    this.#reindex();
    return this.#blocks[0] ?? null;
  }

  /** Binary search: slots ascend. -1 when no block has this slot. */
  #indexAt(slot: Slot): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = (this.#blocks[middle] as StoredBlock).slot;
      if (found === slot) return middle;
      if (found < slot) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #reindex(): void {
    this.#indexByHash.clear();
    for (const [index, { blockhash }] of this.#blocks.entries()) this.#indexByHash.set(keyOf(blockhash), index);
  }
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('latin1');
}
