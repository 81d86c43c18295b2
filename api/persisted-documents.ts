/**
 * Operations by their SHA-256 instead of their text: automatic persisted queries as Apollo's clients speak them
 * (`extensions.persistedQuery`). A text is kept once it came with its hash; operations of the client library are kept from
 * the start. What is dropped costs the next client one more request.
 * @module
 */
import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Documents that are kept, least recently used dropped first; each is at most a request long. */
const MOST_DOCUMENTS = 1_000;
const HASH = /^[0-9a-f]{64}$/;

export function hashOfDocument(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** @param known texts that are never dropped */
export function persistedDocuments(known: readonly string[]): Plugin {
  const lasting = new Map(known.map((text) => [hashOfDocument(text), text]));
  const learned = new Map<string, string>();
  const find = (hash: string): string | undefined => {
    const text = learned.get(hash);
    if (text === undefined) return lasting.get(hash);
    learned.delete(hash);
    learned.set(hash, text);
    return text;
  };
  const learn = (hash: string, text: string) => {
    learned.set(hash, text);
    if (learned.size <= MOST_DOCUMENTS) return;
    const [oldest] = learned.keys();
    if (oldest !== undefined) learned.delete(oldest);
  };
  return {
    onParams({ params, setParams }) {
      const persisted: unknown = params.extensions?.['persistedQuery'];
      if (typeof persisted !== 'object' || persisted === null) return;
      const hash = (persisted as Record<string, unknown>)['sha256Hash'];
      if (typeof hash !== 'string' || !HASH.test(hash)) throw refusal('API__BAD_REQUEST', 'sha256Hash is no SHA-256');
      if (typeof params.query === 'string') {
        if (hashOfDocument(params.query) !== hash)
          throw refusal('API__BAD_REQUEST', 'sha256Hash is not that of the query');
        learn(hash, params.query);
        return;
      }
      const query = find(hash);
      // The message is the one that clients wait for.
      if (query === undefined) throw refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', 200);
      setParams({ ...params, query });
    },
  };
}

function refusal(code: string, message: string, status = 400): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
