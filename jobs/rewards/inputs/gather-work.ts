/**
 * Work and scores of a reward epoch, gathered from the indexed marketplace: evidence folded onto the scores of the epoch
 * before, and the seconds that weigh.
 * @module
 */
import { hexOf } from '../../../indexer/domain/hex.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { walletLinks } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { scoreRows } from '../../../indexer/store/queries/rewards/reward-results.ts';
import { type ClusterMember, type Clusters, clustersOf } from '../../reputation/clusters.ts';
import { evidenceByProvider, type UptimeRules } from '../../reputation/evidence.ts';
import { type EarlierScore, type EpochScores, scoreProviders } from '../../reputation/provider-scores.ts';
import { scoreRules } from '../../reputation/score.ts';
import { type CountedWork, countedWork } from './counted-work.ts';
import { additionsIn, gatherEvidence, type MarketEvidence } from './market-evidence.ts';
import { type MarketFacts, marketFacts } from './market-facts.ts';
import { type ParametersInForce, parameterInForce } from './parameters-in-force.ts';
import type { SlotRange, Window } from './window.ts';

export interface WorkEpoch {
  readonly rewardEpoch: RewardEpoch;
  readonly window: Window;
  readonly slots: SlotRange;
}

export interface GatheredWork extends EpochScores {
  readonly work: readonly CountedWork[];
  /** Wallets that belong together, as of the window's last slot. */
  readonly clusters: readonly ClusterMember[];
}

/**
 * @throws InvariantError `REWARDS__UNKNOWN_MODEL`, `REPUTATION__UNKNOWN_PROVIDER`; UpstreamError `REWARDS__NOT_INDEXED`
 */
export async function gatherWork(
  store: StoreClient,
  marketplace: Uint8Array,
  { slots, window, rewardEpoch }: WorkEpoch,
  inForce: ParametersInForce,
): Promise<GatheredWork> {
  const value = (key: string) => parameterInForce(inForce, key);
  const uptimeRules = {
    fullPpm: value('reputation_uptime_full_ppm'),
    shortfallPpm: value('reputation_heartbeat_shortfall_ppm'),
  };
  const earlier = rewardEpoch > 1n ? await earlierScores(store, rewardEpoch - 1n) : [];
  const gathered = await gatherScores(store, marketplace, { slots, window, earlier, uptimeRules }, inForce);
  if (gathered === null) return { work: [], scores: [], evidence: [], clusters: [] };
  const { market, chain, clusters, scores, evidence } = gathered;
  const work = countedWork([...chain.delivered, ...chain.metered], {
    ...{ clusters, modelWeights: market.modelWeights, unitsOf: market.unitsOf },
    providers: new Map(scores.map((score) => [hexOf(score.provider), score])),
    windowSeconds: window.end - window.start,
  });
  return { work, scores, evidence, clusters: clusters.members() };
}

/** What scores are folded from. */
export interface ScoreRange {
  readonly slots: SlotRange;
  readonly window: Window;
  /** Where the fold starts from; a provider without a row starts anew. */
  readonly earlier: readonly EarlierScore[];
  readonly uptimeRules: Omit<UptimeRules, 'intervalSeconds'>;
}

interface GatheredScores extends EpochScores {
  readonly market: MarketFacts;
  readonly chain: MarketEvidence;
  readonly clusters: Clusters;
}

/** `null` before there is a marketplace. @throws as `gatherWork` */
export async function gatherScores(
  store: StoreClient,
  marketplace: Uint8Array,
  { slots, window, earlier, uptimeRules }: ScoreRange,
  inForce: ParametersInForce,
): Promise<GatheredScores | null> {
  const market = await marketFacts(store, marketplace, slots.last, window.end);
  if (market === null) return null;
  const value = (key: string) => parameterInForce(inForce, key);
  const intervalSeconds = value('heartbeat_interval_seconds');
  const [chain, links] = await Promise.all([
    gatherEvidence(store, slots, window, intervalSeconds),
    walletLinks(store, marketplace, slots.last),
  ]);
  const clusters = clustersOf(links, Number(value('reputation_cluster_hub_wallets')));
  const evidenceWindow = { ...window, firstSlot: slots.first, lastSlot: slots.last };
  const { scores, evidence } = scoreProviders(
    {
      ...{ rules: scoreRules(value), window: evidenceWindow, earlier },
      evidence: evidenceByProvider(
        chain,
        market.providers,
        clusters,
        { ...uptimeRules, intervalSeconds },
        evidenceWindow,
      ),
      additionsOf: additionsIn(chain, market.usdcMint, evidenceWindow, intervalSeconds),
    },
    market.providers,
  );
  return { market, chain, clusters, scores, evidence };
}

/** As stored at the end of an epoch. */
export async function earlierScores(store: StoreClient, rewardEpoch: RewardEpoch): Promise<EarlierScore[]> {
  const stored = await scoreRows(store, rewardEpoch);
  return stored.map((row) => ({
    ...row,
    score: BigInt(row.score),
    target: row.targetScore === 0 ? null : BigInt(row.targetScore),
  }));
}
