/**
 * `plumbline rewards export-unsigned <epoch>`: the transaction that the reward authority has to sign next, for an authority
 * whose key is not here. It passes what the worker's own would pass: the same checks before it, the same simulation. Whoever
 * sends it, the worker finds its effect on chain and goes on.
 * @module
 */
import type { Address, Instruction } from '@solana/kit';
import { checkInput, InputError } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import type { EpochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { type UnsignedBytes, unsignedTransaction } from '../../chain/unsigned-transaction.ts';
import type { RewardContext } from '../reward-context.ts';
import { checkRecord } from '../steps/commit-step.ts';
import { cosignatureMissing } from '../steps/cosigner-gate.ts';
import { checkAuthority, markingDue, windowSlots } from '../steps/mark-epoch.ts';
import { rowOf } from './authority-steps.ts';

export interface UnsignedStep extends UnsignedBytes {
  readonly step: 'mark' | 'commit';
  readonly rewardEpoch: RewardEpoch;
  /** Who has to sign, and pays. */
  readonly authority: Address;
}

/**
 * @throws InputError `REWARDS__NO_AUTHORITY`, `REWARDS__NOTHING_TO_SIGN`, `REWARDS__WRONG_AUTHORITY`; InvariantError
 *   `REWARDS__RECORD_DIFFERS`; UpstreamError `REWARDS__COSIGNER_BLOCKED`; what the simulation finds
 */
export async function exportUnsigned(context: RewardContext, rewardEpoch: RewardEpoch): Promise<UnsignedStep> {
  const { authorityAddress, chain } = context;
  checkInput(authorityAddress !== null, 'REWARDS__NO_AUTHORITY', 'Set REWARD_AUTHORITY to the address that will sign');
  const row = await rowOf(context, rewardEpoch);
  const unsigned = async (step: UnsignedStep['step'], instructions: readonly Instruction[]): Promise<UnsignedStep> => {
    const named = { step, rewardEpoch };
    return {
      ...named,
      authority: authorityAddress,
      ...(await unsignedTransaction(chain.client, authorityAddress, instructions, named)),
    };
  };
  if (row.state === 'open') {
    await checkMarkingDue(context, row);
    return unsigned('mark', await chain.markInstructions(authorityAddress, rewardEpoch));
  }
  await checkCommitDue(context, row);
  checkAuthority(authorityAddress, (await chain.overview('confirmed'))?.rewardDistributionAuthorities ?? []);
  return unsigned('commit', await chain.recordInstructions(authorityAddress, rewardEpoch, row));
}

async function checkMarkingDue(context: RewardContext, row: EpochRow): Promise<void> {
  if ((await windowSlots(context, row)) === null) throw nothingToSign(row, 'its window is open');
  const due = await markingDue(context, row);
  if (due.kind === 'waiting') throw nothingToSign(row, due.reason);
  if (due.kind === 'marked') throw nothingToSign(row, 'it is marked on chain already');
}

async function checkCommitDue(context: RewardContext, row: EpochRow): Promise<void> {
  const record = await context.chain.record(row.rewardEpoch, 'confirmed');
  if (record !== null) {
    checkRecord(row, record);
    throw nothingToSign(row, 'its record is on chain already');
  }
  if (row.state !== 'approved') throw nothingToSign(row, `it is ${row.state}; it has to be approved first`);
  const missing = await cosignatureMissing(context, row);
  if (missing !== null) throw nothingToSign(row, missing);
}

function nothingToSign({ rewardEpoch, state }: EpochRow, reason: string): InputError {
  const message = `There is nothing to sign for reward epoch ${rewardEpoch}: ${reason}`;
  return new InputError('REWARDS__NOTHING_TO_SIGN', message, { rewardEpoch, state });
}
