/**
 * `--until epoch:N`: reached when reward epoch N is committed on chain and accrued by every pool.
 * @module
 */
import { checkInput } from '../../indexer/domain/errors.ts';
import type { Status } from '../status.ts';

export interface Goal {
  readonly rewardEpoch: bigint;
}

/** @throws InputError `UP__BAD_GOAL` */
export function parseGoal(text: string): Goal {
  const match = /^epoch:([1-9]\d{0,17})$/.exec(text);
  checkInput(match !== null, 'UP__BAD_GOAL', `--until takes epoch:N with N from 1, not ${text}`);
  return { rewardEpoch: BigInt(match?.[1] ?? '0') };
}

export interface GoalProgress {
  readonly reached: boolean;
  /** Changes whenever something moved. */
  readonly state: string;
}

/** How far the worker says it is. */
export function goalProgress(goal: Goal, status: Status): GoalProgress {
  const { worker, indexer } = status;
  if (!worker.up) return { reached: false, state: 'the worker is down' };
  const accrued = BigInt(String(worker['accruedRewardEpoch'] ?? '0'));
  const committedSlot = indexer.up ? String(indexer['committedSlot'] ?? '-') : '-';
  const state =
    `epoch ${String(worker['rewardEpoch'] ?? '-')} is ${String(worker['state'] ?? '-')} ${String(worker['reason'] ?? '')}`.trim();
  // While a window is open nothing but the chain moves, and that is progress too.
  return {
    reached: accrued >= goal.rewardEpoch,
    state: worker['state'] === 'open' ? `${state} at ${committedSlot}` : state,
  };
}
