/** Streams that their reader leaves. */
import { expect, it } from 'vitest';
import { messagesOf } from '../../api/client/sse-messages.ts';
import { SharedLook } from '../../api/live/shared-look.ts';

it('a reader that stops in the middle lets the connection go', async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('event: next\ndata: 1\n\n'.repeat(3))),
    cancel: () => {
      isCancelled = true;
    },
  });
  const connect = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  for await (const { data } of messagesOf(connect, new AbortController().signal)) {
    expect(data).toBe('1');
    break;
  }
  expect(isCancelled).toBe(true);
});

it('who waits for another look is woken by it, or by leaving', async () => {
  let found = 1;
  const look = new SharedLook<number>(
    async () => found,
    String,
    1,
    () => undefined,
  );
  await look.join();
  const leaving = new AbortController();
  const waits = [leaving.signal, new AbortController().signal].map((signal) => look.changed(look.version, signal));
  leaving.abort();
  await waits[0];
  expect(look.version).toBe(1);
  found = 2;
  await waits[1];
  expect([look.version, look.found]).toEqual([2, 2]);
  look.leave();
});
