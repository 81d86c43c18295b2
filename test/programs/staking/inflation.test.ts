/** What a share may cost when few exist: nobody pays for shares that rounding withholds. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOperatorAutoStakeEvent, decodeStakeEvent } from '../../../programs/staking/client.generated.ts';
import { cancelUnstake, claimUnstake, unstake } from './actions.ts';
import { type Pool, StakingNetwork } from './network.ts';

const PRICE = 10n ** 9n;

/** One share in the operator's hands, raised by rewards to a price of `PRICE` tokens. */
async function inflated(args: object = {}) {
  const network = await StakingNetwork.ready();
  const pool = await network.pool('operator', args);
  const victim = await network.delegator('victim', pool, 10n * PRICE);
  network.svm.run(await network.stake(pool.admin, pool, 1n));
  await network.epoch(1n, { pool, rewardAmount: PRICE - 1n, usdcAmount: 0n });
  return { network, pool, victim };
}

async function worth(network: StakingNetwork, pool: Pool, owner: Pool['admin']): Promise<bigint> {
  const [staked, shares] = network.totals(pool);
  return ((await network.recordOf(owner, pool)).shares * staked) / shares;
}

describe('a first staker who raised the price of a share', () => {
  it('takes nothing from who stakes almost two of them', async () => {
    const { network, pool, victim } = await inflated();
    const { events } = network.svm.run(await network.stake(victim, pool, 2n * PRICE - 1n));
    expect(decodeStakeEvent(events[0] as Uint8Array)).toMatchObject({ tokenAmount: PRICE, sharesAmount: 1n });
    expect(network.svm.tokens(network.walletOf(victim))).toBe(9n * PRICE);
    expect(await worth(network, pool, victim)).toBe(PRICE);
    expect(await worth(network, pool, pool.admin)).toBe(PRICE);
  });

  it('takes nothing from who cancels an unstaking that buys no share any more', async () => {
    const { network, pool, victim } = await inflated();
    const { svm } = network;
    svm.run(await network.stake(victim, pool, 3n * PRICE), await unstake(network, victim, pool, 1n));
    await network.epoch(2n, { pool, rewardAmount: 3n * PRICE, usdcAmount: 0n });
    svm.run(await cancelUnstake(network, victim, pool));
    expect(await network.recordOf(victim, pool)).toMatchObject({ shares: 2n, tokensUnstakeAmount: PRICE });
    svm.run(await claimUnstake(network, victim, pool));
    expect(svm.tokens(network.walletOf(victim))).toBe(8n * PRICE);
  });

  it('takes the price alone from who cancels for one share of more, and the rest goes on cooling', async () => {
    const { network, pool, victim } = await inflated();
    const { svm } = network;
    svm.setUnixTimestamp(77n);
    svm.run(network.update({ delegatorUnstakeDelaySeconds: 3n }));
    svm.run(await network.stake(victim, pool, 4n * PRICE), await unstake(network, victim, pool, 2n));
    await network.epoch(2n, { pool, rewardAmount: (3n * PRICE) / 2n, usdcAmount: 0n });
    svm.run(await cancelUnstake(network, victim, pool));
    expect(network.totals(pool)).toEqual([6n * PRICE, 4n, PRICE / 2n]);
    expect(await network.recordOf(victim, pool)).toMatchObject({
      shares: 3n,
      tokensUnstakeAmount: PRICE / 2n,
      unstakeAtTimestamp: 80n,
    });
  });

  it('pays as commission what auto-staking would give away', async () => {
    const { network, pool } = await inflated({ autoStakeFees: true, rewardCommissionRateBps: 5_000 });
    const before = network.svm.tokens(pool.vaults.rewardCommission);
    const outcome = await network.epoch(2n, { pool, rewardAmount: 1_000n, usdcAmount: 0n });
    const staked = decodeOperatorAutoStakeEvent(outcome.events[0] as Uint8Array);
    expect(staked).toMatchObject({ tokenAmount: 0n, sharesAmount: 0n });
    expect(network.svm.tokens(pool.vaults.rewardCommission) - before).toBe(500n);
  });
});

it('never costs a staker more than a hundredth, and never lowers the price of others', async () => {
  const network = await StakingNetwork.ready();
  const pool = await network.pool('operator');
  const staker = await network.delegator('staker', pool, 2n ** 62n);
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt(1n, 10n ** 6n),
      fc.bigInt(1n, 10n ** 12n),
      fc.bigInt(1n, 10n ** 15n),
      async (shares, price, tokenAmount) => {
        const staked = shares * price + (price % shares);
        await network.editRecord(pool.admin, pool, { shares });
        await network.editRecord(staker, pool, { shares: 0n });
        network.editPool(pool, { totalShares: shares, totalStakedAmount: staked });
        network.giveTokens(staker, tokenAmount);
        const code = network.svm.codeOf(await network.stake(staker, pool, tokenAmount));
        const buysNothing = (tokenAmount * shares) / staked === 0n;
        expect(code).toBe(buysNothing ? 6048 : null);
        if (buysNothing) return;
        const paid = tokenAmount - network.svm.tokens(network.walletOf(staker));
        const [stakedAfter, sharesAfter] = network.totals(pool);
        expect(stakedAfter).toBe(staked + paid);
        expect(stakedAfter * shares).toBeGreaterThanOrEqual(staked * sharesAfter);
        // One unit more for rounding to whole tokens.
        expect((await worth(network, pool, staker)) + paid / 100n + 1n).toBeGreaterThanOrEqual(paid);
      },
    ),
    { numRuns: 200 },
  );
});
