/**
 * The files of this repository as git lists them, tracked or new.
 * @module
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export function filesMatching(pattern: RegExp): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter(
      (path) => pattern.test(path) && !/(^|\/)(generated|node_modules)\//.test(path) && !path.includes('.generated.'),
    );
}

export function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}
