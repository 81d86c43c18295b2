/**
 * Vaults of the marketplace by its events: of orders, disputes, bonds, deposits, challenges and incentives, both verifier
 * vaults; and, where its calls pay into them, the treasury's and the staking program's USDC vault.
 * Rule: docs/programs/marketplace.md.
 * @module
 */
import type { Address } from '@solana/kit';
import * as marketplace from '../../../programs/marketplace/client.generated.ts';
import type { AccountStates } from '../account-states.ts';
import { eventsOf, optionalAccountOf, type Step } from '../step.ts';
import { type VaultMove, VaultMoves } from '../vault-move.ts';
import type { Data, Event, Market } from './marketplace-call.ts';

const NAMES = [
  ...['vault', 'dispute_vault', 'bond_vault', 'deposit_vault', 'verifier_vault', 'incentive_vault'],
  ...['verifier_bond_vault', 'challenge_vault', 'treasury', 'infer_treasury', 'usdc_treasury', 'staking_usdc_vault'],
];

interface Call {
  readonly step: Step;
  readonly states: AccountStates;
  readonly vaults: VaultMoves;
}

/** @throws InputError `RECONCILE__ACCOUNT_NOT_NAMED` */
export function marketplaceMoves(step: Step, states: AccountStates): readonly VaultMove[] {
  const vaults = new VaultMoves(step, NAMES);
  for (const { name, data } of eventsOf(step, marketplace.decodeEvent)) {
    (moves[name] as ((data: Event['data'], call: Call) => void) | undefined)?.(data, { step, states, vaults });
  }
  return vaults.moves;
}

/** Events without an entry move no tokens of a vault. */
const moves: { readonly [N in Event['name']]?: (data: Data<N>, call: Call) => void } = {
  OrderCreated: ({ amount }, { vaults }) => vaults.by('vault', amount),
  OrderExtended: ({ addedAmount }, { vaults }) => vaults.by('vault', addedAmount),
  UsageSettled(data, call) {
    call.vaults.by('vault', -data.amount);
    settled(data, call);
    earned(data, call);
  },
  OrderSettled(data, call) {
    const { vaults, step } = call;
    vaults.by('vault', -data.amount - data.refunded - data.surplus);
    settled(data, call);
    earned(data, call);
    // A ruling gives to the buyer what strangers sent to the vault.
    if (step.name !== 'resolve_dispute') vaults.by('treasury', data.surplus);
  },
  WorkloadSettled(data, call) {
    call.vaults.by('deposit_vault', -data.amount);
    settled(data, call);
  },
  OrderRefunded: ({ amount, surplus }, { vaults }) => vaults.by('vault', -amount - surplus),
  SessionClosed: ({ refunded, surplus }, { vaults }) => vaults.by('vault', -refunded - surplus),
  DisputeOpened: ({ deposit }, { vaults }) => vaults.by('dispute_vault', deposit),
  // Whatever is in the vault leaves with the deposit, and the event names the deposit alone.
  DisputeResolved: (_, { vaults }) => vaults.leave('dispute_vault', 0n),
  DepositReclaimed: (_, { vaults }) => vaults.leave('dispute_vault', 0n),
  BondPosted: ({ amount }, { vaults }) => vaults.by('bond_vault', amount),
  BondWithdrawn: ({ amount }, { vaults }) => vaults.by('bond_vault', -amount),
  ProviderSlashed({ burned, paid, paidTo }, call) {
    call.vaults.by('bond_vault', -burned - paid);
    if (isTreasury(paidTo, call)) call.vaults.to(paidTo, paid);
  },
  CreditsDeposited: ({ amount }, { vaults }) => vaults.by('deposit_vault', amount),
  CreditsWithdrawn: ({ amount }, { vaults }) => vaults.by('deposit_vault', -amount),
  VerifierRegistered: ({ bond }, { vaults }) => vaults.by('verifier_bond_vault', bond),
  VerifierWithdrawn: ({ amount }, { vaults }) => vaults.by('verifier_bond_vault', -amount),
  ChallengeOpened: ({ deposit }, { vaults }) => vaults.by('challenge_vault', deposit),
  ChallengeResolved({ deposit, surplus, burned, paid }, { vaults }) {
    vaults.by('challenge_vault', -deposit - surplus);
    vaults.by('bond_vault', -burned - paid);
  },
  VerifierFeesClaimed: ({ amount }, { vaults }) => vaults.by('verifier_vault', -amount),
  IncentivesFunded: ({ amount }, { vaults }) => vaults.by('incentive_vault', amount),
  IncentiveClaimed: ({ amount }, { vaults }) => vaults.by('incentive_vault', -amount),
};

function settled(
  { feeTreasury, feeVerifier }: Pick<Data<'WorkloadSettled'>, 'feeTreasury' | 'feeVerifier'>,
  { vaults }: Call,
): void {
  vaults.by('treasury', feeTreasury);
  vaults.by('verifier_vault', feeVerifier);
}

/** What a provider of an open pool earned in USDC is the pool's. */
function earned(
  { paidTo, paidToStakingVault, providerAmount }: Data<'OrderSettled'> | Data<'UsageSettled'>,
  { vaults }: Call,
): void {
  if (paidToStakingVault) vaults.to(paidTo, providerAmount);
}

function isTreasury(account: Address, { step, states }: Call): boolean {
  const address = optionalAccountOf(step, 'marketplace');
  const market = (address === null ? null : states.get(address))?.fields as Partial<Market> | undefined;
  return account === market?.inferTreasury || account === market?.usdcTreasury;
}
