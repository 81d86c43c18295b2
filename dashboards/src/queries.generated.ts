/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Length of a candle. Buckets begin at multiples of it, by block time in UTC. */
export type CandleInterval =
  /** One day. */
  | 'DAY'
  /** One hour. */
  | 'HOUR'
  /** Four hours. */
  | 'HOURS_4'
  /** One minute. */
  | 'MINUTE'
  /** Five minutes. */
  | 'MINUTES_5';

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

/** The last forward against spot. */
export type CurveShape =
  /** Below. */
  | 'BACKWARDATION'
  /** Above. */
  | 'CONTANGO'
  /** Equal. */
  | 'FLAT';

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

/** What a piece of evidence is. */
export type EvidenceClass =
  /** A challenge answered wrongly or not at all. */
  | 'CHALLENGE_FAILED'
  /** A challenge answered correctly. */
  | 'CHALLENGE_PASSED'
  /** An order or a session, beyond dispute and challenge. */
  | 'DELIVERED'
  /** A ruling that gave the provider less than half. */
  | 'DISPUTE_LOST'
  /** The close of the epoch before, with the decay of an idle one. */
  | 'EPOCH_END'
  /** An epoch with too few heartbeats. */
  | 'HEARTBEAT_SHORTFALL'
  /** A refund after the delivery deadline. */
  | 'NOT_DELIVERED'
  /** Any other slash. */
  | 'SLASHED'
  /** An epoch with all heartbeats, or nearly. */
  | 'UPTIME_FULL';

/** A condition on one field. */
export type FieldFilter = {
  /** Name in the IDL; of a field inside a struct with its path, as `funds.margin`. */
  readonly field: string;
  /** How it is compared. */
  readonly is: Comparison;
  /** 1 to 20 values as text: whole numbers in decimals, keys in base58, other bytes in hexadecimal. */
  readonly values: ReadonlyArray<string>;
};

/** What is wrong between two blocks. */
export type GapKind =
  /** The two cannot be of one chain. */
  | 'BROKEN'
  /** Blocks between them are not here. */
  | 'MISSING';

/** What is compared. */
export type ImpactMeasure =
  /** Incentives of providers, base units of INFER, summed. */
  | 'INCENTIVES'
  /** What providers are paid in INFER after fees, summed. */
  | 'INCOME_INFER'
  /** What providers are paid in USDC after fees, summed. */
  | 'INCOME_USDC'
  /** Rewards of pools, base units of INT, summed over the epochs. */
  | 'REWARDS'
  /** Displayed score of providers after the last epoch, parts per million. */
  | 'SCORE';

/** What holds tokens that do not circulate. */
export type LockedPlace =
  /** Of providers and verifiers. */
  | 'BONDS'
  /** Commission that operators have not withdrawn. */
  | 'COMMISSIONS'
  /** Orders, deposits of disputes and challenges, credits for workloads. */
  | 'ESCROWS'
  /** Margin, bankroll, insurance and claims. */
  | 'EXCHANGE'
  /** Staked for votes, or waiting to be withdrawn. */
  | 'GOVERNANCE_STAKE'
  /** Funded and not claimed. */
  | 'INCENTIVES'
  /** Staked in operator pools, or cooling down. */
  | 'POOLS'
  /** Emission that no pool has been paid. */
  | 'REWARD_VAULT'
  /** Of the network. */
  | 'TREASURY'
  /** Verifiers’ part of fees, not claimed. */
  | 'VERIFIER_FEES';

/** Whether the log of a transaction was whole. */
export type LogState =
  /** Lines were cut off, or all were missing: events of the log may be missing. */
  | 'CUT'
  /** All lines were there: every event is. */
  | 'WHOLE';

/** Tier of a provider; of a pool that of the provider with most work for it. */
export type OperatorClass =
  /** Provider of the lowest tier. */
  | 'CONSUMER'
  /** Provider of the highest tier. */
  | 'DATA_CENTER'
  /** Provider of the middle tier. */
  | 'MINING_FLEET'
  /** Pool that no provider works for. */
  | 'STAKE_ONLY';

/** Where an order stands. */
export type OrderState =
  /** Paid into its vault, delivery not started. */
  | 'CREATED'
  /** Paid back to the buyer. */
  | 'REFUNDED'
  /** Paid out: confirmed or ruled on, or a session that is over and was used. */
  | 'SETTLED'
  /** The provider has started the delivery. */
  | 'STARTED';

/** Who may change a parameter. */
export type ParameterAuthority =
  /** The founding admin, until it is handed over. */
  | 'BOOTSTRAP'
  /** Proposals alone; there is no way back. */
  | 'GOVERNANCE';

/** A value for a parameter. */
export type ParameterChangeInput = {
  /** Parameter. */
  readonly key: string;
  /** Value, in its unit. */
  readonly value: string;
};

/** What a proposal is about. */
export type ProposalKind =
  /** Brings free bankroll of the exchange back to the treasury. */
  | 'BANKROLL_RETURN'
  /** Lists a GPU model, or changes its terms. */
  | 'CATALOG_ADD'
  /** Delists a GPU model. */
  | 'CATALOG_REMOVE'
  /** Bans a provider. */
  | 'HOST_BAN'
  /** Slashes a provider over a challenge that was left undecided. */
  | 'HOST_SLASH'
  /** Suspends a provider. */
  | 'HOST_SUSPEND'
  /** Lifts a ban. */
  | 'HOST_UNBAN'
  /** Verifies a provider. */
  | 'HOST_VERIFY'
  /** Changes governed parameters. */
  | 'PARAM_CHANGE'
  /** Says something and does nothing. */
  | 'TEXT'
  /** Pays from the treasury. */
  | 'TREASURY_SPEND';

/** Where a proposal stands. */
export type ProposalStatus =
  /** Withdrawn by its proposer. An end. */
  | 'CANCELED'
  /** Too few of the votes were for it. An end. */
  | 'DEFEATED'
  /** Submitted; signaling has not begun. */
  | 'DISCUSSION'
  /** Done. An end. */
  | 'EXECUTED'
  /** A step was not taken in time. An end. */
  | 'EXPIRED'
  /** Passed, and broke a rule when it was to be executed: it changed nothing. An end. */
  | 'INVALIDATED'
  /** Passed; waits for its time and for somebody who executes it. */
  | 'QUEUED'
  /** Too little power voted. An end. */
  | 'QUORUM_NOT_MET'
  /** Opinions are recorded; they bind nobody. */
  | 'SIGNALING'
  /** Enough of the votes were vetoes. An end. */
  | 'VETOED'
  /** Votes are taken, and until the result is recorded. */
  | 'VOTING';

/** Why a purchase is listed and does not count. */
export type RateExclusion =
  /** No rate between its token and USDC was in force. */
  | 'NO_CONVERSION'
  /** Buyer and provider belong to one cluster of wallets. */
  | 'SAME_CLUSTER'
  /** The owner of the provider is not on record. */
  | 'UNKNOWN_PROVIDER';

/** Whether a window has a rate. */
export type RateStatus =
  /** Fewer than four of twelve partitions have three buyer clusters. */
  | 'INSUFFICIENT_DATA'
  /** It has. */
  | 'OK';

/** Length of the windows that rates are made over; they begin at multiples of it in UTC. */
export type RateWindow =
  /** One day. */
  | 'DAY'
  /** One hour. */
  | 'HOUR';

/** What is unusual. */
export type RewardAnomalyKind =
  /** Few pools get most of it. */
  | 'CONCENTRATION'
  /** A pool gets much more, or much less, than before. */
  | 'JUMP'
  /** One pool gets much of the emission. */
  | 'SHARE';

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

/** What a series of dated futures settles on. */
export type SeriesSettlement =
  /** The time-weighted mean of the anchor over its delivery period. */
  | 'AVERAGE'
  /** The anchor at its expiry. */
  | 'POINT';

/** What a grant of the treasury is for. */
export type SpendCategory =
  /** Tokens bought back from the market. */
  | 'BUYBACK'
  /** Development of the network. */
  | 'DEVELOPMENT'
  /** Grants. */
  | 'GRANTS'
  /** Incentives of providers. */
  | 'INCENTIVES'
  /** Liquidity for the tokens. */
  | 'LIQUIDITY'
  /** Anything else. */
  | 'OTHER';

/** Where a spot price is from. */
export type SpotSource =
  /** The on-chain index, since that hour has no reference rate. */
  | 'ON_CHAIN_INDEX'
  /** The reference rate of the last whole hour, in INFER at the rate in force. */
  | 'REFERENCE_RATE';

/** Why a forward is not known. */
export type TenorAbsence =
  /** The curve begins later. */
  | 'BEFORE_FIRST_NODE'
  /** The last series settles earlier. Nothing is extrapolated. */
  | 'BEYOND_LAST_NODE'
  /** No series is live. */
  | 'NO_NODES';

/** How a forward is known. */
export type TenorKind =
  /** Not known; the reason stands beside it. */
  | 'ABSENT'
  /** Between quotes. */
  | 'INTERPOLATED'
  /** A series settles on that moment. */
  | 'QUOTED';

/** A token of the network. */
export type Token =
  /** Of marketplace, exchange and governance, 9 decimals. */
  | 'INFER'
  /** Of the staking program, 9 decimals. */
  | 'INT'
  /** 6 decimals. */
  | 'USDC';

/** What a vote or a signal says. */
export type VoteChoice =
  /** Counts for the quorum alone. */
  | 'ABSTAIN'
  /** It should not. */
  | 'AGAINST'
  /** It should pass. */
  | 'FOR'
  /** Against, and enough of these stop it whatever the others say. */
  | 'VETO';

/** What a count comes to; checked in the order quorum, veto, majority. */
export type VoteOutcome =
  /** Too little of it is for. */
  | 'DEFEATED'
  /** Too little power voted. */
  | 'QUORUM_NOT_MET'
  /** It passes. */
  | 'SUCCEEDED'
  /** Enough of it is veto. */
  | 'VETOED';

/** What the power that has not voted can still change; never wrong. */
export type VoteVerdict =
  /** It cannot pass any more. */
  | 'LOST'
  /** It may pass or not. */
  | 'OPEN'
  /** It passes whatever comes. */
  | 'TIPPED';

export type HeadQueryVariables = Exact<{ [key: string]: never; }>;


export type HeadQuery = { readonly _meta: { readonly slot: string | null, readonly blockTime: string | null, readonly finalizedSlot: string | null, readonly lagSlots: string, readonly gaps: number, readonly incidentCount: string } };

export type HeadMovesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type HeadMovesSubscription = { readonly head: { readonly slot: string | null, readonly blockTime: string | null, readonly finalizedSlot: string | null, readonly lagSlots: string, readonly gaps: number, readonly incidentCount: string } };

export type BlockQueryVariables = Exact<{
  slot: string;
}>;


export type BlockQuery = { readonly blocks: { readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly parentSlot: string, readonly parentBlockhash: string, readonly blockTime: string | null, readonly blockhash: string, readonly contentHash: string, readonly isFinalized: boolean, readonly transactionCount: number, readonly eventCount: number, readonly undecodedCount: number } }> } };

export type EventsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  name?: string | null | undefined;
  program?: string | null | undefined;
  where?: ReadonlyArray<FieldFilter> | FieldFilter | null | undefined;
  fromSlot?: string | null | undefined;
  atSlot?: string | null | undefined;
}>;


export type EventsQuery = { readonly marketplace: { readonly inferMint: string, readonly usdcMint: string, readonly models: ReadonlyArray<string> } | null, readonly events: { readonly snapshotSlot: string, readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly transactionIndex: number, readonly path: string, readonly ordinal: number, readonly name: string, readonly programName: string | null, readonly program: string, readonly signature: string, readonly blockTime: string | null, readonly fields: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type InstructionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  name?: string | null | undefined;
  program?: string | null | undefined;
  failed?: boolean | null | undefined;
  account?: string | null | undefined;
}>;


export type InstructionsQuery = { readonly instructions: { readonly snapshotSlot: string, readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly signature: string, readonly transactionIndex: number, readonly path: string, readonly name: string, readonly programName: string | null, readonly program: string, readonly failed: boolean, readonly blockTime: string | null, readonly args: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProgramsQueryVariables = Exact<{ [key: string]: never; }>;


export type ProgramsQuery = { readonly network: { readonly programs: ReadonlyArray<{ readonly program: string, readonly programName: string | null }> } };

export type TransactionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  account?: string | null | undefined;
  program?: string | null | undefined;
  failed?: boolean | null | undefined;
  fromSlot?: string | null | undefined;
  atSlot?: string | null | undefined;
}>;


export type TransactionsQuery = { readonly transactions: { readonly snapshotSlot: string, readonly edges: ReadonlyArray<{ readonly node: { readonly signature: string, readonly slot: string, readonly transactionIndex: number, readonly blockTime: string | null, readonly feePayer: string, readonly failed: boolean, readonly error: string | null, readonly instructions: ReadonlyArray<{ readonly path: string, readonly name: string, readonly programName: string | null, readonly program: string }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type TransactionQueryVariables = Exact<{
  signature: string;
}>;


export type TransactionQuery = { readonly marketplace: { readonly inferMint: string, readonly usdcMint: string, readonly models: ReadonlyArray<string> } | null, readonly transaction: { readonly signature: string, readonly slot: string, readonly transactionIndex: number, readonly blockTime: string | null, readonly blockhash: string, readonly feePayer: string, readonly feeLamports: string, readonly computeUnits: string | null, readonly failed: boolean, readonly error: string | null, readonly logState: LogState, readonly instructions: ReadonlyArray<{ readonly path: string, readonly name: string, readonly programName: string | null, readonly program: string, readonly failed: boolean, readonly args: string, readonly data: string, readonly accounts: ReadonlyArray<{ readonly name: string | null, readonly address: string }> }>, readonly events: ReadonlyArray<{ readonly slot: string, readonly transactionIndex: number, readonly path: string, readonly ordinal: number, readonly name: string, readonly programName: string | null, readonly program: string, readonly signature: string, readonly blockTime: string | null, readonly fields: string }> } | null };

export type ImpactQueryVariables = Exact<{
  changes: ReadonlyArray<ParameterChangeInput> | ParameterChangeInput;
  epochs: number;
}>;


export type ImpactQuery = { readonly impact: { readonly rewardEpochs: ReadonlyArray<string>, readonly keys: ReadonlyArray<{ readonly key: string, readonly isReplayable: boolean, readonly parts: ReadonlyArray<string>, readonly reason: string }>, readonly classes: ReadonlyArray<{ readonly operatorClass: OperatorClass, readonly measure: ImpactMeasure, readonly count: number, readonly old: string, readonly proposed: string, readonly difference: string }>, readonly fees: ReadonlyArray<{ readonly token: string, readonly part: string, readonly old: string, readonly proposed: string, readonly difference: string }> | null, readonly winners: ReadonlyArray<{ readonly address: string, readonly operatorClass: OperatorClass, readonly measure: ImpactMeasure, readonly old: string, readonly proposed: string, readonly difference: string }>, readonly losers: ReadonlyArray<{ readonly address: string, readonly operatorClass: OperatorClass, readonly measure: ImpactMeasure, readonly old: string, readonly proposed: string, readonly difference: string }> } };

export type ParametersQueryVariables = Exact<{ [key: string]: never; }>;


export type ParametersQuery = { readonly parameters: ReadonlyArray<{ readonly key: string, readonly current: string, readonly inForce: string, readonly min: string, readonly max: string, readonly maxStep: string, readonly default: string, readonly unit: string, readonly rationale: string, readonly program: string, readonly authority: ParameterAuthority, readonly cooldownSeconds: string, readonly cooldownLeftSeconds: string, readonly changesWith: ReadonlyArray<string>, readonly lastChange: { readonly at: string, readonly from: string, readonly to: string, readonly signature: string, readonly proposal: string | null } | null }>, readonly network: { readonly treasury: ReadonlyArray<{ readonly mint: string, readonly vault: string, readonly balance: string | null, readonly opening: string | null, readonly inflows: ReadonlyArray<{ readonly source: string, readonly amount: string, readonly eventCount: string }>, readonly spending: ReadonlyArray<{ readonly source: string, readonly amount: string, readonly eventCount: string }> }> }, readonly marketplace: { readonly inferMint: string, readonly usdcMint: string } | null };

export type PrepareStepQueryVariables = Exact<{
  proposalId: string;
  payer: string;
}>;


export type PrepareStepQuery = { readonly prepareStep: { readonly transaction: string | null, readonly signers: ReadonlyArray<string>, readonly refusal: { readonly code: string, readonly message: string } | null, readonly simulation: { readonly succeeds: boolean, readonly errorMessage: string | null, readonly computeUnits: number, readonly logs: ReadonlyArray<string> } | null } };

export type PrepareVoteQueryVariables = Exact<{
  proposalId: string;
  owner: string;
  choice: VoteChoice;
}>;


export type PrepareVoteQuery = { readonly prepareVote: { readonly transaction: string | null, readonly signers: ReadonlyArray<string>, readonly refusal: { readonly code: string, readonly message: string } | null, readonly simulation: { readonly succeeds: boolean, readonly errorMessage: string | null, readonly computeUnits: number, readonly logs: ReadonlyArray<string> } | null } };

export type ProposalsQueryVariables = Exact<{
  first: number;
  isOpen?: boolean | null | undefined;
}>;


export type ProposalsQuery = { readonly proposals: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly kind: ProposalKind, readonly status: ProposalStatus, readonly proposer: string, readonly createdAt: string, readonly votingEndsAt: string | null, readonly couldFailAtExecute: boolean, readonly voteCount: string, readonly untrustedText: { readonly title: string }, readonly action: { readonly sentences: ReadonlyArray<string> }, readonly vote: { readonly verdict: VoteVerdict, readonly isQuorumReached: boolean, readonly votes: { readonly for: string, readonly against: string, readonly abstain: string, readonly veto: string } } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type ProposalQueryVariables = Exact<{
  id: string;
}>;


export type ProposalQuery = { readonly proposal: { readonly id: string, readonly address: string, readonly kind: ProposalKind, readonly status: ProposalStatus, readonly recordedStatus: ProposalStatus, readonly proposer: string, readonly createdAt: string, readonly createdSlot: string | null, readonly creationSignature: string | null, readonly committed: string, readonly signalingFrom: string | null, readonly votingFrom: string | null, readonly votingEndsAt: string | null, readonly executesFrom: string | null, readonly expiresAt: string | null, readonly endedAt: string | null, readonly canVote: boolean, readonly couldFailAtExecute: boolean, readonly voteCount: string, readonly untrustedText: { readonly title: string, readonly uri: string, readonly link: string | null, readonly textHash: string, readonly hasHiddenCharacters: boolean }, readonly action: { readonly instruction: string, readonly sentences: ReadonlyArray<string>, readonly host: string | null, readonly changes: ReadonlyArray<{ readonly key: string, readonly unit: string | null, readonly current: string | null, readonly proposed: string, readonly min: string | null, readonly max: string | null, readonly maxStep: string | null, readonly step: string | null, readonly distanceToMin: string | null, readonly distanceToMax: string | null, readonly cooldownLeftSeconds: string, readonly submitCheck: { readonly isAllowed: boolean, readonly error: { readonly code: string, readonly message: string } | null }, readonly executeCheck: { readonly isAllowed: boolean, readonly error: { readonly code: string, readonly message: string } | null } }>, readonly spend: { readonly amount: string, readonly category: SpendCategory, readonly mint: string, readonly recipient: string } | null, readonly model: { readonly untrustedName: string, readonly vramGb: number, readonly weight: number, readonly minBenchmark: number } | null }, readonly submitCheck: { readonly isAllowed: boolean, readonly error: { readonly code: string, readonly message: string } | null } | null, readonly executeCheck: { readonly isAllowed: boolean, readonly error: { readonly code: string, readonly message: string } | null } | null, readonly executionRisks: ReadonlyArray<{ readonly code: string, readonly message: string, readonly proposalId: string | null }>, readonly conflicts: ReadonlyArray<{ readonly key: string, readonly proposalId: string }>, readonly invalidity: { readonly rule: string, readonly key: string | null, readonly value: string, readonly limit: string } | null, readonly nextStep: { readonly instruction: string, readonly from: string, readonly until: string | null, readonly isDue: boolean } | null, readonly steps: ReadonlyArray<{ readonly name: string, readonly at: string | null, readonly slot: string, readonly signature: string }>, readonly signals: { readonly for: string, readonly against: string, readonly abstain: string, readonly veto: string }, readonly vote: { readonly castPower: string, readonly missingPower: string, readonly snapshotPower: string, readonly isQuorumReached: boolean, readonly outcomeNow: VoteOutcome, readonly possibleOutcomes: ReadonlyArray<VoteOutcome>, readonly finalOutcome: VoteOutcome | null, readonly verdict: VoteVerdict, readonly thresholds: { readonly quorumBps: number, readonly passThresholdBps: number, readonly vetoThresholdBps: number }, readonly votes: { readonly for: string, readonly against: string, readonly abstain: string, readonly veto: string } } | null } | null, readonly marketplace: { readonly inferMint: string, readonly usdcMint: string } | null };

export type VotesQueryVariables = Exact<{
  proposal: string;
  first: number;
}>;


export type VotesQuery = { readonly votes: { readonly edges: ReadonlyArray<{ readonly node: { readonly owner: string, readonly choice: VoteChoice, readonly power: string, readonly votedAt: string, readonly signature: string, readonly totals: { readonly for: string, readonly against: string, readonly abstain: string, readonly veto: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type CandlesQueryVariables = Exact<{
  model: number;
  from: string;
  to: string;
  interval: CandleInterval;
}>;


export type CandlesQuery = { readonly marketplace: { readonly models: ReadonlyArray<string> } | null, readonly index: { readonly price: string | null, readonly anchor: string | null, readonly longSize: string, readonly shortSize: string, readonly slot: string, readonly candles: ReadonlyArray<{ readonly start: string, readonly open: string, readonly high: string, readonly low: string, readonly close: string, readonly tickCount: string, readonly vwap: string | null, readonly twap: string, readonly purchaseGpuSeconds: string, readonly tradeGpuSeconds: string }> } | null };

export type CurveQueryVariables = Exact<{
  model: number;
  settlement: SeriesSettlement;
  atSlot?: string | null | undefined;
}>;


export type CurveQuery = { readonly blocks: { readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly blockTime: string | null } }> }, readonly index: { readonly forwardCurve: { readonly shape: CurveShape | null, readonly slopePerYear: number | null, readonly rollYield: number | null, readonly spot: { readonly price: string, readonly source: SpotSource } | null, readonly nodes: ReadonlyArray<{ readonly series: string, readonly expiry: string, readonly deliveryStart: string, readonly mark: string, readonly lastPrice: string | null, readonly tradedAt: string | null, readonly longSize: string, readonly shortSize: string, readonly secondsToSettlement: string, readonly isUsed: boolean }>, readonly tenors: ReadonlyArray<{ readonly days: number, readonly kind: TenorKind, readonly forward: number | null, readonly absence: TenorAbsence | null, readonly annualisedBasis: number | null }> } | null } | null };

export type IndexQueryVariables = Exact<{
  model: number;
  from: string;
  to: string;
  bucketSeconds: number;
  rateFrom: string;
  rateWindow: RateWindow;
  watchFrom: string;
  watchWindow: RateWindow;
}>;


export type IndexQuery = { readonly index: { readonly referenceRates: ReadonlyArray<{ readonly windowStart: string, readonly status: RateStatus, readonly rate: string | null, readonly purchaseCount: number, readonly excludedCount: number, readonly gpuSeconds: string, readonly ruleVersion: string, readonly inputHash: string, readonly firstSlot: string, readonly lastSlot: string }>, readonly surveillance: ReadonlyArray<{ readonly windowStart: string, readonly washSharePpm: string, readonly concentrationPpm: number, readonly largestSharePpm: number, readonly premiumPpm: string | null, readonly moveByPurchases: { readonly value: string, readonly fee: string, readonly burned: string } | null, readonly moveByTrades: { readonly notional: string, readonly fee: string } | null }>, readonly openInterest: ReadonlyArray<{ readonly start: string, readonly longSize: string, readonly shortSize: string, readonly mark: string }> } | null };

export type RateInputsQueryVariables = Exact<{
  model: number;
  from: string;
  to: string;
  window: RateWindow;
}>;


export type RateInputsQuery = { readonly index: { readonly referenceRates: ReadonlyArray<{ readonly partitions: ReadonlyArray<string | null>, readonly inputs: ReadonlyArray<{ readonly slot: string, readonly signature: string, readonly order: string, readonly price: string, readonly gpuSeconds: string, readonly cluster: string, readonly exclusion: RateExclusion | null }> }> } | null };

export type MarketQueryVariables = Exact<{
  model: number;
  region?: number | null | undefined;
  tier?: number | null | undefined;
  minScorePpm?: number | null | undefined;
}>;


export type MarketQuery = { readonly marketplace: { readonly models: ReadonlyArray<string>, readonly inferMint: string, readonly usdcMint: string } | null, readonly offers: { readonly offerCount: number, readonly units: number, readonly unitsFree: number, readonly utilisationPpm: string | null, readonly offers: ReadonlyArray<{ readonly address: string, readonly provider: string, readonly tier: number, readonly region: number, readonly scorePpm: number, readonly units: number, readonly unitsFree: number, readonly depthUnits: number, readonly isByIndex: boolean, readonly isInUsdc: boolean, readonly orderPrice: string, readonly usdcPrice: string, readonly minSeconds: number, readonly maxSeconds: number }> } | null, readonly supply: ReadonlyArray<{ readonly model: number, readonly region: number, readonly jurisdiction: string, readonly tier: number, readonly units: number, readonly unitsBusy: number, readonly vramGb: string, readonly offerCount: number, readonly providerCount: number }>, readonly leasesEnding: ReadonlyArray<{ readonly order: string, readonly provider: string, readonly buyer: string, readonly model: number, readonly units: number, readonly startedAt: string, readonly endsAt: string }>, readonly exchange: { readonly slot: string, readonly signature: string, readonly margin: string, readonly bankroll: string, readonly insurance: string, readonly openNotional: string, readonly claimsIssued: string, readonly claimsFunded: string, readonly utilisationPpm: string | null } | null };

export type ModelDaysQueryVariables = Exact<{
  model: number;
  from: string;
  to: string;
}>;


export type ModelDaysQuery = { readonly index: { readonly dailyPrices: ReadonlyArray<{ readonly start: string, readonly purchaseCount: number, readonly gpuSeconds: string, readonly min: string, readonly mean: string, readonly median: string, readonly max: string }> } | null };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { readonly sessions: { readonly edges: ReadonlyArray<{ readonly node: { readonly order: string, readonly provider: string, readonly buyer: string, readonly mint: string, readonly model: number, readonly units: number, readonly createdAt: string, readonly closedAt: string | null, readonly settledSeconds: string, readonly billed: string, readonly billedPerHour: string, readonly pricePerGpuHour: string, readonly usage: ReadonlyArray<{ readonly settledAt: string, readonly signature: string, readonly fromSecond: number, readonly toSecond: number, readonly amount: string, readonly fee: string }> } }> }, readonly liquidations: { readonly edges: ReadonlyArray<{ readonly node: { readonly time: string, readonly signature: string, readonly owner: string, readonly model: number, readonly position: string, readonly size: string, readonly price: string, readonly equity: string, readonly shortfall: string, readonly keeper: string } }> } };

export type ChainQueryVariables = Exact<{ [key: string]: never; }>;


export type ChainQuery = { readonly blocks: { readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly parentSlot: string, readonly blockTime: string | null, readonly isFinalized: boolean, readonly transactionCount: number, readonly eventCount: number, readonly undecodedCount: number } }> }, readonly events: { readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly transactionIndex: number, readonly path: string, readonly ordinal: number, readonly name: string, readonly programName: string | null, readonly program: string, readonly signature: string, readonly blockTime: string | null, readonly fields: string } }> } };

export type NetworkQueryVariables = Exact<{ [key: string]: never; }>;


export type NetworkQuery = { readonly marketplace: { readonly inferMint: string, readonly usdcMint: string, readonly models: ReadonlyArray<string> } | null, readonly network: { readonly totals: { readonly poolCount: string, readonly staked: string, readonly providerCount: string, readonly bond: string, readonly orderCount: string, readonly settledCount: string, readonly refundedCount: string, readonly gpuSeconds: string } }, readonly rewardEpochs: ReadonlyArray<{ readonly number: string, readonly state: RewardEpochState, readonly windowStart: string, readonly windowEnd: string, readonly firstSlot: string | null, readonly lastSlot: string | null, readonly poolCount: number, readonly emission: string, readonly totalRewards: string, readonly totalUsdc: string, readonly roots: ReadonlyArray<string>, readonly record: string | null, readonly markSignature: string | null, readonly commitSignature: string | null, readonly artefactHash: string }>, readonly pools: { readonly edges: ReadonlyArray<{ readonly node: { readonly address: string, readonly name: string, readonly totalStaked: string, readonly lastClaimedEpoch: string, readonly rewardCommissionBps: number, readonly usdcCommissionBps: number, readonly closedAtEpoch: string | null, readonly haltedAt: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly providers: { readonly edges: ReadonlyArray<{ readonly node: { readonly address: string, readonly tier: number, readonly orderCount: string, readonly settledCount: string, readonly refundedCount: string, readonly gpuSeconds: string, readonly bond: string } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type PoolsQueryVariables = Exact<{
  first: number;
}>;


export type PoolsQuery = { readonly pools: { readonly edges: ReadonlyArray<{ readonly node: { readonly address: string, readonly name: string, readonly totalStaked: string, readonly sharePricePpb: string | null, readonly rewardCommissionBps: number, readonly usdcCommissionBps: number, readonly closedAtEpoch: string | null, readonly haltedAt: string | null, readonly lastClaimedEpoch: string, readonly allowDelegation: boolean, readonly performance: { readonly delegatorAprPpm: string | null, readonly uptimePpm: string | null, readonly retentionPpm: string | null, readonly epochCount: number } } }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly routingWeights: ReadonlyArray<{ readonly pool: string, readonly rewardEpoch: string, readonly stakeSharePpm: number, readonly scorePpm: number, readonly weightPpm: number, readonly providerCount: string }> };

export type PoolPastQueryVariables = Exact<{
  address: string;
  s0: string;
  s1: string;
  s2: string;
  s3: string;
  s4: string;
  s5: string;
  s6: string;
  s7: string;
  s8: string;
  s9: string;
  s10: string;
  s11: string;
}>;


export type PoolPastQuery = { readonly p0: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p1: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p2: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p3: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p4: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p5: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p6: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p7: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p8: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p9: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p10: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null, readonly p11: { readonly totalStaked: string, readonly sharePricePpb: string | null, readonly updatedSlot: string } | null };

export type PoolQueryVariables = Exact<{
  address: string;
  key: string;
}>;


export type PoolQuery = { readonly pool: { readonly address: string, readonly name: string, readonly description: string | null, readonly websiteUrl: string | null, readonly admin: string, readonly initialAdmin: string, readonly operatorStakingRecord: string, readonly totalStaked: string, readonly totalShares: string, readonly totalUnstaking: string, readonly sharePricePpb: string | null, readonly rewardCommissionBps: number, readonly usdcCommissionBps: number, readonly nextRewardCommissionBps: number | null, readonly nextUsdcCommissionBps: number | null, readonly autoStakeFees: boolean, readonly allowDelegation: boolean, readonly joinedAtEpoch: string, readonly closedAtEpoch: string | null, readonly lastClaimedEpoch: string, readonly haltedAt: string | null, readonly updatedSlot: string, readonly performance: { readonly delegatorAprPpm: string | null, readonly delegatorRewards: string, readonly delegatorUsdc: string, readonly epochCount: number, readonly fromTime: string, readonly toTime: string, readonly uptimePpm: string | null, readonly retentionPpm: string | null }, readonly halts: ReadonlyArray<{ readonly isHalted: boolean, readonly slot: string, readonly signature: string, readonly time: string | null }>, readonly commissionHistory: ReadonlyArray<{ readonly slot: string, readonly time: string | null, readonly rewardBps: number | null, readonly usdcBps: number | null, readonly nextRewardBps: number | null, readonly nextUsdcBps: number | null }> } | null, readonly accruals: { readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly signature: string, readonly blockTime: string | null, readonly fields: string } }> }, readonly stakingRecords: { readonly edges: ReadonlyArray<{ readonly node: { readonly address: string, readonly owner: string, readonly isOperator: boolean, readonly shares: string, readonly value: string, readonly pendingUsdc: string, readonly coolingAmount: string } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type ProvidersQueryVariables = Exact<{
  first: number;
}>;


export type ProvidersQuery = { readonly providers: { readonly edges: ReadonlyArray<{ readonly node: { readonly address: string, readonly tier: number, readonly region: number, readonly jurisdiction: string, readonly bond: string, readonly orderCount: string, readonly settledCount: string, readonly refundedCount: string, readonly gpuSeconds: string, readonly registeredAt: string, readonly reputation: { readonly rewardEpoch: string, readonly score: number, readonly displayedScore: number, readonly successPpm: number | null, readonly successLowerBoundPpm: number | null, readonly uptimePpm: number | null, readonly challengesPassed: string, readonly challengesFailed: string, readonly slashCount: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly marketplace: { readonly models: ReadonlyArray<string> } | null };

export type ProviderQueryVariables = Exact<{
  address: string;
}>;


export type ProviderQuery = { readonly provider: { readonly address: string, readonly owner: string, readonly payout: string, readonly operatorPool: string, readonly tier: number, readonly region: number, readonly jurisdiction: string, readonly bond: string, readonly offerCount: string, readonly orderCount: string, readonly settledCount: string, readonly refundedCount: string, readonly gpuSeconds: string, readonly registeredAt: string, readonly registrationSignature: string, readonly liveReputation: { readonly score: number, readonly displayedScore: number, readonly evidenceCount: number, readonly throughSlot: string } | null, readonly reputation: { readonly rewardEpoch: string, readonly score: number, readonly displayedScore: number, readonly targetScore: number | null, readonly bond: string, readonly requiredBond: string, readonly tenureSeconds: string, readonly deliveredCount: string, readonly failedCount: string, readonly refundedCount: string, readonly disputedCount: string, readonly lostDisputeCount: string, readonly successPpm: number | null, readonly successLowerBoundPpm: number | null, readonly challengesPassed: string, readonly challengesFailed: string, readonly slashCount: string, readonly slashedAmount: string, readonly gpuSeconds: string, readonly volumeInfer: string, readonly volumeUsdc: string, readonly uptimePpm: number | null } | null } | null, readonly providerEvidence: { readonly edges: ReadonlyArray<{ readonly node: { readonly rewardEpoch: string, readonly number: number, readonly class: EvidenceClass, readonly at: string, readonly slot: string, readonly signature: string | null, readonly subject: string | null, readonly isOwnCluster: boolean, readonly gpuSeconds: string, readonly shortfallPpm: number, readonly scoreBefore: number, readonly scoreAfter: number, readonly targetAfter: number | null } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type SellersQueryVariables = Exact<{
  model: number;
}>;


export type SellersQuery = { readonly offers: { readonly offers: ReadonlyArray<{ readonly provider: string, readonly unitsFree: number, readonly isInUsdc: boolean, readonly orderPrice: string }> } | null };

export type CommitQueryVariables = Exact<{
  signature: string;
}>;


export type CommitQuery = { readonly transaction: { readonly slot: string, readonly failed: boolean, readonly instructions: ReadonlyArray<{ readonly name: string, readonly programName: string | null, readonly args: string, readonly failed: boolean }> } | null };

export type RewardEpochsQueryVariables = Exact<{
  first: number;
}>;


export type RewardEpochsQuery = { readonly rewardEpochs: ReadonlyArray<{ readonly number: string, readonly state: RewardEpochState, readonly windowStart: string, readonly windowEnd: string, readonly poolCount: number, readonly totalRewards: string, readonly totalUsdc: string, readonly orphanedUsdc: string, readonly roots: ReadonlyArray<string>, readonly record: string | null, readonly commitSignature: string | null }> };

export type RewardEpochQueryVariables = Exact<{
  number: string;
}>;


export type RewardEpochQuery = { readonly rewardEpoch: { readonly number: string, readonly state: RewardEpochState, readonly windowStart: string, readonly windowEnd: string, readonly firstSlot: string | null, readonly lastSlot: string | null, readonly eligibilitySlot: string | null, readonly poolCount: number, readonly emission: string, readonly totalRewards: string, readonly totalUsdc: string, readonly orphanedUsdc: string, readonly roots: ReadonlyArray<string>, readonly record: string | null, readonly markSignature: string | null, readonly commitSignature: string | null, readonly artefactHash: string, readonly inputHash: string, readonly ruleVersion: string, readonly anomalies: ReadonlyArray<{ readonly kind: RewardAnomalyKind, readonly pool: string | null, readonly reward: string, readonly meanBefore: string | null, readonly valueBps: string, readonly thresholdBps: string }>, readonly diff: { readonly previousEpoch: string | null, readonly previousPoolCount: number, readonly gainedCount: number, readonly lostCount: number, readonly newCount: number, readonly goneCount: number, readonly gains: ReadonlyArray<{ readonly pool: string, readonly reward: string, readonly previousReward: string }>, readonly losses: ReadonlyArray<{ readonly pool: string, readonly reward: string, readonly previousReward: string }>, readonly newPools: ReadonlyArray<{ readonly pool: string, readonly reward: string, readonly previousReward: string }>, readonly gonePools: ReadonlyArray<{ readonly pool: string, readonly reward: string, readonly previousReward: string }> } | null } | null };

export type PoolRewardQueryVariables = Exact<{
  epoch: string;
  pool: string;
}>;


export type PoolRewardQuery = { readonly reward: { readonly epoch: string, readonly pool: string, readonly merkleIndex: number, readonly leafHash: string, readonly rewardAmount: string, readonly workReward: string, readonly stakeReward: string, readonly usdcAmount: string, readonly proof: ReadonlyArray<string>, readonly proofPath: ReadonlyArray<boolean> } | null, readonly pool: { readonly name: string } | null };

export type CorrectionsSubscriptionVariables = Exact<{
  after: string;
}>;


export type CorrectionsSubscription = { readonly incidents: { readonly cursor: string, readonly isOpen: boolean, readonly incident: { readonly slot: string, readonly account: string, readonly program: string, readonly kind: string, readonly field: string, readonly expected: string, readonly seen: string } } };

export type DeadAlertsQueryVariables = Exact<{ [key: string]: never; }>;


export type DeadAlertsQuery = { readonly deadAlerts: ReadonlyArray<{ readonly id: string, readonly endpoint: string, readonly kind: string, readonly attempts: number, readonly lastError: string, readonly diedAt: string }> };

export type FinalityQueryVariables = Exact<{ [key: string]: never; }>;


export type FinalityQuery = { readonly blocks: { readonly edges: ReadonlyArray<{ readonly node: { readonly slot: string, readonly blockTime: string | null, readonly isFinalized: boolean, readonly undecodedCount: number } }> } };

export type JobFailuresQueryVariables = Exact<{ [key: string]: never; }>;


export type JobFailuresQuery = { readonly jobFailures: ReadonlyArray<{ readonly job: string, readonly code: string, readonly message: string, readonly failureCount: number, readonly since: string, readonly recordedAt: string }> };

export type KeysQueryVariables = Exact<{ [key: string]: never; }>;


export type KeysQuery = { readonly network: { readonly programs: ReadonlyArray<{ readonly program: string, readonly programName: string | null, readonly upgradeAuthority: string | null, readonly isUpgradeable: boolean, readonly deployedSlot: string | null, readonly sinceSlot: string }>, readonly programChanges: ReadonlyArray<{ readonly program: string, readonly programName: string | null, readonly upgradeAuthority: string | null, readonly deployedSlot: string | null, readonly sinceSlot: string }>, readonly adminKeys: ReadonlyArray<{ readonly programName: string, readonly role: string, readonly keys: ReadonlyArray<string>, readonly sinceSlot: string }>, readonly adminKeyChanges: ReadonlyArray<{ readonly programName: string, readonly role: string, readonly keys: ReadonlyArray<string>, readonly sinceSlot: string }>, readonly supply: ReadonlyArray<{ readonly token: string, readonly mint: string, readonly mintAuthority: string | null, readonly freezeAuthority: string | null, readonly isMintRevoked: boolean | null, readonly minted: string | null, readonly burned: string, readonly supply: string | null, readonly circulating: string | null, readonly locked: ReadonlyArray<{ readonly place: LockedPlace, readonly amount: string }> }> } };

export type StatusQueryVariables = Exact<{ [key: string]: never; }>;


export type StatusQuery = { readonly _meta: { readonly slot: string | null, readonly blockTime: string | null, readonly finalizedSlot: string | null, readonly lagSlots: string, readonly gaps: number, readonly incidentCount: string, readonly reconciledThroughSlot: string | null, readonly incidents: ReadonlyArray<{ readonly slot: string, readonly account: string, readonly program: string, readonly kind: string, readonly field: string, readonly expected: string, readonly seen: string }> }, readonly gaps: ReadonlyArray<{ readonly kind: GapKind, readonly afterSlot: string, readonly nextSlot: string, readonly parentSlot: string }>, readonly ledgerProof: { readonly faultCount: string, readonly ledgerThroughSlot: string | null, readonly lookedThroughSlot: string | null } };

export type PrepareClaimQueryVariables = Exact<{
  kind: DueKind;
  account: string;
  owner: string;
}>;


export type PrepareClaimQuery = { readonly prepareClaim: { readonly transaction: string | null, readonly signers: ReadonlyArray<string>, readonly refusal: { readonly code: string, readonly message: string } | null, readonly simulation: { readonly succeeds: boolean, readonly errorMessage: string | null, readonly computeUnits: number, readonly logs: ReadonlyArray<string> } | null } };

export type WalletQueryVariables = Exact<{
  address: string;
}>;


export type WalletQuery = { readonly marketplace: { readonly inferMint: string, readonly usdcMint: string, readonly models: ReadonlyArray<string> } | null, readonly wallet: { readonly address: string, readonly slot: string, readonly stakedValue: string, readonly pendingUsdc: string, readonly collateral: string, readonly credits: string, readonly provider: string | null, readonly claims: ReadonlyArray<{ readonly kind: DueKind, readonly amount: string, readonly token: Token, readonly account: string, readonly readyAt: string | null }>, readonly timers: ReadonlyArray<{ readonly kind: DueKind, readonly amount: string, readonly token: Token, readonly account: string, readonly readyAt: string | null }>, readonly stakes: ReadonlyArray<{ readonly address: string, readonly pool: string, readonly isOperator: boolean, readonly shares: string, readonly value: string, readonly pendingUsdc: string, readonly coolingAmount: string, readonly claimableAt: string | null }>, readonly governanceStake: { readonly stake: string, readonly unstaking: string, readonly committed: string, readonly power: string, readonly lockedUntil: string } | null, readonly orders: ReadonlyArray<{ readonly address: string, readonly provider: string, readonly model: number, readonly units: number, readonly seconds: number, readonly mint: string, readonly amount: string, readonly state: OrderState, readonly createdAt: string, readonly createdSignature: string, readonly endSignature: string | null }>, readonly positions: ReadonlyArray<{ readonly address: string, readonly model: number, readonly series: string | null, readonly size: string, readonly entryPrice: string, readonly notional: string, readonly collateral: string, readonly slot: string }>, readonly votes: ReadonlyArray<{ readonly proposal: string, readonly choice: string, readonly power: string, readonly votedAt: string, readonly signature: string }> } };
