/**
 * What was paid: prices of purchases that count, by day for the chosen model, and of the newest day for every model.
 * @module
 */
import { useContext, useEffect, useState } from 'preact/hooks';
import { axisText } from '../../chart/axis-text.ts';
import { Line, rangeOf } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { ask } from '../../live/ask.ts';
import { HeadContext } from '../../live/head.ts';
import { useAnswer } from '../../live/use-live.ts';
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
/** Until a question that failed is asked again. */
const RESPITE_MS = 4_000;

const dayOf = (start: string) => isoTime(start).slice(0, 10);

export function PriceSection({ model, models }: { model: number; models: readonly string[] | null }) {
  const { meta } = useContext(HeadContext);
  if (meta?.blockTime == null) return null;
  const now = Number(meta.blockTime);
  const to = now - (now % DAY_SECONDS) + DAY_SECONDS;
  return <Prices model={model} models={models} from={String(to - DAYS * DAY_SECONDS)} to={String(to)} />;
}

function Prices(props: { model: number; models: readonly string[] | null; from: string; to: string }) {
  const { model, models, from, to } = props;
  const ofModel = useAnswer<ModelDaysQuery>(MODEL_PRICES_QUERY, { model, from, to });
  const newest = useNewestPrices(models?.length ?? null, from, to);
  const days = ofModel.answer?.data.index?.dailyPrices ?? null;
  return (
    <div class="columns">
      <Panel
        id="days"
        title={`Prices of ${models?.[model] ?? 'the model'} by day`}
        note="Purchases that count, in UTC; USDC per GPU-hour"
        isCurrent={ofModel.isCurrent}
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
 * The newest day of every model, one question after the other, when the page is opened: all at once would be the heaviest
 * question of the dashboard. `null` until the first price, or until it is known that there is none; a model that could not
 * be read is asked for again.
 */
function useNewestPrices(modelCount: number | null, from: string, to: string): readonly ModelPrice[] | null {
  const [prices, setPrices] = useState<readonly ModelPrice[] | null>(null);
  useEffect(() => {
    let isOver = false;
    const askAll = async () => {
      const found: ModelPrice[] = [];
      for (let model = 0; modelCount !== null && model < modelCount && !isOver; ) {
        const answer = await ask<ModelDaysQuery>(MODEL_PRICES_QUERY, { model, from, to }).catch(() => null);
        if (answer === null) {
          await new Promise((resolve) => setTimeout(resolve, RESPITE_MS));
          continue;
        }
        const price = answer.data.index?.dailyPrices.at(-1);
        if (price !== undefined) found.push({ ...price, model });
        model += 1;
        const isWhole = model === modelCount;
        // That there is none is known of all models or of none; what was found for the day before stays until as much is.
        if (!isOver && (found.length > 0 || isWhole))
          setPrices((last) => (isWhole || last === null || found.length >= last.length ? [...found] : last));
      }
    };
    if (modelCount === 0) setPrices([]);
    void askAll();
    return () => {
      isOver = true;
    };
  }, [modelCount, from, to]);
  return prices;
}

function priceColumns<Row extends DayPrice>() {
  const names = ['min', 'mean', 'median', 'max'] as const;
  return [
    ...names.map((name) => ({
      header: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      isNumber: true,
      cell: (row: Row) => <AmountText value={row[name]} decimals={USDC_PRICE_DECIMALS} unit="USDC" places={PLACES} />,
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
