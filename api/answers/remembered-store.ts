/**
 * Answers of the store that are asked for again while nothing in it was written: whatever requests have in common (the head,
 * how far candles are made, lists as of the newest slot) is read once for each state of the record.
 *
 * An answer is found by the state of the record that its request began with, the text of the question and its values. Whoever
 * comes after a write begins with another state, and finds nothing that was read before.
 * @module
 */
import type { ClickHouseSettings } from '@clickhouse/client';
import type { QueryParams, StoreClient } from '../../indexer/store/clickhouse-client.ts';

const MOST_BYTES = 32 * 1024 * 1024;
/** Longer answers are those of one asker. */
const MOST_ANSWER_BYTES = 1024 * 1024;

export class StoreMemory {
  #version = '';
  #answers = new Map<string, Promise<Buffer>>();
  #byteCount = 0;

  /** The store as a request sees it that began with a state of the record. */
  storeAt(store: StoreClient, version: string): StoreClient {
    if (version !== this.#version) {
      this.#version = version;
      this.#answers = new Map();
      this.#byteCount = 0;
    }
    const answers = this.#answers;
    return {
      ...store,
      bytes: (sql, params, format, limits) => {
        const key = keyOf(sql, params, format, limits);
        const known = answers.get(key);
        if (known !== undefined) return known;
        const asked = store.bytes(sql, params, format, limits);
        answers.set(key, asked);
        asked.then(
          ({ length }) => this.#keep(answers, key, length),
          () => answers.delete(key),
        );
        return asked;
      },
    };
  }

  #keep(answers: Map<string, Promise<Buffer>>, key: string, byteCount: number): void {
    if (answers !== this.#answers) return;
    if (byteCount > MOST_ANSWER_BYTES || this.#byteCount + byteCount > MOST_BYTES) {
      answers.delete(key);
      return;
    }
    this.#byteCount += byteCount;
  }
}

function keyOf(sql: string, params: QueryParams, format: string, limits: ClickHouseSettings | undefined): string {
  const text = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
  return JSON.stringify([sql, params, format, limits], text);
}
