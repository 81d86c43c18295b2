/**
 * verified → published → approved: the artefact as files, the review of the epoch, and the challenge window.
 * @module
 */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkInvariant, messageOf, UpstreamError } from '../../../indexer/domain/errors.ts';
import { killable } from '../../../indexer/domain/kill-points.ts';
import { type EpochRow, epochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { artefactRow } from '../../../indexer/store/queries/rewards/reward-results.ts';
import { insertReview, poolHistories } from '../../../indexer/store/queries/rewards/reward-reviews.ts';
import { reviewEpoch } from '../compute/epoch-review.ts';
import { inState } from '../epoch-state.ts';
import { nowSeconds, type RewardContext, type StepResult, waiting } from '../reward-context.ts';
import { checkRecord } from './commit-step.ts';

/** Epochs before it that an epoch is compared with. */
const HISTORY_EPOCHS = 7n;

/** verified → published: the artefact as files named by its hash, plain and gzip, and the review; then the challenge window runs. */
export async function publishStep(context: RewardContext, row: EpochRow): Promise<StepResult> {
  const artefact = await artefactRow(context.store, row.rewardEpoch, row.artefactHash);
  checkInvariant(artefact !== null, 'REWARDS__ARTEFACT_MISSING', 'The artefact of a verified epoch is not stored', {
    rewardEpoch: row.rewardEpoch,
  });
  const file = path.join(context.artefactFolder, `${row.artefactHash}.json`);
  await killable('epoch-files', () => writeWhole(file, Buffer.from(artefact.content)));
  await writeWhole(`${file}.gz`, gzipSync(artefact.content, { level: 9 }));
  await killable('epoch-review', () => review(context, row));
  return {
    kind: 'advanced',
    row: inState(row, 'published', { publishedAt: nowSeconds(context) }, context.nowMicros()),
  };
}

async function review({ store, reviewThresholds }: RewardContext, row: EpochRow): Promise<void> {
  const { rewardEpoch, inputHash, emission } = row;
  const firstEpoch = rewardEpoch > HISTORY_EPOCHS ? rewardEpoch - HISTORY_EPOCHS : 1n;
  const before = rewardEpoch > 1n ? await epochRow(store, rewardEpoch - 1n) : null;
  const previousEpoch = before?.rewardEpoch ?? 0n;
  const histories = await poolHistories(store, row, firstEpoch);
  await insertReview(
    store,
    reviewEpoch({ rewardEpoch, inputHash, emission, previousEpoch }, histories, reviewThresholds),
  );
}

/** A reader never finds half a file. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.part`, bytes);
    await rename(`${file}.part`, file);
  } catch (error) {
    throw new UpstreamError(
      'REWARDS__ARTEFACT_NOT_WRITTEN',
      `Artefact ${file} cannot be written (${messageOf(error)}): make room, or set DATA_DIR`,
      { file },
      error,
    );
  }
}

/**
 * published → approved: by itself where settings say so, else by `plumbline rewards approve`. A record on chain, signed by an
 * authority that is elsewhere, is its approval.
 * @throws InvariantError `REWARDS__RECORD_DIFFERS` when the record is another one
 */
export async function approveStep(context: RewardContext, row: EpochRow): Promise<StepResult> {
  const record = await context.chain.record(row.rewardEpoch, 'confirmed');
  if (record !== null) {
    checkRecord(row, record);
    return { kind: 'advanced', row: inState(row, 'approved', { approvedBy: 'record' }, context.nowMicros()) };
  }
  const leftSeconds = challengeLeftSeconds(context, row);
  if (leftSeconds > 0n) return waiting(`the challenge window is open for ${leftSeconds} s`);
  if (!context.isAutoApproved)
    return waiting(`run plumbline rewards show ${row.rewardEpoch}, then plumbline rewards approve ${row.rewardEpoch}`);
  return { kind: 'advanced', row: inState(row, 'approved', { approvedBy: 'auto' }, context.nowMicros()) };
}

export function challengeLeftSeconds(context: RewardContext, { publishedAt }: EpochRow): bigint {
  return publishedAt + context.challengeSeconds - nowSeconds(context);
}
