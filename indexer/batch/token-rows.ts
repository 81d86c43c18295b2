/**
 * Rows of the token accounts whose balance a transaction changed, of those that a call of our programs in it named, whether
 * or not its IDL can read that call. Others of the transaction are nobody's business here.
 *
 * Not part of the content hash: records from before these rows were written agree with those from after.
 * @module
 */
import type { DecodedBlock } from '../decode/decoded-block.ts';
import type { Transaction } from '../domain/chain.ts';
import { PUBLIC_KEY_BYTES } from '../domain/units.ts';
import type { OpenTable } from './block-tables.ts';
import { tokenBalancesTable } from './chain-tables.ts';
import { type BlockContext, compileRowWriter } from './table-shape.ts';

const writeRow = compileRowWriter(tokenBalancesTable);

/** Adds those of some transactions, which stand in block order. */
export function addTokenChanges(
  open: OpenTable,
  transactions: readonly Transaction[],
  calls: Pick<DecodedBlock, 'instructions' | 'undecoded'>,
  context: BlockContext,
): void {
  const changed = transactions.filter(({ tokenChanges }) => tokenChanges.length > 0);
  if (changed.length === 0) return;
  const named = namedIn(calls);
  for (const { index, tokenChanges } of changed) {
    for (const change of tokenChanges) {
      if (!named.has(placeOf(index, change.publicKey))) continue;
      writeRow(open.writer, { transactionIndex: index, ...change }, context);
      open.rowCount += 1;
    }
  }
}

function namedIn({ instructions, undecoded }: Pick<DecodedBlock, 'instructions' | 'undecoded'>): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { transactionIndex, accounts } of instructions) {
    for (const { publicKey } of accounts) named.add(placeOf(transactionIndex, publicKey));
  }
  for (const { source, transactionIndex, accounts } of undecoded) {
    if (source !== 'instruction') continue;
    for (const publicKey of accounts) named.add(placeOf(transactionIndex, publicKey));
  }
  return named;
}

function placeOf(transactionIndex: number, { buffer, byteOffset }: Uint8Array): string {
  return transactionIndex + Buffer.from(buffer, byteOffset, PUBLIC_KEY_BYTES).toString('latin1');
}
