/**
 * What the indexed marketplace says for and against providers in a window, and what it adds to their counts.
 * @module
 */
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import {
  deliveredOrders,
  heartbeatIntervals,
  judgedProviders,
  type ProviderTally,
  providerTallies,
} from '../../../indexer/store/queries/reputation/provider-evidence.ts';
import { type MeteredRow, meteredWork } from '../../../indexer/store/queries/rewards/settled-work.ts';
import { keyNames, type NameOf } from '../../key-names.ts';
import { type ChainEvidence, type EvidenceWindow, uptimeOf } from '../../reputation/evidence.ts';
import type { Additions, ProviderFacts } from '../../reputation/provider-scores.ts';
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
  const nameOf = keyNames();
  const tallyOf = new Map(tallies.map((row) => [nameOf(row.provider), row]));
  const intervalsOf = new Map(heartbeats.map((row) => [nameOf(row.provider), row.intervals]));
  const servedBy = new Map<string, Served>();
  for (const rows of [delivered, metered]) addServed(servedBy, rows, usdcMint, nameOf);
  return (facts) => {
    const name = nameOf(facts.provider);
    return {
      tally: tallyOf.get(name) ?? null,
      ...(servedBy.get(name) ?? nothingServed()),
      uptime: uptimeOf(facts, intervalsOf.get(name) ?? [], window, intervalSeconds),
    };
  };
}

type Served = { -readonly [Key in 'gpuSeconds' | 'volumeInfer' | 'volumeUsdc']: Additions[Key] };

function nothingServed(): Served {
  return { gpuSeconds: 0n, volumeInfer: 0n, volumeUsdc: 0n };
}

/** What of paid work stands up to its challenges, added to what its provider has. */
function addServed(
  servedBy: Map<string, Served>,
  rows: readonly Pick<MeteredRow, 'amount' | 'gpuSeconds' | 'hasFailedChallenge' | 'mint' | 'provider'>[],
  usdcMint: Uint8Array,
  nameOf: NameOf,
): void {
  const usdc = nameOf(usdcMint);
  for (const { provider, mint, amount, gpuSeconds, hasFailedChallenge } of rows) {
    if (hasFailedChallenge) continue;
    const name = nameOf(provider);
    const served = servedBy.get(name) ?? nothingServed();
    servedBy.set(name, served);
    served.gpuSeconds += gpuSeconds;
    if (nameOf(mint) === usdc) served.volumeUsdc += amount;
    else served.volumeInfer += amount;
  }
}
