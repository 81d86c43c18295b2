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
import { createNetwork } from './genesis.ts';
import { openMarket, playRound } from './market.ts';
import { locateNetwork } from './network.ts';
import { onboardBuyers, onboardProviders } from './onboarding.ts';
import { buyersOf, planProvider } from './population.ts';
import { Sender } from './sender.ts';
import { walletFromFile } from './wallet.ts';

const ROUND_MS = 400;
const MOST_ORDERS_PER_ROUND = 200;

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
  const providers = Array.from({ length: Number(values.providers) }, (_, index) => planProvider(values.seed, index));
  await createNetwork(network);
  await onboardProviders(network, providers);
  await submitBenchmarks(network, providers);
  await onboardBuyers(network, buyersOf(values.seed, providers.length));
  say('market open', { providers: providers.length });

  const perRound = Number(
    values['orders-per-round'] ?? Math.min(MOST_ORDERS_PER_ROUND, Math.max(1, Math.ceil(providers.length / 4))),
  );
  const market = await openMarket(network, providers, perRound);
  const rounds = Number(values.rounds ?? Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    const outcomes = await playRound(market, BigInt(Math.floor(Date.now() / 1_000)));
    const failed = outcomes.filter((each) => each.status === 'failed').length;
    say('round', { round, sent: outcomes.length, failed, open: market.openOrders.size });
    await sleep(ROUND_MS);
  }
}

function say(message: string, facts: Readonly<Record<string, number>>): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), message, ...facts })}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`market: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
