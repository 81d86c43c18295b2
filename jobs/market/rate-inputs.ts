/**
 * The purchases of a window with what a reference rate needs of each: its price in USDC, the cluster of its buyer, and
 * why it does not count, if it does not. Known as of the window's last slot; nothing later is looked at.
 * @module
 */
import { parameters } from '../../governance/parameters.ts';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import { UpstreamError } from '../../indexer/domain/errors.ts';
import { least } from '../../indexer/domain/extremes.ts';
import { hexOf } from '../../indexer/domain/hex.ts';
import { type Slot, U64_MAX, USDC_BASE_UNITS } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { slotsOfTimes } from '../../indexer/store/queries/chain/block-times.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import {
  type ConversionRow,
  conversionsUntil,
  type Mints,
  marketMints,
  type PurchaseRow,
  providerOwners,
  purchasesBetween,
} from '../../indexer/store/queries/market/purchases.ts';
import { accountsAsOf, type WalletLink, walletLinks } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/rows/account-snapshots.ts';
import { decodeMarketplace, decodeProvider } from '../../programs/marketplace/client.generated.ts';
import { type Clusters, clustersOf } from '../reputation/clusters.ts';
import { type GovernedPrograms, parameterInForce, parametersInForce } from '../rewards/inputs/parameters-in-force.ts';
import type { RateWindow } from './reference-rate.ts';

/** Why a purchase is listed and not counted. */
export type Exclusion = 'NO_CONVERSION' | 'SAME_CLUSTER' | 'UNKNOWN_PROVIDER';

export interface PricedPurchase extends PurchaseRow {
  /** Base units of USDC per GPU-hour times 10^6. */
  readonly price: bigint;
  /** Of the buyer. */
  readonly cluster: string;
  readonly exclusion: Exclusion | null;
}

export interface RateInputs {
  readonly window: RateWindow;
  readonly slots: SlotBounds;
  /** In chain order. */
  readonly purchases: readonly PricedPurchase[];
}

const PRICE_SCALE = 1_000_000n;
const CONVERSION_KEY = 'bond_infer_per_usdc';
const CONVERSION_ID = [...parameters.keys()].indexOf(CONVERSION_KEY);

/** Links between wallets that are known as of a slot, as `walletLinks` reads them from the whole record. */
export type LinksUpTo = (slot: Slot) => Promise<readonly WalletLink[]>;

/**
 * `null` when the window has no block. `model` is `null` for all.
 * @param lastSlot what comes after it is not looked at; without it, the window's end alone counts
 * @throws UpstreamError `MARKET__NOT_INDEXED` where the record begins later than the window
 */
export async function rateInputs(
  store: StoreClient,
  programs: GovernedPrograms,
  window: RateWindow,
  model: number | null,
  lastSlot: Slot = U64_MAX,
  linksUpTo: LinksUpTo = (slot) => walletLinks(store, programs.marketplace, slot),
): Promise<RateInputs | null> {
  const times = { fromTime: window.start, toTime: window.start + window.lengthSeconds };
  const whole = await slotsOfTimes(store, times);
  if (whole === null || whole.fromSlot > lastSlot) return null;
  const slots = { ...whole, toSlot: least(whole.toSlot, lastSlot) };
  const found = await purchasesBetween(store, slots, times, model);
  if (found.length === 0) return { window, slots, purchases: [] };
  const market = await marketAsOf(store, programs, slots.toSlot, linksUpTo);
  return { window, slots, purchases: found.map((each) => pricedPurchase(each, market)) };
}

/** Base units of INFER that a USDC is worth by the marketplace's parameter as of a slot. */
export async function conversionInForce(store: StoreClient, programs: GovernedPrograms, slot: Slot): Promise<bigint> {
  const last = (await conversionsUntil(store, CONVERSION_ID, slot)).at(-1);
  if (last !== undefined) return last.inferPerUsdc;
  // No event of the record tells: an account of its first snapshot does, or the default holds.
  const afterSlot = (await eventsCompleteAfter(store)) ?? 0n;
  return parameterInForce(await parametersInForce(store, programs, afterSlot, slot), CONVERSION_KEY);
}

interface MarketAsOf {
  readonly mints: Mints;
  readonly conversions: readonly ConversionRow[];
  /** By address in hexadecimal. */
  readonly owners: ReadonlyMap<string, Uint8Array>;
  readonly clusters: Clusters;
}

async function marketAsOf(
  store: StoreClient,
  programs: GovernedPrograms,
  slot: Slot,
  linksUpTo: LinksUpTo,
): Promise<MarketAsOf> {
  const afterSlot = await eventsCompleteAfter(store);
  if (afterSlot === null || afterSlot > slot) {
    throw new UpstreamError(
      'MARKET__NOT_INDEXED',
      `The market is not known as of slot ${slot}: the record begins later`,
      {
        slot,
      },
    );
  }
  const [before, mints, conversions, owners, links, inForce] = await Promise.all([
    afterSlot === 0n ? null : marketFromAccounts(store, programs.marketplace, afterSlot),
    marketMints(store, slot),
    conversionsUntil(store, CONVERSION_ID, slot),
    providerOwners(store, slot),
    linksUpTo(slot),
    parametersInForce(store, programs, afterSlot, slot),
  ]);
  const known = mints ?? before?.mints;
  if (known === undefined) throw new UpstreamError('MARKET__NOT_INDEXED', 'The marketplace is not set up', { slot });
  return {
    mints: known,
    conversions: [...(before?.conversions ?? []), ...conversions],
    owners: new Map([...(before?.owners ?? []), ...owners].map(({ provider, owner }) => [hexOf(provider), owner])),
    clusters: clustersOf(links, Number(parameterInForce(inForce, 'reputation_cluster_hub_wallets'))),
  };
}

/** Where the record begins inside the chain, the accounts of its first snapshot stand for the events before it. */
async function marketFromAccounts(store: StoreClient, marketplace: Uint8Array, slot: Slot) {
  const [row] = await accountsAsOf(store, marketplace, 'Marketplace', slot);
  if (row === undefined) return null;
  const { settings } = decodeMarketplace(row.data);
  const providers = await accountsAsOf(store, marketplace, 'Provider', slot);
  const owners = providers.map(({ publicKey, data }) => ({
    provider: publicKey,
    owner: fromBase58(decodeProvider(data).owner),
  }));
  return {
    mints: { infer: fromBase58(settings.inferMint), usdc: fromBase58(settings.usdcMint) },
    conversions: [{ slot, transactionIndex: 0, position: 0, inferPerUsdc: settings.bondInferPerUsdc }],
    owners,
  };
}

function pricedPurchase(purchase: PurchaseRow, market: MarketAsOf): PricedPurchase {
  const price = usdcPrice(purchase, market);
  const owner = market.owners.get(hexOf(purchase.provider));
  const cluster = market.clusters.clusterOf(purchase.buyer);
  return { ...purchase, price: price ?? 0n, cluster, exclusion: exclusionOf(price, owner, cluster, market.clusters) };
}

function exclusionOf(
  price: bigint | null,
  owner: Uint8Array | undefined,
  cluster: string,
  clusters: Clusters,
): Exclusion | null {
  if (owner === undefined) return 'UNKNOWN_PROVIDER';
  if (clusters.clusterOf(owner) === cluster) return 'SAME_CLUSTER';
  return price === null ? 'NO_CONVERSION' : null;
}

/** Down; `null` for a price in INFER where no rate was in force yet, and for another token. */
function usdcPrice(purchase: PurchaseRow, { mints, conversions }: MarketAsOf): bigint | null {
  if (Buffer.compare(purchase.mint, mints.usdc) === 0) return purchase.pricePerGpuHour * PRICE_SCALE;
  if (Buffer.compare(purchase.mint, mints.infer) !== 0) return null;
  const rate = conversions.findLast((each) => isBefore(each, purchase))?.inferPerUsdc ?? 0n;
  return rate === 0n ? null : (purchase.pricePerGpuHour * USDC_BASE_UNITS * PRICE_SCALE) / rate;
}

function isBefore(left: ConversionRow, right: PurchaseRow): boolean {
  if (left.slot !== right.slot) return left.slot < right.slot;
  if (left.transactionIndex !== right.transactionIndex) return left.transactionIndex < right.transactionIndex;
  return left.position < right.position;
}
