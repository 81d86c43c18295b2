/** Every numbered error of governance is reached by its cause. */
import type { Address } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import type { Action, CreateProposalArgs, ParameterChange } from '../../../programs/governance/client.generated.ts';
import { describeErrors, type Refusal } from '../error-cases.ts';
import { addressOf } from '../svm.ts';
import { Chamber, HOUR, INFER, INFER_MINT, type Member, USDC_MINT } from './chamber.ts';
import * as moves from './moves.ts';
import { putOverview } from './overview.ts';

interface Scene {
  readonly chamber: Chamber;
  /** Holds all the power. */
  readonly alice: Member;
}
type Case = () => Promise<Refusal & { readonly chamber: Chamber }>;
type Act = (scene: Scene) => ProgramInstruction | Promise<ProgramInstruction>;
type ActOn = (scene: Scene & { readonly proposal: Address }) => ProgramInstruction | Promise<ProgramInstruction>;

const STRANGER = addressOf('stranger');
const [QUORUM, PLATFORM_FEE, FEE_BURN, VETO, INITIAL_MARGIN, MAINTENANCE_MARGIN] = [4, 9, 11, 6, 85, 86];

function acting(act: Act, overrides: readonly ParameterChange[] = []): Case {
  return async () => {
    const chamber = await Chamber.create(overrides);
    const alice = await chamber.member('alice');
    chamber.run(moves.stake(chamber, alice, 100n * INFER));
    chamber.wait(1n);
    return { chamber, vm: chamber.svm.vm, instruction: await act({ chamber, alice }) };
  };
}

function submitting(action: Action, text: Partial<CreateProposalArgs> = {}): Case {
  return acting(async ({ chamber, alice }) => moves.create(chamber, alice, await chamber.nextProposal(), action, text));
}

/** Changes proposed where governance holds quorum, veto, margins and the fee's parts. */
function proposing(...changes: readonly ParameterChange[]): Case {
  return acting(async ({ chamber, alice }) => {
    for (const id of [QUORUM, FEE_BURN, VETO, INITIAL_MARGIN]) chamber.run(moves.handOver(chamber, id));
    return moves.create(chamber, alice, await chamber.nextProposal(), moves.changing(...changes));
  });
}

/** A proposal on its way: just submitted, in its vote, or passed and due. */
const submitted = (act: ActOn): Case =>
  acting(async (scene) => act({ ...scene, proposal: await moves.submit(scene.chamber, scene.alice) }));
const voting = (act: ActOn): Case =>
  acting(async (scene) => act({ ...scene, proposal: await moves.bringToVote(scene.chamber, scene.alice) }));
const passed = (act: ActOn, action: Action = moves.TEXT): Case =>
  acting(async (scene) => act({ ...scene, proposal: await moves.pass(scene.chamber, scene.alice, action) }));

function starting(arrange: (chamber: Chamber) => void, change = (made: ProgramInstruction) => made): Case {
  return async () => {
    const chamber = await Chamber.prepare();
    arrange(chamber);
    return { chamber, vm: chamber.svm.vm, instruction: change(chamber.initialize()) };
  };
}

const PROGRAM_AT = 10;
const withStranger = (made: ProgramInstruction): ProgramInstruction => ({
  ...made,
  accounts: made.accounts.map((meta, index) => (index === PROGRAM_AT ? { ...meta, address: STRANGER } : meta)),
});

/** A spend of 10 INFER by alice's proposal, where the treasury holds `held`. */
function spending(held: bigint, change: Partial<NonNullable<Action['spend']>>, recipient?: Address): Case {
  return acting(async ({ chamber, alice }) => {
    const { at, svm } = chamber;
    svm.putTokens(at.inferTreasury, INFER_MINT, at.authority, held);
    const proposal = await moves.pass(chamber, alice, moves.spending(alice.tokens, change));
    const other = recipient === undefined ? alice.tokens : svm.putTokens(recipient, INFER_MINT, STRANGER, 0n);
    return moves.executeSpend(chamber, alice, proposal, other);
  });
}

const many = (count: number): ParameterChange[] => Array.from({ length: count }, () => ({ id: QUORUM, value: 2_000n }));

const CASES: Readonly<Record<string, Case>> = {
  UnknownKey: proposing({ id: 127, value: 1n }),
  BelowMin: proposing({ id: QUORUM, value: -1n }),
  AboveMax: proposing({ id: QUORUM, value: 7_501n }),
  StepTooLarge: proposing({ id: QUORUM, value: 3_001n }),
  Cooldown: acting(({ chamber }) => {
    chamber.run(moves.change(chamber, [{ id: QUORUM, value: 2_100n }]));
    chamber.wait(604_799n);
    return moves.change(chamber, [{ id: QUORUM, value: 2_200n }]);
  }),
  KeysNotAscending: proposing({ id: VETO, value: 3_000n }, { id: QUORUM, value: 2_100n }),
  JointSum: proposing({ id: FEE_BURN, value: 1n }),
  NothingProposed: proposing(),
  JointOrder: proposing({ id: INITIAL_MARGIN, value: 1_000n }, { id: MAINTENANCE_MARGIN, value: 1_000n }),
  TooManyChanges: proposing(...many(17)),
  HeldByFounders: proposing({ id: PLATFORM_FEE, value: 100n }),
  HeldByGovernance: acting(({ chamber }) => {
    chamber.run(moves.handOver(chamber, QUORUM));
    return moves.change(chamber, [{ id: QUORUM, value: 2_100n }]);
  }),
  InvalidInferMint: starting(({ svm }) => svm.putMint(INFER_MINT, 6)),
  InvalidUsdcMint: starting(({ svm }) => svm.putMint(USDC_MINT, 9)),
  ProgramNotExecutable: starting(() => {}, withStranger),
  NotFoundingAdmin: acting(({ chamber }) => moves.handOver(chamber, QUORUM, STRANGER)),
  ZeroAmount: acting(({ chamber, alice }) => moves.stake(chamber, alice, 0n)),
  StakeCommitted: submitted(({ chamber, alice }) => moves.unstake(chamber, alice, 100n * INFER)),
  NothingToWithdraw: acting(({ chamber, alice }) => moves.withdraw(chamber, alice)),
  StillUnbonding: acting(({ chamber, alice }) => {
    chamber.run(moves.unstake(chamber, alice, 1n));
    chamber.wait(168n * HOUR - 1n);
    return moves.withdraw(chamber, alice);
  }),
  ProposalStakeTooLow: acting(async ({ chamber, alice }) => {
    chamber.run(moves.unstake(chamber, alice, 99n * INFER + 1n));
    return moves.create(chamber, alice, await chamber.nextProposal());
  }),
  TooManyActiveProposals: acting(
    async ({ chamber, alice }) => {
      await moves.submit(chamber, alice);
      return moves.create(chamber, alice, await chamber.nextProposal());
    },
    [{ id: 7, value: 1n }],
  ),
  InvalidKind: submitting({ ...moves.TEXT, kind: 11 }),
  InvalidAction: submitting({ ...moves.TEXT, host: STRANGER }),
  InvalidText: submitting(moves.TEXT, { title: '' }),
  InvalidCategory: submitting(moves.spending(STRANGER, { category: 6 })),
  UnsupportedMint: submitting(moves.spending(STRANGER, { mint: STRANGER })),
  InvalidModel: submitting(moves.cataloging(4, { vramGb: 0 })),
  NotProposer: submitted(({ chamber, alice, proposal }) =>
    moves.cancel(chamber, { ...alice, owner: STRANGER }, proposal),
  ),
  VotingBegun: voting(({ chamber, alice, proposal }) => moves.cancel(chamber, alice, proposal)),
  NotInDiscussion: voting(({ proposal }) => moves.beginSignaling(proposal)),
  DiscussionNotOver: submitted(({ chamber, proposal }) => {
    chamber.wait(24n * HOUR - 1n);
    return moves.beginSignaling(proposal);
  }),
  NotInSignaling: submitted(({ chamber, alice, proposal }) => moves.signal(chamber, alice, proposal)),
  SignalingNotOver: submitted(({ chamber, proposal }) => {
    chamber.wait(24n * HOUR);
    chamber.run(moves.beginSignaling(proposal));
    chamber.wait(24n * HOUR - 1n);
    return moves.openVoting(chamber, proposal);
  }),
  NotInVoting: submitted(({ chamber, alice, proposal }) => moves.vote(chamber, alice, proposal)),
  VotingOver: voting(({ chamber, alice, proposal }) => {
    chamber.wait(72n * HOUR);
    return moves.vote(chamber, alice, proposal);
  }),
  VotingNotOver: voting(({ chamber, alice, proposal }) => {
    chamber.wait(72n * HOUR - 1n);
    return moves.finalize(chamber, alice, proposal);
  }),
  InvalidChoice: voting(({ chamber, alice, proposal }) => moves.vote(chamber, alice, proposal, 4)),
  NoVotingPower: voting(async ({ chamber, proposal }) => {
    const bob = await chamber.member('bob');
    chamber.run(moves.stake(chamber, bob, INFER));
    return moves.vote(chamber, bob, proposal);
  }),
  AlreadySignaled: submitted(async ({ chamber, alice, proposal }) => {
    chamber.wait(24n * HOUR);
    chamber.run(moves.beginSignaling(proposal), await moves.signal(chamber, alice, proposal));
    return moves.signal(chamber, alice, proposal, 1);
  }),
  AlreadyVoted: voting(async ({ chamber, alice, proposal }) => {
    chamber.run(await moves.vote(chamber, alice, proposal));
    return moves.vote(chamber, alice, proposal, 1);
  }),
  NotQueued: submitted(({ chamber, alice, proposal }) => moves.executeText(chamber, alice, proposal)),
  WrongKind: passed(({ chamber, alice, proposal }) => moves.executeSpend(chamber, alice, proposal, alice.tokens)),
  ExecutionDelayNotOver: passed(({ chamber, alice, proposal }) => {
    chamber.wait(-1n);
    return moves.executeText(chamber, alice, proposal);
  }),
  ExecutionWindowOver: passed(({ chamber, alice, proposal }) => {
    chamber.wait(168n * HOUR);
    return moves.executeText(chamber, alice, proposal);
  }),
  ExecutionWindowNotOver: passed(({ chamber, alice, proposal }) => {
    chamber.wait(168n * HOUR - 1n);
    return moves.expire(chamber, alice, proposal);
  }),
  TreasuryTooSmall: spending(10n * INFER - 1n, {}),
  GrantTooLarge: spending(100n * INFER - 1n, { category: 3 }),
  InvalidRecipient: spending(10n * INFER, {}, addressOf('INFER of a stranger')),
  InvalidProgram: acting(({ chamber }) => {
    const made = moves.push(chamber, 0);
    return { ...made, data: Uint8Array.from([...made.data.slice(0, -1), 3]) };
  }),
  ProgramNotSetUp: acting(({ chamber }) => moves.push(chamber, 0)),
  NotStakingAdmin: acting(async ({ chamber }) => {
    await putOverview(chamber, STRANGER);
    return moves.push(chamber, 2);
  }),
};

describeErrors({ folder: 'governance', cases: CASES });

describe('refusals of parameters', () => {
  it('the log names key, rule, value and limit', async () => {
    const { chamber, instruction } = await proposing({ id: QUORUM, value: 7_501n })();
    expect(chamber.send(instruction).logs).toContain(
      'Program log: Parameter quorum_bps: ABOVE_MAX, value 7501, limit 7500',
    );
  });

  it('data that are no arguments, and tags of no instruction, are refused', async () => {
    const { chamber, instruction } = await proposing()();
    expect(chamber.codeOf({ ...instruction, data: instruction.data.slice(0, 20) })).toBe(102);
    expect(chamber.codeOf({ ...instruction, data: new Uint8Array(8) })).toBe(101);
    expect(chamber.codeOf({ ...instruction, data: new Uint8Array(7) })).toBe(101);
  });
});
