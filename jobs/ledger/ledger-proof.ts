/**
 * Proves the ledger of finalized blocks, from where it was left to the newest one, and earlier windows again in turn:
 * what a backfill brought later is proven as well. Everything it knows stands in ClickHouse: it can be killed at any
 * point and run anywhere, even twice.
 * @module
 */
import { parameters } from '../../governance/parameters.ts';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { lastBlockUntil } from '../../indexer/store/queries/chain/blocks.ts';
import { cursor, moveCursor } from '../../indexer/store/queries/chain/cursors.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import { insertLedgerFaults, openLedgerFaults } from '../../indexer/store/queries/ledger/ledger-faults.ts';
import { marketMints } from '../../indexer/store/queries/market/purchases.ts';
import {
  marketplaceChanges,
  orderTerms,
  type ParameterChange,
  paidBefore,
  settlementsEnd,
  settlementsIn,
} from '../../indexer/store/queries/market/settlements.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/rows/account-snapshots.ts';
import type { EventPlace } from '../../indexer/store/queries/rows/event-place.ts';
import { decodeMarketplace, decodeOrder } from '../../programs/marketplace/client.generated.ts';
import { type GovernedPrograms, parameterInForce, parametersInForce } from '../rewards/inputs/parameters-in-force.ts';
import { faultsOf, type LedgerFault, type ProofInputs, type SettledBefore, subjectKey } from './prove-settlements.ts';
import type { OrderTerms, WorkloadTerms } from './settlement-rule.ts';

export interface LedgerContext {
  readonly store: StoreClient;
  readonly programs: GovernedPrograms;
  readonly nowMicros: () => bigint;
  readonly signal: AbortSignal;
}

const SETTLEMENTS_PER_PAGE = 20_000;
const MOST_FAULTS = 10_000;
/** Of an earlier look. */
export const WINDOW_SLOTS = 36_000n;

/** Prove every finalized block that was not proven yet. Waits for nothing: what is not final is left for later. */
export async function proveNewBlocks(context: LedgerContext): Promise<void> {
  const { store } = context;
  const finalized = await cursor(store, 'finalized');
  const completeAfter = await eventsCompleteAfter(store);
  if (finalized === null || completeAfter === null) return;
  const proven = (await cursor(store, 'ledger'))?.slot ?? completeAfter;
  await proveRange(context, completeAfter, { fromSlot: proven + 1n, toSlot: finalized.slot }, async (toSlot) => {
    const block = await lastBlockUntil(store, toSlot);
    if (block !== null) await moveCursor(store, 'ledger', toSlot, block.blockhash);
  });
}

/** Prove a window of slots again that was proven before; `number` counts windows up and begins anew after the last. */
export async function proveAgain(context: LedgerContext, number: bigint): Promise<void> {
  const { store } = context;
  const proven = await cursor(store, 'ledger');
  const completeAfter = await eventsCompleteAfter(store);
  if (proven === null || completeAfter === null) return;
  const windowCount = (proven.slot - completeAfter) / WINDOW_SLOTS + 1n;
  const fromSlot = completeAfter + 1n + (number % windowCount) * WINDOW_SLOTS;
  const end = fromSlot + WINDOW_SLOTS - 1n;
  await proveRange(context, completeAfter, { fromSlot, toSlot: end < proven.slot ? end : proven.slot });
}

/** Page by page; `proven` is told the last slot of each. */
async function proveRange(
  context: LedgerContext,
  completeAfter: Slot,
  range: SlotBounds,
  proven: (toSlot: Slot) => Promise<void> = async () => undefined,
): Promise<void> {
  let { fromSlot } = range;
  while (fromSlot <= range.toSlot && !context.signal.aborted) {
    const bounds = { fromSlot, toSlot: range.toSlot };
    const toSlot = await settlementsEnd(context.store, bounds, SETTLEMENTS_PER_PAGE);
    await settle(context, { fromSlot, toSlot }, await faultsIn(context, completeAfter, { fromSlot, toSlot }));
    await proven(toSlot);
    fromSlot = toSlot + 1n;
  }
}

async function faultsIn(context: LedgerContext, completeAfter: Slot, bounds: SlotBounds): Promise<LedgerFault[]> {
  const { store, programs } = context;
  const settlements = await settlementsIn(store, bounds);
  if (settlements.length === 0) return [];
  const [before, created, usdcMint, workloadTermsAt] = await Promise.all([
    paidBefore(store, completeAfter, bounds),
    orderTerms(store, bounds),
    usdcMintOf(context, completeAfter, bounds.toSlot),
    workloadTerms(context, completeAfter, bounds),
  ]);
  const settledBefore = new Map(
    before.map(({ subject, endCount, ...paid }) => [subjectKey(subject), { ...paid, isEnded: endCount > 0n }]),
  );
  const terms = new Map<string, OrderTerms>(created.map((each) => [subjectKey(each.order), each]));
  const isUnknown = settlements.some(({ kind, subject }) => kind !== 'workload' && !terms.has(subjectKey(subject)));
  const inputs = { usdcMint, orderTerms: terms, settledBefore, workloadTermsAt };
  if (!isUnknown || completeAfter === 0n) return faultsOf(settlements, inputs);
  return faultsOf(settlements, await withEarlierOrders(store, programs, completeAfter, inputs));
}

/** Orders from before the record are taken from the accounts of its first snapshot, with what they had paid by then. */
async function withEarlierOrders(
  store: StoreClient,
  { marketplace }: GovernedPrograms,
  completeAfter: Slot,
  inputs: ProofInputs,
): Promise<ProofInputs> {
  const orderTermsOf = new Map(inputs.orderTerms);
  const settledBefore = new Map(inputs.settledBefore);
  for (const { publicKey, data } of await accountsAsOf(store, marketplace, 'Order', completeAfter)) {
    const key = subjectKey(publicKey);
    if (orderTermsOf.has(key)) continue;
    const order = decodeOrder(data);
    orderTermsOf.set(key, order);
    settledBefore.set(key, paidSince(settledBefore.get(key), order));
  }
  return { ...inputs, orderTerms: orderTermsOf, settledBefore };
}

type PaidOrder = Pick<ReturnType<typeof decodeOrder>, 'paid' | 'feePaid' | 'burnPaid' | 'verifierPaid'>;

function paidSince(since: SettledBefore | undefined, order: PaidOrder): SettledBefore {
  return {
    amount: order.paid + (since?.amount ?? 0n),
    fee: order.feePaid + (since?.fee ?? 0n),
    burn: order.burnPaid + (since?.burn ?? 0n),
    verifiers: order.verifierPaid + (since?.verifiers ?? 0n),
    isEnded: since?.isEnded ?? false,
  };
}

async function usdcMintOf({ store, programs }: LedgerContext, completeAfter: Slot, toSlot: Slot): Promise<Uint8Array> {
  const told = await marketMints(store, toSlot);
  if (told !== null) return told.usdc;
  const [settings] = await accountsAsOf(store, programs.marketplace, 'Marketplace', completeAfter);
  return settings === undefined ? new Uint8Array(32) : fromBase58(decodeMarketplace(settings.data).settings.usdcMint);
}

const WORKLOAD_KEYS = ['rate_cpu_micro', 'rate_mb_micro', 'fee_split_host_pct', 'fee_burn_bps', 'fee_verifier_bps'];
const IDS = WORKLOAD_KEYS.map((key) => [...parameters.keys()].indexOf(key));

async function workloadTerms(
  { store, programs }: LedgerContext,
  completeAfter: Slot,
  bounds: SlotBounds,
): Promise<ProofInputs['workloadTermsAt']> {
  const inForce = await parametersInForce(store, programs, completeAfter, bounds.fromSlot - 1n);
  const start = WORKLOAD_KEYS.map((key) => parameterInForce(inForce, key));
  const changes = await marketplaceChanges(store, IDS, bounds);
  return (place) => termsFrom(valuesAt(start, changes, place));
}

function valuesAt(start: readonly bigint[], changes: readonly ParameterChange[], place: EventPlace): bigint[] {
  const values = [...start];
  for (const change of changes) {
    if (!isBefore(change, place)) break;
    values[IDS.indexOf(change.id)] = change.value;
  }
  return values;
}

function termsFrom(values: readonly bigint[]): WorkloadTerms {
  const [rateCpuMicro = 0n, rateMbMicro = 0n, host = 0n, burn = 0n, verifiers = 0n] = values;
  return {
    ...{ rateCpuMicro, rateMbMicro, feeSplitHostPct: Number(host) },
    ...{ feeBurnBps: Number(burn), feeVerifierBps: Number(verifiers) },
  };
}

function isBefore(left: EventPlace, right: EventPlace): boolean {
  if (left.slot !== right.slot) return left.slot < right.slot;
  if (left.transactionIndex !== right.transactionIndex) return left.transactionIndex < right.transactionIndex;
  return left.position < right.position;
}

/** Writes what is wrong, and closes what stood in the range and does so no more. */
async function settle({ store, nowMicros }: LedgerContext, bounds: SlotBounds, faults: readonly LedgerFault[]) {
  const known = await openLedgerFaults(store, bounds, MOST_FAULTS);
  const keyOf = (each: LedgerFault | (typeof known)[number]) =>
    [each.slot, each.transactionIndex, each.position, each.kind, subjectKey(each.subject)].join('/');
  const standing = new Set(faults.map(keyOf));
  const gone = known.filter((each) => !standing.has(keyOf(each)));
  await insertLedgerFaults(store, faults, true, nowMicros());
  await insertLedgerFaults(store, gone, false, nowMicros());
}
