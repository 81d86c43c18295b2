/**
 * Payloads that are kept undecoded, with what is needed to decode them later.
 * @module
 */
import type { Undecoded } from '../../../decode/decoded-block.ts';
import type { AccountState } from '../../../domain/chain.ts';
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import type { BlockIdentity } from '../../marks.ts';
import { oneRow, rows } from '../../rows.ts';

export interface KeptBlockRow extends BlockIdentity {
  readonly parentSlot: Slot;
  readonly parentBlockhash: Uint8Array;
  /** -1 where the chain gave none. */
  readonly blockTime: UnixSeconds;
}

/**
 * Canonical blocks with payloads that were kept, and that a registry with `revision` added IDLs has not looked at; or
 * that another writer, with a smaller one, put back beside what was decoded.
 */
export function keptBlocks(
  client: StoreClient,
  revision: number,
  afterSlot: Slot,
  limit: number,
): Promise<KeptBlockRow[]> {
  return rows<KeptBlockRow>(
    client,
    `SELECT slot, bank, blockhash, parent_slot AS parentSlot, parent_blockhash AS parentBlockhash, block_time AS blockTime
FROM (
  SELECT * FROM blocks FINAL
  WHERE sign = 1 AND slot > {afterSlot:UInt64} AND slot IN (SELECT slot FROM undecoded WHERE slot > {afterSlot:UInt64})
) AS b LEFT JOIN (
  SELECT slot, bank, blockhash, countIf(source != 'account') AS found
  FROM canonical_undecoded WHERE slot > {afterSlot:UInt64} GROUP BY slot, bank, blockhash
) AS q USING (slot, bank, blockhash)
WHERE decoded_by < {revision:UInt32} OR found > undecoded_count
ORDER BY slot LIMIT {limit:UInt32}`,
    { revision, afterSlot, limit },
  );
}

export function keptPayloads(client: StoreClient, slots: readonly Slot[]) {
  return rows<BlockIdentity & Undecoded & { readonly publicKey: Uint8Array }>(
    client,
    `SELECT slot, bank, blockhash, source, tx_index AS transactionIndex, ix_path AS path, ordinal,
  public_key AS publicKey, program AS programId, reason, data, position, transport, accounts
FROM canonical_undecoded WHERE slot IN ({slots:Array(UInt64)})`,
    { slots },
    { bytesColumns: ['data'] },
  );
}

/** Those that payloads name. */
export function keptTransactions(client: StoreClient, slots: readonly Slot[]) {
  return rows<BlockIdentity & { readonly index: number; readonly signature: Uint8Array; readonly failed: number }>(
    client,
    `SELECT slot, bank, blockhash, tx_index AS index, signature, failed FROM canonical_transactions
WHERE slot IN ({slots:Array(UInt64)}) AND (slot, tx_index) IN (
  SELECT slot, tx_index FROM undecoded WHERE source != 'account' AND slot IN ({slots:Array(UInt64)}))`,
    { slots },
  );
}

/**
 * Living account states that no IDL has named yet, or whose payload is still kept: a process that died between the two
 * writes left them named and kept at once.
 */
export function unnamedAccounts(client: StoreClient, slots: readonly Slot[]) {
  return rows<BlockIdentity & Omit<AccountState, 'signature'>>(
    client,
    `SELECT slot, bank, blockhash, public_key AS publicKey, program AS owner, lamports, data, write_version AS writeVersion
FROM canonical_accounts WHERE slot IN ({slots:Array(UInt64)}) AND lamports > 0 AND (name = '' OR (slot, public_key) IN (
  SELECT slot, public_key FROM canonical_undecoded WHERE source = 'account' AND slot IN ({slots:Array(UInt64)})))`,
    { slots },
    { bytesColumns: ['data'] },
  );
}

/** Payloads of a program that are undecoded. */
export async function keptCount(client: StoreClient, program: Uint8Array): Promise<bigint> {
  const { found } = await oneRow<{ found: bigint }>(
    client,
    'SELECT count() AS found FROM canonical_undecoded WHERE program = toFixedString(unhex({program:String}), 32)',
    { program },
  );
  return found;
}
