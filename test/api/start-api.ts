/**
 * The API over a real store, listening on a port of its own.
 * @module
 */
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApiServer, type ServerParts } from '../../api/server.ts';
import type { Registry } from '../../indexer/decode/registry.ts';
import { checkInvariant } from '../../indexer/domain/errors.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { createChainClient } from '../../jobs/chain/chain-client.ts';

export interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface RunningApi {
  readonly url: string;
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Reply>;
  /** Breaks off every connection; new ones are taken. */
  readonly cut: () => void;
  readonly stop: () => Promise<void>;
}

/** @param rpcUrl where transactions are prepared; without one nobody answers there */
export async function startApi(
  store: StoreClient,
  registry: Registry,
  dashboardFolder = '',
  rpcUrl = 'http://127.0.0.1:1',
  budgets: Pick<ServerParts, 'budgets' | 'budgetStore'> = {},
): Promise<RunningApi> {
  const [staking, marketplace, exchange, governance] = registry.programs.map(({ id }) => id);
  checkInvariant(
    staking !== undefined && marketplace !== undefined && exchange !== undefined && governance !== undefined,
    'TEST__NO_PROGRAMS',
    'The programs have no layouts',
  );
  const programs = { staking, marketplace, exchange, governance };
  const server = createApiServer({
    context: { store, registry, programs, chain: createChainClient(rpcUrl) },
    ...budgets,
    dashboardFolder,
    logger: pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Reply> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Reply;
  };
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, ask, cut: () => server.closeAllConnections(), stop };
}
