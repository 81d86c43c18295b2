/**
 * What buyers, providers and the arbiter send while an order runs: time, attestations, payments, disputes.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  attest,
  type CreateOrderArgs,
  closeOffer,
  decodeOrder,
  endSession,
  expireLease,
  extendOrder,
  heartbeat,
  openDispute,
  reclaimDeposit,
  requestBondWithdrawal,
  resolveDispute,
  type SubmitBenchmarkArgs,
  settleUsage,
  submitBenchmark,
  type UpdateOfferArgs,
  updateOffer,
  withdrawBond,
} from '../../../programs/marketplace/client.generated.ts';
import { findBenchmark, findDisputeVault } from '../../../programs/marketplace/pda.ts';
import {
  accountOf,
  createOrderedMarket,
  dueAccount,
  endAccounts,
  must,
  OFFER_ARGS,
  type OfferRef,
  type OrderRef,
  type ProviderParty,
  paymentAccounts,
  start,
  type Values,
} from './actors.ts';
import { ARBITER, INFER_MINT, PAYER, type Stage } from './market.ts';

export const CHECKPOINT_ROOT = new Uint8Array(32).fill(3);
export const DEVICE_HASH = new Uint8Array(32).fill(4);

export const BENCHMARK_ARGS: SubmitBenchmarkArgs = {
  deviceHash: DEVICE_HASH,
  model: 0,
  units: 8,
  vramGb: 80,
  score: 3_000,
  reportHash: new Uint8Array(32).fill(6),
};

export function askBond(
  { marketplace }: Stage,
  { owner, provider }: ProviderParty,
  amount: bigint,
): ProgramInstruction {
  return requestBondWithdrawal({ owner, marketplace, provider }, { amount });
}

export function takeBond({ marketplace }: Stage, party: ProviderParty, amount: bigint): ProgramInstruction {
  const { owner, provider, bondVault, ownerInfer } = party;
  return withdrawBond({ owner, marketplace, provider, bondVault, ownerTokenAccount: ownerInfer }, { amount });
}

export async function benchmark(
  { marketplace }: Stage,
  { owner, provider }: ProviderParty,
  change: Partial<SubmitBenchmarkArgs> = {},
): Promise<ProgramInstruction> {
  const args = { ...BENCHMARK_ARGS, ...change };
  const report = await findBenchmark(provider, args.deviceHash);
  return submitBenchmark({ payer: PAYER, owner, marketplace, provider, benchmark: report }, args);
}

export function beat({ owner, provider }: ProviderParty, unitsFree = 6, unitsBusy = 2): ProgramInstruction {
  return heartbeat({ owner, provider }, { unitsFree, unitsBusy });
}

export function reprice({ party, offer }: OfferRef, change: Partial<UpdateOfferArgs> = {}): ProgramInstruction {
  const { model: _, region: __, ...terms } = OFFER_ARGS;
  return updateOffer({ owner: party.owner, provider: party.provider, offer }, { ...terms, ...change });
}

export function close({ party, offer }: OfferRef): ProgramInstruction {
  return closeOffer({ owner: party.owner, provider: party.provider, offer });
}

export function extend({ marketplace }: Stage, ref: OrderRef, seconds: number): ProgramInstruction {
  const { party, offer, order, vault, buyer, mint } = ref;
  const buyerTokenAccount = accountOf(buyer.accounts, mint);
  const accounts = {
    buyer: buyer.buyer,
    marketplace,
    provider: party.provider,
    offer,
    order,
    vault,
    buyerTokenAccount,
  };
  return extendOrder(accounts, { seconds });
}

export function cover({ marketplace }: Stage, { party, order }: OrderRef, coveredSeconds: number): ProgramInstruction {
  const { owner, provider } = party;
  return attest({ owner, marketplace, provider, order }, { coveredSeconds, checkpointRoot: CHECKPOINT_ROOT });
}

export function settle(stage: Stage, ref: OrderRef, target = dueAccount(stage, ref)): ProgramInstruction {
  const { marketplace } = stage;
  const { party, order, vault } = ref;
  return settleUsage({ marketplace, provider: party.provider, order, vault, ...paymentAccounts(stage, ref, target) });
}

export function leave({ party, offer, order, buyer }: OrderRef, authority = buyer.buyer): ProgramInstruction {
  return endSession({ authority, provider: party.provider, offer, order });
}

export function expire({ marketplace }: Stage, { offer, order }: OrderRef): ProgramInstruction {
  return expireLease({ marketplace, offer, order });
}

/** INFER account of whichever side the opener is. */
function openerAccount({ party, buyer }: OrderRef, opener: Address): Address {
  return opener === buyer.buyer ? accountOf(buyer.accounts, INFER_MINT) : party.ownerInfer;
}

export async function dispute(
  { marketplace }: Stage,
  ref: OrderRef,
  opener = ref.buyer.buyer,
): Promise<ProgramInstruction> {
  const { party, offer, order } = ref;
  return openDispute({
    payer: PAYER,
    opener,
    marketplace,
    provider: party.provider,
    offer,
    order,
    inferMint: INFER_MINT,
    disputeVault: await findDisputeVault(order),
    openerTokenAccount: openerAccount(ref, opener),
  });
}

/** @param depositTo where the deposit is due; back to the opener unless given */
export async function rule(
  stage: Stage,
  ref: OrderRef,
  providerBps: number,
  opener = ref.buyer.buyer,
  depositTo = openerAccount(ref, opener),
  target = dueAccount(stage, ref),
): Promise<ProgramInstruction> {
  return resolveDispute(
    {
      arbiter: ARBITER,
      ...endAccounts(stage, ref),
      ...paymentAccounts(stage, ref, target),
      buyerTokenAccount: accountOf(ref.buyer.accounts, ref.mint),
      disputeVault: await findDisputeVault(ref.order),
      opener,
      depositTokenAccount: depositTo,
    },
    { providerBps },
  );
}

export async function reclaim(ref: OrderRef, opener = ref.buyer.buyer): Promise<ProgramInstruction> {
  const disputeVault = await findDisputeVault(ref.order);
  return reclaimDeposit({ order: ref.order, disputeVault, opener, openerTokenAccount: openerAccount(ref, opener) });
}

/** A market with order 0 of the buyer started. */
export async function createRunningMarket(
  mint: Address = INFER_MINT,
  values: Values = {},
  terms: Partial<CreateOrderArgs> = {},
) {
  const market = await createOrderedMarket(mint, values, terms);
  must(market.stage, start(market.stage, market.ref));
  const order = () => market.chain.read(market.ref.order, decodeOrder);
  return { ...market, order, startedAt: market.chain.now };
}

/** As `createRunningMarket`, paid per second. */
export function createSession(mint: Address = INFER_MINT, values: Values = {}, terms: Partial<CreateOrderArgs> = {}) {
  return createRunningMarket(mint, values, { ...terms, isStreaming: true });
}

export type Running = Awaited<ReturnType<typeof createRunningMarket>>;
