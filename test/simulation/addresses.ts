/**
 * Where the accounts of simulated people are. A derivation takes a good part of a millisecond and the same addresses are
 * asked for again in every round, so they are remembered.
 * @module
 */
import * as exchange from '../../programs/exchange/pda.ts';
import * as governance from '../../programs/governance/pda.ts';
import * as marketplace from '../../programs/marketplace/pda.ts';
import * as proof from '../../programs/marketplace/proof-pda.ts';
import * as staking from '../../programs/staking/pda.ts';

/** Answers kept of each derivation; all are forgotten when there are more, so that an endless market stays small. */
const MOST_REMEMBERED = 200_000;

/** A derivation is a pure function of keys and numbers. */
export function remembered<Args extends readonly unknown[], Found>(
  find: (...args: Args) => Promise<Found>,
): (...args: Args) => Promise<Found> {
  const known = new Map<string, Promise<Found>>();
  return (...args) => {
    const key = args.join();
    const found = known.get(key) ?? find(...args);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, found);
    return found;
  };
}

export const findBankrollVault = remembered(exchange.findBankrollVault);
export const findClaim = remembered(exchange.findClaim);
export const findExchange = remembered(exchange.findExchange);
export const findFuturePosition = remembered(exchange.findFuturePosition);
export const findIndex = remembered(exchange.findIndex);
export const findInsuranceVault = remembered(exchange.findInsuranceVault);
export const findMarginVault = remembered(exchange.findMarginVault);
export const findPosition = remembered(exchange.findPosition);
export const findSeries = remembered(exchange.findSeries);
export const findTrader = remembered(exchange.findTrader);

export const findGovernance = remembered(governance.findGovernance);
export const findGovernanceAuthority = remembered(governance.findGovernanceAuthority);
export const findParameters = remembered(governance.findParameters);
export const findProposal = remembered(governance.findProposal);
export const findSignalRecord = remembered(governance.findSignalRecord);
export const findStakeVault = remembered(governance.findStakeVault);
export const findStaker = remembered(governance.findStaker);
export const findTreasuryVault = remembered(governance.findTreasuryVault);
export const findVoteRecord = remembered(governance.findVoteRecord);

export const findBenchmark = remembered(marketplace.findBenchmark);
export const findBondVault = remembered(marketplace.findBondVault);
export const findBuyer = remembered(marketplace.findBuyer);
export const findDisputeVault = remembered(marketplace.findDisputeVault);
export const findMarketplace = remembered(marketplace.findMarketplace);
export const findOffer = remembered(marketplace.findOffer);
export const findOrder = remembered(marketplace.findOrder);
export const findOrderVault = remembered(marketplace.findOrderVault);
export const findProvider = remembered(marketplace.findProvider);
export const findVerifierVault = remembered(marketplace.findVerifierVault);

export const findAttestation = remembered(proof.findAttestation);
export const findChallenge = remembered(proof.findChallenge);
export const findChallengeVault = remembered(proof.findChallengeVault);
export const findDeposit = remembered(proof.findDeposit);
export const findDepositVault = remembered(proof.findDepositVault);
export const findEpochBook = remembered(proof.findEpochBook);
export const findIncentiveClaim = remembered(proof.findIncentiveClaim);
export const findIncentiveEpoch = remembered(proof.findIncentiveEpoch);
export const findIncentiveVault = remembered(proof.findIncentiveVault);
export const findSlashRecord = remembered(proof.findSlashRecord);
export const findVerifier = remembered(proof.findVerifier);
export const findVerifierBondVault = remembered(proof.findVerifierBondVault);
export const findVerifierSet = remembered(proof.findVerifierSet);
export const findWorkload = remembered(proof.findWorkload);

export const findGlobalTokenRewardVault = remembered(staking.findGlobalTokenRewardVault);
export const findGlobalUsdcEarningsVault = remembered(staking.findGlobalUsdcEarningsVault);
export const findOperatorPool = remembered(staking.findOperatorPool);
export const findPoolOverview = remembered(staking.findPoolOverview);
export const findPoolVaults = remembered(staking.findPoolVaults);
export const findRewardRecord = remembered(staking.findRewardRecord);
export const findStakingRecord = remembered(staking.findStakingRecord);
