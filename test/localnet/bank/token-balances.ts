/**
 * Token balances of the accounts a transaction touches, for `preTokenBalances` and `postTokenBalances`.
 * Source: the layouts of SPL Token accounts (165 bytes) and mints (82 bytes); Token-2022 puts extensions behind them.
 * @module
 */
import type { SubscribeUpdateTransactionInfo } from '@triton-one/yellowstone-grpc';
import { fromBase58, toBase58 } from '../../../indexer/domain/base58.ts';
import type { AccountRecord } from '../ledger/block.ts';
import { type Key, keyOf } from '../wire/key.ts';

export const TOKEN_PROGRAM = keyOf(fromBase58('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'));
export const TOKEN_2022_PROGRAM = keyOf(fromBase58('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb'));
const TOKEN_ACCOUNT_BYTES = 165;
const MINT_BYTES = 82;
const ACCOUNT_TYPE_ACCOUNT = 2;

export type TokenBalance = NonNullable<SubscribeUpdateTransactionInfo['meta']>['preTokenBalances'][number];

export interface TokenAccount {
  readonly mint: Key;
  readonly owner: Key;
  readonly amount: bigint;
}

/** The token account in `record`, if it is an initialized one. */
export function readTokenAccount(record: AccountRecord): TokenAccount | undefined {
  if (record.owner !== TOKEN_PROGRAM && record.owner !== TOKEN_2022_PROGRAM) return undefined;
  const data = Buffer.from(record.data.buffer, record.data.byteOffset, record.data.length);
  const isAccount =
    data.length === TOKEN_ACCOUNT_BYTES ||
    (data.length > TOKEN_ACCOUNT_BYTES && data[TOKEN_ACCOUNT_BYTES] === ACCOUNT_TYPE_ACCOUNT);
  const isInitialized = isAccount && data[108] !== 0;
  if (!isInitialized) return undefined;
  return { mint: keyOf(data.subarray(0, 32)), owner: keyOf(data.subarray(32, 64)), amount: data.readBigUInt64LE(64) };
}

/** Decimals and supply of the mint in `record`, if it is an initialized one. */
export function readMint(record: AccountRecord): { decimals: number; supply: bigint } | undefined {
  if (record.owner !== TOKEN_PROGRAM && record.owner !== TOKEN_2022_PROGRAM) return undefined;
  const data = Buffer.from(record.data.buffer, record.data.byteOffset, record.data.length);
  if (data.length < MINT_BYTES || (data.length > MINT_BYTES && data.length <= TOKEN_ACCOUNT_BYTES) || data[45] !== 1)
    return undefined;
  return { decimals: data.readUInt8(44), supply: data.readBigUInt64LE(36) };
}

export function toTokenBalance(
  accountIndex: number,
  record: AccountRecord,
  token: TokenAccount,
  decimals: number,
): TokenBalance {
  return {
    accountIndex,
    mint: toBase58(Buffer.from(token.mint, 'latin1')),
    uiTokenAmount: uiTokenAmount(token.amount, decimals),
    owner: toBase58(Buffer.from(token.owner, 'latin1')),
    programId: toBase58(Buffer.from(record.owner, 'latin1')),
  };
}

/** An amount with its decimal forms, as the RPC and the stream write it: no trailing zeros. */
export function uiTokenAmount(
  amount: bigint,
  decimals: number,
): { amount: string; decimals: number; uiAmount: number; uiAmountString: string } {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const uiAmountString = fraction === '' ? whole : `${whole}.${fraction}`;
  return { amount: amount.toString(), decimals, uiAmount: Number(uiAmountString), uiAmountString };
}
