/**
 * One question to the API. The answer comes with the server's own clock, so that a wrong clock here makes no block old.
 * @module
 */
import { askedByDocument, type Variables } from './document.ts';

export interface Answer<T> {
  readonly data: T;
  /** Unix milliseconds on the server when it answered, to the second. */
  readonly serverTimeMs: number;
  /** Unix milliseconds here when it came. */
  readonly receivedAtMs: number;
  /** The API has more to do than it can: the answer is of a state a few seconds ago. */
  readonly isAged?: boolean;
}

/** The API answered, with an error of its own. `code` is one of docs/api.md. */
export class RefusedError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** A page of tables may take a busy machine long; whether the API is there at all is asked for every second. */
const PATIENCE_MS = 20_000;

/** @throws RefusedError for an answer with an error, Error when there is none */
export async function ask<T>(query: string, variables: Variables = {}, patienceMs = PATIENCE_MS): Promise<Answer<T>> {
  const signal = AbortSignal.timeout(patienceMs);
  const response = await (askedByDocument(query, variables, signal) ?? post(query, variables, signal));
  const body = (await response.json()) as {
    data?: T;
    errors?: readonly { message: string; extensions?: { code?: string } }[];
    extensions?: { ageMs?: number };
  };
  const [error] = body.errors ?? [];
  if (error) throw new RefusedError(error.message, error.extensions?.code ?? '');
  if (!body.data) throw new Error(`The API answered with status ${response.status}`);
  const receivedAtMs = Date.now();
  const serverTimeMs = Date.parse(response.headers.get('Date') ?? '');
  return {
    ...{ data: body.data, receivedAtMs, isAged: (body.extensions?.ageMs ?? 0) > 0 },
    serverTimeMs: Number.isNaN(serverTimeMs) ? receivedAtMs : serverTimeMs,
  };
}

function post(query: string, variables: Variables, signal: AbortSignal): Promise<Response> {
  return fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal,
  });
}
