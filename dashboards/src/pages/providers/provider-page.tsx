/**
 * One provider: its score over time, and every piece of evidence that made it what it is.
 * @module
 */
import { Line, rangeOf } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { useAnswer } from '../../live/use-live.ts';
import { Absent, isAbsent } from '../../parts/absent.tsx';
import { Figure, Figures } from '../../parts/figures.tsx';
import { hrefOf, KeyLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { ProviderQuery } from '../../queries.generated.ts';
import { count, gpuHours, INFER_DECIMALS, percentOfPpm, rounded, tokens, USDC_DECIMALS } from '../../text/amount.ts';
import { age, dayAndTime } from '../../text/clock.ts';
import { shortened } from '../../text/shortened.ts';
import { evidenceWords, regionName, tierName } from '../../text/words.ts';
import { type Evidence, EvidenceSection, signed } from './evidence-section.tsx';
import { PROVIDER_QUERY } from './queries.ts';

type Provider = NonNullable<ProviderQuery['provider']>;
type Reputation = NonNullable<Provider['reputation']>;

export function ProviderPage({ address }: { address: string }) {
  const live = useAnswer<ProviderQuery>(PROVIDER_QUERY, { address });
  const data = live.answer?.data ?? null;
  const provider = data?.provider ?? null;
  const evidence = data?.providerEvidence.edges.map(({ node }) => node) ?? null;
  return (
    <>
      <PageHead title={`Provider ${shortened(address)}`} note={<span class="path">{address}</span>}>
        <a href="/providers">All providers</a>
      </PageHead>
      {isAbsent(live, provider) ? (
        <Absent live={live} what="This provider">
          No provider has this address.
        </Absent>
      ) : (
        <>
          <Unread live={live} what="The provider" />
          <Standing provider={provider} />
          <ScoreHistory evidence={evidence} />
          <EvidenceSection evidence={evidence} hasMore={data?.providerEvidence.pageInfo.hasNextPage ?? false} />
        </>
      )}
    </>
  );
}

function Standing({ provider }: { provider: Provider | null }) {
  const reputation = provider?.reputation ?? null;
  const live = provider?.liveReputation ?? null;
  const ppm = (value: number | null | undefined) => (value == null ? '–' : percentOfPpm(value));
  return (
    <Panel id="standing" title="Standing" note={provider === null ? null : standingAsOf(reputation)}>
      <Figures>
        <Figure
          id="displayed"
          name="Score"
          value={reputation === null ? '–' : count(reputation.displayedScore)}
          unit="of 1,000,000"
        />
        <Figure
          id="live"
          name="With evidence since"
          value={live === null ? '–' : count(live.displayedScore)}
          {...(live === null
            ? {}
            : { exact: `${count(live.evidenceCount)} pieces up to block ${count(live.throughSlot)}` })}
        />
        <Figure id="score" name="Before the bond’s cap" value={reputation === null ? '–' : count(reputation.score)} />
        <Figure id="success" name="Success" value={ppm(reputation?.successPpm)} />
        <Figure id="success-bound" name="… at least, 95 %" value={ppm(reputation?.successLowerBoundPpm)} />
        <Figure id="uptime" name="Uptime" value={ppm(reputation?.uptimePpm)} />
        <Figure
          id="slashes"
          name="Slashes"
          value={reputation === null ? '–' : count(reputation.slashCount)}
          isBad={reputation !== null && reputation.slashCount !== '0'}
        />
      </Figures>
      {provider === null ? (
        <span class="bone" />
      ) : (
        <Facts facts={[...identity(provider), ...(reputation ? record(reputation) : [])]} />
      )}
    </Panel>
  );
}

function standingAsOf(reputation: Reputation | null): string {
  return reputation === null
    ? 'No reward epoch has ended since it registered'
    : `As of reward epoch ${reputation.rewardEpoch}`;
}

function identity(provider: Provider) {
  return [
    ['Owner', <KeyLink href={hrefOf.wallet(provider.owner)} value={provider.owner} what="wallet" />],
    ['Paid to', <ShortKey value={provider.payout} what="wallet" />],
    ['Pool', <KeyLink href={hrefOf.pool(provider.operatorPool)} value={provider.operatorPool} what="pool" />],
    ['Tier', tierName(provider.tier)],
    ['Region', regionName(provider.region, [provider.jurisdiction])],
    [
      'Registered',
      <>
        <Moment at={provider.registeredAt} /> <TransactionLink signature={provider.registrationSignature} />
      </>,
    ],
    ['Bond now', `${tokens(provider.bond, INFER_DECIMALS)} INFER`],
    ['Offers, orders', `${count(provider.offerCount)}, ${count(provider.orderCount)}`],
    ['Settled, refunded', `${count(provider.settledCount)}, ${count(provider.refundedCount)}`],
    ['Delivered', `${gpuHours(provider.gpuSeconds)} GPU-hours`],
  ] as const;
}

function record(reputation: Reputation) {
  return [
    ['Score to be regained', reputation.targetScore === null ? 'none' : count(reputation.targetScore)],
    ['Bond asked for', `${tokens(reputation.requiredBond, INFER_DECIMALS)} INFER`],
    ['Tenure', age(Number(reputation.tenureSeconds))],
    ['Delivered beyond dispute', count(reputation.deliveredCount)],
    ['Not delivered in time', count(reputation.failedCount)],
    ['Refunded otherwise', count(reputation.refundedCount)],
    ['Disputed, lost', `${count(reputation.disputedCount)}, ${count(reputation.lostDisputeCount)}`],
    ['Challenges passed, failed', `${count(reputation.challengesPassed)}, ${count(reputation.challengesFailed)}`],
    ['Bond slashed', `${tokens(reputation.slashedAmount, INFER_DECIMALS)} INFER`],
    [
      'Paid by buyers',
      `${rounded(reputation.volumeInfer, INFER_DECIMALS, 2)} INFER, ${rounded(reputation.volumeUsdc, USDC_DECIMALS, 2)} USDC`,
    ],
  ] as const;
}

function ScoreHistory({ evidence }: { evidence: readonly Evidence[] | null }) {
  const pieces = evidence?.toReversed() ?? [];
  const points = pieces.map(({ at, scoreAfter }) => ({ x: Number(at), y: scoreAfter, exact: String(scoreAfter) }));
  const first = pieces[0];
  const line =
    first === undefined
      ? []
      : [{ x: Number(first.at), y: first.scoreBefore, exact: String(first.scoreBefore) }, ...points];
  const { low, high } = rangeOf(line.map(({ y }) => y));
  const last = points.at(-1)?.x ?? 1;
  return (
    <Panel id="history" title="Score over time" note="After each piece of evidence; the numbers are in the list below">
      {evidence === null && <span class="bone tall" />}
      {evidence?.length === 0 && (
        <p class="nothing">No evidence has counted yet: the score stands at its start value.</p>
      )}
      {first !== undefined && (
        <Plot
          label="Score over time"
          height={200}
          x={{ from: Number(first.at), to: Math.max(last, Number(first.at) + 1), kind: 'time' }}
          y={{ low: Math.min(low, 0), high, text: count }}
          picks={pieces.map((piece) => ({
            x: Number(piece.at),
            title: dayAndTime(piece.at),
            values: [
              { name: evidenceWords[piece.class], text: signed(piece.scoreAfter - piece.scoreBefore) },
              { name: 'score', text: count(piece.scoreAfter), mark: 'a' },
            ],
          }))}
        >
          {(scales) => <Line scales={scales} mark="a" points={line} isStep hasDots />}
        </Plot>
      )}
    </Panel>
  );
}
