/**
 * Accounts of one program as a fold knows them: type and fields by address. What was changed since the last comparison is
 * remembered, so that a comparison costs what was touched and not what exists.
 * @module
 */
import type { Address } from '@solana/kit';
import { InputError } from '../../indexer/domain/errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface AccountState {
  /** Account type of the IDL. */
  readonly kind: string;
  /** Of the generated client; those that the fold cannot derive are missing until the account was seen on chain. */
  readonly fields: Fields;
}

export class AccountStates {
  readonly #states = new Map<Address, AccountState>();
  readonly #touched = new Set<Address>();

  get(address: Address): AccountState | null {
    return this.#states.get(address) ?? null;
  }

  has(address: Address): boolean {
    return this.#states.has(address);
  }

  /** Fields of an account that has to be there. @throws InputError `RECONCILE__UNKNOWN_ACCOUNT` */
  of<T extends object>(kind: string, address: Address): T {
    const state = this.#states.get(address);
    if (state?.kind === kind) return state.fields as T;
    throw new InputError('RECONCILE__UNKNOWN_ACCOUNT', `${kind} ${address} is written before it was made`, {
      kind,
      address,
    });
  }

  /** A new account, or one made anew. */
  put<T extends object>(kind: string, address: Address, fields: T): void {
    this.#states.set(address, { kind, fields: fields as Fields });
    this.#touched.add(address);
  }

  /** @throws InputError `RECONCILE__UNKNOWN_ACCOUNT` */
  change<T extends object>(kind: string, address: Address, change: Partial<T>): void {
    this.put(kind, address, { ...this.of<T>(kind, address), ...change });
  }

  close(address: Address): void {
    this.#states.delete(address);
    this.#touched.add(address);
  }

  /** What the chain says, which is no change of the fold's. `null`: there is no such account. */
  learn(address: Address, state: AccountState | null): void {
    if (state === null) this.#states.delete(address);
    else this.#states.set(address, state);
  }

  /** Addresses written since the last call, which forgets them. */
  takeTouched(): Address[] {
    const touched = [...this.#touched];
    this.#touched.clear();
    return touched;
  }

  entries(): IterableIterator<[Address, AccountState]> {
    return this.#states.entries();
  }
}
