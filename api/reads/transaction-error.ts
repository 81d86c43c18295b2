/**
 * What a failed transaction failed with, as text: `InstructionError(2, Custom(6009))`. The bytes are bincode of
 * TransactionError: the variant's number in 32 bits, low byte first, then its content. What no list had a name for when it
 * was written is the node's own text.
 * @module
 */
import { INSTRUCTION_ERRORS, TRANSACTION_ERRORS, UNNAMED_VARIANT } from '../../indexer/domain/transaction-errors.ts';

const INSTRUCTION_ERROR = TRANSACTION_ERRORS.indexOf('InstructionError');
const CUSTOM = INSTRUCTION_ERRORS.indexOf('Custom');

/** `null` for the empty bytes of a transaction that succeeded; what the list does not know keeps its number. */
export function transactionErrorText(error: Uint8Array): string | null {
  if (error.length === 0) return null;
  const bytes = Buffer.from(error);
  const variant = numberAt(bytes, 0);
  if (variant === UNNAMED_VARIANT) return unnamedAt(bytes, 0);
  const name = nameOf(TRANSACTION_ERRORS, variant);
  if (variant !== INSTRUCTION_ERROR) return bytes.length > 4 ? `${name}(${bytes[4]})` : name;
  const inner = numberAt(bytes, 5);
  return `${name}(${bytes[4] ?? '?'}, ${causeOf(bytes, inner)})`;
}

function causeOf(bytes: Buffer, inner: number | null): string {
  if (inner === UNNAMED_VARIANT) return unnamedAt(bytes, 5);
  return inner === CUSTOM ? `Custom(${numberAt(bytes, 9) ?? '?'})` : nameOf(INSTRUCTION_ERRORS, inner);
}

function unnamedAt(bytes: Buffer, offset: number): string {
  return `Unknown(${bytes.toString('utf8', offset + 4)})`;
}

function numberAt(bytes: Buffer, offset: number): number | null {
  return bytes.length >= offset + 4 ? bytes.readUInt32LE(offset) : null;
}

function nameOf(names: readonly string[], variant: number | null): string {
  return variant === null ? 'Unknown' : (names[variant] ?? `Unknown(${variant})`);
}
