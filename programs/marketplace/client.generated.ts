/** Client of program marketplace: written by build/generate-clients.ts from idl.json beside it, not by hand. @module */
import type { Address } from '@solana/kit';
import type { BorshReader, BorshWriter } from '../client/borsh.ts';
import { accountMeta, decodeWith, encodeWith, optionalMeta, type ProgramInstruction, startsWith } from '../client/instruction.ts';

export const MARKETPLACE_PROGRAM_ADDRESS = '3BrDWhr1AGt5xHfP2Tf66XT47zdHn8N6pKGWBWxpBGwd' as Address;

/** A governed number and its value. */
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

/** A model of the catalogue. Its index in the catalogue is its number. */
export type GpuModel = {
  readonly name: string;
  readonly vramGb: number;
  /** Relative to an A100 40 GB at 1,000. */
  readonly weight: number;
  /** Lowest score a benchmark may report. */
  readonly minBenchmark: number;
  /** Whether new offers may name it. */
  readonly isListed: boolean;
};

export function writeGpuModel(writer: BorshWriter, value: GpuModel): void {
  writer.string(value.name);
  writer.u16(value.vramGb);
  writer.u32(value.weight);
  writer.u32(value.minBenchmark);
  writer.bool(value.isListed);
}

export function readGpuModel(reader: BorshReader): GpuModel {
  return {
    name: reader.string(),
    vramGb: reader.u16(),
    weight: reader.u32(),
    minBenchmark: reader.u32(),
    isListed: reader.bool(),
  };
}

/** The marketplace without its catalogue, which most instructions need not decode. */
export type Settings = {
  readonly version: number;
  readonly bump: number;
  readonly admin: Address;
  readonly arbiter: Address;
  readonly haltAuthority: Address;
  /** Signs for executed proposals. */
  readonly governanceAuthority: Address;
  /** Commits reputation roots and incentive trees. */
  readonly rewardAuthority: Address;
  /** Reports metered workloads. */
  readonly meter: Address;
  readonly inferMint: Address;
  readonly usdcMint: Address;
  readonly stakingProgram: Address;
  readonly stakingUsdcVault: Address;
  readonly exchangeProgram: Address;
  /** Configuration of the exchange: its program address of "Exchange". */
  readonly exchange: Address;
  readonly inferTreasury: Address;
  readonly usdcTreasury: Address;
  readonly inferVerifierVault: Address;
  readonly usdcVerifierVault: Address;
  /** No new orders are taken. */
  readonly isPaused: boolean;
  /** Reward epoch of the latest reputation root; 0 before the first. */
  readonly reputationEpoch: bigint;
  readonly platformFeeBps: number;
  readonly feeTreasuryBps: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
  readonly bondRatioBps: number;
  readonly challengeWindowSeconds: number;
  readonly startDeadlineSeconds: number;
  /** INFER base units that stand for one whole USDC. */
  readonly bondInferPerUsdc: bigint;
  readonly confirmWindowSeconds: number;
  readonly tierMinimumBonds: readonly bigint[];
  /** Micro-INFER of provider incentives per reward epoch. */
  readonly baseRewardRate: bigint;
  /** Host's share of a metered workload, bps. */
  readonly feeSplitHostPct: number;
  readonly highStakesMinScore: number;
  readonly highStakesMinValue: bigint;
  readonly highStakesMaxAgeEpochs: number;
  readonly rateCpuMicro: bigint;
  readonly rateMbMicro: bigint;
  readonly bondWithdrawalDelaySeconds: number;
  readonly heartbeatIntervalSeconds: number;
  readonly disputeDeposit: bigint;
  readonly disputeResolutionSeconds: number;
  readonly streamAttestTimeoutSeconds: number;
  readonly challengeFrequencyPpm: number;
  readonly challengeSampleSegments: number;
  readonly challengeDeposit: bigint;
  readonly challengeTurnSeconds: number;
  readonly challengeAnswerSeconds: number;
  readonly minVerifierBond: bigint;
  readonly slashBpsNoDelivery: number;
  readonly slashBpsFailedChallenge: number;
  readonly slashBpsFalseBenchmark: number;
  readonly slashBurnBps: number;
};

export function writeSettings(writer: BorshWriter, value: Settings): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.admin);
  writer.pubkey(value.arbiter);
  writer.pubkey(value.haltAuthority);
  writer.pubkey(value.governanceAuthority);
  writer.pubkey(value.rewardAuthority);
  writer.pubkey(value.meter);
  writer.pubkey(value.inferMint);
  writer.pubkey(value.usdcMint);
  writer.pubkey(value.stakingProgram);
  writer.pubkey(value.stakingUsdcVault);
  writer.pubkey(value.exchangeProgram);
  writer.pubkey(value.exchange);
  writer.pubkey(value.inferTreasury);
  writer.pubkey(value.usdcTreasury);
  writer.pubkey(value.inferVerifierVault);
  writer.pubkey(value.usdcVerifierVault);
  writer.bool(value.isPaused);
  writer.u64(value.reputationEpoch);
  writer.u16(value.platformFeeBps);
  writer.u16(value.feeTreasuryBps);
  writer.u16(value.feeBurnBps);
  writer.u16(value.feeVerifierBps);
  writer.u16(value.bondRatioBps);
  writer.u32(value.challengeWindowSeconds);
  writer.u32(value.startDeadlineSeconds);
  writer.u64(value.bondInferPerUsdc);
  writer.u32(value.confirmWindowSeconds);
  writer.array(value.tierMinimumBonds, 3, (item) => writer.u64(item));
  writer.u64(value.baseRewardRate);
  writer.u16(value.feeSplitHostPct);
  writer.u32(value.highStakesMinScore);
  writer.u64(value.highStakesMinValue);
  writer.u32(value.highStakesMaxAgeEpochs);
  writer.u64(value.rateCpuMicro);
  writer.u64(value.rateMbMicro);
  writer.u32(value.bondWithdrawalDelaySeconds);
  writer.u32(value.heartbeatIntervalSeconds);
  writer.u64(value.disputeDeposit);
  writer.u32(value.disputeResolutionSeconds);
  writer.u32(value.streamAttestTimeoutSeconds);
  writer.u32(value.challengeFrequencyPpm);
  writer.u8(value.challengeSampleSegments);
  writer.u64(value.challengeDeposit);
  writer.u32(value.challengeTurnSeconds);
  writer.u32(value.challengeAnswerSeconds);
  writer.u64(value.minVerifierBond);
  writer.u16(value.slashBpsNoDelivery);
  writer.u16(value.slashBpsFailedChallenge);
  writer.u16(value.slashBpsFalseBenchmark);
  writer.u16(value.slashBurnBps);
}

export function readSettings(reader: BorshReader): Settings {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    admin: reader.pubkey(),
    arbiter: reader.pubkey(),
    haltAuthority: reader.pubkey(),
    governanceAuthority: reader.pubkey(),
    rewardAuthority: reader.pubkey(),
    meter: reader.pubkey(),
    inferMint: reader.pubkey(),
    usdcMint: reader.pubkey(),
    stakingProgram: reader.pubkey(),
    stakingUsdcVault: reader.pubkey(),
    exchangeProgram: reader.pubkey(),
    exchange: reader.pubkey(),
    inferTreasury: reader.pubkey(),
    usdcTreasury: reader.pubkey(),
    inferVerifierVault: reader.pubkey(),
    usdcVerifierVault: reader.pubkey(),
    isPaused: reader.bool(),
    reputationEpoch: reader.u64(),
    platformFeeBps: reader.u16(),
    feeTreasuryBps: reader.u16(),
    feeBurnBps: reader.u16(),
    feeVerifierBps: reader.u16(),
    bondRatioBps: reader.u16(),
    challengeWindowSeconds: reader.u32(),
    startDeadlineSeconds: reader.u32(),
    bondInferPerUsdc: reader.u64(),
    confirmWindowSeconds: reader.u32(),
    tierMinimumBonds: reader.array(3, () => reader.u64()),
    baseRewardRate: reader.u64(),
    feeSplitHostPct: reader.u16(),
    highStakesMinScore: reader.u32(),
    highStakesMinValue: reader.u64(),
    highStakesMaxAgeEpochs: reader.u32(),
    rateCpuMicro: reader.u64(),
    rateMbMicro: reader.u64(),
    bondWithdrawalDelaySeconds: reader.u32(),
    heartbeatIntervalSeconds: reader.u32(),
    disputeDeposit: reader.u64(),
    disputeResolutionSeconds: reader.u32(),
    streamAttestTimeoutSeconds: reader.u32(),
    challengeFrequencyPpm: reader.u32(),
    challengeSampleSegments: reader.u8(),
    challengeDeposit: reader.u64(),
    challengeTurnSeconds: reader.u32(),
    challengeAnswerSeconds: reader.u32(),
    minVerifierBond: reader.u64(),
    slashBpsNoDelivery: reader.u16(),
    slashBpsFailedChallenge: reader.u16(),
    slashBpsFalseBenchmark: reader.u16(),
    slashBurnBps: reader.u16(),
  };
}

/** Settings and catalogue; one per program. */
export type Marketplace = {
  readonly settings: Settings;
  readonly models: readonly GpuModel[];
};

export function writeMarketplace(writer: BorshWriter, value: Marketplace): void {
  writeSettings(writer, value.settings);
  writer.vec(value.models, (item) => writeGpuModel(writer, item));
}

export function readMarketplace(reader: BorshReader): Marketplace {
  return {
    settings: readSettings(reader),
    models: reader.vec(() => readGpuModel(reader)),
  };
}

/** Bond that stays locked until a time. Amount 0 marks a free place. */
export type BondRelease = {
  readonly releaseAt: bigint;
  readonly amount: bigint;
};

export function writeBondRelease(writer: BorshWriter, value: BondRelease): void {
  writer.i64(value.releaseAt);
  writer.u64(value.amount);
}

export function readBondRelease(reader: BorshReader): BondRelease {
  return {
    releaseAt: reader.i64(),
    amount: reader.u64(),
  };
}

/** Attested seconds of a session, counted from its start, and when they may be paid. */
export type UsageMark = {
  readonly payableAt: bigint;
  readonly coveredSeconds: number;
};

export function writeUsageMark(writer: BorshWriter, value: UsageMark): void {
  writer.i64(value.payableAt);
  writer.u32(value.coveredSeconds);
}

export function readUsageMark(reader: BorshReader): UsageMark {
  return {
    payableAt: reader.i64(),
    coveredSeconds: reader.u32(),
  };
}

/** A registered provider and its bond. */
export type Provider = {
  readonly version: number;
  readonly bump: number;
  readonly bondVaultBump: number;
  readonly owner: Address;
  /** INFER base units of the fees of what this provider was paid for. */
  readonly feesEarnedOn: bigint;
  readonly payout: Address;
  readonly operatorPool: Address;
  readonly tier: number;
  readonly region: number;
  readonly jurisdiction: Uint8Array;
  readonly registeredAt: bigint;
  readonly bondTotal: bigint;
  readonly bondOpen: bigint;
  readonly bondReleases: readonly BondRelease[];
  readonly offerCount: bigint;
  readonly openOrderCount: number;
  /** 0 active, 1 verified, 2 degraded, 3 suspended, 4 banned. */
  readonly status: number;
  /** Bond that was asked back and not withdrawn yet. */
  readonly withdrawalAmount: bigint;
  readonly withdrawalReadyAt: bigint;
  /** Last sign of life; 0 before the first. */
  readonly heartbeatAt: bigint;
  /** As the last heartbeat says it. */
  readonly unitsFree: number;
  readonly unitsBusy: number;
  /** Reputation proven against a committed root, ppm. */
  readonly provenScore: number;
  /** Reward epoch of that root; 0 before the first proof. */
  readonly provenEpoch: bigint;
  /** Set aside for selected and challenged attestations. */
  readonly bondChallenged: bigint;
};

export function writeProvider(writer: BorshWriter, value: Provider): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.bondVaultBump);
  writer.pubkey(value.owner);
  writer.u64(value.feesEarnedOn);
  writer.pubkey(value.payout);
  writer.pubkey(value.operatorPool);
  writer.u8(value.tier);
  writer.u16(value.region);
  writer.fixedBytes(value.jurisdiction, 2);
  writer.i64(value.registeredAt);
  writer.u64(value.bondTotal);
  writer.u64(value.bondOpen);
  writer.array(value.bondReleases, 16, (item) => writeBondRelease(writer, item));
  writer.u64(value.offerCount);
  writer.u32(value.openOrderCount);
  writer.u8(value.status);
  writer.u64(value.withdrawalAmount);
  writer.i64(value.withdrawalReadyAt);
  writer.i64(value.heartbeatAt);
  writer.u32(value.unitsFree);
  writer.u32(value.unitsBusy);
  writer.u32(value.provenScore);
  writer.u64(value.provenEpoch);
  writer.u64(value.bondChallenged);
}

export function readProvider(reader: BorshReader): Provider {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    bondVaultBump: reader.u8(),
    owner: reader.pubkey(),
    feesEarnedOn: reader.u64(),
    payout: reader.pubkey(),
    operatorPool: reader.pubkey(),
    tier: reader.u8(),
    region: reader.u16(),
    jurisdiction: reader.fixedBytes(2),
    registeredAt: reader.i64(),
    bondTotal: reader.u64(),
    bondOpen: reader.u64(),
    bondReleases: reader.array(16, () => readBondRelease(reader)),
    offerCount: reader.u64(),
    openOrderCount: reader.u32(),
    status: reader.u8(),
    withdrawalAmount: reader.u64(),
    withdrawalReadyAt: reader.i64(),
    heartbeatAt: reader.i64(),
    unitsFree: reader.u32(),
    unitsBusy: reader.u32(),
    provenScore: reader.u32(),
    provenEpoch: reader.u64(),
    bondChallenged: reader.u64(),
  };
}

/** The latest report of a device. */
export type Benchmark = {
  readonly version: number;
  readonly bump: number;
  readonly provider: Address;
  readonly deviceHash: Uint8Array;
  readonly model: number;
  readonly units: number;
  readonly vramGb: number;
  /** Thousandths of an A100 40 GB. */
  readonly score: number;
  readonly reportHash: Uint8Array;
  readonly submittedAt: bigint;
};

export function writeBenchmark(writer: BorshWriter, value: Benchmark): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.provider);
  writer.fixedBytes(value.deviceHash, 32);
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u16(value.vramGb);
  writer.u32(value.score);
  writer.fixedBytes(value.reportHash, 32);
  writer.i64(value.submittedAt);
}

export function readBenchmark(reader: BorshReader): Benchmark {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    provider: reader.pubkey(),
    deviceHash: reader.fixedBytes(32),
    model: reader.u8(),
    units: reader.u32(),
    vramGb: reader.u16(),
    score: reader.u32(),
    reportHash: reader.fixedBytes(32),
    submittedAt: reader.i64(),
  };
}

/** GPU time of one model that a provider sells. */
export type Offer = {
  readonly version: number;
  readonly bump: number;
  readonly provider: Address;
  readonly offerId: bigint;
  readonly model: number;
  readonly units: number;
  readonly unitsFree: number;
  readonly region: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** Fixed price; 0 where the index gives it. */
  readonly pricePerGpuHour: bigint;
  readonly mint: Address;
  readonly listedAt: bigint;
  /** 0 fixed, 1 by the index of the exchange. */
  readonly pricing: number;
  /** Above the index. */
  readonly spreadBps: number;
  /** Age of the index above which no order is taken. */
  readonly indexMaxAgeSeconds: number;
  readonly isClosed: boolean;
};

export function writeOffer(writer: BorshWriter, value: Offer): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.provider);
  writer.u64(value.offerId);
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u32(value.unitsFree);
  writer.u16(value.region);
  writer.u32(value.minSeconds);
  writer.u32(value.maxSeconds);
  writer.u64(value.pricePerGpuHour);
  writer.pubkey(value.mint);
  writer.i64(value.listedAt);
  writer.u8(value.pricing);
  writer.u16(value.spreadBps);
  writer.u32(value.indexMaxAgeSeconds);
  writer.bool(value.isClosed);
}

export function readOffer(reader: BorshReader): Offer {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    provider: reader.pubkey(),
    offerId: reader.u64(),
    model: reader.u8(),
    units: reader.u32(),
    unitsFree: reader.u32(),
    region: reader.u16(),
    minSeconds: reader.u32(),
    maxSeconds: reader.u32(),
    pricePerGpuHour: reader.u64(),
    mint: reader.pubkey(),
    listedAt: reader.i64(),
    pricing: reader.u8(),
    spreadBps: reader.u16(),
    indexMaxAgeSeconds: reader.u32(),
    isClosed: reader.bool(),
  };
}

/** Counts the orders and fees of a buyer. */
export type Buyer = {
  readonly version: number;
  readonly bump: number;
  readonly buyer: Address;
  readonly orderCount: bigint;
  /** INFER base units of the fees of what this buyer paid for. */
  readonly feesPaid: bigint;
};

export function writeBuyer(writer: BorshWriter, value: Buyer): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.buyer);
  writer.u64(value.orderCount);
  writer.u64(value.feesPaid);
}

export function readBuyer(reader: BorshReader): Buyer {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    buyer: reader.pubkey(),
    orderCount: reader.u64(),
    feesPaid: reader.u64(),
  };
}

/** One purchase, from its creation on. */
export type Order = {
  readonly version: number;
  readonly bump: number;
  readonly vaultBump: number;
  readonly orderId: bigint;
  readonly buyer: Address;
  readonly provider: Address;
  readonly offer: Address;
  readonly operatorPool: Address;
  readonly mint: Address;
  readonly model: number;
  readonly units: number;
  readonly seconds: number;
  readonly pricePerGpuHour: bigint;
  /** All that was ever paid in. */
  readonly amount: bigint;
  readonly bondLocked: bigint;
  readonly sshKeyHash: Uint8Array;
  readonly endpointHash: Uint8Array;
  /** 0 created, 1 started, 2 settled, 3 refunded, 4 disputed. */
  readonly status: number;
  readonly createdAt: bigint;
  readonly startDeadline: bigint;
  readonly startedAt: bigint;
  readonly deliveryDeadline: bigint;
  readonly endedAt: bigint;
  readonly challengeEndsAt: bigint;
  /** Paid per second instead of on delivery. */
  readonly isStreaming: boolean;
  /** Index account of the model, whether or not it exists. */
  readonly index: Address;
  /** In force at creation, as the two parts below. */
  readonly platformFeeBps: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
  /** When access was cut; 0 before. */
  readonly leaseEndedAt: bigint;
  /** Gross amount that was paid out for use. */
  readonly paid: bigint;
  readonly feePaid: bigint;
  readonly burnPaid: bigint;
  readonly verifierPaid: bigint;
  /** Seconds from the start that the provider has attested. */
  readonly attestedSeconds: number;
  /** Last attestation, or the start. */
  readonly attestedAt: bigint;
  /** Seconds from the start that are paid. */
  readonly settledSeconds: number;
  readonly disputeOpener: Address;
  readonly disputeDeposit: bigint;
  readonly disputeVaultBump: number;
  /** Until when the arbiter may rule; 0 without a dispute. */
  readonly disputeDeadline: bigint;
  /** Attested seconds that are not paid yet, at most 17. */
  readonly marks: readonly UsageMark[];
  readonly attestationCount: number;
  readonly attestedGpuSeconds: bigint;
  /** Attestations that are undrawn, selected or challenged. */
  readonly openAttestationCount: number;
  readonly failedChallengeCount: number;
};

export function writeOrder(writer: BorshWriter, value: Order): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.vaultBump);
  writer.u64(value.orderId);
  writer.pubkey(value.buyer);
  writer.pubkey(value.provider);
  writer.pubkey(value.offer);
  writer.pubkey(value.operatorPool);
  writer.pubkey(value.mint);
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u32(value.seconds);
  writer.u64(value.pricePerGpuHour);
  writer.u64(value.amount);
  writer.u64(value.bondLocked);
  writer.fixedBytes(value.sshKeyHash, 32);
  writer.fixedBytes(value.endpointHash, 32);
  writer.u8(value.status);
  writer.i64(value.createdAt);
  writer.i64(value.startDeadline);
  writer.i64(value.startedAt);
  writer.i64(value.deliveryDeadline);
  writer.i64(value.endedAt);
  writer.i64(value.challengeEndsAt);
  writer.bool(value.isStreaming);
  writer.pubkey(value.index);
  writer.u16(value.platformFeeBps);
  writer.u16(value.feeBurnBps);
  writer.u16(value.feeVerifierBps);
  writer.i64(value.leaseEndedAt);
  writer.u64(value.paid);
  writer.u64(value.feePaid);
  writer.u64(value.burnPaid);
  writer.u64(value.verifierPaid);
  writer.u32(value.attestedSeconds);
  writer.i64(value.attestedAt);
  writer.u32(value.settledSeconds);
  writer.pubkey(value.disputeOpener);
  writer.u64(value.disputeDeposit);
  writer.u8(value.disputeVaultBump);
  writer.i64(value.disputeDeadline);
  writer.vec(value.marks, (item) => writeUsageMark(writer, item));
  writer.u32(value.attestationCount);
  writer.u64(value.attestedGpuSeconds);
  writer.u32(value.openAttestationCount);
  writer.u32(value.failedChallengeCount);
}

export function readOrder(reader: BorshReader): Order {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    vaultBump: reader.u8(),
    orderId: reader.u64(),
    buyer: reader.pubkey(),
    provider: reader.pubkey(),
    offer: reader.pubkey(),
    operatorPool: reader.pubkey(),
    mint: reader.pubkey(),
    model: reader.u8(),
    units: reader.u32(),
    seconds: reader.u32(),
    pricePerGpuHour: reader.u64(),
    amount: reader.u64(),
    bondLocked: reader.u64(),
    sshKeyHash: reader.fixedBytes(32),
    endpointHash: reader.fixedBytes(32),
    status: reader.u8(),
    createdAt: reader.i64(),
    startDeadline: reader.i64(),
    startedAt: reader.i64(),
    deliveryDeadline: reader.i64(),
    endedAt: reader.i64(),
    challengeEndsAt: reader.i64(),
    isStreaming: reader.bool(),
    index: reader.pubkey(),
    platformFeeBps: reader.u16(),
    feeBurnBps: reader.u16(),
    feeVerifierBps: reader.u16(),
    leaseEndedAt: reader.i64(),
    paid: reader.u64(),
    feePaid: reader.u64(),
    burnPaid: reader.u64(),
    verifierPaid: reader.u64(),
    attestedSeconds: reader.u32(),
    attestedAt: reader.i64(),
    settledSeconds: reader.u32(),
    disputeOpener: reader.pubkey(),
    disputeDeposit: reader.u64(),
    disputeVaultBump: reader.u8(),
    disputeDeadline: reader.i64(),
    marks: reader.vec(() => readUsageMark(reader)),
    attestationCount: reader.u32(),
    attestedGpuSeconds: reader.u64(),
    openAttestationCount: reader.u32(),
    failedChallengeCount: reader.u32(),
  };
}

export type InitializeMarketplaceArgs = {
  readonly arbiter: Address;
  readonly haltAuthority: Address;
  readonly governanceAuthority: Address;
  readonly rewardAuthority: Address;
  readonly meter: Address;
  readonly exchangeProgram: Address;
};

export function writeInitializeMarketplaceArgs(writer: BorshWriter, value: InitializeMarketplaceArgs): void {
  writer.pubkey(value.arbiter);
  writer.pubkey(value.haltAuthority);
  writer.pubkey(value.governanceAuthority);
  writer.pubkey(value.rewardAuthority);
  writer.pubkey(value.meter);
  writer.pubkey(value.exchangeProgram);
}

export function readInitializeMarketplaceArgs(reader: BorshReader): InitializeMarketplaceArgs {
  return {
    arbiter: reader.pubkey(),
    haltAuthority: reader.pubkey(),
    governanceAuthority: reader.pubkey(),
    rewardAuthority: reader.pubkey(),
    meter: reader.pubkey(),
    exchangeProgram: reader.pubkey(),
  };
}

export type SetParametersArgs = {
  readonly changes: readonly ParameterChange[];
};

export function writeSetParametersArgs(writer: BorshWriter, value: SetParametersArgs): void {
  writer.vec(value.changes, (item) => writeParameterChange(writer, item));
}

export function readSetParametersArgs(reader: BorshReader): SetParametersArgs {
  return {
    changes: reader.vec(() => readParameterChange(reader)),
  };
}

export type SetAuthoritiesArgs = {
  readonly admin: Address | null;
  readonly arbiter: Address | null;
  readonly haltAuthority: Address | null;
  readonly rewardAuthority: Address | null;
  readonly meter: Address | null;
};

export function writeSetAuthoritiesArgs(writer: BorshWriter, value: SetAuthoritiesArgs): void {
  writer.option(value.admin, (item) => writer.pubkey(item));
  writer.option(value.arbiter, (item) => writer.pubkey(item));
  writer.option(value.haltAuthority, (item) => writer.pubkey(item));
  writer.option(value.rewardAuthority, (item) => writer.pubkey(item));
  writer.option(value.meter, (item) => writer.pubkey(item));
}

export function readSetAuthoritiesArgs(reader: BorshReader): SetAuthoritiesArgs {
  return {
    admin: reader.option(() => reader.pubkey()),
    arbiter: reader.option(() => reader.pubkey()),
    haltAuthority: reader.option(() => reader.pubkey()),
    rewardAuthority: reader.option(() => reader.pubkey()),
    meter: reader.option(() => reader.pubkey()),
  };
}

export type PauseOrdersArgs = {
  readonly isPaused: boolean;
};

export function writePauseOrdersArgs(writer: BorshWriter, value: PauseOrdersArgs): void {
  writer.bool(value.isPaused);
}

export function readPauseOrdersArgs(reader: BorshReader): PauseOrdersArgs {
  return {
    isPaused: reader.bool(),
  };
}

export type SetModelArgs = {
  readonly name: string;
  readonly vramGb: number;
  readonly weight: number;
  readonly minBenchmark: number;
  readonly isListed: boolean;
};

export function writeSetModelArgs(writer: BorshWriter, value: SetModelArgs): void {
  writer.string(value.name);
  writer.u16(value.vramGb);
  writer.u32(value.weight);
  writer.u32(value.minBenchmark);
  writer.bool(value.isListed);
}

export function readSetModelArgs(reader: BorshReader): SetModelArgs {
  return {
    name: reader.string(),
    vramGb: reader.u16(),
    weight: reader.u32(),
    minBenchmark: reader.u32(),
    isListed: reader.bool(),
  };
}

export type SetProviderStatusArgs = {
  readonly status: number;
};

export function writeSetProviderStatusArgs(writer: BorshWriter, value: SetProviderStatusArgs): void {
  writer.u8(value.status);
}

export function readSetProviderStatusArgs(reader: BorshReader): SetProviderStatusArgs {
  return {
    status: reader.u8(),
  };
}

export type RequestBondWithdrawalArgs = {
  readonly amount: bigint;
};

export function writeRequestBondWithdrawalArgs(writer: BorshWriter, value: RequestBondWithdrawalArgs): void {
  writer.u64(value.amount);
}

export function readRequestBondWithdrawalArgs(reader: BorshReader): RequestBondWithdrawalArgs {
  return {
    amount: reader.u64(),
  };
}

export type WithdrawBondArgs = {
  readonly amount: bigint;
};

export function writeWithdrawBondArgs(writer: BorshWriter, value: WithdrawBondArgs): void {
  writer.u64(value.amount);
}

export function readWithdrawBondArgs(reader: BorshReader): WithdrawBondArgs {
  return {
    amount: reader.u64(),
  };
}

export type SubmitBenchmarkArgs = {
  readonly deviceHash: Uint8Array;
  readonly model: number;
  readonly units: number;
  readonly vramGb: number;
  readonly score: number;
  readonly reportHash: Uint8Array;
};

export function writeSubmitBenchmarkArgs(writer: BorshWriter, value: SubmitBenchmarkArgs): void {
  writer.fixedBytes(value.deviceHash, 32);
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u16(value.vramGb);
  writer.u32(value.score);
  writer.fixedBytes(value.reportHash, 32);
}

export function readSubmitBenchmarkArgs(reader: BorshReader): SubmitBenchmarkArgs {
  return {
    deviceHash: reader.fixedBytes(32),
    model: reader.u8(),
    units: reader.u32(),
    vramGb: reader.u16(),
    score: reader.u32(),
    reportHash: reader.fixedBytes(32),
  };
}

export type HeartbeatArgs = {
  readonly unitsFree: number;
  readonly unitsBusy: number;
};

export function writeHeartbeatArgs(writer: BorshWriter, value: HeartbeatArgs): void {
  writer.u32(value.unitsFree);
  writer.u32(value.unitsBusy);
}

export function readHeartbeatArgs(reader: BorshReader): HeartbeatArgs {
  return {
    unitsFree: reader.u32(),
    unitsBusy: reader.u32(),
  };
}

export type ListOfferArgs = {
  readonly model: number;
  readonly units: number;
  readonly region: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly pricePerGpuHour: bigint;
  /** 0 fixed, 1 by the index of the exchange. */
  readonly pricing: number;
  /** Above the index. */
  readonly spreadBps: number;
  /** Age of the index above which no order is taken. */
  readonly indexMaxAgeSeconds: number;
};

export function writeListOfferArgs(writer: BorshWriter, value: ListOfferArgs): void {
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u16(value.region);
  writer.u32(value.minSeconds);
  writer.u32(value.maxSeconds);
  writer.u64(value.pricePerGpuHour);
  writer.u8(value.pricing);
  writer.u16(value.spreadBps);
  writer.u32(value.indexMaxAgeSeconds);
}

export function readListOfferArgs(reader: BorshReader): ListOfferArgs {
  return {
    model: reader.u8(),
    units: reader.u32(),
    region: reader.u16(),
    minSeconds: reader.u32(),
    maxSeconds: reader.u32(),
    pricePerGpuHour: reader.u64(),
    pricing: reader.u8(),
    spreadBps: reader.u16(),
    indexMaxAgeSeconds: reader.u32(),
  };
}

export type UpdateOfferArgs = {
  readonly units: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly pricePerGpuHour: bigint;
  /** 0 fixed, 1 by the index of the exchange. */
  readonly pricing: number;
  /** Above the index. */
  readonly spreadBps: number;
  /** Age of the index above which no order is taken. */
  readonly indexMaxAgeSeconds: number;
};

export function writeUpdateOfferArgs(writer: BorshWriter, value: UpdateOfferArgs): void {
  writer.u32(value.units);
  writer.u32(value.minSeconds);
  writer.u32(value.maxSeconds);
  writer.u64(value.pricePerGpuHour);
  writer.u8(value.pricing);
  writer.u16(value.spreadBps);
  writer.u32(value.indexMaxAgeSeconds);
}

export function readUpdateOfferArgs(reader: BorshReader): UpdateOfferArgs {
  return {
    units: reader.u32(),
    minSeconds: reader.u32(),
    maxSeconds: reader.u32(),
    pricePerGpuHour: reader.u64(),
    pricing: reader.u8(),
    spreadBps: reader.u16(),
    indexMaxAgeSeconds: reader.u32(),
  };
}

export type CreateOrderArgs = {
  readonly units: number;
  readonly seconds: number;
  readonly maxPricePerGpuHour: bigint;
  readonly sshKeyHash: Uint8Array;
  readonly isStreaming: boolean;
};

export function writeCreateOrderArgs(writer: BorshWriter, value: CreateOrderArgs): void {
  writer.u32(value.units);
  writer.u32(value.seconds);
  writer.u64(value.maxPricePerGpuHour);
  writer.fixedBytes(value.sshKeyHash, 32);
  writer.bool(value.isStreaming);
}

export function readCreateOrderArgs(reader: BorshReader): CreateOrderArgs {
  return {
    units: reader.u32(),
    seconds: reader.u32(),
    maxPricePerGpuHour: reader.u64(),
    sshKeyHash: reader.fixedBytes(32),
    isStreaming: reader.bool(),
  };
}

export type ResolveDisputeArgs = {
  /** Provider's part of what the vault holds. */
  readonly providerBps: number;
};

export function writeResolveDisputeArgs(writer: BorshWriter, value: ResolveDisputeArgs): void {
  writer.u16(value.providerBps);
}

export function readResolveDisputeArgs(reader: BorshReader): ResolveDisputeArgs {
  return {
    providerBps: reader.u16(),
  };
}

export type AttestArgs = {
  /** From the start of the session. */
  readonly coveredSeconds: number;
  readonly checkpointRoot: Uint8Array;
};

export function writeAttestArgs(writer: BorshWriter, value: AttestArgs): void {
  writer.u32(value.coveredSeconds);
  writer.fixedBytes(value.checkpointRoot, 32);
}

export function readAttestArgs(reader: BorshReader): AttestArgs {
  return {
    coveredSeconds: reader.u32(),
    checkpointRoot: reader.fixedBytes(32),
  };
}

export type ExtendOrderArgs = {
  readonly seconds: number;
};

export function writeExtendOrderArgs(writer: BorshWriter, value: ExtendOrderArgs): void {
  writer.u32(value.seconds);
}

export function readExtendOrderArgs(reader: BorshReader): ExtendOrderArgs {
  return {
    seconds: reader.u32(),
  };
}

/** The marketplace with the values in force at the start. */
export type MarketplaceInitialized = {
  readonly admin: Address;
  readonly arbiter: Address;
  readonly haltAuthority: Address;
  readonly inferMint: Address;
  readonly usdcMint: Address;
  readonly stakingProgram: Address;
  readonly platformFeeBps: number;
  readonly feeTreasuryBps: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
  readonly bondRatioBps: number;
  readonly challengeWindowSeconds: number;
  readonly startDeadlineSeconds: number;
  readonly tierMinimumBonds: readonly bigint[];
  readonly models: readonly GpuModel[];
  readonly bondInferPerUsdc: bigint;
  readonly confirmWindowSeconds: number;
  readonly stakingUsdcVault: Address;
  readonly inferTreasury: Address;
  readonly usdcTreasury: Address;
  readonly governanceAuthority: Address;
  readonly rewardAuthority: Address;
  readonly meter: Address;
  readonly exchangeProgram: Address;
  readonly inferVerifierVault: Address;
  readonly usdcVerifierVault: Address;
  /** Every governed number of the marketplace. */
  readonly parameters: readonly ParameterChange[];
};

export function writeMarketplaceInitialized(writer: BorshWriter, value: MarketplaceInitialized): void {
  writer.pubkey(value.admin);
  writer.pubkey(value.arbiter);
  writer.pubkey(value.haltAuthority);
  writer.pubkey(value.inferMint);
  writer.pubkey(value.usdcMint);
  writer.pubkey(value.stakingProgram);
  writer.u16(value.platformFeeBps);
  writer.u16(value.feeTreasuryBps);
  writer.u16(value.feeBurnBps);
  writer.u16(value.feeVerifierBps);
  writer.u16(value.bondRatioBps);
  writer.u32(value.challengeWindowSeconds);
  writer.u32(value.startDeadlineSeconds);
  writer.array(value.tierMinimumBonds, 3, (item) => writer.u64(item));
  writer.vec(value.models, (item) => writeGpuModel(writer, item));
  writer.u64(value.bondInferPerUsdc);
  writer.u32(value.confirmWindowSeconds);
  writer.pubkey(value.stakingUsdcVault);
  writer.pubkey(value.inferTreasury);
  writer.pubkey(value.usdcTreasury);
  writer.pubkey(value.governanceAuthority);
  writer.pubkey(value.rewardAuthority);
  writer.pubkey(value.meter);
  writer.pubkey(value.exchangeProgram);
  writer.pubkey(value.inferVerifierVault);
  writer.pubkey(value.usdcVerifierVault);
  writer.vec(value.parameters, (item) => writeParameterChange(writer, item));
}

export function readMarketplaceInitialized(reader: BorshReader): MarketplaceInitialized {
  return {
    admin: reader.pubkey(),
    arbiter: reader.pubkey(),
    haltAuthority: reader.pubkey(),
    inferMint: reader.pubkey(),
    usdcMint: reader.pubkey(),
    stakingProgram: reader.pubkey(),
    platformFeeBps: reader.u16(),
    feeTreasuryBps: reader.u16(),
    feeBurnBps: reader.u16(),
    feeVerifierBps: reader.u16(),
    bondRatioBps: reader.u16(),
    challengeWindowSeconds: reader.u32(),
    startDeadlineSeconds: reader.u32(),
    tierMinimumBonds: reader.array(3, () => reader.u64()),
    models: reader.vec(() => readGpuModel(reader)),
    bondInferPerUsdc: reader.u64(),
    confirmWindowSeconds: reader.u32(),
    stakingUsdcVault: reader.pubkey(),
    inferTreasury: reader.pubkey(),
    usdcTreasury: reader.pubkey(),
    governanceAuthority: reader.pubkey(),
    rewardAuthority: reader.pubkey(),
    meter: reader.pubkey(),
    exchangeProgram: reader.pubkey(),
    inferVerifierVault: reader.pubkey(),
    usdcVerifierVault: reader.pubkey(),
    parameters: reader.vec(() => readParameterChange(reader)),
  };
}

/** Governed numbers took these values. */
export type ParametersSet = {
  readonly changes: readonly ParameterChange[];
  readonly setAt: bigint;
};

export function writeParametersSet(writer: BorshWriter, value: ParametersSet): void {
  writer.vec(value.changes, (item) => writeParameterChange(writer, item));
  writer.i64(value.setAt);
}

export function readParametersSet(reader: BorshReader): ParametersSet {
  return {
    changes: reader.vec(() => readParameterChange(reader)),
    setAt: reader.i64(),
  };
}

/** The authorities in force from now on. */
export type AuthoritiesSet = {
  readonly admin: Address;
  readonly arbiter: Address;
  readonly haltAuthority: Address;
  readonly rewardAuthority: Address;
  readonly meter: Address;
  readonly setAt: bigint;
};

export function writeAuthoritiesSet(writer: BorshWriter, value: AuthoritiesSet): void {
  writer.pubkey(value.admin);
  writer.pubkey(value.arbiter);
  writer.pubkey(value.haltAuthority);
  writer.pubkey(value.rewardAuthority);
  writer.pubkey(value.meter);
  writer.i64(value.setAt);
}

export function readAuthoritiesSet(reader: BorshReader): AuthoritiesSet {
  return {
    admin: reader.pubkey(),
    arbiter: reader.pubkey(),
    haltAuthority: reader.pubkey(),
    rewardAuthority: reader.pubkey(),
    meter: reader.pubkey(),
    setAt: reader.i64(),
  };
}

/** New orders are taken no more, or again. */
export type OrdersPaused = {
  readonly isPaused: boolean;
  readonly setBy: Address;
  readonly setAt: bigint;
};

export function writeOrdersPaused(writer: BorshWriter, value: OrdersPaused): void {
  writer.bool(value.isPaused);
  writer.pubkey(value.setBy);
  writer.i64(value.setAt);
}

export function readOrdersPaused(reader: BorshReader): OrdersPaused {
  return {
    isPaused: reader.bool(),
    setBy: reader.pubkey(),
    setAt: reader.i64(),
  };
}

/** A model of the catalogue was added or changed. */
export type ModelSet = {
  readonly model: number;
  readonly name: string;
  readonly vramGb: number;
  readonly weight: number;
  readonly minBenchmark: number;
  readonly isListed: boolean;
  readonly setAt: bigint;
};

export function writeModelSet(writer: BorshWriter, value: ModelSet): void {
  writer.u8(value.model);
  writer.string(value.name);
  writer.u16(value.vramGb);
  writer.u32(value.weight);
  writer.u32(value.minBenchmark);
  writer.bool(value.isListed);
  writer.i64(value.setAt);
}

export function readModelSet(reader: BorshReader): ModelSet {
  return {
    model: reader.u8(),
    name: reader.string(),
    vramGb: reader.u16(),
    weight: reader.u32(),
    minBenchmark: reader.u32(),
    isListed: reader.bool(),
    setAt: reader.i64(),
  };
}

/** A provider has another standing. */
export type ProviderStatusSet = {
  readonly provider: Address;
  readonly owner: Address;
  readonly status: number;
  readonly setBy: Address;
  readonly setAt: bigint;
};

export function writeProviderStatusSet(writer: BorshWriter, value: ProviderStatusSet): void {
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.u8(value.status);
  writer.pubkey(value.setBy);
  writer.i64(value.setAt);
}

export function readProviderStatusSet(reader: BorshReader): ProviderStatusSet {
  return {
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    status: reader.u8(),
    setBy: reader.pubkey(),
    setAt: reader.i64(),
  };
}

/** A provider joined under an operator pool. */
export type ProviderRegistered = {
  readonly provider: Address;
  readonly owner: Address;
  readonly payout: Address;
  readonly operatorPool: Address;
  readonly tier: number;
  readonly region: number;
  readonly jurisdiction: Uint8Array;
  readonly registeredAt: bigint;
};

export function writeProviderRegistered(writer: BorshWriter, value: ProviderRegistered): void {
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.pubkey(value.payout);
  writer.pubkey(value.operatorPool);
  writer.u8(value.tier);
  writer.u16(value.region);
  writer.fixedBytes(value.jurisdiction, 2);
  writer.i64(value.registeredAt);
}

export function readProviderRegistered(reader: BorshReader): ProviderRegistered {
  return {
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    payout: reader.pubkey(),
    operatorPool: reader.pubkey(),
    tier: reader.u8(),
    region: reader.u16(),
    jurisdiction: reader.fixedBytes(2),
    registeredAt: reader.i64(),
  };
}

/** A provider added bond. */
export type BondPosted = {
  readonly provider: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly bondTotal: bigint;
};

export function writeBondPosted(writer: BorshWriter, value: BondPosted): void {
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writer.u64(value.bondTotal);
}

export function readBondPosted(reader: BorshReader): BondPosted {
  return {
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    bondTotal: reader.u64(),
  };
}

/** A provider asked bond back; an earlier question is replaced. */
export type BondWithdrawalRequested = {
  readonly provider: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly readyAt: bigint;
};

export function writeBondWithdrawalRequested(writer: BorshWriter, value: BondWithdrawalRequested): void {
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writer.i64(value.readyAt);
}

export function readBondWithdrawalRequested(reader: BorshReader): BondWithdrawalRequested {
  return {
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    readyAt: reader.i64(),
  };
}

/** A provider took back bond it had asked for. */
export type BondWithdrawn = {
  readonly provider: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly bondTotal: bigint;
  readonly withdrawalAmount: bigint;
  readonly paidTo: Address;
  readonly withdrawnAt: bigint;
};

export function writeBondWithdrawn(writer: BorshWriter, value: BondWithdrawn): void {
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writer.u64(value.bondTotal);
  writer.u64(value.withdrawalAmount);
  writer.pubkey(value.paidTo);
  writer.i64(value.withdrawnAt);
}

export function readBondWithdrawn(reader: BorshReader): BondWithdrawn {
  return {
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    bondTotal: reader.u64(),
    withdrawalAmount: reader.u64(),
    paidTo: reader.pubkey(),
    withdrawnAt: reader.i64(),
  };
}

/** A provider reported what a device does; an earlier report of it is replaced. */
export type BenchmarkSubmitted = {
  readonly benchmark: Address;
  readonly provider: Address;
  readonly owner: Address;
  readonly deviceHash: Uint8Array;
  readonly model: number;
  readonly units: number;
  readonly vramGb: number;
  readonly score: number;
  readonly reportHash: Uint8Array;
  readonly submittedAt: bigint;
};

export function writeBenchmarkSubmitted(writer: BorshWriter, value: BenchmarkSubmitted): void {
  writer.pubkey(value.benchmark);
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.fixedBytes(value.deviceHash, 32);
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u16(value.vramGb);
  writer.u32(value.score);
  writer.fixedBytes(value.reportHash, 32);
  writer.i64(value.submittedAt);
}

export function readBenchmarkSubmitted(reader: BorshReader): BenchmarkSubmitted {
  return {
    benchmark: reader.pubkey(),
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    deviceHash: reader.fixedBytes(32),
    model: reader.u8(),
    units: reader.u32(),
    vramGb: reader.u16(),
    score: reader.u32(),
    reportHash: reader.fixedBytes(32),
    submittedAt: reader.i64(),
  };
}

/** A provider's sign of life. */
export type HeartbeatSent = {
  readonly provider: Address;
  readonly owner: Address;
  readonly unitsFree: number;
  readonly unitsBusy: number;
  readonly sentAt: bigint;
};

export function writeHeartbeatSent(writer: BorshWriter, value: HeartbeatSent): void {
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.u32(value.unitsFree);
  writer.u32(value.unitsBusy);
  writer.i64(value.sentAt);
}

export function readHeartbeatSent(reader: BorshReader): HeartbeatSent {
  return {
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    unitsFree: reader.u32(),
    unitsBusy: reader.u32(),
    sentAt: reader.i64(),
  };
}

/** An offer of GPU time. */
export type OfferListed = {
  readonly offer: Address;
  readonly provider: Address;
  readonly owner: Address;
  readonly offerId: bigint;
  readonly model: number;
  readonly units: number;
  readonly region: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly pricePerGpuHour: bigint;
  readonly mint: Address;
  readonly listedAt: bigint;
  readonly pricing: number;
  readonly spreadBps: number;
  readonly indexMaxAgeSeconds: number;
};

export function writeOfferListed(writer: BorshWriter, value: OfferListed): void {
  writer.pubkey(value.offer);
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.u64(value.offerId);
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u16(value.region);
  writer.u32(value.minSeconds);
  writer.u32(value.maxSeconds);
  writer.u64(value.pricePerGpuHour);
  writer.pubkey(value.mint);
  writer.i64(value.listedAt);
  writer.u8(value.pricing);
  writer.u16(value.spreadBps);
  writer.u32(value.indexMaxAgeSeconds);
}

export function readOfferListed(reader: BorshReader): OfferListed {
  return {
    offer: reader.pubkey(),
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    offerId: reader.u64(),
    model: reader.u8(),
    units: reader.u32(),
    region: reader.u16(),
    minSeconds: reader.u32(),
    maxSeconds: reader.u32(),
    pricePerGpuHour: reader.u64(),
    mint: reader.pubkey(),
    listedAt: reader.i64(),
    pricing: reader.u8(),
    spreadBps: reader.u16(),
    indexMaxAgeSeconds: reader.u32(),
  };
}

/** New terms of an offer; orders it has keep theirs. */
export type OfferUpdated = {
  readonly offer: Address;
  readonly provider: Address;
  readonly owner: Address;
  readonly units: number;
  readonly unitsFree: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly pricePerGpuHour: bigint;
  readonly pricing: number;
  readonly spreadBps: number;
  readonly indexMaxAgeSeconds: number;
  readonly updatedAt: bigint;
};

export function writeOfferUpdated(writer: BorshWriter, value: OfferUpdated): void {
  writer.pubkey(value.offer);
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.u32(value.units);
  writer.u32(value.unitsFree);
  writer.u32(value.minSeconds);
  writer.u32(value.maxSeconds);
  writer.u64(value.pricePerGpuHour);
  writer.u8(value.pricing);
  writer.u16(value.spreadBps);
  writer.u32(value.indexMaxAgeSeconds);
  writer.i64(value.updatedAt);
}

export function readOfferUpdated(reader: BorshReader): OfferUpdated {
  return {
    offer: reader.pubkey(),
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    units: reader.u32(),
    unitsFree: reader.u32(),
    minSeconds: reader.u32(),
    maxSeconds: reader.u32(),
    pricePerGpuHour: reader.u64(),
    pricing: reader.u8(),
    spreadBps: reader.u16(),
    indexMaxAgeSeconds: reader.u32(),
    updatedAt: reader.i64(),
  };
}

/** An offer takes no more orders. */
export type OfferClosed = {
  readonly offer: Address;
  readonly provider: Address;
  readonly owner: Address;
  readonly closedAt: bigint;
};

export function writeOfferClosed(writer: BorshWriter, value: OfferClosed): void {
  writer.pubkey(value.offer);
  writer.pubkey(value.provider);
  writer.pubkey(value.owner);
  writer.i64(value.closedAt);
}

export function readOfferClosed(reader: BorshReader): OfferClosed {
  return {
    offer: reader.pubkey(),
    provider: reader.pubkey(),
    owner: reader.pubkey(),
    closedAt: reader.i64(),
  };
}

/** A buyer locked the price of an order. */
export type OrderCreated = {
  readonly order: Address;
  readonly offer: Address;
  readonly provider: Address;
  readonly operatorPool: Address;
  readonly buyer: Address;
  readonly orderId: bigint;
  readonly model: number;
  readonly units: number;
  readonly seconds: number;
  readonly pricePerGpuHour: bigint;
  readonly mint: Address;
  readonly amount: bigint;
  readonly bondLocked: bigint;
  readonly sshKeyHash: Uint8Array;
  readonly createdAt: bigint;
  readonly startDeadline: bigint;
  readonly isStreaming: boolean;
  readonly index: Address;
  readonly platformFeeBps: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
};

export function writeOrderCreated(writer: BorshWriter, value: OrderCreated): void {
  writer.pubkey(value.order);
  writer.pubkey(value.offer);
  writer.pubkey(value.provider);
  writer.pubkey(value.operatorPool);
  writer.pubkey(value.buyer);
  writer.u64(value.orderId);
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u32(value.seconds);
  writer.u64(value.pricePerGpuHour);
  writer.pubkey(value.mint);
  writer.u64(value.amount);
  writer.u64(value.bondLocked);
  writer.fixedBytes(value.sshKeyHash, 32);
  writer.i64(value.createdAt);
  writer.i64(value.startDeadline);
  writer.bool(value.isStreaming);
  writer.pubkey(value.index);
  writer.u16(value.platformFeeBps);
  writer.u16(value.feeBurnBps);
  writer.u16(value.feeVerifierBps);
}

export function readOrderCreated(reader: BorshReader): OrderCreated {
  return {
    order: reader.pubkey(),
    offer: reader.pubkey(),
    provider: reader.pubkey(),
    operatorPool: reader.pubkey(),
    buyer: reader.pubkey(),
    orderId: reader.u64(),
    model: reader.u8(),
    units: reader.u32(),
    seconds: reader.u32(),
    pricePerGpuHour: reader.u64(),
    mint: reader.pubkey(),
    amount: reader.u64(),
    bondLocked: reader.u64(),
    sshKeyHash: reader.fixedBytes(32),
    createdAt: reader.i64(),
    startDeadline: reader.i64(),
    isStreaming: reader.bool(),
    index: reader.pubkey(),
    platformFeeBps: reader.u16(),
    feeBurnBps: reader.u16(),
    feeVerifierBps: reader.u16(),
  };
}

/** A buyer added time to an order at its price. */
export type OrderExtended = {
  readonly order: Address;
  readonly provider: Address;
  readonly buyer: Address;
  readonly mint: Address;
  readonly seconds: number;
  readonly addedSeconds: number;
  readonly amount: bigint;
  readonly addedAmount: bigint;
  readonly bondLocked: bigint;
  readonly addedBond: bigint;
  readonly deliveryDeadline: bigint;
  readonly extendedAt: bigint;
};

export function writeOrderExtended(writer: BorshWriter, value: OrderExtended): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.buyer);
  writer.pubkey(value.mint);
  writer.u32(value.seconds);
  writer.u32(value.addedSeconds);
  writer.u64(value.amount);
  writer.u64(value.addedAmount);
  writer.u64(value.bondLocked);
  writer.u64(value.addedBond);
  writer.i64(value.deliveryDeadline);
  writer.i64(value.extendedAt);
}

export function readOrderExtended(reader: BorshReader): OrderExtended {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    buyer: reader.pubkey(),
    mint: reader.pubkey(),
    seconds: reader.u32(),
    addedSeconds: reader.u32(),
    amount: reader.u64(),
    addedAmount: reader.u64(),
    bondLocked: reader.u64(),
    addedBond: reader.u64(),
    deliveryDeadline: reader.i64(),
    extendedAt: reader.i64(),
  };
}

/** The provider handed over access. */
export type DeliveryStarted = {
  readonly order: Address;
  readonly provider: Address;
  readonly buyer: Address;
  readonly endpointHash: Uint8Array;
  readonly startedAt: bigint;
  readonly deliveryDeadline: bigint;
};

export function writeDeliveryStarted(writer: BorshWriter, value: DeliveryStarted): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.buyer);
  writer.fixedBytes(value.endpointHash, 32);
  writer.i64(value.startedAt);
  writer.i64(value.deliveryDeadline);
}

export function readDeliveryStarted(reader: BorshReader): DeliveryStarted {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    buyer: reader.pubkey(),
    endpointHash: reader.fixedBytes(32),
    startedAt: reader.i64(),
    deliveryDeadline: reader.i64(),
  };
}

/** Access to the machines must be cut. */
export type LeaseEnded = {
  readonly order: Address;
  readonly offer: Address;
  readonly provider: Address;
  readonly buyer: Address;
  readonly units: number;
  /** From the start, at most those bought. */
  readonly usedSeconds: number;
  /** 0 time ran out, 1 no attestation, 2 by the buyer, 3 by the provider, 4 disputed. */
  readonly reason: number;
  readonly endedAt: bigint;
};

export function writeLeaseEnded(writer: BorshWriter, value: LeaseEnded): void {
  writer.pubkey(value.order);
  writer.pubkey(value.offer);
  writer.pubkey(value.provider);
  writer.pubkey(value.buyer);
  writer.u32(value.units);
  writer.u32(value.usedSeconds);
  writer.u8(value.reason);
  writer.i64(value.endedAt);
}

export function readLeaseEnded(reader: BorshReader): LeaseEnded {
  return {
    order: reader.pubkey(),
    offer: reader.pubkey(),
    provider: reader.pubkey(),
    buyer: reader.pubkey(),
    units: reader.u32(),
    usedSeconds: reader.u32(),
    reason: reader.u8(),
    endedAt: reader.i64(),
  };
}

/** A prepaid order was paid out, or a disputed one of either kind in part. */
export type OrderSettled = {
  readonly order: Address;
  readonly provider: Address;
  readonly operatorPool: Address;
  readonly buyer: Address;
  readonly model: number;
  readonly mint: Address;
  readonly gpuSeconds: bigint;
  readonly amount: bigint;
  readonly providerAmount: bigint;
  readonly fee: bigint;
  readonly feeTreasury: bigint;
  readonly feeBurn: bigint;
  readonly feeVerifier: bigint;
  readonly paidTo: Address;
  readonly paidToStakingVault: boolean;
  readonly settledAt: bigint;
  readonly challengeEndsAt: bigint;
  readonly bondLocked: bigint;
  readonly bondReleaseAt: bigint;
  readonly surplus: bigint;
  readonly confirmedBy: Address;
  /** The fee in INFER base units, as it is counted for buyer and provider. */
  readonly feeInfer: bigint;
  /** What a ruling sent back to the buyer. */
  readonly refunded: bigint;
  readonly pricePerGpuHour: bigint;
};

export function writeOrderSettled(writer: BorshWriter, value: OrderSettled): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.operatorPool);
  writer.pubkey(value.buyer);
  writer.u8(value.model);
  writer.pubkey(value.mint);
  writer.u64(value.gpuSeconds);
  writer.u64(value.amount);
  writer.u64(value.providerAmount);
  writer.u64(value.fee);
  writer.u64(value.feeTreasury);
  writer.u64(value.feeBurn);
  writer.u64(value.feeVerifier);
  writer.pubkey(value.paidTo);
  writer.bool(value.paidToStakingVault);
  writer.i64(value.settledAt);
  writer.i64(value.challengeEndsAt);
  writer.u64(value.bondLocked);
  writer.i64(value.bondReleaseAt);
  writer.u64(value.surplus);
  writer.pubkey(value.confirmedBy);
  writer.u64(value.feeInfer);
  writer.u64(value.refunded);
  writer.u64(value.pricePerGpuHour);
}

export function readOrderSettled(reader: BorshReader): OrderSettled {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    operatorPool: reader.pubkey(),
    buyer: reader.pubkey(),
    model: reader.u8(),
    mint: reader.pubkey(),
    gpuSeconds: reader.u64(),
    amount: reader.u64(),
    providerAmount: reader.u64(),
    fee: reader.u64(),
    feeTreasury: reader.u64(),
    feeBurn: reader.u64(),
    feeVerifier: reader.u64(),
    paidTo: reader.pubkey(),
    paidToStakingVault: reader.bool(),
    settledAt: reader.i64(),
    challengeEndsAt: reader.i64(),
    bondLocked: reader.u64(),
    bondReleaseAt: reader.i64(),
    surplus: reader.u64(),
    confirmedBy: reader.pubkey(),
    feeInfer: reader.u64(),
    refunded: reader.u64(),
    pricePerGpuHour: reader.u64(),
  };
}

/** The price went back to the buyer. */
export type OrderRefunded = {
  readonly order: Address;
  readonly provider: Address;
  readonly operatorPool: Address;
  readonly buyer: Address;
  readonly mint: Address;
  readonly amount: bigint;
  /** 0 never started, 1 delivery deadline passed, 2 nobody ruled on the dispute, 3 ruled for the buyer, 4 session without paid use. */
  readonly reason: number;
  readonly refundedAt: bigint;
  readonly bondLocked: bigint;
  readonly bondReleaseAt: bigint;
  readonly surplus: bigint;
  readonly refundedTo: Address;
};

export function writeOrderRefunded(writer: BorshWriter, value: OrderRefunded): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.operatorPool);
  writer.pubkey(value.buyer);
  writer.pubkey(value.mint);
  writer.u64(value.amount);
  writer.u8(value.reason);
  writer.i64(value.refundedAt);
  writer.u64(value.bondLocked);
  writer.i64(value.bondReleaseAt);
  writer.u64(value.surplus);
  writer.pubkey(value.refundedTo);
}

export function readOrderRefunded(reader: BorshReader): OrderRefunded {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    operatorPool: reader.pubkey(),
    buyer: reader.pubkey(),
    mint: reader.pubkey(),
    amount: reader.u64(),
    reason: reader.u8(),
    refundedAt: reader.i64(),
    bondLocked: reader.u64(),
    bondReleaseAt: reader.i64(),
    surplus: reader.u64(),
    refundedTo: reader.pubkey(),
  };
}

/** Buyer or provider asked the arbiter to rule. */
export type DisputeOpened = {
  readonly order: Address;
  readonly provider: Address;
  readonly buyer: Address;
  readonly opener: Address;
  readonly deposit: bigint;
  readonly openedAt: bigint;
  readonly disputeDeadline: bigint;
};

export function writeDisputeOpened(writer: BorshWriter, value: DisputeOpened): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.buyer);
  writer.pubkey(value.opener);
  writer.u64(value.deposit);
  writer.i64(value.openedAt);
  writer.i64(value.disputeDeadline);
}

export function readDisputeOpened(reader: BorshReader): DisputeOpened {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    buyer: reader.pubkey(),
    opener: reader.pubkey(),
    deposit: reader.u64(),
    openedAt: reader.i64(),
    disputeDeadline: reader.i64(),
  };
}

/** The arbiter ruled; the order ends in the same transaction. */
export type DisputeResolved = {
  readonly order: Address;
  readonly provider: Address;
  readonly buyer: Address;
  readonly providerBps: number;
  readonly providerGross: bigint;
  readonly refunded: bigint;
  readonly deposit: bigint;
  /** Token account. */
  readonly depositTo: Address;
  /** To the one who opened the dispute. */
  readonly depositReturned: boolean;
  readonly resolvedAt: bigint;
};

export function writeDisputeResolved(writer: BorshWriter, value: DisputeResolved): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.buyer);
  writer.u16(value.providerBps);
  writer.u64(value.providerGross);
  writer.u64(value.refunded);
  writer.u64(value.deposit);
  writer.pubkey(value.depositTo);
  writer.bool(value.depositReturned);
  writer.i64(value.resolvedAt);
}

export function readDisputeResolved(reader: BorshReader): DisputeResolved {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    buyer: reader.pubkey(),
    providerBps: reader.u16(),
    providerGross: reader.u64(),
    refunded: reader.u64(),
    deposit: reader.u64(),
    depositTo: reader.pubkey(),
    depositReturned: reader.bool(),
    resolvedAt: reader.i64(),
  };
}

/** A deposit went back, since nobody ruled in time. */
export type DepositReclaimed = {
  readonly order: Address;
  readonly opener: Address;
  readonly deposit: bigint;
  readonly paidTo: Address;
  readonly reclaimedAt: bigint;
};

export function writeDepositReclaimed(writer: BorshWriter, value: DepositReclaimed): void {
  writer.pubkey(value.order);
  writer.pubkey(value.opener);
  writer.u64(value.deposit);
  writer.pubkey(value.paidTo);
  writer.i64(value.reclaimedAt);
}

export function readDepositReclaimed(reader: BorshReader): DepositReclaimed {
  return {
    order: reader.pubkey(),
    opener: reader.pubkey(),
    deposit: reader.u64(),
    paidTo: reader.pubkey(),
    reclaimedAt: reader.i64(),
  };
}

/** The provider attested seconds of a session. */
export type UsageAttested = {
  readonly order: Address;
  readonly provider: Address;
  readonly buyer: Address;
  readonly coveredSeconds: number;
  readonly checkpointRoot: Uint8Array;
  readonly attestedAt: bigint;
  readonly payableAt: bigint;
};

export function writeUsageAttested(writer: BorshWriter, value: UsageAttested): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.buyer);
  writer.u32(value.coveredSeconds);
  writer.fixedBytes(value.checkpointRoot, 32);
  writer.i64(value.attestedAt);
  writer.i64(value.payableAt);
}

export function readUsageAttested(reader: BorshReader): UsageAttested {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    buyer: reader.pubkey(),
    coveredSeconds: reader.u32(),
    checkpointRoot: reader.fixedBytes(32),
    attestedAt: reader.i64(),
    payableAt: reader.i64(),
  };
}

/** Attested seconds of a session were paid. */
export type UsageSettled = {
  readonly order: Address;
  readonly provider: Address;
  readonly operatorPool: Address;
  readonly buyer: Address;
  readonly model: number;
  readonly mint: Address;
  /** Paid by this settlement. */
  readonly seconds: number;
  /** Paid in all. */
  readonly settledSeconds: number;
  readonly gpuSeconds: bigint;
  readonly amount: bigint;
  readonly providerAmount: bigint;
  readonly fee: bigint;
  readonly feeTreasury: bigint;
  readonly feeBurn: bigint;
  readonly feeVerifier: bigint;
  readonly feeInfer: bigint;
  readonly paidTo: Address;
  readonly paidToStakingVault: boolean;
  readonly settledAt: bigint;
  readonly pricePerGpuHour: bigint;
};

export function writeUsageSettled(writer: BorshWriter, value: UsageSettled): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.operatorPool);
  writer.pubkey(value.buyer);
  writer.u8(value.model);
  writer.pubkey(value.mint);
  writer.u32(value.seconds);
  writer.u32(value.settledSeconds);
  writer.u64(value.gpuSeconds);
  writer.u64(value.amount);
  writer.u64(value.providerAmount);
  writer.u64(value.fee);
  writer.u64(value.feeTreasury);
  writer.u64(value.feeBurn);
  writer.u64(value.feeVerifier);
  writer.u64(value.feeInfer);
  writer.pubkey(value.paidTo);
  writer.bool(value.paidToStakingVault);
  writer.i64(value.settledAt);
  writer.u64(value.pricePerGpuHour);
}

export function readUsageSettled(reader: BorshReader): UsageSettled {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    operatorPool: reader.pubkey(),
    buyer: reader.pubkey(),
    model: reader.u8(),
    mint: reader.pubkey(),
    seconds: reader.u32(),
    settledSeconds: reader.u32(),
    gpuSeconds: reader.u64(),
    amount: reader.u64(),
    providerAmount: reader.u64(),
    fee: reader.u64(),
    feeTreasury: reader.u64(),
    feeBurn: reader.u64(),
    feeVerifier: reader.u64(),
    feeInfer: reader.u64(),
    paidTo: reader.pubkey(),
    paidToStakingVault: reader.bool(),
    settledAt: reader.i64(),
    pricePerGpuHour: reader.u64(),
  };
}

/** A session with paid use has ended; the rest went back to the buyer. */
export type SessionClosed = {
  readonly order: Address;
  readonly provider: Address;
  readonly operatorPool: Address;
  readonly buyer: Address;
  readonly mint: Address;
  readonly paid: bigint;
  readonly settledSeconds: number;
  readonly refunded: bigint;
  readonly closedAt: bigint;
  readonly bondLocked: bigint;
  readonly bondReleaseAt: bigint;
  readonly surplus: bigint;
  readonly refundedTo: Address;
};

export function writeSessionClosed(writer: BorshWriter, value: SessionClosed): void {
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.operatorPool);
  writer.pubkey(value.buyer);
  writer.pubkey(value.mint);
  writer.u64(value.paid);
  writer.u32(value.settledSeconds);
  writer.u64(value.refunded);
  writer.i64(value.closedAt);
  writer.u64(value.bondLocked);
  writer.i64(value.bondReleaseAt);
  writer.u64(value.surplus);
  writer.pubkey(value.refundedTo);
}

export function readSessionClosed(reader: BorshReader): SessionClosed {
  return {
    order: reader.pubkey(),
    provider: reader.pubkey(),
    operatorPool: reader.pubkey(),
    buyer: reader.pubkey(),
    mint: reader.pubkey(),
    paid: reader.u64(),
    settledSeconds: reader.u32(),
    refunded: reader.u64(),
    closedAt: reader.i64(),
    bondLocked: reader.u64(),
    bondReleaseAt: reader.i64(),
    surplus: reader.u64(),
    refundedTo: reader.pubkey(),
  };
}

export type PostBondArgs = {
  /** INFER base units. */
  readonly amount: bigint;
};

export function writePostBondArgs(writer: BorshWriter, value: PostBondArgs): void {
  writer.u64(value.amount);
}

export function readPostBondArgs(reader: BorshReader): PostBondArgs {
  return {
    amount: reader.u64(),
  };
}

export type RegisterProviderArgs = {
  /** Wallet whose token accounts are paid. */
  readonly payout: Address;
  /** 1 consumer, 2 mining fleet, 3 data center. */
  readonly tier: number;
  readonly region: number;
  /** ISO 3166-1 alpha-2, capital letters. */
  readonly jurisdiction: Uint8Array;
};

export function writeRegisterProviderArgs(writer: BorshWriter, value: RegisterProviderArgs): void {
  writer.pubkey(value.payout);
  writer.u8(value.tier);
  writer.u16(value.region);
  writer.fixedBytes(value.jurisdiction, 2);
}

export function readRegisterProviderArgs(reader: BorshReader): RegisterProviderArgs {
  return {
    payout: reader.pubkey(),
    tier: reader.u8(),
    region: reader.u16(),
    jurisdiction: reader.fixedBytes(2),
  };
}

export type StartDeliveryArgs = {
  readonly endpointHash: Uint8Array;
};

export function writeStartDeliveryArgs(writer: BorshWriter, value: StartDeliveryArgs): void {
  writer.fixedBytes(value.endpointHash, 32);
}

export function readStartDeliveryArgs(reader: BorshReader): StartDeliveryArgs {
  return {
    endpointHash: reader.fixedBytes(32),
  };
}

/** Arguments of `deposit_credits`. */
export type DepositCreditsArgs = {
  readonly amount: bigint;
};

export function writeDepositCreditsArgs(writer: BorshWriter, value: DepositCreditsArgs): void {
  writer.u64(value.amount);
}

export function readDepositCreditsArgs(reader: BorshReader): DepositCreditsArgs {
  return {
    amount: reader.u64(),
  };
}

/** Arguments of `request_credit_withdrawal`. */
export type RequestCreditWithdrawalArgs = {
  readonly amount: bigint;
};

export function writeRequestCreditWithdrawalArgs(writer: BorshWriter, value: RequestCreditWithdrawalArgs): void {
  writer.u64(value.amount);
}

export function readRequestCreditWithdrawalArgs(reader: BorshReader): RequestCreditWithdrawalArgs {
  return {
    amount: reader.u64(),
  };
}

/** Arguments of `settle_workload`. */
export type SettleWorkloadArgs = {
  readonly id: Uint8Array;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly seconds: number;
  readonly model: number;
  /** GPUs used beside the priced resources; only the meter may state them. */
  readonly gpuUnits: number;
};

export function writeSettleWorkloadArgs(writer: BorshWriter, value: SettleWorkloadArgs): void {
  writer.fixedBytes(value.id, 32);
  writer.u32(value.vcpus);
  writer.u32(value.memoryMb);
  writer.u32(value.seconds);
  writer.u8(value.model);
  writer.u32(value.gpuUnits);
}

export function readSettleWorkloadArgs(reader: BorshReader): SettleWorkloadArgs {
  return {
    id: reader.fixedBytes(32),
    vcpus: reader.u32(),
    memoryMb: reader.u32(),
    seconds: reader.u32(),
    model: reader.u8(),
    gpuUnits: reader.u32(),
  };
}

/** Arguments of `register_verifier`. */
export type RegisterVerifierArgs = {
  readonly bond: bigint;
};

export function writeRegisterVerifierArgs(writer: BorshWriter, value: RegisterVerifierArgs): void {
  writer.u64(value.bond);
}

export function readRegisterVerifierArgs(reader: BorshReader): RegisterVerifierArgs {
  return {
    bond: reader.u64(),
  };
}

/** Arguments of `commit_attestation`. */
export type CommitAttestationArgs = {
  readonly checkpointRoot: Uint8Array;
  readonly checkpointCount: number;
  readonly resultHash: Uint8Array;
  /** Of the whole order so far. */
  readonly gpuSeconds: bigint;
};

export function writeCommitAttestationArgs(writer: BorshWriter, value: CommitAttestationArgs): void {
  writer.fixedBytes(value.checkpointRoot, 32);
  writer.u32(value.checkpointCount);
  writer.fixedBytes(value.resultHash, 32);
  writer.u64(value.gpuSeconds);
}

export function readCommitAttestationArgs(reader: BorshReader): CommitAttestationArgs {
  return {
    checkpointRoot: reader.fixedBytes(32),
    checkpointCount: reader.u32(),
    resultHash: reader.fixedBytes(32),
    gpuSeconds: reader.u64(),
  };
}

/** Arguments of `open_challenge`. */
export type OpenChallengeArgs = {
  /** Fold of the drawn checkpoints as the challenger computed them. */
  readonly claim: Uint8Array;
};

export function writeOpenChallengeArgs(writer: BorshWriter, value: OpenChallengeArgs): void {
  writer.fixedBytes(value.claim, 32);
}

export function readOpenChallengeArgs(reader: BorshReader): OpenChallengeArgs {
  return {
    claim: reader.fixedBytes(32),
  };
}

/** Arguments of `answer_challenge`. */
export type AnswerChallengeArgs = {
  readonly reveals: readonly Reveal[];
};

export function writeAnswerChallengeArgs(writer: BorshWriter, value: AnswerChallengeArgs): void {
  writer.vec(value.reveals, (item) => writeReveal(writer, item));
}

export function readAnswerChallengeArgs(reader: BorshReader): AnswerChallengeArgs {
  return {
    reveals: reader.vec(() => readReveal(reader)),
  };
}

/** Arguments of `judge_challenge`. */
export type JudgeChallengeArgs = {
  readonly isProviderWrong: boolean;
};

export function writeJudgeChallengeArgs(writer: BorshWriter, value: JudgeChallengeArgs): void {
  writer.bool(value.isProviderWrong);
}

export function readJudgeChallengeArgs(reader: BorshReader): JudgeChallengeArgs {
  return {
    isProviderWrong: reader.bool(),
  };
}

/** Arguments of `slash_provider`. */
export type SlashProviderArgs = {
  readonly class: number;
};

export function writeSlashProviderArgs(writer: BorshWriter, value: SlashProviderArgs): void {
  writer.u8(value.class);
}

export function readSlashProviderArgs(reader: BorshReader): SlashProviderArgs {
  return {
    class: reader.u8(),
  };
}

/** Arguments of `commit_reputation_root`. */
export type CommitReputationRootArgs = {
  readonly epoch: bigint;
  readonly root: Uint8Array;
};

export function writeCommitReputationRootArgs(writer: BorshWriter, value: CommitReputationRootArgs): void {
  writer.u64(value.epoch);
  writer.fixedBytes(value.root, 32);
}

export function readCommitReputationRootArgs(reader: BorshReader): CommitReputationRootArgs {
  return {
    epoch: reader.u64(),
    root: reader.fixedBytes(32),
  };
}

/** Arguments of `prove_reputation`. */
export type ProveReputationArgs = {
  readonly score: number;
  readonly proof: readonly Uint8Array[];
  readonly proofPath: readonly boolean[];
};

export function writeProveReputationArgs(writer: BorshWriter, value: ProveReputationArgs): void {
  writer.u32(value.score);
  writer.vec(value.proof, (item) => writer.fixedBytes(item, 32));
  writer.vec(value.proofPath, (item) => writer.bool(item));
}

export function readProveReputationArgs(reader: BorshReader): ProveReputationArgs {
  return {
    score: reader.u32(),
    proof: reader.vec(() => reader.fixedBytes(32)),
    proofPath: reader.vec(() => reader.bool()),
  };
}

/** Arguments of `fund_incentives`. */
export type FundIncentivesArgs = {
  readonly amount: bigint;
};

export function writeFundIncentivesArgs(writer: BorshWriter, value: FundIncentivesArgs): void {
  writer.u64(value.amount);
}

export function readFundIncentivesArgs(reader: BorshReader): FundIncentivesArgs {
  return {
    amount: reader.u64(),
  };
}

/** Arguments of `commit_incentives`. */
export type CommitIncentivesArgs = {
  readonly epoch: bigint;
  readonly root: Uint8Array;
  readonly total: bigint;
};

export function writeCommitIncentivesArgs(writer: BorshWriter, value: CommitIncentivesArgs): void {
  writer.u64(value.epoch);
  writer.fixedBytes(value.root, 32);
  writer.u64(value.total);
}

export function readCommitIncentivesArgs(reader: BorshReader): CommitIncentivesArgs {
  return {
    epoch: reader.u64(),
    root: reader.fixedBytes(32),
    total: reader.u64(),
  };
}

/** Arguments of `claim_incentive`. */
export type ClaimIncentiveArgs = {
  readonly amount: bigint;
  readonly proof: readonly Uint8Array[];
  readonly proofPath: readonly boolean[];
};

export function writeClaimIncentiveArgs(writer: BorshWriter, value: ClaimIncentiveArgs): void {
  writer.u64(value.amount);
  writer.vec(value.proof, (item) => writer.fixedBytes(item, 32));
  writer.vec(value.proofPath, (item) => writer.bool(item));
}

export function readClaimIncentiveArgs(reader: BorshReader): ClaimIncentiveArgs {
  return {
    amount: reader.u64(),
    proof: reader.vec(() => reader.fixedBytes(32)),
    proofPath: reader.vec(() => reader.bool()),
  };
}

/** A checkpoint and the siblings on its way to the root, lowest first. */
export type Reveal = {
  readonly checkpoint: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

export function writeReveal(writer: BorshWriter, value: Reveal): void {
  writer.fixedBytes(value.checkpoint, 32);
  writer.vec(value.proof, (item) => writer.fixedBytes(item, 32));
}

export function readReveal(reader: BorshReader): Reveal {
  return {
    checkpoint: reader.fixedBytes(32),
    proof: reader.vec(() => reader.fixedBytes(32)),
  };
}

/** A customer's credits for metered workloads. */
export type Deposit = {
  readonly version: number;
  readonly bump: number;
  readonly vaultBump: number;
  readonly customer: Address;
  /** Base units of INFER; a credit is 1,000 of them. */
  readonly balance: bigint;
  /** Announced and not yet paid out; settlements may still use it. */
  readonly withdrawalAmount: bigint;
  readonly withdrawableAt: bigint;
  readonly workloadCount: bigint;
};

export function writeDeposit(writer: BorshWriter, value: Deposit): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.vaultBump);
  writer.pubkey(value.customer);
  writer.u64(value.balance);
  writer.u64(value.withdrawalAmount);
  writer.i64(value.withdrawableAt);
  writer.u64(value.workloadCount);
}

export function readDeposit(reader: BorshReader): Deposit {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    vaultBump: reader.u8(),
    customer: reader.pubkey(),
    balance: reader.u64(),
    withdrawalAmount: reader.u64(),
    withdrawableAt: reader.i64(),
    workloadCount: reader.u64(),
  };
}

/** A settled workload; its existence refuses a second settlement. */
export type Workload = {
  readonly version: number;
  readonly bump: number;
  /** The marketplace when the meter settled, the customer otherwise. */
  readonly issuer: Address;
  readonly id: Uint8Array;
  readonly customer: Address;
  readonly provider: Address;
  readonly amount: bigint;
  readonly settledAt: bigint;
};

export function writeWorkload(writer: BorshWriter, value: Workload): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.issuer);
  writer.fixedBytes(value.id, 32);
  writer.pubkey(value.customer);
  writer.pubkey(value.provider);
  writer.u64(value.amount);
  writer.i64(value.settledAt);
}

export function readWorkload(reader: BorshReader): Workload {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    issuer: reader.pubkey(),
    id: reader.fixedBytes(32),
    customer: reader.pubkey(),
    provider: reader.pubkey(),
    amount: reader.u64(),
    settledAt: reader.i64(),
  };
}

/** The seats of verifiers and what their completed challenges are owed. */
export type VerifierSet = {
  readonly version: number;
  readonly bump: number;
  readonly count: number;
  /** Completed challenges not yet claimed in INFER, of all verifiers. */
  readonly inferShares: bigint;
  /** The same in USDC. */
  readonly usdcShares: bigint;
};

export function writeVerifierSet(writer: BorshWriter, value: VerifierSet): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u32(value.count);
  writer.u64(value.inferShares);
  writer.u64(value.usdcShares);
}

export function readVerifierSet(reader: BorshReader): VerifierSet {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    count: reader.u32(),
    inferShares: reader.u64(),
    usdcShares: reader.u64(),
  };
}

/** A bonded verifier. */
export type Verifier = {
  readonly version: number;
  readonly bump: number;
  readonly bondVaultBump: number;
  readonly owner: Address;
  readonly bond: bigint;
  /** Number from 0; without meaning once the verifier leaves. */
  readonly seat: number;
  /** A draw counts a seat only for attestations of later slots. */
  readonly seatedSlot: bigint;
  readonly isLeaving: boolean;
  readonly withdrawableAt: bigint;
  readonly openChallengeCount: number;
  readonly completedCount: bigint;
  readonly inferShares: bigint;
  readonly usdcShares: bigint;
};

export function writeVerifier(writer: BorshWriter, value: Verifier): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.bondVaultBump);
  writer.pubkey(value.owner);
  writer.u64(value.bond);
  writer.u32(value.seat);
  writer.u64(value.seatedSlot);
  writer.bool(value.isLeaving);
  writer.i64(value.withdrawableAt);
  writer.u32(value.openChallengeCount);
  writer.u64(value.completedCount);
  writer.u64(value.inferShares);
  writer.u64(value.usdcShares);
}

export function readVerifier(reader: BorshReader): Verifier {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    bondVaultBump: reader.u8(),
    owner: reader.pubkey(),
    bond: reader.u64(),
    seat: reader.u32(),
    seatedSlot: reader.u64(),
    isLeaving: reader.bool(),
    withdrawableAt: reader.i64(),
    openChallengeCount: reader.u32(),
    completedCount: reader.u64(),
    inferShares: reader.u64(),
    usdcShares: reader.u64(),
  };
}

/** What a provider has committed to, and what was drawn for it. */
export type Attestation = {
  readonly version: number;
  readonly bump: number;
  readonly order: Address;
  readonly provider: Address;
  readonly index: number;
  readonly checkpointRoot: Uint8Array;
  readonly checkpointCount: number;
  readonly resultHash: Uint8Array;
  readonly gpuSeconds: bigint;
  /** The first block after it draws. */
  readonly drawAfterSlot: bigint;
  readonly attestedAt: bigint;
  /** Seats that can be drawn. */
  readonly verifierCount: number;
  /** A draw was missed: the next one selects for certain. */
  readonly isCertain: boolean;
  /** 0 undrawn, 1 not selected, 2 selected, 3 challenged, 4 passed, 5 failed, 6 not challenged in time, 7 undecided. */
  readonly status: number;
  readonly seed: Uint8Array;
  /** Drawn for the first turn; the default address for nobody. */
  readonly verifier: Address;
  readonly turnEndsAt: bigint;
  readonly challengeUntil: bigint;
  /** Bond set aside while the attestation is selected or challenged. */
  readonly slashAmount: bigint;
};

export function writeAttestation(writer: BorshWriter, value: Attestation): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.u32(value.index);
  writer.fixedBytes(value.checkpointRoot, 32);
  writer.u32(value.checkpointCount);
  writer.fixedBytes(value.resultHash, 32);
  writer.u64(value.gpuSeconds);
  writer.u64(value.drawAfterSlot);
  writer.i64(value.attestedAt);
  writer.u32(value.verifierCount);
  writer.bool(value.isCertain);
  writer.u8(value.status);
  writer.fixedBytes(value.seed, 32);
  writer.pubkey(value.verifier);
  writer.i64(value.turnEndsAt);
  writer.i64(value.challengeUntil);
  writer.u64(value.slashAmount);
}

export function readAttestation(reader: BorshReader): Attestation {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    order: reader.pubkey(),
    provider: reader.pubkey(),
    index: reader.u32(),
    checkpointRoot: reader.fixedBytes(32),
    checkpointCount: reader.u32(),
    resultHash: reader.fixedBytes(32),
    gpuSeconds: reader.u64(),
    drawAfterSlot: reader.u64(),
    attestedAt: reader.i64(),
    verifierCount: reader.u32(),
    isCertain: reader.bool(),
    status: reader.u8(),
    seed: reader.fixedBytes(32),
    verifier: reader.pubkey(),
    turnEndsAt: reader.i64(),
    challengeUntil: reader.i64(),
    slashAmount: reader.u64(),
  };
}

/** A challenge of an attestation. */
export type Challenge = {
  readonly version: number;
  readonly bump: number;
  readonly vaultBump: number;
  readonly attestation: Address;
  readonly order: Address;
  readonly provider: Address;
  readonly challenger: Address;
  /** Record of the challenger; the default address for none. */
  readonly verifier: Address;
  readonly deposit: bigint;
  readonly slashAmount: bigint;
  readonly claim: Uint8Array;
  readonly segmentCount: number;
  readonly revealedCount: number;
  /** Fold of the revealed checkpoints so far. */
  readonly revealed: Uint8Array;
  /** 0 open, 1 answer matches the claim, 2 contested, 3 judged against the provider, 4 judged against the challenger, 5 passed, 6 failed, 7 rejected, 8 undecided. */
  readonly status: number;
  readonly openedAt: bigint;
  readonly answerDeadline: bigint;
  readonly judgeDeadline: bigint;
};

export function writeChallenge(writer: BorshWriter, value: Challenge): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.vaultBump);
  writer.pubkey(value.attestation);
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.challenger);
  writer.pubkey(value.verifier);
  writer.u64(value.deposit);
  writer.u64(value.slashAmount);
  writer.fixedBytes(value.claim, 32);
  writer.u8(value.segmentCount);
  writer.u8(value.revealedCount);
  writer.fixedBytes(value.revealed, 32);
  writer.u8(value.status);
  writer.i64(value.openedAt);
  writer.i64(value.answerDeadline);
  writer.i64(value.judgeDeadline);
}

export function readChallenge(reader: BorshReader): Challenge {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    vaultBump: reader.u8(),
    attestation: reader.pubkey(),
    order: reader.pubkey(),
    provider: reader.pubkey(),
    challenger: reader.pubkey(),
    verifier: reader.pubkey(),
    deposit: reader.u64(),
    slashAmount: reader.u64(),
    claim: reader.fixedBytes(32),
    segmentCount: reader.u8(),
    revealedCount: reader.u8(),
    revealed: reader.fixedBytes(32),
    status: reader.u8(),
    openedAt: reader.i64(),
    answerDeadline: reader.i64(),
    judgeDeadline: reader.i64(),
  };
}

/** Evidence that has been used. */
export type SlashRecord = {
  readonly version: number;
  readonly bump: number;
  readonly provider: Address;
  readonly class: number;
  readonly evidence: Address;
  readonly amount: bigint;
  readonly slashedAt: bigint;
};

export function writeSlashRecord(writer: BorshWriter, value: SlashRecord): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.provider);
  writer.u8(value.class);
  writer.pubkey(value.evidence);
  writer.u64(value.amount);
  writer.i64(value.slashedAt);
}

export function readSlashRecord(reader: BorshReader): SlashRecord {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    provider: reader.pubkey(),
    class: reader.u8(),
    evidence: reader.pubkey(),
    amount: reader.u64(),
    slashedAt: reader.i64(),
  };
}

/** What the reward authority has committed by epoch. */
export type EpochBook = {
  readonly version: number;
  readonly bump: number;
  readonly incentiveVaultBump: number;
  readonly reputationEpoch: bigint;
  readonly reputationRoot: Uint8Array;
  readonly incentiveEpoch: bigint;
  /** Committed and not yet claimed, of all epochs. */
  readonly incentivesReserved: bigint;
};

export function writeEpochBook(writer: BorshWriter, value: EpochBook): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.incentiveVaultBump);
  writer.u64(value.reputationEpoch);
  writer.fixedBytes(value.reputationRoot, 32);
  writer.u64(value.incentiveEpoch);
  writer.u64(value.incentivesReserved);
}

export function readEpochBook(reader: BorshReader): EpochBook {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    incentiveVaultBump: reader.u8(),
    reputationEpoch: reader.u64(),
    reputationRoot: reader.fixedBytes(32),
    incentiveEpoch: reader.u64(),
    incentivesReserved: reader.u64(),
  };
}

/** The incentives of one epoch. */
export type IncentiveEpoch = {
  readonly version: number;
  readonly bump: number;
  readonly epoch: bigint;
  readonly root: Uint8Array;
  readonly total: bigint;
  readonly claimed: bigint;
};

export function writeIncentiveEpoch(writer: BorshWriter, value: IncentiveEpoch): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u64(value.epoch);
  writer.fixedBytes(value.root, 32);
  writer.u64(value.total);
  writer.u64(value.claimed);
}

export function readIncentiveEpoch(reader: BorshReader): IncentiveEpoch {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    epoch: reader.u64(),
    root: reader.fixedBytes(32),
    total: reader.u64(),
    claimed: reader.u64(),
  };
}

/** A claimed incentive; its existence refuses a second claim. */
export type IncentiveClaim = {
  readonly version: number;
  readonly bump: number;
  readonly incentiveEpoch: Address;
  readonly provider: Address;
  readonly amount: bigint;
};

export function writeIncentiveClaim(writer: BorshWriter, value: IncentiveClaim): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.incentiveEpoch);
  writer.pubkey(value.provider);
  writer.u64(value.amount);
}

export function readIncentiveClaim(reader: BorshReader): IncentiveClaim {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    incentiveEpoch: reader.pubkey(),
    provider: reader.pubkey(),
    amount: reader.u64(),
  };
}

/** Credits were added. */
export type CreditsDeposited = {
  readonly deposit: Address;
  readonly customer: Address;
  readonly amount: bigint;
  readonly balance: bigint;
};

export function writeCreditsDeposited(writer: BorshWriter, value: CreditsDeposited): void {
  writer.pubkey(value.deposit);
  writer.pubkey(value.customer);
  writer.u64(value.amount);
  writer.u64(value.balance);
}

export function readCreditsDeposited(reader: BorshReader): CreditsDeposited {
  return {
    deposit: reader.pubkey(),
    customer: reader.pubkey(),
    amount: reader.u64(),
    balance: reader.u64(),
  };
}

/** A withdrawal was announced. */
export type CreditWithdrawalRequested = {
  readonly deposit: Address;
  readonly customer: Address;
  readonly amount: bigint;
  readonly withdrawableAt: bigint;
};

export function writeCreditWithdrawalRequested(writer: BorshWriter, value: CreditWithdrawalRequested): void {
  writer.pubkey(value.deposit);
  writer.pubkey(value.customer);
  writer.u64(value.amount);
  writer.i64(value.withdrawableAt);
}

export function readCreditWithdrawalRequested(reader: BorshReader): CreditWithdrawalRequested {
  return {
    deposit: reader.pubkey(),
    customer: reader.pubkey(),
    amount: reader.u64(),
    withdrawableAt: reader.i64(),
  };
}

/** Credits were paid out. */
export type CreditsWithdrawn = {
  readonly deposit: Address;
  readonly customer: Address;
  readonly amount: bigint;
  readonly balance: bigint;
  readonly paidTo: Address;
};

export function writeCreditsWithdrawn(writer: BorshWriter, value: CreditsWithdrawn): void {
  writer.pubkey(value.deposit);
  writer.pubkey(value.customer);
  writer.u64(value.amount);
  writer.u64(value.balance);
  writer.pubkey(value.paidTo);
}

export function readCreditsWithdrawn(reader: BorshReader): CreditsWithdrawn {
  return {
    deposit: reader.pubkey(),
    customer: reader.pubkey(),
    amount: reader.u64(),
    balance: reader.u64(),
    paidTo: reader.pubkey(),
  };
}

/** A metered workload was paid. */
export type WorkloadSettled = {
  readonly workload: Address;
  readonly issuer: Address;
  readonly id: Uint8Array;
  readonly deposit: Address;
  readonly customer: Address;
  readonly provider: Address;
  readonly operatorPool: Address;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly seconds: number;
  readonly model: number;
  readonly gpuUnits: number;
  readonly gpuSeconds: bigint;
  readonly credits: bigint;
  readonly mint: Address;
  readonly amount: bigint;
  readonly providerAmount: bigint;
  readonly fee: bigint;
  readonly feeTreasury: bigint;
  readonly feeBurn: bigint;
  readonly feeVerifier: bigint;
  readonly paidTo: Address;
  readonly balance: bigint;
  readonly settledAt: bigint;
};

export function writeWorkloadSettled(writer: BorshWriter, value: WorkloadSettled): void {
  writer.pubkey(value.workload);
  writer.pubkey(value.issuer);
  writer.fixedBytes(value.id, 32);
  writer.pubkey(value.deposit);
  writer.pubkey(value.customer);
  writer.pubkey(value.provider);
  writer.pubkey(value.operatorPool);
  writer.u32(value.vcpus);
  writer.u32(value.memoryMb);
  writer.u32(value.seconds);
  writer.u8(value.model);
  writer.u32(value.gpuUnits);
  writer.u64(value.gpuSeconds);
  writer.u64(value.credits);
  writer.pubkey(value.mint);
  writer.u64(value.amount);
  writer.u64(value.providerAmount);
  writer.u64(value.fee);
  writer.u64(value.feeTreasury);
  writer.u64(value.feeBurn);
  writer.u64(value.feeVerifier);
  writer.pubkey(value.paidTo);
  writer.u64(value.balance);
  writer.i64(value.settledAt);
}

export function readWorkloadSettled(reader: BorshReader): WorkloadSettled {
  return {
    workload: reader.pubkey(),
    issuer: reader.pubkey(),
    id: reader.fixedBytes(32),
    deposit: reader.pubkey(),
    customer: reader.pubkey(),
    provider: reader.pubkey(),
    operatorPool: reader.pubkey(),
    vcpus: reader.u32(),
    memoryMb: reader.u32(),
    seconds: reader.u32(),
    model: reader.u8(),
    gpuUnits: reader.u32(),
    gpuSeconds: reader.u64(),
    credits: reader.u64(),
    mint: reader.pubkey(),
    amount: reader.u64(),
    providerAmount: reader.u64(),
    fee: reader.u64(),
    feeTreasury: reader.u64(),
    feeBurn: reader.u64(),
    feeVerifier: reader.u64(),
    paidTo: reader.pubkey(),
    balance: reader.u64(),
    settledAt: reader.i64(),
  };
}

/** Verifier set, epoch book and incentive vault exist. */
export type BooksInitialized = {
  readonly verifierSet: Address;
  readonly epochBook: Address;
  readonly incentiveVault: Address;
};

export function writeBooksInitialized(writer: BorshWriter, value: BooksInitialized): void {
  writer.pubkey(value.verifierSet);
  writer.pubkey(value.epochBook);
  writer.pubkey(value.incentiveVault);
}

export function readBooksInitialized(reader: BorshReader): BooksInitialized {
  return {
    verifierSet: reader.pubkey(),
    epochBook: reader.pubkey(),
    incentiveVault: reader.pubkey(),
  };
}

/** A verifier took a seat. */
export type VerifierRegistered = {
  readonly verifier: Address;
  readonly owner: Address;
  readonly bond: bigint;
  readonly seat: number;
  readonly seatedSlot: bigint;
};

export function writeVerifierRegistered(writer: BorshWriter, value: VerifierRegistered): void {
  writer.pubkey(value.verifier);
  writer.pubkey(value.owner);
  writer.u64(value.bond);
  writer.u32(value.seat);
  writer.u64(value.seatedSlot);
}

export function readVerifierRegistered(reader: BorshReader): VerifierRegistered {
  return {
    verifier: reader.pubkey(),
    owner: reader.pubkey(),
    bond: reader.u64(),
    seat: reader.u32(),
    seatedSlot: reader.u64(),
  };
}

/** A verifier gave its seat up. */
export type VerifierLeft = {
  readonly verifier: Address;
  readonly owner: Address;
  readonly seat: number;
  /** Sits on that seat now, since `moved_slot`; the default address for nobody. */
  readonly movedVerifier: Address;
  readonly movedSlot: bigint;
  readonly withdrawableAt: bigint;
};

export function writeVerifierLeft(writer: BorshWriter, value: VerifierLeft): void {
  writer.pubkey(value.verifier);
  writer.pubkey(value.owner);
  writer.u32(value.seat);
  writer.pubkey(value.movedVerifier);
  writer.u64(value.movedSlot);
  writer.i64(value.withdrawableAt);
}

export function readVerifierLeft(reader: BorshReader): VerifierLeft {
  return {
    verifier: reader.pubkey(),
    owner: reader.pubkey(),
    seat: reader.u32(),
    movedVerifier: reader.pubkey(),
    movedSlot: reader.u64(),
    withdrawableAt: reader.i64(),
  };
}

/** A verifier has its bond back and is closed. */
export type VerifierWithdrawn = {
  readonly verifier: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly paidTo: Address;
};

export function writeVerifierWithdrawn(writer: BorshWriter, value: VerifierWithdrawn): void {
  writer.pubkey(value.verifier);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writer.pubkey(value.paidTo);
}

export function readVerifierWithdrawn(reader: BorshReader): VerifierWithdrawn {
  return {
    verifier: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    paidTo: reader.pubkey(),
  };
}

/** A provider committed to its work. */
export type AttestationCommitted = {
  readonly attestation: Address;
  readonly order: Address;
  readonly provider: Address;
  readonly index: number;
  readonly checkpointRoot: Uint8Array;
  readonly checkpointCount: number;
  readonly resultHash: Uint8Array;
  readonly gpuSeconds: bigint;
  readonly drawAfterSlot: bigint;
  readonly attestedAt: bigint;
  readonly verifierCount: number;
};

export function writeAttestationCommitted(writer: BorshWriter, value: AttestationCommitted): void {
  writer.pubkey(value.attestation);
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.u32(value.index);
  writer.fixedBytes(value.checkpointRoot, 32);
  writer.u32(value.checkpointCount);
  writer.fixedBytes(value.resultHash, 32);
  writer.u64(value.gpuSeconds);
  writer.u64(value.drawAfterSlot);
  writer.i64(value.attestedAt);
  writer.u32(value.verifierCount);
}

export function readAttestationCommitted(reader: BorshReader): AttestationCommitted {
  return {
    attestation: reader.pubkey(),
    order: reader.pubkey(),
    provider: reader.pubkey(),
    index: reader.u32(),
    checkpointRoot: reader.fixedBytes(32),
    checkpointCount: reader.u32(),
    resultHash: reader.fixedBytes(32),
    gpuSeconds: reader.u64(),
    drawAfterSlot: reader.u64(),
    attestedAt: reader.i64(),
    verifierCount: reader.u32(),
  };
}

/** A draw was missed; the next one selects for certain. */
export type AttestationRearmed = {
  readonly attestation: Address;
  readonly order: Address;
  readonly provider: Address;
  readonly drawAfterSlot: bigint;
};

export function writeAttestationRearmed(writer: BorshWriter, value: AttestationRearmed): void {
  writer.pubkey(value.attestation);
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.u64(value.drawAfterSlot);
}

export function readAttestationRearmed(reader: BorshReader): AttestationRearmed {
  return {
    attestation: reader.pubkey(),
    order: reader.pubkey(),
    provider: reader.pubkey(),
    drawAfterSlot: reader.u64(),
  };
}

/** The draw of an attestation. */
export type AttestationDrawn = {
  readonly attestation: Address;
  readonly order: Address;
  readonly provider: Address;
  readonly isSelected: boolean;
  readonly blockSlot: bigint;
  readonly blockHash: Uint8Array;
  readonly seed: Uint8Array;
  readonly verifier: Address;
  readonly turnEndsAt: bigint;
  readonly challengeUntil: bigint;
  readonly slashAmount: bigint;
  readonly drawnAt: bigint;
};

export function writeAttestationDrawn(writer: BorshWriter, value: AttestationDrawn): void {
  writer.pubkey(value.attestation);
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.bool(value.isSelected);
  writer.u64(value.blockSlot);
  writer.fixedBytes(value.blockHash, 32);
  writer.fixedBytes(value.seed, 32);
  writer.pubkey(value.verifier);
  writer.i64(value.turnEndsAt);
  writer.i64(value.challengeUntil);
  writer.u64(value.slashAmount);
  writer.i64(value.drawnAt);
}

export function readAttestationDrawn(reader: BorshReader): AttestationDrawn {
  return {
    attestation: reader.pubkey(),
    order: reader.pubkey(),
    provider: reader.pubkey(),
    isSelected: reader.bool(),
    blockSlot: reader.u64(),
    blockHash: reader.fixedBytes(32),
    seed: reader.fixedBytes(32),
    verifier: reader.pubkey(),
    turnEndsAt: reader.i64(),
    challengeUntil: reader.i64(),
    slashAmount: reader.u64(),
    drawnAt: reader.i64(),
  };
}

/** Nobody challenged a selected attestation in time. */
export type AttestationCleared = {
  readonly attestation: Address;
  readonly order: Address;
  readonly provider: Address;
  readonly slashAmount: bigint;
  readonly clearedAt: bigint;
};

export function writeAttestationCleared(writer: BorshWriter, value: AttestationCleared): void {
  writer.pubkey(value.attestation);
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.u64(value.slashAmount);
  writer.i64(value.clearedAt);
}

export function readAttestationCleared(reader: BorshReader): AttestationCleared {
  return {
    attestation: reader.pubkey(),
    order: reader.pubkey(),
    provider: reader.pubkey(),
    slashAmount: reader.u64(),
    clearedAt: reader.i64(),
  };
}

/** A challenge began. */
export type ChallengeOpened = {
  readonly challenge: Address;
  readonly attestation: Address;
  readonly order: Address;
  readonly provider: Address;
  readonly challenger: Address;
  readonly verifier: Address;
  readonly deposit: bigint;
  readonly slashAmount: bigint;
  readonly claim: Uint8Array;
  readonly segmentCount: number;
  readonly openedAt: bigint;
  readonly answerDeadline: bigint;
};

export function writeChallengeOpened(writer: BorshWriter, value: ChallengeOpened): void {
  writer.pubkey(value.challenge);
  writer.pubkey(value.attestation);
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.challenger);
  writer.pubkey(value.verifier);
  writer.u64(value.deposit);
  writer.u64(value.slashAmount);
  writer.fixedBytes(value.claim, 32);
  writer.u8(value.segmentCount);
  writer.i64(value.openedAt);
  writer.i64(value.answerDeadline);
}

export function readChallengeOpened(reader: BorshReader): ChallengeOpened {
  return {
    challenge: reader.pubkey(),
    attestation: reader.pubkey(),
    order: reader.pubkey(),
    provider: reader.pubkey(),
    challenger: reader.pubkey(),
    verifier: reader.pubkey(),
    deposit: reader.u64(),
    slashAmount: reader.u64(),
    claim: reader.fixedBytes(32),
    segmentCount: reader.u8(),
    openedAt: reader.i64(),
    answerDeadline: reader.i64(),
  };
}

/** A provider revealed drawn checkpoints. */
export type SegmentsRevealed = {
  readonly challenge: Address;
  readonly attestation: Address;
  readonly provider: Address;
  readonly revealedCount: number;
  readonly revealed: Uint8Array;
  readonly status: number;
  readonly judgeDeadline: bigint;
};

export function writeSegmentsRevealed(writer: BorshWriter, value: SegmentsRevealed): void {
  writer.pubkey(value.challenge);
  writer.pubkey(value.attestation);
  writer.pubkey(value.provider);
  writer.u8(value.revealedCount);
  writer.fixedBytes(value.revealed, 32);
  writer.u8(value.status);
  writer.i64(value.judgeDeadline);
}

export function readSegmentsRevealed(reader: BorshReader): SegmentsRevealed {
  return {
    challenge: reader.pubkey(),
    attestation: reader.pubkey(),
    provider: reader.pubkey(),
    revealedCount: reader.u8(),
    revealed: reader.fixedBytes(32),
    status: reader.u8(),
    judgeDeadline: reader.i64(),
  };
}

/** The arbiter judged a contested answer. */
export type ChallengeJudged = {
  readonly challenge: Address;
  readonly attestation: Address;
  readonly isProviderWrong: boolean;
  readonly judgedAt: bigint;
};

export function writeChallengeJudged(writer: BorshWriter, value: ChallengeJudged): void {
  writer.pubkey(value.challenge);
  writer.pubkey(value.attestation);
  writer.bool(value.isProviderWrong);
  writer.i64(value.judgedAt);
}

export function readChallengeJudged(reader: BorshReader): ChallengeJudged {
  return {
    challenge: reader.pubkey(),
    attestation: reader.pubkey(),
    isProviderWrong: reader.bool(),
    judgedAt: reader.i64(),
  };
}

/** A challenge ended. */
export type ChallengeResolved = {
  readonly challenge: Address;
  readonly attestation: Address;
  readonly order: Address;
  readonly provider: Address;
  readonly challenger: Address;
  readonly verifier: Address;
  /** 5 passed, 6 failed, 7 rejected, 8 undecided. */
  readonly outcome: number;
  readonly deposit: bigint;
  readonly depositTo: Address;
  /** Bond that was set aside; taken when failed. */
  readonly slashAmount: bigint;
  readonly burned: bigint;
  readonly paid: bigint;
  readonly bondTotal: bigint;
  readonly resolvedAt: bigint;
  readonly surplus: bigint;
};

export function writeChallengeResolved(writer: BorshWriter, value: ChallengeResolved): void {
  writer.pubkey(value.challenge);
  writer.pubkey(value.attestation);
  writer.pubkey(value.order);
  writer.pubkey(value.provider);
  writer.pubkey(value.challenger);
  writer.pubkey(value.verifier);
  writer.u8(value.outcome);
  writer.u64(value.deposit);
  writer.pubkey(value.depositTo);
  writer.u64(value.slashAmount);
  writer.u64(value.burned);
  writer.u64(value.paid);
  writer.u64(value.bondTotal);
  writer.i64(value.resolvedAt);
  writer.u64(value.surplus);
}

export function readChallengeResolved(reader: BorshReader): ChallengeResolved {
  return {
    challenge: reader.pubkey(),
    attestation: reader.pubkey(),
    order: reader.pubkey(),
    provider: reader.pubkey(),
    challenger: reader.pubkey(),
    verifier: reader.pubkey(),
    outcome: reader.u8(),
    deposit: reader.u64(),
    depositTo: reader.pubkey(),
    slashAmount: reader.u64(),
    burned: reader.u64(),
    paid: reader.u64(),
    bondTotal: reader.u64(),
    resolvedAt: reader.i64(),
    surplus: reader.u64(),
  };
}

/** A provider was slashed outside a challenge. */
export type ProviderSlashed = {
  readonly provider: Address;
  readonly class: number;
  readonly evidence: Address;
  readonly slashRecord: Address;
  readonly amount: bigint;
  readonly burned: bigint;
  readonly paid: bigint;
  readonly paidTo: Address;
  readonly bondTotal: bigint;
  readonly slashedBy: Address;
  readonly slashedAt: bigint;
};

export function writeProviderSlashed(writer: BorshWriter, value: ProviderSlashed): void {
  writer.pubkey(value.provider);
  writer.u8(value.class);
  writer.pubkey(value.evidence);
  writer.pubkey(value.slashRecord);
  writer.u64(value.amount);
  writer.u64(value.burned);
  writer.u64(value.paid);
  writer.pubkey(value.paidTo);
  writer.u64(value.bondTotal);
  writer.pubkey(value.slashedBy);
  writer.i64(value.slashedAt);
}

export function readProviderSlashed(reader: BorshReader): ProviderSlashed {
  return {
    provider: reader.pubkey(),
    class: reader.u8(),
    evidence: reader.pubkey(),
    slashRecord: reader.pubkey(),
    amount: reader.u64(),
    burned: reader.u64(),
    paid: reader.u64(),
    paidTo: reader.pubkey(),
    bondTotal: reader.u64(),
    slashedBy: reader.pubkey(),
    slashedAt: reader.i64(),
  };
}

/** A verifier has its part of a vault. */
export type VerifierFeesClaimed = {
  readonly verifier: Address;
  readonly owner: Address;
  readonly mint: Address;
  readonly challengeCount: bigint;
  readonly amount: bigint;
  readonly paidTo: Address;
};

export function writeVerifierFeesClaimed(writer: BorshWriter, value: VerifierFeesClaimed): void {
  writer.pubkey(value.verifier);
  writer.pubkey(value.owner);
  writer.pubkey(value.mint);
  writer.u64(value.challengeCount);
  writer.u64(value.amount);
  writer.pubkey(value.paidTo);
}

export function readVerifierFeesClaimed(reader: BorshReader): VerifierFeesClaimed {
  return {
    verifier: reader.pubkey(),
    owner: reader.pubkey(),
    mint: reader.pubkey(),
    challengeCount: reader.u64(),
    amount: reader.u64(),
    paidTo: reader.pubkey(),
  };
}

/** Scores of an epoch were committed. */
export type ReputationRootCommitted = {
  readonly epoch: bigint;
  readonly root: Uint8Array;
  readonly committedAt: bigint;
};

export function writeReputationRootCommitted(writer: BorshWriter, value: ReputationRootCommitted): void {
  writer.u64(value.epoch);
  writer.fixedBytes(value.root, 32);
  writer.i64(value.committedAt);
}

export function readReputationRootCommitted(reader: BorshReader): ReputationRootCommitted {
  return {
    epoch: reader.u64(),
    root: reader.fixedBytes(32),
    committedAt: reader.i64(),
  };
}

/** A provider's score stands on its account. */
export type ReputationProven = {
  readonly provider: Address;
  readonly epoch: bigint;
  readonly score: number;
};

export function writeReputationProven(writer: BorshWriter, value: ReputationProven): void {
  writer.pubkey(value.provider);
  writer.u64(value.epoch);
  writer.u32(value.score);
}

export function readReputationProven(reader: BorshReader): ReputationProven {
  return {
    provider: reader.pubkey(),
    epoch: reader.u64(),
    score: reader.u32(),
  };
}

/** The incentive vault was filled. */
export type IncentivesFunded = {
  readonly funder: Address;
  readonly amount: bigint;
  readonly vaultBalance: bigint;
};

export function writeIncentivesFunded(writer: BorshWriter, value: IncentivesFunded): void {
  writer.pubkey(value.funder);
  writer.u64(value.amount);
  writer.u64(value.vaultBalance);
}

export function readIncentivesFunded(reader: BorshReader): IncentivesFunded {
  return {
    funder: reader.pubkey(),
    amount: reader.u64(),
    vaultBalance: reader.u64(),
  };
}

/** Incentives of an epoch were reserved. */
export type IncentivesCommitted = {
  readonly incentiveEpoch: Address;
  readonly epoch: bigint;
  readonly root: Uint8Array;
  readonly total: bigint;
  readonly incentivesReserved: bigint;
  readonly committedAt: bigint;
};

export function writeIncentivesCommitted(writer: BorshWriter, value: IncentivesCommitted): void {
  writer.pubkey(value.incentiveEpoch);
  writer.u64(value.epoch);
  writer.fixedBytes(value.root, 32);
  writer.u64(value.total);
  writer.u64(value.incentivesReserved);
  writer.i64(value.committedAt);
}

export function readIncentivesCommitted(reader: BorshReader): IncentivesCommitted {
  return {
    incentiveEpoch: reader.pubkey(),
    epoch: reader.u64(),
    root: reader.fixedBytes(32),
    total: reader.u64(),
    incentivesReserved: reader.u64(),
    committedAt: reader.i64(),
  };
}

/** A provider has its incentive. */
export type IncentiveClaimed = {
  readonly incentiveClaim: Address;
  readonly incentiveEpoch: Address;
  readonly epoch: bigint;
  readonly provider: Address;
  readonly amount: bigint;
  readonly paidTo: Address;
  readonly claimedAt: bigint;
};

export function writeIncentiveClaimed(writer: BorshWriter, value: IncentiveClaimed): void {
  writer.pubkey(value.incentiveClaim);
  writer.pubkey(value.incentiveEpoch);
  writer.u64(value.epoch);
  writer.pubkey(value.provider);
  writer.u64(value.amount);
  writer.pubkey(value.paidTo);
  writer.i64(value.claimedAt);
}

export function readIncentiveClaimed(reader: BorshReader): IncentiveClaimed {
  return {
    incentiveClaim: reader.pubkey(),
    incentiveEpoch: reader.pubkey(),
    epoch: reader.u64(),
    provider: reader.pubkey(),
    amount: reader.u64(),
    paidTo: reader.pubkey(),
    claimedAt: reader.i64(),
  };
}

export const MARKETPLACE_ACCOUNT_DISCRIMINATOR = Uint8Array.of(70, 222, 41, 62, 78, 3, 32, 174);

export function encodeMarketplace(value: Marketplace): Uint8Array {
  return encodeWith(MARKETPLACE_ACCOUNT_DISCRIMINATOR, (writer) => writeMarketplace(writer, value));
}

export function decodeMarketplace(data: Uint8Array): Marketplace {
  return decodeWith(data, MARKETPLACE_ACCOUNT_DISCRIMINATOR, 'Marketplace', readMarketplace);
}

export const PROVIDER_ACCOUNT_DISCRIMINATOR = Uint8Array.of(164, 180, 71, 17, 75, 216, 80, 195);

export function encodeProvider(value: Provider): Uint8Array {
  return encodeWith(PROVIDER_ACCOUNT_DISCRIMINATOR, (writer) => writeProvider(writer, value));
}

export function decodeProvider(data: Uint8Array): Provider {
  return decodeWith(data, PROVIDER_ACCOUNT_DISCRIMINATOR, 'Provider', readProvider);
}

export const OFFER_ACCOUNT_DISCRIMINATOR = Uint8Array.of(215, 88, 60, 71, 170, 162, 73, 229);

export function encodeOffer(value: Offer): Uint8Array {
  return encodeWith(OFFER_ACCOUNT_DISCRIMINATOR, (writer) => writeOffer(writer, value));
}

export function decodeOffer(data: Uint8Array): Offer {
  return decodeWith(data, OFFER_ACCOUNT_DISCRIMINATOR, 'Offer', readOffer);
}

export const BUYER_ACCOUNT_DISCRIMINATOR = Uint8Array.of(212, 193, 28, 181, 26, 219, 85, 174);

export function encodeBuyer(value: Buyer): Uint8Array {
  return encodeWith(BUYER_ACCOUNT_DISCRIMINATOR, (writer) => writeBuyer(writer, value));
}

export function decodeBuyer(data: Uint8Array): Buyer {
  return decodeWith(data, BUYER_ACCOUNT_DISCRIMINATOR, 'Buyer', readBuyer);
}

export const ORDER_ACCOUNT_DISCRIMINATOR = Uint8Array.of(134, 173, 223, 185, 77, 86, 28, 51);

export function encodeOrder(value: Order): Uint8Array {
  return encodeWith(ORDER_ACCOUNT_DISCRIMINATOR, (writer) => writeOrder(writer, value));
}

export function decodeOrder(data: Uint8Array): Order {
  return decodeWith(data, ORDER_ACCOUNT_DISCRIMINATOR, 'Order', readOrder);
}

export const BENCHMARK_ACCOUNT_DISCRIMINATOR = Uint8Array.of(57, 252, 33, 54, 113, 141, 233, 247);

export function encodeBenchmark(value: Benchmark): Uint8Array {
  return encodeWith(BENCHMARK_ACCOUNT_DISCRIMINATOR, (writer) => writeBenchmark(writer, value));
}

export function decodeBenchmark(data: Uint8Array): Benchmark {
  return decodeWith(data, BENCHMARK_ACCOUNT_DISCRIMINATOR, 'Benchmark', readBenchmark);
}

export const DEPOSIT_ACCOUNT_DISCRIMINATOR = Uint8Array.of(148, 146, 121, 66, 207, 173, 21, 227);

export function encodeDeposit(value: Deposit): Uint8Array {
  return encodeWith(DEPOSIT_ACCOUNT_DISCRIMINATOR, (writer) => writeDeposit(writer, value));
}

export function decodeDeposit(data: Uint8Array): Deposit {
  return decodeWith(data, DEPOSIT_ACCOUNT_DISCRIMINATOR, 'Deposit', readDeposit);
}

export const WORKLOAD_ACCOUNT_DISCRIMINATOR = Uint8Array.of(206, 97, 141, 191, 183, 109, 209, 27);

export function encodeWorkload(value: Workload): Uint8Array {
  return encodeWith(WORKLOAD_ACCOUNT_DISCRIMINATOR, (writer) => writeWorkload(writer, value));
}

export function decodeWorkload(data: Uint8Array): Workload {
  return decodeWith(data, WORKLOAD_ACCOUNT_DISCRIMINATOR, 'Workload', readWorkload);
}

export const VERIFIER_SET_ACCOUNT_DISCRIMINATOR = Uint8Array.of(227, 16, 215, 74, 157, 114, 239, 185);

export function encodeVerifierSet(value: VerifierSet): Uint8Array {
  return encodeWith(VERIFIER_SET_ACCOUNT_DISCRIMINATOR, (writer) => writeVerifierSet(writer, value));
}

export function decodeVerifierSet(data: Uint8Array): VerifierSet {
  return decodeWith(data, VERIFIER_SET_ACCOUNT_DISCRIMINATOR, 'VerifierSet', readVerifierSet);
}

export const VERIFIER_ACCOUNT_DISCRIMINATOR = Uint8Array.of(195, 177, 185, 71, 72, 61, 77, 112);

export function encodeVerifier(value: Verifier): Uint8Array {
  return encodeWith(VERIFIER_ACCOUNT_DISCRIMINATOR, (writer) => writeVerifier(writer, value));
}

export function decodeVerifier(data: Uint8Array): Verifier {
  return decodeWith(data, VERIFIER_ACCOUNT_DISCRIMINATOR, 'Verifier', readVerifier);
}

export const ATTESTATION_ACCOUNT_DISCRIMINATOR = Uint8Array.of(152, 125, 183, 86, 36, 146, 121, 73);

export function encodeAttestation(value: Attestation): Uint8Array {
  return encodeWith(ATTESTATION_ACCOUNT_DISCRIMINATOR, (writer) => writeAttestation(writer, value));
}

export function decodeAttestation(data: Uint8Array): Attestation {
  return decodeWith(data, ATTESTATION_ACCOUNT_DISCRIMINATOR, 'Attestation', readAttestation);
}

export const CHALLENGE_ACCOUNT_DISCRIMINATOR = Uint8Array.of(119, 250, 161, 121, 119, 81, 22, 208);

export function encodeChallenge(value: Challenge): Uint8Array {
  return encodeWith(CHALLENGE_ACCOUNT_DISCRIMINATOR, (writer) => writeChallenge(writer, value));
}

export function decodeChallenge(data: Uint8Array): Challenge {
  return decodeWith(data, CHALLENGE_ACCOUNT_DISCRIMINATOR, 'Challenge', readChallenge);
}

export const SLASH_RECORD_ACCOUNT_DISCRIMINATOR = Uint8Array.of(107, 134, 175, 65, 150, 130, 94, 68);

export function encodeSlashRecord(value: SlashRecord): Uint8Array {
  return encodeWith(SLASH_RECORD_ACCOUNT_DISCRIMINATOR, (writer) => writeSlashRecord(writer, value));
}

export function decodeSlashRecord(data: Uint8Array): SlashRecord {
  return decodeWith(data, SLASH_RECORD_ACCOUNT_DISCRIMINATOR, 'SlashRecord', readSlashRecord);
}

export const EPOCH_BOOK_ACCOUNT_DISCRIMINATOR = Uint8Array.of(130, 201, 238, 234, 79, 121, 14, 21);

export function encodeEpochBook(value: EpochBook): Uint8Array {
  return encodeWith(EPOCH_BOOK_ACCOUNT_DISCRIMINATOR, (writer) => writeEpochBook(writer, value));
}

export function decodeEpochBook(data: Uint8Array): EpochBook {
  return decodeWith(data, EPOCH_BOOK_ACCOUNT_DISCRIMINATOR, 'EpochBook', readEpochBook);
}

export const INCENTIVE_EPOCH_ACCOUNT_DISCRIMINATOR = Uint8Array.of(21, 20, 137, 243, 37, 186, 138, 218);

export function encodeIncentiveEpoch(value: IncentiveEpoch): Uint8Array {
  return encodeWith(INCENTIVE_EPOCH_ACCOUNT_DISCRIMINATOR, (writer) => writeIncentiveEpoch(writer, value));
}

export function decodeIncentiveEpoch(data: Uint8Array): IncentiveEpoch {
  return decodeWith(data, INCENTIVE_EPOCH_ACCOUNT_DISCRIMINATOR, 'IncentiveEpoch', readIncentiveEpoch);
}

export const INCENTIVE_CLAIM_ACCOUNT_DISCRIMINATOR = Uint8Array.of(46, 151, 235, 25, 54, 16, 149, 209);

export function encodeIncentiveClaim(value: IncentiveClaim): Uint8Array {
  return encodeWith(INCENTIVE_CLAIM_ACCOUNT_DISCRIMINATOR, (writer) => writeIncentiveClaim(writer, value));
}

export function decodeIncentiveClaim(data: Uint8Array): IncentiveClaim {
  return decodeWith(data, INCENTIVE_CLAIM_ACCOUNT_DISCRIMINATOR, 'IncentiveClaim', readIncentiveClaim);
}

export const MARKETPLACE_INITIALIZED_EVENT_DISCRIMINATOR = Uint8Array.of(22, 167, 42, 34, 172, 55, 155, 14);

export function encodeMarketplaceInitialized(value: MarketplaceInitialized): Uint8Array {
  return encodeWith(MARKETPLACE_INITIALIZED_EVENT_DISCRIMINATOR, (writer) => writeMarketplaceInitialized(writer, value));
}

export function decodeMarketplaceInitialized(data: Uint8Array): MarketplaceInitialized {
  return decodeWith(data, MARKETPLACE_INITIALIZED_EVENT_DISCRIMINATOR, 'MarketplaceInitialized', readMarketplaceInitialized);
}

export const PARAMETERS_SET_EVENT_DISCRIMINATOR = Uint8Array.of(135, 177, 105, 148, 253, 65, 215, 30);

export function encodeParametersSet(value: ParametersSet): Uint8Array {
  return encodeWith(PARAMETERS_SET_EVENT_DISCRIMINATOR, (writer) => writeParametersSet(writer, value));
}

export function decodeParametersSet(data: Uint8Array): ParametersSet {
  return decodeWith(data, PARAMETERS_SET_EVENT_DISCRIMINATOR, 'ParametersSet', readParametersSet);
}

export const AUTHORITIES_SET_EVENT_DISCRIMINATOR = Uint8Array.of(19, 70, 118, 88, 8, 9, 226, 144);

export function encodeAuthoritiesSet(value: AuthoritiesSet): Uint8Array {
  return encodeWith(AUTHORITIES_SET_EVENT_DISCRIMINATOR, (writer) => writeAuthoritiesSet(writer, value));
}

export function decodeAuthoritiesSet(data: Uint8Array): AuthoritiesSet {
  return decodeWith(data, AUTHORITIES_SET_EVENT_DISCRIMINATOR, 'AuthoritiesSet', readAuthoritiesSet);
}

export const ORDERS_PAUSED_EVENT_DISCRIMINATOR = Uint8Array.of(192, 134, 14, 212, 136, 184, 148, 214);

export function encodeOrdersPaused(value: OrdersPaused): Uint8Array {
  return encodeWith(ORDERS_PAUSED_EVENT_DISCRIMINATOR, (writer) => writeOrdersPaused(writer, value));
}

export function decodeOrdersPaused(data: Uint8Array): OrdersPaused {
  return decodeWith(data, ORDERS_PAUSED_EVENT_DISCRIMINATOR, 'OrdersPaused', readOrdersPaused);
}

export const MODEL_SET_EVENT_DISCRIMINATOR = Uint8Array.of(55, 2, 153, 119, 230, 126, 180, 100);

export function encodeModelSet(value: ModelSet): Uint8Array {
  return encodeWith(MODEL_SET_EVENT_DISCRIMINATOR, (writer) => writeModelSet(writer, value));
}

export function decodeModelSet(data: Uint8Array): ModelSet {
  return decodeWith(data, MODEL_SET_EVENT_DISCRIMINATOR, 'ModelSet', readModelSet);
}

export const PROVIDER_STATUS_SET_EVENT_DISCRIMINATOR = Uint8Array.of(243, 219, 29, 21, 7, 23, 182, 235);

export function encodeProviderStatusSet(value: ProviderStatusSet): Uint8Array {
  return encodeWith(PROVIDER_STATUS_SET_EVENT_DISCRIMINATOR, (writer) => writeProviderStatusSet(writer, value));
}

export function decodeProviderStatusSet(data: Uint8Array): ProviderStatusSet {
  return decodeWith(data, PROVIDER_STATUS_SET_EVENT_DISCRIMINATOR, 'ProviderStatusSet', readProviderStatusSet);
}

export const PROVIDER_REGISTERED_EVENT_DISCRIMINATOR = Uint8Array.of(38, 209, 137, 78, 185, 19, 147, 14);

export function encodeProviderRegistered(value: ProviderRegistered): Uint8Array {
  return encodeWith(PROVIDER_REGISTERED_EVENT_DISCRIMINATOR, (writer) => writeProviderRegistered(writer, value));
}

export function decodeProviderRegistered(data: Uint8Array): ProviderRegistered {
  return decodeWith(data, PROVIDER_REGISTERED_EVENT_DISCRIMINATOR, 'ProviderRegistered', readProviderRegistered);
}

export const BOND_POSTED_EVENT_DISCRIMINATOR = Uint8Array.of(39, 196, 2, 142, 202, 74, 107, 205);

export function encodeBondPosted(value: BondPosted): Uint8Array {
  return encodeWith(BOND_POSTED_EVENT_DISCRIMINATOR, (writer) => writeBondPosted(writer, value));
}

export function decodeBondPosted(data: Uint8Array): BondPosted {
  return decodeWith(data, BOND_POSTED_EVENT_DISCRIMINATOR, 'BondPosted', readBondPosted);
}

export const BOND_WITHDRAWAL_REQUESTED_EVENT_DISCRIMINATOR = Uint8Array.of(91, 120, 212, 190, 108, 71, 160, 105);

export function encodeBondWithdrawalRequested(value: BondWithdrawalRequested): Uint8Array {
  return encodeWith(BOND_WITHDRAWAL_REQUESTED_EVENT_DISCRIMINATOR, (writer) => writeBondWithdrawalRequested(writer, value));
}

export function decodeBondWithdrawalRequested(data: Uint8Array): BondWithdrawalRequested {
  return decodeWith(data, BOND_WITHDRAWAL_REQUESTED_EVENT_DISCRIMINATOR, 'BondWithdrawalRequested', readBondWithdrawalRequested);
}

export const BOND_WITHDRAWN_EVENT_DISCRIMINATOR = Uint8Array.of(111, 192, 154, 231, 58, 115, 130, 103);

export function encodeBondWithdrawn(value: BondWithdrawn): Uint8Array {
  return encodeWith(BOND_WITHDRAWN_EVENT_DISCRIMINATOR, (writer) => writeBondWithdrawn(writer, value));
}

export function decodeBondWithdrawn(data: Uint8Array): BondWithdrawn {
  return decodeWith(data, BOND_WITHDRAWN_EVENT_DISCRIMINATOR, 'BondWithdrawn', readBondWithdrawn);
}

export const BENCHMARK_SUBMITTED_EVENT_DISCRIMINATOR = Uint8Array.of(131, 24, 86, 175, 158, 45, 154, 222);

export function encodeBenchmarkSubmitted(value: BenchmarkSubmitted): Uint8Array {
  return encodeWith(BENCHMARK_SUBMITTED_EVENT_DISCRIMINATOR, (writer) => writeBenchmarkSubmitted(writer, value));
}

export function decodeBenchmarkSubmitted(data: Uint8Array): BenchmarkSubmitted {
  return decodeWith(data, BENCHMARK_SUBMITTED_EVENT_DISCRIMINATOR, 'BenchmarkSubmitted', readBenchmarkSubmitted);
}

export const HEARTBEAT_SENT_EVENT_DISCRIMINATOR = Uint8Array.of(104, 195, 123, 96, 64, 85, 251, 122);

export function encodeHeartbeatSent(value: HeartbeatSent): Uint8Array {
  return encodeWith(HEARTBEAT_SENT_EVENT_DISCRIMINATOR, (writer) => writeHeartbeatSent(writer, value));
}

export function decodeHeartbeatSent(data: Uint8Array): HeartbeatSent {
  return decodeWith(data, HEARTBEAT_SENT_EVENT_DISCRIMINATOR, 'HeartbeatSent', readHeartbeatSent);
}

export const OFFER_LISTED_EVENT_DISCRIMINATOR = Uint8Array.of(22, 20, 180, 157, 118, 186, 8, 110);

export function encodeOfferListed(value: OfferListed): Uint8Array {
  return encodeWith(OFFER_LISTED_EVENT_DISCRIMINATOR, (writer) => writeOfferListed(writer, value));
}

export function decodeOfferListed(data: Uint8Array): OfferListed {
  return decodeWith(data, OFFER_LISTED_EVENT_DISCRIMINATOR, 'OfferListed', readOfferListed);
}

export const OFFER_UPDATED_EVENT_DISCRIMINATOR = Uint8Array.of(148, 115, 79, 188, 0, 21, 230, 29);

export function encodeOfferUpdated(value: OfferUpdated): Uint8Array {
  return encodeWith(OFFER_UPDATED_EVENT_DISCRIMINATOR, (writer) => writeOfferUpdated(writer, value));
}

export function decodeOfferUpdated(data: Uint8Array): OfferUpdated {
  return decodeWith(data, OFFER_UPDATED_EVENT_DISCRIMINATOR, 'OfferUpdated', readOfferUpdated);
}

export const OFFER_CLOSED_EVENT_DISCRIMINATOR = Uint8Array.of(237, 38, 102, 204, 165, 180, 177, 164);

export function encodeOfferClosed(value: OfferClosed): Uint8Array {
  return encodeWith(OFFER_CLOSED_EVENT_DISCRIMINATOR, (writer) => writeOfferClosed(writer, value));
}

export function decodeOfferClosed(data: Uint8Array): OfferClosed {
  return decodeWith(data, OFFER_CLOSED_EVENT_DISCRIMINATOR, 'OfferClosed', readOfferClosed);
}

export const ORDER_CREATED_EVENT_DISCRIMINATOR = Uint8Array.of(224, 1, 229, 63, 254, 60, 190, 159);

export function encodeOrderCreated(value: OrderCreated): Uint8Array {
  return encodeWith(ORDER_CREATED_EVENT_DISCRIMINATOR, (writer) => writeOrderCreated(writer, value));
}

export function decodeOrderCreated(data: Uint8Array): OrderCreated {
  return decodeWith(data, ORDER_CREATED_EVENT_DISCRIMINATOR, 'OrderCreated', readOrderCreated);
}

export const ORDER_EXTENDED_EVENT_DISCRIMINATOR = Uint8Array.of(106, 105, 96, 3, 128, 81, 201, 241);

export function encodeOrderExtended(value: OrderExtended): Uint8Array {
  return encodeWith(ORDER_EXTENDED_EVENT_DISCRIMINATOR, (writer) => writeOrderExtended(writer, value));
}

export function decodeOrderExtended(data: Uint8Array): OrderExtended {
  return decodeWith(data, ORDER_EXTENDED_EVENT_DISCRIMINATOR, 'OrderExtended', readOrderExtended);
}

export const DELIVERY_STARTED_EVENT_DISCRIMINATOR = Uint8Array.of(3, 93, 213, 226, 122, 73, 171, 19);

export function encodeDeliveryStarted(value: DeliveryStarted): Uint8Array {
  return encodeWith(DELIVERY_STARTED_EVENT_DISCRIMINATOR, (writer) => writeDeliveryStarted(writer, value));
}

export function decodeDeliveryStarted(data: Uint8Array): DeliveryStarted {
  return decodeWith(data, DELIVERY_STARTED_EVENT_DISCRIMINATOR, 'DeliveryStarted', readDeliveryStarted);
}

export const LEASE_ENDED_EVENT_DISCRIMINATOR = Uint8Array.of(72, 213, 85, 72, 232, 231, 130, 177);

export function encodeLeaseEnded(value: LeaseEnded): Uint8Array {
  return encodeWith(LEASE_ENDED_EVENT_DISCRIMINATOR, (writer) => writeLeaseEnded(writer, value));
}

export function decodeLeaseEnded(data: Uint8Array): LeaseEnded {
  return decodeWith(data, LEASE_ENDED_EVENT_DISCRIMINATOR, 'LeaseEnded', readLeaseEnded);
}

export const ORDER_SETTLED_EVENT_DISCRIMINATOR = Uint8Array.of(32, 21, 123, 33, 68, 59, 136, 131);

export function encodeOrderSettled(value: OrderSettled): Uint8Array {
  return encodeWith(ORDER_SETTLED_EVENT_DISCRIMINATOR, (writer) => writeOrderSettled(writer, value));
}

export function decodeOrderSettled(data: Uint8Array): OrderSettled {
  return decodeWith(data, ORDER_SETTLED_EVENT_DISCRIMINATOR, 'OrderSettled', readOrderSettled);
}

export const ORDER_REFUNDED_EVENT_DISCRIMINATOR = Uint8Array.of(120, 155, 10, 169, 7, 98, 202, 187);

export function encodeOrderRefunded(value: OrderRefunded): Uint8Array {
  return encodeWith(ORDER_REFUNDED_EVENT_DISCRIMINATOR, (writer) => writeOrderRefunded(writer, value));
}

export function decodeOrderRefunded(data: Uint8Array): OrderRefunded {
  return decodeWith(data, ORDER_REFUNDED_EVENT_DISCRIMINATOR, 'OrderRefunded', readOrderRefunded);
}

export const DISPUTE_OPENED_EVENT_DISCRIMINATOR = Uint8Array.of(239, 222, 102, 235, 193, 85, 1, 214);

export function encodeDisputeOpened(value: DisputeOpened): Uint8Array {
  return encodeWith(DISPUTE_OPENED_EVENT_DISCRIMINATOR, (writer) => writeDisputeOpened(writer, value));
}

export function decodeDisputeOpened(data: Uint8Array): DisputeOpened {
  return decodeWith(data, DISPUTE_OPENED_EVENT_DISCRIMINATOR, 'DisputeOpened', readDisputeOpened);
}

export const DISPUTE_RESOLVED_EVENT_DISCRIMINATOR = Uint8Array.of(121, 64, 249, 153, 139, 128, 236, 187);

export function encodeDisputeResolved(value: DisputeResolved): Uint8Array {
  return encodeWith(DISPUTE_RESOLVED_EVENT_DISCRIMINATOR, (writer) => writeDisputeResolved(writer, value));
}

export function decodeDisputeResolved(data: Uint8Array): DisputeResolved {
  return decodeWith(data, DISPUTE_RESOLVED_EVENT_DISCRIMINATOR, 'DisputeResolved', readDisputeResolved);
}

export const DEPOSIT_RECLAIMED_EVENT_DISCRIMINATOR = Uint8Array.of(0, 126, 199, 233, 195, 63, 18, 159);

export function encodeDepositReclaimed(value: DepositReclaimed): Uint8Array {
  return encodeWith(DEPOSIT_RECLAIMED_EVENT_DISCRIMINATOR, (writer) => writeDepositReclaimed(writer, value));
}

export function decodeDepositReclaimed(data: Uint8Array): DepositReclaimed {
  return decodeWith(data, DEPOSIT_RECLAIMED_EVENT_DISCRIMINATOR, 'DepositReclaimed', readDepositReclaimed);
}

export const USAGE_ATTESTED_EVENT_DISCRIMINATOR = Uint8Array.of(13, 124, 229, 94, 79, 25, 125, 219);

export function encodeUsageAttested(value: UsageAttested): Uint8Array {
  return encodeWith(USAGE_ATTESTED_EVENT_DISCRIMINATOR, (writer) => writeUsageAttested(writer, value));
}

export function decodeUsageAttested(data: Uint8Array): UsageAttested {
  return decodeWith(data, USAGE_ATTESTED_EVENT_DISCRIMINATOR, 'UsageAttested', readUsageAttested);
}

export const USAGE_SETTLED_EVENT_DISCRIMINATOR = Uint8Array.of(34, 78, 6, 42, 206, 77, 112, 167);

export function encodeUsageSettled(value: UsageSettled): Uint8Array {
  return encodeWith(USAGE_SETTLED_EVENT_DISCRIMINATOR, (writer) => writeUsageSettled(writer, value));
}

export function decodeUsageSettled(data: Uint8Array): UsageSettled {
  return decodeWith(data, USAGE_SETTLED_EVENT_DISCRIMINATOR, 'UsageSettled', readUsageSettled);
}

export const SESSION_CLOSED_EVENT_DISCRIMINATOR = Uint8Array.of(57, 237, 11, 243, 194, 34, 120, 27);

export function encodeSessionClosed(value: SessionClosed): Uint8Array {
  return encodeWith(SESSION_CLOSED_EVENT_DISCRIMINATOR, (writer) => writeSessionClosed(writer, value));
}

export function decodeSessionClosed(data: Uint8Array): SessionClosed {
  return decodeWith(data, SESSION_CLOSED_EVENT_DISCRIMINATOR, 'SessionClosed', readSessionClosed);
}

export const CREDITS_DEPOSITED_EVENT_DISCRIMINATOR = Uint8Array.of(126, 93, 137, 123, 137, 226, 32, 75);

export function encodeCreditsDeposited(value: CreditsDeposited): Uint8Array {
  return encodeWith(CREDITS_DEPOSITED_EVENT_DISCRIMINATOR, (writer) => writeCreditsDeposited(writer, value));
}

export function decodeCreditsDeposited(data: Uint8Array): CreditsDeposited {
  return decodeWith(data, CREDITS_DEPOSITED_EVENT_DISCRIMINATOR, 'CreditsDeposited', readCreditsDeposited);
}

export const CREDIT_WITHDRAWAL_REQUESTED_EVENT_DISCRIMINATOR = Uint8Array.of(178, 157, 15, 218, 176, 197, 209, 7);

export function encodeCreditWithdrawalRequested(value: CreditWithdrawalRequested): Uint8Array {
  return encodeWith(CREDIT_WITHDRAWAL_REQUESTED_EVENT_DISCRIMINATOR, (writer) => writeCreditWithdrawalRequested(writer, value));
}

export function decodeCreditWithdrawalRequested(data: Uint8Array): CreditWithdrawalRequested {
  return decodeWith(data, CREDIT_WITHDRAWAL_REQUESTED_EVENT_DISCRIMINATOR, 'CreditWithdrawalRequested', readCreditWithdrawalRequested);
}

export const CREDITS_WITHDRAWN_EVENT_DISCRIMINATOR = Uint8Array.of(183, 95, 31, 250, 78, 31, 234, 144);

export function encodeCreditsWithdrawn(value: CreditsWithdrawn): Uint8Array {
  return encodeWith(CREDITS_WITHDRAWN_EVENT_DISCRIMINATOR, (writer) => writeCreditsWithdrawn(writer, value));
}

export function decodeCreditsWithdrawn(data: Uint8Array): CreditsWithdrawn {
  return decodeWith(data, CREDITS_WITHDRAWN_EVENT_DISCRIMINATOR, 'CreditsWithdrawn', readCreditsWithdrawn);
}

export const WORKLOAD_SETTLED_EVENT_DISCRIMINATOR = Uint8Array.of(239, 166, 114, 35, 126, 174, 68, 31);

export function encodeWorkloadSettled(value: WorkloadSettled): Uint8Array {
  return encodeWith(WORKLOAD_SETTLED_EVENT_DISCRIMINATOR, (writer) => writeWorkloadSettled(writer, value));
}

export function decodeWorkloadSettled(data: Uint8Array): WorkloadSettled {
  return decodeWith(data, WORKLOAD_SETTLED_EVENT_DISCRIMINATOR, 'WorkloadSettled', readWorkloadSettled);
}

export const BOOKS_INITIALIZED_EVENT_DISCRIMINATOR = Uint8Array.of(13, 239, 29, 154, 35, 181, 181, 209);

export function encodeBooksInitialized(value: BooksInitialized): Uint8Array {
  return encodeWith(BOOKS_INITIALIZED_EVENT_DISCRIMINATOR, (writer) => writeBooksInitialized(writer, value));
}

export function decodeBooksInitialized(data: Uint8Array): BooksInitialized {
  return decodeWith(data, BOOKS_INITIALIZED_EVENT_DISCRIMINATOR, 'BooksInitialized', readBooksInitialized);
}

export const VERIFIER_REGISTERED_EVENT_DISCRIMINATOR = Uint8Array.of(203, 97, 26, 57, 161, 104, 177, 144);

export function encodeVerifierRegistered(value: VerifierRegistered): Uint8Array {
  return encodeWith(VERIFIER_REGISTERED_EVENT_DISCRIMINATOR, (writer) => writeVerifierRegistered(writer, value));
}

export function decodeVerifierRegistered(data: Uint8Array): VerifierRegistered {
  return decodeWith(data, VERIFIER_REGISTERED_EVENT_DISCRIMINATOR, 'VerifierRegistered', readVerifierRegistered);
}

export const VERIFIER_LEFT_EVENT_DISCRIMINATOR = Uint8Array.of(152, 72, 205, 18, 139, 189, 34, 98);

export function encodeVerifierLeft(value: VerifierLeft): Uint8Array {
  return encodeWith(VERIFIER_LEFT_EVENT_DISCRIMINATOR, (writer) => writeVerifierLeft(writer, value));
}

export function decodeVerifierLeft(data: Uint8Array): VerifierLeft {
  return decodeWith(data, VERIFIER_LEFT_EVENT_DISCRIMINATOR, 'VerifierLeft', readVerifierLeft);
}

export const VERIFIER_WITHDRAWN_EVENT_DISCRIMINATOR = Uint8Array.of(124, 67, 43, 26, 154, 110, 133, 209);

export function encodeVerifierWithdrawn(value: VerifierWithdrawn): Uint8Array {
  return encodeWith(VERIFIER_WITHDRAWN_EVENT_DISCRIMINATOR, (writer) => writeVerifierWithdrawn(writer, value));
}

export function decodeVerifierWithdrawn(data: Uint8Array): VerifierWithdrawn {
  return decodeWith(data, VERIFIER_WITHDRAWN_EVENT_DISCRIMINATOR, 'VerifierWithdrawn', readVerifierWithdrawn);
}

export const ATTESTATION_COMMITTED_EVENT_DISCRIMINATOR = Uint8Array.of(39, 198, 130, 214, 119, 52, 71, 7);

export function encodeAttestationCommitted(value: AttestationCommitted): Uint8Array {
  return encodeWith(ATTESTATION_COMMITTED_EVENT_DISCRIMINATOR, (writer) => writeAttestationCommitted(writer, value));
}

export function decodeAttestationCommitted(data: Uint8Array): AttestationCommitted {
  return decodeWith(data, ATTESTATION_COMMITTED_EVENT_DISCRIMINATOR, 'AttestationCommitted', readAttestationCommitted);
}

export const ATTESTATION_REARMED_EVENT_DISCRIMINATOR = Uint8Array.of(35, 215, 190, 25, 103, 74, 69, 214);

export function encodeAttestationRearmed(value: AttestationRearmed): Uint8Array {
  return encodeWith(ATTESTATION_REARMED_EVENT_DISCRIMINATOR, (writer) => writeAttestationRearmed(writer, value));
}

export function decodeAttestationRearmed(data: Uint8Array): AttestationRearmed {
  return decodeWith(data, ATTESTATION_REARMED_EVENT_DISCRIMINATOR, 'AttestationRearmed', readAttestationRearmed);
}

export const ATTESTATION_DRAWN_EVENT_DISCRIMINATOR = Uint8Array.of(217, 21, 66, 9, 138, 60, 81, 73);

export function encodeAttestationDrawn(value: AttestationDrawn): Uint8Array {
  return encodeWith(ATTESTATION_DRAWN_EVENT_DISCRIMINATOR, (writer) => writeAttestationDrawn(writer, value));
}

export function decodeAttestationDrawn(data: Uint8Array): AttestationDrawn {
  return decodeWith(data, ATTESTATION_DRAWN_EVENT_DISCRIMINATOR, 'AttestationDrawn', readAttestationDrawn);
}

export const ATTESTATION_CLEARED_EVENT_DISCRIMINATOR = Uint8Array.of(234, 33, 97, 32, 246, 227, 136, 69);

export function encodeAttestationCleared(value: AttestationCleared): Uint8Array {
  return encodeWith(ATTESTATION_CLEARED_EVENT_DISCRIMINATOR, (writer) => writeAttestationCleared(writer, value));
}

export function decodeAttestationCleared(data: Uint8Array): AttestationCleared {
  return decodeWith(data, ATTESTATION_CLEARED_EVENT_DISCRIMINATOR, 'AttestationCleared', readAttestationCleared);
}

export const CHALLENGE_OPENED_EVENT_DISCRIMINATOR = Uint8Array.of(42, 83, 165, 62, 80, 17, 63, 181);

export function encodeChallengeOpened(value: ChallengeOpened): Uint8Array {
  return encodeWith(CHALLENGE_OPENED_EVENT_DISCRIMINATOR, (writer) => writeChallengeOpened(writer, value));
}

export function decodeChallengeOpened(data: Uint8Array): ChallengeOpened {
  return decodeWith(data, CHALLENGE_OPENED_EVENT_DISCRIMINATOR, 'ChallengeOpened', readChallengeOpened);
}

export const SEGMENTS_REVEALED_EVENT_DISCRIMINATOR = Uint8Array.of(165, 63, 60, 35, 247, 71, 98, 215);

export function encodeSegmentsRevealed(value: SegmentsRevealed): Uint8Array {
  return encodeWith(SEGMENTS_REVEALED_EVENT_DISCRIMINATOR, (writer) => writeSegmentsRevealed(writer, value));
}

export function decodeSegmentsRevealed(data: Uint8Array): SegmentsRevealed {
  return decodeWith(data, SEGMENTS_REVEALED_EVENT_DISCRIMINATOR, 'SegmentsRevealed', readSegmentsRevealed);
}

export const CHALLENGE_JUDGED_EVENT_DISCRIMINATOR = Uint8Array.of(65, 69, 134, 100, 92, 181, 65, 236);

export function encodeChallengeJudged(value: ChallengeJudged): Uint8Array {
  return encodeWith(CHALLENGE_JUDGED_EVENT_DISCRIMINATOR, (writer) => writeChallengeJudged(writer, value));
}

export function decodeChallengeJudged(data: Uint8Array): ChallengeJudged {
  return decodeWith(data, CHALLENGE_JUDGED_EVENT_DISCRIMINATOR, 'ChallengeJudged', readChallengeJudged);
}

export const CHALLENGE_RESOLVED_EVENT_DISCRIMINATOR = Uint8Array.of(100, 153, 38, 123, 172, 250, 166, 105);

export function encodeChallengeResolved(value: ChallengeResolved): Uint8Array {
  return encodeWith(CHALLENGE_RESOLVED_EVENT_DISCRIMINATOR, (writer) => writeChallengeResolved(writer, value));
}

export function decodeChallengeResolved(data: Uint8Array): ChallengeResolved {
  return decodeWith(data, CHALLENGE_RESOLVED_EVENT_DISCRIMINATOR, 'ChallengeResolved', readChallengeResolved);
}

export const PROVIDER_SLASHED_EVENT_DISCRIMINATOR = Uint8Array.of(2, 171, 201, 137, 189, 61, 50, 27);

export function encodeProviderSlashed(value: ProviderSlashed): Uint8Array {
  return encodeWith(PROVIDER_SLASHED_EVENT_DISCRIMINATOR, (writer) => writeProviderSlashed(writer, value));
}

export function decodeProviderSlashed(data: Uint8Array): ProviderSlashed {
  return decodeWith(data, PROVIDER_SLASHED_EVENT_DISCRIMINATOR, 'ProviderSlashed', readProviderSlashed);
}

export const VERIFIER_FEES_CLAIMED_EVENT_DISCRIMINATOR = Uint8Array.of(220, 165, 24, 85, 9, 51, 39, 12);

export function encodeVerifierFeesClaimed(value: VerifierFeesClaimed): Uint8Array {
  return encodeWith(VERIFIER_FEES_CLAIMED_EVENT_DISCRIMINATOR, (writer) => writeVerifierFeesClaimed(writer, value));
}

export function decodeVerifierFeesClaimed(data: Uint8Array): VerifierFeesClaimed {
  return decodeWith(data, VERIFIER_FEES_CLAIMED_EVENT_DISCRIMINATOR, 'VerifierFeesClaimed', readVerifierFeesClaimed);
}

export const REPUTATION_ROOT_COMMITTED_EVENT_DISCRIMINATOR = Uint8Array.of(155, 98, 220, 60, 3, 248, 65, 110);

export function encodeReputationRootCommitted(value: ReputationRootCommitted): Uint8Array {
  return encodeWith(REPUTATION_ROOT_COMMITTED_EVENT_DISCRIMINATOR, (writer) => writeReputationRootCommitted(writer, value));
}

export function decodeReputationRootCommitted(data: Uint8Array): ReputationRootCommitted {
  return decodeWith(data, REPUTATION_ROOT_COMMITTED_EVENT_DISCRIMINATOR, 'ReputationRootCommitted', readReputationRootCommitted);
}

export const REPUTATION_PROVEN_EVENT_DISCRIMINATOR = Uint8Array.of(173, 182, 83, 148, 56, 120, 150, 128);

export function encodeReputationProven(value: ReputationProven): Uint8Array {
  return encodeWith(REPUTATION_PROVEN_EVENT_DISCRIMINATOR, (writer) => writeReputationProven(writer, value));
}

export function decodeReputationProven(data: Uint8Array): ReputationProven {
  return decodeWith(data, REPUTATION_PROVEN_EVENT_DISCRIMINATOR, 'ReputationProven', readReputationProven);
}

export const INCENTIVES_FUNDED_EVENT_DISCRIMINATOR = Uint8Array.of(183, 207, 10, 140, 224, 140, 145, 198);

export function encodeIncentivesFunded(value: IncentivesFunded): Uint8Array {
  return encodeWith(INCENTIVES_FUNDED_EVENT_DISCRIMINATOR, (writer) => writeIncentivesFunded(writer, value));
}

export function decodeIncentivesFunded(data: Uint8Array): IncentivesFunded {
  return decodeWith(data, INCENTIVES_FUNDED_EVENT_DISCRIMINATOR, 'IncentivesFunded', readIncentivesFunded);
}

export const INCENTIVES_COMMITTED_EVENT_DISCRIMINATOR = Uint8Array.of(223, 130, 48, 143, 227, 69, 53, 27);

export function encodeIncentivesCommitted(value: IncentivesCommitted): Uint8Array {
  return encodeWith(INCENTIVES_COMMITTED_EVENT_DISCRIMINATOR, (writer) => writeIncentivesCommitted(writer, value));
}

export function decodeIncentivesCommitted(data: Uint8Array): IncentivesCommitted {
  return decodeWith(data, INCENTIVES_COMMITTED_EVENT_DISCRIMINATOR, 'IncentivesCommitted', readIncentivesCommitted);
}

export const INCENTIVE_CLAIMED_EVENT_DISCRIMINATOR = Uint8Array.of(93, 82, 106, 244, 88, 183, 241, 75);

export function encodeIncentiveClaimed(value: IncentiveClaimed): Uint8Array {
  return encodeWith(INCENTIVE_CLAIMED_EVENT_DISCRIMINATOR, (writer) => writeIncentiveClaimed(writer, value));
}

export function decodeIncentiveClaimed(data: Uint8Array): IncentiveClaimed {
  return decodeWith(data, INCENTIVE_CLAIMED_EVENT_DISCRIMINATOR, 'IncentiveClaimed', readIncentiveClaimed);
}

export type ProgramEvent =
  | { readonly name: 'MarketplaceInitialized'; readonly data: MarketplaceInitialized }
  | { readonly name: 'ParametersSet'; readonly data: ParametersSet }
  | { readonly name: 'AuthoritiesSet'; readonly data: AuthoritiesSet }
  | { readonly name: 'OrdersPaused'; readonly data: OrdersPaused }
  | { readonly name: 'ModelSet'; readonly data: ModelSet }
  | { readonly name: 'ProviderStatusSet'; readonly data: ProviderStatusSet }
  | { readonly name: 'ProviderRegistered'; readonly data: ProviderRegistered }
  | { readonly name: 'BondPosted'; readonly data: BondPosted }
  | { readonly name: 'BondWithdrawalRequested'; readonly data: BondWithdrawalRequested }
  | { readonly name: 'BondWithdrawn'; readonly data: BondWithdrawn }
  | { readonly name: 'BenchmarkSubmitted'; readonly data: BenchmarkSubmitted }
  | { readonly name: 'HeartbeatSent'; readonly data: HeartbeatSent }
  | { readonly name: 'OfferListed'; readonly data: OfferListed }
  | { readonly name: 'OfferUpdated'; readonly data: OfferUpdated }
  | { readonly name: 'OfferClosed'; readonly data: OfferClosed }
  | { readonly name: 'OrderCreated'; readonly data: OrderCreated }
  | { readonly name: 'OrderExtended'; readonly data: OrderExtended }
  | { readonly name: 'DeliveryStarted'; readonly data: DeliveryStarted }
  | { readonly name: 'LeaseEnded'; readonly data: LeaseEnded }
  | { readonly name: 'OrderSettled'; readonly data: OrderSettled }
  | { readonly name: 'OrderRefunded'; readonly data: OrderRefunded }
  | { readonly name: 'DisputeOpened'; readonly data: DisputeOpened }
  | { readonly name: 'DisputeResolved'; readonly data: DisputeResolved }
  | { readonly name: 'DepositReclaimed'; readonly data: DepositReclaimed }
  | { readonly name: 'UsageAttested'; readonly data: UsageAttested }
  | { readonly name: 'UsageSettled'; readonly data: UsageSettled }
  | { readonly name: 'SessionClosed'; readonly data: SessionClosed }
  | { readonly name: 'CreditsDeposited'; readonly data: CreditsDeposited }
  | { readonly name: 'CreditWithdrawalRequested'; readonly data: CreditWithdrawalRequested }
  | { readonly name: 'CreditsWithdrawn'; readonly data: CreditsWithdrawn }
  | { readonly name: 'WorkloadSettled'; readonly data: WorkloadSettled }
  | { readonly name: 'BooksInitialized'; readonly data: BooksInitialized }
  | { readonly name: 'VerifierRegistered'; readonly data: VerifierRegistered }
  | { readonly name: 'VerifierLeft'; readonly data: VerifierLeft }
  | { readonly name: 'VerifierWithdrawn'; readonly data: VerifierWithdrawn }
  | { readonly name: 'AttestationCommitted'; readonly data: AttestationCommitted }
  | { readonly name: 'AttestationRearmed'; readonly data: AttestationRearmed }
  | { readonly name: 'AttestationDrawn'; readonly data: AttestationDrawn }
  | { readonly name: 'AttestationCleared'; readonly data: AttestationCleared }
  | { readonly name: 'ChallengeOpened'; readonly data: ChallengeOpened }
  | { readonly name: 'SegmentsRevealed'; readonly data: SegmentsRevealed }
  | { readonly name: 'ChallengeJudged'; readonly data: ChallengeJudged }
  | { readonly name: 'ChallengeResolved'; readonly data: ChallengeResolved }
  | { readonly name: 'ProviderSlashed'; readonly data: ProviderSlashed }
  | { readonly name: 'VerifierFeesClaimed'; readonly data: VerifierFeesClaimed }
  | { readonly name: 'ReputationRootCommitted'; readonly data: ReputationRootCommitted }
  | { readonly name: 'ReputationProven'; readonly data: ReputationProven }
  | { readonly name: 'IncentivesFunded'; readonly data: IncentivesFunded }
  | { readonly name: 'IncentivesCommitted'; readonly data: IncentivesCommitted }
  | { readonly name: 'IncentiveClaimed'; readonly data: IncentiveClaimed };

/** The event in the bytes of a `Program data:` log, null for bytes of another kind. */
export function decodeEvent(data: Uint8Array): ProgramEvent | null {
  if (startsWith(data, MARKETPLACE_INITIALIZED_EVENT_DISCRIMINATOR)) return { name: 'MarketplaceInitialized', data: decodeMarketplaceInitialized(data) };
  if (startsWith(data, PARAMETERS_SET_EVENT_DISCRIMINATOR)) return { name: 'ParametersSet', data: decodeParametersSet(data) };
  if (startsWith(data, AUTHORITIES_SET_EVENT_DISCRIMINATOR)) return { name: 'AuthoritiesSet', data: decodeAuthoritiesSet(data) };
  if (startsWith(data, ORDERS_PAUSED_EVENT_DISCRIMINATOR)) return { name: 'OrdersPaused', data: decodeOrdersPaused(data) };
  if (startsWith(data, MODEL_SET_EVENT_DISCRIMINATOR)) return { name: 'ModelSet', data: decodeModelSet(data) };
  if (startsWith(data, PROVIDER_STATUS_SET_EVENT_DISCRIMINATOR)) return { name: 'ProviderStatusSet', data: decodeProviderStatusSet(data) };
  if (startsWith(data, PROVIDER_REGISTERED_EVENT_DISCRIMINATOR)) return { name: 'ProviderRegistered', data: decodeProviderRegistered(data) };
  if (startsWith(data, BOND_POSTED_EVENT_DISCRIMINATOR)) return { name: 'BondPosted', data: decodeBondPosted(data) };
  if (startsWith(data, BOND_WITHDRAWAL_REQUESTED_EVENT_DISCRIMINATOR)) return { name: 'BondWithdrawalRequested', data: decodeBondWithdrawalRequested(data) };
  if (startsWith(data, BOND_WITHDRAWN_EVENT_DISCRIMINATOR)) return { name: 'BondWithdrawn', data: decodeBondWithdrawn(data) };
  if (startsWith(data, BENCHMARK_SUBMITTED_EVENT_DISCRIMINATOR)) return { name: 'BenchmarkSubmitted', data: decodeBenchmarkSubmitted(data) };
  if (startsWith(data, HEARTBEAT_SENT_EVENT_DISCRIMINATOR)) return { name: 'HeartbeatSent', data: decodeHeartbeatSent(data) };
  if (startsWith(data, OFFER_LISTED_EVENT_DISCRIMINATOR)) return { name: 'OfferListed', data: decodeOfferListed(data) };
  if (startsWith(data, OFFER_UPDATED_EVENT_DISCRIMINATOR)) return { name: 'OfferUpdated', data: decodeOfferUpdated(data) };
  if (startsWith(data, OFFER_CLOSED_EVENT_DISCRIMINATOR)) return { name: 'OfferClosed', data: decodeOfferClosed(data) };
  if (startsWith(data, ORDER_CREATED_EVENT_DISCRIMINATOR)) return { name: 'OrderCreated', data: decodeOrderCreated(data) };
  if (startsWith(data, ORDER_EXTENDED_EVENT_DISCRIMINATOR)) return { name: 'OrderExtended', data: decodeOrderExtended(data) };
  if (startsWith(data, DELIVERY_STARTED_EVENT_DISCRIMINATOR)) return { name: 'DeliveryStarted', data: decodeDeliveryStarted(data) };
  if (startsWith(data, LEASE_ENDED_EVENT_DISCRIMINATOR)) return { name: 'LeaseEnded', data: decodeLeaseEnded(data) };
  if (startsWith(data, ORDER_SETTLED_EVENT_DISCRIMINATOR)) return { name: 'OrderSettled', data: decodeOrderSettled(data) };
  if (startsWith(data, ORDER_REFUNDED_EVENT_DISCRIMINATOR)) return { name: 'OrderRefunded', data: decodeOrderRefunded(data) };
  if (startsWith(data, DISPUTE_OPENED_EVENT_DISCRIMINATOR)) return { name: 'DisputeOpened', data: decodeDisputeOpened(data) };
  if (startsWith(data, DISPUTE_RESOLVED_EVENT_DISCRIMINATOR)) return { name: 'DisputeResolved', data: decodeDisputeResolved(data) };
  if (startsWith(data, DEPOSIT_RECLAIMED_EVENT_DISCRIMINATOR)) return { name: 'DepositReclaimed', data: decodeDepositReclaimed(data) };
  if (startsWith(data, USAGE_ATTESTED_EVENT_DISCRIMINATOR)) return { name: 'UsageAttested', data: decodeUsageAttested(data) };
  if (startsWith(data, USAGE_SETTLED_EVENT_DISCRIMINATOR)) return { name: 'UsageSettled', data: decodeUsageSettled(data) };
  if (startsWith(data, SESSION_CLOSED_EVENT_DISCRIMINATOR)) return { name: 'SessionClosed', data: decodeSessionClosed(data) };
  if (startsWith(data, CREDITS_DEPOSITED_EVENT_DISCRIMINATOR)) return { name: 'CreditsDeposited', data: decodeCreditsDeposited(data) };
  if (startsWith(data, CREDIT_WITHDRAWAL_REQUESTED_EVENT_DISCRIMINATOR)) return { name: 'CreditWithdrawalRequested', data: decodeCreditWithdrawalRequested(data) };
  if (startsWith(data, CREDITS_WITHDRAWN_EVENT_DISCRIMINATOR)) return { name: 'CreditsWithdrawn', data: decodeCreditsWithdrawn(data) };
  if (startsWith(data, WORKLOAD_SETTLED_EVENT_DISCRIMINATOR)) return { name: 'WorkloadSettled', data: decodeWorkloadSettled(data) };
  if (startsWith(data, BOOKS_INITIALIZED_EVENT_DISCRIMINATOR)) return { name: 'BooksInitialized', data: decodeBooksInitialized(data) };
  if (startsWith(data, VERIFIER_REGISTERED_EVENT_DISCRIMINATOR)) return { name: 'VerifierRegistered', data: decodeVerifierRegistered(data) };
  if (startsWith(data, VERIFIER_LEFT_EVENT_DISCRIMINATOR)) return { name: 'VerifierLeft', data: decodeVerifierLeft(data) };
  if (startsWith(data, VERIFIER_WITHDRAWN_EVENT_DISCRIMINATOR)) return { name: 'VerifierWithdrawn', data: decodeVerifierWithdrawn(data) };
  if (startsWith(data, ATTESTATION_COMMITTED_EVENT_DISCRIMINATOR)) return { name: 'AttestationCommitted', data: decodeAttestationCommitted(data) };
  if (startsWith(data, ATTESTATION_REARMED_EVENT_DISCRIMINATOR)) return { name: 'AttestationRearmed', data: decodeAttestationRearmed(data) };
  if (startsWith(data, ATTESTATION_DRAWN_EVENT_DISCRIMINATOR)) return { name: 'AttestationDrawn', data: decodeAttestationDrawn(data) };
  if (startsWith(data, ATTESTATION_CLEARED_EVENT_DISCRIMINATOR)) return { name: 'AttestationCleared', data: decodeAttestationCleared(data) };
  if (startsWith(data, CHALLENGE_OPENED_EVENT_DISCRIMINATOR)) return { name: 'ChallengeOpened', data: decodeChallengeOpened(data) };
  if (startsWith(data, SEGMENTS_REVEALED_EVENT_DISCRIMINATOR)) return { name: 'SegmentsRevealed', data: decodeSegmentsRevealed(data) };
  if (startsWith(data, CHALLENGE_JUDGED_EVENT_DISCRIMINATOR)) return { name: 'ChallengeJudged', data: decodeChallengeJudged(data) };
  if (startsWith(data, CHALLENGE_RESOLVED_EVENT_DISCRIMINATOR)) return { name: 'ChallengeResolved', data: decodeChallengeResolved(data) };
  if (startsWith(data, PROVIDER_SLASHED_EVENT_DISCRIMINATOR)) return { name: 'ProviderSlashed', data: decodeProviderSlashed(data) };
  if (startsWith(data, VERIFIER_FEES_CLAIMED_EVENT_DISCRIMINATOR)) return { name: 'VerifierFeesClaimed', data: decodeVerifierFeesClaimed(data) };
  if (startsWith(data, REPUTATION_ROOT_COMMITTED_EVENT_DISCRIMINATOR)) return { name: 'ReputationRootCommitted', data: decodeReputationRootCommitted(data) };
  if (startsWith(data, REPUTATION_PROVEN_EVENT_DISCRIMINATOR)) return { name: 'ReputationProven', data: decodeReputationProven(data) };
  if (startsWith(data, INCENTIVES_FUNDED_EVENT_DISCRIMINATOR)) return { name: 'IncentivesFunded', data: decodeIncentivesFunded(data) };
  if (startsWith(data, INCENTIVES_COMMITTED_EVENT_DISCRIMINATOR)) return { name: 'IncentivesCommitted', data: decodeIncentivesCommitted(data) };
  if (startsWith(data, INCENTIVE_CLAIMED_EVENT_DISCRIMINATOR)) return { name: 'IncentiveClaimed', data: decodeIncentiveClaimed(data) };
  return null;
}

export const INITIALIZE_MARKETPLACE_DISCRIMINATOR = Uint8Array.of(47, 81, 64, 0, 96, 56, 105, 7);

export type InitializeMarketplaceAccounts = {
  readonly payer: Address;
  readonly admin: Address;
  readonly marketplace: Address;
  /** Mint of INFER, 9 decimals. */
  readonly inferMint: Address;
  /** Mint of USDC, 6 decimals. */
  readonly usdcMint: Address;
  /** The staking program whose operator pools providers belong to. */
  readonly stakingProgram: Address;
  /** GlobalUsdcEarningsVault of the staking program. */
  readonly stakingUsdcVault: Address;
  /** Token account that takes the treasury part of INFER fees. */
  readonly inferTreasury: Address;
  /** Token account that takes the treasury part of USDC fees. */
  readonly usdcTreasury: Address;
  readonly inferVerifierVault: Address;
  readonly usdcVerifierVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Creates the one marketplace of this program: authorities, mints, the table's starting values and the founding catalogue of GPU models. */
export function initializeMarketplace(
  accounts: InitializeMarketplaceAccounts,
  args: InitializeMarketplaceArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.marketplace, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.usdcMint, false, false),
      accountMeta(accounts.stakingProgram, false, false),
      accountMeta(accounts.stakingUsdcVault, false, false),
      accountMeta(accounts.inferTreasury, false, false),
      accountMeta(accounts.usdcTreasury, false, false),
      accountMeta(accounts.inferVerifierVault, true, false),
      accountMeta(accounts.usdcVerifierVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(INITIALIZE_MARKETPLACE_DISCRIMINATOR, (writer) => writeInitializeMarketplaceArgs(writer, args)),
  };
}

export const SET_PARAMETERS_DISCRIMINATOR = Uint8Array.of(218, 114, 41, 75, 208, 237, 97, 28);

export type SetParametersAccounts = {
  /** Governance authority. */
  readonly authority: Address;
  readonly marketplace: Address;
};

/** The governance authority sets governed numbers of the marketplace: within their bounds, all or nothing. */
export function setParameters(
  accounts: SetParametersAccounts,
  args: SetParametersArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.marketplace, true, false),
    ],
    data: encodeWith(SET_PARAMETERS_DISCRIMINATOR, (writer) => writeSetParametersArgs(writer, args)),
  };
}

export const SET_AUTHORITIES_DISCRIMINATOR = Uint8Array.of(124, 254, 44, 240, 197, 70, 190, 107);

export type SetAuthoritiesAccounts = {
  readonly admin: Address;
  readonly marketplace: Address;
};

/** The admin replaces authorities; the governance authority and the exchange never change. */
export function setAuthorities(
  accounts: SetAuthoritiesAccounts,
  args: SetAuthoritiesArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.marketplace, true, false),
    ],
    data: encodeWith(SET_AUTHORITIES_DISCRIMINATOR, (writer) => writeSetAuthoritiesArgs(writer, args)),
  };
}

export const PAUSE_ORDERS_DISCRIMINATOR = Uint8Array.of(48, 210, 54, 245, 231, 2, 122, 229);

export type PauseOrdersAccounts = {
  /** Admin or halt authority. */
  readonly authority: Address;
  readonly marketplace: Address;
};

/** Admin or halt authority stop new orders, or let them in again; orders that exist are not touched. */
export function pauseOrders(
  accounts: PauseOrdersAccounts,
  args: PauseOrdersArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.marketplace, true, false),
    ],
    data: encodeWith(PAUSE_ORDERS_DISCRIMINATOR, (writer) => writePauseOrdersArgs(writer, args)),
  };
}

export const SET_MODEL_DISCRIMINATOR = Uint8Array.of(201, 11, 140, 164, 156, 124, 125, 154);

export type SetModelAccounts = {
  /** Governance authority. */
  readonly authority: Address;
  readonly marketplace: Address;
};

/** The governance authority adds a GPU model or changes the one of this name; weight and benchmark of the founding models are parameters and stay. */
export function setModel(
  accounts: SetModelAccounts,
  args: SetModelArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.marketplace, true, false),
    ],
    data: encodeWith(SET_MODEL_DISCRIMINATOR, (writer) => writeSetModelArgs(writer, args)),
  };
}

export const SET_PROVIDER_STATUS_DISCRIMINATOR = Uint8Array.of(55, 181, 28, 62, 63, 65, 48, 141);

export type SetProviderStatusAccounts = {
  /** Governance authority or admin. */
  readonly authority: Address;
  readonly marketplace: Address;
  readonly provider: Address;
};

/** The governance authority gives a provider any standing; the admin may ban and degrade. */
export function setProviderStatus(
  accounts: SetProviderStatusAccounts,
  args: SetProviderStatusArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
    ],
    data: encodeWith(SET_PROVIDER_STATUS_DISCRIMINATOR, (writer) => writeSetProviderStatusArgs(writer, args)),
  };
}

export const REGISTER_PROVIDER_DISCRIMINATOR = Uint8Array.of(254, 209, 54, 184, 46, 197, 109, 78);

export type RegisterProviderAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  /** Admin of the operator pool; may be the owner. */
  readonly poolAdmin: Address;
  readonly marketplace: Address;
  /** OperatorPool of the staking program. */
  readonly operatorPool: Address;
  readonly provider: Address;
  readonly bondVault: Address;
  readonly inferMint: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Registers a provider under an operator pool whose admin agrees by signing. */
export function registerProvider(
  accounts: RegisterProviderAccounts,
  args: RegisterProviderArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.poolAdmin, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.bondVault, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(REGISTER_PROVIDER_DISCRIMINATOR, (writer) => writeRegisterProviderArgs(writer, args)),
  };
}

export const POST_BOND_DISCRIMINATOR = Uint8Array.of(168, 151, 202, 119, 163, 58, 147, 247);

export type PostBondAccounts = {
  readonly owner: Address;
  readonly provider: Address;
  readonly bondVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Adds INFER to the bond of a provider. */
export function postBond(
  accounts: PostBondAccounts,
  args: PostBondArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.bondVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(POST_BOND_DISCRIMINATOR, (writer) => writePostBondArgs(writer, args)),
  };
}

export const REQUEST_BOND_WITHDRAWAL_DISCRIMINATOR = Uint8Array.of(66, 235, 186, 164, 34, 105, 80, 166);

export type RequestBondWithdrawalAccounts = {
  readonly owner: Address;
  readonly marketplace: Address;
  readonly provider: Address;
};

/** The owner asks bond back; it may be withdrawn after a delay. */
export function requestBondWithdrawal(
  accounts: RequestBondWithdrawalAccounts,
  args: RequestBondWithdrawalArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
    ],
    data: encodeWith(REQUEST_BOND_WITHDRAWAL_DISCRIMINATOR, (writer) => writeRequestBondWithdrawalArgs(writer, args)),
  };
}

export const WITHDRAW_BOND_DISCRIMINATOR = Uint8Array.of(222, 199, 141, 31, 188, 93, 155, 40);

export type WithdrawBondAccounts = {
  readonly owner: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly bondVault: Address;
  /** Token account of the owner. */
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** The owner takes back bond asked for, down to the tier's minimum or what orders hold locked. */
export function withdrawBond(
  accounts: WithdrawBondAccounts,
  args: WithdrawBondArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.bondVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(WITHDRAW_BOND_DISCRIMINATOR, (writer) => writeWithdrawBondArgs(writer, args)),
  };
}

export const SUBMIT_BENCHMARK_DISCRIMINATOR = Uint8Array.of(244, 94, 239, 64, 2, 195, 168, 31);

export type SubmitBenchmarkAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  /** One for each provider and device. */
  readonly benchmark: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** The owner reports the benchmark of a device: once, and again when something changed. */
export function submitBenchmark(
  accounts: SubmitBenchmarkAccounts,
  args: SubmitBenchmarkArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.benchmark, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SUBMIT_BENCHMARK_DISCRIMINATOR, (writer) => writeSubmitBenchmarkArgs(writer, args)),
  };
}

export const HEARTBEAT_DISCRIMINATOR = Uint8Array.of(202, 104, 56, 6, 240, 170, 63, 134);

export type HeartbeatAccounts = {
  readonly owner: Address;
  readonly provider: Address;
};

/** The owner says that the provider is up, with units free and busy. */
export function heartbeat(
  accounts: HeartbeatAccounts,
  args: HeartbeatArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.provider, true, false),
    ],
    data: encodeWith(HEARTBEAT_DISCRIMINATOR, (writer) => writeHeartbeatArgs(writer, args)),
  };
}

export const LIST_OFFER_DISCRIMINATOR = Uint8Array.of(77, 110, 114, 70, 201, 168, 236, 34);

export type ListOfferAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  /** Seeds: "Offer", provider, provider.offer_count as u64 LE. */
  readonly offer: Address;
  /** INFER or USDC. */
  readonly mint: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Lists an offer of GPU time at a fixed price, or at the index of the exchange plus a spread. */
export function listOffer(
  accounts: ListOfferAccounts,
  args: ListOfferArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.offer, true, false),
      accountMeta(accounts.mint, false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(LIST_OFFER_DISCRIMINATOR, (writer) => writeListOfferArgs(writer, args)),
  };
}

export const UPDATE_OFFER_DISCRIMINATOR = Uint8Array.of(191, 70, 15, 66, 224, 2, 249, 223);

export type UpdateOfferAccounts = {
  readonly owner: Address;
  readonly provider: Address;
  readonly offer: Address;
};

/** The owner changes the terms of an offer; orders it has keep theirs. */
export function updateOffer(
  accounts: UpdateOfferAccounts,
  args: UpdateOfferArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.offer, true, false),
    ],
    data: encodeWith(UPDATE_OFFER_DISCRIMINATOR, (writer) => writeUpdateOfferArgs(writer, args)),
  };
}

export const CLOSE_OFFER_DISCRIMINATOR = Uint8Array.of(191, 72, 67, 35, 239, 209, 97, 132);

export type CloseOfferAccounts = {
  readonly owner: Address;
  readonly provider: Address;
  readonly offer: Address;
};

/** The owner closes an offer; orders it has are not touched. */
export function closeOffer(
  accounts: CloseOfferAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.offer, true, false),
    ],
    data: encodeWith(CLOSE_OFFER_DISCRIMINATOR),
  };
}

export const CREATE_ORDER_DISCRIMINATOR = Uint8Array.of(141, 54, 37, 207, 237, 210, 250, 215);

export type CreateOrderAccounts = {
  readonly payer: Address;
  readonly buyer: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly offer: Address;
  /** Counts the orders of the buyer; created by the first one. */
  readonly buyerRecord: Address;
  /** Seeds: "Order", buyer, buyer_record.order_count (0 if absent) as u64 LE. */
  readonly order: Address;
  readonly vault: Address;
  /** Mint of the offer. */
  readonly mint: Address;
  readonly buyerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
  /** Index account of the offer's model, for an offer priced by it. */
  readonly index?: Address | undefined;
};

/** Locks the price of an order in its own vault, prepaid or to be paid per second, and fixes the provider's pool and the fee. */
export function createOrder(
  accounts: CreateOrderAccounts,
  args: CreateOrderArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.buyer, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.offer, true, false),
      accountMeta(accounts.buyerRecord, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.vault, true, false),
      accountMeta(accounts.mint, false, false),
      accountMeta(accounts.buyerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
      optionalMeta(accounts.index, programAddress, false, false),
    ],
    data: encodeWith(CREATE_ORDER_DISCRIMINATOR, (writer) => writeCreateOrderArgs(writer, args)),
  };
}

export const START_DELIVERY_DISCRIMINATOR = Uint8Array.of(184, 211, 206, 70, 128, 168, 211, 103);

export type StartDeliveryAccounts = {
  readonly owner: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly order: Address;
};

/** The provider hands over access before the start deadline. */
export function startDelivery(
  accounts: StartDeliveryAccounts,
  args: StartDeliveryArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.order, true, false),
    ],
    data: encodeWith(START_DELIVERY_DISCRIMINATOR, (writer) => writeStartDeliveryArgs(writer, args)),
  };
}

export const CONFIRM_DELIVERY_DISCRIMINATOR = Uint8Array.of(11, 109, 227, 53, 179, 190, 88, 155);

export type ConfirmDeliveryAccounts = {
  /** The buyer or the arbiter. */
  readonly authority: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly offer: Address;
  readonly order: Address;
  readonly vault: Address;
  /** Takes the rent of the vault. */
  readonly buyer: Address;
  readonly buyerRecord: Address;
  /** The pool fixed when the order was created. */
  readonly operatorPool: Address;
  readonly mint: Address;
  /** USDC while the pool is open with shares: the staking program's global USDC vault. Otherwise a token account of the provider's payout wallet. */
  readonly providerTokenAccount: Address;
  /** Treasury token account of the mint. */
  readonly treasury: Address;
  readonly verifierVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** The exchange, which takes settled purchases into its index. */
  readonly exchangeProgram: Address;
  /** Configuration of the exchange. */
  readonly exchange: Address;
  /** Index account of the order's model; the purchase is not recorded where it does not exist. */
  readonly index: Address;
};

/** The buyer, or for verified providers the arbiter, has a started prepaid order paid out. */
export function confirmDelivery(
  accounts: ConfirmDeliveryAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.offer, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.vault, true, false),
      accountMeta(accounts.buyer, true, false),
      accountMeta(accounts.buyerRecord, true, false),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.mint, true, false),
      accountMeta(accounts.providerTokenAccount, true, false),
      accountMeta(accounts.treasury, true, false),
      accountMeta(accounts.verifierVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.exchangeProgram, false, false),
      accountMeta(accounts.exchange, false, false),
      accountMeta(accounts.index, true, false),
    ],
    data: encodeWith(CONFIRM_DELIVERY_DISCRIMINATOR),
  };
}

export const REFUND_ORDER_DISCRIMINATOR = Uint8Array.of(164, 168, 47, 144, 154, 1, 241, 255);

export type RefundOrderAccounts = {
  readonly marketplace: Address;
  readonly provider: Address;
  readonly offer: Address;
  readonly order: Address;
  readonly vault: Address;
  /** Takes the rent of the vault. */
  readonly buyer: Address;
  /** Any token account of the buyer for the mint. */
  readonly buyerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Sends back to the buyer what an order still owes: never started, not delivered in time, nobody ruled, or a session that is over. */
export function refundOrder(
  accounts: RefundOrderAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.offer, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.vault, true, false),
      accountMeta(accounts.buyer, true, false),
      accountMeta(accounts.buyerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(REFUND_ORDER_DISCRIMINATOR),
  };
}

export const EXTEND_ORDER_DISCRIMINATOR = Uint8Array.of(76, 238, 246, 145, 251, 43, 70, 84);

export type ExtendOrderAccounts = {
  readonly buyer: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly offer: Address;
  readonly order: Address;
  readonly vault: Address;
  readonly buyerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** The buyer adds time to a running order at its price, within the longest time of the offer. */
export function extendOrder(
  accounts: ExtendOrderAccounts,
  args: ExtendOrderArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.buyer, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.offer, false, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.vault, true, false),
      accountMeta(accounts.buyerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(EXTEND_ORDER_DISCRIMINATOR, (writer) => writeExtendOrderArgs(writer, args)),
  };
}

export const ATTEST_DISCRIMINATOR = Uint8Array.of(83, 148, 120, 119, 144, 139, 117, 160);

export type AttestAccounts = {
  readonly owner: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly order: Address;
};

/** The provider attests seconds of a session; they are payable after the challenge window. */
export function attest(
  accounts: AttestAccounts,
  args: AttestArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.order, true, false),
    ],
    data: encodeWith(ATTEST_DISCRIMINATOR, (writer) => writeAttestArgs(writer, args)),
  };
}

export const SETTLE_USAGE_DISCRIMINATOR = Uint8Array.of(61, 174, 167, 9, 21, 219, 242, 117);

export type SettleUsageAccounts = {
  readonly marketplace: Address;
  readonly provider: Address;
  readonly order: Address;
  readonly vault: Address;
  readonly buyerRecord: Address;
  /** OperatorPool fixed at creation. */
  readonly operatorPool: Address;
  readonly mint: Address;
  /** Where the provider's share is due. */
  readonly providerTokenAccount: Address;
  readonly treasury: Address;
  readonly verifierVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** The exchange, which takes settled purchases into its index. */
  readonly exchangeProgram: Address;
  /** Configuration of the exchange. */
  readonly exchange: Address;
  /** Index account of the order's model; the purchase is not recorded where it does not exist. */
  readonly index: Address;
};

/** Pays attested seconds of a session whose challenge window has passed; anyone may call it. */
export function settleUsage(
  accounts: SettleUsageAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.vault, true, false),
      accountMeta(accounts.buyerRecord, true, false),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.mint, true, false),
      accountMeta(accounts.providerTokenAccount, true, false),
      accountMeta(accounts.treasury, true, false),
      accountMeta(accounts.verifierVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.exchangeProgram, false, false),
      accountMeta(accounts.exchange, false, false),
      accountMeta(accounts.index, true, false),
    ],
    data: encodeWith(SETTLE_USAGE_DISCRIMINATOR),
  };
}

export const END_SESSION_DISCRIMINATOR = Uint8Array.of(11, 244, 61, 154, 212, 249, 15, 66);

export type EndSessionAccounts = {
  /** Buyer, or owner of the provider. */
  readonly authority: Address;
  readonly provider: Address;
  readonly offer: Address;
  readonly order: Address;
};

/** Buyer or provider end a session; attested seconds are still paid. */
export function endSession(
  accounts: EndSessionAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.offer, true, false),
      accountMeta(accounts.order, true, false),
    ],
    data: encodeWith(END_SESSION_DISCRIMINATOR),
  };
}

export const EXPIRE_LEASE_DISCRIMINATOR = Uint8Array.of(101, 199, 153, 149, 163, 153, 133, 126);

export type ExpireLeaseAccounts = {
  readonly marketplace: Address;
  readonly offer: Address;
  readonly order: Address;
};

/** Ends a lease whose bought time ran out, or a session whose provider is silent; anyone may call it. */
export function expireLease(
  accounts: ExpireLeaseAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.offer, true, false),
      accountMeta(accounts.order, true, false),
    ],
    data: encodeWith(EXPIRE_LEASE_DISCRIMINATOR),
  };
}

export const OPEN_DISPUTE_DISCRIMINATOR = Uint8Array.of(137, 25, 99, 119, 23, 223, 161, 42);

export type OpenDisputeAccounts = {
  readonly payer: Address;
  /** Buyer, or owner of the provider. */
  readonly opener: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly offer: Address;
  readonly order: Address;
  readonly inferMint: Address;
  readonly disputeVault: Address;
  /** INFER account of the opener. */
  readonly openerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Buyer or provider ask the arbiter to rule on a running order, against a deposit. */
export function openDispute(
  accounts: OpenDisputeAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.opener, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.offer, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.disputeVault, true, false),
      accountMeta(accounts.openerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(OPEN_DISPUTE_DISCRIMINATOR),
  };
}

export const RESOLVE_DISPUTE_DISCRIMINATOR = Uint8Array.of(231, 6, 202, 6, 96, 103, 12, 230);

export type ResolveDisputeAccounts = {
  readonly arbiter: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly offer: Address;
  readonly order: Address;
  readonly vault: Address;
  readonly buyer: Address;
  readonly buyerRecord: Address;
  readonly operatorPool: Address;
  readonly mint: Address;
  /** Where the provider's share is due. */
  readonly providerTokenAccount: Address;
  readonly treasury: Address;
  readonly verifierVault: Address;
  readonly buyerTokenAccount: Address;
  readonly disputeVault: Address;
  /** Takes the rent of the dispute vault. */
  readonly opener: Address;
  /** INFER account of the one who is due the deposit. */
  readonly depositTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** The exchange, which takes settled purchases into its index. */
  readonly exchangeProgram: Address;
  /** Configuration of the exchange. */
  readonly exchange: Address;
  /** Index account of the order's model; the purchase is not recorded where it does not exist. */
  readonly index: Address;
};

/** The arbiter splits what a disputed order still owes; the deposit goes to the opener, or to the other side if the opener has nothing of it. */
export function resolveDispute(
  accounts: ResolveDisputeAccounts,
  args: ResolveDisputeArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.arbiter, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.offer, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.vault, true, false),
      accountMeta(accounts.buyer, true, false),
      accountMeta(accounts.buyerRecord, true, false),
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.mint, true, false),
      accountMeta(accounts.providerTokenAccount, true, false),
      accountMeta(accounts.treasury, true, false),
      accountMeta(accounts.verifierVault, true, false),
      accountMeta(accounts.buyerTokenAccount, true, false),
      accountMeta(accounts.disputeVault, true, false),
      accountMeta(accounts.opener, true, false),
      accountMeta(accounts.depositTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.exchangeProgram, false, false),
      accountMeta(accounts.exchange, false, false),
      accountMeta(accounts.index, true, false),
    ],
    data: encodeWith(RESOLVE_DISPUTE_DISCRIMINATOR, (writer) => writeResolveDisputeArgs(writer, args)),
  };
}

export const RECLAIM_DEPOSIT_DISCRIMINATOR = Uint8Array.of(222, 204, 95, 219, 219, 250, 177, 33);

export type ReclaimDepositAccounts = {
  readonly order: Address;
  readonly disputeVault: Address;
  readonly opener: Address;
  readonly openerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Sends a deposit back to its opener when nobody ruled in time; anyone may call it. */
export function reclaimDeposit(
  accounts: ReclaimDepositAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.order, false, false),
      accountMeta(accounts.disputeVault, true, false),
      accountMeta(accounts.opener, true, false),
      accountMeta(accounts.openerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(RECLAIM_DEPOSIT_DISCRIMINATOR),
  };
}

export const DEPOSIT_CREDITS_DISCRIMINATOR = Uint8Array.of(198, 126, 222, 119, 169, 20, 127, 224);

export type DepositCreditsAccounts = {
  readonly payer: Address;
  readonly customer: Address;
  readonly marketplace: Address;
  readonly deposit: Address;
  readonly depositVault: Address;
  readonly inferMint: Address;
  readonly customerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Adds INFER to a customer's deposit for metered workloads; the first call creates the deposit. */
export function depositCredits(
  accounts: DepositCreditsAccounts,
  args: DepositCreditsArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.customer, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.deposit, true, false),
      accountMeta(accounts.depositVault, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.customerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(DEPOSIT_CREDITS_DISCRIMINATOR, (writer) => writeDepositCreditsArgs(writer, args)),
  };
}

export const REQUEST_CREDIT_WITHDRAWAL_DISCRIMINATOR = Uint8Array.of(235, 123, 103, 131, 85, 200, 186, 209);

export type RequestCreditWithdrawalAccounts = {
  readonly customer: Address;
  readonly marketplace: Address;
  readonly deposit: Address;
};

/** Announces a withdrawal, so that work already metered can be settled before it. Replaces an earlier announcement; 0 takes it back. */
export function requestCreditWithdrawal(
  accounts: RequestCreditWithdrawalAccounts,
  args: RequestCreditWithdrawalArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.customer, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.deposit, true, false),
    ],
    data: encodeWith(REQUEST_CREDIT_WITHDRAWAL_DISCRIMINATOR, (writer) => writeRequestCreditWithdrawalArgs(writer, args)),
  };
}

export const WITHDRAW_CREDITS_DISCRIMINATOR = Uint8Array.of(128, 239, 193, 140, 226, 165, 44, 67);

export type WithdrawCreditsAccounts = {
  readonly customer: Address;
  readonly deposit: Address;
  readonly depositVault: Address;
  readonly customerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Pays the announced sum out when its delay is over, or what settlements have left of it. */
export function withdrawCredits(
  accounts: WithdrawCreditsAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.customer, false, true),
      accountMeta(accounts.deposit, true, false),
      accountMeta(accounts.depositVault, true, false),
      accountMeta(accounts.customerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(WITHDRAW_CREDITS_DISCRIMINATOR),
  };
}

export const SETTLE_WORKLOAD_DISCRIMINATOR = Uint8Array.of(132, 161, 202, 230, 239, 0, 15, 240);

export type SettleWorkloadAccounts = {
  readonly payer: Address;
  /** The meter of the marketplace, or the customer. */
  readonly authority: Address;
  readonly marketplace: Address;
  /** The host. */
  readonly provider: Address;
  readonly deposit: Address;
  readonly depositVault: Address;
  /** Marker that the workload is settled. */
  readonly workload: Address;
  /** The customer's record; created when absent. */
  readonly buyerRecord: Address;
  readonly inferMint: Address;
  /** INFER account of the host's payout wallet. */
  readonly providerTokenAccount: Address;
  /** Treasury token account of INFER. */
  readonly treasury: Address;
  readonly verifierVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Debits a customer's deposit for one metered workload and pays the host, once for each id of an issuer. By the meter, or by the customer. */
export function settleWorkload(
  accounts: SettleWorkloadAccounts,
  args: SettleWorkloadArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.deposit, true, false),
      accountMeta(accounts.depositVault, true, false),
      accountMeta(accounts.workload, true, false),
      accountMeta(accounts.buyerRecord, true, false),
      accountMeta(accounts.inferMint, true, false),
      accountMeta(accounts.providerTokenAccount, true, false),
      accountMeta(accounts.treasury, true, false),
      accountMeta(accounts.verifierVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SETTLE_WORKLOAD_DISCRIMINATOR, (writer) => writeSettleWorkloadArgs(writer, args)),
  };
}

export const INITIALIZE_BOOKS_DISCRIMINATOR = Uint8Array.of(13, 18, 221, 245, 238, 90, 155, 116);

export type InitializeBooksAccounts = {
  readonly payer: Address;
  readonly marketplace: Address;
  readonly verifierSet: Address;
  readonly epochBook: Address;
  readonly incentiveVault: Address;
  readonly inferMint: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Creates the verifier set, the book of reward epochs and the incentive vault. By anyone, once: nothing is chosen. */
export function initializeBooks(
  accounts: InitializeBooksAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.verifierSet, true, false),
      accountMeta(accounts.epochBook, true, false),
      accountMeta(accounts.incentiveVault, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(INITIALIZE_BOOKS_DISCRIMINATOR),
  };
}

export const REGISTER_VERIFIER_DISCRIMINATOR = Uint8Array.of(67, 234, 172, 169, 184, 188, 145, 156);

export type RegisterVerifierAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  readonly marketplace: Address;
  readonly verifierSet: Address;
  readonly verifier: Address;
  readonly verifierBondVault: Address;
  readonly inferMint: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Posts a verifier's bond and takes the next seat. */
export function registerVerifier(
  accounts: RegisterVerifierAccounts,
  args: RegisterVerifierArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.verifierSet, true, false),
      accountMeta(accounts.verifier, true, false),
      accountMeta(accounts.verifierBondVault, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(REGISTER_VERIFIER_DISCRIMINATOR, (writer) => writeRegisterVerifierArgs(writer, args)),
  };
}

export const REQUEST_VERIFIER_WITHDRAWAL_DISCRIMINATOR = Uint8Array.of(201, 120, 27, 90, 58, 57, 95, 207);

export type RequestVerifierWithdrawalAccounts = {
  readonly owner: Address;
  readonly marketplace: Address;
  readonly verifierSet: Address;
  readonly verifier: Address;
  /** Verifier of the last seat, which may be the same. */
  readonly lastVerifier: Address;
};

/** Gives the seat up; the verifier of the last seat moves to it. The bond follows after a delay. */
export function requestVerifierWithdrawal(
  accounts: RequestVerifierWithdrawalAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.verifierSet, true, false),
      accountMeta(accounts.verifier, true, false),
      accountMeta(accounts.lastVerifier, true, false),
    ],
    data: encodeWith(REQUEST_VERIFIER_WITHDRAWAL_DISCRIMINATOR),
  };
}

export const WITHDRAW_VERIFIER_BOND_DISCRIMINATOR = Uint8Array.of(45, 206, 203, 156, 80, 86, 29, 185);

export type WithdrawVerifierBondAccounts = {
  readonly owner: Address;
  readonly verifier: Address;
  readonly verifierBondVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Pays the bond back and closes the verifier, when nothing of it is open any more. */
export function withdrawVerifierBond(
  accounts: WithdrawVerifierBondAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, true, true),
      accountMeta(accounts.verifier, true, false),
      accountMeta(accounts.verifierBondVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(WITHDRAW_VERIFIER_BOND_DISCRIMINATOR),
  };
}

export const COMMIT_ATTESTATION_DISCRIMINATOR = Uint8Array.of(189, 31, 48, 199, 210, 173, 251, 43);

export type CommitAttestationAccounts = {
  readonly payer: Address;
  readonly owner: Address;
  readonly provider: Address;
  readonly order: Address;
  readonly verifierSet: Address;
  readonly attestation: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** A provider commits to the checkpoints and the result of an order's work, before the block that draws is known. */
export function commitAttestation(
  accounts: CommitAttestationAccounts,
  args: CommitAttestationArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.verifierSet, false, false),
      accountMeta(accounts.attestation, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(COMMIT_ATTESTATION_DISCRIMINATOR, (writer) => writeCommitAttestationArgs(writer, args)),
  };
}

export const DRAW_CHALLENGE_DISCRIMINATOR = Uint8Array.of(251, 5, 37, 73, 13, 109, 41, 7);

export type DrawChallengeAccounts = {
  readonly marketplace: Address;
  readonly provider: Address;
  readonly order: Address;
  readonly attestation: Address;
  readonly verifierSet: Address;
  /** Verifier of the drawn seat; absent when nobody sits there. */
  readonly verifier?: Address | undefined;
  /** SysvarS1otHashes111111111111111111111111111 unless given. */
  readonly slotHashes?: Address;
};

/** Draws by the hash of the first block after the attestation whether it is challenged, by whom first, and where. By anyone, within 512 slots; a missed draw is armed again and selects for certain. */
export function drawChallenge(
  accounts: DrawChallengeAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.attestation, true, false),
      accountMeta(accounts.verifierSet, false, false),
      optionalMeta(accounts.verifier, programAddress, false, false),
      accountMeta(accounts.slotHashes ?? ('SysvarS1otHashes111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(DRAW_CHALLENGE_DISCRIMINATOR),
  };
}

export const CLEAR_ATTESTATION_DISCRIMINATOR = Uint8Array.of(55, 124, 39, 230, 33, 223, 113, 98);

export type ClearAttestationAccounts = {
  readonly provider: Address;
  readonly order: Address;
  readonly attestation: Address;
};

/** Lets go of a selected attestation that nobody challenged in time. */
export function clearAttestation(
  accounts: ClearAttestationAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.attestation, true, false),
    ],
    data: encodeWith(CLEAR_ATTESTATION_DISCRIMINATOR),
  };
}

export const OPEN_CHALLENGE_DISCRIMINATOR = Uint8Array.of(56, 176, 3, 12, 28, 205, 10, 5);

export type OpenChallengeAccounts = {
  readonly payer: Address;
  readonly challenger: Address;
  readonly marketplace: Address;
  readonly attestation: Address;
  /** The challenger's verifier record, where there is one. */
  readonly verifier?: Address | undefined;
  readonly challenge: Address;
  readonly challengeVault: Address;
  readonly inferMint: Address;
  readonly challengerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Challenges a selected attestation with a deposit: the drawn verifier first, then anyone. */
export function openChallenge(
  accounts: OpenChallengeAccounts,
  args: OpenChallengeArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.challenger, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.attestation, true, false),
      optionalMeta(accounts.verifier, programAddress, true, false),
      accountMeta(accounts.challenge, true, false),
      accountMeta(accounts.challengeVault, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.challengerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(OPEN_CHALLENGE_DISCRIMINATOR, (writer) => writeOpenChallengeArgs(writer, args)),
  };
}

export const ANSWER_CHALLENGE_DISCRIMINATOR = Uint8Array.of(20, 121, 207, 120, 205, 130, 71, 42);

export type AnswerChallengeAccounts = {
  readonly owner: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly attestation: Address;
  readonly challenge: Address;
};

/** Reveals drawn checkpoints with their proofs, in the drawn order, in one call or several. */
export function answerChallenge(
  accounts: AnswerChallengeAccounts,
  args: AnswerChallengeArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.attestation, false, false),
      accountMeta(accounts.challenge, true, false),
    ],
    data: encodeWith(ANSWER_CHALLENGE_DISCRIMINATOR, (writer) => writeAnswerChallengeArgs(writer, args)),
  };
}

export const JUDGE_CHALLENGE_DISCRIMINATOR = Uint8Array.of(41, 204, 51, 117, 180, 93, 141, 250);

export type JudgeChallengeAccounts = {
  readonly arbiter: Address;
  readonly marketplace: Address;
  readonly challenge: Address;
};

/** The arbiter says whose recomputation of a contested answer was wrong. */
export function judgeChallenge(
  accounts: JudgeChallengeAccounts,
  args: JudgeChallengeArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.arbiter, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.challenge, true, false),
    ],
    data: encodeWith(JUDGE_CHALLENGE_DISCRIMINATOR, (writer) => writeJudgeChallengeArgs(writer, args)),
  };
}

export const RESOLVE_CHALLENGE_DISCRIMINATOR = Uint8Array.of(81, 191, 124, 119, 131, 248, 157, 109);

export type ResolveChallengeAccounts = {
  readonly marketplace: Address;
  readonly provider: Address;
  readonly bondVault: Address;
  readonly order: Address;
  readonly attestation: Address;
  readonly challenge: Address;
  readonly challengeVault: Address;
  readonly verifierSet: Address;
  /** The challenger's verifier record; absent where it had none. */
  readonly verifier?: Address | undefined;
  /** Takes the rent of the vault. */
  readonly challenger: Address;
  readonly challengerTokenAccount: Address;
  /** INFER account of the provider's payout wallet. */
  readonly providerTokenAccount: Address;
  readonly inferMint: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Ends a challenge whose outcome is certain: slashes the provider, returns the deposit, or gives it to the provider. By anyone. */
export function resolveChallenge(
  accounts: ResolveChallengeAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.bondVault, true, false),
      accountMeta(accounts.order, true, false),
      accountMeta(accounts.attestation, true, false),
      accountMeta(accounts.challenge, true, false),
      accountMeta(accounts.challengeVault, true, false),
      accountMeta(accounts.verifierSet, true, false),
      optionalMeta(accounts.verifier, programAddress, true, false),
      accountMeta(accounts.challenger, true, false),
      accountMeta(accounts.challengerTokenAccount, true, false),
      accountMeta(accounts.providerTokenAccount, true, false),
      accountMeta(accounts.inferMint, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(RESOLVE_CHALLENGE_DISCRIMINATOR),
  };
}

export const SLASH_PROVIDER_DISCRIMINATOR = Uint8Array.of(169, 166, 85, 0, 111, 175, 215, 187);

export type SlashProviderAccounts = {
  readonly payer: Address;
  readonly authority: Address;
  readonly marketplace: Address;
  readonly provider: Address;
  readonly bondVault: Address;
  /** Order, challenge or benchmark of the provider. */
  readonly evidence: Address;
  /** Marker that the evidence is used up. */
  readonly slashRecord: Address;
  /** INFER account of the buyer or the challenger; for a false benchmark the treasury. */
  readonly beneficiaryTokenAccount: Address;
  readonly inferMint: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Slashes a provider by class and evidence: 0 no delivery, 1 failed challenge, 2 false benchmark; each piece of evidence once. */
export function slashProvider(
  accounts: SlashProviderAccounts,
  args: SlashProviderArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.provider, true, false),
      accountMeta(accounts.bondVault, true, false),
      accountMeta(accounts.evidence, false, false),
      accountMeta(accounts.slashRecord, true, false),
      accountMeta(accounts.beneficiaryTokenAccount, true, false),
      accountMeta(accounts.inferMint, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SLASH_PROVIDER_DISCRIMINATOR, (writer) => writeSlashProviderArgs(writer, args)),
  };
}

export const CLAIM_VERIFIER_FEES_DISCRIMINATOR = Uint8Array.of(24, 99, 87, 124, 189, 22, 191, 231);

export type ClaimVerifierFeesAccounts = {
  readonly marketplace: Address;
  readonly verifierSet: Address;
  readonly verifier: Address;
  readonly mint: Address;
  readonly verifierVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Pays a verifier its part of the verifier vault of a mint: its unclaimed completed challenges of all unclaimed ones. By anyone, to the owner. */
export function claimVerifierFees(
  accounts: ClaimVerifierFeesAccounts,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.verifierSet, true, false),
      accountMeta(accounts.verifier, true, false),
      accountMeta(accounts.mint, false, false),
      accountMeta(accounts.verifierVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(CLAIM_VERIFIER_FEES_DISCRIMINATOR),
  };
}

export const COMMIT_REPUTATION_ROOT_DISCRIMINATOR = Uint8Array.of(236, 208, 127, 126, 254, 186, 122, 160);

export type CommitReputationRootAccounts = {
  readonly rewardAuthority: Address;
  readonly marketplace: Address;
  readonly epochBook: Address;
};

/** Commits the root of all scores of a reward epoch; epochs ascend. */
export function commitReputationRoot(
  accounts: CommitReputationRootAccounts,
  args: CommitReputationRootArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.rewardAuthority, false, true),
      accountMeta(accounts.marketplace, true, false),
      accountMeta(accounts.epochBook, true, false),
    ],
    data: encodeWith(COMMIT_REPUTATION_ROOT_DISCRIMINATOR, (writer) => writeCommitReputationRootArgs(writer, args)),
  };
}

export const PROVE_REPUTATION_DISCRIMINATOR = Uint8Array.of(100, 86, 123, 108, 106, 86, 207, 215);

export type ProveReputationAccounts = {
  readonly epochBook: Address;
  readonly provider: Address;
};

/** Writes a provider's score of the last committed epoch to its account. By anyone. */
export function proveReputation(
  accounts: ProveReputationAccounts,
  args: ProveReputationArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.epochBook, false, false),
      accountMeta(accounts.provider, true, false),
    ],
    data: encodeWith(PROVE_REPUTATION_DISCRIMINATOR, (writer) => writeProveReputationArgs(writer, args)),
  };
}

export const FUND_INCENTIVES_DISCRIMINATOR = Uint8Array.of(52, 143, 15, 19, 70, 63, 166, 62);

export type FundIncentivesAccounts = {
  readonly funder: Address;
  readonly epochBook: Address;
  readonly incentiveVault: Address;
  readonly funderTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Adds INFER to the incentive vault. */
export function fundIncentives(
  accounts: FundIncentivesAccounts,
  args: FundIncentivesArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.funder, false, true),
      accountMeta(accounts.epochBook, false, false),
      accountMeta(accounts.incentiveVault, true, false),
      accountMeta(accounts.funderTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(FUND_INCENTIVES_DISCRIMINATOR, (writer) => writeFundIncentivesArgs(writer, args)),
  };
}

export const COMMIT_INCENTIVES_DISCRIMINATOR = Uint8Array.of(234, 206, 187, 133, 113, 181, 189, 74);

export type CommitIncentivesAccounts = {
  readonly payer: Address;
  readonly rewardAuthority: Address;
  readonly marketplace: Address;
  readonly epochBook: Address;
  readonly incentiveVault: Address;
  readonly incentiveEpoch: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Reserves a total for an epoch's incentives under a root; epochs ascend. */
export function commitIncentives(
  accounts: CommitIncentivesAccounts,
  args: CommitIncentivesArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.rewardAuthority, false, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.epochBook, true, false),
      accountMeta(accounts.incentiveVault, false, false),
      accountMeta(accounts.incentiveEpoch, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(COMMIT_INCENTIVES_DISCRIMINATOR, (writer) => writeCommitIncentivesArgs(writer, args)),
  };
}

export const CLAIM_INCENTIVE_DISCRIMINATOR = Uint8Array.of(47, 41, 215, 244, 91, 108, 46, 131);

export type ClaimIncentiveAccounts = {
  readonly payer: Address;
  readonly marketplace: Address;
  readonly epochBook: Address;
  readonly incentiveEpoch: Address;
  readonly incentiveClaim: Address;
  readonly provider: Address;
  readonly incentiveVault: Address;
  /** INFER account of the provider's payout wallet. */
  readonly providerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Pays a provider's incentive of an epoch to its payout wallet, once. By anyone. */
export function claimIncentive(
  accounts: ClaimIncentiveAccounts,
  args: ClaimIncentiveArgs,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.marketplace, false, false),
      accountMeta(accounts.epochBook, true, false),
      accountMeta(accounts.incentiveEpoch, true, false),
      accountMeta(accounts.incentiveClaim, true, false),
      accountMeta(accounts.provider, false, false),
      accountMeta(accounts.incentiveVault, true, false),
      accountMeta(accounts.providerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CLAIM_INCENTIVE_DISCRIMINATOR, (writer) => writeClaimIncentiveArgs(writer, args)),
  };
}

/** Custom error code to name and message. */
export const MARKETPLACE_ERRORS: Readonly<Record<number, { readonly name: string; readonly message: string }>> = {
  6001: { name: "InvalidFeeSplit", message: "Treasury, burn and verifier parts of the fee must sum to 10,000 bps" },
  6005: { name: "InvalidCatalogueSize", message: "The catalogue must hold 1 to 32 models" },
  6006: { name: "InvalidModelName", message: "Name of a GPU model must have 1 to 32 bytes" },
  6007: { name: "InvalidModel", message: "Memory of a GPU model must be above zero" },
  6008: { name: "InvalidInferMint", message: "INFER mint must have 9 decimals" },
  6009: { name: "InvalidUsdcMint", message: "USDC mint must have 6 decimals" },
  6010: { name: "StakingProgramNotExecutable", message: "Staking program is not executable" },
  6011: { name: "InvalidStakingUsdcVault", message: "Not the global USDC vault of the staking program" },
  6012: { name: "InvalidTreasury", message: "Not a treasury token account for this mint" },
  6013: { name: "InvalidTier", message: "Tier must be 1, 2 or 3" },
  6014: { name: "InvalidJurisdiction", message: "Jurisdiction must be two capital letters" },
  6015: { name: "InvalidOperatorPool", message: "Not an operator pool of the staking program" },
  6016: { name: "InvalidPoolAdmin", message: "Signer is not the admin of the operator pool" },
  6017: { name: "ZeroAmount", message: "Amount must be above zero" },
  6018: { name: "UnknownModel", message: "GPU model is not in the catalogue" },
  6019: { name: "ZeroUnits", message: "Units must be above zero" },
  6020: { name: "InvalidDurationRange", message: "Minimum seconds must be above zero and not above maximum seconds" },
  6021: { name: "ZeroPrice", message: "Price must be above zero" },
  6022: { name: "UnsupportedMint", message: "Mint is neither INFER nor USDC" },
  6023: { name: "BondBelowTierMinimum", message: "Bond is below the minimum of the tier" },
  6024: { name: "DurationOutOfRange", message: "Seconds are outside the range of the offer" },
  6025: { name: "UnitsUnavailable", message: "Offer has fewer free units" },
  6026: { name: "PriceAboveLimit", message: "Price of the offer is above the limit of the buyer" },
  6027: { name: "InsufficientBond", message: "Free bond of the provider does not cover the order" },
  6028: { name: "OrderNotWaiting", message: "Order is not waiting for its start" },
  6029: { name: "StartDeadlinePassed", message: "Start deadline has passed" },
  6030: { name: "OrderNotStarted", message: "Order is not in delivery" },
  6031: { name: "NotBuyerOrArbiter", message: "Signer is neither the buyer nor the arbiter" },
  6032: { name: "InvalidProviderTokenAccount", message: "Not the account to which the share of the provider is due" },
  6033: { name: "OrderEnded", message: "Order is already settled or refunded" },
  6034: { name: "StartDeadlineNotPassed", message: "Start deadline has not passed" },
  6035: { name: "DeliveryDeadlineNotPassed", message: "Delivery deadline has not passed" },
  6036: { name: "InvalidBuyerTokenAccount", message: "Not a token account of the buyer for this mint" },
  6037: { name: "ArithmeticOverflow", message: "Arithmetic overflow" },
  6038: { name: "UnknownParameter", message: "Not a parameter of the marketplace" },
  6039: { name: "ParameterOutOfBounds", message: "Value is outside the bounds of the parameter" },
  6040: { name: "NotAdminOrHaltAuthority", message: "Signer is neither the admin nor the halt authority" },
  6041: { name: "OrdersPaused", message: "New orders are paused" },
  6042: { name: "InvalidStatus", message: "Status of a provider must be 0 to 4" },
  6043: { name: "StatusNotAllowed", message: "The admin may only ban and degrade" },
  6044: { name: "ModelNotListed", message: "GPU model takes no new offers" },
  6045: { name: "ProviderNotAccepting", message: "Provider is suspended or banned" },
  6046: { name: "ProviderNotVerified", message: "The arbiter confirms for verified providers only" },
  6047: { name: "ProviderDegraded", message: "A degraded provider takes no order of this value" },
  6048: { name: "ScoreTooLow", message: "An order of this value needs a higher proven score" },
  6049: { name: "ScoreTooOld", message: "An order of this value needs a more recent proven score" },
  6050: { name: "WithdrawalNotRequested", message: "Amount is above the bond that was asked back" },
  6051: { name: "WithdrawalNotReady", message: "Delay of the bond withdrawal has not passed" },
  6052: { name: "BondStillRequired", message: "Bond is required by the tier or by orders" },
  6053: { name: "BenchmarkUnchanged", message: "This benchmark of the device is known" },
  6054: { name: "BenchmarkBelowMinimum", message: "Score is below the minimum of the model" },
  6055: { name: "BenchmarkMemoryTooSmall", message: "Device has less memory than the model" },
  6056: { name: "InvalidPricing", message: "Pricing must be fixed with a price, or by index with an age and no price" },
  6057: { name: "InvalidSpread", message: "Spread must be at most 10,000 bps" },
  6058: { name: "OfferIsClosed", message: "Offer is closed" },
  6059: { name: "UnitsInUse", message: "More units are in use" },
  6060: { name: "IndexMissing", message: "The offer is priced by an index that was not given" },
  6061: { name: "IndexStale", message: "The index is older than the offer allows" },
  6062: { name: "NotBuyerOrProvider", message: "Signer is neither the buyer nor the owner of the provider" },
  6063: { name: "DeliveryDeadlinePassed", message: "Delivery deadline has passed" },
  6064: { name: "OrderIsDisputed", message: "Order waits for the arbiter" },
  6065: { name: "OrderNotDisputed", message: "Order is not disputed" },
  6066: { name: "DisputeExpired", message: "Time of the arbiter has passed" },
  6067: { name: "DisputeNotExpired", message: "Time of the arbiter has not passed" },
  6068: { name: "InvalidSplit", message: "Part of the provider is above 10,000 bps" },
  6069: { name: "InvalidDepositAccount", message: "Not the account to which the deposit is due" },
  6070: { name: "LeaseNotExpired", message: "Bought time has not run out and the provider is not silent" },
  6071: { name: "LeaseIsOver", message: "Lease has ended" },
  6072: { name: "OrderNotStreaming", message: "Order is not paid per second" },
  6073: { name: "OrderNotPrepaid", message: "Order is not prepaid" },
  6074: { name: "AttestationNotAhead", message: "More seconds are attested already" },
  6075: { name: "AttestationTooFar", message: "Seconds were not used yet or not bought" },
  6076: { name: "AttestationTooLate", message: "Time for attestations has passed" },
  6077: { name: "NothingToSettle", message: "No attested seconds are payable" },
  6078: { name: "SessionNotOver", message: "Session still runs or can still be attested" },
  6079: { name: "UsageNotSettled", message: "Attested seconds are not paid yet" },
  6100: { name: "DepositTooSmall", message: "Deposit does not cover the amount" },
  6101: { name: "NoWithdrawalRequested", message: "No withdrawal was announced" },
  6102: { name: "WithdrawalNotDue", message: "Withdrawal is not due yet" },
  6103: { name: "NotMeterOrCustomer", message: "Signer is neither the meter nor the customer" },
  6104: { name: "WorkloadAlreadySettled", message: "Workload is already settled" },
  6105: { name: "GpuWorkNeedsMeter", message: "Only the meter may state GPU work" },
  6106: { name: "VerifierBondTooSmall", message: "Bond is below the minimum of a verifier" },
  6107: { name: "VerifierIsLeaving", message: "Verifier has given its seat up" },
  6108: { name: "VerifierNotLeaving", message: "Verifier has not given its seat up" },
  6109: { name: "VerifierBusy", message: "Verifier has open challenges or unclaimed fees" },
  6110: { name: "WrongSeat", message: "Not the verifier of that seat" },
  6111: { name: "OrderNotAttestable", message: "Order is neither in delivery nor in its challenge window" },
  6112: { name: "InvalidCheckpointCount", message: "An attestation has 1 to 2^24 checkpoints" },
  6113: { name: "AttestationNotRising", message: "GPU-seconds must rise with each attestation of an order" },
  6114: { name: "AttestationTooLarge", message: "GPU-seconds are more than the order could have run" },
  6115: { name: "AttestationNotWaiting", message: "Attestation is already drawn" },
  6116: { name: "DrawTooEarly", message: "There is no block after the attestation yet" },
  6117: { name: "AttestationNotSelected", message: "Attestation is not selected for a challenge" },
  6118: { name: "ChallengeTimeLeft", message: "Attestation can still be challenged" },
  6119: { name: "ChallengeTooLate", message: "Time to challenge is over" },
  6120: { name: "NotFirstTurn", message: "The first turn belongs to the drawn verifier" },
  6121: { name: "ChallengeNotOpen", message: "Challenge does not wait for an answer" },
  6122: { name: "AnswerTooLate", message: "Time to answer is over" },
  6123: { name: "InvalidReveal", message: "Revealed checkpoint does not belong to the attestation" },
  6124: { name: "ChallengeNotContested", message: "Challenge does not wait for a judgement" },
  6125: { name: "NotArbiter", message: "Signer is not the arbiter" },
  6126: { name: "ChallengeUndecided", message: "Outcome of the challenge is not certain yet" },
  6127: { name: "ChallengeAlreadyResolved", message: "Challenge is already resolved" },
  6128: { name: "InvalidSlashClass", message: "Slash class must be 0, 1 or 2" },
  6129: { name: "InvalidEvidence", message: "Evidence does not support this slash" },
  6130: { name: "AlreadySlashed", message: "Evidence is already used" },
  6131: { name: "NotAllowedToSlash", message: "Signer may not slash on this evidence" },
  6132: { name: "NothingToClaim", message: "No completed challenge is unclaimed" },
  6133: { name: "NotRewardAuthority", message: "Signer is not the reward authority" },
  6134: { name: "EpochNotAscending", message: "Epoch must be above the last committed one" },
  6135: { name: "InvalidTreeProof", message: "Proof does not lead to the committed root" },
  6136: { name: "IncentivesAboveBudget", message: "Total is above the budget of an epoch" },
  6137: { name: "IncentiveVaultTooSmall", message: "Incentive vault does not cover the total beside what is reserved" },
  6138: { name: "IncentiveAlreadyClaimed", message: "Incentive is already claimed" },
  6139: { name: "IncentivesExhausted", message: "Claims of the epoch would exceed its total" },
  6140: { name: "AttestationStillOpen", message: "An attestation of the order is undrawn, selected or challenged" },
  6141: { name: "WorkNotProven", message: "A challenge of the order has failed" },
};
