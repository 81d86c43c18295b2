/**
 * bincode of a TransactionError from the JSON that RPC gives, so that a block by RPC equals the stream's, where the error
 * comes as bytes.
 *
 * Source: solana-sdk; an enum is its variant's number as u32, little-endian, then its fields.
 * @module
 */
import { InputError } from '../domain/errors.ts';
import { INSTRUCTION_ERRORS, TRANSACTION_ERRORS } from '../domain/transaction-errors.ts';

export type RpcTransactionError = string | { readonly [variant: string]: unknown };

/**
 * Encode one error.
 * @throws InputError `RPC__UNKNOWN_ERROR` for a variant that is newer than these lists
 */
export function encodeTransactionError(error: RpcTransactionError): Uint8Array {
  const [variant, fields] = variantOf(error);
  const number = u32(numberOf(TRANSACTION_ERRORS, variant));
  if (fields === undefined) return number;
  if (variant === 'InstructionError') {
    const [index, inner] = fields as [number, RpcTransactionError];
    return Buffer.concat([number, Uint8Array.of(index), encodeInstructionError(inner)]);
  }
  const index = typeof fields === 'number' ? fields : (fields as { account_index: number }).account_index;
  return Buffer.concat([number, Uint8Array.of(index)]);
}

function encodeInstructionError(error: RpcTransactionError): Uint8Array {
  const [variant, fields] = variantOf(error);
  const number = u32(numberOf(INSTRUCTION_ERRORS, variant));
  if (variant === 'Custom') return Buffer.concat([number, u32(fields as number)]);
  // `BorshIoError` had a text up to version 2 of the SDK.
  return typeof fields === 'string' ? Buffer.concat([number, lengthPrefixed(fields)]) : number;
}

function variantOf(error: RpcTransactionError): readonly [string, unknown] {
  if (typeof error === 'string') return [error, undefined];
  return Object.entries(error)[0] ?? ['', undefined];
}

function numberOf(names: readonly string[], variant: string): number {
  const number = names.indexOf(variant);
  if (number >= 0) return number;
  throw new InputError('RPC__UNKNOWN_ERROR', `The RPC names an unknown transaction error: ${variant}`, { variant });
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
