/**
 * The on-chain index as candles, with the GPU-hours that moved it below.
 * @module
 */
import { axisText } from '../../chart/axis-text.ts';
import { ChartTable } from '../../chart/chart-table.tsx';
import { Bars, Candles, Line, rangeOf } from '../../chart/marks.tsx';
import { type Pick, Plot } from '../../chart/plot.tsx';
import type { TimeRange } from '../../chart/time-range.tsx';
import { AmountText } from '../../parts/amount-text.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { asNumber, count, gpuHours, INFER_PRICE_DECIMALS, rounded } from '../../text/amount.ts';
import { dayAndTime } from '../../text/clock.ts';
import type { Prices } from './market.ts';

type Candle = Prices['candles'][number];

const PLACES = 4;
const HOUR_SECONDS = 3_600;
const VOLUME_HEIGHT = 90;

const price = (value: string) => rounded(value, INFER_PRICE_DECIMALS, PLACES);
const position = (value: string) => asNumber(value, INFER_PRICE_DECIMALS);
const volumeOf = ({ purchaseGpuSeconds, tradeGpuSeconds }: Candle) =>
  String(BigInt(purchaseGpuSeconds) + BigInt(tradeGpuSeconds));

interface CandleSectionProps {
  readonly prices: Prices | null;
  readonly range: TimeRange;
  /** Whether a longer range was asked for, in which there was nothing before. */
  readonly isPart: boolean;
  readonly candleSeconds: number;
  readonly isCurrent: boolean;
}

export function CandleSection({ prices, range, isPart, candleSeconds, isCurrent }: CandleSectionProps) {
  const candles = prices?.candles ?? null;
  return (
    <Panel
      id="candles"
      title="On-chain index"
      note={`Moved by its own market; INFER per GPU-hour. Hollow candles rose, solid ones fell${isPart ? '. Shown from the first price of the range on' : ''}`}
      isCurrent={isCurrent}
    >
      {candles === null && <span class="bone tall" />}
      {candles?.length === 0 && (
        <p class="nothing">Nobody traded or bought in this range. Earlier ranges may have prices.</p>
      )}
      {candles !== null && candles.length > 0 && (
        <>
          <PriceChart candles={candles} range={range} candleSeconds={candleSeconds} />
          <VolumeChart candles={candles} range={range} candleSeconds={candleSeconds} />
          <CandleTable candles={candles} />
        </>
      )}
    </Panel>
  );
}

interface ChartProps {
  readonly candles: readonly Candle[];
  readonly range: TimeRange;
  readonly candleSeconds: number;
}

function PriceChart({ candles, range, candleSeconds }: ChartProps) {
  const { low, high } = rangeOf(candles.flatMap((each) => [position(each.low), position(each.high)]));
  return (
    <Plot
      label="On-chain index"
      height={300}
      x={{ from: range.from, to: range.to, kind: 'time' }}
      y={{ low, high, text: axisText(high - low) }}
      picks={candles.map((each) => pickOf(each, candleSeconds))}
    >
      {(scales) => (
        <>
          <Line scales={scales} mark="d" isStep points={closesOf(candles, candleSeconds)} />
          <Candles
            scales={scales}
            intervalSeconds={candleSeconds}
            candles={candles.map((each) => ({
              ...{ start: Number(each.start), open: position(each.open), high: position(each.high) },
              ...{ low: position(each.low), close: position(each.close) },
              exact: [each.open, each.high, each.low, each.close].join(' '),
            }))}
          />
        </>
      )}
    </Plot>
  );
}

/** The price stands where the last candle left it until the next begins. */
function closesOf(candles: readonly Candle[], candleSeconds: number) {
  return candles.map(({ start, close }) => ({
    x: Number(start) + candleSeconds / 2,
    y: position(close),
    exact: close,
  }));
}

function pickOf(candle: Candle, candleSeconds: number): Pick {
  const names = ['open', 'high', 'low', 'close'] as const;
  return {
    x: Number(candle.start) + candleSeconds / 2,
    title: dayAndTime(candle.start),
    values: [
      ...names.map((name) => ({ name, text: price(candle[name]) })),
      { name: 'volume', text: `${gpuHours(volumeOf(candle))} GPU-h` },
    ],
  };
}

function VolumeChart({ candles, range, candleSeconds }: ChartProps) {
  const hours = (gpuSeconds: string) => Number(BigInt(gpuSeconds)) / HOUR_SECONDS;
  const most = Math.max(...candles.map((each) => hours(volumeOf(each))));
  return (
    <Plot
      label="Volume"
      height={VOLUME_HEIGHT}
      x={{ from: range.from, to: range.to, kind: 'time' }}
      y={{ low: 0, high: most, text: axisText(most) }}
      picks={candles.map((each) => ({
        x: Number(each.start) + candleSeconds / 2,
        title: dayAndTime(each.start),
        values: [
          { name: 'GPU-hours sold', text: gpuHours(each.purchaseGpuSeconds) },
          { name: 'GPU-hours traded', text: gpuHours(each.tradeGpuSeconds) },
        ],
      }))}
    >
      {(scales) => (
        <Bars
          scales={scales}
          mark="d"
          bars={candles.map((each) => ({
            from: Number(each.start),
            to: Number(each.start) + candleSeconds,
            y: hours(volumeOf(each)),
            exact: volumeOf(each),
          }))}
        />
      )}
    </Plot>
  );
}

function CandleTable({ candles }: { candles: readonly Candle[] }) {
  const amount = (value: string | null) =>
    value === null ? (
      '–'
    ) : (
      <AmountText value={value} decimals={INFER_PRICE_DECIMALS} unit="INFER" places={PLACES} isPadded />
    );
  return (
    <ChartTable
      caption="Candles of the on-chain index, oldest first, INFER per GPU-hour"
      rows={candles}
      keyOf={(each) => each.start}
      columns={[
        { header: 'From', cell: (each) => <Moment at={each.start} />, sortBy: (each) => BigInt(each.start) },
        ...(['open', 'high', 'low', 'close'] as const).map((name) => ({
          header: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
          isNumber: true,
          cell: (each: Candle) => amount(each[name]),
          sortBy: (each: Candle) => BigInt(each[name]),
        })),
        { header: 'VWAP', isNumber: true, cell: (each) => amount(each.vwap) },
        { header: 'TWAP', isNumber: true, cell: (each) => amount(each.twap) },
        {
          header: 'Ticks',
          isNumber: true,
          cell: (each) => count(each.tickCount),
          sortBy: (each) => BigInt(each.tickCount),
        },
        {
          header: 'Sold, GPU-h',
          isNumber: true,
          cell: (each) => gpuHours(each.purchaseGpuSeconds),
          sortBy: (each) => BigInt(each.purchaseGpuSeconds),
        },
        {
          header: 'Traded, GPU-h',
          isNumber: true,
          cell: (each) => gpuHours(each.tradeGpuSeconds),
          sortBy: (each) => BigInt(each.tradeGpuSeconds),
        },
      ]}
    />
  );
}
