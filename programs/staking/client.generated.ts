/** Client of program inference_staking: written by build/generate-clients.ts from idl.json beside it, not by hand. @module */
import type { Address } from '@solana/kit';
import type { BorshReader, BorshWriter } from '../client/borsh.ts';
import { accountMeta, decodeWith, encodeWith, optionalMeta, type ProgramInstruction, startsWith } from '../client/instruction.ts';

export const STAKING_PROGRAM_ADDRESS = 'stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG' as Address;

export type AccrueRewardArgs = {
  readonly merkleIndex: number;
  readonly proof: readonly Uint8Array[];
  readonly proofPath: readonly boolean[];
  readonly rewardAmount: bigint;
  readonly usdcAmount: bigint;
};

export function writeAccrueRewardArgs(writer: BorshWriter, value: AccrueRewardArgs): void {
  writer.u8(value.merkleIndex);
  writer.vec(value.proof, (item) => writer.fixedBytes(item, 32));
  writer.vec(value.proofPath, (item) => writer.bool(item));
  writer.u64(value.rewardAmount);
  writer.u64(value.usdcAmount);
}

export function readAccrueRewardArgs(reader: BorshReader): AccrueRewardArgs {
  return {
    merkleIndex: reader.u8(),
    proof: reader.vec(() => reader.fixedBytes(32)),
    proofPath: reader.vec(() => reader.bool()),
    rewardAmount: reader.u64(),
    usdcAmount: reader.u64(),
  };
}

export type AccrueRewardEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly totalRewardsTransferred: bigint;
  readonly totalUsdcTransferred: bigint;
  readonly delegatorRewards: bigint;
  readonly operatorRewardCommission: bigint;
  readonly delegatorUsdcEarnings: bigint;
  readonly operatorUsdcCommission: bigint;
};

export function writeAccrueRewardEvent(writer: BorshWriter, value: AccrueRewardEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.u64(value.totalRewardsTransferred);
  writer.u64(value.totalUsdcTransferred);
  writer.u64(value.delegatorRewards);
  writer.u64(value.operatorRewardCommission);
  writer.u64(value.delegatorUsdcEarnings);
  writer.u64(value.operatorUsdcCommission);
}

export function readAccrueRewardEvent(reader: BorshReader): AccrueRewardEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    totalRewardsTransferred: reader.u64(),
    totalUsdcTransferred: reader.u64(),
    delegatorRewards: reader.u64(),
    operatorRewardCommission: reader.u64(),
    delegatorUsdcEarnings: reader.u64(),
    operatorUsdcCommission: reader.u64(),
  };
}

export type CancelUnstakeEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly stakingRecord: Address;
  readonly owner: Address;
  readonly isOperator: boolean;
  readonly tokenAmount: bigint;
  readonly sharesAmount: bigint;
};

export function writeCancelUnstakeEvent(writer: BorshWriter, value: CancelUnstakeEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.stakingRecord);
  writer.pubkey(value.owner);
  writer.bool(value.isOperator);
  writer.u64(value.tokenAmount);
  writer.u64(value.sharesAmount);
}

export function readCancelUnstakeEvent(reader: BorshReader): CancelUnstakeEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    stakingRecord: reader.pubkey(),
    owner: reader.pubkey(),
    isOperator: reader.bool(),
    tokenAmount: reader.u64(),
    sharesAmount: reader.u64(),
  };
}

export type ChangeOperatorAdminEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly oldAdmin: Address;
  readonly newAdmin: Address;
};

export function writeChangeOperatorAdminEvent(writer: BorshWriter, value: ChangeOperatorAdminEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.oldAdmin);
  writer.pubkey(value.newAdmin);
}

export function readChangeOperatorAdminEvent(reader: BorshReader): ChangeOperatorAdminEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    oldAdmin: reader.pubkey(),
    newAdmin: reader.pubkey(),
  };
}

export type ChangeOperatorStakingRecordEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly admin: Address;
  readonly oldStakingRecord: Address;
  readonly newStakingRecord: Address;
};

export function writeChangeOperatorStakingRecordEvent(writer: BorshWriter, value: ChangeOperatorStakingRecordEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.admin);
  writer.pubkey(value.oldStakingRecord);
  writer.pubkey(value.newStakingRecord);
}

export function readChangeOperatorStakingRecordEvent(reader: BorshReader): ChangeOperatorStakingRecordEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    admin: reader.pubkey(),
    oldStakingRecord: reader.pubkey(),
    newStakingRecord: reader.pubkey(),
  };
}

export type ClaimUnstakeEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly stakingRecord: Address;
  readonly owner: Address;
  readonly isOperator: boolean;
  readonly tokenAmount: bigint;
};

export function writeClaimUnstakeEvent(writer: BorshWriter, value: ClaimUnstakeEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.stakingRecord);
  writer.pubkey(value.owner);
  writer.bool(value.isOperator);
  writer.u64(value.tokenAmount);
}

export function readClaimUnstakeEvent(reader: BorshReader): ClaimUnstakeEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    stakingRecord: reader.pubkey(),
    owner: reader.pubkey(),
    isOperator: reader.bool(),
    tokenAmount: reader.u64(),
  };
}

export type ClaimUsdcEarningsEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly stakingRecord: Address;
  readonly owner: Address;
  readonly isOperator: boolean;
  readonly destination: Address;
  readonly usdcAmount: bigint;
};

export function writeClaimUsdcEarningsEvent(writer: BorshWriter, value: ClaimUsdcEarningsEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.stakingRecord);
  writer.pubkey(value.owner);
  writer.bool(value.isOperator);
  writer.pubkey(value.destination);
  writer.u64(value.usdcAmount);
}

export function readClaimUsdcEarningsEvent(reader: BorshReader): ClaimUsdcEarningsEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    stakingRecord: reader.pubkey(),
    owner: reader.pubkey(),
    isOperator: reader.bool(),
    destination: reader.pubkey(),
    usdcAmount: reader.u64(),
  };
}

export type CreateOperatorPoolArgs = {
  readonly autoStakeFees: boolean;
  readonly rewardCommissionRateBps: number;
  readonly allowDelegation: boolean;
  readonly name: string;
  readonly description: string | null;
  readonly websiteUrl: string | null;
  readonly avatarImageUrl: string | null;
  readonly operatorAuthKeys: readonly Address[] | null;
  readonly usdcCommissionRateBps: number;
};

export function writeCreateOperatorPoolArgs(writer: BorshWriter, value: CreateOperatorPoolArgs): void {
  writer.bool(value.autoStakeFees);
  writer.u16(value.rewardCommissionRateBps);
  writer.bool(value.allowDelegation);
  writer.string(value.name);
  writer.option(value.description, (item) => writer.string(item));
  writer.option(value.websiteUrl, (item) => writer.string(item));
  writer.option(value.avatarImageUrl, (item) => writer.string(item));
  writer.option(value.operatorAuthKeys, (item) => writer.vec(item, (item) => writer.pubkey(item)));
  writer.u16(value.usdcCommissionRateBps);
}

export function readCreateOperatorPoolArgs(reader: BorshReader): CreateOperatorPoolArgs {
  return {
    autoStakeFees: reader.bool(),
    rewardCommissionRateBps: reader.u16(),
    allowDelegation: reader.bool(),
    name: reader.string(),
    description: reader.option(() => reader.string()),
    websiteUrl: reader.option(() => reader.string()),
    avatarImageUrl: reader.option(() => reader.string()),
    operatorAuthKeys: reader.option(() => reader.vec(() => reader.pubkey())),
    usdcCommissionRateBps: reader.u16(),
  };
}

export type CreateRewardRecordArgs = {
  readonly merkleRoots: readonly Uint8Array[];
  readonly totalRewards: bigint;
  readonly totalUsdcPayout: bigint;
};

export function writeCreateRewardRecordArgs(writer: BorshWriter, value: CreateRewardRecordArgs): void {
  writer.vec(value.merkleRoots, (item) => writer.fixedBytes(item, 32));
  writer.u64(value.totalRewards);
  writer.u64(value.totalUsdcPayout);
}

export function readCreateRewardRecordArgs(reader: BorshReader): CreateRewardRecordArgs {
  return {
    merkleRoots: reader.vec(() => reader.fixedBytes(32)),
    totalRewards: reader.u64(),
    totalUsdcPayout: reader.u64(),
  };
}

export type MarkEpochIsFinalizingArgs = {
  readonly expectedEpoch: bigint;
};

export function writeMarkEpochIsFinalizingArgs(writer: BorshWriter, value: MarkEpochIsFinalizingArgs): void {
  writer.u64(value.expectedEpoch);
}

export function readMarkEpochIsFinalizingArgs(reader: BorshReader): MarkEpochIsFinalizingArgs {
  return {
    expectedEpoch: reader.u64(),
  };
}

export type NewCommissionRateSetting = {
  readonly rateBps: number | null;
};

export function writeNewCommissionRateSetting(writer: BorshWriter, value: NewCommissionRateSetting): void {
  writer.option(value.rateBps, (item) => writer.u16(item));
}

export function readNewCommissionRateSetting(reader: BorshReader): NewCommissionRateSetting {
  return {
    rateBps: reader.option(() => reader.u16()),
  };
}

export type OperatorAutoStakeEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly stakingRecord: Address;
  readonly owner: Address;
  readonly isOperator: boolean;
  readonly tokenAmount: bigint;
  readonly sharesAmount: bigint;
};

export function writeOperatorAutoStakeEvent(writer: BorshWriter, value: OperatorAutoStakeEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.stakingRecord);
  writer.pubkey(value.owner);
  writer.bool(value.isOperator);
  writer.u64(value.tokenAmount);
  writer.u64(value.sharesAmount);
}

export function readOperatorAutoStakeEvent(reader: BorshReader): OperatorAutoStakeEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    stakingRecord: reader.pubkey(),
    owner: reader.pubkey(),
    isOperator: reader.bool(),
    tokenAmount: reader.u64(),
    sharesAmount: reader.u64(),
  };
}

export type OperatorPool = {
  /** Version of the OperatorPool account. */
  readonly version: number;
  /** PDA Bump */
  readonly bump: number;
  /** Initial pool admin. This is stored for the PDA derivation. */
  readonly initialPoolAdmin: Address;
  /** Authority allowed to configure settings for this account. */
  readonly admin: Address;
  /** Name of Operator. */
  readonly name: string;
  /** Description of Operator. */
  readonly description: string | null;
  /** Website of Operator. */
  readonly websiteUrl: string | null;
  /** Avatar image url of Operator. */
  readonly avatarImageUrl: string | null;
  /** StakingRecord owned by Operator. */
  readonly operatorStakingRecord: Address;
  /** Operator auth keys. Used to authenticate operator GPU workers. */
  readonly operatorAuthKeys: readonly Address[];
  /** If commission fees received by Operator should be staked at the end of the epoch. */
  readonly autoStakeFees: boolean;
  /** Commission Rate for Epoch Token Rewards. Capped at 100%. */
  readonly rewardCommissionRateBps: number;
  /** Commission Rate that will take place next Epoch, if set. Capped at 100%. */
  readonly newRewardCommissionRateBps: number | null;
  /** USDC commission rate in basis points (0-10000) */
  readonly usdcCommissionRateBps: number;
  /** Pending USDC commission rate for next epoch */
  readonly newUsdcCommissionRateBps: number | null;
  /** If any other user is allowed to delegate stake to Pool, besides operator_staking_record. */
  readonly allowDelegation: boolean;
  /** Total amount of tokens staked in Pool. Value does not include tokens that are being unstaked. */
  readonly totalStakedAmount: bigint;
  /** Total amount of shares issued representing fractional ownership of `total_staked_amount` in Pool. */
  readonly totalShares: bigint;
  /** Total amount of tokens being unstaked. */
  readonly totalUnstaking: bigint;
  /** Epoch that pool was created. */
  readonly joinedAtEpoch: bigint;
  /** Epoch that pool was permanently closed at, if set. Once a pool is closed, the pool will stop accruing any rewards starting from that epoch. */
  readonly closedAtEpoch: bigint | null;
  /** Timestamp when the pool was halted by the PoolOverview admin. An Operator will not be allowed to stake, unstake, claim, withdraw rewards or close a pool. Other users can still unstake or claim. When unhalted, this is set to None. */
  readonly haltedAtTimestamp: bigint | null;
  /** Epoch in which reward was last claimed. Defaults to poolOverview.completed_reward_epoch + 1 at initialization, as rewards will only be issued from next epoch. */
  readonly rewardLastClaimedEpoch: bigint;
  /** Rewards that have been calculated in `accrueRewards`, that are yet to be physically transferred to staking account. Used to optimize compute. */
  readonly accruedRewards: bigint;
  /** Commission that have been calculated in `accrueRewards`, that are yet to be physically transferred to fee account. Used to optimize compute. */
  readonly accruedRewardCommission: bigint;
  /** USDC commission that have been calculated in `accrueRewards`, that are yet to be physically transferred to USDC fee account. Used to optimize compute. */
  readonly accruedUsdcCommission: bigint;
  /** USDC earned by delegators, yet to be transferred to the pool vault. Used to optimize compute. */
  readonly accruedDelegatorUsdc: bigint;
  /** Cumulative USDC per share (scaled by USDC_PRECISION_FACTOR) */
  readonly cumulativeUsdcPerShare: bigint;
};

export function writeOperatorPool(writer: BorshWriter, value: OperatorPool): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.initialPoolAdmin);
  writer.pubkey(value.admin);
  writer.string(value.name);
  writer.option(value.description, (item) => writer.string(item));
  writer.option(value.websiteUrl, (item) => writer.string(item));
  writer.option(value.avatarImageUrl, (item) => writer.string(item));
  writer.pubkey(value.operatorStakingRecord);
  writer.vec(value.operatorAuthKeys, (item) => writer.pubkey(item));
  writer.bool(value.autoStakeFees);
  writer.u16(value.rewardCommissionRateBps);
  writer.option(value.newRewardCommissionRateBps, (item) => writer.u16(item));
  writer.u16(value.usdcCommissionRateBps);
  writer.option(value.newUsdcCommissionRateBps, (item) => writer.u16(item));
  writer.bool(value.allowDelegation);
  writer.u64(value.totalStakedAmount);
  writer.u64(value.totalShares);
  writer.u64(value.totalUnstaking);
  writer.u64(value.joinedAtEpoch);
  writer.option(value.closedAtEpoch, (item) => writer.u64(item));
  writer.option(value.haltedAtTimestamp, (item) => writer.i64(item));
  writer.u64(value.rewardLastClaimedEpoch);
  writer.u64(value.accruedRewards);
  writer.u64(value.accruedRewardCommission);
  writer.u64(value.accruedUsdcCommission);
  writer.u64(value.accruedDelegatorUsdc);
  writer.u128(value.cumulativeUsdcPerShare);
}

export function readOperatorPool(reader: BorshReader): OperatorPool {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    initialPoolAdmin: reader.pubkey(),
    admin: reader.pubkey(),
    name: reader.string(),
    description: reader.option(() => reader.string()),
    websiteUrl: reader.option(() => reader.string()),
    avatarImageUrl: reader.option(() => reader.string()),
    operatorStakingRecord: reader.pubkey(),
    operatorAuthKeys: reader.vec(() => reader.pubkey()),
    autoStakeFees: reader.bool(),
    rewardCommissionRateBps: reader.u16(),
    newRewardCommissionRateBps: reader.option(() => reader.u16()),
    usdcCommissionRateBps: reader.u16(),
    newUsdcCommissionRateBps: reader.option(() => reader.u16()),
    allowDelegation: reader.bool(),
    totalStakedAmount: reader.u64(),
    totalShares: reader.u64(),
    totalUnstaking: reader.u64(),
    joinedAtEpoch: reader.u64(),
    closedAtEpoch: reader.option(() => reader.u64()),
    haltedAtTimestamp: reader.option(() => reader.i64()),
    rewardLastClaimedEpoch: reader.u64(),
    accruedRewards: reader.u64(),
    accruedRewardCommission: reader.u64(),
    accruedUsdcCommission: reader.u64(),
    accruedDelegatorUsdc: reader.u64(),
    cumulativeUsdcPerShare: reader.u128(),
  };
}

export type PoolOverview = {
  /** Mint address of token to be staked. */
  readonly mint: Address;
  /** PDA Bump */
  readonly bump: number;
  /** Authority allowed to update authorities and other pool settings. */
  readonly programAdmin: Address;
  /** List of signers authorized to create or modify RewardRecord. */
  readonly rewardDistributionAuthorities: readonly Address[];
  /** List of signers authorized to set OperatorPool.halted_at. */
  readonly haltAuthorities: readonly Address[];
  /** List of signers authorized to slash Operator's stake. */
  readonly slashingAuthorities: readonly Address[];
  /** Destination account for slashed USDC tokens. */
  readonly slashingDestinationUsdcAccount: Address;
  /** Destination account for slashed tokens. */
  readonly slashingDestinationTokenAccount: Address;
  /** Delay in seconds after halting a pool before slashing can occur. Minimum 86,400 seconds (1 day). */
  readonly slashingDelaySeconds: bigint;
  /** Whether the current epoch is in the finalizing state. */
  readonly isEpochFinalizing: boolean;
  /** Halts all staking instructions when true. Used as a security backstop. */
  readonly isStakingHalted: boolean;
  /** Halts all withdrawal instructions when true. Used as a security backstop. */
  readonly isWithdrawalHalted: boolean;
  /** Halts all accrue reward instructions when true. Used as a security backstop. */
  readonly isAccrueRewardHalted: boolean;
  /** If creation of OperatorPool is allowed. */
  readonly allowPoolCreation: boolean;
  /** Token fee required to register an OperatorPool. */
  readonly operatorPoolRegistrationFee: bigint;
  /** Wallet that receives the operator pool registration fees. */
  readonly registrationFeePayoutWallet: Address;
  /** Min. amount of token stake that the Operator must maintain staked in their pool. If the value is below this minimum, no delegations are allowed (unless pool is closed). */
  readonly minOperatorTokenStake: bigint;
  /** Delay for unstaking in seconds for Delegators. */
  readonly delegatorUnstakeDelaySeconds: bigint;
  /** Delay for unstaking in seconds for Operators. */
  readonly operatorUnstakeDelaySeconds: bigint;
  /** Total number of pools created. */
  readonly totalPools: bigint;
  /** Number of completed epochs. */
  readonly completedRewardEpoch: bigint;
  /** Total amount of reward tokens across all epochs that are issued, but yet to be paid out. */
  readonly unclaimedRewards: bigint;
  /** Total amount of USDC tokens across all epochs that are issued, but yet to be paid out. */
  readonly unclaimedUsdc: bigint;
};

export function writePoolOverview(writer: BorshWriter, value: PoolOverview): void {
  writer.pubkey(value.mint);
  writer.u8(value.bump);
  writer.pubkey(value.programAdmin);
  writer.vec(value.rewardDistributionAuthorities, (item) => writer.pubkey(item));
  writer.vec(value.haltAuthorities, (item) => writer.pubkey(item));
  writer.vec(value.slashingAuthorities, (item) => writer.pubkey(item));
  writer.pubkey(value.slashingDestinationUsdcAccount);
  writer.pubkey(value.slashingDestinationTokenAccount);
  writer.u64(value.slashingDelaySeconds);
  writer.bool(value.isEpochFinalizing);
  writer.bool(value.isStakingHalted);
  writer.bool(value.isWithdrawalHalted);
  writer.bool(value.isAccrueRewardHalted);
  writer.bool(value.allowPoolCreation);
  writer.u64(value.operatorPoolRegistrationFee);
  writer.pubkey(value.registrationFeePayoutWallet);
  writer.u64(value.minOperatorTokenStake);
  writer.u64(value.delegatorUnstakeDelaySeconds);
  writer.u64(value.operatorUnstakeDelaySeconds);
  writer.u64(value.totalPools);
  writer.u64(value.completedRewardEpoch);
  writer.u64(value.unclaimedRewards);
  writer.u64(value.unclaimedUsdc);
}

export function readPoolOverview(reader: BorshReader): PoolOverview {
  return {
    mint: reader.pubkey(),
    bump: reader.u8(),
    programAdmin: reader.pubkey(),
    rewardDistributionAuthorities: reader.vec(() => reader.pubkey()),
    haltAuthorities: reader.vec(() => reader.pubkey()),
    slashingAuthorities: reader.vec(() => reader.pubkey()),
    slashingDestinationUsdcAccount: reader.pubkey(),
    slashingDestinationTokenAccount: reader.pubkey(),
    slashingDelaySeconds: reader.u64(),
    isEpochFinalizing: reader.bool(),
    isStakingHalted: reader.bool(),
    isWithdrawalHalted: reader.bool(),
    isAccrueRewardHalted: reader.bool(),
    allowPoolCreation: reader.bool(),
    operatorPoolRegistrationFee: reader.u64(),
    registrationFeePayoutWallet: reader.pubkey(),
    minOperatorTokenStake: reader.u64(),
    delegatorUnstakeDelaySeconds: reader.u64(),
    operatorUnstakeDelaySeconds: reader.u64(),
    totalPools: reader.u64(),
    completedRewardEpoch: reader.u64(),
    unclaimedRewards: reader.u64(),
    unclaimedUsdc: reader.u64(),
  };
}

export type RewardRecord = {
  /** Version of the RewardRecord account. */
  readonly version: number;
  /** Counter to track the epoch this claim was made in. */
  readonly epoch: bigint;
  /** Merkle roots for current epoch. Each root represents a merkle distribution tree where leaf nodes contain a SHA256 hashed value of `OperatorPools` key and reward amount in this epoch. */
  readonly merkleRoots: readonly Uint8Array[];
  /** Amount of reward tokens issued for this epoch. */
  readonly totalRewards: bigint;
  /** Amount of USDC tokens issued for this epoch. */
  readonly totalUsdcPayout: bigint;
  /** Timestamp when the epoch was finalized (when this record was created). */
  readonly epochFinalizedAt: bigint;
};

export function writeRewardRecord(writer: BorshWriter, value: RewardRecord): void {
  writer.u8(value.version);
  writer.u64(value.epoch);
  writer.vec(value.merkleRoots, (item) => writer.fixedBytes(item, 32));
  writer.u64(value.totalRewards);
  writer.u64(value.totalUsdcPayout);
  writer.i64(value.epochFinalizedAt);
}

export function readRewardRecord(reader: BorshReader): RewardRecord {
  return {
    version: reader.u8(),
    epoch: reader.u64(),
    merkleRoots: reader.vec(() => reader.fixedBytes(32)),
    totalRewards: reader.u64(),
    totalUsdcPayout: reader.u64(),
    epochFinalizedAt: reader.i64(),
  };
}

export type SetHaltStatusArgs = {
  /** Whether the OperatorPool should be halted. */
  readonly isHalted: boolean;
};

export function writeSetHaltStatusArgs(writer: BorshWriter, value: SetHaltStatusArgs): void {
  writer.bool(value.isHalted);
}

export function readSetHaltStatusArgs(reader: BorshReader): SetHaltStatusArgs {
  return {
    isHalted: reader.bool(),
  };
}

export type SetHaltStatusEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly isHalted: boolean;
};

export function writeSetHaltStatusEvent(writer: BorshWriter, value: SetHaltStatusEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.bool(value.isHalted);
}

export function readSetHaltStatusEvent(reader: BorshReader): SetHaltStatusEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    isHalted: reader.bool(),
  };
}

export type SlashStakeArgs = {
  /** Amount of shares to slash from Operator's stake. */
  readonly sharesAmount: bigint;
};

export function writeSlashStakeArgs(writer: BorshWriter, value: SlashStakeArgs): void {
  writer.u64(value.sharesAmount);
}

export function readSlashStakeArgs(reader: BorshReader): SlashStakeArgs {
  return {
    sharesAmount: reader.u64(),
  };
}

export type SlashStakeEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly operatorStakingRecord: Address;
  readonly authority: Address;
  readonly destination: Address;
  readonly destinationUsdc: Address;
  readonly sharesSlashed: bigint;
  readonly tokenAmountSlashed: bigint;
  readonly usdcConfiscated: bigint;
  readonly rewardCommissionConfiscated: bigint;
  readonly usdcCommissionConfiscated: bigint;
};

export function writeSlashStakeEvent(writer: BorshWriter, value: SlashStakeEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.operatorStakingRecord);
  writer.pubkey(value.authority);
  writer.pubkey(value.destination);
  writer.pubkey(value.destinationUsdc);
  writer.u64(value.sharesSlashed);
  writer.u64(value.tokenAmountSlashed);
  writer.u64(value.usdcConfiscated);
  writer.u64(value.rewardCommissionConfiscated);
  writer.u64(value.usdcCommissionConfiscated);
}

export function readSlashStakeEvent(reader: BorshReader): SlashStakeEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    operatorStakingRecord: reader.pubkey(),
    authority: reader.pubkey(),
    destination: reader.pubkey(),
    destinationUsdc: reader.pubkey(),
    sharesSlashed: reader.u64(),
    tokenAmountSlashed: reader.u64(),
    usdcConfiscated: reader.u64(),
    rewardCommissionConfiscated: reader.u64(),
    usdcCommissionConfiscated: reader.u64(),
  };
}

export type StakeArgs = {
  /** Amount of tokens to stake. */
  readonly tokenAmount: bigint;
};

export function writeStakeArgs(writer: BorshWriter, value: StakeArgs): void {
  writer.u64(value.tokenAmount);
}

export function readStakeArgs(reader: BorshReader): StakeArgs {
  return {
    tokenAmount: reader.u64(),
  };
}

export type StakeEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly stakingRecord: Address;
  readonly owner: Address;
  readonly isOperator: boolean;
  readonly tokenAmount: bigint;
  readonly sharesAmount: bigint;
};

export function writeStakeEvent(writer: BorshWriter, value: StakeEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.stakingRecord);
  writer.pubkey(value.owner);
  writer.bool(value.isOperator);
  writer.u64(value.tokenAmount);
  writer.u64(value.sharesAmount);
}

export function readStakeEvent(reader: BorshReader): StakeEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    stakingRecord: reader.pubkey(),
    owner: reader.pubkey(),
    isOperator: reader.bool(),
    tokenAmount: reader.u64(),
    sharesAmount: reader.u64(),
  };
}

export type StakingRecord = {
  /** Version of the StakingRecord account. */
  readonly version: number;
  /** Owner of the StakingRecord. */
  readonly owner: Address;
  /** OperatorPool that stake is delegated to. */
  readonly operatorPool: Address;
  /** Amount of shares owned. */
  readonly shares: bigint;
  /** Timestamp after which unstaked tokens can be claimed. */
  readonly unstakeAtTimestamp: bigint;
  /** Amount of tokens to be unstaked */
  readonly tokensUnstakeAmount: bigint;
  /** USDC per share value at last settlement */
  readonly lastSettledUsdcPerShare: bigint;
  /** Accrued USDC rewards available to claim */
  readonly accruedUsdcEarnings: bigint;
};

export function writeStakingRecord(writer: BorshWriter, value: StakingRecord): void {
  writer.u8(value.version);
  writer.pubkey(value.owner);
  writer.pubkey(value.operatorPool);
  writer.u64(value.shares);
  writer.i64(value.unstakeAtTimestamp);
  writer.u64(value.tokensUnstakeAmount);
  writer.u128(value.lastSettledUsdcPerShare);
  writer.u64(value.accruedUsdcEarnings);
}

export function readStakingRecord(reader: BorshReader): StakingRecord {
  return {
    version: reader.u8(),
    owner: reader.pubkey(),
    operatorPool: reader.pubkey(),
    shares: reader.u64(),
    unstakeAtTimestamp: reader.i64(),
    tokensUnstakeAmount: reader.u64(),
    lastSettledUsdcPerShare: reader.u128(),
    accruedUsdcEarnings: reader.u64(),
  };
}

export type SweepClosedPoolUsdcDustEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly admin: Address;
  readonly usdcAmountSwept: bigint;
};

export function writeSweepClosedPoolUsdcDustEvent(writer: BorshWriter, value: SweepClosedPoolUsdcDustEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.admin);
  writer.u64(value.usdcAmountSwept);
}

export function readSweepClosedPoolUsdcDustEvent(reader: BorshReader): SweepClosedPoolUsdcDustEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    admin: reader.pubkey(),
    usdcAmountSwept: reader.u64(),
  };
}

export type UnstakeArgs = {
  /** Amount of shares to unstake. */
  readonly sharesAmount: bigint;
};

export function writeUnstakeArgs(writer: BorshWriter, value: UnstakeArgs): void {
  writer.u64(value.sharesAmount);
}

export function readUnstakeArgs(reader: BorshReader): UnstakeArgs {
  return {
    sharesAmount: reader.u64(),
  };
}

export type UnstakeEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly stakingRecord: Address;
  readonly owner: Address;
  readonly isOperator: boolean;
  readonly tokenAmount: bigint;
  readonly sharesAmount: bigint;
  readonly unstakeAtTimestamp: bigint;
};

export function writeUnstakeEvent(writer: BorshWriter, value: UnstakeEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.stakingRecord);
  writer.pubkey(value.owner);
  writer.bool(value.isOperator);
  writer.u64(value.tokenAmount);
  writer.u64(value.sharesAmount);
  writer.i64(value.unstakeAtTimestamp);
}

export function readUnstakeEvent(reader: BorshReader): UnstakeEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    stakingRecord: reader.pubkey(),
    owner: reader.pubkey(),
    isOperator: reader.bool(),
    tokenAmount: reader.u64(),
    sharesAmount: reader.u64(),
    unstakeAtTimestamp: reader.i64(),
  };
}

export type UpdateOperatorPoolArgs = {
  /** If provided, the new commission rates will become active after the next epoch's reward claim for this pool */
  readonly newRewardCommissionRateBps: NewCommissionRateSetting | null;
  readonly newUsdcCommissionRateBps: NewCommissionRateSetting | null;
  readonly allowDelegation: boolean | null;
  readonly autoStakeFees: boolean | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly websiteUrl: string | null;
  readonly avatarImageUrl: string | null;
  readonly operatorAuthKeys: readonly Address[] | null;
};

export function writeUpdateOperatorPoolArgs(writer: BorshWriter, value: UpdateOperatorPoolArgs): void {
  writer.option(value.newRewardCommissionRateBps, (item) => writeNewCommissionRateSetting(writer, item));
  writer.option(value.newUsdcCommissionRateBps, (item) => writeNewCommissionRateSetting(writer, item));
  writer.option(value.allowDelegation, (item) => writer.bool(item));
  writer.option(value.autoStakeFees, (item) => writer.bool(item));
  writer.option(value.name, (item) => writer.string(item));
  writer.option(value.description, (item) => writer.string(item));
  writer.option(value.websiteUrl, (item) => writer.string(item));
  writer.option(value.avatarImageUrl, (item) => writer.string(item));
  writer.option(value.operatorAuthKeys, (item) => writer.vec(item, (item) => writer.pubkey(item)));
}

export function readUpdateOperatorPoolArgs(reader: BorshReader): UpdateOperatorPoolArgs {
  return {
    newRewardCommissionRateBps: reader.option(() => readNewCommissionRateSetting(reader)),
    newUsdcCommissionRateBps: reader.option(() => readNewCommissionRateSetting(reader)),
    allowDelegation: reader.option(() => reader.bool()),
    autoStakeFees: reader.option(() => reader.bool()),
    name: reader.option(() => reader.string()),
    description: reader.option(() => reader.string()),
    websiteUrl: reader.option(() => reader.string()),
    avatarImageUrl: reader.option(() => reader.string()),
    operatorAuthKeys: reader.option(() => reader.vec(() => reader.pubkey())),
  };
}

export type UpdateOperatorPoolEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
};

export function writeUpdateOperatorPoolEvent(writer: BorshWriter, value: UpdateOperatorPoolEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
}

export function readUpdateOperatorPoolEvent(reader: BorshReader): UpdateOperatorPoolEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
  };
}

export type UpdatePoolOverviewArgs = {
  readonly isStakingHalted: boolean | null;
  readonly isWithdrawalHalted: boolean | null;
  readonly isAccrueRewardHalted: boolean | null;
  readonly allowPoolCreation: boolean | null;
  readonly operatorPoolRegistrationFee: bigint | null;
  readonly minOperatorTokenStake: bigint | null;
  readonly delegatorUnstakeDelaySeconds: bigint | null;
  readonly operatorUnstakeDelaySeconds: bigint | null;
  readonly slashingDelaySeconds: bigint | null;
};

export function writeUpdatePoolOverviewArgs(writer: BorshWriter, value: UpdatePoolOverviewArgs): void {
  writer.option(value.isStakingHalted, (item) => writer.bool(item));
  writer.option(value.isWithdrawalHalted, (item) => writer.bool(item));
  writer.option(value.isAccrueRewardHalted, (item) => writer.bool(item));
  writer.option(value.allowPoolCreation, (item) => writer.bool(item));
  writer.option(value.operatorPoolRegistrationFee, (item) => writer.u64(item));
  writer.option(value.minOperatorTokenStake, (item) => writer.u64(item));
  writer.option(value.delegatorUnstakeDelaySeconds, (item) => writer.u64(item));
  writer.option(value.operatorUnstakeDelaySeconds, (item) => writer.u64(item));
  writer.option(value.slashingDelaySeconds, (item) => writer.u64(item));
}

export function readUpdatePoolOverviewArgs(reader: BorshReader): UpdatePoolOverviewArgs {
  return {
    isStakingHalted: reader.option(() => reader.bool()),
    isWithdrawalHalted: reader.option(() => reader.bool()),
    isAccrueRewardHalted: reader.option(() => reader.bool()),
    allowPoolCreation: reader.option(() => reader.bool()),
    operatorPoolRegistrationFee: reader.option(() => reader.u64()),
    minOperatorTokenStake: reader.option(() => reader.u64()),
    delegatorUnstakeDelaySeconds: reader.option(() => reader.u64()),
    operatorUnstakeDelaySeconds: reader.option(() => reader.u64()),
    slashingDelaySeconds: reader.option(() => reader.u64()),
  };
}

export type UpdatePoolOverviewAuthoritiesArgs = {
  readonly newRewardDistributionAuthorities: readonly Address[] | null;
  readonly newHaltAuthorities: readonly Address[] | null;
  readonly newSlashingAuthorities: readonly Address[] | null;
};

export function writeUpdatePoolOverviewAuthoritiesArgs(writer: BorshWriter, value: UpdatePoolOverviewAuthoritiesArgs): void {
  writer.option(value.newRewardDistributionAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
  writer.option(value.newHaltAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
  writer.option(value.newSlashingAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
}

export function readUpdatePoolOverviewAuthoritiesArgs(reader: BorshReader): UpdatePoolOverviewAuthoritiesArgs {
  return {
    newRewardDistributionAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
    newHaltAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
    newSlashingAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
  };
}

export type WithdrawOperatorRewardCommissionEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly admin: Address;
  readonly destination: Address;
  readonly rewardAmountWithdrawn: bigint;
};

export function writeWithdrawOperatorRewardCommissionEvent(writer: BorshWriter, value: WithdrawOperatorRewardCommissionEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.admin);
  writer.pubkey(value.destination);
  writer.u64(value.rewardAmountWithdrawn);
}

export function readWithdrawOperatorRewardCommissionEvent(reader: BorshReader): WithdrawOperatorRewardCommissionEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    admin: reader.pubkey(),
    destination: reader.pubkey(),
    rewardAmountWithdrawn: reader.u64(),
  };
}

export type WithdrawOperatorUsdcCommissionEvent = {
  readonly instructionIndex: number;
  readonly operatorPool: Address;
  readonly epoch: bigint;
  readonly admin: Address;
  readonly destination: Address;
  readonly usdcAmountWithdrawn: bigint;
};

export function writeWithdrawOperatorUsdcCommissionEvent(writer: BorshWriter, value: WithdrawOperatorUsdcCommissionEvent): void {
  writer.u16(value.instructionIndex);
  writer.pubkey(value.operatorPool);
  writer.u64(value.epoch);
  writer.pubkey(value.admin);
  writer.pubkey(value.destination);
  writer.u64(value.usdcAmountWithdrawn);
}

export function readWithdrawOperatorUsdcCommissionEvent(reader: BorshReader): WithdrawOperatorUsdcCommissionEvent {
  return {
    instructionIndex: reader.u16(),
    operatorPool: reader.pubkey(),
    epoch: reader.u64(),
    admin: reader.pubkey(),
    destination: reader.pubkey(),
    usdcAmountWithdrawn: reader.u64(),
  };
}

export const OPERATOR_POOL_ACCOUNT_DISCRIMINATOR = Uint8Array.of(15, 224, 173, 204, 140, 63, 57, 189);

export function encodeOperatorPool(value: OperatorPool): Uint8Array {
  return encodeWith(OPERATOR_POOL_ACCOUNT_DISCRIMINATOR, (writer) => writeOperatorPool(writer, value));
}

export function decodeOperatorPool(data: Uint8Array): OperatorPool {
  return decodeWith(data, OPERATOR_POOL_ACCOUNT_DISCRIMINATOR, 'OperatorPool', readOperatorPool);
}

export const POOL_OVERVIEW_ACCOUNT_DISCRIMINATOR = Uint8Array.of(179, 190, 95, 77, 67, 147, 169, 35);

export function encodePoolOverview(value: PoolOverview): Uint8Array {
  return encodeWith(POOL_OVERVIEW_ACCOUNT_DISCRIMINATOR, (writer) => writePoolOverview(writer, value));
}

export function decodePoolOverview(data: Uint8Array): PoolOverview {
  return decodeWith(data, POOL_OVERVIEW_ACCOUNT_DISCRIMINATOR, 'PoolOverview', readPoolOverview);
}

export const REWARD_RECORD_ACCOUNT_DISCRIMINATOR = Uint8Array.of(44, 129, 188, 244, 91, 0, 49, 222);

export function encodeRewardRecord(value: RewardRecord): Uint8Array {
  return encodeWith(REWARD_RECORD_ACCOUNT_DISCRIMINATOR, (writer) => writeRewardRecord(writer, value));
}

export function decodeRewardRecord(data: Uint8Array): RewardRecord {
  return decodeWith(data, REWARD_RECORD_ACCOUNT_DISCRIMINATOR, 'RewardRecord', readRewardRecord);
}

export const STAKING_RECORD_ACCOUNT_DISCRIMINATOR = Uint8Array.of(104, 155, 91, 97, 111, 66, 42, 128);

export function encodeStakingRecord(value: StakingRecord): Uint8Array {
  return encodeWith(STAKING_RECORD_ACCOUNT_DISCRIMINATOR, (writer) => writeStakingRecord(writer, value));
}

export function decodeStakingRecord(data: Uint8Array): StakingRecord {
  return decodeWith(data, STAKING_RECORD_ACCOUNT_DISCRIMINATOR, 'StakingRecord', readStakingRecord);
}

export const ACCRUE_REWARD_EVENT_DISCRIMINATOR = Uint8Array.of(11, 196, 7, 233, 111, 253, 169, 40);

export function encodeAccrueRewardEvent(value: AccrueRewardEvent): Uint8Array {
  return encodeWith(ACCRUE_REWARD_EVENT_DISCRIMINATOR, (writer) => writeAccrueRewardEvent(writer, value));
}

export function decodeAccrueRewardEvent(data: Uint8Array): AccrueRewardEvent {
  return decodeWith(data, ACCRUE_REWARD_EVENT_DISCRIMINATOR, 'AccrueRewardEvent', readAccrueRewardEvent);
}

export const CANCEL_UNSTAKE_EVENT_DISCRIMINATOR = Uint8Array.of(202, 68, 119, 87, 220, 185, 210, 149);

export function encodeCancelUnstakeEvent(value: CancelUnstakeEvent): Uint8Array {
  return encodeWith(CANCEL_UNSTAKE_EVENT_DISCRIMINATOR, (writer) => writeCancelUnstakeEvent(writer, value));
}

export function decodeCancelUnstakeEvent(data: Uint8Array): CancelUnstakeEvent {
  return decodeWith(data, CANCEL_UNSTAKE_EVENT_DISCRIMINATOR, 'CancelUnstakeEvent', readCancelUnstakeEvent);
}

export const CHANGE_OPERATOR_ADMIN_EVENT_DISCRIMINATOR = Uint8Array.of(143, 86, 181, 172, 159, 96, 196, 169);

export function encodeChangeOperatorAdminEvent(value: ChangeOperatorAdminEvent): Uint8Array {
  return encodeWith(CHANGE_OPERATOR_ADMIN_EVENT_DISCRIMINATOR, (writer) => writeChangeOperatorAdminEvent(writer, value));
}

export function decodeChangeOperatorAdminEvent(data: Uint8Array): ChangeOperatorAdminEvent {
  return decodeWith(data, CHANGE_OPERATOR_ADMIN_EVENT_DISCRIMINATOR, 'ChangeOperatorAdminEvent', readChangeOperatorAdminEvent);
}

export const CHANGE_OPERATOR_STAKING_RECORD_EVENT_DISCRIMINATOR = Uint8Array.of(33, 113, 141, 141, 164, 38, 251, 167);

export function encodeChangeOperatorStakingRecordEvent(value: ChangeOperatorStakingRecordEvent): Uint8Array {
  return encodeWith(CHANGE_OPERATOR_STAKING_RECORD_EVENT_DISCRIMINATOR, (writer) => writeChangeOperatorStakingRecordEvent(writer, value));
}

export function decodeChangeOperatorStakingRecordEvent(data: Uint8Array): ChangeOperatorStakingRecordEvent {
  return decodeWith(data, CHANGE_OPERATOR_STAKING_RECORD_EVENT_DISCRIMINATOR, 'ChangeOperatorStakingRecordEvent', readChangeOperatorStakingRecordEvent);
}

export const CLAIM_UNSTAKE_EVENT_DISCRIMINATOR = Uint8Array.of(18, 255, 161, 59, 246, 47, 255, 127);

export function encodeClaimUnstakeEvent(value: ClaimUnstakeEvent): Uint8Array {
  return encodeWith(CLAIM_UNSTAKE_EVENT_DISCRIMINATOR, (writer) => writeClaimUnstakeEvent(writer, value));
}

export function decodeClaimUnstakeEvent(data: Uint8Array): ClaimUnstakeEvent {
  return decodeWith(data, CLAIM_UNSTAKE_EVENT_DISCRIMINATOR, 'ClaimUnstakeEvent', readClaimUnstakeEvent);
}

export const CLAIM_USDC_EARNINGS_EVENT_DISCRIMINATOR = Uint8Array.of(123, 242, 220, 20, 212, 247, 183, 251);

export function encodeClaimUsdcEarningsEvent(value: ClaimUsdcEarningsEvent): Uint8Array {
  return encodeWith(CLAIM_USDC_EARNINGS_EVENT_DISCRIMINATOR, (writer) => writeClaimUsdcEarningsEvent(writer, value));
}

export function decodeClaimUsdcEarningsEvent(data: Uint8Array): ClaimUsdcEarningsEvent {
  return decodeWith(data, CLAIM_USDC_EARNINGS_EVENT_DISCRIMINATOR, 'ClaimUsdcEarningsEvent', readClaimUsdcEarningsEvent);
}

export const OPERATOR_AUTO_STAKE_EVENT_DISCRIMINATOR = Uint8Array.of(33, 144, 180, 33, 20, 44, 4, 71);

export function encodeOperatorAutoStakeEvent(value: OperatorAutoStakeEvent): Uint8Array {
  return encodeWith(OPERATOR_AUTO_STAKE_EVENT_DISCRIMINATOR, (writer) => writeOperatorAutoStakeEvent(writer, value));
}

export function decodeOperatorAutoStakeEvent(data: Uint8Array): OperatorAutoStakeEvent {
  return decodeWith(data, OPERATOR_AUTO_STAKE_EVENT_DISCRIMINATOR, 'OperatorAutoStakeEvent', readOperatorAutoStakeEvent);
}

export const SET_HALT_STATUS_EVENT_DISCRIMINATOR = Uint8Array.of(177, 172, 145, 169, 40, 114, 225, 48);

export function encodeSetHaltStatusEvent(value: SetHaltStatusEvent): Uint8Array {
  return encodeWith(SET_HALT_STATUS_EVENT_DISCRIMINATOR, (writer) => writeSetHaltStatusEvent(writer, value));
}

export function decodeSetHaltStatusEvent(data: Uint8Array): SetHaltStatusEvent {
  return decodeWith(data, SET_HALT_STATUS_EVENT_DISCRIMINATOR, 'SetHaltStatusEvent', readSetHaltStatusEvent);
}

export const SLASH_STAKE_EVENT_DISCRIMINATOR = Uint8Array.of(150, 87, 165, 208, 202, 50, 106, 12);

export function encodeSlashStakeEvent(value: SlashStakeEvent): Uint8Array {
  return encodeWith(SLASH_STAKE_EVENT_DISCRIMINATOR, (writer) => writeSlashStakeEvent(writer, value));
}

export function decodeSlashStakeEvent(data: Uint8Array): SlashStakeEvent {
  return decodeWith(data, SLASH_STAKE_EVENT_DISCRIMINATOR, 'SlashStakeEvent', readSlashStakeEvent);
}

export const STAKE_EVENT_DISCRIMINATOR = Uint8Array.of(226, 134, 188, 173, 19, 33, 75, 175);

export function encodeStakeEvent(value: StakeEvent): Uint8Array {
  return encodeWith(STAKE_EVENT_DISCRIMINATOR, (writer) => writeStakeEvent(writer, value));
}

export function decodeStakeEvent(data: Uint8Array): StakeEvent {
  return decodeWith(data, STAKE_EVENT_DISCRIMINATOR, 'StakeEvent', readStakeEvent);
}

export const SWEEP_CLOSED_POOL_USDC_DUST_EVENT_DISCRIMINATOR = Uint8Array.of(215, 198, 152, 9, 89, 104, 209, 73);

export function encodeSweepClosedPoolUsdcDustEvent(value: SweepClosedPoolUsdcDustEvent): Uint8Array {
  return encodeWith(SWEEP_CLOSED_POOL_USDC_DUST_EVENT_DISCRIMINATOR, (writer) => writeSweepClosedPoolUsdcDustEvent(writer, value));
}

export function decodeSweepClosedPoolUsdcDustEvent(data: Uint8Array): SweepClosedPoolUsdcDustEvent {
  return decodeWith(data, SWEEP_CLOSED_POOL_USDC_DUST_EVENT_DISCRIMINATOR, 'SweepClosedPoolUsdcDustEvent', readSweepClosedPoolUsdcDustEvent);
}

export const UNSTAKE_EVENT_DISCRIMINATOR = Uint8Array.of(162, 104, 137, 228, 81, 3, 79, 197);

export function encodeUnstakeEvent(value: UnstakeEvent): Uint8Array {
  return encodeWith(UNSTAKE_EVENT_DISCRIMINATOR, (writer) => writeUnstakeEvent(writer, value));
}

export function decodeUnstakeEvent(data: Uint8Array): UnstakeEvent {
  return decodeWith(data, UNSTAKE_EVENT_DISCRIMINATOR, 'UnstakeEvent', readUnstakeEvent);
}

export const UPDATE_OPERATOR_POOL_EVENT_DISCRIMINATOR = Uint8Array.of(222, 183, 216, 37, 100, 98, 220, 18);

export function encodeUpdateOperatorPoolEvent(value: UpdateOperatorPoolEvent): Uint8Array {
  return encodeWith(UPDATE_OPERATOR_POOL_EVENT_DISCRIMINATOR, (writer) => writeUpdateOperatorPoolEvent(writer, value));
}

export function decodeUpdateOperatorPoolEvent(data: Uint8Array): UpdateOperatorPoolEvent {
  return decodeWith(data, UPDATE_OPERATOR_POOL_EVENT_DISCRIMINATOR, 'UpdateOperatorPoolEvent', readUpdateOperatorPoolEvent);
}

export const WITHDRAW_OPERATOR_REWARD_COMMISSION_EVENT_DISCRIMINATOR = Uint8Array.of(170, 145, 80, 127, 1, 216, 154, 83);

export function encodeWithdrawOperatorRewardCommissionEvent(value: WithdrawOperatorRewardCommissionEvent): Uint8Array {
  return encodeWith(WITHDRAW_OPERATOR_REWARD_COMMISSION_EVENT_DISCRIMINATOR, (writer) => writeWithdrawOperatorRewardCommissionEvent(writer, value));
}

export function decodeWithdrawOperatorRewardCommissionEvent(data: Uint8Array): WithdrawOperatorRewardCommissionEvent {
  return decodeWith(data, WITHDRAW_OPERATOR_REWARD_COMMISSION_EVENT_DISCRIMINATOR, 'WithdrawOperatorRewardCommissionEvent', readWithdrawOperatorRewardCommissionEvent);
}

export const WITHDRAW_OPERATOR_USDC_COMMISSION_EVENT_DISCRIMINATOR = Uint8Array.of(205, 80, 75, 205, 138, 230, 81, 83);

export function encodeWithdrawOperatorUsdcCommissionEvent(value: WithdrawOperatorUsdcCommissionEvent): Uint8Array {
  return encodeWith(WITHDRAW_OPERATOR_USDC_COMMISSION_EVENT_DISCRIMINATOR, (writer) => writeWithdrawOperatorUsdcCommissionEvent(writer, value));
}

export function decodeWithdrawOperatorUsdcCommissionEvent(data: Uint8Array): WithdrawOperatorUsdcCommissionEvent {
  return decodeWith(data, WITHDRAW_OPERATOR_USDC_COMMISSION_EVENT_DISCRIMINATOR, 'WithdrawOperatorUsdcCommissionEvent', readWithdrawOperatorUsdcCommissionEvent);
}

export type ProgramEvent =
  | { readonly name: 'AccrueRewardEvent'; readonly data: AccrueRewardEvent }
  | { readonly name: 'CancelUnstakeEvent'; readonly data: CancelUnstakeEvent }
  | { readonly name: 'ChangeOperatorAdminEvent'; readonly data: ChangeOperatorAdminEvent }
  | { readonly name: 'ChangeOperatorStakingRecordEvent'; readonly data: ChangeOperatorStakingRecordEvent }
  | { readonly name: 'ClaimUnstakeEvent'; readonly data: ClaimUnstakeEvent }
  | { readonly name: 'ClaimUsdcEarningsEvent'; readonly data: ClaimUsdcEarningsEvent }
  | { readonly name: 'OperatorAutoStakeEvent'; readonly data: OperatorAutoStakeEvent }
  | { readonly name: 'SetHaltStatusEvent'; readonly data: SetHaltStatusEvent }
  | { readonly name: 'SlashStakeEvent'; readonly data: SlashStakeEvent }
  | { readonly name: 'StakeEvent'; readonly data: StakeEvent }
  | { readonly name: 'SweepClosedPoolUsdcDustEvent'; readonly data: SweepClosedPoolUsdcDustEvent }
  | { readonly name: 'UnstakeEvent'; readonly data: UnstakeEvent }
  | { readonly name: 'UpdateOperatorPoolEvent'; readonly data: UpdateOperatorPoolEvent }
  | { readonly name: 'WithdrawOperatorRewardCommissionEvent'; readonly data: WithdrawOperatorRewardCommissionEvent }
  | { readonly name: 'WithdrawOperatorUsdcCommissionEvent'; readonly data: WithdrawOperatorUsdcCommissionEvent };

/** The event in the bytes of a `Program data:` log, null for bytes of another kind. */
export function decodeEvent(data: Uint8Array): ProgramEvent | null {
  if (startsWith(data, ACCRUE_REWARD_EVENT_DISCRIMINATOR)) return { name: 'AccrueRewardEvent', data: decodeAccrueRewardEvent(data) };
  if (startsWith(data, CANCEL_UNSTAKE_EVENT_DISCRIMINATOR)) return { name: 'CancelUnstakeEvent', data: decodeCancelUnstakeEvent(data) };
  if (startsWith(data, CHANGE_OPERATOR_ADMIN_EVENT_DISCRIMINATOR)) return { name: 'ChangeOperatorAdminEvent', data: decodeChangeOperatorAdminEvent(data) };
  if (startsWith(data, CHANGE_OPERATOR_STAKING_RECORD_EVENT_DISCRIMINATOR)) return { name: 'ChangeOperatorStakingRecordEvent', data: decodeChangeOperatorStakingRecordEvent(data) };
  if (startsWith(data, CLAIM_UNSTAKE_EVENT_DISCRIMINATOR)) return { name: 'ClaimUnstakeEvent', data: decodeClaimUnstakeEvent(data) };
  if (startsWith(data, CLAIM_USDC_EARNINGS_EVENT_DISCRIMINATOR)) return { name: 'ClaimUsdcEarningsEvent', data: decodeClaimUsdcEarningsEvent(data) };
  if (startsWith(data, OPERATOR_AUTO_STAKE_EVENT_DISCRIMINATOR)) return { name: 'OperatorAutoStakeEvent', data: decodeOperatorAutoStakeEvent(data) };
  if (startsWith(data, SET_HALT_STATUS_EVENT_DISCRIMINATOR)) return { name: 'SetHaltStatusEvent', data: decodeSetHaltStatusEvent(data) };
  if (startsWith(data, SLASH_STAKE_EVENT_DISCRIMINATOR)) return { name: 'SlashStakeEvent', data: decodeSlashStakeEvent(data) };
  if (startsWith(data, STAKE_EVENT_DISCRIMINATOR)) return { name: 'StakeEvent', data: decodeStakeEvent(data) };
  if (startsWith(data, SWEEP_CLOSED_POOL_USDC_DUST_EVENT_DISCRIMINATOR)) return { name: 'SweepClosedPoolUsdcDustEvent', data: decodeSweepClosedPoolUsdcDustEvent(data) };
  if (startsWith(data, UNSTAKE_EVENT_DISCRIMINATOR)) return { name: 'UnstakeEvent', data: decodeUnstakeEvent(data) };
  if (startsWith(data, UPDATE_OPERATOR_POOL_EVENT_DISCRIMINATOR)) return { name: 'UpdateOperatorPoolEvent', data: decodeUpdateOperatorPoolEvent(data) };
  if (startsWith(data, WITHDRAW_OPERATOR_REWARD_COMMISSION_EVENT_DISCRIMINATOR)) return { name: 'WithdrawOperatorRewardCommissionEvent', data: decodeWithdrawOperatorRewardCommissionEvent(data) };
  if (startsWith(data, WITHDRAW_OPERATOR_USDC_COMMISSION_EVENT_DISCRIMINATOR)) return { name: 'WithdrawOperatorUsdcCommissionEvent', data: decodeWithdrawOperatorUsdcCommissionEvent(data) };
  return null;
}

export const ACCRUE_REWARD_DISCRIMINATOR = Uint8Array.of(56, 27, 2, 160, 70, 176, 171, 65);

export type AccrueRewardAccounts = {
  readonly poolOverview: Address;
  readonly rewardRecord: Address;
  readonly operatorPool: Address;
  readonly operatorStakingRecord: Address;
  readonly rewardTokenAccount: Address;
  readonly usdcTokenAccount: Address;
  readonly stakedTokenAccount: Address;
  readonly rewardFeeTokenAccount: Address;
  readonly usdcFeeTokenAccount: Address;
  readonly poolUsdcVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function accrueReward(
  accounts: AccrueRewardAccounts,
  args: AccrueRewardArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.poolOverview, true, false),
      accountMeta(accounts.rewardRecord, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.operatorStakingRecord, true, false),
      accountMeta(accounts.rewardTokenAccount, true, false),
      accountMeta(accounts.usdcTokenAccount, true, false),
      accountMeta(accounts.stakedTokenAccount, true, false),
      accountMeta(accounts.rewardFeeTokenAccount, true, false),
      accountMeta(accounts.usdcFeeTokenAccount, true, false),
      accountMeta(accounts.poolUsdcVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(ACCRUE_REWARD_DISCRIMINATOR, (writer) => writeAccrueRewardArgs(writer, args)),
  };
}

export const ACCRUE_REWARD_EMERGENCY_BYPASS_DISCRIMINATOR = Uint8Array.of(42, 22, 105, 160, 223, 106, 212, 244);

export type AccrueRewardEmergencyBypassAccounts = {
  /** Only the pool admin can execute this emergency bypass */
  readonly admin: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  /** The current reward record that should have been claimed (at reward_last_claimed_epoch + 1) */
  readonly currentPoolRewardRecord: Address;
  /** The next reward record that we're bypassing to (at reward_last_claimed_epoch + 2) */
  readonly nextPoolRewardRecord: Address;
};

export function accrueRewardEmergencyBypass(
  accounts: AccrueRewardEmergencyBypassAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.currentPoolRewardRecord, false, false),
      accountMeta(accounts.nextPoolRewardRecord, false, false),
    ],
    data: encodeWith(ACCRUE_REWARD_EMERGENCY_BYPASS_DISCRIMINATOR),
  };
}

export const CANCEL_UNSTAKE_DISCRIMINATOR = Uint8Array.of(64, 65, 53, 227, 125, 153, 3, 167);

export type CancelUnstakeAccounts = {
  readonly owner: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly ownerStakingRecord: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function cancelUnstake(
  accounts: CancelUnstakeAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.ownerStakingRecord, true, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CANCEL_UNSTAKE_DISCRIMINATOR),
  };
}

export const CHANGE_OPERATOR_ADMIN_DISCRIMINATOR = Uint8Array.of(54, 235, 203, 165, 49, 205, 221, 109);

export type ChangeOperatorAdminAccounts = {
  readonly admin: Address;
  readonly newAdmin: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function changeOperatorAdmin(
  accounts: ChangeOperatorAdminAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.newAdmin, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CHANGE_OPERATOR_ADMIN_DISCRIMINATOR),
  };
}

export const CHANGE_OPERATOR_STAKING_RECORD_DISCRIMINATOR = Uint8Array.of(142, 191, 20, 77, 230, 99, 245, 184);

export type ChangeOperatorStakingRecordAccounts = {
  /** Admin of the OperatorPool */
  readonly admin: Address;
  /** Owner of the StakingRecord that will become the new OperatorPool StakingRecord */
  readonly owner: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly operatorStakingRecord: Address;
  readonly newStakingRecord: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function changeOperatorStakingRecord(
  accounts: ChangeOperatorStakingRecordAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.operatorStakingRecord, false, false),
      accountMeta(accounts.newStakingRecord, false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CHANGE_OPERATOR_STAKING_RECORD_DISCRIMINATOR),
  };
}

export const CLAIM_UNSTAKE_DISCRIMINATOR = Uint8Array.of(172, 113, 117, 178, 223, 245, 247, 118);

export type ClaimUnstakeAccounts = {
  readonly owner: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly ownerStakingRecord: Address;
  readonly operatorStakingRecord: Address;
  readonly ownerTokenAccount: Address;
  readonly stakedTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function claimUnstake(
  accounts: ClaimUnstakeAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, false),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.ownerStakingRecord, true, false),
      accountMeta(accounts.operatorStakingRecord, false, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.stakedTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CLAIM_UNSTAKE_DISCRIMINATOR),
  };
}

export const CLAIM_USDC_EARNINGS_DISCRIMINATOR = Uint8Array.of(38, 20, 245, 41, 23, 224, 55, 153);

export type ClaimUsdcEarningsAccounts = {
  readonly owner: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly stakingRecord: Address;
  readonly poolUsdcVault: Address;
  /** Destination account for the USDC earnings. Must be a USDC token account. */
  readonly destination: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function claimUsdcEarnings(
  accounts: ClaimUsdcEarningsAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.stakingRecord, true, false),
      accountMeta(accounts.poolUsdcVault, true, false),
      accountMeta(accounts.destination, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CLAIM_USDC_EARNINGS_DISCRIMINATOR),
  };
}

export const CLOSE_OPERATOR_POOL_DISCRIMINATOR = Uint8Array.of(5, 121, 71, 229, 187, 164, 51, 179);

export type CloseOperatorPoolAccounts = {
  readonly admin: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
};

export function closeOperatorPool(
  accounts: CloseOperatorPoolAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
    ],
    data: encodeWith(CLOSE_OPERATOR_POOL_DISCRIMINATOR),
  };
}

export const CLOSE_STAKING_RECORD_DISCRIMINATOR = Uint8Array.of(208, 180, 58, 210, 55, 93, 23, 115);

export type CloseStakingRecordAccounts = {
  /** Account to receive the reclaimed rent from StakingRecord */
  readonly receiver: Address;
  readonly owner: Address;
  readonly ownerStakingRecord: Address;
  readonly operatorPool: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

export function closeStakingRecord(
  accounts: CloseStakingRecordAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.receiver, true, false),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.ownerStakingRecord, true, false),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CLOSE_STAKING_RECORD_DISCRIMINATOR),
  };
}

export const CREATE_OPERATOR_POOL_DISCRIMINATOR = Uint8Array.of(228, 137, 243, 99, 230, 195, 158, 152);

export type CreateOperatorPoolAccounts = {
  readonly payer: Address;
  readonly admin: Address;
  readonly operatorPool: Address;
  readonly stakingRecord: Address;
  readonly poolOverview: Address;
  readonly stakedTokenAccount: Address;
  readonly rewardFeeTokenAccount: Address;
  readonly usdcFeeTokenAccount: Address;
  readonly operatorUsdcVault: Address;
  readonly adminTokenAccount: Address;
  readonly registrationFeePayoutTokenAccount: Address;
  readonly mint: Address;
  readonly usdcMint: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** OperatorPool Admin Instructions */
export function createOperatorPool(
  accounts: CreateOperatorPoolAccounts,
  args: CreateOperatorPoolArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.admin, true, true),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.stakingRecord, true, false),
      accountMeta(accounts.poolOverview, true, false),
      accountMeta(accounts.stakedTokenAccount, true, false),
      accountMeta(accounts.rewardFeeTokenAccount, true, false),
      accountMeta(accounts.usdcFeeTokenAccount, true, false),
      accountMeta(accounts.operatorUsdcVault, true, false),
      accountMeta(accounts.adminTokenAccount, true, false),
      accountMeta(accounts.registrationFeePayoutTokenAccount, true, false),
      accountMeta(accounts.mint, false, false),
      accountMeta(accounts.usdcMint, false, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CREATE_OPERATOR_POOL_DISCRIMINATOR, (writer) => writeCreateOperatorPoolArgs(writer, args)),
  };
}

export const CREATE_POOL_OVERVIEW_DISCRIMINATOR = Uint8Array.of(5, 155, 100, 76, 127, 68, 142, 10);

export type CreatePoolOverviewAccounts = {
  readonly payer: Address;
  readonly programAdmin: Address;
  readonly registrationFeePayoutWallet: Address;
  readonly slashingDestinationTokenAccount: Address;
  readonly slashingDestinationUsdcAccount: Address;
  readonly poolOverview: Address;
  readonly rewardTokenAccount: Address;
  readonly usdcTokenAccount: Address;
  readonly mint: Address;
  readonly usdcMint: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** PoolOverview Admin Instructions */
export function createPoolOverview(
  accounts: CreatePoolOverviewAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.programAdmin, false, true),
      accountMeta(accounts.registrationFeePayoutWallet, false, false),
      accountMeta(accounts.slashingDestinationTokenAccount, false, false),
      accountMeta(accounts.slashingDestinationUsdcAccount, false, false),
      accountMeta(accounts.poolOverview, true, false),
      accountMeta(accounts.rewardTokenAccount, true, false),
      accountMeta(accounts.usdcTokenAccount, true, false),
      accountMeta(accounts.mint, false, false),
      accountMeta(accounts.usdcMint, false, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CREATE_POOL_OVERVIEW_DISCRIMINATOR),
  };
}

export const CREATE_REWARD_RECORD_DISCRIMINATOR = Uint8Array.of(222, 217, 122, 53, 232, 14, 242, 73);

export type CreateRewardRecordAccounts = {
  readonly payer: Address;
  readonly authority: Address;
  readonly poolOverview: Address;
  readonly rewardRecord: Address;
  readonly rewardTokenAccount: Address;
  readonly usdcTokenAccount: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Reward Distribution Instructions */
export function createRewardRecord(
  accounts: CreateRewardRecordAccounts,
  args: CreateRewardRecordArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.poolOverview, true, false),
      accountMeta(accounts.rewardRecord, true, false),
      accountMeta(accounts.rewardTokenAccount, false, false),
      accountMeta(accounts.usdcTokenAccount, false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CREATE_REWARD_RECORD_DISCRIMINATOR, (writer) => writeCreateRewardRecordArgs(writer, args)),
  };
}

export const CREATE_STAKING_RECORD_DISCRIMINATOR = Uint8Array.of(103, 122, 241, 199, 139, 201, 106, 115);

export type CreateStakingRecordAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  readonly operatorPool: Address;
  readonly ownerStakingRecord: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Staking Instructions */
export function createStakingRecord(
  accounts: CreateStakingRecordAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.ownerStakingRecord, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CREATE_STAKING_RECORD_DISCRIMINATOR),
  };
}

export const MARK_EPOCH_AS_FINALIZING_DISCRIMINATOR = Uint8Array.of(184, 57, 145, 48, 57, 204, 105, 240);

export type MarkEpochAsFinalizingAccounts = {
  readonly authority: Address;
  readonly poolOverview: Address;
};

export function markEpochAsFinalizing(
  accounts: MarkEpochAsFinalizingAccounts,
  args: MarkEpochIsFinalizingArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.poolOverview, true, false),
    ],
    data: encodeWith(MARK_EPOCH_AS_FINALIZING_DISCRIMINATOR, (writer) => writeMarkEpochIsFinalizingArgs(writer, args)),
  };
}

export const SET_HALT_STATUS_DISCRIMINATOR = Uint8Array.of(39, 9, 170, 100, 62, 112, 229, 71);

export type SetHaltStatusAccounts = {
  readonly authority: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

/** Program Admin Security Instructions */
export function setHaltStatus(
  accounts: SetHaltStatusAccounts,
  args: SetHaltStatusArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SET_HALT_STATUS_DISCRIMINATOR, (writer) => writeSetHaltStatusArgs(writer, args)),
  };
}

export const SLASH_STAKE_DISCRIMINATOR = Uint8Array.of(190, 242, 137, 27, 41, 18, 233, 37);

export type SlashStakeAccounts = {
  readonly authority: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly operatorStakingRecord: Address;
  readonly stakedTokenAccount: Address;
  readonly poolUsdcVault: Address;
  readonly rewardFeeTokenAccount: Address;
  readonly usdcFeeTokenAccount: Address;
  readonly slashingDestinationTokenAccount: Address;
  readonly slashingDestinationUsdcAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function slashStake(
  accounts: SlashStakeAccounts,
  args: SlashStakeArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.operatorStakingRecord, true, false),
      accountMeta(accounts.stakedTokenAccount, true, false),
      accountMeta(accounts.poolUsdcVault, true, false),
      accountMeta(accounts.rewardFeeTokenAccount, true, false),
      accountMeta(accounts.usdcFeeTokenAccount, true, false),
      accountMeta(accounts.slashingDestinationTokenAccount, true, false),
      accountMeta(accounts.slashingDestinationUsdcAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SLASH_STAKE_DISCRIMINATOR, (writer) => writeSlashStakeArgs(writer, args)),
  };
}

export const STAKE_DISCRIMINATOR = Uint8Array.of(206, 176, 202, 18, 200, 209, 179, 108);

export type StakeAccounts = {
  readonly owner: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly ownerStakingRecord: Address;
  readonly operatorStakingRecord: Address;
  readonly ownerTokenAccount: Address;
  readonly stakedTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function stake(
  accounts: StakeAccounts,
  args: StakeArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.ownerStakingRecord, true, false),
      accountMeta(accounts.operatorStakingRecord, false, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.stakedTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(STAKE_DISCRIMINATOR, (writer) => writeStakeArgs(writer, args)),
  };
}

export const SWEEP_CLOSED_POOL_USDC_DUST_DISCRIMINATOR = Uint8Array.of(151, 159, 189, 65, 127, 240, 112, 65);

export type SweepClosedPoolUsdcDustAccounts = {
  /** The admin of the OperatorPool, who is authorized to sweep the vault. */
  readonly admin: Address;
  readonly operatorPool: Address;
  readonly operatorUsdcVault: Address;
  /** The admin's USDC token account to receive the swept funds. */
  readonly adminUsdcAccount: Address;
  readonly poolOverview: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function sweepClosedPoolUsdcDust(
  accounts: SweepClosedPoolUsdcDustAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, true, true),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.operatorUsdcVault, true, false),
      accountMeta(accounts.adminUsdcAccount, true, false),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SWEEP_CLOSED_POOL_USDC_DUST_DISCRIMINATOR),
  };
}

export const UNSTAKE_DISCRIMINATOR = Uint8Array.of(90, 95, 107, 42, 205, 124, 50, 225);

export type UnstakeAccounts = {
  readonly owner: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly ownerStakingRecord: Address;
  readonly operatorStakingRecord: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function unstake(
  accounts: UnstakeAccounts,
  args: UnstakeArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.ownerStakingRecord, true, false),
      accountMeta(accounts.operatorStakingRecord, false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(UNSTAKE_DISCRIMINATOR, (writer) => writeUnstakeArgs(writer, args)),
  };
}

export const UPDATE_OPERATOR_POOL_DISCRIMINATOR = Uint8Array.of(33, 136, 60, 240, 111, 137, 216, 26);

export type UpdateOperatorPoolAccounts = {
  readonly admin: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function updateOperatorPool(
  accounts: UpdateOperatorPoolAccounts,
  args: UpdateOperatorPoolArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, true, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(UPDATE_OPERATOR_POOL_DISCRIMINATOR, (writer) => writeUpdateOperatorPoolArgs(writer, args)),
  };
}

export const UPDATE_POOL_OVERVIEW_DISCRIMINATOR = Uint8Array.of(107, 143, 107, 12, 150, 138, 52, 184);

export type UpdatePoolOverviewAccounts = {
  readonly programAdmin: Address;
  readonly poolOverview: Address;
  readonly registrationFeePayoutWallet?: Address | undefined;
  readonly slashingDestinationUsdcAccount?: Address | undefined;
  readonly slashingDestinationTokenAccount?: Address | undefined;
};

export function updatePoolOverview(
  accounts: UpdatePoolOverviewAccounts,
  args: UpdatePoolOverviewArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.programAdmin, false, true),
      accountMeta(accounts.poolOverview, true, false),
      optionalMeta(accounts.registrationFeePayoutWallet, programAddress, false, false),
      optionalMeta(accounts.slashingDestinationUsdcAccount, programAddress, false, false),
      optionalMeta(accounts.slashingDestinationTokenAccount, programAddress, false, false),
    ],
    data: encodeWith(UPDATE_POOL_OVERVIEW_DISCRIMINATOR, (writer) => writeUpdatePoolOverviewArgs(writer, args)),
  };
}

export const UPDATE_POOL_OVERVIEW_AUTHORITIES_DISCRIMINATOR = Uint8Array.of(74, 195, 118, 20, 145, 15, 95, 245);

export type UpdatePoolOverviewAuthoritiesAccounts = {
  readonly programAdmin: Address;
  readonly poolOverview: Address;
  readonly newProgramAdmin?: Address | undefined;
};

export function updatePoolOverviewAuthorities(
  accounts: UpdatePoolOverviewAuthoritiesAccounts,
  args: UpdatePoolOverviewAuthoritiesArgs,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.programAdmin, false, true),
      accountMeta(accounts.poolOverview, true, false),
      optionalMeta(accounts.newProgramAdmin, programAddress, false, true),
    ],
    data: encodeWith(UPDATE_POOL_OVERVIEW_AUTHORITIES_DISCRIMINATOR, (writer) => writeUpdatePoolOverviewAuthoritiesArgs(writer, args)),
  };
}

export const WITHDRAW_OPERATOR_REWARD_COMMISSION_DISCRIMINATOR = Uint8Array.of(224, 6, 179, 170, 51, 12, 49, 221);

export type WithdrawOperatorRewardCommissionAccounts = {
  readonly admin: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly rewardFeeTokenAccount: Address;
  /** Destination for the commission. */
  readonly destination: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function withdrawOperatorRewardCommission(
  accounts: WithdrawOperatorRewardCommissionAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.rewardFeeTokenAccount, true, false),
      accountMeta(accounts.destination, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(WITHDRAW_OPERATOR_REWARD_COMMISSION_DISCRIMINATOR),
  };
}

export const WITHDRAW_OPERATOR_USDC_COMMISSION_DISCRIMINATOR = Uint8Array.of(249, 79, 68, 38, 186, 241, 145, 192);

export type WithdrawOperatorUsdcCommissionAccounts = {
  readonly admin: Address;
  readonly poolOverview: Address;
  readonly operatorPool: Address;
  readonly usdcFeeTokenAccount: Address;
  /** Destination for the USDC commission. */
  readonly destination: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** Sysvar1nstructions1111111111111111111111111 unless given. */
  readonly instructions?: Address;
};

export function withdrawOperatorUsdcCommission(
  accounts: WithdrawOperatorUsdcCommissionAccounts,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.poolOverview, false, false),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.usdcFeeTokenAccount, true, false),
      accountMeta(accounts.destination, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.instructions ?? ('Sysvar1nstructions1111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(WITHDRAW_OPERATOR_USDC_COMMISSION_DISCRIMINATOR),
  };
}

/** Custom error code to name and message. */
export const STAKING_ERRORS: Readonly<Record<number, { readonly name: string; readonly message: string }>> = {
  6000: { name: "StakingNotAllowed", message: "Staking is not allowed" },
  6001: { name: "UnstakingNotAllowed", message: "Unstaking is not allowed" },
  6002: { name: "UnclaimedRewards", message: "Rewards have to be claimed first" },
  6003: { name: "MinOperatorTokenStakeNotMet", message: "Minimum operator token stake not met" },
  6004: { name: "NoTokensToClaim", message: "No tokens available to be claimed" },
  6005: { name: "PendingDelay", message: "Tokens are still in unstaking cooldown" },
  6006: { name: "InsufficientRewards", message: "Insufficient reward tokens to issue" },
  6007: { name: "InsufficientUsdc", message: "Insufficient USDC tokens to issue" },
  6008: { name: "ClosedPool", message: "Pool is closed" },
  6009: { name: "InvalidProof", message: "Invalid Proof" },
  6010: { name: "OperatorPoolHalted", message: "OperatorPool is halted" },
  6011: { name: "StakingHalted", message: "Staking is halted" },
  6012: { name: "WithdrawalsHalted", message: "Withdrawals are halted" },
  6013: { name: "AccrueRewardHalted", message: "Accrue reward is halted" },
  6014: { name: "InvalidProgramAdmin", message: "ProgramAdmin is not valid" },
  6015: { name: "InvalidRewardDistributionAuthority", message: "RewardDistributionAuthority is not valid" },
  6016: { name: "InvalidHaltAuthority", message: "HaltAuthority is not valid" },
  6017: { name: "InvalidSlashingAuthority", message: "SlashingAuthority is not valid" },
  6018: { name: "AuthoritiesExceeded", message: "Exceeded allowed authorities length" },
  6019: { name: "OperatorAuthKeysLengthInvalid", message: "Invalid operator auth keys length" },
  6020: { name: "DuplicateOperatorAuthKey", message: "Duplicate operator auth key provided" },
  6021: { name: "AccountNotEmpty", message: "Account not empty" },
  6022: { name: "PoolCreationDisabled", message: "Pool creation is disabled" },
  6023: { name: "InvalidUsdcMint", message: "Invalid USDC mint provided" },
  6024: { name: "InvalidRegistrationFeePayoutDestination", message: "Invalid registration fee payout destination" },
  6025: { name: "EpochMustBeFinalizing", message: "Epoch must be finalizing when calling CreateRewardRecord" },
  6026: { name: "EpochMustNotBeFinalizing", message: "Cannot update operator pool admin when epoch is finalizing" },
  6027: { name: "EpochIsFinalizingEpochInvalid", message: "Invalid expected epoch provided for epoch finalizing update" },
  6028: { name: "NameTooLong", message: "Name is too long, max length is 64 characters" },
  6029: { name: "DescriptionTooLong", message: "Description is too long, max length is 200 characters" },
  6030: { name: "WebsiteUrlTooLong", message: "Website URL is too long, max length is 64 characters" },
  6031: { name: "AvatarImageUrlTooLong", message: "Avatar image URL is too long, max length is 128 characters" },
  6032: { name: "InvalidWebsiteUrl", message: "Invalid website URL provided" },
  6033: { name: "InvalidAvatarImageUrl", message: "Invalid avatar image URL provided" },
  6034: { name: "UnclaimedUsdcEarnings", message: "USDC earnings must be claimed before unstaking" },
  6035: { name: "NoUsdcEarningsToClaim", message: "No USDC earnings available to claim" },
  6036: { name: "InsufficientPoolUsdcVaultBalance", message: "Insufficient USDC in pool vault" },
  6037: { name: "InvalidCommissionRate", message: "Invalid commission rate" },
  6038: { name: "PoolMustBeClosed", message: "Operator pool must be closed to sweep dust" },
  6039: { name: "PoolClosedEpochInvalid", message: "Operator pool must be closed before the current epoch" },
  6040: { name: "PoolIsNotEmpty", message: "Pool is not empty" },
  6041: { name: "FinalUnstakeEpochInvalid", message: "Pool must be closed before the current epoch for the operator to unstake" },
  6042: { name: "InvalidEmergencyBypassEpoch", message: "Invalid epoch for emergency bypass" },
  6043: { name: "InvalidEpoch", message: "Invalid epoch provided" },
  6044: { name: "InvalidRewardAmount", message: "Invalid reward amount - does not match expected emissions for epoch" },
  6045: { name: "InvalidSlashingDelay", message: "Slashing delay must be at least 86,400 seconds (1 day)" },
  6046: { name: "OperatorPoolNotHalted", message: "Operator pool must be halted before slashing" },
  6047: { name: "SlashingDelayNotMet", message: "Minimum slashing delay period has not elapsed" },
  6048: { name: "InvalidAmount", message: "Invalid amount provided - cannot be zero" },
  6049: { name: "InvalidSlashSharesAmount", message: "Invalid shares amount provided - cannot be greater than total operator shares" },
};
