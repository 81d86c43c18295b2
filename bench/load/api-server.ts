/** The API over a store, on a port of its own, and a way to ask it. @module */
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApiServer } from '../../api/server.ts';
import type { Registry } from '../../indexer/decode/registry.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { createChainClient } from '../../jobs/chain/chain-client.ts';

export interface Answer {
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
  return {
    async ask(query, variables = {}) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return (await response.json()) as Answer;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
