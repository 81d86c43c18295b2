/**
 * A transaction before it is signed, and the signing of it.
 * @module
 */
import {
  type Address,
  appendTransactionMessageInstructions,
  type Blockhash,
  compileTransaction,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  getSignatureFromTransaction,
  type Instruction,
  pipe,
  type Signature,
  type SignatureBytes,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit';
import type { Wallet } from './wallet.ts';

export interface TransactionPlan {
  readonly instructions: readonly Instruction[];
  /** The first one pays the fee. */
  readonly signers: readonly [Wallet, ...Wallet[]];
}

/** What a transaction's validity hangs on. */
export interface Lifetime {
  readonly blockhash: Blockhash;
  readonly lastValidBlockHeight: bigint;
}

/** @returns the signed transaction in base64, as RPC takes it, and its first signature */
export function signPlan(plan: TransactionPlan, lifetime: Lifetime): { wire: string; signature: Signature } {
  const message = pipe(
    createTransactionMessage({ version: 'legacy' }),
    (each) => setTransactionMessageFeePayer(plan.signers[0].address, each),
    (each) => setTransactionMessageLifetimeUsingBlockhash(lifetime, each),
    (each) => appendTransactionMessageInstructions(plan.instructions, each),
  );
  const compiled = compileTransaction(message);
  const bytes = new Uint8Array(compiled.messageBytes);
  // Not every wallet of a plan has to sign: some instructions run without their owner.
  const needed = plan.signers.filter(({ address }) => address in compiled.signatures);
  const signatures = Object.fromEntries(needed.map((wallet) => [wallet.address, wallet.sign(bytes) as SignatureBytes]));
  const transaction = {
    ...compiled,
    signatures: { ...compiled.signatures, ...(signatures as Record<Address, SignatureBytes>) },
  };
  return { wire: getBase64EncodedWireTransaction(transaction), signature: getSignatureFromTransaction(transaction) };
}
