/** Client of program governance: written by build/generate-clients.ts from idl.json beside it, not by hand. @module */
import type { Address } from '@solana/kit';
import type { BorshReader, BorshWriter } from '../client/borsh.ts';
import { accountMeta, decodeWith, encodeWith, type ProgramInstruction, startsWith } from '../client/instruction.ts';

export const GOVERNANCE_PROGRAM_ADDRESS = '619DXhb6k5Ub64osjCHaAn95QgxucFaaMpGsW81yZP9y' as Address;

/** Arguments of `initialize_governance`. */
export type InitializeGovernanceArgs = {
  /** Starting values other than the defaults of the table. */
  readonly overrides: readonly ParameterChange[];
};

export function writeInitializeGovernanceArgs(writer: BorshWriter, value: InitializeGovernanceArgs): void {
  writer.vec(value.overrides, (item) => writeParameterChange(writer, item));
}

export function readInitializeGovernanceArgs(reader: BorshReader): InitializeGovernanceArgs {
  return {
    overrides: reader.vec(() => readParameterChange(reader)),
  };
}

/** Arguments of `stake`. */
export type StakeArgs = {
  /** Base units of INFER. */
  readonly amount: bigint;
};

export function writeStakeArgs(writer: BorshWriter, value: StakeArgs): void {
  writer.u64(value.amount);
}

export function readStakeArgs(reader: BorshReader): StakeArgs {
  return {
    amount: reader.u64(),
  };
}

/** Arguments of `request_unstake`. */
export type RequestUnstakeArgs = {
  /** Base units of INFER. */
  readonly amount: bigint;
};

export function writeRequestUnstakeArgs(writer: BorshWriter, value: RequestUnstakeArgs): void {
  writer.u64(value.amount);
}

export function readRequestUnstakeArgs(reader: BorshReader): RequestUnstakeArgs {
  return {
    amount: reader.u64(),
  };
}

/** Arguments of `create_proposal`. */
export type CreateProposalArgs = {
  readonly action: Action;
  readonly title: string;
  /** Where the text can be read. */
  readonly uri: string;
  /** SHA-256 of that text. */
  readonly textHash: Uint8Array;
};

export function writeCreateProposalArgs(writer: BorshWriter, value: CreateProposalArgs): void {
  writeAction(writer, value.action);
  writer.string(value.title);
  writer.string(value.uri);
  writer.fixedBytes(value.textHash, 32);
}

export function readCreateProposalArgs(reader: BorshReader): CreateProposalArgs {
  return {
    action: readAction(reader),
    title: reader.string(),
    uri: reader.string(),
    textHash: reader.fixedBytes(32),
  };
}

/** Arguments of `signal`. */
export type SignalArgs = {
  /** 0 for, 1 against, 2 abstain, 3 veto. */
  readonly choice: number;
};

export function writeSignalArgs(writer: BorshWriter, value: SignalArgs): void {
  writer.u8(value.choice);
}

export function readSignalArgs(reader: BorshReader): SignalArgs {
  return {
    choice: reader.u8(),
  };
}

/** Arguments of `cast_vote`. */
export type CastVoteArgs = {
  /** 0 for, 1 against, 2 abstain, 3 veto. */
  readonly choice: number;
};

export function writeCastVoteArgs(writer: BorshWriter, value: CastVoteArgs): void {
  writer.u8(value.choice);
}

export function readCastVoteArgs(reader: BorshReader): CastVoteArgs {
  return {
    choice: reader.u8(),
  };
}

/** Arguments of `change_parameters`. */
export type ChangeParametersArgs = {
  readonly changes: readonly ParameterChange[];
};

export function writeChangeParametersArgs(writer: BorshWriter, value: ChangeParametersArgs): void {
  writer.vec(value.changes, (item) => writeParameterChange(writer, item));
}

export function readChangeParametersArgs(reader: BorshReader): ChangeParametersArgs {
  return {
    changes: reader.vec(() => readParameterChange(reader)),
  };
}

/** Arguments of `hand_over`. */
export type HandOverArgs = {
  /** Row of the parameter table. */
  readonly id: number;
};

export function writeHandOverArgs(writer: BorshWriter, value: HandOverArgs): void {
  writer.u16(value.id);
}

export function readHandOverArgs(reader: BorshReader): HandOverArgs {
  return {
    id: reader.u16(),
  };
}

/** Arguments of `push_parameters`. */
export type PushParametersArgs = {
  /** 0 marketplace, 1 exchange, 2 staking. */
  readonly program: number;
};

export function writePushParametersArgs(writer: BorshWriter, value: PushParametersArgs): void {
  writer.u8(value.program);
}

export function readPushParametersArgs(reader: BorshReader): PushParametersArgs {
  return {
    program: reader.u8(),
  };
}

/** Arguments of `operate_staking`. */
export type OperateStakingArgs = {
  readonly isStakingHalted: boolean | null;
  readonly isWithdrawalHalted: boolean | null;
  readonly isAccrueRewardHalted: boolean | null;
  readonly allowPoolCreation: boolean | null;
  readonly newRewardDistributionAuthorities: readonly Address[] | null;
  readonly newHaltAuthorities: readonly Address[] | null;
  readonly newSlashingAuthorities: readonly Address[] | null;
};

export function writeOperateStakingArgs(writer: BorshWriter, value: OperateStakingArgs): void {
  writer.option(value.isStakingHalted, (item) => writer.bool(item));
  writer.option(value.isWithdrawalHalted, (item) => writer.bool(item));
  writer.option(value.isAccrueRewardHalted, (item) => writer.bool(item));
  writer.option(value.allowPoolCreation, (item) => writer.bool(item));
  writer.option(value.newRewardDistributionAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
  writer.option(value.newHaltAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
  writer.option(value.newSlashingAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
}

export function readOperateStakingArgs(reader: BorshReader): OperateStakingArgs {
  return {
    isStakingHalted: reader.option(() => reader.bool()),
    isWithdrawalHalted: reader.option(() => reader.bool()),
    isAccrueRewardHalted: reader.option(() => reader.bool()),
    allowPoolCreation: reader.option(() => reader.bool()),
    newRewardDistributionAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
    newHaltAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
    newSlashingAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
  };
}

/** A parameter and the value proposed for it. */
export type ParameterChange = {
  /** Row of the parameter table. */
  readonly id: number;
  readonly value: bigint;
};

export function writeParameterChange(writer: BorshWriter, value: ParameterChange): void {
  writer.u16(value.id);
  writer.i64(value.value);
}

export function readParameterChange(reader: BorshReader): ParameterChange {
  return {
    id: reader.u16(),
    value: reader.i64(),
  };
}

/** A parameter that was changed. */
export type ChangedParameter = {
  readonly id: number;
  readonly from: bigint;
  readonly to: bigint;
};

export function writeChangedParameter(writer: BorshWriter, value: ChangedParameter): void {
  writer.u16(value.id);
  writer.i64(value.from);
  writer.i64(value.to);
}

export function readChangedParameter(reader: BorshReader): ChangedParameter {
  return {
    id: reader.u16(),
    from: reader.i64(),
    to: reader.i64(),
  };
}

/** Voting power from a slot on. */
export type Checkpoint = {
  readonly slot: bigint;
  readonly power: bigint;
};

export function writeCheckpoint(writer: BorshWriter, value: Checkpoint): void {
  writer.u64(value.slot);
  writer.u64(value.power);
}

export function readCheckpoint(reader: BorshReader): Checkpoint {
  return {
    slot: reader.u64(),
    power: reader.u64(),
  };
}

/** A payment from the treasury. */
export type TreasurySpend = {
  /** 0 buyback, 1 liquidity, 2 incentives, 3 grants, 4 development, 5 other. */
  readonly category: number;
  /** INFER or USDC. */
  readonly mint: Address;
  readonly amount: bigint;
  /** Token account. */
  readonly recipient: Address;
};

export function writeTreasurySpend(writer: BorshWriter, value: TreasurySpend): void {
  writer.u8(value.category);
  writer.pubkey(value.mint);
  writer.u64(value.amount);
  writer.pubkey(value.recipient);
}

export function readTreasurySpend(reader: BorshReader): TreasurySpend {
  return {
    category: reader.u8(),
    mint: reader.pubkey(),
    amount: reader.u64(),
    recipient: reader.pubkey(),
  };
}

/** A GPU model of the catalogue. */
export type ModelTerms = {
  readonly name: string;
  readonly vramGb: number;
  readonly weight: number;
  readonly minBenchmark: number;
};

export function writeModelTerms(writer: BorshWriter, value: ModelTerms): void {
  writer.string(value.name);
  writer.u16(value.vramGb);
  writer.u32(value.weight);
  writer.u32(value.minBenchmark);
}

export function readModelTerms(reader: BorshReader): ModelTerms {
  return {
    name: reader.string(),
    vramGb: reader.u16(),
    weight: reader.u32(),
    minBenchmark: reader.u32(),
  };
}

/** What a proposal does; only what belongs to its kind is there. */
export type Action = {
  /** 0 param_change, 1 treasury_spend, 2 host_ban, 3 host_unban, 4 catalog_add, 5 catalog_remove, 6 text, 7 bankroll_return, 8 host_verify, 9 host_suspend, 10 host_slash. */
  readonly kind: number;
  /** Ascending by key. */
  readonly changes: readonly ParameterChange[];
  /** For a bankroll return what comes back: INFER, to the treasury, category 1. */
  readonly spend: TreasurySpend | null;
  /** Provider account of the marketplace; for a host slash the challenge. */
  readonly host: Address | null;
  readonly model: ModelTerms | null;
};

export function writeAction(writer: BorshWriter, value: Action): void {
  writer.u8(value.kind);
  writer.vec(value.changes, (item) => writeParameterChange(writer, item));
  writer.option(value.spend, (item) => writeTreasurySpend(writer, item));
  writer.option(value.host, (item) => writer.pubkey(item));
  writer.option(value.model, (item) => writeModelTerms(writer, item));
}

export function readAction(reader: BorshReader): Action {
  return {
    kind: reader.u8(),
    changes: reader.vec(() => readParameterChange(reader)),
    spend: reader.option(() => readTreasurySpend(reader)),
    host: reader.option(() => reader.pubkey()),
    model: reader.option(() => readModelTerms(reader)),
  };
}

/** Power by choice. */
export type VoteTotals = {
  readonly forPower: bigint;
  readonly againstPower: bigint;
  readonly abstainPower: bigint;
  readonly vetoPower: bigint;
};

export function writeVoteTotals(writer: BorshWriter, value: VoteTotals): void {
  writer.u64(value.forPower);
  writer.u64(value.againstPower);
  writer.u64(value.abstainPower);
  writer.u64(value.vetoPower);
}

export function readVoteTotals(reader: BorshReader): VoteTotals {
  return {
    forPower: reader.u64(),
    againstPower: reader.u64(),
    abstainPower: reader.u64(),
    vetoPower: reader.u64(),
  };
}

/** Why a change of parameters was invalid when it was to be executed; all zero when it was not. */
export type Refusal = {
  /** 1 UNKNOWN_KEY, 2 BELOW_MIN, 3 ABOVE_MAX, 4 STEP_TOO_LARGE, 5 COOLDOWN, 6 KEYS_NOT_ASCENDING, 7 JOINT_SUM, 8 NOTHING_PROPOSED, 9 JOINT_ORDER. */
  readonly rule: number;
  readonly id: number;
  readonly value: bigint;
  readonly limit: bigint;
};

export function writeRefusal(writer: BorshWriter, value: Refusal): void {
  writer.u8(value.rule);
  writer.u16(value.id);
  writer.i64(value.value);
  writer.i64(value.limit);
}

export function readRefusal(reader: BorshReader): Refusal {
  return {
    rule: reader.u8(),
    id: reader.u16(),
    value: reader.i64(),
    limit: reader.i64(),
  };
}

/** Who and what is governed, and the totals of stake and power; one per program. */
export type Governance = {
  readonly version: number;
  readonly bump: number;
  readonly authorityBump: number;
  readonly foundingAdmin: Address;
  readonly inferMint: Address;
  readonly usdcMint: Address;
  readonly stakeVault: Address;
  readonly inferTreasury: Address;
  readonly usdcTreasury: Address;
  readonly marketplaceProgram: Address;
  readonly exchangeProgram: Address;
  readonly stakingProgram: Address;
  readonly marketplace: Address;
  readonly exchange: Address;
  readonly poolOverview: Address;
  readonly totalStaked: bigint;
  readonly totalUnstaking: bigint;
  readonly totalPower: bigint;
  /** Slot of the last change of `total_power`. */
  readonly powerSlot: bigint;
  /** `total_power` at the end of the last slot before `power_slot`. */
  readonly powerBefore: bigint;
  readonly proposalCount: bigint;
  /** Proposals that have not ended. */
  readonly activeCount: number;
  /** Slots at which the votes that are not finalized opened, ascending. */
  readonly openSlots: readonly bigint[];
};

export function writeGovernance(writer: BorshWriter, value: Governance): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.authorityBump);
  writer.pubkey(value.foundingAdmin);
  writer.pubkey(value.inferMint);
  writer.pubkey(value.usdcMint);
  writer.pubkey(value.stakeVault);
  writer.pubkey(value.inferTreasury);
  writer.pubkey(value.usdcTreasury);
  writer.pubkey(value.marketplaceProgram);
  writer.pubkey(value.exchangeProgram);
  writer.pubkey(value.stakingProgram);
  writer.pubkey(value.marketplace);
  writer.pubkey(value.exchange);
  writer.pubkey(value.poolOverview);
  writer.u64(value.totalStaked);
  writer.u64(value.totalUnstaking);
  writer.u64(value.totalPower);
  writer.u64(value.powerSlot);
  writer.u64(value.powerBefore);
  writer.u64(value.proposalCount);
  writer.u32(value.activeCount);
  writer.vec(value.openSlots, (item) => writer.u64(item));
}

export function readGovernance(reader: BorshReader): Governance {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    authorityBump: reader.u8(),
    foundingAdmin: reader.pubkey(),
    inferMint: reader.pubkey(),
    usdcMint: reader.pubkey(),
    stakeVault: reader.pubkey(),
    inferTreasury: reader.pubkey(),
    usdcTreasury: reader.pubkey(),
    marketplaceProgram: reader.pubkey(),
    exchangeProgram: reader.pubkey(),
    stakingProgram: reader.pubkey(),
    marketplace: reader.pubkey(),
    exchange: reader.pubkey(),
    poolOverview: reader.pubkey(),
    totalStaked: reader.u64(),
    totalUnstaking: reader.u64(),
    totalPower: reader.u64(),
    powerSlot: reader.u64(),
    powerBefore: reader.u64(),
    proposalCount: reader.u64(),
    activeCount: reader.u32(),
    openSlots: reader.vec(() => reader.u64()),
  };
}

/** Every governed number, by row of the parameter table; one per program. */
export type Parameters = {
  readonly version: number;
  readonly bump: number;
  /** Rows in use; a later row has its default. */
  readonly count: number;
  readonly values: readonly bigint[];
  /** 0 for a number that was never changed. */
  readonly changedAt: readonly bigint[];
  /** 1 when governance holds the number. */
  readonly handedOver: Uint8Array;
};

export function writeParameters(writer: BorshWriter, value: Parameters): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u16(value.count);
  writer.array(value.values, 128, (item) => writer.i64(item));
  writer.array(value.changedAt, 128, (item) => writer.i64(item));
  writer.fixedBytes(value.handedOver, 128);
}

export function readParameters(reader: BorshReader): Parameters {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    count: reader.u16(),
    values: reader.array(128, () => reader.i64()),
    changedAt: reader.array(128, () => reader.i64()),
    handedOver: reader.fixedBytes(128),
  };
}

/** An owner's stake, use and voting power. */
export type Staker = {
  readonly version: number;
  readonly bump: number;
  readonly owner: Address;
  readonly stake: bigint;
  /** Out of power, not paid out yet. */
  readonly unstaking: bigint;
  readonly unstakeAt: bigint;
  /** No earlier can stake be withdrawn, by the votes cast. */
  readonly lockedUntil: bigint;
  /** Part of the stake that stands behind open proposals of the owner. */
  readonly committed: bigint;
  /** From the marketplace, as a buyer. */
  readonly feesPaid: bigint;
  /** From the marketplace, as a provider. */
  readonly feesEarnedOn: bigint;
  /** Stake, and use up to as much again. */
  readonly power: bigint;
  /** Ascending; those that an open vote can still ask for, and the last. */
  readonly checkpoints: readonly Checkpoint[];
};

export function writeStaker(writer: BorshWriter, value: Staker): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.owner);
  writer.u64(value.stake);
  writer.u64(value.unstaking);
  writer.i64(value.unstakeAt);
  writer.i64(value.lockedUntil);
  writer.u64(value.committed);
  writer.u64(value.feesPaid);
  writer.u64(value.feesEarnedOn);
  writer.u64(value.power);
  writer.vec(value.checkpoints, (item) => writeCheckpoint(writer, item));
}

export function readStaker(reader: BorshReader): Staker {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    owner: reader.pubkey(),
    stake: reader.u64(),
    unstaking: reader.u64(),
    unstakeAt: reader.i64(),
    lockedUntil: reader.i64(),
    committed: reader.u64(),
    feesPaid: reader.u64(),
    feesEarnedOn: reader.u64(),
    power: reader.u64(),
    checkpoints: reader.vec(() => readCheckpoint(reader)),
  };
}

/** A proposal from its submission on. */
export type Proposal = {
  readonly version: number;
  readonly bump: number;
  /** 0 discussion, 1 signaling, 2 voting, 3 queued, 4 executed, 5 canceled, 6 expired, 7 defeated, 8 quorum not met, 9 vetoed, 10 invalidated. */
  readonly status: number;
  readonly proposalId: bigint;
  readonly proposer: Address;
  readonly committed: bigint;
  readonly createdAt: bigint;
  readonly signalingFrom: bigint;
  readonly signalingSeconds: number;
  /** 0 until signaling begins. */
  readonly votingFrom: bigint;
  /** 0 until the vote opens, as what follows. */
  readonly openedSlot: bigint;
  readonly votingEndsAt: bigint;
  readonly executesFrom: bigint;
  readonly expiresAt: bigint;
  readonly quorumBps: number;
  readonly passThresholdBps: number;
  readonly vetoThresholdBps: number;
  readonly snapshotPower: bigint;
  readonly endedAt: bigint;
  readonly signals: VoteTotals;
  readonly votes: VoteTotals;
  readonly refusal: Refusal;
  readonly textHash: Uint8Array;
  readonly action: Action;
  readonly title: string;
  readonly uri: string;
};

export function writeProposal(writer: BorshWriter, value: Proposal): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.status);
  writer.u64(value.proposalId);
  writer.pubkey(value.proposer);
  writer.u64(value.committed);
  writer.i64(value.createdAt);
  writer.i64(value.signalingFrom);
  writer.u32(value.signalingSeconds);
  writer.i64(value.votingFrom);
  writer.u64(value.openedSlot);
  writer.i64(value.votingEndsAt);
  writer.i64(value.executesFrom);
  writer.i64(value.expiresAt);
  writer.u16(value.quorumBps);
  writer.u16(value.passThresholdBps);
  writer.u16(value.vetoThresholdBps);
  writer.u64(value.snapshotPower);
  writer.i64(value.endedAt);
  writeVoteTotals(writer, value.signals);
  writeVoteTotals(writer, value.votes);
  writeRefusal(writer, value.refusal);
  writer.fixedBytes(value.textHash, 32);
  writeAction(writer, value.action);
  writer.string(value.title);
  writer.string(value.uri);
}

export function readProposal(reader: BorshReader): Proposal {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    status: reader.u8(),
    proposalId: reader.u64(),
    proposer: reader.pubkey(),
    committed: reader.u64(),
    createdAt: reader.i64(),
    signalingFrom: reader.i64(),
    signalingSeconds: reader.u32(),
    votingFrom: reader.i64(),
    openedSlot: reader.u64(),
    votingEndsAt: reader.i64(),
    executesFrom: reader.i64(),
    expiresAt: reader.i64(),
    quorumBps: reader.u16(),
    passThresholdBps: reader.u16(),
    vetoThresholdBps: reader.u16(),
    snapshotPower: reader.u64(),
    endedAt: reader.i64(),
    signals: readVoteTotals(reader),
    votes: readVoteTotals(reader),
    refusal: readRefusal(reader),
    textHash: reader.fixedBytes(32),
    action: readAction(reader),
    title: reader.string(),
    uri: reader.string(),
  };
}

/** What an owner signaled. */
export type SignalRecord = {
  readonly version: number;
  readonly bump: number;
  readonly proposal: Address;
  readonly owner: Address;
  readonly choice: number;
  readonly power: bigint;
  readonly signaledAt: bigint;
};

export function writeSignalRecord(writer: BorshWriter, value: SignalRecord): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.proposal);
  writer.pubkey(value.owner);
  writer.u8(value.choice);
  writer.u64(value.power);
  writer.i64(value.signaledAt);
}

export function readSignalRecord(reader: BorshReader): SignalRecord {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    proposal: reader.pubkey(),
    owner: reader.pubkey(),
    choice: reader.u8(),
    power: reader.u64(),
    signaledAt: reader.i64(),
  };
}

/** What an owner voted. */
export type VoteRecord = {
  readonly version: number;
  readonly bump: number;
  readonly proposal: Address;
  readonly owner: Address;
  readonly choice: number;
  readonly power: bigint;
  readonly votedAt: bigint;
};

export function writeVoteRecord(writer: BorshWriter, value: VoteRecord): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.proposal);
  writer.pubkey(value.owner);
  writer.u8(value.choice);
  writer.u64(value.power);
  writer.i64(value.votedAt);
}

export function readVoteRecord(reader: BorshReader): VoteRecord {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    proposal: reader.pubkey(),
    owner: reader.pubkey(),
    choice: reader.u8(),
    power: reader.u64(),
    votedAt: reader.i64(),
  };
}

/** Governance was set up. */
export type GovernanceInitialized = {
  readonly foundingAdmin: Address;
  readonly inferMint: Address;
  readonly usdcMint: Address;
  readonly stakeVault: Address;
  readonly inferTreasury: Address;
  readonly usdcTreasury: Address;
  readonly marketplaceProgram: Address;
  readonly exchangeProgram: Address;
  readonly stakingProgram: Address;
  readonly marketplace: Address;
  readonly exchange: Address;
  readonly poolOverview: Address;
  readonly governance: Address;
  /** Starting values, by row of the parameter table. */
  readonly values: readonly bigint[];
};

export function writeGovernanceInitialized(writer: BorshWriter, value: GovernanceInitialized): void {
  writer.pubkey(value.foundingAdmin);
  writer.pubkey(value.inferMint);
  writer.pubkey(value.usdcMint);
  writer.pubkey(value.stakeVault);
  writer.pubkey(value.inferTreasury);
  writer.pubkey(value.usdcTreasury);
  writer.pubkey(value.marketplaceProgram);
  writer.pubkey(value.exchangeProgram);
  writer.pubkey(value.stakingProgram);
  writer.pubkey(value.marketplace);
  writer.pubkey(value.exchange);
  writer.pubkey(value.poolOverview);
  writer.pubkey(value.governance);
  writer.vec(value.values, (item) => writer.i64(item));
}

export function readGovernanceInitialized(reader: BorshReader): GovernanceInitialized {
  return {
    foundingAdmin: reader.pubkey(),
    inferMint: reader.pubkey(),
    usdcMint: reader.pubkey(),
    stakeVault: reader.pubkey(),
    inferTreasury: reader.pubkey(),
    usdcTreasury: reader.pubkey(),
    marketplaceProgram: reader.pubkey(),
    exchangeProgram: reader.pubkey(),
    stakingProgram: reader.pubkey(),
    marketplace: reader.pubkey(),
    exchange: reader.pubkey(),
    poolOverview: reader.pubkey(),
    governance: reader.pubkey(),
    values: reader.vec(() => reader.i64()),
  };
}

/** An owner added stake. */
export type Staked = {
  readonly staker: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly stake: bigint;
  readonly power: bigint;
  readonly totalStaked: bigint;
  readonly totalPower: bigint;
  readonly slot: bigint;
};

export function writeStaked(writer: BorshWriter, value: Staked): void {
  writer.pubkey(value.staker);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writer.u64(value.stake);
  writer.u64(value.power);
  writer.u64(value.totalStaked);
  writer.u64(value.totalPower);
  writer.u64(value.slot);
}

export function readStaked(reader: BorshReader): Staked {
  return {
    staker: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    stake: reader.u64(),
    power: reader.u64(),
    totalStaked: reader.u64(),
    totalPower: reader.u64(),
    slot: reader.u64(),
  };
}

/** An owner took stake out of voting power. */
export type UnstakeRequested = {
  readonly staker: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly stake: bigint;
  readonly unstaking: bigint;
  readonly unstakeAt: bigint;
  readonly power: bigint;
  readonly totalStaked: bigint;
  readonly totalUnstaking: bigint;
  readonly totalPower: bigint;
  readonly slot: bigint;
};

export function writeUnstakeRequested(writer: BorshWriter, value: UnstakeRequested): void {
  writer.pubkey(value.staker);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writer.u64(value.stake);
  writer.u64(value.unstaking);
  writer.i64(value.unstakeAt);
  writer.u64(value.power);
  writer.u64(value.totalStaked);
  writer.u64(value.totalUnstaking);
  writer.u64(value.totalPower);
  writer.u64(value.slot);
}

export function readUnstakeRequested(reader: BorshReader): UnstakeRequested {
  return {
    staker: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    stake: reader.u64(),
    unstaking: reader.u64(),
    unstakeAt: reader.i64(),
    power: reader.u64(),
    totalStaked: reader.u64(),
    totalUnstaking: reader.u64(),
    totalPower: reader.u64(),
    slot: reader.u64(),
  };
}

/** An owner was paid what was unstaked. */
export type StakeWithdrawn = {
  readonly staker: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly totalUnstaking: bigint;
};

export function writeStakeWithdrawn(writer: BorshWriter, value: StakeWithdrawn): void {
  writer.pubkey(value.staker);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writer.u64(value.totalUnstaking);
}

export function readStakeWithdrawn(reader: BorshReader): StakeWithdrawn {
  return {
    staker: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    totalUnstaking: reader.u64(),
  };
}

/** An owner's use was brought up to date. */
export type UseSynced = {
  readonly staker: Address;
  readonly owner: Address;
  readonly feesPaid: bigint;
  readonly feesEarnedOn: bigint;
  readonly power: bigint;
  readonly totalPower: bigint;
  readonly slot: bigint;
};

export function writeUseSynced(writer: BorshWriter, value: UseSynced): void {
  writer.pubkey(value.staker);
  writer.pubkey(value.owner);
  writer.u64(value.feesPaid);
  writer.u64(value.feesEarnedOn);
  writer.u64(value.power);
  writer.u64(value.totalPower);
  writer.u64(value.slot);
}

export function readUseSynced(reader: BorshReader): UseSynced {
  return {
    staker: reader.pubkey(),
    owner: reader.pubkey(),
    feesPaid: reader.u64(),
    feesEarnedOn: reader.u64(),
    power: reader.u64(),
    totalPower: reader.u64(),
    slot: reader.u64(),
  };
}

/** A proposal was submitted. */
export type ProposalCreated = {
  readonly proposal: Address;
  readonly proposalId: bigint;
  readonly proposer: Address;
  readonly committed: bigint;
  readonly action: Action;
  readonly title: string;
  readonly uri: string;
  readonly textHash: Uint8Array;
  readonly createdAt: bigint;
  readonly signalingFrom: bigint;
  readonly signalingSeconds: number;
};

export function writeProposalCreated(writer: BorshWriter, value: ProposalCreated): void {
  writer.pubkey(value.proposal);
  writer.u64(value.proposalId);
  writer.pubkey(value.proposer);
  writer.u64(value.committed);
  writeAction(writer, value.action);
  writer.string(value.title);
  writer.string(value.uri);
  writer.fixedBytes(value.textHash, 32);
  writer.i64(value.createdAt);
  writer.i64(value.signalingFrom);
  writer.u32(value.signalingSeconds);
}

export function readProposalCreated(reader: BorshReader): ProposalCreated {
  return {
    proposal: reader.pubkey(),
    proposalId: reader.u64(),
    proposer: reader.pubkey(),
    committed: reader.u64(),
    action: readAction(reader),
    title: reader.string(),
    uri: reader.string(),
    textHash: reader.fixedBytes(32),
    createdAt: reader.i64(),
    signalingFrom: reader.i64(),
    signalingSeconds: reader.u32(),
  };
}

/** The proposer withdrew a proposal. */
export type ProposalCanceled = {
  readonly proposal: Address;
  readonly proposer: Address;
  readonly endedAt: bigint;
};

export function writeProposalCanceled(writer: BorshWriter, value: ProposalCanceled): void {
  writer.pubkey(value.proposal);
  writer.pubkey(value.proposer);
  writer.i64(value.endedAt);
}

export function readProposalCanceled(reader: BorshReader): ProposalCanceled {
  return {
    proposal: reader.pubkey(),
    proposer: reader.pubkey(),
    endedAt: reader.i64(),
  };
}

/** The discussion of a proposal is over. */
export type SignalingBegun = {
  readonly proposal: Address;
  readonly votingFrom: bigint;
};

export function writeSignalingBegun(writer: BorshWriter, value: SignalingBegun): void {
  writer.pubkey(value.proposal);
  writer.i64(value.votingFrom);
}

export function readSignalingBegun(reader: BorshReader): SignalingBegun {
  return {
    proposal: reader.pubkey(),
    votingFrom: reader.i64(),
  };
}

/** An owner signaled. */
export type SignalGiven = {
  readonly proposal: Address;
  readonly owner: Address;
  readonly choice: number;
  readonly power: bigint;
  readonly signaledAt: bigint;
  readonly signals: VoteTotals;
};

export function writeSignalGiven(writer: BorshWriter, value: SignalGiven): void {
  writer.pubkey(value.proposal);
  writer.pubkey(value.owner);
  writer.u8(value.choice);
  writer.u64(value.power);
  writer.i64(value.signaledAt);
  writeVoteTotals(writer, value.signals);
}

export function readSignalGiven(reader: BorshReader): SignalGiven {
  return {
    proposal: reader.pubkey(),
    owner: reader.pubkey(),
    choice: reader.u8(),
    power: reader.u64(),
    signaledAt: reader.i64(),
    signals: readVoteTotals(reader),
  };
}

/** The vote on a proposal opened. */
export type VotingOpened = {
  readonly proposal: Address;
  readonly openedSlot: bigint;
  readonly votingEndsAt: bigint;
  readonly executesFrom: bigint;
  readonly expiresAt: bigint;
  readonly quorumBps: number;
  readonly passThresholdBps: number;
  readonly vetoThresholdBps: number;
  readonly snapshotPower: bigint;
};

export function writeVotingOpened(writer: BorshWriter, value: VotingOpened): void {
  writer.pubkey(value.proposal);
  writer.u64(value.openedSlot);
  writer.i64(value.votingEndsAt);
  writer.i64(value.executesFrom);
  writer.i64(value.expiresAt);
  writer.u16(value.quorumBps);
  writer.u16(value.passThresholdBps);
  writer.u16(value.vetoThresholdBps);
  writer.u64(value.snapshotPower);
}

export function readVotingOpened(reader: BorshReader): VotingOpened {
  return {
    proposal: reader.pubkey(),
    openedSlot: reader.u64(),
    votingEndsAt: reader.i64(),
    executesFrom: reader.i64(),
    expiresAt: reader.i64(),
    quorumBps: reader.u16(),
    passThresholdBps: reader.u16(),
    vetoThresholdBps: reader.u16(),
    snapshotPower: reader.u64(),
  };
}

/** An owner voted. */
export type VoteCast = {
  readonly proposal: Address;
  readonly owner: Address;
  readonly choice: number;
  readonly power: bigint;
  readonly votedAt: bigint;
  readonly votes: VoteTotals;
  readonly lockedUntil: bigint;
  readonly unstakeAt: bigint;
};

export function writeVoteCast(writer: BorshWriter, value: VoteCast): void {
  writer.pubkey(value.proposal);
  writer.pubkey(value.owner);
  writer.u8(value.choice);
  writer.u64(value.power);
  writer.i64(value.votedAt);
  writeVoteTotals(writer, value.votes);
  writer.i64(value.lockedUntil);
  writer.i64(value.unstakeAt);
}

export function readVoteCast(reader: BorshReader): VoteCast {
  return {
    proposal: reader.pubkey(),
    owner: reader.pubkey(),
    choice: reader.u8(),
    power: reader.u64(),
    votedAt: reader.i64(),
    votes: readVoteTotals(reader),
    lockedUntil: reader.i64(),
    unstakeAt: reader.i64(),
  };
}

/** A vote was counted. */
export type VoteFinalized = {
  readonly proposal: Address;
  /** 3 queued, 7 defeated, 8 quorum not met, 9 vetoed. */
  readonly status: number;
  readonly votes: VoteTotals;
  readonly snapshotPower: bigint;
  readonly finalizedAt: bigint;
};

export function writeVoteFinalized(writer: BorshWriter, value: VoteFinalized): void {
  writer.pubkey(value.proposal);
  writer.u8(value.status);
  writeVoteTotals(writer, value.votes);
  writer.u64(value.snapshotPower);
  writer.i64(value.finalizedAt);
}

export function readVoteFinalized(reader: BorshReader): VoteFinalized {
  return {
    proposal: reader.pubkey(),
    status: reader.u8(),
    votes: readVoteTotals(reader),
    snapshotPower: reader.u64(),
    finalizedAt: reader.i64(),
  };
}

/** A proposal was carried out. */
export type ProposalExecuted = {
  readonly proposal: Address;
  readonly kind: number;
  readonly endedAt: bigint;
};

export function writeProposalExecuted(writer: BorshWriter, value: ProposalExecuted): void {
  writer.pubkey(value.proposal);
  writer.u8(value.kind);
  writer.i64(value.endedAt);
}

export function readProposalExecuted(reader: BorshReader): ProposalExecuted {
  return {
    proposal: reader.pubkey(),
    kind: reader.u8(),
    endedAt: reader.i64(),
  };
}

/** A proposal was no longer allowed when it was to be carried out, and changed nothing. */
export type ProposalInvalidated = {
  readonly proposal: Address;
  readonly refusal: Refusal;
  readonly endedAt: bigint;
};

export function writeProposalInvalidated(writer: BorshWriter, value: ProposalInvalidated): void {
  writer.pubkey(value.proposal);
  writeRefusal(writer, value.refusal);
  writer.i64(value.endedAt);
}

export function readProposalInvalidated(reader: BorshReader): ProposalInvalidated {
  return {
    proposal: reader.pubkey(),
    refusal: readRefusal(reader),
    endedAt: reader.i64(),
  };
}

/** Nobody carried a proposal out in time. */
export type ProposalExpired = {
  readonly proposal: Address;
  readonly endedAt: bigint;
};

export function writeProposalExpired(writer: BorshWriter, value: ProposalExpired): void {
  writer.pubkey(value.proposal);
  writer.i64(value.endedAt);
}

export function readProposalExpired(reader: BorshReader): ProposalExpired {
  return {
    proposal: reader.pubkey(),
    endedAt: reader.i64(),
  };
}

/** Parameters were set. */
export type ParametersChanged = {
  /** Absent when the founding admin did. */
  readonly proposal: Address | null;
  readonly changes: readonly ChangedParameter[];
  readonly changedAt: bigint;
};

export function writeParametersChanged(writer: BorshWriter, value: ParametersChanged): void {
  writer.option(value.proposal, (item) => writer.pubkey(item));
  writer.vec(value.changes, (item) => writeChangedParameter(writer, item));
  writer.i64(value.changedAt);
}

export function readParametersChanged(reader: BorshReader): ParametersChanged {
  return {
    proposal: reader.option(() => reader.pubkey()),
    changes: reader.vec(() => readChangedParameter(reader)),
    changedAt: reader.i64(),
  };
}

/** Parameters went to governance for ever. */
export type ParametersHandedOver = {
  readonly ids: readonly number[];
  readonly handedOverAt: bigint;
};

export function writeParametersHandedOver(writer: BorshWriter, value: ParametersHandedOver): void {
  writer.vec(value.ids, (item) => writer.u16(item));
  writer.i64(value.handedOverAt);
}

export function readParametersHandedOver(reader: BorshReader): ParametersHandedOver {
  return {
    ids: reader.vec(() => reader.u16()),
    handedOverAt: reader.i64(),
  };
}

/** The role of founding admin went to another key. */
export type FoundingAdminReplaced = {
  readonly formerAdmin: Address;
  readonly foundingAdmin: Address;
  readonly replacedAt: bigint;
};

export function writeFoundingAdminReplaced(writer: BorshWriter, value: FoundingAdminReplaced): void {
  writer.pubkey(value.formerAdmin);
  writer.pubkey(value.foundingAdmin);
  writer.i64(value.replacedAt);
}

export function readFoundingAdminReplaced(reader: BorshReader): FoundingAdminReplaced {
  return {
    formerAdmin: reader.pubkey(),
    foundingAdmin: reader.pubkey(),
    replacedAt: reader.i64(),
  };
}

/** A program was sent the values it acts by. */
export type ParametersPushed = {
  readonly program: number;
  readonly target: Address;
  readonly ids: readonly number[];
};

export function writeParametersPushed(writer: BorshWriter, value: ParametersPushed): void {
  writer.u8(value.program);
  writer.pubkey(value.target);
  writer.vec(value.ids, (item) => writer.u16(item));
}

export function readParametersPushed(reader: BorshReader): ParametersPushed {
  return {
    program: reader.u8(),
    target: reader.pubkey(),
    ids: reader.vec(() => reader.u16()),
  };
}

/** The treasury paid. */
export type TreasurySpent = {
  readonly proposal: Address;
  readonly category: number;
  readonly mint: Address;
  readonly amount: bigint;
  readonly treasury: Address;
  readonly recipient: Address;
  /** What the treasury holds afterwards. */
  readonly balance: bigint;
};

export function writeTreasurySpent(writer: BorshWriter, value: TreasurySpent): void {
  writer.pubkey(value.proposal);
  writer.u8(value.category);
  writer.pubkey(value.mint);
  writer.u64(value.amount);
  writer.pubkey(value.treasury);
  writer.pubkey(value.recipient);
  writer.u64(value.balance);
}

export function readTreasurySpent(reader: BorshReader): TreasurySpent {
  return {
    proposal: reader.pubkey(),
    category: reader.u8(),
    mint: reader.pubkey(),
    amount: reader.u64(),
    treasury: reader.pubkey(),
    recipient: reader.pubkey(),
    balance: reader.u64(),
  };
}

/** The authority of governance became the admin of the staking program. */
export type StakingAdminAccepted = {
  readonly poolOverview: Address;
  readonly formerAdmin: Address;
};

export function writeStakingAdminAccepted(writer: BorshWriter, value: StakingAdminAccepted): void {
  writer.pubkey(value.poolOverview);
  writer.pubkey(value.formerAdmin);
}

export function readStakingAdminAccepted(reader: BorshReader): StakingAdminAccepted {
  return {
    poolOverview: reader.pubkey(),
    formerAdmin: reader.pubkey(),
  };
}

/** The founding admin operated the staking program. */
export type StakingOperated = {
  readonly poolOverview: Address;
  readonly isStakingHalted: boolean | null;
  readonly isWithdrawalHalted: boolean | null;
  readonly isAccrueRewardHalted: boolean | null;
  readonly allowPoolCreation: boolean | null;
  readonly newRewardDistributionAuthorities: readonly Address[] | null;
  readonly newHaltAuthorities: readonly Address[] | null;
  readonly newSlashingAuthorities: readonly Address[] | null;
};

export function writeStakingOperated(writer: BorshWriter, value: StakingOperated): void {
  writer.pubkey(value.poolOverview);
  writer.option(value.isStakingHalted, (item) => writer.bool(item));
  writer.option(value.isWithdrawalHalted, (item) => writer.bool(item));
  writer.option(value.isAccrueRewardHalted, (item) => writer.bool(item));
  writer.option(value.allowPoolCreation, (item) => writer.bool(item));
  writer.option(value.newRewardDistributionAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
  writer.option(value.newHaltAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
  writer.option(value.newSlashingAuthorities, (item) => writer.vec(item, (item) => writer.pubkey(item)));
}

export function readStakingOperated(reader: BorshReader): StakingOperated {
  return {
    poolOverview: reader.pubkey(),
    isStakingHalted: reader.option(() => reader.bool()),
    isWithdrawalHalted: reader.option(() => reader.bool()),
    isAccrueRewardHalted: reader.option(() => reader.bool()),
    allowPoolCreation: reader.option(() => reader.bool()),
    newRewardDistributionAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
    newHaltAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
    newSlashingAuthorities: reader.option(() => reader.vec(() => reader.pubkey())),
  };
}

export const GOVERNANCE_ACCOUNT_DISCRIMINATOR = Uint8Array.of(18, 143, 88, 13, 73, 217, 47, 49);

export function encodeGovernance(value: Governance): Uint8Array {
  return encodeWith(GOVERNANCE_ACCOUNT_DISCRIMINATOR, (writer) => writeGovernance(writer, value));
}

export function decodeGovernance(data: Uint8Array): Governance {
  return decodeWith(data, GOVERNANCE_ACCOUNT_DISCRIMINATOR, 'Governance', readGovernance);
}

export const PARAMETERS_ACCOUNT_DISCRIMINATOR = Uint8Array.of(233, 2, 25, 109, 70, 228, 206, 228);

export function encodeParameters(value: Parameters): Uint8Array {
  return encodeWith(PARAMETERS_ACCOUNT_DISCRIMINATOR, (writer) => writeParameters(writer, value));
}

export function decodeParameters(data: Uint8Array): Parameters {
  return decodeWith(data, PARAMETERS_ACCOUNT_DISCRIMINATOR, 'Parameters', readParameters);
}

export const STAKER_ACCOUNT_DISCRIMINATOR = Uint8Array.of(171, 229, 193, 85, 67, 177, 151, 4);

export function encodeStaker(value: Staker): Uint8Array {
  return encodeWith(STAKER_ACCOUNT_DISCRIMINATOR, (writer) => writeStaker(writer, value));
}

export function decodeStaker(data: Uint8Array): Staker {
  return decodeWith(data, STAKER_ACCOUNT_DISCRIMINATOR, 'Staker', readStaker);
}

export const PROPOSAL_ACCOUNT_DISCRIMINATOR = Uint8Array.of(26, 94, 189, 187, 116, 136, 53, 33);

export function encodeProposal(value: Proposal): Uint8Array {
  return encodeWith(PROPOSAL_ACCOUNT_DISCRIMINATOR, (writer) => writeProposal(writer, value));
}

export function decodeProposal(data: Uint8Array): Proposal {
  return decodeWith(data, PROPOSAL_ACCOUNT_DISCRIMINATOR, 'Proposal', readProposal);
}

export const SIGNAL_RECORD_ACCOUNT_DISCRIMINATOR = Uint8Array.of(32, 240, 214, 122, 207, 184, 220, 121);

export function encodeSignalRecord(value: SignalRecord): Uint8Array {
  return encodeWith(SIGNAL_RECORD_ACCOUNT_DISCRIMINATOR, (writer) => writeSignalRecord(writer, value));
}

export function decodeSignalRecord(data: Uint8Array): SignalRecord {
  return decodeWith(data, SIGNAL_RECORD_ACCOUNT_DISCRIMINATOR, 'SignalRecord', readSignalRecord);
}

export const VOTE_RECORD_ACCOUNT_DISCRIMINATOR = Uint8Array.of(112, 9, 123, 165, 234, 9, 157, 167);

export function encodeVoteRecord(value: VoteRecord): Uint8Array {
  return encodeWith(VOTE_RECORD_ACCOUNT_DISCRIMINATOR, (writer) => writeVoteRecord(writer, value));
}

export function decodeVoteRecord(data: Uint8Array): VoteRecord {
  return decodeWith(data, VOTE_RECORD_ACCOUNT_DISCRIMINATOR, 'VoteRecord', readVoteRecord);
}

export const GOVERNANCE_INITIALIZED_EVENT_DISCRIMINATOR = Uint8Array.of(41, 187, 103, 26, 42, 44, 30, 15);

export function encodeGovernanceInitialized(value: GovernanceInitialized): Uint8Array {
  return encodeWith(GOVERNANCE_INITIALIZED_EVENT_DISCRIMINATOR, (writer) => writeGovernanceInitialized(writer, value));
}

export function decodeGovernanceInitialized(data: Uint8Array): GovernanceInitialized {
  return decodeWith(data, GOVERNANCE_INITIALIZED_EVENT_DISCRIMINATOR, 'GovernanceInitialized', readGovernanceInitialized);
}

export const STAKED_EVENT_DISCRIMINATOR = Uint8Array.of(11, 146, 45, 205, 230, 58, 213, 240);

export function encodeStaked(value: Staked): Uint8Array {
  return encodeWith(STAKED_EVENT_DISCRIMINATOR, (writer) => writeStaked(writer, value));
}

export function decodeStaked(data: Uint8Array): Staked {
  return decodeWith(data, STAKED_EVENT_DISCRIMINATOR, 'Staked', readStaked);
}

export const UNSTAKE_REQUESTED_EVENT_DISCRIMINATOR = Uint8Array.of(21, 253, 177, 85, 129, 206, 42, 152);

export function encodeUnstakeRequested(value: UnstakeRequested): Uint8Array {
  return encodeWith(UNSTAKE_REQUESTED_EVENT_DISCRIMINATOR, (writer) => writeUnstakeRequested(writer, value));
}

export function decodeUnstakeRequested(data: Uint8Array): UnstakeRequested {
  return decodeWith(data, UNSTAKE_REQUESTED_EVENT_DISCRIMINATOR, 'UnstakeRequested', readUnstakeRequested);
}

export const STAKE_WITHDRAWN_EVENT_DISCRIMINATOR = Uint8Array.of(33, 120, 159, 58, 140, 255, 174, 79);

export function encodeStakeWithdrawn(value: StakeWithdrawn): Uint8Array {
  return encodeWith(STAKE_WITHDRAWN_EVENT_DISCRIMINATOR, (writer) => writeStakeWithdrawn(writer, value));
}

export function decodeStakeWithdrawn(data: Uint8Array): StakeWithdrawn {
  return decodeWith(data, STAKE_WITHDRAWN_EVENT_DISCRIMINATOR, 'StakeWithdrawn', readStakeWithdrawn);
}

export const USE_SYNCED_EVENT_DISCRIMINATOR = Uint8Array.of(171, 175, 225, 60, 174, 230, 212, 189);

export function encodeUseSynced(value: UseSynced): Uint8Array {
  return encodeWith(USE_SYNCED_EVENT_DISCRIMINATOR, (writer) => writeUseSynced(writer, value));
}

export function decodeUseSynced(data: Uint8Array): UseSynced {
  return decodeWith(data, USE_SYNCED_EVENT_DISCRIMINATOR, 'UseSynced', readUseSynced);
}

export const PROPOSAL_CREATED_EVENT_DISCRIMINATOR = Uint8Array.of(186, 8, 160, 108, 81, 13, 51, 206);

export function encodeProposalCreated(value: ProposalCreated): Uint8Array {
  return encodeWith(PROPOSAL_CREATED_EVENT_DISCRIMINATOR, (writer) => writeProposalCreated(writer, value));
}

export function decodeProposalCreated(data: Uint8Array): ProposalCreated {
  return decodeWith(data, PROPOSAL_CREATED_EVENT_DISCRIMINATOR, 'ProposalCreated', readProposalCreated);
}

export const PROPOSAL_CANCELED_EVENT_DISCRIMINATOR = Uint8Array.of(152, 168, 133, 240, 166, 147, 22, 229);

export function encodeProposalCanceled(value: ProposalCanceled): Uint8Array {
  return encodeWith(PROPOSAL_CANCELED_EVENT_DISCRIMINATOR, (writer) => writeProposalCanceled(writer, value));
}

export function decodeProposalCanceled(data: Uint8Array): ProposalCanceled {
  return decodeWith(data, PROPOSAL_CANCELED_EVENT_DISCRIMINATOR, 'ProposalCanceled', readProposalCanceled);
}

export const SIGNALING_BEGUN_EVENT_DISCRIMINATOR = Uint8Array.of(44, 93, 69, 233, 20, 180, 59, 129);

export function encodeSignalingBegun(value: SignalingBegun): Uint8Array {
  return encodeWith(SIGNALING_BEGUN_EVENT_DISCRIMINATOR, (writer) => writeSignalingBegun(writer, value));
}

export function decodeSignalingBegun(data: Uint8Array): SignalingBegun {
  return decodeWith(data, SIGNALING_BEGUN_EVENT_DISCRIMINATOR, 'SignalingBegun', readSignalingBegun);
}

export const SIGNAL_GIVEN_EVENT_DISCRIMINATOR = Uint8Array.of(215, 202, 204, 57, 162, 86, 238, 162);

export function encodeSignalGiven(value: SignalGiven): Uint8Array {
  return encodeWith(SIGNAL_GIVEN_EVENT_DISCRIMINATOR, (writer) => writeSignalGiven(writer, value));
}

export function decodeSignalGiven(data: Uint8Array): SignalGiven {
  return decodeWith(data, SIGNAL_GIVEN_EVENT_DISCRIMINATOR, 'SignalGiven', readSignalGiven);
}

export const VOTING_OPENED_EVENT_DISCRIMINATOR = Uint8Array.of(216, 88, 4, 153, 2, 13, 221, 22);

export function encodeVotingOpened(value: VotingOpened): Uint8Array {
  return encodeWith(VOTING_OPENED_EVENT_DISCRIMINATOR, (writer) => writeVotingOpened(writer, value));
}

export function decodeVotingOpened(data: Uint8Array): VotingOpened {
  return decodeWith(data, VOTING_OPENED_EVENT_DISCRIMINATOR, 'VotingOpened', readVotingOpened);
}

export const VOTE_CAST_EVENT_DISCRIMINATOR = Uint8Array.of(39, 53, 195, 104, 188, 17, 225, 213);

export function encodeVoteCast(value: VoteCast): Uint8Array {
  return encodeWith(VOTE_CAST_EVENT_DISCRIMINATOR, (writer) => writeVoteCast(writer, value));
}

export function decodeVoteCast(data: Uint8Array): VoteCast {
  return decodeWith(data, VOTE_CAST_EVENT_DISCRIMINATOR, 'VoteCast', readVoteCast);
}

export const VOTE_FINALIZED_EVENT_DISCRIMINATOR = Uint8Array.of(183, 215, 21, 9, 39, 161, 211, 42);

export function encodeVoteFinalized(value: VoteFinalized): Uint8Array {
  return encodeWith(VOTE_FINALIZED_EVENT_DISCRIMINATOR, (writer) => writeVoteFinalized(writer, value));
}

export function decodeVoteFinalized(data: Uint8Array): VoteFinalized {
  return decodeWith(data, VOTE_FINALIZED_EVENT_DISCRIMINATOR, 'VoteFinalized', readVoteFinalized);
}

export const PROPOSAL_EXECUTED_EVENT_DISCRIMINATOR = Uint8Array.of(92, 213, 189, 201, 101, 83, 111, 83);

export function encodeProposalExecuted(value: ProposalExecuted): Uint8Array {
  return encodeWith(PROPOSAL_EXECUTED_EVENT_DISCRIMINATOR, (writer) => writeProposalExecuted(writer, value));
}

export function decodeProposalExecuted(data: Uint8Array): ProposalExecuted {
  return decodeWith(data, PROPOSAL_EXECUTED_EVENT_DISCRIMINATOR, 'ProposalExecuted', readProposalExecuted);
}

export const PROPOSAL_INVALIDATED_EVENT_DISCRIMINATOR = Uint8Array.of(6, 45, 98, 108, 209, 32, 124, 236);

export function encodeProposalInvalidated(value: ProposalInvalidated): Uint8Array {
  return encodeWith(PROPOSAL_INVALIDATED_EVENT_DISCRIMINATOR, (writer) => writeProposalInvalidated(writer, value));
}

export function decodeProposalInvalidated(data: Uint8Array): ProposalInvalidated {
  return decodeWith(data, PROPOSAL_INVALIDATED_EVENT_DISCRIMINATOR, 'ProposalInvalidated', readProposalInvalidated);
}

export const PROPOSAL_EXPIRED_EVENT_DISCRIMINATOR = Uint8Array.of(48, 8, 10, 52, 213, 133, 166, 223);

export function encodeProposalExpired(value: ProposalExpired): Uint8Array {
  return encodeWith(PROPOSAL_EXPIRED_EVENT_DISCRIMINATOR, (writer) => writeProposalExpired(writer, value));
}

export function decodeProposalExpired(data: Uint8Array): ProposalExpired {
  return decodeWith(data, PROPOSAL_EXPIRED_EVENT_DISCRIMINATOR, 'ProposalExpired', readProposalExpired);
}

export const PARAMETERS_CHANGED_EVENT_DISCRIMINATOR = Uint8Array.of(199, 80, 214, 98, 15, 70, 180, 118);

export function encodeParametersChanged(value: ParametersChanged): Uint8Array {
  return encodeWith(PARAMETERS_CHANGED_EVENT_DISCRIMINATOR, (writer) => writeParametersChanged(writer, value));
}

export function decodeParametersChanged(data: Uint8Array): ParametersChanged {
  return decodeWith(data, PARAMETERS_CHANGED_EVENT_DISCRIMINATOR, 'ParametersChanged', readParametersChanged);
}

export const PARAMETERS_HANDED_OVER_EVENT_DISCRIMINATOR = Uint8Array.of(225, 113, 196, 208, 207, 69, 238, 170);

export function encodeParametersHandedOver(value: ParametersHandedOver): Uint8Array {
  return encodeWith(PARAMETERS_HANDED_OVER_EVENT_DISCRIMINATOR, (writer) => writeParametersHandedOver(writer, value));
}

export function decodeParametersHandedOver(data: Uint8Array): ParametersHandedOver {
  return decodeWith(data, PARAMETERS_HANDED_OVER_EVENT_DISCRIMINATOR, 'ParametersHandedOver', readParametersHandedOver);
}

export const FOUNDING_ADMIN_REPLACED_EVENT_DISCRIMINATOR = Uint8Array.of(38, 199, 219, 8, 57, 111, 35, 193);

export function encodeFoundingAdminReplaced(value: FoundingAdminReplaced): Uint8Array {
  return encodeWith(FOUNDING_ADMIN_REPLACED_EVENT_DISCRIMINATOR, (writer) => writeFoundingAdminReplaced(writer, value));
}

export function decodeFoundingAdminReplaced(data: Uint8Array): FoundingAdminReplaced {
  return decodeWith(data, FOUNDING_ADMIN_REPLACED_EVENT_DISCRIMINATOR, 'FoundingAdminReplaced', readFoundingAdminReplaced);
}

export const PARAMETERS_PUSHED_EVENT_DISCRIMINATOR = Uint8Array.of(3, 98, 99, 82, 234, 6, 168, 105);

export function encodeParametersPushed(value: ParametersPushed): Uint8Array {
  return encodeWith(PARAMETERS_PUSHED_EVENT_DISCRIMINATOR, (writer) => writeParametersPushed(writer, value));
}

export function decodeParametersPushed(data: Uint8Array): ParametersPushed {
  return decodeWith(data, PARAMETERS_PUSHED_EVENT_DISCRIMINATOR, 'ParametersPushed', readParametersPushed);
}

export const TREASURY_SPENT_EVENT_DISCRIMINATOR = Uint8Array.of(70, 150, 242, 53, 19, 121, 15, 88);

export function encodeTreasurySpent(value: TreasurySpent): Uint8Array {
  return encodeWith(TREASURY_SPENT_EVENT_DISCRIMINATOR, (writer) => writeTreasurySpent(writer, value));
}

export function decodeTreasurySpent(data: Uint8Array): TreasurySpent {
  return decodeWith(data, TREASURY_SPENT_EVENT_DISCRIMINATOR, 'TreasurySpent', readTreasurySpent);
}

export const STAKING_ADMIN_ACCEPTED_EVENT_DISCRIMINATOR = Uint8Array.of(24, 43, 203, 159, 186, 44, 120, 102);

export function encodeStakingAdminAccepted(value: StakingAdminAccepted): Uint8Array {
  return encodeWith(STAKING_ADMIN_ACCEPTED_EVENT_DISCRIMINATOR, (writer) => writeStakingAdminAccepted(writer, value));
}

export function decodeStakingAdminAccepted(data: Uint8Array): StakingAdminAccepted {
  return decodeWith(data, STAKING_ADMIN_ACCEPTED_EVENT_DISCRIMINATOR, 'StakingAdminAccepted', readStakingAdminAccepted);
}

export const STAKING_OPERATED_EVENT_DISCRIMINATOR = Uint8Array.of(44, 140, 64, 153, 84, 44, 147, 141);

export function encodeStakingOperated(value: StakingOperated): Uint8Array {
  return encodeWith(STAKING_OPERATED_EVENT_DISCRIMINATOR, (writer) => writeStakingOperated(writer, value));
}

export function decodeStakingOperated(data: Uint8Array): StakingOperated {
  return decodeWith(data, STAKING_OPERATED_EVENT_DISCRIMINATOR, 'StakingOperated', readStakingOperated);
}

export type ProgramEvent =
  | { readonly name: 'GovernanceInitialized'; readonly data: GovernanceInitialized }
  | { readonly name: 'Staked'; readonly data: Staked }
  | { readonly name: 'UnstakeRequested'; readonly data: UnstakeRequested }
  | { readonly name: 'StakeWithdrawn'; readonly data: StakeWithdrawn }
  | { readonly name: 'UseSynced'; readonly data: UseSynced }
  | { readonly name: 'ProposalCreated'; readonly data: ProposalCreated }
  | { readonly name: 'ProposalCanceled'; readonly data: ProposalCanceled }
  | { readonly name: 'SignalingBegun'; readonly data: SignalingBegun }
  | { readonly name: 'SignalGiven'; readonly data: SignalGiven }
  | { readonly name: 'VotingOpened'; readonly data: VotingOpened }
  | { readonly name: 'VoteCast'; readonly data: VoteCast }
  | { readonly name: 'VoteFinalized'; readonly data: VoteFinalized }
  | { readonly name: 'ProposalExecuted'; readonly data: ProposalExecuted }
  | { readonly name: 'ProposalInvalidated'; readonly data: ProposalInvalidated }
  | { readonly name: 'ProposalExpired'; readonly data: ProposalExpired }
  | { readonly name: 'ParametersChanged'; readonly data: ParametersChanged }
  | { readonly name: 'ParametersHandedOver'; readonly data: ParametersHandedOver }
  | { readonly name: 'FoundingAdminReplaced'; readonly data: FoundingAdminReplaced }
  | { readonly name: 'ParametersPushed'; readonly data: ParametersPushed }
  | { readonly name: 'TreasurySpent'; readonly data: TreasurySpent }
  | { readonly name: 'StakingAdminAccepted'; readonly data: StakingAdminAccepted }
  | { readonly name: 'StakingOperated'; readonly data: StakingOperated };

/** The event in the bytes of a `Program data:` log, null for bytes of another kind. */
export function decodeEvent(data: Uint8Array): ProgramEvent | null {
  if (startsWith(data, GOVERNANCE_INITIALIZED_EVENT_DISCRIMINATOR)) return { name: 'GovernanceInitialized', data: decodeGovernanceInitialized(data) };
  if (startsWith(data, STAKED_EVENT_DISCRIMINATOR)) return { name: 'Staked', data: decodeStaked(data) };
  if (startsWith(data, UNSTAKE_REQUESTED_EVENT_DISCRIMINATOR)) return { name: 'UnstakeRequested', data: decodeUnstakeRequested(data) };
  if (startsWith(data, STAKE_WITHDRAWN_EVENT_DISCRIMINATOR)) return { name: 'StakeWithdrawn', data: decodeStakeWithdrawn(data) };
  if (startsWith(data, USE_SYNCED_EVENT_DISCRIMINATOR)) return { name: 'UseSynced', data: decodeUseSynced(data) };
  if (startsWith(data, PROPOSAL_CREATED_EVENT_DISCRIMINATOR)) return { name: 'ProposalCreated', data: decodeProposalCreated(data) };
  if (startsWith(data, PROPOSAL_CANCELED_EVENT_DISCRIMINATOR)) return { name: 'ProposalCanceled', data: decodeProposalCanceled(data) };
  if (startsWith(data, SIGNALING_BEGUN_EVENT_DISCRIMINATOR)) return { name: 'SignalingBegun', data: decodeSignalingBegun(data) };
  if (startsWith(data, SIGNAL_GIVEN_EVENT_DISCRIMINATOR)) return { name: 'SignalGiven', data: decodeSignalGiven(data) };
  if (startsWith(data, VOTING_OPENED_EVENT_DISCRIMINATOR)) return { name: 'VotingOpened', data: decodeVotingOpened(data) };
  if (startsWith(data, VOTE_CAST_EVENT_DISCRIMINATOR)) return { name: 'VoteCast', data: decodeVoteCast(data) };
  if (startsWith(data, VOTE_FINALIZED_EVENT_DISCRIMINATOR)) return { name: 'VoteFinalized', data: decodeVoteFinalized(data) };
  if (startsWith(data, PROPOSAL_EXECUTED_EVENT_DISCRIMINATOR)) return { name: 'ProposalExecuted', data: decodeProposalExecuted(data) };
  if (startsWith(data, PROPOSAL_INVALIDATED_EVENT_DISCRIMINATOR)) return { name: 'ProposalInvalidated', data: decodeProposalInvalidated(data) };
  if (startsWith(data, PROPOSAL_EXPIRED_EVENT_DISCRIMINATOR)) return { name: 'ProposalExpired', data: decodeProposalExpired(data) };
  if (startsWith(data, PARAMETERS_CHANGED_EVENT_DISCRIMINATOR)) return { name: 'ParametersChanged', data: decodeParametersChanged(data) };
  if (startsWith(data, PARAMETERS_HANDED_OVER_EVENT_DISCRIMINATOR)) return { name: 'ParametersHandedOver', data: decodeParametersHandedOver(data) };
  if (startsWith(data, FOUNDING_ADMIN_REPLACED_EVENT_DISCRIMINATOR)) return { name: 'FoundingAdminReplaced', data: decodeFoundingAdminReplaced(data) };
  if (startsWith(data, PARAMETERS_PUSHED_EVENT_DISCRIMINATOR)) return { name: 'ParametersPushed', data: decodeParametersPushed(data) };
  if (startsWith(data, TREASURY_SPENT_EVENT_DISCRIMINATOR)) return { name: 'TreasurySpent', data: decodeTreasurySpent(data) };
  if (startsWith(data, STAKING_ADMIN_ACCEPTED_EVENT_DISCRIMINATOR)) return { name: 'StakingAdminAccepted', data: decodeStakingAdminAccepted(data) };
  if (startsWith(data, STAKING_OPERATED_EVENT_DISCRIMINATOR)) return { name: 'StakingOperated', data: decodeStakingOperated(data) };
  return null;
}

export const INITIALIZE_GOVERNANCE_DISCRIMINATOR = Uint8Array.of(171, 87, 101, 237, 27, 107, 201, 57);

export type InitializeGovernanceAccounts = {
  readonly payer: Address;
  /** Sets parameters until each is handed over. */
  readonly foundingAdmin: Address;
  readonly governance: Address;
  readonly parameters: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  readonly stakeVault: Address;
  readonly inferTreasury: Address;
  readonly usdcTreasury: Address;
  /** Mint of INFER, 9 decimals. */
  readonly inferMint: Address;
  /** Mint of USDC, 6 decimals. */
  readonly usdcMint: Address;
  readonly marketplaceProgram: Address;
  readonly exchangeProgram: Address;
  readonly stakingProgram: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Creates the one governance of this program: parameters, stake vault, treasury vaults, and the programs it governs. */
export function initializeGovernance(
  accounts: InitializeGovernanceAccounts,
  args: InitializeGovernanceArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.foundingAdmin, false, true),
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.parameters, true, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.stakeVault, true, false),
      accountMeta(accounts.inferTreasury, true, false),
      accountMeta(accounts.usdcTreasury, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.usdcMint, false, false),
      accountMeta(accounts.marketplaceProgram, false, false),
      accountMeta(accounts.exchangeProgram, false, false),
      accountMeta(accounts.stakingProgram, false, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(INITIALIZE_GOVERNANCE_DISCRIMINATOR, (writer) => writeInitializeGovernanceArgs(writer, args)),
  };
}

export const STAKE_DISCRIMINATOR = Uint8Array.of(206, 176, 202, 18, 200, 209, 179, 108);

export type StakeAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  readonly governance: Address;
  readonly staker: Address;
  readonly stakeVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Adds INFER to the stake of its owner, who has a Staker account from then on. */
export function stake(
  accounts: StakeAccounts,
  args: StakeArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.stakeVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(STAKE_DISCRIMINATOR, (writer) => writeStakeArgs(writer, args)),
  };
}

export const REQUEST_UNSTAKE_DISCRIMINATOR = Uint8Array.of(44, 154, 110, 253, 160, 202, 54, 34);

export type RequestUnstakeAccounts = {
  readonly owner: Address;
  readonly governance: Address;
  readonly parameters: Address;
  readonly staker: Address;
};

/** Takes stake out of voting power at once; it can be withdrawn after the unbonding period and after every lock of a vote. */
export function requestUnstake(
  accounts: RequestUnstakeAccounts,
  args: RequestUnstakeArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.parameters, false, false),
      accountMeta(accounts.staker, true, false),
    ],
    data: encodeWith(REQUEST_UNSTAKE_DISCRIMINATOR, (writer) => writeRequestUnstakeArgs(writer, args)),
  };
}

export const WITHDRAW_DISCRIMINATOR = Uint8Array.of(183, 18, 70, 156, 148, 109, 161, 34);

export type WithdrawAccounts = {
  readonly owner: Address;
  readonly governance: Address;
  readonly staker: Address;
  readonly stakeVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Pays out what was unstaked and has waited long enough. */
export function withdraw(
  accounts: WithdrawAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.stakeVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(WITHDRAW_DISCRIMINATOR),
  };
}

export const SYNC_USE_DISCRIMINATOR = Uint8Array.of(184, 101, 141, 4, 206, 209, 39, 157);

export type SyncUseAccounts = {
  readonly governance: Address;
  readonly staker: Address;
  /** Buyer account of the owner in the marketplace, which may be absent. */
  readonly buyerRecord: Address;
  /** Provider account of the owner in the marketplace, which may be absent. */
  readonly provider: Address;
};

/** Brings what the owner has paid and earned on in the marketplace into the voting power; anybody may. */
export function syncUse(
  accounts: SyncUseAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.buyerRecord, false, false),
      accountMeta(accounts.provider, false, false),
    ],
    data: encodeWith(SYNC_USE_DISCRIMINATOR),
  };
}

export const CREATE_PROPOSAL_DISCRIMINATOR = Uint8Array.of(132, 116, 68, 174, 216, 160, 198, 22);

export type CreateProposalAccounts = {
  readonly payer: Address;
  readonly proposer: Address;
  readonly governance: Address;
  readonly parameters: Address;
  readonly staker: Address;
  readonly proposal: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Submits a proposal and commits the minimum stake to it until it ends. */
export function createProposal(
  accounts: CreateProposalAccounts,
  args: CreateProposalArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.proposer, false, true),
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.parameters, false, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CREATE_PROPOSAL_DISCRIMINATOR, (writer) => writeCreateProposalArgs(writer, args)),
  };
}

export const CANCEL_PROPOSAL_DISCRIMINATOR = Uint8Array.of(106, 74, 128, 146, 19, 65, 39, 23);

export type CancelProposalAccounts = {
  readonly proposer: Address;
  readonly governance: Address;
  readonly staker: Address;
  readonly proposal: Address;
};

/** Ends a proposal that is not being voted on yet, on the word of its proposer. */
export function cancelProposal(
  accounts: CancelProposalAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.proposer, false, true),
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
    ],
    data: encodeWith(CANCEL_PROPOSAL_DISCRIMINATOR),
  };
}

export const BEGIN_SIGNALING_DISCRIMINATOR = Uint8Array.of(140, 48, 92, 128, 106, 218, 15, 241);

export type BeginSignalingAccounts = {
  readonly proposal: Address;
};

/** Ends the discussion when its time is over; anybody may. */
export function beginSignaling(
  accounts: BeginSignalingAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.proposal, true, false),
    ],
    data: encodeWith(BEGIN_SIGNALING_DISCRIMINATOR),
  };
}

export const SIGNAL_DISCRIMINATOR = Uint8Array.of(106, 129, 52, 212, 183, 190, 163, 21);

export type SignalAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  readonly staker: Address;
  readonly proposal: Address;
  readonly signalRecord: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Records what the owner would vote; it binds nobody. */
export function signal(
  accounts: SignalAccounts,
  args: SignalArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.staker, false, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.signalRecord, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SIGNAL_DISCRIMINATOR, (writer) => writeSignalArgs(writer, args)),
  };
}

export const OPEN_VOTING_DISCRIMINATOR = Uint8Array.of(19, 116, 149, 128, 154, 243, 221, 5);

export type OpenVotingAccounts = {
  readonly governance: Address;
  readonly parameters: Address;
  readonly proposal: Address;
};

/** Opens the vote when signaling is over, and takes the snapshot of power, thresholds and times; anybody may. */
export function openVoting(
  accounts: OpenVotingAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.parameters, false, false),
      accountMeta(accounts.proposal, true, false),
    ],
    data: encodeWith(OPEN_VOTING_DISCRIMINATOR),
  };
}

export const CAST_VOTE_DISCRIMINATOR = Uint8Array.of(20, 212, 15, 189, 69, 180, 69, 151);

export type CastVoteAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  readonly parameters: Address;
  readonly staker: Address;
  readonly proposal: Address;
  readonly voteRecord: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Votes with the power held strictly before the slot of the snapshot, once and finally. */
export function castVote(
  accounts: CastVoteAccounts,
  args: CastVoteArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.parameters, false, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.voteRecord, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CAST_VOTE_DISCRIMINATOR, (writer) => writeCastVoteArgs(writer, args)),
  };
}

export const FINALIZE_VOTE_DISCRIMINATOR = Uint8Array.of(181, 176, 6, 248, 249, 134, 146, 56);

export type FinalizeVoteAccounts = {
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
};

/** Counts the vote when its time is over; anybody may. */
export function finalizeVote(
  accounts: FinalizeVoteAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
    ],
    data: encodeWith(FINALIZE_VOTE_DISCRIMINATOR),
  };
}

export const EXPIRE_PROPOSAL_DISCRIMINATOR = Uint8Array.of(21, 237, 43, 176, 1, 202, 146, 144);

export type ExpireProposalAccounts = {
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
};

/** Ends a queued proposal whose time for execution is over; anybody may. */
export function expireProposal(
  accounts: ExpireProposalAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
    ],
    data: encodeWith(EXPIRE_PROPOSAL_DISCRIMINATOR),
  };
}

export const EXECUTE_PARAM_CHANGE_DISCRIMINATOR = Uint8Array.of(162, 166, 56, 243, 168, 135, 66, 175);

export type ExecuteParamChangeAccounts = {
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
  readonly parameters: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  /** The marketplace program governance was set up with. */
  readonly marketplaceProgram: Address;
  /** Marketplace account of that program. */
  readonly marketplace: Address;
  /** The exchange program governance was set up with. */
  readonly exchangeProgram: Address;
  /** Exchange account of that program. */
  readonly exchange: Address;
  /** The staking program governance was set up with. */
  readonly stakingProgram: Address;
  /** PoolOverview account of that program. */
  readonly poolOverview: Address;
};

/** Sets the parameters of a passed proposal and sends them to the programs that act by them, or invalidates it with the reason; anybody may. */
export function executeParamChange(
  accounts: ExecuteParamChangeAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.parameters, true, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.marketplaceProgram, false, false),
      accountMeta(accounts.marketplace, true, false),
      accountMeta(accounts.exchangeProgram, false, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.stakingProgram, false, false),
      accountMeta(accounts.poolOverview, true, false),
    ],
    data: encodeWith(EXECUTE_PARAM_CHANGE_DISCRIMINATOR),
  };
}

export const EXECUTE_TREASURY_SPEND_DISCRIMINATOR = Uint8Array.of(22, 207, 58, 2, 174, 125, 206, 44);

export type ExecuteTreasurySpendAccounts = {
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
  readonly parameters: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  readonly treasury: Address;
  readonly recipient: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Pays what a passed proposal grants; anybody may. */
export function executeTreasurySpend(
  accounts: ExecuteTreasurySpendAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.parameters, false, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.treasury, true, false),
      accountMeta(accounts.recipient, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(EXECUTE_TREASURY_SPEND_DISCRIMINATOR),
  };
}

export const EXECUTE_BANKROLL_RETURN_DISCRIMINATOR = Uint8Array.of(119, 129, 96, 240, 105, 21, 59, 47);

export type ExecuteBankrollReturnAccounts = {
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  /** The exchange program governance was set up with. */
  readonly exchangeProgram: Address;
  /** Exchange account of that program. */
  readonly exchange: Address;
  readonly bankrollVault: Address;
  /** INFER account of the treasury. */
  readonly treasury: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Brings bankroll of the exchange to the treasury that a passed proposal asks back and no open notional stands against; anybody may. */
export function executeBankrollReturn(
  accounts: ExecuteBankrollReturnAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.exchangeProgram, false, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.treasury, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(EXECUTE_BANKROLL_RETURN_DISCRIMINATOR),
  };
}

export const EXECUTE_HOST_STATUS_DISCRIMINATOR = Uint8Array.of(96, 111, 90, 125, 8, 147, 142, 120);

export type ExecuteHostStatusAccounts = {
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  /** The marketplace program governance was set up with. */
  readonly marketplaceProgram: Address;
  /** Marketplace account of that program. */
  readonly marketplace: Address;
  readonly provider: Address;
};

/** Bans, suspends, verifies or readmits the provider of a passed proposal; anybody may. */
export function executeHostStatus(
  accounts: ExecuteHostStatusAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.marketplaceProgram, false, false),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
    ],
    data: encodeWith(EXECUTE_HOST_STATUS_DISCRIMINATOR),
  };
}

export const EXECUTE_HOST_SLASH_DISCRIMINATOR = Uint8Array.of(201, 157, 151, 111, 142, 97, 186, 158);

export type ExecuteHostSlashAccounts = {
  readonly payer: Address;
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  /** The marketplace program governance was set up with. */
  readonly marketplaceProgram: Address;
  /** Marketplace account of that program. */
  readonly marketplace: Address;
  readonly provider: Address;
  readonly bondVault: Address;
  /** The one the proposal names. */
  readonly challenge: Address;
  /** Marker that the challenge is used up. */
  readonly slashRecord: Address;
  /** INFER account of the challenger. */
  readonly beneficiaryTokenAccount: Address;
  readonly inferMint: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Takes bond of a provider, by a passed proposal, over a challenge that was left undecided; anybody may. */
export function executeHostSlash(
  accounts: ExecuteHostSlashAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.marketplaceProgram, false, false),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.bondVault, true, false),
      accountMeta(accounts.challenge, false, false),
      accountMeta(accounts.slashRecord, true, false),
      accountMeta(accounts.beneficiaryTokenAccount, true, false),
      accountMeta(accounts.inferMint, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(EXECUTE_HOST_SLASH_DISCRIMINATOR),
  };
}

export const EXECUTE_CATALOG_CHANGE_DISCRIMINATOR = Uint8Array.of(205, 91, 173, 226, 3, 60, 28, 56);

export type ExecuteCatalogChangeAccounts = {
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  /** The marketplace program governance was set up with. */
  readonly marketplaceProgram: Address;
  /** Marketplace account of that program. */
  readonly marketplace: Address;
};

/** Lists or delists the GPU model of a passed proposal; anybody may. */
export function executeCatalogChange(
  accounts: ExecuteCatalogChangeAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.marketplaceProgram, false, false),
      accountMeta(accounts.marketplace, true, false),
    ],
    data: encodeWith(EXECUTE_CATALOG_CHANGE_DISCRIMINATOR),
  };
}

export const EXECUTE_TEXT_DISCRIMINATOR = Uint8Array.of(86, 136, 146, 14, 250, 81, 51, 60);

export type ExecuteTextAccounts = {
  readonly governance: Address;
  /** Staker account of the proposer, whose committed stake this frees. */
  readonly staker: Address;
  readonly proposal: Address;
};

/** Marks a passed text as adopted; anybody may. */
export function executeText(
  accounts: ExecuteTextAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, true, false),
      accountMeta(accounts.staker, true, false),
      accountMeta(accounts.proposal, true, false),
    ],
    data: encodeWith(EXECUTE_TEXT_DISCRIMINATOR),
  };
}

export const CHANGE_PARAMETERS_DISCRIMINATOR = Uint8Array.of(34, 241, 185, 20, 145, 6, 209, 51);

export type ChangeParametersAccounts = {
  readonly foundingAdmin: Address;
  readonly governance: Address;
  readonly parameters: Address;
};

/** The founding admin sets parameters that are not handed over, within the same bounds, steps, cooldowns and sums. */
export function changeParameters(
  accounts: ChangeParametersAccounts,
  args: ChangeParametersArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.foundingAdmin, false, true),
      accountMeta(accounts.governance, false, false),
      accountMeta(accounts.parameters, true, false),
    ],
    data: encodeWith(CHANGE_PARAMETERS_DISCRIMINATOR, (writer) => writeChangeParametersArgs(writer, args)),
  };
}

export const HAND_OVER_DISCRIMINATOR = Uint8Array.of(59, 160, 205, 88, 81, 224, 99, 237);

export type HandOverAccounts = {
  readonly foundingAdmin: Address;
  readonly governance: Address;
  readonly parameters: Address;
};

/** The founding admin gives a parameter, and those it changes together with, to governance for ever. */
export function handOver(
  accounts: HandOverAccounts,
  args: HandOverArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.foundingAdmin, false, true),
      accountMeta(accounts.governance, false, false),
      accountMeta(accounts.parameters, true, false),
    ],
    data: encodeWith(HAND_OVER_DISCRIMINATOR, (writer) => writeHandOverArgs(writer, args)),
  };
}

export const REPLACE_FOUNDING_ADMIN_DISCRIMINATOR = Uint8Array.of(136, 134, 147, 17, 37, 151, 24, 14);

export type ReplaceFoundingAdminAccounts = {
  readonly foundingAdmin: Address;
  readonly newFoundingAdmin: Address;
  readonly governance: Address;
};

/** The founding admin gives the role to another key, which signs too. */
export function replaceFoundingAdmin(
  accounts: ReplaceFoundingAdminAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.foundingAdmin, false, true),
      accountMeta(accounts.newFoundingAdmin, false, true),
      accountMeta(accounts.governance, true, false),
    ],
    data: encodeWith(REPLACE_FOUNDING_ADMIN_DISCRIMINATOR),
  };
}

export const PUSH_PARAMETERS_DISCRIMINATOR = Uint8Array.of(161, 144, 54, 120, 240, 232, 102, 228);

export type PushParametersAccounts = {
  readonly governance: Address;
  readonly parameters: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  readonly targetProgram: Address;
  /** The account of that program that keeps the values. */
  readonly target: Address;
};

/** Sends every value a program acts by to that program; anybody may, any number of times. */
export function pushParameters(
  accounts: PushParametersAccounts,
  args: PushParametersArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governance, false, false),
      accountMeta(accounts.parameters, false, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.targetProgram, false, false),
      accountMeta(accounts.target, true, false),
    ],
    data: encodeWith(PUSH_PARAMETERS_DISCRIMINATOR, (writer) => writePushParametersArgs(writer, args)),
  };
}

export const ACCEPT_STAKING_ADMIN_DISCRIMINATOR = Uint8Array.of(149, 214, 44, 159, 212, 130, 177, 171);

export type AcceptStakingAdminAccounts = {
  /** Admin of the staking program until now. */
  readonly stakingAdmin: Address;
  readonly governance: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  /** The staking program governance was set up with. */
  readonly stakingProgram: Address;
  /** PoolOverview account of that program. */
  readonly poolOverview: Address;
};

/** Makes the authority of governance the admin of the staking program. */
export function acceptStakingAdmin(
  accounts: AcceptStakingAdminAccounts,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.stakingAdmin, false, true),
      accountMeta(accounts.governance, false, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.stakingProgram, false, false),
      accountMeta(accounts.poolOverview, true, false),
    ],
    data: encodeWith(ACCEPT_STAKING_ADMIN_DISCRIMINATOR),
  };
}

export const OPERATE_STAKING_DISCRIMINATOR = Uint8Array.of(54, 139, 235, 62, 8, 115, 116, 3);

export type OperateStakingAccounts = {
  readonly foundingAdmin: Address;
  readonly governance: Address;
  /** Authority of governance, program address of "GovernanceAuthority". */
  readonly authority: Address;
  /** The staking program governance was set up with. */
  readonly stakingProgram: Address;
  /** PoolOverview account of that program. */
  readonly poolOverview: Address;
};

/** The founding admin keeps halting the staking program and rotating its authorities after governance became its admin. */
export function operateStaking(
  accounts: OperateStakingAccounts,
  args: OperateStakingArgs,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.foundingAdmin, false, true),
      accountMeta(accounts.governance, false, false),
      accountMeta(accounts.authority, false, false),
      accountMeta(accounts.stakingProgram, false, false),
      accountMeta(accounts.poolOverview, true, false),
    ],
    data: encodeWith(OPERATE_STAKING_DISCRIMINATOR, (writer) => writeOperateStakingArgs(writer, args)),
  };
}

/** Custom error code to name and message. */
export const GOVERNANCE_ERRORS: Readonly<Record<number, { readonly name: string; readonly message: string }>> = {
  6000: { name: "UnknownKey", message: "No such parameter" },
  6001: { name: "BelowMin", message: "Value is below the minimum of the parameter" },
  6002: { name: "AboveMax", message: "Value is above the maximum of the parameter" },
  6003: { name: "StepTooLarge", message: "Value is more than one step from the value in force" },
  6004: { name: "Cooldown", message: "Parameter was changed too recently" },
  6005: { name: "KeysNotAscending", message: "Keys must be strictly ascending" },
  6006: { name: "JointSum", message: "Parameters that change together do not sum to their total" },
  6007: { name: "NothingProposed", message: "There must be at least one change" },
  6008: { name: "TooManyChanges", message: "More than 16 changes" },
  6009: { name: "HeldByFounders", message: "Parameter is not handed over to governance" },
  6010: { name: "HeldByGovernance", message: "Parameter is handed over to governance" },
  6011: { name: "InvalidInferMint", message: "INFER mint must have 9 decimals" },
  6012: { name: "InvalidUsdcMint", message: "USDC mint must have 6 decimals" },
  6013: { name: "ProgramNotExecutable", message: "Governed program is not executable" },
  6014: { name: "NotFoundingAdmin", message: "Signer is not the founding admin" },
  6015: { name: "ZeroAmount", message: "Amount must be above zero" },
  6016: { name: "StakeCommitted", message: "Stake is not there, or stands behind open proposals" },
  6017: { name: "NothingToWithdraw", message: "Nothing was unstaked" },
  6018: { name: "StillUnbonding", message: "Unstaked INFER cannot be withdrawn yet" },
  6019: { name: "ProposalStakeTooLow", message: "Free stake is below the minimum for a proposal" },
  6020: { name: "TooManyActiveProposals", message: "As many proposals are open as may be" },
  6021: { name: "InvalidKind", message: "No such kind of proposal" },
  6022: { name: "InvalidAction", message: "A proposal must hold what its kind needs and nothing else" },
  6023: { name: "InvalidText", message: "Title must have 1 to 80 bytes, the address of the text at most 200" },
  6024: { name: "InvalidCategory", message: "No such category of spending" },
  6025: { name: "UnsupportedMint", message: "Mint is neither INFER nor USDC" },
  6026: { name: "InvalidModel", message: "Name of a GPU model must have 1 to 32 bytes, memory and weight must be above zero" },
  6027: { name: "NotProposer", message: "Signer is not the proposer" },
  6028: { name: "VotingBegun", message: "Proposal is past signaling" },
  6029: { name: "NotInDiscussion", message: "Proposal is not in discussion" },
  6030: { name: "DiscussionNotOver", message: "Time of discussion is not over" },
  6031: { name: "NotInSignaling", message: "Proposal is not in signaling" },
  6032: { name: "SignalingNotOver", message: "Time of signaling is not over" },
  6033: { name: "NotInVoting", message: "Proposal is not being voted on" },
  6034: { name: "VotingOver", message: "Time of voting is over" },
  6035: { name: "VotingNotOver", message: "Time of voting is not over" },
  6036: { name: "InvalidChoice", message: "Choice must be 0 to 3" },
  6037: { name: "NoVotingPower", message: "Owner has no power in this vote" },
  6038: { name: "AlreadySignaled", message: "Owner has signaled" },
  6039: { name: "AlreadyVoted", message: "Owner has voted" },
  6040: { name: "NotQueued", message: "Proposal does not wait for execution" },
  6041: { name: "WrongKind", message: "Proposal is of another kind" },
  6042: { name: "ExecutionDelayNotOver", message: "Time before execution is not over" },
  6043: { name: "ExecutionWindowOver", message: "Time for execution is over" },
  6044: { name: "ExecutionWindowNotOver", message: "Time for execution is not over" },
  6045: { name: "TreasuryTooSmall", message: "Treasury holds less" },
  6046: { name: "GrantTooLarge", message: "Grant is above the part of the treasury that one grant may take" },
  6047: { name: "InvalidRecipient", message: "Recipient is not the token account of the proposal" },
  6048: { name: "InvalidProgram", message: "No such program" },
  6049: { name: "ProgramNotSetUp", message: "Governed program is not set up" },
  6050: { name: "NotStakingAdmin", message: "Authority of governance is not the admin of the staking program" },
  6051: { name: "JointOrder", message: "A parameter that stays below another would not" },
};
