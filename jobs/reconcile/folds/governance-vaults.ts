/**
 * The stake vault of governance and the treasury's two, by events. Rule: docs/programs/governance.md.
 * @module
 */
import * as governance from '../../../programs/governance/client.generated.ts';
import { eventsOf, type Step } from '../step.ts';
import { type VaultMove, VaultMoves } from '../vault-move.ts';

const NAMES = ['stake_vault', 'infer_treasury', 'usdc_treasury'];

/** @throws InputError `RECONCILE__ACCOUNT_NOT_NAMED` */
export function governanceMoves(step: Step): readonly VaultMove[] {
  const vaults = new VaultMoves(step, NAMES);
  for (const { name, data } of eventsOf(step, governance.decodeEvent)) {
    if (name === 'Staked') vaults.by('stake_vault', data.amount);
    else if (name === 'StakeWithdrawn') vaults.by('stake_vault', -data.amount);
    else if (name === 'TreasurySpent') vaults.to(data.treasury, -data.amount);
  }
  return vaults.moves;
}
