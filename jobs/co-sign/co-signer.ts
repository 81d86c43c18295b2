/**
 * One pass of the co-signer over what the authority has published: judges, signs, and puts its verdict there. A verdict that
 * stands is not repeated; a block is looked at again, since a record can be mended.
 * @module
 */
import type { KeyPairSigner } from '@solana/kit';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { cosignaturesOn, insertCosignature, type Verdict } from '../../indexer/store/queries/rewards/cosignatures.ts';
import { type EpochRow, epochRowsBetween } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { cosign, isGenuine } from '../rewards/cosignature.ts';
import { rankOf } from '../rewards/epoch-state.ts';
import type { RewardContext } from '../rewards/reward-context.ts';
import { judgeEpoch } from './judge-epoch.ts';

export interface CoSignerParts {
  readonly own: RewardContext;
  readonly theirs: StoreClient;
  readonly signer: KeyPairSigner;
}

/** What the process says of itself; epochs are exact as text. */
export interface CoSignerStatus {
  judgedRewardEpoch: string | null;
  verdict: Verdict | null;
  /** Of a block, or what a judgement waits for. */
  reason: string | null;
}

export class CoSigner {
  readonly status: CoSignerStatus = { judgedRewardEpoch: null, verdict: null, reason: null };
  readonly #parts: CoSignerParts;

  constructor(parts: CoSignerParts) {
    this.#parts = parts;
  }

  /** @throws errors of the authority's database */
  async judgePublished(): Promise<void> {
    const published = await epochRowsBetween(this.#parts.theirs, rankOf('published'), rankOf('committed'));
    for (const row of published) await this.#judge(row);
  }

  async #judge(row: EpochRow): Promise<void> {
    const { own, theirs, signer } = this.#parts;
    const { rewardEpoch, artefactHash } = row;
    const words = await cosignaturesOn(theirs, rewardEpoch, artefactHash);
    const last = words.find((word) => word.cosigner === signer.address && isGenuine(word)) ?? null;
    if (last?.verdict === 'approved') return this.#show(row, 'approved', null);
    const judgement = await judgeEpoch(own, theirs, row);
    if (judgement.kind === 'waiting') return this.#show(row, last?.verdict ?? null, judgement.reason);
    const reason = judgement.kind === 'blocked' ? judgement.reason : '';
    if (last?.verdict !== judgement.kind || last.reason !== reason) {
      const word = { rewardEpoch, artefactHash, verdict: judgement.kind, reason };
      await insertCosignature(theirs, await cosign(signer, word, own.nowMicros()));
    }
    this.#show(row, judgement.kind, reason || null);
  }

  #show({ rewardEpoch }: EpochRow, verdict: Verdict | null, reason: string | null): void {
    Object.assign(this.status, { judgedRewardEpoch: String(rewardEpoch), verdict, reason });
  }
}
