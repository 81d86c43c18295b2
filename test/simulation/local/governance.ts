/**
 * The governance of a network that is watched: a vote that was carried out and one that failed, one that is open, and one
 * that has just been submitted. Looks at the chain for what is missing, so that a killed run goes on.
 * @module
 */
import { decodeProposal, type Proposal } from '../../../programs/governance/client.generated.ts';
import { findProposal } from '../addresses.ts';
import { dueStep, type StandingProposal } from '../day/governance/crank.ts';
import { change, nothing, type ProposalPlan, plan } from '../day/governance/proposals.ts';
import {
  bringIn,
  handOverOf,
  locateVoters,
  opinions,
  paidBy,
  submission,
  type Voter,
} from '../day/governance/voters.ts';
import { existing, type Network, readAccounts } from '../network.ts';
import type { TransactionPlan } from '../sign-plan.ts';
import { type ChainTime, passTime } from './past.ts';

/** The shortest times that the bounds admit. Together with `AGENDA` they make the past that a local chain needs. */
export const GOVERNANCE_HOURS = {
  ...{ discussion_hours: 1n, signaling_hours: 1n, voting_period_hours: 24n },
  ...{ execution_delay_hours: 0n, execution_window_hours: 168n },
} as const;

const HOUR_SECONDS = 3_600n;
/** Numbers that governance decides from the start; those of a joint rule go together. */
const HANDED_OVER = ['platform_fee_bps', 'bond_ratio_bps', 'challenge_frequency_ppm'] as const;

/** In the order of their numbers, by hours before the present. */
const AGENDA: readonly (readonly [hoursAgo: bigint, plan: ProposalPlan])[] = [
  [27n, plan('A fee of two and a half per cent', 'passes', change({ platform_fee_bps: 250n }))],
  [27n, plan('Longer leases by word alone', 'fails', nothing('text'))],
  [3n, plan('Ask providers for more bond', 'open', change({ bond_ratio_bps: 1_500n }))],
  [0n, plan('Challenge work more often', 'open', change({ challenge_frequency_ppm: 75_000n }))],
];

export interface LocalGovernance {
  readonly network: Network;
  readonly voters: readonly Voter[];
}

export async function openGovernance(network: Network): Promise<LocalGovernance> {
  const voters = await locateVoters({ network, buyers: [], providers: [] });
  const found = await existing(
    network,
    voters.map(({ staker }) => staker),
  );
  const missing = voters.filter((_, index) => !found[index]);
  // Numbers that were handed over before are refused, which does no harm.
  if (missing.length > 0)
    await Promise.all([
      bringIn(network, missing),
      network.sender.sendAll(HANDED_OVER.map((key) => paidBy(network, handOverOf(network, key)))),
    ]);
  return { network, voters };
}

/** Goes through the hours behind the present, if there are any, and ends in it. */
export async function playPast(governance: LocalGovernance): Promise<void> {
  const { network } = governance;
  let time = await passTime(network, 0n);
  while (time.behindSeconds > 0n) {
    const standing = await readStanding(governance);
    const plans = await duePlans(governance, standing, time);
    if (plans.length > 0) await network.sender.sendOrThrow(plans);
    time = await passTime(network, plans.length > 0 ? 0n : secondsToNext(standing, time));
  }
}

/** What is due now. Refusals are left to the next time. */
export async function tendGovernance(governance: LocalGovernance): Promise<void> {
  const time = await passTime(governance.network, 0n);
  const plans = await duePlans(governance, await readStanding(governance), time);
  if (plans.length > 0) await governance.network.sender.sendAll(plans);
}

async function readStanding({ network }: LocalGovernance): Promise<StandingProposal[]> {
  const addresses = await Promise.all(
    AGENDA.map((_, number) => findProposal(BigInt(number), network.governanceProgram)),
  );
  const accounts = await readAccounts(network, addresses);
  return AGENDA.flatMap(([, { fate }], index): StandingProposal[] => {
    const [data, address] = [accounts[index], addresses[index]];
    return data && address ? [{ address, account: decodeProposal(data), fate }] : [];
  });
}

async function duePlans(
  { network, voters }: LocalGovernance,
  standing: readonly StandingProposal[],
  { unixSeconds, behindSeconds }: ChainTime,
): Promise<TransactionPlan[]> {
  const steps = await Promise.all(standing.map((each) => dueStep(network, each, unixSeconds)));
  const cranks = steps.flatMap((instruction) => (instruction === null ? [] : [paidBy(network, instruction)]));
  // One after the other: where a proposal stands follows from how many there were before.
  const [hoursAgo, next] = AGENDA[standing.length] ?? [];
  const isNext = hoursAgo !== undefined && behindSeconds <= hoursAgo * HOUR_SECONDS;
  const submissions = next && isNext ? [await submission(network, voters, next, standing.length)] : [];
  return [...cranks, ...submissions, ...(await opinions(network, voters, standing))];
}

/** Until a step, a submission or the present, whichever comes first. */
function secondsToNext(standing: readonly StandingProposal[], { unixSeconds, behindSeconds }: ChainTime): bigint {
  const steps = standing.map(({ account }) => momentOf(account) - unixSeconds);
  const submissions = AGENDA.slice(standing.length).map(([hoursAgo]) => behindSeconds - hoursAgo * HOUR_SECONDS);
  const waits = [...steps, ...submissions, behindSeconds].filter((seconds) => seconds > 0n);
  return waits.toSorted((left, right) => Number(left - right))[0] ?? behindSeconds;
}

/** When the chain lets the proposal go on. */
function momentOf({ status, signalingFrom, votingFrom, votingEndsAt, executesFrom }: Proposal): bigint {
  return [signalingFrom, votingFrom, votingEndsAt, executesFrom][status] ?? 0n;
}
