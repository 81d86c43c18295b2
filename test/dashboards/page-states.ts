/**
 * What every page shows while it has nothing, or nothing new, to show: each state at once on pages that stand beside each
 * other, so that the waits of one are those of all.
 * @module
 */
import type { BrowserContext, Page } from 'playwright-core';
import { accessibilityFaults, overflowPixels } from './browser.ts';
import { FAILURE_ID, type Mood, type MoodyApi, REFUSAL } from './moody-api.ts';
import { until } from './page-visits.ts';

const NOBODY = '11111111111111111111111111111111';

/** Every page, those of one thing too. */
export const paths = [
  ...['/', '/index', '/market', '/providers', '/rewards', '/pools', '/governance', '/explorer', '/status'],
  ...[`/providers/${NOBODY}`, '/rewards/1', `/pools/${NOBODY}`, '/governance/1', `/wallet/${NOBODY}`],
  ...[`/explorer/${'1'.repeat(64)}`, '/explorer/block/7', `/explorer/account/${NOBODY}`],
];

/** Pages stand in these in turn: every state is seen in both themes at both widths. */
const looks = [
  ['light', 1_280],
  ['dark', 390],
  ['dark', 1_280],
  ['light', 390],
] as const;
type Look = (typeof looks)[number];

/** What is looked at once a page has come to rest: its width as it stands, whether it shuts anybody out too, or both in every look. */
type Care = 'width' | 'everybody' | 'every look';
/** By the place of the page among those that are in a state at once. */
type CareOf = (index: number) => Care;

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
  readonly valueCount: number;
}

const LOOK = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent);
  return {
    freshness: document.querySelector('[data-freshness]')?.dataset.freshness ?? '',
    heading: all('main h1').join(), status: all('main > [role=status]').join(), text: all('main').join(), unread: all('.unread'),
    boneCount: all('main .bone, main [aria-busy=true]').length, emptyCount: all('main .empty, main .nothing').length,
    valueCount: all('main tr[data-row], main .facts dd').length,
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
/** States of an API that answers, of pages that have no answer yet. */
export const states = {
  refused: {
    mood: 'refusing',
    freshness: 'unreachable',
    isReached: ({ status, boneCount }) => status.includes(REFUSAL) && boneCount > 0,
    faults: ({ emptyCount, unread, status }) => [
      emptyCount > 0 && 'says that there is nothing though it was not told',
      unread.length > 0 && 'says part by part what is said once for all',
      status.includes('does not answer') && `says ${status}`,
    ],
  },
  failing: {
    mood: 'failing',
    freshness: 'live',
    isReached: ({ unread }) => unread.length > 0 && !unread.join().includes(REFUSAL),
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
    faults: ({ emptyCount, status, text }) => [
      emptyCount === 0 && 'says nowhere that there is nothing',
      !status.includes('The ledger is empty') && `says ${status}`,
      /There is no|has this (address|signature)/.test(text) && 'says of one thing that it is not there',
    ],
  },
} as const satisfies Readonly<Record<string, State>>;

/** States that pages come to which had their answers: what they had stays. */
const keptStates: readonly State[] = [
  {
    mood: 'failing',
    freshness: 'live',
    isReached: ({ unread }) => unread.length > 0,
    faults: (seen) => [
      ...lost(seen),
      seen.unread.some((each) => !each.includes('; shown is the last answer.')) && seen.unread.join(),
    ],
  },
  {
    mood: 'gone',
    freshness: 'unreachable',
    isReached: ({ status }) => status !== '',
    faults: (seen) => [
      ...lost(seen),
      !/does not answer.*Shown is what it said at \d\d:\d\d:\d\d/.test(seen.status) && `says ${seen.status}`,
    ],
  },
];
const lost = ({ boneCount, valueCount }: Seen) => [
  boneCount > 0 && 'waits for what it had',
  valueCount === 0 && 'no longer shows what it had',
];

export type OpenPages = ReadonlyMap<string, Page>;

/** A state of an API that answers, whatever: all pages are in it at once. @returns what is wrong, a line for each fault */
export async function faultsIn(state: State, api: MoodyApi, pages: OpenPages, careOf: CareOf): Promise<string[]> {
  api.change(state.mood);
  return (await Promise.all([...pages].map((each, index) => faultsOf(state, each, careOf(index))))).flat();
}

/** Pages that have their answers, when the API fails and when it goes. */
export async function faultsOfKept(api: MoodyApi, pages: OpenPages, careOf: CareOf): Promise<string[]> {
  for (const [index, page] of [...pages.values()].entries()) await dress(page, lookAt(index));
  const faults: string[] = [];
  for (const state of keptStates) faults.push(...(await faultsIn(state, api, pages, careOf)));
  return faults;
}

/**
 * Opens pages in tabs, one behind the other since held requests hold the connections of all, each before there is an answer
 * and then while the API has gone; there they stay.
 */
export async function faultsWithoutAnswer(
  api: MoodyApi,
  pages: Map<string, Page>,
  tabs: BrowserContext,
  careOf: CareOf,
): Promise<string[]> {
  api.change('gone');
  const faults: string[] = [];
  for (const [index, path] of paths.entries()) {
    api.change('held', path);
    const page = await tabs.newPage();
    await dress(page, lookAt(index));
    pages.set(path, page);
    await page.goto(`${api.url}${path}`);
    faults.push(...(await faultsOf(loading, [path, page], 'width')));
    api.change('gone');
    faults.push(...(await faultsOf(unreachable, [path, page], careOf(index))));
  }
  return faults;
}

async function faultsOf(state: State, [path, page]: readonly [string, Page], care: Care): Promise<string[]> {
  let seen = await page.evaluate<Seen>(LOOK);
  await until(async () => {
    seen = await page.evaluate<Seen>(LOOK);
    return seen.freshness === state.freshness && seen.heading !== '' && state.isReached(seen);
  });
  const found = [
    ...state.faults(seen),
    /\b(undefined|NaN|null|\[object)\b/.test(seen.text) && `shows ${seen.text}`,
    ...(await faultsToEye(page, care)),
  ];
  return found.filter((each) => each !== false).map((each) => `${path} ${each}`);
}

async function faultsToEye(page: Page, care: Care): Promise<string[]> {
  if (care === 'every look') {
    const faults: string[] = [];
    for (const look of looks) {
      await dress(page, look);
      faults.push(...(await faultsToEye(page, 'everybody')).map((each) => `${look.join(' ')}: ${each}`));
    }
    return faults;
  }
  const width = (await overflowPixels(page)) > 0 ? ['is wider than its window'] : [];
  return care === 'width' ? width : [...width, ...(await accessibilityFaults(page))];
}

function lookAt(index: number): Look {
  return looks[index % looks.length] ?? looks[0];
}

async function dress(page: Page, [colorScheme, width]: Look): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
}
