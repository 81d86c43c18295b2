/**
 * `marketplace`: the tokens it trades in and the GPU models it knows, from its account on chain.
 * @module
 */
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { accountsAsOf } from '../../../indexer/store/queries/rows/accounts.ts';
import { builder } from '../../schema/builder.ts';
import { snapshotAt } from '../../schema/connection.ts';

/** As the IDL names its fields. */
interface MarketplaceState {
  readonly settings: { readonly infer_mint: string; readonly usdc_mint: string };
  readonly models: readonly { readonly name: string }[];
}

const MarketplaceType = builder.objectRef<MarketplaceState>('Marketplace').implement({
  description: 'Settings of the marketplace program.',
  fields: (t) => ({
    inferMint: t.field({
      type: 'PublicKey',
      description: 'Mint of INFER, 9 decimals.',
      resolve: ({ settings }) => fromBase58(settings.infer_mint),
    }),
    usdcMint: t.field({
      type: 'PublicKey',
      description: 'Mint of USDC, 6 decimals.',
      resolve: ({ settings }) => fromBase58(settings.usdc_mint),
    }),
    models: t.stringList({
      description: 'Names of the GPU models; `model` of an order or an offer is a place in this list.',
      resolve: (state) => state.models.map(({ name }) => name),
    }),
  }),
});

builder.queryField('marketplace', (t) =>
  t.field({
    type: MarketplaceType,
    nullable: true,
    description: 'The marketplace; null until it is initialized.',
    args: { atSlot: t.arg({ type: 'U64', description: 'As of this slot.' }) },
    resolve: async (_, { atSlot }, context) => {
      const question = { program: context.programs.marketplace, name: 'Marketplace', limit: 1 };
      const [row] = await accountsAsOf(context.store, { ...question, slot: await snapshotAt(atSlot, context) });
      return row === undefined ? null : (JSON.parse(row.fields) as MarketplaceState);
    },
  }),
);
