/**
 * The last look at every answer: each error leaves with a stable code of ours, and the answer is counted.
 * @module
 */
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ApiMetrics } from '../metrics.ts';

/** Codes that the server library gives, by ours. */
const ourCodes: Readonly<Record<string, string>> = {
  BAD_REQUEST: 'API__BAD_REQUEST',
  REQUEST_ENTITY_TOO_LARGE: 'API__TOO_LARGE',
  GRAPHQL_VALIDATION_FAILED: 'API__INVALID_QUERY',
  OPERATION_RESOLUTION_FAILURE: 'API__BAD_REQUEST',
};
/** The last is what clients of persisted queries wait for. */
const OUR_PREFIXES = ['API__', 'STORE__', 'GOVERNANCE__', 'PERSISTED_QUERY_NOT_FOUND'];

export function answerPlugin(metrics: ApiMetrics): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      const results = (Array.isArray(result) ? result : [result]) as ExecutionResult[];
      const coded = results.map(withCodes);
      for (const each of coded) metrics.countAnswer(each.errors?.map(codeOf) ?? []);
      setResult(Array.isArray(result) ? coded : (coded[0] ?? {}));
    },
  };
}

function withCodes(result: ExecutionResult): ExecutionResult {
  return result.errors ? { ...result, errors: result.errors.map(withCode) } : result;
}

function withCode(error: GraphQLError): GraphQLError {
  const given = codeOf(error);
  if (OUR_PREFIXES.some((prefix) => given.startsWith(prefix))) return error;
  const { source, positions, path, nodes } = error;
  return new GraphQLError(error.message, {
    ...(source ? { source } : {}),
    ...(positions ? { positions } : {}),
    ...(path ? { path } : {}),
    ...(nodes ? { nodes } : {}),
    // Without a code it is one of the checks of values before execution.
    extensions: { ...error.extensions, code: ourCodes[given] ?? 'API__BAD_VALUE' },
  });
}

function codeOf({ extensions }: GraphQLError): string {
  return String(extensions?.['code'] ?? '');
}
