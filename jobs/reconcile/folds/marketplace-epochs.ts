/**
 * Credits and metered workloads, reputation roots and incentives of the marketplace, folded from events.
 * @module
 */
import { type Folds, NO_HASH, VERSION } from './marketplace-call.ts';
import { earned } from './marketplace-orders.ts';

export const epochFolds: Folds = {
  CreditsDeposited({ deposit, customer, balance }, call) {
    if (call.states.has(deposit)) {
      call.change('Deposit', deposit, { balance });
      return;
    }
    const fresh = { withdrawalAmount: 0n, withdrawableAt: 0n, workloadCount: 0n };
    call.put('Deposit', deposit, { version: VERSION, customer, balance, ...fresh });
  },
  CreditWithdrawalRequested({ deposit, amount, withdrawableAt }, call) {
    call.change('Deposit', deposit, { withdrawalAmount: amount, withdrawableAt });
  },
  CreditsWithdrawn({ deposit, balance }, call) {
    call.change('Deposit', deposit, { balance, withdrawalAmount: 0n, withdrawableAt: 0n });
  },
  WorkloadSettled({ workload, issuer, id, deposit, customer, provider, amount, fee, balance, settledAt }, call) {
    call.put('Workload', workload, { version: VERSION, issuer, id, customer, provider, amount, settledAt });
    const { workloadCount } = call.of('Deposit', deposit);
    call.change('Deposit', deposit, { balance, workloadCount: workloadCount + 1n });
    earned(call, provider, fee);
    call.changeBuyer(customer, ({ feesPaid }) => ({ feesPaid: feesPaid + fee }));
  },
  BooksInitialized({ verifierSet, epochBook }, call) {
    call.put('VerifierSet', verifierSet, { version: VERSION, count: 0, inferShares: 0n, usdcShares: 0n });
    const empty = { reputationEpoch: 0n, reputationRoot: NO_HASH, incentiveEpoch: 0n, incentivesReserved: 0n };
    call.put('EpochBook', epochBook, { version: VERSION, ...empty });
  },
  ReputationRootCommitted({ epoch, root }, call) {
    call.change('EpochBook', call.at('epoch_book'), { reputationEpoch: epoch, reputationRoot: root });
    call.change('Marketplace', call.at('marketplace'), { reputationEpoch: epoch });
  },
  ReputationProven({ provider, epoch, score }, call) {
    call.change('Provider', provider, { provenEpoch: epoch, provenScore: score });
  },
  IncentivesCommitted({ incentiveEpoch, epoch, root, total, incentivesReserved }, call) {
    call.put('IncentiveEpoch', incentiveEpoch, { version: VERSION, epoch, root, total, claimed: 0n });
    call.change('EpochBook', call.at('epoch_book'), { incentiveEpoch: epoch, incentivesReserved });
  },
  IncentiveClaimed({ incentiveClaim, incentiveEpoch, provider, amount }, call) {
    call.put('IncentiveClaim', incentiveClaim, { version: VERSION, incentiveEpoch, provider, amount });
    const { claimed } = call.of('IncentiveEpoch', incentiveEpoch);
    call.change('IncentiveEpoch', incentiveEpoch, { claimed: claimed + amount });
    const { incentivesReserved } = call.of('EpochBook', call.at('epoch_book'));
    call.change('EpochBook', call.at('epoch_book'), { incentivesReserved: incentivesReserved - amount });
  },
};
