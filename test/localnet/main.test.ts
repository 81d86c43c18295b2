/** The local chain as a process: what it prints, how it refuses, how it stops. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLocalnet } from './start.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-main-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function run(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts'), ...args]);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.err += chunk.toString();
  });
  const exit = once(child, 'close').then(([code]) => code as number);
  return { child, output, exit };
}

test('it says when it serves and stops cleanly when told to', async () => {
  const { child, output, exit } = run(
    '--data-dir',
    dataDir,
    '--rpc-port',
    '0',
    '--ws-port',
    '0',
    '--grpc-port',
    '0',
    '--seed',
    '5',
  );
  await once(child.stdout, 'data');
  expect(JSON.parse(output.out)).toMatchObject({
    ready: true,
    rpcUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(output.err).toBe('');
});

test('a taken port and bad arguments are one line each', async () => {
  const net = await startLocalnet();
  const port = new URL(net.rpcUrl).port;
  const refusals = [
    { args: ['--data-dir', dataDir, '--rpc-port', port], reason: `Cannot listen on the RPC port ${port}: it is taken` },
    { args: ['--data-dir', dataDir, '--rpc-port', 'many'], reason: 'Argument --rpc-port cannot be many' },
    { args: ['--rpc-port', '0'], reason: 'Argument --data-dir is missing' },
    {
      args: ['--data-dir', dataDir, '--program', `stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG=${dataDir}/no.so`],
      reason: 'Cannot read the program',
    },
  ];
  for (const { args, reason } of refusals) {
    const { output, exit } = run(...args);
    expect(await exit).toBe(1);
    expect(output.err).toContain(reason);
    expect(output.err.trim().split('\n')).toHaveLength(1);
    rmSync(join(dataDir, 'ledger.bin'), { force: true });
  }
  await net.stop();
});
