/**
 * What is served beside GraphQL and the pages: exports, artefacts, prices, wallets as CSV. One table of paths, one place where errors
 * become answers, and the same budgets as GraphQL has.
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import { canonicalHead } from '../../indexer/store/queries/chain/blocks.ts';
import { createErrorMask } from '../answers/masked-error.ts';
import type { BudgetStore } from '../budget/budget-store.ts';
import { type Budgets, type Caller, callerOf, denialOf } from '../budget/caller.ts';
import type { Scope } from '../budget/key-file.ts';
import type { ProcessContext } from '../context.ts';
import type { ApiMetrics } from '../metrics.ts';
import { readWallet } from '../reads/wallet.ts';
import { artefactEpoch, serveArtefact } from './artefact.ts';
import { serveExport } from './export-file.ts';
import { exportPath } from './export-request.ts';
import { replyNotModified } from './http-cache.ts';
import { pricePath, readPrice } from './price.ts';
import { walletCsv, walletPath } from './wallet-file.ts';

/** Points: an export reads as much as the dearest query; the others as much as a page. */
const EXPORT_COST = 20_000;
const FILE_COST = 200;
/** As long as an epoch has pools, and packed for each who asks. */
const ARTEFACT_COST = 2_000;

interface Route {
  readonly cost: number;
  /** `null`: open to everybody, so that nobody has to be trusted for what was paid. */
  readonly scope: Scope | null;
  readonly serve: (request: IncomingMessage, response: ServerResponse, caller: Caller) => Promise<void>;
}

export interface FileParts {
  readonly context: ProcessContext;
  readonly budgets: Budgets;
  readonly budgetStore: BudgetStore | null;
  readonly metrics: ApiMetrics;
  readonly logger: Logger;
}

/** False when the path is none of these. */
export function createFileRoutes(parts: FileParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const route = routeOf(parts.context, path);
    if (route === null) return false;
    void answer(parts, route, request, response);
    return true;
  };
}

function routeOf(context: ProcessContext, path: string): Route | null {
  const exported = exportPath(path);
  if (exported !== null)
    return {
      cost: EXPORT_COST,
      scope: 'export',
      serve: (request, response, caller) => serveExport(context, exported, caller, request, response),
    };
  const epoch = artefactEpoch(path);
  if (epoch !== null)
    return {
      cost: ARTEFACT_COST,
      scope: null,
      serve: (request, response) => serveArtefact(context.store, epoch, request, response),
    };
  const model = pricePath(path);
  if (model !== null)
    return {
      cost: FILE_COST,
      scope: 'read',
      serve: (request, response) => servePrice(context, model, request, response),
    };
  const wallet = walletPath(path);
  if (wallet !== null)
    return {
      cost: FILE_COST,
      scope: 'read',
      serve: (request, response) => serveWallet(context, wallet, request, response),
    };
  return null;
}

async function answer(parts: FileParts, route: Route, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'GET') return refuse(response, 405, 'API__READ_ONLY', 'Only GET is served here');
  const caller = callerOf(request, parts.budgets);
  if (caller === null) return refuse(response, 401, 'API__BAD_KEY', 'Nobody was given this API key');
  const denial = route.scope === null ? null : denialOf(caller, route.scope);
  if (denial !== null) return refuse(response, denial.status, denial.code, denial.message);
  const taken = await parts.budgetStore?.take(caller.bucket, route.cost, caller.budget);
  response.setHeader('X-Query-Cost', String(route.cost));
  if (taken && !taken.isAllowed) {
    response.setHeader('Retry-After', String(taken.retryAfterSeconds));
    return refuse(response, 429, 'API__RATE_LIMITED', `Ask again in ${taken.retryAfterSeconds} s`);
  }
  parts.metrics.countCost(route.cost);
  try {
    await route.serve(request, response, caller);
  } catch (error) {
    const masked = createErrorMask(parts.logger)(error) as GraphQLError;
    const code = String(masked.extensions?.['code'] ?? 'API__INTERNAL');
    if (response.headersSent) response.destroy();
    else refuse(response, statusOf(code), code, masked.message);
  }
}

function statusOf(code: string): number {
  if (code === 'API__INTERNAL') return 500;
  if (code === 'API__UNAVAILABLE' || code === 'API__EXPORTS_BUSY') return 503;
  return code.startsWith('API__NO_') ? 404 : 400;
}

async function servePrice(context: ProcessContext, model: string, request: IncomingMessage, response: ServerResponse) {
  const price = await readPrice(context, model);
  const text = `${JSON.stringify(price, (_, value) => (typeof value === 'bigint' ? String(value) : value))}\n`;
  response.setHeader('Content-Type', 'application/json');
  if (!replyNotModified(request, response, text, false)) response.writeHead(200).end(text);
}

async function serveWallet(
  context: ProcessContext,
  wallet: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const slot = (await canonicalHead(context.store))?.slot ?? 0n;
  const text = walletCsv(await readWallet(fromBase58(wallet), slot, context));
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${wallet}.csv"`);
  if (!replyNotModified(request, response, text, false)) response.writeHead(200).end(text);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  for (const name of ['ETag', 'Content-Disposition', 'Content-Encoding']) response.removeHeader(name);
  response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
