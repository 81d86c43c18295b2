/**
 * The block that all parts of an answer are as of.
 * @module
 */
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { canonicalHead } from '../../indexer/store/queries/chain/blocks.ts';
import type { ApiContext } from '../context.ts';

/** Read once per request, whoever asks first. */
export function snapshotOf(store: StoreClient): ApiContext['snapshot'] {
  let head: ReturnType<ApiContext['snapshot']> | null = null;
  return () => {
    head ??= canonicalHead(store);
    return head;
  };
}
