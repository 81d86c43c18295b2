import { describe, expect, it } from 'vitest';
import {
  decodeChangeOperatorAdminEvent,
  decodeChangeOperatorStakingRecordEvent,
  decodeUpdateOperatorPoolEvent,
  decodeWithdrawOperatorRewardCommissionEvent,
  decodeWithdrawOperatorUsdcCommissionEvent,
} from '../../../programs/staking/client.generated.ts';
import { addressOf } from '../svm.ts';
import {
  appoint,
  bypass,
  changeAdmin,
  changeRecord,
  claimUsdc,
  closePool,
  closeRecord,
  halt,
  recordAt,
  unstake,
  updatePool,
  usdcOf,
  withdrawRewards,
  withdrawUsdc,
} from './actions.ts';
import { withAccount, withoutSignature } from './instruction-edits.ts';
import { type Pool, StakingNetwork } from './network.ts';

async function open(settings = {}, args = {}) {
  const network = await StakingNetwork.ready(settings);
  appoint(network);
  return { network, pool: await network.pool('operator', args) };
}

describe('update_operator_pool', () => {
  it('changes what is given, leaves the rest, and tells', async () => {
    const { network, pool } = await open(
      {},
      { description: 'a longer description', operatorAuthKeys: [addressOf('k')] },
    );
    const texts = { name: '', description: 'short', websiteUrl: 'https://example.org', operatorAuthKeys: [] };
    const { events } = network.svm.run(updatePool(network, pool, { ...texts, allowDelegation: false }));
    expect(network.state(pool)).toMatchObject({ ...texts, allowDelegation: false, autoStakeFees: false });
    expect(decodeUpdateOperatorPoolEvent(events[0] as Uint8Array)).toEqual({
      instructionIndex: 0,
      operatorPool: pool.address,
      epoch: 1n,
    });
    network.svm.run(updatePool(network, pool, { autoStakeFees: true, avatarImageUrl: 'http://a' }));
    expect(network.state(pool)).toMatchObject({ ...texts, autoStakeFees: true, avatarImageUrl: 'http://a' });
  });

  it('announces rates, withdraws them, and refuses what is above 100 %', async () => {
    const { network, pool } = await open();
    const { svm } = network;
    const reward = (rateBps: number | null) => updatePool(network, pool, { newRewardCommissionRateBps: { rateBps } });
    const usdc = (rateBps: number | null) => updatePool(network, pool, { newUsdcCommissionRateBps: { rateBps } });
    svm.run(reward(10_000), usdc(1));
    const announced = { newRewardCommissionRateBps: 10_000, newUsdcCommissionRateBps: 1, rewardCommissionRateBps: 0 };
    expect(network.state(pool)).toMatchObject(announced);
    expect([svm.codeOf(reward(10_001)), svm.codeOf(usdc(10_001))]).toEqual([6037, 6037]);
    svm.run(reward(null));
    expect(network.state(pool)).toMatchObject({ newRewardCommissionRateBps: null, newUsdcCommissionRateBps: 1 });
  });

  it.each([
    ['six keys', { operatorAuthKeys: [1, 2, 3, 4, 5, 6].map((n) => addressOf(`${n}`)) }, 6019],
    ['a key twice', { operatorAuthKeys: [1, 1].map((n) => addressOf(`${n}`)) }, 6020],
    ['a long name', { name: 'x'.repeat(65) }, 6028],
    ['a long description', { description: 'x'.repeat(201) }, 6029],
    ['a long website address', { websiteUrl: `https://${'x'.repeat(57)}` }, 6030],
    ['a long picture address', { avatarImageUrl: `https://${'x'.repeat(121)}` }, 6031],
    ['another kind of website', { websiteUrl: 'ftp://x' }, 6032],
    ['an empty picture address', { avatarImageUrl: '' }, 6033],
  ])('refuses %s', async (_, changes, code) => {
    const { network, pool } = await open();
    expect(network.svm.codeOf(updatePool(network, pool, changes))).toBe(code);
  });

  it('works on a halted, closed pool while an epoch is finalizing, for its admin alone', async () => {
    const { network, pool } = await open();
    network.svm.run(network.mark(1n), closePool(network, pool), halt(network, pool));
    network.svm.run(updatePool(network, pool, { name: 'still here' }));
    expect(network.svm.codeOf(updatePool(network, { ...pool, admin: addressOf('x') }, {}))).toBe(2001);
  });
});

it('a new admin signs, and gets neither another pool address nor the operator record', async () => {
  const { network, pool } = await open();
  const heir = addressOf('heir');
  const change = changeAdmin(network, pool, heir);
  expect(network.svm.codeOf(withoutSignature(change, 1))).toBe(3010);
  network.svm.run(network.mark(1n));
  expect(network.svm.codeOf(change)).toBe(6026);
  network.svm.run(await network.createReward(1n, [], 0n, 0n));
  const { events } = network.svm.run(change);
  expect(decodeChangeOperatorAdminEvent(events[0] as Uint8Array)).toEqual({
    instructionIndex: 0,
    operatorPool: pool.address,
    epoch: 2n,
    oldAdmin: pool.admin,
    newAdmin: heir,
  });
  expect(network.state(pool)).toMatchObject({ admin: heir, initialPoolAdmin: pool.admin });
  expect(network.state(pool).operatorStakingRecord).toBe(pool.record);
  expect(network.svm.codeOf(change)).toBe(2001);
});

describe('change_operator_staking_record', () => {
  it('needs the minimum in the new record, and makes the old one a delegator', async () => {
    const { network, pool } = await open({ minOperatorTokenStake: 1_000n, delegatorUnstakeDelaySeconds: 5n });
    const { svm } = network;
    const second = await network.delegator('second', pool);
    svm.run(await network.stake(pool.admin, pool, 1_000n), await network.stake(second, pool, 999n));
    expect(svm.codeOf(await changeRecord(network, pool, second))).toBe(6003);
    svm.run(await network.stake(second, pool, 1n));
    const { events } = svm.run(await changeRecord(network, pool, second));
    expect(decodeChangeOperatorStakingRecordEvent(events[0] as Uint8Array)).toEqual({
      instructionIndex: 0,
      operatorPool: pool.address,
      epoch: 1n,
      admin: pool.admin,
      oldStakingRecord: pool.record,
      newStakingRecord: await recordAt(network, second, pool),
    });
    const moved: Pool = { ...pool, record: await recordAt(network, second, pool) };
    svm.run(await unstake(network, pool.admin, moved, 1_000n));
    expect(svm.codeOf(await unstake(network, second, moved, 1n))).toBe(6003);
  });

  it('refuses records of others, of other pools and unsigned ones', async () => {
    const { network, pool } = await open();
    const second = await network.delegator('second', pool);
    const other = await network.pool('other operator');
    const change = await changeRecord(network, pool, second);
    expect(network.svm.codeOf(withAccount(change, 0, second))).toBe(2001);
    expect(network.svm.codeOf(withAccount(change, 4, other.record))).toBe(2001);
    expect(network.svm.codeOf(withAccount(change, 4, await recordAt(network, second, pool)))).toBe(2012);
    expect(network.svm.codeOf(withAccount(change, 5, pool.record))).toBe(2006);
    expect(network.svm.codeOf(withoutSignature(change, 1))).toBe(3010);
  });
});

it('commission is withdrawn whole, also from a closed pool, but from no halted one', async () => {
  const { network, pool } = await open({}, { rewardCommissionRateBps: 1_000, usdcCommissionRateBps: 2_000 });
  const { svm } = network;
  svm.run(await network.stake(pool.admin, pool, 1_000n), closePool(network, pool));
  await network.epoch(1n, { pool, rewardAmount: 500n, usdcAmount: 70n });
  const [rewards, usdc] = [withdrawRewards(network, pool), withdrawUsdc(network, pool)];
  svm.run(halt(network, pool));
  expect([svm.codeOf(rewards), svm.codeOf(usdc)]).toEqual([6010, 6010]);
  svm.run(network.update({ isWithdrawalHalted: true }));
  expect([svm.codeOf(rewards), svm.codeOf(usdc)]).toEqual([6012, 6012]);
  svm.run(network.update({ isWithdrawalHalted: false }), halt(network, pool, false));
  // A destination of another mint fails in the token program.
  expect(svm.codeOf(withAccount(rewards, 4, usdcOf(network, pool.admin)))).toBe(3);
  expect(svm.codeOf(withAccount(usdc, 0, addressOf('x')))).toBe(2001);
  const told = { instructionIndex: 0, operatorPool: pool.address, epoch: 2n, admin: pool.admin };
  expect(decodeWithdrawOperatorRewardCommissionEvent(svm.run(rewards).events[0] as Uint8Array)).toEqual({
    ...told,
    destination: network.walletOf(pool.admin),
    rewardAmountWithdrawn: 50n,
  });
  expect(decodeWithdrawOperatorUsdcCommissionEvent(svm.run(usdc).events[0] as Uint8Array)).toEqual({
    ...told,
    destination: usdcOf(network, pool.admin),
    usdcAmountWithdrawn: 14n,
  });
  expect(svm.tokens(usdcOf(network, pool.admin))).toBe(14n);
  svm.run(rewards, usdc);
});

describe('close_staking_record', () => {
  it('pays the lamports to the receiver and leaves nothing; the record may come again, with no claim on the past', async () => {
    const { network, pool } = await open();
    const { svm } = network;
    const owner = await network.delegator('delegator', pool);
    const at = await recordAt(network, owner, pool);
    svm.run(await network.stake(pool.admin, pool, 10n), await closeRecord(network, owner, pool));
    expect(svm.exists(at)).toBe(false);
    expect(svm.vm.getBalance(addressOf(`receiver of ${owner}`))).toBe(3_514_800n);
    await network.epoch(1n, { pool, rewardAmount: 0n, usdcAmount: 100n });
    svm.run(await network.createRecord(owner, pool));
    expect((await network.recordOf(owner, pool)).lastSettledUsdcPerShare).toBe(10n * 10n ** 18n);
  });

  it('refuses a record with shares, with cooling tokens, with USDC, and as its own receiver', async () => {
    const { network, pool } = await open();
    const { svm } = network;
    const owner = await network.delegator('delegator', pool);
    const close = await closeRecord(network, owner, pool);
    svm.run(await network.stake(owner, pool, 10n));
    expect(svm.codeOf(close)).toBe(6021);
    await network.epoch(1n, { pool, rewardAmount: 0n, usdcAmount: 100n });
    svm.run(await unstake(network, owner, pool, 10n));
    expect(svm.codeOf(close)).toBe(6021);
    await network.editRecord(owner, pool, { tokensUnstakeAmount: 0n });
    expect(svm.codeOf(close)).toBe(6034);
    svm.run(await claimUsdc(network, owner, pool));
    expect(svm.codeOf(withAccount(close, 0, await recordAt(network, owner, pool)))).toBe(2011);
    svm.run(close);
  });

  it('judges a record by its own pool alone, so that no operator record goes under delegators', async () => {
    const { network, pool } = await open();
    const { svm } = network;
    const other = await network.pool('other operator');
    const delegator = await network.delegator('delegator', pool);
    svm.run(await network.stake(delegator, pool, 10n));
    expect(svm.codeOf(await closeRecord(network, pool.admin, pool))).toBe(6040);
    expect(svm.codeOf(await closeRecord(network, pool.admin, pool, other))).toBe(2001);
    svm.run(await unstake(network, delegator, pool, 10n));
  });
});

describe('accrue_reward_emergency_bypass', () => {
  it('skips an epoch, not what earlier ones accrued nor the pending rate (vector 16)', async () => {
    const { network, pool } = await open({}, { rewardCommissionRateBps: 1_000 });
    const { svm } = network;
    svm.run(await network.stake(pool.admin, pool, 1_000_000n));
    const leaf = (rewardAmount: bigint) => ({ pool, rewardAmount, usdcAmount: 0n });
    await network.record(1n, leaf(100_000n));
    await network.record(2n, leaf(200_000n));
    svm.run(await network.accrue(1n, leaf(100_000n)));
    const pending = { accruedRewards: 90_000n, accruedRewardCommission: 10_000n };
    expect(network.state(pool)).toMatchObject(pending);
    svm.run(updatePool(network, pool, { newRewardCommissionRateBps: { rateBps: 2_000 } }));
    expect(svm.codeOf(await bypass(network, pool, 2n))).toBe(3012);
    await network.record(3n, leaf(300_000n));
    network.editOverview({ unclaimedRewards: 600_000n });
    svm.run(await bypass(network, pool, 2n));
    expect(network.state(pool)).toMatchObject({ ...pending, rewardLastClaimedEpoch: 2n });
    svm.run(await network.accrue(3n, leaf(300_000n)));
    expect(network.totals(pool)).toEqual([1_360_000n, 1_000_000n, 0n]);
    expect(svm.tokens(pool.vaults.rewardCommission)).toBe(40_000n);
    expect(network.state(pool).rewardCommissionRateBps).toBe(2_000);
    expect(network.overview().unclaimedRewards).toBe(200_000n);
  });

  it('goes on from 0 to 6 with seven records, and no further', async () => {
    const { network, pool } = await open();
    for (let epoch = 1n; epoch <= 7n; epoch += 1n) {
      network.svm.run(network.mark(epoch), await network.createReward(epoch, [], 0n, 0n));
    }
    expect(network.svm.codeOf(await bypass(network, pool, 2n))).toBe(6042);
    for (let epoch = 1n; epoch <= 6n; epoch += 1n) network.svm.run(await bypass(network, pool, epoch));
    const seventh = await bypass(network, pool, 6n);
    expect(network.svm.codeOf(seventh)).toBe(6042);
    expect(network.state(pool).rewardLastClaimedEpoch).toBe(6n);
  });

  it('is refused to others and to a halted or final pool', async () => {
    const { network, pool } = await open();
    for (const epoch of [1n, 2n, 3n]) {
      network.svm.run(network.mark(epoch), await network.createReward(epoch, [], 0n, 0n));
    }
    const skip = await bypass(network, pool, 1n);
    expect(network.svm.codeOf(withAccount(skip, 0, addressOf('x')))).toBe(2001);
    expect(network.svm.codeOf(withAccount(skip, 4, skip.accounts[3]?.address ?? pool.address))).toBe(6042);
    network.svm.run(halt(network, pool));
    expect(network.svm.codeOf(skip)).toBe(6010);
    network.svm.run(halt(network, pool, false));
    network.editPool(pool, { closedAtEpoch: 0n });
    expect(network.svm.codeOf(skip)).toBe(6008);
  });
});

describe('close_operator_pool', () => {
  it('is for ever, for the admin, and not while halted', async () => {
    const { network, pool } = await open();
    network.svm.run(halt(network, pool));
    expect(network.svm.codeOf(closePool(network, pool))).toBe(6010);
    network.svm.run(halt(network, pool, false));
    expect(network.svm.codeOf(closePool(network, { ...pool, admin: addressOf('x') }))).toBe(2001);
    network.svm.run(closePool(network, pool));
    expect(network.svm.codeOf(closePool(network, pool))).toBe(6008);
    expect(network.overview().totalPools).toBe(1n);
    expect(network.svm.codeOf(await network.stake(pool.admin, pool, 1n))).toBe(6008);
  });
});
