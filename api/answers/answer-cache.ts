/**
 * What is answered anew reads the store as of one state of the record, so that what it has in common with others is read
 * once, and is kept for as long as that state lasts.
 * @module
 */
import { createHash } from 'node:crypto';
import { type DocumentNode, Kind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { ApiContext } from '../context.ts';
import type { ApiMetrics } from '../metrics.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { StoreMemory } from './remembered-store.ts';
import { snapshotOf } from './snapshot.ts';

/** What the server has found out of a request before it is read. */
export interface FirstLook {
  /** Name of what decides what it asks for; absent where it is none of those that are answered by it. */
  readonly requestName?: string;
  /** State of the record that it is answered as of. */
  readonly version?: string;
}

type OperationContext = ApiContext &
  FirstLook & {
    readonly request: Request;
    readonly params: { readonly query?: string; readonly variables?: unknown };
  };

export function answerCache(store: StoreClient, answers: KeptAnswers, metrics: ApiMetrics): Plugin<ApiContext> {
  const memory = new StoreMemory();
  const etags = new WeakMap<Request, string>();
  return {
    async onExecute({ args, extendContext, setResultAndStopExecution }) {
      if (!isOfRecord(args.document)) return;
      const { params, cost, request, requestName, version: seen } = args.contextValue as OperationContext;
      const asked = [args.operationName ?? '', params.query ?? '', JSON.stringify(args.variableValues ?? {})];
      const hash = createHash('sha256').update(asked.join('\0')).digest('base64');
      const operation = { hash, points: cost.points };
      if (requestName !== undefined) answers.learn(requestName, operation);
      const version = seen ?? (await answers.versionNow());
      const found = answers.find(version, operation);
      metrics.countCached(found !== undefined);
      if (found !== undefined) {
        etags.set(request, found.etag);
        setResultAndStopExecution({ data: JSON.parse(found.data) });
        return;
      }
      const remembered = memory.storeAt(store, version);
      extendContext({ store: remembered, snapshot: snapshotOf(remembered) });
      return {
        onExecuteDone({ result }) {
          if (Symbol.asyncIterator in result || result.errors) return;
          etags.set(request, answers.keep(version, operation, result.data).etag);
        },
      };
    },
    onResponse({ request, response }) {
      const etag = etags.get(request);
      if (etag === undefined) return;
      response.headers.set('ETag', etag);
      response.headers.set('Cache-Control', 'private, no-cache');
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
