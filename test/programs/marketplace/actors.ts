/**
 * Providers, buyers, offers and orders of a test, and the instruction each of them would send.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../../programs/exchange/client.generated.ts';
import { findIndex } from '../../../programs/exchange/pda.ts';
import {
  type CreateOrderArgs,
  confirmDelivery,
  createOrder,
  initializeMarketplace,
  type ListOfferArgs,
  listOffer,
  postBond,
  type RegisterProviderArgs,
  refundOrder,
  registerProvider,
  setParameters,
  setProviderStatus,
  startDelivery,
} from '../../../programs/marketplace/client.generated.ts';
import {
  findBondVault,
  findBuyer,
  findOffer,
  findOrder,
  findOrderVault,
  findProvider,
} from '../../../programs/marketplace/pda.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../../programs/staking/client.generated.ts';
import {
  ADMIN,
  ARBITER,
  address,
  createStage,
  GOVERNANCE,
  HALT_AUTHORITY,
  INFER,
  INFER_MINT,
  INFER_TREASURY,
  METER,
  PAYER,
  poolState,
  REWARD_AUTHORITY,
  type Stage,
  USDC_MINT,
  USDC_TREASURY,
} from './market.ts';
import { parameterChanges } from './settings.ts';

export type ProviderParty = {
  readonly owner: Address;
  readonly payout: Address;
  readonly poolAdmin: Address;
  readonly pool: Address;
  readonly provider: Address;
  readonly bondVault: Address;
  readonly ownerInfer: Address;
  /** Token accounts of the payout wallet, by mint. */
  readonly payoutAccounts: Readonly<Record<Address, Address>>;
};

export type BuyerParty = {
  readonly buyer: Address;
  readonly record: Address;
  readonly accounts: Readonly<Record<Address, Address>>;
};

export type OfferRef = {
  readonly party: ProviderParty;
  readonly offer: Address;
  readonly mint: Address;
  /** Index account of the offer's model. */
  readonly index: Address;
};

export type OrderRef = OfferRef & { readonly buyer: BuyerParty; readonly order: Address; readonly vault: Address };

export const OFFER_ARGS: ListOfferArgs = {
  model: 0,
  units: 8,
  region: 7,
  minSeconds: 60,
  maxSeconds: 86_400,
  pricePerGpuHour: 2n * INFER,
  pricing: 0,
  spreadBps: 0,
  indexMaxAgeSeconds: 0,
};

export const ORDER_ARGS: CreateOrderArgs = {
  units: 2,
  seconds: 3_600,
  maxPricePerGpuHour: 2n * INFER,
  sshKeyHash: new Uint8Array(32).fill(5),
  isStreaming: false,
};

export const PROVIDER_ARGS: Omit<RegisterProviderArgs, 'payout'> = {
  tier: 1,
  region: 7,
  jurisdiction: Uint8Array.of(68, 69),
};
export const ENDPOINT_HASH = new Uint8Array(32).fill(9);
const FUNDS = 100_000_000n * INFER;

/** Governed numbers that differ from their starting values, by key of the parameter table. */
export type Values = Readonly<Record<string, bigint>>;

export function initialize(stage: Stage): ProgramInstruction {
  return initializeMarketplace(
    {
      payer: PAYER,
      admin: ADMIN,
      marketplace: stage.marketplace,
      inferMint: INFER_MINT,
      usdcMint: USDC_MINT,
      stakingProgram: STAKING_PROGRAM_ADDRESS,
      stakingUsdcVault: stage.stakingUsdcVault,
      inferTreasury: INFER_TREASURY,
      usdcTreasury: USDC_TREASURY,
      inferVerifierVault: stage.inferVerifierVault,
      usdcVerifierVault: stage.usdcVerifierVault,
    },
    {
      arbiter: ARBITER,
      haltAuthority: HALT_AUTHORITY,
      governanceAuthority: GOVERNANCE,
      rewardAuthority: REWARD_AUTHORITY,
      meter: METER,
      exchangeProgram: EXCHANGE_PROGRAM_ADDRESS,
    },
  );
}

export function govern({ marketplace }: Stage, values: Values): ProgramInstruction {
  return setParameters({ authority: GOVERNANCE, marketplace }, { changes: parameterChanges(values) });
}

export function rate({ marketplace }: Stage, { provider }: ProviderParty, status: number): ProgramInstruction {
  return setProviderStatus({ authority: GOVERNANCE, marketplace, provider }, { status });
}

/** Wallets, token accounts and an operator pool; nothing of the marketplace yet. */
export async function createProviderParty({ chain }: Stage, index: number): Promise<ProviderParty> {
  const [owner, payout, poolAdmin, pool] = [
    address(20, index),
    address(21, index),
    address(22, index),
    address(23, index),
  ];
  const [ownerInfer, payoutInfer, payoutUsdc] = [address(24, index), address(25, index), address(26, index)];
  const provider = await findProvider(owner);
  chain.putPool(pool, poolState(poolAdmin));
  chain.putTokens(ownerInfer, INFER_MINT, owner, FUNDS);
  chain.putTokens(payoutInfer, INFER_MINT, payout, 0n);
  chain.putTokens(payoutUsdc, USDC_MINT, payout, 0n);
  const payoutAccounts = { [INFER_MINT]: payoutInfer, [USDC_MINT]: payoutUsdc };
  return {
    owner,
    payout,
    poolAdmin,
    pool,
    provider,
    bondVault: await findBondVault(provider),
    ownerInfer,
    payoutAccounts,
  };
}

export async function createBuyerParty({ chain }: Stage, index: number): Promise<BuyerParty> {
  const [buyer, infer, usdc] = [address(30, index), address(31, index), address(32, index)];
  chain.fund(buyer);
  chain.putTokens(infer, INFER_MINT, buyer, FUNDS);
  chain.putTokens(usdc, USDC_MINT, buyer, FUNDS);
  return { buyer, record: await findBuyer(buyer), accounts: { [INFER_MINT]: infer, [USDC_MINT]: usdc } };
}

export async function offerRef(
  party: ProviderParty,
  offerId: bigint,
  mint: Address,
  model = OFFER_ARGS.model,
): Promise<OfferRef> {
  const [offer, index] = await Promise.all([findOffer(party.provider, offerId), findIndex(model)]);
  return { party, offer, mint, index };
}

export async function orderRef(offer: OfferRef, buyer: BuyerParty, orderId: bigint): Promise<OrderRef> {
  const order = await findOrder(buyer.buyer, orderId);
  return { ...offer, buyer, order, vault: await findOrderVault(order) };
}

export function register(
  stage: Stage,
  party: ProviderParty,
  change: Partial<RegisterProviderArgs> = {},
): ProgramInstruction {
  const { owner, poolAdmin, pool, provider, bondVault, payout } = party;
  return registerProvider(
    {
      payer: PAYER,
      owner,
      poolAdmin,
      marketplace: stage.marketplace,
      operatorPool: pool,
      provider,
      bondVault,
      inferMint: INFER_MINT,
    },
    { ...PROVIDER_ARGS, payout, ...change },
  );
}

export function bond({ owner, provider, bondVault, ownerInfer }: ProviderParty, amount: bigint): ProgramInstruction {
  return postBond({ owner, provider, bondVault, ownerTokenAccount: ownerInfer }, { amount });
}

export function list(
  stage: Stage,
  { party, offer, mint }: OfferRef,
  change: Partial<ListOfferArgs> = {},
): ProgramInstruction {
  const { owner, provider } = party;
  return listOffer(
    { payer: PAYER, owner, marketplace: stage.marketplace, provider, offer, mint },
    { ...OFFER_ARGS, ...change },
  );
}

/** @param index given for offers priced by it */
export function buy(
  stage: Stage,
  ref: OrderRef,
  change: Partial<CreateOrderArgs> = {},
  index?: Address,
): ProgramInstruction {
  const { party, offer, mint, buyer, order, vault } = ref;
  return createOrder(
    {
      payer: PAYER,
      buyer: buyer.buyer,
      marketplace: stage.marketplace,
      provider: party.provider,
      offer,
      buyerRecord: buyer.record,
      order,
      vault,
      mint,
      buyerTokenAccount: accountOf(buyer.accounts, mint),
      index,
    },
    { ...ORDER_ARGS, ...change },
  );
}

export function start(stage: Stage, { party, order }: OrderRef): ProgramInstruction {
  const accounts = { owner: party.owner, marketplace: stage.marketplace, provider: party.provider, order };
  return startDelivery(accounts, { endpointHash: ENDPOINT_HASH });
}

/** @param target where the provider's share goes; the place it is due to while the pool is open unless given */
export function confirm(
  stage: Stage,
  ref: OrderRef,
  authority = ref.buyer.buyer,
  target = dueAccount(stage, ref),
): ProgramInstruction {
  return confirmDelivery({ authority, ...endAccounts(stage, ref), ...paymentAccounts(stage, ref, target) });
}

export function refund(stage: Stage, ref: OrderRef): ProgramInstruction {
  return refundOrder({ ...endAccounts(stage, ref), buyerTokenAccount: accountOf(ref.buyer.accounts, ref.mint) });
}

export function dueAccount(stage: Stage, { party, mint }: OrderRef): Address {
  return mint === USDC_MINT ? stage.stakingUsdcVault : accountOf(party.payoutAccounts, mint);
}

export function endAccounts({ marketplace }: Stage, { party, offer, order, vault, buyer }: OrderRef) {
  return { marketplace, provider: party.provider, offer, order, vault, buyer: buyer.buyer };
}

/** What every instruction that pays for use takes behind the order's own accounts. */
export function paymentAccounts(stage: Stage, ref: OrderRef, target = dueAccount(stage, ref)) {
  const isUsdc = ref.mint === USDC_MINT;
  return {
    buyerRecord: ref.buyer.record,
    operatorPool: ref.party.pool,
    mint: ref.mint,
    providerTokenAccount: target,
    treasury: isUsdc ? USDC_TREASURY : INFER_TREASURY,
    verifierVault: isUsdc ? stage.usdcVerifierVault : stage.inferVerifierVault,
    exchangeProgram: EXCHANGE_PROGRAM_ADDRESS,
    exchange: stage.exchange,
    index: ref.index,
  };
}

export function accountOf(accounts: Readonly<Record<Address, Address>>, mint: Address): Address {
  const account = accounts[mint];
  if (account === undefined) throw new Error(`no account of ${mint}`);
  return account;
}

/** The providers of tests have no score: nothing counts as high stakes unless a test says so. */
const NO_HIGH_STAKES: Values = { high_stakes_min_value: 9_000_000_000_000_000n };

/** A marketplace with one provider of tier 1, bonded with 10,000 INFER, and one buyer. */
export async function createMarket(values: Values = {}) {
  const stage = await createStage();
  const party = await createProviderParty(stage, 0);
  const buyer = await createBuyerParty(stage, 0);
  must(
    stage,
    initialize(stage),
    govern(stage, { ...NO_HIGH_STAKES, ...values }),
    register(stage, party),
    bond(party, 10_000n * INFER),
  );
  const inferOffer = await offerRef(party, 0n, INFER_MINT);
  const usdcOffer = await offerRef(party, 1n, USDC_MINT);
  return { stage, chain: stage.chain, party, buyer, inferOffer, usdcOffer };
}

export type Market = Awaited<ReturnType<typeof createMarket>>;

/** A market with both offers listed and order 0 of the buyer created. */
export async function createOrderedMarket(
  mint: Address = INFER_MINT,
  values: Values = {},
  terms: Partial<CreateOrderArgs> = {},
) {
  const market = await createMarket(values);
  const ref = await orderRef(mint === USDC_MINT ? market.usdcOffer : market.inferOffer, market.buyer, 0n);
  must(
    market.stage,
    list(market.stage, market.inferOffer),
    list(market.stage, market.usdcOffer),
    buy(market.stage, ref, terms),
  );
  return { ...market, ref };
}

/** Sends each instruction in a transaction of its own; all of them have to succeed. */
export function must({ chain }: Stage, ...instructions: readonly ProgramInstruction[]): void {
  for (const instruction of instructions) {
    const outcome = chain.send(instruction);
    if (!outcome.ok) throw new Error(outcome.reason);
  }
}

/** Number of the error that sending gives; null when it succeeds. */
export function codeOf({ chain }: Stage, instruction: ProgramInstruction): number | null {
  const outcome = chain.send(instruction);
  return outcome.ok ? null : outcome.code;
}
