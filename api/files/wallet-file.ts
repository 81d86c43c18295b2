/**
 * `GET /wallet/<address>.csv`: what the programs hold for an address, a line each, for accounts.
 * @module
 */
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { Wallet } from '../reads/wallet.ts';

const PATH = /^\/wallet\/([1-9A-HJ-NP-Za-km-z]{32,44})\.csv$/;

/** The address that a path names; `null` for any other path. */
export function walletPath(path: string): string | null {
  return PATH.exec(path)?.[1] ?? null;
}

const HEAD = ['wallet', 'slot', 'block_time', 'kind', 'account', 'pool', 'token', 'amount_base_units', 'ready_at'];

/** Amounts are base units. Every field is a number, a key or a word of ours, so none needs quotes. */
export function walletCsv(wallet: Wallet): string {
  const of = [toBase58(wallet.address), String(wallet.slot), String(wallet.blockTime)];
  const line = (
    kind: string,
    account: Uint8Array | null,
    pool: Uint8Array | null,
    token: string,
    amount: bigint,
    at = '',
  ) => [...of, kind, account ? toBase58(account) : '', pool ? toBase58(pool) : '', token, String(amount), at].join(',');
  const { governanceStake, stakes, dues, collateral, credits } = wallet;
  return [
    HEAD.join(','),
    ...stakes.map(({ address, pool, value }) => line('STAKE', address, pool, 'INT', value)),
    ...(governanceStake
      ? [line('GOVERNANCE_STAKE', governanceStake.address, null, 'INFER', governanceStake.stake)]
      : []),
    ...(collateral > 0n ? [line('COLLATERAL', null, null, 'INFER', collateral)] : []),
    ...(credits > 0n ? [line('PREPAID_CREDITS', null, null, 'INFER', credits)] : []),
    ...dues.map(({ kind, account, token, amount, readyAt }) =>
      line(kind, account, null, token, amount, readyAt === null ? '' : String(readyAt)),
    ),
    '',
  ].join('\r\n');
}
