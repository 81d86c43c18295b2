/**
 * `plumbline clickhouse` and `plumbline localnet`: the two processes of a one-machine run that have a command line of
 * their own, started with the ports and folders of the settings.
 * @module
 */
import { spawn } from 'node:child_process';
import type { Settings } from '../indexer/domain/settings.ts';
import { dataFolderAt, prepareDataFolder } from './up/data-folder.ts';
import { keypairFileIn } from './up/keypairs.ts';
import { chainPlan, clickHousePlan, type LocalRun } from './up/local-services.ts';
import type { ProcessPlan } from './up/supervised-process.ts';

export async function runClickHouse(settings: Settings, signal: AbortSignal): Promise<void> {
  await runAlone(clickHousePlan(localRun(settings)), signal);
}

export async function runLocalnet(settings: Settings, signal: AbortSignal): Promise<void> {
  await runAlone(chainPlan(localRun(settings)), signal);
}

function localRun(settings: Settings): LocalRun {
  const folder = dataFolderAt(settings.DATA_DIR);
  prepareDataFolder(folder);
  return {
    settings,
    environment: process.env,
    folder,
    rewardAuthority: keypairFileIn(folder.keys, 'reward-authority'),
    network: keypairFileIn(folder.keys, 'network'),
    seed: '1',
    providers: '0',
  };
}

/**
 * In this terminal, until it ends; its exit code is ours. One that was killed, and not by us, did not end well.
 * @throws Error of the system when the program is not there
 */
function runAlone(plan: ProcessPlan, signal: AbortSignal): Promise<void> {
  const child = spawn(plan.command, [...plan.args], { env: { ...process.env, ...plan.environment }, stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.exitCode = code ?? (signal.aborted ? 0 : 1);
      resolve();
    });
  });
}
