/**
 * Whether the accounts that a reward epoch is computed from are what events and instructions say they are.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { UpstreamError } from '../../../indexer/domain/errors.ts';
import type { SlotBounds } from '../../../indexer/store/queries/chain/slot-windows.ts';
import { reconciliationStatus, unreconciledIn } from '../../../indexer/store/queries/ledger/reconciliation.ts';
import { reconcileNewBlocks } from '../../reconcile/reconciler.ts';
import type { RewardContext } from '../reward-context.ts';

interface ReconciledContext extends Pick<RewardContext, 'store' | 'reconciled' | 'signal'> {
  readonly programs: Pick<RewardContext['programs'], 'staking' | 'marketplace' | 'governance'>;
}

const SHOWN_ACCOUNTS = 10;

/**
 * What the epoch waits for, `null` when every block of the range was compared. The worker compares all the time; what it
 * has not come to yet is compared here.
 * @throws UpstreamError `REWARDS__NOT_RECONCILED` where an account of a program that rewards depend on differs
 */
export async function reconciledRange(context: ReconciledContext, range: SlotBounds): Promise<string | null> {
  const { store, programs } = context;
  let compared = (await reconciliationStatus(store)).comparedThroughSlot;
  if (compared === null || compared < range.toSlot) {
    await reconcileNewBlocks({ ...context, programs: context.reconciled });
    compared = (await reconciliationStatus(store)).comparedThroughSlot;
  }
  if (compared === null || compared < range.toSlot) {
    return `accounts are compared with events up to slot ${compared ?? 'none'} of ${range.toSlot}`;
  }
  const counted = [programs.staking, programs.marketplace, programs.governance];
  const [first, ...rest] = await unreconciledIn(store, range, SHOWN_ACCOUNTS, counted);
  if (first === undefined) return null;
  const accounts = [...new Set([first, ...rest].map(({ publicKey }) => toBase58(publicKey)))];
  throw new UpstreamError(
    'REWARDS__NOT_RECONCILED',
    `${first.kind} ${toBase58(first.publicKey)} at slot ${first.slot} is not what events say ` +
      `(${first.field || 'account'}): plumbline verify accounts says more`,
    { accounts, slot: first.slot },
  );
}
