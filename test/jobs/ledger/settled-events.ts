/**
 * Settlements as the marketplace would have told them, as events for a record written by hand; and the ledger they make,
 * counted without a database.
 * @module
 */
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import type { LedgerTotals } from '../../../indexer/store/queries/market/settlements.ts';
import {
  baseUnitsOf,
  creditsOf,
  NOTHING_PAID,
  type OrderTerms,
  type PaidSoFar,
  type Parts,
  partsOfOrder,
  partsOfWorkload,
  type WorkloadTerms,
} from '../../../jobs/ledger/settlement-rule.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';
import type { ChosenEvent } from '../market/market-chain.ts';

export const [INFER, USDC] = [bytesOf('INFER'), bytesOf('USDC')];
export const SETTLEMENT_TABLES = [
  ...['marketplace_order_created', 'marketplace_order_settled', 'marketplace_usage_settled'],
  ...['marketplace_workload_settled', 'marketplace_marketplace_initialized', 'marketplace_parameters_set'],
  ...['governance_parameters_changed', 'governance_governance_initialized'],
  ...['exchange_exchange_initialized', 'exchange_parameters_set'],
];
export const TERMS: OrderTerms = { platformFeeBps: 333, feeBurnBps: 2_500, feeVerifierBps: 1_111 };
/** Of the parameter table. */
export const WORKLOAD_TERMS: WorkloadTerms = {
  ...{ rateCpuMicro: 1_000_000n, rateMbMicro: 1_000n, feeSplitHostPct: 9_000, feeBurnBps: 0, feeVerifierBps: 0 },
};

export const initialized: ChosenEvent = {
  table: 'marketplace_marketplace_initialized',
  fields: { infer_mint: INFER, usdc_mint: USDC },
};

export function orderCreated(name: string, mint = INFER): ChosenEvent {
  const { platformFeeBps, feeBurnBps, feeVerifierBps } = TERMS;
  const terms = { platform_fee_bps: platformFeeBps, fee_burn_bps: feeBurnBps, fee_verifier_bps: feeVerifierBps };
  return { table: 'marketplace_order_created', fields: { order: bytesOf(name), mint, ...terms } };
}

function partFields({ provider, fee, treasury, burn, verifiers }: Parts) {
  return {
    ...{ provider_amount: provider, fee, fee_treasury: treasury, fee_burn: burn, fee_verifier: verifiers },
  };
}

export interface Piece {
  readonly name: string;
  readonly amount: bigint;
  readonly mint?: Uint8Array;
  readonly before?: PaidSoFar;
  readonly buyer?: string;
}

/** @param more fields that are not what they should be */
export function settled(table: 'order' | 'usage', piece: Piece, more: ChosenEvent['fields'] = {}): ChosenEvent {
  const { name, amount, mint = INFER, before = NOTHING_PAID, buyer = 'buyer' } = piece;
  const parts = partsOfOrder(TERMS, before, amount, mint === USDC);
  const parties = { order: bytesOf(name), mint, buyer: bytesOf(buyer), provider: bytesOf('provider') };
  return { table: `marketplace_${table}_settled`, fields: { ...parties, amount, ...partFields(parts), ...more } };
}

export function workload(name: string, seconds: number, more: ChosenEvent['fields'] = {}): ChosenEvent {
  const work = { vcpus: 3, memoryMb: 1_500, seconds };
  const credits = creditsOf(work, WORKLOAD_TERMS);
  const amount = baseUnitsOf(credits);
  const parties = { workload: bytesOf(name), mint: INFER, customer: bytesOf('customer'), provider: bytesOf('host') };
  const used = { vcpus: work.vcpus, memory_mb: work.memoryMb, seconds, credits, amount };
  const parts = partFields(partsOfWorkload(WORKLOAD_TERMS, amount));
  return { table: 'marketplace_workload_settled', fields: { ...parties, ...used, ...parts, ...more } };
}

/** Totals from the blocks alone, by mint. */
export function totalsOf(chain: readonly DecodedBlock[]): LedgerTotals[] {
  const totals = new Map<string, LedgerTotals>();
  const none = { settlementCount: 0n, debited: 0n, providers: 0n, treasury: 0n, burned: 0n, verifiers: 0n, sum: 0n };
  for (const { fields, table } of chain.flatMap(({ events }) => events)) {
    if (table === null || !table.endsWith('_settled')) continue;
    const mint = fields['mint'] as Uint8Array;
    const key = Buffer.from(mint).toString('hex');
    const before = totals.get(key) ?? { mint, ...none };
    const amount = (name: string) => fields[name] as bigint;
    totals.set(key, {
      mint: Buffer.from(mint),
      settlementCount: before.settlementCount + 1n,
      debited: before.debited + amount('amount'),
      providers: before.providers + amount('provider_amount'),
      treasury: before.treasury + amount('fee_treasury'),
      burned: before.burned + amount('fee_burn'),
      verifiers: before.verifiers + amount('fee_verifier'),
      sum: 0n,
    });
  }
  return [...totals].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each);
}
