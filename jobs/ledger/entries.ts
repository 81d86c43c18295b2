/**
 * The balanced entries of a settlement. Pure.
 * @module
 */
import type { SettlementRow } from '../../indexer/store/queries/market/settlements.ts';

export type LedgerAccount = 'BURN' | 'CUSTOMER' | 'PROVIDER' | 'TREASURY' | 'VERIFIERS';

export interface LedgerEntry {
  readonly account: LedgerAccount;
  /** Wallet of the customer, account of the provider; `null` for those there is one of. */
  readonly holder: Uint8Array | null;
  /** Base units of the settlement's token: credits above zero, debits below. */
  readonly amount: bigint;
}

/** Five entries, zeros included: debit the customer, credit provider, treasury, burn and verifiers. */
export function entriesOf(settlement: SettlementRow): LedgerEntry[] {
  const { customer, provider, amount, providerAmount, feeTreasury, feeBurn, feeVerifiers } = settlement;
  return [
    { account: 'CUSTOMER', holder: customer, amount: -amount },
    { account: 'PROVIDER', holder: provider, amount: providerAmount },
    { account: 'TREASURY', holder: null, amount: feeTreasury },
    { account: 'BURN', holder: null, amount: feeBurn },
    { account: 'VERIFIERS', holder: null, amount: feeVerifiers },
  ];
}

/** 0 where the entries are balanced. */
export function sumOf(entries: readonly LedgerEntry[]): bigint {
  return entries.reduce((sum, { amount }) => sum + amount, 0n);
}
