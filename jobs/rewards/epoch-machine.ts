/**
 * Brings reward epochs from state to state. Everything it knows stands in ClickHouse and on chain; it can be killed at
 * any point and started anywhere, even twice.
 * @module
 */
import { messageOf, PlumblineError } from '../../indexer/domain/errors.ts';
import { type EpochRow, epochRowsBetween } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { type EpochState, rankOf, recordState, stateOf } from './epoch-state.ts';
import { type Place, ProblemLog } from './problem-log.ts';
import type { RewardContext, Step, StepResult } from './reward-context.ts';
import { type AccrualReport, accrueStep } from './steps/accrue-step.ts';
import { commitTree, pendingTrees } from './steps/books-step.ts';
import { commitStep, finalizeStep } from './steps/commit-step.ts';
import { computeStep, verifyStep } from './steps/compute-step.ts';
import { markEpoch } from './steps/mark-epoch.ts';
import { currentEpoch } from './steps/open-epoch.ts';
import { approveStep, publishStep } from './steps/publish-step.ts';

const steps: Readonly<Partial<Record<EpochState, Step>>> = {
  open: markEpoch,
  marked: computeStep,
  computed: verifyStep,
  verified: publishStep,
  published: approveStep,
  approved: commitStep,
};

/** What the worker says of itself; numbers are exact as text. */
export interface RewardStatus {
  rewardEpoch: string | null;
  state: EpochState | null;
  /** What the epoch waits for, or the code and message of what is wrong. */
  reason: string | null;
  windowEnd: string | null;
  committedRewardEpoch: string;
  accruedRewardEpoch: string;
  roots: readonly string[];
  accrualReason: string | null;
  openProblems: number;
}

export class EpochMachine {
  readonly #context: RewardContext;
  readonly #problems: ProblemLog;
  readonly #running = new Set<string>();
  readonly status: RewardStatus = {
    ...{ rewardEpoch: null, state: null, reason: null, windowEnd: null, committedRewardEpoch: '0' },
    ...{ accruedRewardEpoch: '0', roots: [], accrualReason: null, openProblems: 0 },
  };

  constructor(context: RewardContext) {
    this.#context = context;
    this.#problems = new ProblemLog(context.store, context.nowMicros);
  }

  /**
   * Bring the epoch in work as far as it goes.
   * @throws what a step throws, after it is written down
   */
  advance(): Promise<void> {
    return this.#once('advance', () => this.#advance());
  }

  /**
   * Oldest first: see every committed record become final, and accrue every epoch whose record is. Beside `advance`, so
   * that finality is not waited for between two epochs.
   * @throws what a step throws, after it is written down and the other epochs had their turn
   */
  accrue(): Promise<void> {
    return this.#once('accrue', () => this.#accrue());
  }

  /** A tick that comes while the one before is still at work has nothing to do. */
  async #once(name: string, run: () => Promise<void>): Promise<void> {
    if (this.#running.has(name)) return;
    this.#running.add(name);
    try {
      await run();
    } finally {
      this.#running.delete(name);
    }
  }

  async #advance(): Promise<void> {
    let row = await this.#guarded(() => currentEpoch(this.#context));
    while (row !== null && !this.#context.signal.aborted) {
      this.#show(row);
      row = await this.#stepFrom(row);
    }
  }

  async #accrue(): Promise<void> {
    const rows = await epochRowsBetween(this.#context.store, rankOf('committed'), rankOf('accrued'));
    // One that is halted, or fails, holds up neither the finality of later records nor the books.
    const failures: unknown[] = [];
    const reasons: (string | null)[] = [];
    for (const row of rows) {
      const finished = this.#finishOne(row).catch((error: unknown) => {
        failures.push(error);
        return reasonOf(error);
      });
      reasons.push(await finished);
    }
    this.status.accrualReason = reasons.find((reason) => reason !== null) ?? null;
    const accrued = await epochRowsBetween(this.#context.store, rankOf('accrued'), rankOf('accrued') + 1);
    const unfinished = rows.find((row) => !accrued.some(({ rewardEpoch }) => rewardEpoch === row.rewardEpoch));
    const last = accrued.findLast(
      ({ rewardEpoch }) => unfinished === undefined || rewardEpoch < unfinished.rewardEpoch,
    );
    this.status.accruedRewardEpoch = String(last?.rewardEpoch ?? 0n);
    await this.#commitTrees();
    if (failures.length > 0) throw failures[0];
  }

  /** Scores and incentives of committed epochs onto the marketplace's books. */
  async #commitTrees(): Promise<void> {
    const pending = await this.#reported({ rewardEpoch: 0n, step: 'books', target: '' }, () =>
      pendingTrees(this.#context),
    );
    for (const tree of pending) {
      const place = { rewardEpoch: tree.rewardEpoch, step: 'books', target: tree.kind };
      // Incentives ascend: none goes before an earlier one.
      if (this.#problems.restingFor(place) !== null) return;
      await this.#reported(place, () => commitTree(this.#context, tree));
    }
  }

  /** What goes wrong is written down, and thrown. */
  async #reported<T>(place: Place, run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      await this.#problems.clear(place);
      return result;
    } catch (error) {
      if (error instanceof PlumblineError) await this.#problems.report(place, error);
      throw error;
    } finally {
      this.status.openProblems = this.#problems.openCount;
    }
  }

  /** The epoch's next row, `null` when it has to wait or a later pass goes on. */
  async #stepFrom(row: EpochRow): Promise<EpochRow | null> {
    const state = stateOf(row);
    const step = steps[state];
    if (step === undefined) return null;
    const place = { rewardEpoch: row.rewardEpoch, step: state, target: '' };
    const resting = this.#problems.restingFor(place);
    if (resting !== null) {
      this.status.reason = `${resting}: rests; plumbline rewards show ${row.rewardEpoch} says more`;
      return null;
    }
    try {
      const result = await step(this.#context, row);
      await this.#problems.clear(place);
      if (result.kind === 'waiting') {
        this.status.reason = result.reason;
        return null;
      }
      await recordState(this.#context, result.row);
      return result.row;
    } catch (error) {
      this.status.reason = reasonOf(error);
      if (error instanceof PlumblineError) await this.#problems.report(place, error);
      throw error;
    } finally {
      this.status.openProblems = this.#problems.openCount;
    }
  }

  /** One step of an epoch that has its record: finality, then accruals. What it waits for; `null` when it went on. */
  async #finishOne(row: EpochRow): Promise<string | null> {
    const { rewardEpoch } = row;
    try {
      const result = await this.#finish(row, async (target, error) => {
        const place = { rewardEpoch, step: 'accrue', target };
        await (error === null ? this.#problems.clear(place) : this.#problems.report(place, error));
      });
      if (result.kind === 'advanced') await recordState(this.#context, result.row);
      await this.#problems.clear({ rewardEpoch, step: 'accrue', target: '' });
      return result.kind === 'waiting' ? result.reason : null;
    } catch (error) {
      if (error instanceof PlumblineError)
        await this.#problems.report({ rewardEpoch, step: 'accrue', target: '' }, error);
      throw error;
    } finally {
      this.status.openProblems = this.#problems.openCount;
    }
  }

  #finish(row: EpochRow, report: AccrualReport): Promise<StepResult> {
    return stateOf(row) === 'committed' ? finalizeStep(this.#context, row) : accrueStep(this.#context, row, report);
  }

  async #guarded<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      this.status.reason = reasonOf(error);
      throw error;
    }
  }

  #show(row: EpochRow): void {
    const { status } = this;
    status.rewardEpoch = String(row.rewardEpoch);
    status.state = stateOf(row);
    status.reason = null;
    status.windowEnd = String(row.windowEnd);
    const isCommitted = row.stateRank >= rankOf('committed');
    status.committedRewardEpoch = String(isCommitted ? row.rewardEpoch : row.rewardEpoch - 1n);
    status.roots = row.roots.map((root) => Buffer.from(root).toString('hex'));
  }
}

function reasonOf(error: unknown): string {
  return error instanceof PlumblineError ? `${error.code}: ${error.message}` : messageOf(error);
}
