/**
 * A connection made ready for one query: database, settings, query parameters, read-only mode.
 *
 * Without a session the connection is new and closed afterwards, so nothing it was told can reach another query. In a
 * named session the settings of the request are put back to what the session had.
 * @module
 */
import { quoted, sqlString } from '../sql-text.ts';
import type { Engine, EngineConnection } from './engine.ts';
import type { HttpQuery } from './http-query.ts';
import type { NamedSessions } from './named-sessions.ts';
import { settingsWithin, type User } from './users.ts';

export interface QueryConnection {
  readonly connection: EngineConnection;
  /** Statements to run before the query, in the same call; each ends with `;`. */
  readonly prologue: string;
  release(): Promise<void>;
}

/** @throws EngineError 452, 164 for settings out of the user's limits, 372, 373 for the session */
export async function connectFor(
  query: HttpQuery,
  user: User,
  engine: Engine,
  sessions: NamedSessions,
): Promise<QueryConnection> {
  const settings = settingsWithin(user, query.settings);
  if (!settings.has('log_comment')) settings.set('log_comment', query.queryId);
  const isReadOnly = user.readOnly || query.isReadMethod;
  if (query.session === null) {
    const isHeld = ['1', '2'].includes(settings.get('readonly') ?? '');
    if (isReadOnly && !isHeld) settings.set('readonly', user.readOnly ? '1' : '2');
    const connection = engine.open();
    const prologue = prologueOf(query, settings);
    return { connection, prologue, release: async () => connection.close() };
  }
  const lease = await sessions.lease(user.name, query.session);
  if (user.readOnly) {
    // `readonly` cannot be taken back, and a reader's session never needs to: it is set once, with the limits.
    if (lease.isNew) settings.set('readonly', '1');
    else settings.clear();
    return {
      connection: lease.connection,
      prologue: prologueOf(query, settings),
      release: async () => lease.release(),
    };
  }
  const restore = await stateOf(lease.connection, [...settings.keys()]);
  return {
    connection: lease.connection,
    prologue: prologueOf(query, settings),
    release: async () => {
      await lease.connection.run(restore).catch(() => {});
      lease.release();
    },
  };
}

/** `readonly` comes last: nothing can be set behind it. */
function prologueOf(query: HttpQuery, settings: ReadonlyMap<string, string>): string {
  const readOnlyLast = [...settings].sort(([a], [b]) => Number(a === 'readonly') - Number(b === 'readonly'));
  const assignments = [
    ...[...query.parameters].map(([name, value]) => `param_${name} = ${sqlString(value)}`),
    ...readOnlyLast.map(([name, value]) => `${name} = ${sqlString(value)}`),
  ];
  const use = query.database === null ? '' : `USE ${quoted(query.database)};`;
  const set = assignments.length === 0 ? '' : `SET ${assignments.join(', ')};`;
  return `${use}${set}`;
}

/** Statements that bring the settings and the database of a session back. */
async function stateOf(connection: EngineConnection, names: readonly string[]): Promise<string> {
  const list = names.map(sqlString).join(',');
  const columns =
    "concat('SET ', name, ' = ', '\\'', replaceAll(replaceAll(value, '\\\\', '\\\\\\\\'), '\\'', '\\\\\\''), '\\'')";
  const values = await connection.run(`SELECT ${columns} FROM system.settings WHERE name IN (${list})`, 'TSVRaw');
  const database = await connection.run('SELECT currentDatabase()', 'TSVRaw');
  const statements = values.bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  return [...statements, `USE ${quoted(database.bytes.toString().trimEnd())}`].join(';');
}
