/**
 * One successful call of a program, as folds take it: its accounts by the names of the IDL, its data, and the events that
 * it emitted itself. Steps of one program come in the order in which they ran.
 * @module
 */
import type { Address } from '@solana/kit';
import { InputError } from '../../indexer/domain/errors.ts';
import { BorshReader } from '../../programs/client/borsh.ts';

export interface Step {
  readonly program: Address;
  /** Of the IDL, `accrue_reward`. */
  readonly name: string;
  readonly accounts: Readonly<Record<string, Address>>;
  /** Discriminator and arguments. */
  readonly data: Uint8Array;
  /** Discriminator and payload of each, in the order of emission. */
  readonly events: readonly Uint8Array[];
  readonly slot: bigint;
  /** Position in the whole block. */
  readonly transactionIndex: number;
  /** Unix seconds of the block, which is what its programs read from the clock. */
  readonly time: bigint;
}

const DISCRIMINATOR_BYTES = 8;

/** Address of a named account. @throws InputError `RECONCILE__ACCOUNT_NOT_NAMED` */
export function accountOf(step: Step, name: string): Address {
  const address = step.accounts[name];
  if (address !== undefined) return address;
  throw new InputError('RECONCILE__ACCOUNT_NOT_NAMED', `${step.name} was called without account ${name}`, { name });
}

/** An optional account: absent when it is missing, or is the program itself (Anchor's convention). */
export function optionalAccountOf(step: Step, name: string): Address | null {
  const address = step.accounts[name];
  return address === undefined || address === step.program ? null : address;
}

/** Arguments of a call. @throws InputError `CLIENT__TRUNCATED` */
export function argsOf<T>(step: Step, read: (reader: BorshReader) => T): T {
  return read(new BorshReader(step.data.subarray(DISCRIMINATOR_BYTES)));
}

/** Events of a client that a call emitted; what the client does not know is left out. */
export function eventsOf<Event>(step: Step, decode: (data: Uint8Array) => Event | null): Event[] {
  return step.events.map((data) => decode(data)).filter((event) => event !== null);
}
