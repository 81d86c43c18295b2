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
  /** Stretches below this are kept, where they have blocks. */
  #keptBelow = 0n;
  #comparedAtMs = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | null = null;

  constructor(
    private readonly store: StoreClient,
    private readonly nowMs: () => number = () => performance.now(),
    private readonly chunkSlots: bigint = CHUNK_SLOTS,
  ) {}

  /** Sums of every provider up to a slot, by address in base58; those that did nothing are absent. */
  async upTo(slot: Slot): Promise<ReadonlyMap<string, ProviderSums>> {
    if (this.nowMs() - this.#comparedAtMs >= COMPARE_EVERY_MS) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
    const wholeChunks = (slot + 1n) / this.chunkSlots;
    const below = wholeChunks < this.#keptBelow ? wholeChunks : this.#keptBelow;
    const sums = new Map<string, ProviderSums>();
    for (const [chunk, kept] of this.#kept)
      if (chunk < below) for (const [provider, each] of kept.sums) add(sums, provider, each);
    const rest = { fromSlot: below * this.chunkSlots, toSlot: slot };
    const restChunks = rest.fromSlot > slot ? [] : await providerChunks(this.store, rest, this.chunkSlots);
    for (const each of restChunks) add(sums, toBase58(each.provider), each);
    return sums;
  }

  /** Keeps the stretches that have become final, and reads again those whose blocks are others now. */
  async #refresh(): Promise<void> {
    const finalSlot = (await cursor(this.store, 'finalized'))?.slot ?? -1n;
    const below = (finalSlot + 1n) / this.chunkSlots;
    const prints = await chunkPrints(this.store, below * this.chunkSlots, this.chunkSlots);
    const standing = new Set(prints.map(({ chunk }) => chunk));
    for (const chunk of [...this.#kept.keys()]) if (!standing.has(chunk)) this.#kept.delete(chunk);
    const stale = prints.filter(({ chunk, print }) => this.#kept.get(chunk)?.print !== print);
    for (const group of neighbours(stale)) {
      const [first, last] = [group[0]?.chunk ?? 0n, group.at(-1)?.chunk ?? 0n];
      const range = { fromSlot: first * this.chunkSlots, toSlot: (last + 1n) * this.chunkSlots - 1n };
      const found = await providerChunks(this.store, range, this.chunkSlots);
      for (const { chunk, print } of group) this.#kept.set(chunk, { print, sums: sumsOf(found, chunk) });
    }
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

function add(sums: Map<string, ProviderSums>, provider: string, more: ProviderSums): void {
  const before = sums.get(provider) ?? NO_SUMS;
  sums.set(provider, {
    offerCount: before.offerCount + more.offerCount,
    orderCount: before.orderCount + more.orderCount,
    settledCount: before.settledCount + more.settledCount,
    refundedCount: before.refundedCount + more.refundedCount,
    gpuSeconds: before.gpuSeconds + more.gpuSeconds,
  });
}
