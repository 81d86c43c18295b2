/**
 * A proposal: where it stands, its times, its vote, and what is known about its execution.
 * @module
 */
import {
  PROPOSAL_KINDS,
  PROPOSAL_STATUSES,
  type ProposalKind,
  type ProposalStatus,
} from '../../../governance/proposal-life.ts';
import { refusalRule } from '../../../governance/refusal.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import type { ProposalStepRow } from '../../../indexer/store/queries/governance/proposals.ts';
import { proposalKind } from '../../../jobs/governance/action-sentences.ts';
import { parameterAt } from '../../../jobs/governance/change-checks.ts';
import type { Conflict, ExecutionRisk } from '../../../jobs/governance/execution-risks.ts';
import { votesOf } from '../../../jobs/governance/proposal-states.ts';
import type { ProposalView } from '../../../jobs/governance/proposal-views.ts';
import { proposalEvents } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { timeOrNull } from '../chain/meta.ts';
import { recordUpTo, sourceField } from '../chain/source.ts';
import { VerdictType } from './governance-check.ts';
import { ActionType, UntrustedTextType } from './proposal-action.ts';
import { VoteTotalsType, VoteType } from './proposal-vote.ts';
import { KIND_MEANINGS, STATUS_MEANINGS } from './proposal-words.ts';

export const Kind = builder.enumType('ProposalKind', {
  description: 'What a proposal is about.',
  values: Object.fromEntries(
    PROPOSAL_KINDS.map((kind) => [kind.toUpperCase(), { value: kind, description: KIND_MEANINGS[kind] }]),
  ) as Record<Uppercase<ProposalKind>, { value: ProposalKind; description: string }>,
});

const Status = builder.enumType('ProposalStatus', {
  description: 'Where a proposal stands.',
  values: Object.fromEntries(
    PROPOSAL_STATUSES.map((status) => {
      const name = status.replace(/(?<=.)([A-Z])/g, '_$1').toUpperCase();
      return [name, { value: status, description: STATUS_MEANINGS[status] }];
    }),
  ) as Record<string, { value: ProposalStatus }>,
});

const NextStepType = builder.objectRef<ProposalView>('ProposalNextStep').implement({
  description: 'The next instruction in the life of a proposal; anybody may send it.',
  fields: (t) => ({
    instruction: t.string({
      description: '`begin_signaling`, `open_voting`, `finalize_vote`, `execute` or `expire_proposal`.',
      resolve: ({ stand }) => stand.next?.step ?? '',
    }),
    from: t.field({
      type: 'I64',
      description: 'Unix seconds from which it succeeds.',
      resolve: ({ stand }) => stand.next?.from ?? 0n,
    }),
    until: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds until which it does; null for ever.',
      resolve: ({ stand }) => stand.until,
    }),
    isDue: t.boolean({
      description: 'Whether it would succeed now.',
      resolve: ({ stand, now }) => stand.next !== null && now >= stand.next.from,
    }),
  }),
});

const ConflictType = builder.objectRef<Conflict>('ProposalConflict').implement({
  description: 'Another proposal under way that changes the same parameter, or one that a joint rule ties to it.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Parameter that the other one changes.' }),
    proposalId: t.field({ type: 'U64', description: 'The other proposal.', resolve: ({ proposalId }) => proposalId }),
  }),
});

const RiskType = builder.objectRef<ExecutionRisk>('ExecutionRisk').implement({
  description:
    'A reason why a proposal that passes could still fail when it executes: a change that breaks a rule then is invalidated for good; a spend that the treasury cannot pay is refused, and may be tried again until it expires.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'Of the rule that refuses it as things stand now, or `GOVERNANCE__CONFLICT`.',
    }),
    message: t.exposeString('message', { description: 'The same in a sentence.' }),
    key: t.exposeString('key', { nullable: true, description: 'Parameter that it is about.' }),
    proposalId: t.field({
      type: 'U64',
      nullable: true,
      description: 'The proposal that it conflicts with.',
      resolve: ({ proposalId }) => proposalId,
    }),
  }),
});

const StepType = builder.objectRef<ProposalStepRow>('ProposalStep').implement({
  description: 'An event in the life of a proposal; of votes and signals the last.',
  fields: (t) => ({
    name: t.exposeString('step', { description: 'Name of the event, such as `voting_opened`.' }),
    at: t.field({ type: 'I64', nullable: true, description: 'Block time.', resolve: ({ at }) => timeOrNull(at) }),
    slot: t.field({ type: 'U64', description: 'Slot of its block.', resolve: ({ slot }) => slot }),
    signature: t.field({ type: 'Signature', description: 'Its transaction.', resolve: ({ signature }) => signature }),
  }),
});

interface Invalidity {
  readonly rule: string;
  readonly key: string | null;
  readonly value: bigint;
  readonly limit: bigint;
}

const InvalidityType = builder.objectRef<Invalidity>('ProposalInvalidity').implement({
  description: 'The rule that a proposal broke when it executed, as the chain recorded it.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Such as `STEP_TOO_LARGE`.' }),
    key: t.exposeString('key', { nullable: true, description: 'Parameter that it is about.' }),
    value: t.field({ type: 'I64', description: 'What was found.', resolve: ({ value }) => value }),
    limit: t.field({ type: 'I64', description: 'What it could be.', resolve: ({ limit }) => limit }),
  }),
});

function invalidityOf({ state }: ProposalView): Invalidity | null {
  const { rule, id, value, limit } = state.refusal;
  return rule === 0 ? null : { rule: refusalRule(rule), key: parameterAt(id)?.key ?? null, value, limit };
}

export const ProposalType = builder.objectRef<ProposalView>('Proposal').implement({
  description: 'A proposal of governance, folded from the chain’s events as of a slot.',
  fields: (t) => ({
    id: t.field({ type: 'U64', description: 'Its number, from 0.', resolve: ({ state }) => state.proposalId }),
    address: t.field({ type: 'PublicKey', description: 'Its account.', resolve: ({ state }) => state.address }),
    kind: t.field({
      type: Kind,
      description: 'What it is about.',
      resolve: ({ state }) => proposalKind(state.action),
    }),
    proposer: t.field({
      type: 'PublicKey',
      description: 'Who submitted it.',
      resolve: ({ state }) => fromBase58(state.proposer),
    }),
    committed: t.field({
      type: 'U64',
      description: 'Stake of the proposer that stands behind it until it ends, base units of INFER.',
      resolve: ({ state }) => state.committed,
    }),
  }),
});

/** Where it stands. */
builder.objectFields(ProposalType, (t) => ({
  status: t.field({
    type: Status,
    description: 'Where it stands now: what the chain recorded and what time alone has decided since.',
    resolve: ({ stand }) => stand.status,
  }),
  recordedStatus: t.field({
    type: Status,
    description: 'Where the chain has it: behind `status` while nobody has taken a step that is due.',
    resolve: ({ recordedStatus }) => recordedStatus,
  }),
  nextStep: t.field({
    type: NextStepType,
    nullable: true,
    description: 'What comes next; null at an end.',
    resolve: (view) => (view.stand.next === null ? null : view),
  }),
  canVote: t.boolean({ description: 'Whether votes are taken now.', resolve: ({ stand }) => stand.canVote }),
  canCancel: t.boolean({
    description: 'Whether its proposer may take it back.',
    resolve: ({ stand }) => stand.canCancel,
  }),
}));

/** When. */
builder.objectFields(ProposalType, (t) => {
  const time = (description: string, of: (view: ProposalView) => bigint) =>
    t.field({
      type: 'I64',
      nullable: true,
      description: `${description}, Unix seconds; null before that is known.`,
      resolve: (view) => of(view) || null,
    });
  return {
    createdAt: t.field({ type: 'I64', description: 'Unix seconds.', resolve: ({ state }) => state.createdAt }),
    createdSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Slot of its submission; null before the record.',
      resolve: ({ state }) => state.created?.slot ?? null,
    }),
    creationSignature: t.field({
      type: 'Signature',
      nullable: true,
      description: 'Transaction of its submission; null before the record.',
      resolve: ({ state }) => state.created?.signature ?? null,
    }),
    signalingFrom: time('When signaling may begin', ({ state }) => state.signalingFrom),
    votingFrom: time('When the vote may open', ({ state }) => state.votingFrom),
    votingEndsAt: time('When the vote ends', ({ state }) => state.votingEndsAt),
    executesFrom: time('When it may execute', ({ state }) => state.executesFrom),
    expiresAt: time('When it may no longer execute', ({ state }) => state.expiresAt),
    endedAt: time('When it ended', ({ state }) => state.endedAt),
    openedSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Slot at which the vote opened: power is the latest strictly before it. Null before.',
      resolve: ({ state }) => state.openedSlot || null,
    }),
  };
});

/** What was said and voted. */
builder.objectFields(ProposalType, (t) => ({
  signals: t.field({
    type: VoteTotalsType,
    description: 'Signals before the vote; they bind nobody.',
    resolve: ({ state }) => votesOf(state.signals),
  }),
  vote: t.field({
    type: VoteType,
    nullable: true,
    description: 'The vote; null before it opens.',
    resolve: ({ vote }) => vote,
  }),
  voteCount: t.field({
    type: 'U64',
    description: 'Votes cast, as far as the record goes back.',
    resolve: ({ state }) => state.voteCount,
  }),
  action: t.field({ type: ActionType, description: 'What it would do.', resolve: (view) => view }),
  untrustedText: t.field({
    type: UntrustedTextType,
    description: 'What the proposer wrote; checked by nobody.',
    resolve: ({ state }) => state,
  }),
}));

/** What is known about its execution. */
builder.objectFields(ProposalType, (t) => ({
  submitCheck: t.field({
    type: VerdictType,
    nullable: true,
    description: 'Whether its changes could be submitted now; null where it changes no parameters.',
    resolve: async ({ prospects }) => {
      const { checked } = await prospects();
      return checked === null ? null : { error: checked.submitRefusal };
    },
  }),
  executeCheck: t.field({
    type: VerdictType,
    nullable: true,
    description: 'Whether its changes could be carried out now; null where it changes no parameters.',
    resolve: async ({ prospects }) => {
      const { checked } = await prospects();
      return checked === null ? null : { error: checked.executeRefusal };
    },
  }),
  conflicts: t.field({
    type: [ConflictType],
    description:
      'Other proposals under way that change the same parameters, or such as a joint rule ties to them; none once it has ended.',
    resolve: async ({ prospects }) => [...(await prospects()).conflicts],
  }),
  couldFailAtExecute: t.boolean({
    description:
      'Whether its execution could fail, as far as can be known now: what breaks a rule is invalidated, what the treasury cannot pay is refused until it expires.',
    resolve: async ({ prospects }) => (await prospects()).risks.length > 0,
  }),
  executionRisks: t.field({
    type: [RiskType],
    description: 'Why.',
    resolve: async ({ prospects }) => [...(await prospects()).risks],
  }),
  invalidity: t.field({
    type: InvalidityType,
    nullable: true,
    description: 'Why it was invalidated; null when it was not.',
    resolve: invalidityOf,
  }),
  source: sourceField(t, ({ state, slot }) => ({
    ...{ ruleVersion: 'governance-1', events: proposalEvents(state.address) },
    bounds: state.created === null ? recordUpTo(slot) : { fromSlot: state.created.slot, toSlot: slot },
  })),
  steps: t.field({ type: [StepType], description: 'Its life so far.', resolve: ({ state }) => [...state.steps] }),
}));
