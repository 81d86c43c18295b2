/**
 * The HTTP side: GraphQL at /graphql, the dashboard at /, files beside it (`files/`), /healthz (the process lives), /readyz
 * (it can answer) and /metrics.
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { canonicalHead } from '../indexer/store/queries/chain/blocks.ts';
import { createErrorMask } from './answers/masked-error.ts';
import type { BudgetStore } from './budget/budget-store.ts';
import type { Budgets } from './budget/caller.ts';
import { BUDGETS } from './budget/default-budgets.ts';
import type { GivenContext, ProcessContext } from './context.ts';
import { createFileRoutes } from './files/file-routes.ts';
import { createGraphqlEndpoint } from './graphql-endpoint.ts';
import { MAX_BODY_BYTES } from './limits/request-limits.ts';
import { createLiveRecord } from './live/live-record.ts';
import { createApiMetrics } from './metrics.ts';
import { PageDocuments } from './page-documents.ts';
import { loadStaticFiles, serveStatic } from './static-files.ts';
import { FinalChunks } from './sums/final-chunks.ts';
import { createFlowSums } from './sums/flow-sums.ts';
import { KeptDays } from './sums/kept-days.ts';
import { createProposalHistory } from './sums/kept-proposals.ts';
import { KeptProviders } from './sums/kept-providers.ts';
import { createProviderSums } from './sums/provider-sums.ts';
import { WalletLinks } from './sums/wallet-links.ts';

export interface ServerParts {
  readonly context: GivenContext;
  readonly dashboardFolder: string;
  readonly logger: Logger;
  /** Those of the settings' defaults if absent. */
  readonly budgets?: Budgets;
  /** Without one nobody's budget is looked at. */
  readonly budgetStore?: BudgetStore;
}

export function createApiServer(parts: ServerParts): Server {
  const files = loadStaticFiles(parts.dashboardFolder);
  const metrics = createApiMetrics();
  const live = createLiveRecord(parts.context.store, parts.logger);
  const finalChunks = new FinalChunks(parts.context.store);
  // Not copied: the registry may be another one later.
  const processContext: ProcessContext = Object.create(parts.context, {
    live: { value: live },
    providerSums: { value: createProviderSums(finalChunks) },
    flowsUpTo: { value: createFlowSums(finalChunks) },
    finalChunks: { value: finalChunks },
    proposalHistory: { value: createProposalHistory(finalChunks) },
    keptProviders: { value: new KeptProviders(finalChunks) },
    walletLinks: { value: new WalletLinks(finalChunks, parts.context.programs.marketplace) },
    keptDays: { value: new KeptDays(finalChunks) },
  });
  const { logger, budgets = BUDGETS, budgetStore = null } = parts;
  const { graphql, ask } = createGraphqlEndpoint({ context: processContext, budgets, budgetStore, metrics, logger });
  const serveFile = createFileRoutes({ context: processContext, budgets, budgetStore, metrics, logger });
  const documents = new PageDocuments(files, ask, logger);
  const server = createServer((request, response) => {
    if (tooLarge(request)) return refuse(request, response);
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/graphql') return graphql(request, response);
    if (path === '/metrics')
      return replyText(
        response,
        metrics.text({ subscriberCount: live.listenerCount(), hasBudgets: budgetStore?.isUp() ?? null }),
      );
    if (path === '/healthz') return reply(response, 200, { ok: true });
    if (path === '/readyz') return void ready(parts, response);
    if (serveFile(request, response)) return;
    const isServed = serveStatic(files, (path, search) => documents.of(path, search), request, response);
    if (!isServed) reply(response, 404, { error: 'Nothing is here' });
  });
  return server.once('listening', () => documents.start()).once('close', () => documents.stop());
}

async function ready({ context, logger }: ServerParts, response: ServerResponse): Promise<void> {
  try {
    const head = await canonicalHead(context.store);
    reply(response, 200, { ok: true, slot: head === null ? null : String(head.slot) });
  } catch (error) {
    const { message } = createErrorMask(logger)(error);
    reply(response, 503, { ok: false, reason: message });
  }
}

function tooLarge(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES;
}

/** The body is not read: the connection ends with the answer. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  response.once('finish', () => request.destroy());
  const error = new GraphQLError(`A request has at most ${MAX_BODY_BYTES} bytes`, {
    extensions: { code: 'API__TOO_LARGE' },
  });
  reply(response, 413, { errors: [error.toJSON()] });
}

function replyText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4', 'Cache-Control': 'no-store' }).end(text);
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(body));
}
