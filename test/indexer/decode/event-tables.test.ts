/** Columns that an IDL gives: names, types, values, and how versions of one event share a table. */
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../indexer/decode/canonical-json.ts';
import { parseIdl } from '../../../indexer/decode/parse-idl.ts';
import { buildRegistry } from '../../../indexer/decode/registry.ts';
import { InputError } from '../../../indexer/domain/errors.ts';

const PROGRAM = 'stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG';
const field = (name: string, type: unknown) => ({ name, type });

function idlOf(fields: readonly unknown[], types: readonly unknown[] = [], name = 'SomethingHappenedEvent') {
  return parseIdl({
    address: PROGRAM,
    metadata: { name: 'test', version: '0.1.0', spec: '0.1.0' },
    instructions: [],
    events: [{ name, discriminator: [1, 1, 1, 1, 1, 1, 1, 1] }],
    types: [{ name, type: { kind: 'struct', fields } }, ...types],
  });
}

const registryOf = (...versions: ReturnType<typeof idlOf>[]) =>
  buildRegistry(
    versions.map((idl, index) => ({ programId: PROGRAM, prefix: 'staking', idl, validFromSlot: BigInt(index * 10) })),
  );

const typesOf = (...versions: ReturnType<typeof idlOf>[]) =>
  registryOf(...versions).tables.map(({ table, columns }) => [
    table,
    Object.fromEntries(columns.map(({ name, type }) => [name, type])),
  ]);

const KIND = {
  name: 'Kind',
  type: {
    kind: 'enum',
    variants: [{ name: 'Idle' }, { name: 'Busy', fields: [field('since', 'i64'), field('who', 'pubkey')] }],
  },
};
const POINT = { name: 'Point', type: { kind: 'struct', fields: [field('x', 'u32'), field('y', 'i32')] } };

describe('typed tables', () => {
  it('every kind of field has its column', () => {
    const idl = idlOf(
      [
        field('isOpen', 'bool'),
        field('amount', 'u64'),
        field('total', 'u128'),
        field('wide', 'i256'),
        field('price', 'f64'),
        field('owner', 'pubkey'),
        field('label', 'string'),
        field('hash', { array: ['u8', 20] }),
        field('blob', 'bytes'),
        field('maybe', { option: 'u64' }),
        field('list', { vec: 'pubkey' }),
        field('matrix', { vec: { vec: 'u16' } }),
        field('point', { defined: { name: 'Point' } }),
        field('points', { vec: { defined: { name: 'Point' } } }),
        field('maybePoint', { option: { defined: { name: 'Point' } } }),
        field('kind', { defined: { name: 'Kind' } }),
        field('slot', 'u64'),
      ],
      [POINT, KIND],
    );
    expect(typesOf(idl)).toEqual([
      [
        'staking_something_happened',
        {
          is_open: 'Bool',
          amount: 'UInt64',
          total: 'UInt128',
          wide: 'Int256',
          price: 'Float64',
          owner: 'FixedString(32)',
          label: 'String',
          hash: 'FixedString(20)',
          blob: 'String',
          maybe: 'Nullable(UInt64)',
          list: 'Array(FixedString(32))',
          matrix: 'Array(Array(UInt16))',
          point_x: 'UInt32',
          point_y: 'Int32',
          points: 'String',
          maybe_point: 'String',
          kind: 'String',
          kind_fields: 'String',
          field_slot: 'UInt64',
        },
      ],
    ]);
  });

  it('columns read what the decoder gave', () => {
    const idl = idlOf(
      [
        field('point', { defined: { name: 'Point' } }),
        field('kind', { defined: { name: 'Kind' } }),
        field('points', { vec: { defined: { name: 'Point' } } }),
      ],
      [POINT, KIND],
    );
    const registry = registryOf(idl);
    const event = registry.programs[0]?.versions[0]?.events.find(new Uint8Array(8).fill(1), 0);
    const bytes = Buffer.alloc(8 + 1 + 8 + 32 + 4 + 8);
    bytes.writeUInt32LE(7, 0);
    bytes.writeInt32LE(-7, 4);
    bytes[8] = 1;
    bytes.writeBigInt64LE(-5n, 9);
    bytes.writeUInt32LE(1, 49);
    const fields = event?.decoder?.decodeExact(bytes, 0);
    if (typeof fields !== 'object' || event?.decoder == null) throw new Error(`not decoded: ${fields}`);
    const row = registry.tables[0]?.columns.map(({ read }) => read(fields));
    const who = '1'.repeat(32);
    expect(row).toEqual([7, -7, 'Busy', `{"since":"-5","who":"${who}"}`, '[{"x":0,"y":0}]']);
    expect(canonicalJson(event.decoder.layout, fields)).toBe(
      `{"point":{"x":7,"y":-7},"kind":{"Busy":{"since":"-5","who":"${who}"}},"points":[{"x":0,"y":0}]}`,
    );
  });

  it('a new version adds columns, and rows of the old one read zero there', () => {
    const older = idlOf([field('amount', 'u64')]);
    const newer = idlOf([field('amount', 'u64'), field('constructor', 'u32'), field('owner', 'pubkey')]);
    expect(typesOf(older, newer)).toEqual([
      ['staking_something_happened', { amount: 'UInt64', constructor: 'UInt32', owner: 'FixedString(32)' }],
    ]);
    const row = registryOf(older, newer).tables[0]?.columns.map(({ read }) => read({ amount: 5n }));
    expect(row).toEqual([5n, 0, new Uint8Array(32)]);
  });

  it('a version that gives a column another type gets a table of its own', () => {
    const versions = [
      idlOf([field('amount', 'u32')]),
      idlOf([field('amount', 'u64')]),
      idlOf([field('amount', 'u32')]),
    ];
    expect(typesOf(...versions).map(([table]) => table)).toEqual([
      'staking_something_happened',
      'staking_something_happened_2',
    ]);
    const registry = registryOf(...versions);
    const tables = registry.programs[0]?.versions.map(({ events }) => events.find(new Uint8Array(8).fill(1), 0)?.table);
    expect(tables).toEqual([
      'staking_something_happened',
      'staking_something_happened_2',
      'staking_something_happened',
    ]);
  });

  it.each([
    ['two events that become one table', 'IDL__TABLE_COLLISION', [idlOf([]), idlOf([], [], 'SomethingHappened')]],
    [
      'two fields that become one column',
      'IDL__COLUMN_COLLISION',
      [idlOf([field('point', { defined: { name: 'Point' } }), field('point_x', 'u8')], [POINT])],
    ],
  ])('%s are refused as %s', (_, code, idls) => {
    const build = () => registryOf(...idls);
    expect(build).toThrow(InputError);
    expect(build).toThrow(expect.objectContaining({ code }));
  });
});
