import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockRowEncoder } from '../../../indexer/batch/block-rows.ts';
import { ByteSource } from '../../../indexer/batch/byte-source.ts';
import { ByteWriter } from '../../../indexer/batch/byte-writer.ts';
import {
  accountsTable,
  eventsTable,
  eventTableShape,
  instructionsTable,
  transactionsTable,
  undecodedTable,
} from '../../../indexer/batch/chain-tables.ts';
import { payloadWriter } from '../../../indexer/batch/payload-columns.ts';
import { compileRowWriter, contextOf, type TableShape } from '../../../indexer/batch/table-shape.ts';
import { compileDecoder } from '../../../indexer/decode/compile-decoder.ts';
import type { DecodedBlock, DecodedEvent } from '../../../indexer/decode/decoded-block.ts';
import { columnsOf } from '../../../indexer/decode/event-tables.ts';
import type { Layout, StructLayout } from '../../../indexer/decode/layout.ts';
import { blockOf, bytesOf, chainOf, smallEventTables } from '../store/small-chain.ts';

/** Rows by the shapes alone, column after column: what every faster way must equal. */
function rowsByShape<Row>(shape: TableShape<Row>, rows: readonly Row[], decoded: DecodedBlock): string {
  const writer = new ByteWriter();
  const write = compileRowWriter(shape);
  for (const row of rows) write(writer, row, contextOf(decoded));
  return writer.copy().toString('hex');
}

function expectedRows(decoded: DecodedBlock): Record<string, string> {
  const byShape: Record<string, string> = {
    transactions: rowsByShape(transactionsTable, decoded.block.transactions, decoded),
    events: rowsByShape(eventsTable, decoded.events, decoded),
    instructions: rowsByShape(instructionsTable, decoded.instructions, decoded),
    accounts: rowsByShape(
      accountsTable,
      decoded.accounts.toSorted((left, right) => Buffer.compare(left.state.publicKey, right.state.publicKey)),
      decoded,
    ),
    undecoded: rowsByShape(undecodedTable, decoded.undecoded, decoded),
  };
  for (const table of smallEventTables) {
    const events = decoded.events.filter((each) => each.table === table.table);
    byShape[table.table] = rowsByShape(eventTableShape(table), events, decoded);
  }
  return Object.fromEntries(Object.entries(byShape).filter(([, hex]) => hex !== ''));
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('rows of a block', () => {
  it('are byte for byte those of the shapes', () => {
    const encoder = new BlockRowEncoder(smallEventTables);
    for (const decoded of chainOf(1n, 60, 'rows', null)) {
      const { rows } = encoder.prepare(decoded);
      expect(Object.fromEntries(rows.map(({ table, bytes }) => [table, hexOf(bytes)]))).toEqual(expectedRows(decoded));
    }
  });

  it('do not change when another block is prepared', () => {
    const encoder = new BlockRowEncoder(smallEventTables);
    const blocks = chainOf(1n, 8, 'kept', null);
    const kept = blocks.map((each) => encoder.prepare(each));
    for (const [index, each] of blocks.entries()) {
      expect(kept[index]).toEqual(new BlockRowEncoder(smallEventTables).prepare(each));
    }
  });

  it('leave nothing behind when a block cannot be encoded', () => {
    const encoder = new BlockRowEncoder(smallEventTables);
    const good = chainOf(1n, 8, 'good', null).find(({ events }) => events.length > 0) as DecodedBlock;
    const [event] = good.events as [DecodedEvent];
    const bad = { ...good, events: [...good.events, { ...event, table: 'nowhere' }] };
    expect(() => encoder.prepare(bad)).toThrow(expect.objectContaining({ code: 'BATCH__NO_EVENT_TABLE' }));
    expect(encoder.prepare(good)).toEqual(new BlockRowEncoder(smallEventTables).prepare(good));
  });

  it('refuse a key of a wrong length instead of shifting the columns behind it', () => {
    const good = blockOf(3n, 'refused', null);
    const bad = { ...good, block: { ...good.block, blockhash: bytesOf('short', 31) } };
    expect(() => new BlockRowEncoder(smallEventTables).prepare(bad)).toThrow(
      expect.objectContaining({ code: 'BATCH__WRONG_VALUE' }),
    );
  });
});

interface Sample {
  readonly layout: Layout;
  readonly bytes: Buffer;
}

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const fixed = (layout: Layout, size: number): fc.Arbitrary<Sample> =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => ({ layout, bytes: Buffer.from(bytes) }));

const scalar: fc.Arbitrary<Sample> = fc.oneof(
  ...(['u8', 'i16', 'u32', 'u64', 'i64', 'u128', 'i256'] as const).map((type) =>
    fixed({ kind: 'integer', type }, Number(type.slice(1)) / 8),
  ),
  fixed({ kind: 'pubkey' }, 32),
  fixed({ kind: 'bytes', size: 7 }, 7),
  fixed({ kind: 'bytes', size: 300 }, 300),
  fc.boolean().map((value): Sample => ({ layout: { kind: 'bool' }, bytes: Buffer.of(value ? 1 : 0) })),
  fc.string({ unit: 'grapheme', maxLength: 200 }).map((text): Sample => {
    const bytes = Buffer.from(text);
    return { layout: { kind: 'string' }, bytes: Buffer.concat([u32(bytes.length), bytes]) };
  }),
  fc.uint8Array({ maxLength: 200 }).map(
    (bytes): Sample => ({
      layout: { kind: 'bytes', size: null },
      bytes: Buffer.concat([u32(bytes.length), bytes]),
    }),
  ),
);

const unitEnum: Layout = {
  kind: 'enum',
  name: 'Kind',
  variants: ['First', 'Second'].map((name) => ({ kind: 'struct', name, fields: [] })),
};

const field: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.tuple(scalar, fc.boolean()).map(
    ([{ layout, bytes }, isPresent]): Sample => ({
      layout: { kind: 'option', inner: layout },
      bytes: isPresent ? Buffer.concat([Buffer.of(1), bytes]) : Buffer.of(0),
    }),
  ),
  fc.tuple(fixed({ kind: 'pubkey' }, 32), fc.boolean()).map(
    ([{ layout, bytes }, isPresent]): Sample => ({
      layout: { kind: 'coption', inner: layout },
      bytes: Buffer.concat([u32(isPresent ? 1 : 0), bytes]),
    }),
  ),
  fc.tuple(scalar, fc.nat({ max: 150 })).map(
    ([{ layout, bytes }, count]): Sample => ({
      layout: { kind: 'vec', item: layout },
      bytes: Buffer.concat([u32(count), ...Array<Buffer>(count).fill(bytes)]),
    }),
  ),
  fc.tuple(scalar, fc.nat({ max: 9 })).map(
    ([{ layout, bytes }, length]): Sample => ({
      layout: { kind: 'array', item: layout, length },
      bytes: Buffer.concat(Array<Buffer>(length).fill(bytes)),
    }),
  ),
  fc.constantFrom(0, 1).map((tag): Sample => ({ layout: unitEnum, bytes: Buffer.of(tag) })),
);

const struct = (name: string, samples: readonly Sample[]): Sample => ({
  layout: { kind: 'struct', name, fields: samples.map(({ layout }, index) => ({ name: `${name}${index}`, layout })) },
  bytes: Buffer.concat(samples.map(({ bytes }) => bytes)),
});

const pair: fc.Arbitrary<Sample> = fc.tuple(scalar, scalar).map(([left, right]) => ({
  layout: {
    kind: 'struct',
    name: 'Pair',
    fields: [left, right].map(({ layout }, index) => ({ name: `part_${index}`, layout })),
  },
  bytes: Buffer.concat([left.bytes, right.bytes]),
}));

/** What is JSON in its column. */
const nested: fc.Arbitrary<Sample> = fc.oneof(
  fc.tuple(pair, fc.nat({ max: 3 })).map(
    ([{ layout, bytes }, count]): Sample => ({
      layout: { kind: 'vec', item: layout },
      bytes: Buffer.concat([u32(count), ...Array<Buffer>(count).fill(bytes)]),
    }),
  ),
  fc.tuple(pair, fc.boolean()).map(
    ([{ layout, bytes }, isPresent]): Sample => ({
      layout: { kind: 'option', inner: { kind: 'option', inner: layout } },
      bytes: isPresent ? Buffer.concat([Buffer.of(1, 1), bytes]) : Buffer.of(1, 0),
    }),
  ),
  fc.tuple(pair, fc.boolean()).map(
    ([{ layout, bytes }, isFirst]): Sample => ({
      layout: {
        kind: 'enum',
        name: 'Full',
        variants: [layout as StructLayout, { kind: 'struct', name: 'Empty', fields: [] }],
      },
      bytes: isFirst ? Buffer.concat([Buffer.of(0), bytes]) : Buffer.of(1),
    }),
  ),
  fc.tuple(scalar, fc.boolean()).map(
    ([{ layout, bytes }, isPresent]): Sample => ({
      layout: { kind: 'vec', item: { kind: 'option', inner: { kind: 'vec', item: layout } } },
      bytes: isPresent ? Buffer.concat([u32(1), Buffer.of(1), u32(1), bytes]) : Buffer.concat([u32(1), Buffer.of(0)]),
    }),
  ),
);

/** Fields, some of them in a struct of their own. */
const event = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: field }, nested), { maxLength: 6 }),
    fc.array(field, { maxLength: 3 }),
    fc.array(field, { maxLength: 3 }),
  )
  .map(([before, nested, behind]) => struct('f', [...before, struct('g', nested), ...behind]));

describe('columns from a payload', () => {
  const tableOf = (layout: StructLayout) => ({ table: 't', columns: columnsOf(layout) });

  /** The columns of a payload by its decoded fields; the reason where it has none. */
  const byDecoder = (layout: StructLayout, data: Buffer, start: number): string => {
    const fields = compileDecoder(layout).decodeExact(data, start);
    if (typeof fields === 'string') return fields;
    const writer = new ByteWriter();
    const columns = tableOf(layout).columns.map((each) => ({ ...each, read: () => each.read(fields) }));
    compileRowWriter({ table: 't', columns })(writer, null, null as never);
    return writer.copy().toString('hex');
  };
  const byBytes = (layout: StructLayout, data: Buffer, start: number): string | null => {
    const writer = new ByteWriter();
    const isWritten = payloadWriter(layout, tableOf(layout))?.(writer, new ByteSource(data), start, data.length);
    return isWritten === true ? writer.copy().toString('hex') : null;
  };

  it('are those of its decoded fields', () => {
    fc.assert(
      fc.property(event, fc.nat({ max: 9 }), ({ layout, bytes }, before) => {
        const data = Buffer.concat([Buffer.alloc(before, 7), bytes]);
        expect(byBytes(layout as StructLayout, data, before)).toBe(byDecoder(layout as StructLayout, data, before));
      }),
      { numRuns: 250 },
    );
  });

  it('are not written for bytes that its decoder refuses', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 255 })), cut: fc.nat() });
    fc.assert(
      fc.property(event, change, fc.boolean(), ({ layout, bytes }, { at, byte, cut }, isCut) => {
        const data = Buffer.from(bytes);
        if (data.length > 0) data[at % data.length] = byte;
        const changed = isCut ? data.subarray(0, cut % (data.length + 1)) : data;
        const written = byBytes(layout as StructLayout, changed, 0);
        if (written !== null) expect(written).toBe(byDecoder(layout as StructLayout, changed, 0));
      }),
      { numRuns: 400 },
    );
  });

  it('are not taken for a table that has columns of another version', () => {
    const older: StructLayout = { kind: 'struct', name: 'E', fields: [{ name: 'a', layout: { kind: 'pubkey' } }] };
    const newer: StructLayout = {
      ...older,
      fields: [...older.fields, { name: 'b', layout: { kind: 'integer', type: 'u8' } }],
    };
    expect(payloadWriter(older, tableOf(newer))).toBeNull();
    expect(payloadWriter(newer, tableOf(newer))).not.toBeNull();
  });

  it.each<Layout>([
    { kind: 'float', type: 'f64' },
    { kind: 'vec', item: { kind: 'option', inner: { kind: 'float', type: 'f32' } } },
  ])('are left to the decoder where they are not its bytes: $kind', (layout) => {
    const whole: StructLayout = { kind: 'struct', name: 'E', fields: [{ name: 'a', layout }] };
    expect(payloadWriter(whole, tableOf(whole))).toBeNull();
  });
});
