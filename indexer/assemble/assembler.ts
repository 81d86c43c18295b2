/**
 * From updates to blocks: a state machine without clock or I/O, the same for both feeds.
 *
 * A block is sealed when its header (a block message, or a block meta) is there and its slot is confirmed, by a notice
 * or by a sealed child. At CONFIRMED a server sends a slot as transactions and accounts → header → notice, so that the
 * notice closes the slot whatever stood before it in whatever order. Doubles, and second streams that repeat what the
 * first one said, change nothing. A second block of a slot with another hash is handed on: a fork is the pipeline's.
 *
 * Source of the orders: recorded streams of a validator (shared/facts, "What a Yellowstone server really does").
 * @module
 */
import { compareBytes } from '../domain/base58.ts';
import type { Block, BlockHeader } from '../domain/chain.ts';
import type { Slot } from '../domain/units.ts';
import type { BlockMeta, Update } from '../stream/update.ts';
import { PendingSlot } from './pending-slot.ts';

export type Fact =
  | { readonly kind: 'block'; readonly block: Block }
  /** The slot's block, if any was sealed, is not of the chain. */
  | { readonly kind: 'dead'; readonly slot: Slot }
  /** This slot and every ancestor of it are final. */
  | { readonly kind: 'finalized'; readonly slot: Slot };

export interface AssemblerOptions {
  /** True when the subscription carries the accounts of our programs. */
  readonly hasAccounts: boolean;
}

/** Slots kept behind the newest sealed one: more than any server replays (about 150). */
const WINDOW_SLOTS = 1_024n;

export class Assembler {
  readonly #pending = new Map<Slot, PendingSlot>();
  /** Slots with a notice of `confirmed` or later whose block is not sealed yet. */
  readonly #confirmed = new Set<Slot>();
  readonly #sealed = new Map<Slot, Uint8Array>();
  readonly #facts: Fact[] = [];
  #headSlot: Slot | null = null;
  #newestSealedSlot = 0n;

  constructor(private readonly options: AssemblerOptions) {}

  /** The newest slot any message spoke of. */
  get headSlot(): Slot | null {
    return this.#headSlot;
  }

  /**
   * Take one update; what it settles, in order (mostly nothing).
   * @throws UpstreamError `ASSEMBLE__TWO_TRANSACTIONS_AT_ONE_INDEX`, `ASSEMBLE__TWO_BLOCKS_AT_ONE_SLOT`: the stream is
   *   not to be believed from here; a new one tells it anew
   */
  push(update: Update): readonly Fact[] {
    switch (update.kind) {
      case 'transaction':
        this.#pendingAt(update.slot)?.addTransaction(update.transaction);
        break;
      case 'account':
        this.#pendingAt(update.slot)?.addAccount(update.account);
        break;
      case 'block':
        this.#pendingAt(update.block.slot)?.addBlock(update.block);
        this.#sealIfComplete(update.block.slot);
        break;
      case 'blockMeta':
        this.#addMeta(update);
        break;
      case 'slot':
        this.#addNotice(update);
        break;
      default:
        break;
    }
    return this.#facts.splice(0);
  }

  #pendingAt(slot: Slot): PendingSlot | null {
    this.#see(slot);
    if (slot + WINDOW_SLOTS < this.#newestSealedSlot) return null;
    const known = this.#pending.get(slot);
    if (known !== undefined) return known;
    const fresh = new PendingSlot();
    this.#pending.set(slot, fresh);
    return fresh;
  }

  #see(slot: Slot): void {
    if (this.#headSlot === null || slot > this.#headSlot) this.#headSlot = slot;
  }

  #addMeta(meta: BlockMeta): void {
    const pending = this.#pendingAt(meta.slot);
    if (pending === null) return;
    pending.addHeader(headerOf(meta));
    this.#sealIfComplete(meta.slot);
  }

  #addNotice({ slot, status }: Extract<Update, { kind: 'slot' }>): void {
    this.#see(slot);
    if (status === 'processed') return;
    if (status === 'dead') {
      this.#pending.delete(slot);
      this.#confirmed.delete(slot);
      this.#sealed.delete(slot);
      this.#facts.push({ kind: 'dead', slot });
      return;
    }
    this.#confirmed.add(slot);
    this.#sealIfComplete(slot);
    if (status === 'finalized') this.#facts.push({ kind: 'finalized', slot });
  }

  #sealIfComplete(slot: Slot): void {
    const pending = this.#pending.get(slot);
    if (pending === undefined || pending.header === null || !this.#confirmed.has(slot)) return;
    const { header } = pending;
    this.#sealParent(header);
    this.#pending.delete(slot);
    this.#confirmed.delete(slot);
    const known = this.#sealed.get(slot);
    if (known !== undefined && compareBytes(known, header.blockhash) === 0) return;
    this.#facts.push({ kind: 'block', block: pending.seal(header, this.options.hasAccounts) });
    this.#sealed.set(slot, header.blockhash);
    this.#forgetOld(slot);
  }

  /** A confirmed block confirms its parent, whose own notice may never have come. */
  #sealParent({ parentSlot, parentBlockhash }: BlockHeader): void {
    const header = this.#pending.get(parentSlot)?.header;
    if (header === undefined || header === null || compareBytes(header.blockhash, parentBlockhash) !== 0) return;
    this.#confirmed.add(parentSlot);
    this.#sealIfComplete(parentSlot);
  }

  #forgetOld(sealedSlot: Slot): void {
    if (sealedSlot <= this.#newestSealedSlot) return;
    this.#newestSealedSlot = sealedSlot;
    const isOld = (slot: Slot) => slot + WINDOW_SLOTS < sealedSlot;
    // Insertion order is near slot order: looking at the first entries is enough, one new slot at a time.
    for (const slots of [this.#pending, this.#sealed] as const) {
      for (const slot of slots.keys()) {
        if (!isOld(slot)) break;
        slots.delete(slot);
      }
    }
    for (const slot of this.#confirmed) {
      if (!isOld(slot)) break;
      this.#confirmed.delete(slot);
    }
  }
}

function headerOf(meta: BlockMeta): BlockHeader {
  const { slot, blockhash, parentSlot, parentBlockhash, blockTime, blockHeight } = meta;
  return { slot, bank: 0, blockhash, parentSlot, parentBlockhash, blockTime, blockHeight };
}
