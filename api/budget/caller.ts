/**
 * Who asks: an API key, or else the address of the connection. An address behind a proxy of ours is not believed from a
 * header: whoever puts a proxy in front gives each client a key.
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Budget } from './budget-store.ts';
import type { Scope } from './key-file.ts';

export interface Caller {
  /** Name of its bucket; holds no key. */
  readonly bucket: string;
  readonly budget: Budget;
  readonly scopes: readonly Scope[];
  readonly hasKey: boolean;
}

export interface KnownKey {
  readonly id: string;
  /** SHA-256 of the key. */
  readonly hash: Uint8Array;
  readonly scopes: readonly Scope[];
  readonly budget: Budget;
}

export interface Budgets {
  readonly perAddress: Budget;
  /** What may be done without a key. */
  readonly openScopes: readonly Scope[];
  readonly keys: readonly KnownKey[];
}

/** `null` for a key that nobody was given. */
export function callerOf(request: IncomingMessage, budgets: Budgets): Caller | null {
  const key = keyOf(request);
  if (key === null) {
    const bucket = `address:${networkOf(request.socket.remoteAddress ?? '')}`;
    return { bucket, budget: budgets.perAddress, scopes: budgets.openScopes, hasKey: false };
  }
  const known = knownKey(key, budgets.keys);
  return known && { bucket: `key:${known.id}`, budget: known.budget, scopes: known.scopes, hasKey: true };
}

/** Whoever has one address of IPv6 has the 2^64 of its network: they are one caller. An IPv4 address stands for itself. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [before = '', behind = ''] = (address.split('%')[0] ?? '').split('::');
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const [left, right] = [groups(before), groups(behind)];
  const zeros = Array<string>(Math.max(8 - left.length - right.length, 0)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/** All are compared, whichever it is, so that the time taken tells nothing. */
function knownKey(key: string, keys: readonly KnownKey[]): KnownKey | null {
  const hash = createHash('sha256').update(key).digest();
  let found: KnownKey | null = null;
  for (const each of keys) if (timingSafeEqual(each.hash, hash)) found = each;
  return found;
}

function keyOf({ headers }: IncomingMessage): string | null {
  const bearer = /^Bearer (\S{1,200})$/.exec(headers.authorization ?? '')?.[1];
  const plain = headers['x-api-key'];
  return bearer ?? (typeof plain === 'string' && plain !== '' ? plain : null);
}

export interface Denial {
  readonly status: 401 | 403;
  readonly code: 'API__KEY_NEEDED' | 'API__NO_SCOPE';
  readonly message: string;
}

/** Why a caller may not do what needs a scope; `null` when it may. */
export function denialOf({ scopes, hasKey }: Caller, scope: Scope): Denial | null {
  if (scopes.includes(scope)) return null;
  return hasKey
    ? { status: 403, code: 'API__NO_SCOPE', message: `This API key does not have the scope ${scope}` }
    : { status: 401, code: 'API__KEY_NEEDED', message: `This needs an API key with the scope ${scope}` };
}
