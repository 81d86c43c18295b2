/**
 * A whole network for tests of the reward jobs: the compiled programs on a local chain with short slots, a small market
 * that trades, a real ClickHouse and a real Redis.
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { address, createSolanaRpc } from '@solana/kit';
import { keypairFileIn } from '../../cli/up/keypairs.ts';
import { readSettings, type Settings } from '../../indexer/domain/settings.ts';
import { runIndexer } from '../../indexer/main.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { createRewardContext, type RewardContext } from '../../jobs/rewards/reward-context.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../programs/marketplace/client.generated.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../programs/staking/client.generated.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { openDatabase } from '../indexer/store/store-fixture.ts';
import { type RunningLocalnet, startLocalnet } from '../localnet/start.ts';
import { type RunningRedis, startRedis } from '../redis/start-redis.ts';
import { submitBenchmarks } from '../simulation/benchmarks.ts';
import { createNetwork } from '../simulation/genesis.ts';
import { type Market, openMarket, playRound } from '../simulation/market.ts';
import { locateNetwork, type Network } from '../simulation/network.ts';
import { onboardBuyers, onboardProviders } from '../simulation/onboarding.ts';
import { buyersOf, planProvider } from '../simulation/population.ts';
import { compiledPrograms } from '../simulation/programs.ts';
import { Sender } from '../simulation/sender.ts';
import { walletFromFile } from '../simulation/wallet.ts';

const SLOT_MS = 60;
const PROVIDERS = 3;
const SEED = '7';

export interface RewardChain {
  readonly localnet: RunningLocalnet;
  readonly network: Network;
  readonly folder: string;
  /** Of the reward authority. */
  readonly keypairPath: string;
  /** Of the program admin. */
  readonly adminPath: string;
  /** Of a wallet without any authority. */
  readonly strangerPath: string;
  stop(): Promise<void>;
}

/** The chain alone, set up, without a market. */
export async function startRewardChain(): Promise<RewardChain> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plumbline-rewards-'));
  const [authority, admin, stranger] = ['authority', 'network', 'stranger'].map((name) => keypairFileIn(folder, name));
  if (authority === undefined || admin === undefined || stranger === undefined) throw new Error('no keypairs');
  const localnet = await startLocalnet({
    clock: 'real',
    slotMs: SLOT_MS,
    programs: compiledPrograms(),
    usdcMintAuthority: admin.address,
  });
  const rpc = createSolanaRpc(localnet.rpcUrl);
  const network = await locateNetwork({
    ...{ rpc, sender: new Sender(rpc), seed: SEED, admin: walletFromFile(admin.path) },
    stakingProgram: address(STAKING_PROGRAM_ADDRESS),
    marketplaceProgram: address(MARKETPLACE_PROGRAM_ADDRESS),
    rewardAuthority: address(authority.address),
  });
  await createNetwork(network);
  const stop = async () => {
    await localnet.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    localnet,
    network,
    folder,
    keypairPath: authority.path,
    adminPath: admin.path,
    strangerPath: stranger.path,
    stop,
  };
}

export interface RewardNetwork extends RewardChain {
  readonly settings: Settings;
  readonly store: StoreClient;
  readonly redis: RunningRedis;
  readonly market: Market;
}

/** With a market that trades on until `stop`. */
export async function startRewardNetwork(epochSeconds: number): Promise<RewardNetwork> {
  const [clickhouse, redis, chain] = await Promise.all([
    startPreparedClickHouse('own'),
    startRedis(),
    startRewardChain(),
  ]);
  const { client: store, settings: ofStore } = await openDatabase(clickhouse.url);
  const settings = readSettings({
    ...{
      DATA_DIR: chain.folder,
      CLICKHOUSE_URL: ofStore.CLICKHOUSE_URL,
      CLICKHOUSE_DATABASE: ofStore.CLICKHOUSE_DATABASE,
      REDIS_URL: redis.url,
      METRICS_PORT: '0',
      LOG_LEVEL: 'silent',
    },
    ...{ YELLOWSTONE_ENDPOINT: chain.localnet.grpcUrl, SOLANA_RPC_URL: chain.localnet.rpcUrl },
    ...{ REWARD_AUTHORITY_KEYPAIR: chain.keypairPath, REWARD_EPOCH_SECONDS: String(epochSeconds) },
    ...{ REWARD_CHALLENGE_SECONDS: '0', REWARD_AUTO_APPROVE: 'true' },
  });
  const providers = Array.from({ length: PROVIDERS }, (_, index) => planProvider(SEED, index));
  await onboardProviders(chain.network, providers);
  await submitBenchmarks(chain.network, providers);
  await onboardBuyers(chain.network, buyersOf(SEED, PROVIDERS));
  const market = await openMarket(chain.network, providers, 2);
  const controller = new AbortController();
  const trading = trade(market, controller.signal);
  const stop = async () => {
    controller.abort();
    await trading;
    await Promise.all([store.close(), redis.stop(), clickhouse.stop()]);
    await chain.stop();
  };
  return { ...chain, settings, store, redis, market, stop };
}

export interface FollowedNetwork extends RewardNetwork {
  /** The reward authority's. */
  readonly context: RewardContext;
}

/** With an indexer besides, until `stop`. */
export async function startFollowedNetwork(epochSeconds: number): Promise<FollowedNetwork> {
  const net = await startRewardNetwork(epochSeconds);
  const controller = new AbortController();
  const indexer = runIndexer(net.settings, controller.signal);
  const context = await createRewardContext(net.settings, net.store, controller.signal);
  const stop = async () => {
    controller.abort();
    await indexer;
    await net.stop();
  };
  return { ...net, context, stop };
}

async function trade(market: Market, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await playRound(market, BigInt(Math.floor(Date.now() / 1_000))).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
