/**
 * Supply as of any slot, from the account states of that slot.
 * @module
 */
import { fromBase58 } from '../../indexer/domain/base58.ts';
import { hexOf } from '../../indexer/domain/hex.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { decodeMarketplace, decodeOffer, decodeProvider } from '../../programs/marketplace/client.generated.ts';
import { type SupplyGroup, supplyOf } from './supply.ts';

export async function readSupply(store: StoreClient, marketplace: Uint8Array, slot: Slot): Promise<SupplyGroup[]> {
  const asOf = (name: string) => accountsAsOf(store, marketplace, name, slot);
  const [[settings], offers, providers] = await Promise.all([asOf('Marketplace'), asOf('Offer'), asOf('Provider')]);
  if (settings === undefined) return [];
  const sellers = new Map(providers.map(({ publicKey, data }) => [hexOf(publicKey), decodeProvider(data)]));
  const listed = offers.flatMap(({ data }) => {
    const { provider, ...offer } = decodeOffer(data);
    const seller = sellers.get(hexOf(fromBase58(provider)));
    if (seller === undefined) return [];
    const jurisdiction = Buffer.from(seller.jurisdiction).toString('latin1');
    return [{ ...offer, provider: fromBase58(provider), jurisdiction, tier: seller.tier }];
  });
  const { models } = decodeMarketplace(settings.data);
  return supplyOf(
    listed,
    models.map(({ vramGb }) => vramGb),
  );
}
