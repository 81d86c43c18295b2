import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { InputError } from '../../indexer/domain/errors.ts';
import { readSecretFile } from '../../indexer/domain/secret-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-secrets-'));
const file = join(folder, 'secrets.json');
const shape = z.strictObject({ secret: z.string('secret: a text') });
afterAll(() => rmSync(folder, { recursive: true }));

const read = () => readSecretFile(file, shape, 'SOME_FILE', 'TEST__BAD_FILE');

it('what is in the file is what is read', () => {
  writeFileSync(file, '{"secret":"word"}');
  expect(read()).toEqual({ secret: 'word' });
});

it.each([
  ['is cut', '{"secret":"a word of a key that nobody is told', 'it is no JSON'],
  ['is no JSON', 'a word of a key that nobody is told', 'it is no JSON'],
  ['has another shape', '{"secret":7,"note":"a word of a key that nobody is told"}', 'secret: a text'],
])('a file that %s is refused by its name, and nothing of it is quoted', (_, text, reason) => {
  writeFileSync(file, text);
  const refusal = { code: 'TEST__BAD_FILE', message: `SOME_FILE ${file} cannot be used: ${reason}` };
  expect(read).toThrow(expect.objectContaining(refusal));
  expect(read).toThrow(InputError);
  expect(read).not.toThrow(/of a key that nobody is told/);
});

it('a file that is not there is named, with why', () => {
  expect(() => readSecretFile(join(folder, 'none.json'), shape, 'SOME_FILE', 'TEST__BAD_FILE')).toThrow(
    /none\.json.*ENOENT/,
  );
});
