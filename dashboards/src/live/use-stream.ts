/**
 * A subscription of the API by server-sent events, collected. The browser goes on from the last message by itself when the
 * connection is lost, so that what is collected has no hole.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';

const MOST_MESSAGES = 500;

/** Newest last; `null` until the stream is open. */
export function useStream<T>(query: string): readonly T[] | null {
  const [messages, setMessages] = useState<readonly T[] | null>(null);
  useEffect(() => {
    setMessages(null);
    const source = new EventSource(`/graphql?query=${encodeURIComponent(query)}`);
    source.onopen = () => setMessages((last) => last ?? []);
    source.addEventListener('next', ({ data }) => {
      const answer = (JSON.parse(data) as { readonly data?: T | null }).data;
      if (answer) setMessages((last) => [...(last ?? []), answer].slice(-MOST_MESSAGES));
    });
    source.addEventListener('complete', () => source.close());
    return () => source.close();
  }, [query]);
  return messages;
}
