/**
 * What was done up to any slot, by key, without reading all of history each time: sums of final stretches are kept in the
 * process, and of what is final behind the last whole one. Only what comes after that is read for an answer at the head. A fork touches no final block, so what is
 * kept needs no look at the branches; stretches whose blocks were mended are read again.
 * @module
 */
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { ChunkPrint } from '../../indexer/store/queries/chain/block-chunks.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import { pieces } from '../../indexer/store/queries/rows/row-counts.ts';
import type { ChunkState, FinalChunks } from './final-chunks.ts';

/** Sums of one key in one stretch. */
export interface ChunkPart<Sums> {
  readonly chunk: bigint;
  readonly key: string;
  readonly sums: Sums;
}

export interface SummedRows<Sums> {
  /** Sums of the canonical blocks of a range, by stretches of `chunkSlots` slots and by key. */
  read(store: StoreClient, bounds: SlotBounds, chunkSlots: bigint): Promise<readonly ChunkPart<Sums>[]>;
  plus(before: Sums, more: Sums): Sums;
}

interface Kept<Sums> {
  readonly print: bigint;
  readonly parts: readonly ChunkPart<Sums>[];
}

/** What a key had at the end of each stretch in which it got something, oldest first. */
interface History<Sums> {
  readonly chunks: bigint[];
  readonly sums: Sums[];
}

/** What is kept as of one look at the final stretches. */
interface Summed<Sums> {
  readonly state: ChunkState;
  readonly histories: ReadonlyMap<string, History<Sums>>;
  /** Of what is final behind the last whole stretch. */
  readonly tail: readonly ChunkPart<Sums>[];
}

/** Stretches that are read in one question. */
const CHUNKS_AT_ONCE = 16n;

export class ChunkSums<Sums> {
  #kept = new Map<bigint, Kept<Sums>>();
  #summed: Summed<Sums> | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(
    private readonly chunks: FinalChunks,
    private readonly rows: SummedRows<Sums>,
  ) {}

  /**
   * Sums up to a slot, by key; those of which there is nothing are absent.
   * @param store where what lies beyond the kept stretches is read
   */
  async upTo(slot: Slot, store: StoreClient = this.chunks.store): Promise<Map<string, Sums>> {
    const { state, histories, tail } = await this.#refreshed();
    const { chunkSlots } = this.chunks;
    const wholeChunks = (slot + 1n) / chunkSlots;
    const below = wholeChunks < state.below ? wholeChunks : state.below;
    const sums = new Map<string, Sums>();
    for (const [key, history] of histories) {
      const before = sumsBelow(history, below);
      if (before !== undefined) sums.set(key, before);
    }
    const hasTail = slot >= state.finalSlot;
    if (hasTail) this.#add(sums, tail);
    const rest = { fromSlot: hasTail ? state.finalSlot + 1n : below * chunkSlots, toSlot: slot };
    for (const bounds of pieces(rest, CHUNKS_AT_ONCE * chunkSlots))
      this.#add(sums, await this.rows.read(store, bounds, chunkSlots));
    return sums;
  }

  async #refreshed(): Promise<Summed<Sums>> {
    for (;;) {
      const state = await this.chunks.state();
      if (this.#summed?.state === state) return this.#summed;
      this.#refreshing ??= this.#refresh(state).finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
  }

  /** Keeps the stretches that have become final, and reads again those whose blocks are others now. */
  async #refresh(state: ChunkState): Promise<void> {
    const { store, chunkSlots } = this.chunks;
    const gone = [...this.#kept.keys()].filter((chunk) => !state.chunks.has(chunk));
    const stale = [...state.chunks.values()].filter(({ chunk, print }) => this.#kept.get(chunk)?.print !== print);
    for (const chunk of gone) this.#kept.delete(chunk);
    for (const group of neighbours(stale)) {
      const [first, last] = [group[0]?.chunk ?? 0n, group.at(-1)?.chunk ?? 0n];
      const range = { fromSlot: first * chunkSlots, toSlot: (last + 1n) * chunkSlots - 1n };
      const found = await this.rows.read(store, range, chunkSlots);
      for (const { chunk, print } of group)
        this.#kept.set(chunk, { print, parts: found.filter((each) => each.chunk === chunk) });
    }
    const tail = { fromSlot: state.below * chunkSlots, toSlot: state.finalSlot };
    this.#summed = {
      state,
      tail: tail.fromSlot > tail.toSlot ? [] : await this.rows.read(store, tail, chunkSlots),
      histories:
        this.#summed === null || gone.length > 0 || stale.length > 0 ? this.#historiesOfKept() : this.#summed.histories,
    };
  }

  /** Running sums of each key. */
  #historiesOfKept(): ReadonlyMap<string, History<Sums>> {
    const histories = new Map<string, History<Sums>>();
    const chunks = [...this.#kept.keys()].sort((left, right) => (left < right ? -1 : 1));
    for (const chunk of chunks) {
      for (const { key, sums } of this.#kept.get(chunk)?.parts ?? []) {
        const history = histories.get(key) ?? { chunks: [], sums: [] };
        histories.set(key, history);
        const before = history.sums.at(-1);
        history.chunks.push(chunk);
        history.sums.push(before === undefined ? sums : this.rows.plus(before, sums));
      }
    }
    return histories;
  }

  #add(all: Map<string, Sums>, parts: readonly ChunkPart<Sums>[]): void {
    for (const { key, sums } of parts) {
      const before = all.get(key);
      all.set(key, before === undefined ? sums : this.rows.plus(before, sums));
    }
  }
}

/** In order, and in groups that lie close enough together to be read at once. */
function neighbours(stale: readonly ChunkPrint[]): ChunkPrint[][] {
  const groups: ChunkPrint[][] = [];
  for (const item of stale.toSorted((left, right) => (left.chunk < right.chunk ? -1 : 1))) {
    const group = groups.at(-1);
    if (group !== undefined && item.chunk - (group[0]?.chunk ?? 0n) < CHUNKS_AT_ONCE) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** Found by halves. */
function sumsBelow<Sums>({ chunks, sums }: History<Sums>, below: bigint): Sums | undefined {
  let [low, high] = [0, chunks.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((chunks[middle] ?? 0n) < below) low = middle + 1;
    else high = middle;
  }
  return sums[low - 1];
}
