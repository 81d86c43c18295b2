/**
 * Questions of the pools' pages.
 * @module
 */

export const POOLS_QUERY = /* GraphQL */ `
  query Pools($first: Int!) {
    pools(first: $first) {
      edges {
        node {
          address name totalStaked sharePricePpb rewardCommissionBps usdcCommissionBps closedAtEpoch haltedAt
          lastClaimedEpoch allowDelegation
          performance { delegatorAprPpm uptimePpm retentionPpm epochCount }
        }
      }
      pageInfo { hasNextPage }
    }
    routingWeights(first: 100) { pool rewardEpoch stakeSharePpm scorePpm weightPpm providerCount }
  }
`;

export const POOL_QUERY = /* GraphQL */ `
  query Pool($address: PublicKey!, $key: String!) {
    pool(address: $address) {
      address name description websiteUrl admin initialAdmin operatorStakingRecord totalStaked totalShares totalUnstaking
      sharePricePpb rewardCommissionBps usdcCommissionBps nextRewardCommissionBps nextUsdcCommissionBps autoStakeFees
      allowDelegation joinedAtEpoch closedAtEpoch lastClaimedEpoch haltedAt updatedSlot
      performance { delegatorAprPpm delegatorRewards delegatorUsdc epochCount fromTime toTime uptimePpm retentionPpm }
      halts(first: 20) { isHalted slot signature time }
      commissionHistory { slot time rewardBps usdcBps nextRewardBps nextUsdcBps }
    }
    accruals: events(first: 100, name: "AccrueRewardEvent", where: [{ field: "operator_pool", is: EQ, values: [$key] }]) {
      edges { node { slot signature blockTime fields } }
    }
    stakingRecords(first: 100, pool: $address) {
      edges { node { address owner isOperator shares value pendingUsdc coolingAmount } }
      pageInfo { hasNextPage }
    }
  }
`;

/** How a pool stood at twelve earlier blocks. */
export const POOL_PAST_QUERY = /* GraphQL */ `
  query PoolPast($address: PublicKey!, $s0: U64!, $s1: U64!, $s2: U64!, $s3: U64!, $s4: U64!, $s5: U64!, $s6: U64!, $s7: U64!, $s8: U64!, $s9: U64!, $s10: U64!, $s11: U64!) {
    p0: pool(address: $address, atSlot: $s0) { totalStaked sharePricePpb updatedSlot }
    p1: pool(address: $address, atSlot: $s1) { totalStaked sharePricePpb updatedSlot }
    p2: pool(address: $address, atSlot: $s2) { totalStaked sharePricePpb updatedSlot }
    p3: pool(address: $address, atSlot: $s3) { totalStaked sharePricePpb updatedSlot }
    p4: pool(address: $address, atSlot: $s4) { totalStaked sharePricePpb updatedSlot }
    p5: pool(address: $address, atSlot: $s5) { totalStaked sharePricePpb updatedSlot }
    p6: pool(address: $address, atSlot: $s6) { totalStaked sharePricePpb updatedSlot }
    p7: pool(address: $address, atSlot: $s7) { totalStaked sharePricePpb updatedSlot }
    p8: pool(address: $address, atSlot: $s8) { totalStaked sharePricePpb updatedSlot }
    p9: pool(address: $address, atSlot: $s9) { totalStaked sharePricePpb updatedSlot }
    p10: pool(address: $address, atSlot: $s10) { totalStaked sharePricePpb updatedSlot }
    p11: pool(address: $address, atSlot: $s11) { totalStaked sharePricePpb updatedSlot }
  }
`;
