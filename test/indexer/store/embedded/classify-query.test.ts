/** Finding the data of an INSERT and the FORMAT of a SELECT in any text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyQuery } from '../../../../indexer/store/embedded/classify-query.ts';

const formats = new Set(['csv', 'rowbinary', 'jsoneachrow', 'tabseparated', 'values', 'json']);

/** The text as it would go to the engine, with marks where the server puts its own words. */
function rewritten(text: string): string {
  const plan = classifyQuery(text, formats);
  if (plan.kind === 'select') return `${text.slice(0, plan.outputAt)}<OUT>${text.slice(plan.outputAt, plan.end)}`;
  if (plan.kind === 'statement') return text.slice(0, plan.end);
  const statement = `${text.slice(0, plan.sourceAt)}<IN>${text.slice(plan.sourceEnd, plan.end)}`;
  return `${statement}|${plan.format}|${text.slice(plan.dataAt)}`;
}

describe('an INSERT with data', () => {
  test.each([
    ['INSERT INTO t FORMAT CSV\n1,2', 'INSERT INTO t <IN>FORMAT CSV|CSV|1,2'],
    [
      'insert into db.t (a, `format`) format RowBinary\n\x00\x01',
      'insert into db.t (a, `format`) <IN>format RowBinary|RowBinary|\x00\x01',
    ],
    ['INSERT INTO t FORMAT CSV 1,2', 'INSERT INTO t <IN>FORMAT CSV|CSV|1,2'],
    ['INSERT INTO t FORMAT CSV \r\n\n1', 'INSERT INTO t <IN>FORMAT CSV|CSV|\n1'],
    ['INSERT INTO format FORMAT CSV\nx', 'INSERT INTO format <IN>FORMAT CSV|CSV|x'],
    ['INSERT INTO TABLE `my FORMAT CSV` FORMAT CSV\nx', 'INSERT INTO TABLE `my FORMAT CSV` <IN>FORMAT CSV|CSV|x'],
    [
      'INSERT /* FORMAT CSV /* nested */ */ INTO t -- FORMAT CSV\n FORMAT CSV\nx',
      'INSERT /* FORMAT CSV /* nested */ */ INTO t -- FORMAT CSV\n <IN>FORMAT CSV|CSV|x',
    ],
    [
      "INSERT INTO t SETTINGS a = 'FORMAT CSV', b=1 FORMAT CSV\nx",
      "INSERT INTO t <IN>SETTINGS a = 'FORMAT CSV', b=1 FORMAT CSV|CSV|x",
    ],
    [
      "INSERT INTO t FORMAT CSV SETTINGS a = 'x;', b=1\n1;2",
      "INSERT INTO t <IN>FORMAT CSV SETTINGS a = 'x;', b=1|CSV|1;2",
    ],
    ["INSERT INTO FUNCTION null('a UInt8') FORMAT CSV\n1", "INSERT INTO FUNCTION null('a UInt8') <IN>FORMAT CSV|CSV|1"],
    ['INSERT INTO {t:Identifier} FORMAT CSV\n1', 'INSERT INTO {t:Identifier} <IN>FORMAT CSV|CSV|1'],
    [
      "INSERT INTO t SELECT a + 1 FROM input('a UInt8') WHERE a > 2 FORMAT CSV\n1",
      "INSERT INTO t SELECT a + 1 FROM <IN>'a UInt8') WHERE a > 2 |CSV|1",
    ],
  ])('%j', (text, expected) => {
    expect(rewritten(text)).toBe(expected);
  });

  test('data is never taken for SQL, whatever bytes it has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const data = `#${Buffer.from(bytes).toString('latin1')}`;
        const plan = classifyQuery(`INSERT INTO t FORMAT RowBinary\n${data}`, formats);
        expect(plan).toEqual({
          kind: 'insertData',
          sourceAt: 14,
          sourceEnd: 14,
          end: 30,
          dataAt: 31,
          format: 'RowBinary',
        });
      }),
    );
  });

  test('what stands in strings, comments and quoted names changes nothing', () => {
    const words = fc.string({ unit: fc.constantFrom(...'FORMAT VALUES;()select\'"`\\/*- \n') });
    fc.assert(
      fc.property(words, (noise) => {
        const quoted = noise.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
        const name = noise.replaceAll('\\', '\\\\').replaceAll('`', '\\`');
        const comment = noise.replaceAll('/*', '').replaceAll('*/', '').replaceAll(/[/*]/g, '');
        const statement = `INSERT /*${comment}*/ INTO \`${name}\` SETTINGS s='${quoted}' FORMAT CSV`;
        const plan = classifyQuery(`${statement}\n1`, formats);
        expect(plan).toMatchObject({ kind: 'insertData', end: statement.length, dataAt: statement.length + 1 });
      }),
    );
  });
});

describe('other statements', () => {
  test.each([
    ['SELECT 1', 'SELECT 1<OUT>'],
    ['select 1 format JSON settings max_threads=1;', 'select 1 <OUT>format JSON settings max_threads=1'],
    ['SELECT format FROM t ORDER BY format DESC', 'SELECT format FROM t ORDER BY format DESC<OUT>'],
    ["SELECT 'FORMAT CSV' -- FORMAT CSV", "SELECT 'FORMAT CSV'<OUT>"],
    ['SELECT 1 FORMAT Nope', 'SELECT 1 <OUT>FORMAT Nope'],
    [
      'WITH 1 AS x (SELECT x) UNION ALL (SELECT 2) FORMAT CSV',
      'WITH 1 AS x (SELECT x) UNION ALL (SELECT 2) <OUT>FORMAT CSV',
    ],
    ['WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x', 'WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x'],
    ['INSERT INTO t SELECT 1', 'INSERT INTO t SELECT 1'],
    ["INSERT INTO t VALUES (1, ';'), (2, 'FORMAT CSV')", "INSERT INTO t VALUES (1, ';'), (2, 'FORMAT CSV')"],
    [
      '/* x */ CREATE TABLE t (format String) ENGINE = Memory;',
      '/* x */ CREATE TABLE t (format String) ENGINE = Memory',
    ],
    ['SELECT $$ FORMAT CSV ; $$', 'SELECT $$ FORMAT CSV ; $$<OUT>'],
  ])('%j', (text, expected) => {
    expect(rewritten(text)).toBe(expected);
  });

  test.each([
    ['SELECT 1; SELECT 2', 62],
    ['', 62],
    ['-- nothing', 62],
    [' ; ', 62],
    ["SELECT 1 INTO OUTFILE '/x'", 358],
    ["SELECT 1 into /**/ outfile '/x' FORMAT CSV", 358],
    ["INSERT INTO t FROM INFILE '/x' FORMAT CSV", 344],
    ['INSERT INTO t FORMAT CSV; 1', 62],
  ])('%j is refused with code %i', (text, code) => {
    expect(() => classifyQuery(text, formats)).toThrow(expect.objectContaining({ code }));
  });
});
