/**
 * The halt and slashing authority of a simulated day: one pool is halted at the start and slashed once the delay is over;
 * others are halted for a while on a suspicion that comes to nothing.
 * @module
 */
import type { Instruction } from '@solana/kit';
import { setHaltStatus, slashStake } from '../../../../programs/staking/client.generated.ts';
import { tokenAccountOf, USDC_MINT } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Actors, Moment, World } from '../actors.ts';
import { locatePools, readOverview, readPools } from './pools.ts';

const SUSPECTS = 0.02;
const SLASHED_SHARES_DIVISOR = 20n;

/** @param condemned number of the provider whose pool is slashed */
export function createGuardian(condemned: number) {
  return async (world: World): Promise<Actors> => {
    const { network } = world;
    const places = await locatePools(network, world.providers);
    const random = world.randomOf('guardian');
    let isSlashed = false;
    const plan = (...instructions: readonly Instruction[]): TransactionPlan => ({
      instructions,
      signers: [network.admin],
    });
    const halt = (index: number, isHalted: boolean) =>
      setHaltStatus(
        {
          authority: network.admin.address,
          poolOverview: network.poolOverview,
          operatorPool: places[index]?.pool ?? network.poolOverview,
        },
        { isHalted },
        network.stakingProgram,
      );
    return {
      name: 'guardian',
      async act({ tick, nowSeconds }: Moment) {
        if (tick === 0) return [plan(halt(condemned, true))];
        const suspect = random.integer(0, places.length - 1);
        const pools = await readPools(network, places);
        const plans = pools.flatMap((pool, index) =>
          pool.haltedAtTimestamp !== null && index !== condemned ? [plan(halt(index, false))] : [],
        );
        if (random.chance(SUSPECTS) && suspect !== condemned) plans.push(plan(halt(suspect, true)));
        const haltedAt = pools[condemned]?.haltedAtTimestamp ?? null;
        const { slashingDelaySeconds } = await readOverview(network);
        if (isSlashed || haltedAt === null || nowSeconds < haltedAt + slashingDelaySeconds) return plans;
        isSlashed = true;
        return [...plans, plan(await slash(world, condemned), halt(condemned, false))];
      },
    };
  };
}

async function slash(world: World, index: number): Promise<Instruction> {
  const { network } = world;
  const places = await locatePools(network, world.providers.slice(index, index + 1));
  const [place] = places;
  const [pool] = await readPools(network, places);
  if (place === undefined || pool === undefined) throw new RangeError(`there is no provider ${index} to slash`);
  return slashStake(
    {
      authority: network.admin.address,
      poolOverview: network.poolOverview,
      operatorPool: place.pool,
      operatorStakingRecord: pool.operatorStakingRecord,
      stakedTokenAccount: place.vaults.stakedToken,
      poolUsdcVault: place.vaults.delegatorUsdc,
      rewardFeeTokenAccount: place.vaults.rewardCommission,
      usdcFeeTokenAccount: place.vaults.usdcCommission,
      slashingDestinationTokenAccount: await tokenAccountOf(network.admin.address, network.intMint.address),
      slashingDestinationUsdcAccount: await tokenAccountOf(network.admin.address, USDC_MINT),
    },
    { sharesAmount: pool.totalShares / SLASHED_SHARES_DIVISOR },
    network.stakingProgram,
  );
}
