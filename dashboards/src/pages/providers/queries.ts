/**
 * Questions of the providers' pages.
 * @module
 */

export const PROVIDERS_QUERY = /* GraphQL */ `
  query Providers($first: Int!) {
    providers(first: $first) {
      edges {
        node {
          address tier region bond orderCount settledCount refundedCount gpuSeconds registeredAt
          reputation {
            rewardEpoch score displayedScore successPpm successLowerBoundPpm uptimePpm challengesPassed challengesFailed
            slashCount
          }
        }
      }
      pageInfo { hasNextPage }
    }
  }
`;

export const PROVIDER_QUERY = /* GraphQL */ `
  query Provider($address: PublicKey!) {
    provider(address: $address) {
      address owner payout operatorPool tier region bond offerCount orderCount settledCount refundedCount gpuSeconds
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
