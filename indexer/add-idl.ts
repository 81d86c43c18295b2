/**
 * Adding an IDL to a record: a version of a program that is known, or another program altogether.
 *
 * Everything is checked and the tables are made before the row is written that makes it count; a process that was killed
 * on the way is repaired by the same call. What cannot be used changes nothing.
 * @module
 */
import type { TypedTable } from './batch/chain-tables.ts';
import { readIdlFile } from './decode/load-registry.ts';
import { buildRegistry, type Registry } from './decode/registry.ts';
import { compareBytes, fromBase58 } from './domain/base58.ts';
import { checkInput } from './domain/errors.ts';
import type { Settings } from './domain/settings.ts';
import type { Slot } from './domain/units.ts';
import { entryOf, type RecordedRegistry, registryEntries } from './program-registry.ts';
import type { StoreClient } from './store/clickhouse-client.ts';
import { ensureEventTables } from './store/event-tables.ts';
import { addedIdls, insertIdl, sha256Of } from './store/queries/rows/idls.ts';

export interface NewIdl {
  readonly path: string;
  /** Base58. */
  readonly program: string;
  /** First slot at which it is in force. */
  readonly fromSlot: Slot;
  /** First part of its tables' names; `null` takes the program's own, or the IDL's name where it has none yet. */
  readonly prefix: string | null;
}

export interface IdlAddition extends RecordedRegistry {
  readonly prefix: string;
  /** False when the very same had been added before. */
  readonly isNew: boolean;
}

/**
 * Add an IDL, or find that it is there.
 * @throws InputError `IDL__DUPLICATE_VERSION` when another text is in force from that slot, and the codes of `parseIdlText`,
 *   `buildRegistry` and `ensureEventTables`
 */
export async function addIdl(settings: Settings, client: StoreClient, added: NewIdl): Promise<IdlAddition> {
  const { program, fromSlot } = added;
  fromBase58(program);
  const { idl, text } = await readIdlFile(added.path);
  const known = await addedIdls(client);
  const entries = await registryEntries(settings, known);
  const same = known.find((each) => each.program === program && each.fromSlot === fromSlot);
  if (same !== undefined) {
    checkInput(
      same.sha256 === sha256Of(text),
      'IDL__DUPLICATE_VERSION',
      `Another IDL of ${program} is in force from slot ${fromSlot}: give the slot of the upgrade with --from-slot`,
      { program, fromSlot },
    );
    const registry = buildRegistry(entries);
    await ensureEventTables(client, tablesOf(registry, program));
    return { registry, revision: known.length, prefix: same.prefix, isNew: false };
  }
  const ownPrefix = entries.find(({ programId }) => programId === program)?.prefix ?? null;
  const prefix = added.prefix ?? ownPrefix ?? prefixFrom(idl.name);
  const row = { program, fromSlot, prefix, content: text };
  const registry = buildRegistry([...entries, entryOf(row)]);
  await ensureEventTables(client, tablesOf(registry, program));
  await insertIdl(client, row);
  return { registry, revision: known.length + 1, prefix, isNew: true };
}

/** Those of its own program alone: the others' are made by who follows them. */
function tablesOf({ tables }: Registry, program: string): readonly TypedTable[] {
  const id = fromBase58(program);
  return tables.filter(({ programId }) => compareBytes(programId, id) === 0);
}

/** A name of an IDL is an identifier in snake_case; what it may begin with more than a prefix goes. */
function prefixFrom(name: string): string {
  const prefix = name.replace(/^[_\d]+/, '');
  checkInput(prefix !== '', 'IDL__BAD_PREFIX', `Name the program's tables with --prefix: ${name} is no name for them`, {
    name,
  });
  return prefix;
}
