/**
 * What an operation is answered with: a kept answer of the newest state of the record; while there is more to run than can
 * be, one of a state shortly before, and the operation is run again for those who come later; or else what it finds in its
 * turn. A run reads the store as of one state, so that what it has in common with others is read once, and is kept for as
 * long as that state lasts.
 * @module
 */
import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { ApiContext } from '../context.ts';
import type { ApiMetrics } from '../metrics.ts';
import { ageHeader, mostAgeOf } from './asked-age.ts';
import type { AgedAnswer, KeptAnswer, KeptAnswers, KnownOperation } from './kept-answers.ts';
import type { Execute, OperationRuns, Outcome } from './operation-runs.ts';
import { StoreMemory } from './remembered-store.ts';
import { snapshotOf } from './snapshot.ts';
import { inTurn, type Turns } from './turns.ts';

/** The longest wait of an operation for its turn by which the load is a light one: a block later it is behind anyway. */
const LATE_MS = 400;

/** What the server has found out of a request before it is read. */
export interface FirstLook {
  /** Name of what decides what it asks for; absent where it is none of those that are answered by it. */
  readonly requestName?: string;
  /** State of the record that the answer may not be behind. */
  readonly version?: string;
  /** What another who asks the same was answered. */
  readonly outcome?: Outcome;
}

/** Where operations take their turns. */
export interface Lane {
  readonly turns: Turns;
  readonly runs: OperationRuns;
}

export interface AnswerParts {
  readonly answers: KeptAnswers;
  /** Of operations that the store alone answers. */
  readonly lane: Lane;
  /** Of those that wait for other things, a node of the chain or a replay, and keep nobody else waiting meanwhile. */
  readonly laneApart: Lane;
  readonly metrics: ApiMetrics;
}

type OperationContext = ApiContext &
  FirstLook & {
    readonly request: Request;
    readonly params: { readonly query?: string };
  };

interface Validators {
  readonly etag: string;
  readonly ageMs: number;
}

export function answerCache(store: StoreClient, parts: AnswerParts): Plugin<ApiContext> {
  const { answers, metrics } = parts;
  const memory = new StoreMemory();
  const told = new WeakMap<Request, Validators>();
  const noted = (request: Request, kept: KeptAnswer | null, ageMs = 0) => {
    if (kept !== null) told.set(request, { etag: kept.etag, ageMs });
  };
  return {
    async onExecute({ args, executeFn, setExecuteFn, setResultAndStopExecution }) {
      const context = args.contextValue as OperationContext;
      const { params, cost, request, requestName, caller, signal } = context;
      const fields = rootFields(args.document);
      const lane = fields.some((name) => /^(prepare|impact$)/.test(name)) ? parts.laneApart : parts.lane;
      if (!isOfRecord(fields)) {
        setExecuteFn((given) => inTurn(lane.turns, caller.bucket, async () => executeFn(given)));
        return;
      }
      const asked = [args.operationName ?? '', params.query ?? '', JSON.stringify(args.variableValues ?? {})];
      const hash = createHash('sha256').update(asked.join('\0')).digest('base64');
      const operation = { hash, points: cost.points };
      if (requestName !== undefined) answers.learn(requestName, operation);
      const seen = context.version ?? (await answers.versionNow());
      const found = answers.find(seen, operation) ?? context.outcome?.kept ?? undefined;
      metrics.countCached(found !== undefined);
      if (found !== undefined) {
        noted(request, found);
        setResultAndStopExecution({ data: JSON.parse(found.data) });
        return;
      }
      const execute: Execute = async (version) => {
        const remembered = memory.storeAt(store, version);
        const contextValue = { ...context, store: remembered, snapshot: snapshotOf(remembered) };
        return (await executeFn({ ...args, contextValue })) as ExecutionResult;
      };
      const asker = { bucket: caller.bucket, gone: signal };
      const aged = agedAnswer(answers, lane, operation, request.headers.get('cache-control'));
      if (aged !== undefined) {
        lane.runs.renew(operation, asker, seen, execute);
        noted(request, aged.answer, aged.ageMs);
        metrics.countAged();
        setResultAndStopExecution({ data: JSON.parse(aged.answer.data), extensions: agedExtensions(aged) });
        return;
      }
      setExecuteFn(async () => {
        const outcome = context.outcome ?? (await lane.runs.answer(operation, asker, seen, execute));
        noted(request, outcome.kept);
        return outcome.result;
      });
    },
    onResponse({ request, response }) {
      const found = told.get(request);
      if (found === undefined) return;
      for (const [name, value] of validatorHeaders(found)) response.headers.set(name, value);
    },
  };
}

/** What may be given instead of having the asker wait; undefined where the load is light, or it is too old for the asker. */
export function agedAnswer(
  answers: KeptAnswers,
  { turns }: Lane,
  operation: KnownOperation,
  cacheControl: string | null,
): AgedAnswer | undefined {
  return turns.longestWaitMs > LATE_MS ? answers.findAged(operation, mostAgeOf(cacheControl)) : undefined;
}

export function agedExtensions({ ageMs }: Pick<AgedAnswer, 'ageMs'>) {
  return { ageMs: Math.ceil(ageMs) };
}

/** @param ageMs 0 of an answer of the newest state */
export function validatorHeaders({ etag, ageMs }: Validators): readonly (readonly [string, string])[] {
  const headers = [['ETag', etag] as const, ['Cache-Control', 'private, no-cache'] as const];
  return ageMs > 0 ? [...headers, ['Age', ageHeader(ageMs)] as const] : headers;
}

/** Whether the answer follows from the record alone, and not from who asks or what the chain says just now. */
function isOfRecord(fields: readonly string[]): boolean {
  return fields.every((name) => !/^(prepare|serviceConfig$)/.test(name));
}

/** Names of what a document's operations ask for, fragments spread out. The document is valid: no fragment is its own. */
function rootFields({ definitions }: DocumentNode): readonly string[] {
  const fieldsOf = ({ selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value;
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet);
      const spread = definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
      ) as FragmentDefinitionNode | undefined;
      return spread === undefined ? [] : fieldsOf(spread.selectionSet);
    });
  return definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? fieldsOf(each.selectionSet) : []));
}
