/**
 * The worker as a process of its own, which a test can have killed where it likes.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import type { Settings } from '../../indexer/domain/settings.ts';

const mainFile = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** @param killPoint where it ends itself; empty for nowhere */
export function startWorkerProcess(settings: Settings, killPoint = ''): ChildProcess {
  const environment = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  return spawn(process.execPath, ['--import', 'tsx', mainFile, 'worker'], {
    env: { ...process.env, ...environment, KILL_POINT: killPoint },
    stdio: 'ignore',
  });
}

/** Workers that have to die. */
const dying = new Set<ChildProcess>();

// A test whose time is up leaves its worker running, and would go on to the next one when that is killed.
afterEach(() => {
  const left = [...dying];
  dying.clear();
  for (const worker of left) worker.kill('SIGKILL');
});

/** Run a worker that has to die at a point. @throws Error when it ended otherwise, lives on, or its test ended first */
export async function dieAt(settings: Settings, killPoint: string, patienceMs: number): Promise<void> {
  const worker = startWorkerProcess(settings, killPoint);
  dying.add(worker);
  const timer = setTimeout(() => worker.kill('SIGTERM'), patienceMs);
  const [exitCode, signal] = (await once(worker, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  if (!dying.delete(worker)) throw new Error(`the test ended before a worker came to ${killPoint}`);
  if (signal !== 'SIGKILL') throw new Error(`no worker came to ${killPoint}: it ended with ${exitCode ?? signal}`);
}
