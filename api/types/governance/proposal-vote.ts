/**
 * Votes: totals, the outlook of a vote, and `votes`: who voted what, with the totals after each.
 * @module
 */
import { GraphQLError } from 'graphql';
import type { Outcome, Thresholds, Votes } from '../../../governance/tally.ts';
import { type CastRow, votesPage } from '../../../indexer/store/queries/governance/proposals.ts';
import type { VoteView } from '../../../jobs/governance/proposal-views.ts';
import { builder } from '../../schema/builder.ts';
import { connectionType, pageArgs, pageCost, pageStart, placeBefore, toConnection } from '../../schema/connection.ts';
import { placeKey } from '../../schema/cursor.ts';
import { givenOf } from '../../schema/given-arguments.ts';

export const VoteTotalsType = builder.objectRef<Votes>('VoteTotals').implement({
  description: 'Voting power by choice, base units of INFER.',
  fields: (t) => ({
    for: t.field({ type: 'U64', description: 'For.', resolve: (votes) => votes.for }),
    against: t.field({ type: 'U64', description: 'Against.', resolve: (votes) => votes.against }),
    abstain: t.field({ type: 'U64', description: 'Counts for the quorum alone.', resolve: (votes) => votes.abstain }),
    veto: t.field({ type: 'U64', description: 'Against, and enough of it vetoes.', resolve: (votes) => votes.veto }),
  }),
});

const ThresholdsType = builder.objectRef<Thresholds>('VoteThresholds').implement({
  description: 'Thresholds in force when the vote opened, in 1/10,000.',
  fields: (t) => ({
    quorumBps: t.int({
      description: 'Part of the snapshot’s power that has to vote.',
      resolve: ({ quorumBps }) => Number(quorumBps),
    }),
    passThresholdBps: t.int({
      description: 'Part of for, against and veto that has to be for.',
      resolve: ({ passThresholdBps }) => Number(passThresholdBps),
    }),
    vetoThresholdBps: t.int({
      description: 'Part of the votes cast that vetoes.',
      resolve: ({ vetoThresholdBps }) => Number(vetoThresholdBps),
    }),
  }),
});

const VoteOutcome = builder.enumType('VoteOutcome', {
  description: 'What a count comes to; checked in the order quorum, veto, majority.',
  values: {
    SUCCEEDED: { value: 'Succeeded', description: 'It passes.' },
    DEFEATED: { value: 'Defeated', description: 'Too little of it is for.' },
    VETOED: { value: 'Vetoed', description: 'Enough of it is veto.' },
    QUORUM_NOT_MET: { value: 'QuorumNotMet', description: 'Too little power voted.' },
  } as const satisfies Record<string, { value: Outcome; description: string }>,
});

const VoteVerdict = builder.enumType('VoteVerdict', {
  description: 'What the power that has not voted can still change; never wrong.',
  values: {
    OPEN: { value: 'open', description: 'It may pass or not.' },
    TIPPED: { value: 'tipped', description: 'It passes whatever comes.' },
    LOST: { value: 'lost', description: 'It cannot pass any more.' },
  } as const,
});

export const VoteType = builder.objectRef<VoteView>('ProposalVote').implement({
  description:
    'The vote on a proposal: totals, quorum, and what can still become of it. Powers are base units of INFER.',
  fields: (t) => {
    const power = (description: string, of: (vote: VoteView) => bigint) =>
      t.field({ type: 'U64', description, resolve: of });
    return {
      votes: t.field({ type: VoteTotalsType, description: 'Cast so far.', resolve: ({ votes }) => votes }),
      thresholds: t.field({
        type: ThresholdsType,
        description: 'Thresholds in force when it opened.',
        resolve: ({ thresholds }) => thresholds,
      }),
      snapshotPower: power('All power that could vote.', (vote) => vote.snapshotPower),
      castPower: power('Power that has voted.', (vote) => vote.castPower),
      isQuorumReached: t.exposeBoolean('isQuorumReached', { description: 'Whether enough power has voted.' }),
      missingPower: power('Power that has to vote before the quorum is reached.', (vote) => vote.missingPower),
      outcomeNow: t.field({
        type: VoteOutcome,
        description: 'What the present count comes to.',
        resolve: ({ outcomeNow }) => outcomeNow,
      }),
      verdict: t.field({ type: VoteVerdict, description: 'Whether it is decided.', resolve: ({ verdict }) => verdict }),
      finalOutcome: t.field({
        type: VoteOutcome,
        nullable: true,
        description: 'The outcome that can no longer change; null while several are possible.',
        resolve: (vote) => vote.final,
      }),
      possibleOutcomes: t.field({
        type: [VoteOutcome],
        description: 'Outcomes that some ending gives.',
        resolve: ({ possible }) => [...possible].sort(),
      }),
    };
  },
});

/** By the number that the program stores. */
export const CHOICES = ['FOR', 'AGAINST', 'ABSTAIN', 'VETO'] as const;

export const VoteChoice = builder.enumType('VoteChoice', {
  description: 'What a vote or a signal says.',
  values: {
    FOR: { description: 'It should pass.' },
    AGAINST: { description: 'It should not.' },
    ABSTAIN: { description: 'Counts for the quorum alone.' },
    VETO: { description: 'Against, and enough of these stop it whatever the others say.' },
  },
});

const CastType = builder.objectRef<CastRow>('Vote').implement({
  description: 'A vote; final.',
  fields: (t) => ({
    proposal: t.field({ type: 'PublicKey', description: 'Address of the proposal.', resolve: (row) => row.proposal }),
    owner: t.field({ type: 'PublicKey', description: 'Who voted.', resolve: (row) => row.owner }),
    choice: t.field({
      type: VoteChoice,
      description: 'What was voted.',
      resolve: ({ choice }) => CHOICES[choice] ?? 'ABSTAIN',
    }),
    power: t.field({ type: 'U64', description: 'Base units of INFER.', resolve: (row) => row.power }),
    votedAt: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (row) => row.votedAt }),
    totals: t.field({
      type: VoteTotalsType,
      description: 'Totals of the proposal after it: read in chain order they are the vote over time.',
      resolve: ({ forPower, againstPower, abstainPower, vetoPower }) => {
        return { for: forPower, against: againstPower, abstain: abstainPower, veto: vetoPower };
      },
    }),
    slot: t.field({ type: 'U64', description: 'Slot of its block.', resolve: (row) => row.slot }),
    signature: t.field({ type: 'Signature', description: 'Its transaction.', resolve: (row) => row.signature }),
  }),
});

const VoteConnection = connectionType('Votes', CastType);

builder.queryField('votes', (t) =>
  t.field({
    type: VoteConnection,
    description: 'Votes on a proposal, of an owner, or that of an owner on a proposal, newest first.',
    args: {
      ...pageArgs(t),
      proposal: t.arg({ type: 'PublicKey', description: 'Address of the proposal; this or `owner` is mandatory.' }),
      owner: t.arg({ type: 'PublicKey', description: 'Who voted.' }),
    },
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 3, context);
      const of = givenOf(args, ['proposal', 'owner']);
      if (of.proposal === undefined && of.owner === undefined) {
        const message = 'Votes are asked for by proposal, by owner, or by both';
        throw new GraphQLError(message, { extensions: { code: 'API__BAD_VALUE' } });
      }
      const found = await votesPage(context.store, start.snapshot, of, placeBefore(start), args.first + 1);
      return toConnection(start, found, placeKey, context);
    },
  }),
);
