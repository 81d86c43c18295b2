/**
 * A random life of governance: members stake, leave, use the market, propose, vote and carry out; founders change and hand
 * over; time jumps. Wrong moments are drawn on purpose; a refusal has to be a numbered one and changes nothing.
 * @module
 */
import type { Address } from '@solana/kit';
import fc from 'fast-check';
import { expect } from 'vitest';
import { governanceFold } from '../../../jobs/reconcile/folds/governance.ts';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { findBankrollVault } from '../../../programs/exchange/pda.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from '../../../programs/governance/client.generated.ts';
import { FoldedChain } from '../folded-chain.ts';
import { addressOf } from '../svm.ts';
import { Chamber, HOUR, INFER, INFER_MINT, type Member, USDC_MINT } from './chamber.ts';
import { addBankroll, setUpExchange } from './governed.ts';
import { checkInvariant, checkValues } from './invariant.ts';
import * as moves from './moves.ts';
import { putOverview } from './overview.ts';

const MEMBERS = 6;
const TREASURY = 1_000_000n * INFER;
const STAKING_ADMIN = addressOf('staking admin');
/** Short times: discussion, signaling, vote, unbonding; no delay; a low quorum; six places. */
const OVERRIDES = [
  { id: 94, value: 1n },
  { id: 96, value: 0n },
  { id: 97, value: 24n },
  { id: 7, value: 6n },
  { id: 4, value: 500n },
  { id: 95, value: 1n },
  { id: 8, value: 24n },
  { id: 3, value: 24n },
];
/** Numbers that proposals and founders move. */
const MOVED = [4, 5, 6, 9, 60, 98, 99, 101];

const kind = fc.constantFrom(
  ...['stake', 'unstake', 'withdraw', 'use', 'create', 'create', 'cancel', 'begin', 'signal', 'open', 'vote', 'vote'],
  ...['vote', 'vote', 'vote', 'finalize', 'execute', 'expire', 'founder', 'hand over', 'push', 'wait', 'wait', 'wait'],
  ...Array<'next'>(10).fill('next'),
);
export const step = fc.record({
  kind,
  who: fc.nat(MEMBERS - 1),
  pick: fc.nat(1_000),
  amount: fc.bigInt(0n, 100n * INFER),
  wait: fc.constantFrom(0n, 1n, HOUR, HOUR, HOUR, HOUR, HOUR, 6n * HOUR, 12n * HOUR, 24n * HOUR, 80n * HOUR),
  slots: fc.bigInt(0n, 2n),
});
/** What moves a proposal on, by its status. */
const NEXT = ['begin', 'open', 'finalize', 'execute'] as const;
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export class Session {
  readonly counts = { accepted: 0, refused: 0 };
  readonly seen = new Set<string>();
  /** Kinds of the proposals that were carried out. */
  readonly executed = new Set<number>();
  private readonly chamber: Chamber;
  private readonly members: readonly Member[];
  /** Accounts outside governance that INFER and USDC can come from and go to. */
  private readonly outside: { readonly bankroll: Address; readonly usdc: Address };
  readonly folded: FoldedChain;
  private open: Address[] = [];
  private readonly total: readonly bigint[];

  private constructor(chamber: Chamber, members: readonly Member[], outside: Session['outside'], folded: FoldedChain) {
    this.chamber = chamber;
    this.members = members;
    this.outside = outside;
    this.folded = folded;
    this.total = this.held();
  }

  static async create(): Promise<Session> {
    const chamber = await Chamber.create(OVERRIDES);
    const { svm, at: places } = chamber;
    const folded = new FoldedChain(svm.vm, GOVERNANCE_PROGRAM_ADDRESS, governanceFold);
    const members: Member[] = [];
    for (let index = 0; index < MEMBERS; index += 1) members.push(await chamber.member(`member ${index}`));
    svm.putTokens(places.inferTreasury, INFER_MINT, places.authority, TREASURY);
    svm.putTokens(places.usdcTreasury, USDC_MINT, places.authority, TREASURY);
    const usdc = svm.putTokens(addressOf('USDC of somebody'), USDC_MINT, STAKING_ADMIN, 0n);
    await putOverview(chamber, STAKING_ADMIN);
    chamber.run(moves.acceptStakingAdmin(chamber, STAKING_ADMIN));
    for (const member of members) chamber.run(moves.stake(chamber, member, 50n * INFER));
    await setUpExchange(chamber);
    const patron = await chamber.member('patron', TREASURY);
    chamber.run(await addBankroll(chamber, patron, TREASURY));
    return new Session(chamber, members, { bankroll: await findBankrollVault(), usdc }, folded);
  }

  /** One drawn instruction, and everything that has to hold after it. */
  async take(drawn: Step): Promise<void> {
    const { chamber } = this;
    if (drawn.kind === 'wait') {
      chamber.wait(drawn.wait, drawn.slots);
      return;
    }
    if (drawn.kind === 'use') await this.useMarket(drawn);
    const instruction = await this.instructionFor(drawn);
    if (instruction === null) return;
    const before = chamber.events.length;
    const { failure } = chamber.send(instruction);
    if (failure !== null && (failure.code ?? 0) < 2_000) throw new Error(failure.text);
    this.counts[failure === null ? 'accepted' : 'refused'] += 1;
    for (const event of chamber.events.slice(before)) {
      this.seen.add(event.name);
      if (event.name === 'ProposalCreated') this.open.push(event.data.proposal);
      if (event.name === 'ProposalExecuted') this.executed.add(event.data.kind);
      if (event.name === 'ParametersChanged') checkValues(chamber);
    }
    this.open = this.open.filter((address) => chamber.proposal(address).status <= moves.STATUS.queued);
    expect(this.folded.differences()).toEqual([]);
    checkInvariant(chamber, this.members, this.open);
    expect(this.held()).toEqual(this.total);
  }

  /** The events alone rebuild every account. Forgets them, so that a long session does not keep them all. */
  checkRebuilt(): void {
    this.chamber.events.splice(0);
    expect(this.folded.allDifferences()).toEqual([]);
  }

  /** INFER and USDC wherever this session can put them. */
  private held(): bigint[] {
    const { svm, at: places } = this.chamber;
    const infer = [
      places.stakeVault,
      places.inferTreasury,
      this.outside.bankroll,
      ...this.members.map(({ tokens }) => tokens),
    ];
    return [infer, [places.usdcTreasury, this.outside.usdc]].map((accounts) =>
      accounts.reduce((sum, account) => sum + svm.tokens(account), 0n),
    );
  }

  private async useMarket({ who, amount }: Step): Promise<void> {
    const { owner, staker } = this.members[who] as Member;
    const { feesPaid, feesEarnedOn } = this.chamber.svm.exists(staker)
      ? this.chamber.staker(this.members[who] as Member)
      : { feesPaid: 0n, feesEarnedOn: 0n };
    await this.chamber.putUse(owner, feesPaid + amount / 50n, feesEarnedOn + amount / 70n);
  }

  private async instructionFor(drawn: Step): Promise<ProgramInstruction | null> {
    const { chamber } = this;
    const member = this.members[drawn.who] as Member;
    const { amount, pick } = drawn;
    if (drawn.kind === 'stake') return moves.stake(chamber, member, amount / 4n);
    if (drawn.kind === 'unstake') return moves.unstake(chamber, member, amount);
    if (drawn.kind === 'withdraw') return moves.withdraw(chamber, member);
    if (drawn.kind === 'use') return moves.syncUse(chamber, member);
    if (drawn.kind === 'create') return this.creation(drawn, member);
    if (drawn.kind === 'founder') return moves.change(chamber, [this.nextChange(drawn)]);
    if (drawn.kind === 'hand over') return moves.handOver(chamber, MOVED[pick % MOVED.length] as number);
    if (drawn.kind === 'push') return moves.push(chamber, 2);
    const proposal = this.open[pick % Math.max(1, this.open.length)];
    return proposal === undefined ? null : this.onProposal(drawn, member, proposal);
  }

  private async onProposal(drawn: Step, member: Member, proposal: Address): Promise<ProgramInstruction> {
    const { chamber } = this;
    const state = chamber.proposal(proposal);
    const proposer = this.members.find(({ owner }) => owner === state.proposer) as Member;
    if (drawn.kind === 'cancel') return moves.cancel(chamber, drawn.pick % 4 === 0 ? proposer : member, proposal);
    if (drawn.kind === 'begin') return moves.beginSignaling(proposal);
    if (drawn.kind === 'open') return moves.openVoting(chamber, proposal);
    if (drawn.kind === 'finalize') return moves.finalize(chamber, proposer, proposal);
    if (drawn.kind === 'expire') return moves.expire(chamber, proposer, proposal);
    if (drawn.kind === 'signal') return moves.signal(chamber, member, proposal, drawn.pick % 5);
    const choices = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
    if (drawn.kind === 'vote') return moves.vote(chamber, member, proposal, choices[drawn.pick % choices.length]);
    if (drawn.kind === 'next' && state.status < NEXT.length) {
      return this.onProposal({ ...drawn, kind: NEXT[state.status] as Step['kind'] }, member, proposal);
    }
    if (state.action.kind === 0) return moves.executeChange(chamber, proposer, proposal);
    const { spend } = state.action;
    if (spend === null) return moves.executeText(chamber, proposer, proposal);
    if (state.action.kind === 7) return moves.executeReturn(chamber, proposer, proposal);
    const treasury = spend.mint === INFER_MINT ? chamber.at.inferTreasury : chamber.at.usdcTreasury;
    return moves.executeSpend(chamber, proposer, proposal, spend.recipient, treasury);
  }

  private async creation(drawn: Step, member: Member): Promise<ProgramInstruction> {
    const { chamber } = this;
    const { pick, amount } = drawn;
    const terms = { category: pick % 6, amount };
    const action = [
      moves.TEXT,
      moves.changing(this.nextChange(drawn)),
      moves.changing(this.nextChange(drawn)),
      moves.spending(member.tokens, terms),
      moves.spending(member.tokens, terms),
      moves.spending(this.outside.usdc, { ...terms, mint: USDC_MINT }),
      moves.returning(chamber, { amount }),
    ][pick % 7];
    return moves.create(chamber, member, await chamber.nextProposal(), action ?? moves.TEXT);
  }

  /** A step up or down of a number, sometimes one too far. */
  private nextChange({ pick, who }: Step): { readonly id: number; readonly value: bigint } {
    const id = MOVED[pick % MOVED.length] as number;
    const sign = who % 2 === 0 ? 1n : -1n;
    return { id, value: this.chamber.value(id) + sign * BigInt(pick % 110) * 10n };
  }
}
