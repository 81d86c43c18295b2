/**
 * What holds of governance whatever has happened: the stake vault holds what stakers own, power is the sum of powers, each
 * commitment has its proposal, no value is out of its bounds.
 * @module
 */
import { parameters } from '../../../../governance/parameters.ts';
import { votingPower } from '../../../../governance/voting-power.ts';
import { findStakeVault } from '../../addresses.ts';
import { Audit, sum } from './audit.ts';
import { type Books, balanceOf, theOne } from './books.ts';

/** Statuses below it are those of proposals that have not ended. */
const EXECUTED = 4;

export async function auditGovernance(books: Books): Promise<Audit> {
  const audit = new Audit();
  const state = theOne(books.governance.state);
  const stakers = [...books.governance.stakers.values()];
  const open = [...books.governance.proposals.values()].filter(({ status }) => status < EXECUTED);
  const vault = balanceOf(books, await findStakeVault(books.network.governanceProgram));
  audit.same('stake vault', vault, state.totalStaked + state.totalUnstaking);
  audit.same('staked', state.totalStaked, sum(stakers.map(({ stake }) => stake)));
  audit.same('unstaking', state.totalUnstaking, sum(stakers.map(({ unstaking }) => unstaking)));
  audit.same('power', state.totalPower, sum(stakers.map(({ power }) => power)));
  audit.same('open proposals', state.activeCount, open.length);
  for (const { owner, stake, feesPaid, feesEarnedOn, power, committed } of stakers) {
    audit.same(`power of ${owner}`, power, votingPower(stake, feesPaid + feesEarnedOn));
    const own = open.filter(({ proposer }) => proposer === owner);
    audit.same(`committed by ${owner}`, committed, sum(own.map((proposal) => proposal.committed)));
    audit.atLeast(`stake of ${owner}`, stake, committed);
  }
  for (const { title, votes, snapshotPower } of books.governance.proposals.values())
    audit.atLeast(`power at the vote on "${title}"`, snapshotPower, sum(Object.values(votes)));
  auditValues(audit, books);
  return audit;
}

function auditValues(audit: Audit, books: Books): void {
  const { values } = theOne(books.governance.values);
  [...parameters].forEach(([key, { min, max }], id) => {
    const value = values[id] ?? min - 1n;
    audit.same(`whether ${key} is in bounds`, value >= min && value <= max, true);
  });
}
