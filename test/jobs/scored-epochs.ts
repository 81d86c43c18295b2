/**
 * Reward epochs over a record written by hand: work and scores gathered from it, computed and stored as the worker does,
 * without pools. Windows are 1,000 s long, blocks 100 s apart: epoch 1 has the slots 10 to 19.
 * @module
 */
import { incentiveFunds } from '../../indexer/store/queries/reputation/provider-trees.ts';
import { insertEpochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { insertResults } from '../../indexer/store/queries/rewards/reward-results.ts';
import { evidenceHash } from '../../jobs/reputation/evidence-rows.ts';
import { computeEpoch, resultRows } from '../../jobs/rewards/compute/compute-epoch.ts';
import { inState, openedRow } from '../../jobs/rewards/epoch-state.ts';
import { REWARD_KEYS } from '../../jobs/rewards/inputs/epoch-inputs.ts';
import { type GatheredWork, gatherWork } from '../../jobs/rewards/inputs/gather-work.ts';
import { parameterInForce, parametersInForce } from '../../jobs/rewards/inputs/parameters-in-force.ts';
import { keyOf, type MarketRecord } from './market-record.ts';

const WINDOW_SECONDS = 1_000n;
const SLOTS = 10n;
const programs = { marketplace: keyOf('marketplace'), exchange: keyOf('exchange'), governance: keyOf('governance') };

export const windowOf = (rewardEpoch: bigint) => ({
  start: rewardEpoch * WINDOW_SECONDS,
  end: (rewardEpoch + 1n) * WINDOW_SECONDS,
});

export interface ScoredEpoch extends GatheredWork {
  readonly inputHash: string;
}

/** Computes and stores an epoch; the one before has to be stored already. */
export async function scoreEpoch({ store }: MarketRecord, rewardEpoch: bigint): Promise<ScoredEpoch> {
  const window = windowOf(rewardEpoch);
  const slots = { first: rewardEpoch * SLOTS, last: rewardEpoch * SLOTS + SLOTS - 1n };
  const inForce = await parametersInForce(store, programs, 0n, slots.last);
  const gathered = await gatherWork(store, programs.marketplace, { rewardEpoch, window, slots }, inForce);
  const computation = computeEpoch({
    ...{ rewardEpoch, window, slots, emission: 0n, minOperatorStake: 0n, pools: [], orphanedUsdc: [] },
    ...{ eligibilitySlot: slots.last, markSignature: '', work: gathered.work, scores: gathered.scores },
    schedule: [{ fromRewardEpoch: 1n, startTime: WINDOW_SECONDS, lengthSeconds: WINDOW_SECONDS }],
    parameters: REWARD_KEYS.map((key) => ({ key, value: parameterInForce(inForce, key) })),
    evidenceHash: evidenceHash(gathered.evidence),
    incentiveFunds: await incentiveFunds(store, rewardEpoch, slots.last),
  });
  const { inputHash } = computation;
  await insertResults(store, resultRows(computation, gathered.evidence, 1n));
  await insertEpochRow(
    store,
    inState(openedRow(rewardEpoch, window, 1n), 'computed', { inputHash, lastSlot: slots.last }, 1n),
  );
  return { ...gathered, inputHash };
}
