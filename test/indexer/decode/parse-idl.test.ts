/** IDLs from outside: what is refused, with which code, and what the two forms of IDL have in common. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdl, parseIdlText } from '../../../indexer/decode/parse-idl.ts';
import { compileIdl } from '../../../indexer/decode/program-version.ts';
import { PlumblineError } from '../../../indexer/domain/errors.ts';

const field = (name: string, type: unknown) => ({ name, type });
const struct = (name: string, ...fields: unknown[]) => ({ name, type: { kind: 'struct', fields } });
const defined = (name: string, ...generics: unknown[]) => ({ defined: { name, generics } });
const event = (name: string, first = 1) => ({ name, discriminator: [first, 2, 3, 4, 5, 6, 7, 8] });

function idlWith(types: readonly unknown[], events: readonly unknown[] = [event('Event')], rest: object = {}) {
  const metadata = { name: 'test', version: '0.1.0', spec: '0.1.0' };
  return { address: null, metadata, instructions: [], events, types, ...rest };
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof PlumblineError ? error.code : String(error);
  }
}

const compile = (json: unknown) => compileIdl(parseIdl(json), 'test');
const loop = { defined: { name: 'Event' } };
let deep: unknown = 'u8';
for (let depth = 0; depth < 5000; depth += 1) deep = { option: deep };
const twice = (name: string, inner: string) => struct(name, field('a', defined(inner)), field('b', defined(inner)));

const refused: readonly (readonly [claim: string, code: string, json: unknown])[] = [
  ['a list', 'IDL__BAD_SHAPE', []],
  ['nothing', 'IDL__BAD_SHAPE', null],
  ['no metadata', 'IDL__BAD_SHAPE', { instructions: [] }],
  ['types that are no list', 'IDL__BAD_SHAPE', idlWith('types' as never)],
  ['an event without a type', 'IDL__UNKNOWN_TYPE', idlWith([], [event('Missing')])],
  ['a field of an unknown type name', 'IDL__UNKNOWN_TYPE', idlWith([struct('Event', field('a', defined('Nowhere')))])],
  ['an unknown primitive', 'IDL__BAD_TYPE', idlWith([struct('Event', field('a', 'u7'))])],
  ['a name that is code', 'IDL__BAD_NAME', idlWith([struct('Event', field('a"];process.exit();//', 'u8'))])],
  ['a name that sets a prototype', 'IDL__BAD_NAME', idlWith([struct('Event', field('__proto__', 'u8'))])],
  ['a name in another script', 'IDL__BAD_NAME', idlWith([struct('Event', field('naïve', 'u8'))])],
  ['two fields of one name', 'IDL__DUPLICATE_NAME', idlWith([struct('Event', field('aB', 'u8'), field('a_b', 'u8'))])],
  ['two types of one name', 'IDL__DUPLICATE_NAME', idlWith([struct('Event'), struct('Event')])],
  [
    'an empty discriminator',
    'IDL__BAD_DISCRIMINATOR',
    idlWith([struct('Event')], [{ name: 'Event', discriminator: [] }]),
  ],
  [
    'a discriminator of no bytes',
    'IDL__BAD_DISCRIMINATOR',
    idlWith([struct('Event')], [{ name: 'Event', discriminator: [256] }]),
  ],
  [
    'a discriminator that begins another',
    'IDL__AMBIGUOUS_DISCRIMINATOR',
    idlWith([struct('Event'), struct('Other')], [event('Event'), { name: 'Other', discriminator: [1, 2] }]),
  ],
  ['a type that holds itself', 'IDL__INFINITE_TYPE', idlWith([struct('Event', field('a', loop))])],
  ['an alias of itself', 'IDL__INFINITE_TYPE', idlWith([{ name: 'Event', type: { kind: 'type', alias: loop } }])],
  ['five thousand options', 'IDL__TOO_LARGE', idlWith([struct('Event', field('a', deep))])],
  ['an array longer than any account', 'IDL__BAD_TYPE', idlWith([struct('Event', field('a', { array: ['u8', 1e9] }))])],
  ['an array of half an element', 'IDL__BAD_TYPE', idlWith([struct('Event', field('a', { array: ['u8', 0.5] }))])],
  [
    'a generic that grows for ever',
    'IDL__TOO_LARGE',
    idlWith([
      struct('Event', field('a', defined('Grow', { kind: 'type', type: 'u8' }))),
      {
        ...struct('Grow', field('a', { vec: defined('Grow', { kind: 'type', type: { vec: { generic: 'T' } } }) })),
        generics: [{ kind: 'type', name: 'T' }],
      },
    ]),
  ],
  ['a generic without its argument', 'IDL__BAD_GENERICS', idlWith([struct('Event', field('a', { generic: 'T' }))])],
];

describe('IDLs from outside', () => {
  it.each(refused)('%s is refused as %s', (_, code, json) => {
    expect(codeOf(() => compile(json))).toBe(code);
  });

  it('text that is not JSON is refused', () => {
    expect(codeOf(() => parseIdlText('{'))).toBe('IDL__NOT_JSON');
  });

  it('any JSON gives an IDL or a typed error', () => {
    const json = fc.oneof(
      fc.jsonValue(),
      fc.jsonValue().map((types) => idlWith([types])),
      fc.jsonValue().map((type) => idlWith([struct('Event', field('a', type))])),
      fc.jsonValue().map((instructions) => idlWith([struct('Event')], [], { instructions })),
      fc.jsonValue().map((events) => ({ version: '0.1.0', name: 'old', events, instructions: [] })),
    );
    fc.assert(
      fc.property(json, (each) => {
        expect(codeOf(() => compile(each))).toMatch(/^(none|IDL__[A-Z_]+)$/);
      }),
      { numRuns: 1000, seed: 6 },
    );
  });

  it('types that double at every level cost no more than their text', () => {
    const levels = Array.from({ length: 60 }, (_, index) => twice(`L${index}`, `L${index + 1}`));
    const compiled = compile(idlWith([twice('Event', 'L0'), ...levels, struct('L60', field('a', 'u8'))]));
    expect(compiled.events[0]?.decoder?.decodeExact(new Uint8Array(100), 8)).toBe('length_mismatch');
  });

  it.each(['bytemuckunsafe', { custom: 'mine' }])('serialization %j is known and never decoded', (serialization) => {
    const [compiled] = compile(idlWith([{ ...struct('Event', field('a', 'u8')), serialization }])).events;
    expect(compiled).toMatchObject({ name: 'Event', decoder: null });
  });

  it('memory without padding decodes: bytemuck always, bytemuckunsafe when packed', () => {
    const fields = [field('a', 'u8'), field('b', { array: [defined('In'), 2] }), field('c', 'u64')];
    const inside = { ...struct('In', field('x', 'u16')), serialization: 'bytemuck' };
    const bytes = Uint8Array.of(1, 2, 0, 3, 0, 4, 0, 0, 0, 0, 0, 0, 0);
    for (const rest of [
      { serialization: 'bytemuck' },
      { serialization: 'bytemuckunsafe', repr: { kind: 'c', packed: true } },
    ]) {
      const [compiled] = compile(idlWith([{ ...struct('Event', ...fields), ...rest }, inside])).events;
      expect(compiled?.decoder?.decodeExact(bytes, 0)).toEqual({ a: 1, b: [{ x: 2 }, { x: 3 }], c: 4n });
    }
  });

  it.each([
    ['an option', { option: 'u8' }],
    ['text', 'string'],
    ['an enum', defined('Kind')],
  ])('memory with %s in it is never decoded', (_, type) => {
    const kinds = { name: 'Kind', type: { kind: 'enum', variants: [{ name: 'A' }] } };
    const event = { ...struct('Event', field('a', type)), serialization: 'bytemuck' };
    expect(compile(idlWith([event, kinds])).events[0]).toMatchObject({ decoder: null });
  });

  it('types around one that cannot be decoded are refused however often they are named', () => {
    const events = ['First', 'Second', 'Third', 'Fourth'].map((name, index) => event(name, index + 1));
    const compiled = compile(
      idlWith(
        [
          { ...struct('Mine', field('a', 'u8')), serialization: { custom: 'mine' } },
          struct('Outer', field('inner', { vec: defined('Inner') }), field('mine', defined('Mine'))),
          struct('Inner', field('outer', { option: defined('Outer') })),
          { name: 'Alias', type: { kind: 'type', alias: defined('Mine') } },
          struct('First', field('a', defined('Outer'))),
          struct('Second', field('a', defined('Outer'))),
          struct('Third', field('a', defined('Inner')), field('b', defined('Alias'))),
          struct('Fourth', field('a', defined('Alias'))),
        ],
        events,
      ),
    );
    expect(compiled.events.map(({ decoder }) => decoder)).toEqual([null, null, null, null]);
  });

  it.each([
    ['a vec of nothing', { vec: defined('Empty') }],
    ['an array of nothing', { array: [defined('Empty'), 1000] }],
    ['a vec of empty arrays', { vec: { array: ['u8', 0] } }],
  ])('%s has no bound in bytes and is never decoded', (_, type) => {
    const [compiled] = compile(idlWith([struct('Event', field('a', type)), struct('Empty')])).events;
    expect(compiled?.decoder).toBeNull();
  });

  it('a type that holds itself in a vec decodes, and not deeper than its bound', () => {
    const [compiled] = compile(idlWith([struct('Event', field('children', { vec: loop }))])).events;
    const chain = (length: number) => {
      return Uint8Array.from(
        Array.from({ length: length + 1 }, (_, index) => [index === length ? 0 : 1, 0, 0, 0]).flat(),
      );
    };
    expect(compiled?.decoder?.decodeExact(chain(2), 0)).toEqual({ children: [{ children: [{ children: [] }] }] });
    expect(compiled?.decoder?.decodeExact(chain(10_000), 0)).toBe('bad_encoding');
  });

  it('a length that the bytes do not have is refused before anything is made', () => {
    const [compiled] = compile(idlWith([struct('Event', field('a', { vec: 'u64' }))])).events;
    expect(compiled?.decoder?.decodeExact(Uint8Array.of(255, 255, 255, 255, 0), 0)).toBe('length_mismatch');
  });

  it.each([
    ['a bool of 2', 'bool', [2]],
    ['an option tag of 2', { option: 'u8' }, [2, 0]],
    ['a coption tag of 2', { coption: 'u8' }, [2, 0, 0, 0, 0]],
    ['text that is not UTF-8', 'string', [2, 0, 0, 0, 0xc3, 0x28]],
    ['an enum tag without a variant', defined('Kind'), [7]],
  ])('%s is a bad encoding', (_, type, bytes) => {
    const kinds = { name: 'Kind', type: { kind: 'enum', variants: [{ name: 'A' }, { name: 'B', fields: ['u8'] }] } };
    const [compiled] = compile(idlWith([struct('Event', field('a', type)), kinds])).events;
    expect(compiled?.decoder?.decodeExact(Uint8Array.from(bytes), 0)).toBe('bad_encoding');
  });

  it('an absent coption has room for its value', () => {
    const [compiled] = compile(idlWith([struct('Event', field('a', { coption: 'u16' }), field('b', 'u8'))])).events;
    expect(compiled?.decoder?.decodeExact(Uint8Array.of(0, 0, 0, 0, 9, 9, 5), 0)).toEqual({ a: null, b: 5 });
    expect(compiled?.decoder?.decodeExact(Uint8Array.of(1, 0, 0, 0, 9, 0, 5), 0)).toEqual({ a: 9, b: 5 });
  });

  it('generics are put in by name, through other generics', () => {
    const generics = [
      { kind: 'type', name: 'T' },
      { kind: 'const', name: 'N', type: 'usize' },
    ];
    const inner = { ...struct('Inner', field('list', { array: [{ generic: 'T' }, { generic: 'N' }] })), generics };
    const passed = [
      { kind: 'type', type: { option: { generic: 'T' } } },
      { kind: 'const', value: 'N' },
    ];
    const outer = {
      ...struct('Outer', field('inner', defined('Inner', ...passed)), field('one', { generic: 'T' })),
      generics,
    };
    const use = defined('Outer', { kind: 'type', type: 'u16' }, { kind: 'const', value: '2' });
    const [compiled] = compile(idlWith([struct('Event', field('a', use)), outer, inner])).events;
    const bytes = Uint8Array.of(1, 7, 0, 0, 9, 0);
    expect(compiled?.decoder?.decodeExact(bytes, 0)).toEqual({ a: { inner: { list: [7, null] }, one: 9 } });
  });

  it('account groups are flat with dotted names', () => {
    const accounts = [
      { name: 'payer' },
      { name: 'pool', accounts: [{ name: 'vault' }, { name: 'inner', accounts: [{ name: 'mintKey' }] }] },
    ];
    const instructions = [{ name: 'doIt', discriminator: [1], accounts, args: [] }];
    const [compiled] = compile(idlWith([struct('Event')], [], { instructions })).instructions;
    expect(compiled).toMatchObject({ name: 'do_it', accountNames: ['payer', 'pool.vault', 'pool.inner.mint_key'] });
  });
});
