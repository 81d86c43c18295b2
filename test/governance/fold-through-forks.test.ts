/**
 * Proposals, voters and parameters as of every slot, while blocks are replaced: against a second folding of the events that
 * count, one by one in chain order, which knows nothing of tables, last events or kept rows.
 */
import type { Address } from '@solana/kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DecodedBlock } from '../../indexer/decode/decoded-block.ts';
import type { Registry } from '../../indexer/decode/registry.ts';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { BlockStore } from '../../indexer/store/block-store.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { storedHistory } from '../../indexer/store/queries/governance/proposals.ts';
import { governedTable } from '../../jobs/governance/governed-table.ts';
import { readProposals } from '../../jobs/governance/proposal-states.ts';
import { readVoter } from '../../jobs/governance/voter-state.ts';
import * as governance from '../../programs/governance/client.generated.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { blockOf, bytesOf } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { blockWith, decodedEvent, goodTransactions, type ToldEvent } from './told-events.ts';

const OWNERS = ['ann', 'bob', 'eve'].map((name) => toBase58(bytesOf(name)) as Address);
const PROPOSALS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => toBase58(bytesOf(`proposal ${id}`)) as Address);
const IDS = [0, 5, 9];
const NOBODY = toBase58(bytesOf('nobody')) as Address;
const EXTRA = { staker: NOBODY, totalStaked: 0n, totalUnstaking: 0n, slot: 0n, amount: 1n };
const NO_TOTALS = { forPower: 0n, againstPower: 0n, abstainPower: 0n, vetoPower: 0n };

interface Proposal {
  readonly status: number;
  readonly votes: typeof NO_TOTALS;
  readonly signals: typeof NO_TOTALS;
  readonly voteCount: bigint;
  readonly votingFrom: bigint;
  readonly openedSlot: bigint;
  readonly snapshotPower: bigint;
  readonly quorumBps: number;
  readonly endedAt: bigint;
  readonly rule: number;
}

/** What the events so far come to. */
interface State {
  readonly proposals: Readonly<Record<string, Proposal>>;
  readonly voters: Readonly<Record<string, Readonly<Record<string, bigint>>>>;
  readonly values: Readonly<Record<number, readonly [to: bigint, changedAt: bigint]>>;
  readonly handedOver: readonly number[];
  readonly totalPower: bigint;
}

const EMPTY: State = { proposals: {}, voters: {}, values: {}, handedOver: [], totalPower: 0n };
const NEW: Proposal = {
  ...{ status: 0, votes: NO_TOTALS, signals: NO_TOTALS, voteCount: 0n, votingFrom: 0n, openedSlot: 0n },
  ...{ snapshotPower: 0n, quorumBps: 0, endedAt: 0n, rule: 0 },
};
const IDLE = { stake: 0n, unstaking: 0n, unstakeAt: 0n, lockedUntil: 0n, feesPaid: 0n, feesEarnedOn: 0n, power: 0n };

type Step = readonly [ToldEvent, State];

/** The next event and what it makes of the state; anything that the rules of the program let happen. */
function nextStep(state: State, draw: number, time: bigint): Step {
  const kind = draw % 10;
  if (kind < 6) return proposalStep(state, Math.floor(draw / 10), time);
  return kind < 9 ? voterStep(state, Math.floor(draw / 10), time) : tableStep(state, Math.floor(draw / 10), time);
}

function proposalStep(state: State, draw: number, time: bigint): Step {
  const id = draw % PROPOSALS.length;
  const proposal = PROPOSALS[id] as Address;
  const before = state.proposals[proposal];
  const told = (name: string, data: Uint8Array, change: Partial<Proposal>): Step => [
    { name, data },
    { ...state, proposals: { ...state.proposals, [proposal]: { ...(before ?? NEW), ...change } } },
  ];
  const turn = Math.floor(draw / 40) % 5;
  if (before === undefined) {
    const action = { kind: 6, changes: [], spend: null, host: null, model: null };
    const of = {
      proposal,
      proposalId: BigInt(id),
      proposer: OWNERS[0] as Address,
      committed: 7n,
      action,
      title: 't',
      uri: '',
    };
    const times = { createdAt: time, signalingFrom: time, signalingSeconds: 1 };
    return told(
      'ProposalCreated',
      governance.encodeProposalCreated({ ...of, ...times, textHash: new Uint8Array(32) }),
      {},
    );
  }
  if (before.status === 0 && turn > 2)
    return told(
      'ProposalCanceled',
      governance.encodeProposalCanceled({ proposal, proposer: OWNERS[0] as Address, endedAt: time }),
      { status: 5, endedAt: time },
    );
  if (before.status === 0)
    return told('SignalingBegun', governance.encodeSignalingBegun({ proposal, votingFrom: time }), {
      status: 1,
      votingFrom: time,
    });
  if (before.status === 1 && turn < 3) return castStep(before, proposal, draw, time, told);
  if (before.status === 1) {
    const opened = { openedSlot: time, snapshotPower: BigInt(draw), quorumBps: draw % 10_000 };
    const times = { votingEndsAt: time, executesFrom: time, expiresAt: time };
    return told(
      'VotingOpened',
      governance.encodeVotingOpened({
        proposal,
        ...opened,
        ...times,
        passThresholdBps: 5_001,
        vetoThresholdBps: 1_000,
      }),
      { status: 2, ...opened },
    );
  }
  if (before.status === 2 && turn < 4) return castStep(before, proposal, draw, time, told);
  if (before.status === 2) {
    const status = [3, 7, 8, 9][draw % 4] as number;
    const data = governance.encodeVoteFinalized({
      proposal,
      status,
      votes: before.votes,
      snapshotPower: 0n,
      finalizedAt: time,
    });
    return told('VoteFinalized', data, { status, ...(status === 3 ? {} : { endedAt: time }) });
  }
  if (before.status !== 3) return tableStep(state, draw, time);
  const refusal = { rule: 4, id: 5, value: -3n, limit: 9n };
  if (turn === 0)
    return told('ProposalExecuted', governance.encodeProposalExecuted({ proposal, kind: 6, endedAt: time }), {
      status: 4,
      endedAt: time,
    });
  if (turn === 1)
    return told('ProposalExpired', governance.encodeProposalExpired({ proposal, endedAt: time }), {
      status: 6,
      endedAt: time,
    });
  return told('ProposalInvalidated', governance.encodeProposalInvalidated({ proposal, refusal, endedAt: time }), {
    status: 10,
    endedAt: time,
    rule: 4,
  });
}

type Tell = (name: string, data: Uint8Array, change: Partial<Proposal>) => Step;

/** A signal, or a vote that holds nobody's stake. */
function castStep(before: Proposal, proposal: Address, draw: number, time: bigint, told: Tell): Step {
  const choice = ['forPower', 'againstPower', 'abstainPower', 'vetoPower'][draw % 4] as keyof typeof NO_TOTALS;
  const power = 2n ** 62n + BigInt(draw);
  const isVote = before.status === 2;
  const earlier = isVote ? before.votes : before.signals;
  // As far as 64 bits go.
  const totals = { ...earlier, [choice]: (earlier[choice] + power) % 2n ** 63n };
  const of = { proposal, owner: NOBODY, choice: draw % 4, power };
  if (!isVote)
    return told('SignalGiven', governance.encodeSignalGiven({ ...of, signaledAt: time, signals: totals }), {
      signals: totals,
    });
  const data = governance.encodeVoteCast({ ...of, votedAt: time, votes: totals, lockedUntil: 0n, unstakeAt: 0n });
  return told('VoteCast', data, { votes: totals, voteCount: before.voteCount + 1n });
}

function voterStep(state: State, draw: number, time: bigint): Step {
  const owner = OWNERS[draw % OWNERS.length] as Address;
  const before = state.voters[owner] ?? IDLE;
  const power = BigInt(draw % 1_000);
  const totalPower = state.totalPower + power;
  const told = (name: string, data: Uint8Array, change: Partial<typeof IDLE>, isPower = true): Step => [
    { name, data },
    { ...state, ...(isPower ? { totalPower } : {}), voters: { ...state.voters, [owner]: { ...before, ...change } } },
  ];
  const of = { ...EXTRA, owner };
  const [stake, unstaking] = [BigInt(draw), BigInt(draw % 77)];
  switch (Math.floor(draw / 3) % 5) {
    case 0:
      return told('Staked', governance.encodeStaked({ ...of, stake, power, totalPower }), { stake, power });
    case 1:
      return told(
        'UnstakeRequested',
        governance.encodeUnstakeRequested({ ...of, stake, unstaking, unstakeAt: time, power, totalPower }),
        { stake, unstaking, unstakeAt: time, power },
      );
    case 2:
      return told('StakeWithdrawn', governance.encodeStakeWithdrawn(of), { unstaking: 0n, unstakeAt: 0n }, false);
    case 3: {
      const fees = { feesPaid: BigInt(draw % 9), feesEarnedOn: BigInt(draw % 7) };
      return told('UseSynced', governance.encodeUseSynced({ ...of, ...fees, power, totalPower }), { ...fees, power });
    }
    default: {
      const locks = { lockedUntil: time + 9n, unstakeAt: time + 3n };
      const cast = { proposal: NOBODY, owner, choice: 0, power, votedAt: time, votes: NO_TOTALS };
      return told('VoteCast', governance.encodeVoteCast({ ...cast, ...locks }), locks, false);
    }
  }
}

function tableStep(state: State, draw: number, time: bigint): Step {
  const id = IDS[draw % IDS.length] as number;
  if (draw % 4 === 0)
    return [
      { name: 'ParametersHandedOver', data: governance.encodeParametersHandedOver({ ids: [id], handedOverAt: time }) },
      { ...state, handedOver: [...new Set([...state.handedOver, id])] },
    ];
  const change = { id, from: 0n, to: BigInt(draw) };
  return [
    {
      name: 'ParametersChanged',
      data: governance.encodeParametersChanged({ proposal: null, changes: [change], changedAt: time }),
    },
    { ...state, values: { ...state.values, [id]: [change.to, time] } },
  ];
}

let server: RunningClickHouse;
let database: Database;
let registry: Registry;
let store: BlockStore;
/** Blocks that count, each with what everything up to it comes to. */
const chain: { readonly block: DecodedBlock; readonly state: State }[] = [];

/** `count` blocks on a branch, on top of what counts. */
function grow(branch: string, count: number): DecodedBlock[] {
  const grown = Array.from({ length: count }, () => {
    const before = chain.at(-1);
    const slot = (before?.block.block.slot ?? 0n) + 1n;
    const empty = blockOf(slot, branch, before?.block ?? null);
    let state = before?.state ?? EMPTY;
    const events = goodTransactions(empty).flatMap(({ index, signature }) =>
      [0, 1, 2].slice(index % 2).map((position) => {
        const draw = Buffer.from(signature).readUInt32LE(4 * position) % 1_000_000;
        const [told, next] = nextStep(state, draw, empty.block.blockTime ?? 0n);
        state = next;
        return decodedEvent(registry, told, index, position);
      }),
    );
    const block = blockWith(empty, events);
    chain.push({ block, state });
    return block;
  });
  return grown;
}

beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openDatabase(server.url);
  registry = await loadProgramRegistry(database.settings);
  store = createBlockStore(database.client, registry.tables);
  await store.commit(grow('main', 30));
  for (const [round, back] of [3, 12, 1, 25, 7].entries()) {
    chain.length -= back;
    await store.cancelAbove(chain.at(-1)?.block.block.slot ?? 0n);
    await store.commit(grow(`fork ${round}`, back + 6));
  }
}, 120_000);
afterAll(async () => {
  await database?.drop();
  await server?.stop();
});

it('everything of governance is, at every slot, what the events of the chain that won come to', async () => {
  const program = registry.tables.find(({ eventName }) => eventName === 'VoteCast')?.programId as Uint8Array;
  const { client } = database;
  const statuses = new Set<number>();
  for (const { block, state } of chain.filter((_, index) => index % 17 === 16 || index >= chain.length - 1)) {
    const { slot } = block.block;
    const range = { afterSlot: 0n, slot };
    const [proposals, table, ...voters] = await Promise.all([
      readProposals(client, program, range, { limit: 100 }),
      governedTable(client, program, range),
      ...OWNERS.map((owner) => readVoter(client, program, range, fromBase58(owner), storedHistory)),
    ]);
    const found = proposals.map(({ address, refusal, ...each }) => {
      const { status, votes, signals, voteCount, votingFrom, openedSlot, snapshotPower, quorumBps, endedAt } = each;
      const of = { status, votes, signals, voteCount, votingFrom, openedSlot, snapshotPower, quorumBps, endedAt };
      return [toBase58(address), { ...of, rule: refusal.rule }];
    });
    expect([slot, Object.fromEntries(found)]).toEqual([slot, state.proposals]);
    for (const [, { status }] of found as [string, Proposal][]) statuses.add(status);
    for (const [index, { totalPower, committed, ...voter }] of voters.entries()) {
      const owner = OWNERS[index] as Address;
      expect([slot, owner, voter, totalPower]).toEqual([
        ...[slot, owner, { ...(state.voters[owner] ?? IDLE), owner: fromBase58(owner) }, state.totalPower],
      ]);
      const open = Object.values(state.proposals).filter(({ status }) => status <= 3).length;
      expect(committed).toBe(index === 0 ? 7n * BigInt(open) : 0n);
    }
    for (const { id, current, parameter, isHandedOver, changedAt } of table.values()) {
      const [to, at] = state.values[id] ?? [parameter.defaultValue, null];
      expect([slot, id, current, changedAt, isHandedOver]).toEqual([slot, id, to, at, state.handedOver.includes(id)]);
    }
  }
  expect(statuses.size).toBeGreaterThan(5);
});
