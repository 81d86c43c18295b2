/**
 * The generated clients against Anchor's own coder: same bytes for every instruction, event and account of every program,
 * with random values, both ways.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Idl as AnchorIdl, BN, BorshCoder } from '@coral-xyz/anchor';
import { PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camel } from '../../programs/build/client-text.ts';
import { generateClients, staleClients } from '../../programs/build/generate-clients.ts';
import type { Idl, IdlInstruction, IdlType } from '../../programs/build/idl.ts';
import { BorshReader, BorshWriter } from '../../programs/client/borsh.ts';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import * as marketplace from '../../programs/marketplace/client.generated.ts';
import * as staking from '../../programs/staking/client.generated.ts';

type Client = Readonly<Record<string, unknown>>;
/** One value in both forms: as the generated client takes it, and as Anchor does. */
type Both = { readonly ours: unknown; readonly theirs: unknown };

/** Every program with an IDL. */
const CLIENTS: readonly { readonly folder: string; readonly client: Client }[] = await Promise.all(
  generateClients().map(async ({ folder, file }) => ({ folder, client: (await import(file.href)) as Client })),
);
const RUNS = { numRuns: 25, seed: 7 };
const UNSIGNED: Readonly<Record<string, bigint>> = { u64: 64n, u128: 128n };
const SIGNED: Readonly<Record<string, bigint>> = { i64: 64n, i128: 128n };
const SMALL: Readonly<Record<string, number>> = { u8: 0xff, u16: 0xffff, u32: 0xffff_ffff };

function readIdl(folder: string): Idl {
  return JSON.parse(readFileSync(new URL(`../../programs/${folder}/idl.json`, import.meta.url), 'utf8')) as Idl;
}

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes): Both => {
  const theirs = new PublicKey(bytes);
  return { ours: theirs.toBase58(), theirs };
});

function big(value: bigint): Both {
  return { ours: value, theirs: new BN(value.toString()) };
}

function same(value: unknown): Both {
  return { ours: value, theirs: value };
}

function plain(type: string): fc.Arbitrary<Both> {
  if (type === 'pubkey') return key;
  if (type === 'bool') return fc.boolean().map(same);
  if (type === 'string') return fc.string({ unit: 'grapheme', maxLength: 20 }).map(same);
  const signedBits = SIGNED[type];
  if (signedBits !== undefined) {
    const bound = 1n << (signedBits - 1n);
    return fc.bigInt({ min: -bound, max: bound - 1n }).map(big);
  }
  const bits = UNSIGNED[type];
  if (bits !== undefined) return fc.bigInt({ min: 0n, max: (1n << bits) - 1n }).map(big);
  const max = SMALL[type];
  if (max === undefined) throw new Error(`no values for ${type}`);
  return fc.integer({ min: 0, max }).map(same);
}

function list(items: readonly Both[]): Both {
  return { ours: items.map(({ ours }) => ours), theirs: items.map(({ theirs }) => theirs) };
}

/** Random values of an IDL type. */
function values(idl: Idl, type: IdlType): fc.Arbitrary<Both> {
  if (typeof type === 'string') return plain(type);
  if ('option' in type) return fc.option(values(idl, type.option)).map((some) => some ?? same(null));
  if ('vec' in type) return fc.array(values(idl, type.vec), { maxLength: 4 }).map(list);
  if ('array' in type) {
    const [item, length] = type.array;
    if (item === 'u8') return bytes(length);
    return fc.array(values(idl, item), { minLength: length, maxLength: length }).map(list);
  }
  return struct(idl, type.defined.name);
}

function bytes(length: number): fc.Arbitrary<Both> {
  const drawn = fc.uint8Array({ minLength: length, maxLength: length });
  return drawn.map((ours) => ({ ours, theirs: [...ours] }));
}

function struct(idl: Idl, name: string): fc.Arbitrary<Both> {
  const definition = idl.types.find((type) => type.name === name);
  if (definition === undefined) throw new Error(`no type ${name}`);
  const { fields } = definition.type;
  return fc.tuple(...fields.map((field) => values(idl, field.type))).map((items) => ({
    ours: Object.fromEntries(items.map(({ ours }, index) => [camel(fields[index]?.name ?? ''), ours])),
    theirs: Object.fromEntries(items.map(({ theirs }, index) => [fields[index]?.name, theirs])),
  }));
}

/** Anchor's decoded form, made comparable with what was encoded. */
function comparable(value: unknown): unknown {
  if (value instanceof BN) return BigInt(value.toString());
  if (value instanceof PublicKey) return value.toBase58();
  if (Array.isArray(value)) return value.map(comparable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, comparable(item)]));
}

function member<T>(client: Client, name: string): T {
  const found = client[name];
  if (found === undefined) throw new Error(`client has no ${name}`);
  return found as T;
}

type Encode = (value: unknown) => Uint8Array;
type Decode = (data: Uint8Array) => unknown;
type Build = (...args: readonly unknown[]) => ProgramInstruction;

function accountsOf(instruction: IdlInstruction): Record<string, string> {
  return Object.fromEntries(
    instruction.accounts.flatMap(({ name, address }, index) => {
      return address === undefined ? [[camel(name), new PublicKey(Buffer.alloc(32, index + 1)).toBase58()]] : [];
    }),
  );
}

function discriminator(namespace: string, name: string): number[] {
  return [...createHash('sha256').update(`${namespace}:${name}`).digest().subarray(0, 8)];
}

it('the committed clients are what their IDLs give', () => {
  expect(staleClients()).toEqual([]);
});

describe.each(CLIENTS)('client of $folder', ({ folder, client }) => {
  const idl = readIdl(folder);
  const coder = new BorshCoder(idl as unknown as AnchorIdl);

  it('has the discriminators that follow from the names', () => {
    for (const { name, discriminator: found } of idl.instructions) expect(found).toEqual(discriminator('global', name));
    for (const { name, discriminator: found } of idl.accounts) expect(found).toEqual(discriminator('account', name));
    for (const { name, discriminator: found } of idl.events) expect(found).toEqual(discriminator('event', name));
  });

  it.each(idl.instructions.map((instruction) => ({ name: instruction.name, instruction })))(
    'encodes $name as Anchor does, with the accounts of the IDL in order',
    ({ name, instruction }) => {
      const build = member<Build>(client, camel(name));
      const accounts = accountsOf(instruction);
      const [args] = instruction.args;
      const drawn = args === undefined ? fc.constant(same({})) : values(idl, args.type);
      fc.assert(
        fc.property(drawn, ({ ours, theirs }) => {
          const built = args === undefined ? build(accounts) : build(accounts, ours);
          expect(Buffer.from(built.data)).toEqual(
            coder.instruction.encode(name, args === undefined ? {} : { args: theirs }),
          );
        }),
        RUNS,
      );
      const { accounts: metas } =
        args === undefined ? build(accounts) : build(accounts, fc.sample(drawn, { numRuns: 1, seed: 1 })[0]?.ours);
      expect(metas).toEqual(
        instruction.accounts.map(({ name: account, address, writable = false, signer = false }) => ({
          address: address ?? accounts[camel(account)],
          role: (signer ? 2 : 0) + (writable ? 1 : 0),
        })),
      );
    },
  );

  it.each(idl.accounts)('reads and writes account $name as Anchor does', async ({ name }) => {
    const encode = member<Encode>(client, `encode${name}`);
    const decode = member<Decode>(client, `decode${name}`);
    for (const { ours, theirs } of fc.sample(struct(idl, name), RUNS)) {
      const data = encode(ours);
      expect(comparable(coder.accounts.decode(name, Buffer.from(data)))).toEqual(comparable(theirs));
      expect(decode(Uint8Array.from([...data, 0, 0]))).toEqual(ours);
    }
  });

  it.each(idl.events)('reads and writes event $name as Anchor does', ({ name }) => {
    const encode = member<Encode>(client, `encode${name}`);
    const decodeEvent = member<Decode>(client, 'decodeEvent');
    for (const { ours, theirs } of fc.sample(struct(idl, name), RUNS)) {
      const data = encode(ours);
      const decoded = coder.events.decode(Buffer.from(data).toString('base64'));
      expect({ name: decoded?.name, data: comparable(decoded?.data) }).toEqual({ name, data: comparable(theirs) });
      expect(decodeEvent(data)).toEqual({ name, data: ours });
    }
  });

  it('names every error', () => {
    const errors = member<Record<number, { name: string }>>(client, `${folder.toUpperCase()}_ERRORS`);
    expect(Object.entries(errors).map(([code, { name }]) => [Number(code), name])).toEqual(
      idl.errors.map(({ code, name }) => [code, name]),
    );
  });
});

describe('hostile input', () => {
  it('optional accounts that are absent are the program itself', () => {
    const { accounts } = staking.updatePoolOverviewAuthorities(
      { programAdmin: key58(1), poolOverview: key58(2) },
      { newRewardDistributionAuthorities: null, newHaltAuthorities: null, newSlashingAuthorities: null },
    );
    expect(accounts.at(-1)).toEqual({ address: staking.STAKING_PROGRAM_ADDRESS, role: 0 });
  });

  it('data of another account, cut data, bad tags and bad text are typed errors', () => {
    const [sample] = fc.sample(struct(readIdl('marketplace'), 'Buyer'), { numRuns: 1, seed: 1 });
    const full = marketplace.encodeBuyer(sample?.ours as marketplace.Buyer);
    expect(() => marketplace.decodeOffer(full)).toThrow(
      expect.objectContaining({ code: 'CLIENT__WRONG_DISCRIMINATOR' }),
    );
    for (let length = 8; length < full.length; length += 1) {
      expect(() => marketplace.decodeBuyer(full.slice(0, length))).toThrow(
        expect.objectContaining({ code: 'CLIENT__TRUNCATED' }),
      );
    }
    expect(() => new BorshReader(Uint8Array.of(2)).bool()).toThrow(
      expect.objectContaining({ code: 'CLIENT__BAD_TAG' }),
    );
    expect(() => new BorshReader(Uint8Array.of(1, 0, 0, 0, 0xff)).string()).toThrow(
      expect.objectContaining({ code: 'CLIENT__BAD_TEXT' }),
    );
    expect(marketplace.decodeEvent(Uint8Array.of(1, 2, 3))).toBeNull();
  });

  it('a hostile length fails at the first item that is missing', () => {
    const reader = new BorshReader(Uint8Array.of(255, 255, 255, 255));
    expect(() => reader.vec(() => reader.u8())).toThrow(expect.objectContaining({ code: 'CLIENT__TRUNCATED' }));
  });

  it('integers that do not fit are refused', () => {
    const writer = new BorshWriter();
    expect(() => writer.u8(256)).toThrow(expect.objectContaining({ code: 'CLIENT__OUT_OF_RANGE' }));
    expect(() => writer.u64(-1n)).toThrow(expect.objectContaining({ code: 'CLIENT__OUT_OF_RANGE' }));
    expect(() => writer.i64(1n << 63n)).toThrow(expect.objectContaining({ code: 'CLIENT__OUT_OF_RANGE' }));
    expect(() => writer.fixedBytes([1], 2)).toThrow(expect.objectContaining({ code: 'CLIENT__BAD_LENGTH' }));
  });
});

function key58(fill: number): marketplace.Buyer['buyer'] {
  return new PublicKey(Buffer.alloc(32, fill)).toBase58() as marketplace.Buyer['buyer'];
}
