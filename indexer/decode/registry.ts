/**
 * Which IDL is in force for a program at a slot. A program upgrade adds an entry and changes nothing before its slot,
 * so old blocks decode for ever as they did.
 * @module
 */
import { fromBase58 } from '../domain/base58.ts';
import { checkInput } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import { eventAuthorityOf } from './event-authority.ts';
import { columnsOf, type EventTable, mergeColumns } from './event-tables.ts';
import type { Idl } from './idl.ts';
import {
  type CompiledIdl,
  compileIdl,
  DiscriminatorIndex,
  startsWith,
  type Tagged,
  type TaggedEvent,
  type TaggedInstruction,
} from './program-version.ts';

export interface RegistryEntry {
  /** Base58. */
  readonly programId: string;
  /** First part of its tables' names, `staking`. The same for every version of a program. */
  readonly prefix: string;
  readonly idl: Idl;
  /** First slot at which this version is in force. */
  readonly validFromSlot: Slot;
}

export interface ProgramVersion {
  readonly validFromSlot: Slot;
  readonly events: DiscriminatorIndex<TaggedEvent>;
  readonly instructions: DiscriminatorIndex<TaggedInstruction>;
  readonly accounts: DiscriminatorIndex<Tagged>;
}

export interface RegisteredProgram {
  readonly id: Uint8Array;
  readonly idText: string;
  /** The PDA that must be the one account of a self-CPI event. */
  readonly eventAuthority: Uint8Array;
  /** Newest first. */
  readonly versions: readonly ProgramVersion[];
}

export interface Registry {
  readonly programs: readonly RegisteredProgram[];
  readonly tables: readonly EventTable[];
  /** The program with this id, `null` for a program that is not ours. */
  program(id: Uint8Array): RegisteredProgram | null;
}

/** The version of a program in force at a slot; `null` before its first. */
export function versionAt(program: RegisteredProgram, slot: Slot): ProgramVersion | null {
  for (const version of program.versions) if (version.validFromSlot <= slot) return version;
  return null;
}

/**
 * Build the registry. Tables are given out in the order of the entries, so that an entry added at the end never moves
 * what those before it were given; which version is in force follows from slots alone.
 * @throws InputError `IDL__BAD_PREFIX`, `IDL__DUPLICATE_VERSION`, `IDL__TABLE_COLLISION`, `IDL__COLUMN_COLLISION`, and the
 * codes of `compileIdl`
 */
export function buildRegistry(entries: readonly RegistryEntry[]): Registry {
  const tables = new TableSet();
  const programs = [...groupByProgram(entries)].map(([idText, versions]) => buildProgram(idText, versions, tables));
  return { programs, tables: tables.all(), program: programFinder(programs) };
}

/** Programs by the first byte of their id: every call of every transaction is looked up, and few are ours. */
function programFinder(programs: readonly RegisteredProgram[]): Registry['program'] {
  const buckets: (RegisteredProgram[] | undefined)[] = new Array(256);
  for (const program of programs) {
    const first = program.id[0] ?? 0;
    buckets[first] = [...(buckets[first] ?? []), program];
  }
  return (id) => {
    const bucket = buckets[id[0] ?? 0];
    if (bucket === undefined) return null;
    for (const program of bucket) if (id.length === program.id.length && startsWith(id, 0, program.id)) return program;
    return null;
  };
}

function groupByProgram(entries: readonly RegistryEntry[]): Map<string, RegistryEntry[]> {
  const groups = new Map<string, RegistryEntry[]>();
  for (const entry of entries) {
    checkInput(/^[a-z][a-z0-9_]*$/.test(entry.prefix), 'IDL__BAD_PREFIX', `Not a table prefix: ${entry.prefix}`, {
      prefix: entry.prefix,
    });
    groups.set(entry.programId, [...(groups.get(entry.programId) ?? []), entry]);
  }
  const owners = new Map<string, string>();
  for (const [programId, [first]] of groups) {
    const prefix = first?.prefix ?? '';
    const owner = owners.get(prefix);
    checkInput(owner === undefined, 'IDL__BAD_PREFIX', `${programId} and ${owner} cannot share the prefix ${prefix}`, {
      programId,
      prefix,
    });
    owners.set(prefix, programId);
  }
  return groups;
}

function buildProgram(idText: string, entries: readonly RegistryEntry[], tables: TableSet): RegisteredProgram {
  const id = fromBase58(idText);
  const slots = new Set<Slot>();
  const versions = entries.map((entry) => {
    checkInput(
      !slots.has(entry.validFromSlot),
      'IDL__DUPLICATE_VERSION',
      `Two IDLs of ${idText} from slot ${entry.validFromSlot}: give the slot of the upgrade with --from-slot`,
      {
        programId: idText,
        slot: entry.validFromSlot,
      },
    );
    slots.add(entry.validFromSlot);
    checkInput(entries[0]?.prefix === entry.prefix, 'IDL__BAD_PREFIX', `${idText} has two prefixes`, {
      programId: idText,
    });
    return buildVersion(entry, tables.place(id, compileIdl(entry.idl, entry.prefix)));
  });
  versions.sort((left, right) => (left.validFromSlot > right.validFromSlot ? -1 : 1));
  return { id, idText, eventAuthority: eventAuthorityOf(id), versions };
}

function buildVersion(entry: RegistryEntry, compiled: CompiledIdl): ProgramVersion {
  return {
    validFromSlot: entry.validFromSlot,
    events: new DiscriminatorIndex(compiled.events),
    instructions: new DiscriminatorIndex(compiled.instructions),
    accounts: new DiscriminatorIndex(compiled.accounts),
  };
}

/** A 32-byte key as a map key: one character per byte, the cheapest text of it. */
export function keyOf(id: Uint8Array): string {
  return Buffer.prototype.latin1Slice.call(id, 0, id.length);
}

/** Views over tables are named by these. */
const VIEW_PREFIXES = /^(?:canonical|readable|current)_/;

/** The typed tables as versions add to them. */
class TableSet {
  private readonly tables = new Map<string, EventTable>();

  all(): readonly EventTable[] {
    return [...this.tables.values()];
  }

  /**
   * Give every event of a version its table. A version whose columns do not fit the table of an older one (the same
   * name with another type) gets the next: `staking_stake_2`.
   */
  place(programId: Uint8Array, compiled: CompiledIdl): CompiledIdl {
    const mine = new Map<string, string>();
    const events = compiled.events.map((event) => {
      checkInput(
        !VIEW_PREFIXES.test(event.table),
        'IDL__TABLE_COLLISION',
        `Event ${event.name} would have the table ${event.table}, which is named like a view`,
        { table: event.table },
      );
      checkInput(
        !mine.has(event.table),
        'IDL__TABLE_COLLISION',
        `Events ${mine.get(event.table)} and ${event.name} share ${event.table}`,
        {
          table: event.table,
        },
      );
      mine.set(event.table, event.name);
      return event.decoder === null ? event : { ...event, table: this.add(programId, event) };
    });
    return { ...compiled, events };
  }

  private add(programId: Uint8Array, event: TaggedEvent): string {
    const columns = event.decoder === null ? [] : columnsOf(event.decoder.layout);
    for (let number = 1; ; number += 1) {
      const table = number === 1 ? event.table : `${event.table}_${number}`;
      const present = this.tables.get(table);
      if (present === undefined) {
        this.tables.set(table, { table, programId, eventName: event.name, columns });
        return table;
      }
      const isSame = present.eventName === event.name && Buffer.compare(present.programId, programId) === 0;
      checkInput(isSame, 'IDL__TABLE_COLLISION', `Events ${present.eventName} and ${event.name} share ${table}`, {
        table,
      });
      const merged = mergeColumns(present.columns, columns);
      if (merged === null) continue;
      this.tables.set(table, { ...present, columns: merged });
      return table;
    }
  }
}
