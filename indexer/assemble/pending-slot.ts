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
import type { Slot } from '../domain/units.ts';

export class PendingSlot {
  header: BlockHeader | null = null;
  #transactions: Transaction[] = [];
  readonly #accounts = new Map<string, AccountState>();

  addTransaction(transaction: Transaction): void {
    this.#transactions.push(transaction);
  }

  /** A whole block: what an earlier one of the slot held does not count any more. */
  addBlock({ transactions, accounts, hasAccounts: _, ...header }: Block): void {
    this.header = header;
    this.#transactions = [...transactions];
    for (const account of accounts) this.addAccount(account);
  }

  /** @throws UpstreamError `ASSEMBLE__TWO_BLOCKS_AT_ONE_SLOT` where transactions cannot be told apart any more */
  addHeader(header: BlockHeader): void {
    const isOther = this.header !== null && compareBytes(this.header.blockhash, header.blockhash) !== 0;
    if (isOther && this.#transactions.length > 0) {
      const context = { slot: header.slot };
      const message = `The stream mixed the transactions of two blocks of slot ${header.slot}`;
      throw new UpstreamError('ASSEMBLE__TWO_BLOCKS_AT_ONE_SLOT', message, context);
    }
    this.header = header;
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
    return { ...header, transactions: inBlockOrder(this.#transactions, header.slot), accounts, hasAccounts };
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
