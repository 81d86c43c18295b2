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
  readonly budgetStore: BudgetStore | null;
  readonly metrics: ApiMetrics;
  /** Aborted when the connection of the answer has ended, or the answer has. */
  readonly gone: AbortSignal;
}

/**
 * Answers if it can.
 * @returns the state of the record to answer as of where it cannot; `null` where that was not looked at, or it has answered
 */
export async function answerQuickly(
  parts: QuickParts,
  { name }: QuickRequest,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<{ readonly isAnswered: boolean; readonly version: string | null }> {
  const { answers, metrics } = parts;
  const operation = answers.known(name);
  if (operation === undefined || denialOf(caller, 'read') !== null) return { isAnswered: false, version: null };
  const version = await answers.versionNow();
  const found = answers.find(version, operation) ?? (await anothers(answers, version, operation, parts.gone));
  if (found === undefined) return { isAnswered: false, version };
  const taken = await takenOf(parts, operation, caller);
  if (taken !== 'free' && taken?.isAllowed === false) return { isAnswered: false, version };
  metrics.countCached(true);
  metrics.countAnswer([]);
  const paid = taken === 'free' ? null : { cost: pointsOf(operation), limit: caller.budget.capacity, rest: taken };
  reply(request, response, found, paid);
  return { isAnswered: true, version };
}

/** What another who asks the same just now is answered; undefined for the first, who is on its own. */
async function anothers(
  answers: KeptAnswers,
  version: string,
  operation: KnownOperation,
  gone: AbortSignal,
): Promise<KeptAnswer | undefined> {
  const end = await answers.turnOf(version, operation);
  // What is not kept, an error or somebody who has gone among it, ends the wait as well.
  if (end !== null && gone.aborted) end();
  else if (end !== null) gone.addEventListener('abort', end, { once: true });
  return end === null ? answers.find(version, operation) : undefined;
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
  { data, etag }: KeptAnswer,
  paid: Paid | null,
): void {
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'private, no-cache');
  if (paid !== null) for (const [name, value] of budgetHeaders(paid)) response.setHeader(name, value);
  if (request.method === 'GET' && request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const beside = paid === null ? '' : `,"extensions":${JSON.stringify({ cost: shownCost(paid) })}`;
  const body = Buffer.from(`{"data":${data}${beside}}`);
  response
    .writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length })
    .end(body);
}
