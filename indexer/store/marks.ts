/**
 * Marks: the rows of `blocks`, which say what counts. Even generations are committed, odd ones cancelled.
 * @module
 */
import { blocksTable } from '../batch/chain-tables.ts';
import type { Slot } from '../domain/units.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { rows } from './rows.ts';
import { quoted } from './sql-text.ts';

export interface Mark {
  readonly slot: Slot;
  readonly bank: number;
  readonly blockhash: Uint8Array;
  readonly sign: number;
  readonly generation: number;
  readonly hasAccounts: number;
  readonly accountCount: number;
  /** 1 when no log of the block was cut or absent. */
  readonly provable: number;
}

export type BlockIdentity = Pick<Mark, 'slot' | 'bank' | 'blockhash'>;

export function markKey({ slot, bank, blockhash }: BlockIdentity): string {
  return `${slot}/${bank}/${Buffer.from(blockhash).toString('hex')}`;
}

/** Generation of a commit: the one it has when it is here already, the next when it was cancelled, else 0. */
export function generationAfter(mark: Mark | undefined): number {
  if (mark === undefined) return 0;
  return mark.sign === 1 ? mark.generation : mark.generation + 1;
}

/** Account states that the record has of a block whose source has none: they outrank their absence. */
export function keptAccountCount(mark: Mark | undefined, hasAccounts: boolean): number | null {
  return mark?.hasAccounts === 1 && !hasAccounts ? mark.accountCount : null;
}

/** True when the record has the block with whole logs, and these were cut: what was recovered is not lost again. */
export function isWholeAlready(mark: Mark | undefined, block: { isProvable: boolean; hasAccounts: boolean }): boolean {
  const bringsAccounts = block.hasAccounts && mark?.hasAccounts === 0;
  return mark?.sign === 1 && mark.provable === 1 && !block.isProvable && !bringsAccounts;
}

/** Latest mark of every block of a range, by `markKey`, whether it counts or not. */
export async function marksBetween(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<Map<string, Mark>> {
  const found = await rows<Mark>(
    client,
    `SELECT slot, bank, blockhash, sign, generation, has_accounts AS hasAccounts, account_count AS accountCount, provable
FROM blocks FINAL
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}`,
    { fromSlot, toSlot },
  );
  return new Map(found.map((mark) => [markKey(mark), mark]));
}

const columnNames = blocksTable.columns.map(({ name }) => name);
const insertedColumns = columnNames.map(quoted).join(', ');
const [cancelledColumns, restoredColumns] = [columnsWith(-1), columnsWith(1)];

/** As they are in the mark before, but for the sign and the generation after. */
function columnsWith(sign: 1 | -1): string {
  const changed: Readonly<Record<string, string>> = { sign: String(sign), generation: 'b.generation + 1' };
  return columnNames.map((name) => changed[name] ?? `b.${quoted(name)}`).join(', ');
}

/** Cancels the committed blocks with `aboveSlot < slot <= toSlot`, in one insert. */
export async function cancelMarks(client: StoreClient, aboveSlot: Slot, toSlot: Slot): Promise<void> {
  await client.command(
    `INSERT INTO blocks (${insertedColumns}) SELECT ${cancelledColumns} FROM blocks AS b FINAL
WHERE b.sign = 1 AND b.slot > {aboveSlot:UInt64} AND b.slot <= {toSlot:UInt64}`,
    { aboveSlot, toSlot },
  );
}

/** Hashes of one statement: it travels in the address of a request. */
const HASHES_AT_ONCE = 100;

/** Cancels those of these blocks that are committed, and no others at their slots. */
export function cancelBlocks(client: StoreClient, blocks: readonly BlockIdentity[]): Promise<void> {
  return turnBlocks(client, blocks, cancelledColumns, 1);
}

/** Makes those of these blocks count again that were cancelled. */
export function restoreBlocks(client: StoreClient, blocks: readonly BlockIdentity[]): Promise<void> {
  return turnBlocks(client, blocks, restoredColumns, -1);
}

async function turnBlocks(
  client: StoreClient,
  blocks: readonly BlockIdentity[],
  columns: string,
  fromSign: 1 | -1,
): Promise<void> {
  for (let at = 0; at < blocks.length; at += HASHES_AT_ONCE) {
    const few = blocks.slice(at, at + HASHES_AT_ONCE);
    await client.command(
      `INSERT INTO blocks (${insertedColumns}) SELECT ${columns} FROM blocks AS b FINAL
WHERE b.sign = {fromSign:Int8} AND b.slot IN {slots:Array(UInt64)} AND lower(hex(b.blockhash)) IN {hashes:Array(String)}`,
      { fromSign, slots: few.map(({ slot }) => slot), hashes: few.map(({ blockhash }) => blockhash) },
    );
  }
}
