/**
 * Which processes the last `plumbline up` on this data folder started. Keeps a second one out, and ends what a killed
 * one left behind.
 * @module
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError, UpstreamError } from '../../indexer/domain/errors.ts';

interface RunFile {
  readonly supervisor: Running;
  readonly children: readonly (Running & { readonly name: string })[];
}

interface Running {
  readonly pid: number;
  /** Start time in clock ticks since boot: a pid alone may have been given to somebody else. */
  readonly startTicks: string;
}

const GONE_PATIENCE_MS = 10_000;
const GONE_POLL_MS = 20;

export function writeRunFile(path: string, childPids: ReadonlyMap<string, number>): void {
  const children = [...childPids].flatMap(([name, pid]) => {
    const running = runningOf(pid);
    return running === null ? [] : [{ name, ...running }];
  });
  const supervisor = runningOf(process.pid) ?? { pid: process.pid, startTicks: '' };
  // Renamed into place whole: half a file would leave children behind that nobody knows of.
  writeFileSync(`${path}.new`, JSON.stringify({ supervisor, children } satisfies RunFile));
  renameSync(`${path}.new`, path);
}

/**
 * End the children of a supervisor that is gone.
 * @returns how many there were
 * @throws InputError `UP__ALREADY_RUNNING` when that supervisor still lives, UpstreamError `UP__ORPHAN` when one does not end
 */
export async function takeOver(path: string): Promise<number> {
  const last = readRunFile(path);
  if (last === null) return 0;
  if (isSame(last.supervisor)) {
    throw new InputError(
      'UP__ALREADY_RUNNING',
      `Already running as process ${last.supervisor.pid} on this data folder: stop it, or set DATA_DIR and the ports`,
    );
  }
  const orphans = last.children.filter(isSame);
  for (const orphan of orphans) process.kill(orphan.pid, 'SIGKILL');
  const deadline = Date.now() + GONE_PATIENCE_MS;
  for (const orphan of orphans) {
    while (isSame(orphan)) {
      if (Date.now() > deadline)
        throw new UpstreamError(
          'UP__ORPHAN',
          `Process ${orphan.pid} (${orphan.name}) of a killed run does not end: end it by hand`,
        );
      await sleep(GONE_POLL_MS);
    }
  }
  return orphans.length;
}

function readRunFile(path: string): RunFile | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunFile;
  } catch {
    return null;
  }
}

function isSame(running: Running): boolean {
  return runningOf(running.pid)?.startTicks === running.startTicks;
}

/** `null` for a process that is gone. Without /proc (macOS) only the existence of the pid can be told. */
function runningOf(pid: number): Running | null {
  try {
    process.kill(pid, 0);
  } catch {
    return null;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : { pid, startTicks: fields[19] ?? '' };
  } catch {
    return { pid, startTicks: '' };
  }
}
