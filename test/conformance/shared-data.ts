/**
 * Where expected values made outside this project lie: the folder that `CONFORMANCE_DIR` names (the shared folder, or its
 * `fixtures` alone), else a folder `shared` beside the checkout. Tests that need it are skipped, with the reason, where it
 * is absent.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const checkoutRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const besideCheckout = join(checkoutRoot, '..', 'shared');
const sharedDir = process.env['CONFORMANCE_DIR'] ?? besideCheckout;
export const hasSharedData = existsSync(sharedDir);

/** Path of a shared file such as `fixtures/golden_events.json`, wherever the part of it before the first slash lies. */
export function sharedPath(path: string): string {
  const insideFixtures = join(sharedDir, path.replace(/^fixtures\//, ''));
  const candidates = [join(sharedDir, path), insideFixtures, join(sharedDir, '..', path), join(besideCheckout, path)];
  return candidates.find((candidate) => existsSync(candidate)) ?? join(sharedDir, path);
}

/** `describe`, or a skipped one that says why. */
export function describeShared(name: string, body: () => void): void {
  if (hasSharedData) describe(name, body);
  else describe.skip(`${name} (no shared data at ${sharedDir})`, body);
}

/** A JSON file of the shared folder, such as `vectors/emission.json`. */
export function readShared<T>(path: string): T {
  return JSON.parse(readFileSync(sharedPath(path), 'utf8')) as T;
}
