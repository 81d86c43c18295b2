/**
 * The reward authority's trees, and the instructions of reputation and incentives.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address } from '@solana/kit';
import { buildTree, type MerkleProof, proofOf, rootOf } from '../../../jobs/rewards/trees/merkle-tree.ts';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  claimIncentive,
  commitIncentives,
  commitReputationRoot,
  fundIncentives,
  proveReputation,
} from '../../../programs/marketplace/client.generated.ts';
import { findIncentiveClaim, findIncentiveEpoch } from '../../../programs/marketplace/proof-pda.ts';
import { accountOf, type ProviderParty } from './actors.ts';
import { INFER_MINT, PAYER, REWARD_AUTHORITY, type Stage } from './market.ts';
import type { Books } from './proof-actors.ts';

const PADDING = '11111111111111111111111111111111,0,0';
const WIDTH = 4;

/** A provider with its score or amount. */
export type Leaf = readonly [ProviderParty, bigint];

export type Epochs = { readonly stage: Stage; readonly books: Books };

/** A tree of up to four leaves `<provider>,<number>,<epoch>`. */
export function treeOf(leaves: readonly Leaf[], epoch: bigint) {
  const texts = leaves.map(([{ provider }, value]) => `${provider},${value},${epoch}`);
  const padded = [...texts, ...Array.from({ length: WIDTH }, () => PADDING)].slice(0, WIDTH);
  const hashes = padded.map((text) => createHash('sha256').update(Uint8Array.of(0)).update(text).digest());
  const tree = buildTree(new Uint8Array(Buffer.concat(hashes)));
  return { root: rootOf(tree), proofAt: (position: number) => proofOf(tree, position) };
}

function proofArgs({ proof, proofPath }: MerkleProof) {
  return { proof: [...proof], proofPath: [...proofPath] };
}

export function commitRoot(
  { stage, books }: Epochs,
  epoch: bigint,
  root: Uint8Array,
  by: Address = REWARD_AUTHORITY,
): ProgramInstruction {
  const { marketplace } = stage;
  return commitReputationRoot({ rewardAuthority: by, marketplace, epochBook: books.epochBook }, { epoch, root });
}

export function prove(
  { books }: Epochs,
  { provider }: ProviderParty,
  score: number,
  proof: MerkleProof,
): ProgramInstruction {
  return proveReputation({ epochBook: books.epochBook, provider }, { score, ...proofArgs(proof) });
}

export function fund({ books }: Epochs, { owner, ownerInfer }: ProviderParty, amount: bigint): ProgramInstruction {
  const vaults = { epochBook: books.epochBook, incentiveVault: books.incentiveVault };
  return fundIncentives({ funder: owner, ...vaults, funderTokenAccount: ownerInfer }, { amount });
}

export async function reserve(
  { stage, books }: Epochs,
  epoch: bigint,
  root: Uint8Array,
  total: bigint,
  by: Address = REWARD_AUTHORITY,
): Promise<ProgramInstruction> {
  const incentiveEpoch = await findIncentiveEpoch(epoch);
  const accounts = { payer: PAYER, rewardAuthority: by, marketplace: stage.marketplace, incentiveEpoch };
  const { epochBook, incentiveVault } = books;
  return commitIncentives({ ...accounts, epochBook, incentiveVault }, { epoch, root, total });
}

export async function claim(
  { stage, books }: Epochs,
  epoch: bigint,
  { provider, payoutAccounts }: ProviderParty,
  amount: bigint,
  proof: MerkleProof,
): Promise<ProgramInstruction> {
  const incentiveEpoch = await findIncentiveEpoch(epoch);
  return claimIncentive(
    {
      payer: PAYER,
      marketplace: stage.marketplace,
      epochBook: books.epochBook,
      incentiveEpoch,
      incentiveClaim: await findIncentiveClaim(incentiveEpoch, provider),
      provider,
      incentiveVault: books.incentiveVault,
      providerTokenAccount: accountOf(payoutAccounts, INFER_MINT),
    },
    { amount, ...proofArgs(proof) },
  );
}
