import { expect, it } from 'vitest';
import { StoreMemory } from '../../api/answers/remembered-store.ts';
import { UpstreamError } from '../../indexer/domain/errors.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';

/** Counts what it is asked; its answers are the texts of the questions. */
function countingStore() {
  const asked: string[] = [];
  const bytes = async (sql: string, params: object) => {
    asked.push(`${sql} ${Object.values(params).map(String).join()}`);
    if (sql === 'fails') throw new UpstreamError('STORE__BUSY', 'not now');
    return Buffer.from(sql === 'long' ? 'x'.repeat(2_000_000) : sql);
  };
  return { asked, store: { bytes } as unknown as StoreClient };
}

it('a question is asked once for each state of the record, also by those who ask at the same time', async () => {
  const { asked, store } = countingStore();
  const memory = new StoreMemory();
  const ask = (version: string, slot: bigint) => memory.storeAt(store, version).bytes('head', { slot }, 'RowBinary');
  await Promise.all([ask('a', 1n), ask('a', 1n)]);
  await ask('a', 1n);
  expect(asked).toEqual(['head 1']);
  await ask('a', 2n);
  await ask('b', 1n);
  expect(asked).toEqual(['head 1', 'head 2', 'head 1']);
});

it('a request that began before a write does not bring back what was read before it', async () => {
  const { asked, store } = countingStore();
  const memory = new StoreMemory();
  const early = memory.storeAt(store, 'a');
  await early.bytes('head', {}, 'RowBinary');
  const late = memory.storeAt(store, 'b');
  await late.bytes('head', {}, 'RowBinary');
  await early.bytes('head', {}, 'RowBinary');
  await late.bytes('head', {}, 'RowBinary');
  expect(asked).toHaveLength(2);
});

it('what failed, and what is long, is asked again', async () => {
  const { asked, store } = countingStore();
  const at = new StoreMemory().storeAt(store, 'a');
  for (const sql of ['fails', 'fails', 'long', 'long']) await at.bytes(sql, {}, 'RowBinary').catch(() => undefined);
  expect(asked).toEqual(['fails ', 'fails ', 'long ', 'long ']);
});
