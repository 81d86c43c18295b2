/**
 * What the staking program demands to be paid out for a reward epoch, in base units of INT.
 * Five super-epochs of 300 epochs with totals of 5, 4, 3, 2 and 1 times 10^17; the remainder of each goes one unit at a
 * time to its earliest epochs. Source: the deployed program's emission schedule (`create_reward_record`, error 6044).
 * @module
 */
import { checkInput } from '../../../indexer/domain/errors.ts';
import type { IntAmount, RewardEpoch } from '../../../indexer/domain/units.ts';

const EPOCHS_PER_SUPER_EPOCH = 300n;
const SUPER_EPOCH_TOTALS = [5n, 4n, 3n, 2n, 1n].map((part) => part * 10n ** 17n);

/** @throws InputError `REWARDS__BAD_EPOCH` for reward epoch 0 and below */
export function emissionOf(rewardEpoch: RewardEpoch): IntAmount {
  checkInput(rewardEpoch >= 1n, 'REWARDS__BAD_EPOCH', `Reward epochs count from 1, not ${rewardEpoch}`, {
    rewardEpoch,
  });
  const index = rewardEpoch - 1n;
  const total = SUPER_EPOCH_TOTALS[Number(index / EPOCHS_PER_SUPER_EPOCH)];
  if (total === undefined) return 0n;
  const isEarly = index % EPOCHS_PER_SUPER_EPOCH < total % EPOCHS_PER_SUPER_EPOCH;
  return total / EPOCHS_PER_SUPER_EPOCH + (isEarly ? 1n : 0n);
}
