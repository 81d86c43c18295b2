/**
 * Process of the embedded ClickHouse: owns a data directory, serves ClickHouse's HTTP protocol.
 *
 *     UV_THREADPOOL_SIZE=12 node --import tsx indexer/store/embedded/main.ts --port 8123 --data-dir .plumbline/clickhouse --sessions 8
 *
 * Prints `{"ready":true,"port":8123}` when it serves. A start that fails prints one line and exits with 1.
 * @module
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { failureLine, InputError } from '../../domain/errors.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import { readerLimits, type User } from './users.ts';

const optionTable = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8123' },
  'data-dir': { type: 'string', default: '.plumbline/clickhouse' },
  /** Queries at once. Node's pool has 4 threads unless UV_THREADPOOL_SIZE says more; one must stay free. */
  sessions: { type: 'string', default: '3' },
  'max-waiting': { type: 'string', default: '200' },
  /** JSON: `{"default": {"password": "…"}, "reader": {"password": "…"}}`. */
  'users-file': { type: 'string' },
  /** Argument of the engine itself, such as `--max_server_memory_usage=…`; can be repeated. */
  'engine-argument': { type: 'string', multiple: true },
} as const;

const passwordsSchema = z.strictObject({
  default: z.object({ password: z.string() }).optional(),
  reader: z.object({ password: z.string() }).optional(),
});

function numberOf(name: string, value: string, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  throw new InputError('EMBEDDED__OPTION', `--${name} ${value} cannot be used: it must be a whole number up to ${max}`);
}

function usersOf(file: string | undefined): readonly User[] {
  const passwords = file === undefined ? {} : readPasswords(file);
  return [
    { name: 'default', password: passwords.default?.password ?? '', readOnly: false, limits: {} },
    { name: 'reader', password: passwords.reader?.password ?? '', readOnly: true, limits: readerLimits },
  ];
}

function readPasswords(file: string): z.infer<typeof passwordsSchema> {
  try {
    return passwordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new InputError(
      'EMBEDDED__USERS',
      `Cannot use --users-file ${file}: it must be {"default": {"password": "…"}}`,
      {},
      error,
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: optionTable });
  const server = await startEmbeddedServer({
    host: values.host,
    port: numberOf('port', values.port, 65_535),
    dataDir: values['data-dir'],
    sessionCount: Math.max(1, numberOf('sessions', values.sessions, 64)),
    maxWaiting: numberOf('max-waiting', values['max-waiting'], 100_000),
    users: usersOf(values['users-file']),
    engineArguments: values['engine-argument'] ?? [],
  });
  const stop = (): void => {
    void server.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, port: server.port })}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${failureLine(error)}\n`);
  process.exit(1);
});
