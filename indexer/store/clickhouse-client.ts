/**
 * The store's one way to ClickHouse: HTTP through @clickhouse/client, embedded engine or server alike.
 *
 * Results travel as RowBinaryWithNamesAndTypes, so 64-bit and wider integers arrive as `bigint`, keys and hashes as
 * bytes, and no number passes through JSON. Everything that fails is one of the three typed errors (`store-error.ts`).
 * @module
 */
import { Readable } from 'node:stream';
import { type ClickHouseClient, type ClickHouseSettings, createClient } from '@clickhouse/client';
import type { TableBatch } from '../batch/block-batch.ts';
import { UpstreamError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { clusterSettings, onCluster } from './cluster-layout.ts';
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
  const clickhouse = createClient({
    url,
    username: settings.CLICKHOUSE_USER,
    password: settings.CLICKHOUSE_PASSWORD,
    database: settings.CLICKHOUSE_DATABASE,
    request_timeout: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    max_open_connections: options.maxConnections ?? MAX_CONNECTIONS,
    log: { level: 127 as never },
    clickhouse_settings: cluster === '' ? {} : clusterSettings,
  });
  const guarded = async <T>(sql: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw storeErrorOf(error, url, sql);
    }
  };
  const command = (sql: string, params: QueryParams = {}) =>
    guarded(sql, async () => {
      await clickhouse.command({ query: sql, query_params: boundOf(params) });
    });
  return {
    clickhouse,
    database: settings.CLICKHOUSE_DATABASE,
    command,
    define: async (sql) => command(cluster === '' ? sql : onCluster(sql, cluster)),
    bytes: (sql, params, format, limits = options.limits ?? queryLimits) =>
      guarded(sql, () => readAll(clickhouse, `${sql}\nFORMAT ${format}`, params, limits)),
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
    close: () => clickhouse.close(),
  };
}

/** An identifier as SQL text. Names of tables and columns come from IDLs, which are foreign text. */
export function quoted(identifier: string): string {
  return `\`${identifier.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
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
  await collect(stream);
}

async function readAll(
  clickhouse: ClickHouseClient,
  sql: string,
  params: QueryParams,
  limits: ClickHouseSettings,
): Promise<Buffer> {
  const { stream } = await clickhouse.exec({
    query: sql,
    query_params: boundOf(params),
    // An error halfway would otherwise arrive as bytes of the answer.
    clickhouse_settings: { wait_end_of_query: 1, ...limits },
  });
  return collect(stream);
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new UpstreamError('STORE__UNREACHABLE', 'ClickHouse closed the connection inside an answer', {}, error);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

function boundOf(params: QueryParams): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, boundValue(value)]));
}

function boundValue(value: QueryParam): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return Array.isArray(value) ? value.map(boundValue) : value;
}
