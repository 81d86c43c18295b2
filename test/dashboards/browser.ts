/**
 * What pages are asked in Chromium.
 * @module
 */
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/**
 * A window that pages are opened in one after another as a reader opens tabs: with one cache, and in the process of the
 * page that stands at `url` until the window is closed. A context and a process for each were a second of processor time.
 */
export async function openWindow(browser: Browser, url: string): Promise<BrowserContext> {
  const tabs = await browser.newContext({ viewport: { width: 1_280, height: 900 } });
  const first = await tabs.newPage();
  await first.goto(url);
  return tabs;
}

/** What axe-core finds, a line for each violation. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(
    'axe.run().then(({ violations }) => violations.map((each) => each.id + ": " + each.nodes[0].html))',
  );
}

/** How many pixels the page is wider than its window. */
export function overflowPixels(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}
