/**
 * Answers that were given already, by document, variables and the state of the record they were given of: an answer is
 * found again only while nothing it could tell of has changed. What is answered anew reads the store as of that state, so
 * that what it has in common with others is read once.
 * @module
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DocumentNode, type ExecutionResult, Kind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';
import { recordVersion } from '../indexer/store/queries/record-version.ts';
import type { ApiContext } from './context.ts';
import type { ApiMetrics } from './metrics.ts';
import { StoreMemory } from './remembered-store.ts';
import { snapshotOf } from './snapshot.ts';

/** The state of the record is looked at no more often than this. */
const LOOK_EVERY_MS = 10;
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ANSWER_BYTES = 1024 * 1024;

interface Kept {
  readonly result: ExecutionResult;
  readonly byteCount: number;
}

type OperationContext = ApiContext & { readonly params: { readonly query?: string; readonly variables?: unknown } };

export function answerCache(store: StoreClient, metrics: ApiMetrics): Plugin<ApiContext> {
  const kept = new Map<string, Kept>();
  let byteCount = 0;
  const versionNow = versionReader(store);
  const memory = new StoreMemory();
  const drop = (key: string) => {
    byteCount -= kept.get(key)?.byteCount ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, result: ExecutionResult) => {
    const size = JSON.stringify(result.data).length;
    if (size > MOST_ANSWER_BYTES) return;
    drop(key);
    kept.set(key, { result: { data: result.data ?? null }, byteCount: size });
    byteCount += size;
    for (const [oldest] of kept) {
      if (byteCount <= MOST_BYTES) break;
      drop(oldest);
    }
  };
  return {
    async onExecute({ args, extendContext, setResultAndStopExecution }) {
      if (!isOfRecord(args.document)) return;
      const { params } = args.contextValue as OperationContext;
      const asked = [args.operationName ?? '', params.query ?? '', JSON.stringify(args.variableValues ?? {})];
      const version = await versionNow();
      const key = `${version}/${createHash('sha256').update(asked.join('\0')).digest('base64')}`;
      const found = kept.get(key);
      metrics.countCached(found !== undefined);
      if (found !== undefined) {
        setResultAndStopExecution(found.result);
        return;
      }
      const remembered = memory.storeAt(store, version);
      extendContext({ store: remembered, snapshot: snapshotOf(remembered) });
      return {
        onExecuteDone({ result }) {
          if (!(Symbol.asyncIterator in result) && !result.errors) keep(key, result);
        },
      };
    },
  };
}

/** Whether the answer follows from the record alone, and not from who asks or what the chain says just now. */
function isOfRecord(document: DocumentNode): boolean {
  return document.definitions.every(
    (definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION ||
      definition.selectionSet.selections.every(
        (selection) => selection.kind === Kind.FIELD && !/^(prepare|serviceConfig$)/.test(selection.name.value),
      ),
  );
}

/**
 * A look that began before the request came might miss what was written meanwhile: whoever comes during one shares the
 * next, so that no answer is behind what was written before it was asked for.
 */
function versionReader(store: StoreClient): () => Promise<string> {
  let running: Promise<unknown> | null = null;
  let next: Promise<string> | null = null;
  const look = (): Promise<string> => {
    next = null;
    const found = recordVersion(store);
    const spaced = Promise.allSettled([found, sleep(LOOK_EVERY_MS)]).then(() => {
      if (running === spaced) running = null;
    });
    running = spaced;
    return found;
  };
  return () => {
    if (running === null) return look();
    next ??= running.then(look);
    return next;
  };
}
