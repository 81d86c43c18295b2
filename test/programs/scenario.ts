/**
 * What the checks of a whole program are run on: for every instruction a chain on which it succeeds.
 *
 * One set of scenarios per program serves the matrix of wrong accounts (`wrong-accounts.ts`) and the costs (`costs.ts`).
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Address } from '@solana/kit';
import type { LiteSVM } from 'litesvm';
import type { Idl } from '../../programs/build/idl.ts';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';

/** What a wrong account is: `wrong-accounts.ts` explains each. */
export type WrongKind =
  | 'bump'
  | 'copy'
  | 'duplicate'
  | 'empty'
  | 'foreign'
  | 'holder'
  | 'mint'
  | 'other'
  | 'readonly'
  | 'stranger'
  | 'unsigned';

/** What the program rightly does not refuse itself. */
export interface Exception {
  readonly kinds: readonly WrongKind[];
  /** Only these addresses; all of the kinds unless given. */
  readonly only?: readonly Address[];
  /** `free`: may succeed. `elsewhere`: has to fail, in the runtime or in another program. */
  readonly outcome: 'elsewhere' | 'free';
  readonly why: string;
}

export interface Scenario {
  /** A chain without signature checks, brought to where the instruction succeeds. */
  readonly vm: LiteSVM;
  /** The valid instruction; its accounts are all different, so that a mark taken from one is not given by another. */
  readonly instruction: ProgramInstruction;
  /**
   * Wallets of other parties and anything else that could be passed by mistake. Accounts that the program or the token
   * program owns need not be named: all that are on the chain are tried.
   */
  readonly others?: readonly Address[];
  /** By account name. */
  readonly exceptions?: Readonly<Record<string, readonly Exception[]>>;
}

/** By instruction name of the IDL. Every call makes a chain of its own, the same each time. */
export type Scenarios = Readonly<Record<string, () => Scenario | Promise<Scenario>>>;

/** @param folder name of the program's folder */
export function readIdl(folder: string): Idl {
  return JSON.parse(readFileSync(new URL(`../../programs/${folder}/idl.json`, import.meta.url), 'utf8')) as Idl;
}

/** The scenario of an instruction. @throws Error when there is none */
export async function createScenario(scenarios: Scenarios, instruction: string): Promise<Scenario> {
  const create = scenarios[instruction];
  if (create === undefined) throw new Error(`no scenario for ${instruction}`);
  return create();
}
