/**
 * One request of ClickHouse's HTTP interface, taken apart: credentials, session, settings, query parameters.
 *
 * Source: https://clickhouse.com/docs/interfaces/http. Pure.
 * @module
 */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { EngineError } from './engine-error.ts';
import { type Credentials, credentialsOf } from './users.ts';

export interface HttpQuery {
  readonly queryId: string;
  readonly credentials: Credentials;
  /** The query of the URL, empty when all of it is in the body. */
  readonly urlQuery: string;
  readonly database: string | null;
  readonly defaultFormat: string;
  readonly settings: ReadonlyMap<string, string>;
  /** Values of `{name:Type}`, escaped as in TabSeparated; the engine parses them by their type. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly session: SessionRequest | null;
  readonly waitEndOfQuery: boolean;
  readonly acceptsGzip: boolean;
  /** GET may not change anything. */
  readonly isReadMethod: boolean;
}

export interface SessionRequest {
  readonly id: string;
  readonly timeoutSeconds: number;
  readonly mustExist: boolean;
}

/** Parameters of the interface itself; every other one is a setting of the query. */
const interfaceParameters = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'session_timeout',
  'session_check',
  'user',
  'password',
  'quota_key',
  'stacktrace',
  'wait_end_of_query',
  'buffer_size',
  'compress',
  'decompress',
  'close_session',
  'role',
  'enable_http_compression',
]);
const maxSessionTimeoutSeconds = 3600;

/** @throws EngineError when a parameter cannot be used */
export function parseHttpQuery(method: string, url: URL, headers: IncomingHttpHeaders): HttpQuery {
  const search = url.searchParams;
  refuseNativeCompression(search);
  const settings = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const [name, value] of search) {
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new EngineError(115, 'UNKNOWN_SETTING', `Unknown setting '${name}'`);
    if (name.startsWith('param_')) parameters.set(name.slice('param_'.length), value);
    else if (!interfaceParameters.has(name)) settings.set(name, value);
  }
  return {
    queryId: search.get('query_id') || randomUUID(),
    credentials: credentialsOf(headers, search),
    urlQuery: search.get('query') ?? '',
    database: search.get('database') || header(headers, 'x-clickhouse-database') || null,
    defaultFormat: search.get('default_format') || header(headers, 'x-clickhouse-format') || 'TabSeparated',
    settings,
    parameters,
    session: sessionOf(search),
    waitEndOfQuery: isOn(search.get('wait_end_of_query')),
    acceptsGzip: isOn(search.get('enable_http_compression')) && /\bgzip\b/.test(header(headers, 'accept-encoding')),
    isReadMethod: method === 'GET' || method === 'HEAD',
  };
}

const isOn = (value: string | null): boolean => value === '1' || value === 'true';
const header = (headers: IncomingHttpHeaders, name: string): string => String(headers[name] ?? '');

function refuseNativeCompression(search: URLSearchParams): void {
  if (isOn(search.get('compress')) || isOn(search.get('decompress'))) {
    throw new EngineError(
      48,
      'NOT_IMPLEMENTED',
      'compress and decompress are not supported, use Content-Encoding: gzip',
    );
  }
}

function sessionOf(search: URLSearchParams): SessionRequest | null {
  const id = search.get('session_id');
  if (id === null || id === '') return null;
  const timeoutSeconds = Number(search.get('session_timeout') ?? 60);
  const isUsable = Number.isInteger(timeoutSeconds) && timeoutSeconds > 0 && timeoutSeconds <= maxSessionTimeoutSeconds;
  if (!isUsable) {
    const message = `Session timeout must be between 1 and ${maxSessionTimeoutSeconds} seconds`;
    throw new EngineError(374, 'INVALID_SESSION_TIMEOUT', message);
  }
  return { id, timeoutSeconds, mustExist: isOn(search.get('session_check')) };
}
