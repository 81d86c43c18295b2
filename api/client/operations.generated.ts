/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** How a field is compared with the values given. */
export type Comparison =
  /** The text, or the list, has one of them in it. */
  | 'CONTAINS'
  /** It is one of them. */
  | 'EQ'
  /** It is one of them, or more than one. */
  | 'GE'
  /** It is more than one of them. */
  | 'GT'
  /** It is one of them, or less than one. */
  | 'LE'
  /** It is less than one of them. */
  | 'LT'
  /** It is none of them. */
  | 'NE';

/** Where an amount that may be taken comes from. */
export type DueKind =
  /** A provider’s bond whose withdrawal was requested. */
  | 'BOND'
  /** A customer’s credits whose withdrawal was requested. */
  | 'CREDITS'
  /** Profit that the exchange owed and can pay now: `pay_claim`. */
  | 'EXCHANGE_CLAIM'
  /** Unstaked from governance. */
  | 'UNSTAKED_INFER'
  /** Unstaked from a pool: `claim_unstake`. */
  | 'UNSTAKED_INT'
  /** Earned in a pool: `claim_usdc_earnings`. */
  | 'USDC_EARNINGS';

/** A condition on one field. */
export type FieldFilter = {
  /** Name in the IDL; of a field inside a struct with its path, as `funds.margin`. */
  readonly field: string;
  /** How it is compared. */
  readonly is: Comparison;
  /** 1 to 20 values as text: whole numbers in decimals, keys in base58, other bytes in hexadecimal. */
  readonly values: ReadonlyArray<string>;
};

/** Whether the log of a transaction was whole. */
export type LogState =
  /** Lines were cut off, or all were missing: events of the log may be missing. */
  | 'CUT'
  /** All lines were there: every event is. */
  | 'WHOLE';

/** A token of the network. */
export type Token =
  /** Of marketplace, exchange and governance, 9 decimals. */
  | 'INFER'
  /** Of the staking program, 9 decimals. */
  | 'INT'
  /** 6 decimals. */
  | 'USDC';

export type StatusQueryVariables = Exact<{ [key: string]: never; }>;


export type StatusQuery = { readonly _meta: { readonly slot: string | null, readonly blockhash: string | null, readonly blockTime: string | null, readonly finalizedSlot: string | null, readonly lagSlots: string, readonly gaps: number, readonly reconciledThroughSlot: string | null, readonly incidentCount: string }, readonly serviceConfig: { readonly maxPageRows: number, readonly maxCost: number, readonly budgetPoints: number, readonly budgetRefillPerSecond: number } };

export type EventsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  atSlot?: string | null | undefined;
  program?: string | null | undefined;
  name?: string | null | undefined;
  where?: ReadonlyArray<FieldFilter> | FieldFilter | null | undefined;
}>;


export type EventsQuery = { readonly events: { readonly snapshotSlot: string, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly slot: string, readonly blockhash: string, readonly blockTime: string | null, readonly signature: string, readonly path: string, readonly ordinal: number, readonly program: string, readonly programName: string | null, readonly name: string, readonly fields: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type TransactionQueryVariables = Exact<{
  signature: string;
}>;


export type TransactionQuery = { readonly transaction: { readonly slot: string, readonly blockTime: string | null, readonly failed: boolean, readonly error: string | null, readonly feeLamports: string, readonly computeUnits: string | null, readonly logState: LogState, readonly instructions: ReadonlyArray<{ readonly path: string, readonly program: string, readonly programName: string | null, readonly name: string, readonly failed: boolean, readonly args: string, readonly data: string, readonly accounts: ReadonlyArray<{ readonly name: string | null, readonly address: string }> }>, readonly events: ReadonlyArray<{ readonly path: string, readonly ordinal: number, readonly program: string, readonly programName: string | null, readonly name: string, readonly fields: string }> } | null };

export type PoolsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  atSlot?: string | null | undefined;
}>;


export type PoolsQuery = { readonly pools: { readonly snapshotSlot: string, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly address: string, readonly name: string, readonly admin: string, readonly totalStaked: string, readonly totalShares: string, readonly rewardCommissionBps: number, readonly usdcCommissionBps: number, readonly haltedAt: string | null, readonly closedAtEpoch: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RewardQueryVariables = Exact<{
  epoch: string;
  pool: string;
}>;


export type RewardQuery = { readonly reward: { readonly rewardAmount: string, readonly usdcAmount: string, readonly merkleIndex: number, readonly proof: ReadonlyArray<string>, readonly proofPath: ReadonlyArray<boolean> } | null };

export type WalletQueryVariables = Exact<{
  address: string;
  atSlot?: string | null | undefined;
}>;


export type WalletQuery = { readonly wallet: { readonly slot: string, readonly stakedValue: string, readonly pendingUsdc: string, readonly stakes: ReadonlyArray<{ readonly address: string, readonly pool: string, readonly shares: string, readonly value: string, readonly pendingUsdc: string, readonly coolingAmount: string, readonly claimableAt: string | null }>, readonly claims: ReadonlyArray<{ readonly kind: DueKind, readonly account: string, readonly token: Token, readonly amount: string }>, readonly timers: ReadonlyArray<{ readonly kind: DueKind, readonly account: string, readonly token: Token, readonly amount: string, readonly readyAt: string | null }> } };

/** Answer and variables of every operation. */
export interface OperationTypes {
  readonly status: { readonly data: StatusQuery; readonly variables: StatusQueryVariables };
  readonly events: { readonly data: EventsQuery; readonly variables: EventsQueryVariables };
  readonly transaction: { readonly data: TransactionQuery; readonly variables: TransactionQueryVariables };
  readonly pools: { readonly data: PoolsQuery; readonly variables: PoolsQueryVariables };
  readonly reward: { readonly data: RewardQuery; readonly variables: RewardQueryVariables };
  readonly wallet: { readonly data: WalletQuery; readonly variables: WalletQueryVariables };
}
