/**
 * The price of a GPU model: the on-chain index as candles, the reference rate beside it, what speaks against either, and
 * the forward curve at any moment.
 * @module
 */
import { TimeRangeControls, useTimeRange } from '../../chart/time-range.tsx';
import { useAnswer } from '../../live/use-live.ts';
import { Figure, Figures } from '../../parts/figures.tsx';
import { ModelChoice, useModel } from '../../parts/model-choice.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { IndexQuery } from '../../queries.generated.ts';
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
import type { Market } from './market.ts';
import { INDEX_QUERY } from './queries.ts';
import { filledPart, indexRangeOf, indexRanges, variablesOf } from './ranges.ts';
import { RateSection } from './rate-section.tsx';
import { WatchSection } from './watch-section.tsx';

const USUAL_RANGE = '1 d';

export function IndexPage() {
  const model = useModel();
  const range = useTimeRange(indexRanges, USUAL_RANGE, (length) => indexRangeOf(length).candleSeconds);
  return (
    <>
      {range === null ? (
        <>
          <PageHead title="Index" note="What a GPU-hour costs" />
          <Panel id="candles" title="On-chain index">
            <p class="nothing">Prices are shown as soon as there is a first block.</p>
          </Panel>
        </>
      ) : (
        <IndexOf model={model} range={range} />
      )}
    </>
  );
}

function IndexOf({ model, range }: { model: number; range: NonNullable<ReturnType<typeof useTimeRange>> }) {
  const live = useAnswer<IndexQuery>(INDEX_QUERY, variablesOf(model, range));
  const data = live.answer?.data ?? null;
  const market = data === null ? null : data.index;
  const name = data?.marketplace?.models[model] ?? `Model ${model}`;
  const windows = indexRangeOf(range.length);
  const starts = [...(market?.candles ?? []), ...(market?.openInterest ?? [])].map(({ start }) => start);
  const filled = filledPart(range, starts.toSorted(), windows.candleSeconds);
  const isMissing = data !== null && (market === null || market.price === null);
  return (
    <>
      <PageHead title="Index" note={`What a GPU-hour of ${name} costs`}>
        <ModelChoice model={model} names={data?.marketplace?.models ?? []} />
        <TimeRangeControls lengths={indexRanges} range={range} />
      </PageHead>
      <Unread live={live} what="Prices" />
      {isMissing ? (
        <p class="panel nothing">
          {name} has no index: nothing of it has been traded or sold yet. Choose another model.
        </p>
      ) : (
        <>
          <Now market={market} />
          <CandleSection
            market={market}
            range={filled}
            isPart={filled !== range}
            candleSeconds={windows.candleSeconds}
            isCurrent={live.isCurrent}
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

function Now({ market }: { market: Market | null }) {
  const rate = market?.referenceRates.at(-1) ?? null;
  const premium = market?.surveillance.findLast(({ premiumPpm }) => premiumPpm !== null)?.premiumPpm ?? null;
  return (
    <section class="panel" aria-label="Now">
      <Figures>
        <Price
          id="index"
          name="On-chain index"
          value={market?.price ?? null}
          decimals={INFER_PRICE_DECIMALS}
          unit="INFER"
        />
        <Price
          id="anchor"
          name="Without open positions"
          value={market?.anchor ?? null}
          decimals={INFER_PRICE_DECIMALS}
          unit="INFER"
        />
        <Price id="rate" name="Reference rate" value={rate?.rate ?? null} decimals={USDC_PRICE_DECIMALS} unit="USDC" />
        <Figure
          id="premium"
          name="Index over rate"
          value={premium === null ? '–' : percentOfPpm(premium)}
          {...(premium === null ? {} : { exact: premium })}
        />
        <Figure
          id="long"
          name="Held long"
          value={market ? gpuHours(market.longSize) : '–'}
          unit="GPU-h"
          {...(market ? { exact: market.longSize } : {})}
        />
        <Figure
          id="short"
          name="Held short"
          value={market ? gpuHours(market.shortSize) : '–'}
          unit="GPU-h"
          {...(market ? { exact: market.shortSize } : {})}
        />
      </Figures>
    </section>
  );
}

function Price(props: { id: string; name: string; value: string | null; decimals: number; unit: string }) {
  const { id, name, value, decimals, unit } = props;
  if (value === null) return <Figure id={id} name={name} value="–" />;
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
