/**
 * What reconciliation knows of a program: how a call changes its accounts and moves the tokens of its vaults, how an account on
 * chain is read, and the fields that no event and no instruction tells.
 * @module
 */
import { startsWith } from '../../programs/client/instruction.ts';
import type { AccountState, AccountStates, Fields } from './account-states.ts';
import type { Step } from './step.ts';
import type { VaultMove } from './vault-move.ts';

export interface AccountReader {
  readonly discriminator: Uint8Array;
  /** @throws InputError of the client for data that are not of this type */
  readonly decode: (data: Uint8Array) => object;
  /** Fields that nothing tells, with the reason. Once seen they must stay as they are. */
  readonly notDerived: Readonly<Record<string, string>>;
}

export interface ProgramFold {
  /** Folder of the program, `staking`. */
  readonly program: string;
  /** By account type of the IDL. */
  readonly accounts: Readonly<Record<string, AccountReader>>;
  /** @throws InputError when a call cannot be folded on what is known */
  readonly fold: (step: Step, states: AccountStates) => void;
  /**
   * What a call does to vaults, with accounts as they were before it; also those that it names and leaves as they are.
   * @throws InputError as `fold`
   */
  readonly moves: (step: Step, states: AccountStates) => readonly VaultMove[];
}

/** What an account on chain holds; `null` for a type that the fold does not know. @throws InputError of the client */
export function readAccount(fold: ProgramFold, data: Uint8Array): AccountState | null {
  for (const [kind, { discriminator, decode }] of Object.entries(fold.accounts)) {
    if (startsWith(data, discriminator)) return { kind, fields: decode(data) as Fields };
  }
  return null;
}

const BUMP = 'follows from the address, and stays as long as the account';

/** Reasons for bumps, by field. */
export function bumps(...fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map((field) => [field, BUMP]));
}
