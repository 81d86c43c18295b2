/**
 * One subscription of the API by server-sent events. The browser goes on from the last message by itself when the connection
 * breaks; where it gives up, because the API was refused or restarted, the stream is opened again after that message.
 * @module
 */

interface StreamHandlers<T> {
  /** @param cursor place of the message, empty where the stream has none */
  readonly onMessage: (data: T, cursor: string) => void;
  readonly onOpen?: () => void;
  /** The connection is lost, or there is none to be had; it is tried for again. */
  readonly onLost?: () => void;
}

const AGAIN_MS = 2_000;

/** @param variablesAfter the question's variables, given the cursor to go on after @returns ends the stream */
export function openStream<T>(
  query: string,
  variablesAfter: (cursor: string | null) => Readonly<Record<string, unknown>>,
  handlers: StreamHandlers<T>,
): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cursor: string | null = null;
  const open = () => {
    const parameters = new URLSearchParams({ query, variables: JSON.stringify(variablesAfter(cursor)) });
    const opened = new EventSource(`/graphql?${parameters}`);
    source = opened;
    opened.onopen = () => handlers.onOpen?.();
    opened.addEventListener('next', ({ data, lastEventId }) => {
      cursor = lastEventId || cursor;
      const answer = (JSON.parse(data) as { readonly data?: T | null }).data;
      if (answer) handlers.onMessage(answer, lastEventId);
    });
    const again = () => {
      opened.close();
      clearTimeout(timer);
      timer = setTimeout(open, AGAIN_MS);
    };
    opened.addEventListener('complete', again);
    opened.onerror = () => {
      handlers.onLost?.();
      if (opened.readyState === EventSource.CLOSED) again();
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
