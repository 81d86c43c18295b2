/**
 * One child process of `plumbline up`: started, watched, started again when it ends unasked, stopped in good order.
 * Its output goes to a log file; the last lines are kept to say why it failed.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves once the process serves; asked again after every restart. */
  readonly isReady: () => Promise<boolean>;
}

export interface SupervisedProcess {
  readonly name: string;
  readonly pid: () => number | null;
  readonly restarts: () => number;
  readonly stop: () => Promise<void>;
}

const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5_000;
/** A process that ran this long was well: its next end starts the back-off anew. */
const WELL_AFTER_MS = 15_000;
/** Ends in a row, each before it was well, after which trying again is useless. */
const GIVE_UP_AFTER = 8;
const STOP_PATIENCE_MS = 10_000;
const KEPT_LINES = 5;

export function supervise(plan: ProcessPlan, logFolder: string, onGiveUp: (reason: string) => void): SupervisedProcess {
  const state = {
    child: null as ChildProcess | null,
    restarts: 0,
    endsInARow: 0,
    stopping: false,
    timer: undefined as NodeJS.Timeout | undefined,
  };
  const log = createWriteStream(join(logFolder, `${plan.name}.log`), { flags: 'a' });

  const start = () => {
    const startedAt = Date.now();
    const lastLines: string[] = [];
    const child = spawn(plan.command, [...plan.args], {
      env: { ...process.env, ...plan.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    state.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        log.write(chunk);
        if (stream === child.stderr) keepLast(lastLines, chunk);
      });
    }
    const ended = (how: string) => {
      if (state.child !== child) return;
      state.child = null;
      if (!state.stopping) startAgain(Date.now() - startedAt, lastLines.at(-1) ?? how);
    };
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, signal) => ended(signal === null ? `ended with code ${code}` : `ended by ${signal}`));
  };

  const startAgain = (ranMs: number, reason: string) => {
    state.endsInARow = ranMs >= WELL_AFTER_MS ? 1 : state.endsInARow + 1;
    if (state.endsInARow >= GIVE_UP_AFTER) return onGiveUp(`${plan.name} does not stay up: ${reason}`);
    state.restarts += 1;
    const delayMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (state.endsInARow - 1));
    state.timer = setTimeout(start, delayMs);
  };

  start();
  return {
    name: plan.name,
    pid: () => state.child?.pid ?? null,
    restarts: () => state.restarts,
    stop: async () => {
      state.stopping = true;
      clearTimeout(state.timer);
      if (state.child) await endGently(state.child);
      await new Promise((resolve) => log.end(resolve));
    },
  };
}

function keepLast(lines: string[], chunk: Buffer): void {
  lines.push(
    ...chunk
      .toString('utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
  lines.splice(0, Math.max(0, lines.length - KEPT_LINES));
}

async function endGently(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hardEnd = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await gone;
  clearTimeout(hardEnd);
}
