/**
 * What the worker says of itself over HTTP, on loopback: `/healthz`, `/status` (JSON), `/metrics` (Prometheus text).
 * @module
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '../indexer/domain/errors.ts';

export type WorkerFacts = Readonly<Record<string, unknown>> & { readonly isConnected: boolean };

export interface StatusServer {
  readonly port: number;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** @throws InputError `JOBS__PORT_TAKEN` */
export async function startStatusServer(port: number, facts: () => WorkerFacts): Promise<StatusServer> {
  const server = createServer((request, response) => answer(request.url ?? '/', response, facts()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'it is taken; stop what uses it or set METRICS_PORT' : error.message;
      reject(new InputError('JOBS__PORT_TAKEN', `Cannot listen on port ${port}: ${reason}`, { port }, error));
    });
    server.listen(port, HOST, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(path: string, response: ServerResponse, facts: WorkerFacts): void {
  const json = JSON.stringify(facts);
  if (path === '/healthz') send(response, facts.isConnected ? 200 : 503, 'application/json', json);
  else if (path === '/status') send(response, 200, 'application/json', json);
  else if (path === '/metrics') send(response, 200, 'text/plain; version=0.0.4', metricsText(facts));
  else send(response, 404, 'text/plain', 'not found\n');
}

function send(response: ServerResponse, code: number, contentType: string, body: string): void {
  response.writeHead(code, { 'content-type': contentType });
  response.end(body);
}

const METRICS: readonly (readonly [field: string, name: string, type: 'gauge' | 'counter', help: string])[] = [
  ['isConnected', 'connected', 'gauge', '1 while Redis answers'],
  ['rewardEpoch', 'reward_epoch', 'gauge', 'Reward epoch in work'],
  ['committedRewardEpoch', 'committed_reward_epoch', 'gauge', 'Last reward epoch with a record on chain'],
  ['accruedRewardEpoch', 'accrued_reward_epoch', 'gauge', 'Last reward epoch that every pool has accrued'],
  ['openProblems', 'open_problems', 'gauge', 'Steps and pools that cannot go on'],
  ['jobsDone', 'jobs_done_total', 'counter', 'Jobs of this process that ended well'],
  ['jobsFailed', 'jobs_failed_total', 'counter', 'Jobs of this process that failed'],
];

function metricsText(facts: WorkerFacts): string {
  return METRICS.filter(([field]) => facts[field] !== null && facts[field] !== undefined)
    .map(([field, name, type, help]) => {
      const metric = `plumbline_worker_${name}`;
      return `# HELP ${metric} ${help}\n# TYPE ${metric} ${type}\n${metric} ${Number(facts[field])}\n`;
    })
    .join('');
}
