/**
 * A real Redis for a test: a process of its own, on a free port, in a folder that goes with it.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.ts';

export interface RunningRedis {
  readonly url: string;
  readonly port: number;
  /** SIGKILL; what was in memory is lost. */
  kill(): Promise<void>;
  /** Start again, empty, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const binaries = ['redis-server', 'valkey-server'];

/** @throws Error when no Redis is installed or it does not start */
export async function startRedis(): Promise<RunningRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plumbline-redis-'));
  const port = await freePort();
  let child = await launch(port, folder);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    async restart() {
      await kill();
      child = await launch(port, folder);
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  for (const binary of binaries) {
    const child = spawn(binary, flags, { stdio: ['ignore', 'pipe', 'ignore'] });
    const isMissing = new Promise<false>((resolve) => child.once('error', () => resolve(false)));
    if (await Promise.race([isMissing, isReady(child)])) return child;
  }
  throw new Error(`none of ${binaries.join(', ')} starts; install Redis`);
}

async function isReady(child: ChildProcess): Promise<boolean> {
  if (child.stdout === null) return false;
  const lines = createInterface(child.stdout);
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve(true);
    });
    lines.on('close', () => resolve(false));
  });
}
