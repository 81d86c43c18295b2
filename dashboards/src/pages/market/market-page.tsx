/**
 * The market: what can be ordered now and at what price, what is in use, what was paid, and how sessions were billed.
 * @module
 */
import { shownData } from '../../live/live.ts';
import { useAnswer } from '../../live/use-live.ts';
import { Choice, useChoice } from '../../parts/choice.tsx';
import { ModelChoice, useModel } from '../../parts/model-choice.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { MarketQuery, SessionsQuery } from '../../queries.generated.ts';
import { regionName, tierName } from '../../text/words.ts';
import { BookSection } from './book-section.tsx';
import { ExchangeSection } from './exchange-section.tsx';
import { PriceSection } from './price-section.tsx';
import { MARKET_QUERY, SESSIONS_QUERY } from './queries.ts';
import { SessionSection } from './session-section.tsx';
import { SupplySection } from './supply-section.tsx';

const TIERS = [1, 2, 3] as const;
const SCORES_PPM = [0, 50_000, 100_000, 250_000, 500_000, 700_000] as const;

export function MarketPage() {
  const model = useModel();
  const filter = { region: useChoice('region'), tier: useChoice('tier'), minScorePpm: useChoice('score') };
  const asked = { model, ...filter };
  const live = useAnswer<MarketQuery>(MARKET_QUERY, asked, { subject: JSON.stringify(asked) });
  const sessions = useAnswer<SessionsQuery>(SESSIONS_QUERY);
  const data = live.answer?.data ?? null;
  const shown = shownData(live);
  const models = data?.marketplace?.models ?? [];
  const supply = data?.supply ?? [];
  const regions = [...new Set(supply.map(({ region }) => region))].toSorted((a, b) => a - b);
  const regionText = (region: number) => {
    const there = supply.filter((each) => each.region === region);
    return regionName(
      region,
      there.map(({ jurisdiction }) => jurisdiction),
    );
  };
  return (
    <>
      <PageHead title="Market" note="What can be ordered now, what is in use, and what was paid">
        <ModelChoice model={model} names={models} />
        <Choice name="region" label="Region" options={regions.map((each) => [each, regionText(each)])} />
        <Choice name="tier" label="Tier" options={TIERS.map((each) => [each, tierName(each)])} />
        <Choice
          name="score"
          label="Score from"
          options={SCORES_PPM.map((each) => [each, each.toLocaleString('en-GB')])}
        />
      </PageHead>
      <Unread live={live} what="The market" />
      <BookSection
        book={shown?.offers ?? null}
        isLoading={shown === null}
        isCurrent={live.isCurrent}
        regionText={regionText}
      />
      <PriceSection model={model} models={data === null ? null : models} />
      <SupplySection supply={data?.supply ?? null} leases={data?.leasesEnding ?? null} models={models} />
      <SessionSection live={sessions} market={data?.marketplace ?? null} />
      <ExchangeSection
        exchange={data?.exchange ?? null}
        models={models}
        liquidations={sessions.answer?.data.liquidations.edges.map(({ node }) => node) ?? null}
        isLoading={data === null}
      />
    </>
  );
}
