/**
 * Whether blocks are one chain: among themselves, and with what the record holds.
 * @module
 */
import type { CommitBlock } from '../batch/block-batch.ts';
import { checkInvariant } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { StoredBlock } from './block-store.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { type Mark, markKey } from './marks.ts';
import { rows } from './rows.ts';

/** The record from a slot on. */
export interface Lineage {
  /** Latest mark of every block, by `markKey`, whether it counts or not. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** Blocks that count, ascending. */
  readonly chain: readonly StoredBlock[];
}

/** In one query, so that marks and chain are of one moment. */
export async function lineageFrom(client: StoreClient, fromSlot: Slot): Promise<Lineage> {
  const found = await rows<Mark & StoredBlock>(
    client,
    `SELECT slot, bank, blockhash, parent_slot AS parentSlot, parent_blockhash AS parentBlockhash, sign, generation,
has_accounts AS hasAccounts, account_count AS accountCount, provable
FROM blocks FINAL WHERE slot >= {fromSlot:UInt64} ORDER BY slot, blockhash`,
    { fromSlot },
  );
  return {
    marks: new Map(found.map((mark) => [markKey(mark), mark])),
    chain: found.filter(({ sign }) => sign === 1),
  };
}

export type Head = Pick<StoredBlock, 'slot' | 'blockhash'>;
type Linked = Pick<StoredBlock, 'slot' | 'parentSlot' | 'parentBlockhash'>;

export function isLinkedTo(block: Omit<Linked, 'slot'>, head: Head | null): boolean {
  if (head === null) return true;
  return block.parentSlot === head.slot && Buffer.compare(block.parentBlockhash, head.blockhash) === 0;
}

/** @throws InvariantError `STORE__NOT_LINKED` */
export function checkLinkedTo(block: Linked, head: Head | null): void {
  checkInvariant(
    isLinkedTo(block, head),
    'STORE__NOT_LINKED',
    `Block ${block.slot} does not follow block ${head?.slot}`,
    {
      slot: block.slot,
      parentSlot: block.parentSlot,
      headSlot: head?.slot ?? null,
    },
  );
}

/** Index of the first block that does not follow the one before it; -1 when they are one chain. */
export function breakOf(chain: readonly StoredBlock[]): number {
  return chain.findIndex((block, index) => index > 0 && !isLinkedTo(block, chain[index - 1] as StoredBlock));
}

/** @throws InvariantError `STORE__NOT_LINKED` unless each block follows the one before it */
export function checkChain(chain: readonly StoredBlock[]): void {
  const index = breakOf(chain);
  if (index > 0) checkLinkedTo(chain[index] as StoredBlock, chain[index - 1] as StoredBlock);
}

/** As `checkChain`. */
export function checkLinks(blocks: readonly CommitBlock[]): void {
  checkChain(blocks.map(({ block }) => block));
}
