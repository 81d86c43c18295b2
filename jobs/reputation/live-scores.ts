/**
 * Scores between reward epochs: those of the last computed epoch, and every piece of evidence that has become final and beyond
 * dispute since, folded by the same rule. What an epoch makes at its end (uptime, idle decay) is not in them before it ends.
 * @module
 */
import { hexOf } from '../../indexer/domain/hex.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import { cursor } from '../../indexer/store/queries/chain/cursors.ts';
import { insertLiveScores } from '../../indexer/store/queries/reputation/live-scores.ts';
import { type EpochRow, latestEpochRows } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { JOB_NAMES, tickPayload } from '../contract.ts';
import { defineJob, type JobDefinition } from '../define-job.ts';
import { rankOf } from '../rewards/epoch-state.ts';
import { earlierScores, gatherScores } from '../rewards/inputs/gather-work.ts';
import { recordedFrom } from '../rewards/inputs/market-facts.ts';
import { type GovernedPrograms, parametersInForce } from '../rewards/inputs/parameters-in-force.ts';

/** Above every share, and below every one: a window that has not ended has no uptime. */
const NO_UPTIME = { fullPpm: 1_000_001n, shortfallPpm: 0n };
/** How many epochs may be open beside the last computed one. */
const LOOKED_BACK_EPOCHS = 5;

/**
 * Bring the live scores up to the newest finalized block; idempotent.
 * @returns the slot that they are as of, `null` while nothing can be said
 * @throws the errors of `gatherScores`
 */
export async function refreshLiveScores(
  store: StoreClient,
  programs: GovernedPrograms,
  nowMicros: () => bigint,
): Promise<bigint | null> {
  const finalized = await cursor(store, 'finalized');
  const time = finalized === null ? null : await timeAtSlot(store, finalized.slot);
  if (finalized === null || time === null) return null;
  const throughSlot = finalized.slot;
  const base = await lastComputed(store);
  const from = { slot: base === null ? 0n : base.lastSlot + 1n, time: base?.windowEnd ?? 0n };
  if (from.slot > throughSlot) return base?.lastSlot ?? null;
  const inForce = await parametersInForce(store, programs, await recordedFrom(store, throughSlot), throughSlot);
  const range = {
    slots: { first: from.slot, last: throughSlot },
    // A block may be final before the window in which its time lies has begun by the one that ends it.
    window: { start: from.time, end: (time > from.time ? time : from.time) + 1n },
    earlier: base === null ? [] : await earlierScores(store, base.rewardEpoch),
    uptimeRules: NO_UPTIME,
  };
  const gathered = await gatherScores(store, programs.marketplace, range, inForce);
  const pieceCounts = new Map<string, number>();
  for (const { provider, evidence } of gathered?.evidence ?? []) {
    if (evidence.class !== 'epoch_end') pieceCounts.set(hexOf(provider), (pieceCounts.get(hexOf(provider)) ?? 0) + 1);
  }
  const scores = (gathered?.scores ?? []).map(({ provider, score, displayed, target }) => ({
    ...{ provider, throughSlot, score: Number(score), displayedScore: Number(displayed) },
    ...{ baseEpoch: base?.rewardEpoch ?? 0n, baseInputHash: base?.inputHash ?? '', targetScore: Number(target ?? 0n) },
    evidenceCount: pieceCounts.get(hexOf(provider)) ?? 0,
    recordedAt: nowMicros(),
  }));
  await insertLiveScores(store, scores);
  return throughSlot;
}

export function liveScoreKeeper(
  store: StoreClient,
  programs: GovernedPrograms,
  nowMicros: () => bigint,
): LiveScoreKeeper {
  return new LiveScoreKeeper(() => refreshLiveScores(store, programs, nowMicros), nowMicros);
}

export interface LiveScoreJobContext {
  readonly liveScores: LiveScoreKeeper;
}

/** Between two passes it rests for as many times as the last one took, so that it never has more than a tenth of the time. */
const RESTS = 9;

export class LiveScoreKeeper {
  readonly #refresh: () => Promise<unknown>;
  readonly #nowMicros: () => bigint;
  #isRunning = false;
  #restsUntil = 0n;

  constructor(refresh: () => Promise<unknown>, nowMicros: () => bigint) {
    this.#refresh = refresh;
    this.#nowMicros = nowMicros;
  }

  /** A tick that comes too early has nothing to do. @throws the errors of the refresh */
  async refresh(): Promise<void> {
    const startedAt = this.#nowMicros();
    if (this.#isRunning || startedAt < this.#restsUntil) return;
    this.#isRunning = true;
    try {
      await this.#refresh();
    } finally {
      this.#isRunning = false;
      const endedAt = this.#nowMicros();
      this.#restsUntil = endedAt + (endedAt - startedAt) * BigInt(RESTS);
    }
  }
}

export const liveScoreJobs: readonly JobDefinition<LiveScoreJobContext>[] = [
  defineJob({
    name: JOB_NAMES.liveScores,
    payload: tickPayload,
    run: (_, { liveScores }: LiveScoreJobContext) => liveScores.refresh(),
  }),
];

async function lastComputed(store: StoreClient): Promise<EpochRow | null> {
  const latest = await latestEpochRows(store, LOOKED_BACK_EPOCHS);
  return latest.findLast(({ stateRank }) => stateRank >= rankOf('computed')) ?? null;
}
