/**
 * Many rows that each need others: what all of them ask for in one turn is read in one question to the store.
 * @module
 */
import type { ApiContext } from '../context.ts';

interface Pending<Key, Value> {
  readonly key: Key;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads for several keys at once; answers in step with them. */
export type BatchRead<Key, Value> = (keys: readonly Key[], context: ApiContext) => Promise<readonly Value[]>;

/** Keys of one question: they travel in the address of a request. */
const KEYS_AT_ONCE = 250;

/** A read of one key that waits for the others of its request. */
export function batched<Key, Value>(read: BatchRead<Key, Value>): (key: Key, context: ApiContext) => Promise<Value> {
  const waiting = new WeakMap<ApiContext, Pending<Key, Value>[]>();
  return (key, context) =>
    new Promise((resolve, reject) => {
      const queue = waiting.get(context);
      if (queue !== undefined) {
        queue.push({ key, resolve, reject });
        return;
      }
      const started: Pending<Key, Value>[] = [{ key, resolve, reject }];
      waiting.set(context, started);
      // After the rows of a list have all been looked at.
      setImmediate(() => {
        waiting.delete(context);
        void readAll(started, read, context);
      });
    });
}

async function readAll<Key, Value>(
  all: readonly Pending<Key, Value>[],
  read: BatchRead<Key, Value>,
  context: ApiContext,
): Promise<void> {
  for (let at = 0; at < all.length; at += KEYS_AT_ONCE) {
    const some = all.slice(at, at + KEYS_AT_ONCE);
    try {
      const values = await read(
        some.map(({ key }) => key),
        context,
      );
      for (const [index, { resolve }] of some.entries()) resolve(values[index] as Value);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }
}
