/**
 * What a call does to the vaults that it names, as its events say: tokens that came or went, or what a vault is left with.
 * @module
 */
import type { Address } from '@solana/kit';
import { accountOf, optionalAccountOf, type Step } from './step.ts';

export type VaultMove =
  /** Base units; below zero for what left. */
  | { readonly vault: Address; readonly by: bigint }
  /** All of it moved: this is what is there afterwards, whatever was there before. */
  | { readonly vault: Address; readonly leaves: bigint };

/** Moves of vaults by the names that a call has for them. */
export class VaultMoves {
  readonly moves: VaultMove[] = [];

  /** @param names of vaults: those that the call names without a move stay as they are */
  constructor(
    private readonly step: Step,
    names: readonly string[],
  ) {
    for (const name of names) {
      const vault = optionalAccountOf(step, name);
      if (vault !== null) this.moves.push({ vault, by: 0n });
    }
  }

  /** @throws InputError `RECONCILE__ACCOUNT_NOT_NAMED` */
  by(name: string, amount: bigint): void {
    if (amount !== 0n) this.to(accountOf(this.step, name), amount);
  }

  to(vault: Address, amount: bigint): void {
    this.moves.push({ vault, by: amount });
  }

  /** @throws InputError `RECONCILE__ACCOUNT_NOT_NAMED` */
  leave(name: string, amount: bigint): void {
    this.moves.push({ vault: accountOf(this.step, name), leaves: amount });
  }
}
