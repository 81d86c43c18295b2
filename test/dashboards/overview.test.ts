import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../bench/load/launch-browser.ts';
import { ensureDashboard } from '../../cli/dashboard.ts';
import { NETWORK_QUERY } from '../../dashboards/src/pages/overview/queries.ts';
import type { ChainQuery, HeadQuery, NetworkQuery } from '../../dashboards/src/queries.generated.ts';
import { count, gpuHours, rounded, tokens } from '../../dashboards/src/text/amount.ts';
import { runIndexer } from '../../indexer/main.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { EpochMachine } from '../../jobs/rewards/epoch-machine.ts';
import { createRewardContext } from '../../jobs/rewards/reward-context.ts';
import { type RunningApi, startApi } from '../api/start-api.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { openDatabase } from '../indexer/store/store-fixture.ts';
import { type RewardNetwork, startRewardNetwork } from '../jobs/reward-network.ts';
import { onboardProviders } from '../simulation/onboarding.ts';
import { planProvider } from '../simulation/population.ts';
import { accessibilityFaults, overflowPixels } from './browser.ts';

const EPOCH_SECONDS = 4;
const PATIENCE_MS = 240_000;
const FOREIGN_NAME = '<b>x</b><script>1';
const dist = fileURLToPath(new URL('../../dashboards/dist', import.meta.url));

let net: RewardNetwork;
let api: RunningApi;
let browser: Browser;
let indexer: Promise<void>;
const controller = new AbortController();

beforeAll(async () => {
  await ensureDashboard(() => undefined);
  [net, browser] = await Promise.all([startRewardNetwork(EPOCH_SECONDS), launchBrowser()]);
  indexer = runIndexer(net.settings, controller.signal);
  await onboardProviders(net.network, [{ ...planProvider('foreign', 0), name: FOREIGN_NAME }]);
  const machine = new EpochMachine(await createRewardContext(net.settings, net.store, controller.signal));
  while ((await epochRow(net.store, 1n))?.state !== 'committed') {
    await machine.advance().catch(() => undefined);
    await sleep(100);
  }
  api = await startApi(net.store, await loadProgramRegistry(net.settings), dist);
}, PATIENCE_MS);

afterAll(async () => {
  controller.abort();
  await indexer;
  await browser?.close();
  await api?.stop().catch(() => undefined);
  await net?.stop();
}, PATIENCE_MS);

async function open(options: Parameters<Browser['newPage']>[0] = {}, url = api.url): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 }, ...options });
  await page.goto(url);
  return page;
}

const freshness = (page: Page, state: string) =>
  page.locator(`[data-freshness="${state}"]`).waitFor({ timeout: 30_000 });
const text = async (locator: Locator) => (await locator.textContent()) ?? '';
const figure = async (page: Page, id: string) =>
  Number((await text(page.locator(`[data-figure="${id}"]`))).replaceAll(',', ''));

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}

describe('while the chain goes on', () => {
  it('head and finality move, and the strip tells final blocks from others by more than colour', async () => {
    const page = await open();
    await freshness(page, 'live');
    const [head, finalized] = [await figure(page, 'head'), await figure(page, 'finalized')];
    await until(async () => (await figure(page, 'head')) > head && (await figure(page, 'finalized')) > finalized);

    const fill = (state: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('.strip [data-state=${state}] b')).backgroundImage`);
    expect(await fill('finalized')).toBe('none');
    expect(await fill('confirmed')).toContain('gradient');
    expect(await page.locator('.strip').getAttribute('aria-label')).toMatch(
      /^The newest \d+ slots: \d+ finalized, \d+ confirmed, \d+ skipped, \d+ events$/,
    );
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'nobody is shut out in the %s theme, on a desk or a phone',
    async (colorScheme) => {
      const page = await open({ colorScheme });
      await freshness(page, 'live');
      await page.locator('#events .unfold').first().click();
      await page.locator('#chain summary').click();
      for (const width of [1_440, 360]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflowPixels(page), `${width}`).toBe(0);
        expect(await accessibilityFaults(page), `${width}`).toEqual([]);
      }
      await page.close();
    },
  );

  it('everything can be done with the keyboard', async () => {
    const page = await open({ colorScheme: 'light' });
    await freshness(page, 'live');
    const focused = page.locator(':focus');
    const press = async (key: string, ...more: string[]) => {
      for (const each of [key, ...more]) await page.keyboard.press(each);
    };

    await press('Tab');
    expect(await text(focused)).toBe('Skip to content');
    await press('Tab', 'Tab', 'Tab', 'Enter');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.reload();
    await freshness(page, 'live');
    await page.locator('#epochs .unfold').first().waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');

    await press('Tab', 'Tab', 'Tab', 'Space');
    expect(await focused.getAttribute('aria-pressed')).toBe('true');
    expect(await text(page.locator('.pill'))).toBe('Paused');
    await press('Space');
    await press('Shift+Tab', 'Shift+Tab', 'Enter', 'Tab');
    expect(await focused.getAttribute('href')).toBe('/providers?model=0');
    // Past the other three questions of a newcomer, and the links to the head, the final block and what differs.
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    await press('Tab', 'Enter');
    expect(await focused.getAttribute('aria-expanded')).toBe('true');
    expect(await text(page.locator('#epochs .detail'))).toContain('Artefact SHA-256');
    await page.close();
  });

  it('an opened event stays although newer ones push it out', async () => {
    const page = await open();
    await freshness(page, 'live');
    // Rows of the answer that came with the document give way to those of now.
    await page.locator('#chain[data-current=true]').waitFor();
    const key = (await page.locator('#events tr[data-row]').nth(7).getAttribute('data-row')) ?? '';
    const shown = page.locator(`#events tr[data-row="${key}"]`);
    await shown.locator('.unfold').click();
    await until(async () => (await page.locator('#events tr[data-row]').count()) > 15);
    expect(await shown.locator('.unfold').getAttribute('aria-expanded')).toBe('true');
    expect(await text(page.locator('#events .detail'))).toContain(key.split('/')[1]);
    await page.close();
  });

  it('the head comes by questions while there is no stream, over the stream then, and again after the network was gone', {
    timeout: PATIENCE_MS,
  }, async () => {
    const page = await browser.newPage();
    let isCut = true;
    let questionCount = 0;
    await page.route(
      ({ pathname, search }) => pathname === '/graphql' && search.includes('HeadMoves'),
      (route) => (isCut ? route.abort() : route.continue()),
    );
    page.on('request', (request) => {
      if (request.postData()?.includes('query Head')) questionCount += 1;
    });
    const movesBy = async (slots: number) => {
      const before = await figure(page, 'head');
      await until(async () => (await figure(page, 'head')) >= before + slots);
    };
    await page.goto(api.url);
    await freshness(page, 'live');
    await movesBy(10);
    await movesBy(10);
    expect(questionCount).toBeGreaterThanOrEqual(2);

    const opened = page.waitForResponse((response) => response.url().includes('HeadMoves') && response.ok());
    isCut = false;
    await opened;
    await movesBy(1);
    const asked = questionCount;
    for (let moves = 0; moves < 8; moves += 1) await movesBy(1);
    expect(questionCount - asked).toBeLessThanOrEqual(2);

    await page.context().setOffline(true);
    // A stream that is open may outlive it, and tells of a head several times in the blink that the page looks away.
    api.cut();
    await freshness(page, 'unreachable');
    await page.context().setOffline(false);
    await freshness(page, 'live');
    await movesBy(10);
    await page.close();
  });

  it('a name that somebody gave is text and nothing else', async () => {
    const page = await open();
    await freshness(page, 'live');
    await page.locator('#pools .name', { hasText: FOREIGN_NAME }).waitFor();
    expect(await page.locator('#pools b, #pools script').count()).toBe(0);
    await page.close();
  });
});

it('before the first block it says what it waits for', { timeout: PATIENCE_MS }, async () => {
  // A server of its own, which has the tables already: to make them is ten times the work of starting it.
  const server = await startPreparedClickHouse('own');
  const ledger = await openDatabase(server.url);
  const emptyApi = await startApi(ledger.client, await loadProgramRegistry(net.settings), dist);
  const page = await open({}, emptyApi.url);
  await freshness(page, 'empty');
  expect(await text(page.locator('[role=status]'))).toContain('no block has been recorded yet');
  for (const part of ['epochs', 'events', 'pools', 'providers']) {
    await page.locator(`#${part} .empty`).waitFor();
  }
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.close();
  await emptyApi.stop();
  await ledger.client.close();
  await server.stop();
});

// From here on nothing is recorded any more: the order of these matters.
describe('when the indexer has stopped', () => {
  let page: Page;

  beforeAll(async () => {
    page = await open();
    await freshness(page, 'live');
    controller.abort();
    await indexer;
  }, PATIENCE_MS);

  it('it says that the head is old', async () => {
    await freshness(page, 'stale');
    expect(await text(page.locator('.pill'))).toBe('Stale');
    expect(await text(page.locator('[role=status]'))).toContain('No new block for more than 10 seconds');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('every number on it is the API’s', async () => {
    const { pools, providers, rewardEpochs } = (await api.ask(NETWORK_QUERY)).data as unknown as NetworkQuery;
    await until(async () => (await page.locator('#pools tbody tr').count()) === pools.edges.length);

    expect(await cells(page.locator('#pools'), ['Pool', 'Stake, INT', 'Last accrued'])).toEqual(
      pools.edges.map(({ node: each }) => [each.name, rounded(each.totalStaked, 9, 2), count(each.lastClaimedEpoch)]),
    );
    expect(
      await cells(page.locator('#providers'), ['Orders', 'Delivered', 'Refunded', 'GPU-hours', 'Bond, INFER']),
    ).toEqual(
      providers.edges.map(({ node: each }) => [
        ...[each.orderCount, each.settledCount, each.refundedCount],
        ...[gpuHours(each.gpuSeconds), rounded(each.bond, 9, 2)],
      ]),
    );
    // Every digit of what is shortened stands with it.
    expect(await exact(page.locator('#pools'), 'Stake, INT')).toEqual(pools.edges.map(({ node }) => node.totalStaked));
    expect(await exact(page.locator('#providers'), 'Bond, INFER')).toEqual(
      providers.edges.map(({ node }) => node.bond),
    );
    const sum = (values: readonly string[]) => values.reduce((all, each) => all + BigInt(each), 0n);
    const held = providers.edges.map(({ node }) => node);
    expect(await figure(page, 'total-orders')).toBe(Number(sum(held.map(({ orderCount }) => orderCount))));
    expect(await page.locator('[data-figure=total-stake]').getAttribute('data-exact')).toBe(
      `${tokens(String(sum(pools.edges.map(({ node }) => node.totalStaked))), 9)} INT`,
    );
    expect(await text(page.locator('[data-figure=total-hours]'))).toBe(
      gpuHours(String(sum(held.map(({ gpuSeconds }) => gpuSeconds)))),
    );
    const first = rewardEpochs.at(-1) ?? expect.fail('no epoch');
    const epochs = await cells(page.locator('#epochs'), ['Epoch', 'State', 'Pools', 'INT', 'USDC']);
    expect(epochs.at(-1)).toEqual([
      ...['1', 'committed', String(first.poolCount)],
      ...[rounded(first.totalRewards, 9, 2), rounded(first.totalUsdc, 6, 2)],
    ]);
    expect(await page.locator('#epochs tr').last().locator('.key').first().getAttribute('title')).toBe(first.roots[0]);
  });

  it('the chain’s figures and the events are the API’s', async () => {
    const { data } = await api.ask(
      '{ _meta { slot finalizedSlot lagSlots gaps incidentCount } events(first: 15) { edges { node { name slot signature path } } } }',
    );
    const { _meta, events } = data as unknown as HeadQuery & Pick<ChainQuery, 'events'>;
    expect(await figure(page, 'head')).toBe(Number(_meta.slot));
    expect(await figure(page, 'finalized')).toBe(Number(_meta.finalizedSlot));
    expect(await text(page.locator('[data-figure="lag"]'))).toBe(`${_meta.lagSlots} slots`);
    expect(await figure(page, 'gaps')).toBe(_meta.gaps);
    expect(await figure(page, 'incidents')).toBe(Number(_meta.incidentCount));
    expect(await cells(page.locator('#events'), ['Event', 'Slot', 'Path'])).toEqual(
      events.edges.map(({ node }) => [node.name, count(node.slot), node.path]),
    );
  });

  it('and when the API has gone too, it says so and keeps what it had', async () => {
    const head = await figure(page, 'head');
    await api.stop();
    await freshness(page, 'unreachable');
    expect(await text(page.locator('[role=status]'))).toMatch(
      /does not answer.*Shown is what it said at \d\d:\d\d:\d\d/,
    );
    expect(await figure(page, 'head')).toBe(head);
    expect(await page.locator('#pools tbody tr').count()).toBeGreaterThan(1);
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

/** Texts of the named columns, row by row. */
async function cells(section: Locator, headers: readonly string[]): Promise<string[][]> {
  const table: string[][] = [];
  for (const row of await section.locator('tbody tr[data-row]').all()) {
    const texts = headers.map((header) => seen(row.locator(`td[data-label="${header}"]`)));
    table.push(await Promise.all(texts));
  }
  return table;
}

/** Base units of the named column, row by row. */
function exact(section: Locator, header: string): Promise<(string | null)[]> {
  return section
    .locator(`td[data-label="${header}"] [data-exact]`)
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-exact')));
}

/** Without what is there for those who listen. */
async function seen(cell: Locator): Promise<string> {
  const hidden = await cell.locator('.hidden').allTextContents();
  return hidden.reduce((all, each) => all.replace(each, ''), await text(cell));
}
