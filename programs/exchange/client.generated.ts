/** Client of program exchange: written by build/generate-clients.ts from idl.json beside it, not by hand. @module */
import type { Address } from '@solana/kit';
import type { BorshReader, BorshWriter } from '../client/borsh.ts';
import { accountMeta, decodeWith, encodeWith, type ProgramInstruction, startsWith } from '../client/instruction.ts';

export const EXCHANGE_PROGRAM_ADDRESS = '7h67Jvwoz2V57WMh2ek7n99sEFqvzRRkPHDgFSSwhAYp' as Address;

/** A governed number and the value it takes. */
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

/** Governed numbers as the exchange holds them; names and units are those of the parameter table. */
export type Rules = {
  readonly indexDepthGpuSeconds: bigint;
  readonly indexTradeDepth: bigint;
  readonly indexClampPpm: bigint;
  readonly indexMaxAgeSeconds: bigint;
  readonly initialMarginBps: bigint;
  readonly maintenanceMarginBps: bigint;
  readonly tradeFeeBps: bigint;
  readonly liquidationFeeBps: bigint;
  readonly fundingIntervalSeconds: bigint;
  readonly fundingClampPpm: bigint;
  readonly markWindowSeconds: bigint;
  readonly maxOpenInterest: bigint;
  readonly maxOpenInterestBankrollBps: bigint;
  readonly seriesBasisPpm: bigint;
};

export function writeRules(writer: BorshWriter, value: Rules): void {
  writer.u64(value.indexDepthGpuSeconds);
  writer.u64(value.indexTradeDepth);
  writer.u64(value.indexClampPpm);
  writer.u64(value.indexMaxAgeSeconds);
  writer.u64(value.initialMarginBps);
  writer.u64(value.maintenanceMarginBps);
  writer.u64(value.tradeFeeBps);
  writer.u64(value.liquidationFeeBps);
  writer.u64(value.fundingIntervalSeconds);
  writer.u64(value.fundingClampPpm);
  writer.u64(value.markWindowSeconds);
  writer.u64(value.maxOpenInterest);
  writer.u64(value.maxOpenInterestBankrollBps);
  writer.u64(value.seriesBasisPpm);
}

export function readRules(reader: BorshReader): Rules {
  return {
    indexDepthGpuSeconds: reader.u64(),
    indexTradeDepth: reader.u64(),
    indexClampPpm: reader.u64(),
    indexMaxAgeSeconds: reader.u64(),
    initialMarginBps: reader.u64(),
    maintenanceMarginBps: reader.u64(),
    tradeFeeBps: reader.u64(),
    liquidationFeeBps: reader.u64(),
    fundingIntervalSeconds: reader.u64(),
    fundingClampPpm: reader.u64(),
    markWindowSeconds: reader.u64(),
    maxOpenInterest: reader.u64(),
    maxOpenInterestBankrollBps: reader.u64(),
    seriesBasisPpm: reader.u64(),
  };
}

/** What the vaults hold, by whom it is meant for, in base units of INFER. */
export type Funds = {
  /** Collateral of all traders: the margin vault. */
  readonly margin: bigint;
  /** What the protocol trades with. */
  readonly bankroll: bigint;
  /** The insurance vault. */
  readonly insurance: bigint;
  /** Inflow set aside for recorded claims; with the bankroll it is the bankroll vault. */
  readonly claimsReserve: bigint;
  /** Sum of all claims ever recorded: where the next one begins. */
  readonly claimsIssued: bigint;
  /** Sum of all inflow ever set aside for claims: claims are paid up to here. */
  readonly claimsFunded: bigint;
  /** Notional of all open positions at their entry prices. */
  readonly openNotional: bigint;
};

export function writeFunds(writer: BorshWriter, value: Funds): void {
  writer.u64(value.margin);
  writer.u64(value.bankroll);
  writer.u64(value.insurance);
  writer.u64(value.claimsReserve);
  writer.u128(value.claimsIssued);
  writer.u128(value.claimsFunded);
  writer.u64(value.openNotional);
}

export function readFunds(reader: BorshReader): Funds {
  return {
    margin: reader.u64(),
    bankroll: reader.u64(),
    insurance: reader.u64(),
    claimsReserve: reader.u64(),
    claimsIssued: reader.u128(),
    claimsFunded: reader.u128(),
    openNotional: reader.u64(),
  };
}

/** What moves in an index. Prices are base units of INFER per GPU-hour times a million. */
export type IndexState = {
  /** The index. */
  readonly price: bigint;
  /** Slot of the last trade or purchase. */
  readonly lastSlot: bigint;
  /** Time of the last trade or purchase. */
  readonly updatedAt: bigint;
  /** Index before the first update of the last slot. */
  readonly slotOpenPrice: bigint;
  /** The price without open positions: moved by purchases alone. */
  readonly anchor: bigint;
  /** Anchor before the first update of the last slot. */
  readonly slotOpenAnchor: bigint;
  /** Time of the last purchase, or of creation. */
  readonly anchoredAt: bigint;
  /** Skew that would move the price by its whole value if impact were linear. */
  readonly depthGpuSeconds: bigint;
  /** Furthest that trades hold the index from the anchor. */
  readonly boundPpm: number;
  /** Mark when the index last changed: the mark goes from here to the index. */
  readonly markFrom: bigint;
  /** Time when the index last changed. */
  readonly markFromAt: bigint;
  /** Time up to which funding and integral are counted. */
  readonly advancedAt: bigint;
  /** Anchor times seconds since creation. */
  readonly anchorIntegral: bigint;
  /** What a long of one GPU-second has owed since creation, in price units. */
  readonly fundingLong: bigint;
  /** What a short of one GPU-second has owed since creation, in price units. */
  readonly fundingShort: bigint;
  /** GPU-seconds of long perpetual positions. */
  readonly longSize: bigint;
  /** GPU-seconds of short perpetual positions. */
  readonly shortSize: bigint;
  /** Notional of long positions and futures at their entry prices. */
  readonly longNotional: bigint;
  /** Notional of short positions and futures at their entry prices. */
  readonly shortNotional: bigint;
};

export function writeIndexState(writer: BorshWriter, value: IndexState): void {
  writer.u128(value.price);
  writer.u64(value.lastSlot);
  writer.i64(value.updatedAt);
  writer.u128(value.slotOpenPrice);
  writer.u128(value.anchor);
  writer.u128(value.slotOpenAnchor);
  writer.i64(value.anchoredAt);
  writer.u64(value.depthGpuSeconds);
  writer.u32(value.boundPpm);
  writer.u128(value.markFrom);
  writer.i64(value.markFromAt);
  writer.i64(value.advancedAt);
  writer.u128(value.anchorIntegral);
  writer.i128(value.fundingLong);
  writer.i128(value.fundingShort);
  writer.u64(value.longSize);
  writer.u64(value.shortSize);
  writer.u64(value.longNotional);
  writer.u64(value.shortNotional);
}

export function readIndexState(reader: BorshReader): IndexState {
  return {
    price: reader.u128(),
    lastSlot: reader.u64(),
    updatedAt: reader.i64(),
    slotOpenPrice: reader.u128(),
    anchor: reader.u128(),
    slotOpenAnchor: reader.u128(),
    anchoredAt: reader.i64(),
    depthGpuSeconds: reader.u64(),
    boundPpm: reader.u32(),
    markFrom: reader.u128(),
    markFromAt: reader.i64(),
    advancedAt: reader.i64(),
    anchorIntegral: reader.u128(),
    fundingLong: reader.i128(),
    fundingShort: reader.i128(),
    longSize: reader.u64(),
    shortSize: reader.u64(),
    longNotional: reader.u64(),
    shortNotional: reader.u64(),
  };
}

/** A time at which series need the integral of the anchor. */
export type Milestone = {
  readonly at: bigint;
  /** Series that need it. */
  readonly seriesCount: number;
  readonly isPassed: boolean;
  /** Integral of the anchor at that time, once passed. */
  readonly integral: bigint;
  /** Anchor in force at that time, once passed. */
  readonly anchor: bigint;
};

export function writeMilestone(writer: BorshWriter, value: Milestone): void {
  writer.i64(value.at);
  writer.u8(value.seriesCount);
  writer.bool(value.isPassed);
  writer.u128(value.integral);
  writer.u128(value.anchor);
}

export function readMilestone(reader: BorshReader): Milestone {
  return {
    at: reader.i64(),
    seriesCount: reader.u8(),
    isPassed: reader.bool(),
    integral: reader.u128(),
    anchor: reader.u128(),
  };
}

/** An open position. */
export type Holding = {
  /** GPU-seconds; below zero for a short. */
  readonly size: bigint;
  /** Mean price of what is open, rounded against the trader. */
  readonly entryPrice: bigint;
  /** Notional at the entry price. */
  readonly notional: bigint;
  /** Margin of this position alone. */
  readonly collateral: bigint;
};

export function writeHolding(writer: BorshWriter, value: Holding): void {
  writer.i64(value.size);
  writer.u128(value.entryPrice);
  writer.u64(value.notional);
  writer.u64(value.collateral);
}

export function readHolding(reader: BorshReader): Holding {
  return {
    size: reader.i64(),
    entryPrice: reader.u128(),
    notional: reader.u64(),
    collateral: reader.u64(),
  };
}

/** What moves in a series. */
export type SeriesState = {
  /** GPU-seconds of long positions. */
  readonly longSize: bigint;
  /** GPU-seconds of short positions. */
  readonly shortSize: bigint;
  /** Price of the last trade; the starting price before the first. */
  readonly lastPrice: bigint;
  /** Time of the last trade, or of creation. */
  readonly tradedAt: bigint;
  /** Zero until settled. */
  readonly settlementPrice: bigint;
  /** Zero until settled. */
  readonly settledAt: bigint;
};

export function writeSeriesState(writer: BorshWriter, value: SeriesState): void {
  writer.u64(value.longSize);
  writer.u64(value.shortSize);
  writer.u128(value.lastPrice);
  writer.i64(value.tradedAt);
  writer.u128(value.settlementPrice);
  writer.i64(value.settledAt);
}

export function readSeriesState(reader: BorshReader): SeriesState {
  return {
    longSize: reader.u64(),
    shortSize: reader.u64(),
    lastPrice: reader.u128(),
    tradedAt: reader.i64(),
    settlementPrice: reader.u128(),
    settledAt: reader.i64(),
  };
}

/** What stands in a trader account. */
export type Balance = {
  /** All of the trader, in the margin vault. */
  readonly collateral: bigint;
  /** The part that is margin of positions. */
  readonly locked: bigint;
  /** Claims ever recorded for the trader. */
  readonly claimCount: bigint;
};

export function writeBalance(writer: BorshWriter, value: Balance): void {
  writer.u64(value.collateral);
  writer.u64(value.locked);
  writer.u64(value.claimCount);
}

export function readBalance(reader: BorshReader): Balance {
  return {
    collateral: reader.u64(),
    locked: reader.u64(),
    claimCount: reader.u64(),
  };
}

/** What a position gave and took, in base units of INFER. */
export type Settlement = {
  /** Owed by the position; below zero when it was owed to it. */
  readonly funding: bigint;
  /** Realised; below zero for a loss. */
  readonly pnl: bigint;
  /** To the insurance fund. */
  readonly fee: bigint;
  readonly keeperFee: bigint;
  /** Margin that went back to the trader. */
  readonly released: bigint;
  /** Paid to the trader by the bankroll. */
  readonly fromBankroll: bigint;
  /** Paid to the trader by the insurance fund. */
  readonly fromInsurance: bigint;
  /** Owed to the trader and recorded as a claim. */
  readonly claimed: bigint;
  /** Owed by the position beyond its margin. */
  readonly shortfall: bigint;
  /** Part of the shortfall that the insurance fund gave to the bankroll. */
  readonly covered: bigint;
};

export function writeSettlement(writer: BorshWriter, value: Settlement): void {
  writer.i64(value.funding);
  writer.i64(value.pnl);
  writer.u64(value.fee);
  writer.u64(value.keeperFee);
  writer.u64(value.released);
  writer.u64(value.fromBankroll);
  writer.u64(value.fromInsurance);
  writer.u64(value.claimed);
  writer.u64(value.shortfall);
  writer.u64(value.covered);
}

export function readSettlement(reader: BorshReader): Settlement {
  return {
    funding: reader.i64(),
    pnl: reader.i64(),
    fee: reader.u64(),
    keeperFee: reader.u64(),
    released: reader.u64(),
    fromBankroll: reader.u64(),
    fromInsurance: reader.u64(),
    claimed: reader.u64(),
    shortfall: reader.u64(),
    covered: reader.u64(),
  };
}

export type InitializeExchangeArgs = {
  /** The Marketplace account, which signs for purchases. */
  readonly marketplace: Address;
  readonly governanceAuthority: Address;
};

export function writeInitializeExchangeArgs(writer: BorshWriter, value: InitializeExchangeArgs): void {
  writer.pubkey(value.marketplace);
  writer.pubkey(value.governanceAuthority);
}

export function readInitializeExchangeArgs(reader: BorshReader): InitializeExchangeArgs {
  return {
    marketplace: reader.pubkey(),
    governanceAuthority: reader.pubkey(),
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

export type SetPausedArgs = {
  readonly isPaused: boolean;
};

export function writeSetPausedArgs(writer: BorshWriter, value: SetPausedArgs): void {
  writer.bool(value.isPaused);
}

export function readSetPausedArgs(reader: BorshReader): SetPausedArgs {
  return {
    isPaused: reader.bool(),
  };
}

export type CreateIndexArgs = {
  /** Number of the model in the catalogue of the marketplace. */
  readonly model: number;
  /** Starting price. */
  readonly price: bigint;
};

export function writeCreateIndexArgs(writer: BorshWriter, value: CreateIndexArgs): void {
  writer.u8(value.model);
  writer.u128(value.price);
}

export function readCreateIndexArgs(reader: BorshReader): CreateIndexArgs {
  return {
    model: reader.u8(),
    price: reader.u128(),
  };
}

export type RecordPurchaseArgs = {
  readonly model: number;
  readonly gpuSeconds: bigint;
  /** Base units of INFER. */
  readonly pricePerGpuHour: bigint;
};

export function writeRecordPurchaseArgs(writer: BorshWriter, value: RecordPurchaseArgs): void {
  writer.u8(value.model);
  writer.u64(value.gpuSeconds);
  writer.u64(value.pricePerGpuHour);
}

export function readRecordPurchaseArgs(reader: BorshReader): RecordPurchaseArgs {
  return {
    model: reader.u8(),
    gpuSeconds: reader.u64(),
    pricePerGpuHour: reader.u64(),
  };
}

export type DepositMarginArgs = {
  readonly amount: bigint;
};

export function writeDepositMarginArgs(writer: BorshWriter, value: DepositMarginArgs): void {
  writer.u64(value.amount);
}

export function readDepositMarginArgs(reader: BorshReader): DepositMarginArgs {
  return {
    amount: reader.u64(),
  };
}

export type WithdrawMarginArgs = {
  readonly amount: bigint;
};

export function writeWithdrawMarginArgs(writer: BorshWriter, value: WithdrawMarginArgs): void {
  writer.u64(value.amount);
}

export function readWithdrawMarginArgs(reader: BorshReader): WithdrawMarginArgs {
  return {
    amount: reader.u64(),
  };
}

export type OpenPositionArgs = {
  /** GPU-seconds; below zero for a short, zero to add margin only. */
  readonly size: bigint;
  /** Free collateral that becomes margin. */
  readonly margin: bigint;
  /** Worst price; zero for none. */
  readonly priceLimit: bigint;
};

export function writeOpenPositionArgs(writer: BorshWriter, value: OpenPositionArgs): void {
  writer.i64(value.size);
  writer.u64(value.margin);
  writer.u128(value.priceLimit);
}

export function readOpenPositionArgs(reader: BorshReader): OpenPositionArgs {
  return {
    size: reader.i64(),
    margin: reader.u64(),
    priceLimit: reader.u128(),
  };
}

export type ClosePositionArgs = {
  /** GPU-seconds to close. */
  readonly size: bigint;
  /** Worst price; zero for none. */
  readonly priceLimit: bigint;
};

export function writeClosePositionArgs(writer: BorshWriter, value: ClosePositionArgs): void {
  writer.u64(value.size);
  writer.u128(value.priceLimit);
}

export function readClosePositionArgs(reader: BorshReader): ClosePositionArgs {
  return {
    size: reader.u64(),
    priceLimit: reader.u128(),
  };
}

export type AddBankrollArgs = {
  readonly amount: bigint;
};

export function writeAddBankrollArgs(writer: BorshWriter, value: AddBankrollArgs): void {
  writer.u64(value.amount);
}

export function readAddBankrollArgs(reader: BorshReader): AddBankrollArgs {
  return {
    amount: reader.u64(),
  };
}

export type RemoveBankrollArgs = {
  readonly amount: bigint;
};

export function writeRemoveBankrollArgs(writer: BorshWriter, value: RemoveBankrollArgs): void {
  writer.u64(value.amount);
}

export function readRemoveBankrollArgs(reader: BorshReader): RemoveBankrollArgs {
  return {
    amount: reader.u64(),
  };
}

export type AddInsuranceArgs = {
  readonly amount: bigint;
};

export function writeAddInsuranceArgs(writer: BorshWriter, value: AddInsuranceArgs): void {
  writer.u64(value.amount);
}

export function readAddInsuranceArgs(reader: BorshReader): AddInsuranceArgs {
  return {
    amount: reader.u64(),
  };
}

export type CreateSeriesArgs = {
  /** Begin of the delivery period; the expiry for a series that settles on a point. */
  readonly deliveryStart: bigint;
  readonly expiry: bigint;
};

export function writeCreateSeriesArgs(writer: BorshWriter, value: CreateSeriesArgs): void {
  writer.i64(value.deliveryStart);
  writer.i64(value.expiry);
}

export function readCreateSeriesArgs(reader: BorshReader): CreateSeriesArgs {
  return {
    deliveryStart: reader.i64(),
    expiry: reader.i64(),
  };
}

export type TradeFutureArgs = {
  /** GPU-seconds to buy; below zero to sell; zero to add margin only. */
  readonly size: bigint;
  /** Free collateral that becomes margin. */
  readonly margin: bigint;
  /** Worst price; zero for none. */
  readonly priceLimit: bigint;
};

export function writeTradeFutureArgs(writer: BorshWriter, value: TradeFutureArgs): void {
  writer.i64(value.size);
  writer.u64(value.margin);
  writer.u128(value.priceLimit);
}

export function readTradeFutureArgs(reader: BorshReader): TradeFutureArgs {
  return {
    size: reader.i64(),
    margin: reader.u64(),
    priceLimit: reader.u128(),
  };
}

/** Authorities, governed numbers and balances; one per program. */
export type Exchange = {
  readonly version: number;
  readonly bump: number;
  readonly marginVaultBump: number;
  readonly bankrollVaultBump: number;
  readonly insuranceVaultBump: number;
  readonly marketplace: Address;
  readonly governanceAuthority: Address;
  readonly admin: Address;
  readonly inferMint: Address;
  readonly isPaused: boolean;
  readonly rules: Rules;
  readonly funds: Funds;
};

export function writeExchange(writer: BorshWriter, value: Exchange): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.marginVaultBump);
  writer.u8(value.bankrollVaultBump);
  writer.u8(value.insuranceVaultBump);
  writer.pubkey(value.marketplace);
  writer.pubkey(value.governanceAuthority);
  writer.pubkey(value.admin);
  writer.pubkey(value.inferMint);
  writer.bool(value.isPaused);
  writeRules(writer, value.rules);
  writeFunds(writer, value.funds);
}

export function readExchange(reader: BorshReader): Exchange {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    marginVaultBump: reader.u8(),
    bankrollVaultBump: reader.u8(),
    insuranceVaultBump: reader.u8(),
    marketplace: reader.pubkey(),
    governanceAuthority: reader.pubkey(),
    admin: reader.pubkey(),
    inferMint: reader.pubkey(),
    isPaused: reader.bool(),
    rules: readRules(reader),
    funds: readFunds(reader),
  };
}

/** Price of a GPU model and what its market has open. */
export type Index = {
  readonly version: number;
  readonly bump: number;
  readonly model: number;
  readonly market: IndexState;
  /** Times that live series wait for. */
  readonly milestones: readonly Milestone[];
};

export function writeIndex(writer: BorshWriter, value: Index): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.model);
  writeIndexState(writer, value.market);
  writer.vec(value.milestones, (item) => writeMilestone(writer, item));
}

export function readIndex(reader: BorshReader): Index {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    model: reader.u8(),
    market: readIndexState(reader),
    milestones: reader.vec(() => readMilestone(reader)),
  };
}

/** Collateral of one owner. */
export type Trader = {
  readonly version: number;
  readonly bump: number;
  readonly owner: Address;
  readonly balance: Balance;
};

export function writeTrader(writer: BorshWriter, value: Trader): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.owner);
  writeBalance(writer, value.balance);
}

export function readTrader(reader: BorshReader): Trader {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    owner: reader.pubkey(),
    balance: readBalance(reader),
  };
}

/** Perpetual position of a trader in a model; stays when closed. */
export type Position = {
  readonly version: number;
  readonly bump: number;
  readonly model: number;
  readonly trader: Address;
  readonly holding: Holding;
  /** Funding of its side when it was last paid. */
  readonly funding: bigint;
  /** Time when funding was last paid. */
  readonly fundedAt: bigint;
};

export function writePosition(writer: BorshWriter, value: Position): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.model);
  writer.pubkey(value.trader);
  writeHolding(writer, value.holding);
  writer.i128(value.funding);
  writer.i64(value.fundedAt);
}

export function readPosition(reader: BorshReader): Position {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    model: reader.u8(),
    trader: reader.pubkey(),
    holding: readHolding(reader),
    funding: reader.i128(),
    fundedAt: reader.i64(),
  };
}

/** Dated futures of a model. */
export type Series = {
  readonly version: number;
  readonly bump: number;
  readonly model: number;
  readonly index: Address;
  /** Settles on the average over the delivery period, otherwise on the price at expiry. */
  readonly isAverage: boolean;
  readonly deliveryStart: bigint;
  readonly expiry: bigint;
  /** Furthest that trades hold the price from the one it settles on. */
  readonly basisBoundPpm: number;
  readonly depthGpuSeconds: bigint;
  readonly createdAt: bigint;
  readonly market: SeriesState;
};

export function writeSeries(writer: BorshWriter, value: Series): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.u8(value.model);
  writer.pubkey(value.index);
  writer.bool(value.isAverage);
  writer.i64(value.deliveryStart);
  writer.i64(value.expiry);
  writer.u32(value.basisBoundPpm);
  writer.u64(value.depthGpuSeconds);
  writer.i64(value.createdAt);
  writeSeriesState(writer, value.market);
}

export function readSeries(reader: BorshReader): Series {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    model: reader.u8(),
    index: reader.pubkey(),
    isAverage: reader.bool(),
    deliveryStart: reader.i64(),
    expiry: reader.i64(),
    basisBoundPpm: reader.u32(),
    depthGpuSeconds: reader.u64(),
    createdAt: reader.i64(),
    market: readSeriesState(reader),
  };
}

/** Position of a trader in a series; stays when closed. */
export type FuturePosition = {
  readonly version: number;
  readonly bump: number;
  readonly series: Address;
  readonly trader: Address;
  readonly holding: Holding;
};

export function writeFuturePosition(writer: BorshWriter, value: FuturePosition): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.series);
  writer.pubkey(value.trader);
  writeHolding(writer, value.holding);
}

export function readFuturePosition(reader: BorshReader): FuturePosition {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    series: reader.pubkey(),
    trader: reader.pubkey(),
    holding: readHolding(reader),
  };
}

/** Profit that could not be paid when it was made. */
export type Claim = {
  readonly version: number;
  readonly bump: number;
  readonly trader: Address;
  /** Claims of the trader before this one. */
  readonly number: bigint;
  /** Sum of all claims before this one. */
  readonly start: bigint;
  readonly amount: bigint;
  readonly paid: bigint;
  readonly recordedAt: bigint;
};

export function writeClaim(writer: BorshWriter, value: Claim): void {
  writer.u8(value.version);
  writer.u8(value.bump);
  writer.pubkey(value.trader);
  writer.u64(value.number);
  writer.u128(value.start);
  writer.u64(value.amount);
  writer.u64(value.paid);
  writer.i64(value.recordedAt);
}

export function readClaim(reader: BorshReader): Claim {
  return {
    version: reader.u8(),
    bump: reader.u8(),
    trader: reader.pubkey(),
    number: reader.u64(),
    start: reader.u128(),
    amount: reader.u64(),
    paid: reader.u64(),
    recordedAt: reader.i64(),
  };
}

/** The exchange exists. */
export type ExchangeInitialized = {
  readonly exchange: Address;
  readonly marketplace: Address;
  readonly governanceAuthority: Address;
  readonly admin: Address;
  readonly inferMint: Address;
  readonly rules: Rules;
  readonly at: bigint;
};

export function writeExchangeInitialized(writer: BorshWriter, value: ExchangeInitialized): void {
  writer.pubkey(value.exchange);
  writer.pubkey(value.marketplace);
  writer.pubkey(value.governanceAuthority);
  writer.pubkey(value.admin);
  writer.pubkey(value.inferMint);
  writeRules(writer, value.rules);
  writer.i64(value.at);
}

export function readExchangeInitialized(reader: BorshReader): ExchangeInitialized {
  return {
    exchange: reader.pubkey(),
    marketplace: reader.pubkey(),
    governanceAuthority: reader.pubkey(),
    admin: reader.pubkey(),
    inferMint: reader.pubkey(),
    rules: readRules(reader),
    at: reader.i64(),
  };
}

/** Governed numbers changed. */
export type ParametersSet = {
  readonly changes: readonly ParameterChange[];
  /** All of them after the change. */
  readonly rules: Rules;
  readonly at: bigint;
};

export function writeParametersSet(writer: BorshWriter, value: ParametersSet): void {
  writer.vec(value.changes, (item) => writeParameterChange(writer, item));
  writeRules(writer, value.rules);
  writer.i64(value.at);
}

export function readParametersSet(reader: BorshReader): ParametersSet {
  return {
    changes: reader.vec(() => readParameterChange(reader)),
    rules: readRules(reader),
    at: reader.i64(),
  };
}

/** Opening was stopped or allowed. */
export type PausedSet = {
  readonly authority: Address;
  readonly isPaused: boolean;
  readonly at: bigint;
};

export function writePausedSet(writer: BorshWriter, value: PausedSet): void {
  writer.pubkey(value.authority);
  writer.bool(value.isPaused);
  writer.i64(value.at);
}

export function readPausedSet(reader: BorshReader): PausedSet {
  return {
    authority: reader.pubkey(),
    isPaused: reader.bool(),
    at: reader.i64(),
  };
}

/** The role of admin went to another key. */
export type AdminReplaced = {
  readonly formerAdmin: Address;
  readonly admin: Address;
  readonly at: bigint;
};

export function writeAdminReplaced(writer: BorshWriter, value: AdminReplaced): void {
  writer.pubkey(value.formerAdmin);
  writer.pubkey(value.admin);
  writer.i64(value.at);
}

export function readAdminReplaced(reader: BorshReader): AdminReplaced {
  return {
    formerAdmin: reader.pubkey(),
    admin: reader.pubkey(),
    at: reader.i64(),
  };
}

/** An index begins. */
export type IndexCreated = {
  readonly index: Address;
  readonly model: number;
  readonly market: IndexState;
};

export function writeIndexCreated(writer: BorshWriter, value: IndexCreated): void {
  writer.pubkey(value.index);
  writer.u8(value.model);
  writeIndexState(writer, value.market);
}

export function readIndexCreated(reader: BorshReader): IndexCreated {
  return {
    index: reader.pubkey(),
    model: reader.u8(),
    market: readIndexState(reader),
  };
}

/** A trade or a purchase: one event for each. */
export type IndexUpdated = {
  readonly index: Address;
  readonly model: number;
  /** The index after it. */
  readonly price: bigint;
  readonly slot: bigint;
  readonly at: bigint;
  /** 0 trade, 1 purchase. */
  readonly cause: number;
  readonly isBuy: boolean;
  readonly gpuSeconds: bigint;
  /** Base units of INFER: notional of the trade, amount of the purchase. */
  readonly value: bigint;
  /** Price of the trade or of the purchase itself. */
  readonly tradedPrice: bigint;
  /** Mark after it. */
  readonly mark: bigint;
  readonly market: IndexState;
};

export function writeIndexUpdated(writer: BorshWriter, value: IndexUpdated): void {
  writer.pubkey(value.index);
  writer.u8(value.model);
  writer.u128(value.price);
  writer.u64(value.slot);
  writer.i64(value.at);
  writer.u8(value.cause);
  writer.bool(value.isBuy);
  writer.u64(value.gpuSeconds);
  writer.u64(value.value);
  writer.u128(value.tradedPrice);
  writer.u128(value.mark);
  writeIndexState(writer, value.market);
}

export function readIndexUpdated(reader: BorshReader): IndexUpdated {
  return {
    index: reader.pubkey(),
    model: reader.u8(),
    price: reader.u128(),
    slot: reader.u64(),
    at: reader.i64(),
    cause: reader.u8(),
    isBuy: reader.bool(),
    gpuSeconds: reader.u64(),
    value: reader.u64(),
    tradedPrice: reader.u128(),
    mark: reader.u128(),
    market: readIndexState(reader),
  };
}

/** Time was counted in an index whose price did not change. */
export type IndexAdvanced = {
  readonly index: Address;
  readonly model: number;
  readonly mark: bigint;
  readonly market: IndexState;
};

export function writeIndexAdvanced(writer: BorshWriter, value: IndexAdvanced): void {
  writer.pubkey(value.index);
  writer.u8(value.model);
  writer.u128(value.mark);
  writeIndexState(writer, value.market);
}

export function readIndexAdvanced(reader: BorshReader): IndexAdvanced {
  return {
    index: reader.pubkey(),
    model: reader.u8(),
    mark: reader.u128(),
    market: readIndexState(reader),
  };
}

/** A time came that series waited for. */
export type MilestonePassed = {
  readonly index: Address;
  readonly model: number;
  readonly milestone: Milestone;
};

export function writeMilestonePassed(writer: BorshWriter, value: MilestonePassed): void {
  writer.pubkey(value.index);
  writer.u8(value.model);
  writeMilestone(writer, value.milestone);
}

export function readMilestonePassed(reader: BorshReader): MilestonePassed {
  return {
    index: reader.pubkey(),
    model: reader.u8(),
    milestone: readMilestone(reader),
  };
}

/** Collateral came in. */
export type MarginDeposited = {
  readonly trader: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeMarginDeposited(writer: BorshWriter, value: MarginDeposited): void {
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readMarginDeposited(reader: BorshReader): MarginDeposited {
  return {
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** Collateral went out. */
export type MarginWithdrawn = {
  readonly trader: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeMarginWithdrawn(writer: BorshWriter, value: MarginWithdrawn): void {
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u64(value.amount);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readMarginWithdrawn(reader: BorshReader): MarginWithdrawn {
  return {
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    amount: reader.u64(),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** A perpetual position was opened, enlarged or given margin. */
export type PositionOpened = {
  readonly position: Address;
  readonly trader: Address;
  readonly owner: Address;
  readonly model: number;
  readonly size: bigint;
  readonly price: bigint;
  readonly margin: bigint;
  readonly settlement: Settlement;
  readonly holding: Holding;
  /** Funding of its side, paid up to now. */
  readonly funding: bigint;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writePositionOpened(writer: BorshWriter, value: PositionOpened): void {
  writer.pubkey(value.position);
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u8(value.model);
  writer.i64(value.size);
  writer.u128(value.price);
  writer.u64(value.margin);
  writeSettlement(writer, value.settlement);
  writeHolding(writer, value.holding);
  writer.i128(value.funding);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readPositionOpened(reader: BorshReader): PositionOpened {
  return {
    position: reader.pubkey(),
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    model: reader.u8(),
    size: reader.i64(),
    price: reader.u128(),
    margin: reader.u64(),
    settlement: readSettlement(reader),
    holding: readHolding(reader),
    funding: reader.i128(),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** A perpetual position was closed, in part or whole. */
export type PositionClosed = {
  readonly position: Address;
  readonly trader: Address;
  readonly owner: Address;
  readonly model: number;
  readonly size: bigint;
  readonly price: bigint;
  readonly settlement: Settlement;
  readonly holding: Holding;
  /** Funding of its side, paid up to now. */
  readonly funding: bigint;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writePositionClosed(writer: BorshWriter, value: PositionClosed): void {
  writer.pubkey(value.position);
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u8(value.model);
  writer.u64(value.size);
  writer.u128(value.price);
  writeSettlement(writer, value.settlement);
  writeHolding(writer, value.holding);
  writer.i128(value.funding);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readPositionClosed(reader: BorshReader): PositionClosed {
  return {
    position: reader.pubkey(),
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    model: reader.u8(),
    size: reader.u64(),
    price: reader.u128(),
    settlement: readSettlement(reader),
    holding: readHolding(reader),
    funding: reader.i128(),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** Funding of a perpetual position was paid or collected by itself. */
export type FundingPaid = {
  readonly position: Address;
  readonly trader: Address;
  readonly owner: Address;
  readonly model: number;
  readonly settlement: Settlement;
  readonly holding: Holding;
  /** Funding of its side, paid up to now. */
  readonly funding: bigint;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeFundingPaid(writer: BorshWriter, value: FundingPaid): void {
  writer.pubkey(value.position);
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u8(value.model);
  writeSettlement(writer, value.settlement);
  writeHolding(writer, value.holding);
  writer.i128(value.funding);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readFundingPaid(reader: BorshReader): FundingPaid {
  return {
    position: reader.pubkey(),
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    model: reader.u8(),
    settlement: readSettlement(reader),
    holding: readHolding(reader),
    funding: reader.i128(),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** A perpetual position below its maintenance margin was closed. */
export type PositionLiquidated = {
  readonly position: Address;
  readonly trader: Address;
  readonly owner: Address;
  readonly model: number;
  readonly keeper: Address;
  readonly size: bigint;
  readonly price: bigint;
  /** What the position was worth at the anchor. */
  readonly equity: bigint;
  readonly settlement: Settlement;
  readonly holding: Holding;
  /** Funding of its side, paid up to now. */
  readonly funding: bigint;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writePositionLiquidated(writer: BorshWriter, value: PositionLiquidated): void {
  writer.pubkey(value.position);
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u8(value.model);
  writer.pubkey(value.keeper);
  writer.u64(value.size);
  writer.u128(value.price);
  writer.i64(value.equity);
  writeSettlement(writer, value.settlement);
  writeHolding(writer, value.holding);
  writer.i128(value.funding);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readPositionLiquidated(reader: BorshReader): PositionLiquidated {
  return {
    position: reader.pubkey(),
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    model: reader.u8(),
    keeper: reader.pubkey(),
    size: reader.u64(),
    price: reader.u128(),
    equity: reader.i64(),
    settlement: readSettlement(reader),
    holding: readHolding(reader),
    funding: reader.i128(),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** Dated futures were listed. */
export type SeriesCreated = {
  readonly series: Address;
  readonly index: Address;
  readonly model: number;
  readonly isAverage: boolean;
  readonly deliveryStart: bigint;
  readonly expiry: bigint;
  readonly basisBoundPpm: number;
  readonly depthGpuSeconds: bigint;
  readonly market: SeriesState;
  /** All that the index waits for now. */
  readonly milestones: readonly Milestone[];
};

export function writeSeriesCreated(writer: BorshWriter, value: SeriesCreated): void {
  writer.pubkey(value.series);
  writer.pubkey(value.index);
  writer.u8(value.model);
  writer.bool(value.isAverage);
  writer.i64(value.deliveryStart);
  writer.i64(value.expiry);
  writer.u32(value.basisBoundPpm);
  writer.u64(value.depthGpuSeconds);
  writeSeriesState(writer, value.market);
  writer.vec(value.milestones, (item) => writeMilestone(writer, item));
}

export function readSeriesCreated(reader: BorshReader): SeriesCreated {
  return {
    series: reader.pubkey(),
    index: reader.pubkey(),
    model: reader.u8(),
    isAverage: reader.bool(),
    deliveryStart: reader.i64(),
    expiry: reader.i64(),
    basisBoundPpm: reader.u32(),
    depthGpuSeconds: reader.u64(),
    market: readSeriesState(reader),
    milestones: reader.vec(() => readMilestone(reader)),
  };
}

/** A position in a series was opened, enlarged, closed or given margin. */
export type FutureTraded = {
  readonly futurePosition: Address;
  readonly series: Address;
  readonly trader: Address;
  readonly owner: Address;
  readonly model: number;
  /** Bought; below zero when sold. */
  readonly size: bigint;
  readonly price: bigint;
  readonly margin: bigint;
  readonly settlement: Settlement;
  readonly holding: Holding;
  readonly market: SeriesState;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeFutureTraded(writer: BorshWriter, value: FutureTraded): void {
  writer.pubkey(value.futurePosition);
  writer.pubkey(value.series);
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u8(value.model);
  writer.i64(value.size);
  writer.u128(value.price);
  writer.u64(value.margin);
  writeSettlement(writer, value.settlement);
  writeHolding(writer, value.holding);
  writeSeriesState(writer, value.market);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readFutureTraded(reader: BorshReader): FutureTraded {
  return {
    futurePosition: reader.pubkey(),
    series: reader.pubkey(),
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    model: reader.u8(),
    size: reader.i64(),
    price: reader.u128(),
    margin: reader.u64(),
    settlement: readSettlement(reader),
    holding: readHolding(reader),
    market: readSeriesState(reader),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** A position in a series below its maintenance margin was closed. */
export type FutureLiquidated = {
  readonly futurePosition: Address;
  readonly series: Address;
  readonly trader: Address;
  readonly owner: Address;
  readonly model: number;
  readonly keeper: Address;
  readonly size: bigint;
  readonly price: bigint;
  readonly equity: bigint;
  readonly settlement: Settlement;
  readonly holding: Holding;
  readonly market: SeriesState;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeFutureLiquidated(writer: BorshWriter, value: FutureLiquidated): void {
  writer.pubkey(value.futurePosition);
  writer.pubkey(value.series);
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u8(value.model);
  writer.pubkey(value.keeper);
  writer.u64(value.size);
  writer.u128(value.price);
  writer.i64(value.equity);
  writeSettlement(writer, value.settlement);
  writeHolding(writer, value.holding);
  writeSeriesState(writer, value.market);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readFutureLiquidated(reader: BorshReader): FutureLiquidated {
  return {
    futurePosition: reader.pubkey(),
    series: reader.pubkey(),
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    model: reader.u8(),
    keeper: reader.pubkey(),
    size: reader.u64(),
    price: reader.u128(),
    equity: reader.i64(),
    settlement: readSettlement(reader),
    holding: readHolding(reader),
    market: readSeriesState(reader),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** The settlement price of a series is fixed. */
export type SeriesSettled = {
  readonly series: Address;
  readonly index: Address;
  readonly model: number;
  readonly price: bigint;
  readonly market: SeriesState;
  /** All that the index waits for now. */
  readonly milestones: readonly Milestone[];
};

export function writeSeriesSettled(writer: BorshWriter, value: SeriesSettled): void {
  writer.pubkey(value.series);
  writer.pubkey(value.index);
  writer.u8(value.model);
  writer.u128(value.price);
  writeSeriesState(writer, value.market);
  writer.vec(value.milestones, (item) => writeMilestone(writer, item));
}

export function readSeriesSettled(reader: BorshReader): SeriesSettled {
  return {
    series: reader.pubkey(),
    index: reader.pubkey(),
    model: reader.u8(),
    price: reader.u128(),
    market: readSeriesState(reader),
    milestones: reader.vec(() => readMilestone(reader)),
  };
}

/** A position of a settled series was paid out. */
export type FuturePositionSettled = {
  readonly futurePosition: Address;
  readonly series: Address;
  readonly trader: Address;
  readonly owner: Address;
  readonly model: number;
  readonly size: bigint;
  readonly price: bigint;
  readonly settlement: Settlement;
  readonly holding: Holding;
  readonly market: SeriesState;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeFuturePositionSettled(writer: BorshWriter, value: FuturePositionSettled): void {
  writer.pubkey(value.futurePosition);
  writer.pubkey(value.series);
  writer.pubkey(value.trader);
  writer.pubkey(value.owner);
  writer.u8(value.model);
  writer.u64(value.size);
  writer.u128(value.price);
  writeSettlement(writer, value.settlement);
  writeHolding(writer, value.holding);
  writeSeriesState(writer, value.market);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readFuturePositionSettled(reader: BorshReader): FuturePositionSettled {
  return {
    futurePosition: reader.pubkey(),
    series: reader.pubkey(),
    trader: reader.pubkey(),
    owner: reader.pubkey(),
    model: reader.u8(),
    size: reader.u64(),
    price: reader.u128(),
    settlement: readSettlement(reader),
    holding: readHolding(reader),
    market: readSeriesState(reader),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** The bankroll grew. */
export type BankrollAdded = {
  readonly from: Address;
  readonly amount: bigint;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeBankrollAdded(writer: BorshWriter, value: BankrollAdded): void {
  writer.pubkey(value.from);
  writer.u64(value.amount);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readBankrollAdded(reader: BorshReader): BankrollAdded {
  return {
    from: reader.pubkey(),
    amount: reader.u64(),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** Governance took free bankroll. */
export type BankrollRemoved = {
  readonly to: Address;
  readonly amount: bigint;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeBankrollRemoved(writer: BorshWriter, value: BankrollRemoved): void {
  writer.pubkey(value.to);
  writer.u64(value.amount);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readBankrollRemoved(reader: BorshReader): BankrollRemoved {
  return {
    to: reader.pubkey(),
    amount: reader.u64(),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** The insurance fund grew. */
export type InsuranceAdded = {
  readonly from: Address;
  readonly amount: bigint;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeInsuranceAdded(writer: BorshWriter, value: InsuranceAdded): void {
  writer.pubkey(value.from);
  writer.u64(value.amount);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readInsuranceAdded(reader: BorshReader): InsuranceAdded {
  return {
    from: reader.pubkey(),
    amount: reader.u64(),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** Tokens nobody accounted for became insurance. */
export type SurplusSwept = {
  readonly amount: bigint;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeSurplusSwept(writer: BorshWriter, value: SurplusSwept): void {
  writer.u64(value.amount);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readSurplusSwept(reader: BorshReader): SurplusSwept {
  return {
    amount: reader.u64(),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

/** Profit that cannot be paid now stands as a claim. */
export type ClaimRecorded = {
  readonly claim: Address;
  readonly trader: Address;
  readonly number: bigint;
  readonly start: bigint;
  readonly amount: bigint;
  readonly at: bigint;
};

export function writeClaimRecorded(writer: BorshWriter, value: ClaimRecorded): void {
  writer.pubkey(value.claim);
  writer.pubkey(value.trader);
  writer.u64(value.number);
  writer.u128(value.start);
  writer.u64(value.amount);
  writer.i64(value.at);
}

export function readClaimRecorded(reader: BorshReader): ClaimRecorded {
  return {
    claim: reader.pubkey(),
    trader: reader.pubkey(),
    number: reader.u64(),
    start: reader.u128(),
    amount: reader.u64(),
    at: reader.i64(),
  };
}

/** A claim was paid, in part or whole. */
export type ClaimPaid = {
  readonly claim: Address;
  readonly trader: Address;
  readonly number: bigint;
  readonly amount: bigint;
  readonly paid: bigint;
  readonly balance: Balance;
  readonly funds: Funds;
  readonly at: bigint;
};

export function writeClaimPaid(writer: BorshWriter, value: ClaimPaid): void {
  writer.pubkey(value.claim);
  writer.pubkey(value.trader);
  writer.u64(value.number);
  writer.u64(value.amount);
  writer.u64(value.paid);
  writeBalance(writer, value.balance);
  writeFunds(writer, value.funds);
  writer.i64(value.at);
}

export function readClaimPaid(reader: BorshReader): ClaimPaid {
  return {
    claim: reader.pubkey(),
    trader: reader.pubkey(),
    number: reader.u64(),
    amount: reader.u64(),
    paid: reader.u64(),
    balance: readBalance(reader),
    funds: readFunds(reader),
    at: reader.i64(),
  };
}

export const EXCHANGE_ACCOUNT_DISCRIMINATOR = Uint8Array.of(30, 200, 220, 149, 3, 61, 104, 50);

export function encodeExchange(value: Exchange): Uint8Array {
  return encodeWith(EXCHANGE_ACCOUNT_DISCRIMINATOR, (writer) => writeExchange(writer, value));
}

export function decodeExchange(data: Uint8Array): Exchange {
  return decodeWith(data, EXCHANGE_ACCOUNT_DISCRIMINATOR, 'Exchange', readExchange);
}

export const INDEX_ACCOUNT_DISCRIMINATOR = Uint8Array.of(140, 66, 194, 132, 78, 26, 135, 186);

export function encodeIndex(value: Index): Uint8Array {
  return encodeWith(INDEX_ACCOUNT_DISCRIMINATOR, (writer) => writeIndex(writer, value));
}

export function decodeIndex(data: Uint8Array): Index {
  return decodeWith(data, INDEX_ACCOUNT_DISCRIMINATOR, 'Index', readIndex);
}

export const TRADER_ACCOUNT_DISCRIMINATOR = Uint8Array.of(74, 133, 32, 105, 47, 50, 5, 238);

export function encodeTrader(value: Trader): Uint8Array {
  return encodeWith(TRADER_ACCOUNT_DISCRIMINATOR, (writer) => writeTrader(writer, value));
}

export function decodeTrader(data: Uint8Array): Trader {
  return decodeWith(data, TRADER_ACCOUNT_DISCRIMINATOR, 'Trader', readTrader);
}

export const POSITION_ACCOUNT_DISCRIMINATOR = Uint8Array.of(170, 188, 143, 228, 122, 64, 247, 208);

export function encodePosition(value: Position): Uint8Array {
  return encodeWith(POSITION_ACCOUNT_DISCRIMINATOR, (writer) => writePosition(writer, value));
}

export function decodePosition(data: Uint8Array): Position {
  return decodeWith(data, POSITION_ACCOUNT_DISCRIMINATOR, 'Position', readPosition);
}

export const SERIES_ACCOUNT_DISCRIMINATOR = Uint8Array.of(240, 97, 8, 183, 139, 77, 250, 162);

export function encodeSeries(value: Series): Uint8Array {
  return encodeWith(SERIES_ACCOUNT_DISCRIMINATOR, (writer) => writeSeries(writer, value));
}

export function decodeSeries(data: Uint8Array): Series {
  return decodeWith(data, SERIES_ACCOUNT_DISCRIMINATOR, 'Series', readSeries);
}

export const FUTURE_POSITION_ACCOUNT_DISCRIMINATOR = Uint8Array.of(219, 167, 72, 102, 167, 113, 68, 241);

export function encodeFuturePosition(value: FuturePosition): Uint8Array {
  return encodeWith(FUTURE_POSITION_ACCOUNT_DISCRIMINATOR, (writer) => writeFuturePosition(writer, value));
}

export function decodeFuturePosition(data: Uint8Array): FuturePosition {
  return decodeWith(data, FUTURE_POSITION_ACCOUNT_DISCRIMINATOR, 'FuturePosition', readFuturePosition);
}

export const CLAIM_ACCOUNT_DISCRIMINATOR = Uint8Array.of(155, 70, 22, 176, 123, 215, 246, 102);

export function encodeClaim(value: Claim): Uint8Array {
  return encodeWith(CLAIM_ACCOUNT_DISCRIMINATOR, (writer) => writeClaim(writer, value));
}

export function decodeClaim(data: Uint8Array): Claim {
  return decodeWith(data, CLAIM_ACCOUNT_DISCRIMINATOR, 'Claim', readClaim);
}

export const EXCHANGE_INITIALIZED_EVENT_DISCRIMINATOR = Uint8Array.of(200, 154, 187, 160, 29, 243, 230, 104);

export function encodeExchangeInitialized(value: ExchangeInitialized): Uint8Array {
  return encodeWith(EXCHANGE_INITIALIZED_EVENT_DISCRIMINATOR, (writer) => writeExchangeInitialized(writer, value));
}

export function decodeExchangeInitialized(data: Uint8Array): ExchangeInitialized {
  return decodeWith(data, EXCHANGE_INITIALIZED_EVENT_DISCRIMINATOR, 'ExchangeInitialized', readExchangeInitialized);
}

export const PARAMETERS_SET_EVENT_DISCRIMINATOR = Uint8Array.of(135, 177, 105, 148, 253, 65, 215, 30);

export function encodeParametersSet(value: ParametersSet): Uint8Array {
  return encodeWith(PARAMETERS_SET_EVENT_DISCRIMINATOR, (writer) => writeParametersSet(writer, value));
}

export function decodeParametersSet(data: Uint8Array): ParametersSet {
  return decodeWith(data, PARAMETERS_SET_EVENT_DISCRIMINATOR, 'ParametersSet', readParametersSet);
}

export const PAUSED_SET_EVENT_DISCRIMINATOR = Uint8Array.of(171, 125, 127, 156, 233, 81, 68, 66);

export function encodePausedSet(value: PausedSet): Uint8Array {
  return encodeWith(PAUSED_SET_EVENT_DISCRIMINATOR, (writer) => writePausedSet(writer, value));
}

export function decodePausedSet(data: Uint8Array): PausedSet {
  return decodeWith(data, PAUSED_SET_EVENT_DISCRIMINATOR, 'PausedSet', readPausedSet);
}

export const ADMIN_REPLACED_EVENT_DISCRIMINATOR = Uint8Array.of(7, 232, 168, 140, 15, 180, 107, 25);

export function encodeAdminReplaced(value: AdminReplaced): Uint8Array {
  return encodeWith(ADMIN_REPLACED_EVENT_DISCRIMINATOR, (writer) => writeAdminReplaced(writer, value));
}

export function decodeAdminReplaced(data: Uint8Array): AdminReplaced {
  return decodeWith(data, ADMIN_REPLACED_EVENT_DISCRIMINATOR, 'AdminReplaced', readAdminReplaced);
}

export const INDEX_CREATED_EVENT_DISCRIMINATOR = Uint8Array.of(172, 84, 43, 253, 171, 30, 254, 244);

export function encodeIndexCreated(value: IndexCreated): Uint8Array {
  return encodeWith(INDEX_CREATED_EVENT_DISCRIMINATOR, (writer) => writeIndexCreated(writer, value));
}

export function decodeIndexCreated(data: Uint8Array): IndexCreated {
  return decodeWith(data, INDEX_CREATED_EVENT_DISCRIMINATOR, 'IndexCreated', readIndexCreated);
}

export const INDEX_UPDATED_EVENT_DISCRIMINATOR = Uint8Array.of(57, 221, 94, 47, 121, 227, 38, 114);

export function encodeIndexUpdated(value: IndexUpdated): Uint8Array {
  return encodeWith(INDEX_UPDATED_EVENT_DISCRIMINATOR, (writer) => writeIndexUpdated(writer, value));
}

export function decodeIndexUpdated(data: Uint8Array): IndexUpdated {
  return decodeWith(data, INDEX_UPDATED_EVENT_DISCRIMINATOR, 'IndexUpdated', readIndexUpdated);
}

export const INDEX_ADVANCED_EVENT_DISCRIMINATOR = Uint8Array.of(232, 140, 38, 80, 79, 37, 54, 67);

export function encodeIndexAdvanced(value: IndexAdvanced): Uint8Array {
  return encodeWith(INDEX_ADVANCED_EVENT_DISCRIMINATOR, (writer) => writeIndexAdvanced(writer, value));
}

export function decodeIndexAdvanced(data: Uint8Array): IndexAdvanced {
  return decodeWith(data, INDEX_ADVANCED_EVENT_DISCRIMINATOR, 'IndexAdvanced', readIndexAdvanced);
}

export const MILESTONE_PASSED_EVENT_DISCRIMINATOR = Uint8Array.of(235, 196, 86, 88, 169, 154, 237, 154);

export function encodeMilestonePassed(value: MilestonePassed): Uint8Array {
  return encodeWith(MILESTONE_PASSED_EVENT_DISCRIMINATOR, (writer) => writeMilestonePassed(writer, value));
}

export function decodeMilestonePassed(data: Uint8Array): MilestonePassed {
  return decodeWith(data, MILESTONE_PASSED_EVENT_DISCRIMINATOR, 'MilestonePassed', readMilestonePassed);
}

export const MARGIN_DEPOSITED_EVENT_DISCRIMINATOR = Uint8Array.of(173, 94, 168, 54, 171, 98, 205, 245);

export function encodeMarginDeposited(value: MarginDeposited): Uint8Array {
  return encodeWith(MARGIN_DEPOSITED_EVENT_DISCRIMINATOR, (writer) => writeMarginDeposited(writer, value));
}

export function decodeMarginDeposited(data: Uint8Array): MarginDeposited {
  return decodeWith(data, MARGIN_DEPOSITED_EVENT_DISCRIMINATOR, 'MarginDeposited', readMarginDeposited);
}

export const MARGIN_WITHDRAWN_EVENT_DISCRIMINATOR = Uint8Array.of(51, 180, 216, 30, 171, 137, 164, 186);

export function encodeMarginWithdrawn(value: MarginWithdrawn): Uint8Array {
  return encodeWith(MARGIN_WITHDRAWN_EVENT_DISCRIMINATOR, (writer) => writeMarginWithdrawn(writer, value));
}

export function decodeMarginWithdrawn(data: Uint8Array): MarginWithdrawn {
  return decodeWith(data, MARGIN_WITHDRAWN_EVENT_DISCRIMINATOR, 'MarginWithdrawn', readMarginWithdrawn);
}

export const POSITION_OPENED_EVENT_DISCRIMINATOR = Uint8Array.of(237, 175, 243, 230, 147, 117, 101, 121);

export function encodePositionOpened(value: PositionOpened): Uint8Array {
  return encodeWith(POSITION_OPENED_EVENT_DISCRIMINATOR, (writer) => writePositionOpened(writer, value));
}

export function decodePositionOpened(data: Uint8Array): PositionOpened {
  return decodeWith(data, POSITION_OPENED_EVENT_DISCRIMINATOR, 'PositionOpened', readPositionOpened);
}

export const POSITION_CLOSED_EVENT_DISCRIMINATOR = Uint8Array.of(157, 163, 227, 228, 13, 97, 138, 121);

export function encodePositionClosed(value: PositionClosed): Uint8Array {
  return encodeWith(POSITION_CLOSED_EVENT_DISCRIMINATOR, (writer) => writePositionClosed(writer, value));
}

export function decodePositionClosed(data: Uint8Array): PositionClosed {
  return decodeWith(data, POSITION_CLOSED_EVENT_DISCRIMINATOR, 'PositionClosed', readPositionClosed);
}

export const FUNDING_PAID_EVENT_DISCRIMINATOR = Uint8Array.of(49, 144, 40, 44, 241, 140, 110, 154);

export function encodeFundingPaid(value: FundingPaid): Uint8Array {
  return encodeWith(FUNDING_PAID_EVENT_DISCRIMINATOR, (writer) => writeFundingPaid(writer, value));
}

export function decodeFundingPaid(data: Uint8Array): FundingPaid {
  return decodeWith(data, FUNDING_PAID_EVENT_DISCRIMINATOR, 'FundingPaid', readFundingPaid);
}

export const POSITION_LIQUIDATED_EVENT_DISCRIMINATOR = Uint8Array.of(40, 107, 90, 214, 96, 30, 61, 128);

export function encodePositionLiquidated(value: PositionLiquidated): Uint8Array {
  return encodeWith(POSITION_LIQUIDATED_EVENT_DISCRIMINATOR, (writer) => writePositionLiquidated(writer, value));
}

export function decodePositionLiquidated(data: Uint8Array): PositionLiquidated {
  return decodeWith(data, POSITION_LIQUIDATED_EVENT_DISCRIMINATOR, 'PositionLiquidated', readPositionLiquidated);
}

export const SERIES_CREATED_EVENT_DISCRIMINATOR = Uint8Array.of(2, 164, 54, 38, 24, 181, 233, 180);

export function encodeSeriesCreated(value: SeriesCreated): Uint8Array {
  return encodeWith(SERIES_CREATED_EVENT_DISCRIMINATOR, (writer) => writeSeriesCreated(writer, value));
}

export function decodeSeriesCreated(data: Uint8Array): SeriesCreated {
  return decodeWith(data, SERIES_CREATED_EVENT_DISCRIMINATOR, 'SeriesCreated', readSeriesCreated);
}

export const FUTURE_TRADED_EVENT_DISCRIMINATOR = Uint8Array.of(100, 208, 241, 253, 230, 217, 95, 157);

export function encodeFutureTraded(value: FutureTraded): Uint8Array {
  return encodeWith(FUTURE_TRADED_EVENT_DISCRIMINATOR, (writer) => writeFutureTraded(writer, value));
}

export function decodeFutureTraded(data: Uint8Array): FutureTraded {
  return decodeWith(data, FUTURE_TRADED_EVENT_DISCRIMINATOR, 'FutureTraded', readFutureTraded);
}

export const FUTURE_LIQUIDATED_EVENT_DISCRIMINATOR = Uint8Array.of(211, 231, 246, 10, 147, 155, 29, 26);

export function encodeFutureLiquidated(value: FutureLiquidated): Uint8Array {
  return encodeWith(FUTURE_LIQUIDATED_EVENT_DISCRIMINATOR, (writer) => writeFutureLiquidated(writer, value));
}

export function decodeFutureLiquidated(data: Uint8Array): FutureLiquidated {
  return decodeWith(data, FUTURE_LIQUIDATED_EVENT_DISCRIMINATOR, 'FutureLiquidated', readFutureLiquidated);
}

export const SERIES_SETTLED_EVENT_DISCRIMINATOR = Uint8Array.of(119, 185, 208, 158, 40, 59, 197, 235);

export function encodeSeriesSettled(value: SeriesSettled): Uint8Array {
  return encodeWith(SERIES_SETTLED_EVENT_DISCRIMINATOR, (writer) => writeSeriesSettled(writer, value));
}

export function decodeSeriesSettled(data: Uint8Array): SeriesSettled {
  return decodeWith(data, SERIES_SETTLED_EVENT_DISCRIMINATOR, 'SeriesSettled', readSeriesSettled);
}

export const FUTURE_POSITION_SETTLED_EVENT_DISCRIMINATOR = Uint8Array.of(164, 186, 225, 174, 172, 255, 202, 24);

export function encodeFuturePositionSettled(value: FuturePositionSettled): Uint8Array {
  return encodeWith(FUTURE_POSITION_SETTLED_EVENT_DISCRIMINATOR, (writer) => writeFuturePositionSettled(writer, value));
}

export function decodeFuturePositionSettled(data: Uint8Array): FuturePositionSettled {
  return decodeWith(data, FUTURE_POSITION_SETTLED_EVENT_DISCRIMINATOR, 'FuturePositionSettled', readFuturePositionSettled);
}

export const BANKROLL_ADDED_EVENT_DISCRIMINATOR = Uint8Array.of(210, 221, 183, 52, 240, 227, 73, 158);

export function encodeBankrollAdded(value: BankrollAdded): Uint8Array {
  return encodeWith(BANKROLL_ADDED_EVENT_DISCRIMINATOR, (writer) => writeBankrollAdded(writer, value));
}

export function decodeBankrollAdded(data: Uint8Array): BankrollAdded {
  return decodeWith(data, BANKROLL_ADDED_EVENT_DISCRIMINATOR, 'BankrollAdded', readBankrollAdded);
}

export const BANKROLL_REMOVED_EVENT_DISCRIMINATOR = Uint8Array.of(56, 41, 33, 47, 237, 129, 142, 59);

export function encodeBankrollRemoved(value: BankrollRemoved): Uint8Array {
  return encodeWith(BANKROLL_REMOVED_EVENT_DISCRIMINATOR, (writer) => writeBankrollRemoved(writer, value));
}

export function decodeBankrollRemoved(data: Uint8Array): BankrollRemoved {
  return decodeWith(data, BANKROLL_REMOVED_EVENT_DISCRIMINATOR, 'BankrollRemoved', readBankrollRemoved);
}

export const INSURANCE_ADDED_EVENT_DISCRIMINATOR = Uint8Array.of(197, 13, 19, 19, 35, 225, 225, 0);

export function encodeInsuranceAdded(value: InsuranceAdded): Uint8Array {
  return encodeWith(INSURANCE_ADDED_EVENT_DISCRIMINATOR, (writer) => writeInsuranceAdded(writer, value));
}

export function decodeInsuranceAdded(data: Uint8Array): InsuranceAdded {
  return decodeWith(data, INSURANCE_ADDED_EVENT_DISCRIMINATOR, 'InsuranceAdded', readInsuranceAdded);
}

export const SURPLUS_SWEPT_EVENT_DISCRIMINATOR = Uint8Array.of(10, 228, 130, 83, 221, 240, 210, 32);

export function encodeSurplusSwept(value: SurplusSwept): Uint8Array {
  return encodeWith(SURPLUS_SWEPT_EVENT_DISCRIMINATOR, (writer) => writeSurplusSwept(writer, value));
}

export function decodeSurplusSwept(data: Uint8Array): SurplusSwept {
  return decodeWith(data, SURPLUS_SWEPT_EVENT_DISCRIMINATOR, 'SurplusSwept', readSurplusSwept);
}

export const CLAIM_RECORDED_EVENT_DISCRIMINATOR = Uint8Array.of(46, 183, 32, 80, 59, 171, 138, 224);

export function encodeClaimRecorded(value: ClaimRecorded): Uint8Array {
  return encodeWith(CLAIM_RECORDED_EVENT_DISCRIMINATOR, (writer) => writeClaimRecorded(writer, value));
}

export function decodeClaimRecorded(data: Uint8Array): ClaimRecorded {
  return decodeWith(data, CLAIM_RECORDED_EVENT_DISCRIMINATOR, 'ClaimRecorded', readClaimRecorded);
}

export const CLAIM_PAID_EVENT_DISCRIMINATOR = Uint8Array.of(212, 155, 88, 118, 128, 99, 132, 42);

export function encodeClaimPaid(value: ClaimPaid): Uint8Array {
  return encodeWith(CLAIM_PAID_EVENT_DISCRIMINATOR, (writer) => writeClaimPaid(writer, value));
}

export function decodeClaimPaid(data: Uint8Array): ClaimPaid {
  return decodeWith(data, CLAIM_PAID_EVENT_DISCRIMINATOR, 'ClaimPaid', readClaimPaid);
}

export type ProgramEvent =
  | { readonly name: 'ExchangeInitialized'; readonly data: ExchangeInitialized }
  | { readonly name: 'ParametersSet'; readonly data: ParametersSet }
  | { readonly name: 'PausedSet'; readonly data: PausedSet }
  | { readonly name: 'AdminReplaced'; readonly data: AdminReplaced }
  | { readonly name: 'IndexCreated'; readonly data: IndexCreated }
  | { readonly name: 'IndexUpdated'; readonly data: IndexUpdated }
  | { readonly name: 'IndexAdvanced'; readonly data: IndexAdvanced }
  | { readonly name: 'MilestonePassed'; readonly data: MilestonePassed }
  | { readonly name: 'MarginDeposited'; readonly data: MarginDeposited }
  | { readonly name: 'MarginWithdrawn'; readonly data: MarginWithdrawn }
  | { readonly name: 'PositionOpened'; readonly data: PositionOpened }
  | { readonly name: 'PositionClosed'; readonly data: PositionClosed }
  | { readonly name: 'FundingPaid'; readonly data: FundingPaid }
  | { readonly name: 'PositionLiquidated'; readonly data: PositionLiquidated }
  | { readonly name: 'SeriesCreated'; readonly data: SeriesCreated }
  | { readonly name: 'FutureTraded'; readonly data: FutureTraded }
  | { readonly name: 'FutureLiquidated'; readonly data: FutureLiquidated }
  | { readonly name: 'SeriesSettled'; readonly data: SeriesSettled }
  | { readonly name: 'FuturePositionSettled'; readonly data: FuturePositionSettled }
  | { readonly name: 'BankrollAdded'; readonly data: BankrollAdded }
  | { readonly name: 'BankrollRemoved'; readonly data: BankrollRemoved }
  | { readonly name: 'InsuranceAdded'; readonly data: InsuranceAdded }
  | { readonly name: 'SurplusSwept'; readonly data: SurplusSwept }
  | { readonly name: 'ClaimRecorded'; readonly data: ClaimRecorded }
  | { readonly name: 'ClaimPaid'; readonly data: ClaimPaid };

/** The event in the bytes of a `Program data:` log, null for bytes of another kind. */
export function decodeEvent(data: Uint8Array): ProgramEvent | null {
  if (startsWith(data, EXCHANGE_INITIALIZED_EVENT_DISCRIMINATOR)) return { name: 'ExchangeInitialized', data: decodeExchangeInitialized(data) };
  if (startsWith(data, PARAMETERS_SET_EVENT_DISCRIMINATOR)) return { name: 'ParametersSet', data: decodeParametersSet(data) };
  if (startsWith(data, PAUSED_SET_EVENT_DISCRIMINATOR)) return { name: 'PausedSet', data: decodePausedSet(data) };
  if (startsWith(data, ADMIN_REPLACED_EVENT_DISCRIMINATOR)) return { name: 'AdminReplaced', data: decodeAdminReplaced(data) };
  if (startsWith(data, INDEX_CREATED_EVENT_DISCRIMINATOR)) return { name: 'IndexCreated', data: decodeIndexCreated(data) };
  if (startsWith(data, INDEX_UPDATED_EVENT_DISCRIMINATOR)) return { name: 'IndexUpdated', data: decodeIndexUpdated(data) };
  if (startsWith(data, INDEX_ADVANCED_EVENT_DISCRIMINATOR)) return { name: 'IndexAdvanced', data: decodeIndexAdvanced(data) };
  if (startsWith(data, MILESTONE_PASSED_EVENT_DISCRIMINATOR)) return { name: 'MilestonePassed', data: decodeMilestonePassed(data) };
  if (startsWith(data, MARGIN_DEPOSITED_EVENT_DISCRIMINATOR)) return { name: 'MarginDeposited', data: decodeMarginDeposited(data) };
  if (startsWith(data, MARGIN_WITHDRAWN_EVENT_DISCRIMINATOR)) return { name: 'MarginWithdrawn', data: decodeMarginWithdrawn(data) };
  if (startsWith(data, POSITION_OPENED_EVENT_DISCRIMINATOR)) return { name: 'PositionOpened', data: decodePositionOpened(data) };
  if (startsWith(data, POSITION_CLOSED_EVENT_DISCRIMINATOR)) return { name: 'PositionClosed', data: decodePositionClosed(data) };
  if (startsWith(data, FUNDING_PAID_EVENT_DISCRIMINATOR)) return { name: 'FundingPaid', data: decodeFundingPaid(data) };
  if (startsWith(data, POSITION_LIQUIDATED_EVENT_DISCRIMINATOR)) return { name: 'PositionLiquidated', data: decodePositionLiquidated(data) };
  if (startsWith(data, SERIES_CREATED_EVENT_DISCRIMINATOR)) return { name: 'SeriesCreated', data: decodeSeriesCreated(data) };
  if (startsWith(data, FUTURE_TRADED_EVENT_DISCRIMINATOR)) return { name: 'FutureTraded', data: decodeFutureTraded(data) };
  if (startsWith(data, FUTURE_LIQUIDATED_EVENT_DISCRIMINATOR)) return { name: 'FutureLiquidated', data: decodeFutureLiquidated(data) };
  if (startsWith(data, SERIES_SETTLED_EVENT_DISCRIMINATOR)) return { name: 'SeriesSettled', data: decodeSeriesSettled(data) };
  if (startsWith(data, FUTURE_POSITION_SETTLED_EVENT_DISCRIMINATOR)) return { name: 'FuturePositionSettled', data: decodeFuturePositionSettled(data) };
  if (startsWith(data, BANKROLL_ADDED_EVENT_DISCRIMINATOR)) return { name: 'BankrollAdded', data: decodeBankrollAdded(data) };
  if (startsWith(data, BANKROLL_REMOVED_EVENT_DISCRIMINATOR)) return { name: 'BankrollRemoved', data: decodeBankrollRemoved(data) };
  if (startsWith(data, INSURANCE_ADDED_EVENT_DISCRIMINATOR)) return { name: 'InsuranceAdded', data: decodeInsuranceAdded(data) };
  if (startsWith(data, SURPLUS_SWEPT_EVENT_DISCRIMINATOR)) return { name: 'SurplusSwept', data: decodeSurplusSwept(data) };
  if (startsWith(data, CLAIM_RECORDED_EVENT_DISCRIMINATOR)) return { name: 'ClaimRecorded', data: decodeClaimRecorded(data) };
  if (startsWith(data, CLAIM_PAID_EVENT_DISCRIMINATOR)) return { name: 'ClaimPaid', data: decodeClaimPaid(data) };
  return null;
}

export const INITIALIZE_EXCHANGE_DISCRIMINATOR = Uint8Array.of(224, 105, 116, 166, 228, 207, 96, 19);

export type InitializeExchangeAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly admin: Address;
  readonly exchange: Address;
  readonly inferMint: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Creates the one exchange of this program, its vaults, and every governed number at its starting value. */
export function initializeExchange(
  accounts: InitializeExchangeAccounts,
  args: InitializeExchangeArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.inferMint, false, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(INITIALIZE_EXCHANGE_DISCRIMINATOR, (writer) => writeInitializeExchangeArgs(writer, args)),
  };
}

export const SET_PARAMETERS_DISCRIMINATOR = Uint8Array.of(218, 114, 41, 75, 208, 237, 97, 28);

export type SetParametersAccounts = {
  readonly authority: Address;
  readonly exchange: Address;
};

/** The governance authority sets governed numbers of the exchange: within their bounds, all or nothing. */
export function setParameters(
  accounts: SetParametersAccounts,
  args: SetParametersArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.exchange, true, false),
    ],
    data: encodeWith(SET_PARAMETERS_DISCRIMINATOR, (writer) => writeSetParametersArgs(writer, args)),
  };
}

export const SET_PAUSED_DISCRIMINATOR = Uint8Array.of(91, 60, 125, 192, 176, 225, 166, 218);

export type SetPausedAccounts = {
  readonly authority: Address;
  readonly exchange: Address;
};

/** Admin or governance authority stop opening, or let it go on; closing is never stopped. */
export function setPaused(
  accounts: SetPausedAccounts,
  args: SetPausedArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.exchange, true, false),
    ],
    data: encodeWith(SET_PAUSED_DISCRIMINATOR, (writer) => writeSetPausedArgs(writer, args)),
  };
}

export const REPLACE_ADMIN_DISCRIMINATOR = Uint8Array.of(237, 99, 160, 130, 24, 118, 230, 61);

export type ReplaceAdminAccounts = {
  readonly admin: Address;
  readonly newAdmin: Address;
  readonly exchange: Address;
};

/** The admin gives the role to another key, which signs too. */
export function replaceAdmin(
  accounts: ReplaceAdminAccounts,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.admin, false, true),
      accountMeta(accounts.newAdmin, false, true),
      accountMeta(accounts.exchange, true, false),
    ],
    data: encodeWith(REPLACE_ADMIN_DISCRIMINATOR),
  };
}

export const CREATE_INDEX_DISCRIMINATOR = Uint8Array.of(205, 71, 124, 117, 143, 136, 104, 192);

export type CreateIndexAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly authority: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Admin or governance authority begin the index of a GPU model. */
export function createIndex(
  accounts: CreateIndexAccounts,
  args: CreateIndexArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.exchange, false, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CREATE_INDEX_DISCRIMINATOR, (writer) => writeCreateIndexArgs(writer, args)),
  };
}

export const RECORD_PURCHASE_DISCRIMINATOR = Uint8Array.of(107, 25, 137, 125, 231, 17, 11, 60);

export type RecordPurchaseAccounts = {
  readonly marketplace: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
};

/** The marketplace tells a settled purchase, which pulls the index towards its price. */
export function recordPurchase(
  accounts: RecordPurchaseAccounts,
  args: RecordPurchaseArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.marketplace, false, true),
      accountMeta(accounts.exchange, false, false),
      accountMeta(accounts.index, true, false),
    ],
    data: encodeWith(RECORD_PURCHASE_DISCRIMINATOR, (writer) => writeRecordPurchaseArgs(writer, args)),
  };
}

export const DEPOSIT_MARGIN_DISCRIMINATOR = Uint8Array.of(240, 96, 57, 37, 173, 174, 158, 219);

export type DepositMarginAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly owner: Address;
  readonly exchange: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  readonly marginVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Moves INFER of the owner to the margin vault; the first deposit creates the trader account. */
export function depositMargin(
  accounts: DepositMarginAccounts,
  args: DepositMarginArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(DEPOSIT_MARGIN_DISCRIMINATOR, (writer) => writeDepositMarginArgs(writer, args)),
  };
}

export const WITHDRAW_MARGIN_DISCRIMINATOR = Uint8Array.of(124, 222, 8, 141, 181, 108, 15, 176);

export type WithdrawMarginAccounts = {
  readonly owner: Address;
  readonly exchange: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  readonly marginVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Moves collateral that no position holds back to the owner. */
export function withdrawMargin(
  accounts: WithdrawMarginAccounts,
  args: WithdrawMarginArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(WITHDRAW_MARGIN_DISCRIMINATOR, (writer) => writeWithdrawMarginArgs(writer, args)),
  };
}

export const OPEN_POSITION_DISCRIMINATOR = Uint8Array.of(135, 128, 47, 77, 15, 152, 240, 49);

export type OpenPositionAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly owner: Address;
  readonly position: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  /** Claim of the next number of the trader; made only when profit cannot be paid in full. */
  readonly claim: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Opens or enlarges a perpetual position, or adds margin to it. */
export function openPosition(
  accounts: OpenPositionAccounts,
  args: OpenPositionArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.position, true, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.claim, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(OPEN_POSITION_DISCRIMINATOR, (writer) => writeOpenPositionArgs(writer, args)),
  };
}

export const CLOSE_POSITION_DISCRIMINATOR = Uint8Array.of(123, 134, 81, 0, 49, 68, 98, 98);

export type ClosePositionAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly owner: Address;
  readonly position: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  /** Claim of the next number of the trader; made only when profit cannot be paid in full. */
  readonly claim: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Closes a perpetual position or a part of it, at any time. */
export function closePosition(
  accounts: ClosePositionAccounts,
  args: ClosePositionArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.position, true, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.claim, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CLOSE_POSITION_DISCRIMINATOR, (writer) => writeClosePositionArgs(writer, args)),
  };
}

export const SETTLE_FUNDING_DISCRIMINATOR = Uint8Array.of(11, 251, 12, 161, 199, 228, 133, 87);

export type SettleFundingAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly position: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  /** Claim of the next number of the trader; made only when profit cannot be paid in full. */
  readonly claim: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Pays or collects the funding of one position; anyone may ask once an interval. */
export function settleFunding(
  accounts: SettleFundingAccounts,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.position, true, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.claim, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SETTLE_FUNDING_DISCRIMINATOR),
  };
}

export const LIQUIDATE_DISCRIMINATOR = Uint8Array.of(223, 179, 226, 125, 48, 46, 39, 74);

export type LiquidateAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly position: Address;
  /** INFER account that takes the fee of the keeper. */
  readonly keeperTokenAccount: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  /** Claim of the next number of the trader; made only when profit cannot be paid in full. */
  readonly claim: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Closes a perpetual position below its maintenance margin; the keeper takes a fee. */
export function liquidate(
  accounts: LiquidateAccounts,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.position, true, false),
      accountMeta(accounts.keeperTokenAccount, true, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.claim, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(LIQUIDATE_DISCRIMINATOR),
  };
}

export const ADD_BANKROLL_DISCRIMINATOR = Uint8Array.of(47, 70, 2, 228, 81, 100, 103, 168);

export type AddBankrollAccounts = {
  readonly owner: Address;
  readonly exchange: Address;
  readonly bankrollVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Anyone adds INFER to the bankroll, which is the protocol's own. */
export function addBankroll(
  accounts: AddBankrollAccounts,
  args: AddBankrollArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(ADD_BANKROLL_DISCRIMINATOR, (writer) => writeAddBankrollArgs(writer, args)),
  };
}

export const REMOVE_BANKROLL_DISCRIMINATOR = Uint8Array.of(220, 83, 25, 118, 181, 158, 107, 152);

export type RemoveBankrollAccounts = {
  readonly governanceAuthority: Address;
  readonly exchange: Address;
  readonly bankrollVault: Address;
  /** INFER account held by the governance authority. */
  readonly treasury: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** The governance authority takes back bankroll that no open notional stands against. */
export function removeBankroll(
  accounts: RemoveBankrollAccounts,
  args: RemoveBankrollArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.governanceAuthority, false, true),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.treasury, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(REMOVE_BANKROLL_DISCRIMINATOR, (writer) => writeRemoveBankrollArgs(writer, args)),
  };
}

export const ADD_INSURANCE_DISCRIMINATOR = Uint8Array.of(170, 53, 191, 55, 250, 170, 109, 1);

export type AddInsuranceAccounts = {
  readonly owner: Address;
  readonly exchange: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  readonly ownerTokenAccount: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Anyone adds INFER to the insurance fund, which it leaves only to meet shortfalls. */
export function addInsurance(
  accounts: AddInsuranceAccounts,
  args: AddInsuranceArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.ownerTokenAccount, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(ADD_INSURANCE_DISCRIMINATOR, (writer) => writeAddInsuranceArgs(writer, args)),
  };
}

export const SWEEP_SURPLUS_DISCRIMINATOR = Uint8Array.of(144, 67, 197, 177, 218, 200, 50, 24);

export type SweepSurplusAccounts = {
  readonly exchange: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Counts tokens that strangers sent to the vaults as insurance. */
export function sweepSurplus(
  accounts: SweepSurplusAccounts,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(SWEEP_SURPLUS_DISCRIMINATOR),
  };
}

export const CREATE_SERIES_DISCRIMINATOR = Uint8Array.of(181, 9, 52, 120, 197, 221, 42, 142);

export type CreateSeriesAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly authority: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  readonly series: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Admin or governance authority list dated futures of a model. */
export function createSeries(
  accounts: CreateSeriesAccounts,
  args: CreateSeriesArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.authority, false, true),
      accountMeta(accounts.exchange, false, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.series, true, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(CREATE_SERIES_DISCRIMINATOR, (writer) => writeCreateSeriesArgs(writer, args)),
  };
}

export const TRADE_FUTURE_DISCRIMINATOR = Uint8Array.of(19, 86, 143, 132, 239, 9, 126, 111);

export type TradeFutureAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly owner: Address;
  readonly futurePosition: Address;
  readonly series: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  /** Claim of the next number of the trader; made only when profit cannot be paid in full. */
  readonly claim: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Opens, enlarges or closes a position in a series before its expiry. */
export function tradeFuture(
  accounts: TradeFutureAccounts,
  args: TradeFutureArgs,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.owner, false, true),
      accountMeta(accounts.futurePosition, true, false),
      accountMeta(accounts.series, true, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.claim, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(TRADE_FUTURE_DISCRIMINATOR, (writer) => writeTradeFutureArgs(writer, args)),
  };
}

export const LIQUIDATE_FUTURE_DISCRIMINATOR = Uint8Array.of(192, 93, 106, 102, 156, 79, 39, 108);

export type LiquidateFutureAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly futurePosition: Address;
  /** INFER account that takes the fee of the keeper. */
  readonly keeperTokenAccount: Address;
  readonly series: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  /** Claim of the next number of the trader; made only when profit cannot be paid in full. */
  readonly claim: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Closes a position in a series below its maintenance margin; the keeper takes a fee. */
export function liquidateFuture(
  accounts: LiquidateFutureAccounts,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.futurePosition, true, false),
      accountMeta(accounts.keeperTokenAccount, true, false),
      accountMeta(accounts.series, true, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.claim, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(LIQUIDATE_FUTURE_DISCRIMINATOR),
  };
}

export const SETTLE_SERIES_DISCRIMINATOR = Uint8Array.of(117, 139, 23, 250, 111, 55, 22, 125);

export type SettleSeriesAccounts = {
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  readonly series: Address;
};

/** Fixes the settlement price of an expired series; anyone may ask, and the time of asking does not matter. */
export function settleSeries(
  accounts: SettleSeriesAccounts,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.exchange, false, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.series, true, false),
    ],
    data: encodeWith(SETTLE_SERIES_DISCRIMINATOR),
  };
}

export const SETTLE_FUTURE_POSITION_DISCRIMINATOR = Uint8Array.of(145, 48, 192, 158, 21, 198, 68, 217);

export type SettleFuturePositionAccounts = {
  /** Pays for accounts that are created. */
  readonly payer: Address;
  readonly futurePosition: Address;
  readonly series: Address;
  readonly exchange: Address;
  /** Index of the GPU model. */
  readonly index: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  /** Claim of the next number of the trader; made only when profit cannot be paid in full. */
  readonly claim: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
  /** 11111111111111111111111111111111 unless given. */
  readonly systemProgram?: Address;
};

/** Pays out a position of a settled series to its trader. */
export function settleFuturePosition(
  accounts: SettleFuturePositionAccounts,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.payer, true, true),
      accountMeta(accounts.futurePosition, true, false),
      accountMeta(accounts.series, true, false),
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.index, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.claim, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.insuranceVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
      accountMeta(accounts.systemProgram ?? ('11111111111111111111111111111111' as Address), false, false),
    ],
    data: encodeWith(SETTLE_FUTURE_POSITION_DISCRIMINATOR),
  };
}

export const PAY_CLAIM_DISCRIMINATOR = Uint8Array.of(73, 127, 176, 110, 67, 8, 221, 170);

export type PayClaimAccounts = {
  readonly exchange: Address;
  /** Trader account of the owner. */
  readonly trader: Address;
  /** Claim of the next number of the trader; made only when profit cannot be paid in full. */
  readonly claim: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  /** TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA unless given. */
  readonly tokenProgram?: Address;
};

/** Pays what inflow has funded of a recorded claim. */
export function payClaim(
  accounts: PayClaimAccounts,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): ProgramInstruction {
  return {
    programAddress,
    accounts: [
      accountMeta(accounts.exchange, true, false),
      accountMeta(accounts.trader, true, false),
      accountMeta(accounts.claim, true, false),
      accountMeta(accounts.marginVault, true, false),
      accountMeta(accounts.bankrollVault, true, false),
      accountMeta(accounts.tokenProgram ?? ('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address), false, false),
    ],
    data: encodeWith(PAY_CLAIM_DISCRIMINATOR),
  };
}

/** Custom error code to name and message. */
export const EXCHANGE_ERRORS: Readonly<Record<number, { readonly name: string; readonly message: string }>> = {
  6000: { name: "UnknownParameter", message: "Parameter is not one of the exchange" },
  6001: { name: "ParameterOutOfBounds", message: "Parameter is outside its bounds" },
  6002: { name: "MarginsCrossed", message: "Maintenance margin must stay below initial margin" },
  6003: { name: "InvalidInferMint", message: "INFER mint must have 9 decimals" },
  6004: { name: "NotAuthority", message: "Signer is neither the admin nor the governance authority" },
  6005: { name: "InvalidPrice", message: "Starting price is outside the range of prices" },
  6006: { name: "ZeroAmount", message: "Amount must be above zero" },
  6007: { name: "InsufficientCollateral", message: "Free collateral does not cover the amount" },
  6008: { name: "TradingPaused", message: "Opening is paused" },
  6009: { name: "PriceStale", message: "No purchase has confirmed the price for too long" },
  6010: { name: "ZeroSize", message: "Size and margin are both zero" },
  6011: { name: "SizeTooLarge", message: "Position would be larger than positions may be" },
  6012: { name: "OppositeSide", message: "A position of the other side has to be closed first" },
  6013: { name: "OpenInterestAboveLimit", message: "Open interest of the side would pass its limit" },
  6014: { name: "OpenInterestAboveBankroll", message: "Open interest would pass what the bankroll carries" },
  6015: { name: "InsufficientMargin", message: "Margin does not cover the position" },
  6016: { name: "PriceBeyondLimit", message: "Price is worse than the limit of the trader" },
  6017: { name: "SizeAbovePosition", message: "More than the position is to be closed" },
  6018: { name: "NoPosition", message: "Position is empty" },
  6019: { name: "PositionHealthy", message: "Position has its maintenance margin" },
  6020: { name: "FundingNotDue", message: "Funding of the position was paid less than an interval ago" },
  6021: { name: "BankrollNotFree", message: "Open notional stands against the bankroll" },
  6022: { name: "NothingToPay", message: "No inflow has funded more of the claim" },
  6023: { name: "InvalidDelivery", message: "Delivery must begin from now on and not after the expiry, and the expiry lie within three years" },
  6024: { name: "TooManyMilestones", message: "The index waits for as many times as it can hold" },
  6025: { name: "SeriesExpired", message: "Series has expired" },
  6026: { name: "SeriesNotExpired", message: "Series has not expired" },
  6027: { name: "SeriesSettled", message: "Series is already settled" },
  6028: { name: "SeriesNotSettled", message: "Series is not settled" },
  6029: { name: "NothingToSweep", message: "Vaults hold what is accounted for" },
};
