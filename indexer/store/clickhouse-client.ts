/**
 * The store's one way to ClickHouse: HTTP, embedded engine or server alike. What streams goes through @clickhouse/client,
 * whole answers by a shorter way (`clickhouse-question.ts`).
 *
 * Results travel as RowBinaryWithNamesAndTypes, so 64-bit and wider integers arrive as `bigint`, keys and hashes as
 * bytes, and no number passes through JSON. Everything that fails is one of the three typed errors (`store-error.ts`).
 * @module
 */
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type ClickHouseClient, type ClickHouseSettings, createClient } from '@clickhouse/client';
import type { TableBatch } from '../batch/block-batch.ts';
import type { Settings } from '../domain/settings.ts';
import { clickHouseAddress } from './clickhouse-address.ts';
import { type BoundValue, openQuestions } from './clickhouse-question.ts';
import { clusterSettings, onCluster } from './cluster-layout.ts';
import { quoted } from './sql-text.ts';
import { storeErrorOf } from './store-error.ts';

/** Bytes are bound as hexadecimal text: `unhex({key:String})`. */
export type QueryParam = string | number | bigint | boolean | null | Uint8Array | readonly QueryParam[];
export type QueryParams = Readonly<Record<string, QueryParam>>;

export type StoreSettings = Pick<
  Settings,
  'CLICKHOUSE_URL' | 'CLICKHOUSE_USER' | 'CLICKHOUSE_PASSWORD' | 'CLICKHOUSE_DATABASE'
> &
  Partial<Pick<Settings, 'CLICKHOUSE_CLUSTER'>>;

export interface StoreClient {
  /** One statement without a result. @throws UpstreamError, InputError, InvariantError as in `store-error.ts` */
  command(sql: string, params?: QueryParams): Promise<void>;
  /** A statement that makes or changes a table, a view or a database, on all replicas of a cluster. Errors as `command`. */
  define(sql: string): Promise<void>;
  /** Whole answer of a SELECT in `format`. Errors as `command`. */
  bytes(sql: string, params: QueryParams, format: string, limits?: ClickHouseSettings): Promise<Buffer>;
  /**
   * Answer of a SELECT in `format` as it is made: whoever reads slowly holds back the engine. A failure half-way stands in
   * the bytes, behind the tag. Errors as `command` before the first byte.
   */
  stream(sql: string, params: QueryParams, format: string, limits: ClickHouseSettings): Promise<StreamedAnswer>;
  /** Rows that are already in RowBinary. Errors as `command`. */
  insert(batch: TableBatch): Promise<void>;
  /** The client below, for exports in other formats. */
  readonly clickhouse: ClickHouseClient;
  readonly database: string;
  close(): Promise<void>;
}

export interface StreamedAnswer {
  readonly rows: Readable;
  /** What stands before the engine's complaint in the bytes, if it makes one. */
  readonly exceptionTag: string | null;
}

export interface StoreClientOptions {
  /** Longest wait for an answer. */
  readonly requestTimeoutMs?: number;
  readonly maxConnections?: number;
  /** Settings of every query that has none of its own, instead of `queryLimits`. */
  readonly limits?: ClickHouseSettings;
}

const REQUEST_TIMEOUT_MS = 60_000;
const MAX_CONNECTIONS = 16;

/** What one query of the store may cost unless it says otherwise. */
export const queryLimits: ClickHouseSettings = { max_execution_time: 30, max_memory_usage: '2000000000' };

export function createStoreClient(settings: StoreSettings, options: StoreClientOptions = {}): StoreClient {
  const { CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster = '' } = settings;
  const { CLICKHOUSE_DATABASE: database } = settings;
  const address = clickHouseAddress(settings);
  const requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  const always = cluster === '' ? {} : clusterSettings;
  const clickhouse = createClient({
    url: address.origin,
    pathname: address.path,
    username: address.user,
    password: address.password,
    database,
    request_timeout: requestTimeoutMs,
    max_open_connections: maxConnections,
    log: { level: 127 as never },
    clickhouse_settings: always,
  });
  const questions = openQuestions(address, { database, requestTimeoutMs, maxConnections, settings: always });
  const guarded = async <T>(sql: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw storeErrorOf(error, url, sql);
    }
  };
  const command = (sql: string, params: QueryParams = {}) =>
    guarded(sql, async () => {
      await questions.ask(sql, boundOf(params), {});
    });
  return {
    clickhouse,
    database,
    command,
    define: async (sql) => command(cluster === '' ? sql : onCluster(sql, cluster)),
    bytes: (sql, params, format, limits = options.limits ?? queryLimits) =>
      // An error halfway would otherwise arrive as bytes of the answer.
      guarded(sql, () =>
        questions.ask(`${sql}\nFORMAT ${format}`, boundOf(params), { wait_end_of_query: 1, ...limits }),
      ),
    stream: (sql, params, format, limits) =>
      guarded(sql, async () => {
        const query = `${sql}\nFORMAT ${format}`;
        const { stream, response_headers } = await clickhouse.exec({
          query,
          query_params: boundOf(params),
          clickhouse_settings: limits,
        });
        const tag = response_headers['x-clickhouse-exception-tag'];
        return { rows: stream, exceptionTag: typeof tag === 'string' ? tag : null };
      }),
    insert: (batch) => guarded(insertSql(batch), () => insertRows(clickhouse, batch)),
    close: () => {
      questions.close();
      return clickhouse.close();
    },
  };
}

function insertSql({ table, columnNames }: TableBatch): string {
  return `INSERT INTO ${quoted(table)} (${columnNames.map(quoted).join(', ')}) FORMAT RowBinary`;
}

const insertSettings: ClickHouseSettings = {
  // The answer must mean that the rows are in, whatever the server's defaults are.
  async_insert: 0,
  wait_end_of_query: 1,
  // Rows written twice are told apart by FINAL and merges anyway; looking for them inside an insert is a third of its time.
  optimize_on_insert: 0,
};

async function insertRows(clickhouse: ClickHouseClient, batch: TableBatch): Promise<void> {
  const { stream } = await clickhouse.exec({
    query: insertSql(batch),
    values: Readable.from(batch.chunks ?? [batch.bytes], { objectMode: false }),
    clickhouse_settings: insertSettings,
  });
  // The end of the answer is what tells that the rows are in.
  await finished(stream.resume());
}

function boundOf(params: QueryParams): Record<string, BoundValue> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, boundValue(value)]));
}

function boundValue(value: QueryParam): BoundValue {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'object' && value !== null ? value.map(boundValue) : value;
}
