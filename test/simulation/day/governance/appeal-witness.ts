/**
 * Somebody who prepares the execution of an appeal over a challenge when it is due, as a wallet would ask the API to, and
 * sends nothing.
 * @module
 */
import { createChainClient } from '../../../../jobs/chain/chain-client.ts';
import type { Prepared } from '../../../../jobs/chain/prepared-transaction.ts';
import { prepareExecute } from '../../../../jobs/governance/prepare-vote.ts';
import { decodeProposal } from '../../../../programs/governance/client.generated.ts';
import { findProposal } from '../../addresses.ts';
import { readAccounts } from '../../network.ts';
import type { CreateActors } from '../actors.ts';
import { type Hosts, proposalsOf } from './proposals.ts';

const QUEUED = 3;

/** @param seen takes what is prepared, once; it acts before the voters, who then execute it */
export function witnessAppeal(rpcUrl: string, hosts: Hosts, seen: Prepared[]): CreateActors {
  return async (world) => {
    const { network } = world;
    const client = createChainClient(rpcUrl);
    // An appeal comes after the proposals that are there from the first hour on.
    const proposalId = BigInt((await proposalsOf(world, hosts)).length);
    const address = await findProposal(proposalId, network.governanceProgram);
    return {
      name: 'appeal witness',
      async act({ nowSeconds }) {
        const [data] = seen.length > 0 ? [] : await readAccounts(network, [address]);
        if (!data) return [];
        const { status, executesFrom } = decodeProposal(data);
        if (status !== QUEUED || nowSeconds < executesFrom) return [];
        const payer = network.admin.address;
        seen.push(await prepareExecute(client, network.governanceProgram, { proposalId, payer }));
        return [];
      },
    };
  };
}
