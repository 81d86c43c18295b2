/**
 * Requests that came before, answered without reading them again: while the record is what it was, the bytes of the
 * answer are at hand. Whatever is not answered so goes its whole way, and is known afterwards.
 * @module
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { budgetHeaders, LEAST_COST, type Paid, shownCost } from '../budget/budget-plugin.ts';
import type { BudgetStore, Taken } from '../budget/budget-store.ts';
import { type Caller, denialOf } from '../budget/caller.ts';
import { MAX_BODY_BYTES } from '../limits/request-limits.ts';
import type { ApiMetrics } from '../metrics.ts';
import { agedAnswer, agedExtensions, type FirstLook, type Lane, validatorHeaders } from './answer-cache.ts';
import type { KeptAnswer, KeptAnswers, KnownOperation } from './kept-answers.ts';

export interface QuickRequest {
  readonly name: string;
  /** `null` of a GET. */
  readonly body: string | null;
}

/** What is asked as JSON and answered as JSON, with all of its body; `null` for all else, of which nothing is read. */
export async function quickRequestOf(request: IncomingMessage): Promise<QuickRequest | null> {
  const { method, url = '', headers } = request;
  if (!/^$|^\*\/\*$|^application\/json$/.test(headers.accept ?? '')) return null;
  if (method === 'GET') return { name: nameOf(`GET ${url}`), body: null };
  const length = Number(headers['content-length']);
  const isPlain = /^application\/json(;\s*charset=utf-8)?$/i.test(headers['content-type'] ?? '');
  const isWhole = Number.isSafeInteger(length) && length > 0 && length <= MAX_BODY_BYTES;
  if (method !== 'POST' || url !== '/graphql' || !isPlain || !isWhole || headers['content-encoding']) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  return { name: nameOf(`POST ${body}`), body };
}

function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

export interface QuickParts {
  readonly answers: KeptAnswers;
  readonly lane: Lane;
  readonly budgetStore: BudgetStore | null;
  readonly metrics: ApiMetrics;
  /** Aborted when the connection of the answer has ended, or the answer has. */
  readonly gone: AbortSignal;
}

/** What is at hand for a request, or what is known of it for its whole way. */
type Found = { readonly kept: KeptAnswer; readonly ageMs: number } | FirstLook;

/** Answers if it can. @returns what was found out where it cannot; `null` when it has answered */
export async function answerQuickly(
  parts: QuickParts,
  { name }: QuickRequest,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<FirstLook | null> {
  const { answers, metrics } = parts;
  const operation = answers.known(name);
  if (operation === undefined || denialOf(caller, 'read') !== null) return {};
  const found = await atHand(parts, operation, caller, request.headers['cache-control'] ?? null);
  if (!('kept' in found)) return found;
  const taken = await takenOf(parts, operation, caller);
  if (taken !== 'free' && taken?.isAllowed === false) return {};
  metrics.countCost(pointsOf(operation));
  if (found.ageMs > 0) metrics.countAged();
  else metrics.countCached(true);
  metrics.countAnswer([]);
  const paid = taken === 'free' ? null : { cost: pointsOf(operation), limit: caller.budget.capacity, rest: taken };
  reply(request, response, found, paid);
  return null;
}

/**
 * A kept answer of the newest state; an aged one where others wait and a run is on its way already; what another who asks
 * the same just now is answered. The first of those who ask is on its own.
 */
async function atHand(
  { answers, lane, gone }: QuickParts,
  operation: KnownOperation,
  { bucket }: Caller,
  cacheControl: string | null,
): Promise<Found> {
  // An operation is run because its kept answer is not of the newest state: that needs no look.
  const aged = () => (lane.runs.isUnderWay(operation) ? agedAnswer(answers, lane, operation, cacheControl) : undefined);
  const before = aged();
  if (before !== undefined) return { kept: before.answer, ageMs: before.ageMs };
  const version = await answers.versionNow();
  const kept = answers.find(version, operation);
  if (kept !== undefined) return { kept, ageMs: 0 };
  // Another may have had it run during the look.
  const after = aged();
  if (after !== undefined) return { kept: after.answer, ageMs: after.ageMs };
  const outcome = await lane.runs.join(operation, { bucket, gone }, version);
  if (outcome === null) return { version };
  return outcome.kept === null ? { version, outcome } : { kept: outcome.kept, ageMs: 0 };
}

/** `free` where nobody's budget is looked at; `null` while budgets cannot be asked for. */
async function takenOf(
  { budgetStore, metrics }: QuickParts,
  operation: KnownOperation,
  { bucket, budget }: Caller,
): Promise<Taken | null | 'free'> {
  if (budgetStore === null) return 'free';
  const taken = await budgetStore.take(bucket, pointsOf(operation), budget);
  if (taken === null) metrics.countUnchecked();
  return taken;
}

function pointsOf({ points }: KnownOperation): number {
  return Math.max(points, LEAST_COST);
}

function reply(
  request: IncomingMessage,
  response: ServerResponse,
  { kept, ageMs }: { readonly kept: KeptAnswer; readonly ageMs: number },
  paid: Paid | null,
): void {
  const { data, etag } = kept;
  for (const [name, value] of validatorHeaders({ etag, ageMs })) response.setHeader(name, value);
  if (paid !== null) for (const [name, value] of budgetHeaders(paid)) response.setHeader(name, value);
  if (request.method === 'GET' && request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const extensions = {
    ...(ageMs > 0 ? agedExtensions({ ageMs }) : {}),
    ...(paid === null ? {} : { cost: shownCost(paid) }),
  };
  const beside = Object.keys(extensions).length === 0 ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  const body = Buffer.from(`{"data":${data}${beside}}`);
  response
    .writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length })
    .end(body);
}
