/**
 * The embedded ClickHouse as one object: engine, HTTP server and everything between, started and stopped together.
 * @module
 */
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { hostname } from 'node:os';
import path from 'node:path';
import { InputError, messageOf, UpstreamError } from '../../domain/errors.ts';
import { openEngine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { createHttpServer } from './http-server.ts';
import { NamedSessions } from './named-sessions.ts';
import { QuerySlots } from './query-slots.ts';
import { openSpool } from './spool.ts';
import type { User } from './users.ts';

export interface EmbeddedServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataDir: string;
  /** Queries that run at once; at least two fewer than the threads of Node's pool. */
  readonly sessionCount: number;
  readonly maxWaiting: number;
  readonly users: readonly User[];
  readonly engineArguments?: readonly string[];
}

export interface EmbeddedServer {
  readonly port: number;
  /** Takes no more queries, lets the running ones finish, closes the engine. */
  stop(): Promise<void>;
}

/**
 * @throws InputError `EMBEDDED__DATA_DIR`, `EMBEDDED__DATA_DIR_LOCKED`, `EMBEDDED__PORT`
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const dataDir = path.resolve(options.dataDir);
  const engine = await openDataDir(dataDir, options.engineArguments ?? []);
  const spool = openSpool(path.join(dataDir, 'http_spool'));
  const timezoneConnection = engine.open();
  const timezone = (await timezoneConnection.run('SELECT timezone()', 'TSVRaw')).bytes.toString().trim();
  timezoneConnection.close();
  const slots = new QuerySlots(spool.makePipes(options.sessionCount), options.maxWaiting);
  const sessions = new NamedSessions(engine);
  const context = { serverName: hostname(), timezone, version: engine.version };
  const server = createHttpServer({
    engine,
    slots,
    sessions,
    spool,
    running: new Set(),
    users: options.users,
    context,
  });
  try {
    await listen(server, options);
  } catch (error) {
    engine.close();
    throw error;
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
      while (!slots.isIdle) await new Promise((resolve) => setTimeout(resolve, 5));
      sessions.closeAll();
      engine.close();
    },
  };
}

async function openDataDir(dataDir: string, engineArguments: readonly string[]) {
  try {
    mkdirSync(dataDir, { recursive: true });
    return await openEngine(dataDir, engineArguments);
  } catch (error) {
    const isEngine = error instanceof EngineError;
    if (!isEngine) {
      const message = `Cannot use the data directory ${dataDir} (${messageOf(error)}): make it writable, or name another by --data-dir`;
      throw new InputError('EMBEDDED__DATA_DIR', message, { dataDir }, error);
    }
    const message = `Cannot open the data directory ${dataDir}: another process owns it, or it cannot be written; stop that process, or name another by --data-dir`;
    throw new InputError('EMBEDDED__DATA_DIR_LOCKED', message, { dataDir }, error);
  }
}

async function listen(server: Server, { host, port }: EmbeddedServerOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const advice = error.code === 'EADDRINUSE' ? 'the port is taken: stop its owner' : messageOf(error);
      const message = `Cannot listen on ${host}:${port}, ${advice}, or name another by --port`;
      reject(new UpstreamError('EMBEDDED__PORT', message, { host, port }, error));
    });
    server.listen(port, host, () => resolve());
  });
}
