/**
 * CLICKHOUSE_URL taken apart, once for all that connect: each library reads a URL's user, path and query in its own way.
 * @module
 */
import querystring from 'node:querystring';
import type { Settings } from '../domain/settings.ts';

export type AddressSettings = Pick<Settings, 'CLICKHOUSE_URL' | 'CLICKHOUSE_USER' | 'CLICKHOUSE_PASSWORD'>;

export interface ClickHouseAddress {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Where a proxy has ClickHouse, `/` without one. Never a database. */
  readonly path: string;
  /** Of the URL, before the setting. */
  readonly user: string;
  readonly password: string;
}

export function clickHouseAddress(settings: AddressSettings): ClickHouseAddress {
  const { origin, pathname, username, password } = new URL(settings.CLICKHOUSE_URL);
  return {
    origin,
    path: pathname,
    // Unlike decodeURIComponent it takes a lone `%` for what it is.
    user: querystring.unescape(username) || settings.CLICKHOUSE_USER,
    password: querystring.unescape(password) || settings.CLICKHOUSE_PASSWORD,
  };
}

/** Answered without a user: does the server listen? */
export function pingUrl({ origin, path }: ClickHouseAddress): string {
  return `${origin}${path.replace(/\/$/, '')}/ping`;
}
