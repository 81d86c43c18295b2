/**
 * The SPL clients ask for kit's signer type only to mark the account as a signer; transactions are signed by `Sender`.
 * @module
 */
import { createNoopSigner, type TransactionSigner } from '@solana/kit';
import type { Wallet } from './wallet.ts';

export function asSigner(wallet: Wallet): TransactionSigner {
  return createNoopSigner(wallet.address);
}
