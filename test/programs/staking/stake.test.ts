import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeStakeEvent } from '../../../programs/staking/client.generated.ts';
import { findStakingRecord } from '../../../programs/staking/pda.ts';
import { addressOf } from '../svm.ts';
import { asReadonly, withAccount, withoutSignature } from './instruction-edits.ts';
import { type Pool, StakingNetwork, TOKEN_MINT, USDC_MINT } from './network.ts';

const NOBODY = addressOf('nobody');
const U64_MAX = 2n ** 64n - 1n;
const USDC_PRECISION = 10n ** 18n;

describe('stake', () => {
  it('needs the operator at the minimum first (vector 1)', async () => {
    const network = await StakingNetwork.ready({ minOperatorTokenStake: 1_000n });
    const pool = await network.pool('operator');
    const delegator = await network.delegator('delegator', pool);
    expect(network.svm.codeOf(await network.stake(pool.admin, pool, 999n))).toBe(6003);
    expect(network.svm.codeOf(await network.stake(delegator, pool, 5_000n))).toBe(6003);
    network.svm.run(await network.stake(pool.admin, pool, 1_000_000n));
    expect(network.totals(pool)).toEqual([1_000_000n, 1_000_000n, 0n]);
    expect((await network.recordOf(pool.admin, pool)).shares).toBe(1_000_000n);
    expect(network.svm.tokens(pool.vaults.stakedToken)).toBe(1_000_000n);
  });

  it('buys shares at the price after rewards (vector 2)', async () => {
    const network = await StakingNetwork.ready({ minOperatorTokenStake: 1_000n });
    const pool = await network.pool('operator', { rewardCommissionRateBps: 1_000 });
    network.svm.run(await network.stake(pool.admin, pool, 1_000_000n));
    await network.epoch(1n, { pool, rewardAmount: 333_333n, usdcAmount: 0n });
    expect(network.totals(pool)).toEqual([1_300_000n, 1_000_000n, 0n]);
    expect(network.svm.tokens(pool.vaults.rewardCommission)).toBe(33_333n);
    expect(network.svm.tokens(pool.vaults.stakedToken)).toBe(1_300_000n);
    const delegator = await network.delegator('delegator', pool);
    network.svm.run(await network.stake(delegator, pool, 100_000n));
    expect((await network.recordOf(delegator, pool)).shares).toBe(76_923n);
    expect(network.totals(pool)).toEqual([1_400_000n, 1_076_923n, 0n]);
  });

  it('refuses an amount that buys no share, instead of keeping it (vector 3, as fixed)', async () => {
    const network = await StakingNetwork.ready();
    const pool = await network.pool('operator');
    const delegator = await network.delegator('delegator', pool);
    network.svm.run(await network.stake(pool.admin, pool, 1_000n));
    network.editPool(pool, { totalStakedAmount: 2_500n });
    expect(network.svm.codeOf(await network.stake(delegator, pool, 2n))).toBe(6048);
    expect(network.totals(pool)).toEqual([2_500n, 1_000n, 0n]);
    network.svm.run(await network.stake(delegator, pool, 3n));
    expect(network.totals(pool)).toEqual([2_503n, 1_001n, 0n]);
  });

  it('tells who staked what', async () => {
    const network = await StakingNetwork.ready();
    const pool = await network.pool('operator');
    const delegator = await network.delegator('delegator', pool);
    const operatorStake = await network.stake(pool.admin, pool, 700n);
    const outcome = network.svm.run(operatorStake, await network.stake(delegator, pool, 300n));
    const owners = [
      { owner: pool.admin, stakingRecord: pool.record, isOperator: true, tokenAmount: 700n },
      {
        owner: delegator,
        stakingRecord: await findStakingRecord(pool.address, delegator),
        isOperator: false,
        tokenAmount: 300n,
      },
    ];
    expect(outcome.events.map(decodeStakeEvent)).toEqual(
      owners.map((fields, instructionIndex) => ({
        instructionIndex,
        operatorPool: pool.address,
        epoch: 1n,
        ...fields,
        sharesAmount: fields.tokenAmount,
      })),
    );
  });

  it('settles USDC before the shares change', async () => {
    const network = await StakingNetwork.ready();
    const pool = await network.pool('operator');
    network.svm.run(await network.stake(pool.admin, pool, 1_000n));
    network.editPool(pool, { cumulativeUsdcPerShare: (5n * USDC_PRECISION) / 2n });
    network.svm.run(await network.stake(pool.admin, pool, 1n));
    expect(await network.recordOf(pool.admin, pool)).toMatchObject({
      shares: 1_001n,
      accruedUsdcEarnings: 2_500n,
      lastSettledUsdcPerShare: (5n * USDC_PRECISION) / 2n,
    });
  });
});

describe('stake is refused', () => {
  async function open(): Promise<{ network: StakingNetwork; pool: Pool }> {
    const network = await StakingNetwork.ready();
    return { network, pool: await network.pool('operator', { allowDelegation: false }, 1_000n) };
  }

  it('in the order of the rules', async () => {
    const { network, pool } = await open();
    const { svm } = network;
    const delegator = await network.delegator('delegator', pool);
    network.editPool(pool, { closedAtEpoch: 9n, haltedAtTimestamp: 1n });
    network.editOverview({ completedRewardEpoch: 3n });
    expect(svm.codeOf(await network.stake(pool.admin, pool, 0n))).toBe(6048);
    expect(svm.codeOf(await network.stake(delegator, pool, 1n))).toBe(6000);
    expect(svm.codeOf(await network.stake(pool.admin, pool, 1_001n))).toBe(6008);
    network.editPool(pool, { closedAtEpoch: null });
    expect(svm.codeOf(await network.stake(pool.admin, pool, 1_001n))).toBe(6010);
    network.editPool(pool, { haltedAtTimestamp: null });
    expect(svm.codeOf(await network.stake(pool.admin, pool, 1_001n))).toBe(6002);
    network.editPool(pool, { rewardLastClaimedEpoch: 3n });
    expect(svm.codeOf(await network.stake(pool.admin, pool, 1_001n))).toBe(2506);
    svm.run(network.update({ isStakingHalted: true }));
    expect(svm.codeOf(await network.stake(pool.admin, pool, 1n))).toBe(6011);
  });

  it.each([
    ['an overview that does not exist', 1, 3012],
    ['a pool that does not exist', 2, 3012],
    ['a record that does not exist', 3, 3012],
    ['an operator record that does not exist', 4, 3012],
    ['tokens that do not exist', 5, 3012],
    ['a vault that does not exist', 6, 3012],
    ['another token program', 7, 3008],
    ['another account for the instructions', 8, 2012],
  ])('with %s', async (_, index, code) => {
    const { network, pool } = await open();
    expect(network.svm.codeOf(withAccount(await network.stake(pool.admin, pool, 1n), index, NOBODY))).toBe(code);
  });

  it("with another pool's accounts", async () => {
    const { network, pool } = await open();
    const other = await network.pool('other operator');
    const stake = await network.stake(pool.admin, pool, 1n);
    const codes = [
      [1, pool.address, 3002],
      [2, other.address, 2001],
      [3, other.record, 2006],
      [4, other.record, 2001],
      [6, other.vaults.stakedToken, 2006],
    ] as const;
    for (const [index, address, code] of codes) {
      expect(network.svm.codeOf(withAccount(stake, index, address)), `account ${index}`).toBe(code);
    }
  });

  it("with tokens of somebody else or of another mint, and with accounts that are another program's", async () => {
    const { network, pool } = await open();
    const stake = await network.stake(pool.admin, pool, 1n);
    const ofNobody = network.svm.putTokens(addressOf('tokens of nobody'), TOKEN_MINT, NOBODY, 5n);
    const usdc = network.svm.putTokens(addressOf('usdc of admin'), USDC_MINT, pool.admin, 5n);
    expect(network.svm.codeOf(withAccount(stake, 5, ofNobody))).toBe(2015);
    expect(network.svm.codeOf(withAccount(stake, 5, usdc))).toBe(2014);
    expect(network.svm.codeOf(withAccount(stake, 3, usdc))).toBe(3007);
    network.svm.put(NOBODY, new Uint8Array(7), network.programAddress);
    expect(network.svm.codeOf(withAccount(stake, 3, NOBODY))).toBe(3001);
    network.svm.put(NOBODY, network.svm.data(pool.record).subarray(0, 60), network.programAddress);
    expect(network.svm.codeOf(withAccount(stake, 3, NOBODY))).toBe(3003);
  });

  it('without a signature, and with accounts that are not writable', async () => {
    const { network, pool } = await open();
    const delegator = await network.delegator('delegator', pool);
    network.editPool(pool, { allowDelegation: true });
    const stake = await network.stake(delegator, pool, 1n);
    expect(network.svm.codeOf(withoutSignature(stake, 0))).toBe(3010);
    for (const index of [2, 3, 5, 6]) {
      expect(network.svm.codeOf(asReadonly(stake, index)), `account ${index}`).toBe(2000);
    }
    expect(network.svm.codeOf({ ...stake, accounts: stake.accounts.slice(0, 8) })).toBe(3005);
  });
});

describe('128-bit arithmetic of the compiled program', () => {
  it('agrees with exact integers on shares, value and settlement', async () => {
    const network = await StakingNetwork.ready();
    const pool = await network.pool('operator');
    const delegator = await network.delegator('delegator', pool);
    const wallet = network.walletOf(delegator);
    const amounts = fc.record({
      staked: fc.bigInt(1n, U64_MAX / 2n),
      sharesPpm: fc.bigInt(1n, 1_000_000n),
      tokenAmount: fc.oneof(fc.bigInt(1n, U64_MAX / 2n), fc.bigInt(1n, 1_000_000n)),
      operatorShares: fc.bigInt(0n, U64_MAX),
      held: fc.bigInt(0n, U64_MAX / 4n),
      lastSettled: fc.bigInt(0n, 2n ** 62n),
      growth: fc.bigInt(0n, 2n ** 63n),
    });
    await fc.assert(
      fc.asyncProperty(amounts, async (drawn) => {
        const shares = (drawn.staked * drawn.sharesPpm) / 1_000_000n || 1n;
        const minted = (drawn.tokenAmount * shares) / drawn.staked;
        const operatorShares = drawn.operatorShares % shares;
        // Of few shares only the price is taken, rounded up.
        const price = (minted * drawn.staked + shares - 1n) / shares;
        const totals = [drawn.staked + (minted < 100n ? price : drawn.tokenAmount), shares + minted] as const;
        const cumulativeUsdcPerShare = drawn.lastSettled + drawn.growth;
        network.editPool(pool, { totalStakedAmount: drawn.staked, totalShares: shares, cumulativeUsdcPerShare });
        await network.editRecord(pool.admin, pool, { shares: operatorShares });
        await network.editRecord(delegator, pool, {
          shares: drawn.held,
          lastSettledUsdcPerShare: drawn.lastSettled,
          accruedUsdcEarnings: 0n,
        });
        network.svm.putTokens(wallet, TOKEN_MINT, delegator, drawn.tokenAmount);
        network.svm.putTokens(pool.vaults.stakedToken, TOKEN_MINT, pool.address, 0n);
        const operatorValue = operatorShares === 0n ? 0n : (operatorShares * totals[0]) / totals[1];
        const stake = await network.stake(delegator, pool, drawn.tokenAmount);
        if (minted === 0n) {
          expect(network.svm.codeOf(stake)).toBe(6048);
          return;
        }
        network.editOverview({ minOperatorTokenStake: operatorValue + 1n });
        expect(network.svm.codeOf(stake)).toBe(6003);
        network.editOverview({ minOperatorTokenStake: operatorValue });
        network.svm.run(stake);
        expect(network.totals(pool)).toEqual([...totals, 0n]);
        expect(await network.recordOf(delegator, pool)).toMatchObject({
          shares: drawn.held + minted,
          accruedUsdcEarnings: BigInt.asUintN(64, (drawn.held * drawn.growth) / USDC_PRECISION),
          lastSettledUsdcPerShare: cumulativeUsdcPerShare,
        });
      }),
      { numRuns: 300 },
    );
  });
});
