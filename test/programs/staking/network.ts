/**
 * The staking program with its overview and pools, brought into being by its own instructions.
 *
 * Mints and holders' balances are put in place directly; everything else is what the program made of instructions.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import * as staking from '../../../programs/staking/client.generated.ts';
import * as pda from '../../../programs/staking/pda.ts';
import { addressOf, type Outcome, Svm } from '../svm.ts';
import { addressBytes } from '../transaction-bytes.ts';

export const PROGRAM = staking.STAKING_PROGRAM_ADDRESS;
export const USDC_MINT = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' as Address;
export const TOKEN_MINT = addressOf('token mint');
export const ADMIN = addressOf('program admin');
export const REWARD_AUTHORITY = addressOf('reward authority');
export const PAYOUT_WALLET = addressOf('fee payout wallet');
const TOKEN_DECIMALS = 9;
const USDC_DECIMALS = 6;

export interface Pool {
  readonly admin: Address;
  readonly address: Address;
  readonly record: Address;
  readonly vaults: pda.PoolVaults;
}

export interface Leaf {
  readonly pool: Pool;
  readonly rewardAmount: bigint;
  readonly usdcAmount: bigint;
}

type PoolArgs = Parameters<typeof staking.createOperatorPool>[1];
type OverviewArgs = Parameters<typeof staking.updatePoolOverview>[1];

const UNCHANGED: OverviewArgs = {
  isStakingHalted: null,
  isWithdrawalHalted: null,
  isAccrueRewardHalted: null,
  allowPoolCreation: null,
  operatorPoolRegistrationFee: null,
  minOperatorTokenStake: null,
  delegatorUnstakeDelaySeconds: null,
  operatorUnstakeDelaySeconds: null,
  slashingDelaySeconds: null,
};

export const PLAIN_POOL: PoolArgs = {
  autoStakeFees: false,
  rewardCommissionRateBps: 0,
  allowDelegation: true,
  name: 'pool',
  description: null,
  websiteUrl: null,
  avatarImageUrl: null,
  operatorAuthKeys: null,
  usdcCommissionRateBps: 0,
};

/** Addresses that every staking test needs. */
export interface Places {
  readonly overview: Address;
  readonly rewardVault: Address;
  readonly usdcVault: Address;
}

export class StakingNetwork {
  readonly svm: Svm;
  readonly places: Places;
  readonly programAddress: Address;
  /** Addresses derived so far: long sequences name the same few again and again. */
  private readonly derived = new Map<string, Promise<Address>>();

  private constructor(svm: Svm, places: Places, programAddress: Address) {
    this.svm = svm;
    this.places = places;
    this.programAddress = programAddress;
  }

  /** Mints only: the overview is not created yet. */
  static async bare(programAddress: Address = PROGRAM): Promise<StakingNetwork> {
    const svm = new Svm({ [programAddress]: 'staking' });
    svm.putMint(TOKEN_MINT, TOKEN_DECIMALS);
    svm.putMint(USDC_MINT, USDC_DECIMALS);
    const [overview, rewardVault, usdcVault] = await Promise.all([
      pda.findPoolOverview(programAddress),
      pda.findGlobalTokenRewardVault(programAddress),
      pda.findGlobalUsdcEarningsVault(programAddress),
    ]);
    return new StakingNetwork(svm, { overview, rewardVault, usdcVault }, programAddress);
  }

  /** Overview, reward authority, pool creation open. */
  static async ready(settings: Partial<OverviewArgs> = {}, programAddress: Address = PROGRAM): Promise<StakingNetwork> {
    const network = await StakingNetwork.bare(programAddress);
    network.svm.run(network.createOverview());
    network.svm.run(network.update({ allowPoolCreation: true, ...settings }), network.authorize([REWARD_AUTHORITY]));
    return network;
  }

  createOverview(): ProgramInstruction {
    return staking.createPoolOverview(
      {
        payer: this.svm.payer,
        programAdmin: ADMIN,
        registrationFeePayoutWallet: PAYOUT_WALLET,
        slashingDestinationTokenAccount: addressOf('slashing tokens'),
        slashingDestinationUsdcAccount: addressOf('slashing usdc'),
        poolOverview: this.places.overview,
        rewardTokenAccount: this.places.rewardVault,
        usdcTokenAccount: this.places.usdcVault,
        mint: TOKEN_MINT,
        usdcMint: USDC_MINT,
      },
      this.programAddress,
    );
  }

  update(settings: Partial<OverviewArgs>, programAdmin = ADMIN): ProgramInstruction {
    const accounts = { programAdmin, poolOverview: this.places.overview };
    return staking.updatePoolOverview(accounts, { ...UNCHANGED, ...settings }, this.programAddress);
  }

  authorize(newRewardDistributionAuthorities: readonly Address[]): ProgramInstruction {
    return staking.updatePoolOverviewAuthorities(
      { programAdmin: ADMIN, poolOverview: this.places.overview },
      { newRewardDistributionAuthorities, newHaltAuthorities: null, newSlashingAuthorities: null },
      this.programAddress,
    );
  }

  async poolOf(admin: Address): Promise<Pool> {
    const address = await pda.findOperatorPool(admin, this.programAddress);
    const record = await pda.findStakingRecord(address, admin, this.programAddress);
    return { admin, address, record, vaults: await pda.findPoolVaults(address, this.programAddress) };
  }

  createPool(pool: Pool, args: Partial<PoolArgs> = {}): ProgramInstruction {
    return staking.createOperatorPool(
      {
        payer: this.svm.payer,
        admin: pool.admin,
        operatorPool: pool.address,
        stakingRecord: pool.record,
        poolOverview: this.places.overview,
        stakedTokenAccount: pool.vaults.stakedToken,
        rewardFeeTokenAccount: pool.vaults.rewardCommission,
        usdcFeeTokenAccount: pool.vaults.usdcCommission,
        operatorUsdcVault: pool.vaults.delegatorUsdc,
        adminTokenAccount: this.walletOf(pool.admin),
        registrationFeePayoutTokenAccount: this.walletOf(PAYOUT_WALLET),
        mint: TOKEN_MINT,
        usdcMint: USDC_MINT,
      },
      { ...PLAIN_POOL, ...args },
      this.programAddress,
    );
  }

  /** A pool that exists, its admin holding `balance` tokens. */
  async pool(name: string, args: Partial<PoolArgs> = {}, balance = 10n ** 18n): Promise<Pool> {
    const pool = await this.poolOf(addressOf(name));
    this.giveTokens(pool.admin, balance);
    if (!this.svm.exists(this.walletOf(PAYOUT_WALLET))) this.giveTokens(PAYOUT_WALLET, 0n);
    this.svm.run(this.createPool(pool, args));
    return pool;
  }

  /** The token account that tests use for a holder. */
  walletOf(holder: Address): Address {
    return addressOf(`tokens of ${holder}`);
  }

  giveTokens(holder: Address, amount: bigint): void {
    this.svm.putTokens(this.walletOf(holder), TOKEN_MINT, holder, amount);
  }

  /** A delegator with an open record and tokens. */
  async delegator(name: string, pool: Pool, balance = 10n ** 18n): Promise<Address> {
    const owner = addressOf(name);
    this.giveTokens(owner, balance);
    this.svm.run(await this.createRecord(owner, pool));
    return owner;
  }

  async createRecord(owner: Address, pool: Pool): Promise<ProgramInstruction> {
    const ownerStakingRecord = await this.recordAt(owner, pool);
    return staking.createStakingRecord(
      { payer: this.svm.payer, owner, operatorPool: pool.address, ownerStakingRecord },
      this.programAddress,
    );
  }

  async stake(owner: Address, pool: Pool, tokenAmount: bigint): Promise<ProgramInstruction> {
    return staking.stake(
      {
        owner,
        poolOverview: this.places.overview,
        operatorPool: pool.address,
        ownerStakingRecord: await this.recordAt(owner, pool),
        operatorStakingRecord: pool.record,
        ownerTokenAccount: this.walletOf(owner),
        stakedTokenAccount: pool.vaults.stakedToken,
      },
      { tokenAmount },
      this.programAddress,
    );
  }

  mark(expectedEpoch: bigint): ProgramInstruction {
    const accounts = { authority: REWARD_AUTHORITY, poolOverview: this.places.overview };
    return staking.markEpochAsFinalizing(accounts, { expectedEpoch }, this.programAddress);
  }

  async createReward(
    epoch: bigint,
    merkleRoots: readonly Uint8Array[],
    totalRewards: bigint,
    totalUsdcPayout: bigint,
  ): Promise<ProgramInstruction> {
    return staking.createRewardRecord(
      {
        payer: this.svm.payer,
        authority: REWARD_AUTHORITY,
        poolOverview: this.places.overview,
        rewardRecord: await this.rewardRecordAt(epoch),
        rewardTokenAccount: this.places.rewardVault,
        usdcTokenAccount: this.places.usdcVault,
      },
      { merkleRoots, totalRewards, totalUsdcPayout },
      this.programAddress,
    );
  }

  async accrue(epoch: bigint, leaf: Leaf, proof: Proof = { siblings: [], path: [] }, merkleIndex = 0) {
    const { pool } = leaf;
    return staking.accrueReward(
      {
        poolOverview: this.places.overview,
        rewardRecord: await this.rewardRecordAt(epoch),
        operatorPool: pool.address,
        operatorStakingRecord: pool.record,
        rewardTokenAccount: this.places.rewardVault,
        usdcTokenAccount: this.places.usdcVault,
        stakedTokenAccount: pool.vaults.stakedToken,
        rewardFeeTokenAccount: pool.vaults.rewardCommission,
        usdcFeeTokenAccount: pool.vaults.usdcCommission,
        poolUsdcVault: pool.vaults.delegatorUsdc,
      },
      {
        merkleIndex,
        proof: proof.siblings,
        proofPath: proof.path,
        rewardAmount: leaf.rewardAmount,
        usdcAmount: leaf.usdcAmount,
      },
      this.programAddress,
    );
  }

  /**
   * A reward record whose only leaf is `leaf`. Records must issue exactly the emission, which test amounts are far
   * below: the vaults are filled, and `unclaimed` then stands at emission and usdc of all records.
   */
  async record(epoch: bigint, leaf: Leaf, emission = EMISSION_OF_FIRST_EPOCHS): Promise<void> {
    const { overview, rewardVault, usdcVault } = this.places;
    const { unclaimedRewards, unclaimedUsdc } = this.overview();
    this.svm.putTokens(rewardVault, TOKEN_MINT, overview, unclaimedRewards + emission);
    this.svm.putTokens(usdcVault, USDC_MINT, overview, unclaimedUsdc + leaf.usdcAmount);
    const create = await this.createReward(epoch, [leafHash(leaf)], emission, leaf.usdcAmount);
    this.svm.run(this.mark(epoch), create);
  }

  /** Record and accrue an epoch for one pool. */
  async epoch(epoch: bigint, leaf: Leaf): Promise<Outcome> {
    await this.record(epoch, leaf);
    return this.svm.run(await this.accrue(epoch, leaf));
  }

  recordAt(owner: Address, pool: Pool): Promise<Address> {
    return this.derive(`${pool.address} ${owner}`, () =>
      pda.findStakingRecord(pool.address, owner, this.programAddress),
    );
  }

  rewardRecordAt(epoch: bigint): Promise<Address> {
    return this.derive(`${epoch}`, () => pda.findRewardRecord(epoch, this.programAddress));
  }

  private derive(name: string, find: () => Promise<Address>): Promise<Address> {
    const known = this.derived.get(name) ?? find();
    this.derived.set(name, known);
    return known;
  }

  overview(): staking.PoolOverview {
    return staking.decodePoolOverview(this.svm.data(this.places.overview));
  }

  state(pool: Pool): staking.OperatorPool {
    return staking.decodeOperatorPool(this.svm.data(pool.address));
  }

  /** `[staked, shares, unstaking]` of a pool. */
  totals(pool: Pool): readonly [bigint, bigint, bigint] {
    const { totalStakedAmount, totalShares, totalUnstaking } = this.state(pool);
    return [totalStakedAmount, totalShares, totalUnstaking];
  }

  async recordOf(owner: Address, pool: Pool): Promise<staking.StakingRecord> {
    const address = await this.recordAt(owner, pool);
    return staking.decodeStakingRecord(this.svm.data(address));
  }

  /** Change fields of a pool behind the program's back, for states that many instructions would be needed for. */
  editPool(pool: Pool, change: Partial<staking.OperatorPool>): void {
    this.overwrite(pool.address, staking.encodeOperatorPool({ ...this.state(pool), ...change }));
  }

  editOverview(change: Partial<staking.PoolOverview>): void {
    this.overwrite(this.places.overview, staking.encodePoolOverview({ ...this.overview(), ...change }));
  }

  async editRecord(owner: Address, pool: Pool, change: Partial<staking.StakingRecord>): Promise<void> {
    const address = await this.recordAt(owner, pool);
    const record = { ...(await this.recordOf(owner, pool)), ...change };
    this.overwrite(address, staking.encodeStakingRecord(record));
  }

  private overwrite(address: Address, fields: Uint8Array): void {
    const data = this.svm.data(address);
    data.set(fields);
    this.svm.put(address, data, this.programAddress);
  }
}

/** Emission of epochs 1 to 200. */
export const EMISSION_OF_FIRST_EPOCHS = 1_666_666_666_666_667n;

export interface Proof {
  readonly siblings: readonly Uint8Array[];
  /** true where the sibling stands on the left. */
  readonly path: readonly boolean[];
}

/** sha256(0 ‖ "pool,reward,usdc"). */
export function leafHash({ pool, rewardAmount, usdcAmount }: Leaf): Uint8Array {
  const text = `${pool.address},${rewardAmount},${usdcAmount}`;
  return sha256(Uint8Array.of(0), new TextEncoder().encode(text));
}

/** Root over the node and its siblings from leaf to root. */
export function rootOf(leaf: Uint8Array, { siblings, path }: Proof): Uint8Array {
  return siblings.reduce<Uint8Array>(
    (node, sibling, level) => sha256(Uint8Array.of(1), ...(path[level] ? [sibling, node] : [node, sibling])),
    leaf,
  );
}

/** A proof of `depth` levels with made-up siblings. */
export function proofOfDepth(depth: number): Proof {
  const levels = Array.from({ length: depth }, (_, level) => level);
  return {
    siblings: levels.map((level) => addressBytes(addressOf(`sibling ${level}`))),
    path: levels.map((level) => level % 3 === 0),
  };
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
