/** The API over a store, on a port of its own, and a way to ask it. @module */
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { createApiServer } from '../../api/server.ts';
import type { Registry } from '../../indexer/decode/registry.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { createChainClient } from '../../jobs/chain/chain-client.ts';

export interface Answer {
  /** `ageMs` of an answer of an earlier state. */
  readonly extensions?: { readonly ageMs?: number };
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface MeasuredApi {
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
  stop(): Promise<void>;
}

/** @throws Error when a program has no layout */
export async function startMeasuredApi(store: StoreClient, registry: Registry): Promise<MeasuredApi> {
  const [staking, marketplace, exchange, governance] = registry.programs.map(({ id }) => id);
  if (!staking || !marketplace || !exchange || !governance) throw new Error('no programs');
  const programs = { staking, marketplace, exchange, governance };
  const server = createApiServer({
    context: { store, registry, programs, chain: createChainClient('http://127.0.0.1:1') },
    dashboardFolder: '',
    logger: pino({ level: 'error' }, pino.destination(2)),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const agent = new Agent({ keepAlive: true });
  return {
    async ask(query, variables = {}) {
      return JSON.parse(await posted(url, agent, JSON.stringify({ query, variables }))) as Answer;
    },
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Costs the asking side, which shares the process, a fraction of what `fetch` does. */
function posted(url: string, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const asked = request(url, { method: 'POST', headers, agent }, (answer) => text(answer).then(resolve, reject));
    asked.once('error', reject);
    asked.end(body);
  });
}
