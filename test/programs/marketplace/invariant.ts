/**
 * What always holds of a marketplace: no token appears or vanishes, every vault holds exactly what it owes, units and bond
 * are counted once, and the events alone rebuild every account.
 * @module
 */
import type { Address } from '@solana/kit';
import { expect } from 'vitest';
import {
  decodeOffer,
  decodeOrder,
  decodeProvider,
  type Order,
} from '../../../programs/marketplace/client.generated.ts';
import type { FoldedChain } from '../folded-chain.ts';
import { accountOf, type BuyerParty, type OfferRef, type OrderRef, type ProviderParty } from './actors.ts';
import { INFER_MINT, INFER_TREASURY, type Stage, USDC_MINT, USDC_TREASURY } from './market.ts';

export type LiveOrder = OrderRef & { readonly disputeVault: Address };

export interface World {
  readonly stage: Stage;
  readonly parties: readonly ProviderParty[];
  readonly buyers: readonly BuyerParty[];
  readonly offers: readonly OfferRef[];
  /** Every order that was not seen ended, or whose deposit was not seen leaving. */
  readonly live: Map<Address, LiveOrder>;
  readonly ended: LiveOrder[];
  readonly folded: FoldedChain;
}

const SETTLED = 2;
const REFUNDED = 3;

/** Tokens that exist and are not accounted for: constant, since only burning changes the supply. */
export function elsewhere({ stage, parties, buyers, live }: World, mint: Address): bigint {
  const isUsdc = mint === USDC_MINT;
  const shared = isUsdc
    ? [USDC_TREASURY, stage.usdcVerifierVault, stage.stakingUsdcVault]
    : [
        INFER_TREASURY,
        stage.inferVerifierVault,
        ...parties.flatMap(({ ownerInfer, bondVault }) => [ownerInfer, bondVault]),
        ...[...live.values()].map(({ disputeVault }) => disputeVault),
      ];
  const own = [...parties.map(({ payoutAccounts }) => payoutAccounts), ...buyers.map(({ accounts }) => accounts)];
  const vaults = [...live.values()].filter((ref) => ref.mint === mint).map(({ vault }) => vault);
  const all = [...shared, ...own.map((accounts) => accountOf(accounts, mint)), ...vaults];
  return all.reduce((supply, account) => supply - stage.chain.balance(account), stage.chain.supply(mint));
}

/** After every instruction. `before` is what `elsewhere` was at the beginning. */
export function invariant(world: World, before: { readonly infer: bigint; readonly usdc: bigint }): void {
  const found = { infer: elsewhere(world, INFER_MINT), usdc: elsewhere(world, USDC_MINT) };
  if (found.infer !== before.infer || found.usdc !== before.usdc) expect(found).toEqual(before);
  const orders = [...world.live.values()].map((ref) => ({
    ref,
    order: world.stage.chain.read(ref.order, decodeOrder),
  }));
  for (const each of orders) checkOrderVaults(world, each.ref, each.order);
  for (const party of world.parties) checkBond(world, party, orders);
  for (const offer of world.offers) checkUnits(world, offer, orders);
}

type Seen = { readonly ref: LiveOrder; readonly order: Order };

/** An order's vault holds what it still owes, the deposit's vault the deposit; neither outlives its purpose. */
function checkOrderVaults({ stage: { chain }, live, ended }: World, ref: LiveOrder, order: Order): void {
  const isEnded = order.status === SETTLED || order.status === REFUNDED;
  const owed = isEnded ? 0n : order.amount - order.paid;
  const isDeposited = chain.data(ref.disputeVault) !== null;
  const state = { balance: chain.balance(ref.vault), isOpen: chain.data(ref.vault) !== null };
  if (state.balance !== owed || state.isOpen === isEnded) expect(state).toEqual({ balance: owed, isOpen: !isEnded });
  if (isDeposited && chain.balance(ref.disputeVault) !== order.disputeDeposit) {
    expect(chain.balance(ref.disputeVault)).toBe(order.disputeDeposit);
  }
  if (order.paid > order.amount || order.feePaid > order.paid) throw new Error(`${ref.order} paid more than it has`);
  if (!isEnded || isDeposited) return;
  live.delete(ref.order);
  ended.push(ref);
}

function checkBond({ stage: { chain } }: World, { provider, bondVault }: ProviderParty, orders: readonly Seen[]): void {
  const { bondTotal, bondOpen, bondReleases, openOrderCount } = chain.read(provider, decodeProvider);
  const open = orders.filter(({ order }) => order.provider === provider && ![SETTLED, REFUNDED].includes(order.status));
  const expected = {
    bondTotal: chain.balance(bondVault),
    bondOpen: open.reduce((sum, { order }) => sum + order.bondLocked, 0n),
    openOrderCount: open.length,
  };
  if (
    JSON.stringify(Object.values(expected).map(String)) !==
    JSON.stringify([bondTotal, bondOpen, openOrderCount].map(String))
  )
    expect({ bondTotal, bondOpen, openOrderCount }).toEqual(expected);
  const now = chain.now;
  const waiting = bondReleases.reduce((sum, { releaseAt, amount }) => (releaseAt > now ? sum + amount : sum), 0n);
  if (bondOpen + waiting > bondTotal) expect(bondOpen + waiting).toBeLessThanOrEqual(bondTotal);
}

/** A unit is busy from the order until access ends. */
function checkUnits({ stage: { chain } }: World, { offer }: OfferRef, orders: readonly Seen[]): void {
  const { units, unitsFree } = chain.read(offer, decodeOffer);
  const busy = orders
    .filter(({ order }) => order.offer === offer && order.leaseEndedAt === 0n && order.endedAt === 0n)
    .reduce((sum, { order }) => sum + order.units, 0);
  if (units - unitsFree !== busy) expect({ offer, busy: units - unitsFree }).toEqual({ offer, busy });
}

/** Every account of the marketplace against what its events so far have made of it. */
export function checkRebuilt({ folded }: World): void {
  expect(folded.allDifferences()).toEqual([]);
}
