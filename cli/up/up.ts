/**
 * `plumbline up`: the whole product on this machine. Starts what is missing, follows it on one live line, starts again
 * what dies, and stops in good order. With `--until` it ends by itself.
 *
 * Ends with 0 when it was told to stop or the goal is reached, 1 when the goal cannot be reached, 130 when it was told to
 * stop before the goal was.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { checkInput, InputError, messageOf, UpstreamError } from '../../indexer/domain/errors.ts';
import { type Environment, isLocalAddress, readSettings, type Settings } from '../../indexer/domain/settings.ts';
import { shownUrl } from '../../indexer/domain/shown-url.ts';
import { ensureDashboard } from '../dashboard.ts';
import { runMigrate } from '../migrate.ts';
import { say } from '../say.ts';
import { readStatus } from '../status.ts';
import { dataFolderAt, forgetEverything, prepareDataFolder } from './data-folder.ts';
import { checkPortsAreFree } from './free-ports.ts';
import { type Goal, goalProgress, parseGoal } from './goal.ts';
import { keypairFileIn } from './keypairs.ts';
import { foundationPlans, hasLocalChain, type LocalRun, platformPlans, portsOf } from './local-services.ts';
import { ProcessGroup } from './process-group.ts';
import { createProgressView } from './progress-view.ts';
import { findOrInstallRedis } from './redis-binary.ts';
import { takeOver, writeRunFile } from './run-file.ts';

interface UpOptions {
  readonly until?: string;
  readonly seed?: string;
  readonly providers?: string;
  readonly fresh?: boolean;
}

const FOLLOW_POLL_MS = 1_000;
/** Without any new state of the epoch for this long, `--until` says so and gives up. */
const GOAL_PATIENCE_MS = 300_000;
const ORPHAN_PORTS_PATIENCE_MS = 5_000;
const INTERRUPTED_EXIT_CODE = 130;

/** Until there is a chain on a machine that does nothing else. */
const SECONDS_TO_START = 5;

/** A network of minutes, not days: what a newcomer can watch. Each is only a default. */
const localDefaults: Environment = {
  REWARD_EPOCH_SECONDS: '20',
  REWARD_CHALLENGE_SECONDS: '0',
  REWARD_AUTO_APPROVE: 'true',
  // The chain begins a day before the present, which is made in moments; rewards begin with what can be watched.
  REWARD_EPOCH_START: String(Math.floor(Date.now() / 1_000) + SECONDS_TO_START),
  // The chain's first block: a server replays 150 slots, and an indexer that comes later fills the rest by RPC.
  START_SLOT: '1',
};

export async function runUp(
  _: Settings,
  environment: Environment,
  options: UpOptions,
  signal: AbortSignal,
): Promise<void> {
  const goal = options.until === undefined ? null : parseGoal(options.until);
  const run = await prepareRun(environment, options);
  const redis = isLocalAddress(run.environment, 'REDIS_URL') ? findOrInstallRedis(say) : null;
  const group = new ProcessGroup(run.folder);
  let isReached = false;
  try {
    isReached = await startAndFollow(run, redis, goal, group, signal);
  } catch (error) {
    throw goal === null || !(error instanceof UpstreamError) ? error : goalFailure(goal, error);
  } finally {
    say('stopping');
    await group.stop();
  }
  if (goal !== null && !isReached) process.exitCode = INTERRUPTED_EXIT_CODE;
}

/** @returns whether the goal was reached. @throws UpstreamError `UP__PROCESS_DOWN`, `UP__GOAL_STALLED`, and those of the start */
async function startAndFollow(
  run: LocalRun,
  redis: string | null,
  goal: Goal | null,
  group: ProcessGroup,
  signal: AbortSignal,
): Promise<boolean> {
  const steps = [
    async () => {
      say('starting ClickHouse, Redis and the chain');
      await group.start(foundationPlans(run, redis), signal);
    },
    () => runMigrate(run.settings),
    () => ensureDashboard(say),
    () => group.start(platformPlans(run), signal),
  ];
  for (const step of steps) {
    await step();
    checkProcesses(run, group);
    if (signal.aborted) return false;
  }
  sayAddresses(run);
  const isReached = await follow(run, goal, group, signal);
  checkProcesses(run, group);
  return isReached;
}

function checkProcesses({ folder }: LocalRun, { failure }: ProcessGroup): void {
  if (failure.aborted)
    throw new UpstreamError('UP__PROCESS_DOWN', `${String(failure.reason)}; its log is in ${folder.logs}`);
}

function goalFailure(goal: Goal, cause: UpstreamError): UpstreamError {
  const text = `Reward epoch ${goal.rewardEpoch} cannot be reached: ${messageOf(cause)}`;
  return new UpstreamError('UP__GOAL_NOT_REACHED', text, { rewardEpoch: goal.rewardEpoch }, cause);
}

/** Everything given is checked before anything is changed. */
async function prepareRun(environment: Environment, options: UpOptions): Promise<LocalRun> {
  const ownChain = hasLocalChain(environment);
  checkInput(
    isLocalAddress(environment, 'YELLOWSTONE_ENDPOINT') === isLocalAddress(environment, 'SOLANA_RPC_URL'),
    'UP__HALF_A_CHAIN',
    'Set YELLOWSTONE_ENDPOINT and SOLANA_RPC_URL together, to endpoints of one chain, or neither',
  );
  const settled = ownChain ? { ...localDefaults, ...withoutEmpty(environment) } : environment;
  const settings = readSettings(settled);
  const seed = wholeNumber('--seed', options.seed ?? '1');
  const providers = wholeNumber('--providers', options.providers ?? '5');
  const folder = dataFolderAt(settings.DATA_DIR);
  const orphanCount = await takeOver(folder.runFile);
  await checkPortsAreFree(portsOf(settings, settled), orphanCount > 0 ? ORPHAN_PORTS_PATIENCE_MS : 0);
  if (options.fresh) forgetEverything(folder);
  prepareDataFolder(folder);
  writeRunFile(folder.runFile, new Map());
  return {
    ...{ settings, environment: settled, folder, seed, providers },
    rewardAuthority: keypairFileIn(folder.keys, 'reward-authority'),
    network: keypairFileIn(folder.keys, 'network'),
  };
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function wholeNumber(flag: string, text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new InputError('UP__BAD_FLAG', `${flag} takes a whole number, not ${text}`);
  return text;
}

function sayAddresses({ settings, folder, environment }: LocalRun): void {
  const origin = `http://${settings.API_HOST}:${settings.API_PORT}`;
  say(`dashboard   ${origin}/`);
  say(`GraphQL     ${origin}/graphql`);
  say(`ClickHouse  ${shownUrl(settings.CLICKHOUSE_URL)} (database ${settings.CLICKHOUSE_DATABASE})`);
  if (hasLocalChain(environment))
    say(`chain       ${settings.SOLANA_RPC_URL} (Yellowstone ${settings.YELLOWSTONE_ENDPOINT})`);
  say(`logs        ${folder.logs}`);
}

/** Until the goal, a stop or a failure. @throws UpstreamError `UP__GOAL_STALLED` */
async function follow(run: LocalRun, goal: Goal | null, group: ProcessGroup, stop: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([stop, group.failure]);
  const view = createProgressView(process.stdout);
  let lastChange = { state: '', atMs: Date.now() };
  let isReached = false;
  while (!signal.aborted && !isReached) {
    const status = await readStatus(run.settings);
    view.show(status, group.restarts);
    const progress = goal && goalProgress(goal, status);
    isReached = progress?.reached ?? false;
    if (progress && progress.state !== lastChange.state) lastChange = { state: progress.state, atMs: Date.now() };
    if (progress && !isReached && Date.now() - lastChange.atMs > GOAL_PATIENCE_MS) {
      const text = `no progress for ${GOAL_PATIENCE_MS / 60_000} minutes: ${progress.state}`;
      throw new UpstreamError('UP__GOAL_STALLED', text);
    }
    if (!isReached) await sleep(FOLLOW_POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  view.end();
  return isReached;
}
