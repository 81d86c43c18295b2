import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transactionErrorText } from '../../../api/reads/transaction-error.ts';
import type { Block } from '../../../indexer/domain/chain.ts';
import { UpstreamError } from '../../../indexer/domain/errors.ts';
import { rpcAncestry } from '../../../indexer/pipeline/ancestry.ts';
import { runPipeline } from '../../../indexer/pipeline/pipeline.ts';
import { type IndexerStatus, newStatus } from '../../../indexer/pipeline/status.ts';
import { blockFromRpc, type RpcTransaction } from '../../../indexer/rpc/rpc-block.ts';
import { type ChainRpc, chainRpc } from '../../../indexer/rpc/rpc-client.ts';
import { officialTransport } from '../../../indexer/stream/official-transport.ts';
import { rawTransport } from '../../../indexer/stream/raw-transport.ts';
import type { Feed } from '../../../indexer/stream/subscription.ts';
import type { StreamTransport } from '../../../indexer/stream/transport.ts';
import { type RunningLocalnet, startLocalnet } from '../../localnet/start.ts';
import { MEMO_PROGRAM, TestWallet } from '../../localnet/test-wallet.ts';
import { canonicalText } from '../stream/recordings.ts';
import { MemoryStore, undecodedBlock } from './memory-store.ts';

const programs = [MEMO_PROGRAM.toBase58()];
const transports = { raw: rawTransport, official: officialTransport };

let net: RunningLocalnet;
let wallet: TestWallet;
let store: MemoryStore;
const indexers: Indexer[] = [];

beforeEach(async () => {
  net = await startLocalnet({ replaySlots: 20 });
  wallet = await TestWallet.funded(net);
  store = new MemoryStore();
});
afterEach(async () => {
  await Promise.all(indexers.splice(0).map((each) => each.stop()));
  wallet.close();
  await net.stop();
});

interface IndexerOptions {
  readonly transport?: 'raw' | 'official';
  readonly feed?: Feed;
  readonly startSlot?: bigint;
  readonly url?: string;
  readonly xToken?: string;
  readonly rpc?: ChainRpc;
  readonly around?: (transport: StreamTransport) => StreamTransport;
}

/** A pipeline over the local chain and the store of the test. */
class Indexer {
  readonly status: IndexerStatus = newStatus();
  readonly #stop = new AbortController();
  readonly ended: Promise<unknown>;

  constructor(options: IndexerOptions = {}) {
    const { transport = 'raw', feed = 'blocks', startSlot = 0n, xToken = '', url = net.grpcUrl } = options;
    const { around = (given) => given } = options;
    const dependencies = {
      transport: around(transports[transport]({ url, xToken })),
      ancestry: rpcAncestry(options.rpc ?? chainRpc(net.rpcUrl), new Set(programs)),
      store,
      decode: undecodedBlock,
      log: { info: () => undefined, warn: () => undefined },
    };
    const backoff = { firstMs: 5, longestMs: 20, random: () => 0.5 };
    const settings = { feed, programs, startSlot, backoff, flushMs: 1_000 };
    this.ended = runPipeline(dependencies, settings, this.status, this.#stop.signal).catch((error: unknown) => error);
    indexers.push(this);
  }

  async stop(): Promise<unknown> {
    this.#stop.abort();
    return this.ended;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function sendMemos(count: number, name: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await wallet.send(wallet.memo(`${name} ${index}`));
    if (index % 3 === 0) await wallet.send(wallet.transfer(1_000_000_000_000), wallet.memo(`${name} fails ${index}`));
    net.advance();
  }
}

const confirmedSlot = () => BigInt(net.control({}).confirmedSlot);
const hasCaughtUp = () => store.blocks.at(-1)?.slot === confirmedSlot();

/** The chain by RPC, without what only a stream has. */
async function chainByRpc(fromSlot: bigint): Promise<string[]> {
  const rpc = chainRpc(net.rpcUrl);
  const slots = await rpc.blockSlots(fromSlot, confirmedSlot());
  const blocks = await Promise.all(slots.map(async (slot) => ({ slot, found: await rpc.block(slot) })));
  return blocks.flatMap(({ slot, found }) =>
    found === null ? [] : [textOf(blockFromRpc(slot, found, new Set(programs)))],
  );
}

const textOf = (block: Block) => canonicalText({ ...block, accounts: [], hasAccounts: false });
const transactionCount = (blocks: readonly Block[]) =>
  blocks.reduce((sum, { transactions }) => sum + transactions.length, 0);

/** From the first block after genesis, which no server replays, unless told otherwise. */
async function expectStoreIsTheChain(fromSlot = 1n): Promise<void> {
  expect(store.blocks.map(textOf)).toEqual(await chainByRpc(fromSlot));
}

describe.each([
  { transport: 'raw', feed: 'blocks' },
  { transport: 'raw', feed: 'transactions' },
  { transport: 'official', feed: 'blocks' },
  { transport: 'official', feed: 'transactions' },
] as const)('$transport transport, $feed feed', (options) => {
  test('what is committed is the chain, failed transactions included, as its RPC tells it', async () => {
    new Indexer(options);
    await sendMemos(6, 'memo');
    net.advance(2);
    await until(hasCaughtUp);
    expect(transactionCount(store.blocks)).toBe(8);
    expect(store.blocks.flatMap(({ transactions }) => transactions.filter(({ error }) => error !== null))).toHaveLength(
      2,
    );
    expect(store.blocks.every(({ hasAccounts }) => hasAccounts)).toBe(true);
    await expectStoreIsTheChain();
  });

  test('dropped streams, doubled messages, skipped slots and forks change nothing', async () => {
    const indexer = new Indexer(options);
    net.control({ duplicateMessages: true });
    await sendMemos(4, 'before');
    net.advance(2);
    await until(hasCaughtUp);
    net.control({ fork: { depth: 3, confirmed: true, slots: 'same' } });
    net.control({ dropStreams: 'abrupt', skipSlots: 3 });
    await sendMemos(4, 'between');
    net.control({ fork: { depth: 2, confirmed: true, slots: 'later' } });
    net.control({ dropStreams: 'clean' });
    await sendMemos(3, 'after');
    net.advance(2);
    await until(hasCaughtUp);
    expect(indexer.status.reconnects).toBeGreaterThan(0);
    expect(indexer.status.gapsOpen).toBe(0);
    await expectStoreIsTheChain();
  });
});

test('a stop longer than the server can replay is filled from RPC', async () => {
  const first = new Indexer();
  await sendMemos(3, 'before');
  net.advance(2);
  await until(hasCaughtUp);
  await first.stop();
  await sendMemos(40, 'meanwhile');
  const second = new Indexer();
  await sendMemos(2, 'after');
  net.advance(2);
  await until(hasCaughtUp);
  expect(second.status.gapsOpen).toBe(0);
  expect(store.blocks.filter(({ hasAccounts }) => !hasAccounts).length).toBeGreaterThan(10);
  await expectStoreIsTheChain();
});

test('an empty database begins at START_SLOT, though the server cannot replay from there', async () => {
  await sendMemos(40, 'early');
  new Indexer({ startSlot: 3n });
  net.advance(2);
  await until(hasCaughtUp);
  expect(store.blocks[0]?.slot).toBe(3n);
  await expectStoreIsTheChain(3n);
});

test('a server that keeps no slots to replay is followed from its tip, and RPC fills what stopped between', async () => {
  const forgetful = await startLocalnet({ replaySlots: 0 });
  const own = { net, wallet };
  net = forgetful;
  wallet = await TestWallet.funded(net);
  try {
    const first = new Indexer();
    await sendMemos(3, 'before');
    await until(hasCaughtUp);
    await first.stop();
    await sendMemos(5, 'meanwhile');
    const second = new Indexer();
    await until(() => second.status.isConnected);
    await sendMemos(2, 'after');
    net.advance(2);
    await until(hasCaughtUp);
    expect(second.status.gapsOpen).toBe(0);
    await expectStoreIsTheChain(store.blocks[0]?.slot);
  } finally {
    await Promise.all(indexers.splice(0).map((each) => each.stop()));
    wallet.close();
    await forgetful.stop();
    net = own.net;
    wallet = own.wallet;
  }
});

test('a server that refuses replays in words of its own is followed from its tip after some attempts', async () => {
  const isTip: boolean[] = [];
  const reluctant = (transport: StreamTransport): StreamTransport => ({
    ...transport,
    async open(request) {
      isTip.push(request.fromSlot === undefined);
      if (request.fromSlot !== undefined) throw new UpstreamError('STREAM__BROKEN', 'the past is past');
      return transport.open(request);
    },
  });
  const indexer = new Indexer({ around: reluctant });
  await until(() => indexer.status.isConnected);
  await sendMemos(3, 'memo');
  net.advance(2);
  await until(hasCaughtUp);
  expect(isTip).toEqual([false, false, false, true]);
  await expectStoreIsTheChain(store.blocks[0]?.slot);
});

test('a store that is away now and then gets everything all the same, in order', async () => {
  let calls = 0;
  store.isAway = () => calls++ % 3 !== 0;
  // The first look at the checkpoint is not repeated: a process that cannot start says so.
  calls = 0;
  const indexer = new Indexer();
  expect(await indexer.ended).toMatchObject({ code: 'STORE__UNREACHABLE' });
  store.isAway = () => false;
  const other = new Indexer();
  await until(() => other.status.isConnected);
  store.isAway = () => calls++ % 3 !== 0;
  await sendMemos(10, 'memo');
  net.advance(2);
  await until(hasCaughtUp);
  store.isAway = () => false;
  expect(other.status.storeRetries).toBeGreaterThan(0);
  await expectStoreIsTheChain();
});

test('a block of the RPC that cannot be read is asked for again, and the status says why', async () => {
  const first = new Indexer();
  await sendMemos(3, 'before');
  await until(hasCaughtUp);
  await first.stop();
  await sendMemos(40, 'meanwhile');
  const rpc = chainRpc(net.rpcUrl);
  let isUnreadable = true;
  const block = async (slot: bigint) => {
    const found = await rpc.block(slot);
    return isUnreadable && found !== null ? { ...found, previousBlockhash: '0' } : found;
  };
  const second = new Indexer({ rpc: { ...rpc, block } });
  await until(() => second.status.lastError?.includes('cannot be read') === true);
  expect(second.status.gapsOpen).toBe(1);
  isUnreadable = false;
  await until(hasCaughtUp);
  await expectStoreIsTheChain();
});

test('a gap is filled though its transactions failed with what only a newer node has a name for', async () => {
  const first = new Indexer();
  await sendMemos(3, 'before');
  await until(hasCaughtUp);
  await first.stop();
  const above = confirmedSlot();
  await sendMemos(24, 'meanwhile');
  const rpc = chainRpc(net.rpcUrl);
  const newer = (each: RpcTransaction) =>
    each.meta?.err ? { ...each, meta: { ...each.meta, err: { FromTheFuture: 7 } } } : each;
  const block = async (slot: bigint) => {
    const found = await rpc.block(slot);
    return found && { ...found, transactions: found.transactions.map(newer) };
  };
  const second = new Indexer({ rpc: { ...rpc, block } });
  await until(hasCaughtUp);
  expect(second.status.gapsOpen).toBe(0);
  const filled = store.blocks.filter(({ slot, hasAccounts }) => slot > above && !hasAccounts);
  const errors = filled.flatMap(({ transactions }) => transactions.flatMap(({ error }) => error ?? []));
  expect(errors.length).toBeGreaterThan(0);
  expect(new Set(errors.map(transactionErrorText))).toEqual(new Set(['Unknown({"FromTheFuture":7})']));
  expect(second.status.unnamedErrorsTotal).toBe(errors.length);
});

test('a gap is filled by a node that gives a few blocks at a time', async () => {
  const first = new Indexer();
  await sendMemos(3, 'before');
  await until(hasCaughtUp);
  await first.stop();
  await sendMemos(40, 'meanwhile');
  const rpc = chainRpc(net.rpcUrl);
  let left = 0;
  const block = async (slot: bigint) => {
    if (left === 0) throw new UpstreamError('RPC__UNREACHABLE', 'HTTP 429');
    left -= 1;
    return rpc.block(slot);
  };
  const blockSlots = (from: bigint, to: bigint) => {
    left = 6;
    return rpc.blockSlots(from, to);
  };
  const second = new Indexer({ rpc: { ...rpc, block, blockSlots } });
  await until(hasCaughtUp);
  expect(second.status.gapsOpen).toBe(0);
  await expectStoreIsTheChain();
});

test('a stop while a gap cannot be filled leaves the checkpoint below the gap', async () => {
  const first = new Indexer();
  await sendMemos(3, 'before');
  await until(hasCaughtUp);
  await first.stop();
  const head = store.blocks.at(-1)?.slot;
  await sendMemos(40, 'meanwhile');
  const away = async () => Promise.reject(new Error('no RPC'));
  const second = new Indexer({ rpc: chainRpc('http://127.0.0.1:1', away) });
  await until(() => second.status.gapsOpen === 1 && second.status.storeRetries > 0);
  expect(await second.stop()).toBeUndefined();
  expect(store.blocks.at(-1)?.slot).toBe(head);
});

test('finality follows the chain and only names committed blocks', async () => {
  const indexer = new Indexer();
  for (let slot = 0; slot < 45; slot += 5) {
    net.advance(5);
    await until(hasCaughtUp);
  }
  await until(() => hasCaughtUp() && indexer.status.finalizedSlot === BigInt(net.control({}).finalizedSlot));
  expect(store.finalized).toBe(indexer.status.finalizedSlot);
});

test('a wrong token ends the start with a line that names the setting', async () => {
  const guarded = await startLocalnet({ xToken: 'right' });
  const error = await new Indexer({ url: guarded.grpcUrl, xToken: 'wrong' }).ended;
  await guarded.stop();
  expect(error).toMatchObject({ code: 'STREAM__UNAUTHENTICATED' });
  expect((error as Error).message).toContain('YELLOWSTONE_X_TOKEN');
});

test('an endpoint that nobody serves ends the start with a line that names the setting', async () => {
  const error = await new Indexer({ url: 'http://127.0.0.1:1' }).ended;
  expect(error).toMatchObject({ code: 'STREAM__UNREACHABLE' });
  expect((error as Error).message).toContain('YELLOWSTONE_ENDPOINT');
});
