/**
 * Evidence of a reward epoch, per provider and in the order in which it is folded: the close of the epoch before, then
 * what the chain decided, by the time it was beyond dispute and its place on the chain, then the epoch's uptime. Pure.
 * Rule: docs/reputation.md, "Evidence".
 * @module
 */
import { SIGNATURE_BYTES, type Slot, type UnixSeconds } from '../../indexer/domain/units.ts';
import type { DeliveredRow, HeartbeatRow, JudgedRow, Placed } from '../../indexer/store/queries/provider-evidence.ts';
import { groupBy } from '../group-by.ts';
import type { Clusters } from './clusters.ts';
import type { Evidence } from './score.ts';

const PPM = 1_000_000n;

/** One piece of evidence and where it comes from. Those that an epoch itself makes have no transaction: zero bytes. */
export interface EvidencePiece extends Placed {
  readonly at: UnixSeconds;
  /** Order, or evidence of a slash; zero bytes for none. */
  readonly subject: Uint8Array;
  readonly evidence: Evidence;
}

/** A provider that stands in the marketplace at the window's last slot. */
export interface Registered {
  readonly provider: Uint8Array;
  readonly owner: Uint8Array;
  readonly registeredAt: UnixSeconds;
}

export interface ChainEvidence {
  readonly delivered: readonly DeliveredRow[];
  readonly judged: readonly JudgedRow[];
  readonly heartbeats: readonly HeartbeatRow[];
}

export interface UptimeRules {
  readonly intervalSeconds: bigint;
  /** Uptime from which it is full. */
  readonly fullPpm: bigint;
  /** Uptime below which there is a shortfall. */
  readonly shortfallPpm: bigint;
}

export interface EvidenceWindow {
  readonly start: UnixSeconds;
  readonly end: UnixSeconds;
  readonly firstSlot: Slot;
  readonly lastSlot: Slot;
}

/** Heartbeats of one provider in one window: at most one is expected, and one counts, in each interval. */
export interface Uptime {
  readonly expected: bigint;
  readonly seen: bigint;
}

/** True when buyer and provider belong to one cluster. */
export function isOwnWork(buyer: Uint8Array, owner: Uint8Array | undefined, clusters: Clusters): boolean {
  return owner !== undefined && clusters.clusterOf(buyer) === clusters.clusterOf(owner);
}

/** Whole intervals since the window's start or, in the first one, since registration. */
export function uptimeOf(
  { registeredAt }: Pick<Registered, 'registeredAt'>,
  intervals: readonly number[],
  { start, end }: Pick<EvidenceWindow, 'start' | 'end'>,
  intervalSeconds: bigint,
): Uptime {
  const total = (end - start) / intervalSeconds;
  const late = registeredAt > start ? registeredAt - start : 0n;
  // The interval in which it registered is not expected of it.
  const first = (late + intervalSeconds - 1n) / intervalSeconds;
  const seen = intervals.filter((interval) => BigInt(interval) >= first && BigInt(interval) < total);
  return { expected: total > first ? total - first : 0n, seen: BigInt(seen.length) };
}

/** ppm, rounded down: against the provider. `null` where nothing was expected. */
export function uptimePpm({ expected, seen }: Uptime): bigint | null {
  return expected === 0n ? null : (seen * PPM) / expected;
}

/** Pieces of each provider by hex of its address, in the order of the fold; the close of the epoch before is not among them. */
export function evidenceByProvider(
  chain: ChainEvidence,
  providers: readonly Registered[],
  clusters: Clusters,
  rules: UptimeRules,
  window: EvidenceWindow,
): ReadonlyMap<string, readonly EvidencePiece[]> {
  const owners = new Map(providers.map(({ provider, owner }) => [hex(provider), owner]));
  const ofChain = [
    ...chain.delivered
      .filter((row) => !row.hasFailedChallenge && !row.isDisputeLost)
      .map((row) => ({ provider: row.provider, piece: deliveredPiece(row, owners.get(hex(row.provider)), clusters) })),
    ...chain.judged.map((row) => ({ provider: row.provider, piece: judgedPiece(row) })),
  ];
  const intervals = new Map(chain.heartbeats.map((row) => [hex(row.provider), row.intervals]));
  const found = new Map<string, EvidencePiece[]>();
  for (const [name, entries] of groupBy(ofChain, ({ provider }) => hex(provider))) {
    found.set(name, entries.map(({ piece }) => piece).sort(comparePieces));
  }
  for (const registered of providers) {
    const name = hex(registered.provider);
    const uptime = uptimeOf(registered, intervals.get(name) ?? [], window, rules.intervalSeconds);
    const evidence = uptimeEvidence(uptime, rules);
    if (evidence !== null)
      found.set(name, [...(found.get(name) ?? []), epochPiece(evidence, window.end, window.lastSlot)]);
  }
  return found;
}

/** Evidence that a reward epoch makes by itself, at a moment of it. */
export function epochPiece(evidence: Evidence, at: UnixSeconds, slot: Slot): EvidencePiece {
  const [signature, subject] = [new Uint8Array(SIGNATURE_BYTES), new Uint8Array(32)];
  return { at, slot, transactionIndex: 0, position: 0, signature, subject, evidence };
}

/** Full uptime, a shortfall, or neither. */
export function uptimeEvidence(uptime: Uptime, { fullPpm, shortfallPpm }: UptimeRules): Evidence | null {
  const ppm = uptimePpm(uptime);
  if (ppm === null) return null;
  if (ppm >= fullPpm) return { class: 'uptime_full' };
  return ppm < shortfallPpm ? { class: 'heartbeat_shortfall', shortfallPpm: PPM - ppm } : null;
}

/** GPU-seconds gain only where a fee was paid. */
function deliveredPiece(row: DeliveredRow, owner: Uint8Array | undefined, clusters: Clusters): EvidencePiece {
  const hasFee = row.fee + row.usageFee > 0n;
  return {
    ...placeOf(row),
    at: row.maturedAt,
    subject: row.order,
    evidence: {
      class: 'delivered',
      cluster: clusters.clusterOf(row.buyer),
      isOwn: isOwnWork(row.buyer, owner, clusters),
      gpuSeconds: hasFee ? row.gpuSeconds + row.usageGpuSeconds : 0n,
    },
  };
}

function judgedPiece(row: JudgedRow): EvidencePiece {
  return { ...placeOf(row), at: row.at, subject: row.subject, evidence: { class: row.class } };
}

function placeOf({ slot, transactionIndex, position, signature }: Placed): Placed {
  return { slot, transactionIndex, position, signature };
}

function comparePieces(left: EvidencePiece, right: EvidencePiece): number {
  return (
    Number(left.at - right.at) ||
    Number(left.slot - right.slot) ||
    left.transactionIndex - right.transactionIndex ||
    left.position - right.position
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
