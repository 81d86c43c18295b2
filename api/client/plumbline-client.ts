/**
 * The client of the API: typed operations, lists walked page by page as of one block, and streams that go on by themselves
 * when a connection breaks. Runs wherever `fetch` does.
 *
 *     const plumbline = createPlumblineClient('http://127.0.0.1:4000');
 *     const { _meta } = await plumbline.run('status', {});
 * @module
 */
import type { OperationTypes } from './operations.generated.ts';
import { type OperationName, operations } from './operations.ts';
import { messagesOf } from './sse-messages.ts';

/** The server refused, or failed; `code` is one of those in docs/api.md. */
export class PlumblineApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${message} [${code}]`);
    this.name = 'PlumblineApiError';
  }
}

interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly retryAfterSeconds?: number };
}
interface Reply<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphqlError[];
}
type Variables = Readonly<Record<string, unknown>>;

export interface ClientOptions {
  readonly apiKey?: string;
  readonly fetch?: typeof fetch;
}

/** A message of a subscription with the place to go on from. */
export interface StreamMessage<Data> {
  readonly data: Data;
  readonly cursor: string | null;
}

export interface PlumblineClient {
  /** One of the library's own operations. @throws PlumblineApiError */
  run<Name extends OperationName>(
    name: Name,
    variables: OperationTypes[Name]['variables'],
  ): Promise<OperationTypes[Name]['data']>;
  /** Any query. @throws PlumblineApiError */
  ask<Data>(query: string, variables?: Variables): Promise<Data>;
  /** All rows of a list of the library, as of one block. @throws PlumblineApiError */
  rows<Name extends ListName>(name: Name, variables: ListVariables<Name>): AsyncGenerator<RowOf<Name>>;
  /** Messages of any subscription until `signal` is aborted; after a broken connection from the last cursor. @throws PlumblineApiError when it is refused */
  subscribe<Data>(
    subscription: string,
    options: { readonly signal: AbortSignal; readonly after?: string },
  ): AsyncGenerator<StreamMessage<Data>>;
}

type Page<Row> = {
  readonly edges: readonly { readonly node: Row }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};
export type ListName = 'events' | 'pools';
type RowOf<Name extends ListName> = OperationTypes[Name]['data'] extends { readonly [K in Name]: Page<infer Row> }
  ? Row
  : never;
type ListVariables<Name extends ListName> = Omit<OperationTypes[Name]['variables'], 'after'>;

const RECONNECT_MS = 1_000;

export function createPlumblineClient(url: string, options: ClientOptions = {}): PlumblineClient {
  const send = options.fetch ?? fetch;
  const key: Record<string, string> = options.apiKey === undefined ? {} : { 'x-api-key': options.apiKey };
  const post = async <Data>(body: Variables): Promise<Reply<Data>> => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...key };
    const response = await send(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as Reply<Data>;
  };
  const run: PlumblineClient['run'] = async (name, variables) => {
    const query = operations[name];
    const extensions = { persistedQuery: { version: 1, sha256Hash: await sha256(query) } };
    const reply = await post<OperationTypes[typeof name]['data']>({ variables, extensions });
    const isUnknown = reply.errors?.[0]?.extensions?.code === 'PERSISTED_QUERY_NOT_FOUND';
    return dataOf(isUnknown ? await post({ query, variables, extensions }) : reply);
  };
  return {
    run,
    ask: async (query, variables = {}) => dataOf(await post({ query, variables })),
    async *rows(name, variables) {
      for (let after: string | null = null; ; ) {
        const data = (await run(name, { ...variables, after } as never)) as unknown as Readonly<
          Record<string, Page<never>>
        >;
        const { edges, pageInfo } = data[name] as Page<never>;
        for (const { node } of edges) yield node;
        if (!pageInfo.hasNextPage) return;
        after = pageInfo.endCursor;
      }
    },
    async *subscribe<Data>(subscription: string, { signal, after }: { signal: AbortSignal; after?: string }) {
      for (let cursor = after ?? null; !signal.aborted; await pause(RECONNECT_MS, signal)) {
        const headers = {
          accept: 'text/event-stream',
          ...key,
          ...(cursor === null ? {} : { 'last-event-id': cursor }),
        };
        const where = `${url}/graphql?query=${encodeURIComponent(subscription)}`;
        for await (const message of messagesOf(() => send(where, { headers, signal }), signal)) {
          cursor = message.id ?? cursor;
          yield { data: dataOf(JSON.parse(message.data) as Reply<Data>), cursor };
        }
      }
    },
  };
}

function dataOf<Data>({ data, errors }: Reply<Data>): Data {
  const [error] = errors ?? [];
  if (error !== undefined)
    throw new PlumblineApiError(
      error.extensions?.code ?? 'API__INTERNAL',
      error.message,
      error.extensions?.retryAfterSeconds ?? null,
    );
  if (data === undefined || data === null) throw new PlumblineApiError('API__INTERNAL', 'an answer without data', null);
  return data;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
