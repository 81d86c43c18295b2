/** Transaction errors are written as the official client reads them, for every kind there is. */
import { txErrDecode } from '@triton-one/yellowstone-grpc';
import { expect, test } from 'vitest';
import {
  decodeTransactionError,
  describeTransactionError,
  encodeTransactionError,
  fieldlessInstructionErrors,
  fieldlessTransactionErrors,
  type TransactionError,
} from './transaction-error.ts';

const everyError: TransactionError[] = [
  ...fieldlessTransactionErrors,
  ...fieldlessInstructionErrors.map((name): TransactionError => ({ InstructionError: [3, name] })),
  { InstructionError: [255, { Custom: 6001 }] },
  { DuplicateInstruction: 4 },
  { InsufficientFundsForRent: { account_index: 2 } },
  { ProgramExecutionTemporarilyRestricted: { account_index: 7 } },
];

test('the official decoder reads the same error from our bytes', () => {
  for (const error of everyError) expect(txErrDecode.decode(encodeTransactionError(error))).toEqual(error);
});

test('an error survives its bytes', () => {
  for (const error of everyError) expect(decodeTransactionError(encodeTransactionError(error))).toEqual(error);
});

test('every error has a sentence', () => {
  for (const error of everyError) expect(describeTransactionError(error)).toMatch(/\w{4,}/);
  expect(describeTransactionError({ InstructionError: [1, { Custom: 0x1771 }] })).toBe(
    'Error processing Instruction 1: custom program error: 0x1771',
  );
  expect(describeTransactionError({ InstructionError: [3, 'InvalidInstructionData'] })).toBe(
    'Error processing Instruction 3: invalid instruction data',
  );
});
