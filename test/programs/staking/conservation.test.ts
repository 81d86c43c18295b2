import type { Address } from '@solana/kit';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOf } from '../svm.ts';
import { type Leaf, type Pool, StakingNetwork } from './network.ts';

const USDC_PRECISION = 10n ** 18n;
const OWNERS = ['operator', 'delegator 1', 'delegator 2'].map(addressOf);

type Step =
  | { readonly kind: 'stake'; readonly owner: number; readonly tokenAmount: bigint }
  | { readonly kind: 'record'; readonly rewardAmount: bigint; readonly usdcAmount: bigint }
  | { readonly kind: 'accrue' }
  | { readonly kind: 'rates'; readonly rewardBps: number; readonly usdcBps: number; readonly autoStake: boolean };

const amount = fc.oneof(fc.bigInt(0n, 50n), fc.bigInt(0n, 10n ** 14n));
const bps = fc.integer({ min: 0, max: 10_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('stake' as const),
    owner: fc.nat(OWNERS.length - 1),
    tokenAmount: amount,
  }),
  fc.record({ kind: fc.constant('record' as const), rewardAmount: amount, usdcAmount: amount }),
  fc.record({ kind: fc.constant('accrue' as const) }),
  fc.record({ kind: fc.constant('rates' as const), rewardBps: bps, usdcBps: bps, autoStake: fc.boolean() }),
);

it('vaults always hold what records and pools are owed, after any sequence of stakes and epochs', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const network = await StakingNetwork.ready();
      const pool = await network.pool('operator');
      for (const owner of OWNERS.slice(1)) {
        network.giveTokens(owner, 10n ** 18n);
        network.svm.run(await network.createRecord(owner, pool));
      }
      const leaves: Leaf[] = [];
      for (const next of steps) {
        if (await take(network, pool, leaves, next)) accepted += 1;
        await checkInvariants(network, pool);
      }
    }),
    { numRuns: 25 },
  );
  // A sequence of refusals would show nothing.
  expect(accepted).toBeGreaterThan(40);
});

/** Do one step; true when the program accepted it. */
async function take(network: StakingNetwork, pool: Pool, leaves: Leaf[], next: Step): Promise<boolean> {
  const { svm } = network;
  if (next.kind === 'stake') {
    const price = network.totals(pool);
    const code = svm.codeOf(await network.stake(OWNERS[next.owner] as Address, pool, next.tokenAmount));
    const [staked, shares] = network.totals(pool);
    // The price of a share, staked / shares, never falls. An empty pool has none.
    if (price[1] > 0n) expect(staked * price[1]).toBeGreaterThanOrEqual(price[0] * shares);
    return code === null;
  }
  if (next.kind === 'record') {
    const leaf = { pool, rewardAmount: next.rewardAmount, usdcAmount: next.usdcAmount };
    await network.record(BigInt(leaves.push(leaf)), leaf);
    return true;
  }
  if (next.kind === 'accrue') {
    const epoch = network.state(pool).rewardLastClaimedEpoch + 1n;
    const leaf = leaves[Number(epoch) - 1];
    return leaf !== undefined && svm.codeOf(await network.accrue(epoch, leaf)) === null;
  }
  network.editPool(pool, {
    newRewardCommissionRateBps: next.rewardBps,
    newUsdcCommissionRateBps: next.usdcBps,
    autoStakeFees: next.autoStake,
  });
  return true;
}

async function checkInvariants(network: StakingNetwork, pool: Pool): Promise<void> {
  const { svm, places } = network;
  const { totalShares, totalStakedAmount, totalUnstaking, cumulativeUsdcPerShare, ...rest } = network.state(pool);
  const records = await Promise.all(OWNERS.map((owner) => network.recordOf(owner, pool)));
  const owed = records.map(
    ({ shares, accruedUsdcEarnings, lastSettledUsdcPerShare }) =>
      accruedUsdcEarnings + (shares * (cumulativeUsdcPerShare - lastSettledUsdcPerShare)) / USDC_PRECISION,
  );
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
  expect(sum(records.map(({ shares }) => shares))).toBe(totalShares);
  expect(totalStakedAmount).toBeGreaterThanOrEqual(totalShares);
  expect(svm.tokens(pool.vaults.stakedToken)).toBe(totalStakedAmount + totalUnstaking);
  expect(svm.tokens(pool.vaults.delegatorUsdc)).toBeGreaterThanOrEqual(sum(owed));

  const overview = network.overview();
  expect(svm.tokens(places.rewardVault)).toBeGreaterThanOrEqual(overview.unclaimedRewards);
  expect(svm.tokens(places.usdcVault)).toBe(overview.unclaimedUsdc);
  expect(overview.unclaimedRewards).toBeGreaterThanOrEqual(rest.accruedRewards + rest.accruedRewardCommission);
  expect(overview.unclaimedUsdc).toBeGreaterThanOrEqual(rest.accruedDelegatorUsdc + rest.accruedUsdcCommission);
}
