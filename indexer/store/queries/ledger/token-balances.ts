/**
 * Balances of token accounts as transactions told them, and what vaults were found to have beyond what calls say; see
 * sql/0023_token_balances.sql.
 * @module
 */
import { hexOf } from '../../../domain/hex.ts';
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, oneRow, rows } from '../../rows.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';

export interface TokenBalanceRow {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly account: Uint8Array;
  /** Base units, before and after the transaction. */
  readonly before: bigint;
  readonly after: bigint;
}

/** Those of a range, in chain order. */
export function tokenBalancesIn(client: StoreClient, { fromSlot, toSlot }: SlotBounds): Promise<TokenBalanceRow[]> {
  return rows<TokenBalanceRow>(
    client,
    `SELECT slot, tx_index AS transactionIndex, account, amount_before AS before, amount AS after
FROM canonical_token_balances WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} ORDER BY slot, tx_index, account`,
    { fromSlot, toSlot },
  );
}

/** First slot that has any; `null` for a record without. */
export async function balancesToldFrom(client: StoreClient): Promise<Slot | null> {
  const found = await firstRow<{ slot: Slot }>(client, 'SELECT slot FROM token_balances ORDER BY slot LIMIT 1', {});
  return found?.slot ?? null;
}

export interface KnownBalance {
  readonly account: Uint8Array;
  /** Base units. */
  readonly amount: bigint;
}

const ACCOUNTS_AT_ONCE = 500;
/** Busy vaults were last told of in these, so that their whole history is not read. */
const RECENT_SLOTS = 20_000n;

/** Latest balances of accounts as of a slot; those that nobody told of by then are missing. */
export async function tokenBalancesBefore(
  client: StoreClient,
  slot: Slot,
  accounts: readonly Uint8Array[],
): Promise<KnownBalance[]> {
  const found: KnownBalance[] = [];
  for (let at = 0; at < accounts.length; at += ACCOUNTS_AT_ONCE) {
    const wanted = accounts.slice(at, at + ACCOUNTS_AT_ONCE);
    const recentFrom = slot > RECENT_SLOTS ? slot - RECENT_SLOTS : 0n;
    const recent = await latestIn(client, { fromSlot: recentFrom, toSlot: slot }, wanted);
    found.push(...recent);
    const known = new Set(recent.map(({ account }) => hexOf(account)));
    const quiet = wanted.filter((account) => !known.has(hexOf(account)));
    if (quiet.length === 0 || recentFrom === 0n) continue;
    found.push(...(await latestIn(client, { fromSlot: 0n, toSlot: recentFrom - 1n }, quiet)));
  }
  return found;
}

function latestIn(
  client: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  accounts: readonly Uint8Array[],
): Promise<KnownBalance[]> {
  const ofThem = `slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
  AND account IN (SELECT toFixedString(unhex(arrayJoin({accounts:Array(String)})), 32))`;
  return rows<KnownBalance>(
    client,
    `SELECT account, amount FROM token_balances
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1
  AND slot IN (SELECT slot FROM token_balances WHERE ${ofThem})) AS b
USING (slot, bank, blockhash)
WHERE ${ofThem}
ORDER BY account, slot DESC, bank DESC, tx_index DESC LIMIT 1 BY account`,
    { fromSlot, toSlot, accounts: accounts.map(hexOf) },
  );
}

/** What came to a vault beside what calls say they paid in. */
export interface VaultSurplus {
  readonly slot: Slot;
  readonly vault: Uint8Array;
  /** Base units. */
  readonly amount: bigint;
}

const surplusTable = rowTable('vault_surpluses', { slot: 'UInt64', vault: 'FixedString(32)', amount: 'UInt64' });

/** Writes those of a range, in place of those that were there. */
export async function settleSurpluses(
  client: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  found: readonly VaultSurplus[],
): Promise<void> {
  const known = await rows<VaultSurplus>(
    client,
    `SELECT slot, vault, amount FROM vault_surpluses FINAL
WHERE slot > {fromSlot:UInt64} AND slot <= {toSlot:UInt64} AND amount > 0`,
    { fromSlot, toSlot },
  );
  const keyOf = ({ slot, vault }: VaultSurplus) => `${slot}/${hexOf(vault)}`;
  const kept = new Set(found.map(keyOf));
  const gone = known.filter((each) => !kept.has(keyOf(each))).map((each) => ({ ...each, amount: 0n }));
  await insertRows(client, surplusTable, [...found, ...gone]);
}

/** Latest first, at most `limit`. */
export function vaultSurpluses(client: StoreClient, limit: number): Promise<VaultSurplus[]> {
  return rows<VaultSurplus>(
    client,
    `SELECT slot, vault, amount FROM vault_surpluses FINAL WHERE amount > 0
ORDER BY slot DESC, vault LIMIT {limit:UInt32}`,
    { limit },
  );
}

export async function vaultSurplusCount(client: StoreClient): Promise<bigint> {
  const sql = 'SELECT count() AS found FROM vault_surpluses FINAL WHERE amount > 0';
  return (await oneRow<{ found: bigint }>(client, sql)).found;
}
