/**
 * Benchmarks of the machines that the simulation's providers offer: without them no work weighs in rewards.
 * @module
 */
import { createHash } from 'node:crypto';
import { submitBenchmark } from '../../programs/marketplace/client.generated.ts';
import { GPU_CATALOGUE } from '../programs/marketplace/settings.ts';
import { findBenchmark, findProvider } from './addresses.ts';
import { existing, type Network } from './network.ts';
import type { OfferPlan, ProviderPlan } from './population.ts';
import type { TransactionPlan } from './sign-plan.ts';

const CHUNK = 1_000;

/** One report for each offer, of a device of its own; those that are there already are left alone. */
export async function submitBenchmarks(network: Network, providers: readonly ProviderPlan[]): Promise<void> {
  const machines = providers.flatMap((plan) => plan.offers.map((offer, number) => ({ plan, offer, number })));
  const found = await existing(network, await Promise.all(machines.map((each) => benchmarkOf(network, each))));
  const missing = machines.filter((_, index) => !found[index]);
  for (let start = 0; start < missing.length; start += CHUNK) {
    const part = missing.slice(start, start + CHUNK);
    await network.sender.sendOrThrow(await Promise.all(part.map((each) => submission(network, each))));
  }
}

interface Machine {
  readonly plan: ProviderPlan;
  readonly offer: OfferPlan;
  readonly number: number;
}

const deviceOf = ({ plan, number }: Machine) => createHash('sha256').update(`${plan.name} machine ${number}`).digest();

async function benchmarkOf(network: Network, machine: Machine) {
  const provider = await findProvider(machine.plan.wallet.address, network.marketplaceProgram);
  return findBenchmark(provider, deviceOf(machine), network.marketplaceProgram);
}

async function submission(network: Network, machine: Machine): Promise<TransactionPlan> {
  const { plan, offer } = machine;
  const { marketplaceProgram, marketplace, admin } = network;
  const deviceHash = deviceOf(machine);
  const { vramGb = 1, weight = 1 } = GPU_CATALOGUE[offer.model] ?? {};
  const instruction = submitBenchmark(
    {
      payer: admin.address,
      owner: plan.wallet.address,
      marketplace,
      provider: await findProvider(plan.wallet.address, marketplaceProgram),
      benchmark: await benchmarkOf(network, machine),
    },
    {
      ...{ deviceHash, model: offer.model, units: offer.units, vramGb, score: weight },
      reportHash: createHash('sha256').update(deviceHash).digest(),
    },
    marketplaceProgram,
  );
  return { instructions: [instruction], signers: [admin, plan.wallet] };
}
