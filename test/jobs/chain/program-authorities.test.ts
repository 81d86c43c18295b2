import { address } from '@solana/kit';
import { expect, it } from 'vitest';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { authorityOf, programDataOf } from '../../../jobs/chain/program-authorities.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';

const upgradeable = address('BPFLoaderUpgradeab1e11111111111111111111111');
const key = bytesOf('authority');

function programData(authority: Uint8Array | null): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32LE(3, 0);
  head.writeBigUInt64LE(77n, 4);
  head[12] = authority === null ? 0 : 1;
  return Buffer.concat([head, authority ?? Buffer.alloc(32)]);
}

it('a program of the upgradeable loader names the account that holds its code', () => {
  const data = Buffer.concat([Uint8Array.of(2, 0, 0, 0), bytesOf('code')]);
  expect(programDataOf({ owner: upgradeable, data })).toBe(toBase58(bytesOf('code')));
  expect(programDataOf({ owner: address('BPFLoader2111111111111111111111111111111111'), data })).toBeNull();
  expect(programDataOf({ owner: upgradeable, data: data.subarray(0, 20) })).toBeNull();
});

it('that account says who may replace the code, or that nobody may', () => {
  expect(authorityOf(programData(key))).toEqual({ deployedSlot: 77n, upgradeAuthority: key });
  expect(authorityOf(programData(null))).toEqual({ deployedSlot: 77n, upgradeAuthority: new Uint8Array(32) });
  expect(authorityOf(null)).toEqual({ deployedSlot: 0n, upgradeAuthority: new Uint8Array(32) });
});
