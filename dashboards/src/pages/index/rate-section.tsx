/**
 * The reference rate: made of settled purchases alone, window by window, each with the purchases it follows from.
 * @module
 */
import { axisText } from '../../chart/axis-text.ts';
import { Line, rangeOf, withGaps } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import type { TimeRange } from '../../chart/time-range.tsx';
import { useAnswer } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { hrefOf, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { RateInputsQuery, RateWindow } from '../../queries.generated.ts';
import { asNumber, count, gpuHours, rounded, tokens, USDC_PRICE_DECIMALS } from '../../text/amount.ts';
import { dayAndTime } from '../../text/clock.ts';
import { shortened } from '../../text/shortened.ts';
import type { Market } from './market.ts';
import { RATE_INPUTS_QUERY } from './queries.ts';
import { secondsOf } from './ranges.ts';

type Rate = Market['referenceRates'][number];

const PLACES = 4;

interface RateSectionProps {
  readonly market: Market | null;
  readonly range: TimeRange;
  readonly window: RateWindow;
  readonly model: number;
}

export function RateSection({ market, range, window, model }: RateSectionProps) {
  const rates = market?.referenceRates ?? null;
  const length = window === 'HOUR' ? 'hour' : 'day';
  return (
    <Panel
      id="rates"
      title="Reference rate"
      note={`From settled purchases only, by the ${length}; USDC per GPU-hour. A window with too few buyers has none`}
    >
      {rates?.some(({ rate }) => rate !== null) && (
        <RateChart rates={rates} range={range} seconds={secondsOf(window)} />
      )}
      <DataTable
        caption={`Reference rates by the ${length}, newest first`}
        rows={rates?.toReversed() ?? null}
        keyOf={(rate) => rate.windowStart}
        nameOf={(rate) => `the rate of ${dayAndTime(rate.windowStart)}`}
        emptyText="No whole hour or day (UTC) of this range has ended with purchases."
        columns={[
          { header: 'From', cell: (rate) => <Moment at={rate.windowStart} /> },
          { header: 'Rate, USDC', isNumber: true, cell: (rate) => <RateText rate={rate.rate} /> },
          { header: 'Status', cell: (rate) => <Status status={rate.status} /> },
          { header: 'Purchases', isNumber: true, cell: (rate) => count(rate.purchaseCount) },
          { header: 'Do not count', isNumber: true, cell: (rate) => count(rate.excludedCount) },
          { header: 'GPU-hours', isNumber: true, cell: (rate) => gpuHours(rate.gpuSeconds) },
          { header: 'Rule', cell: (rate) => rate.ruleVersion },
        ]}
        detail={(rate) => <RateInputs rate={rate} window={window} model={model} />}
      />
    </Panel>
  );
}

function RateText({ rate }: { rate: string | null }) {
  if (rate === null) return <span>–</span>;
  return <AmountText value={rate} decimals={USDC_PRICE_DECIMALS} unit="USDC" places={PLACES} isPadded />;
}

function Status({ status }: { status: Rate['status'] }) {
  return status === 'OK' ? <Verdict kind="good">rate</Verdict> : <Verdict kind="warn">too few buyers</Verdict>;
}

function RateChart({ rates, range, seconds }: { rates: readonly Rate[]; range: TimeRange; seconds: number }) {
  const position = (rate: string | null) => (rate === null ? null : asNumber(rate, USDC_PRICE_DECIMALS));
  const { low, high } = rangeOf(rates.map(({ rate }) => position(rate)));
  const middle = (start: string) => Number(start) + seconds / 2;
  return (
    <Plot
      label="Reference rate"
      height={180}
      x={{ from: range.from, to: range.to, kind: 'time' }}
      y={{ low, high, text: axisText(high - low) }}
      picks={rates.map(({ windowStart, rate, purchaseCount }) => ({
        x: middle(windowStart),
        title: dayAndTime(windowStart),
        values: [
          {
            name: 'rate',
            text: rate === null ? 'none' : `${rounded(rate, USDC_PRICE_DECIMALS, PLACES)} USDC`,
            mark: 'a',
          },
          { name: 'purchases', text: count(purchaseCount) },
        ],
      }))}
    >
      {(scales) => (
        <Line
          scales={scales}
          mark="a"
          hasDots
          points={withGaps(
            rates.map(({ windowStart, rate }) => ({ x: middle(windowStart), y: position(rate), exact: rate ?? '' })),
            seconds,
          )}
        />
      )}
    </Plot>
  );
}

const exclusions = {
  NO_CONVERSION: 'no rate to USDC was in force',
  SAME_CLUSTER: 'buyer and provider belong together',
  UNKNOWN_PROVIDER: 'the provider’s owner is not on record',
} as const;

type Input = NonNullable<RateInputsQuery['index']>['referenceRates'][number]['inputs'][number];

const inputColumns: readonly Column<Input>[] = [
  { header: 'Transaction', cell: (input) => <TransactionLink signature={input.signature} /> },
  {
    header: 'Price, USDC',
    isNumber: true,
    cell: (input) => (
      <AmountText value={input.price} decimals={USDC_PRICE_DECIMALS} unit="USDC" places={PLACES} isPadded />
    ),
    sortBy: (input) => BigInt(input.price),
  },
  {
    header: 'GPU-hours',
    isNumber: true,
    cell: (input) => gpuHours(input.gpuSeconds),
    sortBy: (input) => BigInt(input.gpuSeconds),
  },
  {
    header: 'Buyers',
    cell: (input) => (
      <span class="path" title={input.cluster}>
        {shortened(input.cluster)}
      </span>
    ),
    sortBy: (input) => input.cluster,
  },
  {
    header: 'Counts',
    cell: (input) => (input.exclusion === null ? 'yes' : `no: ${exclusions[input.exclusion]}`),
  },
  {
    header: 'Block',
    isNumber: true,
    cell: (input) => (
      <a class="quiet-link" href={hrefOf.block(input.slot)}>
        {count(input.slot)}
      </a>
    ),
  },
];

function RateInputs({ rate, window, model }: { rate: Rate; window: RateWindow; model: number }) {
  const { windowStart } = rate;
  const to = String(Number(windowStart) + 1);
  const variables = { model, window, from: windowStart, to };
  const live = useAnswer<RateInputsQuery>(RATE_INPUTS_QUERY, variables, { isFixed: true });
  const found = live.answer?.data.index?.referenceRates[0] ?? null;
  const counted = found?.partitions.filter((each) => each !== null).length ?? 0;
  return (
    <>
      <Facts
        facts={[
          ['Blocks', `${count(rate.firstSlot)} to ${count(rate.lastSlot)}`],
          ['Partitions that count', found === null ? '…' : `${counted} of ${found.partitions.length}`],
          ['SHA-256 of the inputs', rate.inputHash],
        ]}
      />
      <Unread live={live} what="The purchases" />
      <DataTable
        caption={`Purchases of the window from ${dayAndTime(windowStart)}`}
        rows={found?.inputs ?? null}
        keyOf={(input) => `${input.signature}/${input.order}`}
        emptyText="No purchases."
        columns={inputColumns}
      />
      <p class="quiet">
        Compute it again:{' '}
        <code>
          plumbline verify rate {model} {isoStart(windowStart)}
        </code>
        {rate.rate !== null && ` gives ${tokens(rate.rate, USDC_PRICE_DECIMALS)} USDC`}
      </p>
    </>
  );
}

function isoStart(windowStart: string): string {
  return new Date(Number(windowStart) * 1_000).toISOString().replace('.000Z', 'Z');
}
