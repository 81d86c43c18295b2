/**
 * The stage that proves lineage: facts of the assembler in, instructions to the writer out, in chain order.
 *
 * A block whose parent is missing is held, and with it everything after it, until RPC has given the blocks between;
 * each of them is taken only where its hash links. A block whose parent is an earlier one replaces what stands above.
 * A block that leads nowhere because the chain has given it up, as a stream may repeat one, is left out; should the node
 * be the one that errs, the block's first child brings it back.
 * @module
 */
import type { Fact } from '../assemble/assembler.ts';
import { compareBytes } from '../domain/base58.ts';
import type { Block } from '../domain/chain.ts';
import { checkInvariant, PlumblineError } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { StoredBlock } from '../store/block-store.ts';
import type { Ancestry } from './ancestry.ts';
import type { Chain } from './chain.ts';
import { type RetryOptions, retried } from './retry.ts';

export type Instruction =
  | { readonly kind: 'commit'; readonly block: Block }
  /** The chain's blocks above this slot were replaced; `replaced` is the lowest of them. */
  | { readonly kind: 'cancel'; readonly aboveSlot: Slot; readonly replaced: StoredBlock }
  | { readonly kind: 'finalize'; readonly slot: Slot; readonly blockhash: Uint8Array };

export interface LinkerOptions {
  readonly chain: Chain;
  readonly ancestry: Ancestry;
  /** First slot wanted on an empty database. */
  readonly startSlot: Slot;
  readonly retry: RetryOptions;
  readonly onGap: (change: 'opened' | 'closed', below: Slot) => void;
  /** A block was left out: its parents are not to be had, and the node has another block, or none, at its slot. */
  readonly onGivenUp: (slot: Slot) => void;
  /** An alarm: a slot is final, and our chain went past it without a block there. */
  readonly onFinalizedMissing: (slot: Slot) => void;
}

export class Linker {
  /** Finalized slots that the chain has not reached. */
  readonly #finalizedAhead = new Set<Slot>();

  constructor(private readonly options: LinkerOptions) {}

  /**
   * Settle one fact. Takes as long as a gap needs to be filled.
   * @throws InvariantError `PIPELINE__FINALIZED_REPLACED`
   * @throws UpstreamError of the RPC, once the retry's signal is aborted
   */
  async *take(fact: Fact): AsyncGenerator<Instruction> {
    if (fact.kind === 'block') yield* this.#takeBlock(fact.block);
    else if (fact.kind === 'dead') yield* this.#drop(fact.slot);
    else yield* this.#finalize(fact.slot);
  }

  async *#takeBlock(block: Block): AsyncGenerator<Instruction> {
    const { chain, onGap } = this.options;
    if (chain.place(block).kind !== 'unlinked') {
      yield* this.#accept(block);
      return;
    }
    onGap('opened', block.slot);
    yield* this.#takeUnlinked(block);
    onGap('closed', block.slot);
  }

  async *#takeUnlinked(target: Block): AsyncGenerator<Instruction> {
    // What leads to a block that was given up is not missing: the stream is about to tell it, with its account states.
    if (!(await this.#isReplaced(target))) yield* this.#fillForward(target);
    const { chain, retry, onGivenUp } = this.options;
    const branch: Block[] = [target];
    for (let child = target; chain.place(child).kind === 'unlinked'; ) {
      const youngest = child;
      const parent = await retried(() => this.#parentOf(youngest, target), retry);
      if (parent === null) {
        onGivenUp(target.slot);
        return;
      }
      branch.push(parent);
      child = parent;
    }
    for (const block of branch.reverse()) yield* this.#accept(block);
  }

  /** `null` when the node's chain has no such block because it does not have `target` either. */
  async #parentOf(child: Block, target: Block): Promise<Block | null> {
    try {
      return await this.options.ancestry.parentOf(child);
    } catch (error) {
      const isUnknown = error instanceof PlumblineError && error.code === 'PIPELINE__PARENT_UNAVAILABLE';
      if (isUnknown && (await this.#isReplaced(target))) return null;
      throw error;
    }
  }

  /** False while the node cannot tell: it may not have come so far. */
  async #isReplaced({ slot, blockhash }: Block): Promise<boolean> {
    try {
      const found = await this.options.ancestry.blockhashAt(slot);
      return found === null || compareBytes(found, blockhash) !== 0;
    } catch (error) {
      if (error instanceof PlumblineError) return false;
      throw error;
    }
  }

  /** The bulk of a long gap, several blocks at once; what does not simply follow is left to the walk along parents. */
  async *#fillForward(target: Block): AsyncGenerator<Instruction> {
    const { chain, ancestry, retry, startSlot } = this.options;
    let isFollowing = true;
    while (isFollowing && chain.place(target).kind === 'unlinked') {
      const from = chain.head === null ? startSlot : chain.head.slot + 1n;
      const to = from + FORWARD_SLOTS < target.slot ? from + FORWARD_SLOTS : target.slot - 1n;
      const blocks: Block[] = [];
      await retried(() => addRange(blocks, ancestry, from, to), retry);
      isFollowing = blocks.length > 0;
      for (const block of blocks) {
        isFollowing &&= chain.place(block).kind === 'extends';
        if (isFollowing) yield* this.#accept(block);
      }
    }
  }

  *#accept(block: Block): Generator<Instruction> {
    const { chain } = this.options;
    const placement = chain.place(block);
    if (placement.kind === 'known' || placement.kind === 'old') return;
    if (placement.kind === 'unlinked') yield* this.#restartAt(block);
    if (placement.kind === 'branches') {
      yield* this.#rewind(placement.branchSlot, placement.branchSlot);
    }
    chain.append(block);
    yield { kind: 'commit', block };
    if (this.#finalizedAhead.delete(block.slot)) yield* this.#finalize(block.slot);
    for (const slot of this.#finalizedAhead) {
      if (slot >= block.slot) continue;
      this.#finalizedAhead.delete(slot);
      this.#reportIfMissing(slot);
    }
  }

  /** Its ancestors were followed to before our first block: that one was replaced too, so all is told anew. */
  *#restartAt(block: Block): Generator<Instruction> {
    const { chain } = this.options;
    checkInvariant(
      chain.finalizedSlot === null,
      'PIPELINE__FINALIZED_REPLACED',
      `The chain of block ${block.slot} does not contain the finalized block ${chain.finalizedSlot}`,
      { slot: block.slot, finalizedSlot: chain.finalizedSlot },
    );
    yield* this.#rewind(-1n, block.parentSlot);
  }

  *#drop(slot: Slot): Generator<Instruction> {
    const { chain } = this.options;
    const dead = chain.at(slot);
    if (dead === null || slot <= (chain.finalizedSlot ?? -1n)) return;
    yield* this.#rewind(slot - 1n, slot - 1n);
  }

  *#rewind(toSlot: Slot, aboveSlot: Slot): Generator<Instruction> {
    const replaced = this.options.chain.rewind(toSlot);
    if (replaced !== null) yield { kind: 'cancel', aboveSlot, replaced };
  }

  *#finalize(slot: Slot): Generator<Instruction> {
    const { chain } = this.options;
    const block = chain.finalize(slot);
    if (block !== null) yield { kind: 'finalize', slot: block.slot, blockhash: block.blockhash };
    else if (slot > (chain.head?.slot ?? -1n)) this.#finalizedAhead.add(slot);
    else this.#reportIfMissing(slot);
  }

  /** What lies before our first block, or is final already, is nobody's loss. */
  #reportIfMissing(slot: Slot): void {
    const { chain, onFinalizedMissing } = this.options;
    const oldest = chain.finalizedSlot ?? chain.first?.slot;
    if (oldest !== undefined && slot > oldest && chain.at(slot) === null) onFinalizedMissing(slot);
  }
}

const FORWARD_SLOTS = 256n;

/** Goes on behind what came before a failure: a node that limits how often it is asked gives some blocks at a time. */
async function addRange(blocks: Block[], ancestry: Ancestry, from: Slot, to: Slot): Promise<void> {
  const last = blocks.at(-1);
  for await (const block of ancestry.range(last === undefined ? from : last.slot + 1n, to)) blocks.push(block);
}
