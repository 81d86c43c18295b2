/**
 * Any other program by its IDL alone, as docs/operations.md tells a user: its commands are taken from there and run as
 * processes, over published IDLs of others, a real ClickHouse and a real chain.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../indexer/domain/settings.ts';
import { createStoreClient, type StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { rows } from '../../indexer/store/rows.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { describeShared, sharedPath } from '../conformance/shared-data.ts';
import { type RunningLocalnet, startLocalnet } from '../localnet/start.ts';
import { createStack, run, type Stack, start, until, type Variables } from './stack.ts';

const DRIFT = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';

let stack: Stack;
let clickhouse: RunningClickHouse;
let chain: RunningLocalnet;
let client: StoreClient;
let variables: Variables;

/** Commands of the section, and the settings that it exports before them. */
function documented(): { readonly settings: Variables; readonly commands: readonly (readonly string[])[] } {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
  const section = docs.slice(docs.indexOf('## Any other program')).split('\n## ')[0] ?? '';
  const lines = (/```sh\n([^`]+)```/.exec(section)?.[1] ?? '').trim().split('\n');
  const exported = lines.flatMap((line) => (line.startsWith('export ') ? [line.slice(7).split('=')] : []));
  const commands = lines.filter((line) => line.startsWith('./plumbline ')).map((line) => line.split(' ').slice(1));
  return {
    settings: Object.fromEntries(exported as [string, string][]),
    commands: commands.map((words) => words.map((word) => (word.endsWith('.json') ? idlPath(word) : word))),
  };
}

const idlPath = (file: string) => sharedPath(`fixtures/idl/${file}`);

const tablesLike = (prefix: string) =>
  rows<{ name: string }>(
    client,
    `SELECT name FROM system.tables WHERE database = {database:String} AND startsWith(name, {prefix:String}) ORDER BY name`,
    { database: client.database, prefix },
  );

describeShared('any other program', () => {
  beforeAll(async () => {
    clickhouse = await startEmbeddedClickHouse();
    chain = await startLocalnet();
    chain.advance(3);
    stack = await createStack({
      ...{ CLICKHOUSE_URL: clickhouse.url, CLICKHOUSE_DATABASE: 'others', LOG_LEVEL: 'silent' },
      ...{ SOLANA_RPC_URL: chain.rpcUrl, YELLOWSTONE_ENDPOINT: chain.grpcUrl },
    });
    variables = stack.variables;
    client = createStoreClient(readSettings(variables));
  });
  afterAll(async () => {
    await client.close();
    await chain.stop();
    await clickhouse.stop();
  });

  test('the documented commands, in their order, end with an indexer that follows the program', async () => {
    const { settings, commands } = documented();
    expect([settings, commands.map(([name]) => name)]).toEqual([
      { OWN_PROGRAMS: 'false' },
      ['migrate', 'idl', 'indexer'],
    ]);
    for (const args of commands.slice(0, -1)) {
      const { code, err } = await run(args, { ...variables, ...settings });
      expect([args, code, err]).toEqual([args, 0, '']);
    }
    const indexer = start(commands.at(-1) ?? [], { ...variables, ...settings });
    const page = `http://127.0.0.1:${stack.settings.METRICS_PORT}/status`;
    await until('a committed block', async () => {
      const { committedSlot } = (await (await fetch(page)).json()) as { committedSlot: number | null };
      return committedSlot;
    }).finally(() => indexer.child.kill('SIGTERM'));
    expect((await indexer.ended).code).toBe(0);
    expect(await tablesLike('drift_')).toHaveLength(26);
    expect(await tablesLike('staking_')).toEqual([]);
  });

  test('the same again is no addition, another version needs its slot, and the list shows both', async () => {
    const again = await run(['idl', 'add', idlPath('drift.json'), '--program', DRIFT], variables);
    expect([again.code, again.out.split('\n')[0]]).toEqual([0, 'it had been added before']);
    const upgraded = JSON.parse(readFileSync(idlPath('drift.json'), 'utf8')) as { version: string };
    const path = join(stack.dataDir, 'drift-2.json');
    writeFileSync(path, JSON.stringify({ ...upgraded, version: '99.0.0' }));
    const refused = await run(['idl', 'add', path, '--program', DRIFT], variables);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--from-slot')]);
    expect(refused.err).toContain('[IDL__DUPLICATE_VERSION]');
    expect((await run(['idl', 'add', path, '--program', DRIFT, '--from-slot', '100'], variables)).code).toBe(0);
    const { out } = await run(['idl', 'list'], { ...variables, OWN_PROGRAMS: 'false' });
    expect(out).toMatch(/from slot 100 on .*\n.*from slot 0 to 99 /);
  });
});
