/**
 * A provider's score as of now, between the reward epochs.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { type LiveScoreRow, liveScoresOf } from '../../../indexer/store/queries/reputation/live-scores.ts';
import { RULE_VERSION } from '../../../jobs/rewards/compute/compute-epoch.ts';
import { batched } from '../../reads/batched.ts';
import { providerEvents } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { recordUpTo, sourceField } from '../chain/source.ts';

export const LiveReputationType = builder.objectRef<LiveScoreRow>('LiveReputation').implement({
  description:
    'The score of the last reward epoch with every piece of evidence that has become final and beyond dispute since. What an ' +
    'epoch makes at its end, uptime and the decay of an idle one, is not in it before.',
  fields: (t) => ({
    baseEpoch: t.field({
      type: 'U64',
      nullable: true,
      description: 'Reward epoch that it starts from; null before there was one.',
      resolve: (row) => row.baseEpoch || null,
    }),
    throughSlot: t.field({
      type: 'U64',
      description: 'Finalized block up to which evidence is in it.',
      resolve: (row) => row.throughSlot,
    }),
    score: t.exposeInt('score', { description: 'Parts per million.' }),
    displayedScore: t.exposeInt('displayedScore', { description: 'The score as far as the bond covers it.' }),
    targetScore: t.int({
      nullable: true,
      description: 'The score to be regained before gains count in full again; null for none.',
      resolve: (row) => row.targetScore || null,
    }),
    source: sourceField(t, ({ provider, throughSlot }) => ({
      ...{ ruleVersion: RULE_VERSION, events: providerEvents(provider), bounds: recordUpTo(throughSlot) },
    })),
    evidenceCount: t.exposeInt('evidenceCount', { description: 'Pieces of evidence since that epoch.' }),
  }),
});

/** `null` for a provider that was never scored. */
export const liveReputationOf = batched<Uint8Array, LiveScoreRow | null>(async (providers, { store }) => {
  const found = await liveScoresOf(store, providers);
  const scores = new Map(found.map((row) => [toBase58(row.provider), row]));
  return providers.map((provider) => scores.get(toBase58(provider)) ?? null);
});
