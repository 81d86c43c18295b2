/**
 * Moves proposals on when their time has come. Anybody may; here it is the network's admin who pays.
 * @module
 */
import type { Instruction } from '@solana/kit';
import { executionInstruction } from '../../../../jobs/governance/execution-instruction.ts';
import {
  beginSignaling,
  expireProposal,
  finalizeVote,
  openVoting,
  type Proposal,
} from '../../../../programs/governance/client.generated.ts';
import { findStaker } from '../../addresses.ts';
import { type Network, readAccounts } from '../../network.ts';
import type { Fate } from './proposals.ts';

const STATUS = { discussion: 0, signaling: 1, voting: 2, queued: 3 } as const;

export interface StandingProposal {
  readonly address: Network['governance'];
  readonly account: Proposal;
  readonly fate: Fate;
}

/** The instruction that is due, if any. */
export async function dueStep(network: Network, standing: StandingProposal, now: bigint): Promise<Instruction | null> {
  const { governance, parameters, governanceProgram } = network;
  const { address: proposal, account, fate } = standing;
  const staker = await findStaker(account.proposer, governanceProgram);
  switch (account.status) {
    case STATUS.discussion:
      return now < account.signalingFrom ? null : beginSignaling({ proposal }, governanceProgram);
    case STATUS.signaling:
      return now < account.votingFrom ? null : openVoting({ governance, parameters, proposal }, governanceProgram);
    case STATUS.voting:
      return now < account.votingEndsAt ? null : finalizeVote({ governance, staker, proposal }, governanceProgram);
    case STATUS.queued:
      if (now >= account.expiresAt) return expireProposal({ governance, staker, proposal }, governanceProgram);
      return now < account.executesFrom || fate === 'expires' ? null : execution(network, standing);
    default:
      return null;
  }
}

function execution(network: Network, { address: proposal, account }: StandingProposal): Promise<Instruction> {
  const { governance, parameters, governanceProgram: program, admin, inferMint } = network;
  return executionInstruction({
    ...{ program, governance, parameters, proposal, account, payer: admin.address },
    governed: { ...network, inferMint: inferMint.address },
    read: async (address) => (await readAccounts(network, [address]))[0] ?? null,
  });
}
