/**
 * For every instruction of the staking program a chain on which it succeeds, with two of everything: pool `mine` and its
 * delegator act, pool `theirs` and its delegator are there to be mistaken for them.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import type { Exception, Scenario, Scenarios } from '../scenario.ts';
import { addressOf } from '../svm.ts';
import { OWNED } from '../wrong-accounts.ts';
import * as act from './actions.ts';
import {
  ADMIN,
  EMISSION_OF_FIRST_EPOCHS,
  leafHash,
  PAYOUT_WALLET,
  type Pool,
  proofOfDepth,
  REWARD_AUTHORITY,
  rootOf,
  StakingNetwork,
  TOKEN_MINT,
  USDC_MINT,
} from './network.ts';

/** Levels of the tree that the costs of an accrual are told for. */
const TREE_DEPTH = 17;
const FIRST: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other'],
  outcome: 'free',
  why: 'whoever signs first is the admin',
};
const ANY_KEY: Exception = {
  kinds: ['stranger', 'empty', 'copy', 'foreign', 'holder', 'mint', 'duplicate', 'other'],
  outcome: 'free',
  why: 'the admin names any address',
};
const OWN_WALLET: Exception = { kinds: ['copy'], outcome: 'free', why: 'any account of the same holder and mint' };
/** Even the vault itself: whoever is paid gives it up then. */
const ANY_OF_MINT: Exception = {
  kinds: ['copy', 'holder', 'other', 'duplicate'],
  outcome: 'free',
  why: 'any account of the mint',
};
const OTHER_MINT: Exception = { kinds: ['mint'], outcome: 'elsewhere', why: 'the token program compares mints' };
const CREATED: Exception = {
  kinds: ['readonly'],
  outcome: 'elsewhere',
  why: 'accounts are created before their marks are looked at, as in Anchor: the runtime refuses',
};
const ANY_RECEIVER: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other', 'foreign', 'copy'],
  outcome: 'free',
  why: 'the owner names who gets the lamports',
};

interface Pair {
  readonly network: StakingNetwork;
  readonly mine: Pool;
  readonly theirs: Pool;
  /** Delegators, each with a record in both pools and stake in its own. */
  readonly delegator: Address;
  readonly other: Address;
}

/** Two pools with two delegators, after an epoch that only `mine` has not accrued when `behind`. */
async function pair({ behind = false, autoStakeFees = false } = {}): Promise<Pair> {
  const network = await StakingNetwork.ready();
  act.appoint(network);
  const rates = { rewardCommissionRateBps: 1_000, usdcCommissionRateBps: 1_000, autoStakeFees };
  const mine = await network.pool('operator', rates);
  const theirs = await network.pool('other operator', rates);
  const delegator = await network.delegator('delegator', mine);
  const other = await network.delegator('other delegator', theirs);
  const { svm } = network;
  svm.run(await network.createRecord(other, mine), await network.createRecord(delegator, theirs));
  for (const [pool, owner] of [
    [mine, delegator],
    [theirs, other],
  ] as const) {
    svm.run(await network.stake(pool.admin, pool, 10_000n), await network.stake(owner, pool, 5_000n));
  }
  await recordEpoch({ network, mine, theirs, delegator, other }, 1n, !behind);
  for (const holder of [mine.admin, theirs.admin, delegator, other]) act.usdcOf(network, holder);
  return { network, mine, theirs, delegator, other };
}

const leafOf = (pool: Pool) => ({ pool, rewardAmount: 2_000n, usdcAmount: 3_000n });

/** An epoch with both pools in it, accrued by `theirs` and, if `mineToo`, by `mine`. */
async function recordEpoch({ network, mine, theirs }: Pair, epoch: bigint, mineToo: boolean): Promise<void> {
  const { overview, rewardVault, usdcVault } = network.places;
  network.svm.putTokens(rewardVault, TOKEN_MINT, overview, epoch * EMISSION_OF_FIRST_EPOCHS);
  network.svm.putTokens(usdcVault, USDC_MINT, overview, epoch * 6_000n);
  const roots = [mine, theirs].map((pool) => rootOf(leafHash(leafOf(pool)), proofOfDepth(TREE_DEPTH)));
  network.svm.run(
    network.mark(epoch),
    await network.createReward(epoch, roots, EMISSION_OF_FIRST_EPOCHS, 6_000n),
    await network.accrue(epoch, leafOf(theirs), proofOfDepth(TREE_DEPTH), 1),
  );
  if (mineToo) network.svm.run(await network.accrue(epoch, leafOf(mine), proofOfDepth(TREE_DEPTH), 0));
}

function scenario(
  { network, mine, theirs, delegator, other }: Pair,
  instruction: ProgramInstruction,
  exceptions: Scenario['exceptions'] = {},
): Scenario {
  const authorities = [ADMIN, REWARD_AUTHORITY, PAYOUT_WALLET, act.HALT_AUTHORITY, act.SLASHING_AUTHORITY];
  const others = [mine.admin, theirs.admin, delegator, other, ...authorities];
  for (const wallet of others) network.svm.fund(wallet);
  return { vm: network.svm.vm, instruction, others, exceptions };
}

/** A pool halted for longer than the slashing delay. */
async function slashable(): Promise<Pair> {
  const chain = await pair();
  chain.network.svm.setUnixTimestamp(1_000_000n);
  chain.network.svm.run(act.halt(chain.network, chain.mine));
  chain.network.svm.setUnixTimestamp(1_100_000n);
  return chain;
}

/** `mine` closed, final, left by everybody and paid out but for its dust. */
async function abandoned(): Promise<Pair> {
  const chain = await pair();
  const { network, mine, delegator } = chain;
  network.svm.run(act.closePool(network, mine));
  await recordEpoch(chain, 2n, true);
  for (const owner of [mine.admin, delegator]) {
    const { shares } = await network.recordOf(owner, mine);
    network.svm.run(await act.unstake(network, owner, mine, shares), await act.claimUnstake(network, owner, mine));
    network.svm.run(await act.claimUsdc(network, owner, mine));
  }
  await recordEpoch(chain, 3n, false);
  return chain;
}

async function unstaking(): Promise<Pair> {
  const chain = await pair();
  for (const [pool, owner] of [
    [chain.mine, chain.delegator],
    [chain.theirs, chain.other],
  ] as const) {
    chain.network.svm.run(await act.unstake(chain.network, owner, pool, 100n));
  }
  return chain;
}

const ofMine =
  (make: (chain: Pair) => ProgramInstruction | Promise<ProgramInstruction>, exceptions?: Scenario['exceptions']) =>
  async () => {
    const chain = await pair();
    return scenario(chain, await make(chain), exceptions);
  };

export const SCENARIOS: Scenarios = {
  async accrue_reward() {
    const chain = await pair({ autoStakeFees: true });
    await recordEpoch(chain, 2n, false);
    return scenario(chain, await chain.network.accrue(2n, leafOf(chain.mine), proofOfDepth(TREE_DEPTH)));
  },
  async accrue_reward_emergency_bypass() {
    const chain = await pair({ behind: true });
    await recordEpoch(chain, 2n, false);
    return scenario(chain, await act.bypass(chain.network, chain.mine, 1n));
  },
  async cancel_unstake() {
    const chain = await unstaking();
    return scenario(chain, await act.cancelUnstake(chain.network, chain.delegator, chain.mine), {
      owner_staking_record: [OWNED],
    });
  },
  change_operator_admin: ofMine(({ network, mine }) => act.changeAdmin(network, mine, addressOf('heir')), {
    new_admin: [{ ...FIRST, why: 'the admin names whoever signs' }],
  }),
  change_operator_staking_record: ofMine(({ network, mine, delegator }) => act.changeRecord(network, mine, delegator)),
  async claim_unstake() {
    const chain = await unstaking();
    return scenario(chain, await act.claimUnstake(chain.network, chain.delegator, chain.mine), {
      owner_token_account: [OWN_WALLET],
    });
  },
  claim_usdc_earnings: ofMine(({ network, mine, delegator }) => act.claimUsdc(network, delegator, mine), {
    staking_record: [OWNED],
    destination: [ANY_OF_MINT],
  }),
  close_operator_pool: ofMine(({ network, mine }) => act.closePool(network, mine), { operator_pool: [OWNED] }),
  close_staking_record: ofMine(({ network, mine, other }) => act.closeRecord(network, other, mine), {
    receiver: [ANY_RECEIVER],
  }),
  async create_operator_pool() {
    const chain = await pair();
    const pool = await chain.network.poolOf(addressOf('third operator'));
    chain.network.giveTokens(pool.admin, 1n);
    chain.network.svm.fund(pool.admin);
    return scenario(chain, chain.network.createPool(pool), {
      payer: [CREATED],
      operator_pool: [CREATED],
      staking_record: [CREATED],
      staked_token_account: [CREATED],
      reward_fee_token_account: [CREATED],
      usdc_fee_token_account: [CREATED],
      operator_usdc_vault: [CREATED],
      admin_token_account: [OWN_WALLET],
      registration_fee_payout_token_account: [OWN_WALLET],
    });
  },
  async create_pool_overview() {
    const network = await StakingNetwork.bare();
    return {
      vm: network.svm.vm,
      instruction: network.createOverview(),
      exceptions: {
        payer: [CREATED],
        pool_overview: [CREATED],
        reward_token_account: [CREATED],
        usdc_token_account: [CREATED],
        mint: [{ kinds: ['duplicate', 'copy', 'other'], outcome: 'free', why: 'the admin names the staked mint' }],
        program_admin: [FIRST],
        registration_fee_payout_wallet: [ANY_KEY],
        slashing_destination_token_account: [ANY_KEY],
        slashing_destination_usdc_account: [ANY_KEY],
      },
    };
  },
  async create_reward_record() {
    const chain = await pair();
    const { network } = chain;
    network.svm.run(network.mark(2n));
    return scenario(chain, await network.createReward(2n, [], 0n, 0n), {
      payer: [CREATED],
      reward_record: [CREATED],
    });
  },
  async create_staking_record() {
    const chain = await pair();
    return scenario(chain, await chain.network.createRecord(addressOf('third delegator'), chain.mine), {
      payer: [CREATED],
      owner_staking_record: [CREATED],
    });
  },
  mark_epoch_as_finalizing: ofMine(({ network }) => network.mark(2n)),
  set_halt_status: ofMine(({ network, mine }) => act.halt(network, mine), {
    operator_pool: [{ kinds: ['other'], outcome: 'free', why: 'a halt authority halts any pool' }],
  }),
  async slash_stake() {
    const chain = await slashable();
    return scenario(chain, act.slash(chain.network, chain.mine, 100n));
  },
  stake: ofMine(({ network, mine, delegator }) => network.stake(delegator, mine, 1_000n), {
    owner_token_account: [OWN_WALLET],
  }),
  async sweep_closed_pool_usdc_dust() {
    const chain = await abandoned();
    return scenario(chain, act.sweep(chain.network, chain.mine), {
      admin_usdc_account: [ANY_OF_MINT],
    });
  },
  unstake: ofMine(({ network, mine, delegator }) => act.unstake(network, delegator, mine, 100n)),
  update_operator_pool: ofMine(({ network, mine }) => act.updatePool(network, mine, { name: 'renamed' })),
  update_pool_overview: ofMine(({ network }) => network.update({ minOperatorTokenStake: 1n })),
  update_pool_overview_authorities: ofMine(({ network }) => network.authorize([REWARD_AUTHORITY])),
  withdraw_operator_reward_commission: ofMine(({ network, mine }) => act.withdrawRewards(network, mine), {
    destination: [ANY_OF_MINT, OTHER_MINT],
  }),
  withdraw_operator_usdc_commission: ofMine(({ network, mine }) => act.withdrawUsdc(network, mine), {
    destination: [ANY_OF_MINT, OTHER_MINT],
  }),
};
