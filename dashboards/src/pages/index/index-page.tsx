/**
 * The price of a GPU model: the on-chain index as candles, the reference rate beside it, what speaks against either, and
 * the forward curve at any moment.
 * @module
 */
import { useContext } from 'preact/hooks';
import { type TimeRange, TimeRangeControls, useTimeRange } from '../../chart/time-range.tsx';
import { HeadContext } from '../../live/head.ts';
import { shownData } from '../../live/live.ts';
import { useAnswer } from '../../live/use-live.ts';
import { Figure, Figures } from '../../parts/figures.tsx';
import { SlotLink } from '../../parts/links.tsx';
import { ModelChoice, useModel } from '../../parts/model-choice.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { CandlesQuery, IndexQuery } from '../../queries.generated.ts';
import {
  gpuHours,
  INFER_PRICE_DECIMALS,
  percentOfPpm,
  rounded,
  tokens,
  USDC_PRICE_DECIMALS,
} from '../../text/amount.ts';
import { CandleSection } from './candle-section.tsx';
import { CurveSection } from './curve-section.tsx';
import { InterestSection } from './interest-section.tsx';
import type { Market, Prices } from './market.ts';
import { CANDLES_QUERY, INDEX_QUERY } from './queries.ts';
import { candleVariablesOf, filledPart, indexRangeOf, indexRanges, USUAL_RANGE, variablesOf } from './ranges.ts';
import { RateSection } from './rate-section.tsx';
import { WatchSection } from './watch-section.tsx';

export function IndexPage() {
  const model = useModel();
  const { meta } = useContext(HeadContext);
  const range = useTimeRange(indexRanges, USUAL_RANGE, (length) => indexRangeOf(length.name).candleSeconds);
  return (
    <>
      {range === null ? (
        <>
          <PageHead title="Index" note="What a GPU-hour costs" />
          <Panel id="candles" title="On-chain index">
            {meta === null ? (
              <span class="bone tall" />
            ) : (
              <p class="nothing">Prices are shown as soon as there is a first block.</p>
            )}
          </Panel>
        </>
      ) : (
        <IndexOf model={model} range={range} />
      )}
    </>
  );
}

function IndexOf({ model, range }: { model: number; range: TimeRange }) {
  // Its end moves with the head, and what is of the range before is of this one too.
  const subject = `${model}/${range.length.name}`;
  const candles = useAnswer<CandlesQuery>(CANDLES_QUERY, candleVariablesOf(model, range), { subject });
  const live = useAnswer<IndexQuery>(INDEX_QUERY, variablesOf(model, range), { subject });
  const data = candles.answer?.data ?? null;
  const shown = shownData(candles);
  const prices = shown?.index ?? null;
  const market = shownData(live)?.index ?? null;
  const names = data?.marketplace?.models ?? [];
  const name = names[model] ?? `Model ${model}`;
  const windows = indexRangeOf(range.length.name);
  const starts = [...(prices?.candles ?? []), ...(market?.openInterest ?? [])].map(({ start }) => start);
  const filled = filledPart(range, starts.toSorted(), windows.candleSeconds);
  const isMissing = shown !== null && (prices === null || prices.price === null);
  return (
    <>
      <PageHead title="Index" note={`What a GPU-hour of ${name} costs`}>
        <ModelChoice model={model} names={names} />
        <TimeRangeControls lengths={indexRanges} range={range} />
      </PageHead>
      <Unread live={candles} what="Prices" />
      <Unread live={live} what="Rates and positions" />
      {isMissing ? (
        <p class="panel nothing">
          {name} has no index: nothing of it has been traded or sold yet. Choose another model.
        </p>
      ) : (
        <>
          <Now prices={prices} market={market} />
          <CandleSection
            prices={prices}
            range={filled}
            isPart={filled !== range}
            candleSeconds={windows.candleSeconds}
            isCurrent={candles.isCurrent}
          />
          <RateSection market={market} range={range} window={windows.rateWindow} model={model} />
          <WatchSection market={market} range={range} window={windows.watchWindow} />
          <InterestSection market={market} range={filled} />
          <CurveSection model={model} key={String(model)} />
        </>
      )}
    </>
  );
}

function Now({ prices, market }: { prices: Prices | null; market: Market | null }) {
  const rate = market?.referenceRates.at(-1) ?? null;
  const premium = market?.surveillance.findLast(({ premiumPpm }) => premiumPpm !== null)?.premiumPpm ?? null;
  return (
    <section class="panel" aria-label="Now">
      <Figures>
        <Price
          id="index"
          name="On-chain index"
          value={prices?.price ?? null}
          decimals={INFER_PRICE_DECIMALS}
          unit="INFER"
        />
        <Price
          id="anchor"
          name="Without open positions"
          value={prices?.anchor ?? null}
          decimals={INFER_PRICE_DECIMALS}
          unit="INFER"
        />
        <Price
          id="rate"
          name="Reference rate"
          value={rate?.rate ?? null}
          decimals={USDC_PRICE_DECIMALS}
          unit="USDC"
          {...(rate?.rate === null ? { absence: 'too few buyers' } : {})}
        />
        <Figure
          id="premium"
          name="Index over rate"
          value={premium === null ? '–' : percentOfPpm(premium)}
          {...(premium === null ? {} : { exact: premium })}
        />
        <Figure
          id="long"
          name="Held long"
          value={prices ? gpuHours(prices.longSize) : '–'}
          unit="GPU-h"
          {...(prices ? { exact: prices.longSize } : {})}
        />
        <Figure
          id="short"
          name="Held short"
          value={prices ? gpuHours(prices.shortSize) : '–'}
          unit="GPU-h"
          {...(prices ? { exact: prices.shortSize } : {})}
        />
      </Figures>
      {prices?.price != null && (
        <p class="quiet">
          The index is of block <SlotLink slot={prices.slot} />; the rate is of the newest hour or day below.
        </p>
      )}
    </section>
  );
}

interface PriceProps {
  readonly id: string;
  readonly name: string;
  readonly value: string | null;
  readonly decimals: number;
  readonly unit: string;
  /** Why there is none. */
  readonly absence?: string;
}

function Price({ id, name, value, decimals, unit, absence = '' }: PriceProps) {
  if (value === null) return <Figure id={id} name={name} value="–" unit={absence} />;
  return (
    <Figure
      id={id}
      name={name}
      value={rounded(value, decimals, 4)}
      unit={unit}
      exact={`${tokens(value, decimals)} ${unit} per GPU-hour`}
    />
  );
}
