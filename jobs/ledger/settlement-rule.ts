/**
 * What a settlement has to give to whom: the fee first, the provider the difference, the treasury what burn and verifiers
 * leave of the fee. So the parts are the amount, whatever is rounded. Pure; the second writing of the marketplace's rule
 * (docs/programs/marketplace.md, "Arithmetic"), which knows nothing of what was paid.
 * @module
 */
import { checkInput } from '../../indexer/domain/errors.ts';
import { least, most } from '../../indexer/domain/extremes.ts';
import { BPS, U64_MAX } from '../../indexer/domain/units.ts';

const MICRO_CREDITS_PER_CREDIT = 1_000_000n;
/** INFER has 9 decimals, a credit is its sixth. */
const BASE_UNITS_PER_CREDIT = 1_000n;

/** Base units of one token; `provider + treasury + burn + verifiers` is the amount that was paid. */
export interface Parts {
  readonly provider: bigint;
  readonly fee: bigint;
  readonly treasury: bigint;
  readonly burn: bigint;
  readonly verifiers: bigint;
}

/** Of an order, fixed when it was created. */
export interface OrderTerms {
  readonly platformFeeBps: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
}

/** What an order has paid so far. */
export interface PaidSoFar {
  readonly amount: bigint;
  readonly fee: bigint;
  readonly burn: bigint;
  readonly verifiers: bigint;
}

export const NOTHING_PAID: PaidSoFar = { amount: 0n, fee: 0n, burn: 0n, verifiers: 0n };

/**
 * The parts of the next `amount` of an order: floors of its totals, less what was paid before, so that paying in many
 * pieces takes nothing from anybody.
 * @param isUsdc only INFER is burned
 */
export function partsOfOrder(terms: OrderTerms, before: PaidSoFar, amount: bigint, isUsdc: boolean): Parts {
  const feeInAll = part(before.amount + amount, terms.platformFeeBps);
  const fee = feeInAll - before.fee;
  const owed = (bps: number, paid: bigint) => most(part(feeInAll, bps) - paid, 0n);
  const verifiers = least(owed(terms.feeVerifierBps, before.verifiers), fee);
  const burn = isUsdc ? 0n : least(owed(terms.feeBurnBps, before.burn), fee - verifiers);
  return { provider: amount - fee, fee, treasury: fee - verifiers - burn, burn, verifiers };
}

export function afterPaying(before: PaidSoFar, amount: bigint, { fee, burn, verifiers }: Parts): PaidSoFar {
  return {
    amount: before.amount + amount,
    fee: before.fee + fee,
    burn: before.burn + burn,
    verifiers: before.verifiers + verifiers,
  };
}

export interface Work {
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly seconds: number;
}

/** Governed numbers of metered workloads. */
export interface WorkloadTerms {
  readonly rateCpuMicro: bigint;
  readonly rateMbMicro: bigint;
  /** In bps of the amount, in spite of its name. */
  readonly feeSplitHostPct: number;
  readonly feeBurnBps: number;
  readonly feeVerifierBps: number;
}

/**
 * Credits of a metered workload, rounded up: a customer could cut work into many small pieces.
 * Source: founding document of the ledger, "pricing"; a microcredit is a millionth of a credit.
 * @throws InputError `LEDGER__PRICE_OVERFLOW` where the chain could not count them
 */
export function creditsOf({ vcpus, memoryMb, seconds }: Work, { rateCpuMicro, rateMbMicro }: WorkloadTerms): bigint {
  const time = BigInt(seconds);
  const microCredits = BigInt(vcpus) * time * rateCpuMicro + BigInt(memoryMb) * time * rateMbMicro;
  const credits = (microCredits + MICRO_CREDITS_PER_CREDIT - 1n) / MICRO_CREDITS_PER_CREDIT;
  const isCountable = credits <= U64_MAX && baseUnitsOf(credits) <= U64_MAX;
  checkInput(isCountable, 'LEDGER__PRICE_OVERFLOW', `${credits} credits are more than an account can hold`, {
    credits,
  });
  return credits;
}

/** Base units of INFER of some credits. */
export function baseUnitsOf(credits: bigint): bigint {
  return credits * BASE_UNITS_PER_CREDIT;
}

/** The host's part is rounded down, the rest is the fee. */
export function partsOfWorkload(terms: WorkloadTerms, amount: bigint): Parts {
  const provider = part(amount, terms.feeSplitHostPct);
  const fee = amount - provider;
  const burn = part(fee, terms.feeBurnBps);
  const verifiers = part(fee, terms.feeVerifierBps);
  return { provider, fee, treasury: fee - burn - verifiers, burn, verifiers };
}

function part(amount: bigint, bps: number): bigint {
  return (amount * BigInt(bps)) / BPS;
}
