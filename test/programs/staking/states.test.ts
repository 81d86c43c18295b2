/** What may be done to a pool in each state of its life: one chain per state and action. */
import type { Address } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { addressOf } from '../svm.ts';
import * as act from './actions.ts';
import { type Pool, StakingNetwork } from './network.ts';

const STATES = ['open', 'behind', 'halted', 'closing', 'final'] as const;
type State = (typeof STATES)[number];

interface Stage {
  readonly network: StakingNetwork;
  readonly pool: Pool;
  readonly delegator: Address;
}

const leafOf = (pool: Pool) => ({ pool, rewardAmount: 100n, usdcAmount: 9_000n });

/** Operator and delegator with stake, USDC and cooling tokens after epoch 1, then brought into the state. */
async function staged(state: State): Promise<Stage> {
  const network = await StakingNetwork.ready({ minOperatorTokenStake: 1_000n });
  act.appoint(network);
  const { svm } = network;
  svm.setUnixTimestamp(1_000n);
  const pool = await network.pool('operator');
  const delegator = await network.delegator('delegator', pool);
  svm.run(await network.stake(pool.admin, pool, 3_000n), await network.stake(delegator, pool, 1_500n));
  await network.epoch(1n, leafOf(pool));
  for (const owner of [pool.admin, delegator]) svm.run(await act.unstake(network, owner, pool, 100n));
  const stage = { network, pool, delegator };
  if (state === 'behind') await records(stage, 3n);
  if (state === 'halted') svm.run(act.halt(network, pool));
  if (state === 'closing' || state === 'final') svm.run(act.closePool(network, pool));
  if (state === 'final') {
    await network.epoch(2n, leafOf(pool));
    await records(stage, 3n);
  }
  return stage;
}

/** Records of all epochs up to `last`. */
async function records({ network, pool }: Stage, last: bigint): Promise<void> {
  for (let epoch = network.overview().completedRewardEpoch + 1n; epoch <= last; epoch += 1n) {
    await network.record(epoch, leafOf(pool));
  }
}

type Action = (stage: Stage) => ProgramInstruction | Promise<ProgramInstruction>;
const next = ({ network, pool }: Stage) => network.state(pool).rewardLastClaimedEpoch + 1n;

const withRecords =
  (ahead: bigint, action: Action): Action =>
  async (stage) => {
    await records(stage, next(stage) + ahead);
    return action(stage);
  };

const afterDelay =
  (action: Action): Action =>
  (stage) => {
    stage.network.svm.setUnixTimestamp(1_000n + 86_400n);
    return action(stage);
  };

const ok = null;
/** Codes in the order of `STATES`. */
const TABLE: readonly (readonly [string, Action, readonly (number | null)[]])[] = [
  ['stake', ({ network, pool }) => network.stake(pool.admin, pool, 5n), [ok, 6002, 6010, 6008, 6008]],
  ['unstake by a delegator', (s) => act.unstake(s.network, s.delegator, s.pool, 9n), [ok, 6002, ok, ok, ok]],
  [
    'unstake by the operator, to zero',
    (s) => act.unstake(s.network, s.pool.admin, s.pool, 2_900n),
    [6003, 6002, 6001, ok, ok],
  ],
  ['claim_unstake by a delegator', (s) => act.claimUnstake(s.network, s.delegator, s.pool), [ok, 6002, ok, ok, ok]],
  ['claim_unstake by the operator', (s) => act.claimUnstake(s.network, s.pool.admin, s.pool), [ok, 6002, 6001, ok, ok]],
  ['cancel_unstake', (s) => act.cancelUnstake(s.network, s.pool.admin, s.pool), [ok, 6002, ok, ok, ok]],
  ['claim_usdc_earnings by a delegator', (s) => act.claimUsdc(s.network, s.delegator, s.pool), [ok, 6002, ok, ok, ok]],
  [
    'claim_usdc_earnings by the operator',
    (s) => act.claimUsdc(s.network, s.pool.admin, s.pool),
    [ok, 6002, 6010, ok, ok],
  ],
  [
    'accrue_reward of the next record',
    withRecords(0n, (s) => s.network.accrue(next(s), leafOf(s.pool))),
    [ok, ok, ok, ok, 6008],
  ],
  [
    'accrue_reward of an old record',
    (s) => s.network.accrue(next(s) - 1n, leafOf(s.pool)),
    [2003, 2003, 2003, 2003, 2003],
  ],
  [
    'accrue_reward_emergency_bypass with the record after the next',
    withRecords(1n, (s) => act.bypass(s.network, s.pool, next(s))),
    [ok, ok, 6010, ok, 6008],
  ],
  [
    'accrue_reward_emergency_bypass of the newest epoch',
    withRecords(0n, (s) => act.bypass(s.network, s.pool, s.network.overview().completedRewardEpoch)),
    [3012, 3012, 3012, 3012, 3012],
  ],
  ['withdraw_operator_reward_commission', (s) => act.withdrawRewards(s.network, s.pool), [ok, ok, 6010, ok, ok]],
  ['withdraw_operator_usdc_commission', (s) => act.withdrawUsdc(s.network, s.pool), [ok, ok, 6010, ok, ok]],
  ['close_operator_pool', (s) => act.closePool(s.network, s.pool), [ok, ok, 6010, 6008, 6008]],
  ['update_operator_pool', (s) => act.updatePool(s.network, s.pool, { name: 'x' }), [ok, ok, ok, ok, ok]],
  ['change_operator_staking_record', (s) => act.changeRecord(s.network, s.pool, s.delegator), [ok, ok, 6010, ok, ok]],
  ['change_operator_admin', (s) => act.changeAdmin(s.network, s.pool, addressOf('heir')), [ok, ok, ok, ok, ok]],
  ['slash_stake after the delay', afterDelay((s) => act.slash(s.network, s.pool, 1n)), [6046, 6046, ok, 6046, 6046]],
  ['sweep_closed_pool_usdc_dust', (s) => act.sweep(s.network, s.pool), [6039, 6039, 6039, 6039, 6040]],
  ['set_halt_status', (s) => act.halt(s.network, s.pool), [ok, ok, ok, ok, ok]],
];

describe.each(TABLE.map(([action, make, codes]) => ({ action, make, codes })))('$action', ({ make, codes }) => {
  it.each(STATES.map((state, index) => ({ state, code: codes[index] })))(
    'in a pool that is $state gives $code',
    async ({ state, code }) => {
      const stage = await staged(state);
      expect(stage.network.svm.codeOf(await make(stage))).toBe(code);
    },
  );
});

describe('the switches of the whole program', () => {
  const switches = ['isStakingHalted', 'isWithdrawalHalted', 'isAccrueRewardHalted'] as const;
  const BLOCKED: readonly (readonly [string, Action, readonly (number | null)[]])[] = [
    ['stake', ({ network, pool }) => network.stake(pool.admin, pool, 5n), [6011, ok, ok]],
    ['unstake', (s) => act.unstake(s.network, s.delegator, s.pool, 9n), [6011, 6012, ok]],
    ['claim_unstake', (s) => act.claimUnstake(s.network, s.delegator, s.pool), [ok, 6012, ok]],
    ['cancel_unstake', (s) => act.cancelUnstake(s.network, s.delegator, s.pool), [ok, ok, ok]],
    ['claim_usdc_earnings', (s) => act.claimUsdc(s.network, s.delegator, s.pool), [ok, 6012, ok]],
    ['withdraw_operator_reward_commission', (s) => act.withdrawRewards(s.network, s.pool), [ok, 6012, ok]],
    ['accrue_reward', withRecords(0n, (s) => s.network.accrue(next(s), leafOf(s.pool))), [ok, ok, 6013]],
    ['accrue_reward_emergency_bypass', withRecords(1n, (s) => act.bypass(s.network, s.pool, next(s))), [ok, ok, ok]],
    ['close_operator_pool', (s) => act.closePool(s.network, s.pool), [ok, ok, ok]],
  ];

  it.each(BLOCKED)('stop %s or leave it', async (_, make, codes) => {
    for (const [index, name] of switches.entries()) {
      const stage = await staged('open');
      const instruction = await make(stage);
      stage.network.svm.run(stage.network.update({ [name]: true }));
      expect(stage.network.svm.codeOf(instruction), name).toBe(codes[index]);
    }
  });
});
