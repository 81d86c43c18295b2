/**
 * Sends instructions to a LiteSVM chain in one transaction and reads what the runtime made of them.
 *
 * In: a chain without signature checks, a fee payer, instructions. Out: log lines, compute units, and for a failure its
 * number and the program that raised it. A failed transaction leaves every account as it was, but for the fee.
 * @module
 */
import type { Address } from '@solana/kit';
import { FailedTransactionMetadata, type LiteSVM } from 'litesvm';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import { transactionBytes } from './transaction-bytes.ts';

export interface Failure {
  /** Custom error number, or null for an error of the runtime. */
  readonly code: number | null;
  /** The innermost program that failed; null when none had started. */
  readonly program: Address | null;
  /** What the runtime's log says of that program's failure; empty when none had started. */
  readonly reason: string;
  readonly text: string;
}

export interface Sent {
  /** null when the transaction succeeded. */
  readonly failure: Failure | null;
  readonly logs: readonly string[];
  readonly computeUnits: bigint;
}

/** Told of everything that is sent to a chain. */
export type Observer = (sent: Sent, instructions: readonly ProgramInstruction[]) => void;

const observers = new WeakMap<LiteSVM, Observer>();

/** From now on; one observer for a chain. */
export function observe(vm: LiteSVM, observer: Observer): void {
  observers.set(vm, observer);
}

export function sendTo(vm: LiteSVM, feePayer: Address, instructions: readonly ProgramInstruction[]): Sent {
  const sent = sendOnly(vm, feePayer, instructions);
  observers.get(vm)?.(sent, instructions);
  return sent;
}

function sendOnly(vm: LiteSVM, feePayer: Address, instructions: readonly ProgramInstruction[]): Sent {
  const bytes = transactionBytes(feePayer, instructions, vm.latestBlockhash());
  const result = vm['inner'].sendVersionedTransaction(bytes);
  if (!(result instanceof FailedTransactionMetadata)) {
    return { failure: null, logs: result.logs(), computeUnits: result.computeUnitsConsumed() };
  }
  const meta = result.meta();
  return { failure: failureOf(result), logs: meta.logs(), computeUnits: meta.computeUnitsConsumed() };
}

/** The bytes behind each `Program data:` line, in order. */
export function eventData(logs: readonly string[]): Uint8Array[] {
  const prefix = 'Program data: ';
  return logs
    .filter((line) => line.startsWith(prefix))
    .map((line) => new Uint8Array(Buffer.from(line.slice(prefix.length), 'base64')));
}

function failureOf(result: FailedTransactionMetadata): Failure {
  const error = result.err();
  const inner = typeof error === 'object' && 'err' in error ? error.err() : null;
  const code = inner !== null && typeof inner === 'object' && 'code' in inner ? inner.code : null;
  const lines = result.meta().logs();
  const [hit] = lines.flatMap((line) => [...line.matchAll(/^Program (\w+) failed: (.*)/g)]);
  const [, program, reason = ''] = hit ?? [];
  return {
    code,
    program: program === undefined ? null : (program as Address),
    reason,
    text: `${result}\n${lines.join('\n')}`,
  };
}
