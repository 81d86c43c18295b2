/**
 * Where expected values made outside this project lie: `CONFORMANCE_DIR`, else a folder `shared` beside the checkout.
 * Tests that need it are skipped, with the reason, where it is absent.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const checkoutRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const sharedDir = process.env['CONFORMANCE_DIR'] ?? join(checkoutRoot, '..', 'shared');
export const hasSharedData = existsSync(sharedDir);

/** `describe`, or a skipped one that says why. */
export function describeShared(name: string, body: () => void): void {
  if (hasSharedData) describe(name, body);
  else describe.skip(`${name} (no shared data at ${sharedDir})`, body);
}

/** A JSON file of the shared folder, such as `vectors/emission.json`. */
export function readShared<T>(path: string): T {
  return JSON.parse(readFileSync(join(sharedDir, path), 'utf8')) as T;
}
