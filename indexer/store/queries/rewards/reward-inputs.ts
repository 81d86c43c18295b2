/**
 * What the chain says about a reward epoch: blocks of its window, the marking, accounts as they stood and the links
 * between wallets. Only finalized blocks are read.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, oneRow, rows } from '../../rows.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { missingTransactions, uncheckedIn } from '../chain/transaction-checks.ts';
import { slotsWithoutAccountsAsOf } from '../rows/account-snapshots.ts';

/**
 * Slot and time of the first finalized block at or after a time, of those as of which account states can be known: where
 * the record begins inside the chain, or with blocks without accounts, from its first snapshot on. `null` when there is
 * none yet.
 */
export function firstFinalizedAt(
  client: StoreClient,
  time: UnixSeconds,
): Promise<{ slot: Slot; blockTime: UnixSeconds } | null> {
  return firstRow(
    client,
    `SELECT slot, block_time AS blockTime FROM blocks FINAL
WHERE sign = 1 AND block_time >= {time:Int64} AND slot <= (SELECT max(slot) FROM cursors WHERE name = 'finalized')
  AND (slot >= (SELECT if(count() = 0, {never:UInt64}, min(slot)) FROM canonical_account_snapshots)
    OR (SELECT parent_slot = 0 AND has_accounts = 1 FROM blocks FINAL WHERE sign = 1 ORDER BY slot LIMIT 1))
ORDER BY slot LIMIT 1`,
    { time, never: 2n ** 64n - 1n },
  );
}

/** Slot of the last block before a slot. */
export async function lastBlockBefore(client: StoreClient, slot: Slot): Promise<Slot | null> {
  const found = await firstRow<{ found: Slot }>(
    client,
    'SELECT slot AS found FROM blocks FINAL WHERE sign = 1 AND slot < {slot:UInt64} ORDER BY slot DESC LIMIT 1',
    { slot },
  );
  return found?.found ?? null;
}

/** The first successful marking of a reward epoch at or before a slot. */
export function markingOf(
  client: StoreClient,
  program: Uint8Array,
  rewardEpoch: bigint,
  toSlot: Slot,
): Promise<{ slot: Slot; signature: Uint8Array } | null> {
  return firstRow(
    client,
    `SELECT slot, signature FROM canonical_instructions
WHERE slot <= {toSlot:UInt64} AND program = toFixedString(unhex({program:String}), 32)
  AND name = 'mark_epoch_as_finalizing' AND failed = 0
  AND reinterpretAsUInt64(substring(data, 9, 8)) = {rewardEpoch:UInt64}
ORDER BY slot, tx_index LIMIT 1`,
    { toSlot, program, rewardEpoch },
  );
}

export interface RangeProof {
  readonly blockCount: bigint;
  /** Slots of blocks that do not link to the one before. */
  readonly unlinkedSlots: readonly Slot[];
  /** Slots of blocks with a log that was cut or absent. */
  readonly unprovableSlots: readonly Slot[];
  /** Slots of blocks whose account states were not delivered, from the last snapshot to the slot asked for. */
  readonly withoutAccountsSlots: readonly Slot[];
  /** Slots with events or accounts of the programs that no IDL could decode. */
  readonly undecodedSlots: readonly Slot[];
  /** Slots in which a node names transactions that the record does not have. */
  readonly droppedSlots: readonly Slot[];
  /** First slot of the range that no node was asked about, where the feed makes that necessary; `null` for none. */
  readonly uncheckedFromSlot: Slot | null;
}

/**
 * Everything that keeps a range, and account states as of a slot, from being proven; at most ten slots of each kind.
 * Blocks without account states before a snapshot do no harm, even where they lie in the range.
 */
export async function proveRange(
  client: StoreClient,
  {
    fromSlot,
    toSlot,
    accountsSlot,
    programs,
  }: { fromSlot: Slot; toSlot: Slot; accountsSlot: Slot; programs: readonly Uint8Array[] },
): Promise<RangeProof> {
  const links = await oneRow<Pick<RangeProof, 'blockCount' | 'unlinkedSlots' | 'unprovableSlots'>>(
    client,
    `SELECT count() AS blockCount,
  arraySlice(arraySort(groupArrayIf(slot, previous_slot != 0 AND (previous_slot != parent_slot OR previous_hash != parent_blockhash))), 1, 10) AS unlinkedSlots,
  arraySlice(arraySort(groupArrayIf(slot, provable = 0)), 1, 10) AS unprovableSlots
FROM (
  SELECT slot, parent_slot, parent_blockhash, provable,
    lagInFrame(slot) OVER chain AS previous_slot, lagInFrame(blockhash) OVER chain AS previous_hash
  FROM blocks FINAL WHERE sign = 1 AND slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
  WINDOW chain AS (ORDER BY slot, bank ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))`,
    { fromSlot, toSlot },
  );
  const undecoded = await oneRow<{ slots: readonly Slot[] }>(
    client,
    `SELECT arraySlice(arraySort(groupUniqArray(slot)), 1, 10) AS slots FROM canonical_undecoded
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND source IN ('event', 'account')
  AND hex(program) IN ({programs:Array(String)})`,
    { fromSlot, toSlot, programs: programs.map((each) => Buffer.from(each).toString('hex').toUpperCase()) },
  );
  const withoutAccountsSlots = await slotsWithoutAccountsAsOf(client, accountsSlot);
  const dropped = await missingTransactions(client, fromSlot, toSlot, 10);
  return {
    ...links,
    withoutAccountsSlots,
    undecodedSlots: undecoded.slots,
    droppedSlots: [...new Set(dropped.map(({ slot }) => slot))],
    uncheckedFromSlot: await uncheckedIn(client, fromSlot, toSlot),
  };
}

export interface AccountRow {
  readonly publicKey: Uint8Array;
  readonly data: Uint8Array;
}

export interface NamedAccountRow extends AccountRow {
  /** Type of the IDL. */
  readonly name: string;
}

/** Accounts of one type as they stood after a slot; those that were gone by then are left out. */
export function accountsAsOf(
  client: StoreClient,
  program: Uint8Array,
  name: string,
  slot: Slot,
): Promise<AccountRow[]> {
  return accountsOfTypesAsOf(client, program, [name], slot);
}

const ofTypes = 'name IN {names:Array(String)} AND program = toFixedString(unhex({program:String}), 32)';
const everOfTypes = `slot <= {slot:UInt64} AND public_key IN (SELECT public_key FROM accounts WHERE slot <= {slot:UInt64} AND ${ofTypes})`;

/** The same of several types, for little more than one of them costs; by address. */
export function accountsOfTypesAsOf(
  client: StoreClient,
  program: Uint8Array,
  names: readonly string[],
  slot: Slot,
): Promise<NamedAccountRow[]> {
  return rows<NamedAccountRow>(
    client,
    // Accounts that were ever of the types, the places of their latest states, and the data of those alone. FINAL, since a
    // state that was decoded later stands there twice until the engine has merged it. What is asked of the table's sorting
    // key can be asked before that (PREWHERE), and the rest is read of few rows only.
    `SELECT name, public_key AS publicKey, data FROM accounts FINAL PREWHERE (public_key, slot, bank, blockhash) IN (
  SELECT public_key, slot, bank, blockhash FROM (
    SELECT public_key, slot, bank, blockhash, lamports, name, program FROM (
      SELECT public_key, slot, bank, blockhash, lamports, name, program FROM accounts FINAL PREWHERE ${everOfTypes}
    ) AS a
    LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1 AND slot IN (
      SELECT slot FROM accounts WHERE ${everOfTypes})) AS b
    USING (slot, bank, blockhash)
    ORDER BY public_key, slot DESC, bank DESC LIMIT 1 BY public_key
  ) WHERE lamports > 0 AND ${ofTypes}
) ORDER BY public_key`,
    { program, names, slot },
    { bytesColumns: ['data'] },
  );
}

export interface WalletLink {
  readonly kind: 'payout' | 'fee_payer' | 'token_account';
  /** The account shared. */
  readonly shared: Uint8Array;
  readonly wallet: Uint8Array;
}

/** Calls in which a wallet pays out of a token account by its own signature, so that it is its owner or its delegate. */
const PAYERS = {
  owner: ['post_bond', 'register_verifier'],
  buyer: ['create_order', 'extend_order'],
  customer: ['deposit_credits'],
  opener: ['open_dispute'],
  challenger: ['open_challenge'],
  funder: ['fund_incentives'],
} as const;
const quotedNames = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
const roleSql = Object.entries(PAYERS).map(([role, names]) => `name IN (${quotedNames(names)}), '${role}'`);

/**
 * Wallets of providers, buyers and customers of workloads with the payout accounts they named, the fee payers of their
 * transactions, and the token accounts they paid from. What a wallet was paid into links nobody: anyone can name an account.
 */
export async function walletLinks(client: StoreClient, marketplace: Uint8Array, toSlot: Slot): Promise<WalletLink[]> {
  const found = await walletLinksSince(client, marketplace, { fromSlot: 0n, toSlot });
  return found.map(({ kind, shared, wallet }) => ({ kind, shared, wallet }));
}

export interface DatedLink extends WalletLink {
  /** First slot of the range that tells of it. */
  readonly slot: Slot;
}

/** Those that the blocks of a range tell of, each once, by kind and keys. */
export function walletLinksSince(
  client: StoreClient,
  marketplace: Uint8Array,
  { fromSlot, toSlot }: SlotBounds,
): Promise<DatedLink[]> {
  const inRange = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
  return rows<DatedLink>(
    client,
    // Of all transactions only those are joined that a wallet of theirs is looked for in.
    `WITH acts AS (
  SELECT slot, tx_index, owner AS wallet FROM canonical_marketplace_provider_registered WHERE ${inRange}
  UNION ALL
  SELECT slot, tx_index, buyer AS wallet FROM canonical_marketplace_order_created WHERE ${inRange}
  UNION ALL
  SELECT slot, tx_index, customer AS wallet FROM canonical_marketplace_credits_deposited WHERE ${inRange}
)
SELECT kind, shared, wallet, min(seen_slot) AS slot FROM (
  SELECT 'payout' AS kind, payout AS shared, owner AS wallet, slot AS seen_slot
  FROM canonical_marketplace_provider_registered WHERE ${inRange}
  UNION ALL
  SELECT 'fee_payer' AS kind, t.fee_payer AS shared, e.wallet AS wallet, e.slot AS seen_slot FROM acts AS e INNER JOIN (
    SELECT slot, tx_index, fee_payer FROM canonical_transactions
    WHERE ${inRange} AND (slot, tx_index) IN (SELECT slot, tx_index FROM acts)
  ) AS t ON e.slot = t.slot AND e.tx_index = t.tx_index
  UNION ALL
  SELECT 'token_account' AS kind, accounts[indexOf(account_names, concat(role, '_token_account'))] AS shared,
    accounts[indexOf(account_names, role)] AS wallet, slot AS seen_slot
  FROM (
    SELECT multiIf(${roleSql.join(', ')}, '') AS role, account_names, accounts, slot FROM canonical_instructions
    WHERE ${inRange} AND failed = 0 AND program = toFixedString(unhex({marketplace:String}), 32)
      AND name IN (${quotedNames(Object.values(PAYERS).flat())})
  )
) GROUP BY kind, shared, wallet ORDER BY kind, shared, wallet`,
    { marketplace, fromSlot, toSlot },
  );
}
