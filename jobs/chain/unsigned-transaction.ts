/**
 * A transaction for somebody else to sign: version 0, simulated without its signatures.
 * @module
 */
import {
  type Address,
  appendTransactionMessageInstructions,
  type Base64EncodedWireTransaction,
  compileTransaction,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  type Instruction,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { ErrorContext } from '../../indexer/domain/errors.ts';
import type { ChainClient, Lifetime } from './chain-client.ts';
import { transactionErrorOf } from './transaction-error.ts';

export interface UnsignedBytes {
  /** With zero bytes where the signatures go. */
  readonly transaction: Base64EncodedWireTransaction;
  /** Base58 of its message alone, as multisigs import it; they put a blockhash of their own. */
  readonly message: string;
  /** Above this block height the transaction as it stands is void; export it again. */
  readonly lastValidBlockHeight: bigint;
}

/**
 * @param payer pays, and signs whatever the instructions want signed
 * @param context named in errors
 * @throws what the simulation finds, as `transactionErrorOf`; the errors of the client
 */
export async function unsignedTransaction(
  client: ChainClient,
  payer: Address,
  instructions: readonly Instruction[],
  context: ErrorContext,
): Promise<UnsignedBytes> {
  const lifetime = await client.latestLifetime();
  const compiled = compiledTransaction(payer, lifetime, instructions);
  const transaction = getBase64EncodedWireTransaction(compiled);
  const simulated = await client.simulate(transaction, false);
  if (simulated.error !== null) throw transactionErrorOf(simulated.error, simulated.logs, context);
  const message = toBase58(new Uint8Array(compiled.messageBytes));
  return { transaction, message, lastValidBlockHeight: lifetime.lastValidBlockHeight };
}

/** Version 0, with zero bytes where the signatures go. */
export function compiledTransaction(payer: Address, lifetime: Lifetime, instructions: readonly Instruction[]) {
  return compileTransaction(
    pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayer(payer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(lifetime, message),
      (message) => appendTransactionMessageInstructions(instructions, message),
    ),
  );
}
