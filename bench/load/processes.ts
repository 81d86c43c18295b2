/**
 * The processes around a measured one: the server of the load and an embedded ClickHouse, with what they cost.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Selection } from './recorded-transactions.ts';

const CLOCK_TICKS_PER_SECOND = 100;

export interface RunningProcess<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a TypeScript file that prints one line of JSON when it serves. */
async function start<Ready>(
  file: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<RunningProcess<Ready>> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  if (child.stdout === null) throw new Error(`${file} has no output`);
  const exited = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => Promise.reject(new Error(`${file} ended`))),
  ])) as [string];
  return {
    ready: JSON.parse(line) as Ready,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export interface LoadOptions {
  readonly blocks: number;
  readonly transactions: number;
  readonly selection: Selection;
  readonly perSecond?: number;
  readonly feed?: 'blocks' | 'transactions';
}

export interface LoadReady {
  readonly port: number;
  readonly blockBytes: number;
  readonly transactions: number;
  readonly events: number;
}

export function startLoad({ blocks, transactions, selection, perSecond = 0, feed = 'blocks' }: LoadOptions) {
  const args = Object.entries({ blocks, transactions, selection, 'per-second': perSecond, feed });
  const flags = args.flatMap(([name, value]) => [`--${name}`, String(value)]);
  return start<LoadReady>(path.join(import.meta.dirname, 'server.ts'), flags);
}

/** A proxy that stalls; `periods` as its flags. */
export function startStallingProxy(target: string, periods: { 'every-seconds': string; 'stall-seconds': string }) {
  const { 'every-seconds': every, 'stall-seconds': stall } = periods;
  const flags = ['--target', target, '--every-seconds', every, '--stall-seconds', stall];
  return start<{ port: number }>(path.join(import.meta.dirname, 'stalling-proxy.ts'), flags);
}

/** An embedded ClickHouse on an empty folder that goes with it. */
export async function startClickHouse(sessions = 4): Promise<RunningProcess<{ readonly url: string }>> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'plumbline-bench-'));
  const mainFile = path.resolve(import.meta.dirname, '../../indexer/store/embedded/main.ts');
  const flags = ['--port', '0', '--data-dir', dataDir, '--sessions', String(sessions)];
  const server = await start<{ port: number }>(mainFile, flags, { UV_THREADPOOL_SIZE: String(sessions + 4) });
  return {
    ready: { url: `http://127.0.0.1:${server.ready.port}` },
    pid: server.pid,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Processor seconds of a process so far, all threads. NaN where the system does not tell. */
export function cpuSeconds(pid: number): number {
  try {
    // The name of the process, in brackets, may contain spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a process, MiB. NaN where the system does not tell. */
export function residentMiB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}

/** The most resident memory of a process since it began, or since `forgetPeak`, MiB. NaN where the system does not tell. */
export function peakMiB(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}

/** Lets the peak begin anew with what is resident now, where the system can. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // The peak of the whole life is shown then, which is no less.
  }
}
