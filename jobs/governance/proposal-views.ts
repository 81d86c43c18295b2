/**
 * Everything there is to say of a proposal at a moment: its state and what time alone makes of it, the outlook of its vote,
 * both checks of its changes now, what could fail at execution and why, and what it would do in plain words.
 * @module
 */
import { defaultOf } from '../../governance/parameters.ts';
import { type ProposalStatus, type Stand, standOf } from '../../governance/proposal-life.ts';
import {
  castPower,
  type Outcome,
  type Outlook,
  outlookOf,
  outlookOfEnded,
  tally,
  type Vote,
} from '../../governance/tally.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import { governanceSetup } from '../../indexer/store/queries/governance/governance-table.ts';
import {
  type EventsUntil,
  type ProposalHistory,
  storedHistory,
} from '../../indexer/store/queries/governance/proposals.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { decodeGovernance } from '../../programs/governance/client.generated.ts';
import { once } from '../once.ts';
import { actionSentences, type Token, type Words } from './action-sentences.ts';
import { type CheckedChanges, changesByKey, checkChanges } from './change-checks.ts';
import {
  type Conflict,
  changeRisks,
  conflictsOf,
  type ExecutionRisk,
  type HeldTokens,
  treasuryHeld,
  treasuryRisks,
  treasurySpend,
} from './execution-risks.ts';
import { type GovernedTable, governedTable } from './governed-table.ts';
import { type ProposalState, readProposals, recordOf } from './proposal-states.ts';

/** What a proposal meets at a slot. */
interface Surroundings {
  readonly table: GovernedTable;
  /** Proposals that no event has ended. */
  readonly open: readonly ProposalState[];
  readonly words: Words;
  /** What the treasury held, by mint; empty where no proposal under way asks for any of it. */
  readonly held: ReadonlyMap<string, HeldTokens>;
}

/** Governance at a slot. */
export interface Moment {
  readonly slot: Slot;
  /** Time of the block at the slot, or of the last one before it that has a time. */
  readonly now: UnixSeconds;
  /** Read once, when a proposal is first looked at beside the others. */
  readonly surroundings: () => Promise<Surroundings>;
}

export interface VoteView extends Outlook, Vote {
  readonly castPower: bigint;
  /** What the present count comes to. */
  readonly outcomeNow: Outcome;
}

export interface ProposalView {
  readonly state: ProposalState;
  readonly recordedStatus: ProposalStatus;
  readonly stand: Stand;
  readonly now: UnixSeconds;
  /** It is as of this slot. */
  readonly slot: Slot;
  /** `null` before the vote opens. */
  readonly vote: VoteView | null;
  /** Most of what a proposal costs to read: asked for by the fields that say it. */
  readonly prospects: () => Promise<Prospects>;
}

/** What is known about its execution. */
export interface Prospects {
  /** `null` where it changes no parameters. */
  readonly checked: CheckedChanges | null;
  readonly conflicts: readonly Conflict[];
  readonly risks: readonly ExecutionRisk[];
  readonly sentences: readonly string[];
}

const MOST_OPEN = 1_000;
const UNDER_WAY: ReadonlySet<ProposalStatus> = new Set(['Discussion', 'Signaling', 'Voting', 'Queued']);

export async function momentAt(
  store: StoreClient,
  program: Uint8Array,
  range: EventsUntil,
  history: ProposalHistory = storedHistory,
): Promise<Moment> {
  const time = await timeAtSlot(store, range.slot);
  return {
    slot: range.slot,
    now: time ?? 0n,
    surroundings: once(() => surroundingsAt(store, program, range, history)),
  };
}

async function surroundingsAt(
  store: StoreClient,
  program: Uint8Array,
  range: EventsUntil,
  history: ProposalHistory,
): Promise<Surroundings> {
  const [table, open, tokens] = await Promise.all([
    governedTable(store, program, range),
    readProposals(store, program, range, { isOpen: true, limit: MOST_OPEN }, history),
    tokensAt(store, program, range),
  ]);
  const words = {
    tokenOf: (mint: string) => tokens.get(mint) ?? null,
    currentOf: (key: string) => table.get(key)?.current ?? null,
  };
  const isAsked = open.some((each) => treasurySpend(each) !== null);
  return { table, open, words, held: isAsked ? await treasuryHeld(store, range.slot) : new Map() };
}

export function viewOf(state: ProposalState, moment: Moment): ProposalView {
  const { now } = moment;
  const record = recordOf(state);
  const stand = standOf(record, now);
  return {
    ...{ state, stand, now, slot: moment.slot, recordedStatus: record.status },
    vote: state.openedSlot === 0n ? null : voteView(record.vote, stand),
    prospects: once(async () => prospectsOf(state, now, await moment.surroundings())),
  };
}

function prospectsOf(state: ProposalState, now: UnixSeconds, around: Surroundings): Prospects {
  const { table, words } = around;
  const changes = changesByKey(state.action.changes);
  const checked = changes.length === 0 ? null : checkChanges(table, changes, now);
  const isUnderWay = UNDER_WAY.has(standOf(recordOf(state), now).status);
  const others = isUnderWay ? underWay(around.open, now) : [];
  const conflicts = conflictsOf(state, others);
  return {
    ...{ checked, conflicts },
    risks: isUnderWay ? [...changeRisks(checked, conflicts), ...treasuryRisksOf(state, others, around)] : [],
    // Of what has ended, the value of now says nothing.
    sentences: actionSentences(state.action, isUnderWay ? words : { ...words, currentOf: () => null }),
  };
}

function voteView(vote: Vote, { canVote }: Stand): VoteView {
  const outlook = canVote ? outlookOf(vote) : outlookOfEnded(vote);
  return { ...vote, ...outlook, castPower: castPower(vote.votes), outcomeNow: tally(vote) };
}

function underWay(open: readonly ProposalState[], now: UnixSeconds): ProposalState[] {
  return open.filter((each) => UNDER_WAY.has(standOf(recordOf(each), now).status));
}

function treasuryRisksOf(
  state: ProposalState,
  others: readonly ProposalState[],
  { table, held }: Surroundings,
): ExecutionRisk[] {
  if (treasurySpend(state) === null) return [];
  const grantsBps = table.get('treasury_grants_bps')?.current ?? defaultOf('treasury_grants_bps');
  return treasuryRisks(state, others, held, grantsBps);
}

async function tokensAt(
  store: StoreClient,
  program: Uint8Array,
  range: EventsUntil,
): Promise<ReadonlyMap<string, Token>> {
  const setup = await governanceSetup(store, range);
  const [account] =
    setup !== null || range.afterSlot === 0n ? [] : await accountsAsOf(store, program, 'Governance', range.afterSlot);
  const before = account === undefined ? null : decodeGovernance(account.data);
  const infer = setup === null ? before?.inferMint : toBase58(setup.inferMint);
  const usdc = setup === null ? before?.usdcMint : toBase58(setup.usdcMint);
  return new Map([
    ...(infer === undefined ? [] : [[infer as string, { symbol: 'INFER', decimals: 9 }] as const]),
    ...(usdc === undefined ? [] : [[usdc as string, { symbol: 'USDC', decimals: 6 }] as const]),
  ]);
}
