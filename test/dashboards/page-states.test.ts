/**
 * Every page while it loads, while the API is away or fails, while the head is old and while the ledger is empty: it says
 * which of these it is, claims nothing it cannot know, and shuts nobody out.
 */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../bench/load/launch-browser.ts';
import { ensureDashboard } from '../../cli/dashboard.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { openWindow } from './browser.ts';
import { type MoodyApi, startMoodyApi } from './moody-api.ts';
import { type EmptyRecord, openEmptyRecord } from './page-record.ts';
import { faultsIn, faultsWithoutAnswer, states } from './page-states.ts';

const PATIENCE_MS = 120_000;
const NOBODY = '11111111111111111111111111111111';
/** Pages of one thing are made of the same parts. */
const paths = [
  ...['/', '/index', '/market', '/providers', '/rewards', '/pools', '/governance', '/explorer', '/status'],
  `/wallet/${NOBODY}`,
];

let clickhouse: RunningClickHouse;
let browser: Browser;
let empty: EmptyRecord;
let api: MoodyApi;
let tabs: BrowserContext;
const pages = new Map<string, Page>();

beforeAll(async () => {
  await ensureDashboard(() => undefined);
  [clickhouse, browser] = await Promise.all([startEmbeddedClickHouse(), launchBrowser()]);
  empty = await openEmptyRecord(clickhouse, fileURLToPath(new URL('../../dashboards/dist', import.meta.url)));
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
    expect(await faultsWithoutAnswer(api, pages, tabs, paths)).toEqual([]);
  },
  PATIENCE_MS,
);

it.each(Object.entries(states))(
  'a page that is %s says so, and claims nothing that it cannot know',
  async (name, state) => {
    expect(await faultsIn(state, api, pages, name === 'failing')).toEqual([]);
  },
  PATIENCE_MS,
);
