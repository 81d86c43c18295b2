/** Events of other programs with their decoded values: drift, Meteora, Moonshot and Anchor's own. */
import bs58 from 'bs58';
import { expect, it } from 'vitest';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import { eventAuthorityOf } from '../../indexer/decode/event-authority.ts';
import { parseIdl } from '../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry } from '../../indexer/decode/registry.ts';
import { asRecorded, blockOf, type RpcInstruction, type RpcMeta, transactionOf } from './recorded-transaction.ts';
import { describeShared, readShared } from './shared-data.ts';

interface Golden {
  readonly idl?: string;
  readonly src: string;
  readonly base64?: string;
  readonly base58?: string;
  readonly decoded: { readonly name: string; readonly data: Record<string, unknown> } | null;
}

const DRIFT = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';
const METEORA = 'LBUZKhRxPF3XUpBCjp4YzTKgLccjZhTSDM9YuVaPwxo';
const MOONSHOT = 'MoonCVVNZFSYkqNXP6bxHLPL6QQJiMagDL3qcqUQTrG';
const TOKEN = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const SYSTEM = '11111111111111111111111111111111';
const BUDGET = 'ComputeBudget111111111111111111111111111111';
const OTHER = 'SW1TCH7qEPTdLsDHRgPuMQjbQxKdH2aBStViMFnt64f';
const MISC = '3TEqcc8xhrhdspwbvoamUJe2borm4Nr72JxL66k6rgrh';

const struct = (...fields: readonly (readonly [string, unknown])[]) => ({
  kind: 'struct',
  fields: fields.map(([name, type]) => ({ name, type })),
});

function idlOf(name: string, events: Record<string, { readonly discriminator: string; readonly type: unknown }>) {
  return parseIdl({
    address: MISC,
    metadata: { name, version: '0.1.0', spec: '0.1.0' },
    instructions: [],
    events: Object.entries(events).map(([event, { discriminator }]) => ({
      name: event,
      discriminator: [...Buffer.from(discriminator, 'hex')],
    })),
    types: Object.entries(events).map(([event, { type }]) => ({ name: event, type })),
  });
}

const moonshotIdl = () =>
  idlOf('moonshot', {
    TradeEvent: {
      discriminator: 'bddb7fd34ee661ee',
      type: struct(
        ['amount', 'u64'],
        ['collateral_amount', 'u64'],
        ['dex_fee', 'u64'],
        ['helio_fee', 'u64'],
        ['allocation', 'u64'],
        ['curve', 'pubkey'],
        ['cost_token', 'pubkey'],
        ['sender', 'pubkey'],
        ['trade_type', 'u8'],
        ['label', 'string'],
      ),
    },
  });

/** Anchor's own test program; discriminators are the first bytes of the payloads, layouts those of its source. */
function miscIdl(goldens: readonly Golden[]) {
  const types: Record<string, unknown> = {
    E1: struct(['data', 'u32']),
    E2: struct(['data', 'i32']),
    E3: struct(['data', 'u32']),
    E5: struct(['data', { array: ['u8', 10] }]),
    E6: struct(['data', { array: ['u8', 11] }]),
  };
  const events = goldens.map(({ base64, decoded }) => {
    const name = decoded?.name as string;
    const discriminator = Buffer.from(base64 as string, 'base64')
      .subarray(0, 8)
      .toString('hex');
    return [name, { discriminator, type: types[name] }] as const;
  });
  return idlOf('misc', Object.fromEntries(events));
}

function registryOf(programId: string, prefix: string, idl: ReturnType<typeof parseIdl>): Registry {
  return buildRegistry([{ programId, prefix, idl, validFromSlot: 0n }]);
}

/** A transaction in which `outer` runs, calls `inner` and one of the two logs data. */
function decodeLogged(registry: Registry, outer: string, inner: string, emitter: 'outer' | 'inner', base64: string) {
  const data = `Program data: ${base64}`;
  const logMessages = [
    `Program ${outer} invoke [1]`,
    `Program ${inner} invoke [2]`,
    ...(emitter === 'inner' ? [data] : []),
    `Program ${inner} success`,
    ...(emitter === 'outer' ? [data] : []),
    `Program ${outer} success`,
  ];
  const call = (programIdIndex: number) => ({ programIdIndex, accounts: [], data: '1111' });
  return decodeRecorded(registry, [outer, inner], [call(0)], {
    err: null,
    fee: 5000,
    logMessages,
    innerInstructions: [{ index: 0, instructions: [{ ...call(1), stackHeight: 2 }] }],
  });
}

function decodeRecorded(
  registry: Registry,
  keys: readonly string[],
  instructions: readonly RpcInstruction[],
  meta: RpcMeta,
) {
  const message = { accountKeys: keys, instructions };
  const signatures = [bs58.encode(new Uint8Array(64).fill(1))];
  return decodeBlock(
    blockOf(300n, [transactionOf({ slot: 300, meta, transaction: { signatures, message } })]),
    registry,
  );
}

function compare(actual: unknown, expected: Record<string, unknown>): void {
  const rounded = Object.entries(actual as Record<string, unknown>).map(([name, value]) => {
    // Some of the recordings hold integers as JSON numbers.
    return [name, typeof expected[name] === 'number' ? Number(value) : value] as const;
  });
  expect(Object.fromEntries(rounded)).toEqual(expected);
}

/** Keys of a recorded meta without its message: named positions, the rest distinct fillers. */
function keysWith(count: number, named: Record<number, string>): string[] {
  return Array.from({ length: count }, (_, index) => named[index] ?? bs58.encode(new Uint8Array(32).fill(index + 1)));
}

const top = (programIdIndex: number): RpcInstruction => ({ programIdIndex, accounts: [], data: '1111' });

describeShared('recorded events of other programs', () => {
  const goldens = () => readShared<Golden[]>('fixtures/golden_events.json');

  it("drift's events decode exactly by an IDL in the older form", () => {
    const registry = registryOf(DRIFT, 'drift', parseIdl(readShared('fixtures/idl/drift.json')));
    const drift = goldens().filter(({ idl, decoded }) => idl?.startsWith('drift') && decoded !== null);
    expect(drift).toHaveLength(5);
    for (const { base64, decoded } of drift) {
      const block = decodeLogged(registry, DRIFT, OTHER, 'outer', base64 as string);
      expect(block.undecoded.filter(({ source }) => source === 'event')).toEqual([]);
      expect(block.events.map(({ name }) => name)).toEqual([decoded?.name]);
      compare(asRecorded(block.events[0]?.fields ?? null), decoded?.data ?? {});
    }
  });

  it("another program's data inside a call of drift is not drift's", () => {
    const registry = registryOf(DRIFT, 'drift', parseIdl(readShared('fixtures/idl/drift.json')));
    const [foreign] = goldens().filter(({ decoded }) => decoded === null);
    const block = decodeLogged(registry, DRIFT, OTHER, 'inner', foreign?.base64 as string);
    expect(block.events).toEqual([]);
    expect(block.undecoded.filter(({ source }) => source === 'event')).toEqual([]);
    expect(block.truncatedTransactions).toEqual([]);
  });

  it('E1 to E6 of the Anchor tests decode exactly', () => {
    const misc = goldens().filter(({ src }) => src.startsWith('coral-xyz'));
    const registry = registryOf(MISC, 'misc', miscIdl(misc));
    expect(misc).toHaveLength(5);
    for (const { base64, decoded } of misc) {
      const block = decodeLogged(registry, MISC, OTHER, 'outer', base64 as string);
      expect(asRecorded(block.events[0]?.fields ?? null)).toEqual(asText(decoded?.data ?? {}));
      expect(block.events[0]?.name).toBe(decoded?.name);
    }
  });

  it.each(['cpi_tx', 'nested_cpi_tx'])("Meteora's self-CPI event of %s is found, decoded and attributed", (file) => {
    const meta = readShared<RpcMeta>(`fixtures/carbon-core/${file}.json`);
    const registry = registryOf(METEORA, 'meteora', parseIdl(readShared('fixtures/idl/meteora_dlmm.json')));
    const authority = bs58.encode(eventAuthorityOf(bs58.decode(METEORA)));
    const block =
      file === 'cpi_tx'
        ? decodeRecorded(registry, keysWith(10, CPI_TX_KEYS), [top(0), top(0), top(3), top(9)], meta)
        : decodeRecorded(registry, keysWith(18, { ...NESTED_KEYS, 16: authority }), [top(0), top(1), top(10)], meta);
    const golden = goldens().find(({ src }) => src.endsWith(`/${file}.json`));
    expect(block.events).toMatchObject([{ name: 'Swap', transport: 'cpi', table: 'meteora_swap', ordinal: 0 }]);
    expect(asRecorded(block.events[0]?.fields ?? null)).toEqual(golden?.decoded?.data);
    expect(block.events[0]?.path).toEqual(file === 'cpi_tx' ? [3, 0, 2] : [1, 0, 2]);
    expect(block.instructions.map(({ name }) => name)).toEqual(['swap']);
    expect(block.truncatedTransactions).toEqual([]);
  });

  it("Moonshot's event is decoded, and the same discriminator of another program is left alone", () => {
    const meta = readShared<RpcMeta>('fixtures/carbon-core/simple_tx.json');
    const keys = keysWith(14, { 0: BUDGET, 7: SYSTEM, 10: MOONSHOT, 11: TOKEN });
    const decoded = (programId: string) => {
      return decodeRecorded(registryOf(programId, 'moonshot', moonshotIdl()), keys, [top(0), top(10), top(7)], meta);
    };
    const golden = goldens().find(({ decoded: each }) => each?.name === 'TradeEvent')?.decoded;
    const block = decoded(MOONSHOT);
    const { _trailing, ...expected } = golden?.data ?? {};
    expect(_trailing).toBe(0);
    const [event] = block.events;
    for (const [name, value] of Object.entries(expected)) {
      const actual = event?.fields[name];
      const shown = actual instanceof Uint8Array ? bs58.encode(actual) : actual;
      expect([name, typeof value === 'number' ? Number(shown) : shown]).toEqual([name, value]);
    }
    expect(event?.path).toEqual([1]);
    expect(decoded('6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P').events).toEqual([]);
  });
});

const CPI_TX_KEYS = {
  0: BUDGET,
  3: 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
  9: '6m2CDdhRgxpH4WjvdzxAYbGxwdGUz5MziiL5jek2kBma',
};
const NESTED_KEYS = { 0: BUDGET, 1: 'smakEnVFKFy2fZG25bESNBgWuR6ZRnW1697qFZk4RTF', 10: SYSTEM, 11: METEORA, 12: TOKEN };

function asText(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
}
