/**
 * `proposals` and `proposal`: what is put to the vote.
 * @module
 */
import { eventsUntil, readProposal, readProposals } from '../../../jobs/governance/proposal-states.ts';
import { momentAt, viewOf } from '../../../jobs/governance/proposal-views.ts';
import { builder } from '../../schema/builder.ts';
import { connectionType, pageArgs, pageCost, pageStart, snapshotAt, toConnection } from '../../schema/connection.ts';
import { numbersOf } from '../../schema/cursor.ts';
import { ProposalType } from './proposal-state.ts';

const ProposalConnection = connectionType('Proposals', ProposalType);
const ABOVE_ALL = 2n ** 63n;

builder.queryField('proposals', (t) =>
  t.field({
    type: ProposalConnection,
    description: 'Proposals, newest first.',
    args: { ...pageArgs(t), isOpen: t.arg.boolean({ description: 'Only those that the chain has not ended.' }) },
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const { store, programs, proposalHistory: history } = context;
      const start = await pageStart(args, 1, context);
      const [belowId = ABOVE_ALL] = start.key === null ? [] : numbersOf(start.key);
      const range = await eventsUntil(store, start.snapshot);
      const filter = { belowId, isOpen: args.isOpen ?? false, limit: args.first + 1 };
      const [moment, found] = await Promise.all([
        momentAt(store, programs.governance, range, history),
        readProposals(store, programs.governance, range, filter, history),
      ]);
      const views = found.map((state) => viewOf(state, moment));
      return toConnection(start, views, ({ state }) => [String(state.proposalId)], context);
    },
  }),
);

builder.queryField('proposal', (t) =>
  t.field({
    type: ProposalType,
    nullable: true,
    description: 'One proposal; null when there is none of this number.',
    args: {
      id: t.arg({ type: 'U64', required: true, description: 'Its number.' }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot.' }),
    },
    resolve: async (_, { id, atSlot }, context) => {
      const { store, programs, proposalHistory: history } = context;
      const range = await eventsUntil(store, await snapshotAt(atSlot, context));
      const [moment, state] = await Promise.all([
        momentAt(store, programs.governance, range, history),
        readProposal(store, programs.governance, range, id, history),
      ]);
      return state === null ? null : viewOf(state, moment);
    },
  }),
);
