/**
 * What a wallet may take now, and what it may take later: each with the account that holds it. The owner's wallet signs
 * what the API prepares; anybody else sees which instruction takes it.
 * @module
 */
import { useContext } from 'preact/hooks';
import { ask } from '../../live/ask.ts';
import { HeadContext } from '../../live/head.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { AccountLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { PrepareClaimQuery, WalletQuery } from '../../queries.generated.ts';
import { tokens, USDC_DECIMALS } from '../../text/amount.ts';
import { age } from '../../text/clock.ts';
import { Preparation, usePreparation } from '../../wallet/preparation.tsx';
import { useWallet } from '../../wallet/use-wallet.ts';
import { PREPARE_CLAIM_QUERY } from './queries.ts';

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

interface DueSectionProps {
  readonly owner: string;
  readonly claims: readonly Due[] | null;
  readonly timers: readonly Due[] | null;
}

export function DueSection({ owner, claims, timers }: DueSectionProps) {
  return (
    <div class="columns">
      <Claims owner={owner} claims={claims} />
      <Timers timers={timers} />
    </div>
  );
}

function Claims({ owner, claims }: Pick<DueSectionProps, 'owner' | 'claims'>) {
  const { account } = useWallet();
  const { asked, prepare } = usePreparation();
  const isOwner = account?.address === owner;
  const claim = ({ kind, account: held, amount, token }: Due) =>
    prepare(`${sources[kind][0]}, ${tokens(amount, decimalsOf(token))} ${token}`, async () => {
      const variables = { kind, account: held, owner };
      return (await ask<PrepareClaimQuery>(PREPARE_CLAIM_QUERY, variables)).data.prepareClaim;
    });
  return (
    <Panel
      id="claims"
      title="May be taken now"
      note={
        isOwner
          ? 'The API prepares, your wallet signs; no key leaves it'
          : 'By the instruction that is named; connect the owner’s wallet to sign it here'
      }
    >
      <DataTable
        caption="Claims"
        rows={claims}
        keyOf={({ kind, account: held }) => `${kind}/${held}`}
        emptyText="Nothing waits to be taken."
        columns={[
          ...columns,
          {
            header: 'By',
            cell: (due) =>
              isOwner ? (
                <button type="button" class="plain" onClick={() => void claim(due)}>
                  Claim<span class="hidden">{` ${sources[due.kind][0]} of account ${due.account}`}</span>
                </button>
              ) : (
                <code>{sources[due.kind][1]}</code>
              ),
          },
        ]}
      />
      <Preparation asked={asked} />
    </Panel>
  );
}

function Timers({ timers }: Pick<DueSectionProps, 'timers'>) {
  const { meta } = useContext(HeadContext);
  const now = meta?.blockTime ?? null;
  return (
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
            cell: ({ readyAt }) => (readyAt === null || now === null ? '–' : age(Number(readyAt) - Number(now))),
          },
        ]}
      />
    </Panel>
  );
}

const decimalsOf = (token: Due['token']) => (token === 'USDC' ? USDC_DECIMALS : OTHER_DECIMALS);

const columns: readonly Column<Due>[] = [
  { header: 'What', isLong: true, cell: ({ kind }) => sources[kind][0] },
  {
    header: 'Amount',
    isNumber: true,
    cell: ({ amount, token }) => <AmountText value={amount} decimals={decimalsOf(token)} unit={token} isUnitShown />,
    sortBy: ({ amount }) => BigInt(amount),
  },
  { header: 'Held by', cell: ({ account }) => <AccountLink address={account} what="account" /> },
];
