/**
 * Rows of several event tables that count, in one question. The canonical views ask for all blocks of a range once per table;
 * where few rows of a long history are wanted, it is quicker to take the rows first and then ask for their blocks alone.
 * @module
 */

/** Columns by which a row names its block; every branch has to select them. */
const OF_BLOCK = 'slot, bank, blockhash';

/**
 * Head of a SELECT from `counted`: the rows of all branches whose block is committed, whatever was written twice once.
 * @param branches each `SELECT slot, bank, blockhash, … FROM table FINAL WHERE …`, all with the same columns
 */
export function countedRows(branches: readonly string[]): string {
  return `WITH seen AS (${branches.join('\n  UNION ALL ')}),
counted AS (
  SELECT seen.* FROM seen LEFT SEMI JOIN (
    SELECT ${OF_BLOCK} FROM blocks FINAL WHERE sign = 1 AND slot IN (SELECT slot FROM seen)
  ) AS b USING (${OF_BLOCK})
)`;
}

/**
 * What the canonical view of a table shows, for a table, or a condition, of few rows: they are taken first, and only their
 * blocks are looked at. The view looks at every block of the range, which over a long history is all that the answer costs.
 * @param where condition on the rows by which blocks are looked up; the question itself repeats it
 */
export function fewRows(table: string, where?: string): string {
  const slots = `(SELECT slot FROM ${table}${where === undefined ? '' : ` WHERE ${where}`})`;
  return `(SELECT r.* FROM ${table} AS r FINAL LEFT SEMI JOIN (
    SELECT ${OF_BLOCK} FROM blocks FINAL WHERE sign = 1 AND slot IN ${slots}
  ) AS b USING (${OF_BLOCK})${where === undefined ? '' : ` WHERE r.slot IN ${slots}`})`;
}
