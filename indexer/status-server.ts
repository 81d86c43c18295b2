/**
 * What the indexer says of itself over HTTP, on loopback: `/healthz`, `/status` (JSON), `/metrics` (Prometheus text).
 * @module
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { InputError } from './domain/errors.ts';
import { type IndexerStatus, lagSlots } from './pipeline/status.ts';

const HOST = '127.0.0.1';
const RATE_WINDOW_MS = 10_000;
const SAMPLE_MS = 1_000;

export interface StatusServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serve `status` on `port` (0 takes any).
 * @throws InputError `INDEXER__PORT_TAKEN`
 */
export async function startStatusServer(
  status: IndexerStatus,
  port: number,
  nowMs: () => number,
): Promise<StatusServer> {
  const rate = new EventRate(status, nowMs);
  const timer = setInterval(() => rate.sample(), SAMPLE_MS);
  timer.unref();
  const server = createServer((request, response) => answer(request.url ?? '/', response, status, rate));
  const bound = await listen(server, port);
  return {
    port: bound,
    close: () => {
      clearInterval(timer);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(path: string, response: ServerResponse, status: IndexerStatus, rate: EventRate): void {
  const facts = factsOf(status, rate.perSecond());
  if (path === '/healthz') send(response, status.isConnected ? 200 : 503, 'application/json', JSON.stringify(facts));
  else if (path === '/status') send(response, 200, 'application/json', JSON.stringify(facts));
  else if (path === '/metrics') send(response, 200, 'text/plain; version=0.0.4', metricsText(facts));
  else send(response, 404, 'text/plain', 'not found\n');
}

function send(response: ServerResponse, code: number, contentType: string, body: string): void {
  response.writeHead(code, { 'content-type': contentType });
  response.end(body);
}

type Facts = Readonly<Record<string, number | boolean | string | null>>;

/** Slots as numbers: they stay below 2^53 for thousands of years. */
function factsOf(status: IndexerStatus, eventsPerSecond: number): Facts {
  const slots = {
    headSlot: status.headSlot,
    committedSlot: status.committedSlot,
    finalizedSlot: status.finalizedSlot,
    lagSlots: lagSlots(status),
  };
  const numbers = Object.entries(slots).map(([name, slot]) => [name, slot === null ? null : Number(slot)]);
  return { ...status, ...(Object.fromEntries(numbers) as Record<keyof typeof slots, number | null>), eventsPerSecond };
}

const METRICS: readonly (readonly [field: string, name: string, type: 'gauge' | 'counter', help: string])[] = [
  ['headSlot', 'head_slot', 'gauge', 'Newest slot the stream spoke of'],
  ['committedSlot', 'committed_slot', 'gauge', 'Newest committed slot'],
  ['finalizedSlot', 'finalized_slot', 'gauge', 'Newest finalized slot that is committed'],
  ['lagSlots', 'lag_slots', 'gauge', 'Slots from the newest one heard of to the newest one committed'],
  ['isConnected', 'connected', 'gauge', '1 while a stream is open'],
  ['gapsOpen', 'gaps_open', 'gauge', 'Gaps that are not filled'],
  ['reconnects', 'reconnects_total', 'counter', 'Streams that ended'],
  ['forks', 'forks_total', 'counter', 'Times that committed blocks were replaced'],
  ['blocksTotal', 'blocks_total', 'counter', 'Blocks committed by this process'],
  ['transactionsTotal', 'transactions_total', 'counter', 'Transactions committed by this process'],
  ['eventsTotal', 'events_total', 'counter', 'Events committed by this process'],
  ['undecodedTotal', 'undecoded_total', 'counter', 'Payloads kept that no IDL could read'],
  ['commitsTotal', 'commits_total', 'counter', 'Commits of this process'],
  ['storeRetries', 'retries_total', 'counter', 'Failed attempts at ClickHouse or RPC that were repeated'],
];

function metricsText(facts: Facts): string {
  return METRICS.filter(([field]) => facts[field] !== null)
    .map(([field, name, type, help]) => {
      const metric = `plumbline_indexer_${name}`;
      return `# HELP ${metric} ${help}\n# TYPE ${metric} ${type}\n${metric} ${Number(facts[field])}\n`;
    })
    .join('');
}

/** Committed events per second over the last ten seconds. */
class EventRate {
  readonly #samples: { readonly atMs: number; readonly events: number }[] = [];

  constructor(
    private readonly status: IndexerStatus,
    private readonly nowMs: () => number,
  ) {
    this.sample();
  }

  sample(): void {
    const atMs = this.nowMs();
    this.#samples.push({ atMs, events: this.status.eventsTotal });
    while (this.#samples.length > 2 && (this.#samples[1]?.atMs ?? atMs) <= atMs - RATE_WINDOW_MS) this.#samples.shift();
  }

  perSecond(): number {
    const first = this.#samples[0];
    const spanMs = first === undefined ? 0 : this.nowMs() - first.atMs;
    if (first === undefined || spanMs <= 0) return 0;
    return Math.round(((this.status.eventsTotal - first.events) * 1_000) / spanMs);
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'it is taken; stop what uses it or set METRICS_PORT' : error.message;
      reject(new InputError('INDEXER__PORT_TAKEN', `Cannot listen on port ${port}: ${reason}`, { port }, error));
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
