import type { Address } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import { decodeSweepClosedPoolUsdcDustEvent } from '../../../programs/staking/client.generated.ts';
import { addressOf } from '../svm.ts';
import {
  appoint,
  bypass,
  cancelUnstake,
  claimUnstake,
  claimUsdc,
  closePool,
  closeRecord,
  halt,
  sweep,
  unstake,
  usdcOf,
  withdrawRewards,
} from './actions.ts';
import { withAccount } from './instruction-edits.ts';
import { type Pool, REWARD_AUTHORITY, StakingNetwork, TOKEN_MINT } from './network.ts';

const OTHERS = addressOf('another pool');

/** A pool with the operator's and a delegator's stake; rates as given. */
async function staked(args: object, operatorStake: bigint, delegatorStake: bigint) {
  const network = await StakingNetwork.ready();
  appoint(network);
  const pool = await network.pool('operator', args);
  const delegator = await network.delegator('delegator', pool);
  network.svm.run(await network.stake(pool.admin, pool, operatorStake));
  network.svm.run(await network.stake(delegator, pool, delegatorStake));
  return { network, pool, delegator };
}

/** A record of an epoch that the pool is not in. */
async function recordWithout(network: StakingNetwork, pool: Pool, epoch: bigint): Promise<void> {
  await network.record(epoch, { pool: { ...pool, address: OTHERS }, rewardAmount: 5n, usdcAmount: 0n });
}

const unstakeAll = async (network: StakingNetwork, owner: Address, pool: Pool) =>
  unstake(network, owner, pool, (await network.recordOf(owner, pool)).shares);

describe('rewards that come after everyone left a closed pool (vector 14, as fixed)', async () => {
  const { network, pool, delegator } = await staked({ rewardCommissionRateBps: 1_000 }, 10_000n, 5_000n);
  const { svm } = network;

  it('go to the commission vault, for no share is left that could own them', async () => {
    svm.run(closePool(network, pool));
    expect(network.state(pool).closedAtEpoch).toBe(1n);
    svm.run(await unstakeAll(network, pool.admin, pool), await unstakeAll(network, delegator, pool));
    expect(network.totals(pool)).toEqual([0n, 0n, 15_000n]);
    await network.epoch(1n, { pool, rewardAmount: 30_000n, usdcAmount: 0n });
    expect(network.totals(pool)).toEqual([0n, 0n, 15_000n]);
    expect(svm.tokens(pool.vaults.stakedToken)).toBe(15_000n);
    expect(svm.tokens(pool.vaults.rewardCommission)).toBe(30_000n);
  });

  it('cannot be captured by who cancels first', async () => {
    svm.run(await cancelUnstake(network, delegator, pool));
    expect(network.totals(pool)).toEqual([5_000n, 5_000n, 10_000n]);
    svm.run(await cancelUnstake(network, pool.admin, pool));
    expect(network.totals(pool)).toEqual([15_000n, 15_000n, 0n]);
    expect((await network.recordOf(delegator, pool)).shares).toBe(5_000n);
    expect((await network.recordOf(pool.admin, pool)).shares).toBe(10_000n);
  });

  it('are withdrawn by the operator, and nothing is stuck', async () => {
    svm.run(await unstakeAll(network, pool.admin, pool), await unstakeAll(network, delegator, pool));
    svm.run(await claimUnstake(network, pool.admin, pool), await claimUnstake(network, delegator, pool));
    svm.run(withdrawRewards(network, pool));
    expect(svm.tokens(pool.vaults.stakedToken)).toBe(0n);
    expect(svm.tokens(network.walletOf(pool.admin))).toBe(10n ** 18n + 30_000n);
    expect(svm.tokens(network.walletOf(delegator))).toBe(10n ** 18n);
  });
});

it('rewards that come after everyone has left and claimed do not keep the pool from being swept', async () => {
  const { network, pool, delegator } = await staked({}, 10_000n, 5_000n);
  network.svm.run(closePool(network, pool));
  for (const owner of [pool.admin, delegator]) {
    network.svm.run(await unstakeAll(network, owner, pool), await claimUnstake(network, owner, pool));
  }
  const leaf = { pool, rewardAmount: 30_000n, usdcAmount: 700n };
  await network.epoch(1n, leaf);
  await recordWithout(network, pool, 2n);
  expect(network.totals(pool)).toEqual([0n, 0n, 0n]);
  expect(network.svm.tokens(pool.vaults.rewardCommission)).toBe(30_000n);
  network.svm.run(sweep(network, pool));
  expect(network.svm.tokens(usdcOf(network, pool.admin))).toBe(700n);
  expect(network.svm.exists(pool.vaults.delegatorUsdc)).toBe(false);
});

it('stake left ownerless while the pool was open is released with the closing epoch', async () => {
  const { network, pool, delegator } = await staked({}, 10_000n, 5_000n);
  for (const owner of [pool.admin, delegator]) {
    network.svm.run(await unstakeAll(network, owner, pool), await claimUnstake(network, owner, pool));
  }
  await network.epoch(1n, { pool, rewardAmount: 800n, usdcAmount: 0n });
  expect(network.totals(pool)).toEqual([800n, 0n, 0n]);
  network.svm.run(closePool(network, pool));
  await network.epoch(2n, { pool, rewardAmount: 30n, usdcAmount: 0n });
  expect(network.totals(pool)).toEqual([0n, 0n, 0n]);
  expect(network.svm.tokens(pool.vaults.rewardCommission)).toBe(830n);
  expect(network.svm.tokens(pool.vaults.stakedToken)).toBe(0n);
});

it('auto-staked commission of an empty closed pool belongs to the operator, with everything else', async () => {
  const args = { autoStakeFees: true, rewardCommissionRateBps: 1_000 };
  const { network, pool, delegator } = await staked(args, 10_000n, 5_000n);
  network.svm.run(closePool(network, pool));
  network.svm.run(await unstakeAll(network, pool.admin, pool), await unstakeAll(network, delegator, pool));
  await network.epoch(1n, { pool, rewardAmount: 30_000n, usdcAmount: 0n });
  expect(network.totals(pool)).toEqual([30_000n, 3_000n, 15_000n]);
  expect((await network.recordOf(pool.admin, pool)).shares).toBe(3_000n);
});

describe('the closing epoch (vector 15, as fixed)', async () => {
  const { network, pool, delegator } = await staked({ rewardCommissionRateBps: 1_000 }, 10_000n, 5_000n);
  const { svm } = network;
  const leaf = { pool, rewardAmount: 30_000n, usdcAmount: 3_000n };
  network.editOverview({ completedRewardEpoch: 5n });
  network.editPool(pool, { rewardLastClaimedEpoch: 5n });

  it('is the next one, or the one after while the next is finalizing; the operator waits for it', async () => {
    const open = await StakingNetwork.ready();
    const other = await open.pool('operator');
    open.editOverview({ completedRewardEpoch: 5n });
    open.editPool(other, { rewardLastClaimedEpoch: 5n });
    open.svm.run(await open.stake(other.admin, other, 10_000n), closePool(open, other));
    expect(open.state(other).closedAtEpoch).toBe(6n);
    open.svm.run(await unstake(open, other.admin, other, 10_000n));

    svm.run(network.mark(6n), closePool(network, pool));
    expect(network.state(pool).closedAtEpoch).toBe(7n);
    expect(svm.codeOf(await unstake(network, pool.admin, pool, 10_000n))).toBe(6041);
  });

  it('pays out although it is not the newest', async () => {
    await network.record(6n, leaf);
    expect(svm.codeOf(await unstake(network, pool.admin, pool, 10_000n))).toBe(6002);
    svm.run(await network.accrue(6n, leaf));
    expect(network.totals(pool)).toEqual([42_000n, 15_000n, 0n]);
    expect(network.state(pool).cumulativeUsdcPerShare).toBe(200_000_000_000_000_000n);
    await network.record(7n, leaf);
    await network.record(8n, leaf);
    expect(svm.codeOf(await unstake(network, delegator, pool, 5_000n))).toBe(6002);
    expect(svm.codeOf(await claimUsdc(network, delegator, pool))).toBe(6002);
    svm.run(await network.accrue(7n, leaf));
    expect(network.totals(pool)).toEqual([69_000n, 15_000n, 0n]);
    expect(network.state(pool).cumulativeUsdcPerShare).toBe(400_000_000_000_000_000n);
    expect(svm.tokens(pool.vaults.rewardCommission)).toBe(6_000n);
    expect(svm.tokens(pool.vaults.delegatorUsdc)).toBe(6_000n);
    expect(svm.codeOf(await network.accrue(8n, leaf))).toBe(6008);
  });

  it('leaves everybody their stake', async () => {
    svm.run(await unstake(network, delegator, pool, 5_000n));
    svm.run(await unstake(network, pool.admin, pool, 10_000n));
    svm.run(await claimUnstake(network, delegator, pool), await claimUnstake(network, pool.admin, pool));
    expect(svm.tokens(network.walletOf(delegator))).toBe(10n ** 18n - 5_000n + 23_000n);
    expect(svm.tokens(network.walletOf(pool.admin))).toBe(10n ** 18n - 10_000n + 46_000n);
    expect(await network.recordOf(delegator, pool)).toMatchObject({ shares: 0n, accruedUsdcEarnings: 2_000n });
    expect(await network.recordOf(pool.admin, pool)).toMatchObject({ shares: 0n, accruedUsdcEarnings: 4_000n });
  });

  it('keeps settled USDC out of the sweep, and pays it to its owners long after the pool is final', async () => {
    const { events } = svm.run(sweep(network, pool));
    expect(decodeSweepClosedPoolUsdcDustEvent(events[0] as Uint8Array)).toEqual({
      instructionIndex: 0,
      operatorPool: pool.address,
      epoch: 9n,
      admin: pool.admin,
      usdcAmountSwept: 0n,
    });
    svm.run(await claimUsdc(network, delegator, pool));
    expect(svm.tokens(usdcOf(network, delegator))).toBe(2_000n);
    // A gift to the vault is nobody's: the sweep takes that, and not what the operator has left there.
    gift(network, pool, 11n);
    svm.run(sweep(network, pool));
    expect(svm.tokens(usdcOf(network, pool.admin))).toBe(11n);
    svm.run(await claimUsdc(network, pool.admin, pool));
    expect(svm.tokens(usdcOf(network, pool.admin))).toBe(4_011n);
  });

  it('ends with the vault closed, once nobody is owed anything', async () => {
    svm.run(sweep(network, pool));
    expect(svm.exists(pool.vaults.delegatorUsdc)).toBe(false);
    expect(svm.codeOf(sweep(network, pool))).toBe(3012);
    svm.run(await closeRecord(network, delegator, pool), await closeRecord(network, pool.admin, pool));
  });
});

/** Add USDC to a pool's vault as a stranger's transfer would, leaving its other fields. */
function gift({ svm }: StakingNetwork, pool: Pool, amount: bigint): void {
  const data = svm.data(pool.vaults.delegatorUsdc);
  const view = new DataView(data.buffer);
  view.setBigUint64(64, view.getBigUint64(64, true) + amount, true);
  const account = svm.vm.getAccount(pool.vaults.delegatorUsdc);
  if (account.exists) svm.put(pool.vaults.delegatorUsdc, data, account.programAddress, account.lamports);
}

it('earnings settled while the pool was open survive its end', async () => {
  const { network, pool, delegator } = await staked({}, 10_000n, 5_000n);
  const { svm } = network;
  await network.epoch(1n, { pool, rewardAmount: 0n, usdcAmount: 1_500n });
  // Settled by leaving while open, then claimed in part: a claim that pays settled and unsettled USDC at once.
  svm.run(await unstakeAll(network, delegator, pool), await claimUnstake(network, delegator, pool));
  svm.run(await unstake(network, pool.admin, pool, 4_000n));
  svm.run(closePool(network, pool));
  await network.epoch(2n, { pool, rewardAmount: 0n, usdcAmount: 600n });
  svm.run(await claimUsdc(network, pool.admin, pool));
  expect(svm.tokens(usdcOf(network, pool.admin))).toBe(1_600n);
  svm.run(await unstakeAll(network, pool.admin, pool), await claimUnstake(network, pool.admin, pool));
  await recordWithout(network, pool, 3n);
  svm.run(sweep(network, pool));
  expect(svm.tokens(usdcOf(network, pool.admin))).toBe(1_600n);
  svm.run(await claimUsdc(network, delegator, pool));
  expect(svm.tokens(usdcOf(network, delegator))).toBe(500n);
  svm.run(sweep(network, pool));
  expect(svm.exists(pool.vaults.delegatorUsdc)).toBe(false);
});

it('a sweep before the closing epoch is accrued leaves the vault that it needs', async () => {
  const { network, pool, delegator } = await staked({}, 10_000n, 5_000n);
  const { svm } = network;
  svm.run(closePool(network, pool));
  for (const owner of [pool.admin, delegator]) {
    svm.run(await unstakeAll(network, owner, pool), await claimUnstake(network, owner, pool));
  }
  const leaf = { pool, rewardAmount: 9n, usdcAmount: 40n };
  await network.record(1n, leaf);
  expect(svm.codeOf(sweep(network, pool))).toBe(6039);
  await recordWithout(network, pool, 2n);
  gift(network, pool, 3n);
  svm.run(sweep(network, pool));
  expect(svm.tokens(usdcOf(network, pool.admin))).toBe(3n);
  svm.run(await network.accrue(1n, leaf));
  svm.run(sweep(network, pool));
  expect(svm.tokens(usdcOf(network, pool.admin))).toBe(43n);
  expect(svm.exists(pool.vaults.delegatorUsdc)).toBe(false);
});

describe('a closed pool that was left out of its closing epoch', () => {
  async function leftOut() {
    const { network, pool, delegator } = await staked({ rewardCommissionRateBps: 1_000 }, 10_000n, 5_000n);
    await network.record(1n, { pool, rewardAmount: 1_500n, usdcAmount: 300n });
    network.svm.run(closePool(network, pool));
    await recordWithout(network, pool, 2n);
    await recordWithout(network, pool, 3n);
    return { network, pool, delegator, earlier: { pool, rewardAmount: 1_500n, usdcAmount: 300n } };
  }

  it('is let out by its admin, and its stake can leave', async () => {
    const { network, pool, delegator, earlier } = await leftOut();
    const { svm } = network;
    svm.run(await network.accrue(1n, earlier));
    expect(svm.codeOf(await unstakeAll(network, delegator, pool))).toBe(6002);
    svm.run(await bypass(network, pool, 2n), await network.accrue(2n, { pool, rewardAmount: 0n, usdcAmount: 0n }));
    svm.run(await unstakeAll(network, delegator, pool), await claimUnstake(network, delegator, pool));
    expect(svm.tokens(network.walletOf(delegator))).toBe(10n ** 18n + 450n);
    await recordWithout(network, pool, 4n);
    expect(svm.codeOf(await bypass(network, pool, 3n))).toBe(6008);
  });

  it('is let out by the reward authority when the admin is gone or the pool halted, and by no stranger', async () => {
    const { network, pool, delegator, earlier } = await leftOut();
    const { svm } = network;
    svm.run(halt(network, pool), await network.accrue(1n, earlier));
    expect(svm.codeOf(await bypass(network, pool, 2n))).toBe(6010);
    expect(svm.codeOf(await bypass(network, pool, 2n, delegator))).toBe(2001);
    svm.run(await bypass(network, pool, 2n, REWARD_AUTHORITY));
    svm.run(await network.accrue(2n, { pool, rewardAmount: 0n, usdcAmount: 0n }));
    svm.run(await unstakeAll(network, delegator, pool));
  });

  it('still pays what earlier epochs accrued, on a second call for the closing epoch, before anybody leaves', async () => {
    const { network, pool, delegator, earlier } = await leftOut();
    const { svm } = network;
    svm.run(await network.accrue(1n, earlier), await bypass(network, pool, 2n));
    expect(svm.codeOf(await unstakeAll(network, delegator, pool))).toBe(6002);
    expect(network.state(pool)).toMatchObject({ accruedRewards: 1_350n, accruedRewardCommission: 150n });
    const nothing = { pool, rewardAmount: 0n, usdcAmount: 0n };
    expect(svm.codeOf(await network.accrue(2n, { ...nothing, rewardAmount: 1n }))).toBe(6009);
    expect(svm.codeOf(await network.accrue(2n, { ...nothing, usdcAmount: 1n }))).toBe(6009);
    expect(svm.codeOf(await network.accrue(1n, nothing))).toBe(2003);
    svm.run(await network.accrue(2n, nothing));
    expect(network.totals(pool)).toEqual([16_350n, 15_000n, 0n]);
    expect(network.state(pool)).toMatchObject({ accruedRewards: 0n, rewardLastClaimedEpoch: 2n });
    expect(svm.tokens(pool.vaults.rewardCommission)).toBe(150n);
    expect(svm.tokens(pool.vaults.delegatorUsdc)).toBe(300n);
    expect(svm.codeOf(await network.accrue(2n, nothing))).toBe(2003);
  });

  it('keeps its USDC vault while something accrued is unpaid', async () => {
    const { network, pool, delegator, earlier } = await leftOut();
    const { svm } = network;
    svm.run(await network.accrue(1n, earlier), await bypass(network, pool, 2n));
    // Nobody can leave before the payout: an empty pool with something unpaid has to be put together.
    const empty = { shares: 0n };
    await network.editRecord(pool.admin, pool, empty);
    await network.editRecord(delegator, pool, empty);
    network.editPool(pool, { totalShares: 0n, totalStakedAmount: 0n });
    svm.putTokens(pool.vaults.stakedToken, TOKEN_MINT, pool.address, 0n);
    svm.run(sweep(network, pool));
    svm.run(await network.accrue(2n, { pool, rewardAmount: 0n, usdcAmount: 0n }), sweep(network, pool));
    expect(svm.tokens(usdcOf(network, pool.admin))).toBe(300n);
    expect(svm.exists(pool.vaults.delegatorUsdc)).toBe(false);
    expect(svm.tokens(pool.vaults.rewardCommission)).toBe(1_500n);
  });

  it('releases stake that no share owns before anybody can cancel into it', async () => {
    const { network, pool, delegator } = await staked({}, 10_000n, 5_000n);
    const { svm } = network;
    svm.run(await unstakeAll(network, pool.admin, pool), await unstakeAll(network, delegator, pool));
    await network.epoch(1n, { pool, rewardAmount: 800n, usdcAmount: 0n });
    svm.run(closePool(network, pool));
    await recordWithout(network, pool, 2n);
    await recordWithout(network, pool, 3n);
    svm.run(await bypass(network, pool, 2n));
    expect(svm.codeOf(await cancelUnstake(network, delegator, pool))).toBe(6002);
    svm.run(await network.accrue(2n, { pool, rewardAmount: 0n, usdcAmount: 0n }));
    expect(svm.tokens(pool.vaults.rewardCommission)).toBe(800n);
    svm.run(await cancelUnstake(network, delegator, pool));
    expect(network.totals(pool)).toEqual([5_000n, 5_000n, 10_000n]);
  });
});

it('a pool in an open epoch is bypassed by its admin alone', async () => {
  const { network, pool } = await staked({}, 10n, 5n);
  await recordWithout(network, pool, 1n);
  await recordWithout(network, pool, 2n);
  expect(network.svm.codeOf(await bypass(network, pool, 1n, REWARD_AUTHORITY))).toBe(2001);
  network.svm.run(await bypass(network, pool, 1n));
});

describe('sweep_closed_pool_usdc_dust is refused', () => {
  it('in the order of the rules', async () => {
    const { network, pool, delegator } = await staked({}, 10n, 5n);
    const { svm } = network;
    expect(svm.codeOf(sweep(network, pool))).toBe(6039);
    expect(svm.codeOf(sweep(network, { ...pool, admin: delegator }))).toBe(2001);
    svm.run(closePool(network, pool));
    expect(svm.codeOf(sweep(network, pool))).toBe(6039);
    await network.epoch(1n, { pool, rewardAmount: 0n, usdcAmount: 0n });
    expect(svm.codeOf(sweep(network, pool))).toBe(6039);
    await recordWithout(network, pool, 2n);
    expect(svm.codeOf(sweep(network, pool))).toBe(6040);
    svm.run(await unstakeAll(network, pool.admin, pool), await unstakeAll(network, delegator, pool));
    expect(svm.codeOf(sweep(network, pool))).toBe(6040);
    svm.run(await claimUnstake(network, pool.admin, pool), await claimUnstake(network, delegator, pool));
    expect(svm.codeOf(withAccount(sweep(network, pool), 3, network.walletOf(delegator)))).toBe(2003);
    svm.run(sweep(network, pool));
  });
});
