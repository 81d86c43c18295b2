/**
 * ClickHouse's HTTP interface: `/`, `/ping`, `/replicas_status`.
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { EngineError, engineErrorOf } from './engine-error.ts';
import { parseHttpQuery } from './http-query.ts';
import { HttpReply, type ReplyContext } from './http-reply.ts';
import { type QueryServices, runQuery } from './run-query.ts';
import { authenticate, refusePages, type User } from './users.ts';

/**
 * Well above the 2.5 s after which the client drops an idle socket: with ClickHouse's 10 s, a client that was busy for
 * that long wrote into a socket that we had just closed.
 */
const keepAliveMs = 60_000;

/** Values of a query travel in its address: as long as ClickHouse lets it be (`http_max_uri_size`). Node's own limit is 16 KiB. */
const maxAddressBytes = 1024 * 1024;

/** Of addresses, which have a path alone. */
const ORIGIN = 'http://localhost';

export interface HttpOptions extends QueryServices {
  readonly users: readonly User[];
  readonly context: ReplyContext;
}

/** The server, not yet listening. */
export function createHttpServer(options: HttpOptions): Server {
  const limits = { keepAliveTimeout: keepAliveMs, requestTimeout: 0, maxHeaderSize: maxAddressBytes };
  const server = createServer(limits, (request, response) => {
    response.on('error', () => {});
    // Whatever one request brings, the others are served.
    answer(request, response, options).catch(() => response.destroy());
  });
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  // A path of two slashes is a host without a name.
  if (!URL.canParse(request.url ?? '/', ORIGIN)) return sendText(response, 400, 'The address cannot be read\n');
  const url = new URL(request.url ?? '/', ORIGIN);
  if (url.pathname === '/ping' || url.pathname === '/replicas_status') return sendText(response, 200, 'Ok.\n');
  if (url.pathname !== '/') return sendText(response, 404, `There is no handle ${url.pathname}\n`);
  if (!['GET', 'POST', 'HEAD'].includes(request.method ?? '')) return sendText(response, 501, 'Use GET or POST\n');
  const hasQuery = url.searchParams.has('query') || request.method === 'POST';
  if (!hasQuery) return sendText(response, 200, 'Ok.\n');
  const reply = new HttpReply(response, options.context, url.searchParams.get('query_id') ?? '');
  try {
    const query = parseHttpQuery(request.method ?? 'GET', url, request.headers);
    response.setHeader('X-ClickHouse-Query-Id', encodeURI(query.queryId));
    const user = authenticate(options.users, query.credentials);
    refusePages(user, request.headers);
    reply.acceptsGzip = query.acceptsGzip;
    await runQuery(request, query, user, reply, options);
  } catch (error) {
    reply.fail(error instanceof EngineError ? error : engineErrorOf(error));
    drain(request);
  }
}

/** A body that nobody reads would keep the client from reading our answer. */
function drain(request: IncomingMessage): void {
  if (!request.complete) request.resume();
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
