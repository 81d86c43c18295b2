/**
 * Evidence of a reward epoch, per provider and in the order in which it is folded: the close of the epoch before, then
 * what the chain decided, by the time it was beyond dispute and its place on the chain, then the epoch's uptime. Pure.
 * Rule: docs/reputation.md, "Evidence".
 * @module
 */
import { PPM, SIGNATURE_BYTES, type Slot, type UnixSeconds } from '../../indexer/domain/units.ts';
import type {
  DeliveredRow,
  HeartbeatRow,
  JudgedRow,
  Placed,
} from '../../indexer/store/queries/reputation/provider-evidence.ts';
import { keyNames } from '../key-names.ts';
import type { Clusters } from './clusters.ts';
import type { Evidence } from './score.ts';

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
  const nameOf = keyNames();
  const owners = new Map(providers.map(({ provider, owner }) => [nameOf(provider), owner]));
  const found = new Map<string, EvidencePiece[]>();
  const add = (name: string, piece: EvidencePiece) => {
    const pieces = found.get(name);
    if (pieces === undefined) found.set(name, [piece]);
    else pieces.push(piece);
  };
  for (const row of chain.delivered) {
    if (row.hasFailedChallenge || row.isDisputeLost) continue;
    const name = nameOf(row.provider);
    add(name, deliveredPiece(row, owners.get(name), clusters));
  }
  for (const row of chain.judged) add(nameOf(row.provider), judgedPiece(row));
  for (const pieces of found.values()) pieces.sort(comparePieces);
  const intervals = new Map(chain.heartbeats.map((row) => [nameOf(row.provider), row.intervals]));
  for (const registered of providers) {
    const name = nameOf(registered.provider);
    const uptime = uptimeOf(registered, intervals.get(name) ?? [], window, rules.intervalSeconds);
    const evidence = uptimeEvidence(uptime, rules);
    if (evidence !== null) add(name, epochPiece(evidence, window.end, window.lastSlot));
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
  const { slot, transactionIndex, position, signature, maturedAt, order, buyer } = row;
  const evidence: Evidence = {
    class: 'delivered',
    cluster: clusters.clusterOf(buyer),
    isOwn: isOwnWork(buyer, owner, clusters),
    gpuSeconds: row.fee > 0n || row.usageFee > 0n ? row.gpuSeconds + row.usageGpuSeconds : 0n,
  };
  return { at: maturedAt, slot, transactionIndex, position, signature, subject: order, evidence };
}

function judgedPiece(row: JudgedRow): EvidencePiece {
  const { slot, transactionIndex, position, signature, at, subject } = row;
  return { at, slot, transactionIndex, position, signature, subject, evidence: { class: row.class } };
}

function comparePieces(left: EvidencePiece, right: EvidencePiece): number {
  if (left.at !== right.at) return left.at < right.at ? -1 : 1;
  if (left.slot !== right.slot) return left.slot < right.slot ? -1 : 1;
  return left.transactionIndex - right.transactionIndex || left.position - right.position;
}
