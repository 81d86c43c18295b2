/**
 * The vote: how it stands against its thresholds, what can still become of it, and every vote over time.
 * @module
 */
import { useState } from 'preact/hooks';
import { axisText } from '../../chart/axis-text.ts';
import { Line } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { useAnswer } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Figure, Figures } from '../../parts/figures.tsx';
import { hrefOf, KeyLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { MoreRows } from '../../parts/more-rows.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict, type VerdictKind } from '../../parts/verdict.tsx';
import type { VotesQuery } from '../../queries.generated.ts';
import { asNumber, INFER_DECIMALS, percent, rounded, tokens } from '../../text/amount.ts';
import { dayAndTime } from '../../text/clock.ts';
import { inWords } from '../../text/words.ts';
import type { Proposal } from './proposal.ts';
import { VOTES_QUERY } from './queries.ts';

type Vote = NonNullable<Proposal['vote']>;
type Cast = VotesQuery['votes']['edges'][number]['node'];

const PAGE_ROWS = 100;
const MINUTE_SECONDS = 60;

const choices = [
  ['for', 'a'],
  ['against', 'b'],
  ['abstain', 'd'],
  ['veto', 'c'],
] as const;

const verdicts: Readonly<Record<Vote['verdict'], readonly [VerdictKind, string]>> = {
  LOST: ['bad', 'It cannot pass any more'],
  OPEN: ['warn', 'It may pass or not'],
  TIPPED: ['good', 'It passes whatever comes'],
};

export function VoteSection({ proposal }: { proposal: Proposal }) {
  const { vote, address } = proposal;
  if (vote === null) {
    return (
      <Panel id="vote" title="Vote">
        <p class="nothing">Voting has not opened. Signals given so far bind nobody.</p>
        <Totals totals={proposal.signals} of={null} />
      </Panel>
    );
  }
  const [kind, text] = verdicts[vote.verdict];
  return (
    <Panel id="vote" title="Vote" note="Power in INFER; thresholds are those in force when voting opened">
      <p class="actions-line">
        <Verdict kind={kind}>{text}</Verdict>
        <span>
          {vote.finalOutcome === null
            ? `If voting ended now: ${inWords(vote.outcomeNow)}; still possible: ${vote.possibleOutcomes.map(inWords).join(', ')}`
            : `Outcome: ${inWords(vote.finalOutcome)}`}
        </span>
      </p>
      <Thresholds vote={vote} />
      <Totals totals={vote.votes} of={vote.castPower} />
      <Votes address={address} />
    </Panel>
  );
}

function Thresholds({ vote }: { vote: Vote }) {
  const { thresholds, votes, castPower, snapshotPower } = vote;
  const part = (value: bigint, of: bigint) => (of === 0n ? '–' : percent(Number((value * 10_000n) / of)));
  const decisive = BigInt(votes.for) + BigInt(votes.against) + BigInt(votes.veto);
  const power = (value: string) => ({ exact: `${tokens(value, INFER_DECIMALS)} INFER` });
  return (
    <Figures>
      <Figure
        id="turnout"
        name={`Turnout, needs ${percent(thresholds.quorumBps)}`}
        value={part(BigInt(castPower), BigInt(snapshotPower))}
        {...power(castPower)}
      />
      <Figure
        id="missing"
        name="Missing to the quorum"
        value={vote.isQuorumReached ? 'reached' : rounded(vote.missingPower, INFER_DECIMALS, 0)}
        unit={vote.isQuorumReached ? '' : 'INFER'}
        {...power(vote.missingPower)}
      />
      <Figure
        id="for-part"
        name={`For, needs ${percent(thresholds.passThresholdBps)}`}
        value={part(BigInt(votes.for), decisive)}
        {...power(votes.for)}
      />
      <Figure
        id="veto-part"
        name={`Veto, stops at ${percent(thresholds.vetoThresholdBps)}`}
        value={part(BigInt(votes.veto), BigInt(castPower))}
        {...power(votes.veto)}
      />
      <Figure
        id="power"
        name="Power that could vote"
        value={rounded(snapshotPower, INFER_DECIMALS, 0)}
        unit="INFER"
        {...power(snapshotPower)}
      />
    </Figures>
  );
}

function Totals({ totals, of }: { totals: Vote['votes']; of: string | null }) {
  const all = choices.reduce((sum, [name]) => sum + BigInt(totals[name]), 0n);
  const whole = of === null ? all : BigInt(of);
  return (
    <dl class="tally">
      {choices.map(([name, mark]) => {
        const width = whole === 0n ? 0 : Number((BigInt(totals[name]) * 10_000n) / whole) / 100;
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span class="gauge" data-mark={mark} aria-hidden="true">
                <i style={{ width: `${width}%` }} />
              </span>
              <AmountText value={totals[name]} decimals={INFER_DECIMALS} unit="INFER" places={0} isUnitShown />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Votes({ address }: { address: string }) {
  const [first, setFirst] = useState(PAGE_ROWS);
  const live = useAnswer<VotesQuery>(VOTES_QUERY, { proposal: address, first });
  const page = live.answer?.data.votes ?? null;
  const cast = page?.edges.map(({ node }) => node) ?? null;
  return (
    <>
      <Unread live={live} what="Votes" />
      {cast !== null && spanSeconds(cast) > MINUTE_SECONDS && <VoteChart cast={cast.toReversed()} />}
      <DataTable
        caption="Votes, newest first"
        rows={cast}
        keyOf={({ owner }) => owner}
        emptyText="Nobody has voted yet."
        columns={[
          { header: 'Voter', cell: ({ owner }) => <KeyLink href={hrefOf.wallet(owner)} value={owner} what="wallet" /> },
          {
            header: 'Choice',
            cell: ({ choice }) => <strong>{inWords(choice)}</strong>,
            sortBy: ({ choice }) => choice,
          },
          {
            header: 'Power, INFER',
            isNumber: true,
            cell: ({ power }) => <AmountText value={power} decimals={INFER_DECIMALS} unit="INFER" />,
            sortBy: ({ power }) => BigInt(power),
          },
          { header: 'When', cell: ({ votedAt }) => <Moment at={votedAt} />, sortBy: ({ votedAt }) => BigInt(votedAt) },
          { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
        ]}
      />
      <MoreRows page={page} first={first} onMore={setFirst} />
    </>
  );
}

/** Votes of one minute make no line. */
function spanSeconds(cast: readonly Cast[]): number {
  return Number(cast[0]?.votedAt ?? 0) - Number(cast.at(-1)?.votedAt ?? 0);
}

function VoteChart({ cast }: { cast: readonly Cast[] }) {
  const position = (value: string) => asNumber(value, INFER_DECIMALS);
  const most = Math.max(...cast.flatMap(({ totals }) => choices.map(([name]) => position(totals[name]))));
  const [first, last] = [Number(cast[0]?.votedAt), Number(cast.at(-1)?.votedAt)];
  return (
    <Plot
      label="Votes over time"
      height={160}
      x={{ from: first, to: last, kind: 'time' }}
      y={{ low: 0, high: most, text: axisText(most) }}
      picks={cast.map(({ votedAt, totals }) => ({
        x: Number(votedAt),
        title: dayAndTime(votedAt),
        values: choices.map(([name, mark]) => ({ name, mark, text: rounded(totals[name], INFER_DECIMALS, 0) })),
      }))}
    >
      {(scales) =>
        choices.map(([name, mark]) => (
          <Line
            key={name}
            scales={scales}
            mark={mark}
            isStep
            points={cast.map(({ votedAt, totals }) => ({
              x: Number(votedAt),
              y: position(totals[name]),
              exact: totals[name],
            }))}
          />
        ))
      }
    </Plot>
  );
}
