/**
 * The accounts of a transaction in the runtime's order: static keys, then writable and readonly ones loaded through
 * address lookup tables. Source: solana-message `LoadedMessage`, the lookup table program's account layout.
 * @module
 */
import type { AccountRecord } from '../ledger/block.ts';
import { type Key, keyOf } from '../wire/key.ts';
import { isStaticWritable, type ParsedMessage } from '../wire/transaction.ts';

export interface ResolvedAccounts {
  readonly keys: readonly Key[];
  readonly writable: readonly boolean[];
  readonly loadedWritable: readonly Uint8Array[];
  readonly loadedReadonly: readonly Uint8Array[];
}

const TABLE_HEADER_BYTES = 56;

export function resolveAccounts(
  message: ParsedMessage,
  readAccount: (key: Key) => AccountRecord | undefined,
): ResolvedAccounts {
  const loadedWritable: Uint8Array[] = [];
  const loadedReadonly: Uint8Array[] = [];
  for (const lookup of message.lookups) {
    const table = readAccount(keyOf(lookup.accountKey))?.data ?? new Uint8Array();
    loadedWritable.push(...entriesOf(table, lookup.writableIndexes));
    loadedReadonly.push(...entriesOf(table, lookup.readonlyIndexes));
  }
  const staticWritable = message.accountKeys.map((_, index) => isStaticWritable(message, index));
  return {
    keys: [...message.accountKeys, ...loadedWritable, ...loadedReadonly].map(keyOf),
    writable: [...staticWritable, ...loadedWritable.map(() => true), ...loadedReadonly.map(() => false)],
    loadedWritable,
    loadedReadonly,
  };
}

/** Entries that are not in the table are left out: the runtime refuses such a transaction by itself. */
function entriesOf(table: Uint8Array, indexes: Uint8Array): Uint8Array[] {
  return [...indexes].flatMap((index) => {
    const start = TABLE_HEADER_BYTES + 32 * index;
    return start + 32 <= table.length ? [table.slice(start, start + 32)] : [];
  });
}
