import {
  type AccountRole,
  type Address,
  appendTransactionMessageInstructions,
  type Blockhash,
  compileTransaction,
  createTransactionMessage,
  decompileTransactionMessage,
  getCompiledTransactionMessageDecoder,
  getTransactionDecoder,
  getTransactionEncoder,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import { addressOf } from './svm.ts';
import { transactionBytes } from './transaction-bytes.ts';

const BLOCKHASH = addressOf('blockhash') as string;
const FEE_PAYER = addressOf('0');

const address: fc.Arbitrary<Address> = fc.nat(10).map((number) => addressOf(String(number)));
const instruction: fc.Arbitrary<ProgramInstruction> = fc.record({
  programAddress: fc.nat(3).map((number) => addressOf(`program ${number}`)),
  accounts: fc.array(fc.record({ address, role: fc.constantFrom(0, 1, 2, 3).map((role) => role as AccountRole) }), {
    maxLength: 40,
  }),
  data: fc.uint8Array({ maxLength: 300 }),
});

it('the official decoder reads what the official encoder was given', () => {
  fc.assert(
    fc.property(fc.array(instruction, { maxLength: 5 }), (instructions) => {
      const read = messageOf(transactionBytes(FEE_PAYER, instructions, BLOCKHASH));
      expect(read).toEqual(messageOf(officialBytes(instructions)));
    }),
  );
});

function officialBytes(instructions: readonly ProgramInstruction[]): Uint8Array {
  const lifetime = { blockhash: BLOCKHASH as Blockhash, lastValidBlockHeight: 0n };
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (draft) => setTransactionMessageFeePayer(FEE_PAYER, draft),
    (draft) => setTransactionMessageLifetimeUsingBlockhash(lifetime, draft),
    (draft) => appendTransactionMessageInstructions(instructions, draft),
  );
  return new Uint8Array(getTransactionEncoder().encode(compileTransaction(message)));
}

/** Instructions with the accounts and roles that the runtime would give them, and who has to sign. */
function messageOf(bytes: Uint8Array) {
  const { messageBytes, signatures } = getTransactionDecoder().decode(bytes);
  const message = decompileTransactionMessage(getCompiledTransactionMessageDecoder().decode(messageBytes));
  return { message, signers: Object.keys(signatures).sort() };
}
