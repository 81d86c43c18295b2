/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** How far a reward epoch is. */
export type RewardEpochState =
  /** Every pool has accrued it. */
  | 'ACCRUED'
  /** The reward authority allowed the commit. */
  | 'APPROVED'
  /** The record is on chain. */
  | 'COMMITTED'
  /** Allocated over a proven block range. */
  | 'COMPUTED'
  /** The record is final. */
  | 'FINALIZED'
  /** Marked on chain; the set of pools is fixed. */
  | 'MARKED'
  /** Its window has not ended, or it is not marked yet. */
  | 'OPEN'
  /** The artefact is out; the challenge window runs. */
  | 'PUBLISHED'
  /** Computed again by the second implementation, equal. */
  | 'VERIFIED';

export type ChainQueryVariables = Exact<{ [key: string]: never; }>;


export type ChainQuery = { readonly _meta: { readonly slot: string | null, readonly blockTime: string | null, readonly finalizedSlot: string | null, readonly lagSlots: string, readonly gaps: number }, readonly blocks: { readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly parentSlot: string, readonly blockTime: string | null, readonly isFinalized: boolean, readonly transactionCount: number, readonly eventCount: number, readonly undecodedCount: number } }> }, readonly events: { readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly transactionIndex: number, readonly path: string, readonly ordinal: number, readonly name: string, readonly programName: string | null, readonly program: string, readonly signature: string, readonly blockTime: string | null, readonly fields: string } }> } };

export type NetworkQueryVariables = Exact<{ [key: string]: never; }>;


export type NetworkQuery = { readonly marketplace: { readonly inferMint: string, readonly usdcMint: string, readonly models: ReadonlyArray<string> } | null, readonly rewardEpochs: ReadonlyArray<{ readonly number: string, readonly state: RewardEpochState, readonly windowStart: string, readonly windowEnd: string, readonly firstSlot: string | null, readonly lastSlot: string | null, readonly poolCount: number, readonly emission: string, readonly totalRewards: string, readonly totalUsdc: string, readonly roots: ReadonlyArray<string>, readonly record: string | null, readonly markSignature: string | null, readonly commitSignature: string | null, readonly artefactHash: string }>, readonly pools: { readonly edges: ReadonlyArray<{ readonly node: { readonly address: string, readonly name: string, readonly totalStaked: string, readonly lastClaimedEpoch: string, readonly rewardCommissionBps: number, readonly usdcCommissionBps: number, readonly closedAtEpoch: string | null, readonly haltedAt: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly providers: { readonly edges: ReadonlyArray<{ readonly node: { readonly address: string, readonly tier: number, readonly orderCount: string, readonly settledCount: string, readonly refundedCount: string, readonly gpuSeconds: string, readonly bond: string } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };
