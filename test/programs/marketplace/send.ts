/**
 * Sends instructions to a LiteSVM chain and reads the outcome: events of the marketplace, or the error with its log.
 * @module
 */
import type { Address } from '@solana/kit';
import type { LiteSVM } from 'litesvm';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { decodeEvent, type ProgramEvent } from '../../../programs/marketplace/client.generated.ts';
import { eventData, sendTo } from '../send.ts';

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
  const { failure, logs, computeUnits } = sendTo(svm, feePayer, instructions);
  if (failure !== null) return { ok: false, code: failure.code, logs, reason: failure.text };
  const events = eventData(logs).flatMap((data) => decodeEvent(data) ?? []);
  return { ok: true, events, units: computeUnits, logs };
}
