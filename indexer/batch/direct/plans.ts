/**
 * What is the same for all events and all instructions of a kind, made once: names as bytes, and how their fields become
 * columns or JSON. A kind that has none of these is left to `decode`.
 * @module
 */
import type { TaggedEvent, TaggedInstruction } from '../../decode/program-version.ts';
import type { BlockTables, OpenTable } from '../block-tables.ts';
import { ByteSource } from '../byte-source.ts';
import { ByteWriter } from '../byte-writer.ts';
import { type BytesStep, jsonStep } from '../json-bytes.ts';
import type { PayloadWriter } from '../payload-columns.ts';

export interface EventPlan {
  /** Bytes of the discriminator. */
  readonly headBytes: number;
  readonly open: OpenTable;
  readonly columns: PayloadWriter;
  /** Columns name, typed_table and transport. */
  readonly logNames: ByteSource;
  readonly cpiNames: ByteSource;
}

export class EventPlans {
  readonly #plans = new Map<TaggedEvent, EventPlan | null>();
  /** Typed tables that the transaction at hand has rows for. */
  readonly #touched: OpenTable[] = [];

  constructor(private readonly tables: BlockTables) {}

  planOf(event: TaggedEvent): EventPlan | null {
    const known = this.#plans.get(event);
    if (known !== undefined) return known;
    const made = this.#make(event);
    this.#plans.set(event, made);
    return made;
  }

  #make({ decoder, discriminator, name, table }: TaggedEvent): EventPlan | null {
    const typed = this.tables.typed.get(table);
    const columns = decoder === null ? null : (typed?.row.payloadWriter(decoder.layout) ?? null);
    if (typed === undefined || columns === null) return null;
    const namesOf = (transport: string) =>
      encoded((writer) => {
        for (const each of [name, table, transport]) writer.text(each);
      });
    const { length: headBytes } = discriminator;
    return { headBytes, open: typed.open, columns, logNames: namesOf('log'), cpiNames: namesOf('cpi') };
  }

  keepNone(): void {
    this.#touched.length = 0;
  }

  /** Rows are about to be added to a table. */
  touch(open: OpenTable): void {
    if (this.#touched.includes(open)) return;
    open.keep();
    this.#touched.push(open);
  }

  undoTouched(): void {
    for (const open of this.#touched) open.undo();
  }
}

export interface InstructionPlan {
  /** Bytes of the discriminator. */
  readonly headBytes: number;
  readonly name: ByteSource;
  readonly args: BytesStep;
  /** Column account_names of a call with so many accounts. */
  accountNames(count: number): ByteSource;
}

export class InstructionPlans {
  readonly #plans = new Map<TaggedInstruction, InstructionPlan | null>();

  planOf(instruction: TaggedInstruction): InstructionPlan | null {
    const known = this.#plans.get(instruction);
    if (known !== undefined) return known;
    const made = planOf(instruction);
    this.#plans.set(instruction, made);
    return made;
  }
}

function planOf({ decoder, discriminator, name, accountNames }: TaggedInstruction): InstructionPlan | null {
  const args = decoder === null ? null : jsonStep(decoder.layout);
  if (args === null) return null;
  const byCount: (ByteSource | undefined)[] = [];
  return {
    headBytes: discriminator.length,
    name: encoded((writer) => writer.text(name)),
    args,
    accountNames(count) {
      byCount[count] ??= encoded((writer) => {
        writer.varint(count);
        for (let account = 0; account < count; account += 1) writer.text(accountNames[account] ?? '');
      });
      return byCount[count];
    },
  };
}

function encoded(write: (writer: ByteWriter) => void): ByteSource {
  const writer = new ByteWriter();
  write(writer);
  return new ByteSource(writer.copy());
}
