/**
 * Voters of a simulated day: large holders who decide, buyers and providers whose use of the network counts beside their
 * stake, and the founding admin who hands powers over.
 * @module
 */
import { createHash } from 'node:crypto';
import { type Address, type Instruction, lamports } from '@solana/kit';
import { getTransferSolInstruction } from '@solana-program/system';
import { getCreateAssociatedTokenIdempotentInstruction, getTransferInstruction } from '@solana-program/token';
import {
  acceptStakingAdmin,
  cancelProposal,
  castVote,
  changeParameters,
  createProposal,
  decodeProposal,
  handOver,
  operateStaking,
  replaceFoundingAdmin,
  requestUnstake,
  signal,
  stake,
  syncUse,
  withdraw,
} from '../../../../programs/governance/client.generated.ts';
import {
  findBuyer,
  findProposal,
  findProvider,
  findSignalRecord,
  findStaker,
  findStakeVault,
  findVoteRecord,
} from '../../addresses.ts';
import { changesOf } from '../../genesis-markets.ts';
import { type Network, readAccounts, successorOf, tokenAccountOf } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import { asSigner } from '../../signer.ts';
import { seededWallet, type Wallet } from '../../wallet.ts';
import type { Actors, Moment, World } from '../actors.ts';
import type { OpenDisputes } from '../marketplace/live-orders.ts';
import { dueStep, type StandingProposal } from './crank.ts';
import {
  appealOf,
  CHANGED_BY_FOUNDER,
  type Fate,
  HANDED_OVER,
  type Hosts,
  type ProposalPlan,
  proposalsOf,
} from './proposals.ts';

const INFER = 10n ** 9n;
const LARGE_HOLDERS = 5;
const LARGE_STAKE = 1_000_000n * INFER;
const SMALL_STAKE = 2_000n * INFER;
const FEES_LAMPORTS = lamports(1_000_000_000n);
const CHOICE = { for: 0, against: 1, abstain: 2, veto: 3 } as const;
/** By large holder; the last one leaves and does not vote, nobody at all votes on what is ignored. */
const CHOICES: Readonly<Record<Fate, readonly number[]>> = {
  passes: [CHOICE.for, CHOICE.for, CHOICE.for, CHOICE.abstain],
  invalidated: [CHOICE.for, CHOICE.for, CHOICE.for, CHOICE.against],
  expires: [CHOICE.for, CHOICE.for, CHOICE.abstain, CHOICE.abstain],
  fails: [CHOICE.against, CHOICE.against, CHOICE.for, CHOICE.abstain],
  // Those who have not voted could still turn it.
  open: [CHOICE.for, CHOICE.for, CHOICE.against],
  vetoed: [CHOICE.for, CHOICE.veto, CHOICE.veto, CHOICE.for],
  ignored: [],
  canceled: [],
};

export interface Voter {
  readonly wallet: Wallet;
  readonly amount: bigint;
  readonly staker: Address;
}

/** After this part of the day a proposal's life would not end in it. */
const APPEALS_UNTIL = 0.44;

/** @param disputes of which the arbiter let one go by; the first of them comes before the voters */
export function createVoters(hosts: Hosts, disputes: OpenDisputes) {
  return async (world: World): Promise<Actors> => {
    const { network } = world;
    const voters = await locateVoters(world);
    await bringIn(network, voters);
    const proposals = await proposalsOf(world, hosts);
    const addressesOf = () =>
      Promise.all(proposals.map((_, number) => findProposal(BigInt(number), network.governanceProgram)));
    let isAppealed = false;
    return {
      name: 'voters',
      async act(moment: Moment) {
        if (moment.tick === 0) return HANDED_OVER.map((key) => paidBy(network, handOverOf(network, key)));
        if (moment.tick === 1)
          return Promise.all(proposals.map((plan) => submission(network, voters, plan, proposals.indexOf(plan))));
        const [undecided] = disputes.undecided;
        const isAppeal = !isAppealed && undecided !== undefined && moment.tick < world.tickCount * APPEALS_UNTIL;
        if (isAppeal) proposals.push(appealOf(undecided));
        isAppealed ||= isAppeal;
        const appeals = proposals.slice(isAppeal ? -1 : proposals.length);
        const addresses = await addressesOf();
        const accounts = await readAccounts(network, addresses);
        const standing = proposals.flatMap(({ fate }, index): StandingProposal[] => {
          const [data, address] = [accounts[index], addresses[index]];
          return data && address ? [{ address, account: decodeProposal(data), fate }] : [];
        });
        const steps = await Promise.all(standing.map((each) => dueStep(network, each, moment.nowSeconds)));
        const cranks = steps.flatMap((instruction) => (instruction === null ? [] : [paidBy(network, instruction)]));
        return [
          ...(await Promise.all(appeals.map((each) => submission(network, voters, each, proposals.length - 1)))),
          ...cranks,
          ...(await opinions(network, voters, standing)),
          ...(await others(world, voters, standing, moment)),
        ];
      },
    };
  };
}

export function handOverOf({ admin, governance, parameters, governanceProgram }: Network, key: string): Instruction {
  const [change] = changesOf({ [key]: 0n });
  if (change === undefined) throw new RangeError(`no parameter ${key}`);
  return handOver({ foundingAdmin: admin.address, governance, parameters }, { id: change.id }, governanceProgram);
}

export function paidBy(network: Network, ...instructions: readonly Instruction[]): TransactionPlan {
  return { instructions, signers: [network.admin] };
}

export async function locateVoters({
  network,
  buyers,
  providers,
}: Pick<World, 'network' | 'buyers' | 'providers'>): Promise<Voter[]> {
  const large = Array.from({ length: LARGE_HOLDERS }, (_, index) => seededWallet(network.seed, 'holder', index));
  const small = [...buyers.slice(0, 4), ...providers.slice(0, 3).map(({ wallet }) => wallet)];
  return Promise.all(
    [...large, ...small].map(async (wallet, index) => ({
      wallet,
      amount: index < LARGE_HOLDERS ? LARGE_STAKE : SMALL_STAKE,
      staker: await findStaker(wallet.address, network.governanceProgram),
    })),
  );
}

export async function bringIn(network: Network, voters: readonly Voter[]): Promise<void> {
  const { admin, inferMint, governance, governanceProgram } = network;
  const source = await tokenAccountOf(admin.address, inferMint.address);
  const stakeVault = await findStakeVault(governanceProgram);
  const plans = voters.map(async ({ wallet, amount, staker }): Promise<TransactionPlan> => {
    const ata = await tokenAccountOf(wallet.address, inferMint.address);
    const accounts = {
      payer: admin.address,
      owner: wallet.address,
      governance,
      staker,
      stakeVault,
      ownerTokenAccount: ata,
    };
    const instructions = [
      getTransferSolInstruction({ source: asSigner(admin), destination: wallet.address, amount: FEES_LAMPORTS }),
      getCreateAssociatedTokenIdempotentInstruction({
        payer: asSigner(admin),
        ata,
        owner: wallet.address,
        mint: inferMint.address,
      }),
      getTransferInstruction({ source, destination: ata, authority: asSigner(admin), amount }),
      stake(accounts, { amount }, governanceProgram),
    ];
    return { instructions, signers: [admin, wallet] };
  });
  await network.sender.sendOrThrow(await Promise.all(plans));
}

export async function submission(
  network: Network,
  voters: readonly Voter[],
  { title, action }: ProposalPlan,
  number: number,
): Promise<TransactionPlan> {
  const { admin, governance, parameters, governanceProgram } = network;
  const [{ wallet, staker }] = voters as [Voter, ...Voter[]];
  const instruction = createProposal(
    {
      payer: admin.address,
      proposer: wallet.address,
      governance,
      parameters,
      staker,
      proposal: await findProposal(BigInt(number), governanceProgram),
    },
    {
      action,
      title,
      uri: `https://forum.example/proposals/${number}`,
      textHash: createHash('sha256').update(title).digest(),
    },
    governanceProgram,
  );
  return { instructions: [instruction], signers: [admin, wallet] };
}

/** Signals and votes that have not been given yet. */
export async function opinions(
  network: Network,
  voters: readonly Voter[],
  standing: readonly StandingProposal[],
): Promise<TransactionPlan[]> {
  const { governanceProgram } = network;
  const wanted = standing.flatMap((proposal) =>
    [1, 2].includes(proposal.account.status)
      ? CHOICES[proposal.fate].map((choice, index) => ({ proposal, choice, voter: voters[index] as Voter }))
      : [],
  );
  const records = await Promise.all(
    wanted.map(({ proposal: { address, account }, voter }) => {
      const find = account.status === 1 ? findSignalRecord : findVoteRecord;
      return find(address, voter.wallet.address, governanceProgram);
    }),
  );
  const given = await readAccounts(network, records);
  return wanted.flatMap(({ proposal: { address, account }, choice, voter }, index) => {
    const record = records[index];
    if (given[index] || record === undefined) return [];
    const { admin, parameters } = network;
    const shared = { payer: admin.address, owner: voter.wallet.address, staker: voter.staker, proposal: address };
    const instruction =
      account.status === 1
        ? signal({ ...shared, signalRecord: record }, { choice }, governanceProgram)
        : castVote({ ...shared, parameters, voteRecord: record }, { choice }, governanceProgram);
    return [{ instructions: [instruction], signers: [admin, voter.wallet] as const }];
  });
}

/** What happens once: use is counted, a holder leaves, a proposal is withdrawn, powers are handed over. */
async function others(
  world: World,
  voters: readonly Voter[],
  standing: readonly StandingProposal[],
  { tick }: Moment,
): Promise<TransactionPlan[]> {
  const { network, tickCount } = world;
  const { admin, governance, parameters, governanceProgram } = network;
  const leaver = voters[LARGE_HOLDERS - 1] as Voter;
  const founding = { foundingAdmin: admin.address, governance, parameters };
  const at = (part: number) => tick === Math.floor(tickCount * part);
  const plans: TransactionPlan[] = [];
  if (tick % 20 === 19) plans.push(...(await Promise.all(voters.map((voter) => useOf(network, voter)))));
  if (tick === 2) {
    const canceled = standing.find(({ fate }) => fate === 'canceled');
    const [proposer] = voters as [Voter, ...Voter[]];
    if (canceled)
      plans.push({
        instructions: [
          cancelProposal(
            { proposer: proposer.wallet.address, governance, staker: proposer.staker, proposal: canceled.address },
            governanceProgram,
          ),
        ],
        signers: [admin, proposer.wallet],
      });
    const accounts = { owner: leaver.wallet.address, governance, parameters, staker: leaver.staker };
    const leave = requestUnstake(accounts, { amount: leaver.amount / 2n }, governanceProgram);
    plans.push({ instructions: [leave], signers: [admin, leaver.wallet] });
  }
  if (at(0.2))
    plans.push(
      paidBy(network, changeParameters(founding, { changes: changesOf(CHANGED_BY_FOUNDER) }, governanceProgram)),
    );
  if (at(0.6)) plans.push(await withdrawal(network, leaver));
  if (at(0.95)) plans.push(...stakingRole(network));
  if (at(0.97)) plans.push(succession(network));
  return plans;
}

async function useOf(network: Network, { wallet, staker }: Voter): Promise<TransactionPlan> {
  const accounts = {
    governance: network.governance,
    staker,
    buyerRecord: await findBuyer(wallet.address, network.marketplaceProgram),
    provider: await findProvider(wallet.address, network.marketplaceProgram),
  };
  return paidBy(network, syncUse(accounts, network.governanceProgram));
}

async function withdrawal(network: Network, { wallet, staker }: Voter): Promise<TransactionPlan> {
  const { admin, governance, governanceProgram, inferMint } = network;
  const accounts = {
    owner: wallet.address,
    governance,
    staker,
    stakeVault: await findStakeVault(governanceProgram),
    ownerTokenAccount: await tokenAccountOf(wallet.address, inferMint.address),
  };
  return { instructions: [withdraw(accounts, governanceProgram)], signers: [admin, wallet] };
}

/** The founding admin gives the role to another key. */
function succession(network: Network): TransactionPlan {
  const { admin, governance, governanceProgram } = network;
  const successor = successorOf(network);
  const accounts = { foundingAdmin: admin.address, newFoundingAdmin: successor.address, governance };
  return { instructions: [replaceFoundingAdmin(accounts, governanceProgram)], signers: [admin, successor] };
}

/** The governance takes the staking program's admin role, and the founding admin goes on running it through that. */
function stakingRole(network: Network): TransactionPlan[] {
  const {
    admin,
    governance,
    governanceAuthority: authority,
    stakingProgram,
    poolOverview,
    governanceProgram,
  } = network;
  const shared = { governance, authority, stakingProgram, poolOverview };
  const unchanged = {
    isWithdrawalHalted: null,
    isAccrueRewardHalted: null,
    allowPoolCreation: null,
    newRewardDistributionAuthorities: null,
    newHaltAuthorities: null,
    newSlashingAuthorities: null,
  };
  return [
    paidBy(network, acceptStakingAdmin({ ...shared, stakingAdmin: admin.address }, governanceProgram)),
    paidBy(
      network,
      operateStaking(
        { ...shared, foundingAdmin: admin.address },
        { isStakingHalted: false, ...unchanged },
        governanceProgram,
      ),
    ),
  ];
}
