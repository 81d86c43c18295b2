/**
 * Where a proposal stands, from what the chain recorded of it and the time: the steps that need somebody's hand and those
 * that time alone decides. Pure. Rule: docs/decisions.md, "the life of a proposal".
 * @module
 */
import { InvariantError } from '../indexer/domain/errors.ts';
import { tally, type Vote } from './tally.ts';

/** By the number that the program stores. */
export const PROPOSAL_STATUSES = [
  'Discussion',
  'Signaling',
  'Voting',
  'Queued',
  'Executed',
  'Canceled',
  'Expired',
  'Defeated',
  'QuorumNotMet',
  'Vetoed',
  'Invalidated',
] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

/** By the number that the program stores. */
export const PROPOSAL_KINDS = [
  'param_change',
  'treasury_spend',
  'host_ban',
  'host_unban',
  'catalog_add',
  'catalog_remove',
  'text',
  'bankroll_return',
  'host_verify',
  'host_suspend',
  'host_slash',
] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** What the chain recorded; times in Unix seconds, 0 where the step before has not been taken. */
export interface ProposalRecord {
  readonly status: ProposalStatus;
  readonly signalingFrom: bigint;
  readonly votingFrom: bigint;
  readonly votingEndsAt: bigint;
  readonly executesFrom: bigint;
  readonly expiresAt: bigint;
  readonly vote: Vote;
}

/** An instruction that anybody may send. */
export type Step = 'begin_signaling' | 'execute' | 'expire_proposal' | 'finalize_vote' | 'open_voting';

export interface Stand {
  /** What the rules make of the record now; ahead of the chain when nobody has taken a step that is due. */
  readonly status: ProposalStatus;
  /** The next step on the chain and the time from which it succeeds; null at an end. */
  readonly next: { readonly step: Step; readonly from: bigint } | null;
  /** Until when the next step succeeds; null for ever. */
  readonly until: bigint | null;
  readonly canVote: boolean;
  readonly canCancel: boolean;
}

const ENDED = { next: null, until: null, canVote: false, canCancel: false } as const;

/** @throws InputError `GOVERNANCE__BAD_VOTES` */
export function standOf(record: ProposalRecord, now: bigint): Stand {
  const { status } = record;
  const waiting = { canVote: false, canCancel: true, until: null } as const;
  if (status === 'Discussion')
    return { status, ...waiting, next: { step: 'begin_signaling', from: record.signalingFrom } };
  if (status === 'Signaling') return { status, ...waiting, next: { step: 'open_voting', from: record.votingFrom } };
  if (status === 'Voting') return standOfVote(record, now);
  if (status === 'Queued') return standOfQueue(record, now);
  return { status, ...ENDED };
}

/** Before the end of voting the count is open; after it the outcome is what it is, counted on the chain or not. */
function standOfVote(record: ProposalRecord, now: bigint): Stand {
  const next = { step: 'finalize_vote', from: record.votingEndsAt } as const;
  if (now < record.votingEndsAt) return { status: 'Voting', next, until: null, canVote: true, canCancel: false };
  const outcome = tally(record.vote);
  const status = outcome === 'Succeeded' ? standOfQueue(record, now).status : outcome;
  return { status, next, until: null, canVote: false, canCancel: false };
}

function standOfQueue({ executesFrom, expiresAt }: ProposalRecord, now: bigint): Stand {
  const isOver = now >= expiresAt;
  return {
    status: isOver ? 'Expired' : 'Queued',
    next: isOver ? { step: 'expire_proposal', from: expiresAt } : { step: 'execute', from: executesFrom },
    until: isOver ? null : expiresAt,
    canVote: false,
    canCancel: false,
  };
}

/** @throws InvariantError `GOVERNANCE__UNKNOWN_STATUS` for a number that no release of the program stores */
export function proposalStatus(number: number): ProposalStatus {
  const status = PROPOSAL_STATUSES[number];
  if (status === undefined) {
    throw new InvariantError('GOVERNANCE__UNKNOWN_STATUS', `No proposal has status ${number}`, { number });
  }
  return status;
}
