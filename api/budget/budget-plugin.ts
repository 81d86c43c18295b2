/**
 * Takes the cost of every operation out of its caller's budget before it is run, and tells cost and rest in the answer's
 * extensions and headers.
 * @module
 */
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ApiContext } from '../context.ts';
import type { ApiMetrics } from '../metrics.ts';
import type { BudgetStore, Taken } from './budget-store.ts';

export const LEAST_COST = 1;

/** What an operation took. */
export interface Paid {
  readonly cost: number;
  readonly limit: number;
  /** `null` when Redis did not answer. */
  readonly rest: Taken | null;
}

/** As an answer's extensions have it. */
export function shownCost({ cost, limit, rest }: Paid) {
  return { points: cost, limit, remaining: rest?.remaining ?? null };
}

export function budgetHeaders({ cost, limit, rest }: Paid): readonly (readonly [string, string])[] {
  return [
    ['X-Query-Cost', String(cost)],
    ['RateLimit-Limit', String(limit)],
    ...(rest === null ? [] : [['RateLimit-Remaining', String(rest.remaining)] as const]),
  ];
}

type OperationContext = ApiContext & { readonly request: Request };

export function budgetPlugin(store: BudgetStore | null, metrics: ApiMetrics): Plugin<ApiContext> {
  const taken = new WeakMap<Request, Paid>();
  const refusalOf = async (context: OperationContext): Promise<GraphQLError | null> => {
    const { caller, cost, request } = context;
    const points = Math.max(cost.points, LEAST_COST);
    if (store === null) {
      metrics.countCost(points);
      return null;
    }
    const rest = await store.take(caller.bucket, points, caller.budget);
    taken.set(request, { cost: points, limit: caller.budget.capacity, rest });
    if (rest === null) metrics.countUnchecked();
    if (rest === null || rest.isAllowed) {
      metrics.countCost(points);
      return null;
    }
    const message = `This costs ${points} points, ${rest.remaining} are left: ask again in ${rest.retryAfterSeconds} s`;
    const http = { status: 429, headers: { 'Retry-After': String(rest.retryAfterSeconds) } };
    return new GraphQLError(message, {
      extensions: { code: 'API__RATE_LIMITED', http, retryAfterSeconds: rest.retryAfterSeconds },
    });
  };
  return {
    async onExecute({ args, setResultAndStopExecution }) {
      const refusal = await refusalOf(args.contextValue as OperationContext);
      if (refusal !== null) setResultAndStopExecution({ errors: [refusal] });
    },
    async onSubscribe({ args, setResultAndStopExecution }) {
      const refusal = await refusalOf(args.contextValue as OperationContext);
      if (refusal !== null) setResultAndStopExecution({ errors: [refusal] });
    },
    onResultProcess({ request, result, setResult }) {
      const found = taken.get(request);
      if (found === undefined || Array.isArray(result) || Symbol.asyncIterator in result) return;
      const { extensions, ...others } = result as ExecutionResult;
      setResult({ ...others, extensions: { ...extensions, cost: shownCost(found) } });
    },
    onResponse({ request, response }) {
      const found = taken.get(request);
      if (found === undefined) return;
      for (const [name, value] of budgetHeaders(found)) response.headers.set(name, value);
    },
  };
}
