/**
 * open → marked: when the window has ended by finalized block time, the epoch is marked on chain before anything is
 * computed. The slot of that transaction fixes the set of pools; it is read from the indexed instructions, so that a
 * marking sent by a run that was killed counts the same. Nothing is marked while account states are unknown: as of such
 * a slot the pools could never be read again.
 * @module
 */
import type { Address } from '@solana/kit';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { checkInput, UpstreamError } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import { cursor } from '../../../indexer/store/queries/chain/cursors.ts';
import type { EpochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { firstFinalizedAt, lastBlockBefore, markingOf } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { snapshotNeededFrom } from '../../../indexer/store/queries/rows/account-snapshots.ts';
import type { PoolOverview } from '../../../programs/staking/client.generated.ts';
import { inState } from '../epoch-state.ts';
import { type SlotRange, slotsOf } from '../inputs/window.ts';
import { type RewardContext, type StepResult, waiting } from '../reward-context.ts';
import { sendForEpoch } from '../send-for-epoch.ts';

export async function markEpoch(context: RewardContext, row: EpochRow): Promise<StepResult> {
  const { store, authority, chain } = context;
  const slots = await windowSlots(context, row);
  if (slots === null) return waiting('the window is open');
  const due = await markingDue(context, row);
  if (due.kind === 'waiting') return waiting(due.reason);
  if (due.kind === 'due') {
    const { rewardEpoch } = row;
    if (authority === null) {
      return waiting(
        context.authorityAddress === null
          ? 'the window has ended; set REWARD_AUTHORITY_KEYPAIR to mark the epoch'
          : `the window has ended; have ${context.authorityAddress} sign what plumbline rewards export-unsigned ${rewardEpoch} prints`,
      );
    }
    const errand = { rewardEpoch, kind: 'mark', target: chain.program, payer: authority } as const;
    const instructions = await chain.markInstructions(authority.address, rewardEpoch);
    await sendForEpoch(context, { ...errand, commitment: 'finalized' }, instructions);
  }
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

/** Blocks of the epoch's window, `null` while it is open. */
export function windowSlots(
  { store }: Pick<RewardContext, 'store'>,
  { windowStart, windowEnd }: Pick<EpochRow, 'windowStart' | 'windowEnd'>,
): Promise<SlotRange | null> {
  return slotsOf(
    { start: windowStart, end: windowEnd },
    async (moment) => (await firstFinalizedAt(store, moment))?.slot ?? null,
    (slot) => lastBlockBefore(store, slot),
  );
}

type Marking = { readonly kind: 'marked' | 'due' } | { readonly kind: 'waiting'; readonly reason: string };

/**
 * Whether the chain has the epoch marked, or it can be marked now.
 * @throws InputError `REWARDS__WRONG_AUTHORITY`, UpstreamError `REWARDS__NOT_SET_UP`, `REWARDS__EPOCH_NOT_NEXT`
 */
export async function markingDue(context: RewardContext, { rewardEpoch }: EpochRow): Promise<Marking> {
  const { store, chain, authorityAddress } = context;
  const overview = await chain.overview('confirmed');
  if (overview === null)
    throw new UpstreamError('REWARDS__NOT_SET_UP', `The staking program ${chain.program} has no pool overview`);
  const { completedRewardEpoch, rewardDistributionAuthorities } = overview;
  if (isMarked(overview, rewardEpoch)) return { kind: 'marked' };
  if (completedRewardEpoch < rewardEpoch - 1n) {
    throw new UpstreamError('REWARDS__EPOCH_NOT_NEXT', `The chain stands at reward epoch ${completedRewardEpoch}`, {
      rewardEpoch,
      completedRewardEpoch,
    });
  }
  if ((await snapshotNeededFrom(store)) !== null)
    return { kind: 'waiting', reason: 'account states are being read again after an outage' };
  if (authorityAddress !== null) checkAuthority(authorityAddress, rewardDistributionAuthorities);
  // Sent by a run that was killed, or by others a moment ago: a second one could only fail.
  const newest = await chain.overview('processed');
  if (newest !== null && isMarked(newest, rewardEpoch))
    return { kind: 'waiting', reason: 'the marking is not confirmed yet' };
  return { kind: 'due' };
}

function isMarked({ completedRewardEpoch, isEpochFinalizing }: PoolOverview, rewardEpoch: RewardEpoch): boolean {
  return completedRewardEpoch >= rewardEpoch || (completedRewardEpoch === rewardEpoch - 1n && isEpochFinalizing);
}

/** @throws InputError `REWARDS__WRONG_AUTHORITY` */
export function checkAuthority(authority: Address, authorities: readonly Address[]): void {
  checkInput(
    authorities.includes(authority),
    'REWARDS__WRONG_AUTHORITY',
    `${authority} is no reward distribution authority of the staking program`,
    { authority },
  );
}
