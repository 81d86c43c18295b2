/**
 * A provider's reputation: its score, what is counted beside it, and `providerEvidence`: why the score is what it is.
 * @module
 */
import { type EvidenceRow, evidencePage } from '../../../indexer/store/queries/reputation/evidence-rows.ts';
import type { ScoredProvider } from '../../../indexer/store/queries/reputation/provider-scores.ts';
import { uptimePpm } from '../../../jobs/reputation/evidence.ts';
import { tenureSeconds } from '../../../jobs/reputation/provider-scores.ts';
import { successPpm, wilsonLowerPpm } from '../../../jobs/reputation/success-share.ts';
import { providerEvents } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { connectionType, pageArgs, pageCost, pageStart, toConnection } from '../../schema/connection.ts';
import { numbersOf } from '../../schema/cursor.ts';
import { recordUpTo, sourceField } from '../chain/source.ts';
import { ofEpoch } from '../rewards/reward-epoch.ts';

/** Orders that failed: not delivered in time, or lost in a dispute. */
const failuresOf = (row: ScoredProvider) => row.failedCount + row.lostDisputeCount;
const numberOrNull = (value: bigint | null) => (value === null ? null : Number(value));

export const ReputationType = builder.objectRef<ScoredProvider>('ProviderReputation').implement({
  description:
    'Reputation of a provider at the end of the window of a reward epoch; counts run from its registration to then.',
  fields: (t) => {
    const count = (description: string, of: (row: ScoredProvider) => bigint) =>
      t.field({ type: 'U64', description, resolve: of });
    return {
      rewardEpoch: count('Reward epoch that this is the end of.', (row) => row.rewardEpoch),
      score: t.exposeInt('score', { description: 'Parts per million, folded over its evidence in chain order.' }),
      displayedScore: t.exposeInt('displayedScore', {
        description: 'The score as far as the bond covers it: what rewards are weighed by and what is shown.',
      }),
      targetScore: t.int({
        nullable: true,
        description: 'The score to be regained before gains count in full again; null for none.',
        resolve: (row) => row.targetScore || null,
      }),
      tier: t.exposeInt('tier', { description: '1 consumer, 2 mining fleet, 3 data center.' }),
      bond: count('Bond posted, base units of INFER.', (row) => row.bond),
      requiredBond: count(
        'Bond that its tier or its open orders ask for, base units of INFER.',
        (row) => row.requiredBond,
      ),
      tenureSeconds: count('Since its registration.', (row) => tenureSeconds(row, row.windowEnd)),
      deliveredCount: count(
        'Orders and sessions delivered, beyond dispute and challenge.',
        (row) => row.deliveredCount,
      ),
      failedCount: count('Orders refunded after their delivery deadline.', (row) => row.failedCount),
      refundedCount: count('Orders refunded for another reason.', (row) => row.refundedCount),
      disputedCount: count('Orders that were disputed.', (row) => row.disputedCount),
      lostDisputeCount: count('Disputes in which it was given less than half.', (row) => row.lostDisputeCount),
      successPpm: t.int({
        nullable: true,
        description: 'Delivered of all that were delivered, not delivered, or lost in a dispute; null without any.',
        resolve: (row) => numberOrNull(successPpm(row.deliveredCount, failuresOf(row))),
      }),
      successLowerBoundPpm: t.int({
        nullable: true,
        description: 'How low that share could be: the Wilson lower bound at 95 %; null without any.',
        resolve: (row) => numberOrNull(wilsonLowerPpm(row.deliveredCount, failuresOf(row))),
      }),
      challengesPassed: count('Challenges answered correctly.', (row) => row.challengesPassed),
      challengesFailed: count('Challenges answered wrongly or not at all.', (row) => row.challengesFailed),
      slashCount: count('Times that bond was slashed.', (row) => row.slashCount),
      slashedAmount: count('Bond slashed, base units of INFER.', (row) => row.slashedAmount),
      gpuSeconds: count('GPU-seconds of what it was paid for.', (row) => row.gpuSeconds),
      volumeInfer: count('Paid by buyers in INFER, base units.', (row) => row.volumeInfer),
      volumeUsdc: count('Paid by buyers in USDC, base units.', (row) => row.volumeUsdc),
      uptimePpm: t.int({
        nullable: true,
        description: 'Heartbeats that came, of those expected; null where none was.',
        resolve: (row) => numberOrNull(uptimePpm({ expected: row.heartbeatsExpected, seen: row.heartbeatsSeen })),
      }),
      source: sourceField(t, async ({ rewardEpoch, provider }, context) => {
        const { ruleVersion, bounds } = await ofEpoch(context.store, rewardEpoch);
        const lastSlot = bounds === null ? 0n : bounds.toSlot;
        return { ruleVersion, events: providerEvents(provider), bounds: recordUpTo(lastSlot) };
      }),
    };
  },
});

const EvidenceClass = builder.enumType('EvidenceClass', {
  description: 'What a piece of evidence is.',
  values: {
    DELIVERED: { value: 'delivered', description: 'An order or a session, beyond dispute and challenge.' },
    CHALLENGE_PASSED: { value: 'challenge_passed', description: 'A challenge answered correctly.' },
    UPTIME_FULL: { value: 'uptime_full', description: 'An epoch with all heartbeats, or nearly.' },
    HEARTBEAT_SHORTFALL: { value: 'heartbeat_shortfall', description: 'An epoch with too few heartbeats.' },
    NOT_DELIVERED: { value: 'not_delivered', description: 'A refund after the delivery deadline.' },
    DISPUTE_LOST: { value: 'dispute_lost', description: 'A ruling that gave the provider less than half.' },
    CHALLENGE_FAILED: { value: 'challenge_failed', description: 'A challenge answered wrongly or not at all.' },
    SLASHED: { value: 'slashed', description: 'Any other slash.' },
    EPOCH_END: { value: 'epoch_end', description: 'The close of the epoch before, with the decay of an idle one.' },
  } as const,
});

const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);

const EvidenceType = builder.objectRef<EvidenceRow>('Evidence').implement({
  description: 'A piece of evidence and what it did to the score. Folding all of them gives the score to the unit.',
  fields: (t) => ({
    rewardEpoch: t.field({ type: 'U64', description: 'Epoch it counted in.', resolve: (row) => row.rewardEpoch }),
    number: t.exposeInt('number', { description: 'Place in the fold of that epoch, from 0.' }),
    class: t.field({ type: EvidenceClass, description: 'What it is.', resolve: (row) => row.class as 'delivered' }),
    at: t.field({ type: 'I64', description: 'When it was beyond dispute, Unix seconds.', resolve: (row) => row.at }),
    slot: t.field({
      type: 'U64',
      description: 'Block of its transaction, or the epoch’s own.',
      resolve: (row) => row.slot,
    }),
    signature: t.field({
      type: 'Signature',
      nullable: true,
      description: 'Its transaction; null for what the epoch itself makes.',
      resolve: (row) => (isZero(row.signature) ? null : row.signature),
    }),
    subject: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'The order it is about, or the evidence of a slash; null for none.',
      resolve: (row) => (isZero(row.subject) ? null : row.subject),
    }),
    isOwnCluster: t.boolean({
      description: 'Whether the buyer belongs to the provider, so that the delivery gains nothing.',
      resolve: (row) => row.ownCluster === 1,
    }),
    gpuSeconds: t.field({
      type: 'U64',
      description: 'GPU-seconds of a delivery that a fee was paid for.',
      resolve: (row) => row.gpuSeconds,
    }),
    shortfallPpm: t.exposeInt('shortfallPpm', { description: 'Part of the expected heartbeats that did not come.' }),
    scoreBefore: t.exposeInt('scoreBefore', { description: 'Parts per million.' }),
    scoreAfter: t.exposeInt('scoreAfter', { description: 'Parts per million.' }),
    targetAfter: t.int({
      nullable: true,
      description: 'The score to be regained after it; null for none.',
      resolve: (row) => row.targetAfter || null,
    }),
  }),
});

const EvidenceConnection = connectionType('Evidence', EvidenceType);
/** Columns of these types hold no more, so nothing comes before it. */
const AFTER_ALL = { rewardEpoch: 2n ** 64n - 1n, number: 2 ** 32 - 1 };

builder.queryField('providerEvidence', (t) =>
  t.field({
    type: EvidenceConnection,
    description: 'Why a provider has its score: all evidence of reward epochs that have ended, newest first.',
    args: {
      provider: t.arg({ type: 'PublicKey', required: true, description: 'Address of the provider’s account.' }),
      ...pageArgs(t),
    },
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 2, context);
      const [rewardEpoch, number] = start.key === null ? [] : numbersOf(start.key);
      const before =
        rewardEpoch === undefined || number === undefined ? AFTER_ALL : { rewardEpoch, number: Number(number) };
      const found = await evidencePage(context.store, start.snapshot, args.provider, before, args.first + 1);
      return toConnection(start, found, (row) => [String(row.rewardEpoch), String(row.number)], context);
    },
  }),
);
