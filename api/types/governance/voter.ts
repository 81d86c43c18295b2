/**
 * `voter`: what an owner has staked in governance, what it weighs, and until when it is held.
 * @module
 */
import { PPM } from '../../../indexer/domain/units.ts';
import { eventsUntil } from '../../../jobs/governance/proposal-states.ts';
import { readVoter, type VoterState } from '../../../jobs/governance/voter-state.ts';
import { builder } from '../../schema/builder.ts';
import { snapshotAt } from '../../schema/connection.ts';

const VoterType = builder.objectRef<VoterState>('Voter').implement({
  description:
    'Stake, use and voting power of an owner, from events; amounts are base units of INFER. `votes(owner: …)` has the votes.',
  fields: (t) => {
    const amount = (description: string, of: (voter: VoterState) => bigint) =>
      t.field({ type: 'U64', description, resolve: of });
    const time = (description: string, of: (voter: VoterState) => bigint) =>
      t.field({ type: 'I64', nullable: true, description, resolve: (voter) => of(voter) || null });
    return {
      owner: t.field({ type: 'PublicKey', description: 'Whose.', resolve: ({ owner }) => owner }),
      stake: amount('Staked.', ({ stake }) => stake),
      committed: amount(
        'Part of it that stands behind own proposals that have not ended.',
        ({ committed }) => committed,
      ),
      unstaking: amount('Out of power, not paid out yet.', ({ unstaking }) => unstaking),
      unstakeAt: time('Unix seconds from which that is paid out; null for none.', ({ unstakeAt }) => unstakeAt),
      lockedUntil: time(
        'Unix seconds before which no stake is paid out, by the votes cast; null for none.',
        ({ lockedUntil }) => lockedUntil,
      ),
      feesPaid: amount('Fees paid as a buyer, as far as they were brought in.', ({ feesPaid }) => feesPaid),
      feesEarnedOn: amount('Fees earned on as a provider, likewise.', ({ feesEarnedOn }) => feesEarnedOn),
      power: amount('Voting power: stake, and use up to as much again.', ({ power }) => power),
      totalPower: amount('Voting power of all.', (voter) => voter.totalPower),
      powerPpm: t.int({
        description: 'Part of all power, parts per million.',
        resolve: ({ power, totalPower }) => (totalPower === 0n ? 0 : Number((power * PPM) / totalPower)),
      }),
    };
  },
});

builder.queryField('voter', (t) =>
  t.field({
    type: VoterType,
    description: 'What an owner has in governance; zeros for one who never staked.',
    args: {
      address: t.arg({ type: 'PublicKey', required: true, description: 'The owner.' }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot.' }),
    },
    resolve: async (_, { address, atSlot }, context) => {
      const range = await eventsUntil(context.store, await snapshotAt(atSlot, context));
      return readVoter(context.store, context.programs.governance, range, address, context.proposalHistory);
    },
  }),
);
