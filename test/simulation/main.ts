/**
 * The simulated market as a process: a seeded population that signs real transactions against any JSON-RPC.
 *
 * `node --import tsx test/simulation/main.ts --rpc-url URL --network-keypair FILE --reward-authority KEY
 *  --staking-program ID --marketplace-program ID --exchange-program ID --governance-program ID [--seed N] [--providers N] [--orders-per-round N] [--rounds N]`
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Address, address, createSolanaRpc } from '@solana/kit';
import { submitBenchmarks } from './benchmarks.ts';
import { createNetwork, LOCAL_WINDOWS } from './genesis.ts';
import { openFutures } from './local/futures.ts';
import {
  GOVERNANCE_HOURS,
  type LocalGovernance,
  openGovernance,
  playPast,
  tendGovernance,
} from './local/governance.ts';
import { passTime } from './local/past.ts';
import { openMarket, playRound } from './market.ts';
import { locateNetwork, type Network } from './network.ts';
import { onboardBuyers, onboardProviders } from './onboarding.ts';
import { buyersOf, type ProviderPlan, planProvider } from './population.ts';
import { Sender } from './sender.ts';
import { walletFromFile } from './wallet.ts';

const ROUND_MS = 400;
const MOST_ORDERS_PER_ROUND = 200;
/** Between two looks at what governance has due. */
const ROUNDS_PER_LOOK = 25;
/** More than the past of any local chain. */
const LONGEST_PAST_SECONDS = 10n ** 8n;
/** The model that newcomers look for first: number in the catalogue, and how many in five providers rent it out for INFER. */
const H100 = 0;
const WITH_H100 = 3;

const { values } = parseArgs({
  options: {
    'rpc-url': { type: 'string', default: 'http://127.0.0.1:8899' },
    'network-keypair': { type: 'string' },
    'reward-authority': { type: 'string' },
    'staking-program': { type: 'string' },
    'marketplace-program': { type: 'string' },
    'exchange-program': { type: 'string' },
    'governance-program': { type: 'string' },
    seed: { type: 'string', default: '1' },
    providers: { type: 'string', default: '5' },
    'orders-per-round': { type: 'string' },
    rounds: { type: 'string' },
  },
});

type Required =
  | 'network-keypair'
  | 'reward-authority'
  | `${'staking' | 'marketplace' | 'exchange' | 'governance'}-program`;

function required(name: Required): string {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
}

async function run(): Promise<void> {
  const rpc = createSolanaRpc(values['rpc-url']);
  const sender = new Sender(rpc);
  const key = (name: Parameters<typeof required>[0]): Address => address(required(name));
  const network = await locateNetwork({
    rpc,
    sender,
    seed: values.seed,
    stakingProgram: key('staking-program'),
    marketplaceProgram: key('marketplace-program'),
    exchangeProgram: key('exchange-program'),
    governanceProgram: key('governance-program'),
    rewardAuthority: key('reward-authority'),
    admin: walletFromFile(required('network-keypair')),
  });
  const providers = Array.from({ length: Number(values.providers) }, (_, index) =>
    planProvider(values.seed, index, index % 5 < WITH_H100 ? H100 : undefined),
  );
  await createNetwork(network, { ...LOCAL_WINDOWS, ...GOVERNANCE_HOURS });
  const [governance] = await Promise.all([decideAndCatchUp(network), openForBusiness(network, providers)]);
  say('market open', { providers: providers.length });

  const perRound = Number(
    values['orders-per-round'] ?? Math.min(MOST_ORDERS_PER_ROUND, Math.max(1, Math.ceil(providers.length / 4))),
  );
  const market = await openMarket(network, providers, perRound);
  const rounds = Number(values.rounds ?? Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    const outcomes = await playRound(market, nowSeconds());
    const failed = outcomes.filter((each) => each.status === 'failed').length;
    say('round', { round, sent: outcomes.length, failed, open: market.openOrders.size });
    if (round % ROUNDS_PER_LOOK === 0) await attempt('governance', () => tendGovernance(governance));
    await sleep(ROUND_MS);
  }
}

async function openForBusiness(network: Network, providers: readonly ProviderPlan[]): Promise<void> {
  await onboardProviders(network, providers);
  await submitBenchmarks(network, providers);
  await onboardBuyers(network, buyersOf(network.seed, providers.length));
}

/** Ends in the present, whatever became of the proposals. */
async function decideAndCatchUp(network: Network): Promise<LocalGovernance> {
  // Futures before any time passes: nobody may trade on a price that no purchase has confirmed for long.
  const futures = attempt('futures', () => openFutures(network, H100, nowSeconds()));
  const [governance] = await Promise.all([openGovernance(network), futures]);
  await attempt('governance', () => playPast(governance));
  await passTime(network, LONGEST_PAST_SECONDS);
  return governance;
}

/** The market goes on without it. */
async function attempt(what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    process.stderr.write(`market: ${what}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function nowSeconds(): bigint {
  return BigInt(Math.floor(Date.now() / 1_000));
}

function say(message: string, facts: Readonly<Record<string, number>>): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), message, ...facts })}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`market: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
