/** Calls of the staking program fold to its accounts, after every instruction of random worlds. */
import { expect, it } from 'vitest';
import { stakingFold } from '../../../jobs/reconcile/folds/staking.ts';
import { declaredMissing, FoldedChain, foundMissing } from '../../programs/folded-chain.ts';
import { appoint } from '../../programs/staking/actions.ts';
import { PROGRAM, StakingNetwork } from '../../programs/staking/network.ts';
import { KINDS, type Kind, World } from '../../programs/staking/world.ts';

const WORLDS = 3;
const INSTRUCTIONS = 500;

it('calls rebuild every account from nothing; what they do not tell is declared, and nothing else is', async () => {
  const network = await StakingNetwork.bare();
  const chain = new FoldedChain(network.svm.vm, PROGRAM, stakingFold);
  network.svm.run(network.createOverview());
  expect(chain.differences()).toEqual([]);
  network.svm.run(network.update({ allowPoolCreation: true, minOperatorTokenStake: 5n }));
  appoint(network);
  const pool = await network.pool('operator', { description: 'first', operatorAuthKeys: [PROGRAM] });
  const owner = await network.delegator('delegator', pool);
  network.svm.run(await network.stake(pool.admin, pool, 1_000n), await network.stake(owner, pool, 501n));
  await network.epoch(1n, { pool, rewardAmount: 100n, usdcAmount: 70n });
  expect(chain.allDifferences()).toEqual([]);
  expect(foundMissing(chain)).toEqual(declaredMissing(stakingFold));
});

it('calls rebuild every account after each instruction of anybody', { timeout: 120_000 }, async () => {
  const accepted = new Set<Kind>();
  for (let seed = 1; seed <= WORLDS; seed += 1) {
    const world = await World.create(seed);
    const chain = new FoldedChain(world.network.svm.vm, PROGRAM, stakingFold);
    for (let count = 0; count < INSTRUCTIONS; count += 1) {
      const taken = await world.step();
      if (taken.accepted) accepted.add(taken.kind);
      expect(chain.differences(), `seed ${seed}, instruction ${count}: ${taken.kind}`).toEqual([]);
    }
    expect(chain.allDifferences()).toEqual([]);
    expect(chain.stepCount).toBeGreaterThan(INSTRUCTIONS / 4);
    // Customers of this world pay into the USDC vault; nobody takes any tokens.
    expect(chain.vaultDifferences.filter(({ expected, seen }) => seen < expected)).toEqual([]);
    expect(chain.movedVaults.size).toBeGreaterThan(4);
  }
  expect(KINDS.filter((kind) => !accepted.has(kind))).toEqual([]);
});
