/**
 * No commit without the co-signer, where one is named: its last genuine word on exactly this artefact decides.
 * @module
 */
import { UpstreamError } from '../../../indexer/domain/errors.ts';
import { cosignaturesOn } from '../../../indexer/store/queries/rewards/cosignatures.ts';
import type { EpochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { isGenuine } from '../cosignature.ts';
import type { RewardContext } from '../reward-context.ts';

/**
 * What the commit waits for; `null` with an approval, or where no co-signer is named.
 * @throws UpstreamError `REWARDS__COSIGNER_BLOCKED`, until the co-signer says otherwise
 */
export async function cosignatureMissing(
  { store, cosigner }: Pick<RewardContext, 'store' | 'cosigner'>,
  { rewardEpoch, artefactHash }: EpochRow,
): Promise<string | null> {
  if (cosigner === null) return null;
  const words = (await cosignaturesOn(store, rewardEpoch, artefactHash)).filter((row) => row.cosigner === cosigner);
  const last = words.find(isGenuine);
  if (last === undefined) {
    const forged = words.length === 0 ? '' : `; ${words.length} with a signature that is not its own do not count`;
    return `the co-signer ${cosigner} has not said anything about artefact ${artefactHash}${forged}`;
  }
  if (last.verdict === 'approved') return null;
  throw new UpstreamError(
    'REWARDS__COSIGNER_BLOCKED',
    `The co-signer ${cosigner} blocks reward epoch ${rewardEpoch}: ${last.reason}`,
    { rewardEpoch, artefactHash, cosigner, reason: last.reason },
  );
}
