/**
 * The file of webhooks: who is told of what. It holds secrets, so nothing of it but names is ever logged.
 *
 *     { "webhooks": [{ "name": "ops", "url": "https://example.com/hook", "secret": "…", "kinds": ["slash", "incident"] }] }
 * @module
 */
import { z } from 'zod';
import { readSecretFile } from '../../indexer/domain/secret-file.ts';

export const ALERT_KINDS = ['slash', 'halt', 'commission_change', 'score_drop', 'epoch_committed', 'incident'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

const LEAST_SECRET_CHARACTERS = 32;
const MOST_ENDPOINTS = 20;

export interface WebhookEndpoint {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly kinds: readonly AlertKind[];
}

/** Plain HTTP is for receivers on the same machine. */
function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isLoopback = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback));
}

const fileSchema = z.strictObject({
  webhooks: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9-]{1,40}$/, 'name: small letters, digits and hyphens'),
        url: z.string().refine(isSafeUrl, 'url: https, or http of this machine, without user and password'),
        secret: z.string().min(LEAST_SECRET_CHARACTERS, `secret: at least ${LEAST_SECRET_CHARACTERS} characters`),
        kinds: z
          .array(z.enum(ALERT_KINDS, `kinds: of ${ALERT_KINDS.join(', ')}`))
          .min(1, 'kinds: at least one')
          .default([...ALERT_KINDS]),
      }),
    )
    .max(MOST_ENDPOINTS, `at most ${MOST_ENDPOINTS} webhooks`)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'each name once'),
});

/** @param file empty for no webhooks. @throws InputError `WEBHOOKS__BAD_FILE`, which does not quote the file */
export function readWebhookFile(file: string): readonly WebhookEndpoint[] {
  return file === '' ? [] : readSecretFile(file, fileSchema, 'WEBHOOKS_FILE', 'WEBHOOKS__BAD_FILE').webhooks;
}
