/**
 * From what a ClickHouse request ends with to one of the three kinds of error. Codes of ClickHouse:
 * https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 * @module
 */
import { ClickHouseError } from '@clickhouse/client';
import {
  type ErrorContext,
  InputError,
  InvariantError,
  messageOf,
  PlumblineError,
  UpstreamError,
} from '../domain/errors.ts';
import { shownUrl, withoutUrl } from '../domain/shown-url.ts';

/** The server is busy, short of something or between two states; the same request may pass later. */
const passing = new Set([
  159, // TIMEOUT_EXCEEDED
  173, // CANNOT_ALLOCATE_MEMORY
  198, // DNS_ERROR
  202, // TOO_MANY_SIMULTANEOUS_QUERIES
  203, // NO_FREE_CONNECTION
  209, // SOCKET_TIMEOUT
  210, // NETWORK_ERROR
  225, // NO_ZOOKEEPER
  236, // ABORTED
  241, // MEMORY_LIMIT_EXCEEDED, of all queries together
  242, // TABLE_IS_READ_ONLY
  243, // NOT_ENOUGH_SPACE
  252, // TOO_MANY_PARTS
  279, // ALL_CONNECTION_TRIES_FAILED
  285, // TOO_FEW_LIVE_REPLICAS
  286, // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
  289, // REPLICA_IS_NOT_IN_QUORUM
  319, // UNKNOWN_STATUS_OF_INSERT
  394, // QUERY_WAS_CANCELLED, as a server does with all of them when it is stopped
  425, // SYSTEM_ERROR
  439, // CANNOT_SCHEDULE_TASK
  473, // DEADLOCK_AVOIDED
  745, // SERVER_OVERLOADED
  999, // KEEPER_EXCEPTION
]);

/** How 241 tells that one query alone took more than it may, as it would again. */
const ofOneQuery = /query memory limit exceeded|memory limit \(for query\) exceeded/i;

/** 158 TOO_MANY_ROWS, 307 TOO_MANY_BYTES, 396 TOO_MANY_ROWS_OR_BYTES. */
const tooLarge = new Set([158, 307, 396]);

const MEMORY_LIMIT_EXCEEDED = 241;

/** 192 UNKNOWN_USER, 193 WRONG_PASSWORD, 194 REQUIRED_PASSWORD, 497 ACCESS_DENIED, 516 AUTHENTICATION_FAILED. */
const denied = new Set([192, 193, 194, 497, 516]);

/** 60 UNKNOWN_TABLE, 81 UNKNOWN_DATABASE. */
const notMigrated = new Set([60, 81]);

/** 139 NO_ELEMENTS_IN_CONFIG (no distributed DDL, no Keeper), 701 CLUSTER_DOESNT_EXIST. */
const noCluster = new Set([139, 701]);

/** A typed error for anything thrown by the client; a typed error stays as it is. */
export function storeErrorOf(error: unknown, address: string, sql: string): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const url = shownUrl(address);
  const context = { url, sql: sql.slice(0, 500) };
  if (error instanceof ClickHouseError) return fromServer(error, context);
  const reason = withoutUrl(messageOf(error), address) || (error as NodeJS.ErrnoException).code || 'no reason given';
  return new UpstreamError(
    'STORE__UNREACHABLE',
    `ClickHouse at ${url} does not answer (${reason}): start it or set CLICKHOUSE_URL`,
    context,
    error,
  );
}

function fromServer(error: ClickHouseError, context: ErrorContext): PlumblineError {
  const code = Number(error.code);
  const text = `ClickHouse error ${code} (${error.type ?? 'unknown'}): ${firstLine(error.message)}`;
  const withCode = { ...context, clickhouseCode: code };
  if (code === MEMORY_LIMIT_EXCEEDED && ofOneQuery.test(error.message)) {
    const words = 'This question needs more memory than one may take: ask for less at once';
    return new InputError('STORE__QUERY_TOO_LARGE', words, { ...withCode, reason: text }, error);
  }
  if (passing.has(code)) return new UpstreamError('STORE__BUSY', text, withCode, error);
  if (denied.has(code))
    return new InputError('STORE__ACCESS_DENIED', `${text}. Check CLICKHOUSE_USER and its password`, withCode, error);
  if (tooLarge.has(code)) return new InputError('STORE__QUERY_TOO_LARGE', text, withCode, error);
  if (noCluster.has(code))
    return new InputError('STORE__NO_CLUSTER', `${text}. Set CLICKHOUSE_CLUSTER right, or empty`, withCode, error);
  if (notMigrated.has(code))
    return new InputError('STORE__NOT_MIGRATED', `${text}. Run plumbline migrate`, withCode, error);
  return new InvariantError('STORE__QUERY_FAILED', text, withCode, error);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
