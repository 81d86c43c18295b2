/**
 * Subscriptions as server-sent events (graphql-sse, "distinct connections"): each message with its cursor as the id, so that
 * a browser that reconnects says by itself where to go on. A slow reader holds back its own stream alone.
 * @module
 */
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ApiContext } from '../context.ts';

const MEDIA_TYPE = 'text/event-stream';
/** A comment, so that proxies do not take a quiet stream for a dead one. */
const PING_EVERY_MS = 10_000;
const RETRY_MS = 1_000;

type Messages = AsyncIterable<ExecutionResult>;

export function ssePlugin(): Plugin<ApiContext> {
  return {
    onSubscribe: ({ args }) => ({
      onSubscribeResult: () => ({
        onNext({ result, setResult }) {
          const { toldCursor } = args.contextValue as ApiContext;
          if (toldCursor.text === null || Symbol.asyncIterator in result) return;
          setResult({ ...result, extensions: { ...result.extensions, cursor: toldCursor.text } });
        },
      }),
    }),
    onResultProcess({ request, result, setResultProcessor }) {
      if (!(Symbol.asyncIterator in result) || !request.headers.get('accept')?.includes(MEDIA_TYPE)) return;
      setResultProcessor(() => responseOf(result as Messages), MEDIA_TYPE);
    },
  };
}

function responseOf(messages: Messages): Response {
  const iterator = messages[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let ping: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n:\n\n`));
      ping = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(':\n\n'));
      }, PING_EVERY_MS);
    },
    async pull(controller) {
      const next = await iterator.next().catch((error: unknown) => {
        clearInterval(ping);
        throw error;
      });
      if (next.value !== undefined) controller.enqueue(encoder.encode(messageText(next.value)));
      if (!next.done) return;
      controller.enqueue(encoder.encode('event: complete\ndata:\n\n'));
      clearInterval(ping);
      controller.close();
    },
    async cancel() {
      clearInterval(ping);
      await iterator.return?.();
    },
  });
  const headers = { 'Content-Type': MEDIA_TYPE, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };
  return new Response(body, { headers });
}

function messageText(result: ExecutionResult): string {
  const cursor = result.extensions?.['cursor'];
  const id = typeof cursor === 'string' ? `id: ${cursor}\n` : '';
  const { data, errors, extensions } = result;
  return `${id}event: next\ndata: ${JSON.stringify({ data, errors, extensions })}\n\n`;
}
