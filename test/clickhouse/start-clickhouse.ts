/**
 * A real ClickHouse for a test: the embedded server as a process of its own, on a free port and a folder of its own.
 * @module
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { serverProgram } from './server-program.ts';

export interface ClickHouseOptions {
  /** Kept on `stop` when given; otherwise a temporary folder that goes with it. */
  readonly dataDir?: string;
  /** The temporary folder begins as a copy of this one, which no process has open. */
  readonly copyOf?: string;
  readonly port?: number;
  /** Queries that run at once. */
  readonly sessions?: number;
  readonly extraArguments?: readonly string[];
}

export interface RunningClickHouse {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** SIGTERM: running queries finish. Resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, nothing is cleaned up but a temporary folder. */
  kill(): Promise<void>;
}

/** @throws Error with what the process said when it does not start */
export async function startEmbeddedClickHouse(options: ClickHouseOptions = {}): Promise<RunningClickHouse> {
  const dataDir = options.dataDir ?? (await temporaryFolder(options.copyOf));
  const sessions = options.sessions ?? 4;
  const flags = ['--port', String(options.port ?? 0), '--data-dir', dataDir, '--sessions', String(sessions)];
  const program = await serverProgram();
  const child = spawn(process.execPath, [...program, ...flags, ...(options.extraArguments ?? [])], {
    env: { ...process.env, UV_THREADPOOL_SIZE: String(sessions + 4) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { port } = await readReady(child);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const [code] = await exited;
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    return code;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    pid: child.pid ?? 0,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

async function temporaryFolder(copyOf: string | undefined): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plumbline-clickhouse-'));
  // Not by node:fs, which cannot copy the named pipe in it and takes links for absolute. And never by links: the engine
  // changes files where they are.
  if (copyOf !== undefined) await promisify(execFile)('cp', ['-R', `${copyOf}/.`, folder]);
  return folder;
}

async function readReady(child: ChildProcess): Promise<{ port: number }> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  if (child.stdout === null) throw new Error('the process has no output');
  for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  throw new Error(`embedded ClickHouse did not start: ${said.trim()}`);
}
