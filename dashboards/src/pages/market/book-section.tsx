/**
 * The order book of a model: every offer that takes orders now, best first, and how many GPUs there are at each price.
 * @module
 */
import { axisText } from '../../chart/axis-text.ts';
import { Line } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { AmountText } from '../../parts/amount-text.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Figure, Figures } from '../../parts/figures.tsx';
import { AccountLink, hrefOf, KeyLink } from '../../parts/links.tsx';
import { OrderPrice, PRICE_PLACES } from '../../parts/order-price.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Score } from '../../parts/score.tsx';
import type { MarketQuery } from '../../queries.generated.ts';
import { asNumber, count, percentOfPpm, rounded, USDC_PRICE_DECIMALS } from '../../text/amount.ts';
import { age } from '../../text/clock.ts';
import { tierName } from '../../text/words.ts';

type Book = NonNullable<MarketQuery['offers']>;
type Offer = Book['offers'][number];

interface BookSectionProps {
  readonly book: Book | null;
  readonly isLoading: boolean;
  readonly isCurrent: boolean;
  readonly regionText: (region: number) => string;
}

export function BookSection(props: BookSectionProps) {
  const { book, isLoading, isCurrent } = props;
  const best = book?.offers[0];
  return (
    <Panel
      id="book"
      title="Order book"
      note="Offers that take orders now, best first; USDC at the rate in force"
      isCurrent={isCurrent}
    >
      <Figures>
        <Figure
          id="best"
          name="Best price"
          value={best ? rounded(best.usdcPrice, USDC_PRICE_DECIMALS, PRICE_PLACES) : '–'}
          unit="USDC per GPU-hour"
          {...(best ? { exact: best.usdcPrice } : {})}
        />
        <Figure id="offers" name="Offers" value={book ? count(book.offerCount) : '–'} />
        <Figure
          id="units-free"
          name="GPUs free"
          value={book ? count(book.unitsFree) : '–'}
          unit={book ? `of ${count(book.units)}` : ''}
        />
        <Figure
          id="utilisation"
          name="In use"
          value={book?.utilisationPpm == null ? '–' : percentOfPpm(book.utilisationPpm)}
        />
      </Figures>
      {book !== null && book.offers.length > 0 && <Depth offers={book.offers} />}
      <DataTable
        caption="Order book, best offer first"
        rows={isLoading ? null : (book?.offers ?? [])}
        keyOf={({ address }) => address}
        emptyText="Nothing of this kind is offered now. Take a filter away or choose another model."
        columns={columnsOf(props.regionText)}
      />
    </Panel>
  );
}

/** GPUs that can be had at a price or below it. */
function Depth({ offers }: { offers: readonly Offer[] }) {
  const price = ({ usdcPrice }: Offer) => asNumber(usdcPrice, USDC_PRICE_DECIMALS);
  const [first, last] = [offers[0] as Offer, offers.at(-1) as Offer];
  const [low, high] = [price(first), price(last)];
  const air = (high - low || high) * 0.08;
  const most = last.depthUnits;
  const points = offers.map((each) => ({ x: price(each), y: each.depthUnits, exact: String(each.depthUnits) }));
  const steps = [
    { x: low - air, y: 0, exact: '0' },
    { x: low, y: 0, exact: '0' },
    ...points,
    { x: high + air, y: most, exact: String(most) },
  ];
  return (
    <Plot
      label="Depth: GPUs at a price or below"
      height={170}
      x={{ from: low - air, to: high + air, kind: 'number' }}
      y={{ low: 0, high: most, text: axisText(most) }}
      picks={offers.map((each) => ({
        x: price(each),
        title: `${rounded(each.usdcPrice, USDC_PRICE_DECIMALS, PRICE_PLACES)} USDC`,
        values: [{ name: 'GPUs at this price or below', text: count(each.depthUnits), mark: 'a' }],
      }))}
    >
      {(scales) => <Line scales={scales} mark="a" points={steps} isStep />}
    </Plot>
  );
}

const columnsOf = (regionText: (region: number) => string): readonly Column<Offer>[] => [
  {
    header: 'USDC per GPU-hour',
    isNumber: true,
    cell: ({ usdcPrice }) => (
      <AmountText value={usdcPrice} decimals={USDC_PRICE_DECIMALS} unit="USDC" places={PRICE_PLACES} isPadded />
    ),
    sortBy: ({ usdcPrice }) => BigInt(usdcPrice),
  },
  {
    header: 'Priced in',
    isNumber: true,
    cell: ({ isInUsdc, isByIndex, orderPrice }) => (
      <span>
        {isByIndex && <small>by index, </small>}
        <OrderPrice orderPrice={orderPrice} isInUsdc={isInUsdc} />
      </span>
    ),
  },
  {
    header: 'GPUs free',
    isNumber: true,
    cell: ({ unitsFree, units }) => `${count(unitsFree)} of ${count(units)}`,
    sortBy: ({ unitsFree }) => unitsFree,
  },
  { header: 'Depth', isNumber: true, cell: ({ depthUnits }) => count(depthUnits) },
  {
    header: 'Provider',
    cell: ({ provider }) => <KeyLink href={hrefOf.provider(provider)} value={provider} what="provider" />,
  },
  {
    header: 'Score',
    isNumber: true,
    cell: ({ scorePpm }) => <Score shown={scorePpm} />,
    sortBy: ({ scorePpm }) => scorePpm,
  },
  { header: 'Tier', cell: ({ tier }) => tierName(tier), sortBy: ({ tier }) => tier },
  { header: 'Region', cell: ({ region }) => regionText(region), sortBy: ({ region }) => region },
  {
    header: 'For',
    cell: ({ minSeconds, maxSeconds }) => <span class="nowrap">{`${age(minSeconds)} – ${age(maxSeconds)}`}</span>,
  },
  { header: 'Offer', cell: ({ address }) => <AccountLink address={address} what="offer" /> },
];
