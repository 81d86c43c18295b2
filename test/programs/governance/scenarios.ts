/**
 * For every instruction of governance a chain on which it succeeds: two members with stake, records and proposals of both,
 * the governed programs set up.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import type { Action } from '../../../programs/governance/client.generated.ts';
import type { Exception, Scenario, Scenarios } from '../scenario.ts';
import { addressOf } from '../svm.ts';
import { Chamber, FOUNDER, HOUR, INFER, INFER_MINT, type Member, USDC_MINT } from './chamber.ts';
import { addBankroll, type Contested, putContested, putProvider, setUpExchange, setUpMarketplace } from './governed.ts';
import * as moves from './moves.ts';
import { putOverview } from './overview.ts';

interface World {
  readonly chamber: Chamber;
  readonly alice: Member;
  readonly bob: Member;
  readonly host: Address;
  /** Of two providers, on the word of bob. */
  readonly contested: Contested;
}
type Act = (world: World) => Promise<ProgramInstruction> | ProgramInstruction;
type Exceptions = NonNullable<Scenario['exceptions']>;

const STAKING_ADMIN = addressOf('staking admin');
const HANDED_OVER = [4, 9, 85, 99];
/** One change for each program that takes values. */
const CHANGES = [
  { id: 85, value: 1_500n },
  { id: 9, value: 250n },
  { id: 99, value: 5n },
];

async function createWorld(): Promise<World> {
  const chamber = await Chamber.create();
  const { svm, at } = chamber;
  await setUpMarketplace(chamber);
  await setUpExchange(chamber);
  await putOverview(chamber, at.authority);
  const [alice, bob] = [await chamber.member('alice'), await chamber.member('bob')];
  for (const member of [alice, bob]) {
    chamber.run(moves.stake(chamber, member, 100n * INFER));
    await chamber.putUse(member.owner, INFER, null);
  }
  svm.putTokens(at.inferTreasury, INFER_MINT, at.authority, 1_000n * INFER);
  svm.putTokens(at.usdcTreasury, USDC_MINT, at.authority, 1_000n * INFER);
  for (const id of HANDED_OVER) chamber.run(moves.handOver(chamber, id));
  const host = await putProvider(chamber, addressOf('host'));
  await putProvider(chamber, bob.owner);
  const contested = await putContested(chamber, addressOf('contested host'), bob.owner, 1_000n * INFER);
  await putContested(chamber, addressOf('another contested host'), alice.owner, 1_000n * INFER);
  chamber.run(await addBankroll(chamber, bob, 20n * INFER));
  chamber.wait(1n);
  return { chamber, alice, bob, host, contested };
}

function scenario(act: Act, exceptions: Exceptions = {}): () => Promise<Scenario> {
  return async () => {
    const world = await createWorld();
    const instruction = await act(world);
    const { chamber, alice, bob } = world;
    const others = [alice.owner, bob.owner, FOUNDER, STAKING_ADMIN, ...Object.values(chamber.at)];
    return { vm: chamber.svm.vm, instruction, others, exceptions };
  };
}

/** A proposal of alice, beside one of bob that he has taken back: no step but hers is due. */
async function submitted({ chamber, alice, bob }: World): Promise<Address> {
  const other = await moves.submit(chamber, bob);
  chamber.run(moves.cancel(chamber, bob, other));
  return moves.submit(chamber, alice);
}

/** The same, in signaling. */
async function signaling(world: World): Promise<Address> {
  const proposal = await submitted(world);
  world.chamber.wait(24n * HOUR);
  world.chamber.run(moves.beginSignaling(proposal));
  return proposal;
}

/** A vote on a proposal of alice, beside one of bob's that is counted. */
async function voting({ chamber, alice, bob }: World): Promise<Address> {
  const other = await moves.bringToVote(chamber, bob);
  chamber.run(await moves.vote(chamber, bob, other));
  chamber.wait(72n * HOUR);
  chamber.run(moves.finalize(chamber, bob, other));
  return moves.bringToVote(chamber, alice);
}

type Execute = (world: World, proposal: Address) => Promise<ProgramInstruction> | ProgramInstruction;

const passed = (execute: Execute, action: (world: World) => Action, exceptions: Exceptions = {}) =>
  scenario(async (world) => {
    const { chamber, alice, bob } = world;
    const proposals: Address[] = [];
    for (const member of [bob, alice]) proposals.push(await moves.submit(chamber, member, action(world)));
    for (const advance of [moves.beginSignaling, (each: Address) => moves.openVoting(chamber, each)]) {
      chamber.wait(24n * HOUR);
      for (const each of proposals) chamber.run(advance(each));
    }
    for (const each of proposals) for (const voter of [alice, bob]) chamber.run(await moves.vote(chamber, voter, each));
    chamber.wait(72n * HOUR);
    for (const [index, proposer] of [bob, alice].entries())
      chamber.run(moves.finalize(chamber, proposer, proposals[index] as Address));
    chamber.wait(24n * HOUR);
    return execute(world, proposals[1] as Address);
  }, exceptions);

const DEPLOYER: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other'],
  outcome: 'free',
  why: 'whoever deploys names the founding admin',
};
const GOVERNED: Exception = {
  kinds: ['duplicate', 'other'],
  outcome: 'free',
  why: 'whoever deploys names the programs that are governed; any program will do',
};
const OWN_TOKENS: Exception = {
  kinds: ['copy'],
  outcome: 'free',
  why: 'any token account of the owner with INFER will do',
};
const EVERY_KIND: Exception['kinds'] = [
  'bump',
  'copy',
  'duplicate',
  'empty',
  'foreign',
  'holder',
  'mint',
  'other',
  'stranger',
];
const STAKING_CHECKS: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other'],
  outcome: 'elsewhere',
  why: 'the staking program knows its admin and refuses anybody else',
};

const SUCCESSOR: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other'],
  outcome: 'free',
  why: 'the founding admin chooses the successor, who signs',
};

/** What the called program knows better than governance: it derives the address, or compares it with its own records. */
function checkedBy(program: string, ...kinds: Exception['kinds']): Exception {
  return { kinds, outcome: 'elsewhere', why: `the ${program} program checks it` };
}

export const SCENARIOS: Scenarios = {
  initialize_governance: async () => {
    const chamber = await Chamber.prepare();
    const exceptions = {
      founding_admin: [DEPLOYER],
      marketplace_program: [GOVERNED],
      exchange_program: [GOVERNED],
      staking_program: [GOVERNED],
    };
    return { vm: chamber.svm.vm, instruction: chamber.initialize(), exceptions };
  },
  stake: scenario(({ chamber, alice }) => moves.stake(chamber, alice, INFER), { owner_token_account: [OWN_TOKENS] }),
  request_unstake: scenario(({ chamber, alice }) => moves.unstake(chamber, alice, INFER)),
  withdraw: scenario(
    ({ chamber, alice, bob }) => {
      for (const member of [alice, bob]) chamber.run(moves.unstake(chamber, member, INFER));
      chamber.wait(168n * HOUR);
      return moves.withdraw(chamber, alice);
    },
    { owner_token_account: [OWN_TOKENS] },
  ),
  sync_use: scenario(async ({ chamber, alice }) => {
    await putProvider(chamber, alice.owner);
    await chamber.putUse(alice.owner, 2n * INFER, 3n * INFER);
    return moves.syncUse(chamber, alice);
  }),
  create_proposal: scenario(async ({ chamber, alice }) =>
    moves.create(chamber, alice, await chamber.nextProposal(), moves.changing(...CHANGES)),
  ),
  cancel_proposal: scenario(async (world) => {
    await moves.submit(world.chamber, world.bob);
    return moves.cancel(world.chamber, world.alice, await moves.submit(world.chamber, world.alice));
  }),
  begin_signaling: scenario(async (world) => {
    const proposal = await submitted(world);
    world.chamber.wait(24n * HOUR);
    return moves.beginSignaling(proposal);
  }),
  signal: scenario(async (world) => moves.signal(world.chamber, world.alice, await signaling(world))),
  open_voting: scenario(async (world) => {
    const proposal = await signaling(world);
    world.chamber.wait(24n * HOUR);
    return moves.openVoting(world.chamber, proposal);
  }),
  cast_vote: scenario(async (world) => moves.vote(world.chamber, world.alice, await voting(world))),
  finalize_vote: scenario(async (world) => {
    const { chamber, alice } = world;
    const proposal = await voting(world);
    chamber.run(await moves.vote(chamber, alice, proposal));
    chamber.wait(72n * HOUR);
    return moves.finalize(chamber, alice, proposal);
  }),
  expire_proposal: passed(
    ({ chamber, alice }, proposal) => {
      chamber.wait(168n * HOUR);
      return moves.expire(chamber, alice, proposal);
    },
    () => moves.TEXT,
  ),
  execute_param_change: passed(
    ({ chamber, alice }, proposal) => moves.executeChange(chamber, alice, proposal),
    () => moves.changing(...CHANGES),
  ),
  execute_treasury_spend: passed(
    ({ chamber, alice }, proposal) => moves.executeSpend(chamber, alice, proposal, alice.tokens),
    ({ alice }) => moves.spending(alice.tokens),
  ),
  execute_bankroll_return: passed(
    ({ chamber, alice }, proposal) => moves.executeReturn(chamber, alice, proposal),
    ({ chamber }) => moves.returning(chamber),
    { bankroll_vault: [checkedBy('exchange', ...EVERY_KIND)] },
  ),
  execute_host_slash: passed(
    ({ chamber, alice, bob, contested }, proposal) =>
      moves.executeSlash(chamber, alice, proposal, contested, bob.tokens),
    ({ contested }) => moves.hosting(10, contested.challenge),
    {
      provider: [checkedBy('marketplace', ...EVERY_KIND)],
      bond_vault: [checkedBy('marketplace', ...EVERY_KIND)],
      slash_record: [checkedBy('marketplace', ...EVERY_KIND)],
      beneficiary_token_account: [
        { ...OWN_TOKENS, why: 'any token account of the challenger with INFER will do' },
        checkedBy('marketplace', ...EVERY_KIND),
      ],
      infer_mint: [checkedBy('marketplace', ...EVERY_KIND)],
    },
  ),
  execute_host_status: passed(
    ({ chamber, alice, host }, proposal) => moves.executeHost(chamber, alice, proposal, host),
    ({ host }) => moves.hosting(2, host),
  ),
  execute_catalog_change: passed(
    ({ chamber, alice }, proposal) => moves.executeCatalog(chamber, alice, proposal),
    () => moves.cataloging(4),
  ),
  execute_text: passed(
    ({ chamber, alice }, proposal) => moves.executeText(chamber, alice, proposal),
    () => moves.TEXT,
  ),
  change_parameters: scenario(({ chamber }) => moves.change(chamber, [{ id: 5, value: 5_500n }])),
  hand_over: scenario(({ chamber }) => moves.handOver(chamber, 5)),
  replace_founding_admin: scenario(({ chamber }) => moves.replaceFounder(chamber, addressOf('next founder')), {
    new_founding_admin: [SUCCESSOR],
  }),
  push_parameters: scenario(({ chamber }) => moves.push(chamber, 0)),
  accept_staking_admin: scenario(
    async ({ chamber }) => {
      await putOverview(chamber, STAKING_ADMIN);
      return moves.acceptStakingAdmin(chamber, STAKING_ADMIN);
    },
    { staking_admin: [STAKING_CHECKS] },
  ),
  operate_staking: scenario(({ chamber }) => moves.operateStaking(chamber, { isStakingHalted: true })),
};
