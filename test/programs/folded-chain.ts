/**
 * The accounts of a program on a chain of tests beside what production folds from the calls: equal after every call.
 *
 * In: a chain on which the program may have accounts already; those are taken as they are. Out: what differs.
 * @module
 */
import type { Address } from '@solana/kit';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import type { LiteSVM } from 'litesvm';
import type { AccountState } from '../../jobs/reconcile/account-states.ts';
import { AccountStates } from '../../jobs/reconcile/account-states.ts';
import { type Difference, differencesOf } from '../../jobs/reconcile/differences.ts';
import { type ProgramFold, readAccount } from '../../jobs/reconcile/program-fold.ts';
import type { Step } from '../../jobs/reconcile/step.ts';
import { recordSteps } from './recorded-steps.ts';
import { readIdl } from './scenario.ts';

const TOKEN_BYTES = 165;

export class FoldedChain {
  /** Fields of each type that were not known when an account of it was first seen. */
  readonly missing = new Map<string, Set<string>>();
  readonly kinds = new Set<string>();
  /** Vaults that do not hold what calls moved, in the order in which they were found. */
  readonly vaultDifferences: { vault: Address; call: string; expected: bigint; seen: bigint }[] = [];
  /** Vaults that calls moved tokens of. */
  readonly movedVaults = new Set<Address>();
  readonly #vm: LiteSVM;
  readonly #program: Address;
  readonly #fold: ProgramFold;
  readonly #states = new AccountStates();
  readonly #steps: Step[];
  /** Token accounts as of the last comparison. */
  readonly #balances = new Map<Address, bigint>();
  stepCount = 0;

  constructor(vm: LiteSVM, program: Address, fold: ProgramFold) {
    this.#vm = vm;
    this.#program = program;
    this.#fold = fold;
    for (const [address, state] of this.#all()) this.#states.learn(address, state);
    for (const { address } of vm.getProgramAccounts(TOKEN_PROGRAM_ADDRESS))
      this.#balances.set(address, this.#held(address));
    this.#steps = recordSteps(vm, program, readIdl(fold.program));
  }

  /** Folds what was sent since the last call and compares the accounts it wrote. */
  differences(): readonly Difference[] {
    const expected = new Map<Address, { call: string; amount: bigint }>();
    for (const step of this.#steps.splice(0)) {
      for (const move of this.#fold.moves(step, this.#states)) {
        const before = expected.get(move.vault)?.amount ?? this.#balances.get(move.vault) ?? 0n;
        expected.set(move.vault, { call: step.name, amount: 'leaves' in move ? move.leaves : before + move.by });
      }
      this.#fold.fold(step, this.#states);
      this.stepCount += 1;
    }
    this.#compareVaults(expected);
    return this.#states.takeTouched().flatMap((address) => this.#compare(address, this.#seen(address)));
  }

  /** Every account of the program, whether it was written or not. */
  allDifferences(): readonly Difference[] {
    const found = [...this.differences()];
    const seen = new Map(this.#all());
    for (const [address, state] of seen) found.push(...this.#compare(address, state));
    for (const [address] of this.#states.entries()) if (!seen.has(address)) found.push(...this.#compare(address, null));
    return found;
  }

  #compareVaults(expected: ReadonlyMap<Address, { call: string; amount: bigint }>): void {
    for (const [vault, { call, amount }] of expected) {
      const seen = this.#held(vault);
      if (seen !== amount) this.vaultDifferences.push({ vault, call, expected: amount, seen });
      if (seen !== (this.#balances.get(vault) ?? 0n)) this.movedVaults.add(vault);
      this.#balances.set(vault, seen);
    }
  }

  /** Tokens of an account; nothing where there is none. */
  #held(address: Address): bigint {
    const account = this.#vm.getAccount(address);
    if (!account.exists || account.programAddress !== TOKEN_PROGRAM_ADDRESS || account.data.length !== TOKEN_BYTES)
      return 0n;
    return Buffer.from(account.data).readBigUInt64LE(64);
  }

  #compare(address: Address, seen: AccountState | null): readonly Difference[] {
    const expected = this.#states.get(address);
    const found = differencesOf(this.#fold, expected, seen);
    if (expected !== null && seen !== null) this.#note(expected, seen);
    this.#states.learn(address, seen);
    return found;
  }

  #note(expected: AccountState, seen: AccountState): void {
    this.kinds.add(seen.kind);
    const missing = this.missing.get(seen.kind) ?? new Set();
    for (const field of Object.keys(seen.fields)) if (!(field in expected.fields)) missing.add(field);
    this.missing.set(seen.kind, missing);
  }

  #seen(address: Address): AccountState | null {
    const account = this.#vm.getAccount(address);
    if (!account.exists || account.programAddress !== this.#program) return null;
    return readAccount(this.#fold, new Uint8Array(account.data));
  }

  *#all(): Generator<[Address, AccountState]> {
    for (const { address, data } of this.#vm.getProgramAccounts(this.#program)) {
      const state = readAccount(this.#fold, new Uint8Array(data));
      if (state === null) throw new Error(`${address} is of no known type`);
      yield [address, state];
    }
  }
}

/** Fields that a fold says it cannot derive, by type. */
export function declaredMissing(fold: ProgramFold): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fold.accounts).map(([kind, { notDerived }]) => [kind, Object.keys(notDerived).sort()]),
  );
}

/** As `declaredMissing`, by what was found missing. */
export function foundMissing({ missing }: FoldedChain): Record<string, string[]> {
  return Object.fromEntries([...missing].map(([kind, fields]) => [kind, [...fields].sort()]));
}
