/**
 * A record that lives: a chain that grows, forks above what is final and is replayed, and blocks that are filled in below.
 * @module
 */
import fc from 'fast-check';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { createFillStore } from '../../../indexer/store/fill-store.ts';
import { type ChosenEvent, type MarketDatabase, marketChain } from './market-chain.ts';

export const START = 1_700_000_000n;

export interface Life {
  /** What a block holds follows from a number, so that shrinking stays possible and branches differ. */
  readonly eventsOf: (seed: number) => ChosenEvent[];
  /** Blocks below the record, which are filled in later. */
  readonly missingCount: number;
  /** What is computed from the record anew. */
  readonly refresh: () => Promise<unknown>;
}

export type Step =
  | {
      readonly kind: 'extend' | 'fork';
      readonly depth: number;
      readonly seeds: readonly number[];
      readonly pace: number;
    }
  | { readonly kind: 'finalize' | 'replay'; readonly blocks: number }
  | { readonly kind: 'backfill'; readonly blocks: number }
  | { readonly kind: 'refresh' };

const seeds = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 });
/** Seconds from block to block: candles hold many blocks, one, or days pass between two. */
const pace = fc.constantFrom(0, 1, 17, 700, 50_000);
export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('extend' as const, 'fork' as const), depth: fc.nat(5), seeds, pace }),
  fc.record({ kind: fc.constantFrom('finalize' as const, 'replay' as const), blocks: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('backfill' as const), blocks: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('refresh' as const) }),
);

/** A record that began late, with blocks below it to be filled in, and a chain that forks above what is final. */
export class LivedRecord {
  chain: DecodedBlock[] = [];
  /** Blocks have come below the head since all days were looked at. */
  isFilledBelow = false;
  #missing: DecodedBlock[];
  #final = 0;
  #branch = 0;
  readonly #database: MarketDatabase;
  readonly #life: Life;

  constructor(database: MarketDatabase, life: Life) {
    this.#database = database;
    this.#life = life;
    const history = Array.from({ length: life.missingCount }, (_, index) => ({
      slot: BigInt(index + 1),
      time: START + BigInt(index * 7_000),
      events: life.eventsOf(index * 7 + 3),
    }));
    this.#missing = marketChain(database.tables, history);
  }

  async run(each: Step): Promise<void> {
    const { client, tables } = this.#database;
    const store = createBlockStore(client, tables);
    if (each.kind === 'refresh') await this.#life.refresh();
    if (each.kind === 'replay') await store.commit(this.chain.slice(-each.blocks));
    if (each.kind === 'finalize') await this.#finalize(each.blocks);
    if (each.kind === 'backfill') await this.#backfill(each.blocks);
    if (each.kind === 'fork' && this.chain.length > 0) {
      this.chain = this.chain.slice(0, Math.max(this.chain.length - each.depth, this.#final, 1));
      const head = this.chain.at(-1);
      if (head !== undefined) await store.cancelAbove(head.block.slot);
    }
    if (each.kind === 'fork' || each.kind === 'extend') await this.#extend(each.seeds, each.pace);
  }

  async #extend(seedsOfBlocks: readonly number[], paceSeconds: number): Promise<void> {
    const { client, tables } = this.#database;
    const parent = this.chain.at(-1) ?? this.#missing.at(-1) ?? null;
    const branch = `branch ${this.#branch++}`;
    const blocks = seedsOfBlocks.map((seed, index) => ({
      slot: (parent?.block.slot ?? 0n) + BigInt(index + 1),
      time: (parent?.block.blockTime ?? START) + BigInt((index + 1) * paceSeconds),
      events: this.#life.eventsOf(seed),
      branch,
    }));
    const grown = marketChain(tables, blocks, parent);
    await createBlockStore(client, tables).commit(grown);
    this.chain = [...this.chain, ...grown];
  }

  async #finalize(blocks: number): Promise<void> {
    this.#final = Math.min(this.#final + blocks, this.chain.length);
    const last = this.chain[this.#final - 1];
    if (last === undefined) return;
    const store = createBlockStore(this.#database.client, this.#database.tables);
    await store.markFinalized(last.block.slot, last.block.blockhash);
  }

  async #backfill(blocks: number): Promise<void> {
    const piece = this.#missing.slice(-blocks);
    if (this.#final === 0 || piece.length === 0) return;
    await createFillStore(this.#database.client, this.#database.tables).fill(piece);
    this.#missing = this.#missing.slice(0, -piece.length);
    this.chain = [...piece, ...this.chain];
    this.#final += piece.length;
    this.isFilledBelow = true;
  }
}
