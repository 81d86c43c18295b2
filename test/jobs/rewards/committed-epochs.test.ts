/**
 * What becomes of committed epochs: their trees on the marketplace's books, records that a fork takes away, and what is
 * written down of all that was sent and went wrong.
 */
import { AccountRole, type Address, address, createNoopSigner, type Instruction } from '@solana/kit';
import { getTransferSolInstruction } from '@solana-program/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameters } from '../../../governance/parameters.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { InputError, UpstreamError } from '../../../indexer/domain/errors.ts';
import { readSettings } from '../../../indexer/domain/settings.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { moveCursor } from '../../../indexer/store/queries/chain/cursors.ts';
import { insertLedgerFaults } from '../../../indexer/store/queries/ledger/ledger-faults.ts';
import type { ProviderLeafRow } from '../../../indexer/store/queries/reputation/provider-trees.ts';
import { insertEpochRow, openProblems } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { insertResults } from '../../../indexer/store/queries/rewards/reward-results.ts';
import { type ChainHistory, createChainHistory } from '../../../jobs/chain/chain-history.ts';
import { judgeEpoch } from '../../../jobs/co-sign/judge-epoch.ts';
import { verifyByRpc } from '../../../jobs/rewards/by-hand/verify-by-rpc.ts';
import { type Computation, computeEpoch, resultRows } from '../../../jobs/rewards/compute/compute-epoch.ts';
import { emissionOf } from '../../../jobs/rewards/compute/emission.ts';
import { EpochMachine } from '../../../jobs/rewards/epoch-machine.ts';
import { inState, openedRow } from '../../../jobs/rewards/epoch-state.ts';
import type { EpochInputs } from '../../../jobs/rewards/inputs/epoch-inputs.ts';
import { ProblemLog } from '../../../jobs/rewards/problem-log.ts';
import { createRewardContext, type RewardContext } from '../../../jobs/rewards/reward-context.ts';
import { sendForEpoch } from '../../../jobs/rewards/send-for-epoch.ts';
import { commitTree, pendingTrees } from '../../../jobs/rewards/steps/books-step.ts';
import { finalizeStep } from '../../../jobs/rewards/steps/commit-step.ts';
import {
  claimIncentive,
  decodeProvider,
  fundIncentives,
  proveReputation,
} from '../../../programs/marketplace/client.generated.ts';
import {
  findEpochBook,
  findIncentiveClaim,
  findIncentiveEpoch,
  findIncentiveVault,
} from '../../../programs/marketplace/proof-pda.ts';
import { decodeOperatorPool, OPERATOR_POOL_ACCOUNT_DISCRIMINATOR } from '../../../programs/staking/client.generated.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { openDatabase } from '../../indexer/store/store-fixture.ts';
import { findProvider } from '../../simulation/addresses.ts';
import { tokenAccountOf } from '../../simulation/network.ts';
import { onboardProviders } from '../../simulation/onboarding.ts';
import { planProvider } from '../../simulation/population.ts';
import { type RewardChain, startRewardChain } from '../reward-network.ts';
import { providerLeaf, transactionsOf } from '../stored-rewards.ts';

const FUNDS = 5_000_000_001n;
const DISPLAYED = [118_000n, 730_000n, 0n];
const PATIENCE_MS = 180_000;

let net: RewardChain;
let clickhouse: RunningClickHouse;
let store: StoreClient;
let context: RewardContext;
let providers: Address[];
let places: { epochBook: Address; incentiveVault: Address };

beforeAll(async () => {
  [net, clickhouse] = await Promise.all([startRewardChain(), startPreparedClickHouse('small')]);
  store = (await openDatabase(clickhouse.url)).client;
  const settings = readSettings({
    ...{ CLICKHOUSE_URL: clickhouse.url, CLICKHOUSE_DATABASE: store.database },
    ...{ SOLANA_RPC_URL: net.localnet.rpcUrl, DATA_DIR: net.folder, REWARD_AUTHORITY_KEYPAIR: net.keypairPath },
  });
  context = await createRewardContext(settings, store, new AbortController().signal);
  const program = net.network.marketplaceProgram;
  const plans = DISPLAYED.map((_, index) => planProvider('7', index));
  await onboardProviders(net.network, plans);
  providers = await Promise.all(plans.map(({ wallet }) => findProvider(wallet.address, program)));
  places = { epochBook: await findEpochBook(program), incentiveVault: await findIncentiveVault(program) };
  const { admin, inferMint } = net.network;
  const funderTokenAccount = await tokenAccountOf(admin.address, inferMint.address);
  await send(fundIncentives({ funder: admin.address, ...places, funderTokenAccount }, { amount: FUNDS }, program));
  await storeEpoch(1n);
}, PATIENCE_MS);

afterAll(async () => {
  await store?.close();
  await clickhouse?.stop();
  await net?.stop();
}, PATIENCE_MS);

const send = (instruction: Instruction) =>
  net.network.sender.sendOrThrow([{ instructions: [instruction], signers: [net.network.admin] }]);

const windowOf = (rewardEpoch: bigint) => ({ start: rewardEpoch * 10n, end: rewardEpoch * 10n + 10n });

/** An epoch in which all but the last worked for the same seconds. */
function epochOf(rewardEpoch: bigint, more: bigint, changes: Partial<EpochInputs> = {}): Computation {
  const keys = providers.map((each) => fromBase58(each));
  const counts = {
    ...{ deliveredCount: 0n, failedCount: 0n, refundedCount: 0n, disputedCount: 0n, lostDisputeCount: 0n },
    ...{ challengesPassed: 0n, challengesFailed: 0n, slashCount: 0n, slashedAmount: 0n, gpuSeconds: 0n },
    ...{ volumeInfer: 0n, volumeUsdc: 0n, heartbeatsExpected: 0n, heartbeatsSeen: 0n },
  };
  const scores = keys.map((provider, index) => ({
    ...{ provider, owner: provider, tier: 1, registeredAt: 0n, bond: 0n, requiredBond: 0n, target: null },
    ...{ score: 800_000n, displayed: (DISPLAYED[index] ?? 0n) + more, epochDelivered: 0, ...counts },
  }));
  return computeEpoch({
    ...{ rewardEpoch, window: windowOf(rewardEpoch), emission: 0n, minOperatorStake: 0n, pools: [], orphanedUsdc: [] },
    evidenceHash: '',
    ...{ slots: { first: 1n, last: 2n }, eligibilitySlot: 2n, markSignature: '', scores },
    incentiveFunds: rewardEpoch === 1n ? FUNDS : 0n,
    schedule: [{ fromRewardEpoch: 1n, startTime: 10n, lengthSeconds: 10n }],
    parameters: [...parameters.values()].map(({ key, defaultValue }) => ({ key, value: defaultValue })),
    work: scores.map(({ provider, displayed }) => ({
      ...{ pool: provider, provider, model: 0, modelWeight: 1n, displayedScore: displayed, orderCount: 1 },
      ...{ settledSeconds: 10n, capSeconds: 10n, gpuSeconds: 10n },
    })),
    ...changes,
  });
}

/** With its record on chain, for all that the store says. */
async function storeEpoch(rewardEpoch: bigint, more = 0n): Promise<void> {
  const computation = epochOf(rewardEpoch, more);
  const { inputHash } = computation;
  await insertResults(store, resultRows(computation, [], 1n));
  const row = openedRow(rewardEpoch, windowOf(rewardEpoch), 1n);
  await insertEpochRow(store, inState(row, 'committed', { inputHash, lastSlot: 2n }, more + 1n));
}

const proofArgs = ({ proof, proofPath }: Pick<ProviderLeafRow, 'proof' | 'proofPath'>) => ({
  proof: [...proof],
  proofPath: proofPath.map((side) => side === 1),
});
const leafOf = async (kind: string, rewardEpoch: bigint, provider: Address) =>
  (await providerLeaf(store, kind, rewardEpoch, fromBase58(provider))) ?? expect.fail('no leaf');

it('nobody but the reward authority that the marketplace names has anything to commit', async () => {
  expect(await pendingTrees({ ...context, authority: null })).toEqual([]);
  const stranger = { ...context.authority, address: address('11111111111111111111111111111112') };
  expect(await pendingTrees({ ...context, authority: stranger as RewardContext['authority'] })).toEqual([]);
});

it('incentives above the budget of now lapse', async () => {
  const { read } = context.books;
  const lowered = async (commitment: 'confirmed') => {
    const found = await read(commitment);
    return found === null ? null : { ...found, budgetMicro: FUNDS / 1_000n };
  };
  const books = { ...context.books, read: lowered as typeof read };
  expect((await pendingTrees({ ...context, books })).map(({ kind }) => kind)).toEqual(['reputation']);
});

it('incentives and scores of a committed epoch go onto the books, once', async () => {
  const pending = await pendingTrees(context);
  expect(pending.map(({ kind, total, leafCount }) => [kind, total, leafCount])).toEqual([
    ['incentives', FUNDS, 2],
    ['reputation', 0n, 3],
  ]);
  for (const tree of pending) await commitTree(context, tree);
  expect(await pendingTrees(context)).toEqual([]);
  const { book } = (await context.books.read('confirmed')) ?? expect.fail();
  expect(book).toMatchObject({ reputationEpoch: 1n, incentiveEpoch: 1n, incentivesReserved: FUNDS });
  expect(Buffer.from(book.reputationRoot)).toEqual(Buffer.from(pending[1]?.root ?? []));
  expect((await transactionsOf(store, 1n, 'incentives')).map(({ status }) => status)).toEqual(['confirmed']);
  // Another worker that had read the books before finds its work done.
  for (const tree of pending) await commitTree(context, tree);
});

it("every provider's score can be proven to the program, and no other score", async () => {
  const program = net.network.marketplaceProgram;
  for (const [index, provider] of providers.entries()) {
    const leaf = await leafOf('reputation', 1n, provider);
    const prove = (score: number) =>
      send(proveReputation({ epochBook: places.epochBook, provider }, { score, ...proofArgs(leaf) }, program));
    await expect(prove(Number(leaf.number) + 1)).rejects.toThrow();
    await prove(Number(leaf.number));
    const [data] = await context.chain.client.accounts([provider], 'confirmed');
    expect(decodeProvider(data ?? expect.fail())).toMatchObject({
      provenScore: Number(DISPLAYED[index]),
      provenEpoch: 1n,
    });
  }
});

it('the incentives can be claimed to the last unit', async () => {
  const { marketplace, marketplaceProgram: program, inferMint, admin } = net.network;
  const incentiveEpoch = await findIncentiveEpoch(1n, program);
  for (const provider of providers.slice(0, 2)) {
    const leaf = await leafOf('incentives', 1n, provider);
    const [data] = await context.chain.client.accounts([provider], 'confirmed');
    const { payout } = decodeProvider(data ?? expect.fail());
    const accounts = { payer: admin.address, marketplace, ...places, incentiveEpoch, provider };
    await send(
      claimIncentive(
        {
          ...accounts,
          incentiveClaim: await findIncentiveClaim(incentiveEpoch, provider, program),
          providerTokenAccount: await tokenAccountOf(payout, inferMint.address),
        },
        { amount: leaf.number, ...proofArgs(leaf) },
        program,
      ),
    );
  }
  const { book } = (await context.books.read('confirmed')) ?? expect.fail();
  expect(book.incentivesReserved).toBe(0n);
});

it('of several epochs the latest root goes onto the books; another root of an epoch there is an alarm', async () => {
  await storeEpoch(2n);
  await storeEpoch(3n, 5n);
  const pending = await pendingTrees(context);
  expect(pending.map(({ kind, rewardEpoch }) => [kind, rewardEpoch])).toEqual([['reputation', 3n]]);
  // None of them can become final, since the chain has no record of theirs: that holds up no tree.
  const machine = new EpochMachine(context);
  const code = 'REWARDS__NOT_MARKED';
  await expect(machine.accrue()).rejects.toMatchObject({ code });
  expect(machine.status).toMatchObject({ accrualReason: expect.stringContaining(code), openProblems: 3 });
  expect(await pendingTrees(context)).toEqual([]);
  await storeEpoch(3n, 6n);
  await expect(pendingTrees(context)).rejects.toThrow(expect.objectContaining({ code: 'REPUTATION__ROOT_DIFFERS' }));
});

describe('what was sent', () => {
  const authority = () => context.authority ?? expect.fail('no authority');
  const mark = async (changed: Partial<RewardContext> = {}) => {
    const errand = { rewardEpoch: 1n, kind: 'mark', target: '', payer: authority(), commitment: 'confirmed' } as const;
    const instructions = await context.chain.markInstructions(authority().address, 1n);
    return sendForEpoch({ ...context, ...changed }, errand, instructions);
  };
  const fates = async () =>
    (await transactionsOf(store, 1n, 'mark')).map(({ status, errorCode }) => [status, errorCode].join(' ').trim());

  it('is never said to have failed where only the node or the store fell away', async () => {
    const away = new UpstreamError('CHAIN__RPC_UNREACHABLE', 'The node is away');
    const client = { ...context.chain.client, statuses: () => Promise.reject(away) };
    await expect(mark({ chain: { ...context.chain, client } })).rejects.toThrow(away);
    expect(await fates()).toEqual(['sent CHAIN__RPC_UNREACHABLE']);
    const full = new UpstreamError('STORE__BUSY', 'There is no room');
    let insertCount = 0;
    const insert: StoreClient['insert'] = (batch) => (++insertCount === 2 ? Promise.reject(full) : store.insert(batch));
    await expect(mark({ store: { ...store, insert } })).rejects.toThrow(full);
    await mark();
    expect((await fates()).toSorted()).toEqual(['confirmed', 'sent', 'sent CHAIN__RPC_UNREACHABLE']);
  });

  it('is sent again for a record that a fork took away, and the row names the transaction that holds', async () => {
    const { chain } = context;
    const marked = await mark();
    const history = createChainHistory(net.localnet.rpcUrl);
    const time = (await history.blockTime(marked.slot)) ?? expect.fail('no time');
    const { roots, totalRewards, artefact } = epochOf(1n, 0n, {
      ...{ emission: emissionOf(1n), pools: await poolsOnChain(history), work: [] },
      ...{ eligibilitySlot: marked.slot, markSignature: marked.signature },
      ...{ slots: { first: marked.slot, last: marked.slot }, window: { start: time, end: time + 10n } },
      schedule: [{ fromRewardEpoch: 1n, startTime: time, lengthSeconds: 10n }],
    });
    const gone = { roots, totalRewards, recordAddress: await chain.recordAddress(1n), commitSignature: 'gone' };
    const row = inState(openedRow(1n, windowOf(1n), 1n), 'committed', gone, 1n);
    expect(await finalizeStep({ ...context, authority: null }, row)).toMatchObject({
      kind: 'waiting',
      reason: expect.stringContaining('sign what plumbline rewards export-unsigned 1 prints'),
    });
    await nameFirst(await chain.recordAddress(1n));
    const again = await finalizeStep(context, row);
    const [{ signature } = expect.fail('nothing was sent')] = await transactionsOf(store, 1n, 'commit');
    expect(again).toMatchObject({ kind: 'advanced', row: { state: 'committed', commitSignature: signature } });
    // Who verifies the epoch by a node finds the commit behind a stranger's transaction.
    const { checked } = await verifyByRpc(net.localnet.rpcUrl, chain.program, 1n, artefact);
    expect(checked).toContainEqual(expect.stringContaining(`committed by ${signature} in slot`));
  });
});

async function poolsOnChain(history: ChainHistory): Promise<EpochInputs['pools']> {
  const found = await history.accountsOf(context.chain.program, OPERATOR_POOL_ACCOUNT_DISCRIMINATOR);
  return found.map(({ address: key, data }) => {
    const { joinedAtEpoch, closedAtEpoch, totalStakedAmount } = decodeOperatorPool(data);
    return {
      ...{ pool: fromBase58(key), joinedAtEpoch, closedAtEpoch, isEligible: true, isHalted: false },
      ...{
        isBelowMinimum: false,
        lastClaimedEpoch: 0n,
        totalStaked: totalStakedAmount,
        operatorStake: 0n,
        usdcInflow: 0n,
      },
    };
  });
}

/** A payment to oneself that names an account for nothing. */
async function nameFirst(account: Address): Promise<void> {
  const own = net.network.admin.address;
  const source = createNoopSigner(own);
  const { programAddress, data, accounts } = getTransferSolInstruction({ source, destination: own, amount: 1n });
  const named = [
    ...accounts.map(({ address, role }) => ({ address, role })),
    { address: account, role: AccountRole.READONLY },
  ];
  await send({ programAddress, data, accounts: named });
}

it('a problem that was cleared while another was reported does not come back', async () => {
  const place = (step: string) => ({ rewardEpoch: 9n, step, target: '' });
  const problem = new InputError('REWARDS__NO_AUTHORITY', 'There is nobody to sign');
  await new ProblemLog(store, context.nowMicros).report(place('marked'), problem);
  let readCount = 0;
  let onCleared = () => {};
  const cleared = new Promise<void>((resolve) => {
    onCleared = resolve;
  });
  const bytes: StoreClient['bytes'] = async (...question) => {
    const answer = await store.bytes(...question);
    if (readCount++ > 0) await cleared;
    return answer;
  };
  const log = new ProblemLog({ ...store, bytes }, context.nowMicros);
  const before = (await openProblems(store, 100)).length;
  const clearing = log.clear(place('marked')).then(onCleared);
  await Promise.all([clearing, log.report(place('published'), problem)]);
  expect(log.openCount).toBe(before);
  expect(await openProblems(store, 100)).toHaveLength(before);
});

it('a co-signer whose own ledger is wrong has no word yet', async () => {
  const computation = epochOf(5n, 0n, { emission: emissionOf(5n), work: [] });
  await insertResults(store, resultRows(computation, [], 1n));
  const { artefactHash, inputHash, totalRewards, totalUsdc, roots } = computation;
  const settled = { artefactHash, inputHash, totalRewards, totalUsdc, roots, eligibilitySlot: 2n, lastSlot: 2n };
  const row = inState(openedRow(5n, windowOf(5n), 1n), 'published', settled, 1n);
  for (const name of ['reconciled', 'ledger'] as const) await moveCursor(store, name, 2n, new Uint8Array(32));
  const fault = { slot: 1n, transactionIndex: 0, position: 0, kind: 'parts', expected: '1', seen: '2' };
  await insertLedgerFaults(store, [{ ...fault, subject: new Uint8Array(32) }], true, 1n);
  const reason = expect.stringContaining('LEDGER__IMBALANCE');
  expect(await judgeEpoch(context, store, row)).toEqual({ kind: 'waiting', reason });
});
