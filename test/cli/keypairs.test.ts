/** Keypair files of a local run. */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keypairFileIn } from '../../cli/up/keypairs.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-keypairs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a keypair is made once, kept and for its owner alone', () => {
  const made = keypairFileIn(folder, 'kept');
  expect(keypairFileIn(folder, 'kept')).toEqual(made);
  expect(statSync(made.path).mode & 0o777).toBe(0o600);
  expect(existsSync(`${made.path}.new`)).toBe(false);
});

test.each([
  ['is empty', ''],
  ['is no JSON', '[12, 250, oh'],
  ['is too short', '[1,2,3]'],
  ['holds numbers that are no bytes', JSON.stringify(Array(64).fill(256))],
  ['holds text', JSON.stringify(Array(64).fill('7'))],
])('a file that %s is refused by its path, and nothing of it is shown', (_case, text) => {
  const path = join(folder, 'bad.json');
  writeFileSync(path, text);
  const refused = expect.objectContaining({
    code: 'UP__BAD_KEYPAIR',
    message: `${path} is not a keypair file of 64 numbers`,
  });
  expect(() => keypairFileIn(folder, 'bad')).toThrow(refused);
});
