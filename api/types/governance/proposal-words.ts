/**
 * What kinds and statuses of proposals mean, for the schema.
 * @module
 */
import type { ProposalKind, ProposalStatus } from '../../../governance/proposal-life.ts';

export const KIND_MEANINGS: Readonly<Record<ProposalKind, string>> = {
  param_change: 'Changes governed parameters.',
  treasury_spend: 'Pays from the treasury.',
  host_ban: 'Bans a provider.',
  host_unban: 'Lifts a ban.',
  catalog_add: 'Lists a GPU model, or changes its terms.',
  catalog_remove: 'Delists a GPU model.',
  text: 'Says something and does nothing.',
  bankroll_return: 'Brings free bankroll of the exchange back to the treasury.',
  host_verify: 'Verifies a provider.',
  host_suspend: 'Suspends a provider.',
  host_slash: 'Slashes a provider over a challenge that was left undecided.',
};

export const STATUS_MEANINGS: Readonly<Record<ProposalStatus, string>> = {
  Discussion: 'Submitted; signaling has not begun.',
  Signaling: 'Opinions are recorded; they bind nobody.',
  Voting: 'Votes are taken, and until the result is recorded.',
  Queued: 'Passed; waits for its time and for somebody who executes it.',
  Executed: 'Done. An end.',
  Canceled: 'Withdrawn by its proposer. An end.',
  Expired: 'A step was not taken in time. An end.',
  Defeated: 'Too few of the votes were for it. An end.',
  QuorumNotMet: 'Too little power voted. An end.',
  Vetoed: 'Enough of the votes were vetoes. An end.',
  Invalidated: 'Passed, and broke a rule when it was to be executed: it changed nothing. An end.',
};
