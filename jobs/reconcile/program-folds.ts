/**
 * The programs whose accounts are reconciled: Plumbline's own, at the addresses of the settings.
 * @module
 */
import type { Settings } from '../../indexer/domain/settings.ts';
import { programKeys } from '../chain/program-ids.ts';
import { exchangeFold } from './folds/exchange.ts';
import { governanceFold } from './folds/governance.ts';
import { marketplaceFold } from './folds/marketplace.ts';
import { stakingFold } from './folds/staking.ts';
import type { FoldedProgram } from './range-fold.ts';

/** None where the settings leave Plumbline's own programs out: nothing of theirs is decoded then. */
export function reconciledPrograms(settings: Settings): readonly FoldedProgram[] {
  if (settings.OWN_PROGRAMS !== 'true') return [];
  const { staking, marketplace, exchange, governance } = programKeys(settings);
  return [
    { key: staking, fold: stakingFold },
    { key: marketplace, fold: marketplaceFold },
    { key: exchange, fold: exchangeFold },
    { key: governance, fold: governanceFold },
  ];
}
