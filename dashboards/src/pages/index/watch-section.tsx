/**
 * Surveillance: how far index and rate are apart, how much of the volume is somebody's own, how few buyers it has, and
 * what moving the index by a hundredth costs.
 * @module
 */
import { axisText } from '../../chart/axis-text.ts';
import { Line, rangeOf, withGaps } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import type { TimeRange } from '../../chart/time-range.tsx';
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import type { RateWindow } from '../../queries.generated.ts';
import { asNumber, INFER_DECIMALS, percentOfPpm, tokens } from '../../text/amount.ts';
import { dayAndTime } from '../../text/clock.ts';
import type { Market } from './market.ts';
import { secondsOf } from './ranges.ts';

type Watched = Market['surveillance'][number];

const PERCENT_DECIMALS = 4;

const percentNumber = (ppm: string | number | null) => (ppm === null ? null : asNumber(String(ppm), PERCENT_DECIMALS));

export function WatchSection(props: { market: Market | null; range: TimeRange; window: RateWindow }) {
  const { market, range, window } = props;
  const watched = market?.surveillance ?? null;
  return (
    <Panel id="surveillance" title="Surveillance" note="How far the prices of finished windows can be relied on">
      {watched !== null && watched.length > 0 && (
        <WatchChart watched={watched} range={range} seconds={secondsOf(window)} />
      )}
      <DataTable
        caption="Surveillance of finished windows, newest first"
        rows={watched?.toReversed() ?? null}
        keyOf={(each) => each.windowStart}
        nameOf={(each) => `the window from ${dayAndTime(each.windowStart)}`}
        emptyText="No whole hour or day (UTC) of this range has ended with purchases."
        columns={[
          { header: 'From', cell: (each) => <Moment at={each.windowStart} /> },
          {
            header: 'Index over rate',
            isNumber: true,
            cell: (each) => (each.premiumPpm === null ? '–' : percentOfPpm(each.premiumPpm)),
            sortBy: (each) => (each.premiumPpm === null ? null : BigInt(each.premiumPpm)),
          },
          {
            header: 'Wash volume',
            isNumber: true,
            cell: (each) => percentOfPpm(each.washSharePpm),
            sortBy: (each) => BigInt(each.washSharePpm),
          },
          {
            header: 'Concentration',
            isNumber: true,
            cell: (each) => percentOfPpm(each.concentrationPpm),
            sortBy: (each) => each.concentrationPpm,
          },
          {
            header: 'Largest buyer',
            isNumber: true,
            cell: (each) => percentOfPpm(each.largestSharePpm),
            sortBy: (each) => each.largestSharePpm,
          },
          { header: 'To move 1 %, INFER', isNumber: true, cell: CheapestMove },
        ]}
        detail={MoveFacts}
      />
    </Panel>
  );
}

/** What is lost for good by the cheaper of the two ways. */
function CheapestMove({ moveByPurchases, moveByTrades }: Watched) {
  const fees = [moveByPurchases?.fee, moveByTrades?.fee].filter((fee) => fee !== undefined);
  const [cheapest] = fees.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  return cheapest === undefined ? (
    <span>–</span>
  ) : (
    <AmountText value={cheapest} decimals={INFER_DECIMALS} unit="INFER" />
  );
}

function MoveFacts({ moveByPurchases, moveByTrades }: Watched) {
  const infer = (value: string) => `${tokens(value, INFER_DECIMALS)} INFER`;
  return (
    <Facts
      facts={[
        ['By purchases, paid and received back', moveByPurchases === null ? 'no index' : infer(moveByPurchases.value)],
        ['… lost as fee', moveByPurchases === null ? '–' : infer(moveByPurchases.fee)],
        ['… of it burned', moveByPurchases === null ? '–' : infer(moveByPurchases.burned)],
        ['By trades, to be opened', moveByTrades === null ? 'cannot move it so far' : infer(moveByTrades.notional)],
        ['… lost as fee', moveByTrades === null ? '–' : infer(moveByTrades.fee)],
      ]}
    />
  );
}

function WatchChart({ watched, range, seconds }: { watched: readonly Watched[]; range: TimeRange; seconds: number }) {
  const series = [
    { name: 'index over rate', mark: 'a', of: (each: Watched) => each.premiumPpm },
    { name: 'wash volume', mark: 'b', of: (each: Watched) => each.washSharePpm },
    { name: 'largest buyer', mark: 'c', of: (each: Watched) => String(each.largestSharePpm) },
  ] as const;
  const { low, high } = rangeOf(series.flatMap(({ of }) => watched.map((each) => percentNumber(of(each)))));
  const middle = ({ windowStart }: Watched) => Number(windowStart) + seconds / 2;
  const axis = axisText(high - low);
  return (
    <Plot
      label="Surveillance in percent"
      height={180}
      x={{ from: Math.min(range.from, middle(watched[0] as Watched)), to: range.to, kind: 'time' }}
      y={{ low: Math.min(0, low), high, text: (value) => `${axis(value)} %` }}
      picks={watched.map((each) => ({
        x: middle(each),
        title: dayAndTime(each.windowStart),
        values: series.map(({ name, mark, of }) => {
          const ppm = of(each);
          return { name, mark, text: ppm === null ? 'none' : percentOfPpm(ppm) };
        }),
      }))}
    >
      {(scales) =>
        series.map(({ name, mark, of }) => (
          <Line
            key={name}
            scales={scales}
            mark={mark}
            hasDots
            points={withGaps(
              watched.map((each) => ({ x: middle(each), y: percentNumber(of(each)), exact: of(each) ?? '' })),
              seconds,
            )}
          />
        ))
      }
    </Plot>
  );
}
