/**
 * Text forms of what JSON cannot carry: wide integers as decimal text, keys, hashes and signatures as base58. Input is
 * checked here once, so that no resolver sees a malformed key.
 * @module
 */
import { GraphQLError, Kind } from 'graphql';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import { messageOf } from '../../indexer/domain/errors.ts';
import { BLOCKHASH_BYTES, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../../indexer/domain/units.ts';

interface ScalarOptions<T> {
  readonly description: string;
  readonly serialize: (value: unknown) => string;
  readonly parseValue: (value: unknown) => T;
  readonly parseLiteral: (node: { readonly kind: string; readonly value?: unknown }) => T;
}

const integerText = /^-?\d{1,78}$/;

/** An integer of `bits` bits as decimal text. Whole JSON numbers are taken too, as long as they are exact. */
export function integerScalar(bits: 64 | 128, isSigned: boolean): ScalarOptions<bigint> {
  const least = isSigned ? -(1n << BigInt(bits - 1)) : 0n;
  const most = isSigned ? (1n << BigInt(bits - 1)) - 1n : (1n << BigInt(bits)) - 1n;
  const parse = (value: unknown): bigint => {
    const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
    if (typeof text !== 'string' || !integerText.test(text))
      throw badValue(`Expected a whole number as text, got ${shown(value)}`);
    const number = BigInt(text);
    if (number < least || number > most) throw badValue(`${text} is outside ${least} to ${most}`);
    return number;
  };
  return {
    description: `${isSigned ? 'Signed' : 'Unsigned'} ${bits}-bit integer as decimal text`,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.INT || node.kind === Kind.STRING ? String(node.value) : node.kind),
  };
}

function bytesScalar(what: string, length: number): ScalarOptions<Uint8Array> {
  const parse = (value: unknown): Uint8Array => {
    if (typeof value !== 'string') throw badValue(`Expected ${what} as base58 text, got ${shown(value)}`);
    try {
      return fromBase58(value, length);
    } catch (error) {
      throw badValue(messageOf(error));
    }
  };
  return {
    description: `${what}: ${length} bytes as base58 text`,
    serialize: (value) => (value instanceof Uint8Array ? toBase58(value) : String(value)),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : node.kind),
  };
}

export const publicKeyScalar = bytesScalar('A public key', PUBLIC_KEY_BYTES);
export const hashScalar = bytesScalar('A hash', BLOCKHASH_BYTES);
export const signatureScalar = bytesScalar('A transaction signature', SIGNATURE_BYTES);

function badValue(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'API__BAD_VALUE' } });
}

function shown(value: unknown): string {
  return String(typeof value === 'object' ? typeof value : value).slice(0, 60);
}
