/**
 * A subscription of the API, collected. What is collected has no hole: a stream that was lost goes on after its last message.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';
import { openStream } from './event-stream.ts';

const MOST_MESSAGES = 500;

/**
 * @param query takes `$after`, the cursor to go on after; `""` begins with the first message
 * @returns newest last; `null` until the stream is open
 */
export function useStream<T>(query: string): readonly T[] | null {
  const [messages, setMessages] = useState<readonly T[] | null>(null);
  useEffect(() => {
    setMessages(null);
    return openStream<T>(query, (cursor) => ({ after: cursor ?? '' }), {
      onOpen: () => setMessages((last) => last ?? []),
      onMessage: (data) => setMessages((last) => [...(last ?? []), data].slice(-MOST_MESSAGES)),
    });
  }, [query]);
  return messages;
}
