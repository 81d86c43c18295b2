/**
 * Folds blocks and compares, at every block whose accounts are known, what the fold has with what the chain has.
 *
 * In: pages of blocks in chain order, each with its calls, events and account states, and the states of the accounts that a
 * page touches as they were before. Out: incidents. Where the two differ the chain's side is taken, so that a difference is
 * told once, at its block. Pure.
 * @module
 */
import type { Address } from '@solana/kit';
import { compareBytes, fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import { InputError } from '../../indexer/domain/errors.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { ComparedBlock, Incident, SeenRow } from '../../indexer/store/queries/ledger/reconciliation.ts';
import { type AccountState, AccountStates } from './account-states.ts';
import { type Difference, differencesOf } from './differences.ts';
import { type ProgramFold, readAccount } from './program-fold.ts';
import type { Step } from './step.ts';
import type { ToldBalance } from './vault-balances.ts';
import { VaultComparison } from './vault-comparison.ts';

export interface FoldedProgram {
  readonly key: Uint8Array;
  readonly fold: ProgramFold;
}

/** One block, its successful calls with their events, and the account states that it brought. */
export interface FoldedBlock {
  readonly block: ComparedBlock;
  readonly steps: readonly Step[];
  readonly seen: readonly SeenRow[];
  readonly balances: readonly ToldBalance[];
}

/** Type of accounts that no reader knows. */
const UNREADABLE = 'unreadable';

interface Folded extends FoldedProgram {
  readonly states: AccountStates;
  /** As last seen on chain. */
  readonly seen: Map<Address, AccountState | null>;
}

export class RangeFold {
  /** Everything up to here was compared. */
  comparedSlot: Slot;
  readonly #programs = new Map<Address, Folded>();
  readonly #faults: Incident[] = [];
  readonly #touched = new Map<Address, Folded>();
  /** Accounts with a state on chain since the last comparison. */
  readonly #delivered = new Set<Address>();
  #isUnknown = false;
  /** What its blocks say of vaults, to be compared when the balances before them are known. */
  readonly vaults = new VaultComparison();

  /** @param fromSlot the fold begins with the accounts as of this slot */
  constructor(programs: readonly FoldedProgram[], fromSlot: Slot) {
    this.comparedSlot = fromSlot;
    for (const each of programs) {
      this.#programs.set(addressOf(each.key), { ...each, states: new AccountStates(), seen: new Map() });
    }
  }

  /** Accounts as of `comparedSlot`; those that the fold has already stay. */
  learn(rows: readonly SeenRow[]): void {
    for (const row of rows) {
      const [folded, address] = [this.#ownerOf(row), addressOf(row.publicKey)];
      if (folded === null || folded.seen.has(address)) continue;
      const state = stateOf(folded, row);
      folded.seen.set(address, state);
      folded.states.learn(address, state);
    }
  }

  /** Whether accounts are known at the end, so that everything that was learned may be forgotten. */
  get isComparedToEnd(): boolean {
    return !this.#isUnknown;
  }

  /** Folds a block. Incidents, if its accounts are known. */
  fold({ block, steps, seen, balances }: FoldedBlock): readonly Incident[] {
    this.vaults.begin(block.slot, balances);
    for (const [place, step] of steps.entries()) this.#step(step, place, block);
    for (const row of seen) this.#see(row);
    this.#isUnknown = block.isSnapshot === 0 && (this.#isUnknown || block.hasAccounts === 0);
    if (this.#isUnknown) return [];
    const faults = this.#faults.splice(0).map((each) => ({ ...each, slot: block.slot }));
    const found = [...faults, ...this.#compare(block.slot)];
    this.vaults.settle({ slot: block.slot, fromSlot: this.comparedSlot });
    this.comparedSlot = block.slot;
    return found;
  }

  #step(step: Step, place: number, { slot }: ComparedBlock): void {
    const folded = this.#programs.get(step.program);
    if (folded === undefined) return;
    try {
      const { program, transactionIndex } = step;
      this.vaults.add({ program, transactionIndex, moves: folded.fold.moves(step, folded.states) });
      folded.fold.fold(step, folded.states);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const told = { kind: step.name, field: `call ${slot}/${place}`, expected: `${error.code}: ${error.message}` };
      const where = { slot, fromSlot: this.comparedSlot, program: folded.key, publicKey: folded.key };
      this.#faults.push({ ...where, ...told, seen: '' });
    }
    for (const address of folded.states.takeTouched()) this.#touched.set(address, folded);
  }

  #see(row: SeenRow): void {
    const [folded, address] = [this.#ownerOf(row), addressOf(row.publicKey)];
    if (folded === null) return;
    folded.seen.set(address, stateOf(folded, row));
    this.#touched.set(address, folded);
    this.#delivered.add(address);
  }

  /** The program of an account: its owner, or, once it is closed, the one that knows it. */
  #ownerOf({ program, publicKey }: SeenRow): Folded | null {
    const owner = this.#programs.get(addressOf(program));
    if (owner !== undefined) return owner;
    const address = addressOf(publicKey);
    for (const folded of this.#programs.values()) {
      if (folded.seen.has(address) || folded.states.has(address)) return folded;
    }
    return null;
  }

  #compare(slot: Slot): Incident[] {
    const found: Incident[] = [];
    for (const [address, folded] of this.#touched) {
      const expected = folded.states.get(address);
      // A block that came by RPC tells no accounts, so not that one is gone either: the next snapshot will.
      const isClosedUntold = expected === null && !this.#delivered.has(address);
      const seen = isClosedUntold ? null : (folded.seen.get(address) ?? null);
      for (const each of differencesOf(folded.fold, expected, seen)) {
        found.push(this.#incident(slot, folded, address, each));
      }
      folded.states.learn(address, seen);
      folded.seen.set(address, seen);
    }
    this.#touched.clear();
    this.#delivered.clear();
    return found;
  }

  #incident(slot: Slot, { key }: Folded, address: Address, difference: Difference): Incident {
    return { slot, fromSlot: this.comparedSlot, program: key, publicKey: fromBase58(address), ...difference };
  }
}

/** `null` once the account is closed, or belongs to somebody else. */
function stateOf({ key, fold }: FoldedProgram, { program, lamports, data }: SeenRow): AccountState | null {
  if (lamports === 0n || compareBytes(program, key) !== 0) return null;
  try {
    const state = readAccount(fold, data);
    if (state !== null) return state;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return { kind: UNREADABLE, fields: { data } };
}

function addressOf(key: Uint8Array): Address {
  return toBase58(key) as Address;
}
