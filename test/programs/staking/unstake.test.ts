import { describe, expect, it } from 'vitest';
import {
  decodeCancelUnstakeEvent,
  decodeClaimUnstakeEvent,
  decodeUnstakeEvent,
} from '../../../programs/staking/client.generated.ts';
import { appoint, cancelUnstake, claimUnstake, halt, recordAt, unstake } from './actions.ts';
import { StakingNetwork } from './network.ts';

describe('leaving after rewards', async () => {
  const network = await StakingNetwork.ready({ minOperatorTokenStake: 1_000n, delegatorUnstakeDelaySeconds: 600n });
  const { svm } = network;
  const pool = await network.pool('operator', { rewardCommissionRateBps: 1_000 });
  const delegator = await network.delegator('delegator', pool);
  const stakingRecord = await recordAt(network, delegator, pool);
  const told = { instructionIndex: 0, operatorPool: pool.address, epoch: 2n, stakingRecord, owner: delegator };

  it('gives the value of the shares rounded down, and restarts the delay for all of it (vector 4)', async () => {
    svm.run(await network.stake(pool.admin, pool, 1_000_000n));
    await network.epoch(1n, { pool, rewardAmount: 333_333n, usdcAmount: 0n });
    svm.run(await network.stake(delegator, pool, 100_000n));

    svm.setUnixTimestamp(1_000n);
    svm.run(await unstake(network, delegator, pool, 1n));
    expect(network.totals(pool)).toEqual([1_399_999n, 1_076_922n, 1n]);
    expect(await network.recordOf(delegator, pool)).toMatchObject({ unstakeAtTimestamp: 1_600n });
    svm.setUnixTimestamp(1_500n);
    const { events } = svm.run(await unstake(network, delegator, pool, 40_000n));
    expect(network.totals(pool)).toEqual([1_347_999n, 1_036_922n, 52_001n]);
    expect(await network.recordOf(delegator, pool)).toMatchObject({
      shares: 36_922n,
      tokensUnstakeAmount: 52_001n,
      unstakeAtTimestamp: 2_100n,
    });
    expect(decodeUnstakeEvent(events[0] as Uint8Array)).toEqual({
      ...told,
      isOperator: false,
      tokenAmount: 52_000n,
      sharesAmount: 40_000n,
      unstakeAtTimestamp: 2_100n,
    });
  });

  it('cancels at the price of today, after the epoch is accrued (vector 5)', async () => {
    const leaf = { pool, rewardAmount: 200_000n, usdcAmount: 0n };
    await network.record(2n, leaf);
    expect(svm.codeOf(await cancelUnstake(network, delegator, pool))).toBe(6002);
    svm.run(await network.accrue(2n, leaf));
    expect(network.totals(pool)).toEqual([1_527_999n, 1_036_922n, 52_001n]);
    const { events } = svm.run(await cancelUnstake(network, delegator, pool));
    expect(network.totals(pool)).toEqual([1_580_000n, 1_072_210n, 0n]);
    expect(await network.recordOf(delegator, pool)).toMatchObject({
      shares: 72_210n,
      tokensUnstakeAmount: 0n,
      unstakeAtTimestamp: 0n,
    });
    expect(decodeCancelUnstakeEvent(events[0] as Uint8Array)).toEqual({
      ...told,
      epoch: 3n,
      isOperator: false,
      tokenAmount: 52_001n,
      sharesAmount: 35_288n,
    });
  });

  it('cancels nothing as a no-op that still tells', async () => {
    const totals = network.totals(pool);
    const { events } = svm.run(await cancelUnstake(network, delegator, pool));
    expect(decodeCancelUnstakeEvent(events[0] as Uint8Array)).toMatchObject({ tokenAmount: 0n, sharesAmount: 0n });
    expect(network.totals(pool)).toEqual(totals);
  });
});

it('pays at the second the delay ends, to whoever sends it (vector 4)', async () => {
  const network = await StakingNetwork.ready({ delegatorUnstakeDelaySeconds: 600n });
  const { svm } = network;
  const pool = await network.pool('operator', { rewardCommissionRateBps: 1_000 });
  const delegator = await network.delegator('delegator', pool, 100_000n);
  svm.run(await network.stake(pool.admin, pool, 1_000_000n));
  await network.epoch(1n, { pool, rewardAmount: 333_333n, usdcAmount: 0n });
  svm.run(await network.stake(delegator, pool, 100_000n));
  svm.setUnixTimestamp(1_500n);
  svm.run(await unstake(network, delegator, pool, 1n), await unstake(network, delegator, pool, 40_000n));
  svm.setUnixTimestamp(2_099n);
  expect(svm.codeOf(await claimUnstake(network, delegator, pool))).toBe(6005);
  svm.setUnixTimestamp(2_100n);
  const { events } = svm.run(await claimUnstake(network, delegator, pool));
  expect(decodeClaimUnstakeEvent(events[0] as Uint8Array)).toEqual({
    instructionIndex: 0,
    operatorPool: pool.address,
    epoch: 2n,
    stakingRecord: await recordAt(network, delegator, pool),
    owner: delegator,
    isOperator: false,
    tokenAmount: 52_001n,
  });
  expect(svm.tokens(network.walletOf(delegator))).toBe(52_001n);
  expect(svm.tokens(pool.vaults.stakedToken)).toBe(1_347_999n);
  expect(network.totals(pool)).toEqual([1_347_999n, 1_036_922n, 0n]);
  expect(svm.codeOf(await claimUnstake(network, delegator, pool))).toBe(6004);
});

it('the last one out takes what is left (vector 6)', async () => {
  const network = await StakingNetwork.ready();
  const pool = await network.pool('operator');
  const delegator = await network.delegator('delegator', pool);
  network.svm.run(await network.stake(pool.admin, pool, 3n), await network.stake(delegator, pool, 4n));
  await network.epoch(1n, { pool, rewardAmount: 10n, usdcAmount: 0n });
  expect(network.totals(pool)).toEqual([17n, 7n, 0n]);
  network.svm.run(await unstake(network, delegator, pool, 4n));
  expect(network.totals(pool)).toEqual([8n, 3n, 9n]);
  network.svm.run(await unstake(network, pool.admin, pool, 3n));
  expect(network.totals(pool)).toEqual([0n, 0n, 17n]);
});

it('the operator waits its own delay and keeps the minimum', async () => {
  const delays = { operatorUnstakeDelaySeconds: 50n, delegatorUnstakeDelaySeconds: 7n };
  const network = await StakingNetwork.ready({ minOperatorTokenStake: 1_000n, ...delays });
  const pool = await network.pool('operator');
  network.svm.setUnixTimestamp(100n);
  network.svm.run(await network.stake(pool.admin, pool, 1_500n));
  expect(network.svm.codeOf(await unstake(network, pool.admin, pool, 501n))).toBe(6003);
  network.svm.run(await unstake(network, pool.admin, pool, 500n));
  expect(await network.recordOf(pool.admin, pool)).toMatchObject({ unstakeAtTimestamp: 150n });
  // A raised minimum holds back even what has cooled down; cancelling stays possible.
  network.svm.setUnixTimestamp(150n);
  network.svm.run(network.update({ minOperatorTokenStake: 1_001n }));
  expect(network.svm.codeOf(await claimUnstake(network, pool.admin, pool))).toBe(6003);
  network.svm.run(await cancelUnstake(network, pool.admin, pool));
  expect(network.totals(pool)).toEqual([1_500n, 1_500n, 0n]);
});

describe('refusals come in the order of the rules', () => {
  async function crossed() {
    const network = await StakingNetwork.ready();
    appoint(network);
    const pool = await network.pool('operator');
    const delegator = await network.delegator('delegator', pool);
    network.svm.run(await network.stake(pool.admin, pool, 1_000n), await network.stake(delegator, pool, 1_000n));
    return { network, pool, delegator };
  }

  it('of unstake', async () => {
    const { network, pool, delegator } = await crossed();
    const { svm } = network;
    svm.run(halt(network, pool), network.update({ isWithdrawalHalted: true, isStakingHalted: true }));
    network.editOverview({ completedRewardEpoch: 1n });
    const code = async (owner = pool.admin, shares = 1_001n) => svm.codeOf(await unstake(network, owner, pool, shares));
    expect(await code(pool.admin, 0n)).toBe(6011);
    svm.run(network.update({ isStakingHalted: false }));
    expect(await code(pool.admin, 0n)).toBe(6048);
    expect(await code()).toBe(6001);
    expect(await code(delegator)).toBe(6012);
    svm.run(network.update({ isWithdrawalHalted: false }));
    expect(await code(delegator)).toBe(6002);
    network.editPool(pool, { rewardLastClaimedEpoch: 1n });
    expect(await code(delegator)).toBe(2506);
    svm.run(await unstake(network, delegator, pool, 1_000n));
  });

  it('of claim_unstake', async () => {
    const { network, pool, delegator } = await crossed();
    const { svm } = network;
    svm.setUnixTimestamp(5n);
    svm.run(halt(network, pool), network.update({ isWithdrawalHalted: true, isStakingHalted: true }));
    await network.editRecord(delegator, pool, { unstakeAtTimestamp: 6n });
    network.editOverview({ completedRewardEpoch: 1n });
    const code = async (owner = delegator) => svm.codeOf(await claimUnstake(network, owner, pool));
    expect(await code(pool.admin)).toBe(6001);
    expect(await code()).toBe(6012);
    svm.run(network.update({ isWithdrawalHalted: false }));
    expect(await code()).toBe(6002);
    network.editPool(pool, { rewardLastClaimedEpoch: 1n });
    expect(await code()).toBe(6005);
    svm.setUnixTimestamp(6n);
    expect(await code()).toBe(6004);
  });

  it('of nothing else than accrual for cancel_unstake', async () => {
    const { network, pool, delegator } = await crossed();
    network.svm.run(await unstake(network, delegator, pool, 400n));
    network.svm.run(halt(network, pool), network.update({ isWithdrawalHalted: true, isStakingHalted: true }));
    network.editPool(pool, { closedAtEpoch: 1n, allowDelegation: false });
    network.svm.run(await cancelUnstake(network, delegator, pool));
    expect(network.totals(pool)).toEqual([2_000n, 2_000n, 0n]);
  });
});

it('a delay beyond 63 bits aborts instead of unlocking at once', async () => {
  const network = await StakingNetwork.ready({ delegatorUnstakeDelaySeconds: 2n ** 63n });
  const pool = await network.pool('operator');
  const delegator = await network.delegator('delegator', pool);
  network.svm.run(await network.stake(pool.admin, pool, 10n), await network.stake(delegator, pool, 10n));
  const { failure } = network.svm.send(await unstake(network, delegator, pool, 1n));
  expect(failure).not.toBe(null);
  expect(failure?.code).toBe(null);
});
