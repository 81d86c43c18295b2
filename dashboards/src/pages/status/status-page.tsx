/**
 * How far the record can be relied on: finality, gaps, what does not reconcile, what was corrected, and who could change
 * the programs.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Figure, Figures } from '../../parts/figures.tsx';
import { AccountLink, SlotLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { FinalityQuery, StatusQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { CorrectionsSection } from './corrections-section.tsx';
import { DeadAlertSection } from './dead-alert-section.tsx';
import { FinalityChart } from './finality-chart.tsx';
import { JobFailureSection } from './job-failure-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { FINALITY_QUERY, STATUS_QUERY } from './queries.ts';

type Meta = StatusQuery['_meta'];

export function StatusPage() {
  const finality = useAnswer<FinalityQuery>(FINALITY_QUERY);
  const live = useAnswer<StatusQuery>(STATUS_QUERY);
  const data = live.answer?.data ?? null;
  return (
    <>
      <PageHead title="Status" note="How far the record can be relied on, and what was found wrong in it" />
      <Unread live={live} what="The status" />
      <Unread live={finality} what="Blocks" />
      <Claims data={data} />
      <Panel
        id="finality"
        title="Finality"
        note="The newest blocks, and whether they can still be replaced"
        isCurrent={finality.answer === null || finality.isCurrent}
      >
        {finality.answer === null ? (
          <span class="bone tall" />
        ) : (
          <FinalityChart blocks={finality.answer.data.blocks.edges.map(({ node }) => node)} />
        )}
      </Panel>
      <Incidents meta={data?._meta ?? null} />
      <CorrectionsSection />
      <Gaps gaps={data?.gaps ?? null} />
      <JobFailureSection />
      <DeadAlertSection />
      <KeysSection />
    </>
  );
}

function Claims({ data }: { data: StatusQuery | null }) {
  const meta = data?._meta ?? null;
  const proof = data?.ledgerProof ?? null;
  const slot = (value: string | null | undefined) => (value == null ? '–' : <SlotLink slot={value} />);
  return (
    <Panel id="claims" title="What holds" note="Each is checked continuously; a claim that fails stops the reward jobs">
      <Figures>
        <Figure id="head" name="Head" value={slot(meta?.slot)} />
        <Figure id="finalized" name="Final up to" value={slot(meta?.finalizedSlot)} />
        <Figure id="reconciled" name="Accounts equal events up to" value={slot(meta?.reconciledThroughSlot)} />
        <Figure id="ledger" name="Ledger sums to zero up to" value={slot(proof?.ledgerThroughSlot)} />
        <Figure id="gaps" name="Gaps" value={meta ? count(meta.gaps) : '–'} isBad={(meta?.gaps ?? 0) > 0} />
        <Figure
          id="incidents"
          name="Accounts that differ"
          value={meta ? count(meta.incidentCount) : '–'}
          isBad={meta !== null && meta.incidentCount !== '0'}
        />
        <Figure
          id="faults"
          name="Faults of the ledger"
          value={proof ? count(proof.faultCount) : '–'}
          isBad={proof !== null && proof.faultCount !== '0'}
        />
      </Figures>
      {meta !== null && (
        <p class="quiet">
          Head of <Moment at={meta.blockTime} />; {count(meta.lagSlots)} blocks are not final yet.
        </p>
      )}
    </Panel>
  );
}

function Incidents({ meta }: { meta: Meta | null }) {
  const total = Number(meta?.incidentCount ?? 0);
  return (
    <Panel
      id="incident-list"
      title="Incidents"
      note="Accounts on chain that are not what events and instructions say, with both sides; one that is mended is gone from here"
    >
      <DataTable
        caption="Accounts that differ, in chain order"
        rows={meta?.incidents ?? null}
        keyOf={({ slot, account, field }) => `${slot}/${account}/${field}`}
        emptyText={
          meta?.reconciledThroughSlot == null
            ? 'No comparison has been made yet.'
            : 'None. Every account is what its history says.'
        }
        columns={[
          { header: 'Block', isNumber: true, cell: ({ slot }) => <SlotLink slot={slot} /> },
          { header: 'Account', cell: ({ account }) => <AccountLink address={account} what="account" /> },
          { header: 'Kind', cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
          { header: 'Field', cell: ({ field }) => field || 'the account itself' },
          { header: 'By its history', isLong: true, cell: ({ expected }) => <span class="name">{expected}</span> },
          { header: 'On chain', isLong: true, cell: ({ seen }) => <span class="name">{seen}</span> },
        ]}
      />
      {meta !== null && total > meta.incidents.length && (
        <p class="quiet more">
          The first {meta.incidents.length} of {count(total)}.
        </p>
      )}
    </Panel>
  );
}

function Gaps({ gaps }: { gaps: StatusQuery['gaps'] | null }) {
  return (
    <Panel
      id="gap-list"
      title="Gaps"
      note="Places where a block does not follow the one before; a skipped slot is none"
    >
      <DataTable
        caption="Gaps, newest first"
        rows={gaps}
        keyOf={({ afterSlot }) => afterSlot}
        emptyText="None. Every block follows the one before it, back to the first."
        columns={[
          {
            header: 'What',
            cell: ({ kind }) =>
              kind === 'MISSING' ? (
                <Verdict kind="warn">blocks are missing</Verdict>
              ) : (
                <Verdict kind="bad">hashes do not fit</Verdict>
              ),
          },
          { header: 'After', isNumber: true, cell: ({ afterSlot }) => <SlotLink slot={afterSlot} /> },
          { header: 'Before', isNumber: true, cell: ({ nextSlot }) => <SlotLink slot={nextSlot} /> },
          { header: 'Whose parent is', isNumber: true, cell: ({ parentSlot }) => count(parentSlot) },
        ]}
      />
    </Panel>
  );
}
