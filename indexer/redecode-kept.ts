/**
 * Decode again what was kept undecoded, over the whole record, once the registry has grown. Nothing is read from the chain.
 *
 * May be run by several processes at once, stopped anywhere and run again: see `store/redecode-store.ts`.
 * @module
 */
import { redecode } from './decode/redecode.ts';
import type { Slot } from './domain/units.ts';
import type { RecordedRegistry } from './program-registry.ts';
import type { StoreClient } from './store/clickhouse-client.ts';
import { createRedecodeStore } from './store/redecode-store.ts';

export interface RedecodeReport {
  readonly blockCount: number;
  readonly resolvedCount: number;
  /** Blocks whose stored payloads are not as many as their marks say; left as they are. */
  readonly refusedSlots: readonly Slot[];
}

export async function redecodeKept(
  client: StoreClient,
  { registry, revision }: RecordedRegistry,
  signal?: AbortSignal,
): Promise<RedecodeReport> {
  const report = { blockCount: 0, resolvedCount: 0, refusedSlots: [] as Slot[] };
  // Nothing was added: what is kept was looked at by these very IDLs when it came.
  if (revision === 0) return report;
  const store = createRedecodeStore(client, registry.tables, revision);
  let blocks = await store.next(BEFORE_FIRST);
  while (blocks.length > 0 && signal?.aborted !== true) {
    const redecoded = blocks.map(({ block, kept }) => redecode(block, kept, registry));
    report.refusedSlots.push(...(await store.write(redecoded)));
    report.blockCount += blocks.length;
    report.resolvedCount += redecoded.reduce((sum, { resolved }) => sum + resolved.length, 0);
    blocks = await store.next(blocks.at(-1)?.block.slot ?? BEFORE_FIRST);
  }
  return report;
}

const BEFORE_FIRST = 0n;
