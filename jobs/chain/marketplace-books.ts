/**
 * The marketplace's books as the reward jobs use them: which epochs' trees they hold, and the instructions that put one
 * there.
 * @module
 */
import type { Address, Instruction } from '@solana/kit';
import type { RewardEpoch } from '../../indexer/domain/units.ts';
import {
  commitIncentives,
  commitReputationRoot,
  decodeEpochBook,
  decodeMarketplace,
  type EpochBook,
} from '../../programs/marketplace/client.generated.ts';
import { findMarketplace } from '../../programs/marketplace/pda.ts';
import { findEpochBook, findIncentiveEpoch, findIncentiveVault } from '../../programs/marketplace/proof-pda.ts';
import type { ChainClient, Commitment } from './chain-client.ts';

export interface Books {
  readonly book: EpochBook;
  /** Who may commit trees. */
  readonly rewardAuthority: Address;
  /** `base_reward_rate` in force: micro-INFER that the incentives of one epoch may have. */
  readonly budgetMicro: bigint;
}

export interface MarketplaceBooks {
  readonly address: Address;
  /** `null` before they are set up. */
  read(commitment: Commitment): Promise<Books | null>;
  reputationInstructions(authority: Address, epoch: RewardEpoch, root: Uint8Array): Promise<Instruction[]>;
  incentiveInstructions(
    authority: Address,
    epoch: RewardEpoch,
    tree: { readonly root: Uint8Array; readonly total: bigint },
  ): Promise<Instruction[]>;
}

export async function createMarketplaceBooks(client: ChainClient, program: Address): Promise<MarketplaceBooks> {
  const [marketplace, epochBook, incentiveVault] = await Promise.all([
    findMarketplace(program),
    findEpochBook(program),
    findIncentiveVault(program),
  ]);
  return {
    address: epochBook,
    async read(commitment) {
      const [settings, book] = await client.accounts([marketplace, epochBook], commitment);
      if (!settings || !book) return null;
      const { rewardAuthority, baseRewardRate } = decodeMarketplace(settings).settings;
      return { book: decodeEpochBook(book), rewardAuthority, budgetMicro: baseRewardRate };
    },
    reputationInstructions: async (rewardAuthority, epoch, root) => [
      commitReputationRoot({ rewardAuthority, marketplace, epochBook }, { epoch, root }, program),
    ],
    async incentiveInstructions(rewardAuthority, epoch, { root, total }) {
      const incentiveEpoch = await findIncentiveEpoch(epoch, program);
      const accounts = { marketplace, epochBook, incentiveVault, incentiveEpoch };
      return [
        commitIncentives({ payer: rewardAuthority, rewardAuthority, ...accounts }, { epoch, root, total }, program),
      ];
    },
  };
}
