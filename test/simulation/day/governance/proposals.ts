/**
 * The proposals of a simulated day: one for every kind and every end that a proposal can have.
 * @module
 */
import type { Address } from '@solana/kit';
import type { Action } from '../../../../programs/governance/client.generated.ts';
import { findProvider } from '../../addresses.ts';
import { changesOf } from '../../genesis-markets.ts';
import { tokenAccountOf } from '../../network.ts';
import type { World } from '../actors.ts';

/** How the large holders vote, and what is done about the outcome. */
export type Fate = 'passes' | 'fails' | 'vetoed' | 'ignored' | 'invalidated' | 'canceled' | 'expires';

export interface ProposalPlan {
  readonly title: string;
  readonly fate: Fate;
  readonly action: Action;
}

const KIND = { paramChange: 0, treasurySpend: 1, hostBan: 2, hostUnban: 3, catalogAdd: 4, catalogRemove: 5, text: 6 };
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

/** @param banned number of the provider that is banned, and let back in */
export async function proposalsOf({ network, providers }: World, banned: number): Promise<ProposalPlan[]> {
  const { admin, inferMint, marketplaceProgram } = network;
  const host = await findProvider(providers[banned]?.wallet.address ?? admin.address, marketplaceProgram);
  const recipient = await tokenAccountOf(admin.address, inferMint.address);
  const spend = { category: DEVELOPMENT, mint: inferMint.address, amount: 1_000_000n, recipient };
  return [
    plan('A fee of two and a half per cent', 'passes', change({ platform_fee_bps: 250n })),
    plan('Pay for a part of the explorer', 'passes', { ...nothing(KIND.treasurySpend), spend }),
    plan('Ban a host that bills for nothing', 'passes', hostAction(KIND.hostBan, host)),
    plan('Let that host back in', 'passes', hostAction(KIND.hostUnban, host)),
    plan('List the L40S', 'passes', modelAction(KIND.catalogAdd, 'L40S', 48, 1160)),
    plan('Take the RTX 3060 off the list', 'passes', modelAction(KIND.catalogRemove, 'RTX3060', 12, 80)),
    plan('Publish minutes', 'passes', nothing(KIND.text)),
    plan('Longer leases by word alone', 'fails', nothing(KIND.text)),
    plan('Burn a tenth of the fees', 'vetoed', change({ fee_burn_bps: 1000n, fee_treasury_bps: 7000n })),
    plan('Ask for more bond', 'ignored', change({ bond_ratio_bps: 1500n })),
    plan('Challenge more often', 'passes', change({ challenge_frequency_ppm: 450_000n })),
    plan('Challenge less often, at the same time', 'invalidated', change({ challenge_frequency_ppm: 360_000n })),
    plan('A proposal thought better of', 'canceled', nothing(KIND.text)),
    plan('Cheaper disputes that nobody carries out', 'expires', change({ dispute_deposit: 5_000_000_000n })),
  ];
}

function plan(title: string, fate: Fate, action: Action): ProposalPlan {
  return { title, fate, action };
}

function nothing(kind: number): Action {
  return { kind, changes: [], spend: null, host: null, model: null };
}

function change(values: Readonly<Record<string, bigint>>): Action {
  return { ...nothing(KIND.paramChange), changes: changesOf(values) };
}

function hostAction(kind: number, host: Address): Action {
  return { ...nothing(kind), host };
}

function modelAction(kind: number, name: string, vramGb: number, weight: number): Action {
  return { ...nothing(kind), model: { name, vramGb, weight, minBenchmark: Math.floor((weight * 4) / 5) } };
}

/** Which of the seven executing instructions a kind needs. */
export function executionOf({ kind }: Action): 'parameters' | 'spend' | 'host' | 'catalog' | 'text' {
  if (kind === KIND.paramChange) return 'parameters';
  if (kind === KIND.treasurySpend) return 'spend';
  if (kind === KIND.hostBan || kind === KIND.hostUnban) return 'host';
  return kind === KIND.text ? 'text' : 'catalog';
}
