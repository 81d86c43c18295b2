import type { Address } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import { decodeAccrueRewardEvent, decodeOperatorAutoStakeEvent } from '../../../programs/staking/client.generated.ts';
import { claimUsdc, updatePool, usdcOf } from './actions.ts';
import { type Leaf, type Pool, StakingNetwork } from './network.ts';

const USDC_PRECISION = 10n ** 18n;

/** What a record could claim now: settled and unsettled USDC. */
async function claimable(network: StakingNetwork, owner: Address, pool: Pool): Promise<bigint> {
  const { shares, accruedUsdcEarnings, lastSettledUsdcPerShare } = await network.recordOf(owner, pool);
  const growth = network.state(pool).cumulativeUsdcPerShare - lastSettledUsdcPerShare;
  return accruedUsdcEarnings + (shares * growth) / USDC_PRECISION;
}

function vaultsOf({ svm }: StakingNetwork, { vaults }: Pool): Record<keyof Pool['vaults'], bigint> {
  return {
    stakedToken: svm.tokens(vaults.stakedToken),
    rewardCommission: svm.tokens(vaults.rewardCommission),
    usdcCommission: svm.tokens(vaults.usdcCommission),
    delegatorUsdc: svm.tokens(vaults.delegatorUsdc),
  };
}

async function staked(args: object, operatorStake: bigint, delegatorStake: bigint) {
  const network = await StakingNetwork.ready();
  const pool = await network.pool('operator', args);
  const delegator = await network.delegator('delegator', pool);
  if (operatorStake > 0n) network.svm.run(await network.stake(pool.admin, pool, operatorStake));
  if (delegatorStake > 0n) network.svm.run(await network.stake(delegator, pool, delegatorStake));
  return { network, pool, delegator };
}

describe('catching up three epochs with a change of rate (vector 7)', async () => {
  const rates = { rewardCommissionRateBps: 1_000, usdcCommissionRateBps: 500 };
  const { network, pool } = await staked(rates, 1_000_000n, 3_000_000n);
  const leaves: readonly Leaf[] = [
    { pool, rewardAmount: 1_000_001n, usdcAmount: 500_003n },
    { pool, rewardAmount: 2_000_007n, usdcAmount: 600_001n },
    { pool, rewardAmount: 3_000_011n, usdcAmount: 700_019n },
  ];
  for (const [index, leaf] of leaves.entries()) {
    await network.record(BigInt(index + 1), leaf);
    if (index > 0) continue;
    const newRates = { newRewardCommissionRateBps: { rateBps: 2_500 }, newUsdcCommissionRateBps: { rateBps: 0 } };
    network.svm.run(updatePool(network, pool, newRates));
  }
  network.editOverview({ unclaimedRewards: 6_000_019n, unclaimedUsdc: 1_800_023n });

  const accrue = async (epoch: bigint, leaf: Leaf) => {
    const { events } = network.svm.run(await network.accrue(epoch, leaf));
    const { delegatorRewards, operatorRewardCommission, delegatorUsdcEarnings, operatorUsdcCommission, ...rest } =
      decodeAccrueRewardEvent(events[0] ?? new Uint8Array());
    const { accruedRewards, accruedRewardCommission, accruedUsdcCommission, accruedDelegatorUsdc } =
      network.state(pool);
    return {
      split: [delegatorRewards, operatorRewardCommission, delegatorUsdcEarnings, operatorUsdcCommission],
      moved: [rest.totalRewardsTransferred, rest.totalUsdcTransferred],
      accrued: [accruedRewards, accruedRewardCommission, accruedUsdcCommission, accruedDelegatorUsdc],
    };
  };

  it('older epochs only accumulate, at the rates in force', async () => {
    expect(await accrue(1n, leaves[0] as Leaf)).toEqual({
      split: [900_001n, 100_000n, 475_003n, 25_000n],
      moved: [0n, 0n],
      accrued: [900_001n, 100_000n, 25_000n, 475_003n],
    });
    expect(await accrue(2n, leaves[1] as Leaf)).toEqual({
      split: [1_800_007n, 200_000n, 570_001n, 30_000n],
      moved: [0n, 0n],
      accrued: [2_700_008n, 300_000n, 55_000n, 1_045_004n],
    });
    expect(network.state(pool)).toMatchObject({
      totalStakedAmount: 4_000_000n,
      cumulativeUsdcPerShare: 0n,
      newRewardCommissionRateBps: 2_500,
      newUsdcCommissionRateBps: 0,
    });
    expect(network.overview()).toMatchObject({ unclaimedRewards: 6_000_019n, unclaimedUsdc: 1_800_023n });
  });

  it('the newest epoch moves everything, then the pending rates come into force', async () => {
    expect(await accrue(3n, leaves[2] as Leaf)).toEqual({
      split: [2_700_010n, 300_001n, 665_019n, 35_000n],
      moved: [6_000_019n, 1_800_023n],
      accrued: [0n, 0n, 0n, 0n],
    });
    expect(network.totals(pool)).toEqual([9_400_018n, 4_000_000n, 0n]);
    expect(network.state(pool)).toMatchObject({
      cumulativeUsdcPerShare: 427_505_750_000_000_000n,
      rewardCommissionRateBps: 2_500,
      usdcCommissionRateBps: 0,
      newRewardCommissionRateBps: null,
      newUsdcCommissionRateBps: null,
    });
    expect(vaultsOf(network, pool)).toMatchObject({
      rewardCommission: 600_001n,
      usdcCommission: 90_000n,
      delegatorUsdc: 1_710_023n,
    });
    expect(network.overview()).toMatchObject({ unclaimedRewards: 0n, unclaimedUsdc: 0n });
  });

  it('the next epoch is split at the new rates', async () => {
    const leaf = { pool, rewardAmount: 1_000_000n, usdcAmount: 1_000_000n };
    await network.record(4n, leaf);
    expect(await accrue(4n, leaf)).toMatchObject({ split: [750_000n, 250_000n, 1_000_000n, 0n] });
    expect(network.state(pool)).toMatchObject({
      totalStakedAmount: 10_150_018n,
      cumulativeUsdcPerShare: 677_505_750_000_000_000n,
    });
    expect(vaultsOf(network, pool)).toMatchObject({ rewardCommission: 850_001n, delegatorUsdc: 2_710_023n });
  });
});

it('auto-staked commission shares in the same epoch’s USDC (vector 8)', async () => {
  const args = { autoStakeFees: true, rewardCommissionRateBps: 2_000, usdcCommissionRateBps: 1_000 };
  const { network, pool, delegator } = await staked(args, 1_000_000n, 1_000_000n);
  const leaf = { pool, rewardAmount: 500_000n, usdcAmount: 1_000_000n };

  const { events } = await network.epoch(1n, leaf);
  expect(network.totals(pool)).toEqual([2_500_000n, 2_083_333n, 0n]);
  expect(network.state(pool).cumulativeUsdcPerShare).toBe(432_000_069_120_011_059n);
  expect(vaultsOf(network, pool)).toEqual({
    stakedToken: 2_500_000n,
    rewardCommission: 0n,
    usdcCommission: 100_000n,
    delegatorUsdc: 900_000n,
  });
  expect(decodeOperatorAutoStakeEvent(events[0] ?? new Uint8Array())).toEqual({
    instructionIndex: 0,
    operatorPool: pool.address,
    epoch: 2n,
    stakingRecord: pool.record,
    owner: pool.admin,
    isOperator: true,
    tokenAmount: 100_000n,
    sharesAmount: 83_333n,
  });
  expect(decodeAccrueRewardEvent(events[1] ?? new Uint8Array())).toEqual({
    instructionIndex: 0,
    operatorPool: pool.address,
    epoch: 1n,
    totalRewardsTransferred: 500_000n,
    totalUsdcTransferred: 1_000_000n,
    delegatorRewards: 400_000n,
    operatorRewardCommission: 100_000n,
    delegatorUsdcEarnings: 900_000n,
    operatorUsdcCommission: 100_000n,
  });
  network.svm.run(await claimUsdc(network, pool.admin, pool), await claimUsdc(network, delegator, pool));
  expect(network.svm.tokens(usdcOf(network, pool.admin))).toBe(467_999n);
  expect(network.svm.tokens(usdcOf(network, delegator))).toBe(432_000n);
  expect(vaultsOf(network, pool)).toMatchObject({ delegatorUsdc: 1n });

  await network.epoch(2n, leaf);
  expect(network.totals(pool)).toEqual([3_000_000n, 2_155_172n, 0n]);
  expect(network.state(pool).cumulativeUsdcPerShare).toBe(849_600_149_299_226_453n);
  expect(await network.recordOf(pool.admin, pool)).toMatchObject({
    shares: 1_155_172n,
    lastSettledUsdcPerShare: 432_000_069_120_011_059n,
    accruedUsdcEarnings: 0n,
  });

  await network.epoch(3n, leaf);
  expect(await network.recordOf(pool.admin, pool)).toMatchObject({ shares: 1_218_559n, accruedUsdcEarnings: 482_399n });
  expect(network.totals(pool)).toEqual([3_500_000n, 2_218_559n, 0n]);
  expect(network.state(pool).cumulativeUsdcPerShare).toBe(1_255_268_873_908_308_293n);
  network.svm.run(await claimUsdc(network, pool.admin, pool), await claimUsdc(network, delegator, pool));
  expect(network.svm.tokens(usdcOf(network, pool.admin))).toBe(467_999n + 976_730n);
  expect(network.svm.tokens(usdcOf(network, delegator))).toBe(432_000n + 823_268n);
  expect(vaultsOf(network, pool)).toMatchObject({ delegatorUsdc: 3n });
});

it('the operator of an empty pool with auto-stake owns what it is awarded (vector 9)', async () => {
  const { network, pool } = await staked({ autoStakeFees: true, rewardCommissionRateBps: 2_000 }, 0n, 0n);
  await network.epoch(1n, { pool, rewardAmount: 1_000n, usdcAmount: 500n });
  expect(network.totals(pool)).toEqual([1_000n, 200n, 0n]);
  expect(network.state(pool).cumulativeUsdcPerShare).toBe(2_500_000_000_000_000_000n);
  expect(await network.recordOf(pool.admin, pool)).toMatchObject({ shares: 200n });
  expect(await claimable(network, pool.admin, pool)).toBe(500n);
});

it('rewards of an empty pool without auto-stake go to the next who stakes (vector 10)', async () => {
  const { network, pool, delegator } = await staked({ rewardCommissionRateBps: 2_000 }, 0n, 0n);
  await network.epoch(1n, { pool, rewardAmount: 1_000n, usdcAmount: 500n });
  expect(network.totals(pool)).toEqual([800n, 0n, 0n]);
  expect(network.state(pool).cumulativeUsdcPerShare).toBe(0n);
  expect(vaultsOf(network, pool)).toEqual({
    stakedToken: 800n,
    rewardCommission: 200n,
    usdcCommission: 0n,
    delegatorUsdc: 500n,
  });
  network.svm.run(await network.stake(delegator, pool, 10n));
  expect(network.totals(pool)).toEqual([810n, 10n, 0n]);
  expect(network.svm.codeOf(await claimUsdc(network, delegator, pool))).toBe(6035);
  expect(vaultsOf(network, pool)).toMatchObject({ delegatorUsdc: 500n });
});

it('USDC is owed by the shares held when it came (vector 11)', async () => {
  const network = await StakingNetwork.ready();
  const pool = await network.pool('operator', { usdcCommissionRateBps: 1_000 });
  const x = await network.delegator('x', pool);
  network.svm.run(await network.stake(pool.admin, pool, 1_000n), await network.stake(x, pool, 3_000n));
  await network.epoch(1n, { pool, rewardAmount: 0n, usdcAmount: 100_000n });
  expect(vaultsOf(network, pool)).toMatchObject({ usdcCommission: 10_000n, delegatorUsdc: 90_000n });
  expect(network.state(pool).cumulativeUsdcPerShare).toBe(22_500_000_000_000_000_000n);

  const y = await network.delegator('y', pool);
  network.svm.run(await network.stake(y, pool, 2_999n), await network.stake(x, pool, 1n));
  expect(await network.recordOf(x, pool)).toMatchObject({ shares: 3_001n, accruedUsdcEarnings: 67_500n });
  expect(network.totals(pool)).toEqual([7_000n, 7_000n, 0n]);

  await network.epoch(2n, { pool, rewardAmount: 0n, usdcAmount: 77_777n });
  expect(network.state(pool).cumulativeUsdcPerShare).toBe(32_500_000_000_000_000_000n);
  for (const owner of [x, y, pool.admin]) network.svm.run(await claimUsdc(network, owner, pool));
  const claims = [x, y, pool.admin].map((owner) => network.svm.tokens(usdcOf(network, owner)));
  expect(claims).toEqual([97_510n, 29_990n, 32_500n]);
  expect(vaultsOf(network, pool)).toMatchObject({ delegatorUsdc: 0n, usdcCommission: 17_777n });
});

it('commission is rounded down, the rest goes to the delegators (vector 19)', async () => {
  const cases: readonly (readonly [bigint, number, bigint, bigint])[] = [
    [9_999n, 1, 0n, 9_999n],
    [10_000n, 1, 1n, 9_999n],
    [1n, 9_999, 0n, 1n],
    [1n, 10_000, 1n, 0n],
    [2n ** 64n - 1n, 3_333, 6_148_299_799_767_393_553n, 12_298_444_273_942_158_062n],
  ];
  for (const [amount, bps, commission, rest] of cases) {
    const { network, pool } = await staked({ rewardCommissionRateBps: bps, usdcCommissionRateBps: bps }, 1n, 0n);
    const leaf = { pool, rewardAmount: amount, usdcAmount: amount };
    await network.record(1n, leaf);
    // An older epoch: nothing moves, so that amounts beyond the supply can be split.
    network.editOverview({ completedRewardEpoch: 2n });
    const { events } = network.svm.run(await network.accrue(1n, leaf));
    expect(decodeAccrueRewardEvent(events[0] ?? new Uint8Array()), `${amount} at ${bps}`).toMatchObject({
      operatorRewardCommission: commission,
      delegatorRewards: rest,
      operatorUsdcCommission: commission,
      delegatorUsdcEarnings: rest,
    });
  }
});

it('the closing epoch pays out though it is not the newest', async () => {
  const { network, pool } = await staked({}, 1_000n, 0n);
  const leaf = { pool, rewardAmount: 500n, usdcAmount: 0n };
  for (const epoch of [1n, 2n, 3n]) await network.record(epoch, leaf);
  network.editPool(pool, { closedAtEpoch: 2n });
  network.svm.run(await network.accrue(1n, leaf));
  expect(network.totals(pool)).toEqual([1_000n, 1_000n, 0n]);
  network.svm.run(await network.accrue(2n, leaf));
  expect(network.totals(pool)).toEqual([2_000n, 1_000n, 0n]);
  expect(network.svm.codeOf(await network.accrue(3n, leaf))).toBe(6008);
});
