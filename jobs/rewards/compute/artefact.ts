/**
 * An archived artefact read back into the inputs it was computed from, so that anyone can compute the epoch again.
 * @module
 */
import { z } from 'zod';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { InputError } from '../../../indexer/domain/errors.ts';
import type { EpochInputs } from '../inputs/epoch-inputs.ts';
import { RULE_VERSION } from './compute-epoch.ts';

const amount = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const key = z.string().transform((text) => fromBase58(text));

const artefactSchema = z.object({
  format: z.literal('plumbline.reward-epoch'),
  ruleVersion: z.string(),
  clusterRule: z.string(),
  rewardEpoch: amount,
  schedule: z.array(z.object({ fromRewardEpoch: amount, startTime: amount, lengthSeconds: amount })),
  window: z.object({ start: amount, end: amount }),
  slots: z.object({ first: amount, last: amount }),
  eligibility: z.object({ slot: amount, signature: z.string() }),
  emission: amount,
  parameters: z.array(z.object({ key: z.string(), value: amount })),
  minOperatorStake: amount,
  pools: z.array(
    z.object({
      ...{ pool: key, joinedAtEpoch: amount, closedAtEpoch: amount.nullable(), isEligible: z.boolean() },
      ...{ isHalted: z.boolean(), isBelowMinimum: z.boolean(), lastClaimedEpoch: amount, totalStaked: amount },
      ...{ operatorStake: amount, usdcInflow: amount },
    }),
  ),
  work: z.array(
    z.object({
      ...{ pool: key, provider: key, model: z.number(), gpuSeconds: amount, modelWeight: amount },
      ...{ displayedScore: amount, orderCount: z.number(), settledSeconds: amount, capSeconds: amount },
    }),
  ),
  scores: z.array(
    z.object({
      ...{ provider: key, owner: key, tier: z.number(), registeredAt: amount, bond: amount, requiredBond: amount },
      ...{ score: amount, displayed: amount, target: amount.nullable(), epochDelivered: z.number() },
      ...{ deliveredCount: amount, failedCount: amount, refundedCount: amount, disputedCount: amount },
      ...{ lostDisputeCount: amount, challengesPassed: amount, challengesFailed: amount, slashCount: amount },
      ...{ slashedAmount: amount, gpuSeconds: amount, volumeInfer: amount, volumeUsdc: amount },
      ...{ heartbeatsExpected: amount, heartbeatsSeen: amount },
    }),
  ),
  evidenceHash: z.string(),
  incentiveFunds: amount,
  orphanedUsdc: z.array(z.object({ pool: key, usdc: amount })),
});

/** @throws InputError `REWARDS__BAD_ARTEFACT`, `REWARDS__OTHER_RULE` for an artefact of a rule this release does not have */
export function readArtefact(text: string): EpochInputs {
  const parsed = artefactSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw badArtefact(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  const { format: _, ruleVersion, eligibility, ...inputs } = parsed.data;
  if (ruleVersion !== RULE_VERSION) {
    throw new InputError(
      'REWARDS__OTHER_RULE',
      `The artefact follows ${ruleVersion}, this release has ${RULE_VERSION}`,
      { ruleVersion },
    );
  }
  return { ...inputs, eligibilitySlot: eligibility.slot, markSignature: eligibility.signature };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badArtefact((error as Error).message);
  }
}

function badArtefact(reason: string): InputError {
  return new InputError('REWARDS__BAD_ARTEFACT', `The artefact cannot be read: ${reason}`);
}
