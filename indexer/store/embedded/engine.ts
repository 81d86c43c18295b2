/**
 * The ClickHouse engine inside this process: connections on one data directory, each running one query at a time
 * off the event loop.
 *
 * In: a data directory and SQL text. Out: result bytes and row counts, or an `EngineError` with ClickHouse's code.
 *
 * What was measured on chDB 3.4.0 (engine 26.7.2.1) and shapes this server:
 * - A connection costs 0.07 ms to open and close, so every query gets a fresh one and no setting, query parameter or
 *   database can leak from one request to the next. Memory stays level over thousands of them.
 * - `Session.close()` of the package waits for the queries of all other sessions. One long query would keep every
 *   connection of its time alive, so the package's own loader is used and a connection is closed when its query ends.
 * - `Session.queryStream` plans the query on the event loop (a scalar subquery blocked it for 330 ms), repeats the
 *   header of the format in every chunk, and takes nothing but SELECT. `INTO OUTFILE` to a pipe has none of these.
 * - Text after `INSERT … FORMAT RowBinary` is cut at bytes that look like text; `FROM INFILE` reads bytes as they are.
 * - Parameters given with a call are shared by all connections; `SET param_x` belongs to its connection.
 * - The engine does not take a query id; a query is found in `system.processes` by its `log_comment`.
 * - There is no fsync of parts: an acknowledged insert survives the death of the process, not a power cut
 *   (ClickHouse's own default, `fsync_after_insert = 0`).
 * @module
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { EngineError, engineErrorOf } from './engine-error.ts';

interface NativeResult {
  readonly bytes: Buffer;
  readonly elapsed: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

interface NativeEngine {
  CreateConnection(dataDir: string, engineArguments: readonly string[]): unknown;
  CloseConnection(connection: unknown): void;
  QueryAsyncConnection(connection: unknown, sql: string, format: string): Promise<NativeResult>;
}

export interface EngineResult {
  readonly bytes: Buffer;
  readonly elapsedSeconds: number;
  /** Rows of the result, or rows written by an insert from a file. The engine tells no other count. */
  readonly rowCount: number;
}

export interface EngineConnection {
  /** Runs statements separated by `;` in order; the result is that of the last. @throws EngineError */
  run(sql: string, format?: string): Promise<EngineResult>;
  /** Must not be called while `run` is under way: the engine would abort for the whole process. */
  close(): void;
}

export interface Engine {
  readonly version: string;
  /** Names of the formats it knows, in lower case. */
  readonly formats: ReadonlySet<string>;
  open(): EngineConnection;
  /** Waits for nothing: every connection must be closed before. */
  close(): void;
}

/** The embedded engine differs from a server in these defaults. */
const serverLikeDefaults = ['--implicit_select=0', '--allow_introspection_functions=0'];

function loadNativeEngine(): NativeEngine {
  const packageFile = createRequire(import.meta.url).resolve('chdb');
  const loader = createRequire(packageFile)(path.join(path.dirname(packageFile), 'dist/loader.js'));
  return loader.loadNative() as NativeEngine;
}

/**
 * Opens the data directory and holds it until `close`.
 * @throws EngineError 76 (CANNOT_OPEN_FILE) when another process owns the directory or it cannot be used
 */
export async function openEngine(dataDir: string, engineArguments: readonly string[] = []): Promise<Engine> {
  const native = loadNativeEngine();
  const allArguments = [...serverLikeDefaults, ...engineArguments];
  const open = (): EngineConnection => openConnection(native, dataDir, allArguments);
  const keeper = open();
  const version = await keeper.run('SELECT version()', 'TSVRaw');
  const formats = await keeper.run('SELECT name FROM system.formats', 'TSVRaw');
  return {
    version: version.bytes.toString().trim(),
    formats: new Set(formats.bytes.toString().trim().toLowerCase().split('\n')),
    open,
    close: () => keeper.close(),
  };
}

function openConnection(native: NativeEngine, dataDir: string, engineArguments: readonly string[]): EngineConnection {
  let handle: unknown;
  try {
    handle = native.CreateConnection(dataDir, engineArguments);
  } catch (error) {
    throw new EngineError(76, 'CANNOT_OPEN_FILE', `Cannot open the data directory ${dataDir}`, error);
  }
  return {
    async run(sql, format = 'TabSeparated') {
      if (sql.includes('\0')) throw new EngineError(62, 'SYNTAX_ERROR', 'A query cannot contain a zero byte');
      try {
        const { bytes, elapsed, rowsRead } = await native.QueryAsyncConnection(handle, sql, format);
        return { bytes, elapsedSeconds: elapsed, rowCount: rowsRead };
      } catch (error) {
        throw engineErrorOf(error);
      }
    },
    close: () => native.CloseConnection(handle),
  };
}
