/**
 * `--until epoch:N`: reached when reward epoch N is committed on chain and accrued by every pool.
 * @module
 */
import { checkInput } from '../../indexer/domain/errors.ts';

export interface Goal {
  readonly rewardEpoch: bigint;
}

/** @throws InputError `UP__BAD_GOAL` */
export function parseGoal(text: string): Goal {
  const match = /^epoch:([1-9]\d{0,17})$/.exec(text);
  checkInput(match !== null, 'UP__BAD_GOAL', `--until takes epoch:N with N from 1, not ${text}`);
  return { rewardEpoch: BigInt(match?.[1] ?? '0') };
}
