/**
 * `providers`: who offers machines, and what became of the orders they took.
 * @module
 */
import { compareBytes, toBase58 } from '../../../indexer/domain/base58.ts';
import { type InferAmount, PUBLIC_KEY_BYTES, type Slot } from '../../../indexer/domain/units.ts';
import { type ScoredProvider, scoresAsOf } from '../../../indexer/store/queries/reputation/provider-scores.ts';
import type { ProviderRow } from '../../../indexer/store/queries/reputation/providers.ts';
import { groupBy } from '../../../jobs/group-by.ts';
import type { ApiContext } from '../../context.ts';
import { batched } from '../../reads/batched.ts';
import { providerEvents } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { connectionType, pageArgs, pageCost, pageStart, snapshotAt, toConnection } from '../../schema/connection.ts';
import { addressOf } from '../../schema/cursor.ts';
import type { KeptProvider } from '../../sums/kept-providers.ts';
import { NO_SUMS } from '../../sums/provider-sums.ts';
import { recordUpTo, sourceField } from '../chain/source.ts';
import { LiveReputationType, liveReputationOf } from './live-reputation.ts';
import { ReputationType } from './reputation.ts';

interface ListedProvider extends ProviderRow {
  /** It is listed as of this slot. */
  readonly slot: Slot;
}

/** Scores of all providers of a list at once, where they are asked for; `null` before the first reward epoch of one. */
const scoreOf = batched<ListedProvider, ScoredProvider | null>(async (listed, { store }) => {
  const groups = groupBy(listed, ({ slot }) => String(slot));
  const found = new Map<ListedProvider, ScoredProvider>();
  for (const group of groups.values()) {
    const slot = group[0]?.slot ?? 0n;
    const scores = await scoresAsOf(
      store,
      slot,
      group.map(({ provider }) => provider),
    );
    const byAddress = new Map(scores.map((score) => [toBase58(score.provider), score]));
    for (const each of group) {
      const score = byAddress.get(toBase58(each.provider));
      if (score !== undefined) found.set(each, score);
    }
  }
  return listed.map((each) => found.get(each) ?? null);
});

const ProviderType = builder.objectRef<ListedProvider>('Provider').implement({
  description: 'A provider of the marketplace with counts folded from its events.',
  fields: (t) => ({
    address: t.field({
      type: 'PublicKey',
      description: 'Address of the provider’s account.',
      resolve: (row) => row.provider,
    }),
    owner: t.field({ type: 'PublicKey', description: 'Wallet that runs it.', resolve: (row) => row.owner }),
    payout: t.field({ type: 'PublicKey', description: 'Wallet that is paid.', resolve: (row) => row.payout }),
    operatorPool: t.field({
      type: 'PublicKey',
      description: 'Pool whose rewards its work earns.',
      resolve: (row) => row.operatorPool,
    }),
    tier: t.exposeInt('tier', { description: '1 consumer, 2 mining fleet, 3 data center.' }),
    region: t.exposeInt('region', { description: 'Number of the region it registered in.' }),
    jurisdiction: t.string({
      description: 'Where it says that it is, two capital letters (ISO 3166-1).',
      resolve: ({ jurisdiction }) => Buffer.from(jurisdiction).toString('latin1'),
    }),
    registeredAt: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (row) => row.registeredAt }),
    registrationSignature: t.field({
      type: 'Signature',
      description: 'Transaction of its registration.',
      resolve: (row) => row.signature,
    }),
    bond: t.field({ type: 'U64', description: 'Bond posted, base units of INFER.', resolve: (row) => row.bond }),
    offerCount: t.field({ type: 'U64', description: 'Offers listed.', resolve: (row) => row.offerCount }),
    orderCount: t.field({ type: 'U64', description: 'Orders taken.', resolve: (row) => row.orderCount }),
    settledCount: t.field({
      type: 'U64',
      description: 'Orders delivered and paid, sessions that are over among them.',
      resolve: (row) => row.settledCount,
    }),
    refundedCount: t.field({
      type: 'U64',
      description: 'Orders refunded to their buyers.',
      resolve: (row) => row.refundedCount,
    }),
    gpuSeconds: t.field({
      type: 'U64',
      description: 'GPU-seconds it was paid for: of settled orders, and of sessions as they go.',
      resolve: (row) => row.gpuSeconds,
    }),
    reputation: t.field({
      type: ReputationType,
      nullable: true,
      description: 'Its score and what is counted beside it; null before the first reward epoch in which it stood.',
      resolve: (row, _, context) => scoreOf(row, context),
    }),
    source: sourceField(t, ({ provider, slot }) => ({
      ...{ ruleVersion: 'providers-1', events: providerEvents(provider), bounds: recordUpTo(slot) },
    })),
    liveReputation: t.field({
      type: LiveReputationType,
      nullable: true,
      description:
        'Its score as of the newest final block, whatever slot is asked for; null before it was first scored.',
      resolve: (row, _, context) => liveReputationOf(row.provider, context),
    }),
  }),
});

const ProviderConnection = connectionType('Providers', ProviderType);
const NO_BOND = 0n as InferAmount;
const BEFORE_ALL = new Uint8Array(PUBLIC_KEY_BYTES);

builder.queryField('providers', (t) =>
  t.field({
    type: ProviderConnection,
    description: 'Providers, by address.',
    args: pageArgs(t),
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 1, context);
      const after = start.key === null ? BEFORE_ALL : addressOf(start.key);
      const found = await listedProviders(context, start.snapshot, (all) => pageOf(all, after, args.first + 1));
      return toConnection(start, found, (row) => [toBase58(row.provider)], context);
    },
  }),
);

builder.queryField('provider', (t) =>
  t.field({
    type: ProviderType,
    nullable: true,
    description: 'One provider; null when there is none at this address and slot.',
    args: {
      address: t.arg({ type: 'PublicKey', required: true, description: 'Address of the provider’s account.' }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }),
    },
    resolve: async (_, { address, atSlot }, context) => {
      const slot = await snapshotAt(atSlot, context);
      const [row] = await listedProviders(context, slot, (all) =>
        all.filter(({ provider }) => compareBytes(provider, address) === 0),
      );
      return row ?? null;
    },
  }),
);

/** By address, those of `asked`. */
async function listedProviders(
  { store, providerSums, keptProviders }: ApiContext,
  slot: Slot,
  asked: (registered: readonly KeptProvider[]) => readonly KeptProvider[],
): Promise<ListedProvider[]> {
  const [registered, sums] = await Promise.all([
    keptProviders.registeredUpTo(slot, store),
    providerSums.upTo(slot, store),
  ]);
  const found = asked(registered);
  const bonds = await keptProviders.bondsUpTo(slot, new Set(found.map(({ address }) => address)), store);
  return found.map(({ address, ...row }) => ({
    ...{ ...row, slot, bond: bonds.get(address) ?? NO_BOND },
    ...(sums.get(address) ?? NO_SUMS),
  }));
}

/** The first `limit` behind an address. */
function pageOf(registered: readonly KeptProvider[], after: Uint8Array, limit: number): readonly KeptProvider[] {
  return registered
    .filter(({ provider }) => compareBytes(provider, after) > 0)
    .sort((left, right) => compareBytes(left.provider, right.provider))
    .slice(0, limit);
}
