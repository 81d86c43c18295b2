/**
 * Vaults of a range of blocks: what its calls moved and what its transactions told, kept until the balances before the range
 * are known, then compared. Out: incidents as for accounts, and what vaults have beyond what calls say.
 * @module
 */
import type { Address } from '@solana/kit';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { Incident } from '../../indexer/store/queries/ledger/reconciliation.ts';
import type { KnownBalance, VaultSurplus } from '../../indexer/store/queries/ledger/token-balances.ts';
import { type ToldBalance, VaultBalances, type VaultCall, type VaultDifference } from './vault-balances.ts';

const KIND = 'Vault';

/** Where incidents stand: the block whose accounts were compared, and the one that the fold of it began with. */
export type Place = Pick<Incident, 'slot' | 'fromSlot'>;

interface Block {
  readonly slot: Slot;
  readonly balances: readonly ToldBalance[];
  readonly calls: VaultCall[];
  /** `null` until accounts are known behind it. */
  place: Place | null;
}

export class VaultComparison {
  readonly surpluses: VaultSurplus[] = [];
  readonly #balances = new VaultBalances();
  #blocks: Block[] = [];
  /** Found in blocks without a place. */
  #held: VaultDifference[] = [];
  readonly #found: Incident[] = [];

  /** The block that calls are added of from here on. */
  begin(slot: Slot, balances: readonly ToldBalance[]): void {
    this.#blocks.push({ slot, balances, calls: [], place: null });
  }

  add(call: VaultCall): void {
    if (call.moves.length > 0) this.#blocks.at(-1)?.calls.push(call);
  }

  /** Accounts are known: what was found since the last time stands there. */
  settle(place: Place): void {
    for (let at = this.#blocks.length - 1; at >= 0 && this.#blocks[at]?.place === null; at -= 1) {
      (this.#blocks[at] as Block).place = place;
    }
    this.#found.push(...this.#held.splice(0).map((each) => incidentOf(each, place)));
  }

  /** Vaults of its blocks whose balance before them has to be looked up. */
  unknown(): Address[] {
    const seen = new Set<Address>();
    const began = new Set<Address>();
    for (const { balances, calls } of this.#blocks) {
      for (const { account, before } of balances) {
        if (!began.has(account) && before > 0n) seen.add(account);
        began.add(account);
      }
      for (const { moves } of calls) for (const move of moves) if ('leaves' in move) seen.add(move.vault);
    }
    const vaults = new Set(this.#blocks.flatMap(({ calls }) => calls.flatMap(({ moves }) => moves.map(vaultOf))));
    return [...seen].filter((account) => vaults.has(account) && !this.#balances.isKnown(account));
  }

  /** Balances as of where the range begins. */
  learn(before: readonly KnownBalance[]): void {
    for (const { account, amount } of before) this.#balances.learn(toBase58(account) as Address, amount);
  }

  /**
   * Compares the blocks that came since the last call.
   * @param toldFrom first slot whose transactions tell of balances; `null` where none does
   */
  compare(toldFrom: Slot | null): readonly Incident[] {
    for (const { slot, balances, calls, place } of this.#blocks) {
      const beyond = new Map<Address, bigint>();
      this.#balances.compare(
        calls,
        balances,
        toldFrom !== null && slot >= toldFrom,
        (each) => (place === null ? this.#held.push(each) : this.#found.push(incidentOf(each, place))),
        (vault, amount) => beyond.set(vault, (beyond.get(vault) ?? 0n) + amount),
      );
      for (const [vault, amount] of beyond) this.surpluses.push({ slot, vault: fromBase58(vault), amount });
    }
    this.#blocks = [];
    return this.#found.splice(0);
  }
}

function vaultOf({ vault }: { readonly vault: Address }): Address {
  return vault;
}

function incidentOf({ vault, program, field, expected, seen }: VaultDifference, place: Place): Incident {
  const [key, publicKey] = [fromBase58(program), fromBase58(vault)];
  return { ...place, program: key, publicKey, kind: KIND, field, expected: String(expected), seen: String(seen) };
}
