/**
 * Money of the exchange, and the positions that were liquidated.
 * @module
 */
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Figure, Figures } from '../../parts/figures.tsx';
import { hrefOf, KeyLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { MarketQuery, SessionsQuery } from '../../queries.generated.ts';
import { gpuHours, INFER_DECIMALS, INFER_PRICE_DECIMALS, percentOfPpm, rounded, tokens } from '../../text/amount.ts';

type Exchange = NonNullable<MarketQuery['exchange']>;

const infer = (value: string) => <AmountText value={value} decimals={INFER_DECIMALS} unit="INFER" />;

type Liquidation = SessionsQuery['liquidations']['edges'][number]['node'];

interface ExchangeSectionProps {
  readonly exchange: Exchange | null;
  readonly liquidations: readonly Liquidation[] | null;
  readonly models: readonly string[];
  readonly isLoading: boolean;
}

export function ExchangeSection({ exchange, liquidations, models, isLoading }: ExchangeSectionProps) {
  return (
    <Panel
      id="exchange"
      title="Exchange"
      note={
        <>
          Its money after its last change
          {exchange && (
            <>
              , <TransactionLink signature={exchange.signature} />
            </>
          )}
        </>
      }
    >
      {exchange === null && isLoading && <span class="bone tall" />}
      {exchange === null && !isLoading && <p class="nothing">No money has come in yet.</p>}
      {exchange !== null && (
        <Figures>
          <Money id="margin" name="Margin of traders" value={exchange.margin} />
          <Money id="bankroll" name="Bankroll" value={exchange.bankroll} />
          <Money id="insurance" name="Insurance" value={exchange.insurance} />
          <Money id="notional" name="Open positions" value={exchange.openNotional} />
          <Money
            id="claims"
            name="Claims not met yet"
            value={String(BigInt(exchange.claimsIssued) - BigInt(exchange.claimsFunded))}
          />
          <Figure
            id="bankroll-use"
            name="Positions over bankroll"
            value={exchange.utilisationPpm === null ? '–' : percentOfPpm(exchange.utilisationPpm)}
          />
        </Figures>
      )}
      <DataTable
        caption="Liquidations, newest first"
        rows={liquidations}
        keyOf={({ position, signature }) => `${position}/${signature}`}
        emptyText="No position has been liquidated."
        columns={[
          { header: 'Liquidated', cell: ({ time }) => <Moment at={time} /> },
          { header: 'Model', cell: ({ model }) => models[model] ?? `Model ${model}` },
          {
            header: 'Trader',
            cell: ({ owner }) => <KeyLink href={hrefOf.wallet(owner)} value={owner} what="wallet" />,
          },
          { header: 'GPU-hours', isNumber: true, cell: ({ size }) => gpuHours(size) },
          {
            header: 'Price, INFER',
            isNumber: true,
            cell: ({ price }) => <AmountText value={price} decimals={INFER_PRICE_DECIMALS} unit="INFER" places={4} />,
          },
          { header: 'Equity, INFER', isNumber: true, cell: ({ equity }) => infer(equity) },
          { header: 'Shortfall, INFER', isNumber: true, cell: ({ shortfall }) => infer(shortfall) },
          { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
        ]}
      />
    </Panel>
  );
}

function Money({ id, name, value }: { id: string; name: string; value: string }) {
  return (
    <Figure
      id={id}
      name={name}
      value={rounded(value, INFER_DECIMALS, 0)}
      unit="INFER"
      exact={`${tokens(value, INFER_DECIMALS)} INFER`}
    />
  );
}
