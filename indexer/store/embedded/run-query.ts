/**
 * One query from request to reply: classify, wait for a slot, connect, run, stream the result.
 * @module
 */
import type { IncomingMessage } from 'node:http';
import { sqlString } from '../sql-text.ts';
import { classifyQuery, type QueryPlan } from './classify-query.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import type { HttpQuery } from './http-query.ts';
import type { HttpReply, Summary } from './http-reply.ts';
import type { NamedSessions } from './named-sessions.ts';
import { connectFor, type QueryConnection } from './query-connection.ts';
import type { QuerySlot, QuerySlots } from './query-slots.ts';
import { bodyOf, type QueryStart, readQueryStart } from './request-body.ts';
import { openResultPipe } from './result-pipe.ts';
import type { Spool } from './spool.ts';
import { checkReaderQuery, type User } from './users.ts';

export interface QueryServices {
  readonly engine: Engine;
  readonly slots: QuerySlots;
  readonly sessions: NamedSessions;
  readonly spool: Spool;
  /** Ids of the queries that run or wait. */
  readonly running: Set<string>;
}

interface Work {
  readonly query: HttpQuery;
  readonly user: User;
  readonly plan: QueryPlan;
  readonly start: QueryStart;
  readonly reply: HttpReply;
}

/** How often a query is told to stop that its client has left: it may not have begun at the first time. */
const killEveryMs = 100;

/** The engine's columns of a result and their bytes in the format are both in memory, once for each slot. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** @throws EngineError with ClickHouse's code; the reply has then not begun */
export async function runQuery(
  request: IncomingMessage,
  query: HttpQuery,
  user: User,
  reply: HttpReply,
  services: QueryServices,
): Promise<void> {
  const { formats } = services.engine;
  const dataStartOf = (text: Buffer): number | null => {
    const plan = classifyStart(text, formats);
    return plan?.kind === 'insertData' ? plan.dataAt : null;
  };
  const start = await readQueryStart(query.urlQuery, bodyOf(request), dataStartOf);
  const text = start.bytes.toString('latin1');
  const plan = classifyQuery(text, formats);
  if (user.readOnly) checkReaderQuery(text);
  const work: Work = { query, user, plan, start, reply };
  if (plan.kind !== 'insertData')
    return inSlot(work, services, (slot, connection) => runPlain(work, slot, connection, services));
  const file = await services.spool.write(start.bytes.subarray(plan.dataAt), {
    [Symbol.asyncIterator]: () => start.rest,
  });
  try {
    await inSlot(work, services, (_, connection) => runInsert(work, file.path, connection));
  } finally {
    services.spool.remove(file.path);
  }
}

/** The plan of a text that may end in the middle; what is wrong with it is told when all of it is there. */
function classifyStart(text: Buffer, formats: ReadonlySet<string>): QueryPlan | null {
  try {
    return classifyQuery(text.toString('latin1'), formats);
  } catch {
    return null;
  }
}

async function inSlot(
  work: Work,
  services: QueryServices,
  run: (slot: QuerySlot, connection: QueryConnection) => Promise<void>,
): Promise<void> {
  const { queryId } = work.query;
  if (services.running.has(queryId)) {
    throw new EngineError(
      216,
      'QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING',
      `Query with id = ${queryId} is already running`,
    );
  }
  services.running.add(queryId);
  let slot: QuerySlot | undefined;
  try {
    slot = await services.slots.acquire(work.plan.kind === 'select');
    if (work.reply.isGone) return;
    const connection = await connectFor(work.query, work.user, services.engine, services.sessions);
    const stopKilling = killWhenGone(work, services.engine);
    try {
      await run(slot, connection);
    } finally {
      await stopKilling();
      await connection.release();
    }
  } finally {
    if (slot !== undefined) services.slots.release(slot);
    services.running.delete(queryId);
  }
}

/**
 * Watches the client; when it leaves, the engine is told to stop its query. A `log_comment` of the client's own may
 * stand on several queries, so that one is left to end by itself.
 */
function killWhenGone({ query, reply }: Work, engine: Engine): () => Promise<void> {
  if (query.settings.has('log_comment')) return async () => {};
  const comment = sqlString(query.queryId);
  let killing: Promise<unknown> = Promise.resolve();
  let isKilling = false;
  const timer = setInterval(() => {
    if (!reply.isGone || isKilling) return;
    isKilling = true;
    const connection = engine.open();
    killing = connection
      .run(`KILL QUERY WHERE Settings['log_comment'] = ${comment} ASYNC`)
      .catch(() => {})
      .finally(() => {
        connection.close();
        isKilling = false;
      });
  }, killEveryMs);
  return async () => {
    clearInterval(timer);
    await killing;
  };
}

/** Bytes of the request as SQL text. */
function sqlOf({ start }: Work, from: number, to: number): string {
  return start.bytes.toString('utf8', from, to);
}

async function runInsert(work: Work, filePath: string, { connection, prologue }: QueryConnection): Promise<void> {
  if (work.plan.kind !== 'insertData') return;
  const { sourceAt, sourceEnd, end, format } = work.plan;
  const source =
    sourceAt === sourceEnd
      ? `FROM INFILE ${sqlString(filePath)} COMPRESSION 'none' `
      : `file(${sqlString(filePath)}, ${sqlString(format)}, `;
  const sql = `${sqlOf(work, 0, sourceAt)}${source}${sqlOf(work, sourceEnd, end)}`;
  const { rowCount, elapsedSeconds } = await connection.run(`${prologue}${sql}`);
  work.reply.setFormat(format);
  await work.reply.end({ readRows: rowCount, writtenRows: rowCount, elapsedSeconds });
}

async function runPlain(
  work: Work,
  slot: QuerySlot,
  connection: QueryConnection,
  services: QueryServices,
): Promise<void> {
  const { plan, query, reply } = work;
  if (plan.kind === 'select') {
    reply.setFormat(plan.format ?? query.defaultFormat);
    if (!query.waitEndOfQuery) return selectToPipe(work, slot, connection);
    if (!isHeldInMemory(query)) return selectToFile(work, connection, services.spool);
  }
  if (plan.kind === 'insertData') return;
  const { bytes, rowCount, elapsedSeconds } = await connection.connection.run(
    `${connection.prologue}${sqlOf(work, 0, plan.end)}`,
    query.defaultFormat,
  );
  reply.setFormat(plan.format ?? query.defaultFormat);
  await reply.write(bytes);
  await reply.end({ resultRows: rowCount, elapsedSeconds });
}

/** By its own limit the result is small: through a file it would take half a millisecond longer. */
function isHeldInMemory({ settings }: HttpQuery): boolean {
  const maxResultBytes = Number(settings.get('max_result_bytes') ?? 0);
  return maxResultBytes > 0 && maxResultBytes <= MAX_HELD_BYTES;
}

function selectInto(work: Work, prologue: string, path: string): string {
  if (work.plan.kind !== 'select') return '';
  const { outputAt, end, format } = work.plan;
  const isFormatName = /^\w+$/.test(work.query.defaultFormat);
  if (!isFormatName) throw new EngineError(73, 'UNKNOWN_FORMAT', `Unknown format ${work.query.defaultFormat}`);
  const clause = format === null ? ` FORMAT ${work.query.defaultFormat}` : '';
  return `${prologue}${sqlOf(work, 0, outputAt)}\nINTO OUTFILE ${sqlString(path)} APPEND ${sqlOf(work, outputAt, end)}${clause}`;
}

async function selectToPipe(work: Work, slot: QuerySlot, { connection, prologue }: QueryConnection): Promise<void> {
  const sql = selectInto(work, prologue, slot.pipePath);
  const pipe = openResultPipe(slot.pipePath);
  const outcome = connection
    .run(sql)
    .then(({ rowCount, elapsedSeconds }): Summary => ({ resultRows: rowCount, elapsedSeconds }))
    .catch((error: EngineError) => error)
    .finally(() => pipe.finish());
  try {
    for await (const chunk of pipe.chunks) await work.reply.write(chunk);
  } finally {
    // The connection is closed after us, and closing one whose query runs ends the process.
    await outcome;
  }
  const result = await outcome;
  if (result instanceof EngineError) work.reply.fail(result);
  else await work.reply.end(result);
}

/** `wait_end_of_query`: nothing is sent before the query has succeeded, however large the result. */
async function selectToFile(work: Work, { connection, prologue }: QueryConnection, spool: Spool): Promise<void> {
  const path = spool.newPath();
  try {
    const { rowCount, elapsedSeconds } = await connection.run(selectInto(work, prologue, path));
    for await (const chunk of spool.read(path)) await work.reply.write(chunk);
    await work.reply.end({ resultRows: rowCount, elapsedSeconds });
  } finally {
    spool.remove(path);
  }
}
