/**
 * approved → committed → finalized: the record on chain. It is read before anything is sent: one with the same roots and
 * totals means that the step is done, one with others is an alarm and stops.
 * @module
 */
import { checkInvariant } from '../../../indexer/domain/errors.ts';
import type { EpochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import type { RewardRecord } from '../../../programs/staking/client.generated.ts';
import { inState } from '../epoch-state.ts';
import { type RewardContext, type StepResult, waiting } from '../reward-context.ts';
import { sendForEpoch } from '../send-for-epoch.ts';
import { cosignatureMissing } from './cosigner-gate.ts';
import { checkAuthority } from './mark-epoch.ts';

/**
 * approved → committed.
 * @throws InvariantError `REWARDS__RECORD_DIFFERS`; InputError `REWARDS__WRONG_AUTHORITY`; UpstreamError `REWARDS__COSIGNER_BLOCKED`; the errors of sending
 */
export async function commitStep(context: RewardContext, row: EpochRow): Promise<StepResult> {
  const found = await context.chain.record(row.rewardEpoch, 'confirmed');
  if (found !== null) {
    checkRecord(row, found);
    return { kind: 'advanced', row: inState(row, 'committed', {}, context.nowMicros()) };
  }
  const missing = await cosignatureMissing(context, row);
  if (missing !== null) return waiting(missing);
  const { authority, chain } = context;
  const { rewardEpoch, recordAddress } = row;
  // Sent by a run that was killed, or by others a moment ago: a second one could only fail.
  if ((await chain.record(rewardEpoch, 'processed')) !== null) return waiting('the record is not confirmed yet');
  if (authority === null) {
    return waiting(
      context.authorityAddress === null
        ? 'set REWARD_AUTHORITY_KEYPAIR to commit the epoch'
        : `have ${context.authorityAddress} sign what plumbline rewards export-unsigned ${rewardEpoch} prints`,
    );
  }
  checkAuthority(authority.address, (await chain.overview('confirmed'))?.rewardDistributionAuthorities ?? []);
  const instructions = await chain.recordInstructions(authority.address, rewardEpoch, row);
  const errand = {
    rewardEpoch,
    kind: 'commit',
    target: recordAddress,
    payer: authority,
    commitment: 'confirmed',
  } as const;
  const { signature, slot } = await sendForEpoch(context, errand, instructions);
  return {
    kind: 'advanced',
    row: inState(row, 'committed', { commitSignature: signature, commitSlot: slot }, context.nowMicros()),
  };
}

/** committed → finalized; a record that a fork took away is sent again, and the row then names the transaction that holds. */
export async function finalizeStep(context: RewardContext, row: EpochRow): Promise<StepResult> {
  const record = await context.chain.record(row.rewardEpoch, 'finalized');
  if (record !== null) {
    checkRecord(row, record);
    return { kind: 'advanced', row: inState(row, 'finalized', {}, context.nowMicros()) };
  }
  const isThere = (await context.chain.record(row.rewardEpoch, 'confirmed')) !== null;
  return isThere ? waiting('the record is not finalized yet') : commitStep(context, row);
}

/** @throws InvariantError `REWARDS__RECORD_DIFFERS` when the chain holds another result */
export function checkRecord(
  row: Pick<EpochRow, 'rewardEpoch' | 'roots' | 'totalRewards' | 'totalUsdc'>,
  record: RewardRecord,
): void {
  const ours = summaryOf(row.roots, row.totalRewards, row.totalUsdc);
  const theirs = summaryOf(record.merkleRoots, record.totalRewards, record.totalUsdcPayout);
  checkInvariant(
    ours === theirs,
    'REWARDS__RECORD_DIFFERS',
    `The record of reward epoch ${row.rewardEpoch} on chain is ${theirs}, ours is ${ours}`,
    {
      rewardEpoch: row.rewardEpoch,
      ours,
      theirs,
    },
  );
}

function summaryOf(roots: readonly ArrayLike<number>[], totalRewards: bigint, totalUsdc: bigint): string {
  return `${roots.map((root) => Buffer.from(Array.from(root)).toString('hex')).join(',') || 'no roots'} for ${totalRewards} INT and ${totalUsdc} USDC`;
}
