/**
 * `plumbline verify epoch <n>`: everything again from the archived artefact's inputs, compared with the artefact itself
 * and with the record on chain; with `--from-events` the inputs again from the recorded chain.
 * @module
 */
import { hash } from 'node:crypto';
import { checkInput, checkInvariant } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { epochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { artefactRow } from '../../../indexer/store/queries/rewards/reward-results.ts';
import type { StakingChain } from '../../chain/staking-chain.ts';
import { readArtefact } from '../compute/artefact.ts';
import { computeEpoch } from '../compute/compute-epoch.ts';
import { emissionOf } from '../compute/emission.ts';
import { isEligible } from '../compute/epoch-allocation.ts';
import { gatherAgain, type InputDifference, inputDifferences } from '../inputs/gather-again.ts';
import { windowOf } from '../inputs/window.ts';
import type { RewardContext } from '../reward-context.ts';
import { checkRecord } from '../steps/commit-step.ts';

export interface EpochProof {
  readonly rewardEpoch: RewardEpoch;
  readonly roots: readonly string[];
  readonly totalRewards: bigint;
  readonly totalUsdc: bigint;
  readonly poolCount: number;
  readonly artefactHash: string;
}

/** @throws InvariantError `REWARDS__ARTEFACT_DIFFERS` when the text is not what its own inputs give */
export function recomputeArtefact(text: string): EpochProof {
  const inputs = readArtefact(text);
  const { rewardEpoch } = inputs;
  const differs = (condition: boolean, what: string) =>
    checkInvariant(
      condition,
      'REWARDS__ARTEFACT_DIFFERS',
      `${what} of reward epoch ${rewardEpoch} is not what the rule gives`,
      { rewardEpoch },
    );
  differs(inputs.emission === emissionOf(rewardEpoch), 'The emission');
  const window = windowOf(inputs.schedule, rewardEpoch);
  differs(window.start === inputs.window.start && window.end === inputs.window.end, 'The window');
  differs(
    inputs.pools.every((pool) => pool.isEligible === isEligible(pool, rewardEpoch)),
    'The set of eligible pools',
  );
  const computation = computeEpoch(inputs);
  differs(computation.artefact === text, 'The artefact');
  return {
    rewardEpoch,
    roots: computation.roots.map((root) => Buffer.from(root).toString('hex')),
    totalRewards: computation.totalRewards,
    totalUsdc: computation.totalUsdc,
    poolCount: computation.awards.length,
    artefactHash: computation.artefactHash,
  };
}

/**
 * @throws InputError `REWARDS__NOT_COMPUTED`, `REWARDS__NOT_COMMITTED`; InvariantError `REWARDS__ARTEFACT_DIFFERS`,
 *   `REWARDS__RECORD_DIFFERS`
 */
export async function verifyEpoch(
  store: StoreClient,
  chain: StakingChain,
  rewardEpoch: RewardEpoch,
): Promise<EpochProof> {
  const proof = recomputeArtefact(await archivedArtefact(store, rewardEpoch));
  const record = await chain.record(rewardEpoch, 'confirmed');
  checkInput(
    record !== null,
    'REWARDS__NOT_COMMITTED',
    `Reward epoch ${rewardEpoch} has no record on chain yet; ours would have ${proof.roots.join(', ')}`,
    {
      rewardEpoch,
    },
  );
  const roots = proof.roots.map((root) => Buffer.from(root, 'hex'));
  checkRecord({ rewardEpoch, roots, totalRewards: proof.totalRewards, totalUsdc: proof.totalUsdc }, record);
  return proof;
}

/**
 * The archived inputs of an epoch against those that the recorded events, calls and accounts give now.
 * @throws InputError `REWARDS__NOT_COMPUTED`; InvariantError `REWARDS__ARTEFACT_DIFFERS`; the errors of `gatherAgain`
 */
export async function differencesFromEvents(
  context: Pick<RewardContext, 'store' | 'programs'>,
  rewardEpoch: RewardEpoch,
): Promise<readonly InputDifference[]> {
  const archived = await archivedArtefact(context.store, rewardEpoch);
  const again = await gatherAgain(context, readArtefact(archived));
  return inputDifferences(archived, again.artefact);
}

async function archivedArtefact(store: StoreClient, rewardEpoch: RewardEpoch): Promise<string> {
  const row = await epochRow(store, rewardEpoch);
  checkInput(
    row !== null && row.artefactHash !== '',
    'REWARDS__NOT_COMPUTED',
    `Reward epoch ${rewardEpoch} has no artefact yet`,
    { rewardEpoch },
  );
  const archived = await artefactRow(store, rewardEpoch, row.artefactHash);
  const isWhole = archived !== null && hash('sha256', archived.content) === row.artefactHash;
  checkInvariant(
    isWhole,
    'REWARDS__ARTEFACT_DIFFERS',
    `The archived artefact of reward epoch ${rewardEpoch} does not have its hash`,
    { rewardEpoch },
  );
  return archived.content;
}
