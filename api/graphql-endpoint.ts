/**
 * GraphQL over HTTP, and over SSE for subscriptions: yoga with our limits, codes and context.
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { canonicalHead } from '../indexer/store/queries/blocks.ts';
import { answerPlugin } from './answer-plugin.ts';
import type { ApiContext, ProcessContext } from './context.ts';
import { costPlugin } from './cost-plugin.ts';
import { documentLimits } from './document-limits.ts';
import { ssePlugin } from './live/sse-plugin.ts';
import { createErrorMask } from './masked-error.ts';
import type { ApiMetrics } from './metrics.ts';
import { schema } from './schema.ts';

/** Bytes of a request. The longest sensible query is a tenth of it. */
export const MAX_BODY_BYTES = 64 * 1024;

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export function createGraphqlEndpoint(parts: ProcessContext, metrics: ApiMetrics, logger: Logger): RequestHandler {
  const yoga = createYoga<{ readonly signal: AbortSignal }>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: { title: 'Plumbline' },
    logging: false,
    batching: false,
    multipart: false,
    cors: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    plugins: [documentLimits(), costPlugin(), ssePlugin(), answerPlugin(metrics)],
    maskedErrors: { maskError: createErrorMask(logger) },
    context: ({ request, signal }) => contextOf(parts, request.headers.get('last-event-id'), signal),
  });
  return (request, response) => {
    const startedAtMs = performance.now();
    const controller = new AbortController();
    response.once('finish', () => metrics.countRequest(performance.now() - startedAtMs));
    response.once('close', () => controller.abort());
    void yoga(request, response, { signal: controller.signal });
  };
}

function contextOf(parts: ProcessContext, lastEventId: string | null, signal: AbortSignal): ApiContext {
  const { store, registry, programs, chain, live } = parts;
  return {
    ...{ store, registry, programs, chain, live, lastEventId, signal },
    snapshot: snapshotOf(store),
    cost: { points: 0 },
    toldCursor: { text: null },
  };
}

/** Read once per request, whoever asks first: all parts of an answer are as of one block. */
export function snapshotOf(store: ProcessContext['store']): ApiContext['snapshot'] {
  let head: ReturnType<ApiContext['snapshot']> | null = null;
  return () => {
    head ??= canonicalHead(store);
    return head;
  };
}
