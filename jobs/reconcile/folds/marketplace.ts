/**
 * Accounts of the marketplace, folded from its events. Rules: docs/programs/marketplace.md.
 * @module
 */
import * as marketplace from '../../../programs/marketplace/client.generated.ts';
import type { AccountStates } from '../account-states.ts';
import { bumps, type ProgramFold } from '../program-fold.ts';
import { eventsOf, type Step } from '../step.ts';
import { withoutExpired } from './bond-releases.ts';
import { type Data, type Event, type Folds, type Market, MarketplaceCall, VERSION } from './marketplace-call.ts';
import { epochFolds } from './marketplace-epochs.ts';
import { newProvider, orderFolds } from './marketplace-orders.ts';
import { nameOf } from './marketplace-parameters.ts';
import { proofFolds } from './marketplace-proofs.ts';
import { marketplaceMoves } from './marketplace-vaults.ts';

type Changes = readonly marketplace.ParameterChange[];

/** @throws InputError `RECONCILE__UNKNOWN_ACCOUNT`, `RECONCILE__ACCOUNT_NOT_NAMED`, `CLIENT__TRUNCATED` */
function foldMarketplace(step: Step, states: AccountStates): void {
  const call = new MarketplaceCall(step, states);
  for (const { name, data } of eventsOf(step, marketplace.decodeEvent)) {
    (folds[name] as ((data: Event['data'], call: MarketplaceCall) => void) | undefined)?.(data, call);
  }
}

const registryFolds: Folds = {
  MarketplaceInitialized: initialized,
  ParametersSet({ changes }, call) {
    const address = call.at('marketplace');
    call.change('Marketplace', address, withParameters(call.of('Marketplace', address), changes));
  },
  AuthoritiesSet({ setAt: _, ...roles }, call) {
    call.change('Marketplace', call.at('marketplace'), roles);
  },
  OrdersPaused: ({ isPaused }, call) => call.change('Marketplace', call.at('marketplace'), { isPaused }),
  ModelSet({ model, setAt: _, ...fields }, call) {
    const models = [...call.of('Marketplace', call.at('marketplace')).models];
    models.splice(model, 1, fields);
    call.change('Marketplace', call.at('marketplace'), { models });
  },
  ProviderRegistered: ({ provider, ...fields }, call) => call.put('Provider', provider, { ...fields, ...newProvider }),
  ProviderStatusSet: ({ provider, status }, call) => call.change('Provider', provider, { status }),
  BondPosted({ provider, bondTotal }, call) {
    const { bondReleases } = call.of('Provider', provider);
    call.change('Provider', provider, { bondTotal, bondReleases: withoutExpired(bondReleases, call.step.time) });
  },
  BondWithdrawalRequested({ provider, amount, readyAt }, call) {
    call.change('Provider', provider, { withdrawalAmount: amount, withdrawalReadyAt: readyAt });
  },
  BondWithdrawn({ provider, bondTotal, withdrawalAmount, withdrawnAt }, call) {
    const bondReleases = withoutExpired(call.of('Provider', provider).bondReleases, withdrawnAt);
    call.change('Provider', provider, { bondTotal, withdrawalAmount, bondReleases });
  },
  HeartbeatSent({ provider, sentAt, unitsFree, unitsBusy }, call) {
    call.change('Provider', provider, { heartbeatAt: sentAt, unitsFree, unitsBusy });
  },
  BenchmarkSubmitted({ benchmark, owner: _, ...fields }, call) {
    // Another report of the same device replaces the first.
    call.put('Benchmark', benchmark, { ...call.states.get(benchmark)?.fields, version: VERSION, ...fields });
  },
};

/** Events without an entry only tell of tokens that moved. */
const folds: Folds = { ...registryFolds, ...orderFolds, ...proofFolds, ...epochFolds };

function initialized({ parameters, ...fields }: Data<'MarketplaceInitialized'>, call: MarketplaceCall): void {
  const fresh = { version: VERSION, isPaused: false, reputationEpoch: 0n };
  const named = withParameters({ ...fields, ...fresh }, parameters);
  call.states.put('Marketplace', call.at('marketplace'), { ...fields, ...fresh, ...named });
}

/** Fields that rows of the parameter table stand in, after a change of the rows. */
function withParameters(
  { models, tierMinimumBonds }: Pick<Market, 'models' | 'tierMinimumBonds'>,
  changes: Changes,
): Partial<Market> {
  const settings: Record<string, bigint> = {};
  const [bonds, catalogue] = [[...tierMinimumBonds], [...models]];
  for (const { id, value } of changes) {
    const place = nameOf(id);
    if (place.in === 'settings') settings[place.name] = value;
    else if (place.in === 'tiers') bonds[place.index] = value;
    else {
      const model = catalogue[place.index];
      if (model !== undefined) catalogue[place.index] = { ...model, [place.name]: Number(value) };
    }
  }
  // Numbers of any width compare alike, and nothing here counts with them.
  return { ...(settings as Partial<Market>), tierMinimumBonds: bonds, models: catalogue };
}

/** Settings and catalogue beside each other. */
function decodeMarket(data: Uint8Array): Market {
  const { settings, models } = marketplace.decodeMarketplace(data);
  return { ...settings, models };
}

const exchangeAddress = { exchange: 'follows from the exchange program, and stays as long as the account' };
const readers = {
  Marketplace: [marketplace.MARKETPLACE_ACCOUNT_DISCRIMINATOR, decodeMarket, { ...bumps('bump'), ...exchangeAddress }],
  Provider: [marketplace.PROVIDER_ACCOUNT_DISCRIMINATOR, marketplace.decodeProvider, bumps('bump', 'bondVaultBump')],
  Offer: [marketplace.OFFER_ACCOUNT_DISCRIMINATOR, marketplace.decodeOffer, bumps('bump')],
  Buyer: [marketplace.BUYER_ACCOUNT_DISCRIMINATOR, marketplace.decodeBuyer, bumps('bump')],
  Order: [
    marketplace.ORDER_ACCOUNT_DISCRIMINATOR,
    marketplace.decodeOrder,
    bumps('bump', 'vaultBump', 'disputeVaultBump'),
  ],
  Benchmark: [marketplace.BENCHMARK_ACCOUNT_DISCRIMINATOR, marketplace.decodeBenchmark, bumps('bump')],
  Deposit: [marketplace.DEPOSIT_ACCOUNT_DISCRIMINATOR, marketplace.decodeDeposit, bumps('bump', 'vaultBump')],
  Workload: [marketplace.WORKLOAD_ACCOUNT_DISCRIMINATOR, marketplace.decodeWorkload, bumps('bump')],
  VerifierSet: [marketplace.VERIFIER_SET_ACCOUNT_DISCRIMINATOR, marketplace.decodeVerifierSet, bumps('bump')],
  Verifier: [marketplace.VERIFIER_ACCOUNT_DISCRIMINATOR, marketplace.decodeVerifier, bumps('bump', 'bondVaultBump')],
  Attestation: [marketplace.ATTESTATION_ACCOUNT_DISCRIMINATOR, marketplace.decodeAttestation, bumps('bump')],
  Challenge: [marketplace.CHALLENGE_ACCOUNT_DISCRIMINATOR, marketplace.decodeChallenge, bumps('bump', 'vaultBump')],
  SlashRecord: [marketplace.SLASH_RECORD_ACCOUNT_DISCRIMINATOR, marketplace.decodeSlashRecord, bumps('bump')],
  EpochBook: [
    marketplace.EPOCH_BOOK_ACCOUNT_DISCRIMINATOR,
    marketplace.decodeEpochBook,
    bumps('bump', 'incentiveVaultBump'),
  ],
  IncentiveEpoch: [marketplace.INCENTIVE_EPOCH_ACCOUNT_DISCRIMINATOR, marketplace.decodeIncentiveEpoch, bumps('bump')],
  IncentiveClaim: [marketplace.INCENTIVE_CLAIM_ACCOUNT_DISCRIMINATOR, marketplace.decodeIncentiveClaim, bumps('bump')],
} as const;

export const marketplaceFold: ProgramFold = {
  program: 'marketplace',
  fold: foldMarketplace,
  moves: marketplaceMoves,
  accounts: Object.fromEntries(
    Object.entries(readers).map(([kind, [discriminator, decode, notDerived]]) => [
      kind,
      { discriminator, decode, notDerived },
    ]),
  ),
};
