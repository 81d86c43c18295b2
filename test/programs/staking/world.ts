/**
 * Pools, owners and epochs that live by random instructions, and what must be true of them after each.
 *
 * In: a seed. Out: one random instruction at a time, sent to the program; `checkWorld` states the invariants. What the
 * program refuses changes nothing and is counted apart. Everything follows from the seed.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import type { OperatorPool } from '../../../programs/staking/client.generated.ts';
import { addressOf } from '../svm.ts';
import * as act from './actions.ts';
import {
  EMISSION_OF_FIRST_EPOCHS,
  type Leaf,
  leafHash,
  PAYOUT_WALLET,
  type Pool,
  REWARD_AUTHORITY,
  StakingNetwork,
  TOKEN_MINT,
  USDC_MINT,
} from './network.ts';

const OWNER_COUNT = 4;
const MOST_POOLS = 6;
/** Emission is the same in these epochs; a world that reaches the last of them records no more. */
const LAST_EPOCH = 200n;
const WALLET_TOKENS = 10n ** 16n;

/** Numbers from a seed: mulberry32. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0 to below `bound`. */
  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** Small, or of any size up to 10^12. */
  amount(): bigint {
    return this.chance(25) ? BigInt(this.below(60)) : BigInt(this.below(10 ** (1 + this.below(12))));
  }
}

export type Kind = keyof typeof STEPS;
export type Taken = { readonly kind: Kind; readonly accepted: boolean; readonly pool: Pool };

export class World {
  readonly network: StakingNetwork;
  readonly dice: Dice;
  readonly owners: readonly Address[];
  readonly pools: Pool[] = [];
  /** Leaves of each epoch, by its number less one: null for a pool left out. */
  readonly epochs: (Leaf | null)[][] = [];
  /** What was put in from outside: into the global vaults, and into wallets. */
  readonly deposited = { rewards: 0n, usdc: 0n };
  now = 1_000n;

  private constructor(network: StakingNetwork, dice: Dice, owners: readonly Address[]) {
    this.network = network;
    this.dice = dice;
    this.owners = owners;
  }

  static async create(seed: number): Promise<World> {
    const network = await StakingNetwork.ready({ delegatorUnstakeDelaySeconds: 20n, operatorUnstakeDelaySeconds: 40n });
    act.appoint(network);
    network.giveTokens(PAYOUT_WALLET, 0n);
    const owners = Array.from({ length: OWNER_COUNT }, (_, index) => addressOf(`owner ${index}`));
    const world = new World(network, new Dice(seed), owners);
    for (let count = 0; count < 3; count += 1) await world.openPool();
    for (const owner of owners) network.giveTokens(owner, WALLET_TOKENS);
    world.deposited.rewards += BigInt(owners.length) * WALLET_TOKENS;
    return world;
  }

  /** Everybody who may hold a record in a pool: its first operator and the owners. */
  holders(pool: Pool): readonly Address[] {
    const operator = this.operators.get(pool.address) as Address;
    return [operator, ...this.owners];
  }

  private readonly operators = new Map<Address, Address>();

  async openPool(): Promise<void> {
    const operator = addressOf(`operator ${this.pools.length}`);
    const bps = () => this.dice.of([0, 1, 1_000, 3_333, 10_000]);
    const rates = { rewardCommissionRateBps: bps(), usdcCommissionRateBps: bps() };
    const pool = await this.network.pool(
      `operator ${this.pools.length}`,
      { ...rates, autoStakeFees: this.dice.chance(50) },
      WALLET_TOKENS,
    );
    this.deposited.rewards += WALLET_TOKENS;
    this.operators.set(pool.address, operator);
    this.pools.push(pool);
    for (const owner of this.owners) this.network.svm.run(await this.network.createRecord(owner, pool));
  }

  /** Send one random instruction. */
  async step(): Promise<Taken> {
    const kind = this.dice.of(WEIGHTED);
    const pool = this.pick(kind);
    this.now += BigInt(this.dice.below(8));
    this.network.svm.setUnixTimestamp(this.now);
    const instruction = await STEPS[kind](this, pool);
    if (instruction === null) return { kind, accepted: false, pool };
    const { failure } = this.network.svm.send(instruction);
    // A refusal has a number; without one the program has aborted, which nothing an outsider sends should bring about.
    if (failure !== null && failure.code === null) throw new Error(`${kind} aborted: ${failure.text}`);
    if (failure === null) await this.follow(kind, pool);
    return { kind, accepted: failure === null, pool };
  }

  /** A pool for an instruction: mostly one in the state that it is for. */
  private pick(kind: Kind): Pool {
    const suits = SUITS[kind];
    const completed = this.network.overview().completedRewardEpoch;
    const suiting =
      suits && this.dice.chance(85) ? this.pools.filter((pool) => suits(this.network.state(pool), completed)) : [];
    return this.dice.of(suiting.length > 0 ? suiting : this.pools);
  }

  /** Whether an open or closing pool has epochs to accrue. */
  private isBehind(): boolean {
    const { completedRewardEpoch } = this.network.overview();
    return this.pools.some((pool) => isBehind(this.network.state(pool), completedRewardEpoch));
  }

  /** Keep what later instructions need to know. */
  private async follow(kind: Kind, pool: Pool): Promise<void> {
    if (kind !== 'changeRecord' && kind !== 'changeAdmin') return;
    const { admin, operatorStakingRecord } = this.network.state(pool);
    this.pools[this.pools.indexOf(pool)] = { ...pool, admin, record: operatorStakingRecord };
    act.usdcOf(this.network, admin);
    if (!this.network.svm.exists(this.network.walletOf(admin))) this.network.giveTokens(admin, 0n);
  }

  /** The next epoch, with most pools in it; null at the end of the schedule. */
  async nextEpoch(): Promise<ProgramInstruction | null> {
    const { network, dice } = this;
    const { completedRewardEpoch, unclaimedRewards, unclaimedUsdc, isEpochFinalizing } = network.overview();
    const epoch = completedRewardEpoch + 1n;
    if (epoch > LAST_EPOCH || (this.isBehind() && dice.chance(70))) return null;
    if (!isEpochFinalizing) return network.mark(epoch);
    const leaves = this.pools.map((pool) =>
      dice.chance(92) ? { pool, rewardAmount: dice.amount(), usdcAmount: dice.amount() } : null,
    );
    const usdc = leaves.reduce((sum, leaf) => sum + (leaf?.usdcAmount ?? 0n), 0n);
    this.fill('rewards', unclaimedRewards + EMISSION_OF_FIRST_EPOCHS);
    this.fill('usdc', unclaimedUsdc + usdc);
    const roots = leaves.map((leaf, index) => (leaf ? leafHash(leaf) : new Uint8Array(32).fill(index)));
    this.epochs.push(leaves);
    return network.createReward(epoch, roots, EMISSION_OF_FIRST_EPOCHS, usdc);
  }

  private fill(what: 'rewards' | 'usdc', target: bigint): void {
    const { svm, places } = this.network;
    const [vault, mint] = what === 'rewards' ? [places.rewardVault, TOKEN_MINT] : [places.usdcVault, USDC_MINT];
    const missing = target - svm.tokens(vault);
    if (missing <= 0n) return;
    svm.putTokens(vault, mint, places.overview, target);
    this.deposited[what] += missing;
  }

  /** The next accrual of a pool, or its bypass; of a final pool the call that pays what is left. */
  async accrual(pool: Pool): Promise<ProgramInstruction | null> {
    const { rewardLastClaimedEpoch, closedAtEpoch } = this.network.state(pool);
    const nothing = { pool, rewardAmount: 0n, usdcAmount: 0n };
    if (closedAtEpoch === rewardLastClaimedEpoch) return this.network.accrue(rewardLastClaimedEpoch, nothing);
    const epoch = rewardLastClaimedEpoch + 1n;
    const index = this.pools.indexOf(pool);
    const leaf = this.epochs[Number(epoch) - 1]?.[index];
    if (leaf) return this.network.accrue(epoch, { ...leaf, pool }, undefined, index);
    return act.bypass(this.network, pool, epoch, this.dice.of([pool.admin, REWARD_AUTHORITY]));
  }
}

type Step = (world: World, pool: Pool) => ProgramInstruction | null | Promise<ProgramInstruction | null>;

/** Shares of a record, a part of them or one too many. */
async function someShares({ network, dice }: World, owner: Address, pool: Pool): Promise<bigint> {
  if (!network.svm.exists(await act.recordAt(network, owner, pool))) return 1n;
  const { shares } = await network.recordOf(owner, pool);
  return dice.of([shares, shares / 2n, shares / 2n, 1n, shares + 1n]);
}

const STEPS = {
  stake: (world, pool) => world.network.stake(world.dice.of(world.holders(pool)), pool, world.dice.amount()),
  unstake: async (world, pool) => {
    const owner = world.dice.of(world.holders(pool));
    return act.unstake(world.network, owner, pool, await someShares(world, owner, pool));
  },
  cancel: (world, pool) => act.cancelUnstake(world.network, world.dice.of(world.holders(pool)), pool),
  claimUnstake: (world, pool) => act.claimUnstake(world.network, world.dice.of(world.holders(pool)), pool),
  claimUsdc: (world, pool) => act.claimUsdc(world.network, world.dice.of(world.holders(pool)), pool),
  closeRecord: (world, pool) => {
    const judge = world.dice.chance(80) ? pool : world.dice.of(world.pools);
    return act.closeRecord(world.network, world.dice.of(world.holders(pool)), pool, judge);
  },
  createRecord: async (world, pool) => {
    for (const owner of world.holders(pool)) {
      const at = await act.recordAt(world.network, owner, pool);
      if (!world.network.svm.exists(at)) return world.network.createRecord(owner, pool);
    }
    return null;
  },
  epoch: (world) => world.nextEpoch(),
  accrue: (world, pool) => world.accrual(pool),
  bypass: (world, pool) => {
    const admin = world.dice.chance(50) ? pool.admin : REWARD_AUTHORITY;
    return act.bypass(world.network, pool, world.network.state(pool).rewardLastClaimedEpoch + 1n, admin);
  },
  halt: (world, pool) => act.halt(world.network, pool),
  unhalt: (world, pool) => act.halt(world.network, pool, false),
  slash: async (world, pool) => {
    const { haltedAtTimestamp } = world.network.state(pool);
    if (haltedAtTimestamp !== null && world.dice.chance(60)) {
      world.now += 86_400n;
      world.network.svm.setUnixTimestamp(world.now);
    }
    return act.slash(world.network, pool, world.dice.chance(30) ? 10n ** 12n : world.dice.amount());
  },
  update: (world, pool) => {
    const rate = () => (world.dice.chance(50) ? { rateBps: world.dice.below(10_001) } : null);
    return act.updatePool(world.network, pool, {
      newRewardCommissionRateBps: rate(),
      newUsdcCommissionRateBps: rate(),
      autoStakeFees: world.dice.chance(50),
      allowDelegation: world.dice.chance(85),
    });
  },
  changeRecord: (world, pool) => act.changeRecord(world.network, pool, world.dice.of(world.holders(pool))),
  changeAdmin: (world, pool) => act.changeAdmin(world.network, pool, world.dice.of(world.owners)),
  withdrawRewards: (world, pool) => act.withdrawRewards(world.network, pool),
  withdrawUsdc: (world, pool) => act.withdrawUsdc(world.network, pool),
  closePool: async (world, pool) => {
    if (world.pools.length < MOST_POOLS) await world.openPool();
    return act.closePool(world.network, pool);
  },
  sweep: (world, pool) => act.sweep(world.network, pool),
  settings: (world) =>
    world.network.update({
      isStakingHalted: world.dice.chance(3),
      isWithdrawalHalted: world.dice.chance(3),
      isAccrueRewardHalted: world.dice.chance(3),
      minOperatorTokenStake: world.dice.chance(20) ? world.dice.amount() / 1_000n : 0n,
    }),
} satisfies Record<string, Step>;

const isBehind = ({ rewardLastClaimedEpoch, closedAtEpoch }: OperatorPool, completed: bigint) =>
  rewardLastClaimedEpoch < completed && rewardLastClaimedEpoch !== closedAtEpoch;

/** The state of pool that an instruction is for, where few are in it. */
const SUITS: Partial<Readonly<Record<Kind, (pool: OperatorPool, completed: bigint) => boolean>>> = {
  accrue: isBehind,
  bypass: isBehind,
  slash: ({ haltedAtTimestamp }) => haltedAtTimestamp !== null,
  unhalt: ({ haltedAtTimestamp }) => haltedAtTimestamp !== null,
  sweep: (pool) => pool.closedAtEpoch !== null && pool.totalShares + pool.totalUnstaking === 0n,
  stake: (pool, completed) => pool.closedAtEpoch === null && !isBehind(pool, completed),
  unstake: (pool, completed) => pool.totalShares > 0n && !isBehind(pool, completed),
  cancel: (pool, completed) => pool.totalUnstaking > 0n && !isBehind(pool, completed),
  claimUnstake: (pool, completed) => pool.totalUnstaking > 0n && !isBehind(pool, completed),
  claimUsdc: (pool, completed) => !isBehind(pool, completed),
};

/** How often each is tried. */
const WEIGHTS: Readonly<Record<Kind, number>> = {
  stake: 22,
  unstake: 16,
  cancel: 8,
  claimUnstake: 14,
  claimUsdc: 12,
  closeRecord: 2,
  createRecord: 4,
  epoch: 30,
  accrue: 40,
  bypass: 8,
  halt: 2,
  unhalt: 4,
  slash: 4,
  update: 3,
  changeRecord: 2,
  changeAdmin: 1,
  withdrawRewards: 3,
  withdrawUsdc: 3,
  closePool: 1,
  sweep: 4,
  settings: 6,
};

const WEIGHTED = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array<Kind>(weight).fill(kind as Kind));
export const KINDS = Object.keys(STEPS) as Kind[];
