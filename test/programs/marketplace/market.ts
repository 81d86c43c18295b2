/**
 * A marketplace in LiteSVM: the compiled program, two mints, an operator pool, a provider's and a buyer's wallet.
 *
 * Signatures are not verified, so that any address can sign; whether an account is marked as signer or writable is still
 * the runtime's to enforce. Operator pools and token balances are written straight into accounts, since closed and
 * empty pools are states the program has to tell apart, not ways to get there. The clock moves only when told to.
 * @module
 */
import { readFileSync } from 'node:fs';
import { type Address, getAddressDecoder, type Lamports } from '@solana/kit';
import { getMintDecoder, getMintEncoder, getTokenEncoder, TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { LiteSVM } from 'litesvm';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { findExchange } from '../../../programs/exchange/pda.ts';
import { MARKETPLACE_PROGRAM_ADDRESS, type ProgramEvent } from '../../../programs/marketplace/client.generated.ts';
import { findMarketplace, findVerifierVault } from '../../../programs/marketplace/pda.ts';
import {
  encodeOperatorPool,
  type OperatorPool,
  STAKING_PROGRAM_ADDRESS,
} from '../../../programs/staking/client.generated.ts';
import { findGlobalUsdcEarningsVault } from '../../../programs/staking/pda.ts';
import { accountAt } from '../svm.ts';
import { type Outcome, sendOne } from './send.ts';

export const INFER = 1_000_000_000n;
export const USDC = 1_000_000n;
export const START_TIME = 1_800_000_000n;
/** Place of the amount in a token account. */
const TOKEN_AMOUNT_AT = 64;
const RICH = 1_000_000_000n * INFER;
const SYSTEM_PROGRAM = '11111111111111111111111111111111' as Address;
const MARKETPLACE_SO = new URL('../../../programs/marketplace/marketplace.so', import.meta.url);
const STAKING_SO = new URL('../../../programs/staking/staking.so', import.meta.url);

/** Address number `index` of a kind; never on anybody's curve of keys that matters here. */
export function address(kind: number, index = 0): Address {
  const bytes = new Uint8Array(32).fill(kind);
  new DataView(bytes.buffer).setUint32(4, index);
  return getAddressDecoder().decode(bytes);
}

export const PAYER = address(1);
export const ADMIN = address(2);
export const ARBITER = address(3);
export const HALT_AUTHORITY = address(4);
export const INFER_MINT = address(5);
export const USDC_MINT = address(6);
export const STRANGER = address(7);
export const INFER_TREASURY = address(8);
export const USDC_TREASURY = address(9);
export const GOVERNANCE = address(10);
export const REWARD_AUTHORITY = address(11);
export const METER = address(12);

/** An open operator pool with shares. */
export function poolState(admin: Address, change: Partial<OperatorPool> = {}): OperatorPool {
  return {
    version: 1,
    bump: 255,
    initialPoolAdmin: admin,
    admin,
    name: 'Pool',
    description: 'Racks',
    websiteUrl: null,
    avatarImageUrl: null,
    operatorStakingRecord: STRANGER,
    operatorAuthKeys: [STRANGER],
    autoStakeFees: false,
    rewardCommissionRateBps: 500,
    newRewardCommissionRateBps: 600,
    usdcCommissionRateBps: 500,
    newUsdcCommissionRateBps: null,
    allowDelegation: true,
    totalStakedAmount: 10n,
    totalShares: 10n,
    totalUnstaking: 0n,
    joinedAtEpoch: 0n,
    closedAtEpoch: null,
    haltedAtTimestamp: null,
    rewardLastClaimedEpoch: 0n,
    accruedRewards: 0n,
    accruedRewardCommission: 0n,
    accruedUsdcCommission: 0n,
    accruedDelegatorUsdc: 0n,
    cumulativeUsdcPerShare: 0n,
    ...change,
  };
}

export class Chain {
  readonly svm = new LiteSVM().withSigverify(false).withTransactionHistory(0n).withBlockhashCheck(false);
  readonly events: ProgramEvent[] = [];
  /** What was read last: most accounts are as they were, and decoding addresses is slow. */
  readonly #read = new Map<Address, { data: Uint8Array; decode: unknown; value: unknown }>();

  constructor() {
    this.svm.addProgram(MARKETPLACE_PROGRAM_ADDRESS, readFileSync(MARKETPLACE_SO));
    this.svm.addProgram(STAKING_PROGRAM_ADDRESS, readFileSync(STAKING_SO));
    for (const wallet of [PAYER, STRANGER]) this.fund(wallet);
    this.setTime(START_TIME);
  }

  send(...instructions: readonly ProgramInstruction[]): Outcome {
    const outcome = sendOne(this.svm, PAYER, instructions);
    if (outcome.ok) this.events.push(...outcome.events);
    return outcome;
  }

  get now(): bigint {
    return this.svm.getClock().unixTimestamp;
  }

  setTime(unixSeconds: bigint): void {
    const clock = this.svm.getClock();
    clock.unixTimestamp = unixSeconds;
    this.svm.setClock(clock);
  }

  fund(wallet: Address): void {
    this.put(wallet, SYSTEM_PROGRAM, new Uint8Array());
  }

  put(account: Address, owner: Address, data: Uint8Array): void {
    const lamports = 1_000_000_000_000n as Lamports;
    this.svm.setAccount({
      address: account,
      programAddress: owner,
      data,
      lamports,
      executable: false,
      space: BigInt(data.length),
    });
  }

  putMint(mint: Address, decimals: number, supply: bigint): void {
    const state = { mintAuthority: null, supply, decimals, isInitialized: true, freezeAuthority: null };
    this.put(mint, TOKEN_PROGRAM_ADDRESS, new Uint8Array(getMintEncoder().encode(state)));
  }

  putTokens(account: Address, mint: Address, owner: Address, amount: bigint): void {
    const state = {
      mint,
      owner,
      amount,
      delegate: null,
      state: 1,
      isNative: null,
      delegatedAmount: 0n,
      closeAuthority: null,
    };
    this.put(account, TOKEN_PROGRAM_ADDRESS, new Uint8Array(getTokenEncoder().encode(state)));
  }

  putPool(pool: Address, state: OperatorPool): void {
    this.put(pool, STAKING_PROGRAM_ADDRESS, encodeOperatorPool(state));
  }

  /** Data of an account; null where there is none. */
  data(account: Address): Uint8Array | null {
    const data = accountAt(this.svm, account)?.data();
    return data !== undefined && data.length > 0 ? new Uint8Array(data) : null;
  }

  read<T>(account: Address, decode: (data: Uint8Array) => T): T {
    const data = this.data(account);
    if (data === null) throw new Error(`no account ${account}`);
    const known = this.#read.get(account);
    if (known !== undefined && known.decode === decode && Buffer.compare(known.data, data) === 0)
      return known.value as T;
    const value = decode(data);
    this.#read.set(account, { data, decode, value });
    return value;
  }

  balance(tokenAccount: Address): bigint {
    const data = this.data(tokenAccount);
    return data === null ? 0n : new DataView(data.buffer, data.byteOffset).getBigUint64(TOKEN_AMOUNT_AT, true);
  }

  supply(mint: Address): bigint {
    return this.read(mint, (data) => getMintDecoder().decode(data)).supply;
  }
}

/** What every test needs before `initialize_marketplace`: mints, treasuries, the staking program's vault. */
export type Stage = {
  readonly chain: Chain;
  readonly marketplace: Address;
  readonly inferVerifierVault: Address;
  readonly usdcVerifierVault: Address;
  readonly stakingUsdcVault: Address;
  readonly exchange: Address;
};

export async function createStage(): Promise<Stage> {
  const chain = new Chain();
  chain.putMint(INFER_MINT, 9, RICH);
  chain.putMint(USDC_MINT, 6, RICH);
  chain.putTokens(INFER_TREASURY, INFER_MINT, ADMIN, 0n);
  chain.putTokens(USDC_TREASURY, USDC_MINT, ADMIN, 0n);
  const stakingUsdcVault = await findGlobalUsdcEarningsVault();
  chain.putTokens(stakingUsdcVault, USDC_MINT, STRANGER, 0n);
  return {
    chain,
    stakingUsdcVault,
    exchange: await findExchange(),
    marketplace: await findMarketplace(),
    inferVerifierVault: await findVerifierVault(INFER_MINT),
    usdcVerifierVault: await findVerifierVault(USDC_MINT),
  };
}
