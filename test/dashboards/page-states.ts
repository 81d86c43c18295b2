/**
 * What every page shows while it has nothing, or nothing new, to show: each state at once on pages that stand beside each
 * other, so that the waits of one are those of all.
 * @module
 */
import type { BrowserContext, Page } from 'playwright-core';
import { accessibilityFaults, overflowPixels } from './browser.ts';
import { FAILURE_ID, type Mood, type MoodyApi } from './moody-api.ts';
import { until } from './page-visits.ts';

interface State {
  readonly mood: Mood;
  readonly freshness: string;
  /** What is wrong with a page in it, once it has come to rest. */
  readonly faults: (seen: Seen) => readonly (string | false)[];
  /** Whether a page has come to rest in it. */
  readonly isReached: (seen: Seen) => boolean;
}

interface Seen {
  readonly freshness: string;
  readonly heading: string;
  readonly status: string;
  readonly text: string;
  readonly unread: readonly string[];
  readonly boneCount: number;
  readonly emptyCount: number;
}

const LOOK = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent);
  return {
    freshness: document.querySelector('[data-freshness]')?.dataset.freshness ?? '',
    heading: all('main h1').join(), status: all('main > [role=status]').join(), text: all('main').join(), unread: all('.unread'),
    boneCount: all('main .bone, main [aria-busy=true]').length, emptyCount: all('main .empty, main .nothing').length,
  };
})()`;

const loading: State = {
  mood: 'held',
  freshness: 'loading',
  isReached: ({ boneCount }) => boneCount > 0,
  faults: ({ emptyCount, unread, status }) => [
    emptyCount > 0 && 'says that there is nothing before it knows',
    unread.length > 0 && 'says that something could not be read',
    status !== '' && `says ${status}`,
  ],
};
const unreachable: State = {
  mood: 'gone',
  freshness: 'unreachable',
  isReached: ({ boneCount }) => boneCount > 0,
  faults: ({ emptyCount, unread, status }) => [
    emptyCount > 0 && 'says that there is nothing though it cannot know',
    unread.length > 0 && 'says part by part what is said once for all',
    !/does not answer.*Nothing of now can be shown until it does; still trying/.test(status) && `says ${status}`,
  ],
};
/** States of an API that answers. */
export const states = {
  failing: {
    mood: 'failing',
    freshness: 'live',
    isReached: ({ unread }) => unread.length > 0,
    faults: ({ unread, emptyCount }) => [
      emptyCount > 0 && 'says that there is nothing though it cannot know',
      unread.some((each) => !each.includes(FAILURE_ID) || !each.includes('asked for again')) && unread.join(),
    ],
  },
  stale: {
    mood: 'old',
    freshness: 'stale',
    isReached: ({ boneCount, unread }) => boneCount === 0 && unread.length === 0,
    faults: ({ status }) => [!status.includes('No new block for more than 10 seconds') && `says ${status}`],
  },
  empty: {
    mood: 'plain',
    freshness: 'empty',
    isReached: ({ boneCount, unread }) => boneCount === 0 && unread.length === 0,
    faults: ({ emptyCount, status }) => [
      emptyCount === 0 && 'says nowhere that there is nothing',
      !status.includes('The ledger is empty') && `says ${status}`,
    ],
  },
} as const satisfies Readonly<Record<string, State>>;

export type OpenPages = ReadonlyMap<string, Page>;

/** A state of an API that answers, whatever: all pages are in it at once. @returns what is wrong, a line for each fault */
export async function faultsIn(state: State, api: MoodyApi, pages: OpenPages, isForAll: boolean): Promise<string[]> {
  api.change(state.mood);
  return (await Promise.all([...pages].map((each) => faultsOf(state, each, isForAll)))).flat();
}

/**
 * Opens pages in tabs, one behind the other since held requests hold the connections of all, each before there is an answer
 * and then while the API has gone; there they stay.
 */
export async function faultsWithoutAnswer(
  api: MoodyApi,
  pages: Map<string, Page>,
  tabs: BrowserContext,
  paths: readonly string[],
): Promise<string[]> {
  api.change('gone');
  const faults: string[] = [];
  for (const path of paths) {
    api.change('held', path);
    const page = await tabs.newPage();
    pages.set(path, page);
    await page.goto(`${api.url}${path}`);
    faults.push(...(await faultsOf(loading, [path, page], false)));
    api.change('gone');
    faults.push(...(await faultsOf(unreachable, [path, page], true)));
  }
  return faults;
}

/** @param isForAll whether it is also looked whether anybody is shut out */
async function faultsOf(state: State, [path, page]: readonly [string, Page], isForAll: boolean): Promise<string[]> {
  let seen = await page.evaluate<Seen>(LOOK);
  await until(async () => {
    seen = await page.evaluate<Seen>(LOOK);
    return seen.freshness === state.freshness && seen.heading !== '' && state.isReached(seen);
  });
  const found = [
    ...state.faults(seen),
    /\b(undefined|NaN|null|\[object)\b/.test(seen.text) && `shows ${seen.text}`,
    (await overflowPixels(page)) > 0 && 'is wider than its window',
    ...(isForAll ? await accessibilityFaults(page) : []),
  ];
  return found.filter((each) => each !== false).map((each) => `${path} ${each}`);
}
