/**
 * Latency of inserts and queries over HTTP against the embedded ClickHouse, its start time and its memory.
 *
 *     node --import tsx bench/clickhouse-insert.ts [--rounds 200]
 *
 * Starts a server of its own on a free port with an empty temporary folder. One client, one request at a time.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const mainFile = path.resolve(import.meta.dirname, '../indexer/store/embedded/main.ts');

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly startMs: number;
}

async function startServer(dataDir: string): Promise<Server> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', mainFile, '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface(child.stdout)) {
    const { port } = JSON.parse(line) as { port: number };
    return { child, port, startMs: performance.now() - startedAt };
  }
  throw new Error('the server did not start');
}

async function post(port: number, query: string, body: Buffer | null = null): Promise<string> {
  const search = body === null ? '' : `?${new URLSearchParams({ query })}`;
  const call = request({ port, agent, method: 'POST', path: `/${search}` });
  call.end(body ?? query);
  const [response] = await once(call, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  if (response.statusCode !== 200) throw new Error(text);
  return text;
}

/** Rows like an event's envelope: 8 + 2 + 32 + 32 + 8 bytes in RowBinary. */
function rowsOf(rowCount: number, isBinary: boolean): Buffer {
  const rows = Array.from({ length: rowCount }, (_, index) => (isBinary ? binaryRow(index) : jsonRow(index)));
  return Buffer.concat(rows);
}

function binaryRow(index: number): Buffer {
  const row = Buffer.alloc(82, index % 251);
  row.writeBigUInt64LE(BigInt(index));
  return row;
}

function jsonRow(index: number): Buffer {
  const key = 'k'.repeat(32);
  return Buffer.from(`${JSON.stringify({ slot: index, ordinal: 7, signer: key, account: key, amount: index })}\n`);
}

async function measure(name: string, rounds: number, run: () => Promise<unknown>): Promise<void> {
  for (let round = 0; round < Math.min(10, rounds); round += 1) await run();
  const timesMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await run();
    timesMs.push(performance.now() - startedAt);
  }
  timesMs.sort((a, b) => a - b);
  const at = (share: number): string => (timesMs[Math.floor((timesMs.length - 1) * share)] ?? 0).toFixed(2);
  console.log(`${name.padEnd(34)} p50 ${at(0.5).padStart(7)} ms   p99 ${at(0.99).padStart(7)} ms   n ${rounds}`);
}

/** Resident memory of a process, where the system tells. */
function memoryMiB(pid: number): number | null {
  try {
    const pages = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return pages === undefined ? null : Math.round(Number(pages) / 1024);
  } catch {
    return null;
  }
}

async function run(rounds: number): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'plumbline-bench-'));
  let server = await startServer(dataDir);
  const { port } = server;
  console.log(`start, empty folder: ${server.startMs.toFixed(0)} ms, memory ${memoryMiB(server.child.pid ?? 0)} MiB`);
  const columns = 'slot UInt64, ordinal UInt16, signer FixedString(32), account FixedString(32), amount UInt64';
  await post(port, `CREATE TABLE t (${columns}) ENGINE = MergeTree ORDER BY (slot, ordinal)`);
  await measure('SELECT 1', rounds, () => post(port, 'SELECT 1'));
  for (const rowCount of [1, 1000, 100_000]) {
    const few = rowCount > 1000 ? Math.ceil(rounds / 10) : rounds;
    const binary = rowsOf(rowCount, true);
    await measure(`RowBinary ${rowCount} rows`, few, () => post(port, 'INSERT INTO t FORMAT RowBinary', binary));
    const json = rowsOf(rowCount, false);
    await measure(`JSONEachRow ${rowCount} rows`, few, () => post(port, 'INSERT INTO t FORMAT JSONEachRow', json));
  }
  await measure('SELECT … LIMIT 100 FORMAT JSON', rounds, () => post(port, 'SELECT slot FROM t LIMIT 100 FORMAT JSON'));
  console.log(
    `after all: ${(await post(port, 'SELECT count() FROM t')).trim()} rows, memory ${memoryMiB(server.child.pid ?? 0)} MiB`,
  );
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
  server = await startServer(dataDir);
  console.log(
    `start after SIGKILL: ${server.startMs.toFixed(0)} ms, ${(await post(server.port, 'SELECT count() FROM t')).trim()} rows`,
  );
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  rmSync(dataDir, { recursive: true });
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
await run(Number(values.rounds));
agent.destroy();
