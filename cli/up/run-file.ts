/**
 * Which processes the last `plumbline up` on this data folder started. Keeps a second one out, and ends what a killed
 * one left behind.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { InputError } from '../../indexer/domain/errors.ts';

interface RunFile {
  readonly supervisor: Running;
  readonly children: readonly Running[];
}

interface Running {
  readonly pid: number;
  /** Start time in clock ticks since boot: a pid alone may have been given to somebody else. */
  readonly startTicks: string;
}

export function writeRunFile(path: string, childPids: readonly number[]): void {
  const children = childPids.map(runningOf).filter((each) => each !== null);
  const supervisor = runningOf(process.pid) ?? { pid: process.pid, startTicks: '' };
  writeFileSync(path, JSON.stringify({ supervisor, children } satisfies RunFile));
}

/**
 * End the children of a supervisor that is gone.
 * @throws InputError `UP__ALREADY_RUNNING` when that supervisor still lives
 */
export function takeOver(path: string): void {
  const last = readRunFile(path);
  if (last === null) return;
  if (isSame(last.supervisor)) {
    throw new InputError(
      'UP__ALREADY_RUNNING',
      `Already running as process ${last.supervisor.pid} on this data folder: stop it, or set DATA_DIR and the ports`,
    );
  }
  for (const child of last.children) if (isSame(child)) process.kill(child.pid, 'SIGKILL');
}

function readRunFile(path: string): RunFile | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunFile;
  } catch {
    // Absent, or cut by a crash in the middle of the write: nothing to take over either way.
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
