/**
 * One question to the API. The answer comes with the server's own clock, so that a wrong clock here makes no block old.
 * @module
 */

export interface Answer<T> {
  readonly data: T;
  /** Unix milliseconds on the server when it answered, to the second. */
  readonly serverTimeMs: number;
  /** Unix milliseconds here when it came. */
  readonly receivedAtMs: number;
}

const PATIENCE_MS = 5_000;

/** @throws Error when the API does not answer, or answers with an error */
export async function ask<T>(query: string): Promise<Answer<T>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const body = (await response.json()) as { data?: T; errors?: readonly { message: string }[] };
  const [error] = body.errors ?? [];
  if (error) throw new Error(error.message);
  if (!body.data) throw new Error(`The API answered with status ${response.status}`);
  const receivedAtMs = Date.now();
  const serverTimeMs = Date.parse(response.headers.get('Date') ?? '');
  return { data: body.data, serverTimeMs: Number.isNaN(serverTimeMs) ? receivedAtMs : serverTimeMs, receivedAtMs };
}
