/**
 * `supply` and `leasesEnding`: what is offered and busy, and what will be free soon.
 * @module
 */
import { timeAtSlot } from '../../../indexer/store/queries/chain/block-times.ts';
import { type LeaseRow, leasesEnding } from '../../../indexer/store/queries/market/leases.ts';
import { readSupply } from '../../../jobs/market/read-supply.ts';
import type { SupplyGroup } from '../../../jobs/market/supply.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { pageCost, snapshotAt } from '../../schema/connection.ts';

const SupplyType = builder.objectRef<SupplyGroup>('Supply').implement({
  description: 'Open offers of one model in one region, jurisdiction and tier.',
  fields: (t) => ({
    model: t.exposeInt('model', { description: 'GPU model, by its place in the catalogue.' }),
    region: t.exposeInt('region', { description: 'Number of the region it is delivered in.' }),
    jurisdiction: t.exposeString('jurisdiction', { description: 'Of the providers, two capital letters.' }),
    tier: t.exposeInt('tier', { description: 'Of the providers: 1 consumer, 2 mining fleet, 3 data center.' }),
    units: t.exposeInt('units', { description: 'GPUs offered, free or busy.' }),
    unitsBusy: t.exposeInt('unitsBusy', { description: 'GPUs in use.' }),
    vramGb: t.field({ type: 'U64', description: 'Memory of the GPUs offered, GB.', resolve: (group) => group.vramGb }),
    offerCount: t.exposeInt('offerCount', { description: 'Open offers.' }),
    providerCount: t.exposeInt('providerCount', { description: 'Providers with open offers.' }),
  }),
});

builder.queryField('supply', (t) =>
  t.field({
    type: [SupplyType],
    description: 'What is offered, by model, region, jurisdiction and tier; at an earlier slot, what was.',
    args: { atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }) },
    complexity: { field: 1, multiplier: 100 },
    resolve: async (_, { atSlot }, context) =>
      readSupply(context.store, context.programs.marketplace, await snapshotAt(atSlot, context)),
  }),
);

const LeaseType = builder.objectRef<LeaseRow>('Lease').implement({
  description: 'A lease that runs.',
  fields: (t) => ({
    order: t.field({ type: 'PublicKey', description: 'Address of the order.', resolve: (row) => row.order }),
    provider: t.field({ type: 'PublicKey', description: 'Who delivers.', resolve: (row) => row.provider }),
    buyer: t.field({ type: 'PublicKey', description: 'Who uses it.', resolve: (row) => row.buyer }),
    model: t.exposeInt('model', { description: 'GPU model, by its place in the catalogue.' }),
    units: t.exposeInt('units', { description: 'GPUs that will be free.' }),
    startedAt: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (row) => row.startedAt }),
    endsAt: t.field({
      type: 'I64',
      description: 'When the bought time is over, Unix seconds; it may be extended, and nobody may have ended it yet.',
      resolve: (row) => row.endsAt,
    }),
  }),
});

builder.queryField('leasesEnding', (t) =>
  t.field({
    type: [LeaseType],
    description: 'Leases whose bought time is over soon, soonest first.',
    args: {
      withinSeconds: t.arg.int({ required: true, description: 'From the time of the slot on.' }),
      first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }),
    },
    complexity: pageCost,
    resolve: async (_, { withinSeconds, first, atSlot }, context) => {
      const slot = await snapshotAt(atSlot, context);
      const now = (await timeAtSlot(context.store, slot)) ?? 0n;
      const limit = Math.max(0, Math.min(first, MAX_PAGE_SIZE));
      return leasesEnding(context.store, slot, now + BigInt(withinSeconds), limit);
    },
  }),
);
