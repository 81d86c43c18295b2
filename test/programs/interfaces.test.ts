/** The Rust interface that is generated from an IDL, and the text and discriminators of the IDL itself. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkedInterfaceText, interfaceNames, staleInterfaces } from '../../programs/build/generate-interfaces.ts';
import { staleParameterFiles } from '../../programs/build/generate-parameters.ts';
import type { Idl, IdlType } from '../../programs/build/idl.ts';
import { accountBytes, fixedBytes } from '../../programs/build/idl-size.ts';
import { discriminator, idlText, withDiscriminators, wrongDiscriminators } from '../../programs/build/idl-text.ts';

function read(name: string): Idl {
  return JSON.parse(readFileSync(new URL(`../../programs/${name}/idl.json`, import.meta.url), 'utf8')) as Idl;
}

/** An IDL with one account `Box` of these fields and nothing else. */
function idlOf(fields: Readonly<Record<string, IdlType>>, space?: number): Idl {
  const named = Object.entries(fields).map(([name, type]) => ({ name, type }));
  return withDiscriminators({
    address: '11111111111111111111111111111111',
    metadata: { name: 'sample', version: '0.1.0', spec: '0.1.0' },
    instructions: [],
    accounts: [{ name: 'Box', discriminator: [], ...(space === undefined ? {} : { space }) }],
    events: [],
    errors: [],
    types: [{ name: 'Box', type: { kind: 'struct', fields: named } }],
  });
}

it('the committed interfaces are what their IDLs give', () => {
  expect(interfaceNames()).toContain('marketplace');
  expect(staleInterfaces()).toEqual([]);
});

it('the committed parameters of the programs are what the table gives', () => {
  expect(staleParameterFiles()).toEqual([]);
});

describe('discriminators', () => {
  it('of the deployed staking program follow from its names', () => {
    expect(wrongDiscriminators(read('staking'))).toEqual([]);
    expect(discriminator('global', 'accrue_reward')).toEqual(
      read('staking').instructions.find(({ name }) => name === 'accrue_reward')?.discriminator,
    );
  });

  it('that are missing or of another name are found, filled, and refused by the generator', () => {
    const idl = idlOf({ count: 'u8' });
    const bare = { ...idl, accounts: [{ name: 'Box', discriminator: [] }] };
    expect(wrongDiscriminators(bare)).toEqual(['Box']);
    expect(() => checkedInterfaceText(bare)).toThrow(expect.objectContaining({ code: 'IDL__WRONG_DISCRIMINATOR' }));
    expect(withDiscriminators(bare)).toEqual(idl);
  });
});

describe('the text of an IDL', () => {
  it.each(['marketplace', 'staking'])('of %s reads as the IDL it came from, key by key in order', (name) => {
    expect(JSON.stringify(JSON.parse(idlText(read(name))))).toBe(JSON.stringify(read(name)));
  });

  it('keeps what fits on a line of 120 characters on one line', () => {
    const lines = idlText(read('staking')).split('\n');
    expect(lines.filter((line) => line.length > 120).every((line) => !/[[{]/.test(line.slice(0, 60)))).toBe(true);
    expect(lines.some((line) => /^ +\{ "name": .* \},?$/.test(line))).toBe(true);
  });
});

describe('the Rust of an account', () => {
  it('is Copy and Default exactly where every field is', () => {
    const derives = (type: IdlType) => /#\[derive\((.*)\)\]/.exec(checkedInterfaceText(idlOf({ field: type })))?.[1];
    const both = 'BorshDeserialize, BorshSerialize, Clone';
    expect(derives({ array: ['u128', 32] })).toBe(`${both}, Copy, Default`);
    expect(derives({ array: ['i128', 33] })).toBe(`${both}, Copy`);
    expect(derives({ array: ['string', 33] })).toBe(both);
    expect(derives({ option: { array: ['u8', 64] } })).toBe(`${both}, Copy, Default`);
    expect(derives({ vec: { array: ['u8', 64] } })).toBe(`${both}, Default`);
    expect(derives('pubkey')).toBe(`${both}, Copy, Default`);
  });

  it('names its fields in order with the types of the wire', () => {
    const fields = { key: 'pubkey', note: { option: 'string' }, list: { vec: 'i64' }, flag: 'bool' } as const;
    const text = checkedInterfaceText(idlOf(fields));
    expect(text.split('\n').filter((line) => line.startsWith('        pub '))).toEqual([
      '        pub key: Address,',
      '        pub note: Option<String>,',
      '        pub list: Vec<i64>,',
      '        pub flag: bool,',
    ]);
    expect(text).toContain('    use alloc::{string::String, vec::Vec};\n');
  });

  it('has the size of its fields, or the space its entry names', () => {
    const plain = idlOf({ key: 'pubkey', counts: { array: ['u64', 3] } });
    expect(checkedInterfaceText(plain)).toContain('pub const BOX_SPACE: usize = 64;');
    expect(checkedInterfaceText(idlOf({ text: 'string' }))).not.toContain('_SPACE');
    expect(checkedInterfaceText(idlOf({ text: 'string' }, 300))).toContain('pub const BOX_SPACE: usize = 300;');
    const small = idlOf({ count: 'u64' }, 15);
    expect(() => accountBytes(small, { name: 'Box', discriminator: [], space: 15 })).toThrow(
      expect.objectContaining({ code: 'IDL__SPACE_TOO_SMALL' }),
    );
    expect(fixedBytes(plain, { option: 'u8' })).toBeNull();
    expect(() => fixedBytes(plain, { defined: { name: 'Absent' } })).toThrow(
      expect.objectContaining({ code: 'IDL__UNKNOWN_TYPE' }),
    );
  });
});
