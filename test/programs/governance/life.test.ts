/** The life of proposals and stake in the compiled program: each way to each end, and the ways to vote twice. */
import { AccountRole } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import { Chamber, HOUR, INFER, INFER_MINT, type Member, START_SLOT } from './chamber.ts';
import {
  beginSignaling,
  bringToVote,
  CHOICES,
  cancel,
  change,
  changing,
  executeChange,
  executeSpend,
  executeText,
  expire,
  finalize,
  handOver,
  openVoting,
  pass,
  STATUS,
  signal,
  spending,
  stake,
  submit,
  syncUse,
  unstake,
  vote,
  withdraw,
} from './moves.ts';

async function chamberOf(...stakes: readonly bigint[]): Promise<[Chamber, ...Member[]]> {
  const chamber = await Chamber.create();
  const members: Member[] = [];
  for (const [index, amount] of stakes.entries()) {
    const member = await chamber.member(`member ${index}`);
    chamber.run(stake(chamber, member, amount * INFER));
    members.push(member);
  }
  chamber.wait(1n);
  return [chamber, ...members];
}

describe('a proposal', () => {
  it('goes from discussion over signaling and vote to its execution, each step at its time and not before', async () => {
    const [chamber, alice, bob] = (await chamberOf(100n, 50n)) as [Chamber, Member, Member];
    const proposal = await submit(chamber, alice);
    expect(chamber.codeOf(beginSignaling(proposal))).toBe(6030);
    chamber.wait(24n * HOUR);
    chamber.run(beginSignaling(proposal));
    chamber.run(await signal(chamber, bob, proposal, CHOICES.veto));
    expect(chamber.proposal(proposal).signals).toMatchObject({ vetoPower: 50n * INFER, forPower: 0n });
    expect(chamber.codeOf(openVoting(chamber, proposal))).toBe(6032);
    chamber.wait(24n * HOUR);
    chamber.run(openVoting(chamber, proposal));
    chamber.run(await vote(chamber, alice, proposal), await vote(chamber, bob, proposal, CHOICES.abstain));
    expect(chamber.codeOf(finalize(chamber, alice, proposal))).toBe(6035);
    chamber.wait(72n * HOUR);
    expect(chamber.codeOf(executeText(chamber, alice, proposal))).toBe(6040);
    chamber.run(finalize(chamber, alice, proposal));
    expect(chamber.codeOf(executeText(chamber, alice, proposal))).toBe(6042);
    chamber.wait(24n * HOUR);
    chamber.run(executeText(chamber, alice, proposal));
    expect(chamber.proposal(proposal)).toMatchObject({
      status: STATUS.executed,
      snapshotPower: 150n * INFER,
      votes: { forPower: 100n * INFER, abstainPower: 50n * INFER, againstPower: 0n, vetoPower: 0n },
    });
    expect(chamber.governance()).toMatchObject({ activeCount: 0, openSlots: [] });
    expect(chamber.staker(alice).committed).toBe(0n);
  });

  it.each([
    ['vetoed', CHOICES.veto, STATUS.vetoed],
    ['defeated', CHOICES.against, STATUS.defeated],
    ['without quorum', null, STATUS.quorumNotMet],
  ])('ends %s, and frees the place and the stake', async (_, choice, status) => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const proposal = await bringToVote(chamber, alice);
    if (choice !== null) chamber.run(await vote(chamber, alice, proposal, choice));
    chamber.wait(72n * HOUR);
    chamber.run(finalize(chamber, alice, proposal));
    expect(chamber.proposal(proposal).status).toBe(status);
    expect(chamber.governance().activeCount).toBe(0);
    expect(chamber.staker(alice).committed).toBe(0n);
  });

  it('expires when nobody carries it out in time, and can then not be carried out', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const proposal = await pass(chamber, alice);
    expect(chamber.codeOf(expire(chamber, alice, proposal))).toBe(6044);
    chamber.setTime(chamber.proposal(proposal).expiresAt, chamber.slot);
    expect(chamber.codeOf(executeText(chamber, alice, proposal))).toBe(6043);
    chamber.run(expire(chamber, alice, proposal));
    expect(chamber.proposal(proposal).status).toBe(STATUS.expired);
  });

  it('is taken back by its proposer alone, and only before the vote', async () => {
    const [chamber, alice, bob] = (await chamberOf(100n, 50n)) as [Chamber, Member, Member];
    const first = await submit(chamber, alice);
    expect(chamber.codeOf(cancel(chamber, { ...bob, staker: alice.staker }, first))).toBe(6027);
    chamber.run(cancel(chamber, alice, first));
    expect(chamber.proposal(first).status).toBe(STATUS.canceled);
    const second = await bringToVote(chamber, alice);
    expect(chamber.codeOf(cancel(chamber, alice, second))).toBe(6028);
  });

  it('commits its minimum stake, so that one stake does not stand behind many proposals', async () => {
    const [chamber, alice] = (await chamberOf(2n)) as [Chamber, Member];
    await submit(chamber, alice);
    const second = await submit(chamber, alice);
    await expect(submit(chamber, alice)).rejects.toThrow('6019');
    expect(chamber.codeOf(unstake(chamber, alice, 1n))).toBe(6016);
    chamber.run(cancel(chamber, alice, second));
    chamber.run(unstake(chamber, alice, INFER));
    expect(chamber.codeOf(unstake(chamber, alice, 1n))).toBe(6016);
  });

  it('meets the thresholds and times of the moment its vote opened, whatever is changed afterwards', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const proposal = await bringToVote(chamber, alice);
    const before = chamber.proposal(proposal);
    chamber.run(change(chamber, [{ id: 96, value: 96n }]), change(chamber, [{ id: 4, value: 3_000n }]));
    expect(chamber.proposal(proposal)).toEqual(before);
    expect(before).toMatchObject({ quorumBps: 2_000, executesFrom: before.votingEndsAt + 24n * HOUR });
  });
});

describe('what has passed', () => {
  it('is stopped, changed and delayed by no key, and carried out by anybody', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const [quorum, delay, window] = [4, 96, 97];
    chamber.run(handOver(chamber, quorum));
    const proposal = await pass(chamber, alice, changing({ id: quorum, value: 2_500n }));
    const before = chamber.proposal(proposal);
    expect(chamber.codeOf(change(chamber, [{ id: quorum, value: 1_500n }]))).toBe(6010);
    expect(chamber.codeOf(handOver(chamber, quorum))).toBe(6010);
    expect(chamber.codeOf(cancel(chamber, alice, proposal))).toBe(6028);
    expect(chamber.codeOf(finalize(chamber, alice, proposal))).toBe(6033);
    chamber.run(change(chamber, [{ id: delay, value: 96n }]), change(chamber, [{ id: window, value: 24n }]));
    expect(chamber.proposal(proposal)).toEqual(before);
    const execution = executeChange(chamber, alice, proposal);
    expect(execution.accounts.every(({ role }) => role < AccountRole.READONLY_SIGNER)).toBe(true);
    chamber.run(execution);
    expect([chamber.value(quorum), chamber.proposal(proposal).status]).toEqual([2_500n, STATUS.executed]);
  });
});

describe('one vote per power', () => {
  it('a second vote is refused, also of another choice', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const proposal = await bringToVote(chamber, alice);
    chamber.run(await vote(chamber, alice, proposal));
    expect(chamber.codeOf(await vote(chamber, alice, proposal, CHOICES.against))).toBe(6039);
    expect(chamber.codeOf(await vote(chamber, alice, proposal))).toBe(6039);
  });

  it('stake of after the snapshot, or of its very slot, has no power', async () => {
    const [chamber, alice, bob] = (await chamberOf(100n, 1n)) as [Chamber, Member, Member];
    const proposal = await submit(chamber, alice);
    chamber.wait(24n * HOUR);
    chamber.run(beginSignaling(proposal));
    chamber.wait(24n * HOUR);
    const carol = await chamber.member('carol');
    chamber.run(stake(chamber, carol, 500n * INFER), stake(chamber, bob, 500n * INFER));
    chamber.run(openVoting(chamber, proposal));
    chamber.run(stake(chamber, alice, 500n * INFER));
    expect(chamber.proposal(proposal).snapshotPower).toBe(101n * INFER);
    chamber.wait(10n);
    expect(chamber.codeOf(await vote(chamber, carol, proposal))).toBe(6037);
    chamber.run(await vote(chamber, alice, proposal), await vote(chamber, bob, proposal));
    expect(chamber.proposal(proposal).votes.forPower).toBe(101n * INFER);
  });

  it('tokens that voted cannot reach another wallet before the vote ends and the unbonding after it', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const proposal = await bringToVote(chamber, alice);
    chamber.run(await vote(chamber, alice, proposal), unstake(chamber, alice, 99n * INFER));
    const { votingEndsAt } = chamber.proposal(proposal);
    expect(chamber.staker(alice).unstakeAt).toBe(votingEndsAt + 168n * HOUR);
    chamber.setTime(votingEndsAt + 168n * HOUR - 1n, chamber.slot + 9n);
    expect(chamber.codeOf(withdraw(chamber, alice))).toBe(6018);
    chamber.wait(1n);
    chamber.run(withdraw(chamber, alice));
    expect(chamber.svm.tokens(alice.tokens)).toBe(999_999n * INFER);
  });

  it('a vote also holds what is already waiting to be withdrawn', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    chamber.run(unstake(chamber, alice, 40n * INFER));
    const first = chamber.staker(alice).unstakeAt;
    const proposal = await bringToVote(chamber, alice);
    chamber.run(await vote(chamber, alice, proposal));
    expect(chamber.staker(alice).unstakeAt).toBe(chamber.proposal(proposal).votingEndsAt + 168n * HOUR);
    expect(chamber.staker(alice).unstakeAt).toBeGreaterThan(first);
  });

  it('what was paid out after the snapshot stands behind no vote any more', async () => {
    const chamber = await Chamber.create([
      { id: 8, value: 24n },
      { id: 3, value: 720n },
    ]);
    const alice = await chamber.member('alice');
    chamber.run(stake(chamber, alice, 100n * INFER));
    chamber.wait(1n);
    const proposal = await bringToVote(chamber, alice);
    chamber.run(unstake(chamber, alice, 99n * INFER));
    chamber.wait(24n * HOUR);
    chamber.run(withdraw(chamber, alice));
    chamber.run(await vote(chamber, alice, proposal));
    expect(chamber.proposal(proposal).votes.forPower).toBe(INFER);
  });

  it('unstaking and staking again before the vote gives the power of the snapshot, once', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const proposal = await bringToVote(chamber, alice);
    chamber.run(unstake(chamber, alice, 90n * INFER), stake(chamber, alice, 500n * INFER));
    chamber.wait(1n);
    chamber.run(await vote(chamber, alice, proposal));
    expect(chamber.proposal(proposal).votes.forPower).toBe(100n * INFER);
    expect(chamber.codeOf(await vote(chamber, alice, proposal))).toBe(6039);
  });

  it('nobody erases the power of another by bringing use up to date around the opening of a vote', async () => {
    const [chamber, alice, bob] = (await chamberOf(100n, 100n)) as [Chamber, Member, Member];
    const proposal = await submit(chamber, alice);
    chamber.wait(24n * HOUR);
    chamber.run(beginSignaling(proposal));
    chamber.wait(24n * HOUR);
    await chamber.putUse(bob.owner, 7n * INFER, null);
    chamber.run(await syncUse(chamber, bob));
    chamber.run(openVoting(chamber, proposal));
    for (let fees = 8n; fees < 120n; fees += 1n) {
      await chamber.putUse(bob.owner, fees * INFER, null);
      chamber.run(await syncUse(chamber, bob));
      chamber.wait(1n);
    }
    chamber.run(await vote(chamber, bob, proposal));
    expect(chamber.proposal(proposal)).toMatchObject({
      snapshotPower: 200n * INFER,
      votes: { forPower: 100n * INFER },
    });
    expect(chamber.staker(bob).checkpoints.length).toBe(3);
  });
});

describe('use', () => {
  it('counts what was paid and earned on, up to the own stake, once anybody has brought it in', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    chamber.run(await syncUse(chamber, alice));
    expect(chamber.staker(alice).power).toBe(100n * INFER);
    await chamber.putUse(alice.owner, 30n * INFER, 20n * INFER);
    chamber.run(await syncUse(chamber, alice));
    expect(chamber.staker(alice)).toMatchObject({ feesPaid: 30n * INFER, feesEarnedOn: 20n * INFER });
    expect(chamber.governance().totalPower).toBe(150n * INFER);
    await chamber.putUse(alice.owner, 300n * INFER, 20n * INFER);
    chamber.run(await syncUse(chamber, alice));
    expect(chamber.staker(alice).power).toBe(200n * INFER);
    chamber.run(unstake(chamber, alice, 60n * INFER));
    expect(chamber.governance().totalPower).toBe(80n * INFER);
  });

  it('records of other owners or of another program are refused', async () => {
    const [chamber, alice, bob] = (await chamberOf(100n, 1n)) as [Chamber, Member, Member];
    await chamber.putUse(bob.owner, 30n * INFER, 20n * INFER);
    const own = await syncUse(chamber, alice);
    const foreign = await syncUse(chamber, bob);
    for (const index of [2, 3]) {
      const accounts = own.accounts.map((meta, at) => (at === index ? (foreign.accounts[at] ?? meta) : meta));
      expect(chamber.codeOf({ ...own, accounts })).toBe(2006);
    }
  });
});

describe('the treasury', () => {
  it('pays by a passed proposal what it says to whom it says, once', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const { svm, at } = chamber;
    svm.putTokens(at.inferTreasury, INFER_MINT, at.authority, 50n * INFER);
    const proposal = await pass(chamber, alice, spending(alice.tokens));
    const before = svm.tokens(alice.tokens);
    const [spent] = chamber.run(executeSpend(chamber, alice, proposal, alice.tokens));
    expect(spent).toMatchObject({ name: 'TreasurySpent', data: { amount: 10n * INFER, balance: 40n * INFER } });
    expect([svm.tokens(at.inferTreasury), svm.tokens(alice.tokens) - before]).toEqual([40n * INFER, 10n * INFER]);
    expect(chamber.codeOf(executeSpend(chamber, alice, proposal, alice.tokens))).toBe(6040);
  });

  it('grants at most the governed part of what it holds at that moment, and can be asked again', async () => {
    const [chamber, alice] = (await chamberOf(100n)) as [Chamber, Member];
    const { svm, at } = chamber;
    svm.putTokens(at.inferTreasury, INFER_MINT, at.authority, 100n * INFER - 1n);
    const proposal = await pass(chamber, alice, spending(alice.tokens, { category: 3 }));
    expect(chamber.codeOf(executeSpend(chamber, alice, proposal, alice.tokens))).toBe(6046);
    svm.putTokens(at.inferTreasury, INFER_MINT, at.authority, 100n * INFER);
    chamber.run(executeSpend(chamber, alice, proposal, alice.tokens));
    expect(chamber.proposal(proposal).status).toBe(STATUS.executed);
  });
});

it('the chamber starts where the tests think it does', async () => {
  const chamber = await Chamber.create();
  expect(chamber.slot).toBe(START_SLOT);
  expect(chamber.governance()).toMatchObject({ totalPower: 0n, openSlots: [] });
});
