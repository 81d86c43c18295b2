/**
 * Proposals as of a slot, folded from the chain's events. Where the record begins inside the chain, the accounts of its
 * first snapshot stand for the events before it. Rules: docs/programs/governance.md.
 * @module
 */
import type { Address } from '@solana/kit';
import { type ProposalRecord, proposalStatus } from '../../governance/proposal-life.ts';
import type { Votes } from '../../governance/tally.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { InputError } from '../../indexer/domain/errors.ts';
import { hexOf } from '../../indexer/domain/hex.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  type EventsUntil,
  lastCasts,
  type ProposalHistory,
  type ProposalStepName,
  type ProposalStepRow,
  type SubmittedRow,
  storedHistory,
} from '../../indexer/store/queries/governance/proposals.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/rows/account-snapshots.ts';
import {
  type Action,
  decodeProposal,
  type Proposal,
  type VoteTotals,
} from '../../programs/governance/client.generated.ts';
import { groupBy } from '../group-by.ts';

/** A proposal and what led to its state. */
export interface ProposalState extends Proposal {
  readonly address: Uint8Array;
  /** Of its submission; `null` where that lies before the record. */
  readonly created: { readonly slot: Slot; readonly signature: Uint8Array } | null;
  /** In chain order; of votes and signals the last. */
  readonly steps: readonly ProposalStepRow[];
  readonly voteCount: bigint;
}

const NO_TOTALS: VoteTotals = { forPower: 0n, againstPower: 0n, abstainPower: 0n, vetoPower: 0n };
const LAST_OPEN_STATUS = 3;
const ALL: ProposalFilter = { fromId: 0n, belowId: 2n ** 64n - 1n, isOpen: false, limit: 1 };

/** Which proposals: those below an id, those that have not ended, one of an id; newest first. */
interface ProposalFilter {
  /** Exclusive. */
  readonly belowId: bigint;
  readonly fromId: bigint;
  readonly isOpen: boolean;
  readonly limit: number;
}

/**
 * From where on events tell everything.
 * @throws InputError `GOVERNANCE__NOT_INDEXED` where the record begins after `slot`
 */
export async function eventsUntil(store: StoreClient, slot: Slot): Promise<EventsUntil> {
  const afterSlot = (await eventsCompleteAfter(store)) ?? 0n;
  if (afterSlot > slot) {
    const message = `Governance is not known as of slot ${slot}: the record begins at slot ${afterSlot}`;
    throw new InputError('GOVERNANCE__NOT_INDEXED', message, { slot, afterSlot });
  }
  return { afterSlot, slot };
}

/** Newest first. */
export async function readProposals(
  store: StoreClient,
  program: Uint8Array,
  range: EventsUntil,
  filter: Partial<ProposalFilter>,
  history: ProposalHistory = storedHistory,
): Promise<ProposalState[]> {
  const { fromId, belowId, isOpen, limit } = { ...ALL, ...filter };
  const [submitted, turns, before] = await Promise.all([
    history.submitted(store, range.slot),
    history.turns(store, range.slot),
    proposalsBefore(store, program, range),
  ]);
  const since = <Row extends { readonly slot: Slot }>(all: readonly Row[]) =>
    all.filter(({ slot }) => slot > range.afterSlot);
  const turnsOf = groupBy(since(turns), ({ proposal }) => hexOf(proposal));
  const isAsked = ({ proposalId }: { readonly proposalId: bigint }) => proposalId >= fromId && proposalId < belowId;
  const found = [...since(submitted).filter(isAsked).map(fromEvent), ...before.filter(isAsked)]
    .map((each) => folded(each, turnsOf.get(hexOf(each.address)) ?? []))
    .filter(({ status }) => !isOpen || status <= LAST_OPEN_STATUS)
    .sort((left, right) => Number(right.proposalId - left.proposalId))
    .slice(0, limit);
  if (found.length === 0) return [];
  const casts = await lastCasts(
    store,
    range,
    found.map(({ address }) => address),
  );
  const castsOf = groupBy(casts, ({ proposal }) => hexOf(proposal));
  return found.map((each) => folded(each, castsOf.get(hexOf(each.address)) ?? []));
}

/** `null` when there is none of this id. */
export async function readProposal(
  store: StoreClient,
  program: Uint8Array,
  range: EventsUntil,
  id: bigint,
  history: ProposalHistory = storedHistory,
): Promise<ProposalState | null> {
  const [found] = await readProposals(store, program, range, { fromId: id, belowId: id + 1n, limit: 1 }, history);
  return found ?? null;
}

/** What the life of a proposal is decided by. */
export function recordOf(state: Proposal): ProposalRecord {
  const { signalingFrom, votingFrom, votingEndsAt, executesFrom, expiresAt, snapshotPower } = state;
  return {
    ...{ status: proposalStatus(state.status), signalingFrom, votingFrom, votingEndsAt, executesFrom, expiresAt },
    vote: {
      ...{ votes: votesOf(state.votes), snapshotPower },
      thresholds: {
        quorumBps: BigInt(state.quorumBps),
        passThresholdBps: BigInt(state.passThresholdBps),
        vetoThresholdBps: BigInt(state.vetoThresholdBps),
      },
    },
  };
}

export function votesOf({ forPower, againstPower, abstainPower, vetoPower }: VoteTotals): Votes {
  return { for: forPower, against: againstPower, abstain: abstainPower, veto: vetoPower };
}

/** As the accounts of the record's first snapshot say it. */
async function proposalsBefore(
  store: StoreClient,
  program: Uint8Array,
  { afterSlot }: EventsUntil,
): Promise<ProposalState[]> {
  if (afterSlot === 0n) return [];
  const accounts = await accountsAsOf(store, program, 'Proposal', afterSlot);
  return accounts.map(({ publicKey, data }) => ({ ...decodeProposal(data), ...nothingYet(publicKey) }));
}

function nothingYet(address: Uint8Array) {
  return { address, created: null, steps: [], voteCount: 0n };
}

function fromEvent(row: SubmittedRow): ProposalState {
  const { proposal, slot, signature, kind, changes, spend, model, host, proposer, ...submitted } = row;
  return {
    ...nothingYet(proposal),
    ...submitted,
    ...{ version: 1, bump: 0, status: 0, proposer: toBase58(proposer) as Address, created: { slot, signature } },
    action: actionOf({ kind, changes, spend, model, host }),
    ...{ votingFrom: 0n, openedSlot: 0n, votingEndsAt: 0n, executesFrom: 0n, expiresAt: 0n, endedAt: 0n },
    ...{ quorumBps: 0, passThresholdBps: 0, vetoThresholdBps: 0, snapshotPower: 0n },
    ...{ signals: NO_TOTALS, votes: NO_TOTALS, refusal: { rule: 0, id: 0, value: 0n, limit: 0n } },
  };
}

type ActionColumns = Pick<SubmittedRow, 'changes' | 'host' | 'kind' | 'model' | 'spend'>;

/** From the columns of the event; what is nested stands there as canonical JSON. */
function actionOf({ kind, changes, spend, model, host }: ActionColumns): Action {
  const listed = JSON.parse(changes) as readonly { readonly id: number; readonly value: string }[];
  const paid = JSON.parse(spend) as { category: number; mint: Address; amount: string; recipient: Address } | null;
  const terms = JSON.parse(model) as { name: string; vram_gb: number; weight: number; min_benchmark: number } | null;
  return {
    kind,
    changes: listed.map(({ id, value }) => ({ id, value: BigInt(value) })),
    spend: paid === null ? null : { ...paid, amount: BigInt(paid.amount) },
    host: host === null ? null : (toBase58(host) as Address),
    model:
      terms === null
        ? null
        : { name: terms.name, vramGb: terms.vram_gb, weight: terms.weight, minBenchmark: terms.min_benchmark },
  };
}

/** With more of its steps, each the last of its kind. */
function folded(start: ProposalState, found: readonly ProposalStepRow[]): ProposalState {
  const last = new Map([...start.steps, ...found.toSorted(inChainOrder)].map((each) => [each.step, each]));
  const steps = [...last.values()].sort(inChainOrder);
  const changed = Object.assign({}, ...found.map(({ step, numbers }) => changes[step](numbers))) as Partial<Proposal>;
  return { ...start, ...changed, steps, voteCount: last.get('vote_cast')?.count ?? 0n };
}

function inChainOrder(left: ProposalStepRow, right: ProposalStepRow): number {
  return (
    Number(left.slot - right.slot) || left.transactionIndex - right.transactionIndex || left.position - right.position
  );
}

const [SIGNALING, VOTING, EXECUTED, CANCELED, EXPIRED, INVALIDATED] = [1, 2, 4, 5, 6, 10];

/** What each event changes, from its columns in the order of the query. */
const changes: Readonly<Record<ProposalStepName, (numbers: readonly bigint[]) => Partial<Proposal>>> = {
  proposal_canceled: ([endedAt = 0n]) => ({ status: CANCELED, endedAt }),
  signaling_begun: ([votingFrom = 0n]) => ({ status: SIGNALING, votingFrom }),
  signal_given: (totals) => ({ signals: totalsOf(totals) }),
  voting_opened: ([openedSlot = 0n, votingEndsAt = 0n, executesFrom = 0n, expiresAt = 0n, ...rest]) => {
    const [quorumBps, passThresholdBps, vetoThresholdBps, snapshotPower = 0n] = rest;
    return {
      ...{ status: VOTING, openedSlot, votingEndsAt, executesFrom, expiresAt, snapshotPower },
      ...{ quorumBps: Number(quorumBps), passThresholdBps: Number(passThresholdBps) },
      vetoThresholdBps: Number(vetoThresholdBps),
    };
  },
  vote_cast: (totals) => ({ votes: totalsOf(totals) }),
  vote_finalized: ([status, finalizedAt = 0n]) => {
    const isOpen = Number(status) <= LAST_OPEN_STATUS;
    return { status: Number(status), ...(isOpen ? {} : { endedAt: finalizedAt }) };
  },
  proposal_executed: ([endedAt = 0n]) => ({ status: EXECUTED, endedAt }),
  proposal_invalidated: ([rule, id, value = 0n, limit = 0n, endedAt = 0n]) => ({
    ...{ status: INVALIDATED, endedAt },
    refusal: { rule: Number(rule), id: Number(id), value, limit },
  }),
  proposal_expired: ([endedAt = 0n]) => ({ status: EXPIRED, endedAt }),
};

function totalsOf([
  forPower = 0n,
  againstPower = 0n,
  abstainPower = 0n,
  vetoPower = 0n,
]: readonly bigint[]): VoteTotals {
  return { forPower, againstPower, abstainPower, vetoPower };
}
