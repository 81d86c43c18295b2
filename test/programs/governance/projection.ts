/**
 * Every account of governance rebuilt from its events alone, as an indexer would do it. What events cannot tell (bumps,
 * versions) is left out of the comparison.
 * @module
 */
import type { Address } from '@solana/kit';
import { powerBefore, withCheckpoint } from '../../../governance/voting-power.ts';
import type {
  Governance,
  Parameters,
  ProgramEvent,
  Proposal,
  SignalRecord,
  Staker,
  VoteRecord,
} from '../../../programs/governance/client.generated.ts';

type Known<T, Unknown extends keyof T = never> = {
  -readonly [K in Exclude<keyof T, 'bump' | 'version' | Unknown>]: T[K];
};
type Data<N extends ProgramEvent['name']> = Extract<ProgramEvent, { readonly name: N }>['data'];
type Power = { readonly power: bigint; readonly totalPower: bigint; readonly slot: bigint };

export type GovernanceState = Known<Governance, 'authorityBump'>;
export type ParametersState = Omit<Known<Parameters>, 'changedAt' | 'handedOver' | 'values'> & {
  values: bigint[];
  changedAt: bigint[];
  handedOver: number[];
};

const ROWS = 128;
const OPEN = 3;
const NO_TOTALS = { forPower: 0n, againstPower: 0n, abstainPower: 0n, vetoPower: 0n };
const NO_VOTE = {
  votingFrom: 0n,
  openedSlot: 0n,
  votingEndsAt: 0n,
  executesFrom: 0n,
  expiresAt: 0n,
  quorumBps: 0,
  passThresholdBps: 0,
  vetoThresholdBps: 0,
  snapshotPower: 0n,
  endedAt: 0n,
  signals: NO_TOTALS,
  votes: NO_TOTALS,
  refusal: { rule: 0, id: 0, value: 0n, limit: 0n },
};

export class Projection {
  readonly stakers = new Map<Address, Known<Staker>>();
  readonly proposals = new Map<Address, Known<Proposal>>();
  readonly signals: Known<SignalRecord>[] = [];
  readonly votes: Known<VoteRecord>[] = [];
  governance: GovernanceState | null = null;
  parameters: ParametersState | null = null;

  apply(event: ProgramEvent): void {
    const handler = this.handlers[event.name] as ((data: typeof event.data) => void) | undefined;
    handler?.(event.data);
  }

  /** Events without an entry (payments, pushes, the staking role) change no account of this program. */
  private readonly handlers: { readonly [N in ProgramEvent['name']]?: (data: Data<N>) => void } = {
    GovernanceInitialized: (data) => this.initialized(data),
    Staked: (data) => {
      const staker = this.stakerAt(data.staker, data.owner);
      staker.stake = data.stake;
      this.moved(staker, data);
      this.all.totalStaked = data.totalStaked;
    },
    UnstakeRequested: (data) => {
      const { stake, unstaking, unstakeAt, totalStaked, totalUnstaking } = data;
      this.moved(Object.assign(this.stakerAt(data.staker, data.owner), { stake, unstaking, unstakeAt }), data);
      Object.assign(this.all, { totalStaked, totalUnstaking });
    },
    StakeWithdrawn: ({ staker, owner, totalUnstaking }) => {
      Object.assign(this.stakerAt(staker, owner), { unstaking: 0n, unstakeAt: 0n });
      this.all.totalUnstaking = totalUnstaking;
    },
    UseSynced: (data) => {
      const { feesPaid, feesEarnedOn } = data;
      this.moved(Object.assign(this.stakerAt(data.staker, data.owner), { feesPaid, feesEarnedOn }), data);
    },
    ProposalCreated: ({ proposal, ...data }) => {
      this.proposals.set(proposal, { ...data, ...NO_VOTE, status: 0 });
      this.all.proposalCount = data.proposalId + 1n;
      this.all.activeCount += 1;
      this.stakerOf(data.proposer).committed += data.committed;
    },
    ProposalCanceled: ({ proposal, endedAt }) => this.ended(proposal, 5, endedAt),
    SignalingBegun: ({ proposal, votingFrom }) => this.set(proposal, { status: 1, votingFrom }),
    SignalGiven: ({ signals, ...record }) => {
      this.signals.push(record);
      this.set(record.proposal, { signals });
    },
    VotingOpened: ({ proposal, ...opened }) => {
      this.set(proposal, { ...opened, status: 2 });
      this.all.openSlots = [...this.all.openSlots, opened.openedSlot];
    },
    VoteCast: ({ votes, lockedUntil, unstakeAt, ...record }) => {
      this.votes.push(record);
      this.set(record.proposal, { votes });
      Object.assign(this.stakerOf(record.owner), { lockedUntil, unstakeAt });
    },
    VoteFinalized: ({ proposal, status, finalizedAt }) => {
      const { openedSlot } = at(this.proposals, proposal);
      const place = this.all.openSlots.indexOf(openedSlot);
      this.all.openSlots = this.all.openSlots.filter((_, index) => index !== place);
      if (status <= OPEN) this.set(proposal, { status });
      else this.ended(proposal, status, finalizedAt);
    },
    ProposalExecuted: ({ proposal, endedAt }) => this.ended(proposal, 4, endedAt),
    ProposalExpired: ({ proposal, endedAt }) => this.ended(proposal, 6, endedAt),
    ProposalInvalidated: ({ proposal, refusal, endedAt }) => {
      this.set(proposal, { refusal });
      this.ended(proposal, 10, endedAt);
    },
    ParametersChanged: ({ changes, changedAt }) => {
      for (const { id, to } of changes) {
        this.table.values[id] = to;
        this.table.changedAt[id] = changedAt;
      }
    },
    ParametersHandedOver: ({ ids }) => {
      for (const id of ids) this.table.handedOver[id] = 1;
    },
  };

  private get all(): GovernanceState {
    if (this.governance === null) throw new Error('nothing is initialized');
    return this.governance;
  }

  private get table(): ParametersState {
    if (this.parameters === null) throw new Error('nothing is initialized');
    return this.parameters;
  }

  private initialized({ governance: _, values, ...config }: Data<'GovernanceInitialized'>): void {
    const totals = { totalStaked: 0n, totalUnstaking: 0n, totalPower: 0n, powerSlot: 0n, powerBefore: 0n };
    this.governance = { ...config, ...totals, proposalCount: 0n, activeCount: 0, openSlots: [] };
    const rest = ROWS - values.length;
    this.parameters = {
      count: values.length,
      values: [...values, ...Array<bigint>(rest).fill(0n)],
      changedAt: Array<bigint>(ROWS).fill(0n),
      handedOver: Array<number>(ROWS).fill(0),
    };
  }

  private moved(staker: Known<Staker>, { power, totalPower, slot }: Power): void {
    if (power === staker.power) return;
    const { all } = this;
    if (all.powerSlot !== slot) Object.assign(all, { powerSlot: slot, powerBefore: all.totalPower });
    all.totalPower = totalPower;
    staker.power = power;
    staker.checkpoints = withCheckpoint(staker.checkpoints, all.openSlots, { slot, power });
  }

  private stakerAt(address: Address, owner: Address): Known<Staker> {
    const found = this.stakers.get(address);
    if (found !== undefined) return found;
    const zero = { stake: 0n, unstaking: 0n, unstakeAt: 0n, lockedUntil: 0n, committed: 0n };
    const staker = { owner, ...zero, feesPaid: 0n, feesEarnedOn: 0n, power: 0n, checkpoints: [] };
    this.stakers.set(address, staker);
    return staker;
  }

  private stakerOf(owner: Address): Known<Staker> {
    const found = [...this.stakers.values()].find((staker) => staker.owner === owner);
    if (found === undefined) throw new Error(`${owner} never staked`);
    return found;
  }

  private set(proposal: Address, change: Partial<Proposal>): void {
    Object.assign(at(this.proposals, proposal), change);
  }

  private ended(address: Address, status: number, endedAt: bigint): void {
    const proposal = Object.assign(at(this.proposals, address), { status, endedAt });
    this.all.activeCount -= 1;
    this.stakerOf(proposal.proposer).committed -= proposal.committed;
  }
}

/** What the members' checkpoints say of the total power strictly before a slot. */
export function powerOfAll(stakers: Iterable<Pick<Staker, 'checkpoints'>>, slot: bigint): bigint {
  return [...stakers].reduce((sum, { checkpoints }) => sum + powerBefore(checkpoints, slot), 0n);
}

export function at<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing rebuilt for ${key}`);
  return value;
}
