/**
 * Questions of the overview.
 * @module
 */

/** What moves with every block. */
export const CHAIN_QUERY = /* GraphQL */ `
  query Chain {
    blocks(first: 60) {
      edges { node { slot parentSlot blockTime isFinalized transactionCount eventCount undecodedCount } }
    }
    events(first: 15) {
      edges { node { slot transactionIndex path ordinal name programName program signature blockTime fields } }
    }
  }
`;

/** What moves with epochs and orders. */
export const NETWORK_QUERY = /* GraphQL */ `
  query Network {
    marketplace { inferMint usdcMint models }
    network { totals { poolCount staked providerCount bond orderCount settledCount refundedCount gpuSeconds } }
    rewardEpochs(first: 8) {
      number state windowStart windowEnd firstSlot lastSlot poolCount emission totalRewards totalUsdc
      roots record markSignature commitSignature artefactHash
    }
    pools(first: 50) {
      edges { node { address name totalStaked lastClaimedEpoch rewardCommissionBps usdcCommissionBps closedAtEpoch haltedAt } }
      pageInfo { hasNextPage }
    }
    providers(first: 50) {
      edges { node { address tier orderCount settledCount refundedCount gpuSeconds bond } }
      pageInfo { hasNextPage }
    }
  }
`;
