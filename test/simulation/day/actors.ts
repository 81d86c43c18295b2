/**
 * The people of a simulated day, by subject: renters, providers, verifiers, stakers, traders, voters. Each group looks at
 * the chain and says what it sends now; what a program refuses is part of the picture and stays on the chain.
 * @module
 */
import type { Network } from '../network.ts';
import type { ProviderPlan } from '../population.ts';
import type { Random } from '../random.ts';
import type { Outcome } from '../sender.ts';
import type { TransactionPlan } from '../sign-plan.ts';
import type { Wallet } from '../wallet.ts';
import type { TradedModels } from './exchange/models.ts';

/** What every group knows. */
export interface World {
  readonly network: Network;
  readonly providers: readonly ProviderPlan[];
  readonly buyers: readonly Wallet[];
  readonly models: TradedModels;
  /** Signs for the epochs of the staking program and the trees of the marketplace. */
  readonly rewardAuthority: Wallet;
  /** Length of a tick. */
  readonly tickSeconds: number;
  readonly tickCount: number;
  /** A source of its own for each purpose, so that one group's draws do not move another's. */
  randomOf(purpose: string): Random;
}

export interface Moment {
  /** From 0. */
  readonly tick: number;
  readonly nowSeconds: bigint;
  readonly slot: bigint;
}

export interface Actors {
  readonly name: string;
  /** What they send now, in order; one transaction may build on an earlier one of the same call. */
  act(moment: Moment): Promise<readonly TransactionPlan[]>;
  /** What became of it, in the same order. */
  learn?(outcomes: readonly Outcome[], moment: Moment): void;
}

/** Sets its people up on the chain and returns them. */
export type CreateActors = (world: World) => Promise<Actors>;
