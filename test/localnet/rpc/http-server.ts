/**
 * JSON-RPC over HTTP with CORS, and `GET /health`, as a validator's RPC port.
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Localnet } from '../localnet.ts';
import { dispatch } from './dispatch.ts';

const MAX_BODY_BYTES = 50_000;
const FROZEN_POLL_MS = 20;

export function createRpcServer(localnet: Localnet): Server {
  return createServer((request, response) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('vary', 'origin');
    if (request.method === 'OPTIONS') return endPreflight(request, response);
    if (request.method === 'GET' && request.url === '/health') return void response.end('ok');
    if (request.method !== 'POST')
      return end(response, 405, 'Used HTTP Method is not allowed. POST or OPTIONS is required');
    readBody(request, response, (body) => {
      waitForFaults(localnet, () => {
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.end(dispatch(localnet, body));
      });
    });
  });
}

/** Runs `then` when the RPC is neither frozen nor slow any more. */
function waitForFaults(localnet: Localnet, then: () => void): void {
  const { faults } = localnet;
  if (faults.rpcFrozen) setTimeout(() => waitForFaults(localnet, then), FROZEN_POLL_MS).unref();
  else if (faults.rpcDelayMs > 0) setTimeout(then, faults.rpcDelayMs);
  else then();
}

function endPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-methods', 'OPTIONS, POST');
  response.setHeader(
    'access-control-allow-headers',
    request.headers['access-control-request-headers'] ?? 'content-type',
  );
  response.setHeader('access-control-max-age', '86400');
  response.statusCode = 200;
  response.end();
}

function end(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.end(text);
}

function readBody(request: IncomingMessage, response: ServerResponse, then: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (length > MAX_BODY_BYTES) end(response, 413, 'Payload Too Large');
    else then(Buffer.concat(chunks).toString());
  });
}
