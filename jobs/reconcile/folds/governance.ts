/**
 * Accounts of governance, folded from its events. Rules: docs/programs/governance.md; checkpoints of power:
 * governance/voting-power.ts.
 * @module
 */
import type { Address } from '@solana/kit';
import { withCheckpoint } from '../../../governance/voting-power.ts';
import * as governance from '../../../programs/governance/client.generated.ts';
import type { AccountStates } from '../account-states.ts';
import { bumps, type ProgramFold } from '../program-fold.ts';
import { accountOf, eventsOf, type Step } from '../step.ts';
import { governanceMoves } from './governance-vaults.ts';

type Event = governance.ProgramEvent;
type Data<N extends Event['name']> = Extract<Event, { readonly name: N }>['data'];
type Power = { readonly power: bigint; readonly totalPower: bigint; readonly slot: bigint };
type Staker = governance.Staker;
type Proposal = governance.Proposal;

const VERSION = 1;
/** Places of the parameter table. */
const PLACES = 128;
/** Statuses up to this one are of proposals that have not ended. */
const LAST_OPEN_STATUS = 3;
const [SIGNALING, VOTING, EXECUTED, CANCELED, EXPIRED, INVALIDATED] = [1, 2, 4, 5, 6, 10];
const NO_TOTALS: governance.VoteTotals = { forPower: 0n, againstPower: 0n, abstainPower: 0n, vetoPower: 0n };
const NO_VOTE = {
  ...{ votingFrom: 0n, openedSlot: 0n, votingEndsAt: 0n, executesFrom: 0n, expiresAt: 0n },
  ...{ quorumBps: 0, passThresholdBps: 0, vetoThresholdBps: 0, snapshotPower: 0n, endedAt: 0n },
  ...{ signals: NO_TOTALS, votes: NO_TOTALS, refusal: { rule: 0, id: 0, value: 0n, limit: 0n } },
};

/** A call and the accounts it names; every account of governance that a call writes is among them. */
class Call {
  readonly step: Step;
  readonly states: AccountStates;

  constructor(step: Step, states: AccountStates) {
    this.step = step;
    this.states = states;
  }

  get all(): governance.Governance {
    return this.states.of('Governance', accountOf(this.step, 'governance'));
  }

  change(change: Partial<governance.Governance>): void {
    this.states.change('Governance', accountOf(this.step, 'governance'), change);
  }

  proposal(address: Address): Proposal {
    return this.states.of('Proposal', address);
  }

  changeProposal(address: Address, change: Partial<Proposal>): void {
    this.states.change('Proposal', address, change);
  }

  /** The staker's account that the call names. */
  get staker(): Staker {
    return this.states.of('Staker', accountOf(this.step, 'staker'));
  }

  changeStaker(change: Partial<Staker>): void {
    this.states.change('Staker', accountOf(this.step, 'staker'), change);
  }

  changeParameters(change: (table: governance.Parameters) => Partial<governance.Parameters>): void {
    const address = accountOf(this.step, 'parameters');
    const table = this.states.of<governance.Parameters>('Parameters', address);
    this.states.change<governance.Parameters>('Parameters', address, change(table));
  }

  /** A staker's power moved: the total with it, and what open votes can ask for. */
  moved({ power, totalPower, slot }: Power): void {
    const { staker, all } = this;
    if (power === staker.power) return;
    const before = all.powerSlot === slot ? {} : { powerSlot: slot, powerBefore: all.totalPower };
    this.change({ ...before, totalPower });
    this.changeStaker({ power, checkpoints: withCheckpoint(staker.checkpoints, all.openSlots, { slot, power }) });
  }

  /** A proposal has ended: what its proposer committed is free. */
  ended(address: Address, status: number, endedAt: bigint): void {
    this.changeProposal(address, { status, endedAt });
    this.change({ activeCount: this.all.activeCount - 1 });
    this.changeStaker({ committed: this.staker.committed - this.proposal(address).committed });
  }
}

/** @throws InputError `RECONCILE__UNKNOWN_ACCOUNT`, `RECONCILE__ACCOUNT_NOT_NAMED`, `CLIENT__TRUNCATED` */
function foldGovernance(step: Step, states: AccountStates): void {
  const call = new Call(step, states);
  for (const { name, data } of eventsOf(step, governance.decodeEvent)) {
    (folds[name] as ((data: Event['data'], call: Call) => void) | undefined)?.(data, call);
  }
}

/** Events without an entry (payments, pushes, what other programs are told) change no account of this program. */
const folds: { readonly [N in Event['name']]?: (data: Data<N>, call: Call) => void } = {
  GovernanceInitialized: initialized,
  FoundingAdminReplaced: ({ foundingAdmin }, call) => call.change({ foundingAdmin }),
  Staked(data, call) {
    if (!call.states.has(data.staker)) call.states.put('Staker', data.staker, newStaker(data.owner));
    call.changeStaker({ stake: data.stake });
    call.moved(data);
    call.change({ totalStaked: data.totalStaked });
  },
  UnstakeRequested(data, call) {
    const { stake, unstaking, unstakeAt, totalStaked, totalUnstaking } = data;
    call.changeStaker({ stake, unstaking, unstakeAt });
    call.moved(data);
    call.change({ totalStaked, totalUnstaking });
  },
  StakeWithdrawn({ totalUnstaking }, call) {
    call.changeStaker({ unstaking: 0n, unstakeAt: 0n });
    call.change({ totalUnstaking });
  },
  UseSynced(data, call) {
    call.changeStaker({ feesPaid: data.feesPaid, feesEarnedOn: data.feesEarnedOn });
    call.moved(data);
  },
  ProposalCreated({ proposal, ...data }, call) {
    call.states.put('Proposal', proposal, { version: VERSION, ...data, ...NO_VOTE, status: 0 });
    call.change({ proposalCount: data.proposalId + 1n, activeCount: call.all.activeCount + 1 });
    call.changeStaker({ committed: call.staker.committed + data.committed });
  },
  ProposalCanceled: ({ proposal, endedAt }, call) => call.ended(proposal, CANCELED, endedAt),
  ProposalExecuted: ({ proposal, endedAt }, call) => call.ended(proposal, EXECUTED, endedAt),
  ProposalExpired: ({ proposal, endedAt }, call) => call.ended(proposal, EXPIRED, endedAt),
  ProposalInvalidated({ proposal, refusal, endedAt }, call) {
    call.changeProposal(proposal, { refusal });
    call.ended(proposal, INVALIDATED, endedAt);
  },
  SignalingBegun: ({ proposal, votingFrom }, call) => call.changeProposal(proposal, { status: SIGNALING, votingFrom }),
  SignalGiven({ signals, ...record }, call) {
    call.states.put('SignalRecord', accountOf(call.step, 'signal_record'), { version: VERSION, ...record });
    call.changeProposal(record.proposal, { signals });
  },
  VotingOpened({ proposal, ...opened }, call) {
    call.changeProposal(proposal, { ...opened, status: VOTING });
    call.change({ openSlots: [...call.all.openSlots, opened.openedSlot] });
  },
  VoteCast({ votes, lockedUntil, unstakeAt, ...record }, call) {
    call.states.put('VoteRecord', accountOf(call.step, 'vote_record'), { version: VERSION, ...record });
    call.changeProposal(record.proposal, { votes });
    call.changeStaker({ lockedUntil, unstakeAt });
  },
  VoteFinalized({ proposal, status, finalizedAt }, call) {
    const { openSlots } = call.all;
    const place = openSlots.indexOf(call.proposal(proposal).openedSlot);
    call.change({ openSlots: openSlots.filter((_, index) => index !== place) });
    if (status <= LAST_OPEN_STATUS) call.changeProposal(proposal, { status });
    else call.ended(proposal, status, finalizedAt);
  },
  ParametersChanged({ changes, changedAt }, call) {
    call.changeParameters((table) => ({
      values: replaced(table.values, new Map(changes.map(({ id, to }) => [id, to]))),
      changedAt: replaced(table.changedAt, new Map(changes.map(({ id }) => [id, changedAt]))),
    }));
  },
  ParametersHandedOver({ ids }, call) {
    call.changeParameters(({ handedOver }) => ({
      handedOver: Uint8Array.from(replaced([...handedOver], new Map(ids.map((id) => [id, 1])))),
    }));
  },
};

function initialized({ governance: address, values, ...config }: Data<'GovernanceInitialized'>, call: Call): void {
  const totals = { totalStaked: 0n, totalUnstaking: 0n, totalPower: 0n, powerSlot: 0n, powerBefore: 0n };
  const fresh = { version: VERSION, ...config, ...totals, proposalCount: 0n, activeCount: 0, openSlots: [] };
  call.states.put('Governance', address, fresh);
  call.states.put('Parameters', accountOf(call.step, 'parameters'), {
    version: VERSION,
    count: values.length,
    values: [...values, ...Array<bigint>(PLACES - values.length).fill(0n)],
    changedAt: Array<bigint>(PLACES).fill(0n),
    handedOver: new Uint8Array(PLACES),
  });
}

function newStaker(owner: Address): Omit<Staker, 'bump'> {
  const zero = { stake: 0n, unstaking: 0n, unstakeAt: 0n, lockedUntil: 0n, committed: 0n };
  return { version: VERSION, owner, ...zero, feesPaid: 0n, feesEarnedOn: 0n, power: 0n, checkpoints: [] };
}

/** The list with other values at some places. */
function replaced<T>(list: readonly T[], changes: ReadonlyMap<number, T>): T[] {
  return list.map((value, place) => changes.get(place) ?? value);
}

export const governanceFold: ProgramFold = {
  program: 'governance',
  fold: foldGovernance,
  moves: governanceMoves,
  accounts: {
    Governance: {
      discriminator: governance.GOVERNANCE_ACCOUNT_DISCRIMINATOR,
      decode: governance.decodeGovernance,
      notDerived: bumps('bump', 'authorityBump'),
    },
    Parameters: {
      discriminator: governance.PARAMETERS_ACCOUNT_DISCRIMINATOR,
      decode: governance.decodeParameters,
      notDerived: bumps('bump'),
    },
    Staker: {
      discriminator: governance.STAKER_ACCOUNT_DISCRIMINATOR,
      decode: governance.decodeStaker,
      notDerived: bumps('bump'),
    },
    Proposal: {
      discriminator: governance.PROPOSAL_ACCOUNT_DISCRIMINATOR,
      decode: governance.decodeProposal,
      notDerived: bumps('bump'),
    },
    SignalRecord: {
      discriminator: governance.SIGNAL_RECORD_ACCOUNT_DISCRIMINATOR,
      decode: governance.decodeSignalRecord,
      notDerived: bumps('bump'),
    },
    VoteRecord: {
      discriminator: governance.VOTE_RECORD_ACCOUNT_DISCRIMINATOR,
      decode: governance.decodeVoteRecord,
      notDerived: bumps('bump'),
    },
  },
};
