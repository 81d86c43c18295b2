/**
 * Who asks: an API key, or else the address of the connection. An address behind a proxy of ours is not believed from a
 * header: whoever puts a proxy in front gives each client a key.
 * @module
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Budget } from './budget-store.ts';

export interface Caller {
  /** Name of its bucket; holds no key. */
  readonly bucket: string;
  readonly budget: Budget;
}

export interface Budgets {
  readonly perAddress: Budget;
  readonly perKey: Budget;
  /** SHA-256 of the keys that are known, hexadecimal. */
  readonly keyHashes: ReadonlySet<string>;
}

/** `null` for a key that nobody was given. */
export function callerOf(request: IncomingMessage, budgets: Budgets): Caller | null {
  const key = keyOf(request);
  if (key === null) return { bucket: `address:${request.socket.remoteAddress ?? ''}`, budget: budgets.perAddress };
  const hash = createHash('sha256').update(key).digest('hex');
  return budgets.keyHashes.has(hash) ? { bucket: `key:${hash}`, budget: budgets.perKey } : null;
}

function keyOf({ headers }: IncomingMessage): string | null {
  const bearer = /^Bearer (\S{1,200})$/.exec(headers.authorization ?? '')?.[1];
  const plain = headers['x-api-key'];
  return bearer ?? (typeof plain === 'string' && plain !== '' ? plain : null);
}
