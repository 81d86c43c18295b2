/** Blocks as a whole: instructions, accounts, versions. */
import { readFileSync } from 'node:fs';
import { PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { eventAuthorityOf, isOnCurve, programAddress } from '../../../indexer/decode/event-authority.ts';
import { parseIdl } from '../../../indexer/decode/parse-idl.ts';
import { buildRegistry } from '../../../indexer/decode/registry.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import type { AccountState } from '../../../indexer/domain/chain.ts';
import { blockOf } from '../../conformance/recorded-transaction.ts';
import { key, OURS, ping, registry, STRANGER, transactionOf } from './synthetic-transaction.ts';

const STAKING = 'stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG';
const staking = (validFromSlot: bigint) => {
  const idl = parseIdl(
    JSON.parse(readFileSync(new URL('../../../programs/staking/idl.json', import.meta.url), 'utf8')),
  );
  return buildRegistry([{ programId: STAKING, prefix: 'staking', idl, validFromSlot }]);
};

function account(data: Uint8Array, change: Partial<AccountState> = {}): AccountState {
  return {
    publicKey: key('account'),
    owner: fromBase58(STAKING),
    lamports: 1n,
    data,
    writeVersion: 1n,
    signature: null,
    ...change,
  };
}

/** StakingRecord as the program writes it: 8 + 113 bytes, followed by padding in records that were made on their own. */
function stakingRecord(size: number): Buffer {
  const data = Buffer.alloc(size, 0xee);
  data.set(Buffer.from('689b5b616f422a80', 'hex'));
  data[8] = 1;
  data.set(key('owner'), 9);
  data.set(key('pool'), 41);
  data.writeBigUInt64LE(123n, 73);
  data.writeBigInt64LE(-1n, 81);
  data.writeBigUInt64LE(5n, 89);
  data.writeBigUInt64LE(7n, 97);
  data.writeBigUInt64LE(0n, 105);
  data.writeBigUInt64LE(9n, 113);
  return data;
}

describe('accounts', () => {
  it.each([121, 377])('a StakingRecord of %i bytes decodes, whatever stands behind it', (size) => {
    const decoded = decodeBlock(blockOf(5n, [], [account(stakingRecord(size))]), staking(0n));
    expect(decoded.undecoded).toEqual([]);
    expect(decoded.accounts[0]?.name).toBe('StakingRecord');
    expect(decoded.accounts[0]?.fields).toEqual({
      version: 1,
      owner: key('owner'),
      operator_pool: key('pool'),
      shares: 123n,
      unstake_at_timestamp: -1n,
      tokens_unstake_amount: 5n,
      last_settled_usdc_per_share: 7n,
      accrued_usdc_earnings: 9n,
    });
  });

  it('a record that is too short is kept undecoded', () => {
    const decoded = decodeBlock(blockOf(5n, [], [account(stakingRecord(377).subarray(0, 120))]), staking(0n));
    expect(decoded.accounts).toMatchObject([{ name: '', layout: null }]);
    expect(decoded.undecoded).toMatchObject([
      { source: 'account', reason: 'length_mismatch', publicKey: key('account') },
    ]);
  });

  it('closed accounts and those that are no longer ours stay, without a name and without complaint', () => {
    const closed = account(new Uint8Array(0), { lamports: 0n });
    const left = account(new Uint8Array(0), { owner: new Uint8Array(32) });
    const decoded = decodeBlock(blockOf(5n, [], [closed, left]), staking(0n));
    expect(decoded.accounts.map(({ name }) => name)).toEqual(['', '']);
    expect(decoded.undecoded).toEqual([]);
  });

  it('any bytes decode or are kept with a reason', () => {
    const registered = staking(0n);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (tail, isKnown) => {
        const data = isKnown ? Buffer.concat([Buffer.from('0fe0adcc8c3f39bd', 'hex'), tail]) : tail;
        const decoded = decodeBlock(blockOf(5n, [], [account(data)]), registered);
        expect(decoded.accounts).toHaveLength(1);
        expect(decoded.undecoded).toHaveLength(decoded.accounts[0]?.name === '' ? 1 : 0);
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe('instructions', () => {
  const decode = (data: Uint8Array, accounts: readonly Uint8Array[], failed = false) => {
    const transaction = transactionOf([
      { program: STRANGER, acts: [{ call: { program: OURS, acts: [], data, accounts } }] },
    ]);
    return decodeBlock(blockOf(5n, [{ ...transaction, error: failed ? Uint8Array.of(8) : null }]), registry);
  };
  const call = Buffer.concat([new Uint8Array(8).fill(9), new Uint8Array(8).fill(1)]);

  it('inner ones have names, accounts beyond the IDL have none, bytes after the arguments are counted', () => {
    const decoded = decode(Buffer.concat([call, Buffer.from([1, 2, 3])]), [key('a'), key('b')]);
    expect(decoded.instructions).toMatchObject([
      {
        name: 'do_it',
        path: [0, 0],
        args: { number: 0x0101010101010101n },
        trailingByteCount: 3,
        failed: false,
        accounts: [
          { name: 'first', publicKey: key('a') },
          { name: null, publicKey: key('b') },
        ],
      },
    ]);
  });

  it('those of failed transactions are kept and say so', () => {
    expect(decode(call, [], true).instructions).toMatchObject([{ name: 'do_it', failed: true }]);
  });

  it.each([
    ['length_mismatch', call.subarray(0, 12)],
    ['unknown_discriminator', new Uint8Array(3)],
    ['unknown_discriminator', new Uint8Array(0)],
  ])('%s keeps the bytes', (reason, data) => {
    const decoded = decode(data, []);
    expect(decoded.instructions).toEqual([]);
    expect(decoded.undecoded).toMatchObject([{ source: 'instruction', reason, data, path: [0, 0] }]);
  });

  it('before the first version of the IDL everything of the program is kept undecoded', () => {
    const transaction = transactionOf([{ program: fromBase58(STAKING), acts: [{ data: ping(1) }], data: call }]);
    const block = blockOf(99n, [transaction], [account(stakingRecord(121))]);
    const decoded = decodeBlock(block, staking(100n));
    expect(decoded.undecoded.map(({ source, reason }) => [source, reason])).toEqual([
      ['event', 'unknown_program_version'],
      ['instruction', 'unknown_program_version'],
      ['account', 'unknown_program_version'],
    ]);
  });
});

describe('program addresses', () => {
  it('are those of web3.js', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(bytes, fc.uint8Array({ maxLength: 32 }), (program, seed) => {
        const [expected] = PublicKey.findProgramAddressSync([seed], new PublicKey(program));
        expect(programAddress([seed], program)).toEqual(new Uint8Array(expected.toBytes()));
        expect(isOnCurve(program)).toBe(PublicKey.isOnCurve(program));
      }),
      { numRuns: 40, seed: 8 },
    );
    const authority = eventAuthorityOf(fromBase58('LBUZKhRxPF3XUpBCjp4YzTKgLccjZhTSDM9YuVaPwxo'));
    expect(new PublicKey(authority).toBase58()).toBe('D1ZN9Wj1fRSUQfCjhvnu1hqDMT7hzjzBBpi12nVniYD6');
  });
});
