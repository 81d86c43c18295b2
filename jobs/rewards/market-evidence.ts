/**
 * What the indexed marketplace says for and against providers in a window, and what it adds to their counts.
 * @module
 */
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  deliveredOrders,
  heartbeatIntervals,
  judgedProviders,
  type ProviderTally,
  providerTallies,
} from '../../indexer/store/queries/provider-evidence.ts';
import { type MeteredRow, meteredWork } from '../../indexer/store/queries/settled-work.ts';
import { groupBy } from '../group-by.ts';
import { type ChainEvidence, type EvidenceWindow, uptimeOf } from '../reputation/evidence.ts';
import type { Additions, ProviderFacts } from '../reputation/provider-scores.ts';
import type { SlotRange, Window } from './window.ts';

export interface MarketEvidence extends ChainEvidence {
  readonly tallies: readonly ProviderTally[];
  readonly metered: readonly MeteredRow[];
}

export async function gatherEvidence(
  store: StoreClient,
  slots: SlotRange,
  window: Window,
  intervalSeconds: bigint,
): Promise<MarketEvidence> {
  const beforeSlot = slots.first > 0n ? slots.first - 1n : 0n;
  const inSlots = { beforeSlot, lastSlot: slots.last };
  const [delivered, judged, heartbeats, tallies, metered] = await Promise.all([
    deliveredOrders(store, { ...inSlots, beforeTime: window.start, endTime: window.end }),
    judgedProviders(store, inSlots),
    heartbeatIntervals(store, { ...inSlots, ...window, intervalSeconds }),
    providerTallies(store, inSlots),
    meteredWork(store, slots.first, slots.last),
  ]);
  return { delivered, judged, heartbeats, tallies, metered };
}

/** What a window adds to the counts of a provider. */
export function additionsIn(
  { delivered, heartbeats, tallies, metered }: MarketEvidence,
  usdcMint: Uint8Array,
  window: EvidenceWindow,
  intervalSeconds: bigint,
): (provider: ProviderFacts) => Additions {
  const tallyOf = new Map(tallies.map((row) => [hex(row.provider), row]));
  const intervalsOf = new Map(heartbeats.map((row) => [hex(row.provider), row.intervals]));
  const served = [...delivered, ...metered].filter((row) => !row.hasFailedChallenge);
  const paidOf = groupBy(served, ({ provider }) => hex(provider));
  return (facts) => {
    const name = hex(facts.provider);
    const paid = paidOf.get(name) ?? [];
    const isUsdc = ({ mint }: { mint: Uint8Array }) => Buffer.compare(mint, usdcMint) === 0;
    return {
      tally: tallyOf.get(name) ?? null,
      gpuSeconds: sum(paid.map((row) => row.gpuSeconds)),
      volumeUsdc: sum(paid.filter(isUsdc).map(({ amount }) => amount)),
      volumeInfer: sum(paid.filter((row) => !isUsdc(row)).map(({ amount }) => amount)),
      uptime: uptimeOf(facts, intervalsOf.get(name) ?? [], window, intervalSeconds),
    };
  };
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((all, value) => all + value, 0n);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
