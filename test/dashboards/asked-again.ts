/**
 * Questions that pages ask one after the other or on request, and how often each was asked.
 * @module
 */
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Found, visit } from './page-visits.ts';

interface OftenAsked {
  readonly path: string;
  readonly query: string;
  /** Brings the page to ask. @returns how many different questions there are */
  readonly begin: (page: Page) => Promise<number>;
}

export function modelPrices({ model }: Found): OftenAsked {
  return {
    ...{ path: `/market?model=${model}`, query: 'query ModelDays' },
    async begin(page) {
      await page.locator('#models tr[data-row], #models .empty').first().waitFor();
      return page.getByLabel('GPU model').locator('option').count();
    },
  };
}

export function replay({ proposal }: Found): OftenAsked {
  return {
    ...{ path: `/governance/${proposal}`, query: 'query Impact' },
    async begin(page) {
      await page.locator('#impact button').click();
      return 1;
    },
  };
}

interface Followed {
  readonly page: Page;
  /** Waits until each of the questions has been asked more than once. */
  isAskedAgain(): Promise<void>;
  /** How many milliseconds ago the last of them was. */
  quietMs(): number;
}

export async function followAsked(
  tabs: BrowserContext,
  url: string,
  { path, query, begin }: OftenAsked,
): Promise<Followed> {
  const page = await tabs.newPage();
  const counts = new Map<string, number>();
  let lastMs = Number.NaN;
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    if (!body.includes(query)) return;
    counts.set(body, (counts.get(body) ?? 0) + 1);
    lastMs = Date.now();
  });
  await visit(page, `${url}${path}`);
  const leastQuestions = await begin(page);
  expect(leastQuestions).toBeGreaterThan(0);
  return {
    page,
    async isAskedAgain() {
      const wait = { timeout: 60_000, message: query };
      await expect.poll(() => counts.size, wait).toBeGreaterThanOrEqual(leastQuestions);
      await expect.poll(() => Math.min(...[...counts].map(([, times]) => times)), wait).toBeGreaterThan(1);
    },
    quietMs: () => Date.now() - lastMs,
  };
}
