/** Account states after an outage longer than the server replays, and of a record that begins inside the chain. */
import {
  ACCOUNT_SIZE,
  createApproveInstruction,
  createCloseAccountInstruction,
  createInitializeAccountInstruction,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { Keypair, PublicKey, SystemProgram, Transaction, type TransactionInstruction } from '@solana/web3.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import type { Registry } from '../../../indexer/decode/registry.ts';
import type { Block } from '../../../indexer/domain/chain.ts';
import { rpcAncestry } from '../../../indexer/pipeline/ancestry.ts';
import { runPipeline } from '../../../indexer/pipeline/pipeline.ts';
import { runSnapshots } from '../../../indexer/pipeline/snapshots.ts';
import { type IndexerStatus, newStatus } from '../../../indexer/pipeline/status.ts';
import { loadProgramRegistry } from '../../../indexer/program-registry.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { firstFinalizedAt, proveRange } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import {
  blockHeaderAt,
  insertSnapshot,
  slotsWithoutAccountsAsOf,
  snapshotNeededFrom,
} from '../../../indexer/store/queries/rows/account-snapshots.ts';
import { rows } from '../../../indexer/store/rows.ts';
import { createSnapshotStore, type SnapshotStore } from '../../../indexer/store/snapshot-store.ts';
import { rawTransport } from '../../../indexer/stream/raw-transport.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { USDC_MINT } from '../../localnet/bank/genesis.ts';
import { type RunningLocalnet, startLocalnet } from '../../localnet/start.ts';
import { TestWallet } from '../../localnet/test-wallet.ts';
import { keyOf } from '../../localnet/wire/key.ts';
import { startPreparedClickHouse } from '../store/prepared-clickhouse.ts';
import { type Database, openDatabase } from '../store/store-fixture.ts';

/** Our programs close no account yet, the token program does: here it is the one that is followed. */
const programs = [TOKEN_PROGRAM_ID.toBase58()];
const REPLAY_SLOTS = 20;
const backoff = { firstMs: 5, longestMs: 20, random: () => 0.5 };

let clickhouse: RunningClickHouse;
let registry: Registry;
let database: Database;
let net: RunningLocalnet;
let wallet: TestWallet;
let truth: Truth;
const running: Indexer[] = [];

beforeAll(async () => {
  clickhouse = await startPreparedClickHouse('small');
});
afterAll(() => clickhouse.stop());
beforeEach(async () => {
  database = await openDatabase(clickhouse.url);
  registry = await loadProgramRegistry(database.settings);
  net = await startLocalnet({ replaySlots: REPLAY_SLOTS });
  wallet = await TestWallet.funded(net);
  truth = new Truth();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await wallet.close();
  await net.stop();
  await database.release();
});

type States = Readonly<Record<string, string>>;

/** What the chain itself has after every block, kept while it is there to be read. */
class Truth {
  readonly bySlot = new Map<number, States>();

  pass(slotCount = 1): void {
    for (let slot = 0; slot < slotCount; slot += 1) {
      net.advance();
      this.look();
    }
  }

  look(): void {
    const { slot: tip } = net.localnet.chain.entryAt('processed');
    const owned = net.localnet.chain.accounts.ownedBy(keyOf(TOKEN_PROGRAM_ID.toBytes()), tip);
    const states = owned.map(({ key, lamports, data }) => [
      Buffer.from(key, 'latin1').toString('hex'),
      `${lamports} ${Buffer.from(data).toString('hex')}`,
    ]);
    this.bySlot.set(tip, Object.fromEntries(states) as States);
  }
}

/** Accounts as the record has them after a slot. */
async function recordedAt(slot: bigint): Promise<States> {
  const found = await rows<{ key: Uint8Array; lamports: bigint; data: Uint8Array }>(
    database.client,
    `SELECT public_key AS key, argMax(lamports, slot) AS lamports, argMax(data, slot) AS data FROM canonical_accounts
WHERE slot <= {slot:UInt64} GROUP BY public_key HAVING lamports > 0`,
    { slot },
    { bytesColumns: ['data'] },
  );
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return Object.fromEntries(found.map(({ key, lamports, data }) => [hex(key), `${lamports} ${hex(data)}`]));
}

class Indexer {
  readonly status: IndexerStatus = newStatus();
  readonly #stop = new AbortController();
  readonly ended: Promise<unknown>;

  constructor(options: { readonly snapshots: boolean; readonly startSlot?: bigint }) {
    const rpc = chainRpc(net.rpcUrl);
    const dependencies = {
      transport: rawTransport({ url: net.grpcUrl, xToken: '' }),
      ancestry: rpcAncestry(rpc, new Set(programs)),
      store: createBlockStore(database.client, []),
      ...{ decode, log },
    };
    const settings = { feed: 'blocks', programs, startSlot: options.startSlot ?? 1n, backoff, flushMs: 1_000 } as const;
    const runs = [runPipeline(dependencies, settings, this.status, this.#stop.signal)];
    if (options.snapshots) runs.push(snapshotsWith(createSnapshotStore(database.client), this.status, this.#stop));
    this.ended = Promise.all(runs).catch((error: unknown) => error);
    running.push(this);
  }

  stop(): Promise<unknown> {
    this.#stop.abort();
    return this.ended;
  }

  async caughtUp(): Promise<void> {
    await until(() => this.status.committedSlot === BigInt(net.control({}).confirmedSlot));
  }
}

const decode = (block: Block) => decodeBlock(block, registry);
const log = { info: () => undefined, warn: () => undefined };

function snapshotsWith(store: SnapshotStore, status: IndexerStatus, stop: AbortController): Promise<void> {
  const rpc = chainRpc(net.rpcUrl);
  return runSnapshots({ store, rpc, decode, programs, status, log, signal: stop.signal, backoff, pollMs: 10 });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function send(signers: readonly Keypair[], ...instructions: TransactionInstruction[]): Promise<void> {
  const transaction = new Transaction().add(...instructions);
  const signature = await wallet.connection.sendTransaction(transaction, [wallet.key, ...signers]);
  truth.pass();
  const { value } = await wallet.connection.getSignatureStatus(signature);
  expect(value?.err).toBeNull();
}

/** A token account of the wallet. */
async function created(...then: ((account: PublicKey) => TransactionInstruction)[]): Promise<PublicKey> {
  const account = Keypair.generate();
  const lamports = await wallet.connection.getMinimumBalanceForRentExemption(ACCOUNT_SIZE);
  const fromPubkey = wallet.key.publicKey;
  const space = { fromPubkey, newAccountPubkey: account.publicKey, space: ACCOUNT_SIZE, lamports };
  await send(
    [account],
    SystemProgram.createAccount({ ...space, programId: TOKEN_PROGRAM_ID }),
    createInitializeAccountInstruction(account.publicKey, new PublicKey(USDC_MINT), fromPubkey),
    ...then.map((each) => each(account.publicKey)),
  );
  return account.publicKey;
}

const owner = () => wallet.key.publicKey;
const changed = (account: PublicKey, amount: number) =>
  send([], createApproveInstruction(account, wallet.key.publicKey, owner(), amount));
const closing = (account: PublicKey) => createCloseAccountInstruction(account, owner(), owner());
const closed = (account: PublicKey) => send([], closing(account));
const hexOf = (account: PublicKey) => Buffer.from(account.toBytes()).toString('hex');

/** A record with three accounts; then, unseen, one changes, one is closed, one is made. The indexer is back, its gap filled. */
async function afterOutage(options: { readonly snapshots: boolean }) {
  const before = new Indexer({ snapshots: true });
  const [kept, lost] = [await created(), await created()];
  await created();
  truth.pass(2);
  await before.caughtUp();
  await before.stop();
  expect(await snapshotNeededFrom(database.client)).toBeNull();
  await changed(kept, 1);
  await closed(lost);
  const made = await created();
  truth.pass(2 * REPLAY_SLOTS);
  const indexer = new Indexer(options);
  await indexer.caughtUp();
  const neededFrom = (await snapshotNeededFrom(database.client)) ?? expect.fail('no snapshot is needed');
  expect(neededFrom).toBeGreaterThan(BigInt(net.control({}).finalizedSlot));
  return { indexer, kept, lost, made, neededFrom };
}

/** Slots pass until a snapshot counts. */
async function snapshotTaken(indexer: Indexer): Promise<bigint> {
  while (indexer.status.snapshotsTotal === 0) {
    truth.pass(4);
    await indexer.caughtUp();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const taken = await rows<{ slot: bigint }>(database.client, 'SELECT slot FROM canonical_account_snapshots');
  expect(taken).toHaveLength(1);
  return taken[0]?.slot ?? 0n;
}

async function expectKnownFrom(slot: bigint, head: bigint): Promise<void> {
  for (let asOf = slot; asOf <= head; asOf += 1n) {
    expect(await recordedAt(asOf), `slot ${asOf}`).toEqual(truth.bySlot.get(Number(asOf)));
  }
  expect(await slotsWithoutAccountsAsOf(database.client, head)).toEqual([]);
  expect(await snapshotNeededFrom(database.client)).toBeNull();
}

const headOf = (indexer: Indexer) => indexer.status.committedSlot ?? 0n;

test('accounts that are closed, even in the transaction that opened them, are as the chain has them at once', async () => {
  const indexer = new Indexer({ snapshots: true });
  const [kept, lost] = [await created(), await created()];
  await changed(kept, 1);
  await closed(lost);
  await created();
  const passing = await created(closing);
  truth.pass(2);
  await indexer.caughtUp();
  for (let slot = 1n; slot <= headOf(indexer); slot += 1n) {
    // The mint is as old as the chain and was not written since.
    const { [hexOf(new PublicKey(USDC_MINT))]: _, ...expected } = truth.bySlot.get(Number(slot)) ?? {};
    expect(await recordedAt(slot), `slot ${slot}`).toEqual(expected);
  }
  expect((await recordedAt(headOf(indexer)))[hexOf(lost)]).toBeUndefined();
  expect((await recordedAt(headOf(indexer)))[hexOf(passing)]).toBeUndefined();
  expect(indexer.status.snapshotsTotal).toBe(0);
});

describe('an outage longer than the server replays', () => {
  test('leaves states unknown until a snapshot; from its slot on they are those of the chain, closed accounts gone', async () => {
    const { indexer, kept, lost, made, neededFrom } = await afterOutage({ snapshots: true });
    const stale = await recordedAt(neededFrom);
    expect(stale[hexOf(lost)]).toBeDefined();
    expect(stale[hexOf(made)]).toBeUndefined();
    await changed(kept, 2);
    const slot = await snapshotTaken(indexer);
    await changed(kept, 3);
    truth.pass(2);
    await indexer.caughtUp();
    expect(slot).toBeGreaterThanOrEqual(neededFrom);
    await expectKnownFrom(slot, headOf(indexer));
    const proofUntil = async (toSlot: bigint) =>
      (await proveRange(database.client, { fromSlot: 0n, toSlot, accountsSlot: toSlot, programs: [] }))
        .withoutAccountsSlots;
    expect(await proofUntil(slot)).toEqual([]);
    expect(await proofUntil(slot - 1n)).not.toEqual([]);
    expect(indexer.status.finalizedMissingTotal).toBe(0);
  });

  test('is repaired though the process dies at any step of the snapshot', async () => {
    const { indexer, neededFrom } = await afterOutage({ snapshots: false });
    while (BigInt(net.control({}).finalizedSlot) < neededFrom) truth.pass();
    await indexer.caughtUp();
    const store = createSnapshotStore(database.client);
    const steps = ['blockAt', 'keysInBlock', 'writeAccounts', 'livingKeysAsOf', 'hasUnknownBetween', 'record'] as const;
    for (const step of steps) {
      for (const moment of ['before', 'after'] as const) {
        const dying = { ...store, [step]: dyingAt(moment, store[step] as (...given: unknown[]) => Promise<unknown>) };
        await expect(snapshotsWith(dying, indexer.status, new AbortController())).rejects.toThrow('killed');
        const isDone = step === 'record' && moment === 'after';
        expect((await snapshotNeededFrom(database.client)) === null, `${moment} ${step}`).toBe(isDone);
      }
    }
    const slot = BigInt(net.control({}).finalizedSlot);
    await expectKnownFrom(slot, headOf(indexer));
  });

  test('is repaired though the blocks from which it is needed are forked away meanwhile', async () => {
    const { indexer, kept, neededFrom } = await afterOutage({ snapshots: true });
    await changed(kept, 4);
    const depth = net.control({}).slot - Number(neededFrom) + 3;
    net.control({ fork: { depth, confirmed: true, slots: 'later' } });
    truth.pass(2);
    const slot = await snapshotTaken(indexer);
    await indexer.caughtUp();
    expect(indexer.status.forks).toBeGreaterThan(0);
    // Of the blocks that landed again only the last was looked at.
    const looked = [...truth.bySlot.keys()].map(BigInt).filter((each) => each >= slot && each <= headOf(indexer));
    for (const asOf of looked.slice(-3)) {
      expect(await recordedAt(asOf), `slot ${asOf}`).toEqual(truth.bySlot.get(Number(asOf)));
    }
    expect(await snapshotNeededFrom(database.client)).toBeNull();
  });

  test('of another writer, which is gone, is repaired by the one that begins again on its blocks', async () => {
    const seen = { isConnected: true, committedSlot: 1n, finalizedSlot: 1n };
    const survivor: IndexerStatus = { ...newStatus(), ...seen };
    const store = createSnapshotStore(database.client);
    let looks = 0;
    const neededFrom = async () => {
      const found = await store.neededFrom();
      looks += 1;
      return found;
    };
    const stop = new AbortController();
    const taking = snapshotsWith({ ...store, neededFrom }, survivor, stop);
    await until(() => looks === 1);
    const { indexer: other, neededFrom: needed } = await afterOutage({ snapshots: false });
    while (BigInt(net.control({}).finalizedSlot) < needed) truth.pass();
    await other.caughtUp();
    survivor.overtakenTotal += 1;
    await until(() => {
      survivor.finalizedSlot = other.status.finalizedSlot;
      return survivor.snapshotsTotal === 1;
    });
    stop.abort();
    await taking;
    await expectKnownFrom(BigInt(net.control({}).finalizedSlot), headOf(other));
  });

  test('is not repaired by a snapshot whose block does not count', async () => {
    const { indexer, neededFrom } = await afterOutage({ snapshots: false });
    const head = (await blockHeaderAt(database.client, headOf(indexer))) ?? expect.fail();
    await insertSnapshot(database.client, { slot: head.slot, blockhash: new Uint8Array(32), accountCount: 0n });
    expect(await snapshotNeededFrom(database.client)).toBe(neededFrom);
    await insertSnapshot(database.client, { slot: head.slot, blockhash: head.blockhash, accountCount: 0n });
    expect(await snapshotNeededFrom(database.client)).toBeNull();
    await createBlockStore(database.client, []).cancelAbove(head.slot - 1n);
    expect(await snapshotNeededFrom(database.client)).toBe(neededFrom);
  });
});

/** Stands for SIGKILL: nothing after it runs. */
function dyingAt(moment: 'before' | 'after', step: (...given: unknown[]) => Promise<unknown>) {
  return async (...given: unknown[]) => {
    if (moment === 'after') await step(...given);
    throw new Error('killed');
  };
}

test.each([
  ['at the oldest slot the server replays', 0n],
  ['at its first block, long after it', 1n],
])('a record that begins %s knows every account from its snapshot on', async (_case, startSlot) => {
  const [account, lost] = [await created(), await created()];
  await closed(lost);
  truth.pass(50);
  const indexer = new Indexer({ snapshots: true, startSlot });
  await indexer.caughtUp();
  const slot = await snapshotTaken(indexer);
  await changed(account, 1);
  truth.pass(2);
  await indexer.caughtUp();
  await expectKnownFrom(slot, headOf(indexer));
  // Reward epochs begin where states are known.
  expect(await firstFinalizedAt(database.client, 0n)).toMatchObject({ slot });
});
