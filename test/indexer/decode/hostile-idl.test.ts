/** IDLs made to break something: a registry, or a typed error, in reasonable time; never a crash, and never another's table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdl, parseIdlText } from '../../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry, versionAt } from '../../../indexer/decode/registry.ts';
import { InputError } from '../../../indexer/domain/errors.ts';
import { hasSharedData, readShared } from '../../conformance/shared-data.ts';

const PROGRAM = '3TEqcc8xhrhdspwbvoamUJe2borm4Nr72JxL66k6rgrh';
const OTHER_PROGRAM = 'SW1TCH7qEPTdLsDHRgPuMQjbQxKdH2aBStViMFnt64f';
/** Of the processor: what other work on the machine takes is not ours. */
const MOST_CPU_MS = 5_000;

const field = (name: string, type: unknown) => ({ name, type });
const struct = (name: string, ...fields: unknown[]) => ({ name, type: { kind: 'struct', fields } });
const defined = (name: string) => ({ defined: { name } });
const tagOf = (index: number) => [1, 2, 3, 4, 5, 6, index >> 8, index & 255];
const eventsNamed = (...names: readonly string[]) =>
  names.map((name, index) => ({ name, discriminator: tagOf(index) }));

function idlWith(types: readonly unknown[], events: readonly unknown[], rest: object = {}) {
  return { metadata: { name: 'hostile', version: '0.1.0', spec: '0.1.0' }, instructions: [], events, types, ...rest };
}

function registryOf(json: unknown, prefix = 'hostile', programId = PROGRAM): Registry {
  return buildRegistry([{ programId, prefix, idl: parseIdl(json), validFromSlot: 0n }]);
}

function codeOf(run: () => unknown): string {
  const before = process.cpuUsage();
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof InputError ? error.code : `${error}`;
  } finally {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(MOST_CPU_MS);
  }
}

const chain = (length: number) =>
  Array.from({ length }, (_, index) =>
    struct(`L${index}`, field('inner', index + 1 === length ? 'u8' : defined(`L${index + 1}`))),
  );
const doubling = (levels: number, leaf: unknown) => [
  ...Array.from({ length: levels }, (_, index) =>
    struct(`L${index}`, field('a', defined(`L${index + 1}`)), field('b', defined(`L${index + 1}`))),
  ),
  leaf,
];

const cases: readonly (readonly [claim: string, codes: readonly string[], json: () => unknown])[] = [
  [
    'four thousand types, each inside the one before',
    ['IDL__TOO_LARGE'],
    () => idlWith(chain(4_000), eventsNamed('L0')),
  ],
  [
    'the same, met from the inside out so that no step is deep',
    ['IDL__TOO_LARGE'],
    () =>
      idlWith(
        chain(4_000),
        eventsNamed(...Array.from({ length: 41 }, (_, index) => `L${Math.max(0, 3_999 - 100 * index)}`)),
      ),
  ],
  [
    'structs of nothing that double at sixty levels',
    ['IDL__TOO_LARGE'],
    () => idlWith(doubling(60, struct('L60')), eventsNamed('L0')),
  ],
  [
    'structs that double at sixty levels',
    ['IDL__TOO_LARGE'],
    () => idlWith(doubling(60, struct('L60', field('a', 'u8'))), eventsNamed('L0')),
  ],
  [
    'enums that double at sixty levels',
    ['none', 'IDL__TOO_LARGE'],
    () => {
      const levels = Array.from({ length: 60 }, (_, index) => ({
        name: `L${index}`,
        type: { kind: 'enum', variants: ['A', 'B'].map((name) => ({ name, fields: [defined(`L${index + 1}`)] })) },
      }));
      return idlWith([struct('Event', field('a', defined('L0'))), ...levels, struct('L60')], eventsNamed('Event'));
    },
  ],
  [
    'arrays of arrays of arrays, longer than numbers count',
    ['none', 'IDL__TOO_LARGE'],
    () => {
      let type: unknown = 'u64';
      for (let depth = 0; depth < 30; depth += 1) type = { array: [type, 10_000_000] };
      return idlWith([struct('Event', field('a', type))], eventsNamed('Event'));
    },
  ],
  [
    'aliases of each other',
    ['IDL__INFINITE_TYPE'],
    () => {
      const alias = (name: string, to: string) => ({ name, type: { kind: 'type', alias: defined(to) } });
      return idlWith(
        [alias('A', 'B'), alias('B', 'C'), alias('C', 'A'), struct('Event', field('a', defined('A')))],
        eventsNamed('Event'),
      );
    },
  ],
  [
    'structs that hold each other without an end',
    ['IDL__INFINITE_TYPE'],
    () =>
      idlWith(
        [struct('A', field('b', defined('B'))), struct('B', field('a', { array: [defined('A'), 2] }))],
        eventsNamed('A'),
      ),
  ],
  [
    'structs that hold each other through an option',
    ['none'],
    () =>
      idlWith(
        [struct('A', field('b', defined('B'))), struct('B', field('a', { option: defined('A') }))],
        eventsNamed('A'),
      ),
  ],
  [
    'an enum of nothing',
    ['IDL__INFINITE_TYPE'],
    () =>
      idlWith(
        [struct('Event', field('a', defined('Never'))), { name: 'Never', type: { kind: 'enum', variants: [] } }],
        eventsNamed('Event'),
      ),
  ],
  [
    'five thousand events',
    ['IDL__TOO_LARGE'],
    () => {
      const names = Array.from({ length: 5_000 }, (_, index) => `E${index}`);
      return idlWith(
        names.map((name) => struct(name)),
        eventsNamed(...names),
      );
    },
  ],
  [
    'a name that is SQL',
    ['IDL__BAD_NAME'],
    () => idlWith([struct('Event`; DROP TABLE blocks; --')], eventsNamed('Event`; DROP TABLE blocks; --')),
  ],
  [
    'a field that is SQL',
    ['IDL__BAD_NAME'],
    () => idlWith([struct('Event', field("a') FROM blocks --", 'u8'))], eventsNamed('Event')),
  ],
  [
    'a name that ends a line',
    ['IDL__BAD_NAME'],
    () => idlWith([struct('Event', field('a\n', 'u8'))], eventsNamed('Event')),
  ],
  [
    'two discriminators that are one',
    ['IDL__AMBIGUOUS_DISCRIMINATOR'],
    () => idlWith([struct('A'), struct('B')], [...eventsNamed('A'), ...eventsNamed('B')]),
  ],
  [
    'two events whose tables have one name',
    ['IDL__TABLE_COLLISION'],
    () => idlWith([struct('Pay'), struct('PayEvent')], eventsNamed('Pay', 'PayEvent')),
  ],
  [
    'two events that differ by a module',
    ['IDL__TABLE_COLLISION'],
    () => idlWith([struct('a::Pay'), struct('A_Pay')], eventsNamed('a::Pay', 'A_Pay')),
  ],
  [
    'two fields that differ by case',
    ['IDL__DUPLICATE_NAME'],
    () => idlWith([struct('Event', field('aB', 'u8'), field('a_b', 'u8'))], eventsNamed('Event')),
  ],
  [
    'a nested field and a flat one of one column',
    ['IDL__COLUMN_COLLISION'],
    () =>
      idlWith(
        [struct('Event', field('a', defined('In')), field('a_b', 'u8')), struct('In', field('b', 'u8'))],
        eventsNamed('Event'),
      ),
  ],
  [
    'a field renamed for the envelope, and one named so',
    ['IDL__COLUMN_COLLISION'],
    () => idlWith([struct('Event', field('slot', 'u64'), field('field_slot', 'u8'))], eventsNamed('Event')),
  ],
  [
    'an event with two thousand fields',
    ['IDL__TOO_LARGE'],
    () =>
      idlWith(
        [struct('Event', ...Array.from({ length: 2_000 }, (_, index) => field(`f${index}`, 'u8')))],
        eventsNamed('Event'),
      ),
  ],
  [
    'names of objects that JavaScript knows',
    ['none'],
    () =>
      idlWith(
        [
          struct(
            'Event',
            ...['constructor', 'to_string', 'has_own_property', 'prototype', 'length', 'then'].map((name) =>
              field(name, 'u8'),
            ),
          ),
        ],
        eventsNamed('Event'),
      ),
  ],
  [
    'text for numbers and numbers for text',
    ['IDL__BAD_SHAPE', 'IDL__BAD_NAME', 'IDL__BAD_TYPE'],
    () => idlWith([struct(7 as never, 9)], [{ name: 8, discriminator: 'abc' }]),
  ],
];

describe('IDLs made to break something', () => {
  it.each(cases)('%s', (_, codes, json) => {
    const given = json();
    expect(codes).toContain(codeOf(() => registryOf(given)));
  });

  it('a hundred thousand brackets', () => {
    const brackets = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = `{"metadata":{"name":"a","spec":"0.1.0"},"types":${brackets},"events":[]}`;
    expect(codeOf(() => parseIdlText(text))).toMatch(/^IDL__/);
    expect(codeOf(() => parseIdlText('{"a":'.repeat(100_000)))).toBe('IDL__NOT_JSON');
  });

  it('fields named like what every object has decode as fields', () => {
    const names = ['constructor', 'to_string', 'has_own_property', 'value_of'];
    const registry = registryOf(
      idlWith([struct('Event', ...names.map((name) => field(name, 'u8')))], eventsNamed('Event')),
    );
    const [program] = registry.programs;
    const event = program === undefined ? null : versionAt(program, 0n)?.events.find(Uint8Array.from(tagOf(0)), 0);
    const fields = event?.decoder?.decodeExact(Uint8Array.of(1, 2, 3, 4), 0);
    expect(Object.entries(fields as object)).toEqual(names.map((name, index) => [name, index + 1]));
    const table = registry.tables[0];
    expect(table?.columns.map(({ read }) => read(fields as never))).toEqual([1, 2, 3, 4]);
  });

  it("a program cannot take another program's tables, prefix or views", () => {
    const idl = (event: string) => parseIdl(idlWith([struct(event)], eventsNamed(event)));
    const entry = (programId: string, prefix: string, event: string) => ({
      programId,
      prefix,
      idl: idl(event),
      validFromSlot: 0n,
    });
    const own = entry(PROGRAM, 'pay', 'OutDone');
    expect(codeOf(() => buildRegistry([own, entry(OTHER_PROGRAM, 'pay_out', 'Done')]))).toBe('IDL__TABLE_COLLISION');
    expect(codeOf(() => buildRegistry([own, entry(OTHER_PROGRAM, 'pay', 'In')]))).toBe('IDL__BAD_PREFIX');
    expect(codeOf(() => buildRegistry([entry(PROGRAM, 'canonical', 'PayOutDone')]))).toBe('IDL__TABLE_COLLISION');
    for (const prefix of ['', 'Pay', '1pay', 'pay`', 'pay out', 'päy']) {
      expect(codeOf(() => buildRegistry([entry(PROGRAM, prefix, 'In')]))).toBe('IDL__BAD_PREFIX');
    }
  });

  it('a version that is added never moves what those before it were given', () => {
    const version = (slot: bigint, type: string) => ({
      ...{ programId: PROGRAM, prefix: 'pay', validFromSlot: slot },
      idl: parseIdl(idlWith([struct('Out', field('amount', type))], eventsNamed('Out'))),
    });
    const tableAt = (registry: Registry, slot: bigint) => {
      const [program] = registry.programs;
      return program === undefined ? null : versionAt(program, slot)?.events.find(Uint8Array.from(tagOf(0)), 0)?.table;
    };
    const before = buildRegistry([version(0n, 'u64'), version(100n, 'u64')]);
    const after = buildRegistry([version(0n, 'u64'), version(100n, 'u64'), version(50n, 'u128')]);
    for (const slot of [10n, 150n]) expect(tableAt(after, slot)).toBe(tableAt(before, slot));
    expect(tableAt(after, 60n)).toBe('pay_out_2');
  });
});

const ownIdls = ['staking', 'marketplace'].map((name) =>
  readFileSync(join(import.meta.dirname, `../../../programs/${name}/idl.json`), 'utf8'),
);
const sharedIdls = hasSharedData
  ? ['fixtures/idl/meteora_dlmm.json', 'facts/idl-history/aa7de28.json']
      .map((path) => {
        try {
          return JSON.stringify(readShared(path));
        } catch {
          return null;
        }
      })
      .filter((text) => text !== null)
  : [];

/** One node of the JSON replaced by another node of it, or by something else. */
function mutated(text: string, at: number, from: number, junk: unknown): unknown {
  const root = JSON.parse(text) as unknown;
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push({ holder: node as Record<string, unknown>, key });
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  const [to, source] = [places[at % places.length], places[from % places.length]];
  if (to !== undefined && source !== undefined) {
    to.holder[to.key] = junk === undefined ? structuredClone(source.holder[source.key]) : junk;
  }
  return root;
}

describe('real IDLs, damaged', () => {
  it('give a registry or a typed error', () => {
    const junk = fc.oneof(
      fc.constant(undefined),
      fc.constantFrom<unknown>(
        null,
        '',
        'u8',
        {},
        [],
        -1,
        Number.MAX_VALUE,
        { defined: { name: 'Order' } },
        { vec: 'u8' },
      ),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ownIdls, ...sharedIdls), fc.nat(), fc.nat(), junk, (text, at, from, each) => {
        const json = mutated(text, at, from, each);
        expect(codeOf(() => registryOf(json))).toMatch(/^(none|IDL__[A-Z_]+)$/);
      }),
      { numRuns: 150, seed: 11 },
    );
  }, 120_000);
});
