/**
 * Questions of the rewards pages.
 * @module
 */

export const EPOCHS_QUERY = /* GraphQL */ `
  query RewardEpochs($first: Int!) {
    rewardEpochs(first: $first) {
      number state windowStart windowEnd poolCount totalRewards totalUsdc orphanedUsdc roots record commitSignature
    }
  }
`;

export const EPOCH_QUERY = /* GraphQL */ `
  query RewardEpoch($number: U64!) {
    rewardEpoch(number: $number) {
      number state windowStart windowEnd firstSlot lastSlot eligibilitySlot poolCount emission totalRewards totalUsdc
      orphanedUsdc roots record markSignature commitSignature artefactHash inputHash ruleVersion
      anomalies { kind pool reward meanBefore valueBps thresholdBps }
      diff {
        previousEpoch previousPoolCount gainedCount lostCount newCount goneCount
        gains { pool reward previousReward }
        losses { pool reward previousReward }
        newPools { pool reward previousReward }
        gonePools { pool reward previousReward }
      }
    }
  }
`;

export const REWARD_QUERY = /* GraphQL */ `
  query PoolReward($epoch: U64!, $pool: PublicKey!) {
    reward(epoch: $epoch, pool: $pool) {
      epoch pool merkleIndex leafHash rewardAmount workReward stakeReward usdcAmount proof proofPath
    }
    pool(address: $pool) { name }
  }
`;

export const COMMIT_QUERY = /* GraphQL */ `
  query Commit($signature: Signature!) {
    transaction(signature: $signature) {
      slot failed
      instructions { name programName args failed }
    }
  }
`;
