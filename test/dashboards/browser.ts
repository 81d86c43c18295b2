/**
 * What pages are asked in Chromium.
 * @module
 */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

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
