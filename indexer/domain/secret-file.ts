/**
 * A file that a setting names, with secrets or their hashes in it, as JSON. What is wrong with it is said without quoting it.
 * @module
 */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { InputError } from './errors.ts';

/**
 * @param setting that names the file
 * @throws InputError with the code, for a file that cannot be read, is no JSON or has another shape
 */
export function readSecretFile<T>(file: string, shape: z.ZodType<T>, setting: string, code: string): T {
  const bad = (reason: string) => new InputError(code, `${setting} ${file} cannot be used: ${reason}`, { file });
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // The message of a JSON error has a piece of the text.
    throw bad((error as NodeJS.ErrnoException).code ?? 'it is no JSON');
  }
  const parsed = shape.safeParse(content);
  if (!parsed.success) throw bad(parsed.error.issues[0]?.message ?? 'it is not as documented');
  return parsed.data;
}
