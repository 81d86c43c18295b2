/**
 * Who takes part, drawn from the seed alone: providers with their machines and habits, buyers, delegators. Pure.
 * Prices start from the network's published dollar prices, one dollar taken as ten INFER.
 * @module
 */
import { createHash } from 'node:crypto';
import { createRandom, type Random } from './random.ts';
import { seededWallet, type Wallet } from './wallet.ts';

export interface ProviderPlan {
  readonly index: number;
  /** Owner of the provider, admin of its pool. */
  readonly wallet: Wallet;
  readonly name: string;
  readonly tier: 1 | 2 | 3;
  readonly region: number;
  readonly jurisdiction: Uint8Array;
  readonly stake: bigint;
  readonly bond: bigint;
  readonly rewardCommissionBps: number;
  readonly usdcCommissionBps: number;
  readonly autoStakeFees: boolean;
  /** Chance that it starts a delivery it was paid for. */
  readonly reliability: number;
  readonly offers: readonly OfferPlan[];
}

export interface OfferPlan {
  readonly model: number;
  readonly units: number;
  readonly currency: 'INFER' | 'USDC';
  /** Base units of the currency. */
  readonly pricePerGpuHour: bigint;
}

const INFER = 10n ** 9n;
const INT = 10n ** 9n;
const USDC_CENT = 10n ** 4n;
const INFER_PER_DOLLAR = 10n;
/** US cents per GPU-hour, by catalogue index. */
const CENTS_BY_MODEL = [150n, 240n, 61n, 90n, 199n, 299n, 5n, 19n, 32n, 40n, 40n] as const;
const JURISDICTIONS = ['US', 'DE', 'FI', 'SG', 'JP', 'BR', 'CA', 'IS'] as const;
/** Twice each tier's minimum, so that several orders at once can be secured. */
const BOND_INFER_BY_TIER = { 1: 2_000n, 2: 20_000n, 3: 200_000n } as const;
const UNIT_CHOICES = [4, 8, 16] as const;
const MIN_STAKE_INT = 1_000;

/** @param model what it rents out for INFER, where that is not drawn */
export function planProvider(seed: string, index: number, model?: number): ProviderPlan {
  const random = createRandom(seedOf(seed, `provider/${index}`));
  const tier = random.pick([1, 1, 2, 2, 3] as const);
  const region = random.integer(0, JURISDICTIONS.length - 1);
  return {
    index,
    wallet: seededWallet(seed, 'provider', index),
    name: `operator-${index + 1}`,
    tier,
    region,
    jurisdiction: new TextEncoder().encode(JURISDICTIONS[region] ?? 'US'),
    stake: BigInt(random.integer(MIN_STAKE_INT, 50 * MIN_STAKE_INT)) * INT,
    bond: BOND_INFER_BY_TIER[tier] * INFER,
    rewardCommissionBps: random.integer(0, 20) * 100,
    usdcCommissionBps: random.integer(0, 20) * 100,
    autoStakeFees: random.chance(0.5),
    reliability: random.chance(0.15) ? 0.6 : 0.97,
    offers: [planOffer(random, 'INFER', model), planOffer(random, 'USDC')],
  };
}

function planOffer(random: Random, currency: 'INFER' | 'USDC', given?: number): OfferPlan {
  // Drawn in any case, so that everything after it is the same.
  const drawn = random.integer(0, CENTS_BY_MODEL.length - 1);
  const model = given ?? drawn;
  const cents = (CENTS_BY_MODEL[model] ?? 100n) * BigInt(random.integer(85, 115));
  const price = currency === 'USDC' ? (cents * USDC_CENT) / 100n : (cents * INFER * INFER_PER_DOLLAR) / 10_000n;
  return { model, units: random.pick(UNIT_CHOICES), currency, pricePerGpuHour: price };
}

export function buyersOf(seed: string, providers: number): Wallet[] {
  const count = Math.max(5, Math.ceil(providers / 2));
  return Array.from({ length: count }, (_, index) => seededWallet(seed, 'buyer', index));
}

export function seedOf(seed: string, purpose: string): bigint {
  return createHash('sha256').update(`${seed}/${purpose}`).digest().readBigUInt64LE();
}
