/**
 * Operator pools of the simulated providers: where their accounts are, and what they hold.
 * @module
 */
import type { Address } from '@solana/kit';
import {
  decodeOperatorPool,
  decodePoolOverview,
  type OperatorPool,
  type PoolOverview,
} from '../../../../programs/staking/client.generated.ts';
import type { PoolVaults } from '../../../../programs/staking/pda.ts';
import { findOperatorPool, findPoolVaults, findStakingRecord } from '../../addresses.ts';
import { type Network, readAccounts, tokenAccountOf, USDC_MINT } from '../../network.ts';
import type { ProviderPlan } from '../../population.ts';

export interface PoolPlace {
  readonly plan: ProviderPlan;
  readonly pool: Address;
  readonly vaults: PoolVaults;
  /** The record that the pool was created with. */
  readonly firstRecord: Address;
  readonly intAccount: Address;
  readonly usdcAccount: Address;
}

export function locatePools(network: Network, providers: readonly ProviderPlan[]): Promise<PoolPlace[]> {
  return Promise.all(
    providers.map(async (plan) => {
      const owner = plan.wallet.address;
      const pool = await findOperatorPool(owner, network.stakingProgram);
      return {
        plan,
        pool,
        vaults: await findPoolVaults(pool, network.stakingProgram),
        firstRecord: await findStakingRecord(pool, owner, network.stakingProgram),
        intAccount: await tokenAccountOf(owner, network.intMint.address),
        usdcAccount: await tokenAccountOf(owner, USDC_MINT),
      };
    }),
  );
}

export async function readPools(network: Network, places: readonly PoolPlace[]): Promise<OperatorPool[]> {
  const accounts = await readAccounts(
    network,
    places.map(({ pool }) => pool),
  );
  return accounts.map((data) => decodeOperatorPool(data ?? new Uint8Array()));
}

export async function readOverview(network: Network): Promise<PoolOverview> {
  const [data] = await readAccounts(network, [network.poolOverview]);
  return decodePoolOverview(data ?? new Uint8Array());
}
