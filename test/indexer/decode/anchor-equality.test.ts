/** Random IDL types and random values: what Anchor's coder encodes, the compiled decoder reads back as Anchor does. */
import anchor, { type Idl as AnchorIdl, BorshCoder } from '@coral-xyz/anchor';
import { PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDecoder } from '../../../indexer/decode/compile-decoder.ts';
import { INTEGER_BYTES, type IntegerName } from '../../../indexer/decode/layout.ts';
import { parseIdl } from '../../../indexer/decode/parse-idl.ts';
import { layoutResolver } from '../../../indexer/decode/resolve-layout.ts';
import type { DecodedValue } from '../../../indexer/decode/value.ts';

/** The big number class of Anchor's own values. */
const { BN } = anchor;

/** A type as the IDL writes it, with a value as Anchor's encoder wants it. */
interface Sample {
  readonly type: unknown;
  readonly value: unknown;
  readonly definitions: readonly object[];
}

const plain = (type: unknown, value: unknown): Sample => ({ type, value, definitions: [] });

const integers = fc.constantFrom(...(Object.keys(INTEGER_BYTES) as IntegerName[])).chain((type) => {
  const bits = BigInt(INTEGER_BYTES[type] * 8);
  const isSigned = type.startsWith('i');
  const [min, max] = isSigned ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
  return fc.bigInt({ min, max }).map((value) => plain(type, bits >= 64n ? new BN(value.toString()) : Number(value)));
});

const scalars: fc.Arbitrary<Sample> = fc.oneof(
  integers,
  fc.boolean().map((value) => plain('bool', value)),
  fc.double({ noNaN: true }).map((value) => plain('f64', value)),
  fc.float({ noNaN: true }).map((value) => plain('f32', value)),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => plain('string', value)),
  fc.uint8Array({ maxLength: 20 }).map((value) => plain('bytes', Buffer.from(value))),
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((value) => plain('pubkey', new PublicKey(value))),
  fc.uint8Array({ minLength: 1, maxLength: 40 }).map((value) => plain({ array: ['u8', value.length] }, [...value])),
);

let definitionCount = 0;
const freshName = () => `Type${definitionCount++}`;

function struct(fields: readonly Sample[], isTuple: boolean): Sample {
  const name = freshName();
  const body = fields.map(({ type }, index) => (isTuple ? type : { name: `field_${index}`, type }));
  const definition = { name, type: { kind: 'struct', fields: body } };
  const value = Object.fromEntries(
    fields.map((field, index) => [isTuple ? String(index) : `field_${index}`, field.value]),
  );
  return {
    type: { defined: { name } },
    value,
    definitions: [definition, ...fields.flatMap((field) => field.definitions)],
  };
}

function enumOf(variants: readonly (readonly Sample[])[], chosen: number, isTuple: boolean): Sample {
  const name = freshName();
  const body = variants.map((fields, index) => ({
    name: `Variant${index}`,
    ...(fields.length > 0 && {
      fields: fields.map(({ type }, at) => (isTuple ? type : { name: `field_${at}`, type })),
    }),
  }));
  const index = chosen % variants.length;
  const inner = (variants[index] ?? []).map(
    (field, at) => [isTuple ? String(at) : `field_${at}`, field.value] as const,
  );
  return {
    type: { defined: { name } },
    value: { [`Variant${index}`]: Object.fromEntries(inner) },
    definitions: [
      { name, type: { kind: 'enum', variants: body } },
      ...variants.flat().flatMap((field) => field.definitions),
    ],
  };
}

function aliasOf(sample: Sample): Sample {
  const name = freshName();
  const definition = { name, type: { kind: 'type', alias: sample.type } };
  return { ...sample, type: { defined: { name } }, definitions: [definition, ...sample.definitions] };
}

/** A generic struct over a type and a length, used at the sample's type. */
function genericOf(sample: Sample, length: number): Sample {
  const name = freshName();
  const definition = {
    name,
    generics: [
      { kind: 'type', name: 'T' },
      { kind: 'const', name: 'N', type: 'usize' },
    ],
    type: {
      kind: 'struct',
      fields: [
        { name: 'one', type: { generic: 'T' } },
        { name: 'many', type: { array: ['u16', { generic: 'N' }] } },
      ],
    },
  };
  const generics = [
    { kind: 'type', type: sample.type },
    { kind: 'const', value: String(length) },
  ];
  return {
    type: { defined: { name, generics } },
    value: { one: sample.value, many: Array.from({ length }, (_, index) => index) },
    definitions: [definition, ...sample.definitions],
  };
}

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.tuple(tie('sample'), fc.boolean()).map(([inner, isSome]) => ({
      ...inner,
      type: { option: inner.type },
      value: isSome ? inner.value : null,
    })),
    fc.tuple(tie('sample'), fc.nat(3)).map(([inner, length]) => ({
      ...inner,
      type: { vec: inner.type },
      value: Array.from({ length }, () => inner.value),
    })),
    fc.tuple(tie('sample'), fc.integer({ min: 1, max: 3 })).map(([inner, length]) => ({
      ...inner,
      type: { array: [inner.type, length] },
      value: Array.from({ length }, () => inner.value),
    })),
    fc
      .tuple(fc.array(tie('sample'), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([fields, isTuple]) => struct(fields, isTuple)),
    fc
      .tuple(
        fc.array(fc.array(tie('sample'), { maxLength: 2 }), { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        fc.boolean(),
      )
      .map(([variants, chosen, isTuple]) => enumOf(variants, chosen, isTuple)),
    tie('sample').map(aliasOf),
  ),
}));

/** Anchor looks for a generic by position, so that a sample with generics inside generics is beyond it. */
const samples = fc.oneof(
  { weight: 4, arbitrary: sample },
  { weight: 1, arbitrary: fc.tuple(scalars, fc.nat(4)).map(([inner, length]) => genericOf(inner, length)) },
);

const events = fc.array(samples, { minLength: 1, maxLength: 6 }).map((fields) => {
  const { value, definitions } = struct(fields, false);
  const [root, ...rest] = definitions as { name: string; type: object }[];
  const name = 'RandomEvent';
  const json = {
    address: '11111111111111111111111111111111',
    metadata: { name: 'random', version: '0.1.0', spec: '0.1.0' },
    instructions: [],
    events: [{ name, discriminator: [1, 2, 3, 4, 5, 6, 7, 8] }],
    types: [{ ...root, name }, ...rest],
  };
  return { json, value, name };
});

/** A value of either decoder as text that both can be compared in. */
function comparable(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (BN.isBN(value)) return value.toString();
  if (value instanceof PublicKey) return [...value.toBytes()];
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
}

/** Anchor encodes into 1,000 bytes; a larger value is left out of the run. */
function encode(coder: BorshCoder, name: string, value: unknown): Buffer {
  try {
    return coder.types.encode(name, value);
  } catch (error) {
    if (error instanceof RangeError) fc.pre(false);
    throw error;
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

/** As Anchor wrote IDLs before 0.30: an event has its fields itself, generics are names. */
function olderForm({
  types,
  events: tagged,
}: {
  types: readonly object[];
  events: readonly { name: string }[];
}): object {
  const definitions = types as { name: string; generics?: { name: string }[]; type: JsonObject }[];
  const isEvent = ({ name }: { name: string }) => tagged.some((event) => event.name === name);
  return {
    version: '0.1.0',
    name: 'random',
    instructions: [],
    events: definitions.filter(isEvent).map(({ name, type }) => ({ name, fields: olderFields(type['fields']) })),
    types: definitions
      .filter((each) => !isEvent(each))
      .map(({ name, generics, type }) => ({
        name,
        ...(generics !== undefined && { generics: generics.map((generic) => generic.name) }),
        type: olderBody(type),
      })),
  };
}

function olderBody(body: JsonObject): object {
  if (body['kind'] === 'type') return { kind: 'alias', value: olderType(body['alias']) };
  if (body['kind'] === 'struct') return { kind: 'struct', fields: olderFields(body['fields']) };
  const variants = body['variants'] as readonly { name: string; fields?: unknown }[];
  return {
    kind: 'enum',
    variants: variants.map(({ name, fields }) => ({
      name,
      ...(fields !== undefined && { fields: olderFields(fields) }),
    })),
  };
}

function olderFields(fields: unknown): unknown[] {
  return (fields as readonly unknown[]).map((field) => {
    const named = field as { name?: string; type?: unknown };
    const isNamed = typeof field === 'object' && named.name !== undefined && named.type !== undefined;
    return isNamed ? { name: named.name, type: olderType(named.type) } : olderType(field);
  });
}

function olderType(type: unknown): unknown {
  if (type === 'pubkey') return 'publicKey';
  if (typeof type !== 'object' || type === null) return type;
  const each = type as Record<string, unknown>;
  if ('option' in each) return { option: olderType(each['option']) };
  if ('vec' in each) return { vec: olderType(each['vec']) };
  if ('array' in each) {
    const [item, length] = each['array'] as [unknown, number | { generic: string }];
    if (typeof length === 'number') return { array: [olderType(item), length] };
    return { genericLenArray: [olderType(item), length.generic] };
  }
  if (!('defined' in each)) return each;
  const { name, generics } = each['defined'] as { name: string; generics?: readonly JsonObject[] };
  if (generics === undefined) return { defined: name };
  const args = generics.map(({ kind, type: argument, value }) =>
    kind === 'const' ? { value } : { type: olderType(argument) },
  );
  return { definedWithTypeArgs: { name, args } };
}

describe("the compiled decoder against Anchor's coder", () => {
  it('reads what Anchor encodes, as Anchor reads it', () => {
    let decodedCount = 0;
    fc.assert(
      fc.property(events, ({ json, value, name }) => {
        const coder = new BorshCoder(json as unknown as AnchorIdl);
        const bytes = Buffer.concat([Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]), encode(coder, name, value)]);
        const theirs = coder.events.decode(bytes.toString('base64'))?.data;
        const decoder = compileDecoder(layoutResolver(parseIdl(json)).named(name));
        const ours: DecodedValue = decoder.decodeExact(bytes, 8);
        expect(comparable(ours)).toEqual(comparable(theirs));
        decodedCount += 1;
      }),
      { numRuns: 400, seed: 4 },
    );
    expect(decodedCount).toBeGreaterThanOrEqual(400);
  });

  it('reads the same from the older form of the IDL', () => {
    fc.assert(
      fc.property(events, ({ json, value, name }) => {
        const coder = new BorshCoder(json as unknown as AnchorIdl);
        const bytes = encode(coder, name, value);
        const theirs = coder.types.decode(name, bytes);
        const idl = parseIdl(olderForm(json));
        const [event] = idl.events;
        const ours = compileDecoder(layoutResolver(idl).named(event?.typeName ?? '')).decodeExact(bytes, 0);
        expect(comparable(ours)).toEqual(comparable(theirs));
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('gives a reason for every cut and for every byte too many, and never throws on damaged bytes', () => {
    fc.assert(
      fc.property(events, fc.nat(), fc.nat(255), ({ json, value, name }, at, byte) => {
        const bytes = encode(new BorshCoder(json as unknown as AnchorIdl), name, value);
        const decoder = compileDecoder(layoutResolver(parseIdl(json)).named(name));
        const cut = bytes.subarray(0, at % bytes.length);
        expect(typeof decoder.decodeExact(cut, 0)).toBe('string');
        expect(['length_mismatch', 'trailing_bytes']).toContain(
          decoder.decodeExact(Buffer.concat([bytes, Buffer.from([byte])]), 0),
        );
        const damaged = Buffer.from(bytes);
        damaged[at % bytes.length] = byte;
        expect(['string', 'object']).toContain(typeof decoder.decodeExact(damaged, 0));
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});
