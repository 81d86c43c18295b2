/**
 * The order in which a Yellowstone server sends what belongs to one slot, as rules that a recorded stream of the real
 * server and a stream of the local chain must both keep.
 * @module
 */
import type { SubscribeUpdate } from '@triton-one/yellowstone-grpc';

/** The notices of slot n + 31 processed and slot n finalized come together, in either order. */
const FINALITY_SLOTS = 30n;
const status = { processed: 0, confirmed: 1, finalized: 2, completed: 4, createdBank: 5 } as const;

/** When each thing of a slot was seen, as positions in the stream. */
interface SlotTrace {
  transactions: number[];
  indexes: bigint[];
  account: number[];
  block?: number;
  meta?: number;
  notices: Map<number, number>;
}

/** Sentences about what came in the wrong order; none when the stream is as the real server sends it. */
export function orderViolations(updates: readonly SubscribeUpdate[], commitment: 'processed' | 'confirmed'): string[] {
  const slots = traceSlots(updates);
  return [...slots].flatMap(([slot, trace]) => [
    ...contentViolations(slot, trace),
    ...(commitment === 'processed' ? processedViolations(slot, trace, slots) : confirmedViolations(slot, trace)),
    ...finalityViolations(slot, trace, slots),
  ]);
}

function traceSlots(updates: readonly SubscribeUpdate[]): Map<bigint, SlotTrace> {
  const slots = new Map<bigint, SlotTrace>();
  const traceOf = (slot: string) => {
    const key = BigInt(slot);
    const trace: SlotTrace = slots.get(key) ?? { transactions: [], indexes: [], account: [], notices: new Map() };
    slots.set(key, trace);
    return trace;
  };
  updates.forEach((update, position) => {
    if (update.transaction !== undefined) {
      const trace = traceOf(update.transaction.slot);
      trace.transactions.push(position);
      trace.indexes.push(BigInt(update.transaction.transaction?.index ?? 0));
    }
    if (update.account !== undefined) traceOf(update.account.slot).account.push(position);
    if (update.block !== undefined) traceOf(update.block.slot).block = position;
    if (update.blockMeta !== undefined) traceOf(update.blockMeta.slot).meta = position;
    if (update.slot !== undefined) traceOf(update.slot.slot).notices.set(update.slot.status, position);
  });
  return slots;
}

function contentViolations(slot: bigint, trace: SlotTrace): string[] {
  const last = Math.max(...trace.transactions, ...trace.account, -1);
  return violations(slot, {
    'a transaction or account after the block meta': trace.meta !== undefined && last > trace.meta,
    'a transaction or account after the block': trace.block !== undefined && last > trace.block,
    'the block after its meta': trace.block !== undefined && trace.meta !== undefined && trace.block > trace.meta,
    'transaction indexes that go backwards': trace.indexes.some(
      (index, at) => at > 0 && index <= (trace.indexes[at - 1] ?? 0n),
    ),
  });
}

function processedViolations(slot: bigint, trace: SlotTrace, slots: ReadonlyMap<bigint, SlotTrace>): string[] {
  const at = (name: keyof typeof status) => trace.notices.get(status[name]);
  const nextBank = slots.get(slot + 1n)?.notices.get(status.createdBank);
  return violations(slot, {
    'the meta after the processed notice': isAfter(trace.meta, at('processed')),
    'the processed notice after the confirmed one': isAfter(at('processed'), at('confirmed')),
    'the next bank before the slot was processed': isAfter(at('processed'), nextBank),
  });
}

function confirmedViolations(slot: bigint, trace: SlotTrace): string[] {
  const [processed, confirmed] = [trace.notices.get(status.processed), trace.notices.get(status.confirmed)];
  return violations(slot, {
    'content before the processed notice': trace.transactions.some((position) => isAfter(processed, position)),
    'the meta after the confirmed notice': isAfter(trace.meta, confirmed),
    'the block after the confirmed notice': isAfter(trace.block, confirmed),
  });
}

/** Where no slot was skipped. */
function finalityViolations(slot: bigint, trace: SlotTrace, slots: ReadonlyMap<bigint, SlotTrace>): string[] {
  const finalized = trace.notices.get(status.finalized);
  const cause = slots.get(slot + FINALITY_SLOTS)?.notices.get(status.processed);
  return violations(slot, {
    'finalized before confirmed': isAfter(trace.notices.get(status.confirmed), finalized),
    'finalized before 30 slots stood on it': isAfter(cause, finalized),
  });
}

function isAfter(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && one > other;
}

function violations(slot: bigint, found: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(found).flatMap(([sentence, isViolated]) => (isViolated ? [`slot ${slot}: ${sentence}`] : []));
}
