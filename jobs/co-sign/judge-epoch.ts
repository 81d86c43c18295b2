/**
 * A co-signer's judgement of one published epoch: the artefact from the authority's database, everything else from its own
 * record of the chain. What the own record cannot say yet is waited for; what it says otherwise is a block.
 * @module
 */
import { hash } from 'node:crypto';
import { InputError, InvariantError, messageOf, PlumblineError } from '../../indexer/domain/errors.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { type EpochRow, epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { artefactRow } from '../../indexer/store/queries/rewards/reward-results.ts';
import { provenLedger } from '../ledger/proven-ledger.ts';
import { recomputeArtefact } from '../rewards/by-hand/verify-epoch.ts';
import { readArtefact } from '../rewards/compute/artefact.ts';
import { gatherAgain, inputDifferences } from '../rewards/inputs/gather-again.ts';
import type { RewardContext } from '../rewards/reward-context.ts';
import { checkRange } from '../rewards/steps/compute-step.ts';
import { reconciledRange } from '../rewards/steps/reconciled-range.ts';

export type Judgement =
  | { readonly kind: 'approved' }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'waiting'; readonly reason: string };

const SHOWN_DIFFERENCES = 5;

const blocked = (reason: string): Judgement => ({ kind: 'blocked', reason });
const waiting = (reason: string): Judgement => ({ kind: 'waiting', reason });

/**
 * @param own of the co-signer: its record, its RPC
 * @param theirs the authority's database
 * @param row the epoch as it stands there
 */
export async function judgeEpoch(own: RewardContext, theirs: StoreClient, row: EpochRow): Promise<Judgement> {
  const artefact = await artefactRow(theirs, row.rewardEpoch, row.artefactHash);
  if (artefact === null) return waiting(`artefact ${row.artefactHash} is not there`);
  if (hash('sha256', artefact.content) !== row.artefactHash) return blocked('the artefact does not have its hash');
  const inside = judgeArtefact(artefact.content, row);
  if (inside !== null) return inside;
  try {
    const reason = await unprovenReason(own, row);
    if (reason !== null) return waiting(reason);
    return await judgeInputs(own, row, artefact.content);
  } catch (error) {
    // The own record has a hole or is behind: that says nothing about the epoch.
    if (error instanceof PlumblineError) return waiting(`${error.code}: ${error.message}`);
    throw error;
  }
}

/** What the artefact shows by itself: that it follows from its inputs, and that the epoch would commit what it says. */
function judgeArtefact(text: string, row: EpochRow): Judgement | null {
  try {
    const proof = recomputeArtefact(text);
    const roots = row.roots.map((root) => Buffer.from(root).toString('hex'));
    const isSame =
      proof.rewardEpoch === row.rewardEpoch &&
      proof.totalRewards === row.totalRewards &&
      proof.totalUsdc === row.totalUsdc &&
      roots.join() === proof.roots.join();
    return isSame ? null : blocked('roots or totals of the epoch are not those of its artefact');
  } catch (error) {
    if (error instanceof InputError && error.code === 'REWARDS__OTHER_RULE') return waiting(error.message);
    if (error instanceof InputError || error instanceof InvariantError) return blocked(messageOf(error));
    throw error;
  }
}

/** As for the authority's own computation; what is wrong in the record is thrown. */
async function unprovenReason(own: RewardContext, row: EpochRow): Promise<string | null> {
  const range = await checkRange(own, row);
  return (await reconciledRange(own, range)) ?? (await provenLedger(own, range));
}

async function judgeInputs(own: RewardContext, row: EpochRow, text: string): Promise<Judgement> {
  const again = await gatherAgain(own, readArtefact(text));
  if (again.artefactHash === row.artefactHash) return { kind: 'approved' };
  const before = row.rewardEpoch > 1n ? await epochRow(own.store, row.rewardEpoch - 1n) : null;
  if (row.rewardEpoch > 1n && (before === null || before.inputHash === '')) {
    return waiting(
      `the scores of reward epoch ${row.rewardEpoch - 1n} are not here: run a worker without keys beside it`,
    );
  }
  const differences = inputDifferences(text, again.artefact);
  const shown = differences
    .slice(0, SHOWN_DIFFERENCES)
    .map(({ path, archived, again: ours }) => `${path} is ${archived || 'absent'}, by this record ${ours || 'absent'}`);
  return blocked(`${differences.length} inputs differ: ${shown.join('; ')}`);
}
