/**
 * A process between an indexer and its ClickHouse that from time to time takes requests and passes nothing on.
 *
 *     node --import tsx bench/load/stalling-proxy.ts --target http://127.0.0.1:8123 --every-seconds 60 --stall-seconds 30
 *
 * A stall begins at the end of every period. Bodies are not read while it lasts, so nothing of them is held here. Prints
 * its port.
 * @module
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'http://127.0.0.1:8123' },
    'every-seconds': { type: 'string', default: '60' },
    'stall-seconds': { type: 'string', default: '30' },
  },
});
const target = new URL(values.target);
const everyMs = 1_000 * Number(values['every-seconds']);
const stallMs = 1_000 * Number(values['stall-seconds']);
const startedAt = performance.now();

/** Milliseconds until the stall of now is over; 0 where there is none. */
function stallLeftMs(): number {
  const inPeriod = (performance.now() - startedAt) % everyMs;
  return inPeriod >= everyMs - stallMs ? everyMs - inPeriod : 0;
}

async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  await sleep(stallLeftMs());
  const { method, url, headers } = incoming;
  const onward = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.on('error', () => onward.destroy());
  incoming.pipe(onward);
}

const server = createServer({ requestTimeout: 0 }, (incoming, outgoing) => void pass(incoming, outgoing));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
