/**
 * API keys with what each may do, from a file that holds their hashes and never a key:
 *
 *     { "withoutKey": ["read"], "keys": [{ "id": "accounting", "sha256": "…", "scopes": ["read", "export"], "pointsPerMinute": 600000 }] }
 *
 * Without a file everybody may do everything that the API does, which is nothing but reading and preparing.
 * @module
 */
import { z } from 'zod';
import { readSecretFile } from '../../indexer/domain/secret-file.ts';

/** `read`: queries, subscriptions, prices, wallets. `export`: whole datasets. `prepare`: unsigned transactions. */
export const SCOPES = ['read', 'export', 'prepare'] as const;
export type Scope = (typeof SCOPES)[number];

export interface KeyEntry {
  readonly id: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
  /** That of a known key if absent. */
  readonly pointsPerMinute?: number | undefined;
}

export interface KeyFile {
  /** What may be done by whoever has no key. */
  readonly withoutKey: readonly Scope[];
  readonly keys: readonly KeyEntry[];
}

export const OPEN: KeyFile = { withoutKey: SCOPES, keys: [] };

const MOST_KEYS = 1_000;

const scopes = z.array(z.enum(SCOPES, `scopes: of ${SCOPES.join(', ')}`));
const fileSchema = z.strictObject({
  withoutKey: scopes.default([]),
  keys: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'id: small letters, digits and hyphens'),
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'sha256: 64 small hexadecimal digits'),
        scopes,
        pointsPerMinute: z.int().positive().optional(),
      }),
    )
    .max(MOST_KEYS, `at most ${MOST_KEYS} keys`)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'each id once')
    .refine((all) => new Set(all.map(({ sha256 }) => sha256)).size === all.length, 'each sha256 once'),
});

/** @param file empty for none. @throws InputError `API__BAD_KEY_FILE` */
export function readKeyFile(file: string): KeyFile {
  return file === '' ? OPEN : readSecretFile(file, fileSchema, 'API_KEYS_FILE', 'API__BAD_KEY_FILE');
}
