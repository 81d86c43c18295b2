/**
 * Where transactions are: by signature, and by every account they name. Holds positions only; content stays in the ledger.
 * @module
 */
import type { Key } from '../wire/key.ts';
import type { SealedBlock } from './block.ts';

export interface TransactionPlace {
  readonly slot: number;
  readonly index: number;
  readonly error: Uint8Array | null;
}

export class TransactionIndex {
  readonly #bySignature = new Map<Key, TransactionPlace>();
  readonly #slotsByAddress = new Map<Key, number[]>();
  #count = 0;

  /** Transactions ever, what `getTransactionCount` reports. */
  get count(): number {
    return this.#count;
  }

  add(block: SealedBlock): void {
    this.#count += block.transactions.length;
    for (const { signature, index, error, keys } of block.transactions) {
      this.#bySignature.set(signature, { slot: block.slot, index, error });
      for (const key of keys) {
        const slots = this.#slotsByAddress.get(key);
        if (slots === undefined) this.#slotsByAddress.set(key, [block.slot]);
        else if (slots.at(-1) !== block.slot) slots.push(block.slot);
      }
    }
  }

  remove(block: SealedBlock): void {
    this.#count -= block.transactions.length;
    for (const { signature, keys } of block.transactions) {
      this.#bySignature.delete(signature);
      for (const key of keys) {
        const slots = this.#slotsByAddress.get(key);
        if (slots?.at(-1) === block.slot) slots.pop();
      }
    }
  }

  find(signature: Key): TransactionPlace | undefined {
    return this.#bySignature.get(signature);
  }

  /** Slots with a transaction that names `address`, oldest first. */
  slotsOf(address: Key): readonly number[] {
    return this.#slotsByAddress.get(address) ?? [];
  }
}
