/**
 * From where on account states are known: snapshots that count, and blocks whose account states were not delivered.
 * The rule is that of sql/0003_account_snapshots.sql.
 * @module
 */
import type { BlockHeader } from '../../../domain/chain.ts';
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';

/**
 * Slots that keep account states as of `slot` from being complete, ascending, at most ten; empty when they are.
 * Where the record begins inside the chain and no snapshot has been taken, its first block is one of them.
 */
export async function slotsWithoutAccountsAsOf(client: StoreClient, slot: Slot): Promise<readonly Slot[]> {
  const snapshot = await lastSnapshotUntil(client, slot);
  const fromSlot = snapshot === null ? 0n : snapshot + 1n;
  const found = await slotsWithoutAccounts(client, { fromSlot, toSlot: slot, order: 'ASC', limit: 10 });
  if (snapshot !== null) return found;
  const first = await firstBlock(client);
  return first === null || first.isChainStart || found[0] === first.slot ? found : [first.slot, ...found].slice(0, 10);
}

/** The lowest slot that the next snapshot may have; `null` while none is needed. */
export async function snapshotNeededFrom(client: StoreClient): Promise<Slot | null> {
  const snapshot = await lastSnapshotUntil(client, MAX_SLOT);
  const fromSlot = snapshot === null ? 0n : snapshot + 1n;
  const [last] = await slotsWithoutAccounts(client, { fromSlot, toSlot: MAX_SLOT, order: 'DESC', limit: 1 });
  if (last !== undefined) return last;
  const first = snapshot === null ? await firstBlock(client) : null;
  return first === null || first.isChainStart ? null : first.slot;
}

/** Whether a canonical block with `fromSlot < slot <= toSlot` has no account states. */
export async function hasUnknownBetween(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<boolean> {
  const range = { fromSlot: fromSlot + 1n, toSlot, order: 'ASC', limit: 1 } as const;
  return (await slotsWithoutAccounts(client, range)).length > 0;
}

const MAX_SLOT = 2n ** 64n - 1n;

async function lastSnapshotUntil(client: StoreClient, slot: Slot): Promise<Slot | null> {
  const found = await firstRow<{ found: Slot }>(
    client,
    'SELECT slot AS found FROM canonical_account_snapshots WHERE slot <= {slot:UInt64} ORDER BY slot DESC LIMIT 1',
    { slot },
  );
  return found?.found ?? null;
}

async function slotsWithoutAccounts(
  client: StoreClient,
  { order, ...range }: { fromSlot: Slot; toSlot: Slot; order: 'ASC' | 'DESC'; limit: number },
): Promise<Slot[]> {
  // The inner query reads one column that is nearly constant; the outer one settles the marks of what it found.
  const found = await rows<{ found: Slot }>(
    client,
    `SELECT slot AS found FROM blocks FINAL
WHERE sign = 1 AND has_accounts = 0 AND slot IN (
  SELECT slot FROM blocks WHERE has_accounts = 0 AND slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64})
ORDER BY slot ${order} LIMIT {limit:UInt32}`,
    range,
  );
  return found.map((each) => each.found);
}

/** The first block of the record; the chain's own first one is genesis or follows it. */
async function firstBlock(client: StoreClient): Promise<{ slot: Slot; isChainStart: boolean } | null> {
  const found = await firstRow<{ slot: Slot; parentSlot: Slot }>(
    client,
    'SELECT slot, parent_slot AS parentSlot FROM blocks FINAL WHERE sign = 1 ORDER BY slot LIMIT 1',
  );
  return found === null ? null : { slot: found.slot, isChainStart: found.parentSlot === 0n };
}

/**
 * From where on events tell everything that happened: 0 where the record begins with the chain's first block, else the
 * slot of the first snapshot, whose account states stand for all that came before. `null` while there is neither.
 */
export async function eventsCompleteAfter(client: StoreClient): Promise<Slot | null> {
  const first = await firstBlock(client);
  if (first?.isChainStart === true) return 0n;
  const found = await firstRow<{ found: Slot }>(
    client,
    'SELECT slot AS found FROM canonical_account_snapshots ORDER BY slot LIMIT 1',
  );
  return found?.found ?? null;
}

/** Header of the canonical block of a slot; `null` when there is none. */
export async function blockHeaderAt(client: StoreClient, slot: Slot): Promise<BlockHeader | null> {
  const found = await firstRow<BlockHeader & { blockTime: bigint; blockHeight: bigint }>(
    client,
    `SELECT slot, bank, blockhash, parent_slot AS parentSlot, parent_blockhash AS parentBlockhash,
  block_time AS blockTime, block_height AS blockHeight
FROM blocks FINAL WHERE sign = 1 AND slot = {slot:UInt64} LIMIT 1`,
    { slot },
  );
  if (found === null) return null;
  const { blockTime, blockHeight, ...header } = found;
  return {
    ...header,
    blockTime: blockTime < 0n ? null : blockTime,
    blockHeight: blockHeight < 0n ? null : blockHeight,
  };
}

/** Keys of the accounts that have a state in a block already. */
export async function keysInBlock(client: StoreClient, { slot, blockhash }: BlockHeader): Promise<Uint8Array[]> {
  const found = await rows<{ publicKey: Uint8Array }>(
    client,
    `SELECT DISTINCT public_key AS publicKey FROM accounts
WHERE slot = {slot:UInt64} AND blockhash = toFixedString(unhex({blockhash:String}), 32)`,
    { slot, blockhash },
  );
  return found.map(({ publicKey }) => publicKey);
}

/** Keys of the accounts that a program owns as of a slot, as far as the record knows. */
export async function livingKeysAsOf(client: StoreClient, program: Uint8Array, slot: Slot): Promise<Uint8Array[]> {
  const found = await rows<{ publicKey: Uint8Array }>(
    client,
    `SELECT public_key AS publicKey FROM canonical_accounts
WHERE slot <= {slot:UInt64} AND public_key IN (
  SELECT public_key FROM accounts WHERE slot <= {slot:UInt64} AND program = toFixedString(unhex({program:String}), 32))
GROUP BY public_key
HAVING argMax(lamports, (slot, bank)) > 0 AND argMax(program, (slot, bank)) = toFixedString(unhex({program:String}), 32)`,
    { program, slot },
  );
  return found.map(({ publicKey }) => publicKey);
}

export interface SnapshotRow {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
  readonly accountCount: bigint;
}

/** Makes a snapshot count. The same one twice is one. */
export async function insertSnapshot(client: StoreClient, row: SnapshotRow): Promise<void> {
  await client.command(
    `INSERT INTO account_snapshots (slot, blockhash, account_count)
SELECT {slot:UInt64}, toFixedString(unhex({blockhash:String}), 32), {accountCount:UInt64}`,
    { ...row },
  );
}
