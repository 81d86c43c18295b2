/**
 * Refuses what costs too much before anything of it is run, and notes the cost of what is run.
 * @module
 */
import { type ExecutionArgs, GraphQLError, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ApiContext } from '../context.ts';
import { costOf, type QueryCost } from './query-cost.ts';

/** A page of 500 events with all their fields fits, two nested ones do not. */
export const MAX_COST = 20_000;
export const MAX_DEPTH = 10;
export const MAX_BREADTH = 300;

export function costPlugin(): Plugin<ApiContext> {
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const excess = excessOf(args as ExecutionArgs & { contextValue: ApiContext });
      if (excess !== null) setResultAndStopExecution({ errors: [excess] });
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const excess = excessOf(args as ExecutionArgs & { contextValue: ApiContext });
      if (excess !== null) setResultAndStopExecution({ errors: [excess] });
    },
  };
}

/** What an operation has too much of; `null` when it may run. */
function excessOf(args: ExecutionArgs & { readonly contextValue: ApiContext }): GraphQLError | null {
  const { schema, document, operationName, variableValues, contextValue } = args;
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  try {
    const found = costOf(schema, document, operation, variableValues ?? {});
    contextValue.cost.points = found.cost;
    return refusalOf(found);
  } catch (error) {
    // An argument that does not fit its type: said before anything is run, as running would.
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function refusalOf({ cost, depth, breadth }: QueryCost): GraphQLError | null {
  if (depth > MAX_DEPTH) return excess('API__TOO_DEEP', 'levels', depth, MAX_DEPTH);
  if (breadth > MAX_BREADTH) return excess('API__TOO_MANY_FIELDS', 'fields', breadth, MAX_BREADTH);
  if (cost > MAX_COST) return excess('API__TOO_COMPLEX', 'points of cost (rows times fields)', cost, MAX_COST);
  return null;
}

function excess(code: string, what: string, found: number, most: number): GraphQLError {
  return new GraphQLError(`A query has at most ${most} ${what}, this one has ${found}`, { extensions: { code } });
}
