/**
 * Scores and incentives on chain in a simulated day: once an epoch the reward authority commits a tree of each, and every
 * provider's leaf is proven. Scores are drawn, since how they come about is not the subject here.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address, Instruction } from '@solana/kit';
import { buildTree, type MerkleTree, proofOf, rootOf } from '../../../../jobs/rewards/trees/merkle-tree.ts';
import {
  claimIncentive,
  commitIncentives,
  commitReputationRoot,
  fundIncentives,
  proveReputation,
} from '../../../../programs/marketplace/client.generated.ts';
import {
  findEpochBook,
  findIncentiveClaim,
  findIncentiveEpoch,
  findIncentiveVault,
  findProvider,
} from '../../addresses.ts';
import { type Network, tokenAccountOf } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Actors, Moment, World } from '../actors.ts';

const FUNDS = 1_000_000_000_000n;
/** Base units of INFER that each provider earns in an epoch, at most; all of them stay below the budget. */
const MOST_INCENTIVE = 10_000_000;

interface Member {
  readonly provider: Address;
  readonly payout: Address;
}

interface Places {
  readonly epochBook: Address;
  readonly incentiveVault: Address;
  readonly members: readonly Member[];
}

export function createEpochTrees(ticksPerEpoch: number) {
  return async (world: World): Promise<Actors> => {
    const { network } = world;
    const program = network.marketplaceProgram;
    const places: Places = {
      epochBook: await findEpochBook(program),
      incentiveVault: await findIncentiveVault(program),
      members: await Promise.all(
        world.providers.map(async ({ wallet }) => ({
          provider: await findProvider(wallet.address, program),
          payout: await tokenAccountOf(wallet.address, network.inferMint.address),
        })),
      ),
    };
    const random = world.randomOf('epoch trees');
    return {
      name: 'epoch trees',
      async act({ tick }: Moment) {
        if (tick === 0) return [await funding(network, places)];
        if (tick % ticksPerEpoch !== 0) return [];
        const epoch = BigInt(tick / ticksPerEpoch);
        const scores = places.members.map(() => BigInt(random.integer(100_000, 1_000_000)));
        const amounts = places.members.map(() => BigInt(random.integer(1, MOST_INCENTIVE)));
        return [...reputation(world, places, epoch, scores), ...(await incentives(world, places, epoch, amounts))];
      },
    };
  };
}

async function funding(network: Network, { epochBook, incentiveVault }: Places): Promise<TransactionPlan> {
  const { admin, inferMint, marketplaceProgram } = network;
  const accounts = {
    funder: admin.address,
    epochBook,
    incentiveVault,
    funderTokenAccount: await tokenAccountOf(admin.address, inferMint.address),
  };
  return { instructions: [fundIncentives(accounts, { amount: FUNDS }, marketplaceProgram)], signers: [admin] };
}

/** Leaves as the programs take them: `<provider>,<number>,<epoch>`. */
function treeOf(members: readonly Member[], numbers: readonly bigint[], epoch: bigint): MerkleTree {
  const hashes = members.map(({ provider }, index) =>
    createHash('sha256').update(Uint8Array.of(0)).update(`${provider},${numbers[index]},${epoch}`).digest(),
  );
  return buildTree(new Uint8Array(Buffer.concat(hashes)));
}

function proofArgs(tree: MerkleTree, position: number) {
  const { proof, proofPath } = proofOf(tree, position);
  return { proof: [...proof], proofPath: [...proofPath] };
}

function reputation(
  { network, rewardAuthority }: World,
  { epochBook, members }: Places,
  epoch: bigint,
  scores: readonly bigint[],
): TransactionPlan[] {
  const { marketplace, marketplaceProgram: program, admin } = network;
  const tree = treeOf(members, scores, epoch);
  const accounts = { rewardAuthority: rewardAuthority.address, marketplace, epochBook };
  const commit = commitReputationRoot(accounts, { epoch, root: rootOf(tree) }, program);
  const proofs = members.map(({ provider }, position) =>
    proveReputation(
      { epochBook, provider },
      { score: Number(scores[position] ?? 0n), ...proofArgs(tree, position) },
      program,
    ),
  );
  return [
    { instructions: [commit], signers: [admin, rewardAuthority] },
    ...proofs.map((instruction: Instruction) => ({ instructions: [instruction], signers: [admin] as const })),
  ];
}

async function incentives(
  { network, rewardAuthority }: World,
  { epochBook, incentiveVault, members }: Places,
  epoch: bigint,
  amounts: readonly bigint[],
): Promise<TransactionPlan[]> {
  const { marketplace, marketplaceProgram: program, admin } = network;
  const tree = treeOf(members, amounts, epoch);
  const incentiveEpoch = await findIncentiveEpoch(epoch, program);
  const total = amounts.reduce((sum, each) => sum + each, 0n);
  const shared = { payer: admin.address, marketplace, epochBook, incentiveVault, incentiveEpoch };
  const commit = commitIncentives(
    { ...shared, rewardAuthority: rewardAuthority.address },
    { epoch, root: rootOf(tree), total },
    program,
  );
  const claims = await Promise.all(
    members.map(async ({ provider, payout }, position) => {
      const incentiveClaim = await findIncentiveClaim(incentiveEpoch, provider, program);
      const accounts = { ...shared, incentiveClaim, provider, providerTokenAccount: payout };
      return claimIncentive(accounts, { amount: amounts[position] ?? 0n, ...proofArgs(tree, position) }, program);
    }),
  );
  return [
    { instructions: [commit], signers: [admin, rewardAuthority] },
    ...claims.map((instruction) => ({ instructions: [instruction], signers: [admin] as const })),
  ];
}
