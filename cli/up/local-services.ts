/**
 * The processes of a run on one machine and how each is started. Services whose address was given by a setting are
 * somebody else's and are not started.
 * @module
 */
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Environment, isLocalAddress, type Settings } from '../../indexer/domain/settings.ts';
import { programIds } from '../../jobs/chain/program-ids.ts';
import { reachable } from '../status.ts';
import type { DataFolder } from './data-folder.ts';
import type { KeypairFile } from './keypairs.ts';
import type { ProcessPlan } from './supervised-process.ts';

export interface LocalRun {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly folder: DataFolder;
  readonly rewardAuthority: KeypairFile;
  readonly network: KeypairFile;
  readonly seed: string;
  readonly providers: string;
}

const repository = fileURLToPath(new URL('../../', import.meta.url));
const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;

/** What has to serve before the schema can be brought up to date. */
export function foundationPlans(run: LocalRun, redisBinary: string | null): ProcessPlan[] {
  const plans: ProcessPlan[] = [];
  if (isLocalAddress(run.environment, 'CLICKHOUSE_URL')) plans.push(clickHousePlan(run));
  if (redisBinary !== null) plans.push(redisPlan(run, redisBinary));
  if (hasLocalChain(run.environment)) plans.push(chainPlan(run, PAST_SECONDS));
  return plans;
}

/** What runs on top of it. */
export function platformPlans(run: LocalRun): ProcessPlan[] {
  const { settings } = run;
  const ourOwn = (name: string, host: string, port: number) =>
    nodePlan(run, name, 'cli/main.ts', [name], () => answers(`http://${reachable(host)}:${port}/healthz`));
  const plans = [
    ourOwn('indexer', settings.METRICS_HOST, settings.METRICS_PORT),
    ourOwn('worker', settings.METRICS_HOST, settings.METRICS_PORT + 1),
    ourOwn('api', settings.API_HOST, settings.API_PORT),
  ];
  return hasLocalChain(run.environment) ? [...plans, marketPlan(run)] : plans;
}

export function hasLocalChain(environment: Environment): boolean {
  return isLocalAddress(environment, 'YELLOWSTONE_ENDPOINT') && isLocalAddress(environment, 'SOLANA_RPC_URL');
}

/** Ports that this run will listen on, with the setting that moves each. */
export function portsOf(
  settings: Settings,
  environment: Environment,
): readonly (readonly [port: number, setting: string])[] {
  const chain = [
    [settings.LOCAL_RPC_PORT, 'LOCAL_RPC_PORT'],
    [settings.LOCAL_WS_PORT, 'LOCAL_WS_PORT'],
    [settings.LOCAL_YELLOWSTONE_PORT, 'LOCAL_YELLOWSTONE_PORT'],
  ] as const;
  return [
    [settings.API_PORT, 'API_PORT'],
    [settings.METRICS_PORT, 'METRICS_PORT'],
    [settings.METRICS_PORT + 1, 'METRICS_PORT'],
    ...(hasLocalChain(environment) ? chain : []),
    ...(isLocalAddress(environment, 'CLICKHOUSE_URL') ? [[settings.CLICKHOUSE_PORT, 'CLICKHOUSE_PORT'] as const] : []),
    ...(isLocalAddress(environment, 'REDIS_URL') ? [[settings.REDIS_PORT, 'REDIS_PORT'] as const] : []),
  ];
}

/** Queries that the embedded ClickHouse runs at once. Each holds a thread of Node's pool, and some must stay free. */
const CLICKHOUSE_SESSIONS = 8;
const CLICKHOUSE_THREADS = 12;

export function clickHousePlan(run: LocalRun): ProcessPlan {
  const { CLICKHOUSE_PORT: port } = run.settings;
  const args = [
    ...['--port', String(port), '--host', '127.0.0.1', '--data-dir', run.folder.clickhouse],
    ...['--sessions', String(CLICKHOUSE_SESSIONS)],
  ];
  const plan = nodePlan(run, 'clickhouse', 'indexer/store/embedded/main.ts', args, () =>
    answers(`http://127.0.0.1:${port}/ping`),
  );
  return { ...plan, environment: { ...plan.environment, UV_THREADPOOL_SIZE: String(CLICKHOUSE_THREADS) } };
}

function redisPlan(run: LocalRun, binary: string): ProcessPlan {
  const port = run.settings.REDIS_PORT;
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    run.folder.redis,
    '--appendonly',
    'yes',
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
  ];
  return { name: 'redis', command: binary, args, environment: {}, isReady: () => accepts(port) };
}

/**
 * Long enough for a vote to open, end and be carried out: an hour of discussion, one of signaling, a day, and one more. The
 * market brings the chain through it.
 */
const PAST_SECONDS = 27 * 3_600;

/** @param pastSeconds how long before the present a new chain begins, which somebody has to bring there */
export function chainPlan(run: LocalRun, pastSeconds = 0): ProcessPlan {
  const { settings, folder } = run;
  const args = [
    ...['--rpc-port', String(settings.LOCAL_RPC_PORT), '--ws-port', String(settings.LOCAL_WS_PORT)],
    ...['--grpc-port', String(settings.LOCAL_YELLOWSTONE_PORT), '--data-dir', folder.chain, '--seed', run.seed],
    ...['--block-ms', String(settings.LOCAL_SLOT_MS), '--begins-seconds-ago', String(pastSeconds)],
    ...Object.entries(programIds(settings)).flatMap(([name, id]) => [
      '--program',
      `${id}=${repository}programs/${name}/${name}.so`,
    ]),
    ...['--usdc-mint-authority', run.network.address],
  ];
  return nodePlan(run, 'chain', 'test/localnet/main.ts', args, () => accepts(settings.LOCAL_YELLOWSTONE_PORT));
}

function marketPlan(run: LocalRun): ProcessPlan {
  const { settings } = run;
  const args = [
    ...['--rpc-url', settings.SOLANA_RPC_URL, '--seed', run.seed, '--providers', run.providers],
    ...['--network-keypair', run.network.path, '--reward-authority', run.rewardAuthority.address],
    ...Object.entries(programIds(settings)).flatMap(([name, id]) => [`--${name}-program`, id]),
  ];
  return nodePlan(run, 'market', 'test/simulation/main.ts', args, async () => true);
}

function nodePlan(
  run: LocalRun,
  name: string,
  file: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
): ProcessPlan {
  return {
    name,
    command: process.execPath,
    args: ['--enable-source-maps', '--import', loader, `${repository}${file}`, ...args],
    environment: environmentOf(run),
    isReady,
  };
}

/** Addresses stay unset where they were, so that every process derives the same ones from the ports. */
function environmentOf(run: LocalRun): Record<string, string> {
  const given = Object.entries(run.environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(given),
    REWARD_AUTHORITY_KEYPAIR: run.settings.REWARD_AUTHORITY_KEYPAIR || run.rewardAuthority.path,
    REWARD_EPOCH_SECONDS: String(run.settings.REWARD_EPOCH_SECONDS),
    REWARD_CHALLENGE_SECONDS: String(run.settings.REWARD_CHALLENGE_SECONDS),
    REWARD_AUTO_APPROVE: run.settings.REWARD_AUTO_APPROVE,
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
