/** Reading transactions strictly: what is accepted is kept byte for byte, what is not is an error and never a crash. */
import {
  AddressLookupTableAccount,
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../../indexer/domain/errors.ts';
import { VirtualMachine } from '../bank/virtual-machine.ts';
import { parseTransaction } from './transaction.ts';

const payer = Keypair.fromSeed(new Uint8Array(32).fill(3));
const recentBlockhash = new PublicKey(new Uint8Array(32).fill(5)).toBase58();
const transfer = SystemProgram.transfer({
  fromPubkey: payer.publicKey,
  toPubkey: new PublicKey(new Uint8Array(32).fill(4)),
  lamports: 1,
});

function legacyBytes(): Buffer {
  const transaction = new Transaction({ feePayer: payer.publicKey, recentBlockhash }).add(transfer, transfer);
  transaction.sign(payer);
  return transaction.serialize();
}

function versionedBytes(): Buffer {
  const state = {
    deactivationSlot: 0n,
    lastExtendedSlot: 0,
    lastExtendedSlotStartIndex: 0,
    addresses: [PublicKey.default, payer.publicKey],
  };
  const table = new AddressLookupTableAccount({ key: new PublicKey(new Uint8Array(32).fill(8)), state });
  const other = SystemProgram.transfer({
    fromPubkey: payer.publicKey,
    toPubkey: new PublicKey(new Uint8Array(32).fill(6)),
    lamports: 1,
  });
  const message = new TransactionMessage({
    payerKey: payer.publicKey,
    recentBlockhash,
    instructions: [other],
  }).compileToV0Message([table]);
  message.addressTableLookups.push({ accountKey: table.key, writableIndexes: [0], readonlyIndexes: [1] });
  const transaction = new VersionedTransaction(message);
  transaction.sign([payer]);
  return Buffer.from(transaction.serialize());
}

test('keys, instructions and lookups are those the client wrote', () => {
  const legacy = parseTransaction(legacyBytes());
  expect(legacy).toMatchObject({
    version: 'legacy',
    numRequiredSignatures: 1,
    numReadonlySignedAccounts: 0,
    numReadonlyUnsignedAccounts: 1,
  });
  expect(legacy.instructions.map(({ data }) => Buffer.from(data).toString('hex'))).toEqual(
    Array(2).fill(transfer.data.toString('hex')),
  );
  const versioned = parseTransaction(versionedBytes());
  expect(versioned.version).toBe(0);
  expect(
    versioned.lookups.map(({ writableIndexes, readonlyIndexes }) => [[...writableIndexes], [...readonlyIndexes]]),
  ).toEqual([[[0], [1]]]);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a cut-off transaction', legacyBytes().subarray(0, -1)],
  ['trailing bytes', Buffer.concat([legacyBytes(), Buffer.of(0)])],
  ['more than a packet', Buffer.alloc(1233)],
])('%s is refused', (_, bytes) => {
  expect(() => parseTransaction(bytes)).toThrow(InputError);
});

test('a damaged transaction is refused or executed, and never takes the process with it', () => {
  const vm = new VirtualMachine();
  const mutated = fc.tuple(
    fc.constantFrom(legacyBytes(), versionedBytes()),
    fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(mutated, ([original, changes]) => {
      const bytes = Buffer.from(original);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      try {
        vm.execute(parseTransaction(bytes).bytes, false);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 3_000 },
  );
});
