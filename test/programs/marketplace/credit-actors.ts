/**
 * Customers of metered workloads, and the instruction each party would send.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  depositCredits,
  requestCreditWithdrawal,
  type SettleWorkloadArgs,
  settleWorkload,
  withdrawCredits,
} from '../../../programs/marketplace/client.generated.ts';
import { findDeposit, findDepositVault, findWorkload } from '../../../programs/marketplace/proof-pda.ts';
import { accountOf, type BuyerParty, type ProviderParty } from './actors.ts';
import { INFER_MINT, INFER_TREASURY, METER, PAYER, type Stage } from './market.ts';
import { hashOf } from './proof-actors.ts';

export const CREDIT = 1_000n;
/** 4 vCPUs and 2,000 MB for 100 s: 400 + 200 credits. */
export const WORK = { vcpus: 4, memoryMb: 2_000, seconds: 100, model: 0, gpuUnits: 0 };

export type Customer = { readonly party: BuyerParty; readonly deposit: Address; readonly vault: Address };

/** A stage and the provider that hosts. */
export type Host = { readonly stage: Stage; readonly party: ProviderParty };

export async function customerOf(party: BuyerParty): Promise<Customer> {
  const deposit = await findDeposit(party.buyer);
  return { party, deposit, vault: await findDepositVault(deposit) };
}

export function addCredits(
  { marketplace }: Stage,
  { party, deposit, vault }: Customer,
  amount: bigint,
): ProgramInstruction {
  const customerTokenAccount = accountOf(party.accounts, INFER_MINT);
  const accounts = { payer: PAYER, customer: party.buyer, marketplace, deposit };
  return depositCredits({ ...accounts, depositVault: vault, inferMint: INFER_MINT, customerTokenAccount }, { amount });
}

export function askCredits({ marketplace }: Stage, { party, deposit }: Customer, amount: bigint): ProgramInstruction {
  return requestCreditWithdrawal({ customer: party.buyer, marketplace, deposit }, { amount });
}

export function takeCredits({ party, deposit, vault }: Customer): ProgramInstruction {
  const customerTokenAccount = accountOf(party.accounts, INFER_MINT);
  return withdrawCredits({ customer: party.buyer, deposit, depositVault: vault, customerTokenAccount });
}

/** @param authority the meter, whose ids are the marketplace's; anybody else settles under the customer's ids */
export async function settleWork(
  { stage, party: host }: Host,
  { party, deposit, vault }: Customer,
  change: Partial<SettleWorkloadArgs> = {},
  authority: Address = METER,
): Promise<ProgramInstruction> {
  const args = { id: hashOf('workload 1'), ...WORK, ...change };
  const workload = await findWorkload(authority === METER ? stage.marketplace : party.buyer, args.id);
  return settleWorkload(
    {
      payer: PAYER,
      authority,
      marketplace: stage.marketplace,
      provider: host.provider,
      deposit,
      depositVault: vault,
      workload,
      buyerRecord: party.record,
      inferMint: INFER_MINT,
      providerTokenAccount: accountOf(host.payoutAccounts, INFER_MINT),
      treasury: INFER_TREASURY,
      verifierVault: stage.inferVerifierVault,
    },
    args,
  );
}
