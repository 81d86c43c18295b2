/**
 * What has arrived of one slot before its block is sealed. Pure.
 *
 * Order of arrival means nothing here: transactions are put in block order and doubles dropped when the block is sealed,
 * and of an account's versions the one written last stays.
 * @module
 */
import { compareBytes } from '../domain/base58.ts';
import type { AccountState, BalanceTurn, Block, BlockHeader, Transaction } from '../domain/chain.ts';
import { UpstreamError } from '../domain/errors.ts';
import { packedBlock, packedOf, transactionCountOf, turnsOfPacked } from '../domain/packed-transactions.ts';
import type { Slot } from '../domain/units.ts';
import { keyText, withClosed } from './closed-accounts.ts';

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
    const states = [...this.#accounts.values()];
    states.sort((left, right) => compareBytes(left.publicKey, right.publicKey));
    const accountsAfter = (turns: () => readonly BalanceTurn[]) => (hasAccounts ? withClosed(states, turns()) : states);
    // Packed ones are in block order, each once.
    const packed = this.#whole === null || this.#transactions.length > 0 ? null : packedOf(this.#whole);
    if (packed !== null) {
      return packedBlock({ ...header, accounts: accountsAfter(() => turnsOfPacked(packed)), hasAccounts }, packed);
    }
    const transactions = inBlockOrder([...(this.#whole?.transactions ?? []), ...this.#transactions], header.slot);
    const accounts = accountsAfter(() => transactions.flatMap(({ balanceTurns }) => balanceTurns));
    return { ...header, transactions, accounts, hasAccounts };
  }
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
