/**
 * Who may ask: users, their passwords and what they are held to.
 *
 * `default` may do everything. `reader` may only read, within limits that it can lower and never raise.
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { EngineError } from './engine-error.ts';
import { isKeyword, tokensOf } from './sql-tokens.ts';

export interface User {
  readonly name: string;
  readonly password: string;
  readonly readOnly: boolean;
  /** Upper limits by setting name, also their values when the request names none. Zero (no limit) is above any. */
  readonly limits: Readonly<Record<string, number>>;
}

export const readerLimits: Readonly<Record<string, number>> = {
  max_execution_time: 30,
  max_memory_usage: 2_000_000_000,
  max_rows_to_read: 1_000_000_000,
  max_bytes_to_read: 100_000_000_000,
  max_result_rows: 10_000_000,
};

export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** Credentials by ClickHouse's headers, basic authentication or the URL, in this order. */
export function credentialsOf(headers: IncomingHttpHeaders, url: URLSearchParams): Credentials {
  const headerUser = headers['x-clickhouse-user'];
  if (typeof headerUser === 'string') return { name: headerUser, password: String(headers['x-clickhouse-key'] ?? '') };
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (basic !== undefined) {
    const [name = '', ...password] = Buffer.from(basic, 'base64').toString().split(':');
    return { name, password: password.join(':') };
  }
  return { name: url.get('user') ?? 'default', password: url.get('password') ?? '' };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @throws EngineError 516 for an unknown user or a wrong password alike */
export function authenticate(users: readonly User[], { name, password }: Credentials): User {
  const user = users.find((candidate) => candidate.name === (name === '' ? 'default' : name));
  if (user !== undefined && timingSafeEqual(digest(user.password), digest(password))) return user;
  const message = `${name}: Authentication failed: password is incorrect, or there is no user with such name`;
  throw new EngineError(516, 'AUTHENTICATION_FAILED', message);
}

/**
 * A page that somebody has open in a browser can send requests to their own machine: without a password they would be as good
 * as the user's own. A browser names the page's origin in whatever could write; an address that was typed has none.
 * @throws EngineError 516
 */
export function refusePages({ name, password }: User, headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  const isOfPage = headers.origin !== undefined || (site !== undefined && site !== 'none');
  if (!isOfPage || password !== '') return;
  const message = `${name}: A page in a browser asks as a user with a password; --users-file gives one`;
  throw new EngineError(516, 'AUTHENTICATION_FAILED', message);
}

/** The user's limits with the settings of the request over them. @throws EngineError 452, 164 */
export function settingsWithin(user: User, requested: ReadonlyMap<string, string>): Map<string, string> {
  const settings = new Map(Object.entries(user.limits).map(([name, limit]) => [name, String(limit)]));
  for (const [name, value] of requested) {
    if (user.readOnly && (name === 'readonly' || name === 'allow_ddl')) {
      throw new EngineError(164, 'READONLY', `Cannot modify '${name}' setting in readonly mode`);
    }
    const limit = user.limits[name];
    const isWithin = limit === undefined || (Number(value) > 0 && Number(value) <= limit);
    if (!isWithin) {
      throw new EngineError(452, 'SETTING_CONSTRAINT_VIOLATION', `Setting ${name} shouldn't be greater than ${limit}`);
    }
    settings.set(name, value);
  }
  return settings;
}

const readerKeywords = new Set([
  'SELECT',
  'WITH',
  'FROM',
  '(',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'EXPLAIN',
  'EXISTS',
  'USE',
  'SET',
]);
/** Scalar functions that reach outside the database; the engine's read-only mode lets them pass. */
const outsideFunctions = new Set(['file', 'catboostevaluate']);

/**
 * Refuses what the engine's read-only mode does not: KILL, and functions that read the server's files.
 * @throws EngineError 164, 497
 */
export function checkReaderQuery(text: string): void {
  let isFirst = true;
  let name = '';
  for (const token of tokensOf(text)) {
    if (isFirst && !readerKeywords.has(token.text.toUpperCase())) {
      throw new EngineError(164, 'READONLY', 'Cannot execute query in readonly mode');
    }
    if (token.kind === 'open' && outsideFunctions.has(name)) {
      throw new EngineError(497, 'ACCESS_DENIED', `Not enough privileges. Function ${name} is not granted`);
    }
    const isName = token.kind === 'word' || token.kind === 'quoted';
    name = isName ? token.text.replace(/^[`"]|[`"]$/g, '').toLowerCase() : '';
    isFirst = false;
    if (isKeyword(token, 'OUTFILE') || isKeyword(token, 'INFILE')) {
      throw new EngineError(497, 'ACCESS_DENIED', 'Not enough privileges. Files are not granted');
    }
  }
}
