/**
 * Data corrections with their history: every difference that was ever found, and when it was gone again, as a stream.
 * @module
 */
import { useStream } from '../../live/use-stream.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { AccountLink, SlotLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { CorrectionsSubscription } from '../../queries.generated.ts';
import { CORRECTIONS_SUBSCRIPTION } from './queries.ts';

export function CorrectionsSection() {
  const messages = useStream<CorrectionsSubscription>(CORRECTIONS_SUBSCRIPTION);
  return (
    <Panel
      id="corrections"
      title="Corrections"
      note="Every difference that was ever found, and that it is gone again; newest first, as they come"
    >
      <DataTable
        caption="History of differences, newest first"
        rows={messages?.map(({ incidents }) => incidents).toReversed() ?? null}
        keyOf={({ cursor }) => cursor}
        emptyText="Nothing was ever found to differ."
        columns={[
          {
            header: 'What',
            cell: ({ isOpen }) =>
              isOpen ? <Verdict kind="bad">found</Verdict> : <Verdict kind="good">corrected</Verdict>,
          },
          { header: 'Block', isNumber: true, cell: ({ incident }) => <SlotLink slot={incident.slot} /> },
          { header: 'Account', cell: ({ incident }) => <AccountLink address={incident.account} what="account" /> },
          { header: 'Kind', cell: ({ incident }) => incident.kind },
          { header: 'Field', cell: ({ incident }) => incident.field || 'the account itself' },
          {
            header: 'By its history',
            isLong: true,
            cell: ({ incident }) => <span class="name">{incident.expected}</span>,
          },
          { header: 'On chain', isLong: true, cell: ({ incident }) => <span class="name">{incident.seen}</span> },
        ]}
      />
    </Panel>
  );
}
