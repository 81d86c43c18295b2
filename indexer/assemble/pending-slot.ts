/**
 * What has arrived of one slot before its block is sealed. Pure.
 *
 * Order of arrival means nothing here: transactions are put in block order and doubles dropped when the block is sealed,
 * and of an account's versions the one written last stays.
 * @module
 */

import { compareBytes } from '../domain/base58.ts';
import type { AccountState, Block, BlockHeader, Transaction } from '../domain/chain.ts';
import { UpstreamError } from '../domain/errors.ts';
import { packedBlock, packedOf, transactionCountOf } from '../domain/packed-transactions.ts';
import type { Slot } from '../domain/units.ts';

export class PendingSlot {
  header: BlockHeader | null = null;
  /** Came as a whole; its transactions are looked at only where that is needed, since they may be packed. */
  #whole: Block | null = null;
  /** Came one by one, after the whole block where there is one. */
  #transactions: Transaction[] = [];
  readonly #accounts = new Map<string, AccountState>();

  addTransaction(transaction: Transaction): void {
    this.#transactions.push(transaction);
  }

  /** A whole block: what an earlier one of the slot held does not count any more. */
  addBlock(block: Block): void {
    const { slot, bank, blockhash, parentSlot, parentBlockhash, blockTime, blockHeight } = block;
    this.header = { slot, bank, blockhash, parentSlot, parentBlockhash, blockTime, blockHeight };
    this.#whole = block;
    this.#transactions = [];
    for (const account of block.accounts) this.addAccount(account);
  }

  /** @throws UpstreamError `ASSEMBLE__TWO_BLOCKS_AT_ONE_SLOT` where transactions cannot be told apart any more */
  addHeader(header: BlockHeader): void {
    const isOther = this.header !== null && compareBytes(this.header.blockhash, header.blockhash) !== 0;
    if (isOther && this.#transactionCount > 0) {
      const context = { slot: header.slot };
      const message = `The stream mixed the transactions of two blocks of slot ${header.slot}`;
      throw new UpstreamError('ASSEMBLE__TWO_BLOCKS_AT_ONE_SLOT', message, context);
    }
    this.header = header;
  }

  get #transactionCount(): number {
    return this.#transactions.length + (this.#whole === null ? 0 : transactionCountOf(this.#whole));
  }

  addAccount(account: AccountState): void {
    const key = keyText(account.publicKey);
    const known = this.#accounts.get(key);
    if (known === undefined || known.writeVersion < account.writeVersion) this.#accounts.set(key, account);
  }

  /**
   * The block, complete.
   * @throws UpstreamError `ASSEMBLE__TWO_TRANSACTIONS_AT_ONE_INDEX`: a fork's messages came mixed; reading again helps
   */
  seal(header: BlockHeader, hasAccounts: boolean): Block {
    const accounts = [...this.#accounts.values()];
    accounts.sort((left, right) => compareBytes(left.publicKey, right.publicKey));
    // Packed ones are in block order, each once.
    const packed = this.#whole === null || this.#transactions.length > 0 ? null : packedOf(this.#whole);
    if (packed !== null) return packedBlock({ ...header, accounts, hasAccounts }, packed);
    const transactions = [...(this.#whole?.transactions ?? []), ...this.#transactions];
    return { ...header, transactions: inBlockOrder(transactions, header.slot), accounts, hasAccounts };
  }
}

export function keyText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function inBlockOrder(transactions: Transaction[], slot: Slot): Transaction[] {
  transactions.sort((left, right) => left.index - right.index);
  return transactions.filter((each, position) => {
    const before = transactions[position - 1];
    if (before === undefined || before.index !== each.index) return true;
    if (compareBytes(before.signature, each.signature) === 0) return false;
    throw new UpstreamError(
      'ASSEMBLE__TWO_TRANSACTIONS_AT_ONE_INDEX',
      `The stream gave two transactions for position ${each.index} of slot ${slot}`,
      { slot, index: each.index },
    );
  });
}
