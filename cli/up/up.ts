/**
 * `plumbline up`: the whole product on this machine. Starts what is missing, follows it on one live line, starts again
 * what dies, and stops in good order. With `--until` it ends by itself.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError, UpstreamError } from '../../indexer/domain/errors.ts';
import { type Environment, isLocalAddress, readSettings, type Settings } from '../../indexer/domain/settings.ts';
import { runMigrate } from '../migrate.ts';
import { readStatus } from '../status.ts';
import { dataFolderAt, forgetEverything, prepareDataFolder } from './data-folder.ts';
import { checkPortsAreFree } from './free-ports.ts';
import { type Goal, goalProgress, parseGoal } from './goal.ts';
import { keypairFileIn } from './keypairs.ts';
import { foundationPlans, hasLocalChain, type LocalRun, platformPlans, portsOf } from './local-services.ts';
import { createProgressView } from './progress-view.ts';
import { findOrInstallRedis } from './redis-binary.ts';
import { takeOver, writeRunFile } from './run-file.ts';
import { type ProcessPlan, type SupervisedProcess, supervise } from './supervised-process.ts';

interface UpOptions {
  readonly until?: string;
  readonly seed?: string;
  readonly providers?: string;
  readonly fresh?: boolean;
}

const READY_PATIENCE_MS = 120_000;
const READY_POLL_MS = 150;
const FOLLOW_POLL_MS = 1_000;
/** Without any new state of the epoch for this long, `--until` says so and gives up. */
const GOAL_PATIENCE_MS = 300_000;

/** A network of minutes, not days: what a newcomer can watch. Each is only a default. */
const localDefaults: Environment = {
  REWARD_EPOCH_SECONDS: '20',
  REWARD_CHALLENGE_SECONDS: '0',
  REWARD_AUTO_APPROVE: 'true',
};

export async function runUp(
  _: Settings,
  environment: Environment,
  options: UpOptions,
  signal: AbortSignal,
): Promise<void> {
  const goal = options.until === undefined ? null : parseGoal(options.until);
  const run = prepareRun(environment, options);
  await checkPortsAreFree(portsOf(run));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const redis = isLocalAddress(run.environment, 'REDIS_URL') ? findOrInstallRedis(say) : null;

  const failure = new AbortController();
  const processes: SupervisedProcess[] = [];
  const startAll = (plans: readonly ProcessPlan[]) => {
    for (const plan of plans) processes.push(supervise(plan, run.folder.logs, (reason) => failure.abort(reason)));
    return waitUntilReady(plans, AbortSignal.any([signal, failure.signal]));
  };
  const keepRunFile = setInterval(() => writeRunFile(run.folder.runFile, pidsOf(processes)), FOLLOW_POLL_MS);
  try {
    say('starting ClickHouse, Redis and the chain');
    await startAll(foundationPlans(run, redis));
    await runMigrate(run.settings);
    await startAll(platformPlans(run));
    sayAddresses(run, say);
    await follow(run, goal, processes, AbortSignal.any([signal, failure.signal]));
  } finally {
    clearInterval(keepRunFile);
    await stopInReverse(processes, say);
    writeRunFile(run.folder.runFile, []);
  }
  if (failure.signal.aborted)
    throw new UpstreamError('UP__PROCESS_DOWN', `${String(failure.signal.reason)}; its log is in ${run.folder.logs}`);
}

function prepareRun(environment: Environment, options: UpOptions): LocalRun {
  const ownChain = hasLocalChain(environment);
  const settled = ownChain ? { ...localDefaults, ...withoutEmpty(environment) } : environment;
  const settings = readSettings(settled);
  const folder = dataFolderAt(settings.DATA_DIR);
  takeOver(folder.runFile);
  if (options.fresh) forgetEverything(folder);
  prepareDataFolder(folder);
  writeRunFile(folder.runFile, []);
  return {
    settings,
    environment: settled,
    folder,
    rewardAuthority: keypairFileIn(folder.keys, 'reward-authority'),
    network: keypairFileIn(folder.keys, 'network'),
    seed: wholeNumber('--seed', options.seed ?? '1'),
    providers: wholeNumber('--providers', options.providers ?? '5'),
  };
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function wholeNumber(flag: string, text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new InputError('UP__BAD_FLAG', `${flag} takes a whole number, not ${text}`);
  return text;
}

async function waitUntilReady(plans: readonly ProcessPlan[], signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_PATIENCE_MS;
  const waiting = new Set(plans);
  while (waiting.size > 0 && !signal.aborted) {
    for (const plan of waiting) if (await plan.isReady()) waiting.delete(plan);
    const names = [...waiting].map((plan) => plan.name).join(', ');
    if (waiting.size > 0 && Date.now() > deadline)
      throw new UpstreamError('UP__NOT_READY', `Not serving after two minutes: ${names}`);
    if (waiting.size > 0) await sleep(READY_POLL_MS);
  }
}

function sayAddresses({ settings, folder, environment }: LocalRun, say: (line: string) => void): void {
  const origin = `http://${settings.API_HOST}:${settings.API_PORT}`;
  say(`dashboard   ${origin}/`);
  say(`GraphQL     ${origin}/graphql`);
  say(`ClickHouse  ${settings.CLICKHOUSE_URL} (database ${settings.CLICKHOUSE_DATABASE})`);
  if (hasLocalChain(environment))
    say(`chain       ${settings.SOLANA_RPC_URL} (Yellowstone ${settings.YELLOWSTONE_ENDPOINT})`);
  say(`logs        ${folder.logs}`);
}

/** Until the goal, a stop or a failure. @throws UpstreamError `UP__GOAL_NOT_REACHED` */
async function follow(
  run: LocalRun,
  goal: Goal | null,
  processes: readonly SupervisedProcess[],
  signal: AbortSignal,
): Promise<void> {
  const view = createProgressView(process.stdout);
  let lastChange = { state: '', atMs: Date.now() };
  while (!signal.aborted) {
    const status = await readStatus(run.settings);
    view.show(status, processes);
    const progress = goal && goalProgress(goal, status);
    if (progress?.reached) break;
    if (progress && progress.state !== lastChange.state) lastChange = { state: progress.state, atMs: Date.now() };
    if (progress && Date.now() - lastChange.atMs > GOAL_PATIENCE_MS) {
      throw new UpstreamError(
        'UP__GOAL_NOT_REACHED',
        `No progress for ${GOAL_PATIENCE_MS / 60_000} minutes: ${progress.state}`,
      );
    }
    await sleep(FOLLOW_POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  view.end();
}

async function stopInReverse(processes: readonly SupervisedProcess[], say: (line: string) => void): Promise<void> {
  say('stopping');
  for (const each of [...processes].reverse()) await each.stop();
}

function pidsOf(processes: readonly SupervisedProcess[]): number[] {
  return processes.map((each) => each.pid()).filter((pid) => pid !== null);
}
