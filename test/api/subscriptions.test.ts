import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DecodedBlock } from '../../indexer/decode/decoded-block.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { BlockStore } from '../../indexer/store/block-store.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { incidentsRecordedAfter } from '../../indexer/store/queries/rows/recorded-rows.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { chainOf, smallEventTables } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { EventListener } from './event-listener.ts';
import { type RunningApi, startApi } from './start-api.ts';

const CONNECTIONS = 50;
const FIRST_SLOT = 1_000n;
/** Each connection asks the store a few questions, which take long on a busy machine. */
const PATIENCE_MS = 240_000;
const QUERY = `subscription { events(fromSlot: "${FIRST_SLOT}") { kind slot blockhash event { signature ordinal } } }`;

let server: RunningClickHouse;
let database: Database;
let store: BlockStore;
let api: RunningApi;
let controller: AbortController;

beforeAll(async () => {
  server = await startPreparedClickHouse('small');
});
afterAll(() => server.stop());

beforeEach(async () => {
  controller = new AbortController();
  setMaxListeners(2 * CONNECTIONS, controller.signal);
  database = await openDatabase(server.url);
  store = createBlockStore(database.client, smallEventTables);
  api = await startApi(database.client, await loadProgramRegistry(database.settings));
});
afterEach(async () => {
  controller.abort();
  await api.stop();
  await database.drop();
});

function eventsOf(chain: readonly DecodedBlock[]): string[] {
  return chain.flatMap(({ block, events }) =>
    events
      .toSorted((a, b) => a.transactionIndex - b.transactionIndex || a.position - b.position)
      .map((event) => {
        const { signature } = block.transactions.find((each) => each.index === event.transactionIndex) ?? {};
        return `${block.slot}/${toBase58(signature ?? new Uint8Array(64))}/${event.ordinal}`;
      }),
  );
}

/** Blocks that come two at a time, with a fork of up to five blocks every fourth time, until `isOver`. */
async function growChain(isOver: () => boolean): Promise<DecodedBlock[]> {
  const chain = chainOf(FIRST_SLOT, 6, 'main', null);
  await store.commit(chain);
  for (let round = 1; !isOver(); round++) {
    if (round % 4 === 0) {
      chain.length -= 1 + (round % 5);
      await store.cancelAbove(chain.at(-1)?.block.slot ?? 0n);
    }
    const next = chainOf((chain.at(-1)?.block.slot ?? 0n) + 1n, 2, `round ${round}`, chain.at(-1) ?? null);
    await store.commit(next);
    chain.push(...next);
    await sleep(30);
  }
  return chain;
}

async function until(holds: () => boolean): Promise<void> {
  for (let waitedMs = 0; !holds(); waitedMs += 50) {
    if (waitedMs > 50_000) expect.fail('waited too long');
    await sleep(50);
  }
}

describe('a subscriber to events', () => {
  it(`that loses its connection ${CONNECTIONS} times sees every event once, through forks`, {
    timeout: PATIENCE_MS,
  }, async () => {
    const listener = new EventListener(api.url, QUERY);
    let isOver = false;
    const growing = growChain(() => isOver);
    for (let connection = 0; connection < CONNECTIONS; connection++)
      await listener.listen(1 + (connection % 7), controller.signal);
    isOver = true;
    const chain = await growing;
    void listener.listen(Number.POSITIVE_INFINITY, controller.signal);
    const expected = eventsOf(chain);
    await until(() => listener.events.length === expected.length);

    expect(listener.events).toEqual(expected);
    expect(listener.repeated).toEqual([]);
    expect(listener.retractionCount).toBeGreaterThan(0);
  });

  it('is told which block was replaced while it was away, and what came instead', async () => {
    const main = chainOf(FIRST_SLOT, 8, 'main', null);
    await store.commit(main);
    const listener = new EventListener(api.url, QUERY);
    const all = eventsOf(main);
    await listener.listen(all.length, controller.signal);
    await store.cancelAbove(FIRST_SLOT + 3n);
    const fork = chainOf(FIRST_SLOT + 4n, 6, 'fork', main[3] ?? null);
    await store.commit(fork);
    expect(listener.events).toEqual(all);
    void listener.listen(Number.POSITIVE_INFINITY, controller.signal);
    const expected = eventsOf([...main.slice(0, 4), ...fork]);
    await until(() => listener.events.length === expected.length);

    expect(listener.events).toEqual(expected);
  });

  it('that began at a cursor goes on after the last message it was told, as a browser does by itself', async () => {
    const main = chainOf(FIRST_SLOT, 12, 'main', null);
    await store.commit(main);
    const first = new EventListener(api.url, QUERY);
    await first.listen(3, controller.signal);
    const address = QUERY.replace(/fromSlot: "\d+"/, `after: "${first.lastId}"`);
    const listener = new EventListener(api.url, address);
    const expected = eventsOf(main).slice(3);
    for (let told = 0; told < expected.length; told += 4)
      await listener.listen(Math.min(4, expected.length - told), controller.signal);

    expect(listener.events).toEqual(expected);
    expect(listener.repeated).toEqual([]);
  });

  it('with a filter sees what the filter of the query finds', async () => {
    const main = chainOf(FIRST_SLOT, 20, 'main', null);
    await store.commit(main);
    const filtered = QUERY.replace(') {', ', name: "CloseEvent") {');
    const listener = new EventListener(api.url, filtered);
    const expected = eventsOf(main).filter((event) => event.endsWith('/1'));
    await listener.listen(expected.length, controller.signal);

    expect(listener.events).toEqual(expected);
  });
});

it('counts who listens, and nobody once the connection is gone', async () => {
  await store.commit(chainOf(FIRST_SLOT, 4, 'main', null));
  const listeners = async () =>
    /^plumbline_api_subscribers (\d+)$/m.exec(await (await fetch(`${api.url}/metrics`)).text())?.[1];
  const becomes = async (count: string) => {
    for (let waitedMs = 0; (await listeners()) !== count; waitedMs += 50) {
      if (waitedMs > 20_000) expect.fail(`${await listeners()} listen, not ${count}`);
      await sleep(50);
    }
  };
  const listener = new EventListener(api.url, QUERY);
  await becomes('0');
  void listener.listen(Number.POSITIVE_INFINITY, controller.signal);
  await becomes('1');
  listener.close();
  await becomes('0');
});

it('tells of states of reward epochs and of incidents once, from a cursor on', async () => {
  const epoch = (number: number, rank: number, state: string) =>
    database.client.command(`INSERT INTO reward_epochs (reward_epoch, state_rank, state, recorded_at)
SELECT ${number}, ${rank}, '${state}', now64(6) - INTERVAL 5 SECOND`);
  await epoch(1, 0, 'open');
  await epoch(1, 1, 'marked');
  await database.client.command(`INSERT INTO reconciliation_incidents (slot, field, kind, is_open, recorded_at)
SELECT 7, 'stake', 'Pool', 1, now64(6) - INTERVAL 5 SECOND`);
  const told = async (query: string, count: number) => {
    const found: { data: Record<string, unknown>; id: string }[] = [];
    const response = await fetch(`${api.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'text/event-stream' },
      signal: controller.signal,
    });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      found.splice(0);
      for (const [, id, data] of text.matchAll(/id: (.*)\nevent: next\ndata: (.*)\n\n/g))
        found.push({ id: id ?? '', data: JSON.parse(data ?? '').data });
      if (found.length >= count) break;
    }
    return found;
  };
  const epochs = await told('subscription { rewardEpochs(after: "") { number state } }', 2);
  expect(epochs.map(({ data }) => data['rewardEpochs'])).toEqual([
    { number: '1', state: 'OPEN' },
    { number: '1', state: 'MARKED' },
  ]);
  const [rest] = await told(`subscription { rewardEpochs(after: "${epochs[0]?.id}") { state } }`, 1);
  expect(rest?.data['rewardEpochs']).toEqual({ state: 'MARKED' });
  // The header of a browser that comes again says more than the cursor in its address.
  const again = await fetch(
    `${api.url}/graphql?query=${encodeURIComponent('subscription { rewardEpochs(after: "") { state } }')}`,
    { headers: { accept: 'text/event-stream', 'last-event-id': epochs[0]?.id ?? '' }, signal: controller.signal },
  );
  let text = '';
  for await (const chunk of again.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('data: {')) break;
  }
  expect(text).toContain('MARKED');
  expect(text).not.toContain('OPEN');
  const [incident] = await told('subscription { incidents(after: "") { isOpen incident { slot field } } }', 1);
  expect(incident?.data['incidents']).toEqual({ isOpen: true, incident: { slot: '7', field: 'stake' } });
});

it('leaves out none of the incidents that were recorded in one moment, however many are read at once', async () => {
  await database.client.command(`INSERT INTO reconciliation_incidents (slot, field, kind, is_open, recorded_at)
SELECT number, 'stake', 'Pool', 1, toDateTime64('2026-01-01 00:00:00', 6, 'UTC') + INTERVAL intDiv(number, 5) SECOND FROM numbers(10)`);
  const first = await incidentsRecordedAfter(database.client, 0n, 3);
  expect(first.map(({ row }) => row.slot)).toEqual([0n, 1n, 2n, 3n, 4n]);
  const rest = await incidentsRecordedAfter(database.client, first.at(-1)?.recordedAt ?? 0n, 3);
  expect(rest.map(({ row }) => row.slot)).toEqual([5n, 6n, 7n, 8n, 9n]);
  expect(await incidentsRecordedAfter(database.client, rest.at(-1)?.recordedAt ?? 0n, 3)).toEqual([]);
});
