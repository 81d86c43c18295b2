/**
 * The staking program as the reward jobs use it: what they read from its accounts and the instructions they send.
 * @module
 */
import type { Address, Instruction } from '@solana/kit';
import { getSetComputeUnitLimitInstruction, getSetComputeUnitPriceInstruction } from '@solana-program/compute-budget';
import type { RewardEpoch } from '../../indexer/domain/units.ts';
import {
  accrueReward,
  createRewardRecord,
  decodeOperatorPool,
  decodePoolOverview,
  decodeRewardRecord,
  markEpochAsFinalizing,
  type OperatorPool,
  type PoolOverview,
  type RewardRecord,
  updatePoolOverview,
} from '../../programs/staking/client.generated.ts';
import {
  findGlobalTokenRewardVault,
  findGlobalUsdcEarningsVault,
  findPoolOverview,
  findPoolVaults,
  findRewardRecord,
} from '../../programs/staking/pda.ts';
import type { ChainClient, Commitment } from './chain-client.ts';

export interface LeafClaim {
  readonly treeIndex: number;
  readonly proof: readonly Uint8Array[];
  readonly proofPath: readonly boolean[];
  readonly reward: bigint;
  readonly usdc: bigint;
}

export interface StakingChain {
  readonly client: ChainClient;
  readonly program: Address;
  /** `null` before the program is set up. */
  overview(commitment: Commitment): Promise<PoolOverview | null>;
  record(rewardEpoch: RewardEpoch, commitment: Commitment): Promise<RewardRecord | null>;
  recordAddress(rewardEpoch: RewardEpoch): Promise<Address>;
  pools(addresses: readonly Address[], commitment: Commitment): Promise<(OperatorPool | null)[]>;
  markInstructions(authority: Address, rewardEpoch: RewardEpoch): Promise<Instruction[]>;
  recordInstructions(authority: Address, rewardEpoch: RewardEpoch, record: NewRecord): Promise<Instruction[]>;
  /** Stop accruals of every epoch, or let them go on; everything else stays as it is. */
  haltAccrualsInstructions(programAdmin: Address, isHalted: boolean): Promise<Instruction[]>;
  accrueInstructions(
    pool: Address,
    stakingRecord: Address,
    rewardEpoch: RewardEpoch,
    claim: LeafClaim,
  ): Promise<Instruction[]>;
}

export interface NewRecord {
  readonly roots: readonly Uint8Array[];
  readonly totalRewards: bigint;
  readonly totalUsdc: bigint;
}

const NOTHING_CHANGED = {
  ...{ isStakingHalted: null, isWithdrawalHalted: null, isAccrueRewardHalted: null, allowPoolCreation: null },
  ...{ operatorPoolRegistrationFee: null, minOperatorTokenStake: null, delegatorUnstakeDelaySeconds: null },
  ...{ operatorUnstakeDelaySeconds: null, slashingDelaySeconds: null },
} as const;
/** An accrual at depth 17 stays below it. */
const ACCRUE_COMPUTE_UNITS = 120_000;
/** Bound of what is paid for priority: 120,000 units at this price are 0.000006 SOL. */
const MAX_PRICE_MICRO_LAMPORTS = 50_000n;
/** Deeper proofs leave no room for compute-budget instructions. */
const MAX_DEPTH_WITH_BUDGET = 17;

export async function createStakingChain(client: ChainClient, program: Address): Promise<StakingChain> {
  const [poolOverview, rewardTokenAccount, usdcTokenAccount] = await Promise.all([
    findPoolOverview(program),
    findGlobalTokenRewardVault(program),
    findGlobalUsdcEarningsVault(program),
  ]);
  const globals = { poolOverview, rewardTokenAccount, usdcTokenAccount };
  const one = async <T>(
    address: Address,
    commitment: Commitment,
    decode: (data: Uint8Array) => T,
  ): Promise<T | null> => {
    const [data] = await client.accounts([address], commitment);
    return data ? decode(data) : null;
  };
  return {
    client,
    program,
    overview: (commitment) => one(poolOverview, commitment, decodePoolOverview),
    recordAddress: (rewardEpoch) => findRewardRecord(rewardEpoch, program),
    record: async (rewardEpoch, commitment) =>
      one(await findRewardRecord(rewardEpoch, program), commitment, decodeRewardRecord),
    pools: async (addresses, commitment) =>
      (await client.accounts(addresses, commitment)).map((data) => (data === null ? null : decodeOperatorPool(data))),
    markInstructions: async (authority, rewardEpoch) => [
      markEpochAsFinalizing({ authority, poolOverview }, { expectedEpoch: rewardEpoch }, program),
    ],
    async recordInstructions(authority, rewardEpoch, { roots, totalRewards, totalUsdc }) {
      const accounts = {
        ...globals,
        payer: authority,
        authority,
        rewardRecord: await findRewardRecord(rewardEpoch, program),
      };
      return [createRewardRecord(accounts, { merkleRoots: roots, totalRewards, totalUsdcPayout: totalUsdc }, program)];
    },
    haltAccrualsInstructions: async (programAdmin, isAccrueRewardHalted) => [
      updatePoolOverview({ programAdmin, poolOverview }, { ...NOTHING_CHANGED, isAccrueRewardHalted }, program),
    ],
    accrueInstructions: async (pool, stakingRecord, rewardEpoch, claim) => [
      ...(claim.proof.length > MAX_DEPTH_WITH_BUDGET ? [] : await computeBudget(client, pool)),
      await accrual(program, globals, { pool, stakingRecord, rewardEpoch, claim }),
    ],
  };
}

async function computeBudget(client: ChainClient, pool: Address): Promise<Instruction[]> {
  const asked = await client.recentPriorityFee(pool);
  const microLamports = asked < MAX_PRICE_MICRO_LAMPORTS ? asked : MAX_PRICE_MICRO_LAMPORTS;
  return [
    getSetComputeUnitLimitInstruction({ units: ACCRUE_COMPUTE_UNITS }),
    getSetComputeUnitPriceInstruction({ microLamports }),
  ];
}

interface Accrual {
  readonly pool: Address;
  readonly stakingRecord: Address;
  readonly rewardEpoch: RewardEpoch;
  readonly claim: LeafClaim;
}

async function accrual(
  program: Address,
  globals: { readonly poolOverview: Address; readonly rewardTokenAccount: Address; readonly usdcTokenAccount: Address },
  { pool, stakingRecord, rewardEpoch, claim }: Accrual,
): Promise<Instruction> {
  const [vaults, rewardRecord] = await Promise.all([
    findPoolVaults(pool, program),
    findRewardRecord(rewardEpoch, program),
  ]);
  const accounts = {
    ...{ ...globals, rewardRecord, operatorPool: pool, operatorStakingRecord: stakingRecord },
    stakedTokenAccount: vaults.stakedToken,
    rewardFeeTokenAccount: vaults.rewardCommission,
    usdcFeeTokenAccount: vaults.usdcCommission,
    poolUsdcVault: vaults.delegatorUsdc,
  };
  const { treeIndex, proof, proofPath, reward, usdc } = claim;
  const args = { merkleIndex: treeIndex, proof, proofPath, rewardAmount: reward, usdcAmount: usdc };
  return accrueReward(accounts, args, program);
}
