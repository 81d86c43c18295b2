/** The process: ready line, kill and restart, two owners, bad starts. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedClickHouse } from '../../../clickhouse/start-clickhouse.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-embedded-'));
});
afterAll(() => rm(folder, { recursive: true }));

const post = async (url: string, body: string, search = ''): Promise<string> =>
  (await fetch(`${url}/${search}`, { method: 'POST', body })).text();

/** One failed start: its exit code and the lines of its stderr. */
function failedStart(...flags: string[]): { status: number | null; lines: string[] } {
  const main = path.resolve(import.meta.dirname, '../../../../indexer/store/embedded/main.ts');
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main, ...flags], { encoding: 'utf8' });
  return { status, lines: stderr.trim().split('\n') };
}

describe('a killed process', () => {
  test('an acknowledged insert is there after SIGKILL, an unfinished one is not', async () => {
    const dataDir = path.join(folder, 'killed');
    let acknowledged = 0;
    for (let round = 0; round < 3; round += 1) {
      const server = await startEmbeddedClickHouse({ dataDir });
      await post(server.url, 'CREATE TABLE IF NOT EXISTS t (a UInt64) ENGINE = MergeTree ORDER BY a');
      expect(await post(server.url, 'SELECT count() FROM t')).toBe(`${acknowledged}\n`);
      for (let index = 0; index < 5; index += 1) {
        const rows = Array.from({ length: 1000 }, (_, a) => `${a}\n`).join('');
        expect(await post(server.url, rows, '?query=INSERT+INTO+t+FORMAT+CSV')).toBe('');
        acknowledged += 1000;
      }
      await server.kill();
    }
    const server = await startEmbeddedClickHouse({ dataDir });
    expect(await post(server.url, 'SELECT count() FROM t')).toBe(`${acknowledged}\n`);
    await server.stop();
  });

  test('what it left in the spool is gone after the next start', async () => {
    const dataDir = path.join(folder, 'spool');
    const first = await startEmbeddedClickHouse({ dataDir });
    await first.kill();
    const stale = path.join(dataDir, 'http_spool', 'stale.data');
    writeFileSync(stale, 'x');
    const second = await startEmbeddedClickHouse({ dataDir });
    expect(existsSync(stale)).toBe(false);
    await post(second.url, 'CREATE TABLE t (a UInt64) ENGINE = Memory');
    await post(second.url, '1\n', '?query=INSERT+INTO+t+FORMAT+CSV');
    await post(second.url, 'x\n', '?query=INSERT+INTO+t+FORMAT+CSV');
    expect(readdirSync(path.join(dataDir, 'http_spool')).filter((name) => name.endsWith('.data'))).toEqual([]);
    await second.stop();
  });
});

describe('a process that is told to stop', () => {
  test('finishes the running query and exits with 0', async () => {
    const server = await startEmbeddedClickHouse();
    const running = post(server.url, 'SELECT sleep(3)');
    const isRunning = () => post(server.url, 'SELECT count() > 1 FROM system.processes');
    await expect.poll(isRunning, { timeout: 20_000 }).toBe('1\n');
    const code = server.stop();
    expect(await running).toBe('0\n');
    expect(await code).toBe(0);
  });
});

describe('a start that fails says in one line what to do and exits with 1', () => {
  test('the data directory has an owner', async () => {
    const server = await startEmbeddedClickHouse();
    const { status, lines } = failedStart('--port', '0', '--data-dir', server.dataDir);
    expect([status, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch(/another --data-dir|another by --data-dir/);
    expect(await post(server.url, 'SELECT 1')).toBe('1\n');
    await server.stop();
  });

  test('the port is taken', async () => {
    const owner = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => owner.once('listening', listening));
    const { port } = owner.address() as { port: number };
    const { status, lines } = failedStart('--port', String(port), '--data-dir', path.join(folder, 'port'));
    expect([status, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain(`127.0.0.1:${port}, the port is taken`);
    owner.close();
  });

  test('the data directory cannot be made', () => {
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    const { status, lines } = failedStart('--port', '0', '--data-dir', path.join(file, 'data'));
    expect([status, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain('make it writable');
  });

  test.each([
    [['--port', 'abc'], '--port abc cannot be used'],
    [['--users-file', '/nowhere.json'], '--users-file /nowhere.json'],
    [['--nope'], "Unknown option '--nope'"],
  ])('%j', (flags, said) => {
    const { status, lines } = failedStart(...flags);
    expect([status, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain(said);
  });
});
