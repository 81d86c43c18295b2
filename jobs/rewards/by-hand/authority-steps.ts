/**
 * What the reward authority does by hand: approve an epoch, commit it, have it accrued. Each is what the
 * worker does, called once, and safe beside a running worker.
 * @module
 */
import { checkInput } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import { type EpochRow, epochRow, insertEpochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { type EpochState, inState, rankOf } from '../epoch-state.ts';
import type { RewardContext } from '../reward-context.ts';
import { accrueStep } from '../steps/accrue-step.ts';
import { commitStep, finalizeStep } from '../steps/commit-step.ts';
import { challengeLeftSeconds } from '../steps/publish-step.ts';

/** @throws InputError `REWARDS__NOT_PUBLISHED`, `REWARDS__CHALLENGE_OPEN`, `REWARDS__NO_AUTHORITY` */
export async function approveEpoch(context: RewardContext, rewardEpoch: RewardEpoch): Promise<string[]> {
  const row = await rowOf(context, rewardEpoch);
  if (row.stateRank >= rankOf('approved')) return [`reward epoch ${rewardEpoch} is ${row.state} already`];
  checkInput(
    row.state === 'published',
    'REWARDS__NOT_PUBLISHED',
    `Reward epoch ${rewardEpoch} is ${row.state}; only a published one can be approved`,
    { rewardEpoch },
  );
  const leftSeconds = challengeLeftSeconds(context, row);
  checkInput(
    leftSeconds <= 0n,
    'REWARDS__CHALLENGE_OPEN',
    `The challenge window of reward epoch ${rewardEpoch} is open for another ${leftSeconds} s`,
    { rewardEpoch, leftSeconds },
  );
  const { authorityAddress } = context;
  checkInput(
    authorityAddress !== null,
    'REWARDS__NO_AUTHORITY',
    'Set REWARD_AUTHORITY_KEYPAIR, or REWARD_AUTHORITY: only the reward authority approves',
    { rewardEpoch },
  );
  await insertEpochRow(context.store, inState(row, 'approved', { approvedBy: authorityAddress }, context.nowMicros()));
  return [`reward epoch ${rewardEpoch} approved by ${authorityAddress}`];
}

/** @throws InputError `REWARDS__NOT_APPROVED`, and the errors of the commit */
export async function commitEpoch(context: RewardContext, rewardEpoch: RewardEpoch): Promise<string[]> {
  const row = await rowOf(context, rewardEpoch);
  needState(row, 'approved', 'REWARDS__NOT_APPROVED');
  const step = row.state === 'approved' ? commitStep : finalizeStep;
  const result = row.stateRank >= rankOf('finalized') ? null : await step(context, row);
  if (result?.kind === 'waiting') return [result.reason];
  if (result?.kind === 'advanced') await insertEpochRow(context.store, result.row);
  return [`reward epoch ${rewardEpoch} is ${result?.row.state ?? row.state}: record ${row.recordAddress}`];
}

/** @throws InputError `REWARDS__NOT_FINALIZED`, UpstreamError `REWARDS__ACCRUAL_HALTED` */
export async function accrueEpoch(context: RewardContext, rewardEpoch: RewardEpoch): Promise<string[]> {
  const row = await rowOf(context, rewardEpoch);
  needState(row, 'finalized', 'REWARDS__NOT_FINALIZED');
  const lines: string[] = [];
  const result = await accrueStep(context, row, async (pool, error) => {
    lines.push(error === null ? `accrued ${pool}` : `failed ${pool}: ${error.message} [${error.code}]`);
  });
  if (result.kind === 'advanced' && row.state !== 'accrued') await insertEpochRow(context.store, result.row);
  return [...lines, result.kind === 'waiting' ? result.reason : `reward epoch ${rewardEpoch} is accrued by every pool`];
}

/** @throws InputError `REWARDS__UNKNOWN_EPOCH` */
export async function rowOf({ store }: RewardContext, rewardEpoch: RewardEpoch): Promise<EpochRow> {
  const row = await epochRow(store, rewardEpoch);
  checkInput(row !== null, 'REWARDS__UNKNOWN_EPOCH', `Reward epoch ${rewardEpoch} is not known here`, { rewardEpoch });
  return row;
}

function needState(row: EpochRow, state: EpochState, code: string): void {
  checkInput(
    row.stateRank >= rankOf(state),
    code,
    `Reward epoch ${row.rewardEpoch} is ${row.state}; it has to be ${state} first`,
    {
      rewardEpoch: row.rewardEpoch,
      state: row.state,
    },
  );
}
