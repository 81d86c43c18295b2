/**
 * `plumbline idl add <file> --program <address> [--from-slot <slot>]` and `plumbline idl list`: the registry of IDLs, which
 * is part of the record. A running indexer follows with what was added within seconds.
 * @module
 */
import { addIdl } from '../indexer/add-idl.ts';
import type { Registry } from '../indexer/decode/registry.ts';
import { checkInput } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { recordedRegistry } from '../indexer/program-registry.ts';
import { redecodeKept } from '../indexer/redecode-kept.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { addedIdls } from '../indexer/store/queries/rows/idls.ts';
import { keptCount } from '../indexer/store/queries/rows/kept-payloads.ts';
import { say } from './say.ts';
import { slotArgument } from './slot-argument.ts';

/**
 * In force from the start of the chain unless told otherwise; a second version of a program needs its slot.
 * @throws InputError `IDL__PROGRAM_MISSING`, and the codes of `addIdl`
 */
export async function runIdlAdd(
  settings: Settings,
  path: string,
  options: { program?: string; fromSlot?: string; prefix?: string },
  signal: AbortSignal,
): Promise<void> {
  const { program } = options;
  checkInput(program !== undefined, 'IDL__PROGRAM_MISSING', 'Whose IDL? Give the address with --program');
  const fromSlot = slotArgument('--from-slot', options.fromSlot ?? '0');
  const client = createStoreClient(settings);
  try {
    const added = await addIdl(settings, client, { path, program, fromSlot, prefix: options.prefix ?? null });
    const tables = added.registry.tables.filter(({ programId }) => isOf(added.registry, program, programId));
    say(
      added.isNew
        ? `added: ${program} from slot ${fromSlot}, ${tables.length} event tables ${added.prefix}_…`
        : 'it had been added before',
    );
    const { blockCount, resolvedCount, refusedSlots } = await redecodeKept(client, added, signal);
    say(`decoded ${resolvedCount} payloads that were kept undecoded, in ${blockCount} blocks`);
    if (refusedSlots.length > 0) {
      say(`left as they are, run plumbline verify blocks: slots ${refusedSlots.slice(0, 10).join(', ')}`);
    }
  } finally {
    await client.close();
  }
}

/** One line per program and version, with the slots it is in force. */
export async function runIdlList(settings: Settings): Promise<void> {
  const client = createStoreClient(settings);
  try {
    const added = await addedIdls(client);
    const { registry } = await recordedRegistry(settings, client);
    for (const { id, idText, versions } of registry.programs) {
      const count = await keptCount(client, id);
      say(`${idText}  undecoded ${count}`);
      for (const [index, { validFromSlot }] of versions.entries()) {
        const newer = versions[index - 1];
        const until = newer === undefined ? 'on' : `to ${newer.validFromSlot - 1n}`;
        const row = added.find((each) => each.program === idText && each.fromSlot === validFromSlot);
        say(`  from slot ${validFromSlot} ${until}  ${row === undefined ? 'own' : `sha256 ${row.sha256}`}`);
      }
    }
  } finally {
    await client.close();
  }
}

function isOf(registry: Registry, program: string, programId: Uint8Array): boolean {
  return registry.program(programId)?.idText === program;
}
