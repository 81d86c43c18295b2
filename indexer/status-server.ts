/**
 * What a process says of itself over HTTP: `/healthz` and `/readyz` (200 while it is connected), `/status` (JSON) and `/metrics`
 * (Prometheus text). One server for every process; each brings its facts and says which of them are metrics.
 * @module
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from './domain/errors.ts';
import type { HistogramFacts } from './histogram.ts';

/**
 * Numbers stay below 2^53; larger ones are text. A metric is left out while its fact is `null`. It is a number or what
 * becomes one, or several of these by label, or a histogram.
 */
export type StatusFacts = Readonly<Record<string, unknown>> & { readonly isConnected: boolean };

export type Metric = readonly [field: string, name: string, type: 'gauge' | 'counter' | 'histogram', help: string];

/** One of several values of a metric. */
export interface Labelled {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | boolean | null;
}

export interface StatusPage {
  /** Name of the process: metrics are `plumbline_<process>_<name>`. */
  readonly process: string;
  /** Asked anew for every request. */
  readonly facts: () => StatusFacts;
  readonly metrics: readonly Metric[];
}

export interface StatusServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serve `page` at `host:port`; port 0 takes any.
 * @throws InputError `STATUS__PORT_TAKEN`
 */
export async function startStatusServer(page: StatusPage, host: string, port: number): Promise<StatusServer> {
  const server = createServer((request, response) => answer(page, request.url ?? '/', response));
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(page: StatusPage, path: string, response: ServerResponse): void {
  const facts = page.facts();
  const json = JSON.stringify(facts, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  if (path === '/healthz' || path === '/readyz')
    send(response, facts.isConnected ? 200 : 503, 'application/json', json);
  else if (path === '/status') send(response, 200, 'application/json', json);
  else if (path === '/metrics') send(response, 200, 'text/plain; version=0.0.4', metricsText(page, facts));
  else send(response, 404, 'text/plain', 'not found\n');
}

function send(response: ServerResponse, code: number, contentType: string, body: string): void {
  response.writeHead(code, { 'content-type': contentType });
  response.end(body);
}

function metricsText({ process, metrics }: StatusPage, facts: StatusFacts): string {
  return metrics
    .filter(([field]) => facts[field] !== null && facts[field] !== undefined)
    .map(([field, name, type, help]) => {
      const metric = `plumbline_${process}_${name}`;
      const lines = type === 'histogram' ? histogramLines(metric, facts[field]) : valueLines(metric, facts[field]);
      return [`# HELP ${metric} ${help}`, `# TYPE ${metric} ${type}`, ...lines, ''].join('\n');
    })
    .join('');
}

function valueLines(metric: string, fact: unknown): string[] {
  if (!Array.isArray(fact)) return [`${metric} ${Number(fact)}`];
  return (fact as readonly Labelled[])
    .filter(({ value }) => value !== null)
    .map(({ labels, value }) => `${metric}{${labelText(labels)}} ${Number(value)}`);
}

function labelText(labels: Labelled['labels']): string {
  const escaped = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

function histogramLines(metric: string, fact: unknown): string[] {
  const { count, sum, buckets } = fact as HistogramFacts;
  return [
    ...buckets.map(([bound, each]) => `${metric}_bucket{le="${bound}"} ${each}`),
    `${metric}_sum ${sum}`,
    `${metric}_count ${count}`,
  ];
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? 'it is taken; end what listens there, or set METRICS_PORT'
          : `${error.message}; set METRICS_HOST and METRICS_PORT`;
      reject(
        new InputError('STATUS__PORT_TAKEN', `Cannot listen on ${host} port ${port}: ${reason}`, { host, port }, error),
      );
    });
    server.listen(port, host, resolve);
  });
}
