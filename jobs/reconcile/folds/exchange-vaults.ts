/**
 * The three vaults of the exchange: they hold what its funds say, so what a call does to them is how the funds of its event
 * differ from those before. Claims that wait for payment lie with the bankroll. Rule: docs/programs/exchange.md.
 * @module
 */
import * as exchange from '../../../programs/exchange/client.generated.ts';
import type { AccountStates } from '../account-states.ts';
import { accountOf, eventsOf, type Step } from '../step.ts';
import { type VaultMove, VaultMoves } from '../vault-move.ts';

const HELD: Readonly<Record<string, (funds: exchange.Funds) => bigint>> = {
  margin_vault: ({ margin }) => margin,
  bankroll_vault: ({ bankroll, claimsReserve }) => bankroll + claimsReserve,
  insurance_vault: ({ insurance }) => insurance,
};

/**
 * @param states as they were before the call
 * @throws InputError `RECONCILE__UNKNOWN_ACCOUNT`, `RECONCILE__ACCOUNT_NOT_NAMED`
 */
export function exchangeMoves(step: Step, states: AccountStates): readonly VaultMove[] {
  const vaults = new VaultMoves(step, [...Object.keys(HELD), 'treasury']);
  const told = eventsOf(step, exchange.decodeEvent);
  const after = told.findLast(({ data }) => 'funds' in data)?.data as { readonly funds: exchange.Funds } | undefined;
  if (after === undefined) return vaults.moves;
  const before = states.of<exchange.Exchange>('Exchange', accountOf(step, 'exchange')).funds;
  // A sweep moves what strangers sent, which no funds told of until then.
  const isSwept = told.some(({ name }) => name === 'SurplusSwept');
  for (const [name, held] of Object.entries(HELD)) {
    if (isSwept) vaults.leave(name, held(after.funds));
    else vaults.by(name, held(after.funds) - held(before));
  }
  for (const { name, data } of told) if (name === 'BankrollRemoved') vaults.to(data.to, data.amount);
  return vaults.moves;
}
