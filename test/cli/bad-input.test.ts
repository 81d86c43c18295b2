/**
 * Every process told something it cannot work with: one line on stderr that says what happened and what to do, with a
 * code, and an exit code of its kind (2 ours to mend, 3 something that is not there). Real services, real command line.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimChainIdentity } from '../../indexer/store/queries/chain/chain-identity.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { type RunningLocalnet, startLocalnet } from '../localnet/start.ts';
import { type RunningRedis, startRedis } from '../redis/start-redis.ts';
import { createStack, run, start, until, type Variables } from './stack.ts';

const nobody = 'http://127.0.0.1:1';

let folder: string;
let clickhouse: RunningClickHouse;
let database: Database;
let chain: RunningLocalnet;
let otherChain: RunningLocalnet;
let guardedChain: RunningLocalnet;
let redis: RunningRedis;
let holder: Server;
let good: Variables;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-bad-'));
  clickhouse = await startPreparedClickHouse('own');
  database = await openDatabase(clickhouse.url);
  chain = await startLocalnet();
  otherChain = await startLocalnet({ seed: 77 });
  guardedChain = await startLocalnet({ xToken: 'open sesame' });
  for (const each of [chain, otherChain, guardedChain]) each.advance(3);
  redis = await startRedis();
  holder = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  good = {
    ...{ DATA_DIR: join(folder, 'data'), METRICS_PORT: '0', API_PORT: '0', LOG_LEVEL: 'silent' },
    ...{ CLICKHOUSE_URL: clickhouse.url, CLICKHOUSE_DATABASE: database.settings.CLICKHOUSE_DATABASE },
    ...{ SOLANA_RPC_URL: chain.rpcUrl, YELLOWSTONE_ENDPOINT: chain.grpcUrl, REDIS_URL: redis.url },
  };
});
afterAll(async () => {
  await Promise.all([chain.stop(), otherChain.stop(), guardedChain.stop(), redis.stop()]);
  await new Promise((resolve) => holder.close(resolve));
  await database.drop();
  await clickhouse.stop();
  rmSync(folder, { recursive: true });
});

const taken = () => String((holder.address() as AddressInfo).port);

/** Fails, in one line with the code and what to do. */
async function expectRefusal(
  args: readonly string[],
  changes: Variables,
  expected: { readonly exit: number; readonly code: string; readonly says: string },
): Promise<void> {
  const { code, err } = await run(args, { ...good, ...changes });
  expect(err).toMatch(/^plumbline: [^\n]+ \[[A-Z]+__[A-Z_]+\]\n$/);
  expect(err).toContain(`[${expected.code}]`);
  expect(err).toContain(expected.says);
  expect(code).toBe(expected.exit);
}

describe('the indexer', () => {
  test('without a Yellowstone endpoint', () =>
    expectRefusal(
      ['indexer'],
      { YELLOWSTONE_ENDPOINT: nobody },
      { exit: 3, code: 'STREAM__UNREACHABLE', says: 'set YELLOWSTONE_ENDPOINT' },
    ));
  test.each(['raw', 'official'])('with a token that the endpoint refuses, by the %s transport', (transport) =>
    expectRefusal(
      ['indexer', '--yellowstone-transport', transport],
      { YELLOWSTONE_ENDPOINT: guardedChain.grpcUrl, YELLOWSTONE_X_TOKEN: 'open barley' },
      { exit: 2, code: 'STREAM__UNAUTHENTICATED', says: 'set YELLOWSTONE_X_TOKEN' },
    ),
  );
  test('with a genesis hash of another chain', () =>
    expectRefusal(
      ['indexer'],
      { SOLANA_GENESIS_HASH: otherChain.localnet.genesisHash },
      { exit: 2, code: 'INDEXER__WRONG_GENESIS', says: 'SOLANA_GENESIS_HASH' },
    ));
  test('with a database of another chain', async () => {
    await claimChainIdentity(database.client, { genesisHash: chain.localnet.genesisHash, firstSlot: 0n });
    await expectRefusal(
      ['indexer'],
      { SOLANA_RPC_URL: otherChain.rpcUrl, YELLOWSTONE_ENDPOINT: otherChain.grpcUrl },
      { exit: 2, code: 'STORE__WRONG_CHAIN', says: 'name another CLICKHOUSE_DATABASE' },
    );
  });
  test('without an RPC', () =>
    expectRefusal(
      ['indexer'],
      { SOLANA_RPC_URL: nobody },
      { exit: 3, code: 'RPC__UNREACHABLE', says: 'set SOLANA_RPC_URL' },
    ));
  test('without ClickHouse', () =>
    expectRefusal(
      ['indexer'],
      { CLICKHOUSE_URL: nobody },
      { exit: 3, code: 'STORE__UNREACHABLE', says: 'set CLICKHOUSE_URL' },
    ));
  test('with a database that was never migrated', () =>
    expectRefusal(
      ['indexer'],
      { CLICKHOUSE_DATABASE: 'nowhere' },
      { exit: 2, code: 'STORE__NOT_MIGRATED', says: 'Run plumbline migrate' },
    ));
  test('with its port taken', () =>
    expectRefusal(
      ['indexer'],
      { METRICS_PORT: taken() },
      { exit: 2, code: 'STATUS__PORT_TAKEN', says: 'set METRICS_PORT' },
    ));
});

describe('the worker', () => {
  test('without Redis', () =>
    expectRefusal(
      ['worker'],
      { REDIS_URL: 'redis://127.0.0.1:1' },
      { exit: 3, code: 'JOBS__REDIS_UNREACHABLE', says: 'set REDIS_URL' },
    ));
  test.each([
    ['is not there', null],
    ['is no JSON', 'not a key'],
    ['is too short', '[1,2,3]'],
    ['has a public key that is not its own', JSON.stringify(Array(64).fill(7))],
  ])('with a keypair file that %s', async (_case, text) => {
    const path = join(folder, 'keypair.json');
    rmSync(path, { force: true });
    if (text !== null) writeFileSync(path, text);
    await expectRefusal(
      ['worker'],
      { REWARD_AUTHORITY_KEYPAIR: path },
      { exit: 2, code: 'CHAIN__BAD_KEYPAIR', says: path },
    );
  });
  test('with its port taken', () =>
    expectRefusal(
      ['worker'],
      { METRICS_PORT: String(Number(taken()) - 1) },
      { exit: 2, code: 'STATUS__PORT_TAKEN', says: 'set METRICS_PORT' },
    ));
});

describe('the API', () => {
  test('without ClickHouse it lives, and says that it is not ready', async () => {
    const { settings, variables, remove } = await createStack();
    const api = start(['api'], { ...good, API_PORT: variables['API_PORT'] ?? '', CLICKHOUSE_URL: nobody });
    const url = `http://127.0.0.1:${settings.API_PORT}`;
    const healthz = await until('/healthz', () => fetch(`${url}/healthz`));
    expect(healthz.status).toBe(200);
    const readyz = await fetch(`${url}/readyz`);
    expect(readyz.status).toBe(503);
    expect(await readyz.json()).toMatchObject({ ok: false, reason: expect.stringContaining('cannot be read') });
    api.child.kill('SIGTERM');
    expect((await api.ended).code).toBe(0);
    await remove();
  });
  test('with its port taken', () =>
    expectRefusal(['api'], { API_PORT: taken() }, { exit: 2, code: 'API__PORT_TAKEN', says: 'API_PORT' }));
});

describe('the embedded ClickHouse', () => {
  test('with a data directory that another process owns', async () => {
    const dataDir = join(folder, 'owned');
    mkdirSync(dataDir);
    const owner = await startEmbeddedClickHouse({ dataDir: join(dataDir, 'clickhouse') });
    try {
      await expectRefusal(
        ['clickhouse'],
        { DATA_DIR: dataDir, CLICKHOUSE_PORT: '0' },
        { exit: 1, code: 'EMBEDDED__DATA_DIR_LOCKED', says: 'another by --data-dir' },
      );
    } finally {
      await owner.stop();
    }
  });
  test('with its port taken', () =>
    expectRefusal(
      ['clickhouse'],
      { CLICKHOUSE_PORT: taken() },
      { exit: 1, code: 'EMBEDDED__PORT', says: 'the port is taken' },
    ));
  test.skipIf(process.platform !== 'linux')(
    'killed from outside, it does not end as if it had been asked to',
    async () => {
      const variables = { ...good, DATA_DIR: join(folder, 'killed'), CLICKHOUSE_PORT: '0' };
      const command = start(['clickhouse'], variables);
      const { pid } = command.child;
      const engine = await until('the engine runs', async () => {
        const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
        return (
          children.find((each) => readFileSync(`/proc/${each}/cmdline`, 'utf8').includes('embedded/main.ts')) ?? null
        );
      });
      process.kill(engine, 'SIGKILL');
      expect((await command.ended).code).toBe(1);
    },
  );
  test('with a data directory that cannot be made', () => {
    writeFileSync(join(folder, 'a-file'), '');
    return expectRefusal(
      ['clickhouse'],
      { DATA_DIR: join(folder, 'a-file', 'data') },
      { exit: 2, code: 'UP__DATA_DIR', says: 'choose another with DATA_DIR' },
    );
  });
});

test('the local chain with its port taken', () =>
  expectRefusal(
    ['localnet'],
    { LOCAL_RPC_PORT: taken() },
    { exit: 1, code: 'LOCALNET__PORT', says: 'stop what uses it or choose another' },
  ));

test('migrate without ClickHouse', () =>
  expectRefusal(
    ['migrate'],
    { CLICKHOUSE_URL: nobody },
    { exit: 3, code: 'STORE__UNREACHABLE', says: 'set CLICKHOUSE_URL' },
  ));

describe('a disk without room', () => {
  let mount: string;
  beforeAll(() => {
    mount = join(folder, 'small');
    mkdirSync(mount);
  });
  afterAll(() => spawnSync('umount', [mount]));

  test('is named before anything is started', async ({ skip }) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', mount]);
    skip(mounted.status !== 0, 'this user may not mount a small disk');
    const { variables, remove } = await createStack();
    const { code, err } = await run(['up'], { ...variables, DATA_DIR: join(mount, 'data') });
    expect(err).toMatch(
      /^plumbline: \S+ has \d+ MiB free, 512 are needed: make room or set DATA_DIR \[UP__DISK_FULL\]\n$/,
    );
    expect(code).toBe(2);
    await remove();
  });
});
