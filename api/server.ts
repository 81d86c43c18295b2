/**
 * The HTTP side: GraphQL at /graphql, the dashboard at /, /healthz (the process lives) and /readyz (it can answer).
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { canonicalHead } from '../indexer/store/queries/blocks.ts';
import type { ApiContext } from './context.ts';
import { createErrorMask } from './masked-error.ts';
import { schema } from './schema.ts';
import { loadStaticFiles, serveStatic } from './static-files.ts';

export interface ServerParts {
  readonly context: Omit<ApiContext, 'snapshot'>;
  readonly dashboardFolder: string;
  readonly logger: Logger;
}

/** Bytes of a request. The longest sensible query is a tenth of it. */
const MAX_BODY_BYTES = 64 * 1024;

export function createApiServer(parts: ServerParts): Server {
  const files = loadStaticFiles(parts.dashboardFolder);
  const yoga = createYoga({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: { title: 'Plumbline' },
    logging: false,
    batching: false,
    maskedErrors: { maskError: createErrorMask(parts.logger) },
    context: (): ApiContext => ({ ...parts.context, snapshot: snapshotOf(parts.context) }),
  });
  return createServer((request, response) => {
    if (tooLarge(request)) return refuse(response);
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/graphql') return void yoga(request, response);
    if (path === '/healthz') return reply(response, 200, { ok: true });
    if (path === '/readyz') return void ready(parts, response);
    if (!serveStatic(files, request, response)) reply(response, 404, { error: 'Nothing is here' });
  });
}

/** Read once per request, whoever asks first: all parts of an answer are as of one block. */
function snapshotOf({ store }: Pick<ApiContext, 'store'>): ApiContext['snapshot'] {
  let head: Promise<bigint | null> | null = null;
  return () => {
    head ??= canonicalHead(store).then((block) => block?.slot ?? null);
    return head;
  };
}

async function ready({ context }: ServerParts, response: ServerResponse): Promise<void> {
  try {
    const head = await canonicalHead(context.store);
    reply(response, 200, { ok: true, slot: head === null ? null : String(head.slot) });
  } catch (error) {
    reply(response, 503, { ok: false, reason: error instanceof Error ? error.message : 'unknown' });
  }
}

function tooLarge(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES;
}

function refuse(response: ServerResponse): void {
  const error = new GraphQLError(`A request has at most ${MAX_BODY_BYTES} bytes`, {
    extensions: { code: 'API__TOO_LARGE' },
  });
  reply(response, 413, { errors: [error.toJSON()] });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(body));
}
