/**
 * The state of the marketplace rebuilt from its events alone, as an indexer would do it. What cannot be known from
 * events (bumps, spare bytes) is left out of the comparison.
 * @module
 */
import type { Address } from '@solana/kit';
import type {
  Benchmark,
  BondRelease,
  GpuModel,
  Offer,
  Order,
  ProgramEvent,
  Provider,
} from '../../../programs/marketplace/client.generated.ts';
import { nameOf } from './parameter-names.ts';

type Rebuilt<T, Unknown extends keyof T = never> = {
  -readonly [K in Exclude<keyof T, 'version' | 'bump' | Unknown>]: T[K];
};
type Data<N extends ProgramEvent['name']> = Extract<ProgramEvent, { readonly name: N }>['data'];
/** What an order's end says of the bond. */
type Ended = Pick<Data<'OrderSettled'>, 'order' | 'provider' | 'bondLocked' | 'bondReleaseAt'>;

/** Fields that only proof of compute writes. */
type Proofs = 'attestationCount' | 'attestedGpuSeconds' | 'failedChallengeCount' | 'openAttestationCount';

export type ProviderState = Omit<Rebuilt<Provider, 'bondVaultBump' | 'bondChallenged'>, 'bondReleases'> & {
  bondReleases: BondRelease[];
};
export type OfferState = Rebuilt<Offer>;
export type OrderState = Rebuilt<Order, 'disputeVaultBump' | 'marks' | 'vaultBump' | Proofs>;
export type BuyerState = { orderCount: bigint; feesPaid: bigint };

const NO_HASH = new Uint8Array(32);
const NOBODY = '11111111111111111111111111111111' as Address;
const STARTED = 1;
const SETTLED = 2;
const REFUNDED = 3;
const DISPUTED = 4;

export class Projection {
  readonly settings: Record<string, unknown> = {};
  readonly models: GpuModel[] = [];
  readonly providers = new Map<Address, ProviderState>();
  readonly benchmarks = new Map<Address, Rebuilt<Benchmark>>();
  readonly offers = new Map<Address, OfferState>();
  readonly orders = new Map<Address, OrderState>();
  readonly buyers = new Map<Address, BuyerState>();
  /** Attested seconds that are not paid, by order; what is payable at a time is the largest of those due. */
  readonly marks = new Map<Address, { payableAt: bigint; coveredSeconds: number }[]>();

  apply({ name, data }: ProgramEvent): void {
    const act = this.#acts[name];
    (act as ((event: unknown) => void) | undefined)?.(data);
  }

  readonly #acts: { readonly [N in ProgramEvent['name']]?: (data: Data<N>) => void } = {
    MarketplaceInitialized: ({ parameters, models, ...fields }) => {
      Object.assign(this.settings, { isPaused: false, reputationEpoch: 0n, ...fields });
      this.models.push(...models);
      this.#set(parameters);
    },
    ParametersSet: ({ changes }) => this.#set(changes),
    AuthoritiesSet: ({ setAt: _, ...roles }) => void Object.assign(this.settings, roles),
    OrdersPaused: ({ isPaused }) => void Object.assign(this.settings, { isPaused }),
    ModelSet: ({ model, setAt: _, ...fields }) => void this.models.splice(model, 1, fields),
    ReputationRootCommitted: ({ epoch }) => void Object.assign(this.settings, { reputationEpoch: epoch }),
    ReputationProven: ({ provider, epoch, score }) =>
      this.#provider(provider, { provenEpoch: epoch, provenScore: Number(score) }),
    ProviderRegistered: (data) => this.#registered(data),
    ProviderStatusSet: ({ provider, status }) => this.#provider(provider, { status }),
    BondPosted: ({ provider, bondTotal }) => this.#provider(provider, { bondTotal }),
    BondWithdrawalRequested: ({ provider, amount, readyAt }) =>
      this.#provider(provider, { withdrawalAmount: amount, withdrawalReadyAt: readyAt }),
    BondWithdrawn: ({ provider, bondTotal, withdrawalAmount }) =>
      this.#provider(provider, { bondTotal, withdrawalAmount }),
    ProviderSlashed: ({ provider, bondTotal }) => this.#provider(provider, { bondTotal }),
    ChallengeResolved: ({ provider, bondTotal }) => this.#provider(provider, { bondTotal }),
    HeartbeatSent: ({ provider, sentAt, unitsFree, unitsBusy }) =>
      this.#provider(provider, { heartbeatAt: sentAt, unitsFree, unitsBusy }),
    BenchmarkSubmitted: ({ benchmark, owner: _, ...fields }) => void this.benchmarks.set(benchmark, fields),
    OfferListed: (data) => this.#listed(data),
    OfferUpdated: ({ offer, provider: _, owner: __, updatedAt: ___, ...terms }) => this.#offer(offer, terms),
    OfferClosed: ({ offer }) => this.#offer(offer, { isClosed: true }),
    OrderCreated: (data) => this.#ordered(data),
    OrderExtended: ({ order, provider, seconds, amount, bondLocked, addedBond, deliveryDeadline }) => {
      this.#order(order, { seconds, amount, bondLocked, deliveryDeadline });
      at(this.providers, provider).bondOpen += addedBond;
    },
    DeliveryStarted: ({ order, endpointHash, startedAt, deliveryDeadline }) =>
      this.#order(order, { status: STARTED, endpointHash, startedAt, attestedAt: startedAt, deliveryDeadline }),
    LeaseEnded: ({ order, offer, units, endedAt }) => {
      this.#order(order, { leaseEndedAt: endedAt });
      at(this.offers, offer).unitsFree += units;
    },
    UsageAttested: ({ order, coveredSeconds, attestedAt, payableAt }) => {
      this.#order(order, { attestedSeconds: coveredSeconds, attestedAt });
      at(this.marks, order).push({ payableAt, coveredSeconds });
    },
    UsageSettled: (data) => {
      this.#order(data.order, { settledSeconds: data.settledSeconds });
      const rest = at(this.marks, data.order).filter(({ coveredSeconds }) => coveredSeconds > data.settledSeconds);
      this.marks.set(data.order, rest);
      this.#paid(data);
    },
    DisputeOpened: ({ order, opener, deposit, disputeDeadline }) =>
      this.#order(order, {
        status: DISPUTED,
        disputeOpener: opener,
        disputeDeposit: deposit,
        disputeDeadline,
      }),
    OrderSettled: (data) => {
      this.#paid(data);
      this.#order(data.order, { status: SETTLED, endedAt: data.settledAt, challengeEndsAt: data.challengeEndsAt });
      this.#ended(data);
    },
    OrderRefunded: (data) => {
      this.#order(data.order, { status: REFUNDED, endedAt: data.refundedAt });
      this.#ended(data);
    },
    SessionClosed: (data) => {
      this.#order(data.order, { status: SETTLED, endedAt: data.closedAt });
      this.#ended(data);
    },
  };

  #provider(provider: Address, change: Partial<ProviderState>): void {
    Object.assign(at(this.providers, provider), change);
  }

  #offer(offer: Address, change: Partial<OfferState>): void {
    Object.assign(at(this.offers, offer), change);
  }

  #order(order: Address, change: Partial<OrderState>): void {
    Object.assign(at(this.orders, order), change);
  }

  #set(changes: Data<'ParametersSet'>['changes']): void {
    for (const { id, value } of changes) {
      const place = nameOf(id);
      if (place.in === 'models') Object.assign(this.models[place.index] as GpuModel, { [place.name]: Number(value) });
      else if (place.in === 'tiers') (this.settings.tierMinimumBonds as bigint[])[place.index] = value;
      else this.settings[place.name] = value;
    }
  }

  #registered({ provider, ...fields }: Data<'ProviderRegistered'>): void {
    const fresh = {
      feesEarnedOn: 0n,
      bondTotal: 0n,
      bondOpen: 0n,
      bondReleases: [],
      offerCount: 0n,
      openOrderCount: 0,
      status: 0,
      withdrawalAmount: 0n,
      withdrawalReadyAt: 0n,
      heartbeatAt: 0n,
      unitsFree: 0,
      unitsBusy: 0,
      provenScore: 0,
      provenEpoch: 0n,
    };
    this.providers.set(provider, { ...fields, ...fresh });
  }

  #listed({ offer, owner: _, ...fields }: Data<'OfferListed'>): void {
    this.offers.set(offer, { ...fields, unitsFree: fields.units, isClosed: false });
    at(this.providers, fields.provider).offerCount = fields.offerId + 1n;
  }

  #ordered({ order, ...fields }: Data<'OrderCreated'>): void {
    const open = {
      endpointHash: NO_HASH,
      status: 0,
      startedAt: 0n,
      deliveryDeadline: 0n,
      endedAt: 0n,
      challengeEndsAt: 0n,
      leaseEndedAt: 0n,
      paid: 0n,
      feePaid: 0n,
      burnPaid: 0n,
      verifierPaid: 0n,
      attestedSeconds: 0,
      attestedAt: 0n,
      settledSeconds: 0,
      disputeOpener: NOBODY,
      disputeDeposit: 0n,
      disputeDeadline: 0n,
    };
    this.orders.set(order, { ...fields, ...open });
    this.marks.set(order, []);
    const { feesPaid = 0n } = this.buyers.get(fields.buyer) ?? {};
    this.buyers.set(fields.buyer, { orderCount: fields.orderId + 1n, feesPaid });
    const provider = at(this.providers, fields.provider);
    provider.bondOpen += fields.bondLocked;
    provider.openOrderCount += 1;
    at(this.offers, fields.offer).unitsFree -= fields.units;
  }

  #paid(data: Data<'OrderSettled'> | Data<'UsageSettled'>): void {
    const order = at(this.orders, data.order);
    order.paid += data.amount;
    order.feePaid += data.fee;
    order.burnPaid += data.feeBurn;
    order.verifierPaid += data.feeVerifier;
    at(this.providers, data.provider).feesEarnedOn += data.feeInfer;
    at(this.buyers, data.buyer).feesPaid += data.feeInfer;
  }

  #ended({ order, provider, bondLocked, bondReleaseAt }: Ended): void {
    const { offer, units, leaseEndedAt } = at(this.orders, order);
    if (leaseEndedAt === 0n) at(this.offers, offer).unitsFree += units;
    this.marks.delete(order);
    const state = at(this.providers, provider);
    state.bondOpen -= bondLocked;
    state.openOrderCount -= 1;
    state.bondReleases.push({ releaseAt: bondReleaseAt, amount: bondLocked });
  }
}

export function at<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing rebuilt for ${key}`);
  return value;
}

/** Bond still locked at a time, by release time: places that share a time are one. */
export function liveReleases(releases: readonly BondRelease[], now: bigint): Record<string, bigint> {
  const live: Record<string, bigint> = {};
  for (const { releaseAt, amount } of [...releases].sort((left, right) => Number(left.releaseAt - right.releaseAt))) {
    if (releaseAt > now && amount > 0n) live[`${releaseAt}`] = (live[`${releaseAt}`] ?? 0n) + amount;
  }
  return live;
}
