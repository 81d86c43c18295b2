/**
 * What a wallet may take now, and what it may take later: each with the account that holds it.
 * @module
 */
import { useContext } from 'preact/hooks';
import { HeadContext } from '../../live/head.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import type { WalletQuery } from '../../queries.generated.ts';
import { USDC_DECIMALS } from '../../text/amount.ts';
import { age } from '../../text/clock.ts';

type Due = WalletQuery['wallet']['claims'][number];

/** Where it comes from, and the instruction that takes it. */
const sources: Readonly<Record<Due['kind'], readonly [string, string]>> = {
  BOND: ['Bond of the provider', 'withdraw_bond'],
  CREDITS: ['Credits for workloads', 'withdraw_credits'],
  EXCHANGE_CLAIM: ['Profit that the exchange owed', 'pay_claim'],
  UNSTAKED_INFER: ['Unstaked from governance', 'withdraw'],
  UNSTAKED_INT: ['Unstaked from a pool', 'claim_unstake'],
  USDC_EARNINGS: ['Earned in a pool', 'claim_usdc_earnings'],
};

/** INT and INFER have as many. */
const OTHER_DECIMALS = 9;

export function DueSection({ claims, timers }: { claims: readonly Due[] | null; timers: readonly Due[] | null }) {
  const { meta } = useContext(HeadContext);
  const now = Number(meta?.blockTime ?? 0);
  return (
    <div class="columns">
      <Panel id="claims" title="May be taken now" note="By the instruction that is named">
        <DataTable
          caption="Claims"
          rows={claims}
          keyOf={({ kind, account }) => `${kind}/${account}`}
          emptyText="Nothing waits to be taken."
          columns={[...columns, { header: 'By', cell: ({ kind }) => <code>{sources[kind][1]}</code> }]}
        />
      </Panel>
      <Panel id="timers" title="May be taken later">
        <DataTable
          caption="Timers, soonest first"
          rows={timers}
          keyOf={({ kind, account }) => `${kind}/${account}`}
          emptyText="No timer runs."
          columns={[
            ...columns,
            { header: 'From', cell: ({ readyAt }) => <Moment at={readyAt} /> },
            {
              header: 'In',
              isNumber: true,
              cell: ({ readyAt }) => (readyAt === null ? '–' : age(Number(readyAt) - now)),
            },
          ]}
        />
      </Panel>
    </div>
  );
}

const columns: readonly Column<Due>[] = [
  { header: 'What', isLong: true, cell: ({ kind }) => sources[kind][0] },
  {
    header: 'Amount',
    isNumber: true,
    cell: ({ amount, token }) => (
      <AmountText
        value={amount}
        decimals={token === 'USDC' ? USDC_DECIMALS : OTHER_DECIMALS}
        unit={token}
        isUnitShown
      />
    ),
    sortBy: ({ amount }) => BigInt(amount),
  },
  { header: 'Held by', cell: ({ account }) => <ShortKey value={account} what="account" /> },
];
