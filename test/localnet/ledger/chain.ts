/**
 * The chain of blocks: what is durable, what is confirmed and finalized, and who hears of it. A block is written to the
 * ledger file before anyone can see it. Commitment follows depth: a block is confirmed when `confirmDepth` blocks stand on
 * it and finalized when `FINALIZED_DEPTH` do.
 * @module
 */
import { checkInvariant } from '../../../indexer/domain/errors.ts';
import type { Key } from '../wire/key.ts';
import { AccountStore } from './account-store.ts';
import { type AccountRecord, decodeBlock, encodeBlock, type SealedBlock } from './block.ts';
import { type LedgerFile, recordKind } from './ledger-file.ts';
import { TransactionIndex } from './transaction-index.ts';

export type Commitment = 'processed' | 'confirmed' | 'finalized';
export type SlotNotice = Commitment | 'completed' | 'createdBank' | 'dead';

export type ChainEvent =
  | { readonly kind: 'block'; readonly block: SealedBlock }
  | {
      readonly kind: 'slot';
      readonly slot: number;
      readonly parentSlot: number;
      readonly status: SlotNotice;
      /** The block that reached the status; absent where there is none yet or no more. */
      readonly block?: SealedBlock;
      readonly atMs: number;
    };

export interface ChainEntry {
  readonly slot: number;
  readonly parentSlot: number;
  readonly blockhash: string;
  readonly height: number;
  readonly blockTimeSeconds: number;
  readonly transactionCount: number;
  /** Of the block's record in the ledger file. */
  readonly offset: number;
}

/** Blocks on top of a finalized one: a vote's lockout reaches 32, the block's own slot included. */
export const FINALIZED_DEPTH = 31;
/** Blocks for which a blockhash can be used in a transaction. */
export const BLOCKHASH_WINDOW = 150;
const CACHED_BLOCKS = 512;

export class Chain {
  readonly accounts = new AccountStore();
  readonly transactions = new TransactionIndex();
  readonly #file: LedgerFile;
  readonly #leader: string;
  readonly #confirmDepth: number;
  readonly #entries: ChainEntry[] = [];
  readonly #indexBySlot = new Map<number, number>();
  readonly #heightByHash = new Map<string, number>();
  readonly #cache = new Map<number, SealedBlock>();
  readonly #listeners = new Set<(event: ChainEvent) => void>();
  #confirmed = 0;
  #finalized = 0;
  #forks = 0;
  /** While true, blocks are made but none becomes confirmed or finalized. */
  holdConfirmations = false;

  constructor(options: { file: LedgerFile; leader: string; confirmDepth: number }) {
    this.#file = options.file;
    this.#leader = options.leader;
    this.#confirmDepth = options.confirmDepth;
  }

  /** Takes a record of the file at start-up. */
  restore(kind: number, payload: Buffer, offset: number): void {
    if (kind === recordKind.block) {
      this.#take(decodeBlock(payload, this.#leader), offset);
      const settled = this.#entries[this.#entries.length - 2 - FINALIZED_DEPTH];
      if (settled !== undefined)
        for (const { record } of this.block(settled).accounts) this.accounts.finalize(record.key, settled.slot);
    }
    if (kind === recordKind.rollback) this.#dropFrom(payload.readUInt32LE(0));
  }

  /** Ends the restoring: commitment as depth says. */
  settle(): void {
    this.#confirmed = Math.max(0, this.#entries.length - 1 - this.#confirmDepth);
    this.#finalized = Math.max(0, this.#entries.length - 1 - FINALIZED_DEPTH);
  }

  /** Makes `block` durable, then visible as processed. */
  append(block: SealedBlock): void {
    const offset = this.#file.append(recordKind.block, encodeBlock(block));
    this.#take(block, offset);
    this.emit({ kind: 'block', block });
    this.emit({
      kind: 'slot',
      slot: block.slot,
      parentSlot: block.parentSlot,
      status: 'processed',
      block,
      atMs: block.createdAtMs,
    });
  }

  /** Announces blocks that are deep enough by now as finalized. */
  advanceFinalized(atMs: number): void {
    if (this.holdConfirmations) return;
    for (; this.#finalized < this.#entries.length - 1 - FINALIZED_DEPTH && this.#finalized < this.#confirmed; ) {
      this.#finalized += 1;
      const block = this.#announce(this.#finalized, 'finalized', atMs);
      for (const { record } of block.accounts) this.accounts.finalize(record.key, block.slot);
    }
  }

  /** Announces blocks that are deep enough by now as confirmed. */
  advanceConfirmed(atMs: number, depth = this.#confirmDepth): void {
    if (this.holdConfirmations) return;
    while (this.#confirmed < this.#entries.length - 1 - depth) {
      this.#confirmed += 1;
      this.#announce(this.#confirmed, 'confirmed', atMs);
    }
  }

  /**
   * Declares the last `depth` blocks dead and returns them, oldest first. Their effects are taken back until they are
   * appended again under another hash.
   * @throws InvariantError `LOCALNET__FORK_TOO_DEEP` when a finalized block would go
   */
  killTip(depth: number, atMs: number): SealedBlock[] {
    const first = this.#entries.length - depth;
    const firstEntry = this.#entries[first];
    checkInvariant(
      depth > 0 && firstEntry !== undefined && first > this.#finalized,
      'LOCALNET__FORK_TOO_DEEP',
      `Cannot fork ${depth} blocks deep: a finalized block would go`,
      {
        depth,
      },
    );
    const dead = this.#entries.slice(first).map((entry) => this.block(entry));
    const payload = Buffer.alloc(4);
    payload.writeUInt32LE(firstEntry.slot);
    this.#file.append(recordKind.rollback, payload);
    this.#dropFrom(firstEntry.slot);
    for (const { slot, parentSlot } of dead.toReversed())
      this.emit({ kind: 'slot', slot, parentSlot, status: 'dead', atMs });
    return dead;
  }

  /** How often the tip was replaced; goes into the hashes of the replacing blocks. */
  get forks(): number {
    return this.#forks;
  }

  entryAt(commitment: Commitment): ChainEntry {
    const index =
      commitment === 'finalized'
        ? this.#finalized
        : commitment === 'confirmed'
          ? this.#confirmed
          : this.#entries.length - 1;
    return this.#entries[index] as ChainEntry;
  }

  /** Blocks that nobody has announced as confirmed yet. */
  get unconfirmedCount(): number {
    return this.#entries.length - 1 - this.#confirmed;
  }

  /** Blocks that a fork may still replace. */
  get unfinalizedCount(): number {
    return this.#entries.length - 1 - this.#finalized;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  entryOf(slot: number): ChainEntry | undefined {
    const index = this.#indexBySlot.get(slot);
    return index === undefined ? undefined : this.#entries[index];
  }

  /** Blocks from slot `from` up to the commitment, oldest first, at most `limit`. */
  entriesFrom(from: number, commitment: Commitment, limit = Number.POSITIVE_INFINITY): ChainEntry[] {
    const last = this.entryAt(commitment).slot;
    const found: ChainEntry[] = [];
    for (let index = this.#firstIndexFrom(from); index < this.#entries.length && found.length < limit; index++) {
      const entry = this.#entries[index] as ChainEntry;
      if (entry.slot > last) break;
      found.push(entry);
    }
    return found;
  }

  commitmentOf(slot: number): Commitment {
    if (slot <= this.entryAt('finalized').slot) return 'finalized';
    return slot <= this.entryAt('confirmed').slot ? 'confirmed' : 'processed';
  }

  block(entry: ChainEntry): SealedBlock {
    return this.#cache.get(entry.slot) ?? decodeBlock(this.#file.read(entry.offset).payload, this.#leader);
  }

  /** Height of the block with this hash, if a transaction may still name it. */
  recentHeightOf(blockhash: string): number | undefined {
    const height = this.#heightByHash.get(blockhash);
    return height !== undefined && this.entryAt('processed').height - height <= BLOCKHASH_WINDOW ? height : undefined;
  }

  accountAt(key: Key, commitment: Commitment): AccountRecord | null | undefined {
    return this.accounts.get(key, this.entryAt(commitment).slot);
  }

  /** @returns the way to stop listening */
  listen(listener: (event: ChainEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: ChainEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #announce(index: number, status: Commitment, atMs: number): SealedBlock {
    const entry = this.#entries[index] as ChainEntry;
    const block = this.block(entry);
    this.emit({ kind: 'slot', slot: entry.slot, parentSlot: entry.parentSlot, status, block, atMs });
    return block;
  }

  #take(block: SealedBlock, offset: number): void {
    this.#indexBySlot.set(block.slot, this.#entries.length);
    this.#entries.push({
      ...{ slot: block.slot, parentSlot: block.parentSlot, blockhash: block.blockhash, height: block.height, offset },
      ...{ blockTimeSeconds: block.blockTimeSeconds, transactionCount: block.transactions.length },
    });
    this.#heightByHash.set(block.blockhash, block.height);
    this.transactions.add(block);
    for (const { record } of block.accounts) this.accounts.put(block.slot, record);
    this.#cache.set(block.slot, block);
    if (this.#cache.size > CACHED_BLOCKS) this.#cache.delete(this.#cache.keys().next().value as number);
    const expired = this.#entries[this.#entries.length - 2 - BLOCKHASH_WINDOW];
    if (expired !== undefined) this.#heightByHash.delete(expired.blockhash);
  }

  #dropFrom(slot: number): void {
    this.#forks += 1;
    this.accounts.rollback(slot);
    for (let entry = this.#entries.at(-1); entry !== undefined && entry.slot >= slot; entry = this.#entries.at(-1)) {
      this.transactions.remove(this.block(entry));
      this.#indexBySlot.delete(entry.slot);
      this.#heightByHash.delete(entry.blockhash);
      this.#cache.delete(entry.slot);
      this.#entries.pop();
    }
    this.#confirmed = Math.min(this.#confirmed, this.#entries.length - 1);
  }

  #firstIndexFrom(slot: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle] as ChainEntry).slot < slot) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
