/**
 * The order book of a model as of any slot: offers and sellers from the account states of that slot.
 * @module
 */
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import { indexStateAsOf } from '../../indexer/store/queries/market/series.ts';
import { scoresAsOf } from '../../indexer/store/queries/reputation/provider-scores.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/rows/account-snapshots.ts';
import { decodeMarketplace, decodeOffer, decodeProvider } from '../../programs/marketplace/client.generated.ts';
import { type GovernedPrograms, parameterInForce, parametersInForce } from '../rewards/inputs/parameters-in-force.ts';
import { type BookFilter, type OfferState, type OrderBook, orderBook, type Seller } from './order-book.ts';

/** `null` until the marketplace is set up. */
export async function readOrderBook(
  store: StoreClient,
  programs: GovernedPrograms,
  { model, slot }: { readonly model: number; readonly slot: Slot },
  filter: BookFilter,
): Promise<OrderBook | null> {
  const asOf = (name: string) => accountsAsOf(store, programs.marketplace, name, slot);
  const [[marketplace], offers, now, index] = await Promise.all([
    asOf('Marketplace'),
    asOf('Offer'),
    timeAtSlot(store, slot),
    indexStateAsOf(store, model, slot),
  ]);
  if (marketplace === undefined || now === null) return null;
  const { usdcMint, isPaused } = decodeMarketplace(marketplace.data).settings;
  const listed = offers.flatMap(({ publicKey, data }) => offerState(publicKey, data, model, usdcMint));
  const sellers = await sellersAsOf(store, programs, slot);
  const afterSlot = (await eventsCompleteAfter(store)) ?? 0n;
  const inForce = await parametersInForce(store, programs, afterSlot, slot);
  const inferPerUsdc = parameterInForce(inForce, 'bond_infer_per_usdc');
  return orderBook(listed, sellers, { isPaused, now, index, inferPerUsdc }, filter);
}

function offerState(offer: Uint8Array, data: Uint8Array, model: number, usdcMint: string): OfferState[] {
  const { provider, mint, ...terms } = decodeOffer(data);
  return terms.model === model
    ? [{ ...terms, offer, provider: fromBase58(provider), isInUsdc: mint === usdcMint }]
    : [];
}

async function sellersAsOf(
  store: StoreClient,
  programs: GovernedPrograms,
  slot: Slot,
): Promise<ReadonlyMap<string, Seller>> {
  const providers = await accountsAsOf(store, programs.marketplace, 'Provider', slot);
  const scores = await scoresAsOf(
    store,
    slot,
    providers.map(({ publicKey }) => publicKey),
  );
  const scoreOf = new Map(scores.map(({ provider, displayedScore }) => [toBase58(provider), displayedScore]));
  return new Map(
    providers.map(({ publicKey, data }) => {
      const { tier, status } = decodeProvider(data);
      const scorePpm = scoreOf.get(toBase58(publicKey)) ?? 0;
      return [Buffer.from(publicKey).toString('hex'), { tier, status, scorePpm }];
    }),
  );
}
