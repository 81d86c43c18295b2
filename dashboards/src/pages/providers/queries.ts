/**
 * Questions of the providers' pages.
 * @module
 */

export const PROVIDERS_QUERY = /* GraphQL */ `
  query Providers($first: Int!) {
    providers(first: $first) {
      edges {
        node {
          address tier region jurisdiction bond orderCount settledCount refundedCount gpuSeconds registeredAt
          reputation {
            rewardEpoch score displayedScore successPpm successLowerBoundPpm uptimePpm challengesPassed challengesFailed
            slashCount
          }
        }
      }
      pageInfo { hasNextPage }
    }
    marketplace { models }
  }
`;

/** Who rents out a model now: best offers first, as the order book has them. */
export const SELLERS_QUERY = /* GraphQL */ `
  query Sellers($model: Int!) {
    offers(model: $model) { offers(first: 500) { provider unitsFree isInUsdc orderPrice } }
  }
`;

export const PROVIDER_QUERY = /* GraphQL */ `
  query Provider($address: PublicKey!) {
    provider(address: $address) {
      address owner payout operatorPool tier region jurisdiction bond offerCount orderCount settledCount refundedCount gpuSeconds
      registeredAt registrationSignature
      liveReputation { score displayedScore evidenceCount throughSlot }
      reputation {
        rewardEpoch score displayedScore targetScore bond requiredBond tenureSeconds deliveredCount failedCount
        refundedCount disputedCount lostDisputeCount successPpm successLowerBoundPpm challengesPassed challengesFailed
        slashCount slashedAmount gpuSeconds volumeInfer volumeUsdc uptimePpm
      }
    }
    providerEvidence(provider: $address, first: 500) {
      edges {
        node {
          rewardEpoch number class at slot signature subject isOwnCluster gpuSeconds shortfallPpm scoreBefore scoreAfter
          targetAfter
        }
      }
      pageInfo { hasNextPage }
    }
  }
`;
