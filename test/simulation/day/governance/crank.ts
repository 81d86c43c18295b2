/**
 * Moves proposals on when their time has come. Anybody may; here it is the network's admin who pays.
 * @module
 */
import type { Instruction } from '@solana/kit';
import {
  beginSignaling,
  executeCatalogChange,
  executeHostStatus,
  executeParamChange,
  executeText,
  executeTreasurySpend,
  expireProposal,
  finalizeVote,
  openVoting,
  type Proposal,
} from '../../../../programs/governance/client.generated.ts';
import { findStaker, findTreasuryVault } from '../../addresses.ts';
import type { Network } from '../../network.ts';
import { executionOf, type Fate } from './proposals.ts';

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

async function execution(network: Network, { address: proposal, account }: StandingProposal): Promise<Instruction> {
  const { governance, parameters, governanceProgram, marketplaceProgram, marketplace } = network;
  const shared = { governance, staker: await findStaker(account.proposer, governanceProgram), proposal };
  const authority = network.governanceAuthority;
  switch (executionOf(account.action)) {
    case 'parameters':
      return executeParamChange(
        {
          ...shared,
          parameters,
          authority,
          marketplaceProgram,
          marketplace,
          exchangeProgram: network.exchangeProgram,
          exchange: network.exchange,
          stakingProgram: network.stakingProgram,
          poolOverview: network.poolOverview,
        },
        governanceProgram,
      );
    case 'spend': {
      const { mint, recipient } = account.action.spend ?? { mint: governance, recipient: governance };
      const treasury = await findTreasuryVault(mint, governanceProgram);
      return executeTreasurySpend({ ...shared, parameters, authority, treasury, recipient }, governanceProgram);
    }
    case 'host': {
      const provider = account.action.host ?? governance;
      return executeHostStatus({ ...shared, authority, marketplaceProgram, marketplace, provider }, governanceProgram);
    }
    case 'catalog':
      return executeCatalogChange({ ...shared, authority, marketplaceProgram, marketplace }, governanceProgram);
    default:
      return executeText(shared, governanceProgram);
  }
}
