import { describe, expect, it } from 'vitest';
import { decodeSetHaltStatusEvent, decodeSlashStakeEvent } from '../../../programs/staking/client.generated.ts';
import { addressOf } from '../svm.ts';
import {
  appoint,
  cancelUnstake,
  changeRecord,
  claimUsdc,
  HALT_AUTHORITY,
  halt,
  SLASHED_TOKENS,
  SLASHED_USDC,
  SLASHING_AUTHORITY,
  slash,
  unstake,
  usdcOf,
} from './actions.ts';
import { asReadonly, withAccount } from './instruction-edits.ts';
import { StakingNetwork, TOKEN_MINT, USDC_MINT } from './network.ts';

const HALTED_AT = 1_000_000n;
const DELAY_SECONDS = 86_400n;

/** The pool of vector 12, halted. */
async function halted() {
  const network = await StakingNetwork.ready({ minOperatorTokenStake: 1_000n });
  appoint(network);
  const rates = { rewardCommissionRateBps: 1_000, usdcCommissionRateBps: 1_000 };
  const pool = await network.pool('operator', rates);
  const z = await network.delegator('z', pool);
  network.svm.run(await network.stake(pool.admin, pool, 600_000n), await network.stake(z, pool, 400_001n));
  await network.epoch(1n, { pool, rewardAmount: 250_000n, usdcAmount: 90_000n });
  network.svm.setUnixTimestamp(HALTED_AT);
  network.svm.run(halt(network, pool));
  return { network, pool, z };
}

describe('a slash', async () => {
  const { network, pool, z } = await halted();
  const { svm } = network;

  it('waits for the delay, then takes shares, settled USDC and all commission (vector 12)', async () => {
    expect(network.totals(pool)).toEqual([1_225_001n, 1_000_001n, 0n]);
    const { cumulativeUsdcPerShare } = network.state(pool);
    expect(cumulativeUsdcPerShare).toBe(80_999_919_000_080_999n);
    svm.setUnixTimestamp(HALTED_AT + DELAY_SECONDS - 1n);
    expect(svm.codeOf(slash(network, pool, 30_000n))).toBe(6047);
    svm.setUnixTimestamp(HALTED_AT + DELAY_SECONDS);
    const { events } = svm.run(slash(network, pool, 30_000n));
    expect(decodeSlashStakeEvent(events[0] as Uint8Array)).toEqual({
      instructionIndex: 0,
      operatorPool: pool.address,
      epoch: 2n,
      operatorStakingRecord: pool.record,
      authority: SLASHING_AUTHORITY,
      destination: SLASHED_TOKENS,
      destinationUsdc: SLASHED_USDC,
      sharesSlashed: 30_000n,
      tokenAmountSlashed: 36_749n,
      usdcConfiscated: 48_599n,
      rewardCommissionConfiscated: 25_000n,
      usdcCommissionConfiscated: 9_000n,
    });
    expect(network.totals(pool)).toEqual([1_188_252n, 970_001n, 0n]);
    expect(svm.tokens(pool.vaults.delegatorUsdc)).toBe(32_401n);
    expect([SLASHED_TOKENS, SLASHED_USDC].map((at) => svm.tokens(at))).toEqual([36_749n + 25_000n, 48_599n + 9_000n]);
    expect(await network.recordOf(pool.admin, pool)).toMatchObject({
      shares: 570_000n,
      lastSettledUsdcPerShare: cumulativeUsdcPerShare,
      accruedUsdcEarnings: 0n,
    });
    // What delegators own is untouched.
    svm.run(await claimUsdc(network, z, pool));
    expect(svm.tokens(usdcOf(network, z))).toBe(32_400n);
  });

  it('may take everything the operator has, and nothing of the others (vector 13)', async () => {
    const { events } = svm.run(slash(network, pool, 570_000n));
    expect(decodeSlashStakeEvent(events[0] as Uint8Array)).toMatchObject({
      tokenAmountSlashed: 698_250n,
      usdcConfiscated: 0n,
      rewardCommissionConfiscated: 0n,
      usdcCommissionConfiscated: 0n,
    });
    expect(network.totals(pool)).toEqual([490_002n, 400_001n, 0n]);
    expect(svm.codeOf(slash(network, pool, 1n))).toBe(6049);
    svm.run(halt(network, pool, false));
    expect(svm.codeOf(await network.stake(z, pool, 10n))).toBe(6003);
    expect(svm.codeOf(slash(network, pool, 1n))).toBe(6046);
    svm.run(await unstake(network, z, pool, 400_001n));
    expect(network.totals(pool)).toEqual([0n, 0n, 490_002n]);
  });
});

it('a slash of five hundredths takes their price', async () => {
  const { network, pool } = await halted();
  network.svm.setUnixTimestamp(HALTED_AT + DELAY_SECONDS);
  network.svm.run(slash(network, pool, 30_000n));
  expect(network.svm.tokens(pool.vaults.rewardCommission)).toBe(0n);
  expect(network.svm.tokens(SLASHED_TOKENS) - 25_000n).toBe((30_000n * 1_225_001n) / 1_000_001n);
});

it('a halt tells since when, and a second one starts the delay again', async () => {
  const { network, pool } = await halted();
  const { svm } = network;
  svm.setUnixTimestamp(HALTED_AT + DELAY_SECONDS);
  const { events } = svm.run(halt(network, pool));
  expect(decodeSetHaltStatusEvent(events[0] as Uint8Array)).toEqual({
    instructionIndex: 0,
    operatorPool: pool.address,
    epoch: 2n,
    isHalted: true,
  });
  expect(network.state(pool).haltedAtTimestamp).toBe(HALTED_AT + DELAY_SECONDS);
  expect(svm.codeOf(slash(network, pool, 1n))).toBe(6047);
  svm.run(halt(network, pool, false), halt(network, pool, false));
  expect(network.state(pool).haltedAtTimestamp).toBe(null);
  expect(svm.codeOf(withAccount(halt(network, pool), 0, SLASHING_AUTHORITY))).toBe(6016);
});

it('a halted pool cannot move the operator record, so that what a slash would take cannot leave', async () => {
  const { network, pool, z } = await halted();
  const { svm } = network;
  expect(svm.codeOf(await changeRecord(network, pool, z))).toBe(6010);
  expect(svm.codeOf(await unstake(network, pool.admin, pool, 1n))).toBe(6001);
  expect(svm.codeOf(await claimUsdc(network, pool.admin, pool))).toBe(6010);
  // Delegators of a halted pool come and go.
  svm.run(
    await unstake(network, z, pool, 5n),
    await cancelUnstake(network, z, pool),
    await claimUsdc(network, z, pool),
  );
  svm.run(halt(network, pool, false), await changeRecord(network, pool, z));
  expect(network.state(pool).operatorStakingRecord).not.toBe(pool.record);
});

describe('slash_stake is refused', () => {
  it('in the order of the rules', async () => {
    const { network, pool } = await halted();
    const { svm } = network;
    svm.run(halt(network, pool, false));
    expect(svm.codeOf(slash(network, pool, 0n))).toBe(6048);
    expect(svm.codeOf(slash(network, pool, 600_001n))).toBe(6046);
    svm.run(halt(network, pool));
    expect(svm.codeOf(slash(network, pool, 600_001n))).toBe(6049);
    expect(svm.codeOf(slash(network, pool, 600_000n))).toBe(6047);
    svm.setUnixTimestamp(HALTED_AT + DELAY_SECONDS);
    svm.putTokens(pool.vaults.delegatorUsdc, USDC_MINT, pool.address, 48_598n);
    expect(svm.codeOf(slash(network, pool, 600_000n))).toBe(6036);
    expect(svm.codeOf(withAccount(slash(network, pool, 1n), 0, HALT_AUTHORITY))).toBe(6017);
  });

  it('with destinations that are not the named ones, whatever their mint', async () => {
    const { network, pool } = await halted();
    const { svm } = network;
    const tokens = svm.putTokens(addressOf('other tokens'), TOKEN_MINT, pool.admin, 0n);
    const usdc = svm.putTokens(addressOf('other usdc'), USDC_MINT, pool.admin, 0n);
    const attempt = slash(network, pool, 1n);
    expect(svm.codeOf(withAccount(attempt, 8, tokens))).toBe(2012);
    expect(svm.codeOf(withAccount(attempt, 8, usdc))).toBe(2012);
    expect(svm.codeOf(withAccount(attempt, 9, tokens))).toBe(2003);
    expect(svm.codeOf(withAccount(attempt, 9, usdc))).toBe(2012);
    for (const index of [2, 3, 4, 5, 6, 7, 8, 9]) {
      expect(svm.codeOf(asReadonly(attempt, index)), `account ${index}`).toBe(2000);
    }
  });
});

it('a claim from a vault that does not cover it is refused', async () => {
  const { network, pool, z } = await halted();
  network.svm.putTokens(pool.vaults.delegatorUsdc, USDC_MINT, pool.address, 32_399n);
  expect(network.svm.codeOf(await claimUsdc(network, z, pool))).toBe(6036);
});
