/**
 * The operations of the client library, by name. The server knows them from its start, so they travel as hashes. Their
 * types are generated: `node --import tsx api/client/generate-operations.ts`.
 * @module
 */
export const operations = {
  status: /* GraphQL */ `
    query Status {
      _meta { slot blockhash blockTime finalizedSlot lagSlots gaps reconciledThroughSlot incidentCount }
      serviceConfig { maxPageRows maxCost budgetPoints budgetRefillPerSecond }
    }
  `,
  events: /* GraphQL */ `
    query Events($first: Int!, $after: String, $atSlot: U64, $program: PublicKey, $name: String, $where: [FieldFilter!]) {
      events(first: $first, after: $after, atSlot: $atSlot, program: $program, name: $name, where: $where) {
        snapshotSlot
        edges { cursor node { slot blockhash blockTime signature path ordinal program programName name fields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  transaction: /* GraphQL */ `
    query Transaction($signature: Signature!) {
      transaction(signature: $signature) {
        slot blockTime failed error feeLamports computeUnits logState
        instructions { path program programName name failed args accounts { name address } data }
        events { path ordinal program programName name fields }
      }
    }
  `,
  pools: /* GraphQL */ `
    query Pools($first: Int!, $after: String, $atSlot: U64) {
      pools(first: $first, after: $after, atSlot: $atSlot) {
        snapshotSlot
        edges { cursor node { address name admin totalStaked totalShares rewardCommissionBps usdcCommissionBps haltedAt closedAtEpoch } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  reward: /* GraphQL */ `
    query Reward($epoch: U64!, $pool: PublicKey!) {
      reward(epoch: $epoch, pool: $pool) { rewardAmount usdcAmount merkleIndex proof proofPath }
    }
  `,
  wallet: /* GraphQL */ `
    query Wallet($address: PublicKey!, $atSlot: U64) {
      wallet(address: $address, atSlot: $atSlot) {
        slot stakedValue pendingUsdc
        stakes { address pool shares value pendingUsdc coolingAmount claimableAt }
        claims { kind account token amount }
        timers { kind account token amount readyAt }
      }
    }
  `,
} as const;

export type OperationName = keyof typeof operations;
