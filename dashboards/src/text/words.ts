/**
 * Words for what the API gives as numbers or in capitals. Pure.
 * @module
 */
import type { EvidenceClass } from '../queries.generated.ts';

const tiers: Readonly<Record<number, string>> = { 1: 'consumer', 2: 'mining', 3: 'data center' };

export function tierName(tier: number): string {
  return tiers[tier] ?? String(tier);
}

export const evidenceWords: Readonly<Record<EvidenceClass, string>> = {
  CHALLENGE_FAILED: 'Challenge failed',
  CHALLENGE_PASSED: 'Challenge passed',
  DELIVERED: 'Delivered',
  DISPUTE_LOST: 'Dispute lost',
  EPOCH_END: 'Epoch closed',
  HEARTBEAT_SHORTFALL: 'Too few heartbeats',
  NOT_DELIVERED: 'Not delivered',
  SLASHED: 'Slashed',
  UPTIME_FULL: 'Full uptime',
};

/** `QUORUM_NOT_MET` as `quorum not met`. */
export function inWords(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ');
}
