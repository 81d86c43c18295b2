/**
 * Sessions: billed by the second, and beside it what begun hours would have cost.
 * @module
 */
import type { Live } from '../../live/live.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TokenAmount } from '../../parts/token-amount.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { MarketQuery, SessionsQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { age } from '../../text/clock.ts';

type Session = SessionsQuery['sessions']['edges'][number]['node'];
type Marketplace = MarketQuery['marketplace'];

/** Decimals that are shown: pieces are small. */
const PLACES = 4;

export function SessionSection({ live, market }: { live: Live<SessionsQuery>; market: Marketplace }) {
  const sessions = live.answer?.data.sessions.edges.map(({ node }) => node) ?? null;
  return (
    <Panel id="sessions" title="Sessions" note="Billed by the second; open one for every piece it was billed for">
      <Unread live={live} what="Sessions" />
      <DataTable
        caption="Sessions, newest first"
        rows={sessions}
        keyOf={({ order }) => order}
        nameOf={({ order }) => `session ${order}`}
        emptyText="No session has been opened yet."
        columns={[
          {
            header: 'Opened',
            cell: ({ createdAt }) => <Moment at={createdAt} />,
            sortBy: ({ createdAt }) => BigInt(createdAt),
          },
          { header: 'Model', cell: ({ model }) => market?.models[model] ?? `Model ${model}` },
          { header: 'GPUs', isNumber: true, cell: ({ units }) => count(units), sortBy: ({ units }) => units },
          {
            header: 'Paid for',
            isNumber: true,
            cell: ({ settledSeconds }) => (
              <span title={`${count(settledSeconds)} s`}>{age(Number(settledSeconds))}</span>
            ),
            sortBy: ({ settledSeconds }) => BigInt(settledSeconds),
          },
          {
            header: 'Billed',
            isNumber: true,
            cell: (each) => <TokenAmount value={each.billed} mint={each.mint} mints={market} places={PLACES} />,
          },
          {
            header: 'By the hour',
            isNumber: true,
            cell: (each) => <TokenAmount value={each.billedPerHour} mint={each.mint} mints={market} places={PLACES} />,
          },
          {
            header: 'Provider',
            cell: ({ provider }) => <KeyLink href={hrefOf.provider(provider)} value={provider} what="provider" />,
          },
          { header: 'Buyer', cell: ({ buyer }) => <KeyLink href={hrefOf.wallet(buyer)} value={buyer} what="wallet" /> },
          {
            header: 'State',
            cell: ({ closedAt }) => (closedAt === null ? <Verdict kind="good">open</Verdict> : 'closed'),
          },
        ]}
        detail={(session) => <Pieces session={session} market={market} />}
      />
    </Panel>
  );
}

function Pieces({ session, market }: { session: Session; market: Marketplace }) {
  return (
    <DataTable
      caption="What the session was billed for, in order"
      rows={session.usage}
      keyOf={({ signature, fromSecond }) => `${signature}/${fromSecond}`}
      emptyText="Nothing has been billed yet."
      columns={[
        { header: 'Seconds', cell: ({ fromSecond, toSecond }) => `${count(fromSecond)} to ${count(toSecond)}` },
        {
          header: 'Amount',
          isNumber: true,
          cell: ({ amount }) => <TokenAmount value={amount} mint={session.mint} mints={market} places={PLACES} />,
        },
        {
          header: 'Of it fee',
          isNumber: true,
          cell: ({ fee }) => <TokenAmount value={fee} mint={session.mint} mints={market} places={PLACES} />,
        },
        { header: 'Settled', cell: ({ settledAt }) => <Moment at={settledAt} /> },
        { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
      ]}
    />
  );
}
