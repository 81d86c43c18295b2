/**
 * What could keep a proposal from executing, as things stand: rules that its changes would break, other proposals that change
 * the same, and a treasury that holds less than it is asked for, as the program checks when it executes
 * (`programs/governance/src/instructions/execute_treasury_spend.rs`). What the treasury's vaults held is known from when the
 * worker last read them; where they have never been read, nothing is said of them.
 * @module
 */
import { tiedTo } from '../../governance/parameters.ts';
import { PROPOSAL_KINDS } from '../../governance/proposal-life.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { BPS, type Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { tokenAccounts } from '../../indexer/store/queries/ledger/token-flows.ts';
import { vaultObservation } from '../../indexer/store/queries/ledger/token-observations.ts';
import { SPEND_CATEGORIES } from './action-sentences.ts';
import { type CheckedChanges, changesByKey } from './change-checks.ts';
import type { ProposalState } from './proposal-states.ts';

export interface HeldTokens {
  /** Base units. */
  readonly amount: bigint;
  /** Of the reading. */
  readonly slot: Slot;
}

/** Another proposal under way that changes what this one is checked against when it executes. */
export interface Conflict {
  readonly key: string;
  readonly proposalId: bigint;
  /** The key of this one that a rule ties to it; `null` where both change the same. */
  readonly tiedKey: string | null;
}

export interface ExecutionRisk {
  readonly code: string;
  readonly message: string;
  readonly key: string | null;
  readonly proposalId: bigint | null;
}

/** What would invalidate it if it executed now, and what may do so until then. */
export function changeRisks(checked: CheckedChanges | null, conflicts: readonly Conflict[]): ExecutionRisk[] {
  const refusal = checked?.executeRefusal ?? null;
  const now =
    refusal === null ? [] : [{ code: refusal.code, message: refusal.message, key: refusal.key, proposalId: null }];
  const later = conflicts.map(({ key, proposalId, tiedKey }) => ({
    code: 'GOVERNANCE__CONFLICT',
    message:
      tiedKey === null
        ? `Proposal ${proposalId} changes ${key} too: whichever executes later meets another value, and the cooldown of the first`
        : `Proposal ${proposalId} changes ${key}, which a rule ties to ${tiedKey}: whichever executes later is checked against what the first has set`,
    ...{ key, proposalId },
  }));
  return [...now, ...later];
}

/**
 * Of the proposals under way those that change a key of this one or, where they share none, a key that a joint rule ties to
 * one of its own; by number.
 */
export function conflictsOf(
  { proposalId, action }: Pick<ProposalState, 'action' | 'proposalId'>,
  underWay: readonly Pick<ProposalState, 'action' | 'proposalId'>[],
): Conflict[] {
  const own = changesByKey(action.changes).map(({ key }) => key);
  return underWay
    .filter((other) => other.proposalId !== proposalId)
    .flatMap((other) => {
      const theirs = changesByKey(other.action.changes).map(({ key }) => key);
      const shared = theirs.filter((key) => own.includes(key)).map((key) => ({ key, tiedKey: null }));
      const found = shared.length > 0 ? shared : tiedPairs(own, theirs);
      return found.map((each) => ({ ...each, proposalId: other.proposalId }));
    })
    .sort((left, right) => Number(left.proposalId - right.proposalId));
}

function tiedPairs(own: readonly string[], theirs: readonly string[]) {
  return own.flatMap((tiedKey) => {
    const tied = tiedTo(tiedKey);
    return theirs.filter((key) => tied.includes(key)).map((key) => ({ key, tiedKey }));
  });
}

/** What the treasury held as of a slot, by mint. */
export async function treasuryHeld(store: StoreClient, slot: Slot): Promise<ReadonlyMap<string, HeldTokens>> {
  const accounts = await tokenAccounts(store);
  if (accounts === null) return new Map();
  const vaults = [accounts.inferTreasury, accounts.usdcTreasury];
  const seen = await Promise.all(vaults.map((vault) => vaultObservation(store, vault, slot)));
  return new Map(seen.flatMap((each) => (each === null ? [] : [[toBase58(each.mint), each] as const])));
}

/** What a proposal would take out of the treasury; `null` for nothing. */
export function treasurySpend({ action }: Pick<ProposalState, 'action'>): ProposalState['action']['spend'] {
  return PROPOSAL_KINDS[action.kind] === 'treasury_spend' ? action.spend : null;
}

/**
 * @param underWay proposals that may execute, itself among them
 * @param grantsBps part of the treasury that one grant may take
 */
export function treasuryRisks(
  state: ProposalState,
  underWay: readonly ProposalState[],
  held: ReadonlyMap<string, HeldTokens>,
  grantsBps: bigint,
): ExecutionRisk[] {
  const spend = treasurySpend(state);
  const vault = spend === null ? undefined : held.get(spend.mint);
  if (spend === null || vault === undefined) return [];
  const holds = `the treasury held ${vault.amount} of its token at slot ${vault.slot} (base units)`;
  if (spend.amount > vault.amount)
    return [treasuryRisk('TREASURY_TOO_SMALL', `It asks for ${spend.amount}, and ${holds}`)];
  const mostGranted = (vault.amount * grantsBps) / BPS;
  if (SPEND_CATEGORIES[spend.category] === 'grants' && spend.amount > mostGranted) {
    const message = `It asks for ${spend.amount}, above the ${mostGranted} that one grant may take: ${holds}`;
    return [{ ...treasuryRisk('GRANT_TOO_LARGE', message), key: 'treasury_grants_bps' }];
  }
  const others = underWay.filter(
    (each) => each.proposalId !== state.proposalId && treasurySpend(each)?.mint === spend.mint,
  );
  const together = others.reduce((sum, each) => sum + (treasurySpend(each)?.amount ?? 0n), spend.amount);
  if (together <= vault.amount) return [];
  return others.map(({ proposalId }) => ({
    ...treasuryRisk(
      'TREASURY_SHARED',
      `Proposal ${proposalId} is paid from the treasury too: all that are under way ask for ${together}, and ${holds}`,
    ),
    proposalId,
  }));
}

function treasuryRisk(rule: string, message: string): ExecutionRisk {
  return { code: `GOVERNANCE__${rule}`, message, key: null, proposalId: null };
}
