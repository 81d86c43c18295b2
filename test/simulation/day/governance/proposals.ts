/**
 * The proposals of a simulated day: one for every kind and every end that a proposal can have.
 * @module
 */
import type { Address } from '@solana/kit';
import { PROPOSAL_KINDS, type ProposalKind } from '../../../../governance/proposal-life.ts';
import type { Action } from '../../../../programs/governance/client.generated.ts';
import { findProvider, findTreasuryVault } from '../../addresses.ts';
import { changesOf } from '../../genesis-markets.ts';
import { tokenAccountOf } from '../../network.ts';
import type { World } from '../actors.ts';

/** How the large holders vote, and what is done about the outcome. */
export type Fate = 'passes' | 'fails' | 'open' | 'vetoed' | 'ignored' | 'invalidated' | 'canceled' | 'expires';

export interface ProposalPlan {
  readonly title: string;
  readonly fate: Fate;
  readonly action: Action;
}

const kindOf = (kind: ProposalKind) => PROPOSAL_KINDS.indexOf(kind);
const LIQUIDITY = 1;
const DEVELOPMENT = 4;
/** What the founding admin still changes alone. */
export const CHANGED_BY_FOUNDER = { heartbeat_interval_seconds: 900n };
/** Handed over before the first proposal; the parts of the fee go together. */
export const HANDED_OVER = [
  'platform_fee_bps',
  'fee_treasury_bps',
  'bond_ratio_bps',
  'challenge_frequency_ppm',
  'dispute_deposit',
] as const;

/** Providers, by number, that the day votes about. */
export interface Hosts {
  /** And let back in. */
  readonly banned: number;
  readonly verified: number;
  readonly suspended: number;
}

export async function proposalsOf({ network, providers }: World, hosts: Hosts): Promise<ProposalPlan[]> {
  const { admin, inferMint, marketplaceProgram, governanceProgram } = network;
  const hostOf = (index: number) => findProvider(providers[index]?.wallet.address ?? admin.address, marketplaceProgram);
  const banned = await hostOf(hosts.banned);
  const mint = inferMint.address;
  const grant = {
    ...{ category: DEVELOPMENT, mint, amount: 1_000_000n },
    recipient: await tokenAccountOf(admin.address, mint),
  };
  const back = {
    ...{ category: LIQUIDITY, mint, amount: 1_000_000_000_000n },
    recipient: await findTreasuryVault(mint, governanceProgram),
  };
  return [
    plan('A fee of two and a half per cent', 'passes', change({ platform_fee_bps: 250n })),
    plan('Pay for a part of the explorer', 'passes', { ...nothing('treasury_spend'), spend: grant }),
    plan('Take back what the exchange does not need', 'passes', { ...nothing('bankroll_return'), spend: back }),
    plan('Ban a host that bills for nothing', 'passes', hostAction('host_ban', banned)),
    plan('Let that host back in', 'passes', hostAction('host_unban', banned)),
    plan('Verify a host', 'passes', hostAction('host_verify', await hostOf(hosts.verified))),
    plan('Suspend a host', 'passes', hostAction('host_suspend', await hostOf(hosts.suspended))),
    plan('List the L40S', 'passes', modelAction('catalog_add', 'L40S', 48, 1160)),
    plan('Take the RTX 3060 off the list', 'passes', modelAction('catalog_remove', 'RTX3060', 12, 80)),
    plan('Publish minutes', 'passes', nothing('text')),
    plan('Longer leases by word alone', 'fails', nothing('text')),
    plan('Burn a tenth of the fees', 'vetoed', change({ fee_burn_bps: 1000n, fee_treasury_bps: 7000n })),
    plan('Ask for more bond', 'ignored', change({ bond_ratio_bps: 1500n })),
    plan('Challenge more often', 'passes', change({ challenge_frequency_ppm: 450_000n })),
    plan('Challenge less often, at the same time', 'invalidated', change({ challenge_frequency_ppm: 360_000n })),
    plan('A proposal thought better of', 'canceled', nothing('text')),
    plan('Cheaper disputes that nobody carries out', 'expires', change({ dispute_deposit: 5_000_000_000n })),
  ];
}

/** Asks voters about a contested challenge on which the arbiter was silent. */
export function appealOf(challenge: Address): ProposalPlan {
  return plan('Decide what the arbiter did not', 'passes', hostAction('host_slash', challenge));
}

export function plan(title: string, fate: Fate, action: Action): ProposalPlan {
  return { title, fate, action };
}

export function nothing(kind: ProposalKind): Action {
  return { kind: kindOf(kind), changes: [], spend: null, host: null, model: null };
}

export function change(values: Readonly<Record<string, bigint>>): Action {
  return { ...nothing('param_change'), changes: changesOf(values) };
}

function hostAction(kind: ProposalKind, host: Address): Action {
  return { ...nothing(kind), host };
}

function modelAction(kind: ProposalKind, name: string, vramGb: number, weight: number): Action {
  return { ...nothing(kind), model: { name, vramGb, weight, minBenchmark: Math.floor((weight * 4) / 5) } };
}
