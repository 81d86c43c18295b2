/**
 * The stretches of the chain that are final, by their fingerprints: what was added up of a stretch holds as long as its
 * fingerprint does. A partition of the record's blocks is read again only when its parts are others than before, so that
 * the look costs what the newest partition has, however long the chain is.
 * @module
 */
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';
import {
  type BlockPartition,
  blockPartitions,
  type ChunkPrint,
  chunkPrints,
} from '../indexer/store/queries/block-chunks.ts';
import { cursor } from '../indexer/store/queries/cursors.ts';

export interface ChunkState {
  /** Stretches with a smaller number are final. */
  readonly below: bigint;
  /** Last final slot; -1 before there is one. */
  readonly finalSlot: bigint;
  /** Of the final stretches that have blocks. */
  readonly prints: ReadonlyMap<bigint, bigint>;
}

interface ReadPartition {
  readonly parts: bigint;
  readonly belowSlot: bigint;
  readonly prints: readonly ChunkPrint[];
}

/** A stretch is read for an answer in milliseconds, and there are not too many of them. */
const CHUNK_SLOTS = 4_096n;
/** Blocks that are final are mended by hand or not at all. */
const COMPARE_EVERY_MS = 30_000;

export class FinalChunks {
  #partitions: ReadonlyMap<bigint, ReadPartition> = new Map();
  #state: ChunkState = { below: 0n, finalSlot: -1n, prints: new Map() };
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | null = null;

  constructor(
    readonly store: StoreClient,
    private readonly nowMs: () => number = () => performance.now(),
    readonly chunkSlots: bigint = CHUNK_SLOTS,
  ) {}

  /** As it was half a minute ago or later; the same object while it was not looked at again. */
  async state(): Promise<ChunkState> {
    if (this.nowMs() - this.#lookedAtMs >= COMPARE_EVERY_MS) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = null;
      });
      await this.#looking;
    }
    return this.#state;
  }

  async #look(): Promise<void> {
    const finalSlot = (await cursor(this.store, 'finalized'))?.slot ?? -1n;
    const below = (finalSlot + 1n) / this.chunkSlots;
    const partitions = new Map<bigint, ReadPartition>();
    for (const each of await blockPartitions(this.store))
      partitions.set(each.partition, await this.#partition(each, below * this.chunkSlots));
    const prints = new Map<bigint, bigint>();
    // A stretch may lie in two partitions.
    for (const { prints: some } of partitions.values())
      for (const { chunk, print } of some) prints.set(chunk, (prints.get(chunk) ?? 0n) + print);
    this.#partitions = partitions;
    this.#state = { below, finalSlot, prints };
    this.#lookedAtMs = this.nowMs();
  }

  async #partition({ partition, parts, slots }: BlockPartition, finalBelow: bigint): Promise<ReadPartition> {
    const belowSlot = finalBelow < slots.toSlot ? finalBelow : slots.toSlot + 1n;
    const known = this.#partitions.get(partition);
    if (known?.parts === parts && known.belowSlot === belowSlot) return known;
    const range = { fromSlot: slots.fromSlot, toSlot: belowSlot - 1n };
    const prints = belowSlot <= slots.fromSlot ? [] : await chunkPrints(this.store, range, this.chunkSlots);
    return { parts, belowSlot, prints };
  }
}
