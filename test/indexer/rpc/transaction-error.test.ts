import { txErrDecode } from '@triton-one/yellowstone-grpc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeTransactionError, type RpcTransactionError } from '../../../indexer/rpc/transaction-error.ts';

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

test('an error that these lists do not name is refused by its name', () => {
  for (const error of ['FromTheFuture', { InstructionError: [0, 'FromTheFuture'] }, {}]) {
    expect(() => encodeTransactionError(error)).toThrow(expect.objectContaining({ code: 'RPC__UNKNOWN_ERROR' }));
  }
});
