/**
 * The jobs of market data, both thin: each finds out by itself what is to be done, and does nothing until another minute
 * of blocks is final.
 * @module
 */
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { finalizedTime } from '../../indexer/store/queries/chain/block-times.ts';
import { JOB_NAMES, tickPayload } from '../contract.ts';
import { defineJob, type JobDefinition } from '../define-job.ts';
import type { GovernedPrograms } from '../rewards/inputs/parameters-in-force.ts';
import { floorTo, MINUTE_SECONDS } from './candles.ts';
import { refreshCandles } from './refresh-candles.ts';
import { refreshRates } from './refresh-rates.ts';

export interface MarketJobContext {
  readonly market: MarketKeeper;
}

export class MarketKeeper {
  readonly #store: StoreClient;
  readonly #programs: GovernedPrograms;
  readonly #nowMicros: () => bigint;
  /** Final minute up to which a job has done its work, by its name. */
  readonly #doneTo = new Map<string, UnixSeconds>();
  readonly #running = new Set<string>();

  constructor(store: StoreClient, programs: GovernedPrograms, nowMicros: () => bigint) {
    this.#store = store;
    this.#programs = programs;
    this.#nowMicros = nowMicros;
  }

  /** @throws the errors of `refreshCandles` */
  candles(): Promise<void> {
    return this.#onceAMinute('candles', () => refreshCandles(this.#store, 'recent', this.#nowMicros));
  }

  /** @throws the errors of `refreshRates` */
  rates(): Promise<void> {
    return this.#onceAMinute('rates', () => refreshRates(this.#store, this.#programs, 'recent', this.#nowMicros));
  }

  async #onceAMinute(name: string, refresh: () => Promise<unknown>): Promise<void> {
    if (this.#running.has(name)) return;
    this.#running.add(name);
    try {
      const newest = await finalizedTime(this.#store);
      const minute = newest === null ? null : floorTo(newest, MINUTE_SECONDS);
      if (minute === null || this.#doneTo.get(name) === minute) return;
      await refresh();
      this.#doneTo.set(name, minute);
    } finally {
      this.#running.delete(name);
    }
  }
}

export const marketJobs: readonly JobDefinition<MarketJobContext>[] = [
  defineJob({
    name: JOB_NAMES.candles,
    payload: tickPayload,
    run: (_, { market }: MarketJobContext) => market.candles(),
  }),
  defineJob({
    name: JOB_NAMES.rates,
    payload: tickPayload,
    run: (_, { market }: MarketJobContext) => market.rates(),
  }),
];
