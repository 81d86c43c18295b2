/**
 * GraphQL over HTTP, and over SSE for subscriptions: yoga with our limits, codes and context.
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { answerCache, type FirstLook, type Lane } from './answers/answer-cache.ts';
import { answerPlugin } from './answers/answer-plugin.ts';
import { KeptAnswers } from './answers/kept-answers.ts';
import { createErrorMask } from './answers/masked-error.ts';
import { OperationRuns } from './answers/operation-runs.ts';
import { answerQuickly, type QuickParts, quickRequestOf } from './answers/quick-answers.ts';
import { snapshotOf } from './answers/snapshot.ts';
import { type TurnLimits, Turns } from './answers/turns.ts';
import { budgetPlugin } from './budget/budget-plugin.ts';
import type { BudgetStore } from './budget/budget-store.ts';
import { type Budgets, type Caller, callerOf } from './budget/caller.ts';
import { scopePlugin } from './budget/scope-plugin.ts';
import { operations } from './client/operations.ts';
import type { ApiContext, ProcessContext } from './context.ts';
import { costPlugin } from './limits/cost-plugin.ts';
import { documentLimits } from './limits/document-limits.ts';
import { MAX_BODY_BYTES } from './limits/request-limits.ts';
import { ssePlugin } from './live/sse-plugin.ts';
import type { ApiMetrics } from './metrics.ts';
import type { AskApi } from './page-documents.ts';
import { persistedDocuments } from './persisted-documents.ts';
import { schema } from './schema/schema.ts';

/**
 * As many as the smallest machine that is supported has cores: the engine gives each question of an operation one thread, and
 * more side by side would all come nearer to its time limit and none sooner to its end. The longest wait is half of what the
 * dashboard's pages have patience for. A waiting operation is a request of at most 64 KiB with its document.
 */
const TURNS: TurnLimits = { atOnce: 2, mostWaitMs: 10_000, mostOfCaller: 256, most: 1_024 };
/** Room for every replay that may wait, and some for transactions to be prepared beside them. */
const TURNS_APART: TurnLimits = { ...TURNS, atOnce: 12 };

interface GraphqlEndpoint {
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => void;
  /** What anybody without a key is answered, asked by this process itself under a budget of its own. */
  readonly ask: AskApi;
}

export interface EndpointParts {
  readonly context: ProcessContext;
  readonly budgets: Budgets;
  /** `null`: nobody's budget is looked at. */
  readonly budgetStore: BudgetStore | null;
  readonly metrics: ApiMetrics;
  readonly logger: Logger;
}

const ASK_PATIENCE_MS = 10_000;

interface FromServer extends FirstLook {
  readonly signal: AbortSignal;
  readonly caller: Caller;
}

export function createGraphqlEndpoint(parts: EndpointParts): GraphqlEndpoint {
  const { context, metrics, budgetStore } = parts;
  const answers = new KeptAnswers(context.store, () => context.registry.tables.map(({ table }) => table));
  const lane = laneOf(answers, TURNS, metrics);
  const laneApart = laneOf(answers, TURNS_APART, metrics);
  const yoga = createYoga<FromServer>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: { title: 'Plumbline' },
    logging: false,
    batching: false,
    multipart: false,
    cors: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    plugins: [
      ...[
        persistedDocuments(Object.values(operations)),
        documentLimits(),
        scopePlugin(),
        costPlugin(),
        budgetPlugin(budgetStore, metrics),
      ],
      ...[answerCache(context.store, { answers, lane, laneApart, metrics }), ssePlugin(), answerPlugin(metrics)],
    ],
    maskedErrors: { maskError: createErrorMask(parts.logger) },
    context: ({ request, ...given }) => contextOf(context, request.headers.get('last-event-id'), given),
  });
  const graphql = (request: IncomingMessage, response: ServerResponse) => {
    const startedAtMs = performance.now();
    const caller = callerOf(request, parts.budgets);
    if (caller === null) return refuseKey(response);
    const controller = new AbortController();
    response.once('finish', () => metrics.countRequest(performance.now() - startedAtMs));
    response.once('close', () => controller.abort());
    const goOn = (look: FirstLook) => void yoga(request, response, { signal: controller.signal, caller, ...look });
    const answered = answerOf(
      { answers, lane, budgetStore, metrics, gone: controller.signal },
      caller,
      request,
      response,
    ).then((look) => {
      if (look !== null) goOn(look);
    });
    // A connection that ends inside its body, or a store that does not answer: the whole way tells.
    answered.catch(() => goOn({}));
  };
  const ask = askOf(parts.budgets, (url, from) => yoga.fetch(url, { headers: { Accept: 'application/json' } }, from));
  return { graphql, ask };
}

function askOf(
  { perAddress: budget, openScopes: scopes }: Budgets,
  fetched: (url: string, from: FromServer) => Response | Promise<Response>,
): AskApi {
  const caller: Caller = { bucket: 'process', budget, scopes, hasKey: false };
  return async (url) => {
    const signal = AbortSignal.timeout(ASK_PATIENCE_MS);
    const response = await fetched(`http://localhost${url}`, { signal, caller });
    const { data, errors } = (await response.json()) as ExecutionResult;
    if (errors || !data) throw new Error(errors?.[0]?.message ?? `Status ${response.status}`);
    return data;
  };
}

/** What the whole way goes on with; `null` for a request that is answered. */
async function answerOf(
  parts: QuickParts,
  caller: Caller,
  request: IncomingMessage & { body?: string },
  response: ServerResponse,
): Promise<FirstLook | null> {
  const quick = await quickRequestOf(request);
  if (quick === null) return {};
  // Where yoga finds a body that was read already.
  if (quick.body !== null) request.body = quick.body;
  const look = await answerQuickly(parts, quick, caller, request, response);
  return look && { requestName: quick.name, ...look };
}

function laneOf(answers: KeptAnswers, limits: TurnLimits, metrics: ApiMetrics): Lane {
  const turns = new Turns(limits, metrics);
  return { turns, runs: new OperationRuns(answers, turns) };
}

function refuseKey(response: ServerResponse): void {
  const error = { message: 'Nobody was given this API key', extensions: { code: 'API__BAD_KEY' } };
  response.writeHead(401, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ errors: [error] }));
}

function contextOf(parts: ProcessContext, lastEventId: string | null, { signal, caller }: FromServer): ApiContext {
  const { store, registry, programs, chain, live } = parts;
  const { providerSums, flowsUpTo, finalChunks, proposalHistory, keptProviders, walletLinks, keptDays } = parts;
  return {
    ...{ store, registry, programs, chain, live, lastEventId, signal, caller },
    ...{ providerSums, flowsUpTo, finalChunks, proposalHistory, keptProviders, walletLinks, keptDays },
    snapshot: snapshotOf(store),
    cost: { points: 0 },
    toldCursor: { text: null },
  };
}
