/**
 * What a transaction changed in token accounts, from the balances before and after it that every source tells: an account
 * that is named on one side alone held nothing on the other. Pure.
 *
 * Source: solana-storage.proto, pre_token_balances and post_token_balances; the RPC has the same under its own names.
 * @module
 */
import type { TokenChange } from './chain.ts';

/** Of a token account, by its place among the keys of the transaction. */
export interface TokenAmount {
  readonly accountIndex: number;
  /** Base units as decimal text; empty for nothing. */
  readonly amount: string;
}

const NONE: readonly TokenChange[] = [];
const MAX_AMOUNT = 2n ** 64n - 1n;

/**
 * Accounts whose balance is another, in the order of the keys.
 * @throws RangeError for an amount that is none
 */
export function tokenChangesOf(
  accountKeys: readonly Uint8Array[],
  before: readonly TokenAmount[],
  after: readonly TokenAmount[],
): readonly TokenChange[] {
  if (before.length + after.length === 0) return NONE;
  const [left, right] = [amountsOf(before), amountsOf(after)];
  const indexes = [...new Set([...left.keys(), ...right.keys()])].sort((one, other) => one - other);
  return indexes.flatMap((index) => {
    const publicKey = accountKeys[index];
    const change = { before: left.get(index) ?? 0n, after: right.get(index) ?? 0n };
    return publicKey === undefined || change.before === change.after ? [] : [{ publicKey, ...change }];
  });
}

function amountsOf(balances: readonly TokenAmount[]): Map<number, bigint> {
  return new Map(balances.map(({ accountIndex, amount }) => [accountIndex, amountOf(amount)]));
}

function amountOf(text: string): bigint {
  const amount = /^[0-9]*$/.test(text) ? BigInt(text) : MAX_AMOUNT + 1n;
  if (amount > MAX_AMOUNT) throw new RangeError(`${text.slice(0, 40)} is no amount of tokens`);
  return amount;
}
