/**
 * What a reward epoch is looked at for before it is approved: its difference from the one before, and what is unusual.
 * @module
 */
import { PUBLIC_KEY_BYTES } from '../../../indexer/domain/units.ts';
import {
  type AnomalyRow,
  type DiffKind,
  type DiffPoolRow,
  type DiffRow,
  diffPoolRows,
} from '../../../indexer/store/queries/rewards/reward-reviews.ts';
import { builder } from '../../schema/builder.ts';

const ChangeType = builder.objectRef<DiffPoolRow>('RewardChange').implement({
  description: 'What a pool gets in two epochs that follow each other.',
  fields: (t) => ({
    pool: t.field({ type: 'PublicKey', description: 'Address of the pool.', resolve: (row) => row.pool }),
    reward: t.field({
      type: 'U64',
      description: 'Base units of INT; 0 where it has no leaf.',
      resolve: (row) => row.reward,
    }),
    previousReward: t.field({
      type: 'U64',
      description: 'In the epoch before; 0 where it had no leaf.',
      resolve: (row) => row.previousReward,
    }),
  }),
});

export const DiffType = builder.objectRef<DiffRow>('RewardDiff').implement({
  description: 'How a reward epoch differs from the one before.',
  fields: (t) => {
    const list = (kind: DiffKind, description: string) =>
      t.field({
        type: [ChangeType],
        description,
        complexity: { field: 1, multiplier: 20 },
        resolve: (row, _, { store }) => diffPoolRows(store, row, kind),
      });
    return {
      previousEpoch: t.field({
        type: 'U64',
        nullable: true,
        description: 'The epoch compared with; null for the first.',
        resolve: (row) => row.previousEpoch || null,
      }),
      previousPoolCount: t.exposeInt('previousPoolCount', { description: 'Leaves of that epoch.' }),
      gainedCount: t.exposeInt('gainedCount', { description: 'Pools of both epochs that get more.' }),
      lostCount: t.exposeInt('lostCount', { description: 'Pools of both epochs that get less.' }),
      newCount: t.exposeInt('newCount', { description: 'Pools with a leaf in this epoch alone.' }),
      goneCount: t.exposeInt('goneCount', { description: 'Pools with a leaf in the epoch before alone.' }),
      gains: list('gain', 'The largest gains, at most 20.'),
      losses: list('loss', 'The largest losses, at most 20.'),
      newPools: list('new', 'New pools, at most 1,000, those with the largest reward first.'),
      gonePools: list('gone', 'Gone pools, at most 1,000, those with the largest reward first.'),
    };
  },
});

const AnomalyKindType = builder.enumType('RewardAnomalyKind', {
  description: 'What is unusual.',
  values: {
    SHARE: { value: 'share', description: 'One pool gets much of the emission.' },
    CONCENTRATION: { value: 'concentration', description: 'Few pools get most of it.' },
    JUMP: { value: 'jump', description: 'A pool gets much more, or much less, than before.' },
  } as const,
});

const isWhole = (pool: Uint8Array) => pool.length === PUBLIC_KEY_BYTES && pool.every((byte) => byte === 0);

export const AnomalyType = builder.objectRef<AnomalyRow>('RewardAnomaly').implement({
  description: 'Something unusual in a reward epoch. It stops nothing: whoever approves decides.',
  fields: (t) => ({
    kind: t.field({ type: AnomalyKindType, description: 'What is unusual.', resolve: (row) => row.kind }),
    pool: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'The pool it is about; null for the epoch as a whole.',
      resolve: (row) => (isWhole(row.pool) ? null : row.pool),
    }),
    valueBps: t.field({
      type: 'U64',
      description: 'Of the emission, of the whole concentration, or of the mean before, in basis points.',
      resolve: (row) => row.valueBps,
    }),
    thresholdBps: t.field({
      type: 'U64',
      description: 'Where it is flagged; a jump also where it is as far below the mean.',
      resolve: (row) => row.thresholdBps,
    }),
    reward: t.field({
      type: 'U64',
      description: 'What the pool gets, base units of INT.',
      resolve: (row) => row.reward,
    }),
    meanBefore: t.field({
      type: 'U64',
      nullable: true,
      description: 'For a jump, what it got on average in the epochs looked back on.',
      resolve: (row) => (row.kind === 'jump' ? row.meanBefore : null),
    }),
  }),
});
