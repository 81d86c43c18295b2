/**
 * The stretches of the chain that are final, by their fingerprints: what was added up of a stretch holds as long as its
 * fingerprint does. A partition of the record's blocks is read again only when its parts are others than before, so that
 * the look costs what the newest partition has, however long the chain is.
 * @module
 */
import { least } from '../../indexer/domain/extremes.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  type BlockPartition,
  blockPartitions,
  type ChunkPrint,
  chunkPrints,
} from '../../indexer/store/queries/chain/block-chunks.ts';
import { cursor } from '../../indexer/store/queries/chain/cursors.ts';
import type { FinalStretches } from '../../indexer/store/queries/rows/row-counts.ts';

export interface ChunkState extends FinalStretches {
  /** Last final slot; -1 before there is one. */
  readonly finalSlot: bigint;
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
  #state: ChunkState | null = null;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #looking: Promise<ChunkState> | null = null;

  constructor(
    readonly store: StoreClient,
    private readonly nowMs: () => number = () => performance.now(),
    readonly chunkSlots: bigint = CHUNK_SLOTS,
  ) {}

  /** As it was half a minute ago or later; the same object while it was not looked at again. */
  async state(): Promise<ChunkState> {
    if (this.#state !== null && this.nowMs() - this.#lookedAtMs < COMPARE_EVERY_MS) return this.#state;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<ChunkState> {
    const finalSlot = (await cursor(this.store, 'finalized'))?.slot ?? -1n;
    const below = (finalSlot + 1n) / this.chunkSlots;
    const partitions = new Map<bigint, ReadPartition>();
    for (const each of await blockPartitions(this.store))
      partitions.set(each.partition, await this.#partition(each, below * this.chunkSlots));
    const chunks = new Map<bigint, ChunkPrint>();
    // A stretch may lie in two partitions.
    for (const { prints } of partitions.values())
      for (const each of prints) chunks.set(each.chunk, plus(chunks.get(each.chunk), each));
    this.#partitions = partitions;
    this.#state = { chunkSlots: this.chunkSlots, below, finalSlot, chunks };
    this.#lookedAtMs = this.nowMs();
    return this.#state;
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

/** The first stretch that is not known to be what it was, where all below `below` were known by their fingerprints. */
export function firstOther(known: ReadonlyMap<bigint, ChunkPrint>, below: bigint, now: ChunkState): bigint {
  const others = [...known.keys(), ...now.chunks.keys()].filter(
    (chunk) => known.get(chunk)?.print !== now.chunks.get(chunk)?.print,
  );
  return others.reduce(least, least(below, now.below));
}

function plus(before: ChunkPrint | undefined, more: ChunkPrint): ChunkPrint {
  if (before === undefined) return more;
  return {
    chunk: more.chunk,
    print: before.print + more.print,
    transactionCount: before.transactionCount + more.transactionCount,
    instructionCount: before.instructionCount + more.instructionCount,
    eventCount: before.eventCount + more.eventCount,
  };
}
