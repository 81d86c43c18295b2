/**
 * The world of a simulated day: a chain with the compiled programs, the network's tokens and accounts on it, providers and
 * buyers with money. Everything follows from the seed.
 * @module
 */
import { lamports } from '@solana/kit';
import { getTransferInstruction } from '@solana-program/token';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../../programs/marketplace/client.generated.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../../programs/staking/client.generated.ts';
import { createNetwork } from '../genesis.ts';
import { locateNetwork, type Network, tokenAccountOf } from '../network.ts';
import { onboardBuyers, onboardProviders } from '../onboarding.ts';
import { buyersOf, type ProviderPlan, planProvider, seedOf } from '../population.ts';
import { compiledPrograms } from '../programs.ts';
import { createRandom } from '../random.ts';
import { asSigner } from '../signer.ts';
import { seededWallet } from '../wallet.ts';
import type { World } from './actors.ts';
import { DayChain } from './day-chain.ts';
import { DAY_FUNDS, tradedModels } from './exchange/models.ts';
import { withIndexOffer } from './marketplace/offers.ts';

export interface DayOptions {
  readonly seed: number;
  readonly providers: number;
  readonly tickSeconds: number;
  readonly tickCount: number;
  /** Where the ledger is kept; a temporary folder when absent. */
  readonly dataDir?: string | undefined;
}

/** The shortest life of a proposal that the table allows, and windows that pass within the day. */
const DAY_VALUES = {
  discussion_hours: 1n,
  signaling_hours: 1n,
  voting_period_hours: 24n,
  execution_delay_hours: 1n,
  execution_window_hours: 24n,
  unbonding_period_hours: 24n,
  challenge_window_seconds: 3_600n,
  confirm_window_seconds: 3_600n,
  dispute_resolution_seconds: 7_200n,
  bond_withdrawal_delay_seconds: 7_200n,
  challenge_frequency_ppm: 400_000n,
  fee_treasury_bps: 7_500n,
  fee_burn_bps: 500n,
  fee_verifier_bps: 2_000n,
  // Purchases of some hours move an index, and positions worth twenty times the bankroll may be open.
  index_depth_gpu_seconds: 18_000n,
  index_clamp_ppm: 50_000n,
  max_open_interest: 5_000_000_000_000_000n,
  max_open_interest_bankroll_bps: 200_000n,
};

const AUTHORITY_LAMPORTS = lamports(1_000_000_000_000_000n);

/** A chain on which everybody is ready for the first tick. The caller stops it. */
export async function openWorld(options: DayOptions): Promise<{ chain: DayChain; world: World }> {
  const seed = String(options.seed);
  const admin = seededWallet(seed, 'admin', 0);
  const rewardAuthority = seededWallet(seed, 'reward-authority', 0);
  const chain = await DayChain.start({
    seed: options.seed,
    dataDir: options.dataDir,
    usdcMintAuthority: admin.address,
    programs: compiledPrograms(),
  });
  try {
    for (const { address } of [admin, rewardAuthority]) await chain.fund(address, AUTHORITY_LAMPORTS);
    const network = await locateNetwork({
      rpc: chain.rpc,
      sender: chain,
      seed,
      stakingProgram: STAKING_PROGRAM_ADDRESS,
      marketplaceProgram: MARKETPLACE_PROGRAM_ADDRESS,
      rewardAuthority: rewardAuthority.address,
      admin,
    });
    const providers = Array.from({ length: options.providers }, (_, index) =>
      withIndexOffer(planProvider(seed, index)),
    );
    const buyers = buyersOf(seed, providers.length);
    await createNetwork(network, DAY_VALUES, DAY_FUNDS);
    await onboardProviders(network, providers);
    await giveReserves(network, providers);
    await onboardBuyers(network, buyers);
    const { tickSeconds, tickCount } = options;
    const randomOf = (purpose: string) => createRandom(seedOf(seed, `day/${purpose}`));
    const models = tradedModels(providers);
    return { chain, world: { network, providers, buyers, models, rewardAuthority, tickSeconds, tickCount, randomOf } };
  } catch (error) {
    await chain.stop();
    throw error;
  }
}

/** INFER of their own, from which providers make good what a slash has taken from their bond. */
async function giveReserves(network: Network, providers: readonly ProviderPlan[]): Promise<void> {
  const { admin, inferMint } = network;
  const source = await tokenAccountOf(admin.address, inferMint.address);
  const gifts = providers.map(async ({ wallet, bond }) => {
    const destination = await tokenAccountOf(wallet.address, inferMint.address);
    return getTransferInstruction({ source, destination, authority: asSigner(admin), amount: bond });
  });
  const plans = (await Promise.all(gifts)).map((gift) => ({ instructions: [gift], signers: [admin] as const }));
  await network.sender.sendOrThrow(plans);
}
