/**
 * Pictures of the dashboard for README.md, taken from a running stack as `./plumbline up` gives it, once a reward epoch is
 * committed:
 *
 *     node --import tsx bench/screenshots.ts [url, http://127.0.0.1:4000] [folder, docs/images]
 *
 * @module
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchBrowser } from './load/launch-browser.ts';

const [url = 'http://127.0.0.1:4000', folder = 'docs/images'] = process.argv.slice(2);
const PATIENCE_MS = 120_000;
/** Pictures beside each other are small: what is in them is to be read all the same. */
const WINDOW = { width: 1_040, height: 720 };

const WAITS = `document.querySelector('main .bone, main [data-current=false], .page:not([data-freshness=live]), .pill:not([data-state=live])') !== null`;

interface Picture {
  readonly name: string;
  readonly path: string;
  /** What is there once the page has what the picture is to show. */
  readonly needs: string;
  /** What is done on the page first; the part that it returns stands at the top. */
  readonly before?: (page: Page) => Promise<string>;
}

async function ask<T>(query: string): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return ((await response.json()) as { readonly data: T }).data;
}

interface Shown {
  readonly rewardEpochs: readonly { readonly number: string; readonly commitSignature: string | null }[];
  readonly providers: {
    readonly edges: readonly { readonly node: { readonly address: string; orderCount: string } }[];
  };
  readonly proposals: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly status: string } }[];
  };
}

const SHOWN_QUERY = `{ rewardEpochs(first: 20) { number commitSignature }
  providers(first: 100) { edges { node { address orderCount } } }
  proposals(first: 50) { edges { node { id status } } } }`;

async function verified(page: Page): Promise<string> {
  await page.locator('#verify .strong').click();
  await page.locator('#verify .verdict[data-kind=good]').waitFor();
  return '#verify';
}

async function pictures(): Promise<Picture[]> {
  const { rewardEpochs, providers, proposals } = await ask<Shown>(SHOWN_QUERY);
  const epoch = rewardEpochs.find(({ commitSignature }) => commitSignature)?.number;
  const busiest = providers.edges.toSorted((a, b) => Number(b.node.orderCount) - Number(a.node.orderCount))[0];
  const proposal = proposals.edges.find(({ node }) => node.status === 'VOTING');
  if (epoch === undefined || busiest === undefined || proposal === undefined)
    throw new Error('There is no committed epoch, provider or open vote yet: wait for them');
  return [
    { name: 'overview', path: '/', needs: '#events tr[data-row]' },
    { name: 'index', path: '/index?model=0', needs: '#candles .plot' },
    { name: 'curve', path: '/index?model=0', needs: '#curve .nodes', before: async () => '#curve' },
    {
      ...{ name: 'provider', path: `/providers/${busiest.node.address}`, needs: '#why tr[data-row]' },
      before: async () => '#history',
    },
    { name: 'governance', path: '/governance', needs: '#parameters tr[data-row]' },
    { name: 'proposal', path: `/governance/${proposal.node.id}`, needs: '#action .bounds' },
    { name: 'epoch', path: `/rewards/${epoch}`, needs: '#verify .strong', before: verified },
  ];
}

const browser = await launchBrowser();
try {
  for (const { name, path, needs, before } of await pictures()) {
    const page = await browser.newPage({ viewport: WINDOW, colorScheme: name === 'epoch' ? 'dark' : 'light' });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${url}${path}`);
    await page.locator(needs).first().waitFor();
    while (await page.evaluate(WAITS)) await sleep(100);
    const part = await before?.(page);
    if (part !== undefined) await page.locator(part).evaluate((each) => each.scrollIntoView());
    await page.screenshot({ path: join(folder, `${name}.png`) });
    process.stdout.write(`${join(folder, `${name}.png`)} of ${path}\n`);
    await page.close();
  }
} finally {
  await browser.close();
}
