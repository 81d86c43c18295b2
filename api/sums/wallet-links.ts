/**
 * Links between wallets as of any slot, without reading all of history each time: those that final stretches of the chain
 * tell of are kept in the process with the slot that each was first seen in. From the first stretch on whose blocks were
 * mended they are read again.
 * @module
 */
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { type DatedLink, walletLinksSince } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { pieces } from '../../indexer/store/queries/rows/row-counts.ts';
import { least } from '../../jobs/extremes.ts';
import type { ChunkState, FinalChunks } from './final-chunks.ts';

/** Stretches that are read in one question. */
const CHUNKS_AT_ONCE = 16n;

export class WalletLinks {
  /** By the slot that each was first seen in. */
  #links: DatedLink[] = [];
  #names = new Set<string>();
  /** What is kept as of. */
  #state: ChunkState | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(
    private readonly chunks: FinalChunks,
    private readonly marketplace: Uint8Array,
  ) {}

  /** @param store where what lies beyond the kept stretches is read */
  async upTo(slot: Slot, store: StoreClient = this.chunks.store): Promise<readonly DatedLink[]> {
    const state = await this.#refreshed();
    const known = this.#links.filter((link) => link.slot <= slot);
    const fromSlot = state.below * state.chunkSlots;
    if (slot < fromSlot) return known;
    const names = this.#names;
    const rest = await walletLinksSince(store, this.marketplace, { fromSlot, toSlot: slot });
    return [...known, ...rest.filter((link) => !names.has(nameOf(link)))];
  }

  async #refreshed(): Promise<ChunkState> {
    for (;;) {
      const state = await this.chunks.state();
      if (this.#state === state) return state;
      this.#refreshing ??= this.#refresh(state).finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
  }

  async #refresh(state: ChunkState): Promise<void> {
    const { chunkSlots, below } = state;
    const fromSlot = firstOther(this.#state, state) * chunkSlots;
    const links = this.#links.filter(({ slot }) => slot < fromSlot);
    const names = new Set(links.map(nameOf));
    for (const bounds of pieces({ fromSlot, toSlot: below * chunkSlots - 1n }, CHUNKS_AT_ONCE * chunkSlots)) {
      const found = await walletLinksSince(this.chunks.store, this.marketplace, bounds);
      for (const link of found.toSorted((left, right) => Number(left.slot - right.slot))) {
        const name = nameOf(link);
        if (names.has(name)) continue;
        names.add(name);
        links.push(link);
      }
    }
    this.#links = links;
    this.#names = names;
    this.#state = state;
  }
}

/** The first stretch that is not, or not any more, what it was. */
function firstOther(before: ChunkState | null, now: ChunkState): bigint {
  if (before === null) return 0n;
  const common = least(before.below, now.below);
  const others = [...before.chunks.keys(), ...now.chunks.keys()].filter(
    (chunk) => before.chunks.get(chunk)?.print !== now.chunks.get(chunk)?.print,
  );
  return others.reduce(least, common);
}

function nameOf({ kind, shared, wallet }: DatedLink): string {
  return `${kind} ${Buffer.concat([shared, wallet]).toString('latin1')}`;
}
