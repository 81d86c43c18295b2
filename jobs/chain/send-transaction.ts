/**
 * One transaction from instructions to a commitment: simulate, record the intent, send, ask, send again, give up when its
 * blockhash has expired. Killed at any point it leaves nothing half-done: callers read the chain before they start again.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  appendTransactionMessageInstructions,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  getSignatureFromTransaction,
  type Instruction,
  type KeyPairSigner,
  pipe,
  type Signature,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from '@solana/kit';
import { type ErrorContext, UpstreamError } from '../../indexer/domain/errors.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { ChainClient, Commitment, Lifetime, SignatureStatus } from './chain-client.ts';
import { transactionErrorOf } from './transaction-error.ts';

export interface Intent {
  readonly signature: Signature;
  readonly lastValidBlockHeight: bigint;
}

export interface SendOptions {
  readonly chain: ChainClient;
  /** Pays, and signs whatever the instructions want signed. */
  readonly payer: KeyPairSigner;
  readonly commitment: Commitment;
  readonly signal: AbortSignal;
  /** Named in errors. */
  readonly context: ErrorContext;
  /** Called before the bytes leave. */
  readonly onSend: (intent: Intent) => Promise<void>;
}

export interface Landed {
  readonly signature: Signature;
  readonly slot: Slot;
}

const POLL_MS = 400;
const RESEND_EVERY_POLLS = 5;
const rank = { processed: 0, confirmed: 1, finalized: 2 } as const;

/**
 * @throws the errors of `transactionErrorOf`; UpstreamError `CHAIN__BLOCKHASH_EXPIRED`, `CHAIN__STOPPED`, those of the client
 */
export async function sendTransaction(instructions: readonly Instruction[], options: SendOptions): Promise<Landed> {
  const { chain, context } = options;
  const lifetime = await chain.latestLifetime();
  const transaction = await signed(instructions, options.payer, lifetime);
  const wire = getBase64EncodedWireTransaction(transaction);
  const simulated = await chain.simulate(wire);
  if (simulated.error !== null) throw transactionErrorOf(simulated.error, simulated.logs, context);
  const intent = {
    signature: getSignatureFromTransaction(transaction),
    lastValidBlockHeight: lifetime.lastValidBlockHeight,
  };
  await options.onSend(intent);
  for (let poll = 0; ; poll += 1) {
    if (poll % RESEND_EVERY_POLLS === 0) await chain.send(wire);
    await pause(options);
    const status = await statusOf(intent, options);
    if (status !== null && rank[status.commitment] >= rank[options.commitment])
      return { signature: intent.signature, slot: status.slot };
  }
}

function signed(instructions: readonly Instruction[], payer: KeyPairSigner, lifetime: Lifetime) {
  return signTransactionMessageWithSigners(
    pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayerSigner(payer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(lifetime, message),
      (message) => appendTransactionMessageInstructions(instructions, message),
    ),
  );
}

/** `null` while it may still land. The height is asked for first: what landed before it shows in the status. */
async function statusOf(intent: Intent, { chain, context }: SendOptions): Promise<SignatureStatus | null> {
  const height = await chain.blockHeight();
  const [status] = await chain.statuses([intent.signature]);
  if (status?.error) throw transactionErrorOf(status.error, [], { ...context, signature: intent.signature });
  if (!status && height > intent.lastValidBlockHeight) {
    throw new UpstreamError(
      'CHAIN__BLOCKHASH_EXPIRED',
      `Transaction ${intent.signature} did not land in time; it is made again`,
      {
        ...context,
        signature: intent.signature,
      },
    );
  }
  return status ?? null;
}

async function pause({ signal, context }: SendOptions): Promise<void> {
  try {
    await sleep(POLL_MS, undefined, { signal });
  } catch {
    throw new UpstreamError(
      'CHAIN__STOPPED',
      'Stopped while a transaction was on its way; the next run finds out',
      context,
    );
  }
}
