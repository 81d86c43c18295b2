/**
 * Events of governance as the program emits them, in blocks of small chains: from bytes by the program's own layouts.
 * @module
 */
import type { DecodedBlock, DecodedEvent } from '../../indexer/decode/decoded-block.ts';
import type { Registry } from '../../indexer/decode/registry.ts';

export interface ToldEvent {
  /** As in the IDL. */
  readonly name: string;
  /** Discriminator and payload. */
  readonly data: Uint8Array;
}

/** An event as the indexer decodes it. */
export function decodedEvent(
  registry: Registry,
  { name, data }: ToldEvent,
  transactionIndex: number,
  position: number,
): DecodedEvent {
  const table = registry.tables.find(({ eventName }) => eventName === name);
  if (table === undefined) throw new Error(`no program tells of ${name}`);
  const tagged = registry.program(table.programId)?.versions[0]?.events.find(data, 0);
  if (!tagged?.decoder) throw new Error(`${name} has no decoder`);
  const fields = tagged.decoder.decodeExact(data, tagged.discriminator.length);
  if (typeof fields === 'string') throw new Error(fields);
  return {
    ...{ transactionIndex, path: [0], programId: table.programId, ordinal: position, position, transport: 'log' },
    ...{ name, table: table.table, data, fields, layout: tagged.decoder.layout },
  };
}

/** A block with these events instead of its own. */
export function blockWith(block: DecodedBlock, events: readonly DecodedEvent[]): DecodedBlock {
  return { ...block, events, instructions: [], accounts: [], undecoded: [] };
}

/** Transactions of a block that succeeded. */
export function goodTransactions({ block }: DecodedBlock): DecodedBlock['block']['transactions'] {
  return block.transactions.filter(({ error }) => error === null);
}
