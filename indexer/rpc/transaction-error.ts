/**
 * bincode of a TransactionError from the JSON that RPC gives, so that a block by RPC equals the stream's, where the error
 * comes as bytes.
 *
 * A variant that is newer than these lists has a number that nobody here knows. It is kept as `UNNAMED_VARIANT` with the
 * JSON of the node behind it: a block is not held up by the name of what a transaction failed with.
 *
 * Source: solana-sdk; an enum is its variant's number as u32, little-endian, then its fields.
 * @module
 */
import { INSTRUCTION_ERRORS, TRANSACTION_ERRORS, UNNAMED_VARIANT } from '../domain/transaction-errors.ts';

export type RpcTransactionError = string | { readonly [variant: string]: unknown };

export function encodeTransactionError(error: RpcTransactionError): Uint8Array {
  const [variant, fields] = variantOf(error);
  const number = TRANSACTION_ERRORS.indexOf(variant);
  if (number < 0) return unnamed(error);
  if (fields === undefined) return u32(number);
  if (variant === 'InstructionError') {
    const [index, inner] = Array.isArray(fields) ? fields : [];
    if (!isUnsigned(index, 0xff) || !isVariant(inner)) return unnamed(error);
    return Buffer.concat([u32(number), Uint8Array.of(index), encodeInstructionError(inner)]);
  }
  const index = typeof fields === 'number' ? fields : (fields as { account_index?: unknown } | null)?.account_index;
  return isUnsigned(index, 0xff) ? Buffer.concat([u32(number), Uint8Array.of(index)]) : unnamed(error);
}

/** Whether some of an error is kept as the node's text, since these lists have no name for it. */
export function isUnnamed(error: Uint8Array): boolean {
  const bytes = Buffer.from(error.buffer, error.byteOffset, error.byteLength);
  const isAt = (offset: number) => bytes.length >= offset + 4 && bytes.readUInt32LE(offset) === UNNAMED_VARIANT;
  return isAt(0) || (bytes.length > 5 && bytes.readUInt32LE(0) === INSTRUCTION_ERROR && isAt(5));
}

const INSTRUCTION_ERROR = TRANSACTION_ERRORS.indexOf('InstructionError');

function encodeInstructionError(error: RpcTransactionError): Uint8Array {
  const [variant, fields] = variantOf(error);
  const number = INSTRUCTION_ERRORS.indexOf(variant);
  if (number < 0) return unnamed(error);
  if (variant === 'Custom')
    return isUnsigned(fields, 0xffff_ffff) ? Buffer.concat([u32(number), u32(fields)]) : unnamed(error);
  // `BorshIoError` had a text up to version 2 of the SDK.
  return typeof fields === 'string' ? Buffer.concat([u32(number), lengthPrefixed(fields)]) : u32(number);
}

function isVariant(value: unknown): value is RpcTransactionError {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

function isUnsigned(value: unknown, largest: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= largest;
}

function variantOf(error: RpcTransactionError): readonly [string, unknown] {
  if (typeof error === 'string') return [error, undefined];
  return Object.entries(error)[0] ?? ['', undefined];
}

function unnamed(error: RpcTransactionError): Uint8Array {
  return Buffer.concat([u32(UNNAMED_VARIANT), Buffer.from(JSON.stringify(error))]);
}

function lengthPrefixed(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
