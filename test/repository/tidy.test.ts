import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionLengths } from './function-lengths.ts';
import { filesMatching, read, root } from './tracked-files.ts';

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 70;
const sources = filesMatching(/\.(ts|tsx|rs)$/).filter(
  (path) => existsSync(`${root}${path}`) && !path.endsWith('.d.ts'),
);
const texts = filesMatching(/\.(ts|tsx|rs|md|json|ya?ml|sql|sh|toml|cjs)$|^plumbline$|^\.ci\/run$/).filter(
  (path) => existsSync(`${root}${path}`) && path !== 'package-lock.json' && !path.endsWith('idl.json'),
);

describe('the repository is tidy', () => {
  it(`keeps every source file that is written by hand within ${MAX_FILE_LINES} lines`, () => {
    const written = sources.filter((path) => !/^programs\/[a-z]+\/src\/interface\.rs$/.test(path));
    const long = written.filter((path) => read(path).split('\n').length - 1 > MAX_FILE_LINES);
    expect(long).toEqual([]);
  });

  it(`keeps every function within ${MAX_FUNCTION_LINES} lines`, () => {
    const long = sources
      .filter((path) => !path.startsWith('test/') && /\.tsx?$/.test(path))
      .flatMap((path) => functionLengths(read(path)).map((each) => ({ ...each, path })))
      .filter(({ lines }) => lines > MAX_FUNCTION_LINES);
    expect(long).toEqual([]);
  });

  it('opens every module with what it is', () => {
    const silent = sources.filter(
      (path) => /^(indexer|governance|jobs|api|cli)\//.test(path) && !/^(#!.*\n)?\/\*\*/.test(read(path)),
    );
    expect(silent).toEqual([]);
  });

  it('names files in kebab-case and never after a drawer', () => {
    const names = sources.filter((path) => path.endsWith('.ts')).map((path) => path.split('/').at(-1) ?? '');
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^(utils?|helpers?|manager|common|misc)\.ts$/.test(name))).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = sources.filter(
      (path) => /^(indexer|governance|jobs|api)\//.test(path) && read(path).includes('process.env'),
    );
    expect(readers).toEqual(['indexer/domain/settings.ts']);
  });

  it('keeps SQL in sql/ and indexer/store/', () => {
    const statement = /\b(SELECT\s[\s\S]{1,200}?\sFROM\s|INSERT INTO\s|ALTER TABLE\s|CREATE TABLE\s)/;
    const elsewhere = sources.filter(
      (path) =>
        /^(indexer|governance|jobs|api|cli)\//.test(path) &&
        !path.startsWith('indexer/store/') &&
        statement.test(read(path)),
    );
    expect(elsewhere).toEqual([]);
  });

  it('leaves nothing for later and nothing switched off', () => {
    // Put together from parts, or this line would find itself.
    const soft = new RegExp(
      `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK'].join('|')})\\b|\\bas an${'y'}\\b|@ts-ig${'nore'}|\\bit\\.on${'ly'}\\(`,
    );
    expect(sources.filter((path) => soft.test(read(path)))).toEqual([]);
  });

  it('names no machine', () => {
    const path = new RegExp(`(^|[^A-Za-z0-9_.])/(${['wo' + 'rk', 'ro' + 'ot', 'fa' + 'rm'].join('|')})/`);
    expect(texts.filter((each) => path.test(read(each)))).toEqual([]);
  });
});
