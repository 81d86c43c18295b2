import { txErrDecode } from '@triton-one/yellowstone-grpc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transactionErrorText } from '../../../api/reads/transaction-error.ts';
import { encodeTransactionError, isUnnamed, type RpcTransactionError } from '../../../indexer/rpc/transaction-error.ts';

/** The validator's own decoder, by way of the official client; `null` where there is no such variant. */
function decode(bytes: readonly number[]): RpcTransactionError | null {
  try {
    return JSON.parse(txErrDecode.decode_raw([...bytes])) as RpcTransactionError;
  } catch {
    return null;
  }
}

/** The smallest bytes that are this variant: enum number, then nothing, or zeroed fields. */
function variant(prefix: readonly number[], number: number, fieldBytes: readonly number[]): number[] | null {
  const withFields = (count: number) => [...prefix, number, 0, 0, 0, ...Array<number>(count).fill(7)];
  const count = fieldBytes.find((each) => decode(withFields(each)) !== null);
  return count === undefined ? null : withFields(count);
}

const known = (prefix: readonly number[], fieldBytes: readonly number[]): number[][] =>
  Array.from({ length: 200 }, (_, number) => variant(prefix, number, fieldBytes)).filter((each) => each !== null);

test('every transaction error that the validator knows encodes to its own bytes', () => {
  const all = known([], [0, 1]);
  expect(all.length).toBeGreaterThan(35);
  for (const bytes of all) expect([...encodeTransactionError(decode(bytes) as RpcTransactionError)]).toEqual(bytes);
});

test('every instruction error that the validator knows encodes to its own bytes', () => {
  const all = known([8, 0, 0, 0, 3], [0, 4]);
  expect(all.length).toBeGreaterThan(50);
  for (const bytes of all) expect([...encodeTransactionError(decode(bytes) as RpcTransactionError)]).toEqual(bytes);
});

test('any custom code of any instruction reads back', () => {
  fc.assert(
    fc.property(fc.nat(255), fc.nat(0xffff_ffff), (index, code) => {
      const error = { InstructionError: [index, { Custom: code }] };
      expect(decode([...encodeTransactionError(error)])).toEqual(error);
    }),
  );
});

test('the text of an error that once had one is encoded behind it', () => {
  const bytes = encodeTransactionError({ InstructionError: [3, { BorshIoError: 'Unknown' }] });
  expect(Buffer.from(bytes).toString('latin1')).toBe('\x08\0\0\0\x03\x2c\0\0\0\x07\0\0\0\0\0\0\0Unknown');
});

test.each([
  ['FromTheFuture', 'Unknown("FromTheFuture")'],
  [{ FromTheFuture: { limit: 7 } }, 'Unknown({"FromTheFuture":{"limit":7}})'],
  [{ InstructionError: [3, 'FromTheFuture'] }, 'InstructionError(3, Unknown("FromTheFuture"))'],
  [{ InstructionError: [3, { FromTheFuture: [1] }] }, 'InstructionError(3, Unknown({"FromTheFuture":[1]}))'],
  [{ InstructionError: [3, { Custom: 2 ** 32 }] }, 'InstructionError(3, Unknown({"Custom":4294967296}))'],
  [{ InstructionError: { index: 3 } }, 'Unknown({"InstructionError":{"index":3}})'],
  [{ InsufficientFundsForRent: { account: 'x' } }, 'Unknown({"InsufficientFundsForRent":{"account":"x"}})'],
  [{}, 'Unknown({})'],
])('an error that these lists do not name, %j, is kept as the node told it', (error, text) => {
  const bytes = encodeTransactionError(error as RpcTransactionError);
  expect(isUnnamed(bytes)).toBe(true);
  expect(transactionErrorText(bytes)).toBe(text);
  expect(decode([...bytes])).toBeNull();
});

test('what a node names is encoded or kept, whatever it is, and what the validator knows is never taken for unnamed', () => {
  const inner = fc.oneof(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()));
  const anyError = fc.oneof(
    inner,
    fc.record({ InstructionError: fc.oneof(fc.jsonValue(), fc.tuple(fc.nat(255), inner)) }),
  );
  fc.assert(
    fc.property(anyError, (error) => {
      const bytes = encodeTransactionError(error as RpcTransactionError);
      expect(isUnnamed(bytes)).toBe(decode([...bytes]) === null);
    }),
  );
  for (const bytes of known([], [0, 1])) expect(isUnnamed(Uint8Array.from(bytes))).toBe(false);
});
