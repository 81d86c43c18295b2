/**
 * Every page, those of one thing too, while it loads, while the API is away, refuses or fails, while the head is old and
 * while the ledger is empty: it says which of these it is, claims nothing it cannot know, and shuts nobody out.
 */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../../bench/load/launch-browser.ts';
import { ensureDashboard } from '../../cli/dashboard.ts';
import type { DecodedBlock } from '../../indexer/decode/decoded-block.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { chainOf, smallEventTables } from '../indexer/store/small-chain.ts';
import { accessibilityFaults, openWindow } from './browser.ts';
import { type HeldStore, heldStore } from './held-store.ts';
import { type MoodyApi, startMoodyApi } from './moody-api.ts';
import { type EmptyRecord, openEmptyRecord } from './page-record.ts';
import { faultsIn, faultsWithoutAnswer, states } from './page-states.ts';

const PATIENCE_MS = 240_000;

let clickhouse: RunningClickHouse;
let browser: Browser;
let empty: EmptyRecord;
let held: HeldStore;
let api: MoodyApi;
let tabs: BrowserContext;
const pages = new Map<string, Page>();

beforeAll(async () => {
  await ensureDashboard(() => undefined);
  [clickhouse, browser] = await Promise.all([startPreparedClickHouse('own'), launchBrowser()]);
  const dist = fileURLToPath(new URL('../../dashboards/dist', import.meta.url));
  empty = await openEmptyRecord(clickhouse, dist, (store) => {
    held = heldStore(store);
    return held.store;
  });
  api = await startMoodyApi(empty.api.url);
  tabs = await openWindow(browser, `${api.url}/theme.js`);
}, PATIENCE_MS);

afterAll(async () => {
  await browser?.close();
  await api?.stop();
  await empty?.stop();
  await clickhouse?.stop();
}, PATIENCE_MS);

it(
  'a page is loading until there is an answer, and unreachable where there is no API, and claims nothing meanwhile',
  async () => {
    expect(await faultsWithoutAnswer(api, pages, tabs, (index) => (index % 2 === 0 ? 'everybody' : 'width'))).toEqual(
      [],
    );
  },
  PATIENCE_MS,
);

it.each(Object.entries(states))(
  'a page that is %s says so, and claims nothing that it cannot know',
  async (name, state) => {
    // Each page once, in its theme at its width: all of them in all are looked at by test/long/dashboard-pages.test.ts.
    const careOf = (index: number) => (name === 'failing' && index % 2 === 1 ? 'everybody' : 'width');
    expect(await faultsIn(state, api, pages, careOf)).toEqual([]);
  },
  PATIENCE_MS,
);

it('while the API has more to do than it can, the page says what is not of now and asks again, though no block comes', {
  timeout: PATIENCE_MS,
}, async () => {
  // The others would ask for blocks too.
  await Promise.all([...pages.values()].map((each) => each.close()));
  const chain = await record(10, null);
  const page = await tabs.newPage();
  await page.goto(empty.api.url);
  await page.locator('.pill', { hasText: 'Live' }).waitFor();
  await page.locator('#chain[data-current=true] .strip[aria-label*="newest 10 slots"]').waitFor();

  const release = await held.load(empty.api.url);
  onTestFinished(release);
  const isOfBlocks = (request: Request) => request.postData()?.includes('query Chain') === true;
  // What was asked before the page knew its head is asked once more, and answered of the same block.
  const answered = page.waitForResponse(
    (response) => isOfBlocks(response.request()) && response.headers()['age'] !== undefined,
  );
  await record(1, chain.at(-1) ?? null);
  const response = await answered;
  expect(response.headers()['age']).toBe('1');
  expect((await response.json()).extensions.ageMs).toBeGreaterThan(0);
  await page.locator('.pill', { hasText: 'Delayed' }).waitFor();
  const line = page.locator('main > [role=status]');
  expect(await line.textContent()).toContain('not of the newest block; it is asked for again');
  expect(await accessibilityFaults(page)).toEqual([]);
  for (let round = 0; round < 2; round += 1) await page.waitForRequest(isOfBlocks);
  expect(await page.locator('[data-figure=head]').textContent()).toBe('11');
  expect(await page.locator('.strip').getAttribute('aria-label')).toContain('newest 10 slots');

  await release();
  await page.locator('.strip[aria-label*="newest 11 slots"]').waitFor();
  await page.locator('.pill', { hasText: 'Live' }).waitFor();
  expect(await line.textContent()).toBe('');
  await page.close();
});

/** Blocks of a while ahead of the clock: however busy the machine is, the head does not grow old. */
async function record(blockCount: number, parent: DecodedBlock | null): Promise<DecodedBlock[]> {
  const blocks = chainOf((parent?.block.slot ?? 0n) + 1n, blockCount, 'main', parent);
  const blockTime = BigInt(Math.floor((Date.now() + PATIENCE_MS) / 1_000));
  const dated = blocks.map((each) => ({ ...each, block: { ...each.block, blockTime } }));
  await createBlockStore(empty.store, smallEventTables).commit(dated);
  return blocks;
}
