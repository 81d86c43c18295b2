/**
 * Everything that a database holds, as text that is equal exactly when the records are: every view, every table, found in
 * the database itself so that none is forgotten.
 *
 * Left out is what tells the way and not the result: clocks, how often a fork came by (sign, generation) and how large
 * the registry was at the time (decoded_by). Rows of blocks that do not count are no part of the record. A run that died
 * may have seen fewer of them, never others: they are dumped apart.
 * @module
 */
import { expect } from 'vitest';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { rows } from '../../../indexer/store/rows.ts';

export interface RecordDump {
  /** Rows by table and view. */
  readonly counted: Readonly<Record<string, string>>;
  /** Rows of blocks that do not count, by table. */
  readonly leftBehind: Readonly<Record<string, readonly string[]>>;
}

const CLOCKS = ['recorded_at', 'found_at', 'applied_at'];
/** Of `blocks` and its view. */
const OF_THE_WAY = ['sign', 'generation', 'version', 'decoded_by'];
/** Nothing of a block that does not count is decoded again when its IDL comes: what was made of it stays as it was. */
const DECODED_LATER: Readonly<Record<string, readonly string[]>> = {
  accounts: ['name', 'fields'],
  blocks: ['content_hash', 'event_count', 'instruction_count', 'undecoded_count'],
};
/** How far finality was looked at depends on how blocks came together. */
const ONLY_RESULTS: Readonly<Record<string, string>> = { cursors: "WHERE name != 'finalized_looked'" };
const COUNTED = 'SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1';

interface Relation {
  readonly name: string;
  readonly engine: string;
  readonly columns: readonly string[];
}

export async function dumpRecord(client: StoreClient): Promise<RecordDump> {
  const counted: Record<string, string> = { '(schema)': await schemaOf(client) };
  const leftBehind: Record<string, string[]> = {};
  for (const relation of await relationsOf(client)) {
    const { name, columns } = relation;
    if (isOfBlocks(relation)) {
      counted[name] = await text(client, selectOf(relation, `WHERE (slot, bank, blockhash) IN (${COUNTED})`));
      const facts = { ...relation, columns: columns.filter((each) => !DECODED_LATER[name]?.includes(each)) };
      const left = await text(client, selectOf(facts, `WHERE (slot, bank, blockhash) NOT IN (${COUNTED})`));
      leftBehind[name] = left.split('\n').filter((line) => line !== '');
    } else if (columns.length > 0) counted[name] = await text(client, selectOf(relation, ONLY_RESULTS[name] ?? ''));
  }
  return { counted, leftBehind };
}

/**
 * The record is the same, and nothing was left behind that the other did not leave too.
 * @param except tables that tell the way
 */
export function expectSameRecord(found: RecordDump, wanted: RecordDump, except: readonly string[] = []): void {
  expect(Object.keys(found.counted)).toEqual(Object.keys(wanted.counted));
  for (const [name, lines] of Object.entries(wanted.counted)) {
    if (except.includes(name)) continue;
    // Told in few lines first: whole tables are not for reading.
    expect(differenceOf(found.counted[name] ?? '', lines), name).toEqual({ missing: [], unwanted: [] });
    expect(found.counted[name], name).toBe(lines);
  }
  for (const [name, lines] of Object.entries(found.leftBehind)) {
    if (except.includes(name)) continue;
    const known = new Set(wanted.leftBehind[name]);
    expect(
      lines.filter((line) => !known.has(line)),
      `left behind in ${name}`,
    ).toEqual([]);
  }
}

function differenceOf(found: string, wanted: string): { missing: string[]; unwanted: string[] } {
  const [foundLines, wantedLines] = [new Set(found.split('\n')), new Set(wanted.split('\n'))];
  return {
    missing: [...wantedLines].filter((line) => !foundLines.has(line)).slice(0, 3),
    unwanted: [...foundLines].filter((line) => !wantedLines.has(line)).slice(0, 3),
  };
}

/** The statement that would make each table and view again. */
async function schemaOf(client: StoreClient): Promise<string> {
  const sql = `SELECT name, replaceAll(create_table_query, concat(database, '.'), '') FROM system.tables
WHERE database = currentDatabase() ORDER BY name`;
  return text(client, sql);
}

async function relationsOf(client: StoreClient): Promise<Relation[]> {
  return rows<Relation>(
    client,
    `SELECT t.name AS name, t.engine AS engine, groupArray(c.name) AS columns
FROM system.tables AS t INNER JOIN (
  SELECT table, name, position FROM system.columns
  WHERE database = {database:String} AND name NOT IN ({clocks:Array(String)})
    AND NOT (table IN ('blocks', 'canonical_blocks') AND name IN ({ofTheWay:Array(String)}))
    AND type NOT LIKE '%AggregateFunction(%' ORDER BY table, position
) AS c ON c.table = t.name
WHERE t.database = {database:String} GROUP BY name, engine ORDER BY name`,
    { database: client.database, clocks: CLOCKS, ofTheWay: OF_THE_WAY },
  );
}

function isOfBlocks({ engine, columns }: Relation): boolean {
  return engine !== 'View' && ['slot', 'bank', 'blockhash'].every((each) => columns.includes(each));
}

/** As readers see it: rows of a table that are there twice until the engine merges them are one, those of a view are two. */
function selectOf({ name, engine, columns }: Relation, where: string): string {
  const final = /^(Replacing|Summing|Aggregating|Collapsing)/.test(engine) ? 'FINAL' : '';
  const distinct = engine === 'MergeTree' ? 'DISTINCT' : '';
  const list = columns.map((each) => `\`${each}\``).join(', ');
  return `SELECT ${distinct} ${list} FROM \`${name}\` ${final} ${where} ORDER BY ALL`;
}

async function text(client: StoreClient, sql: string): Promise<string> {
  return (await client.bytes(sql, {}, 'TabSeparated')).toString('latin1');
}
