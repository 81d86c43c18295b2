/**
 * One proposal: what it does in facts, how the vote stands, what could still go wrong, and, kept apart, what the proposer
 * says of it.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { Absent, isAbsent } from '../../parts/absent.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { ProposalQuery } from '../../queries.generated.ts';
import { INFER_DECIMALS, tokens } from '../../text/amount.ts';
import { inWords, proposalWords } from '../../text/words.ts';
import { ActSection } from './act-section.tsx';
import { ActionSection } from './action-section.tsx';
import { ImpactSection } from './impact-section.tsx';
import type { Proposal } from './proposal.ts';
import { PROPOSAL_QUERY } from './queries.ts';
import { StatusVerdict } from './status-verdict.tsx';
import { VoteSection } from './vote-section.tsx';

export function ProposalPage({ id }: { id: string }) {
  const live = useAnswer<ProposalQuery>(PROPOSAL_QUERY, { id });
  const data = live.answer?.data ?? null;
  const proposal = data?.proposal ?? null;
  return (
    <>
      <PageHead title={`Proposal ${id}`} {...(proposal === null ? {} : { note: proposalWords[proposal.kind] })}>
        {proposal && <StatusVerdict status={proposal.status} />}
        <a href="/governance">All proposals</a>
      </PageHead>
      {isAbsent(live, proposal) ? (
        <Absent live={live} what="This proposal">
          There is no proposal {id}.
        </Absent>
      ) : (
        <>
          <Unread live={live} what="The proposal" />
          {proposal === null ? (
            <section class="panel" aria-label="Loading">
              <span class="bone tall" />
            </section>
          ) : (
            <>
              <ActionSection proposal={proposal} mints={data?.marketplace ?? null} />
              <Risks proposal={proposal} />
              <ImpactSection proposal={proposal} />
              <VoteSection proposal={proposal} />
              <ActSection proposal={proposal} />
              <ProposerSays text={proposal.untrustedText} />
              <Life proposal={proposal} />
            </>
          )}
        </>
      )}
    </>
  );
}

function Risks({ proposal }: { proposal: Proposal }) {
  const { executionRisks: risks, conflicts, invalidity } = proposal;
  if (risks.length === 0 && conflicts.length === 0 && invalidity === null) return null;
  return (
    <Panel
      id="risks"
      title={invalidity === null ? 'Could fail when it executes' : 'Why it failed when it executed'}
      note="Checked by rule, not said by anybody"
    >
      <ul class="checks">
        {invalidity !== null && (
          <li data-good={false}>
            <span>
              {inWords(invalidity.rule)}
              {invalidity.key && ` · ${invalidity.key}`}
            </span>
            <code>{`found ${invalidity.value}, limit ${invalidity.limit}`}</code>
          </li>
        )}
        {risks.map(({ code, message, proposalId }) => (
          <li key={`${code}/${proposalId}`} data-good={false}>
            <span>{message}</span>
            {proposalId !== null && <a href={`/governance/${proposalId}`}>Proposal {proposalId}</a>}
          </li>
        ))}
      </ul>
      {conflicts.length > 0 && (
        <p class="quiet">
          Under way on the same parameters:{' '}
          {conflicts.map(({ key, proposalId }) => (
            <span key={`${key}/${proposalId}`}>
              <a href={`/governance/${proposalId}`}>{proposalId}</a> ({key}){' '}
            </span>
          ))}
        </p>
      )}
    </Panel>
  );
}

/** Foreign words: text alone, in a frame of its own, and a link only where the API says that it may be one. */
function ProposerSays({ text }: { text: Proposal['untrustedText'] }) {
  return (
    <Panel id="text" title="What the proposer says" note="Nobody has checked it; it may say anything">
      <blockquote class="foreign">
        <p class="name">{text.title}</p>
        <p class="name">
          {text.link === null ? (
            text.uri || 'no text is linked'
          ) : (
            <a href={text.link} target="_blank" rel="noopener noreferrer nofollow">
              {text.uri}
            </a>
          )}
        </p>
      </blockquote>
      <p class="quiet">
        {text.hasHiddenCharacters && <Verdict kind="warn">holds characters that would not be seen</Verdict>} SHA-256 of
        the text, as the proposer says: <code>{text.textHash}</code>
      </p>
    </Panel>
  );
}

function Life({ proposal }: { proposal: Proposal }) {
  return (
    <Panel
      id="life"
      title="Its life"
      note={
        proposal.status === proposal.recordedStatus
          ? ''
          : `The chain still has it as ${inWords(proposal.recordedStatus)}: nobody has taken the step that is due`
      }
    >
      <Facts
        facts={[
          ['Proposed by', <KeyLink href={hrefOf.wallet(proposal.proposer)} value={proposal.proposer} what="wallet" />],
          ['Stake behind it', `${tokens(proposal.committed, INFER_DECIMALS)} INFER`],
          ['Proposed', <Moment at={proposal.createdAt} />],
          ['Signaling from', <Moment at={proposal.signalingFrom} />],
          ['Voting from', <Moment at={proposal.votingFrom} />],
          ['Voting until', <Moment at={proposal.votingEndsAt} />],
          ['May execute from', <Moment at={proposal.executesFrom} />],
          ['… until', <Moment at={proposal.expiresAt} />],
          ['Ended', <Moment at={proposal.endedAt} />],
          ['Account', <ShortKey value={proposal.address} what="proposal" />],
        ]}
      />
      <DataTable
        caption="Steps of its life"
        rows={proposal.steps}
        keyOf={({ name, signature }) => `${name}/${signature}`}
        emptyText="None."
        columns={[
          { header: 'Step', cell: ({ name }) => inWords(name) },
          { header: 'When', cell: ({ at }) => <Moment at={at} /> },
          { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
        ]}
      />
    </Panel>
  );
}
