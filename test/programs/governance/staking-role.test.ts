/** Governance as the admin of the real staking program: taking the role, its settings, and what stays with the founders. */
import { describe, expect, it } from 'vitest';
import { addressOf } from '../svm.ts';
import { Chamber, INFER } from './chamber.ts';
import * as moves from './moves.ts';
import { overviewOf, putOverview } from './overview.ts';

const STAKING_ADMIN = addressOf('staking admin');
const [MIN_STAKE, DELEGATOR_DELAY, SLASHING_DELAY] = [99, 101, 103];

async function accepted(): Promise<Chamber> {
  const chamber = await Chamber.create();
  await putOverview(chamber, STAKING_ADMIN);
  chamber.run(moves.acceptStakingAdmin(chamber, STAKING_ADMIN));
  return chamber;
}

describe('the admin of the staking program', () => {
  it('becomes the authority of governance on the word of the admin before it, and of nobody else', async () => {
    const chamber = await Chamber.create();
    await putOverview(chamber, STAKING_ADMIN);
    expect(chamber.codeOf(moves.acceptStakingAdmin(chamber, addressOf('stranger')))).toBe(6014);
    chamber.run(moves.acceptStakingAdmin(chamber, STAKING_ADMIN));
    expect(overviewOf(chamber).programAdmin).toBe(chamber.at.authority);
  });

  it('sends the governed settings, which are the defaults of the table, and may send them again', async () => {
    const chamber = await accepted();
    const before = overviewOf(chamber);
    chamber.run(moves.push(chamber, 2));
    const settings = {
      delegatorUnstakeDelaySeconds: 604_800n,
      operatorUnstakeDelaySeconds: 2_592_000n,
      slashingDelaySeconds: 86_400n,
    };
    expect(overviewOf(chamber)).toEqual({ ...before, ...settings });
    chamber.run(moves.push(chamber, 2));
    expect(overviewOf(chamber)).toEqual({ ...before, ...settings });
  });

  it('carries a passed change to the program in the same transaction', async () => {
    const chamber = await accepted();
    const alice = await chamber.member('alice');
    chamber.run(moves.stake(chamber, alice, 100n * INFER));
    chamber.run(moves.handOver(chamber, MIN_STAKE), moves.handOver(chamber, SLASHING_DELAY));
    chamber.wait(1n);
    const action = moves.changing({ id: MIN_STAKE, value: 77n }, { id: SLASHING_DELAY, value: 90_000n });
    const proposal = await moves.pass(chamber, alice, action);
    const events = chamber.run(moves.executeChange(chamber, alice, proposal));
    expect(overviewOf(chamber)).toMatchObject({ minOperatorTokenStake: 77n, slashingDelaySeconds: 90_000n });
    expect(events.map(({ name }) => name)).toEqual(['ParametersChanged', 'ParametersPushed', 'ProposalExecuted']);
  });

  it('stores a passed change while the role is still another’s, and sends it once it is taken', async () => {
    const chamber = await Chamber.create();
    await putOverview(chamber, STAKING_ADMIN);
    const alice = await chamber.member('alice');
    chamber.run(moves.stake(chamber, alice, 100n * INFER), moves.handOver(chamber, DELEGATOR_DELAY));
    chamber.wait(1n);
    const proposal = await moves.pass(chamber, alice, moves.changing({ id: DELEGATOR_DELAY, value: 600_000n }));
    chamber.run(moves.executeChange(chamber, alice, proposal));
    expect([chamber.value(DELEGATOR_DELAY), overviewOf(chamber).delegatorUnstakeDelaySeconds]).toEqual([600_000n, 0n]);
    chamber.run(moves.acceptStakingAdmin(chamber, STAKING_ADMIN), moves.push(chamber, 2));
    expect(overviewOf(chamber).delegatorUnstakeDelaySeconds).toBe(600_000n);
  });

  it('leaves halts and keys to the founding admin, who cannot reach the governed settings', async () => {
    const chamber = await accepted();
    const before = overviewOf(chamber);
    const authority = addressOf('new reward authority');
    const operation = moves.operateStaking(chamber, {
      isStakingHalted: true,
      newRewardDistributionAuthorities: [authority],
      newHaltAuthorities: [],
    });
    const [event] = chamber.run(operation);
    expect(event).toMatchObject({ name: 'StakingOperated', data: { isStakingHalted: true } });
    expect(overviewOf(chamber)).toEqual({
      ...before,
      isStakingHalted: true,
      rewardDistributionAuthorities: [authority],
    });
    expect(chamber.codeOf(moves.operateStaking(chamber, {}, STAKING_ADMIN))).toBe(6014);
  });
});
