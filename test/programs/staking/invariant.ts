/**
 * What is true of the staking program after every instruction, whoever sent it.
 *
 * In: a world. Out: nothing, or a failed expectation that names what does not hold.
 * @module
 */
import { expect } from 'vitest';
import {
  decodeStakingRecord,
  type OperatorPool,
  type StakingRecord,
} from '../../../programs/staking/client.generated.ts';
import { recordAt, SLASHED_TOKENS, SLASHED_USDC, usdcOf } from './actions.ts';
import { PAYOUT_WALLET, type Pool, type StakingNetwork } from './network.ts';
import type { World } from './world.ts';

const USDC_PRECISION = 10n ** 18n;
/** Place of the amount approved to a delegate in a token account. */
const DELEGATED_AMOUNT_AT = 121;

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

/** Balance of a token account, 0 where there is none. */
const balance = ({ svm }: StakingNetwork, at: Parameters<StakingNetwork['svm']['tokens']>[0]) =>
  svm.exists(at) ? svm.tokens(at) : 0n;

/** Totals of the supply that the world can see: they change by what is put in from outside alone. */
export function supplyOf(world: World): { readonly tokens: bigint; readonly usdc: bigint } {
  const { network, pools, owners } = world;
  const holders = [...new Set([...owners, ...pools.flatMap((pool) => world.holders(pool)), PAYOUT_WALLET])];
  const wallets = holders.map((holder) => balance(network, network.walletOf(holder)));
  const vaults = pools.flatMap(({ vaults }) => [vaults.stakedToken, vaults.rewardCommission]);
  const usdcVaults = pools.flatMap(({ vaults }) => [vaults.usdcCommission, vaults.delegatorUsdc]);
  const { rewardVault, usdcVault } = network.places;
  return {
    tokens: sum([...wallets, ...[...vaults, rewardVault, SLASHED_TOKENS].map((at) => balance(network, at))]),
    usdc: sum([
      ...holders.map((holder) => balance(network, usdcOf(network, holder))),
      ...[...usdcVaults, usdcVault, SLASHED_USDC].map((at) => balance(network, at)),
    ]),
  };
}

/** Everything of one pool, and the global vaults. */
export async function checkPool(world: World, pool: Pool): Promise<void> {
  const { network } = world;
  const state = network.state(pool);
  const records = await recordsOf(world, pool);
  expect(sum(records.map(({ shares }) => shares)), 'shares').toBe(state.totalShares);
  expect(sum(records.map((record) => record.tokensUnstakeAmount)), 'unstaking').toBe(state.totalUnstaking);
  expect(state.totalStakedAmount, 'a share is worth a token').toBeGreaterThanOrEqual(state.totalShares);
  const staked = network.svm.tokens(pool.vaults.stakedToken);
  expect(staked, 'stake vault').toBe(state.totalStakedAmount + state.totalUnstaking);
  checkUsdc(network, pool, state, records);
  checkGlobal(world);
}

function checkUsdc(network: StakingNetwork, pool: Pool, state: OperatorPool, records: readonly StakingRecord[]): void {
  const settled = sum(records.map(({ accruedUsdcEarnings }) => accruedUsdcEarnings));
  const owed = records.map(
    ({ shares, accruedUsdcEarnings, lastSettledUsdcPerShare }) =>
      accruedUsdcEarnings + (shares * (state.cumulativeUsdcPerShare - lastSettledUsdcPerShare)) / USDC_PRECISION,
  );
  const vault = pool.vaults.delegatorUsdc;
  expect(balance(network, vault), 'USDC vault').toBeGreaterThanOrEqual(sum(owed));
  if (!network.svm.exists(vault)) return;
  const account = network.svm.data(pool.address);
  const booked = new DataView(account.buffer, account.byteOffset).getBigUint64(account.length - 8, true);
  const token = network.svm.data(vault);
  const claimed = new DataView(token.buffer, token.byteOffset).getBigUint64(DELEGATED_AMOUNT_AT, true);
  expect(BigInt.asUintN(64, booked - claimed), 'settled and unclaimed').toBe(settled);
}

function checkGlobal({ network, pools }: World): void {
  const { unclaimedRewards, unclaimedUsdc } = network.overview();
  const states = pools.map((pool) => network.state(pool));
  const rewards = states.map((state) => state.accruedRewards + state.accruedRewardCommission);
  const usdc = states.map((state) => state.accruedDelegatorUsdc + state.accruedUsdcCommission);
  expect(balance(network, network.places.rewardVault), 'reward vault').toBeGreaterThanOrEqual(unclaimedRewards);
  expect(balance(network, network.places.usdcVault), 'global USDC vault').toBeGreaterThanOrEqual(unclaimedUsdc);
  expect(unclaimedRewards, 'rewards to come').toBeGreaterThanOrEqual(sum(rewards));
  expect(unclaimedUsdc, 'USDC to come').toBeGreaterThanOrEqual(sum(usdc));
}

async function recordsOf(world: World, pool: Pool): Promise<readonly StakingRecord[]> {
  const { network } = world;
  const places = await Promise.all(world.holders(pool).map((owner) => recordAt(network, owner, pool)));
  return places.filter((at) => network.svm.exists(at)).map((at) => decodeStakingRecord(network.svm.data(at)));
}
