/**
 * What a parameter touches of a reward epoch that has been computed, and what a replay therefore computes again; or why it
 * cannot be replayed. Pure.
 * @module
 */
import { parameterOf, parameters } from '../../../governance/parameters.ts';

export type Part = 'allocation' | 'fees' | 'incentives' | 'model_weights' | 'scores';

export interface Touched {
  readonly key: string;
  readonly parts: readonly Part[];
  /** What is computed again, or why nothing is. */
  readonly reason: string;
}

/** Of the founding models, by number in the catalogue. */
export const MODEL_WEIGHT_KEYS = [...parameters.keys()].filter((key) => key.startsWith('model_weight_'));

const FEE_KEYS = ['platform_fee_bps', 'fee_split_host_pct', 'fee_treasury_bps', 'fee_burn_bps', 'fee_verifier_bps'];

/** @throws InputError `GOVERNANCE__UNKNOWN_KEY` */
export function touchedBy(key: string): Touched {
  const { program } = parameterOf(key);
  const touched = (parts: readonly Part[], reason: string) => ({ key, parts, reason });
  if (key === 'work_share_bps') return touched(['allocation'], 'The emission is shared again between work and stake.');
  if (key === 'base_reward_rate') return touched(['incentives'], 'Incentives are given again out of the other budget.');
  if (MODEL_WEIGHT_KEYS.includes(key))
    return touched(['model_weights', 'allocation', 'incentives'], 'Work of the model weighs otherwise.');
  if (FEE_KEYS.includes(key)) return touched(['fees'], 'Fees are taken again from every payment of the windows.');
  if (key === 'reputation_cluster_hub_wallets')
    return touched(
      [],
      'Which wallets belong together is found when evidence is gathered: archived evidence names clusters only.',
    );
  if (key.startsWith('reputation_'))
    return touched(['scores', 'allocation', 'incentives'], 'Scores are folded again from the archived evidence.');
  return touched([], UNTOUCHED[key] ?? OF_PROGRAM[program]);
}

const UNTOUCHED: Readonly<Record<string, string>> = {
  heartbeat_interval_seconds:
    'Providers sent heartbeats by the interval that was in force; by another they would have sent others.',
  reward_epoch_seconds: 'A change opens a new row of the schedule and never moves a past boundary.',
};
const OF_PROGRAM = {
  exchange: 'Traders would have traded otherwise: the past says nothing of it.',
  governance: 'It decides about proposals, not about rewards, fees or scores.',
  ledger: 'No reward epoch follows from it.',
  marketplace: 'Buyers and providers would have acted otherwise: the past says nothing of it.',
  staking: 'No reward epoch follows from it.',
} as const;
