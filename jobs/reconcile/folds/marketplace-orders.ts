/**
 * Offers, orders, sessions and disputes of the marketplace, folded from events.
 * @module
 */
import type { Address } from '@solana/kit';
import { noReleases, withoutExpired, withRelease } from './bond-releases.ts';
import { type Data, type Folds, type MarketplaceCall, NO_HASH, NOBODY, VERSION } from './marketplace-call.ts';
import { withMark, withoutPayable } from './usage-marks.ts';

const [STARTED, SETTLED, REFUNDED, DISPUTED] = [1, 2, 3, 4];

/** Of a provider that has just registered. */
export const newProvider = {
  ...{ version: VERSION, feesEarnedOn: 0n, bondTotal: 0n, bondOpen: 0n, bondReleases: noReleases, bondChallenged: 0n },
  ...{ offerCount: 0n, openOrderCount: 0, status: 0, withdrawalAmount: 0n, withdrawalReadyAt: 0n },
  ...{ heartbeatAt: 0n, unitsFree: 0, unitsBusy: 0, provenScore: 0, provenEpoch: 0n },
};

/** Of an order that has just been created. */
const newOrder = {
  ...{ version: VERSION, endpointHash: NO_HASH, status: 0, startedAt: 0n, deliveryDeadline: 0n, endedAt: 0n },
  ...{ challengeEndsAt: 0n, leaseEndedAt: 0n, paid: 0n, feePaid: 0n, burnPaid: 0n, verifierPaid: 0n },
  ...{ attestedSeconds: 0, attestedAt: 0n, settledSeconds: 0, marks: [] },
  ...{ disputeOpener: NOBODY, disputeDeposit: 0n, disputeVaultBump: 0, disputeDeadline: 0n },
  ...{ attestationCount: 0, attestedGpuSeconds: 0n, openAttestationCount: 0, failedChallengeCount: 0 },
};

export const orderFolds: Folds = {
  OfferListed({ offer, owner: _, ...fields }, call) {
    call.put('Offer', offer, { version: VERSION, ...fields, unitsFree: fields.units, isClosed: false });
    call.change('Provider', fields.provider, { offerCount: fields.offerId + 1n });
  },
  OfferUpdated({ offer, provider: _, owner: _owner, updatedAt: _at, ...terms }, call) {
    call.change('Offer', offer, terms);
  },
  OfferClosed: ({ offer }, call) => call.change('Offer', offer, { isClosed: true }),
  OrderCreated: created,
  OrderExtended({ order, provider, seconds, amount, bondLocked, addedBond, deliveryDeadline, extendedAt }, call) {
    call.change('Order', order, { seconds, amount, bondLocked, deliveryDeadline });
    moveLock(call, provider, addedBond, extendedAt);
  },
  DeliveryStarted({ order, endpointHash, startedAt, deliveryDeadline }, call) {
    call.change('Order', order, {
      ...{ status: STARTED, endpointHash, startedAt, attestedAt: startedAt, deliveryDeadline },
    });
  },
  LeaseEnded({ order, offer, units, endedAt }, call) {
    call.change('Order', order, { leaseEndedAt: endedAt });
    freeUnits(call, offer, units);
  },
  UsageAttested({ order, coveredSeconds, attestedAt, payableAt }, call) {
    const marks = withMark(call.of('Order', order).marks, { payableAt, coveredSeconds }, attestedAt);
    call.change('Order', order, { marks, attestedSeconds: coveredSeconds, attestedAt });
  },
  UsageSettled(data, call) {
    const marks = withoutPayable(call.of('Order', data.order).marks, data.settledAt);
    call.change('Order', data.order, { settledSeconds: data.settledSeconds, marks });
    paid(data, call);
  },
  DisputeOpened({ order, opener, deposit, disputeDeadline }, call) {
    const opened = { status: DISPUTED, disputeOpener: opener, disputeDeposit: deposit, disputeDeadline };
    // The vault of the deposit has been made by this call: its bump is no longer zero, and nothing tells it.
    const { disputeVaultBump: _, ...order_ } = call.of('Order', order);
    call.states.put('Order', order, { ...order_, ...opened });
  },
  OrderSettled(data, call) {
    paid(data, call);
    const { order, settledAt: endedAt, challengeEndsAt } = data;
    ended(data, call, endedAt);
    call.change('Order', order, { status: SETTLED, endedAt, challengeEndsAt, marks: [] });
  },
  OrderRefunded(data, call) {
    const { order, refundedAt: endedAt } = data;
    ended(data, call, endedAt);
    // A ruling ends what was attested; a refund leaves what a failed challenge has kept from being paid.
    const isRuled = call.step.name === 'resolve_dispute';
    call.change('Order', order, { status: REFUNDED, endedAt, ...(isRuled && { marks: [] }) });
  },
  SessionClosed(data, call) {
    ended(data, call, data.closedAt);
    call.change('Order', data.order, { status: SETTLED, endedAt: data.closedAt });
  },
};

function created({ order, ...fields }: Data<'OrderCreated'>, call: MarketplaceCall): void {
  call.put('Order', order, { ...fields, ...newOrder });
  call.changeBuyer(fields.buyer, () => ({ orderCount: fields.orderId + 1n }));
  moveLock(call, fields.provider, fields.bondLocked, fields.createdAt);
  const { openOrderCount } = call.of('Provider', fields.provider);
  call.change('Provider', fields.provider, { openOrderCount: openOrderCount + 1 });
  freeUnits(call, fields.offer, -fields.units);
}

function freeUnits(call: MarketplaceCall, offer: Address, units: number): void {
  call.change('Offer', offer, { unitsFree: call.of('Offer', offer).unitsFree + units });
}

/** Bond of open orders grows; whatever touches the bond drops what is free by then. */
function moveLock(call: MarketplaceCall, provider: Address, amount: bigint, now: bigint): void {
  const { bondOpen, bondReleases } = call.of('Provider', provider);
  call.change('Provider', provider, {
    bondOpen: bondOpen + amount,
    bondReleases: withoutExpired(bondReleases, now),
  });
}

function paid(data: Data<'OrderSettled'> | Data<'UsageSettled'>, call: MarketplaceCall): void {
  const order = call.of('Order', data.order);
  call.change('Order', data.order, {
    paid: order.paid + data.amount,
    feePaid: order.feePaid + data.fee,
    burnPaid: order.burnPaid + data.feeBurn,
    verifierPaid: order.verifierPaid + data.feeVerifier,
  });
  earned(call, data.provider, data.feeInfer);
  call.changeBuyer(data.buyer, ({ feesPaid }) => ({ feesPaid: feesPaid + data.feeInfer }));
}

/** Fees that count as the provider's use. */
export function earned(call: MarketplaceCall, provider: Address, fee: bigint): void {
  call.change('Provider', provider, { feesEarnedOn: call.of('Provider', provider).feesEarnedOn + fee });
}

/** The order's bond waits for its release, and its units are free, unless its lease had ended before. */
function ended(
  data: Pick<Data<'OrderSettled'>, 'order' | 'provider' | 'bondLocked' | 'bondReleaseAt'>,
  call: MarketplaceCall,
  now: bigint,
): void {
  const { offer, units, leaseEndedAt } = call.of('Order', data.order);
  if (leaseEndedAt === 0n) freeUnits(call, offer, units);
  const { bondOpen, openOrderCount, bondReleases } = call.of('Provider', data.provider);
  call.change('Provider', data.provider, {
    bondOpen: bondOpen - data.bondLocked,
    openOrderCount: openOrderCount - 1,
    bondReleases: withRelease(bondReleases, { releaseAt: data.bondReleaseAt, amount: data.bondLocked }, now),
  });
}
