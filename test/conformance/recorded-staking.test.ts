/** Recorded transactions of the staking program against the IDL of their time, and against those of other times. */
import { expect, it } from 'vitest';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import { parseIdl } from '../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry } from '../../indexer/decode/registry.ts';
import { asRecorded, blockOf, type RpcTransaction, transactionOf } from './recorded-transaction.ts';
import { describeShared, readShared } from './shared-data.ts';

interface Recording {
  readonly events: readonly {
    readonly base64: string;
    readonly bytes: number;
    readonly decoded_with_idl_at_commit: { readonly name: string; readonly data: Record<string, unknown> };
  }[];
  readonly transaction: RpcTransaction;
}

/** IDLs by age; the two in the middle have the same 96 bytes under other field names. */
const IDLS = {
  74: 'facts/idl-history/74_2025-07-07_ed32b71.json',
  79: 'facts/idl-history/79_2025-07-09_dcd7d6f.json',
  82: 'facts/idl-history/82_2025-07-09_03543d8.json',
  85: 'facts/idl-history/85_2025-07-11_0817960.json',
  98: 'facts/idl-history/98_2025-07-23_aaecd7c.json',
} as const;
type Version = keyof typeof IDLS;
const VERSIONS = Object.keys(IDLS).map((number) => Number(number) as Version);
const STAKING = 'stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG';
const EARLIER_STAKING = 'dinfV1dqxfSJYCRV2QY4yREdgcdoEkzynZXZs6kxeSm';

const RECORDINGS: readonly (readonly [file: string, programId: string, version: Version])[] = [
  ['2e47676_STAKE', EARLIER_STAKING, 74],
  ['dcd7d6f_ACCRUE_REWARD', STAKING, 79],
  ['72a045f_V1_ACCRUE_REWARD', STAKING, 82],
  ['0817960_V2_ACCRUE_REWARD', STAKING, 85],
  ['aa7de28_ACCRUE_REWARD', STAKING, 98],
];

function registryOf(programId: string, version: Version): Registry {
  return buildRegistry([{ programId, prefix: 'staking', idl: parseIdl(readShared(IDLS[version])), validFromSlot: 0n }]);
}

function readRecording(name: string): Recording {
  return readShared(`fixtures/inference-staking/${name}_TRANSACTION_RESPONSE.json`);
}

function decode(recording: Recording, registry: Registry) {
  return decodeBlock(blockOf(BigInt(recording.transaction.slot), [transactionOf(recording.transaction)]), registry);
}

describeShared('recorded transactions of the staking program', () => {
  it.each(RECORDINGS)('%s decodes to exactly what was recorded', (file, programId, version) => {
    const recording = readRecording(file);
    const decoded = decode(recording, registryOf(programId, version));
    expect(decoded.events).toHaveLength(recording.events.length);
    expect(decoded.truncatedTransactions).toEqual([]);
    for (const [index, expected] of recording.events.entries()) {
      const event = decoded.events[index];
      expect(Buffer.from(event?.data ?? []).toString('base64')).toBe(expected.base64);
      expect(event?.name.toLowerCase()).toBe(expected.decoded_with_idl_at_commit.name.toLowerCase());
      expect(asRecorded(event?.fields ?? null)).toEqual(expected.decoded_with_idl_at_commit.data);
      expect(event?.path).toEqual([0]);
    }
    expect(decoded.undecoded.filter(({ source }) => source === 'event')).toEqual([]);
  });

  it.each(RECORDINGS)('%s is kept undecoded by an IDL whose event has another length', (file, programId, version) => {
    const recording = readRecording(file);
    for (const other of VERSIONS) {
      const decoded = decode(recording, registryOf(programId, other));
      const isSameLayout = other === version || (other === 79 && version === 82) || (other === 82 && version === 79);
      if (isSameLayout) {
        expect(decoded.events).toHaveLength(1);
        continue;
      }
      expect(decoded.events).toEqual([]);
      const [kept] = decoded.undecoded.filter(({ source }) => source === 'event');
      // The IDL of 2025-07-09 has no stake event at all.
      const isKnown =
        !(file === '2e47676_STAKE' && (other === 79 || other === 82)) && !(version !== 74 && other === 74);
      expect([other, kept?.reason]).toEqual([other, isKnown ? 'length_mismatch' : 'unknown_discriminator']);
      expect(Buffer.from(kept?.data ?? []).toString('base64')).toBe(recording.events[0]?.base64);
    }
  });

  it('2e47676_UPDATE_OPERATOR_POOL has no event', () => {
    const recording = readRecording('2e47676_UPDATE_OPERATOR_POOL');
    const decoded = decode(recording, registryOf(EARLIER_STAKING, 74));
    expect(decoded.events).toEqual([]);
    expect(decoded.truncatedTransactions).toEqual([]);
  });

  it('one registry decodes every recording by the version in force at its slot', () => {
    const registry = buildRegistry(
      ([79, 82, 85, 98] as const).map((version, index) => ({
        programId: STAKING,
        prefix: 'staking',
        idl: parseIdl(readShared(IDLS[version])),
        validFromSlot: BigInt(index * 100),
      })),
    );
    const files = RECORDINGS.filter(([, programId]) => programId === STAKING);
    for (const [index, [file]] of files.entries()) {
      const recording = readRecording(file);
      const decoded = decodeBlock(blockOf(BigInt(index * 100 + 50), [transactionOf(recording.transaction)]), registry);
      expect(asRecorded(decoded.events[0]?.fields ?? null)).toEqual(
        recording.events[0]?.decoded_with_idl_at_commit.data,
      );
    }
    const names = registry.tables.map(({ table }) => table).filter((table) => table.startsWith('staking_accrue'));
    expect(names).toEqual(['staking_accrue_reward']);
  });
});
