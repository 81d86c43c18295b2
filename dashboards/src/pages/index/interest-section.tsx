/**
 * Open interest of the perpetual market over time.
 * @module
 */
import { axisText } from '../../chart/axis-text.ts';
import { ChartTable } from '../../chart/chart-table.tsx';
import { Line } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import type { TimeRange } from '../../chart/time-range.tsx';
import { AmountText } from '../../parts/amount-text.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { gpuHours, INFER_PRICE_DECIMALS } from '../../text/amount.ts';
import { dayAndTime } from '../../text/clock.ts';
import type { Market } from './market.ts';

type InterestPoint = Market['openInterest'][number];

const HOUR_SECONDS = 3_600;

const hours = (gpuSeconds: string) => Number(BigInt(gpuSeconds)) / HOUR_SECONDS;

export function InterestSection({ market, range }: { market: Market | null; range: TimeRange }) {
  const points = market?.openInterest ?? null;
  const most = Math.max(1, ...(points ?? []).flatMap((each) => [hours(each.longSize), hours(each.shortSize)]));
  const series = [
    { name: 'long', mark: 'a', of: (each: InterestPoint) => each.longSize },
    { name: 'short', mark: 'b', of: (each: InterestPoint) => each.shortSize },
  ] as const;
  return (
    <Panel id="interest" title="Open interest" note="Perpetual positions, GPU-hours">
      {points === null && <span class="bone tall" />}
      {points?.length === 0 && <p class="nothing">No position was opened or closed in this range.</p>}
      {points !== null && points.length > 0 && (
        <>
          <Plot
            label="Open interest in GPU-hours"
            height={180}
            x={{ from: range.from, to: range.to, kind: 'time' }}
            y={{ low: 0, high: most, text: axisText(most) }}
            picks={points.map((each) => ({
              x: Number(each.start),
              title: dayAndTime(each.start),
              values: series.map(({ name, mark, of }) => ({ name, mark, text: `${gpuHours(of(each))} GPU-h` })),
            }))}
          >
            {(scales) =>
              series.map(({ name, mark, of }) => (
                <Line
                  key={name}
                  scales={scales}
                  mark={mark}
                  isStep
                  points={points.map((each) => ({ x: Number(each.start), y: hours(of(each)), exact: of(each) }))}
                />
              ))
            }
          </Plot>
          <ChartTable
            caption="Open interest over time, oldest first"
            rows={points}
            keyOf={(each) => each.start}
            columns={[
              { header: 'From', cell: (each) => <Moment at={each.start} /> },
              {
                header: 'Long, GPU-h',
                isNumber: true,
                cell: (each) => gpuHours(each.longSize),
                sortBy: (each) => BigInt(each.longSize),
              },
              {
                header: 'Short, GPU-h',
                isNumber: true,
                cell: (each) => gpuHours(each.shortSize),
                sortBy: (each) => BigInt(each.shortSize),
              },
              {
                header: 'Mark, INFER',
                isNumber: true,
                cell: (each) => (
                  <AmountText value={each.mark} decimals={INFER_PRICE_DECIMALS} unit="INFER" places={4} />
                ),
              },
            ]}
          />
        </>
      )}
    </Panel>
  );
}
