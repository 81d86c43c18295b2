/**
 * What decoding kept payloads again asks of the store: which blocks have any, what they are, and writing what they became.
 *
 * Why a crash cannot hurt. Rows of what was decoded are the same however often they are written; then `redecoded` takes
 * the payloads out of canonical_undecoded; the mark, which says that the block was decoded by this registry, comes last.
 * Until then the block is found again. A mark is only replaced while its payloads are as many as they were, decoded or
 * not: what was lost stays a difference that `verify blocks` shows.
 * @module
 */
import { createBatchEncoder } from '../batch/block-batch.ts';
import { blocksTable, type TypedTable } from '../batch/chain-tables.ts';
import type { Undecoded } from '../decode/decoded-block.ts';
import type { Redecoded } from '../decode/redecode.ts';
import type { AccountState, Block, Transaction } from '../domain/chain.ts';
import { killable } from '../domain/kill-points.ts';
import { PUBLIC_KEY_BYTES, type Slot } from '../domain/units.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { type BlockIdentity, markKey } from './marks.ts';
import {
  type KeptBlockRow,
  keptBlocks,
  keptPayloads,
  keptTransactions,
  unnamedAccounts,
} from './queries/rows/kept-payloads.ts';
import { insertRows, rowTable } from './row-table.ts';
import { rows } from './rows.ts';
import { type StoredContent, storedContent } from './stored-content.ts';

export interface KeptBlock {
  readonly block: Block;
  readonly kept: readonly Undecoded[];
}

export interface RedecodeStore {
  /** The next blocks with `slot > afterSlot` that a registry of this size may see otherwise, ascending; empty at the end. */
  next(afterSlot: Slot): Promise<readonly KeptBlock[]>;
  /** Write what they became and mark them anew. @returns slots of blocks whose payloads are not what their marks say */
  write(redecoded: readonly Redecoded[]): Promise<readonly Slot[]>;
}

const BLOCKS_AT_ONCE = 200;
const NO_KEY = new Uint8Array(PUBLIC_KEY_BYTES);
const markTable = rowTable('blocks', Object.fromEntries(blocksTable.columns.map(({ name, type }) => [name, type])));
const redecodedTable = rowTable('redecoded', {
  ...{ slot: 'UInt64', bank: 'UInt32', source: 'LowCardinality(String)', tx_index: 'UInt32', ix_path: 'Array(UInt16)' },
  ...{ ordinal: 'UInt32', public_key: 'FixedString(32)', blockhash: 'FixedString(32)' },
});

/** @param revision number of IDLs added to the registry */
export function createRedecodeStore(
  client: StoreClient,
  eventTables: readonly TypedTable[],
  revision: number,
): RedecodeStore {
  const encode = createBatchEncoder(eventTables, revision);
  return {
    next: (afterSlot) => nextBlocks(client, revision, afterSlot),
    async write(redecoded) {
      const { rows: batches } = encode(
        redecoded.map(({ block }) => block),
        () => 0,
      );
      // The transactions are here already, and whole.
      const written = batches.filter(({ table }) => table !== 'transactions');
      await Promise.all(written.map((each) => killable('redecode-rows', () => client.insert(each))));
      const taken = redecoded.flatMap(redecodedRows);
      await killable('redecode-redecoded', () => insertRows(client, redecodedTable, taken));
      return markAnew(
        client,
        redecoded.map(({ block }) => block.block),
        revision,
      );
    },
  };
}

async function nextBlocks(client: StoreClient, revision: number, afterSlot: Slot): Promise<KeptBlock[]> {
  const blocks = await keptBlocks(client, revision, afterSlot, BLOCKS_AT_ONCE);
  const slots = blocks.map(({ slot }) => slot);
  if (slots.length === 0) return [];
  const [payloads, transactions, accounts] = await Promise.all([
    keptPayloads(client, slots),
    keptTransactions(client, slots),
    unnamedAccounts(client, slots),
  ]);
  const [payloadsOf, transactionsOf, accountsOf] = [byBlock(payloads), byBlock(transactions), byBlock(accounts)];
  return blocks.map((header) => {
    const key = markKey(header);
    const states = (accountsOf.get(key) ?? []).map((each): AccountState => ({ ...each, signature: null }));
    const named = (transactionsOf.get(key) ?? []).map(transactionStub);
    const kept = (payloadsOf.get(key) ?? []).map((each): Undecoded => {
      return { ...each, publicKey: each.source === 'account' ? each.publicKey : null };
    });
    return { block: blockWith(header, named, states), kept };
  });
}

function byBlock<T extends BlockIdentity>(found: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of found) {
    const key = markKey(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}

/** As much of a transaction as rows of its payloads need. */
function transactionStub(found: { index: number; signature: Uint8Array; failed: number }): Transaction {
  const nothing = {
    accountKeys: [],
    instructions: [],
    innerInstructions: [],
    logMessages: null,
    computeUnits: null,
    balanceTurns: [],
    tokenChanges: [],
  };
  const { index, signature, failed } = found;
  return { ...nothing, index, signature, error: failed === 1 ? NO_KEY : null, feeLamports: 0n };
}

function blockWith(header: KeptBlockRow, transactions: Transaction[], accounts: AccountState[]): Block {
  const { slot, bank, blockhash, parentSlot, parentBlockhash, blockTime } = header;
  return {
    ...{ slot, bank, blockhash, parentSlot, parentBlockhash, transactions, accounts },
    ...{ blockTime: blockTime < 0n ? null : blockTime, blockHeight: null, hasAccounts: true },
  };
}

function redecodedRows({ block: { block }, resolved }: Redecoded): object[] {
  const { slot, bank, blockhash } = block;
  return resolved.map(({ source, transactionIndex, path, ordinal, publicKey }) => ({
    ...{ slot, bank, blockhash, source, ordinal, ixPath: path, txIndex: transactionIndex },
    publicKey: publicKey ?? NO_KEY,
  }));
}

interface MarkRow extends BlockIdentity {
  readonly transactionCount: number;
  readonly eventCount: number;
  readonly instructionCount: number;
  readonly undecodedCount: number;
}

async function markAnew(client: StoreClient, blocks: readonly BlockIdentity[], revision: number): Promise<Slot[]> {
  const wanted = new Set(blocks.map(markKey));
  const slots = blocks.map(({ slot }) => slot);
  const found = await rows<MarkRow>(
    client,
    `SELECT ${markTable.selectList} FROM blocks FINAL WHERE sign = 1 AND slot IN ({slots:Array(UInt64)}) ORDER BY slot`,
    { slots },
  );
  const marks = found.filter((each) => wanted.has(markKey(each)));
  const [renewed, refused]: [MarkRow[], Slot[]] = [[], []];
  const contentOf = await contentOfAll(client, marks);
  for (const mark of marks) {
    const { rowCounts, contentHash } = contentOf(mark.slot);
    const { events, instructions, undecoded, transactions } = rowCounts;
    const isWhole =
      transactions === mark.transactionCount &&
      events + instructions + undecoded === mark.eventCount + mark.instructionCount + mark.undecodedCount;
    const counts = { eventCount: events, instructionCount: instructions, undecodedCount: undecoded };
    if (isWhole) renewed.push({ ...mark, ...counts, ...{ contentHash, decodedBy: revision } });
    else refused.push(mark.slot);
  }
  if (renewed.length > 0) await killable('redecode-blocks', () => insertRows(client, markTable, renewed));
  return refused;
}

/** Slots that are read at once: blocks with kept payloads may lie close together, or a million slots apart. */
const SLOTS_AT_ONCE = 256n;

async function contentOfAll(client: StoreClient, marks: readonly MarkRow[]): Promise<(slot: Slot) => StoredContent> {
  const found = new Map<Slot, StoredContent>();
  for (let start = 0; start < marks.length; ) {
    const firstSlot = marks[start]?.slot ?? 0n;
    const piece = marks.slice(start).filter(({ slot }) => slot < firstSlot + SLOTS_AT_ONCE);
    const contentOf = await storedContent(client, firstSlot, piece.at(-1)?.slot ?? firstSlot);
    for (const { slot } of piece) found.set(slot, contentOf(slot));
    start += piece.length;
  }
  return (slot) => found.get(slot) as StoredContent;
}
