/**
 * Worlds of random instructions with the invariants checked after each that was accepted.
 *
 * In: how many worlds, how many instructions in each. Out: how often each kind was accepted.
 * @module
 */
import { expect } from 'vitest';
import { checkPool, supplyOf } from './invariant.ts';
import type { Pool, StakingNetwork } from './network.ts';
import { KINDS, type Kind, World } from './world.ts';

const SUPPLY_EVERY = 20;

export async function live(
  worlds: number,
  instructions: number,
  firstSeed = 1,
): Promise<Readonly<Record<Kind, number>>> {
  const accepted = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  for (let seed = firstSeed; seed < firstSeed + worlds; seed += 1) {
    const world = await World.create(seed);
    for (let count = 0; count < instructions; count += 1) {
      try {
        const kind = await liveOnce(world);
        if (kind !== null) accepted[kind] += 1;
        // A loss stays a loss, so that now and then is as sharp as always.
        if (count % SUPPLY_EVERY === 0) checkSupply(world);
      } catch (error) {
        throw new Error(`seed ${seed}, instruction ${count}: ${String(error)}`, { cause: error });
      }
    }
  }
  return accepted;
}

/** One instruction; its kind when it was accepted. */
async function liveOnce(world: World): Promise<Kind | null> {
  const prices = new Map(world.pools.map((pool) => [pool.address, priceOf(world.network, pool)]));
  const { kind, accepted, pool } = await world.step();
  if (!accepted) return null;
  const now = world.pools.find(({ address }) => address === pool.address) ?? pool;
  await checkPool(world, now);
  const [staked, shares] = priceOf(world.network, now);
  const [stakedBefore, sharesBefore] = prices.get(now.address) ?? [0n, 0n];
  // A pool without shares has no price.
  if (shares > 0n && sharesBefore > 0n) {
    expect(staked * sharesBefore, `price after ${kind}`).toBeGreaterThanOrEqual(stakedBefore * shares);
  }
  return kind;
}

/** Nothing comes into being or is lost: what is there is what was put in. */
function checkSupply(world: World): void {
  expect(supplyOf(world)).toEqual({ tokens: world.deposited.rewards, usdc: world.deposited.usdc });
}

function priceOf(network: StakingNetwork, pool: Pool): readonly [bigint, bigint] {
  const { totalStakedAmount, totalShares } = network.state(pool);
  return [totalStakedAmount, totalShares];
}
