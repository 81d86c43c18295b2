/**
 * `_meta`: how fresh and how final every other answer of the same request is.
 * @module
 */
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import { type ChainStatus, chainStatus } from '../../indexer/store/queries/chain-status.ts';
import { findGaps } from '../../indexer/store/queries/gaps.ts';
import { builder } from '../builder.ts';

interface Meta {
  readonly status: ChainStatus | null;
  readonly gapCount: number;
}

/** Gaps are looked for in this many newest slots; older ones are `plumbline verify blocks`' business. */
const GAP_WINDOW_SLOTS = 10_000n;
const MOST_GAPS = 100;

const MetaType = builder.objectRef<Meta>('Meta').implement({
  description: 'Freshness and finality of the ledger when the request was answered.',
  fields: (t) => ({
    slot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Last committed slot; null on an empty ledger.',
      resolve: ({ status }) => status?.headSlot ?? null,
    }),
    blockhash: t.field({
      type: 'Hash',
      nullable: true,
      description: 'Hash of the block at `slot`.',
      resolve: ({ status }) => status?.headBlockhash ?? null,
    }),
    blockTime: t.field({
      type: 'I64',
      nullable: true,
      description: 'Time of that block, Unix seconds; null where the chain gave none.',
      resolve: ({ status }) => timeOrNull(status?.headBlockTime ?? -1n),
    }),
    finalizedSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Last finalized slot that is committed here.',
      resolve: ({ status }) => status?.finalizedSlot ?? null,
    }),
    lagSlots: t.field({
      type: 'U64',
      description: 'Committed slots that are not finalized yet.',
      resolve: ({ status }) => (status ? status.headSlot - (status.finalizedSlot ?? 0n) : 0n),
    }),
    gaps: t.exposeInt('gapCount', {
      description: `Places in the newest ${GAP_WINDOW_SLOTS} slots where a block does not follow the one before; 0 is proof of none.`,
    }),
  }),
});

export function timeOrNull(time: UnixSeconds): UnixSeconds | null {
  return time < 0n ? null : time;
}

builder.queryField('_meta', (t) =>
  t.field({
    type: MetaType,
    description: 'Freshness and finality of every answer of this request.',
    resolve: async (_, __, { store }) => {
      const status = await chainStatus(store);
      if (status === null) return { status, gapCount: 0 };
      const fromSlot = status.headSlot > GAP_WINDOW_SLOTS ? status.headSlot - GAP_WINDOW_SLOTS : 0n;
      return { status, gapCount: (await findGaps(store, fromSlot, status.headSlot, MOST_GAPS)).length };
    },
  }),
);
