/**
 * Two days of voters on a chain of the compiled programs: a proposal of every kind and every end, some with text meant to
 * deceive; recorded in ClickHouse, with what the accounts said at some slots. The chain stays up, and can go on.
 * @module
 */
import type { Address } from '@solana/kit';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import type { DecodedBlock } from '../../indexer/decode/decoded-block.ts';
import type { Registry } from '../../indexer/decode/registry.ts';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import type { AccountState } from '../../indexer/domain/chain.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { blockFromRpc } from '../../indexer/rpc/rpc-block.ts';
import { chainRpc } from '../../indexer/rpc/rpc-client.ts';
import type { BlockStore } from '../../indexer/store/block-store.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { blockHeaderAt, insertSnapshot } from '../../indexer/store/queries/rows/account-snapshots.ts';
import { startsWith } from '../../programs/client/instruction.ts';
import type { Action, Governance, Parameters, Proposal, Staker } from '../../programs/governance/client.generated.ts';
import * as client from '../../programs/governance/client.generated.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { settingsFor } from '../indexer/store/store-fixture.ts';
import { openMarketDatabase } from '../jobs/market/market-chain.ts';
import { findProposal, findStaker } from '../simulation/addresses.ts';
import type { Actors, CreateActors, World } from '../simulation/day/actors.ts';
import { PARTS } from '../simulation/day/cast.ts';
import type { DayChain } from '../simulation/day/day-chain.ts';
import { createVoters } from '../simulation/day/governance/voters.ts';
import { runDay } from '../simulation/day/run-day.ts';
import { openWorld } from '../simulation/day/world.ts';
import type { Network } from '../simulation/network.ts';
import type { TransactionPlan } from '../simulation/sign-plan.ts';
import { seededWallet, type Wallet } from '../simulation/wallet.ts';

/** Of an hour: the shortest life of a proposal that nobody carries out has 51. */
const TICKS = 53;
const TICK_SECONDS = 3_600;
/** Proposals of the voters come first. */
export const FIRST_HOSTILE_ID = 17;
const SEED = 3;
const PROVIDERS = 10;

/** In the first hours, in the votes, when most has been carried out, and at the end. */
const WATCHED_TICKS = [1, 4, 20, 29, 52];

interface Submitted {
  readonly text: { readonly title: string; readonly uri: string };
  readonly action: Action;
}

const TEXT: Action = { kind: 6, changes: [], spend: null, host: null, model: null };
const EMPTY: Submitted = { text: { title: '', uri: '' }, action: TEXT };
/** Where the later record begins: its place among the slots that were looked at. */
const LATER_FROM = 2;

/** What is looked at twice: markup, a right-to-left override, zero-width and control characters, links that run code. */
export const HOSTILE_TEXTS = [
  { title: '<script>alert(1)</script><img src=x onerror=alert(2)>', uri: 'javascript:alert(document.cookie)' },
  { title: 'Pay \u202egnihton\u202c\u200b for\u0000 it\u001b[2J', uri: 'https://user:pass@evil.example/' },
  { title: '"},{"data":null}\n\r\t\u2028', uri: 'https://forum.example/\u202eexe.txt' },
  { title: 'é'.repeat(40), uri: `https://forum.example/${'x'.repeat(178)}` },
];

/** What the accounts of governance said at a slot. */
export interface Seen {
  readonly slot: bigint;
  readonly proposals: ReadonlyMap<bigint, Proposal>;
  /** By owner. */
  readonly stakers: ReadonlyMap<string, Staker>;
  readonly table: Parameters;
  readonly governance: Governance;
  readonly states: readonly AccountState[];
}

export interface GovernedDay {
  readonly chain: DayChain;
  readonly world: World;
  readonly proposer: Wallet;
  readonly seen: readonly Seen[];
  readonly store: StoreClient;
  /** The same chain, recorded from a slot in the middle on, whose accounts stand for what was before. */
  readonly laterStore: StoreClient;
  readonly laterFrom: bigint;
  readonly registry: Registry;
  /** Brings into the record what the chain has done since. */
  record(): Promise<void>;
  stop(): Promise<void>;
}

export async function liveGovernedDay(): Promise<GovernedDay> {
  const clickhouse = await startPreparedClickHouse('own');
  const { chain, world } = await openWorld({
    ...{ seed: SEED, providers: PROVIDERS, tickSeconds: TICK_SECONDS, tickCount: TICKS },
  });
  const seen: Seen[] = [];
  const voters = createVoters(PARTS, { undecided: [] });
  await runDay(chain, world, [voters, hostileProposer, witness(chain, seen)]);
  const registry = await loadProgramRegistry(settingsFor(clickhouse.url, 'default'));
  const names = registry.tables.map(({ table }) => table).filter(isRead);
  const [whole, later] = [
    await openMarketDatabase(clickhouse.url, names),
    await openMarketDatabase(clickhouse.url, names),
  ];
  const record = recorder(chain, createBlockStore(whole.client, whole.tables), registry, null);
  await record();
  const first = seen[LATER_FROM] as Seen;
  await recorder(chain, createBlockStore(later.client, later.tables), registry, first)();
  await snapshotAt(later.client, first);
  const stop = async () => {
    await Promise.all([whole.drop(), later.drop()]);
    await Promise.all([clickhouse.stop(), chain.stop()]);
  };
  const stores = { store: whole.client, laterStore: later.client, laterFrom: first.slot };
  return { chain, world, proposer: proposerOf(world), seen, ...stores, registry, record, stop };
}

/** Events of governance, and those by which the governed programs tell of their numbers: no others are asked for here. */
function isRead(table: string): boolean {
  return /^governance_|_(marketplace|exchange)_initialized$|_parameters_set$/.test(table);
}

async function snapshotAt(client: StoreClient, { slot, states }: Seen): Promise<void> {
  const header = await blockHeaderAt(client, slot);
  if (header === null) throw new Error(`no block ${slot}`);
  await insertSnapshot(client, { slot, blockhash: header.blockhash, accountCount: BigInt(states.length) });
}

function proposerOf({ network }: World): Wallet {
  return seededWallet(network.seed, 'holder', 0);
}

/** Submits texts that mean harm, a slash over a challenge that does not exist, and a model with a name that turns round. */
async function hostileProposer(world: World): Promise<Actors> {
  const [first = EMPTY, second = EMPTY, ...others] = HOSTILE_TEXTS.map((text) => ({ text, action: TEXT }));
  const harmless = { title: 'Harmless', uri: '' };
  const slash = { text: harmless, action: { ...TEXT, kind: 10, host: world.network.governance } };
  const model = { name: 'L40S\u202e<b>', vramGb: 48, weight: 1, minBenchmark: 1 };
  const listing = { text: harmless, action: { ...TEXT, kind: 4, model } };
  // Twenty may be under way at once: four places are left at first.
  const turns = new Map([
    [2, [first, second, slash, listing]],
    [40, others],
  ]);
  let nextId = FIRST_HOSTILE_ID;
  return {
    name: 'hostile',
    act: ({ tick }) => Promise.all((turns.get(tick) ?? []).map((each) => submission(world, nextId++, each))),
  };
}

async function submission(world: World, id: number, { text, action }: Submitted): Promise<TransactionPlan> {
  const { admin, governance, parameters, governanceProgram } = world.network;
  const wallet = proposerOf(world);
  const accounts = {
    ...{ payer: admin.address, proposer: wallet.address, governance, parameters },
    staker: await findStaker(wallet.address, governanceProgram),
    proposal: await findProposal(BigInt(id), governanceProgram),
  };
  const args = { action, ...text, textHash: new Uint8Array(32).fill(id) };
  return { instructions: [client.createProposal(accounts, args, governanceProgram)], signers: [admin, wallet] };
}

/** Looks at all accounts of governance after some ticks. */
function witness(chain: DayChain, seen: Seen[]): CreateActors {
  return async ({ network }) => ({
    name: 'witness',
    async act({ tick }) {
      if (!WATCHED_TICKS.includes(tick)) return [];
      const slot = BigInt(chain.running.localnet.chain.entryAt('confirmed').slot);
      seen.push(seenIn(slot, await statesOf(network), network));
      return [];
    },
  });
}

async function statesOf({ rpc, governanceProgram }: Network): Promise<AccountState[]> {
  const found = await rpc.getProgramAccounts(governanceProgram, { commitment: 'confirmed', encoding: 'base64' }).send();
  return found.map(({ pubkey, account }) => ({
    publicKey: fromBase58(pubkey),
    owner: fromBase58(governanceProgram),
    lamports: BigInt(account.lamports),
    data: Buffer.from(account.data[0], 'base64'),
    ...{ writeVersion: 1n, signature: null },
  }));
}

function seenIn(slot: bigint, states: readonly AccountState[], { governance, parameters }: Network): Seen {
  const of = (discriminator: Uint8Array) => states.filter(({ data }) => startsWith(data, discriminator));
  const at = (address: Address) => states.find(({ publicKey }) => toBase58(publicKey) === address)?.data as Uint8Array;
  const proposals = of(client.PROPOSAL_ACCOUNT_DISCRIMINATOR).map(({ data }) => client.decodeProposal(data));
  const stakers = of(client.STAKER_ACCOUNT_DISCRIMINATOR).map(({ data }) => client.decodeStaker(data));
  return {
    ...{
      slot,
      states,
      table: client.decodeParameters(at(parameters)),
      governance: client.decodeGovernance(at(governance)),
    },
    proposals: new Map(proposals.map((each) => [each.proposalId, each])),
    stakers: new Map(stakers.map((each) => [each.owner as string, each])),
  };
}

/** Commits and finalizes every block that is not recorded yet, read by RPC; all, or from one on with its accounts. */
function recorder(chain: DayChain, store: BlockStore, registry: Registry, first: Seen | null): () => Promise<void> {
  const rpc = chainRpc(chain.running.rpcUrl);
  const programs = new Set(registry.programs.map(({ id }) => toBase58(id)));
  let nextSlot = first?.slot ?? 1n;
  return async () => {
    const head = BigInt(chain.running.localnet.chain.entryAt('confirmed').slot);
    const blocks: DecodedBlock[] = [];
    for (const slot of await rpc.blockSlots(nextSlot, head)) {
      const found = await rpc.block(slot);
      if (found === null) continue;
      const accounts = slot === first?.slot ? first.states : [];
      const decoded = decodeBlock({ ...blockFromRpc(slot, found, programs), accounts, hasAccounts: true }, registry);
      blocks.push({ ...decoded, events: decoded.events.filter(({ table }) => isRead(table)) });
    }
    await store.commit(blocks);
    const last = blocks.at(-1)?.block;
    if (last !== undefined) await store.markFinalized(last.slot, last.blockhash);
    nextSlot = head + 1n;
  };
}
