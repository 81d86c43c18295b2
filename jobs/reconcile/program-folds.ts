/**
 * The programs whose accounts are reconciled, by the name of their folder.
 * @module
 */
import { exchangeFold } from './folds/exchange.ts';
import { governanceFold } from './folds/governance.ts';
import { marketplaceFold } from './folds/marketplace.ts';
import { stakingFold } from './folds/staking.ts';
import type { ProgramFold } from './program-fold.ts';

export const programFolds: Readonly<Record<'staking' | 'marketplace' | 'exchange' | 'governance', ProgramFold>> = {
  staking: stakingFold,
  marketplace: marketplaceFold,
  exchange: exchangeFold,
  governance: governanceFold,
};
