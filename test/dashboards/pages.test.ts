/**
 * Every page once in a real Chromium, over a small record of a real chain: nobody is shut out, nothing is wider than a
 * phone. Both themes at both widths, and what is plotted, are looked at in test/long/dashboard-pages.test.ts.
 */
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureDashboard } from '../../cli/dashboard.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { accessibilityFaults, launchBrowser, overflowPixels } from './browser.ts';
import { openPageRecord, type PageRecord } from './page-record.ts';
import { type Found, findThings, places, settled, visit } from './page-visits.ts';

const PATIENCE_MS = 240_000;
const DESK = { width: 1_280, height: 900 } as const;
const PHONE = { width: 390, height: 844 } as const;
/** The smallest that has something on every page. */
const PART = { seed: 5, providers: 6, tickCount: 13, ticksPerEpoch: 4 };
const dist = fileURLToPath(new URL('../../dashboards/dist', import.meta.url));

let clickhouse: RunningClickHouse;
let record: PageRecord;
let browser: Browser;
let found: Found;

beforeAll(async () => {
  await ensureDashboard(() => undefined);
  [clickhouse, browser] = await Promise.all([startEmbeddedClickHouse(), launchBrowser()]);
  record = await openPageRecord(clickhouse, PART, dist);
  found = await findThings(record.api);
}, PATIENCE_MS);

afterAll(async () => {
  await browser?.close();
  await record?.stop();
  await clickhouse?.stop();
}, PATIENCE_MS);

it.each(places)('the page %s shuts nobody out and fits a phone', async (name, path, needs) => {
  const page = await visit(browser, `${record.api.url}${path(found)}`);
  const failures: string[] = [];
  page.on('pageerror', ({ message }) => failures.push(message));
  await page.locator(needs).first().waitFor();
  await settled(page);
  expect(await accessibilityFaults(page), name).toEqual([]);
  await page.setViewportSize(PHONE);
  expect(await overflowPixels(page), name).toBeLessThanOrEqual(0);
  expect(failures).toEqual([]);
  await page.close();
});

it('a chart never makes its page wider than the window, however often and soon the window shrinks', async () => {
  const page = await visit(browser, `${record.api.url}/index?model=${found.model}`);
  await page.locator('#candles .plot').first().waitFor();
  await settled(page);
  for (let round = 0; round < 25; round += 1) {
    await page.setViewportSize(DESK);
    await page.setViewportSize(PHONE);
    expect(await overflowPixels(page), `round ${round}`).toBeLessThanOrEqual(0);
  }
  await page.close();
});

it('a page whose program comes late takes the focus from nobody who has gone on', async () => {
  const page = await visit(browser, record.api.url);
  const focused = page.locator(':focus');
  await page.locator('h1', { hasText: 'Overview' }).waitFor();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/pools-page*', async (route) => {
    await held;
    await route.continue();
  });
  await page.locator('nav a', { hasText: 'Pools' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('main [aria-busy=true]').waitFor();
  expect(await focused.textContent()).toBe('Pools');
  expect(await focused.evaluate(({ tagName }) => tagName)).toBe('H1');
  await page.locator('nav a', { hasText: 'Status' }).focus();
  release();
  await page.locator('#pools tr[data-row]').first().waitFor();
  expect(await focused.textContent()).toBe('Status');
  await page.keyboard.press('Enter');
  await page.locator('h1', { hasText: 'Status' }).waitFor();
  expect(await focused.evaluate(({ tagName, textContent }) => `${tagName} ${textContent}`)).toBe('H1 Status');
  await page.close();
});
