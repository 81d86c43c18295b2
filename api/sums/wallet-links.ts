/**
 * Links between wallets as of any slot, without reading all of history each time: those that final stretches of the chain
 * tell of are kept in the process with the slot that each was first seen in. From the first stretch on whose blocks were
 * mended they are read again.
 * @module
 */
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { ChunkPrint } from '../../indexer/store/queries/chain/block-chunks.ts';
import { type DatedLink, walletLinksSince } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { pieces } from '../../indexer/store/queries/rows/row-counts.ts';
import { type ChunkState, type FinalChunks, firstOther } from './final-chunks.ts';

/** Stretches that are read in one question: it joins, and has the time of any other. */
const CHUNKS_AT_ONCE = 4n;

export class WalletLinks {
  /** By the stretch that each was first seen in. */
  #links: DatedLink[] = [];
  #names = new Set<string>();
  /** Fingerprints of the stretches that were read, all below `#below`; those without a block are absent. */
  #prints = new Map<bigint, ChunkPrint>();
  #below = 0n;
  #state: ChunkState | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(
    private readonly chunks: FinalChunks,
    private readonly marketplace: Uint8Array,
  ) {}

  /** @param store where what lies beyond the kept stretches is read */
  async upTo(slot: Slot, store: StoreClient = this.chunks.store): Promise<readonly DatedLink[]> {
    await this.#refreshed();
    const [names, fromSlot] = [this.#names, this.#below * this.chunks.chunkSlots];
    const known = this.#links.filter((link) => link.slot <= slot);
    if (slot < fromSlot) return known;
    const rest = await walletLinksSince(store, this.marketplace, { fromSlot, toSlot: slot });
    return [...known, ...rest.filter((link) => !names.has(nameOf(link)))];
  }

  async #refreshed(): Promise<void> {
    for (;;) {
      const state = await this.chunks.state();
      if (this.#state === state) return;
      this.#refreshing ??= this.#refresh(state).finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
  }

  /** A question that fails leaves what was read before it: the next one who asks goes on there. */
  async #refresh(state: ChunkState): Promise<void> {
    this.#forget(firstOther(this.#prints, this.#below, state));
    const { chunkSlots, below } = state;
    const range = { fromSlot: this.#below * chunkSlots, toSlot: below * chunkSlots - 1n };
    for (const bounds of pieces(range, CHUNKS_AT_ONCE * chunkSlots)) {
      const found = await walletLinksSince(this.chunks.store, this.marketplace, bounds);
      this.#add(found, state, (bounds.toSlot + 1n) / chunkSlots);
    }
    this.#state = state;
  }

  #add(found: readonly DatedLink[], { chunks }: ChunkState, below: bigint): void {
    const fresh = found.filter((link) => !this.#names.has(nameOf(link)));
    this.#links = [...this.#links, ...fresh];
    // Another set: who reads the rest at this moment knows those of before.
    this.#names = new Set([...this.#names, ...fresh.map(nameOf)]);
    for (let chunk = this.#below; chunk < below; chunk++) {
      const print = chunks.get(chunk);
      if (print !== undefined) this.#prints.set(chunk, print);
    }
    this.#below = below;
  }

  /** What was read from a stretch on is read again. */
  #forget(below: bigint): void {
    const fromSlot = below * this.chunks.chunkSlots;
    this.#links = this.#links.filter(({ slot }) => slot < fromSlot);
    this.#names = new Set(this.#links.map(nameOf));
    this.#prints = new Map([...this.#prints].filter(([chunk]) => chunk < below));
    this.#below = below;
  }
}

function nameOf({ kind, shared, wallet }: DatedLink): string {
  return `${kind} ${Buffer.concat([shared, wallet]).toString('latin1')}`;
}
