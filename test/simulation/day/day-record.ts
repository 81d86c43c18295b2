/**
 * What a simulated day left on the chain, read back as the platform reads it: blocks by RPC, decoded by IDL.
 * @module
 */
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import type { Registry } from '../../../indexer/decode/registry.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { blockFromRpc } from '../../../indexer/rpc/rpc-block.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';

export interface Count {
  succeeded: number;
  failed: number;
}

export interface DayRecord {
  readonly blockCount: number;
  readonly transactionCount: number;
  /** Calls by `program.instruction`, inner ones too. */
  readonly instructions: ReadonlyMap<string, Count>;
  /** Events by `program.Event`. */
  readonly events: ReadonlyMap<string, number>;
  /** What the IDLs do not explain, and transactions whose logs were cut. */
  readonly undecodedCount: number;
  readonly truncatedCount: number;
}

/** Runtime slots of one `getBlocks` call. */
const SLOTS_PER_CALL = 1_000n;

/**
 * Everything up to the confirmed head.
 * @param nameOf names of the programs by address
 * @param onBlock sees every decoded block in chain order
 */
export async function readDay(
  rpcUrl: string,
  registry: Registry,
  nameOf: ReadonlyMap<string, string>,
  headSlot: bigint,
  onBlock: (decoded: DecodedBlock) => void = () => {},
): Promise<DayRecord> {
  const rpc = chainRpc(rpcUrl);
  const programs = new Set(nameOf.keys());
  const record = {
    ...{ blockCount: 0, transactionCount: 0, undecodedCount: 0, truncatedCount: 0 },
    instructions: new Map<string, Count>(),
    events: new Map<string, number>(),
  };
  for (let from = 1n; from <= headSlot; from += SLOTS_PER_CALL) {
    const last = from + SLOTS_PER_CALL - 1n;
    for (const slot of await rpc.blockSlots(from, last < headSlot ? last : headSlot)) {
      const block = await rpc.block(slot);
      if (block === null) continue;
      const decoded = decodeBlock(blockFromRpc(slot, block, programs), registry);
      record.blockCount += 1;
      record.transactionCount += decoded.block.transactions.length;
      record.undecodedCount += decoded.undecoded.length;
      record.truncatedCount += decoded.truncatedTransactions.length;
      count(decoded, nameOf, record);
      onBlock(decoded);
    }
  }
  return record;
}

function count(
  decoded: DecodedBlock,
  nameOf: ReadonlyMap<string, string>,
  record: { readonly instructions: Map<string, Count>; readonly events: Map<string, number> },
): void {
  for (const { programId, name, failed } of decoded.instructions) {
    const key = nameIn(nameOf, programId, name);
    const found = record.instructions.get(key) ?? { succeeded: 0, failed: 0 };
    found[failed ? 'failed' : 'succeeded'] += 1;
    record.instructions.set(key, found);
  }
  for (const { programId, name } of decoded.events) {
    const key = nameIn(nameOf, programId, name);
    record.events.set(key, (record.events.get(key) ?? 0) + 1);
  }
}

/** `program.name`. */
export function nameIn(nameOf: ReadonlyMap<string, string>, programId: Uint8Array, name: string): string {
  return `${nameOf.get(toBase58(programId))}.${name}`;
}
