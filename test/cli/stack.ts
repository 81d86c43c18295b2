/**
 * `./plumbline up` as a child process, as a user starts it: free ports, a folder that goes with it, a quick local chain.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings, type Settings } from '../../indexer/domain/settings.ts';

const executable = join(import.meta.dirname, '../../plumbline');

export type Variables = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Command {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly out: () => string;
}

/** In a process group of its own, so that a signal can reach it as Ctrl-C in a terminal does. */
export function start(args: readonly string[], variables: Variables = {}): Command {
  const child = spawn(executable, [...args], {
    // Nothing that the caller of the tests has set may change what is tested.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  return { child, ended, out: () => said.out };
}

export function run(args: readonly string[], variables: Variables = {}): Promise<Ended> {
  return start(args, variables).ended;
}

export interface Stack {
  readonly dataDir: string;
  readonly variables: Variables;
  readonly settings: Settings;
  up(...args: string[]): Command;
  /** Pid of every process by name, as the supervisor has written them down. */
  pids(): Readonly<Record<string, number>>;
  supervisorPid(): number;
  /** Ends whatever is left and removes the folder. */
  remove(): Promise<void>;
}

export async function createStack(changes: Variables = {}): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-up-'));
  const variables = { DATA_DIR: dataDir, ...(await freePorts()), ...changes };
  const commands: Command[] = [];
  const runFile = () =>
    JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as {
      readonly supervisor: { readonly pid: number };
      readonly children: readonly { readonly name: string; readonly pid: number }[];
    };
  const pids = () => Object.fromEntries(runFile().children.map(({ name, pid }) => [name, pid]));
  return {
    dataDir,
    variables,
    settings: readSettings(variables),
    up(...args) {
      const command = start(['up', ...args], variables);
      commands.push(command);
      return command;
    },
    pids,
    supervisorPid: () => runFile().supervisor.pid,
    async remove() {
      for (const { child } of commands) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await Promise.all(commands.map(({ ended }) => ended));
      if (commands.length > 0) for (const pid of Object.values(pids())) kill(pid);
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** A zombie has ended: who adopts the children of a killed process may take its time to bury them. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (!existsSync('/proc/self/stat')) return true;
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** Wait until `ask` gives something. The limit only keeps a failing test from hanging. */
export async function until<T>(what: string, ask: () => Promise<T | null>, patienceMs = 90_000): Promise<T> {
  let lastError: unknown;
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(100)) {
    const found = await ask().catch((error: unknown) => {
      lastError = error;
      return null;
    });
    if (found !== null) return found;
  }
  throw new Error(`${what}: not within ${patienceMs} ms`, { cause: lastError });
}

/** Below the ports that the system gives to outgoing connections. Held open together while they are chosen, so that no two are the same; the metrics take two in a row. */
async function freePorts(): Promise<Variables> {
  const held: Server[] = [];
  const hold = async (wanted: number): Promise<number | null> => {
    const server = await listening(wanted);
    if (server === null) return null;
    held.push(server);
    return (server.address() as { port: number }).port;
  };
  const anyPort = () => randomInt(12_000, 32_000);
  const chosen: Record<string, string> = {};
  for (const name of ['API', 'LOCAL_RPC', 'LOCAL_WS', 'LOCAL_YELLOWSTONE', 'CLICKHOUSE', 'REDIS'])
    while (chosen[`${name}_PORT`] === undefined) {
      const port = await hold(anyPort());
      if (port !== null) chosen[`${name}_PORT`] = String(port);
    }
  while (chosen['METRICS_PORT'] === undefined) {
    const first = await hold(anyPort());
    if (first !== null && (await hold(first + 1)) !== null) chosen['METRICS_PORT'] = String(first);
  }
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return chosen;
}

function listening(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}
