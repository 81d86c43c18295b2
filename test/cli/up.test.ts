/** `plumbline up` as its user meets it: goal, addresses, status, refusals, Ctrl-C, restart. One stack for all of them. */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askRpc } from './chain-record.ts';
import { stopWithControlC } from './kill-run.ts';
import { type Command, createStack, type Ended, isAlive, run, type Stack, until } from './stack.ts';

const quick = { LOCAL_SLOT_MS: '150', REWARD_EPOCH_SECONDS: '5' };

/** One line on stderr that begins with our name and ends with a code. */
function lineOf({ err }: Ended): string {
  expect(err).toMatch(/^plumbline: [^\n]+ \[[A-Z]+__[A-Z_]+\]\n$/);
  return err.trim();
}

describe('a run on one machine', () => {
  let stack: Stack;
  let second: Command;
  let first: Ended;
  let genesisHash: string;

  beforeAll(async () => {
    stack = await createStack(quick);
    first = await stack.up('--until', 'epoch:1', '--providers', '3').ended;
    second = stack.up('--providers', '3');
    await until('the second run follows', async () => (second.out().includes('logs  ') ? true : null));
    genesisHash = await askRpc<string>(stack.settings.SOLANA_RPC_URL, 'getGenesisHash');
  }, 180_000);
  afterAll(() => stack?.remove());

  test('--until epoch:1 ends with 0 once the epoch is accrued, and has told where everything is', () => {
    expect(first).toMatchObject({ code: 0, err: '' });
    const { settings, dataDir } = stack;
    for (const address of [
      `dashboard   http://127.0.0.1:${settings.API_PORT}/`,
      `GraphQL     http://127.0.0.1:${settings.API_PORT}/graphql`,
      settings.CLICKHOUSE_URL,
      settings.SOLANA_RPC_URL,
      settings.YELLOWSTONE_ENDPOINT,
      join(dataDir, 'logs'),
    ])
      expect(first.out).toContain(address);
    expect(first.out).toMatch(/epoch 1 (finalized|accrued)|epoch 2 /);
  });

  test('started again it goes on where it was: the same chain, the same record, more blocks', async () => {
    const lastLine = first.out.split('\n').findLast((line) => line.startsWith('block ')) ?? '';
    const firstHead = Number(/^block (\d+)/.exec(lastLine)?.[1]);
    const record = await recordOf(stack);
    expect(record.headSlot).toBeGreaterThan(firstHead);
    expect(record.firstSlot).toBeLessThanOrEqual(1);
    expect(record.epochs[0]).toMatchObject({ rewardEpoch: 1, state: 'accrued' });
    const later = await until('a later block', async () => {
      const next = await recordOf(stack);
      return next.headSlot > record.headSlot ? next : null;
    });
    expect(later.events).toBeGreaterThanOrEqual(record.events);
    expect(later.gaps).toBe(0);
    const blockHeight = await askRpc<number>(stack.settings.SOLANA_RPC_URL, 'getBlockHeight', []);
    expect(blockHeight).toBeGreaterThan(firstHead);
    expect(await askRpc<string>(stack.settings.SOLANA_RPC_URL, 'getGenesisHash')).toBe(genesisHash);
  });

  test('status --json says what every process and the record know', async () => {
    await until('a heard slot', async () => {
      const { indexer } = await statusOf(stack);
      return indexer['headSlot'] === null ? null : true;
    });
    const status = await statusOf(stack);
    expect(status.indexer).toMatchObject({
      ...{ up: true, isConnected: true, headSlot: expect.any(Number), committedSlot: expect.any(Number) },
      ...{ finalizedSlot: expect.any(Number), lagSlots: expect.any(Number), gapsOpen: 0 },
    });
    expect(status.worker).toMatchObject({ up: true, isConnected: true, accruedRewardEpoch: expect.any(String) });
    expect(status.api).toMatchObject({ up: true, ok: true });
    expect(status.clickhouse).toMatchObject({ up: true });
    expect(status.record).toMatchObject({
      ...{ up: true, headSlot: expect.any(Number), finalizedSlot: expect.any(Number), gaps: 0, undecoded: 0 },
      ...{ blocks: expect.any(Number), transactions: expect.any(Number), events: expect.any(Number) },
    });
    const { out } = await run(['status'], stack.variables);
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining([...REPORTED]));
  });

  test('the record proves itself', async () => {
    expect(await run(['verify', 'blocks'], stack.variables)).toMatchObject({ code: 0, err: '' });
    const epoch = await run(['verify', 'epoch', '1'], stack.variables);
    expect(epoch).toMatchObject({ code: 0, err: '' });
    expect(epoch.out).toContain('equal to the record on chain');
  });

  test('a second one on the same folder is refused, and disturbs nothing', async () => {
    const refused = await run(['up', '--fresh'], stack.variables);
    expect(refused.code).toBe(2);
    expect(lineOf(refused)).toContain(`process ${second.child.pid} on this data folder: stop it, or set DATA_DIR`);
    expect(Object.values(stack.pids()).every(isAlive)).toBe(true);
  });

  test('a taken port is named with the setting that moves it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-port-'));
    const refused = await run(['up'], { ...stack.variables, DATA_DIR: dataDir });
    expect(refused.code).toBe(2);
    expect(lineOf(refused)).toContain(`Port ${stack.settings.API_PORT} is taken`);
    expect(lineOf(refused)).toContain('API_PORT');
    rmSync(dataDir, { recursive: true });
  });

  test('Ctrl-C stops everything in order, with exit code 0 and nobody left', async () => {
    await stopWithControlC(stack, second);
    expect(second.out()).toContain('stopping');
    expect(stack.pids()).toEqual({});
    const { indexer, worker, api, clickhouse } = await statusOf(stack);
    expect([indexer, worker, api, clickhouse]).toEqual(Array(4).fill({ up: false }));
  });

  test('status of a run that is down is an answer, not an error', async () => {
    const { code, err } = await run(['status', '--json'], stack.variables);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

test('Ctrl-C before a goal is reached ends with 130', async () => {
  const stack = await createStack(quick);
  const command = stack.up('--until', 'epoch:9');
  await until('processes', async () => (Object.keys(stack.pids()).length > 1 ? true : null));
  const pids = Object.values(stack.pids());
  process.kill(-(command.child.pid ?? 0), 'SIGINT');
  expect((await command.ended).code).toBe(130);
  expect(pids.filter(isAlive)).toEqual([]);
  await stack.remove();
});

test('what one of the processes cannot use ends the run with the line of that process', async () => {
  const stack = await createStack({ ...quick, REWARD_AUTHORITY_KEYPAIR: '/nowhere/authority.json' });
  const ended = await stack.up().ended;
  expect(ended.code).toBe(3);
  expect(lineOf(ended)).toContain(
    'worker does not stay up: Keypair file /nowhere/authority.json cannot be used: ENOENT',
  );
  expect(stack.pids()).toEqual({});
  await stack.remove();
});

describe('what cannot be used is refused in one line with exit code 2, before anything is touched', () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = join(mkdtempSync(join(tmpdir(), 'plumbline-refused-')), 'data');
  });
  afterAll(() => rmSync(join(dataDir, '..'), { recursive: true }));

  test.each([
    [['up', '--until', 'tomorrow'], {}, '--until takes epoch:N'],
    [['up', '--until', 'epoch:0'], {}, '--until takes epoch:N'],
    [['up', '--fresh', '--providers', 'many'], {}, '--providers takes a whole number'],
    [['up', '--fresh', '--seed', '-1'], {}, '--seed takes a whole number'],
    [['up', '--frehs'], {}, "unknown option '--frehs'"],
    [['up'], { SOLANA_RPC_URL: 'http://127.0.0.1:1' }, 'Set YELLOWSTONE_ENDPOINT and SOLANA_RPC_URL together'],
    [['upp'], {}, "unknown command 'upp'"],
    [['up', '--api-port', '70000'], {}, 'API_PORT=70000'],
    [['up'], { REWARD_EPOCH_SECONDS: '0' }, 'REWARD_EPOCH_SECONDS=0'],
    [['indexer'], { YELLOWSTONE_ENDPOINT: 'localhost:10000' }, 'YELLOWSTONE_ENDPOINT=localhost:10000'],
    [['worker'], { LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud'],
    [['verify', 'epoch', 'last'], {}, 'A reward epoch is a number from 1, not last'],
  ])('%j %j', async (args, variables, said) => {
    const ended = await run(args, { DATA_DIR: dataDir, ...variables });
    expect(ended.code).toBe(2);
    expect(lineOf(ended)).toContain(said);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('a folder that cannot be made', async () => {
    const file = join(dataDir, '..', 'a-file');
    writeFileSync(file, '');
    const { variables, remove } = await createStack();
    const ended = await run(['up', '--fresh'], { ...variables, DATA_DIR: join(file, 'data') });
    expect(ended.code).toBe(2);
    expect(lineOf(ended)).toContain('choose another with DATA_DIR');
    expect(statSync(file).size).toBe(0);
    await remove();
  });
});

test('a port that something else holds is named, whichever process needs it', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const taken = String((holder.address() as AddressInfo).port);
  const stack = await createStack();
  for (const setting of ['LOCAL_YELLOWSTONE_PORT', 'CLICKHOUSE_PORT', 'METRICS_PORT', 'REDIS_PORT']) {
    const ended = await run(['up'], { ...stack.variables, [setting]: taken });
    expect(ended.code).toBe(2);
    expect(lineOf(ended)).toContain(
      `Port ${taken} is taken: end what listens there, or choose another with ${setting}`,
    );
  }
  await new Promise((resolve) => holder.close(resolve));
  await stack.remove();
});

const REPORTED = ['indexer', 'worker', 'api', 'clickhouse', 'record'] as const;

interface RecordStatus {
  readonly headSlot: number;
  readonly firstSlot: number;
  readonly events: number;
  readonly gaps: number;
  readonly epochs: readonly Readonly<Record<string, unknown>>[];
}

async function recordOf(stack: Stack): Promise<RecordStatus> {
  return (await statusOf(stack)).record as unknown as RecordStatus;
}

async function statusOf(stack: Stack): Promise<Record<(typeof REPORTED)[number], Readonly<Record<string, unknown>>>> {
  const { out } = await run(['status', '--json'], stack.variables);
  return JSON.parse(out);
}
