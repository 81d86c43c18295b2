/**
 * open → marked: when the window has ended by finalized block time, the epoch is marked on chain before anything is
 * computed. The slot of that transaction fixes the set of pools; it is read from the indexed instructions, so that a
 * marking sent by a run that was killed counts the same. Nothing is marked while account states are unknown: as of such
 * a slot the pools could never be read again.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { InputError, UpstreamError } from '../../../indexer/domain/errors.ts';
import { snapshotNeededFrom } from '../../../indexer/store/queries/account-snapshots.ts';
import { cursor } from '../../../indexer/store/queries/cursors.ts';
import type { EpochRow } from '../../../indexer/store/queries/reward-epochs.ts';
import { firstFinalizedAt, lastBlockBefore, markingOf } from '../../../indexer/store/queries/reward-inputs.ts';
import { inState } from '../epoch-state.ts';
import { type RewardContext, type StepResult, waiting } from '../reward-context.ts';
import { sendForEpoch } from '../send-for-epoch.ts';
import { slotsOf } from '../window.ts';

export async function markEpoch(context: RewardContext, row: EpochRow): Promise<StepResult> {
  const { store } = context;
  const slots = await slotsOf(
    { start: row.windowStart, end: row.windowEnd },
    async (moment) => (await firstFinalizedAt(store, moment))?.slot ?? null,
    (slot) => lastBlockBefore(store, slot),
  );
  if (slots === null) return waiting('the window is open');
  const blocked = await markOnChain(context, row);
  if (blocked !== null) return waiting(blocked);
  const finalized = await cursor(store, 'finalized');
  const marking = await markingOf(store, context.programs.staking, row.rewardEpoch, finalized?.slot ?? 0n);
  if (marking === null) return waiting('the marking transaction is not indexed as finalized yet');
  const settled = {
    firstSlot: slots.first,
    lastSlot: slots.last,
    eligibilitySlot: marking.slot,
    markSignature: toBase58(marking.signature),
  };
  return { kind: 'advanced', row: inState(row, 'marked', settled, context.nowMicros()) };
}

/**
 * Makes sure that the epoch is marked, `null` when it is; else what that waits for.
 * @throws InputError `REWARDS__WRONG_AUTHORITY`, UpstreamError `REWARDS__NOT_SET_UP`, `REWARDS__EPOCH_NOT_NEXT`
 */
async function markOnChain(context: RewardContext, { rewardEpoch }: EpochRow): Promise<string | null> {
  const { store, chain, authority } = context;
  const overview = await chain.overview('confirmed');
  if (overview === null)
    throw new UpstreamError('REWARDS__NOT_SET_UP', `The staking program ${chain.program} has no pool overview`);
  const { completedRewardEpoch, isEpochFinalizing, rewardDistributionAuthorities } = overview;
  if (completedRewardEpoch >= rewardEpoch || (completedRewardEpoch === rewardEpoch - 1n && isEpochFinalizing))
    return null;
  if (completedRewardEpoch < rewardEpoch - 1n) {
    throw new UpstreamError('REWARDS__EPOCH_NOT_NEXT', `The chain stands at reward epoch ${completedRewardEpoch}`, {
      rewardEpoch,
      completedRewardEpoch,
    });
  }
  if ((await snapshotNeededFrom(store)) !== null) return 'account states are being read again after an outage';
  if (authority === null) return 'the window has ended; set REWARD_AUTHORITY_KEYPAIR to mark the epoch';
  if (!rewardDistributionAuthorities.includes(authority.address)) {
    throw new InputError(
      'REWARDS__WRONG_AUTHORITY',
      `${authority.address} is no reward distribution authority of the staking program`,
      {
        authority: authority.address,
      },
    );
  }
  const instructions = await chain.markInstructions(authority.address, rewardEpoch);
  await sendForEpoch(
    context,
    { rewardEpoch, kind: 'mark', target: chain.program, payer: authority, commitment: 'finalized' },
    instructions,
  );
  return null;
}
