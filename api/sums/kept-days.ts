/**
 * Prices of days that are over and final: what they were stays what it is, so it is worked out once. Kept in the process by
 * the fingerprints of all final stretches up to the day's end, since an earlier purchase says who belongs together.
 * @module
 */
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import { timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import type { PriceSummary } from '../../jobs/market/daily-prices.ts';
import type { ChunkState, FinalChunks } from './final-chunks.ts';

/** A month of every model, many times. */
const MOST_DAYS = 10_000;

/** What was found of a day. */
export interface DayFound {
  /** Last slot with a block of it; `null` of a day without any. */
  readonly toSlot: Slot | null;
  /** `null` where no purchase counts. */
  readonly summary: PriceSummary | null;
}

interface KeptDay extends DayFound {
  readonly state: ChunkState;
  /** Of all stretches up to the day's end; `null` where the last is not final as a whole, or none is known. */
  readonly print: bigint | null;
}

export class KeptDays {
  #kept = new Map<string, KeptDay>();
  #final: { readonly state: ChunkState; readonly time: Promise<UnixSeconds | null> } | null = null;

  constructor(private readonly chunks: FinalChunks) {}

  /**
   * @param slot as of which it is asked for
   * @param work finds it as of then
   */
  async find(
    day: { readonly model: number; readonly start: UnixSeconds; readonly end: UnixSeconds },
    slot: Slot,
    work: () => Promise<DayFound>,
  ): Promise<PriceSummary | null> {
    const state = await this.chunks.state();
    const name = `${day.model} ${day.start}`;
    const known = this.#kept.get(name);
    if (known !== undefined && (known.toSlot ?? 0n) <= slot && holds(known, state)) return known.summary;
    const finalTime = await this.#finalTime(state);
    const found = await work();
    const isWhole = slot >= state.finalSlot && finalTime !== null && finalTime >= day.end;
    if (isWhole) this.#keep(name, { ...found, state, print: printUpTo(state, found.toSlot) });
    return found.summary;
  }

  #keep(name: string, day: KeptDay): void {
    this.#kept.delete(name);
    this.#kept.set(name, day);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_DAYS && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** Of the block that was the last final one when the stretches were looked at. */
  #finalTime(state: ChunkState): Promise<UnixSeconds | null> {
    if (this.#final?.state !== state) {
      const time = timeAtSlot(this.chunks.store, state.finalSlot < 0n ? 0n : state.finalSlot);
      this.#final = { state, time };
      time.catch(() => {
        this.#final = null;
      });
    }
    return this.#final?.time ?? Promise.resolve(null);
  }
}

function holds({ state: before, print, toSlot }: KeptDay, state: ChunkState): boolean {
  return before === state || (print !== null && print === printUpTo(state, toSlot));
}

function printUpTo({ chunks, chunkSlots, below }: ChunkState, toSlot: Slot | null): bigint | null {
  if (toSlot === null || toSlot >= below * chunkSlots) return null;
  const last = toSlot / chunkSlots;
  let print = 0n;
  for (const each of chunks.values()) if (each.chunk <= last) print += each.print;
  return print;
}
