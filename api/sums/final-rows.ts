/**
 * Rows of which a chain has few, as of any slot: those of final blocks are kept in the process, and only what comes after
 * them is read for an answer. From the first stretch on whose blocks were mended they are read again.
 * @module
 */
import { InputError } from '../../indexer/domain/errors.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import { type ChunkState, type FinalChunks, firstOther } from './final-chunks.ts';

interface Kept<Row> {
  readonly state: ChunkState;
  /** Of all blocks up to the last final one. */
  readonly rows: readonly Row[];
}

export class FinalRows<Row extends { readonly slot: Slot }> {
  #kept: Kept<Row> | null = null;
  #refreshing: Promise<unknown> | null = null;

  /** @param read rows of the canonical blocks of a range, in chain order */
  constructor(
    private readonly chunks: FinalChunks,
    private readonly read: (store: StoreClient, bounds: SlotBounds) => Promise<readonly Row[]>,
  ) {}

  /**
   * In chain order.
   * @param store where what lies beyond the kept rows is read
   */
  async upTo(slot: Slot, store: StoreClient = this.chunks.store): Promise<readonly Row[]> {
    const { state, rows } = await this.#refreshed();
    if (slot > state.finalSlot)
      return [...rows, ...(await this.read(store, { fromSlot: state.finalSlot + 1n, toSlot: slot }))];
    return rows.slice(0, countUpTo(rows, slot));
  }

  async #refreshed(): Promise<Kept<Row>> {
    for (;;) {
      const state = await this.chunks.state();
      if (this.#kept?.state === state) return this.#kept;
      this.#refreshing ??= this.#refresh(state).finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
  }

  async #refresh(state: ChunkState): Promise<void> {
    const before = this.#kept?.state;
    const first = before === undefined ? 0n : firstOther(before.chunks, before.below, state);
    const fromSlot = first * state.chunkSlots;
    const standing = (this.#kept?.rows ?? []).filter(({ slot }) => slot < fromSlot);
    const range = { fromSlot, toSlot: state.finalSlot };
    const found = range.fromSlot > range.toSlot ? [] : await this.#readWhole(range);
    this.#kept = { state, rows: [...standing, ...found] };
  }

  /** By halves where it is too much for one question. */
  async #readWhole(range: SlotBounds): Promise<readonly Row[]> {
    try {
      return await this.read(this.chunks.store, range);
    } catch (error) {
      const isTooLarge = error instanceof InputError && error.code === 'STORE__QUERY_TOO_LARGE';
      if (!isTooLarge || range.fromSlot === range.toSlot) throw error;
      const middle = (range.fromSlot + range.toSlot) / 2n;
      const earlier = await this.#readWhole({ ...range, toSlot: middle });
      return [...earlier, ...(await this.#readWhole({ ...range, fromSlot: middle + 1n }))];
    }
  }
}

/** Found by halves. */
function countUpTo(rows: readonly { readonly slot: Slot }[], slot: Slot): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((rows[middle]?.slot ?? 0n) <= slot) low = middle + 1;
    else high = middle;
  }
  return low;
}
