/**
 * What was paid: prices of purchases that count, by day for the chosen model, and of the newest day for every model.
 * @module
 */
import { useContext } from 'preact/hooks';
import { axisText } from '../../chart/axis-text.ts';
import { Line, rangeOf } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { HeadContext } from '../../live/head.ts';
import { type Live, NOTHING, shownData } from '../../live/live.ts';
import { useAnswers } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { ModelDaysQuery } from '../../queries.generated.ts';
import { asNumber, count, gpuHours, rounded, USDC_PRICE_DECIMALS } from '../../text/amount.ts';
import { isoTime } from '../../text/clock.ts';
import { MODEL_PRICES_QUERY } from './queries.ts';

type DayPrice = NonNullable<ModelDaysQuery['index']>['dailyPrices'][number];
type ModelPrice = DayPrice & { readonly model: number };

const DAY_SECONDS = 86_400;
const DAYS = 30;
const PLACES = 4;
/** Prices of a day change little from one block to the next, and these are many questions. */
const NEWEST_EVERY_MS = 30_000;

const dayOf = (start: string) => isoTime(start).slice(0, 10);

export function PriceSection({ model, models }: { model: number; models: readonly string[] | null }) {
  const { meta } = useContext(HeadContext);
  const range = rangeUntil(meta?.blockTime ?? null);
  const [ofModel = NOTHING] = useAnswers<ModelDaysQuery>(
    MODEL_PRICES_QUERY,
    range === null ? [] : [{ model, ...range }],
    {
      subject: String(model),
    },
  );
  const ofEach = useAnswers<ModelDaysQuery>(
    MODEL_PRICES_QUERY,
    range === null ? [] : (models ?? []).map((_, each) => ({ model: each, ...range })),
    { everyMs: NEWEST_EVERY_MS },
  );
  const isBeforeFirst = meta !== null && range === null;
  const data = shownData<ModelDaysQuery>(ofModel);
  const days = isBeforeFirst ? [] : data && (data.index?.dailyPrices ?? []);
  const newest = isBeforeFirst ? [] : models && newestOf(ofEach);
  return (
    <div class="columns">
      <Panel
        id="days"
        title={`Prices of ${models?.[model] ?? 'the model'} by day`}
        note="Purchases that count, in UTC; USDC per GPU-hour"
        isCurrent={ofModel.isCurrent || days === null}
      >
        <Unread live={ofModel} what="Prices" />
        {days !== null && days.length > 1 && <DayChart days={days} />}
        <DataTable
          caption="Prices by day, newest first"
          rows={days?.toReversed() ?? null}
          keyOf={({ start }) => start}
          emptyText="No purchase of this model counted in the last 30 days."
          columns={[{ header: 'Day', cell: ({ start }) => dayOf(start) }, ...priceColumns<DayPrice>()]}
        />
      </Panel>
      <Panel id="models" title="Prices by model" note="Of the newest day with purchases; USDC per GPU-hour">
        {ofEach
          .filter(({ failure }) => failure !== null)
          .slice(0, 1)
          .map((live) => (
            <Unread key="unread" live={live} what="Prices of a model" />
          ))}
        <DataTable
          caption="Prices by model"
          rows={newest}
          keyOf={(each) => String(each.model)}
          emptyText="Nothing was purchased in the last 30 days."
          columns={[
            {
              header: 'Model',
              cell: (each) => (
                <a href={`/index?model=${each.model}`}>{models?.[each.model] ?? `Model ${each.model}`}</a>
              ),
              sortBy: (each) => models?.[each.model] ?? '',
            },
            { header: 'Day', cell: ({ start }) => dayOf(start) },
            ...priceColumns<ModelPrice>(),
          ]}
        />
      </Panel>
    </div>
  );
}

/**
 * The newest day of every model. All at once would be the heaviest question of the dashboard. `null` until the first price,
 * or until it is known that there is none: that is known of all models or of none.
 */
function newestOf(lives: readonly Live<ModelDaysQuery>[]): readonly ModelPrice[] | null {
  const prices = lives.flatMap(({ answer }, model) => {
    const price = answer?.data.index?.dailyPrices.at(-1);
    return price === undefined ? [] : [{ ...price, model }];
  });
  return prices.length > 0 || lives.every(({ answer }) => answer !== null) ? prices : null;
}

/** Whole days; `null` before the first block. */
function rangeUntil(blockTime: string | null): { readonly from: string; readonly to: string } | null {
  if (blockTime === null) return null;
  const now = Number(blockTime);
  const to = now - (now % DAY_SECONDS) + DAY_SECONDS;
  return { from: String(to - DAYS * DAY_SECONDS), to: String(to) };
}

function priceColumns<Row extends DayPrice>() {
  const names = ['min', 'mean', 'median', 'max'] as const;
  return [
    ...names.map((name) => ({
      header: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      isNumber: true,
      cell: (row: Row) => (
        <AmountText value={row[name]} decimals={USDC_PRICE_DECIMALS} unit="USDC" places={PLACES} isPadded />
      ),
      sortBy: (row: Row) => BigInt(row[name]),
    })),
    {
      header: 'GPU-hours',
      isNumber: true,
      cell: (row: Row) => <span title={`${count(row.purchaseCount)} purchases`}>{gpuHours(row.gpuSeconds)}</span>,
      sortBy: (row: Row) => BigInt(row.gpuSeconds),
    },
  ];
}

function DayChart({ days }: { days: readonly DayPrice[] }) {
  const series = [
    { name: 'median', mark: 'a' },
    { name: 'min', mark: 'b' },
    { name: 'max', mark: 'c' },
  ] as const;
  const position = (value: string) => asNumber(value, USDC_PRICE_DECIMALS);
  const { low, high } = rangeOf(days.flatMap(({ min, max }) => [position(min), position(max)]));
  return (
    <Plot
      label="Prices by day"
      height={160}
      x={{ from: Number(days[0]?.start), to: Number(days.at(-1)?.start) + 1, kind: 'time' }}
      y={{ low, high, text: axisText(high - low) }}
      picks={days.map((day) => ({
        x: Number(day.start),
        title: dayOf(day.start),
        values: series.map(({ name, mark }) => ({ name, mark, text: rounded(day[name], USDC_PRICE_DECIMALS, PLACES) })),
      }))}
    >
      {(scales) =>
        series.map(({ name, mark }) => (
          <Line
            key={name}
            scales={scales}
            mark={mark}
            hasDots
            points={days.map((day) => ({ x: Number(day.start), y: position(day[name]), exact: day[name] }))}
          />
        ))
      }
    </Plot>
  );
}
