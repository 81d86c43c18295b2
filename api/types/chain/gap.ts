/**
 * `gaps`: where a block does not follow the one before it.
 * @module
 */
import { GraphQLError } from 'graphql';
import { findGaps, type Gap } from '../../../indexer/store/queries/chain/gaps.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { pageCost, snapshotAt } from '../../schema/connection.ts';

const GapKind = builder.enumType('GapKind', {
  description: 'What is wrong between two blocks.',
  values: {
    MISSING: { value: 'missing', description: 'Blocks between them are not here.' },
    BROKEN: { value: 'broken', description: 'The two cannot be of one chain.' },
  } as const,
});

const GapType = builder.objectRef<Gap>('Gap').implement({
  description: 'Two canonical blocks of which the second does not follow the first. A skipped slot is none.',
  fields: (t) => ({
    kind: t.field({ type: GapKind, description: 'What is wrong.', resolve: ({ kind }) => kind }),
    afterSlot: t.field({ type: 'U64', description: 'Last block before it.', resolve: ({ afterSlot }) => afterSlot }),
    nextSlot: t.field({ type: 'U64', description: 'First block after it.', resolve: ({ nextSlot }) => nextSlot }),
    parentSlot: t.field({
      type: 'U64',
      description: 'Parent of the block after it: what lies between `afterSlot` and here is missing.',
      resolve: ({ parentSlot }) => parentSlot,
    }),
  }),
});

const USUAL_SLOTS = 10_000n;
const MOST_SLOTS = 1_000_000n;

builder.queryField('gaps', (t) =>
  t.field({
    type: [GapType],
    description:
      'Places in a range of slots where a block does not follow the one before; none is proof that none is missing.',
    args: {
      first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }),
      fromSlot: t.arg({ type: 'U64', description: `First slot; ${USUAL_SLOTS} before the last if absent.` }),
      toSlot: t.arg({ type: 'U64', description: `Last slot, at most ${MOST_SLOTS} later; the newest if absent.` }),
    },
    complexity: pageCost,
    resolve: async (_, { first, fromSlot, toSlot }, context) => {
      const last = await snapshotAt(toSlot, context);
      const begin = fromSlot ?? (last > USUAL_SLOTS ? last - USUAL_SLOTS : 0n);
      if (begin > last || last - begin > MOST_SLOTS)
        throw new GraphQLError(
          `Slots ${begin} to ${last}: a range ends after it begins and spans at most ${MOST_SLOTS}`,
          {
            extensions: { code: 'API__BAD_RANGE' },
          },
        );
      return findGaps(context.store, begin, last, Math.max(1, Math.min(first, MAX_PAGE_SIZE)));
    },
  }),
);
