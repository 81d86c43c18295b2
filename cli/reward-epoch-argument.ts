/**
 * The number of a reward epoch on the command line.
 * @module
 */
import { checkInput } from '../indexer/domain/errors.ts';
import type { RewardEpoch } from '../indexer/domain/units.ts';

/** @throws InputError `REWARDS__BAD_EPOCH` */
export function rewardEpochOf(text: string): RewardEpoch {
  checkInput(/^[1-9]\d{0,17}$/.test(text), 'REWARDS__BAD_EPOCH', `A reward epoch is a number from 1, not ${text}`);
  return BigInt(text);
}
