/** Every marketplace instruction on its way to success: accounts, balances and events afterwards. */
import { describe, expect, it } from 'vitest';
import { defaultOf } from '../../../governance/parameters.ts';
import {
  decodeBuyer,
  decodeMarketplace,
  decodeOffer,
  decodeOrder,
  decodeProvider,
  type ProgramEvent,
} from '../../../programs/marketplace/client.generated.ts';
import {
  accountOf,
  buy,
  confirm,
  createMarket,
  createOrderedMarket,
  ENDPOINT_HASH,
  initialize,
  list,
  must,
  OFFER_ARGS,
  ORDER_ARGS,
  orderRef,
  rate,
  refund,
  start,
} from './actors.ts';
import {
  ADMIN,
  ARBITER,
  createStage,
  GOVERNANCE,
  HALT_AUTHORITY,
  INFER,
  INFER_MINT,
  INFER_TREASURY,
  METER,
  poolState,
  REWARD_AUTHORITY,
  START_TIME,
  USDC,
  USDC_MINT,
  USDC_TREASURY,
} from './market.ts';
import { GPU_CATALOGUE, STARTING_PARAMETERS } from './settings.ts';

const DEADLINE = defaultOf('start_deadline_seconds');
const WINDOW = defaultOf('challenge_window_seconds');

function lastEvent(events: readonly ProgramEvent[]): ProgramEvent {
  const event = events.at(-1);
  if (event === undefined) throw new Error('no event');
  return event;
}

describe('registry, bond and offers', () => {
  it('initialize_marketplace stores the starting values and the founding catalogue and says them in its event', async () => {
    const stage = await createStage();
    must(stage, initialize(stage));
    const { settings, models } = stage.chain.read(stage.marketplace, decodeMarketplace);
    const event = lastEvent(stage.chain.events);
    if (event.name !== 'MarketplaceInitialized') throw new Error(event.name);
    const { parameters, models: told, ...data } = event.data;
    expect(settings).toMatchObject(data);
    expect(settings).toMatchObject({ version: 1, isPaused: false, reputationEpoch: 0n, exchange: stage.exchange });
    expect(data).toMatchObject({ admin: ADMIN, arbiter: ARBITER, haltAuthority: HALT_AUTHORITY, meter: METER });
    expect(data).toMatchObject({ governanceAuthority: GOVERNANCE, rewardAuthority: REWARD_AUTHORITY });
    expect(parameters).toEqual(STARTING_PARAMETERS);
    expect([models, told]).toEqual([GPU_CATALOGUE, GPU_CATALOGUE]);
  });

  it('register_provider and post_bond put the bond into the vault of the provider', async () => {
    const { chain, party } = await createMarket();
    const state = chain.read(party.provider, decodeProvider);
    expect(state).toMatchObject({
      owner: party.owner,
      payout: party.payout,
      operatorPool: party.pool,
      tier: 1,
      region: 7,
    });
    expect(state).toMatchObject({ bondTotal: 10_000n * INFER, bondOpen: 0n, registeredAt: START_TIME });
    expect(chain.balance(party.bondVault)).toBe(10_000n * INFER);
    const data = { provider: party.provider, owner: party.owner, amount: 10_000n * INFER, bondTotal: 10_000n * INFER };
    expect(lastEvent(chain.events)).toEqual({ name: 'BondPosted', data });
  });

  it('an address that a stranger funded beforehand can still be taken', async () => {
    const { stage, chain, usdcOffer, inferOffer } = await createMarket();
    chain.fund(inferOffer.offer);
    must(stage, list(stage, inferOffer), list(stage, usdcOffer));
    expect(chain.read(usdcOffer.offer, decodeOffer)).toMatchObject({ offerId: 1n, mint: USDC_MINT });
  });

  it('list_offer numbers the offers of a provider', async () => {
    const { stage, chain, party, inferOffer } = await createMarket();
    must(stage, list(stage, inferOffer));
    const state = chain.read(inferOffer.offer, decodeOffer);
    expect(state).toMatchObject({
      ...OFFER_ARGS,
      offerId: 0n,
      unitsFree: OFFER_ARGS.units,
      mint: INFER_MINT,
      listedAt: START_TIME,
    });
    expect(chain.read(party.provider, decodeProvider).offerCount).toBe(1n);
    expect(lastEvent(chain.events)).toMatchObject({
      name: 'OfferListed',
      data: { ...OFFER_ARGS, offer: inferOffer.offer },
    });
  });
});

describe('orders', () => {
  it('create_order locks the price in the vault and a part of the bond', async () => {
    const { chain, party, buyer, ref } = await createOrderedMarket();
    const amount = 4n * INFER;
    expect(chain.balance(ref.vault)).toBe(amount);
    expect(chain.read(ref.order, decodeOrder)).toMatchObject({
      amount,
      bondLocked: amount / 10n,
      status: 0,
      operatorPool: party.pool,
    });
    expect(chain.read(party.provider, decodeProvider)).toMatchObject({ bondOpen: amount / 10n, openOrderCount: 1 });
    expect(chain.read(ref.offer, decodeOffer).unitsFree).toBe(OFFER_ARGS.units - ORDER_ARGS.units);
    expect(chain.read(buyer.record, decodeBuyer).orderCount).toBe(1n);
    const event = lastEvent(chain.events);
    expect(event).toMatchObject({
      name: 'OrderCreated',
      data: { orderId: 0n, amount, startDeadline: START_TIME + DEADLINE },
    });
  });

  it('a USDC order locks bond at the rate of the settings', async () => {
    const { chain, ref } = await createOrderedMarket(USDC_MINT, { bond_infer_per_usdc: 10_000_003n });
    const { amount, bondLocked } = chain.read(ref.order, decodeOrder);
    const value = (amount * 10_000_003n + USDC - 1n) / USDC;
    expect(bondLocked).toBe((value + 9n) / 10n);
  });

  it('the price is rounded up', async () => {
    const { stage, chain, inferOffer, buyer } = await createMarket();
    const ref = await orderRef(inferOffer, buyer, 0n);
    must(stage, list(stage, inferOffer, { pricePerGpuHour: 1n }), buy(stage, ref, { units: 1, seconds: 60 }));
    expect(chain.balance(ref.vault)).toBe(1n);
  });

  it('start_delivery sets the delivery deadline behind the bought time', async () => {
    const { stage, chain, ref } = await createOrderedMarket();
    chain.setTime(START_TIME + DEADLINE);
    must(stage, start(stage, ref));
    const deliveryDeadline = START_TIME + DEADLINE + 3_600n + defaultOf('confirm_window_seconds');
    expect(chain.read(ref.order, decodeOrder)).toMatchObject({
      status: 1,
      deliveryDeadline,
      endpointHash: ENDPOINT_HASH,
    });
    const event = lastEvent(chain.events);
    expect(event).toMatchObject({
      name: 'DeliveryStarted',
      data: { order: ref.order, deliveryDeadline, buyer: ref.buyer.buyer },
    });
  });

  it('confirm_delivery by the buyer pays 98 to the provider and 2 to the treasury of 100, and closes the vault', async () => {
    const { stage, chain, party, ref } = await createOrderedMarket();
    must(stage, start(stage, ref), confirm(stage, ref));
    expect(chain.balance(accountOf(party.payoutAccounts, INFER_MINT))).toBe((4n * INFER * 98n) / 100n);
    expect(chain.balance(INFER_TREASURY)).toBe((4n * INFER * 2n) / 100n);
    expect(chain.data(ref.vault)).toBeNull();
    const gpuSeconds = 7_200n;
    const data = {
      gpuSeconds,
      settledAt: START_TIME,
      challengeEndsAt: START_TIME + WINDOW,
      paidToStakingVault: false,
      surplus: 0n,
    };
    expect(lastEvent(chain.events)).toMatchObject({
      name: 'OrderSettled',
      data: { ...data, confirmedBy: ref.buyer.buyer },
    });
    expect(chain.read(ref.offer, decodeOffer).unitsFree).toBe(OFFER_ARGS.units);
  });

  it('confirm_delivery by the arbiter counts as the buyer for a verified provider', async () => {
    const { stage, chain, party, ref } = await createOrderedMarket();
    must(stage, rate(stage, party, 1), start(stage, ref), confirm(stage, ref, ARBITER));
    expect(lastEvent(chain.events)).toMatchObject({ name: 'OrderSettled', data: { confirmedBy: ARBITER } });
  });

  it('refund_order gives everything back when delivery never started', async () => {
    const { stage, chain, party, buyer, ref } = await createOrderedMarket();
    const before = chain.balance(accountOf(buyer.accounts, INFER_MINT));
    chain.setTime(START_TIME + DEADLINE + 1n);
    must(stage, refund(stage, ref));
    expect(chain.balance(accountOf(buyer.accounts, INFER_MINT))).toBe(before + 4n * INFER);
    expect(chain.data(ref.vault)).toBeNull();
    expect(chain.read(party.provider, decodeProvider)).toMatchObject({ bondOpen: 0n, openOrderCount: 0 });
    expect(lastEvent(chain.events)).toMatchObject({ name: 'OrderRefunded', data: { reason: 0, amount: 4n * INFER } });
  });

  it('refund_order after the delivery deadline keeps the bond locked for another window', async () => {
    const { stage, chain, party, ref } = await createOrderedMarket();
    must(stage, start(stage, ref));
    const late = chain.read(ref.order, decodeOrder).deliveryDeadline + 1n;
    chain.setTime(late);
    must(stage, refund(stage, ref));
    const event = lastEvent(chain.events);
    expect(event).toMatchObject({ name: 'OrderRefunded', data: { reason: 1 } });
    const locked = chain.read(party.provider, decodeProvider).bondReleases.filter(({ amount }) => amount > 0n);
    expect(locked).toHaveLength(1);
    expect(locked[0]?.releaseAt).toBeGreaterThanOrEqual(late + WINDOW);
  });
});

describe('where the USDC share of a provider goes', () => {
  it('to the vault of the staking program while the pool is open with shares', async () => {
    const { stage, chain, ref } = await createOrderedMarket(USDC_MINT);
    must(stage, start(stage, ref), confirm(stage, ref));
    expect(chain.balance(stage.stakingUsdcVault)).toBe((4n * INFER * 98n) / 100n);
    expect(lastEvent(chain.events)).toMatchObject({
      data: { paidToStakingVault: true, paidTo: stage.stakingUsdcVault },
    });
  });

  it.each([
    ['closed', { closedAtEpoch: 3n }],
    ['without shares', { totalShares: 0n }],
  ])('to the payout wallet when the pool is %s', async (_, change) => {
    const { stage, chain, party, ref } = await createOrderedMarket(USDC_MINT);
    chain.putPool(party.pool, poolState(party.poolAdmin, change));
    const target = accountOf(party.payoutAccounts, USDC_MINT);
    must(stage, start(stage, ref), confirm(stage, ref, ref.buyer.buyer, target));
    expect(chain.balance(target)).toBe((4n * INFER * 98n) / 100n);
    expect(chain.balance(stage.stakingUsdcVault)).toBe(0n);
  });

  it('only INFER is burned; the burn part of USDC fees stays with the treasury', async () => {
    const split = { fee_treasury_bps: 5_000n, fee_burn_bps: 3_000n, fee_verifier_bps: 2_000n };
    for (const mint of [INFER_MINT, USDC_MINT]) {
      const { stage, chain, ref } = await createOrderedMarket(mint, split);
      const supply = chain.supply(mint);
      must(stage, start(stage, ref), confirm(stage, ref));
      const fee = (4n * INFER * 2n) / 100n;
      const burned = mint === INFER_MINT ? (fee * 3n) / 10n : 0n;
      expect(supply - chain.supply(mint)).toBe(burned);
      const isUsdc = mint === USDC_MINT;
      expect(chain.balance(isUsdc ? stage.usdcVerifierVault : stage.inferVerifierVault)).toBe((fee * 2n) / 10n);
      expect(chain.balance(isUsdc ? USDC_TREASURY : INFER_TREASURY)).toBe(fee - burned - (fee * 2n) / 10n);
    }
  });
});

describe('tokens that strangers send to a vault', () => {
  it('cannot keep it from being closed: they go to the treasury on settlement', async () => {
    const { stage, chain, ref } = await createOrderedMarket();
    chain.putTokens(ref.vault, INFER_MINT, ref.order, 4n * INFER + 5n);
    must(stage, start(stage, ref), confirm(stage, ref));
    expect(chain.data(ref.vault)).toBeNull();
    expect(chain.balance(INFER_TREASURY)).toBe((4n * INFER * 2n) / 100n + 5n);
    expect(lastEvent(chain.events)).toMatchObject({ data: { surplus: 5n } });
  });

  it('go to the buyer on a refund', async () => {
    const { stage, chain, buyer, ref } = await createOrderedMarket();
    const before = chain.balance(accountOf(buyer.accounts, INFER_MINT));
    chain.putTokens(ref.vault, INFER_MINT, ref.order, 4n * INFER + 5n);
    chain.setTime(START_TIME + DEADLINE + 1n);
    must(stage, refund(stage, ref));
    expect(chain.balance(accountOf(buyer.accounts, INFER_MINT))).toBe(before + 4n * INFER + 5n);
  });
});
