/**
 * Server-sent events out of one response: messages of type `next`, until the connection ends. A connection that breaks, or
 * cannot be made, ends the messages like one that was closed: whoever reads connects again.
 * @module
 */
export interface SseMessage {
  readonly id: string | null;
  readonly data: string;
}

/** Ends without an error; an answer that is no stream is one message with its body, which says why. */
export async function* messagesOf(connect: () => Promise<Response>, signal: AbortSignal): AsyncGenerator<SseMessage> {
  const response = await connect().catch(() => null);
  if (response === null || response.body === null) return;
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    yield { id: null, data: await response.text() };
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    while (!signal.aborted) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || value === undefined) return;
      rest += value;
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const message = messageIn(rest.slice(0, end));
        rest = rest.slice(end + 2);
        if (message !== null) yield message;
      }
    }
  } finally {
    // Whoever reads may stop in the middle: the connection is not held for nobody.
    await reader.cancel().catch(() => undefined);
  }
}

function messageIn(text: string): SseMessage | null {
  const data = /^data: (.+)$/m.exec(text)?.[1];
  return data === undefined ? null : { id: /^id: (.*)$/m.exec(text)?.[1] ?? null, data };
}
