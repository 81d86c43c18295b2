/**
 * What the canonical view of a table shows, where few rows are wanted of a long history: they are taken first, and only
 * their blocks are looked at. The view looks at every block of the range, which is then all that the answer costs.
 * @module
 */

const OF_BLOCK = 'slot, bank, blockhash';

/**
 * To stand behind FROM.
 * @param where condition on the rows by which blocks are looked up, absent for all of a small table; the question repeats it
 */
export function fewRows(table: string, where?: string): string {
  const slots = `(SELECT slot FROM ${table}${where === undefined ? '' : ` WHERE ${where}`})`;
  // A set rather than a join: the plan of a join takes longer to make than few rows take to read.
  return `(SELECT * FROM ${table} FINAL WHERE (${OF_BLOCK}) IN (
    SELECT ${OF_BLOCK} FROM blocks FINAL WHERE sign = 1 AND slot IN ${slots}))`;
}
