import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkManifest, programNames } from '../../programs/build/manifest.ts';
import { programsDir } from './svm.ts';

it('every committed program was built from the sources beside it', () => {
  expect(programNames(programsDir)).toContain('staking');
  expect(checkManifest(programsDir)).toEqual([]);
});

describe('the manifest notices', () => {
  let root: string;
  let copy: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'manifest-'));
    copy = join(root, 'programs');
    cpSync(join(programsDir, '../test/programs/caller'), join(root, 'test/programs/caller'), { recursive: true });
    const withoutTarget = (path: string) => !path.startsWith(join(programsDir, 'target'));
    cpSync(programsDir, copy, { recursive: true, filter: withoutTarget });
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('a changed source', () => {
    const source = join(copy, 'staking/src/emission.rs');
    writeFileSync(source, `${readFileSync(source, 'utf8')}\n`);
    expect(checkManifest(copy)).toEqual(['staking: sources changed since staking.so was built']);
  });

  it('a changed check that all programs share', () => {
    const source = join(copy, 'shared/src/account.rs');
    writeFileSync(source, readFileSync(source, 'utf8').replace('3010', '3011'));
    expect(checkManifest(copy)).toContain('staking: sources changed since staking.so was built');
  });

  it('a binary that is another, or not there', () => {
    writeFileSync(join(copy, 'staking/staking.so'), 'another file');
    expect(checkManifest(copy)).toEqual(['staking: staking.so is not the file in manifest.json']);
    rmSync(join(copy, 'staking/staking.so'));
    expect(checkManifest(copy)).toEqual(['staking: staking.so is missing']);
  });
});
