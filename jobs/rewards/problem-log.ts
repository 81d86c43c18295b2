/**
 * What keeps reward epochs from going on, written down when it changes and not every second. A failure that trying again
 * cannot mend rests the step: the caller's for a while, a broken promise of ours until the process is started anew.
 * @module
 */
import { InputError, InvariantError, type PlumblineError } from '../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { insertProblems, openProblems } from '../../indexer/store/queries/rewards/reward-epochs.ts';

const MICROS = 1_000_000n;
const INPUT_REST_SECONDS = 30n;
const MAX_OPEN_PROBLEMS = 10_000;

export interface Place {
  readonly rewardEpoch: RewardEpoch;
  readonly step: string;
  /** A pool's address, or empty. */
  readonly target: string;
}

interface Entry {
  readonly code: string;
  readonly message: string;
  /** Microseconds since 1970; `null` rests for good. */
  readonly restsUntil: bigint | null;
}

export class ProblemLog {
  readonly #store: StoreClient;
  readonly #nowMicros: () => bigint;
  readonly #open = new Map<string, Entry>();
  #loading: Promise<void> | null = null;

  constructor(store: StoreClient, nowMicros: () => bigint) {
    this.#store = store;
    this.#nowMicros = nowMicros;
  }

  get openCount(): number {
    return this.#open.size;
  }

  /** Code of the problem a step rests for, `null` when it may be tried. */
  restingFor(place: Place): string | null {
    const entry = this.#open.get(nameOf(place));
    if (entry === undefined) return null;
    return entry.restsUntil === null || entry.restsUntil > this.#nowMicros() ? entry.code : null;
  }

  async report(place: Place, error: PlumblineError): Promise<void> {
    await this.#load();
    const { code, message } = error;
    const known = this.#open.get(nameOf(place));
    this.#open.set(nameOf(place), { code, message, restsUntil: this.#restOf(error) });
    // One reason may give way to another of the same code: whoever looks has to read the one of now.
    if (known?.code !== code || known.message !== message) await this.#write(place, code, message, contextText(error));
  }

  async clear(place: Place): Promise<void> {
    await this.#load();
    if (this.#open.delete(nameOf(place))) await this.#write(place, '', '', '');
  }

  #restOf(error: PlumblineError): bigint | null {
    if (error instanceof InvariantError) return null;
    return this.#nowMicros() + (error instanceof InputError ? INPUT_REST_SECONDS * MICROS : 0n);
  }

  async #write(place: Place, code: string, message: string, context: string): Promise<void> {
    await insertProblems(this.#store, [{ ...place, code, message, context, recordedAt: this.#nowMicros() }]);
  }

  /** Once for all that ask: a second reading could bring back a problem that was cleared meanwhile. */
  #load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /** Problems of an earlier process may be tried at once, and are cleared when they have gone. */
  async #read(): Promise<void> {
    for (const problem of await openProblems(this.#store, MAX_OPEN_PROBLEMS)) {
      const { code, message } = problem;
      if (!this.#open.has(nameOf(problem))) this.#open.set(nameOf(problem), { code, message, restsUntil: 0n });
    }
  }
}

function nameOf({ rewardEpoch, step, target }: Place): string {
  return `${rewardEpoch}/${step}/${target}`;
}

function contextText({ context }: PlumblineError): string {
  return JSON.stringify(context, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}
