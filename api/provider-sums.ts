/**
 * What providers did up to any slot, without reading all of history each time: sums of stretches of final blocks are kept in
 * the process, and only what comes after the last whole stretch is read for an answer. Stretches whose blocks were mended
 * since are found by their fingerprints, which are compared every half minute.
 * @module
 */
import { toBase58 } from '../indexer/domain/base58.ts';
import type { Slot } from '../indexer/domain/units.ts';
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';
import { chunkPrints } from '../indexer/store/queries/block-chunks.ts';
import { cursor } from '../indexer/store/queries/cursors.ts';
import { type ProviderChunk, type ProviderSums, providerChunks } from '../indexer/store/queries/providers.ts';

interface Kept {
  readonly print: bigint;
  readonly sums: ReadonlyMap<string, ProviderSums>;
}

/** What a provider had done at the end of each stretch in which it did something, oldest first. */
interface History {
  readonly chunks: bigint[];
  readonly sums: ProviderSums[];
}

/** A stretch is read for an answer in milliseconds, and there are not too many of them. */
const CHUNK_SLOTS = 4_096n;
/** Stretches that are read in one question. */
const CHUNKS_AT_ONCE = 16n;
const COMPARE_EVERY_MS = 30_000;

export const NO_SUMS: ProviderSums = {
  ...{ offerCount: 0n, orderCount: 0n, settledCount: 0n, refundedCount: 0n, gpuSeconds: 0n },
};

export class ProviderSumsKeeper {
  #kept = new Map<bigint, Kept>();
  #histories: ReadonlyMap<string, History> = new Map();
  /** Stretches below this are kept, where they have blocks. */
  #keptBelow = 0n;
  #comparedAtMs = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | null = null;

  constructor(
    private readonly store: StoreClient,
    private readonly nowMs: () => number = () => performance.now(),
    private readonly chunkSlots: bigint = CHUNK_SLOTS,
  ) {}

  /**
   * Sums of every provider up to a slot, by address in base58; those that did nothing are absent.
   * @param store where what lies beyond the kept stretches is read
   */
  async upTo(slot: Slot, store: StoreClient = this.store): Promise<ReadonlyMap<string, ProviderSums>> {
    if (this.nowMs() - this.#comparedAtMs >= COMPARE_EVERY_MS) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
    const wholeChunks = (slot + 1n) / this.chunkSlots;
    const below = wholeChunks < this.#keptBelow ? wholeChunks : this.#keptBelow;
    const sums = new Map<string, ProviderSums>();
    for (const [provider, history] of this.#histories) {
      const before = sumsBelow(history, below);
      if (before !== undefined) sums.set(provider, before);
    }
    const rest = { fromSlot: below * this.chunkSlots, toSlot: slot };
    const restChunks = rest.fromSlot > slot ? [] : await providerChunks(store, rest, this.chunkSlots);
    for (const each of restChunks) add(sums, toBase58(each.provider), each);
    return sums;
  }

  /** Keeps the stretches that have become final, and reads again those whose blocks are others now. */
  async #refresh(): Promise<void> {
    const finalSlot = (await cursor(this.store, 'finalized'))?.slot ?? -1n;
    const below = (finalSlot + 1n) / this.chunkSlots;
    const prints = await chunkPrints(this.store, below * this.chunkSlots, this.chunkSlots);
    const standing = new Set(prints.map(({ chunk }) => chunk));
    const gone = [...this.#kept.keys()].filter((chunk) => !standing.has(chunk));
    for (const chunk of gone) this.#kept.delete(chunk);
    const stale = prints.filter(({ chunk, print }) => this.#kept.get(chunk)?.print !== print);
    for (const group of neighbours(stale)) {
      const [first, last] = [group[0]?.chunk ?? 0n, group.at(-1)?.chunk ?? 0n];
      const range = { fromSlot: first * this.chunkSlots, toSlot: (last + 1n) * this.chunkSlots - 1n };
      const found = await providerChunks(this.store, range, this.chunkSlots);
      for (const { chunk, print } of group) this.#kept.set(chunk, { print, sums: sumsOf(found, chunk) });
    }
    if (gone.length > 0 || stale.length > 0) this.#histories = historiesOf(this.#kept);
    this.#keptBelow = below;
    this.#comparedAtMs = this.nowMs();
  }
}

/** In groups that lie close enough together to be read at once. */
function neighbours<Item extends { readonly chunk: bigint }>(items: readonly Item[]): Item[][] {
  const groups: Item[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group !== undefined && item.chunk - (group[0]?.chunk ?? 0n) < CHUNKS_AT_ONCE) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

function sumsOf(found: readonly ProviderChunk[], chunk: bigint): ReadonlyMap<string, ProviderSums> {
  return new Map(found.filter((each) => each.chunk === chunk).map((each) => [toBase58(each.provider), each]));
}

/** Running sums of each provider. */
function historiesOf(kept: ReadonlyMap<bigint, Kept>): ReadonlyMap<string, History> {
  const histories = new Map<string, History>();
  const chunks = [...kept.keys()].sort((left, right) => (left < right ? -1 : 1));
  for (const chunk of chunks) {
    for (const [provider, each] of kept.get(chunk)?.sums ?? []) {
      const history = histories.get(provider) ?? { chunks: [], sums: [] };
      histories.set(provider, history);
      history.chunks.push(chunk);
      history.sums.push(plus(history.sums.at(-1) ?? NO_SUMS, each));
    }
  }
  return histories;
}

/** Found by halves. */
function sumsBelow({ chunks, sums }: History, below: bigint): ProviderSums | undefined {
  let [low, high] = [0, chunks.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((chunks[middle] ?? 0n) < below) low = middle + 1;
    else high = middle;
  }
  return sums[low - 1];
}

function add(sums: Map<string, ProviderSums>, provider: string, more: ProviderSums): void {
  sums.set(provider, plus(sums.get(provider) ?? NO_SUMS, more));
}

function plus(before: ProviderSums, more: ProviderSums): ProviderSums {
  return {
    offerCount: before.offerCount + more.offerCount,
    orderCount: before.orderCount + more.orderCount,
    settledCount: before.settledCount + more.settledCount,
    refundedCount: before.refundedCount + more.refundedCount,
    gpuSeconds: before.gpuSeconds + more.gpuSeconds,
  };
}
