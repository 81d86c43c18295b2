/**
 * The API process: reads ClickHouse, serves GraphQL and the dashboard, writes nothing.
 * @module
 */
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { checkInvariant, InputError, messageOf } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { loadProgramRegistry } from '../indexer/program-registry.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { createChainClient } from '../jobs/chain/chain-client.ts';
import { createBudgetStore } from './budget/budget-store.ts';
import { budgetsFromSettings } from './budget/default-budgets.ts';
import { FollowedRegistry } from './followed-registry.ts';
import { API_QUERY_LIMITS } from './limits/query-limits.ts';
import { createApiServer } from './server.ts';

/** IDLs are added by hand. */
const FOLLOW_MS = 5_000;

/** Runs until `signal`. @throws InputError `API__PORT_TAKEN`, and the codes of `loadProgramRegistry` */
export async function runApi(settings: Settings, signal: AbortSignal): Promise<void> {
  const registry = await loadProgramRegistry(settings);
  const [staking, marketplace, exchange, governance] = registry.programs.map(({ id }) => id);
  checkInvariant(
    staking !== undefined && marketplace !== undefined && exchange !== undefined && governance !== undefined,
    'API__NO_PROGRAMS',
    'The programs have no layouts',
  );
  const store = createStoreClient(settings, { limits: API_QUERY_LIMITS });
  const logger = pino({ level: settings.LOG_LEVEL, name: 'api' }, pino.destination(2));
  const followed = new FollowedRegistry(registry, settings, store);
  const follow = () => followed.look().catch((error) => logger.warn(noRegistry(error)));
  await follow();
  const following = setInterval(() => void follow(), FOLLOW_MS);
  const budgetStore = createBudgetStore(settings.REDIS_URL);
  const server = createApiServer({
    context: {
      ...{ store, programs: { staking, marketplace, exchange, governance } },
      chain: createChainClient(settings.SOLANA_RPC_URL),
      get registry() {
        return followed.registry;
      },
    },
    dashboardFolder: fileURLToPath(new URL('../dashboards/dist', import.meta.url)),
    budgets: budgetsFromSettings(settings),
    budgetStore,
    logger,
  });
  await listen(server, settings.API_HOST, settings.API_PORT);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  clearInterval(following);
  budgetStore.close();
  await store.close();
}

function noRegistry(error: unknown) {
  return { error: messageOf(error), msg: 'added IDLs cannot be read' };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.message})`;
      reject(
        new InputError('API__PORT_TAKEN', `Port ${port} ${reason}: choose another with API_PORT`, { port }, error),
      );
    });
    server.listen(port, host, resolve);
  });
}
