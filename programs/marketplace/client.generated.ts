/** Client of program marketplace: written by build/generate-clients.ts from idl.json beside it, not by hand. @module */
import type { Address } from '@solana/kit';
import type { BorshReader, BorshWriter } from '../client/borsh.ts';
import { accountMeta, decodeWith, encodeWith, type ProgramInstruction, startsWith } from '../client/instruction.ts';

export const MARKETPLACE_PROGRAM_ADDRESS = '3BrDWhr1AGt5xHfP2Tf66XT47zdHn8N6pKGWBWxpBGwd' as Address;

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

/** Bond that stays locked until a time. */
export type BondRelease = {
  /** Unix seconds. */
  readonly releaseAt: bigint;
  /** INFER base units; 0 marks a free place. */
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

/** Seeds: "Buyer", buyer. */
export type Buyer = {
  readonly version: number;
  readonly bump: number;
  readonly buyer: Address;
  readonly orderCount: bigint;
};

export function writeBuyer(writer: BorshWriter, value: Buyer): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.buyer);
  writer.u64(value.orderCount);
}

export function readBuyer(reader: BorshReader): Buyer {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    buyer: reader.pubkey(),
    orderCount: reader.u64(),
  };
}

export type CreateOrderArgs = {
  readonly units: number;
  readonly seconds: number;
  /** Refused when the offer asks for more. */
  readonly maxPricePerGpuHour: bigint;
  readonly sshKeyHash: Uint8Array;
};

export function writeCreateOrderArgs(writer: BorshWriter, value: CreateOrderArgs): void {
  writer.u32(value.units);
  writer.u32(value.seconds);
  writer.u64(value.maxPricePerGpuHour);
  writer.fixedBytes(value.sshKeyHash, 32);
}

export function readCreateOrderArgs(reader: BorshReader): CreateOrderArgs {
  return {
    units: reader.u32(),
    seconds: reader.u32(),
    maxPricePerGpuHour: reader.u64(),
    sshKeyHash: reader.fixedBytes(32),
  };
}

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

/** A model of the catalogue; its index is the model number. */
export type GpuModel = {
  /** 1 to 32 bytes. */
  readonly name: string;
  readonly vramGb: number;
  /** Relative weight of one GPU-second of this model in rewards. */
  readonly weight: number;
};

export function writeGpuModel(writer: BorshWriter, value: GpuModel): void {
  writer.string(value.name);
  writer.u16(value.vramGb);
  writer.u32(value.weight);
}

export function readGpuModel(reader: BorshReader): GpuModel {
  return {
    name: reader.string(),
    vramGb: reader.u16(),
    weight: reader.u32(),
  };
}

export type InitializeMarketplaceArgs = {
  readonly arbiter: Address;
  readonly haltAuthority: Address;
  readonly platformFeeBps: number;
  readonly feeTreasuryBps: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
  /** Part of the value of an order that is locked of the bond. */
  readonly bondRatioBps: number;
  readonly challengeWindowSeconds: number;
  readonly startDeadlineSeconds: number;
  /** INFER base units, tiers 1, 2 and 3. */
  readonly tierMinimumBonds: readonly bigint[];
  readonly models: readonly GpuModel[];
  /** INFER base units of bond that stand for one whole USDC of order value. */
  readonly bondInferPerUsdc: bigint;
  /** Time to confirm after the bought time has run out. */
  readonly confirmWindowSeconds: number;
};

export function writeInitializeMarketplaceArgs(writer: BorshWriter, value: InitializeMarketplaceArgs): void {
  writer.pubkey(value.arbiter);
  writer.pubkey(value.haltAuthority);
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
}

export function readInitializeMarketplaceArgs(reader: BorshReader): InitializeMarketplaceArgs {
  return {
    arbiter: reader.pubkey(),
    haltAuthority: reader.pubkey(),
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
  };
}

export type ListOfferArgs = {
  readonly model: number;
  readonly units: number;
  readonly region: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** Base units of the mint. */
  readonly pricePerGpuHour: bigint;
};

export function writeListOfferArgs(writer: BorshWriter, value: ListOfferArgs): void {
  writer.u8(value.model);
  writer.u32(value.units);
  writer.u16(value.region);
  writer.u32(value.minSeconds);
  writer.u32(value.maxSeconds);
  writer.u64(value.pricePerGpuHour);
}

export function readListOfferArgs(reader: BorshReader): ListOfferArgs {
  return {
    model: reader.u8(),
    units: reader.u32(),
    region: reader.u16(),
    minSeconds: reader.u32(),
    maxSeconds: reader.u32(),
    pricePerGpuHour: reader.u64(),
  };
}

/** Seeds: "Marketplace". */
export type Marketplace = {
  readonly version: number;
  readonly bump: number;
  readonly admin: Address;
  readonly arbiter: Address;
  readonly haltAuthority: Address;
  readonly inferMint: Address;
  readonly usdcMint: Address;
  readonly stakingProgram: Address;
  readonly stakingUsdcVault: Address;
  readonly inferTreasury: Address;
  readonly usdcTreasury: Address;
  readonly inferVerifierVault: Address;
  readonly usdcVerifierVault: Address;
  readonly platformFeeBps: number;
  readonly feeTreasuryBps: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
  /** Part of the value of an order that is locked of the bond. */
  readonly bondRatioBps: number;
  readonly challengeWindowSeconds: number;
  readonly startDeadlineSeconds: number;
  /** INFER base units of bond that stand for one whole USDC of order value. */
  readonly bondInferPerUsdc: bigint;
  /** Time to confirm after the bought time has run out. */
  readonly confirmWindowSeconds: number;
  /** INFER base units, tiers 1, 2 and 3. */
  readonly tierMinimumBonds: readonly bigint[];
  readonly models: readonly GpuModel[];
};

export function writeMarketplace(writer: BorshWriter, value: Marketplace): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.admin);
  writer.pubkey(value.arbiter);
  writer.pubkey(value.haltAuthority);
  writer.pubkey(value.inferMint);
  writer.pubkey(value.usdcMint);
  writer.pubkey(value.stakingProgram);
  writer.pubkey(value.stakingUsdcVault);
  writer.pubkey(value.inferTreasury);
  writer.pubkey(value.usdcTreasury);
  writer.pubkey(value.inferVerifierVault);
  writer.pubkey(value.usdcVerifierVault);
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
  writer.vec(value.models, (item) => writeGpuModel(writer, item));
}

export function readMarketplace(reader: BorshReader): Marketplace {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    admin: reader.pubkey(),
    arbiter: reader.pubkey(),
    haltAuthority: reader.pubkey(),
    inferMint: reader.pubkey(),
    usdcMint: reader.pubkey(),
    stakingProgram: reader.pubkey(),
    stakingUsdcVault: reader.pubkey(),
    inferTreasury: reader.pubkey(),
    usdcTreasury: reader.pubkey(),
    inferVerifierVault: reader.pubkey(),
    usdcVerifierVault: reader.pubkey(),
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
    models: reader.vec(() => readGpuModel(reader)),
  };
}

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
  };
}

/** Seeds: "Offer", provider, offer_id as u64 LE. */
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
  readonly pricePerGpuHour: bigint;
  readonly mint: Address;
  readonly listedAt: bigint;
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
  };
}

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
  };
}

/** Seeds: "Order", buyer, order_id as u64 LE. */
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
  /** Base units of the mint, held by the vault while created or started. */
  readonly amount: bigint;
  readonly bondLocked: bigint;
  readonly sshKeyHash: Uint8Array;
  /** Zero until started. */
  readonly endpointHash: Uint8Array;
  /** 0 created, 1 started, 2 settled, 3 refunded. */
  readonly status: number;
  readonly createdAt: bigint;
  readonly startDeadline: bigint;
  /** 0 until started. */
  readonly startedAt: bigint;
  /** 0 until started. */
  readonly deliveryDeadline: bigint;
  /** Settled or refunded; 0 until then. */
  readonly endedAt: bigint;
  /** 0 until settled. */
  readonly challengeEndsAt: bigint;
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
  };
}

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
  };
}

export type OrderRefunded = {
  readonly order: Address;
  readonly provider: Address;
  readonly operatorPool: Address;
  readonly buyer: Address;
  readonly mint: Address;
  readonly amount: bigint;
  /** 0 never started, 1 delivery deadline passed. */
  readonly reason: number;
  readonly refundedAt: bigint;
  readonly bondLocked: bigint;
  /** refunded_at when never started. */
  readonly bondReleaseAt: bigint;
  /** Found in the vault above the amount; to the buyer. */
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
  /** The lock ends here: challenge_ends_at, rounded up to the next release step. */
  readonly bondReleaseAt: bigint;
  /** Found in the vault above the amount; to the treasury. */
  readonly surplus: bigint;
  readonly confirmedBy: Address;
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

/** Seeds: "Provider", owner. */
export type Provider = {
  readonly version: number;
  readonly bump: number;
  readonly bondVaultBump: number;
  readonly owner: Address;
  readonly payout: Address;
  readonly operatorPool: Address;
  readonly tier: number;
  readonly region: number;
  readonly jurisdiction: Uint8Array;
  readonly registeredAt: bigint;
  /** INFER base units in the bond vault. */
  readonly bondTotal: bigint;
  /** Locked by orders that are created or started. */
  readonly bondOpen: bigint;
  /** Locked by ended orders until their time; expired places are freed by the next instruction that changes the bond. */
  readonly bondReleases: readonly BondRelease[];
  readonly offerCount: bigint;
  readonly openOrderCount: number;
};

export function writeProvider(writer: BorshWriter, value: Provider): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.bondVaultBump);
  writer.pubkey(value.owner);
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
}

export function readProvider(reader: BorshReader): Provider {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    bondVaultBump: reader.u8(),
    owner: reader.pubkey(),
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
  };
}

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

export const MARKETPLACE_INITIALIZED_EVENT_DISCRIMINATOR = Uint8Array.of(22, 167, 42, 34, 172, 55, 155, 14);

export function encodeMarketplaceInitialized(value: MarketplaceInitialized): Uint8Array {
  return encodeWith(MARKETPLACE_INITIALIZED_EVENT_DISCRIMINATOR, (writer) => writeMarketplaceInitialized(writer, value));
}

export function decodeMarketplaceInitialized(data: Uint8Array): MarketplaceInitialized {
  return decodeWith(data, MARKETPLACE_INITIALIZED_EVENT_DISCRIMINATOR, 'MarketplaceInitialized', readMarketplaceInitialized);
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

export const OFFER_LISTED_EVENT_DISCRIMINATOR = Uint8Array.of(22, 20, 180, 157, 118, 186, 8, 110);

export function encodeOfferListed(value: OfferListed): Uint8Array {
  return encodeWith(OFFER_LISTED_EVENT_DISCRIMINATOR, (writer) => writeOfferListed(writer, value));
}

export function decodeOfferListed(data: Uint8Array): OfferListed {
  return decodeWith(data, OFFER_LISTED_EVENT_DISCRIMINATOR, 'OfferListed', readOfferListed);
}

export const ORDER_CREATED_EVENT_DISCRIMINATOR = Uint8Array.of(224, 1, 229, 63, 254, 60, 190, 159);

export function encodeOrderCreated(value: OrderCreated): Uint8Array {
  return encodeWith(ORDER_CREATED_EVENT_DISCRIMINATOR, (writer) => writeOrderCreated(writer, value));
}

export function decodeOrderCreated(data: Uint8Array): OrderCreated {
  return decodeWith(data, ORDER_CREATED_EVENT_DISCRIMINATOR, 'OrderCreated', readOrderCreated);
}

export const DELIVERY_STARTED_EVENT_DISCRIMINATOR = Uint8Array.of(3, 93, 213, 226, 122, 73, 171, 19);

export function encodeDeliveryStarted(value: DeliveryStarted): Uint8Array {
  return encodeWith(DELIVERY_STARTED_EVENT_DISCRIMINATOR, (writer) => writeDeliveryStarted(writer, value));
}

export function decodeDeliveryStarted(data: Uint8Array): DeliveryStarted {
  return decodeWith(data, DELIVERY_STARTED_EVENT_DISCRIMINATOR, 'DeliveryStarted', readDeliveryStarted);
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

export type ProgramEvent =
  | { readonly name: 'MarketplaceInitialized'; readonly data: MarketplaceInitialized }
  | { readonly name: 'ProviderRegistered'; readonly data: ProviderRegistered }
  | { readonly name: 'BondPosted'; readonly data: BondPosted }
  | { readonly name: 'OfferListed'; readonly data: OfferListed }
  | { readonly name: 'OrderCreated'; readonly data: OrderCreated }
  | { readonly name: 'DeliveryStarted'; readonly data: DeliveryStarted }
  | { readonly name: 'OrderSettled'; readonly data: OrderSettled }
  | { readonly name: 'OrderRefunded'; readonly data: OrderRefunded };

/** The event in the bytes of a `Program data:` log, null for bytes of another kind. */
export function decodeEvent(data: Uint8Array): ProgramEvent | null {
  if (startsWith(data, MARKETPLACE_INITIALIZED_EVENT_DISCRIMINATOR)) return { name: 'MarketplaceInitialized', data: decodeMarketplaceInitialized(data) };
  if (startsWith(data, PROVIDER_REGISTERED_EVENT_DISCRIMINATOR)) return { name: 'ProviderRegistered', data: decodeProviderRegistered(data) };
  if (startsWith(data, BOND_POSTED_EVENT_DISCRIMINATOR)) return { name: 'BondPosted', data: decodeBondPosted(data) };
  if (startsWith(data, OFFER_LISTED_EVENT_DISCRIMINATOR)) return { name: 'OfferListed', data: decodeOfferListed(data) };
  if (startsWith(data, ORDER_CREATED_EVENT_DISCRIMINATOR)) return { name: 'OrderCreated', data: decodeOrderCreated(data) };
  if (startsWith(data, DELIVERY_STARTED_EVENT_DISCRIMINATOR)) return { name: 'DeliveryStarted', data: decodeDeliveryStarted(data) };
  if (startsWith(data, ORDER_SETTLED_EVENT_DISCRIMINATOR)) return { name: 'OrderSettled', data: decodeOrderSettled(data) };
  if (startsWith(data, ORDER_REFUNDED_EVENT_DISCRIMINATOR)) return { name: 'OrderRefunded', data: decodeOrderRefunded(data) };
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

/** Creates the one marketplace of this program: authorities, mints, fees, bonds, deadlines and the catalogue of GPU models. */
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

/** Offers GPU time at a fixed price. */
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
};

/** Buys GPU time of an offer: locks the price in the vault of the order and a part of the bond of the provider. */
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
};

/** Pays a started order out: provider, treasury, burn and verifiers. By the buyer or the arbiter. */
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
      accountMeta(accounts.operatorPool, false, false),
      accountMeta(accounts.mint, true, false),
      accountMeta(accounts.providerTokenAccount, true, false),
      accountMeta(accounts.treasury, true, false),
      accountMeta(accounts.verifierVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
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

/** Gives the price back to the buyer when a deadline has passed. By anyone. */
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

/** Custom error code to name and message. */
export const MARKETPLACE_ERRORS: Readonly<Record<number, { readonly name: string; readonly message: string }>> = {
  6000: { name: "InvalidFee", message: "Platform fee is above 10,000 bps" },
  6001: { name: "InvalidFeeSplit", message: "Treasury, burn and verifier parts of the fee must sum to 10,000 bps" },
  6002: { name: "InvalidBondRatio", message: "Bond ratio is above 10,000 bps" },
  6003: { name: "InvalidBondRate", message: "INFER of bond per USDC must be above zero" },
  6004: { name: "InvalidDeadline", message: "Start deadline and confirm window must be above zero" },
  6005: { name: "InvalidCatalogueSize", message: "The catalogue must hold 1 to 32 models" },
  6006: { name: "InvalidModelName", message: "Name of a GPU model must have 1 to 32 bytes" },
  6007: { name: "InvalidModel", message: "Memory and weight of a GPU model must be above zero" },
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
};
