/**
 * What always holds in governance: no token appears or vanishes, the vault holds what stakers own, power is the sum of
 * powers now and at every open snapshot, every commitment has its proposal. Beside it: no value leaves its bounds.
 * @module
 */
import type { Address } from '@solana/kit';
import { expect } from 'vitest';
import { parameters } from '../../../governance/parameters.ts';
import { castPower } from '../../../governance/tally.ts';
import { powerBefore, votingPower } from '../../../governance/voting-power.ts';
import type { Proposal, Staker } from '../../../programs/governance/client.generated.ts';
import type { Chamber, Member } from './chamber.ts';
import { STATUS } from './moves.ts';

/** As many votes can be open as there are places, and two; the program drops the rest when power moves. */
const MOST_CHECKPOINTS = 102;
const ROWS = [...parameters.values()];

/** @param open addresses of the proposals that have not ended, by what the test saw succeed */
export function checkInvariant(chamber: Chamber, members: readonly Member[], open: readonly Address[]): void {
  const { svm, at } = chamber;
  const governance = chamber.governance();
  const stakers = members.filter(({ staker }) => svm.exists(staker)).map((member) => chamber.staker(member));
  const proposals = open.map((address) => chamber.proposal(address));
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
  expect({
    vault: svm.tokens(at.stakeVault),
    staked: governance.totalStaked,
    unstaking: governance.totalUnstaking,
    power: governance.totalPower,
    active: governance.activeCount,
    openSlots: governance.openSlots,
  }).toEqual({
    vault: governance.totalStaked + governance.totalUnstaking,
    staked: sum(stakers.map(({ stake }) => stake)),
    unstaking: sum(stakers.map(({ unstaking }) => unstaking)),
    power: sum(stakers.map(({ power }) => power)),
    active: proposals.length,
    openSlots: proposals
      .filter(({ status }) => status === STATUS.voting)
      .map(({ openedSlot }) => openedSlot)
      .sort((left, right) => Number(left - right)),
  });
  for (const { owner, stake, feesPaid, feesEarnedOn, power, committed, checkpoints } of stakers) {
    const own = proposals.filter(({ proposer }) => proposer === owner);
    expect([power, committed]).toEqual([
      votingPower(stake, feesPaid + feesEarnedOn),
      sum(own.map((proposal) => proposal.committed)),
    ]);
    expect([committed <= stake, checkpoints.length <= MOST_CHECKPOINTS]).toEqual([true, true]);
  }
  for (const proposal of proposals) checkVote(proposal, stakers);
}

/** No value has left its bounds. */
export function checkValues(chamber: Chamber): void {
  const { values } = chamber.parameters();
  for (const [id, { min, max }] of ROWS.entries()) {
    const value = values[id] as bigint;
    if (value < min || value > max) throw new Error(`row ${id} is ${value}`);
  }
}

function checkVote({ status, votes, snapshotPower, openedSlot }: Proposal, stakers: readonly Staker[]) {
  const { forPower, againstPower, abstainPower, vetoPower } = votes;
  const cast = castPower({ for: forPower, against: againstPower, abstain: abstainPower, veto: vetoPower });
  expect(cast <= snapshotPower).toBe(true);
  if (status === STATUS.voting) expect(powerOfAll(stakers, openedSlot)).toBe(snapshotPower);
}

/** What the members' checkpoints say of the total power strictly before a slot. */
function powerOfAll(stakers: readonly Staker[], slot: bigint): bigint {
  return stakers.reduce((sum, { checkpoints }) => sum + powerBefore(checkpoints, slot), 0n);
}
