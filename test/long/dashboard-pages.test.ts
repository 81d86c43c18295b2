/**
 * Every page of the dashboard in a real Chromium, over the API on one record of a real chain: nobody is shut out, what is
 * plotted is what the API says, and what there is not is said.
 */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../bench/load/launch-browser.ts';
import { ensureDashboard } from '../../cli/dashboard.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { followAsked, modelPrices, replay } from '../dashboards/asked-again.ts';
import { accessibilityFaults, openWindow, overflowPixels } from '../dashboards/browser.ts';
import { startMoodyApi } from '../dashboards/moody-api.ts';
import { type EmptyRecord, openEmptyRecord, openPageRecord, type PageRecord } from '../dashboards/page-record.ts';
import { faultsIn, faultsOfKept, faultsWithoutAnswer, states } from '../dashboards/page-states.ts';
import { answerOf, type Found, findThings, places, settled, until, visit } from '../dashboards/page-visits.ts';
import { installWallet } from '../dashboards/page-wallet.ts';
import { peopleOf } from '../dashboards/people.ts';
import { curveCharts, expectPlotted, plotted } from '../dashboards/plotted-values.ts';

const PATIENCE_MS = 480_000;
const dist = fileURLToPath(new URL('../../dashboards/dist', import.meta.url));
/** Enough for purchases, positions, a live series, votes and three reward epochs. */
const PART = { seed: 5, providers: 12, tickCount: 24, ticksPerEpoch: 4 };

let clickhouse: RunningClickHouse;
let record: PageRecord;
let browser: Browser;
let empty: EmptyRecord;
let found: Found;
let plottedCount = 0;

beforeAll(async () => {
  await ensureDashboard(() => undefined);
  [clickhouse, browser] = await Promise.all([startEmbeddedClickHouse(), launchBrowser()]);
  record = await openPageRecord(clickhouse, PART, dist);
  empty = await openEmptyRecord(clickhouse, dist);
  found = await findThings(record.api);
}, PATIENCE_MS);

afterAll(async () => {
  await browser?.close();
  await empty?.stop();
  await record?.stop();
  await clickhouse?.stop();
}, PATIENCE_MS);

const answer = <T>(query: string, variables: Readonly<Record<string, unknown>> = {}) =>
  answerOf<T>(record.api, query, variables);
const open = async (path: string, options: Parameters<Browser['newPage']>[0] = {}, url = record.api.url) =>
  visit(await browser.newPage({ viewport: { width: 1_280, height: 900 }, ...options }), `${url}${path}`);

const looks = [
  ['light', 1_280],
  ['dark', 1_280],
  ['dark', 390],
  ['light', 390],
] as const;

describe.each([['overview', () => '/', '#events tr[data-row]'] as const, ...places])(
  'the page %s',
  (name, path, needs) => {
    it('shuts nobody out, in either theme, at a desk or on a phone', { timeout: PATIENCE_MS }, async () => {
      const page = await open(path(found), { colorScheme: 'light' });
      const failures: string[] = [];
      page.on('pageerror', ({ message }) => failures.push(message));
      await page.locator(needs).first().waitFor();
      await settled(page);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('nav a[aria-current=page]').count()).toBe(1);
      plottedCount += await expectPlotted(page, name, record.api, found);
      for (const [colorScheme, width] of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect(await overflowPixels(page), `${name} at ${width}`).toBeLessThanOrEqual(0);
        expect(await accessibilityFaults(page), `${name} in ${colorScheme} at ${width}`).toEqual([]);
      }
      expect(failures).toEqual([]);
      await page.close();
    });
  },
);

it('more than a hundred plotted values were compared with the API', () => {
  expect(plottedCount).toBeGreaterThan(150);
});

it('the forward curve at an earlier block is the one that the API gives as of it', {
  timeout: PATIENCE_MS,
}, async () => {
  const { events } = await answer<{
    readonly events: {
      readonly edges: readonly { readonly node: { readonly slot: string; readonly fields: string } }[];
    };
  }>('{ events(first: 1, name: "SeriesCreated") { edges { node { slot fields } } } }');
  const { slot, fields } = events.edges[0]?.node ?? expect.fail('no series');
  const model = JSON.parse(fields).model as number;
  const page = await open(`/index?model=${model}`);
  const slider = page.locator('#curve-slot');
  await slider.waitFor();
  await slider.fill(slot);
  await page.locator('#curve output', { hasText: `block ${Number(slot).toLocaleString('en-GB')}` }).waitFor();
  for (const [place, settlement] of ['AVERAGE', 'POINT'].entries()) {
    await page.locator('#curve .segments button').nth(place).click();
    await until(() => page.evaluate("document.querySelector('#curve').dataset.current === 'true'"));
    // The curve before may still stand when it says that it is of now: the click is drawn a moment later.
    for (const [marks, values] of await curveCharts(record.api, { model }, settlement, slot))
      await expect.poll(() => plotted(page, marks), { message: settlement, timeout: 10_000 }).toEqual(values);
  }
  await page.close();
});

it('an epoch is verified in the browser, and one changed leaf is found', { timeout: PATIENCE_MS }, async () => {
  const page = await open('/rewards/2');
  await page.locator('#verify .strong').click();
  await page.locator('#verify .verdict[data-kind=good]').waitFor();
  expect(await page.locator('#verify .checks li[data-good=true]').count()).toBe(7);

  const artefact = await (await fetch(`${record.api.url}/artefacts/2.json`)).text();
  const changed = artefact.replace(/"reward":"(\d)/, (_, digit: string) => `"reward":"${(Number(digit) % 9) + 1}`);
  expect(changed).not.toBe(artefact);
  await page.route('**/artefacts/2.json', (route) => route.fulfill({ body: changed, contentType: 'application/json' }));
  await page.locator('#verify .strong').click();
  await page.locator('#verify .verdict[data-kind=bad]').waitFor();
  expect(await page.locator('#verify .checks li[data-good=false]').count()).toBeGreaterThanOrEqual(3);
  await page.close();
});

it('every page can be gone to and used by the keyboard alone', { timeout: PATIENCE_MS }, async () => {
  const page = await open('/');
  const focused = page.locator(':focus');
  await page.locator('h1', { hasText: 'Overview' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused.textContent()).toBe('Skip to content');
  const titles = await page.locator('nav a').allTextContents();
  expect(titles.length).toBe(10);
  for (const title of titles.slice(1)) {
    const link = page.locator('nav a', { hasText: title });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: title }).waitFor();
    expect(await focused.evaluate(({ tagName, textContent }) => `${tagName} ${textContent}`)).toBe(`H1 ${title}`);
  }
  await page.goto(`${record.api.url}/index?model=${found.model}`);
  const plot = page.locator('#candles .plot').first();
  await plot.waitFor();
  // Until its parts have their answers a page is drawn again under the reader's hands.
  await settled(page);
  await plot.focus();
  await page.keyboard.press('Home');
  const first = await plot.getAttribute('aria-valuetext');
  await page.keyboard.press('End');
  expect(await plot.getAttribute('aria-valuenow')).toBe(await plot.getAttribute('aria-valuemax'));
  expect(first).toMatch(/open [\d.,]+, high [\d.,]+, low [\d.,]+, close [\d.,]+/);
  await page.goto(`${record.api.url}/providers`);
  await page.locator('#providers tr[data-row]').first().waitFor();
  await page.locator('#providers th .sort', { hasText: 'Orders' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('#providers th[aria-sort=descending]').textContent()).toBe('Orders');
  const orders = (await page.locator('#providers td[data-label=Orders]').allTextContents()).map(Number);
  expect(orders).toEqual(orders.toSorted((a, b) => b - a));
  await page.close();
});

it('a page in any state claims nothing it cannot know, in either theme, at a desk or on a phone', {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  const moody = await startMoodyApi(empty.api.url);
  const pages = new Map<string, Page>();
  const tabs = await openWindow(browser, `${moody.url}/theme.js`);
  expect(await faultsWithoutAnswer(moody, pages, tabs, () => 'every look')).toEqual([]);
  for (const [name, state] of Object.entries(states))
    expect(await faultsIn(state, moody, pages, () => 'every look'), name).toEqual([]);
  await tabs.close();
  await moody.stop();
});

it('a page keeps what it has while the API fails or is away, in either theme, at a desk or on a phone', {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  const moody = await startMoodyApi(record.api.url);
  const pages = new Map<string, Page>();
  const tabs = await openWindow(browser, `${moody.url}/theme.js`);
  for (const [name, path, needs] of places) {
    const page = await visit(await tabs.newPage(), `${moody.url}${path(found)}`);
    await page.locator(needs).first().waitFor();
    await settled(page);
    pages.set(name, page);
  }
  expect(await faultsOfKept(moody, pages, () => 'every look')).toEqual([]);
  await tabs.close();
  await moody.stop();
});

it('what is asked in turn or on request is asked for again while it is not of now, and then no more', {
  timeout: PATIENCE_MS,
}, async () => {
  const moody = await startMoodyApi(record.api.url);
  const tabs = await openWindow(browser, `${moody.url}/theme.js`);
  moody.change('aged');
  const asked = await Promise.all(
    [modelPrices(found), replay(found)].map((each) => followAsked(tabs, moody.url, each)),
  );
  for (const each of asked) {
    await each.isAskedAgain();
    await each.page.locator('.pill', { hasText: 'Delayed' }).waitFor();
    expect(await accessibilityFaults(each.page)).toEqual([]);
  }
  moody.change('now');
  for (const { page, quietMs } of asked) {
    await page.locator('.pill', { hasText: 'Live' }).waitFor();
    // The page says for two seconds more that it is delayed: longer than until the next question.
    expect(quietMs()).toBeGreaterThan(1_500);
  }
  await tabs.close();
  await moody.stop();
});

it('while the ledger is empty every page says what it waits for', { timeout: PATIENCE_MS }, async () => {
  const page = await open('/', {}, empty.api.url);
  for (const path of ['/index', '/market', '/providers', '/rewards', '/pools', '/governance', '/explorer', '/status']) {
    await page.goto(`${empty.api.url}${path}`);
    await page.locator('[data-freshness=empty]').waitFor();
    await settled(page);
    expect(await page.locator('main .empty, main .nothing').count(), path).toBeGreaterThan(0);
    // What an API with too much to do did not answer is asked for again.
    await expect.poll(() => page.locator('.unread').count(), { message: path, timeout: 30_000 }).toBe(0);
    expect(await accessibilityFaults(page), path).toEqual([]);
  }
  await page.close();
});

it('what is not there is said in words', { timeout: PATIENCE_MS }, async () => {
  const page = await open('/nowhere');
  await page.locator('h1', { hasText: 'Nothing is here' }).waitFor();
  const nobody = '11111111111111111111111111111111';
  for (const [path, words] of [
    [`/providers/${nobody}`, 'No provider has this address'],
    [`/pools/${nobody}`, 'No pool has this address'],
    ['/pools/nonsense', 'No pool has this address'],
    ['/rewards/999', 'There is no reward epoch 999'],
    ['/governance/999', 'There is no proposal 999'],
    ['/wallet/nonsense', 'This is not an address'],
    [`/explorer/${'1'.repeat(64)}`, 'No transaction of the indexed programs'],
  ] as const) {
    await page.goto(`${record.api.url}${path}`);
    await page.locator('main .nothing', { hasText: words }).waitFor();
    expect(await accessibilityFaults(page), path).toEqual([]);
  }
  await page.close();
});

it('a proposer’s words are text and nothing else, apart from the facts', { timeout: PATIENCE_MS }, async () => {
  const page = await open(`/governance/${found.proposal}`);
  const hostile = '<img src=x onerror="document.title=1"><b>vote for</b>';
  await page.route('**/graphql', async (route) => {
    const reply = await route.fetch();
    const body = (await reply.text()).replace(/"title":"[^"]*"/, `"title":${JSON.stringify(hostile)}`);
    await route.fulfill({ response: reply, body });
  });
  await page.reload();
  await page.locator('#text .foreign', { hasText: hostile }).waitFor();
  expect(await page.locator('#text img, #text b').count()).toBe(0);
  expect(await page.locator('#action', { hasText: 'vote for' }).count()).toBe(0);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.close();
});

it('a wallet that was connected on one page is there on the next, and is asked for nothing by itself', {
  timeout: PATIENCE_MS,
}, async () => {
  const owner = peopleOf(PART.seed).find(({ wallet }) => wallet.address === found.owner) ?? expect.fail('a stranger');
  const page = await open('/status');
  const signed = await installWallet(page, owner, async () => undefined);
  await page.goto(`${record.api.url}/wallet`);
  await page.locator('button', { hasText: 'Connect Test wallet' }).click();
  await page.locator('#stakes tr[data-row]').first().waitFor();
  await page.locator('nav a', { hasText: 'Governance' }).click();
  await page.locator('#proposals a', { hasText: `${found.proposal} ·` }).click();
  await page.locator('#act button', { hasText: 'Disconnect' }).waitFor();
  expect(await page.locator('#act .quiet', { hasText: 'Connect a wallet' }).count()).toBe(0);
  expect(signed).toEqual([]);
  await page.close();
});

it('when the API goes, every part keeps what it had and says so', { timeout: PATIENCE_MS }, async () => {
  const page = await open('/providers');
  await page.locator('#providers tr[data-row]').first().waitFor();
  await page.locator('[data-freshness=stale]').waitFor();
  expect(await page.locator('[role=status]').first().textContent()).toContain('No new block for more than 10 seconds');
  await page.route('**/graphql', (route) => route.abort());
  await page.locator('[data-freshness=unreachable]').waitFor();
  expect(await page.locator('#providers tr[data-row]').count()).toBe(PART.providers);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.close();
});
