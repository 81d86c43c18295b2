/**
 * What vaults hold, beside what calls say of them: transaction by transaction, from the balances that each tells before and
 * after itself, and from one transaction to the next. So the sum of all moves is what a vault holds, without a fold from
 * its first day.
 *
 * A vault that lacks tokens is a fault: nobody but its program can take any. What it has beyond what calls say is none, since
 * anybody may send tokens there; it is told apart. Pure.
 * @module
 */
import type { Address } from '@solana/kit';
import type { VaultMove } from './vault-move.ts';

/** A token account whose balance a transaction changed. */
export interface ToldBalance {
  readonly transactionIndex: number;
  readonly account: Address;
  readonly before: bigint;
  readonly after: bigint;
}

export interface VaultCall {
  readonly transactionIndex: number;
  readonly program: Address;
  readonly moves: readonly VaultMove[];
}

export interface VaultDifference {
  readonly vault: Address;
  /** Of the first call that names it in the transaction. */
  readonly program: Address;
  /** `balance` after the calls of a transaction; `balance before` them, where it fell since the one before. */
  readonly field: 'balance' | 'balance before';
  /** Base units. */
  readonly expected: bigint;
  readonly seen: bigint;
}

interface Touched {
  readonly program: Address;
  readonly moves: VaultMove[];
}

type Told = ReadonlyMap<Address, ToldBalance>;

export class VaultBalances {
  readonly #known = new Map<Address, bigint>();

  isKnown(vault: Address): boolean {
    return this.#known.has(vault);
  }

  /** The balance of an account as of where the comparison begins; one that is known already stays. */
  learn(account: Address, amount: bigint): void {
    if (!this.#known.has(account)) this.#known.set(account, amount);
  }

  /**
   * One block.
   * @param calls in chain order
   * @param told whether the block's balances were told at all
   * @param lacking called for what a vault lacks
   * @param beyond called for what a vault has beyond what calls say, base units
   */
  compare(
    calls: readonly VaultCall[],
    balances: readonly ToldBalance[],
    told: boolean,
    lacking: (difference: VaultDifference) => void,
    beyond: (vault: Address, amount: bigint) => void,
  ): void {
    const touched = touchedBy(calls);
    const rows = rowsOf(balances);
    const indexes = [...new Set([...touched.keys(), ...rows.keys()])].sort((left, right) => left - right);
    for (const index of indexes) {
      const seen: Told = rows.get(index) ?? new Map();
      for (const [vault, { program, moves }] of touched.get(index) ?? []) {
        const row = seen.get(vault) ?? null;
        const known = this.#known.get(vault);
        // Of a vault that nobody has told of yet only its moves count, and what it is left with is not known to be so.
        if (row === null && (!told || (known === undefined && moves.some((move) => 'leaves' in move)))) continue;
        const before = row?.before ?? known ?? 0n;
        const differ = (field: VaultDifference['field'], expected: bigint, found: bigint) => {
          if (found < expected) lacking({ vault, program, field, expected, seen: found });
          else if (found > expected) beyond(vault, found - expected);
        };
        if (row !== null && known !== undefined) differ('balance before', known, row.before);
        const expected = moved(before, moves);
        // What is there without having moved came before, and no call told of it: the next row that tells of it does.
        const isBrought = row === null && expected > before && moves.some((move) => 'leaves' in move);
        if (!isBrought) differ('balance', expected, row?.after ?? before);
      }
      for (const [account, { after }] of seen) this.#known.set(account, after);
    }
  }
}

function moved(before: bigint, moves: readonly VaultMove[]): bigint {
  return moves.reduce((amount, move) => ('leaves' in move ? move.leaves : amount + move.by), before);
}

function touchedBy(calls: readonly VaultCall[]): ReadonlyMap<number, ReadonlyMap<Address, Touched>> {
  const touched = new Map<number, Map<Address, Touched>>();
  for (const { transactionIndex, program, moves } of calls) {
    const vaults = touched.get(transactionIndex) ?? new Map<Address, Touched>();
    touched.set(transactionIndex, vaults);
    for (const move of moves) {
      const known = vaults.get(move.vault);
      if (known === undefined) vaults.set(move.vault, { program, moves: [move] });
      else known.moves.push(move);
    }
  }
  return touched;
}

function rowsOf(balances: readonly ToldBalance[]): ReadonlyMap<number, Told> {
  const rows = new Map<number, Map<Address, ToldBalance>>();
  for (const row of balances) {
    const accounts = rows.get(row.transactionIndex) ?? new Map<Address, ToldBalance>();
    rows.set(row.transactionIndex, accounts.set(row.account, row));
  }
  return rows;
}
