/**
 * Words for what the API gives as numbers or in capitals. Pure.
 * @module
 */
import type { EvidenceClass, ProposalKind } from '../queries.generated.ts';

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

/** The programs call a provider a host. */
export const proposalWords: Readonly<Record<ProposalKind, string>> = {
  BANKROLL_RETURN: 'Return of bankroll to the treasury',
  CATALOG_ADD: 'Listing of a GPU model, or of its terms',
  CATALOG_REMOVE: 'Delisting of a GPU model',
  HOST_BAN: 'Ban of a provider',
  HOST_SLASH: 'Slash of a provider',
  HOST_SUSPEND: 'Suspension of a provider',
  HOST_UNBAN: 'End of a provider’s ban',
  HOST_VERIFY: 'Verification of a provider',
  PARAM_CHANGE: 'Change of parameters',
  TEXT: 'A text, which does nothing by itself',
  TREASURY_SPEND: 'Payment from the treasury',
};

/** Of two capital letters; whatever else somebody registered stands as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code) : code;
}

/** The programs number regions and name none: a region is told by where its providers say that they are. */
export function regionName(region: number, jurisdictions: readonly string[]): string {
  const names = [...new Set(jurisdictions)].map(countryName).toSorted();
  return names.length === 0 ? String(region) : `${region} · ${names.join(', ')}`;
}

/** The first letter large. */
export function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** `QUORUM_NOT_MET` as `quorum not met`. */
export function inWords(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ');
}
