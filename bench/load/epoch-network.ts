/**
 * A network of many pools and a day of its events, written straight into ClickHouse by SQL: what a reward epoch is computed
 * from, in the shares of a busy market. Half of the events are signs of life, a fifth are settled pieces of sessions.
 * @module
 */
import { hash } from 'node:crypto';
import { type Address, address } from '@solana/kit';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { moveCursor } from '../../indexer/store/queries/chain/cursors.ts';
import { insertRows, rowTable } from '../../indexer/store/row-table.ts';
import { quoted } from '../../indexer/store/sql-text.ts';
import {
  decodeOperatorPool,
  decodePoolOverview,
  decodeStakingRecord,
  encodeOperatorPool,
  encodePoolOverview,
  encodeStakingRecord,
  OPERATOR_POOL_ACCOUNT_DISCRIMINATOR,
  POOL_OVERVIEW_ACCOUNT_DISCRIMINATOR,
  STAKING_RECORD_ACCOUNT_DISCRIMINATOR,
} from '../../programs/staking/client.generated.ts';

export const START = 1_700_006_400n;
export const DAY_SECONDS = 86_400n;
/** Of 0.4 seconds. */
export const BLOCKS = 216_000;
/** The marking lies behind the window. */
export const ELIGIBILITY_SLOT = BigInt(BLOCKS + 20);
const LAST_BLOCK = BLOCKS + 50;
const SLOTS_PER_INSERT = 400_000;
const ROWS_PER_INSERT = 1_000_000;
const ACCOUNTS_PER_INSERT = 10_000;
const PROVIDERS_PER_POOL = 5;
const POOL_BYTES = 1_375;
const OVERVIEW_BYTES = 1_762;
const RECORD_BYTES = 377;
/** States of other accounts per event of the day, and their bytes. */
const OTHER_STATES_PER_EVENT = 0.2;

export interface NetworkSize {
  readonly pools: number;
  readonly events: number;
}

const keyOf = (name: string, number: string) => `SHA256(concat('${name} ', toString(${number})))`;
const poolKey = (number: number) => hash('sha256', `pool ${number}`, 'buffer');
const hashOf = (slot: string) =>
  `toFixedString(concat(sipHash128(toUInt64(${slot})), sipHash128(toUInt64(${slot}), 1)), 32)`;
const timeOf = (slot: string) => `toInt64(${START} + intDiv((toInt64(${slot}) - 1) * ${DAY_SECONDS}, ${BLOCKS}))`;

/** Events of one kind: their table, their part of all, and the columns that something is computed from. */
interface EventKind {
  readonly table: string;
  readonly share: number;
  /** Of row `k`: a number from 0 on. `j` is the number of what it is a piece of, `p` its provider. */
  readonly columns: Readonly<Record<string, string>>;
  /** Pieces of one session; 1 for all else. */
  readonly pieces?: number;
}

const order = keyOf('order', 'k');
const parties = (provider: string) => ({
  provider: keyOf('provider', provider),
  operator_pool: keyOf('pool', provider),
  buyer: keyOf('buyer', 'j % 50021'),
  mint: "if(j % 2 = 0, SHA256('infer'), SHA256('usdc'))",
});
const model = { model: 'p % 5' };
const money = {
  amount: '1000000 + k % 7919',
  provider_amount: '980000 + k % 7919',
  fee: '20000',
  fee_treasury: '20000',
  price_per_gpu_hour: '2000000',
};

const KINDS: readonly EventKind[] = [
  {
    table: 'marketplace_heartbeat_sent',
    share: 0.5,
    columns: { provider: keyOf('provider', 'p'), units_free: '4', units_busy: '4', sent_at: 't' },
  },
  {
    table: 'marketplace_usage_settled',
    share: 0.2,
    pieces: 20,
    columns: {
      ...{
        ...parties('p'),
        ...money,
        ...model,
        order: keyOf('session', 'j'),
        gpu_seconds: '600 + k % 600',
      },
      ...{ seconds: '300', settled_seconds: '300 * (1 + k % 20)', paid_to_staking_vault: 'j % 2 = 1', settled_at: 't' },
    },
  },
  {
    table: 'marketplace_order_created',
    share: 0.06,
    columns: {
      ...parties('p'),
      order,
      units: '2',
      seconds: '3600',
      amount: '1000000',
      bond_locked: '1000',
      created_at: 't',
    },
  },
  {
    table: 'marketplace_order_settled',
    share: 0.05,
    columns: {
      ...{ ...parties('p'), ...money, ...model, order, gpu_seconds: '3600 + k % 3600', settled_at: 't' },
      ...{ challenge_ends_at: 't + 3600', bond_locked: '1000', bond_release_at: 't + 3600' },
      paid_to_staking_vault: 'j % 2 = 1',
    },
  },
  {
    table: 'marketplace_session_closed',
    share: 0.01,
    columns: {
      ...{ ...parties('p'), order: keyOf('session', 'k'), closed_at: 't', paid: '20000000', bond_release_at: 't' },
    },
  },
  {
    table: 'marketplace_attestation_committed',
    share: 0.04,
    columns: { attestation: keyOf('attestation', 'k'), order, provider: keyOf('provider', 'p') },
  },
  {
    table: 'marketplace_attestation_drawn',
    share: 0.04,
    columns: {
      ...{ attestation: keyOf('attestation', 'k'), order, provider: keyOf('provider', 'p') },
      ...{ is_selected: 'false', drawn_at: 't' },
    },
  },
  {
    table: 'exchange_index_updated',
    share: 0.1,
    columns: {
      model: 'k % 5',
      price: '20000000000000000 + k % 1009',
      cause: '1',
      gpu_seconds: '3600',
      value: '20000000000',
    },
  },
];

/** Fill a database whose tables exist. @returns events written */
export async function fillNetwork(client: StoreClient, staking: Uint8Array, size: NetworkSize): Promise<number> {
  const providers = Math.max(1, Math.floor(size.pools / PROVIDERS_PER_POOL));
  await fillBlocks(client);
  await fillMarket(client, providers);
  await fillAccounts(client, staking, size);
  let written = 0;
  for (const [number, kind] of KINDS.entries()) {
    const count = Math.floor(size.events * kind.share);
    await fillKind(client, kind, { number, count, providers });
    written += count;
  }
  for (const name of ['finalized', 'reconciled', 'ledger'] as const)
    await moveCursor(client, name, BigInt(LAST_BLOCK), new Uint8Array(32));
  return written;
}

async function fillBlocks(client: StoreClient): Promise<void> {
  for (let from = 0; from < LAST_BLOCK; from += SLOTS_PER_INSERT) {
    const count = Math.min(SLOTS_PER_INSERT, LAST_BLOCK - from);
    await client.command(`INSERT INTO blocks (slot, bank, blockhash, parent_slot, parent_blockhash, block_time, block_height,
  provable, has_accounts, sign, generation)
SELECT number + 1 AS s, 0, ${hashOf('s')}, number, ${hashOf('number')}, ${timeOf('s')}, s, 1, 1, 1, 0 FROM numbers(${from}, ${count})`);
  }
}

/** The marketplace, and its providers with bond and a benchmark each. */
async function fillMarket(client: StoreClient, providers: number): Promise<void> {
  const place = `1, 0, ${hashOf('1')}, ${START}`;
  const envelope = 'slot, bank, blockhash, block_time, tx_index, ix_path, ordinal, position';
  const models = JSON.stringify(Array.from({ length: 5 }, () => ({ weight: 1_000 })));
  await client.command(`INSERT INTO marketplace_marketplace_initialized
  (${envelope}, tier_minimum_bonds, infer_mint, usdc_mint, models, parameters)
SELECT ${place}, 0, [0], 0, 0, [100, 100, 100], SHA256('infer'), SHA256('usdc'), '${models}', '[]'`);
  const rows: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [
      'provider_registered',
      { owner: keyOf('owner', 'number'), payout: keyOf('payout', 'number'), tier: '3', registered_at: `${START}` },
    ],
    ['bond_posted', { bond_total: '10000000', amount: '10000000' }],
    [
      'benchmark_submitted',
      { benchmark: keyOf('device', 'number'), model: 'number % 5', units: '64', submitted_at: `${START}` },
    ],
  ];
  for (const [event, columns] of rows) {
    await client.command(`INSERT INTO marketplace_${event} (${envelope}, provider, ${Object.keys(columns).join(', ')})
SELECT ${place}, number + 1, [0], 0, 0, ${keyOf('provider', 'number')}, ${Object.values(columns).join(', ')} FROM numbers(${providers})`);
  }
}

interface KindSize {
  readonly number: number;
  readonly count: number;
  readonly providers: number;
}

/** Events spread over the day, each in a transaction of its own. */
async function fillKind(client: StoreClient, { table, columns, pieces = 1 }: EventKind, size: KindSize): Promise<void> {
  const { number, count, providers } = size;
  const place = `toUInt64(2 + intDiv(k * ${BLOCKS - 10}, ${count})) AS s, 0, ${hashOf('s')}, ${timeOf('s')} AS t,
  toUInt32(${number * 1_000} + k % 997)`;
  for (let from = 0; from < count; from += ROWS_PER_INSERT) {
    const rowCount = Math.min(ROWS_PER_INSERT, count - from);
    const source = `FROM (SELECT number AS k, intDiv(number, ${pieces}) AS j, j % ${providers} AS p FROM numbers(${from}, ${rowCount}))`;
    await client.command(`INSERT INTO ${quoted(table)}
  (slot, bank, blockhash, block_time, tx_index, ix_path, ordinal, position, signature, ${Object.keys(columns).join(', ')})
SELECT ${place}, [0], 0, 0, randomFixedString(64), ${Object.values(columns).join(', ')} ${source}`);
    await client.command(`INSERT INTO transactions
  (slot, bank, blockhash, block_time, tx_index, signature, fee_payer, failed, fee_lamports)
SELECT ${place}, randomFixedString(64), if(k % 50 = 0, ${keyOf('payer', 'intDiv(k, 500)')}, ${keyOf('buyer', 'k % 50021')}), 0, 5000 ${source}`);
  }
}

const accountTable = rowTable('accounts', {
  ...{
    slot: 'UInt64',
    bank: 'UInt32',
    blockhash: 'FixedString(32)',
    block_time: 'Int64',
    public_key: 'FixedString(32)',
  },
  ...{ program: 'FixedString(32)', name: 'String', lamports: 'UInt64', data: 'String' },
});

function addressOf(key: Uint8Array): Address {
  return address(toBase58(key));
}

/** An account with nothing in it. */
function blank<T>(decode: (data: Uint8Array) => T, discriminator: Uint8Array, byteCount: number): T {
  return decode(padded(discriminator, byteCount));
}

const emptyPool = blank(decodeOperatorPool, OPERATOR_POOL_ACCOUNT_DISCRIMINATOR, POOL_BYTES);
const emptyOverview = blank(decodePoolOverview, POOL_OVERVIEW_ACCOUNT_DISCRIMINATOR, OVERVIEW_BYTES);
const emptyRecord = blank(decodeStakingRecord, STAKING_RECORD_ACCOUNT_DISCRIMINATOR, RECORD_BYTES);

/** Pools and their operators' stakes, twice: as they were in the morning and within the day; and states of other accounts. */
async function fillAccounts(client: StoreClient, staking: Uint8Array, { pools, events }: NetworkSize): Promise<void> {
  const overview = { ...emptyOverview, totalPools: BigInt(pools), minOperatorTokenStake: 1_000n };
  const at = { slot: 1n, bank: 0, blockhash: new Uint8Array(32), blockTime: START, program: staking, lamports: 1n };
  const account = (publicKey: Uint8Array, name: string, data: Uint8Array) => ({ ...at, publicKey, name, data });
  await insertRows(client, accountTable, [
    account(poolKey(-1), 'PoolOverview', padded(encodePoolOverview(overview), OVERVIEW_BYTES)),
  ]);
  for (let from = 0; from < pools; from += ACCOUNTS_PER_INSERT) {
    const numbers = Array.from({ length: Math.min(ACCOUNTS_PER_INSERT, pools - from) }, (_, index) => from + index);
    const states = numbers.flatMap((number) => {
      const recordKey = hash('sha256', `record ${number}`, 'buffer');
      const staked = 1_000_000n + BigInt((number * 7_919) % 1_000_003);
      const pool = {
        ...emptyPool,
        operatorStakingRecord: addressOf(recordKey),
        totalStakedAmount: staked,
        totalShares: staked,
      };
      const record = { ...emptyRecord, operatorPool: addressOf(poolKey(number)), shares: staked / 2n };
      return [
        account(poolKey(number), 'OperatorPool', padded(encodeOperatorPool(pool), POOL_BYTES)),
        account(recordKey, 'StakingRecord', padded(encodeStakingRecord(record), RECORD_BYTES)),
      ];
    });
    await insertRows(client, accountTable, states);
  }
  // Rows name their block: those above were written without knowing its hash.
  const within = `toUInt64(2 + cityHash64(public_key) % ${BLOCKS - 10})`;
  const columns = 'bank, block_time, public_key, program, name, lamports, data';
  for (const slot of ['toUInt64(1)', within]) {
    await client.command(`INSERT INTO accounts (slot, blockhash, ${columns})
SELECT ${slot} AS s, ${hashOf('s')}, ${columns} FROM accounts WHERE blockhash = toFixedString('', 32)`);
  }
  const others = Math.floor(events * OTHER_STATES_PER_EVENT);
  for (let from = 0; from < others; from += ROWS_PER_INSERT / 2) {
    await client.command(`INSERT INTO accounts (slot, bank, blockhash, block_time, public_key, program, name, lamports, data)
SELECT toUInt64(2 + number % ${BLOCKS - 10}) AS s, 0, ${hashOf('s')}, ${timeOf('s')}, ${keyOf('account', 'number % 300007')}, SHA256('market'),
  'Order', 1, concat(randomFixedString(160), toFixedString('', 608)) FROM numbers(${from}, ${Math.min(ROWS_PER_INSERT / 2, others - from)})`);
  }
}

function padded(data: Uint8Array, byteCount: number): Uint8Array {
  return Buffer.concat([data, Buffer.alloc(Math.max(0, byteCount - data.length))]);
}
