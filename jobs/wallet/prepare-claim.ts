/**
 * What a wallet may take, as a transaction for it to sign: one instruction of the program that holds it, paid to the
 * owner's associated token account, which is created where it is missing. Everything is looked at as the chain has it now;
 * whether the time has come is what the simulation says.
 * @module
 */
import { type Address, createNoopSigner, type Instruction } from '@solana/kit';
import {
  findAssociatedTokenPda,
  getCreateAssociatedTokenIdempotentInstruction,
  getTokenDecoder,
  TOKEN_PROGRAM_ADDRESS,
} from '@solana-program/token';
import { startsWith } from '../../programs/client/instruction.ts';
import * as exchange from '../../programs/exchange/client.generated.ts';
import { findBankrollVault, findExchange, findMarginVault, findTrader } from '../../programs/exchange/pda.ts';
import * as marketplace from '../../programs/marketplace/client.generated.ts';
import { findBondVault, findMarketplace, findProvider } from '../../programs/marketplace/pda.ts';
import { findDeposit, findDepositVault } from '../../programs/marketplace/proof-pda.ts';
import * as staking from '../../programs/staking/client.generated.ts';
import { findPoolOverview, findPoolVaults, findStakingRecord } from '../../programs/staking/pda.ts';
import type { ChainClient } from '../chain/chain-client.ts';
import { type KnownErrors, type Prepared, prepare, refused } from '../chain/prepared-transaction.ts';
import { prepareStake } from '../governance/prepare-vote.ts';

export type DueKind = 'UNSTAKED_INT' | 'USDC_EARNINGS' | 'UNSTAKED_INFER' | 'BOND' | 'CREDITS' | 'EXCHANGE_CLAIM';

export interface ClaimPrograms {
  readonly staking: Address;
  readonly marketplace: Address;
  readonly exchange: Address;
  readonly governance: Address;
}

export interface ClaimDraft {
  readonly kind: DueKind;
  readonly owner: Address;
  /** Pays fee and rent. */
  readonly payer: Address;
  /** What holds the amount: `account` of a due. */
  readonly account: Address;
}

/** Where the money is, if it leaves its vault for the owner's token account, and how it is taken. */
interface Taking {
  readonly vault: Address | null;
  readonly errors: KnownErrors;
  instruction(ownerTokenAccount: Address): Instruction;
}

type ClaimsOf = (chain: ChainClient, programs: ClaimPrograms, draft: ClaimDraft) => Promise<Taking | null>;

const takings: Readonly<Record<Exclude<DueKind, 'UNSTAKED_INFER'>, ClaimsOf>> = {
  UNSTAKED_INT: fromPool,
  USDC_EARNINGS: fromPool,
  BOND: fromBond,
  CREDITS: fromDeposit,
  EXCHANGE_CLAIM: fromExchange,
};

/** @throws InputError `GOVERNANCE__NOT_SET_UP`, and the errors of the client */
export async function prepareClaim(chain: ChainClient, programs: ClaimPrograms, draft: ClaimDraft): Promise<Prepared> {
  const { kind, owner, payer } = draft;
  if (kind === 'UNSTAKED_INFER')
    return prepareStake(chain, programs.governance, { owner, payer, move: 'withdraw', amount: 0n });
  const taking = await takings[kind](chain, programs, draft);
  if (taking === null) return notHeld(draft);
  const { vault, errors } = taking;
  if (vault === null) return prepare(chain, payer, [taking.instruction(owner)], errors);
  const [vaultData] = await chain.accounts([vault], 'confirmed');
  if (!vaultData) return notHeld(draft);
  const { mint } = getTokenDecoder().decode(vaultData);
  const [ata] = await findAssociatedTokenPda({ owner, mint, tokenProgram: TOKEN_PROGRAM_ADDRESS });
  const creation = getCreateAssociatedTokenIdempotentInstruction({ payer: createNoopSigner(payer), ata, owner, mint });
  return prepare(chain, payer, [creation, taking.instruction(ata)], errors);
}

function notHeld({ account, owner, kind }: ClaimDraft): Prepared {
  const what = kind.toLowerCase().replaceAll('_', ' ');
  return refused({
    ...{ code: 'CLAIM__NOT_HELD', rule: 'NOT_HELD', key: null, value: null, limit: null },
    message: `On the chain, ${account} holds no ${what} of ${owner} now`,
  });
}

/** Data of an account of a kind; `null` where there is none. */
async function dataOf(chain: ChainClient, address: Address, discriminator: Uint8Array): Promise<Uint8Array | null> {
  const [data] = await chain.accounts([address], 'confirmed');
  return data && startsWith(data, discriminator) ? data : null;
}

async function fromPool(
  chain: ChainClient,
  { staking: program }: ClaimPrograms,
  { owner, account, kind }: ClaimDraft,
): Promise<Taking | null> {
  const recordData = await dataOf(chain, account, staking.STAKING_RECORD_ACCOUNT_DISCRIMINATOR);
  if (recordData === null) return null;
  const { operatorPool } = staking.decodeStakingRecord(recordData);
  if ((await findStakingRecord(operatorPool, owner, program)) !== account) return null;
  const poolData = await dataOf(chain, operatorPool, staking.OPERATOR_POOL_ACCOUNT_DISCRIMINATOR);
  if (poolData === null) return null;
  const { operatorStakingRecord } = staking.decodeOperatorPool(poolData);
  const { stakedToken, delegatorUsdc } = await findPoolVaults(operatorPool, program);
  const accounts = { owner, poolOverview: await findPoolOverview(program), operatorPool };
  const known = { prefix: 'STAKING', errors: staking.STAKING_ERRORS };
  if (kind === 'UNSTAKED_INT') {
    const records = { ownerStakingRecord: account, operatorStakingRecord, stakedTokenAccount: stakedToken };
    const instruction = (ownerTokenAccount: Address) =>
      staking.claimUnstake({ ...accounts, ...records, ownerTokenAccount }, program);
    return { vault: stakedToken, errors: known, instruction };
  }
  const instruction = (destination: Address) =>
    staking.claimUsdcEarnings(
      { ...accounts, stakingRecord: account, poolUsdcVault: delegatorUsdc, destination },
      program,
    );
  return { vault: delegatorUsdc, errors: known, instruction };
}

/** All that was asked back: what has to stay is refused by the program, not taken in part. */
async function fromBond(
  chain: ChainClient,
  { marketplace: program }: ClaimPrograms,
  { owner, account }: ClaimDraft,
): Promise<Taking | null> {
  if ((await findProvider(owner, program)) !== account) return null;
  const data = await dataOf(chain, account, marketplace.PROVIDER_ACCOUNT_DISCRIMINATOR);
  const amount = data === null ? 0n : marketplace.decodeProvider(data).withdrawalAmount;
  if (amount === 0n) return null;
  const accounts = { owner, marketplace: await findMarketplace(program), provider: account };
  const bondVault = await findBondVault(account, program);
  const instruction = (ownerTokenAccount: Address) =>
    marketplace.withdrawBond({ ...accounts, bondVault, ownerTokenAccount }, { amount }, program);
  return { vault: bondVault, errors: MARKETPLACE, instruction };
}

async function fromDeposit(
  _: ChainClient,
  { marketplace: program }: ClaimPrograms,
  { owner, account }: ClaimDraft,
): Promise<Taking | null> {
  if ((await findDeposit(owner, program)) !== account) return null;
  const depositVault = await findDepositVault(account, program);
  const instruction = (customerTokenAccount: Address) =>
    marketplace.withdrawCredits({ customer: owner, deposit: account, depositVault, customerTokenAccount }, program);
  return { vault: depositVault, errors: MARKETPLACE, instruction };
}

const MARKETPLACE: KnownErrors = { prefix: 'MARKETPLACE', errors: marketplace.MARKETPLACE_ERRORS };

/** Goes to the trader's collateral: the tokens stay on the exchange. */
async function fromExchange(
  chain: ChainClient,
  { exchange: program }: ClaimPrograms,
  { owner, account }: ClaimDraft,
): Promise<Taking | null> {
  const data = await dataOf(chain, account, exchange.CLAIM_ACCOUNT_DISCRIMINATOR);
  const trader = await findTrader(owner, program);
  if (data === null || exchange.decodeClaim(data).trader !== trader) return null;
  const [marginVault, bankrollVault] = await Promise.all([findMarginVault(program), findBankrollVault(program)]);
  const accounts = { exchange: await findExchange(program), trader, claim: account, marginVault, bankrollVault };
  const errors = { prefix: 'EXCHANGE', errors: exchange.EXCHANGE_ERRORS };
  return { vault: null, errors, instruction: () => exchange.payClaim(accounts, program) };
}
