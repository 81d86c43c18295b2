/**
 * Calls of the indexed programs, newest first: all, or those that name an account.
 * @module
 */
import { usePlace } from '../../frame/router.ts';
import { shownData } from '../../live/live.ts';
import { useAnswer } from '../../live/use-live.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { SlotLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { InstructionsQuery } from '../../queries.generated.ts';
import { argumentsOf } from './arguments.ts';
import { ProgramFilter, ProgramLink, useProgram } from './filters.tsx';
import { INSTRUCTIONS_QUERY } from './queries.ts';
import { Outcome } from './transaction-list.tsx';
import { FailedFilter, PAGE_ROWS, TextFilter, useCursor, useFailed, WalkControls } from './walk.tsx';

const SHOWN_ARGUMENTS = 4;

export function InstructionList({ account = null }: { account?: string | null }) {
  const after = useCursor();
  const failed = useFailed();
  const name = usePlace().query.get('name');
  const program = useProgram();
  const variables = { first: PAGE_ROWS, after, name, program, failed, account };
  const live = useAnswer<InstructionsQuery>(INSTRUCTIONS_QUERY, variables, {
    ...{ isFixed: after !== null, subject: JSON.stringify(variables) },
  });
  const page = shownData(live)?.instructions ?? null;
  return (
    <Panel
      id="instructions"
      title="Instructions"
      note="Calls by transactions and by other programs"
      isCurrent={live.isCurrent}
      controls={
        <>
          <ProgramFilter rows={page?.edges.map(({ node }) => node) ?? []} />
          <TextFilter name="name" label="Name" placeholder="create_order" />
          <FailedFilter />
        </>
      }
    >
      <Unread live={live} what="Instructions" />
      <DataTable
        caption="Instructions, newest first"
        rows={page?.edges.map(({ node }) => node) ?? null}
        keyOf={({ signature, path }) => `${signature}/${path}`}
        emptyText="No call of this kind is on record."
        columns={[
          { header: 'Instruction', cell: ({ name: call }) => <strong>{call}</strong> },
          {
            header: 'Arguments',
            isWide: true,
            cell: ({ args }) => (
              <span class="says">
                {argumentsOf(args)
                  .slice(0, SHOWN_ARGUMENTS)
                  .map(({ name: argument, short }) => (
                    <span key={argument}>
                      <small>{argument}</small> {short}
                    </span>
                  ))}
              </span>
            ),
          },
          { header: 'Program', cell: (call) => <ProgramLink list="instructions" of={call} /> },
          { header: 'Outcome', cell: (call) => <Outcome failed={call.failed} error={null} /> },
          { header: 'Block', isNumber: true, cell: ({ slot }) => <SlotLink slot={slot} /> },
          { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
          { header: 'When', isNumber: true, cell: ({ blockTime }) => <Moment at={blockTime} /> },
        ]}
      />
      <WalkControls page={page} after={after} />
    </Panel>
  );
}
