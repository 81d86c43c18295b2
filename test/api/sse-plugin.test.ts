import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ssePlugin } from '../../api/live/sse-plugin.ts';

type Hook = NonNullable<ReturnType<typeof ssePlugin>['onResultProcess']>;
type Message = { readonly data: unknown };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** What a subscriber is answered whose messages are these. */
function answered(messages: AsyncIterable<Message>): Response {
  let response: Response | null = null;
  const setResultProcessor = (processor: () => Response) => {
    response = processor();
  };
  const request = new Request('http://127.0.0.1/graphql', { headers: { accept: 'text/event-stream' } });
  ssePlugin().onResultProcess?.({ request, result: messages, setResultProcessor } as unknown as Parameters<Hook>[0]);
  return response ?? expect.fail('no stream');
}

async function* twoThen(end: () => void): AsyncGenerator<Message> {
  yield { data: 1 };
  yield { data: 2 };
  end();
}

it.each([
  ['ends', () => undefined, true],
  ['fails', () => expect.fail('the store is away'), false],
])('a stream that %s leaves no timer behind', async (_, end, isWhole) => {
  const reading = answered(twoThen(end)).text();
  const outcome = await reading.then(
    (text) => text.includes('data: {"data":2}') && text.includes('event: complete'),
    () => false,
  );
  expect(outcome).toBe(isWhole);
  expect(vi.getTimerCount()).toBe(0);
});

it('a reader that goes leaves no timer behind', async () => {
  const reader = answered(twoThen(() => undefined)).body?.getReader() ?? expect.fail('no body');
  await reader.read();
  expect(vi.getTimerCount()).toBe(1);
  await reader.cancel();
  expect(vi.getTimerCount()).toBe(0);
});
