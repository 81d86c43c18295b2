/**
 * How fast one process takes a stream of transaction updates: the official client's objects, and both transports of the
 * indexer, which make `Update`s. The server is a process of its own; what is measured is this process.
 *
 *     node --import tsx bench/stream.ts
 *
 * Prints transactions per second, and the CPU that this process spent on each (all threads, those of the native client
 * included). Fails when an update is lost.
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type ClientClass from '@triton-one/yellowstone-grpc';
import { officialTransport } from '../indexer/stream/official-transport.ts';
import { rawTransport } from '../indexer/stream/raw-transport.ts';
import { subscribeRequest } from '../indexer/stream/subscription.ts';
import type { StreamTransport } from '../indexer/stream/transport.ts';

const { default: Client } = createRequire(import.meta.url)('@triton-one/yellowstone-grpc') as typeof ClientClass;
const request = subscribeRequest({ feed: 'transactions', programs: [], fromSlot: null });
const ROUNDS = 3;
const SLOW_COUNT = 60_000;
const FAST_COUNT = 400_000;

interface Peer {
  readonly name: string;
  readonly count: number;
  /** Read one stream to its end. @returns the number of updates */
  read(url: string): Promise<number>;
}

async function readObjects(url: string): Promise<number> {
  const client = new Client(url, undefined, { grpcHttp2AdaptiveWindow: false, grpcMaxDecodingMessageSize: 1 << 28 });
  await client.connect();
  const stream = await client.subscribe(request);
  let count = 0;
  stream.on('data', () => {
    count += 1;
  });
  await once(stream, 'close');
  return count;
}

async function readUpdates(transport: StreamTransport): Promise<number> {
  let count = 0;
  for await (const updates of await transport.open(request)) count += updates.length;
  return count;
}

const peers: readonly Peer[] = [
  { name: 'official client, object stream', count: SLOW_COUNT, read: readObjects },
  {
    name: 'official transport, updates',
    count: SLOW_COUNT,
    read: (url) => readUpdates(officialTransport({ url, xToken: '' })),
  },
  { name: 'raw transport, updates', count: FAST_COUNT, read: (url) => readUpdates(rawTransport({ url, xToken: '' })) },
];

async function withServer<T>(count: number, run: (url: string, updateBytes: number) => Promise<T>): Promise<T> {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'stream-server.ts'), '--count', String(count)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const { port, updateBytes } = JSON.parse(line) as { port: number; updateBytes: number };
    return await run(`http://127.0.0.1:${port}`, updateBytes);
  } finally {
    server.kill();
  }
}

interface Figures {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

async function measure(peer: Peer, url: string): Promise<Figures> {
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  const count = await peer.read(url);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  if (count !== peer.count) throw new Error(`${peer.name} lost ${peer.count - count} of ${peer.count} updates`);
  return { perSecond: count / seconds, cpuMicros: (user + system) / count };
}

let baseline: Figures | null = null;
for (const peer of peers) {
  await withServer(peer.count, async (url, updateBytes) => {
    const rounds: Figures[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(peer, url));
    const best = rounds.reduce((left, right) => (right.perSecond > left.perSecond ? right : left));
    baseline ??= best;
    const ratio = best.perSecond / baseline.perSecond;
    const figures = `${Math.round(best.perSecond)} tx/s  ${best.cpuMicros.toFixed(1)} µs CPU/tx  ${ratio.toFixed(1)}x`;
    console.log(`${peer.name.padEnd(32)} ${figures}  (${updateBytes} bytes each, best of ${ROUNDS})`);
  });
}
process.exit(0);
