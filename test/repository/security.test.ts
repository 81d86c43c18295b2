/** Every defence that docs/security.md claims names a test that is there. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, root } from './tracked-files.ts';

const HEAD = '| attack | why it fails | test |';
const sections = read('docs/security.md')
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ title: text.slice(0, text.indexOf('\n')), lines: text.split('\n').slice(1) }));
const rows = sections.flatMap(({ title, lines }) =>
  rowsOf(lines).map((line) => ({ title, attack: line.split(' | ')[0]?.slice(2) ?? '', line })),
);

/** Lines of the tables under the head, without head and rule. */
function rowsOf(lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith('| ') && line !== HEAD && !line.startsWith('| ---'));
}

/** The tests of a row: file and title. */
function testsOf(line: string): { readonly file: string; readonly title: string }[] {
  const named = line.split(' | ').at(-1) ?? '';
  return [...named.matchAll(/`([^`]+\.ts)` "([^"]+)"/g)].map(([, file = '', title = '']) => ({ file, title }));
}

it('every program has a section with attacks', () => {
  const programs = readdirSync(`${root}programs`).filter((name) => existsSync(`${root}programs/${name}/idl.json`));
  const titles = sections.map(({ title }) => title);
  expect(titles).toEqual(expect.arrayContaining(programs));
  for (const { title, lines } of sections.filter((each) => programs.includes(each.title))) {
    expect([title, rowsOf(lines).length > 0]).toEqual([title, true]);
  }
});

it('every table of attacks has the same three columns', () => {
  const tables = sections.filter(({ lines }) => rowsOf(lines).length > 0);
  expect(tables.filter(({ lines }) => !lines.includes(HEAD)).map(({ title }) => title)).toEqual([]);
  expect(rows.filter(({ line }) => line.split(' | ').length !== 3)).toEqual([]);
});

describe.each(rows)('$title: $attack', ({ line }) => {
  it('names tests that exist', () => {
    const tests = testsOf(line);
    expect(tests.length).toBeGreaterThan(0);
    for (const { file, title } of tests) {
      expect(file).toMatch(/^test\//);
      expect(existsSync(`${root}${file}`), file).toBe(true);
      const titles = [`'${title.replaceAll("'", "\\'")}'`, `\`${title}\``, JSON.stringify(title)];
      expect(
        titles.some((quoted) => read(file).includes(quoted)),
        `${file} has no test "${title}"`,
      ).toBe(true);
    }
  });
});
