/**
 * Governance: what is proposed and how it stands, what is governed and within which bounds, and the treasury.
 * @module
 */
import { useState } from 'preact/hooks';
import type { PageProps } from '../../frame/page.ts';
import { go, usePlace, withQuery } from '../../frame/router.ts';
import { shownData } from '../../live/live.ts';
import { useAnswer } from '../../live/use-live.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { MoreRows } from '../../parts/more-rows.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { ParametersQuery, ProposalsQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { proposalWords } from '../../text/words.ts';
import { ParameterSection } from './parameter-section.tsx';
import { ProposalPage } from './proposal-page.tsx';
import { PARAMETERS_QUERY, PROPOSALS_QUERY } from './queries.ts';
import { StatusVerdict } from './status-verdict.tsx';
import { TreasurySection } from './treasury-section.tsx';

type Proposal = ProposalsQuery['proposals']['edges'][number]['node'];

const PAGE_ROWS = 50;

export function GovernancePage({ rest: [id] }: PageProps) {
  return id === undefined ? <Overview /> : <ProposalPage id={id} key={id} />;
}

function Overview() {
  const governed = useAnswer<ParametersQuery>(PARAMETERS_QUERY);
  const data = governed.answer?.data ?? null;
  return (
    <>
      <PageHead
        title="Governance"
        note="What is proposed, what is governed and within which bounds, and what the treasury holds"
      />
      <ProposalSection />
      <Unread live={governed} what="Parameters and treasury" />
      <TreasurySection treasury={data?.network.treasury ?? null} mints={data?.marketplace ?? null} />
      <ParameterSection parameters={data?.parameters ?? null} />
    </>
  );
}

function ProposalSection() {
  const isOpen = usePlace().query.get('open') === 'true' ? true : null;
  const [first, setFirst] = useState(PAGE_ROWS);
  const live = useAnswer<ProposalsQuery>(PROPOSALS_QUERY, { first, isOpen }, { subject: String(isOpen) });
  const page = shownData(live)?.proposals ?? null;
  return (
    <Panel
      id="proposals"
      title="Proposals"
      note="Newest first; titles are the proposers’ own words"
      isCurrent={live.isCurrent}
      controls={
        <fieldset class="segments" aria-label="Which">
          {(
            [
              ['All', null],
              ['Under way', 'true'],
            ] as const
          ).map(([text, open]) => (
            <button
              key={text}
              type="button"
              aria-pressed={(isOpen === true) === (open !== null)}
              onClick={() => go(withQuery({ open }), true)}
            >
              {text}
            </button>
          ))}
        </fieldset>
      }
    >
      <Unread live={live} what="Proposals" />
      <DataTable
        caption="Proposals, newest first"
        rows={page?.edges.map(({ node }) => node) ?? null}
        keyOf={({ id }) => id}
        emptyText="Nothing has been proposed yet."
        columns={columns}
      />
      <MoreRows page={page} first={first} onMore={setFirst} />
    </Panel>
  );
}

const columns: readonly Column<Proposal>[] = [
  {
    header: 'Proposal',
    isLong: true,
    // Foreign text: it is shown as text, whatever it holds.
    cell: ({ id, untrustedText }) => <a class="name" href={`/governance/${id}`}>{`${id} · ${untrustedText.title}`}</a>,
    sortBy: ({ id }) => BigInt(id),
  },
  { header: 'Status', cell: ({ status }) => <StatusVerdict status={status} />, sortBy: ({ status }) => status },
  { header: 'Does', isWide: true, cell: ({ action, kind }) => action.sentences[0] ?? proposalWords[kind] },
  {
    header: 'Votes',
    isNumber: true,
    cell: ({ voteCount }) => count(voteCount),
    sortBy: ({ voteCount }) => BigInt(voteCount),
  },
  { header: 'Quorum', cell: ({ vote }) => (vote === null ? '–' : vote.isQuorumReached ? 'reached' : 'not yet') },
  {
    header: 'Decided',
    cell: ({ vote }) =>
      vote === null ? '–' : vote.verdict === 'OPEN' ? 'open' : vote.verdict === 'TIPPED' ? 'passes' : 'cannot pass',
  },
  {
    header: 'Voting ends',
    cell: ({ votingEndsAt }) => <Moment at={votingEndsAt} />,
    sortBy: ({ votingEndsAt }) => (votingEndsAt === null ? null : BigInt(votingEndsAt)),
  },
  {
    header: 'Risk',
    cell: ({ couldFailAtExecute }) => (couldFailAtExecute ? <Verdict kind="warn">could fail at execute</Verdict> : '–'),
  },
];
