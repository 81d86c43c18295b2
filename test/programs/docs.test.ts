/** The tables of docs/programs against the interfaces and measured costs they are made from. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { programTables, TABLES_END, TABLES_START, withTables } from '../../programs/build/docs-text.ts';
import { programDocuments, staleDocuments } from '../../programs/build/generate-docs.ts';
import { readIdl } from './scenario.ts';

const MOST_LINES = 400;

it('the committed tables are what interfaces and costs give', () => {
  expect(staleDocuments()).toEqual([]);
});

it.each(programDocuments())('docs/$path stays readable', ({ text }) => {
  expect(text.split('\n').length).toBeLessThanOrEqual(MOST_LINES);
});

it('every document of a program is linked from the overview', () => {
  const overview = readFileSync(new URL('../../docs/programs.md', import.meta.url), 'utf8');
  for (const [, target = ''] of overview.matchAll(/\]\((programs\/[a-z]+\.md)\)/g)) {
    expect(existsSync(new URL(`../../docs/${target}`, import.meta.url)), target).toBe(true);
  }
  for (const { path } of programDocuments().slice(1)) expect(overview).toContain(`](${path})`);
});

describe('the tables', () => {
  const idl = readIdl('marketplace');

  it('name every instruction, account, event and error once, with its cost where it is known', () => {
    const lines = programTables(idl, { units: { create_order: 12_345 }, bytes: { Order: 1_512 } }).split('\n');
    const starting = (start: string) => lines.filter((line) => line.startsWith(start));
    for (const { name } of idl.instructions) expect(starting(`| \`${name}\` | `)).toHaveLength(1);
    for (const { name } of [...idl.accounts, ...idl.events]) expect(starting(`| ${name} | `)).toHaveLength(1);
    for (const { code, name } of idl.errors) expect(starting(`| ${code} | ${name} | `)).toHaveLength(1);
    expect(starting('| `create_order` | ')[0]).toContain(' | 12,345 | ');
    expect(starting('| Order | ')[0]).toContain('| 1,512 |');
  });

  it('replace what stands between the markers and nothing else, however often', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, text, text, (before, old, after, tables) => {
        const document = `${before}${TABLES_START}\n${old}\n${TABLES_END}${after}`;
        const once = withTables(document, tables);
        expect(once).toBe(`${before}${TABLES_START}\n\n${tables}\n\n${TABLES_END}${after}`);
        expect(withTables(once, tables)).toBe(once);
      }),
    );
    expect(() => withTables(TABLES_START, '')).toThrow(expect.objectContaining({ code: 'DOCS__NO_MARKERS' }));
  });
});
