/**
 * Transactions that name an indexed program, newest first: all, those of a program or an account, or those of a block.
 * @module
 */
import { shownData } from '../../live/live.ts';
import { useAnswer } from '../../live/use-live.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink, SlotLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { TransactionsQuery } from '../../queries.generated.ts';
import { ProgramFilter, useProgram } from './filters.tsx';
import { TRANSACTIONS_QUERY } from './queries.ts';
import { FailedFilter, PAGE_ROWS, useCursor, useFailed, WalkControls } from './walk.tsx';

type Transaction = TransactionsQuery['transactions']['edges'][number]['node'];

export function TransactionList({ account = null, slot = null }: { account?: string | null; slot?: string | null }) {
  const after = useCursor();
  const failed = useFailed();
  const program = useProgram();
  const range = slot === null ? {} : { fromSlot: slot, atSlot: slot };
  const variables = { first: PAGE_ROWS, after, account, program, failed, ...range };
  const live = useAnswer<TransactionsQuery>(TRANSACTIONS_QUERY, variables, {
    ...{ isFixed: after !== null, subject: JSON.stringify(variables) },
  });
  const page = shownData(live)?.transactions ?? null;
  return (
    <Panel
      id="transactions"
      title="Transactions"
      note="Those that name an indexed program, newest first"
      isCurrent={live.isCurrent}
      controls={
        <>
          <ProgramFilter rows={page?.edges.flatMap(({ node }) => node.instructions) ?? []} />
          <FailedFilter />
        </>
      }
    >
      <Unread live={live} what="Transactions" />
      <DataTable
        caption="Transactions, newest first"
        rows={page?.edges.map(({ node }) => node) ?? null}
        keyOf={({ signature }) => signature}
        emptyText="No transaction of this kind is on record."
        columns={columns}
      />
      <WalkControls page={page} after={after} />
    </Panel>
  );
}

const columns: readonly Column<Transaction>[] = [
  { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
  { header: 'Does', isWide: true, cell: Calls },
  { header: 'Outcome', cell: ({ failed, error }) => <Outcome failed={failed} error={error} /> },
  {
    header: 'Paid by',
    cell: ({ feePayer }) => <KeyLink href={hrefOf.wallet(feePayer)} value={feePayer} what="wallet" />,
  },
  { header: 'Block', isNumber: true, cell: ({ slot }) => <SlotLink slot={slot} /> },
  { header: 'When', isNumber: true, cell: ({ blockTime }) => <Moment at={blockTime} /> },
];

/** What the transaction itself calls; calls from within stand on its page. */
function Calls({ instructions }: Transaction) {
  const outer = instructions.filter(({ path }) => !path.includes('.'));
  return (
    <span class="says">
      {(outer.length > 0 ? outer : instructions).map(({ path, name, programName }) => (
        <span key={path}>
          <small>{programName ?? 'other'}</small> {name}
        </span>
      ))}
    </span>
  );
}

export function Outcome({ failed, error }: { failed: boolean; error: string | null }) {
  return failed ? (
    <Verdict kind="bad" title={error ?? ''}>
      failed
    </Verdict>
  ) : (
    <Verdict kind="good">succeeded</Verdict>
  );
}
