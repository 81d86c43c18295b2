/**
 * Commands of `plumbline` as processes of their own, which may be told where to die.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Environment } from '../../../indexer/domain/settings.ts';

const mainFile = path.resolve(import.meta.dirname, '../../../cli/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it said on stderr. */
  readonly said: string;
}

export interface RunningCommand {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  isRunning(): boolean;
  /** Whether an indexer has begun to follow. Before that, a signal may find nobody who listens to it. */
  hasBegun(): boolean;
  kill(signal: NodeJS.Signals): void;
}

/** @param args as on the command line: `['indexer']` */
export function startCommand(args: readonly string[], environment: Environment): RunningCommand {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', mainFile, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = (once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>).then(([code, signal]) => ({
    ...{ code, signal, said },
  }));
  return {
    pid: child.pid ?? 0,
    ended,
    hasBegun: () => said.includes('"msg":"starting"'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: (signal) => void child.kill(signal),
  };
}
