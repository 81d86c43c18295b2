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
 * @param blocks condition that holds for their blocks; where a range of slots does, it is quicker than looking for those of `seen`
 */
export function countedRows(branches: readonly string[], blocks = 'slot IN (SELECT slot FROM seen)'): string {
  return `WITH seen AS (${branches.join('\n  UNION ALL ')}),
counted AS (
  SELECT * FROM seen WHERE (${OF_BLOCK}) IN (SELECT ${OF_BLOCK} FROM blocks FINAL WHERE sign = 1 AND ${blocks})
)`;
}
