/**
 * Every chart of the pages, and what the API says that its marks have to stand for. The record stands still, so that a
 * page and a question of our own see the same.
 * @module
 */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { VOTES_QUERY } from '../../dashboards/src/pages/governance/queries.ts';
import { CANDLES_QUERY, CURVE_QUERY, INDEX_QUERY } from '../../dashboards/src/pages/index/queries.ts';
import { MARKET_QUERY, MODEL_PRICES_QUERY } from '../../dashboards/src/pages/market/queries.ts';
import { POOL_PAST_QUERY, POOL_QUERY } from '../../dashboards/src/pages/pools/queries.ts';
import { PROVIDER_QUERY } from '../../dashboards/src/pages/providers/queries.ts';
import { FINALITY_QUERY } from '../../dashboards/src/pages/status/queries.ts';
import type {
  CandlesQuery,
  CurveQuery,
  FinalityQuery,
  IndexQuery,
  MarketQuery,
  ModelDaysQuery,
  PoolPastQuery,
  PoolQuery,
  ProviderQuery,
  VotesQuery,
} from '../../dashboards/src/queries.generated.ts';
import type { RunningApi } from '../api/start-api.ts';
import { answerOf, type Found } from './page-visits.ts';

/** A selector of marks, and their values in order. */
type Chart = readonly [marks: string, values: readonly (string | null)[]];
type ChartsOf = (api: RunningApi, found: Found) => Promise<readonly Chart[]>;

const DAY = 86_400;

/** By the name of the page; `null` values are gaps and have no mark. */
const chartsOf: Readonly<Record<string, ChartsOf>> = {
  index: async (api, found) => [...(await indexCharts(api, found)), ...(await curveCharts(api, found))],
  market: marketCharts,
  pool: poolCharts,
  async provider(api, { provider }) {
    const { providerEvidence } = await answerOf<ProviderQuery>(api, PROVIDER_QUERY, { address: provider });
    const pieces = providerEvidence.edges.map(({ node }) => node).toReversed();
    const scores = [pieces[0]?.scoreBefore, ...pieces.map(({ scoreAfter }) => scoreAfter)];
    return [['#history .line circle', scores.map(String)]];
  },
  async proposal(api, { proposalAddress }) {
    const { votes } = await answerOf<VotesQuery>(api, VOTES_QUERY, { proposal: proposalAddress, first: 50 });
    const cast = votes.edges.map(({ node }) => node).toReversed();
    // Votes of one minute make no line.
    if (Number(cast.at(-1)?.votedAt ?? 0) - Number(cast[0]?.votedAt ?? 0) <= 60) return [['#vote .line circle', []]];
    return [['#vote .line[data-mark=a] circle', cast.map(({ totals }) => totals.for)]];
  },
  async status(api) {
    const { blocks } = await answerOf<FinalityQuery>(api, FINALITY_QUERY);
    const shown = blocks.edges.map(({ node }) => node).toReversed();
    const times = (isFinal: boolean) =>
      shown.filter(({ isFinalized }) => isFinalized === isFinal).map(({ blockTime }) => blockTime);
    return [
      ['#finality .line[data-mark=a] circle', times(true)],
      ['#finality .line[data-mark=b] circle', times(false)],
    ];
  },
};

/** @returns how many values were compared */
export async function expectPlotted(page: Page, name: string, api: RunningApi, found: Found): Promise<number> {
  const charts = (await chartsOf[name]?.(api, found)) ?? [];
  for (const [marks, values] of charts) {
    // A part that has its answer may be drawn a moment after those that the page was waited for.
    await expect
      .poll(() => plotted(page, marks), { message: `${name}: ${marks}`, timeout: 10_000 })
      .toEqual(values.filter((value) => value !== null));
  }
  return charts.reduce((sum, [, values]) => sum + values.length, 0);
}

/** What every mark of a part stands for. */
export function plotted(page: Page, selector: string): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('${selector}')].map((mark) => mark.dataset.value)`);
}

/** The range that the page shows by itself: the day until the next five minutes. */
async function indexCharts(api: RunningApi, { model, blockTime }: Found): Promise<Chart[]> {
  const to = (Math.floor(blockTime / 300) + 1) * 300;
  const from = to - DAY;
  const hour = String(from - (from % 3_600));
  const range = { model, from: String(from), to: String(to) };
  const [prices, { index }] = await Promise.all([
    answerOf<CandlesQuery>(api, CANDLES_QUERY, { ...range, interval: 'MINUTES_5' }),
    answerOf<IndexQuery>(api, INDEX_QUERY, {
      ...{ ...range, bucketSeconds: 300 },
      ...{ rateFrom: hour, rateWindow: 'HOUR', watchFrom: hour, watchWindow: 'HOUR' },
    }),
  ]);
  const { candles } = prices.index ?? expect.fail('no prices');
  const { openInterest, referenceRates, surveillance } = index ?? expect.fail('no index');
  expect(candles.length).toBeGreaterThan(0);
  const volumes = candles.map((each) => String(BigInt(each.purchaseGpuSeconds) + BigInt(each.tradeGpuSeconds)));
  return [
    ['#candles .candles g[data-value]', candles.map((each) => [each.open, each.high, each.low, each.close].join(' '))],
    ['#candles .line circle', candles.map(({ close }) => close)],
    ['#candles .bars rect', volumes],
    ['#interest .line[data-mark=a] circle', openInterest.map(({ longSize }) => longSize)],
    ['#interest .line[data-mark=b] circle', openInterest.map(({ shortSize }) => shortSize)],
    ['#rates .line circle', referenceRates.map(({ rate }) => rate)],
    ['#surveillance .line[data-mark=a] circle', surveillance.map(({ premiumPpm }) => premiumPpm)],
    ['#surveillance .line[data-mark=b] circle', surveillance.map(({ washSharePpm }) => washSharePpm)],
    ['#surveillance .line[data-mark=c] circle', surveillance.map(({ largestSharePpm }) => String(largestSharePpm))],
  ];
}

export async function curveCharts(
  api: RunningApi,
  { model }: Pick<Found, 'model'>,
  settlement = 'AVERAGE',
  atSlot: string | null = null,
): Promise<Chart[]> {
  const { index } = await answerOf<CurveQuery>(api, CURVE_QUERY, { model, settlement, atSlot });
  const { nodes = [], tenors = [], spot = null } = index?.forwardCurve ?? {};
  if (nodes.length === 0) return [['#curve .nodes rect, #curve .line circle', []]];
  const forwards = tenors.flatMap(({ forward }) => (forward === null ? [] : [String(forward)]));
  return [
    ['#curve .nodes rect', nodes.map(({ mark }) => mark)],
    ['#curve .line circle', [...(spot === null ? [] : [spot.price]), ...forwards]],
  ];
}

async function marketCharts(api: RunningApi, { model, blockTime }: Found): Promise<Chart[]> {
  const to = blockTime - (blockTime % DAY) + DAY;
  const [{ offers }, { index }] = await Promise.all([
    answerOf<MarketQuery>(api, MARKET_QUERY, { model }),
    answerOf<ModelDaysQuery>(api, MODEL_PRICES_QUERY, { model, from: String(to - 30 * DAY), to: String(to) }),
  ]);
  const depths = offers?.offers.map(({ depthUnits }) => String(depthUnits)) ?? expect.fail('no book');
  const days = index?.dailyPrices ?? [];
  const shownDays = days.length > 1 ? days : [];
  return [
    ['#book .line circle', depths.length === 0 ? [] : ['0', '0', ...depths, depths.at(-1) ?? '']],
    ['#days .line[data-mark=a] circle', shownDays.map(({ median }) => median)],
    ['#days .line[data-mark=b] circle', shownDays.map(({ min }) => min)],
    ['#days .line[data-mark=c] circle', shownDays.map(({ max }) => max)],
  ];
}

async function poolCharts(api: RunningApi, { pool }: Found): Promise<Chart[]> {
  const { accruals } = await answerOf<PoolQuery>(api, POOL_QUERY, { address: pool, key: pool });
  const rewards = accruals.edges.map(({ node }) => JSON.parse(node.fields).total_rewards_transferred as string);
  const { _meta } = await answerOf<{ readonly _meta: { readonly slot: string } }>(api, '{ _meta { slot } }');
  const slots = Array.from({ length: 12 }, (_, index) => [
    `s${index}`,
    String((BigInt(_meta.slot) * BigInt(index + 1)) / 12n),
  ]);
  const past = await answerOf<PoolPastQuery>(api, POOL_PAST_QUERY, { address: pool, ...Object.fromEntries(slots) });
  const known = Object.values(past).filter((each) => each !== null);
  return [
    ['#accruals .bars rect', rewards.toReversed()],
    ['#past .columns > :nth-child(1) .line circle', known.map(({ totalStaked }) => totalStaked)],
    ['#past .columns > :nth-child(2) .line circle', known.map(({ sharePricePpb }) => sharePricePpb)],
  ];
}
