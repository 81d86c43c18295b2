/**
 * Whether settlements are what they have to be: entries that sum to zero, parts and prices as the rule has them, and
 * nothing settled twice. Pure: what was settled before, the terms of orders and the governed numbers are given.
 * @module
 */
import type { SettlementRow } from '../../indexer/store/queries/market/settlements.ts';
import type { EventPlace } from '../../indexer/store/queries/rows/event-place.ts';
import { entriesOf, sumOf } from './entries.ts';
import {
  afterPaying,
  baseUnitsOf,
  creditsOf,
  NOTHING_PAID,
  type OrderTerms,
  type PaidSoFar,
  type Parts,
  partsOfOrder,
  partsOfWorkload,
  type WorkloadTerms,
} from './settlement-rule.ts';

export type FaultKind = 'parts' | 'price' | 'twice' | 'unbalanced' | 'unknown_order';

export interface LedgerFault extends EventPlace {
  readonly subject: Uint8Array;
  readonly kind: FaultKind;
  /** What it has to be, as text. */
  readonly expected: string;
  readonly seen: string;
}

/** Of an order or a workload, before the settlements that are looked at. */
export interface SettledBefore extends PaidSoFar {
  readonly isEnded: boolean;
}

export interface ProofInputs {
  readonly usdcMint: Uint8Array;
  /** By `subjectKey`. */
  readonly orderTerms: ReadonlyMap<string, OrderTerms>;
  readonly settledBefore: ReadonlyMap<string, SettledBefore>;
  /** In force at a place. */
  readonly workloadTermsAt: (place: EventPlace) => WorkloadTerms;
}

export function subjectKey(subject: Uint8Array): string {
  return Buffer.from(subject).toString('hex');
}

/** @param settlements in chain order */
export function faultsOf(settlements: readonly SettlementRow[], inputs: ProofInputs): LedgerFault[] {
  const settled = new Map(inputs.settledBefore);
  return settlements.flatMap((settlement) => {
    const key = subjectKey(settlement.subject);
    const before = settled.get(key) ?? { ...NOTHING_PAID, isEnded: false };
    const { amount, fee, feeBurn: burn, feeVerifiers: verifiers } = settlement;
    const isEnded = before.isEnded || settlement.kind !== 'session';
    settled.set(key, { ...afterPaying(before, amount, { ...seenParts(settlement), fee, burn, verifiers }), isEnded });
    return faultsOfOne(settlement, before, inputs);
  });
}

function faultsOfOne(settlement: SettlementRow, before: SettledBefore, inputs: ProofInputs): LedgerFault[] {
  const fault = (kind: FaultKind, expected: unknown, seen: unknown): LedgerFault => ({
    ...{ slot: settlement.slot, transactionIndex: settlement.transactionIndex, position: settlement.position },
    ...{ subject: settlement.subject, kind, expected: String(expected), seen: String(seen) },
  });
  const sum = sumOf(entriesOf(settlement));
  return [
    ...(sum === 0n ? [] : [fault('unbalanced', 0n, sum)]),
    ...(before.isEnded ? [fault('twice', 'settled once', 'settled again')] : []),
    ...(settlement.kind === 'workload'
      ? workloadFaults(settlement, inputs.workloadTermsAt(settlement), fault)
      : orderFaults(settlement, before, inputs, fault)),
  ];
}

type MakeFault = (kind: FaultKind, expected: unknown, seen: unknown) => LedgerFault;

function workloadFaults(settlement: SettlementRow, terms: WorkloadTerms, fault: MakeFault): LedgerFault[] {
  const credits = creditsOf(settlement, terms);
  const priced = [credits, baseUnitsOf(credits)].join();
  const seen = [settlement.credits, settlement.amount].join();
  return [
    ...(priced === seen ? [] : [fault('price', priced, seen)]),
    ...partFaults(partsOfWorkload(terms, settlement.amount), settlement, fault),
  ];
}

function orderFaults(
  settlement: SettlementRow,
  before: PaidSoFar,
  { orderTerms, usdcMint }: ProofInputs,
  fault: MakeFault,
): LedgerFault[] {
  const terms = orderTerms.get(subjectKey(settlement.subject));
  if (terms === undefined) return [fault('unknown_order', 'an order that was created', 'none')];
  const isUsdc = subjectKey(settlement.mint) === subjectKey(usdcMint);
  return partFaults(partsOfOrder(terms, before, settlement.amount, isUsdc), settlement, fault);
}

function partFaults(expected: Parts, settlement: SettlementRow, fault: MakeFault): LedgerFault[] {
  const text = ({ provider, fee, treasury, burn, verifiers }: Parts) =>
    `provider ${provider}, fee ${fee}, treasury ${treasury}, burn ${burn}, verifiers ${verifiers}`;
  const [due, seen] = [text(expected), text(seenParts(settlement))];
  return due === seen ? [] : [fault('parts', due, seen)];
}

function seenParts({ providerAmount, fee, feeTreasury, feeBurn, feeVerifiers }: SettlementRow): Parts {
  return { provider: providerAmount, fee, treasury: feeTreasury, burn: feeBurn, verifiers: feeVerifiers };
}
