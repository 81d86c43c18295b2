/**
 * Stakes, orders with their escrow, positions and votes of a wallet.
 * @module
 */
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { AccountLink, hrefOf, KeyLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TokenAmount } from '../../parts/token-amount.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { WalletQuery } from '../../queries.generated.ts';
import {
  count,
  gpuHours,
  INFER_DECIMALS,
  INFER_PRICE_DECIMALS,
  INT_DECIMALS,
  USDC_DECIMALS,
} from '../../text/amount.ts';
import { age } from '../../text/clock.ts';
import { inWords } from '../../text/words.ts';

type Wallet = WalletQuery['wallet'];
type Market = WalletQuery['marketplace'];

const int = (value: string) => <AmountText value={value} decimals={INT_DECIMALS} unit="INT" />;
const infer = (value: string) => <AmountText value={value} decimals={INFER_DECIMALS} unit="INFER" />;

export function HoldingSections({ wallet, market }: { wallet: Wallet | null; market: Market }) {
  return (
    <>
      <Stakes stakes={wallet?.stakes ?? null} />
      <Orders orders={wallet?.orders ?? null} market={market} />
      <Positions positions={wallet?.positions ?? null} market={market} />
      <Votes votes={wallet?.votes ?? null} />
    </>
  );
}

function Stakes({ stakes }: { stakes: Wallet['stakes'] | null }) {
  return (
    <Panel id="stakes" title="Stakes" note="In pools, at their share price of now">
      <DataTable
        caption="Stakes in pools"
        rows={stakes}
        keyOf={({ address }) => address}
        emptyText="Nothing is staked."
        columns={[
          { header: 'Pool', cell: ({ pool }) => <KeyLink href={hrefOf.pool(pool)} value={pool} what="pool" /> },
          { header: 'As', cell: ({ isOperator }) => (isOperator ? 'operator' : 'delegator') },
          {
            header: 'Worth, INT',
            isNumber: true,
            cell: ({ value }) => int(value),
            sortBy: ({ value }) => BigInt(value),
          },
          {
            header: 'Shares',
            isNumber: true,
            cell: ({ shares }) => <AmountText value={shares} decimals={INT_DECIMALS} unit="shares" />,
          },
          {
            header: 'Earned, USDC',
            isNumber: true,
            cell: ({ pendingUsdc }) => <AmountText value={pendingUsdc} decimals={USDC_DECIMALS} unit="USDC" />,
            sortBy: ({ pendingUsdc }) => BigInt(pendingUsdc),
          },
          { header: 'Cooling, INT', isNumber: true, cell: ({ coolingAmount }) => int(coolingAmount) },
          { header: 'Until', cell: ({ claimableAt }) => <Moment at={claimableAt} /> },
        ]}
      />
    </Panel>
  );
}

function Orders({ orders, market }: { orders: Wallet['orders'] | null; market: Market }) {
  const isLocked = (state: string) => state === 'CREATED' || state === 'STARTED';
  return (
    <Panel
      id="orders"
      title="Orders"
      note="What it pays for; while an order is created or started its amount is held in escrow"
    >
      <DataTable
        caption="Orders, newest first"
        rows={orders}
        keyOf={({ address }) => address}
        emptyText="It has ordered nothing."
        columns={[
          {
            header: 'Ordered',
            cell: ({ createdAt }) => <Moment at={createdAt} />,
            sortBy: ({ createdAt }) => BigInt(createdAt),
          },
          {
            header: 'State',
            cell: ({ state }) => <Verdict kind={isLocked(state) ? 'warn' : 'plain'}>{inWords(state)}</Verdict>,
            sortBy: ({ state }) => state,
          },
          {
            header: 'GPUs',
            cell: ({ model, units }) => `${count(units)} × ${market?.models[model] ?? `model ${model}`}`,
          },
          { header: 'For', isNumber: true, cell: ({ seconds }) => age(seconds) },
          {
            header: 'Amount',
            isNumber: true,
            cell: ({ amount, mint }) => <TokenAmount value={amount} mint={mint} mints={market} />,
          },
          {
            header: 'Provider',
            cell: ({ provider }) => <KeyLink href={hrefOf.provider(provider)} value={provider} what="provider" />,
          },
          { header: 'Created by', cell: ({ createdSignature }) => <TransactionLink signature={createdSignature} /> },
          {
            header: 'Ended by',
            cell: ({ endSignature }) => (endSignature === null ? '–' : <TransactionLink signature={endSignature} />),
          },
        ]}
      />
    </Panel>
  );
}

function Positions({ positions, market }: { positions: Wallet['positions'] | null; market: Market }) {
  return (
    <Panel id="positions" title="Positions" note="On the exchange">
      <DataTable
        caption="Open positions"
        rows={positions}
        keyOf={({ address }) => address}
        emptyText="No position is open."
        columns={[
          { header: 'Model', cell: ({ model }) => market?.models[model] ?? `Model ${model}` },
          {
            header: 'Kind',
            cell: ({ series }) => (series === null ? 'perpetual' : <AccountLink address={series} what="series" />),
          },
          { header: 'Side', cell: ({ size }) => (size.startsWith('-') ? 'short' : 'long') },
          { header: 'GPU-hours', isNumber: true, cell: ({ size }) => gpuHours(size.replace('-', '')) },
          {
            header: 'Entry, INFER',
            isNumber: true,
            cell: ({ entryPrice }) => (
              <AmountText value={entryPrice} decimals={INFER_PRICE_DECIMALS} unit="INFER" places={4} />
            ),
          },
          { header: 'Notional, INFER', isNumber: true, cell: ({ notional }) => infer(notional) },
          { header: 'Collateral, INFER', isNumber: true, cell: ({ collateral }) => infer(collateral) },
        ]}
      />
    </Panel>
  );
}

function Votes({ votes }: { votes: Wallet['votes'] | null }) {
  return (
    <Panel id="votes" title="Votes">
      <DataTable
        caption="Votes, newest first"
        rows={votes}
        keyOf={({ signature, proposal }) => `${signature}/${proposal}`}
        emptyText="It has not voted."
        columns={[
          { header: 'Proposal', cell: ({ proposal }) => <AccountLink address={proposal} what="proposal" /> },
          { header: 'Choice', cell: ({ choice }) => <strong>{inWords(choice)}</strong> },
          { header: 'Power, INFER', isNumber: true, cell: ({ power }) => infer(power) },
          { header: 'When', cell: ({ votedAt }) => <Moment at={votedAt} /> },
          { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
        ]}
      />
    </Panel>
  );
}
