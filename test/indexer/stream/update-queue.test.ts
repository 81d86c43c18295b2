import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Update } from '../../../indexer/stream/update.ts';
import { UpdateQueue } from '../../../indexer/stream/update-queue.ts';

const LIMIT_BYTES = 1_000;
const pong = (id: number): Update => ({ kind: 'pong', id });

/** A producer that does as it is told. */
class Producer {
  isPaused = false;
  readonly pause = () => {
    this.isPaused = true;
  };
  readonly resume = () => {
    this.isPaused = false;
  };
}

it('gives everything once and in order, and never holds more than the limit and one message', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.boolean()), { maxLength: 80 }),
      async (messages) => {
        const producer = new Producer();
        const queue = new UpdateQueue(producer, LIMIT_BYTES);
        const batches = queue[Symbol.asyncIterator]();
        const taken: Update[] = [];
        for (const [id, [sizeBytes, isRead]] of messages.entries()) {
          while (producer.isPaused) taken.push(...((await batches.next()).value as readonly Update[]));
          queue.push(isRead ? pong(id) : () => pong(id), sizeBytes);
          expect(queue.queuedBytes).toBeLessThanOrEqual(LIMIT_BYTES + 700);
        }
        queue.end();
        for (let next = await batches.next(); next.done !== true; next = await batches.next())
          taken.push(...next.value);
        expect(taken).toEqual(messages.map((_, id) => pong(id)));
        expect(queue.queuedBytes).toBe(0);
      },
    ),
  );
});

it('reads a message when its turn comes, large ones one at a time', async () => {
  const read: number[] = [];
  const queue = new UpdateQueue(new Producer(), 1e9);
  for (let id = 0; id < 3; id += 1) {
    queue.push(() => {
      read.push(id);
      return pong(id);
    }, 1_000_000);
  }
  expect(read).toEqual([]);
  await queue[Symbol.asyncIterator]().next();
  expect(read).toEqual([0]);
});

it('ends with the error of a message that cannot be read, after those before it', async () => {
  const queue = new UpdateQueue(new Producer(), 1e9);
  queue.push(pong(1), 1_000_000);
  queue.push(() => {
    throw new Error('unreadable');
  }, 1_000_000);
  const batches = queue[Symbol.asyncIterator]();
  expect((await batches.next()).value).toEqual([pong(1)]);
  await expect(batches.next()).rejects.toThrow('unreadable');
});
