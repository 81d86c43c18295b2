/** The client library against a server: typed operations, walks, streams, decoding, and its examples. */
import { type Address, address } from '@solana/kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { followEvents } from '../../api/client/examples/follow-events.ts';
import { stakesOfPool } from '../../api/client/examples/stakes-of-pool.ts';
import { generatedOperations } from '../../api/client/generate-operations.ts';
import { createPlumblineClient, type PlumblineClient } from '../../api/client/plumbline-client.ts';
import { createProgramDecoder } from '../../api/client/program-decoder.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import {
  decodeStakeEvent,
  encodeStakeEvent,
  STAKING_PROGRAM_ADDRESS,
  stake,
} from '../../programs/staking/client.generated.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../indexer/store/small-chain.ts';
import { type MarketDatabase, marketChain, openMarketDatabase } from '../jobs/market/market-chain.ts';
import { read } from '../repository/tracked-files.ts';
import { type RunningApi, startApi } from './start-api.ts';

const pool = bytesOf('a pool');
type Seven = [Address, Address, Address, Address, Address, Address, Address];

let server: RunningClickHouse;
let database: MarketDatabase;
let api: RunningApi;
let plumbline: PlumblineClient;

beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openMarketDatabase(server.url);
  const chosen = Array.from({ length: 7 }, (_, index) => {
    const operatorPool = index === 3 ? bytesOf('another pool') : pool;
    const fields = { operator_pool: operatorPool, token_amount: BigInt(index + 1) };
    return { slot: BigInt(10 + index), time: BigInt(1_000 + index), events: [{ table: 'staking_stake', fields }] };
  });
  // With the bytes that the program would have emitted, since the API reads fields out of them.
  const chain = marketChain(database.tables, chosen).map((each, index) => ({
    ...each,
    events: each.events.map((event) => ({ ...event, data: encodeStakeEvent(stakeOf(index)) })),
  }));
  await createBlockStore(database.client, database.tables).commit(chain);
  api = await startApi(database.client, await loadProgramRegistry(database.settings));
  plumbline = createPlumblineClient(api.url);
});
/** The index-th of the record. */
function stakeOf(index: number) {
  return {
    ...{ instructionIndex: 1, epoch: 9n, isOperator: true, tokenAmount: BigInt(index + 1), sharesAmount: 4n },
    operatorPool: address(toBase58(index === 3 ? bytesOf('another pool') : pool)),
    stakingRecord: address(toBase58(bytesOf('record'))),
    owner: address(toBase58(bytesOf('owner'))),
  };
}

afterAll(async () => {
  await api.stop();
  await database.drop();
  await server.stop();
});

it('has the types of the committed schema', async () => {
  expect(read('api/client/operations.generated.ts')).toBe(await generatedOperations());
});

it('runs its operations by hash alone, which the server knows', async () => {
  const bodies: string[] = [];
  const watched = createPlumblineClient(api.url, {
    fetch: (input, init) => {
      bodies.push(String(init?.body));
      return fetch(input, init);
    },
  });
  const { _meta, serviceConfig } = await watched.run('status', {});
  expect([_meta.slot, serviceConfig.maxPageRows]).toEqual(['16', 500]);
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).not.toContain('query Status');
});

it('says with a code why it was refused', async () => {
  await expect(plumbline.run('pools', { first: 501 })).rejects.toMatchObject({ code: 'API__BAD_PAGE' });
  const stream = plumbline.subscribe('subscription { events(after: "x") { cursor } }', {
    signal: new AbortController().signal,
  });
  await expect(stream.next()).rejects.toMatchObject({ code: 'API__BAD_CURSOR' });
});

it('walks a list page by page and sums it (example)', async () => {
  expect(await stakesOfPool(plumbline, toBase58(pool))).toBe(1n + 2n + 3n + 5n + 6n + 7n);
});

it('follows events as they are committed (example)', async () => {
  const controller = new AbortController();
  expect(await followEvents(plumbline, 10n, 7, controller.signal)).toHaveLength(7);
});

it('decodes events and instructions that the programs’ clients have made', async () => {
  const decoder = await createProgramDecoder();
  const event = stakeOf(4);
  const data = encodeStakeEvent(event);
  expect(decoder.event(STAKING_PROGRAM_ADDRESS, data)).toMatchObject({
    name: 'StakeEvent',
    fields: { operator_pool: event.operatorPool, token_amount: '5', is_operator: true },
  });
  expect(decodeStakeEvent(data)).toEqual(event);
  expect(decoder.event(STAKING_PROGRAM_ADDRESS, data.subarray(1))).toBeNull();
  const keys = ['owner', 'overview', 'pool', 'record', 'operator', 'tokens', 'staked'].map((name) =>
    address(toBase58(bytesOf(name))),
  ) as Seven;
  const [
    owner,
    poolOverview,
    operatorPool,
    ownerStakingRecord,
    operatorStakingRecord,
    ownerTokenAccount,
    stakedTokenAccount,
  ] = keys;
  const call = stake(
    {
      ...{ owner, poolOverview, operatorPool, ownerStakingRecord, operatorStakingRecord },
      ...{ ownerTokenAccount, stakedTokenAccount },
    },
    { tokenAmount: 77n },
  );
  const accounts = (call.accounts ?? []).map((each) => each.address);
  const decoded = decoder.instruction(STAKING_PROGRAM_ADDRESS, new Uint8Array(call.data ?? []), accounts);
  expect(decoded).toMatchObject({ name: 'stake', args: { args: { token_amount: '77' } } });
  expect(decoded?.accounts.slice(0, 2)).toEqual([
    { name: 'owner', address: owner },
    { name: 'pool_overview', address: poolOverview },
  ]);
});
