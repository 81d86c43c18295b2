/**
 * Sends instructions to a LiteSVM chain and reads the outcome: events of the marketplace, or the error with its log.
 * @module
 */
import {
  type Address,
  appendTransactionMessageInstructions,
  compileTransaction,
  createTransactionMessage,
  pipe,
  setTransactionMessageFeePayer,
} from '@solana/kit';
import { FailedTransactionMetadata, type LiteSVM } from 'litesvm';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { decodeEvent, type ProgramEvent } from '../../../programs/marketplace/client.generated.ts';

const EVENT_LOG = 'Program data: ';

export type Outcome =
  | {
      readonly ok: true;
      readonly events: readonly ProgramEvent[];
      readonly units: bigint;
      readonly logs: readonly string[];
    }
  /** `code` is the custom error number, null for an error of the runtime. */
  | { readonly ok: false; readonly code: number | null; readonly logs: readonly string[]; readonly reason: string };

export function sendOne(svm: LiteSVM, feePayer: Address, instructions: readonly ProgramInstruction[]): Outcome {
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (draft) => setTransactionMessageFeePayer(feePayer, draft),
    (draft) => appendTransactionMessageInstructions(instructions, draft),
    (draft) => svm.setTransactionMessageLifetimeUsingLatestBlockhash(draft),
  );
  const result = svm.sendTransaction(compileTransaction(message));
  if (!(result instanceof FailedTransactionMetadata)) {
    const logs = result.logs();
    return { ok: true, events: eventsOf(logs), units: result.computeUnitsConsumed(), logs };
  }
  const logs = result.meta().logs();
  return { ok: false, code: codeOf(result), logs, reason: `${result}\n${logs.join('\n')}` };
}

function eventsOf(logs: readonly string[]): ProgramEvent[] {
  return logs
    .filter((line) => line.startsWith(EVENT_LOG))
    .map((line) => decodeEvent(new Uint8Array(Buffer.from(line.slice(EVENT_LOG.length), 'base64'))))
    .filter((event) => event !== null);
}

function codeOf(failure: FailedTransactionMetadata): number | null {
  const error = failure.err();
  if (typeof error !== 'object' || !('err' in error)) return null;
  const inner = error.err();
  return typeof inner === 'object' && 'code' in inner ? inner.code : null;
}
