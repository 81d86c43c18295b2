/**
 * The embedded ClickHouse as one object: engine, HTTP server and everything between, started and stopped together.
 * @module
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InputError, messageOf, UpstreamError } from '../../domain/errors.ts';
import { type Engine, openEngine } from './engine.ts';
import { createHttpServer } from './http-server.ts';
import { NamedSessions } from './named-sessions.ts';
import { QuerySlots } from './query-slots.ts';
import { openSpool } from './spool.ts';
import type { User } from './users.ts';

const pollMs = 10;
/** Time that running queries get to finish when the server is told to stop. */
const stopWithinMs = 25_000;

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
      await closeServer(server);
      while (!slots.isIdle) await setTimeout(pollMs);
      sessions.closeAll();
      engine.close();
    },
  };
}

/** Lets the running requests finish; a client that takes no more of its result is dropped in the end. */
async function closeServer(server: Server): Promise<void> {
  let isClosed = false;
  server.close(() => {
    isClosed = true;
  });
  for (let waitedMs = 0; !isClosed; waitedMs += pollMs) {
    if (waitedMs >= stopWithinMs) server.closeAllConnections();
    else server.closeIdleConnections();
    await setTimeout(pollMs);
  }
}

async function openDataDir(dataDir: string, engineArguments: readonly string[]): Promise<Engine> {
  checkWritable(dataDir);
  const owner = ownerOf(dataDir);
  if (owner !== null) throw lockedError(dataDir, `process ${owner} owns it`);
  try {
    return await openEngine(dataDir, engineArguments);
  } catch (error) {
    throw lockedError(dataDir, 'another process owns it, or it is damaged', error);
  }
}

function lockedError(dataDir: string, reason: string, cause?: unknown): InputError {
  const message = `Cannot open the data directory ${dataDir}: ${reason}; stop that process, or name another by --data-dir`;
  return new InputError('EMBEDDED__DATA_DIR_LOCKED', message, { dataDir }, cause);
}

function checkWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    rmSync(mkdtempSync(path.join(dataDir, 'write-check-')), { recursive: true });
  } catch (error) {
    const message = `Cannot use the data directory ${dataDir} (${messageOf(error)}): make it writable and free space, or name another by --data-dir`;
    throw new InputError('EMBEDDED__DATA_DIR', message, { dataDir }, error);
  }
}

/**
 * The process that holds the engine's lock, where the system tells (Linux). The engine refuses a second owner itself,
 * but says so in its own words on stderr before we can.
 */
function ownerOf(dataDir: string): string | null {
  const statusFile = path.join(dataDir, 'status');
  if (!existsSync('/proc/locks') || !existsSync(statusFile)) return null;
  const inode = statSync(statusFile).ino;
  const lock = readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .find((line) => line.includes(`:${inode} `));
  return lock === undefined ? null : (/WRITE\s+(-?\d+)/.exec(lock)?.[1] ?? 'unknown');
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
