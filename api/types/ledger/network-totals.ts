/**
 * `network.totals` and `network.health`: how much there is of everything, and how the record of it stands.
 * @module
 */
import { type ChainCounts, chainCounts } from '../../../indexer/store/queries/chain/chain-status.ts';
import type { ProviderSums } from '../../../indexer/store/queries/reputation/providers.ts';
import { type PoolTokens, poolTokens } from '../../../indexer/store/queries/rows/accounts.ts';
import { once } from '../../../jobs/once.ts';
import type { ApiContext } from '../../context.ts';
import { headStatus } from '../../reads/head-status.ts';
import { doneByProviders } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { NO_SUMS, plusSums } from '../../sums/provider-sums.ts';
import { MetaType } from '../chain/meta.ts';
import { recordUpTo, sourceField } from '../chain/source.ts';
import { type Network, NetworkType } from './network.ts';

/** All blocks are read for it. */
const COUNTS_COST = 2_000;
/** As a page of providers, whose sums are added up. */
const SUMS_COST = 300;
const RULE_VERSION = 'network-1';

interface Totals extends Network {
  readonly pools: () => Promise<PoolTokens>;
  readonly providers: () => Promise<ProviderTotals>;
}

interface ProviderTotals extends ProviderSums {
  readonly providerCount: bigint;
  readonly bond: bigint;
}

const CountsType = builder.objectRef<ChainCounts>('RecordCounts').implement({
  description: 'What the record holds.',
  fields: (t) => {
    const of = (field: keyof ChainCounts, description: string) =>
      t.field({ type: 'U64', description, resolve: (counts) => counts[field] });
    return {
      blockCount: of('blockCount', 'Blocks.'),
      transactionCount: of('transactionCount', 'Transactions of the programs in them.'),
      instructionCount: of('instructionCount', 'Instructions of the programs in them.'),
      eventCount: of('eventCount', 'Events in them.'),
      undecodedCount: of('undecodedCount', 'Events and instructions that no IDL could decode.'),
    };
  },
});

const TotalsType = builder.objectRef<Totals>('NetworkTotals').implement({
  description: 'What the network holds and has done in all, as of the slot of the network.',
  fields: (t) => {
    const ofPools = (field: keyof PoolTokens, description: string) =>
      t.field({ type: 'I128', description, resolve: async ({ pools }) => (await pools())[field] });
    const ofProviders = (field: keyof ProviderTotals, description: string) =>
      t.field({ type: 'I128', description, resolve: async ({ providers }) => (await providers())[field] });
    return {
      record: t.field({
        type: CountsType,
        description: `What the record holds; costs ${COUNTS_COST} points.`,
        complexity: { field: COUNTS_COST, multiplier: 1 },
        resolve: ({ slot }, _, { store }) => chainCounts(store, 0n, slot),
      }),
      poolCount: ofPools('poolCount', 'Operator pools.'),
      staked: ofPools('staked', 'Staked in them, base units of INT.'),
      unstaking: ofPools('unstaking', 'Cooling down in them, base units of INT.'),
      providerCount: ofProviders('providerCount', 'Providers that registered.'),
      bond: ofProviders('bond', 'What their bonds hold, base units of INFER.'),
      offerCount: ofProviders('offerCount', 'Offers that they listed.'),
      orderCount: ofProviders('orderCount', 'Orders that were placed with them.'),
      settledCount: ofProviders('settledCount', 'Orders and sessions that were paid out.'),
      refundedCount: ofProviders('refundedCount', 'Orders that were refunded.'),
      gpuSeconds: ofProviders('gpuSeconds', 'GPU-seconds that were delivered and paid.'),
      source: sourceField(t, ({ slot }) => ({
        ...{ ruleVersion: RULE_VERSION, events: doneByProviders, bounds: recordUpTo(slot) },
      })),
    };
  },
});

async function providerTotals(
  slot: bigint,
  { store, providerSums, keptProviders }: ApiContext,
): Promise<ProviderTotals> {
  const [registered, sums] = await Promise.all([
    keptProviders.registeredUpTo(slot, store),
    providerSums.upTo(slot, store),
  ]);
  const bonds = await keptProviders.bondsUpTo(slot, new Set(registered.map(({ address }) => address)), store);
  return {
    ...[...sums.values()].reduce(plusSums, NO_SUMS),
    providerCount: BigInt(registered.length),
    bond: [...bonds.values()].reduce((sum, bond) => sum + bond, 0n),
  };
}

builder.objectFields(NetworkType, (t) => ({
  health: t.field({
    type: MetaType,
    description:
      'Freshness, finality, gaps and incidents of the record, as `_meta` has them: of now, whatever slot is asked for.',
    resolve: (_, __, { store }) => headStatus(store),
  }),
  totals: t.field({
    type: TotalsType,
    description: 'How much there is of everything.',
    complexity: { field: SUMS_COST, multiplier: 1 },
    resolve: ({ slot }, _, context) => ({
      slot,
      pools: once(() => poolTokens(context.store, context.programs.staking, slot)),
      providers: once(() => providerTotals(slot, context)),
    }),
  }),
}));
