/**
 * The programs whose accounts are reconciled: Plumbline's own, at the addresses of the settings.
 * @module
 */
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { Settings } from '../../indexer/domain/settings.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../programs/exchange/client.generated.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from '../../programs/governance/client.generated.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../programs/marketplace/client.generated.ts';
import { exchangeFold } from './folds/exchange.ts';
import { governanceFold } from './folds/governance.ts';
import { marketplaceFold } from './folds/marketplace.ts';
import { stakingFold } from './folds/staking.ts';
import type { FoldedProgram } from './range-fold.ts';

/** None where the settings leave Plumbline's own programs out: nothing of theirs is decoded then. */
export function reconciledPrograms(settings: Settings): readonly FoldedProgram[] {
  if (settings.OWN_PROGRAMS !== 'true') return [];
  return [
    { key: fromBase58(settings.STAKING_PROGRAM_ID), fold: stakingFold },
    { key: fromBase58(settings.MARKETPLACE_PROGRAM_ID || MARKETPLACE_PROGRAM_ADDRESS), fold: marketplaceFold },
    { key: fromBase58(settings.EXCHANGE_PROGRAM_ID || EXCHANGE_PROGRAM_ADDRESS), fold: exchangeFold },
    { key: fromBase58(settings.GOVERNANCE_PROGRAM_ID || GOVERNANCE_PROGRAM_ADDRESS), fold: governanceFold },
  ];
}
