/**
 * The forward curve, now or as of any earlier block: a slider goes through the past, and what it shows there is what
 * could be known then.
 * @module
 */
import { useContext, useState } from 'preact/hooks';
import { axisText } from '../../chart/axis-text.ts';
import { Line, rangeOf } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { HeadContext } from '../../live/head.ts';
import { shownData } from '../../live/live.ts';
import { useAnswer } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { CurveQuery, SeriesSettlement } from '../../queries.generated.ts';
import { asNumber, count, gpuHours, INFER_PRICE_DECIMALS, rounded } from '../../text/amount.ts';
import { isoTime } from '../../text/clock.ts';
import { CURVE_QUERY } from './queries.ts';

type Curve = NonNullable<NonNullable<CurveQuery['index']>['forwardCurve']>;

const DAY_SECONDS = 86_400;
const PLACES = 4;
const POSITIONS = 500;

const settlements = [
  ['AVERAGE', 'Settled on an average'],
  ['POINT', 'Settled on a moment'],
] as const satisfies readonly (readonly [SeriesSettlement, string])[];

const shapes = {
  BACKWARDATION: 'backwardation, the far end is cheaper than now',
  CONTANGO: 'contango, the far end is dearer than now',
  FLAT: 'flat',
} as const;
/** What the marks of the drawing are: of a mean and of a moment they are not the same, and do not lie on one line. */
const readings: Readonly<Record<SeriesSettlement, string>> = {
  AVERAGE:
    'A square is what a series trades at, for the mean over its delivery; a dot is the forward for one moment, so that over each delivery the forwards have that mean.',
  POINT: 'A square is what a series trades at, for the moment it settles; a dot is the forward for one moment.',
};

export function CurveSection({ model }: { model: number }) {
  const [settlement, setSettlement] = useState<SeriesSettlement>('AVERAGE');
  const [atSlot, setAtSlot] = useState<string | null>(null);
  const variables = { model, settlement, atSlot };
  const live = useAnswer<CurveQuery>(CURVE_QUERY, variables, {
    ...{ isFixed: atSlot !== null, subject: JSON.stringify(variables) },
  });
  const data = shownData(live);
  const curve = data?.index?.forwardCurve ?? null;
  return (
    <Panel
      id="curve"
      title="Forward curve"
      note={noteOf(data, curve)}
      isCurrent={live.isCurrent}
      controls={
        <fieldset class="segments" aria-label="Series">
          {settlements.map(([name, text]) => (
            <button key={name} type="button" aria-pressed={settlement === name} onClick={() => setSettlement(name)}>
              {text}
            </button>
          ))}
        </fieldset>
      }
    >
      <Unread live={live} what="The forward curve" />
      <History atSlot={atSlot} onChange={setAtSlot} block={data?.blocks.edges[0]?.node ?? null} />
      {data === null && <span class="bone tall" />}
      {data !== null && (curve === null || curve.nodes.length === 0) && (
        <p class="nothing">
          No series of this kind was live at this block, so no forward price is known; nothing is extrapolated. Earlier
          blocks may have had one: move the history back.
        </p>
      )}
      {curve !== null && curve.nodes.length > 0 && (
        <>
          <CurveChart curve={curve} />
          <p class="quiet">{readings[settlement]} A basis above zero is dearer than spot.</p>
          <Tenors curve={curve} />
          <Nodes curve={curve} />
        </>
      )}
    </Panel>
  );
}

function noteOf(data: CurveQuery | null, curve: Curve | null): string {
  const slot = data?.blocks.edges[0]?.node.slot;
  const as = slot === undefined ? '' : `As of block ${count(slot)}`;
  return curve?.shape ? `${as}: ${shapes[curve.shape]}` : as;
}

interface HistoryProps {
  readonly atSlot: string | null;
  readonly onChange: (slot: string | null) => void;
  /** That the curve is as of. */
  readonly block: { readonly slot: string; readonly blockTime: string | null } | null;
}

function History(props: HistoryProps) {
  const { meta } = useContext(HeadContext);
  const blockTime = props.block?.blockTime ?? null;
  const head = Number(meta?.slot ?? 0);
  const value = props.atSlot === null ? head : Number(props.atSlot);
  const choose = (slot: number) => props.onChange(slot >= head ? null : String(slot));
  return (
    <div class="history">
      <label for="curve-slot">History</label>
      <input
        id="curve-slot"
        type="range"
        min={1}
        max={Math.max(1, head)}
        step={Math.max(1, Math.floor(head / POSITIONS))}
        value={value}
        aria-valuetext={`block ${value}, ${isoTime(blockTime)}`}
        onInput={(event) => choose(Number(event.currentTarget.value))}
      />
      <output>
        block {count(props.atSlot ?? props.block?.slot ?? head)} · <Moment at={blockTime} />
      </output>
      <button type="button" class="plain" disabled={props.atSlot === null} onClick={() => props.onChange(null)}>
        Now
      </button>
    </div>
  );
}

/** Spot, the marks of the series that are used, and the tenors between them, by days ahead. */
function CurveChart({ curve }: { curve: Curve }) {
  const price = (value: string) => asNumber(value, INFER_PRICE_DECIMALS);
  const nodes = curve.nodes.map((node) => ({ ...node, days: Number(node.secondsToSettlement) / DAY_SECONDS }));
  const tenors = curve.tenors.filter(({ forward }) => forward !== null);
  const forwardOf = (forward: number | null) => (forward === null ? null : forward / 10 ** INFER_PRICE_DECIMALS);
  const spot = curve.spot === null ? [] : [{ x: 0, y: price(curve.spot.price), exact: curve.spot.price }];
  const line = [
    ...spot,
    ...tenors.map(({ days, forward }) => ({ x: days, y: forwardOf(forward), exact: String(forward) })),
  ];
  const marks = nodes.map(({ days, mark }) => ({ x: days, y: price(mark), exact: mark }));
  const { low, high } = rangeOf([...line, ...marks].map(({ y }) => y));
  const last = Math.max(1, ...[...line, ...marks].map(({ x }) => x));
  return (
    <Plot
      label="Forward curve by days ahead"
      x={{ from: 0, to: last * 1.04, kind: 'days' }}
      y={{ low, high, text: axisText(high - low) }}
      picks={[
        ...spot.map(({ x, exact }) => ({
          x,
          title: 'Spot',
          values: [{ name: 'INFER per GPU-hour', text: shown(exact), mark: 'a' }],
        })),
        ...nodes.map(({ days, mark, isUsed }) => ({
          x: days,
          title: `Series in ${days.toFixed(2)} d`,
          values: [{ name: isUsed ? 'mark' : 'mark, not used', text: shown(mark), mark: 'b' }],
        })),
        ...tenors.map(({ days, forward, kind }) => ({
          x: days,
          title: `${days} days`,
          values: [{ name: kind.toLowerCase(), text: (forwardOf(forward) ?? 0).toFixed(PLACES), mark: 'a' }],
        })),
      ].sort((left, right) => left.x - right.x)}
    >
      {(scales) => (
        <>
          <Line scales={scales} mark="a" points={line} hasDots />
          <g class="nodes">
            {nodes.map(({ series, days, mark, isUsed }) => (
              <rect
                key={series}
                x={scales.x(days) - 4}
                y={scales.y(price(mark)) - 4}
                width={8}
                height={8}
                data-value={mark}
                data-used={isUsed}
              />
            ))}
          </g>
        </>
      )}
    </Plot>
  );
}

const shown = (value: string) => rounded(value, INFER_PRICE_DECIMALS, PLACES);

const absences = {
  BEFORE_FIRST_NODE: 'the curve begins later',
  BEYOND_LAST_NODE: 'the last series settles earlier',
  NO_NODES: 'no series is live',
} as const;

function Tenors({ curve }: { curve: Curve }) {
  const spot = curve.spot;
  return (
    <>
      <p class="quiet">
        Spot{' '}
        {spot === null
          ? 'is not known'
          : `${shown(spot.price)} INFER, ${spot.source === 'REFERENCE_RATE' ? 'the reference rate of the last whole hour' : 'the on-chain index, since the hour has no reference rate'}`}
        {curve.slopePerYear !== null && `; slope ${percentText(curve.slopePerYear)} a year`}
        {curve.rollYield !== null && `; roll yield ${percentText(curve.rollYield)}`}.
      </p>
      <DataTable
        caption="Forwards by tenor, INFER per GPU-hour"
        rows={curve.tenors}
        keyOf={({ days }) => String(days)}
        emptyText="No tenors."
        columns={[
          { header: 'Tenor', cell: ({ days }) => `${days} days` },
          {
            header: 'Forward, INFER',
            isNumber: true,
            cell: ({ forward }) =>
              forward === null ? (
                '–'
              ) : (
                <span data-exact={forward}>{(forward / 10 ** INFER_PRICE_DECIMALS).toFixed(PLACES)}</span>
              ),
          },
          {
            header: 'Known',
            cell: ({ kind, absence }) => (absence === null ? kind.toLowerCase() : `no: ${absences[absence]}`),
          },
          {
            header: 'Annualised basis',
            isNumber: true,
            cell: ({ annualisedBasis }) => (annualisedBasis === null ? '–' : percentText(annualisedBasis)),
          },
        ]}
      />
    </>
  );
}

function percentText(part: number): string {
  return `${(part * 100).toFixed(2).replace('-', '−')} %`;
}

function Nodes({ curve }: { curve: Curve }) {
  return (
    <details class="chart-table">
      <summary>Its {curve.nodes.length === 1 ? 'series' : `${curve.nodes.length} series`} as a table</summary>
      <DataTable
        caption="Live series, by expiry"
        rows={curve.nodes}
        keyOf={({ series }) => series}
        emptyText="No series."
        columns={[
          { header: 'Series', cell: ({ series }) => <ShortKey value={series} what="series" /> },
          { header: 'Delivery from', cell: ({ deliveryStart }) => <Moment at={deliveryStart} /> },
          { header: 'Expiry', cell: ({ expiry }) => <Moment at={expiry} /> },
          {
            header: 'Mark, INFER',
            isNumber: true,
            cell: ({ mark }) => (
              <AmountText value={mark} decimals={INFER_PRICE_DECIMALS} unit="INFER" places={PLACES} />
            ),
          },
          {
            header: 'Last trade, INFER',
            isNumber: true,
            cell: ({ lastPrice }) =>
              lastPrice === null ? (
                '–'
              ) : (
                <AmountText value={lastPrice} decimals={INFER_PRICE_DECIMALS} unit="INFER" places={PLACES} />
              ),
          },
          { header: 'Long, GPU-h', isNumber: true, cell: ({ longSize }) => gpuHours(longSize) },
          { header: 'Short, GPU-h', isNumber: true, cell: ({ shortSize }) => gpuHours(shortSize) },
          { header: 'Used', cell: ({ isUsed }) => (isUsed ? 'yes' : 'no: overlaps or leaves a gap') },
        ]}
      />
    </details>
  );
}
