/** Several real gRPC servers at once: the first to tell wins, one that dies leaves no gap, one that contradicts is an alarm. */
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Block } from '../../../indexer/domain/chain.ts';
import { rpcAncestry } from '../../../indexer/pipeline/ancestry.ts';
import { runPipeline } from '../../../indexer/pipeline/pipeline.ts';
import { type IndexerStatus, newStatus } from '../../../indexer/pipeline/status.ts';
import { blockFromRpc } from '../../../indexer/rpc/rpc-block.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';
import { officialTransport } from '../../../indexer/stream/official-transport.ts';
import { rawTransport } from '../../../indexer/stream/raw-transport.ts';
import type { StreamTransport } from '../../../indexer/stream/transport.ts';
import { GrpcServer } from '../../localnet/grpc/grpc-server.ts';
import { type RunningLocalnet, startLocalnet } from '../../localnet/start.ts';
import { MEMO_PROGRAM, TestWallet } from '../../localnet/test-wallet.ts';
import { canonicalText } from '../stream/recordings.ts';
import { MemoryStore, undecodedBlock } from './memory-store.ts';

const programs = [MEMO_PROGRAM.toBase58()];

let net: RunningLocalnet;
let wallet: TestWallet;
let store: MemoryStore;
const cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  net = await startLocalnet({ replaySlots: 100 });
  wallet = await TestWallet.funded(net);
  store = new MemoryStore();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  wallet.close();
  await net.stop();
});

/** Another server of the same chain, that can be killed by itself. */
async function startServer(port = 0) {
  const server = new GrpcServer(net.localnet);
  await new Promise<void>((resolve) => server.listener.listen(port, '127.0.0.1', resolve));
  const bound = (server.listener.address() as AddressInfo).port;
  let isUp = true;
  const stop = async () => {
    if (isUp) await server.stop();
    isUp = false;
  };
  cleanups.push(stop);
  return { url: `http://127.0.0.1:${bound}`, port: bound, stop };
}

interface Running {
  readonly status: IndexerStatus;
  readonly warnings: readonly { readonly text: string; readonly facts: object }[];
  readonly ended: Promise<unknown>;
}

function follow(transports: readonly StreamTransport[], feed: 'blocks' | 'transactions' = 'blocks'): Running {
  const [transport, ...others] = transports as [StreamTransport, ...StreamTransport[]];
  const status = newStatus();
  const stop = new AbortController();
  const warnings: { text: string; facts: object }[] = [];
  const dependencies = {
    ...{ transport, others, store, decode: undecodedBlock },
    ancestry: rpcAncestry(chainRpc(net.rpcUrl), new Set(programs)),
    log: { info: () => undefined, warn: (facts: object, text: string) => void warnings.push({ facts, text }) },
  };
  const backoff = { firstMs: 5, longestMs: 20, random: () => 0.5 };
  const options = { feed, programs, startSlot: 0n, backoff, flushMs: 1_000, patienceMs: 200 };
  const ended = runPipeline(dependencies, options, status, stop.signal).catch((error: unknown) => error);
  cleanups.push(() => {
    stop.abort();
    return ended;
  });
  return { status, warnings, ended };
}

const raw = (url: string) => rawTransport({ url, xToken: '' });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function sendMemos(count: number, name: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await wallet.send(wallet.memo(`${name} ${index}`));
    net.advance();
  }
  net.advance(2);
}

const hasCaughtUp = () => store.blocks.at(-1)?.slot === BigInt(net.control({}).confirmedSlot);
const connected = ({ endpoints }: IndexerStatus) => endpoints.map(({ isConnected }) => isConnected);
const textOf = (block: Block) => canonicalText({ ...block, accounts: [], hasAccounts: false });

async function expectStoreIsTheChain(): Promise<void> {
  const rpc = chainRpc(net.rpcUrl);
  const slots = await rpc.blockSlots(1n, BigInt(net.control({}).confirmedSlot));
  const blocks = await Promise.all(slots.map(async (slot) => ({ slot, found: await rpc.block(slot) })));
  const texts = blocks.flatMap(({ slot, found }) =>
    found === null ? [] : [textOf(blockFromRpc(slot, found, new Set(programs)))],
  );
  expect(store.blocks.map(textOf)).toEqual(texts);
}

test.each(['blocks', 'transactions'] as const)(
  'each of two servers dies in its turn and comes back: no gap, nothing twice, nothing asked of the RPC (%s)',
  async (feed) => {
    const one = await startServer();
    const two = await startServer();
    const { status } = follow([raw(one.url), officialTransport({ url: two.url, xToken: '' })], feed);
    await until(() => connected(status).every(Boolean));
    await sendMemos(4, 'both');
    await until(hasCaughtUp);
    await one.stop();
    await sendMemos(4, 'second alone');
    await until(hasCaughtUp);
    expect(status.isConnected).toBe(true);
    await startServer(one.port);
    await until(() => connected(status).every(Boolean));
    await two.stop();
    await sendMemos(4, 'first alone');
    await until(hasCaughtUp);
    await startServer(two.port);
    await until(() => connected(status).every(Boolean));
    await sendMemos(2, 'both again');
    await until(hasCaughtUp);
    await expectStoreIsTheChain();
    expect(store.blocks.every(({ hasAccounts }) => hasAccounts)).toBe(true);
    expect(status).toMatchObject({ gapsOpen: 0, disagreementsTotal: 0, forks: 0 });
    expect(status.endpoints.every(({ reconnects }) => reconnects > 0)).toBe(true);
    expect(status.reconnects).toBe(status.endpoints.reduce((sum, { reconnects }) => sum + reconnects, 0));
  },
);

/** The same stream without some of its blocks. */
function losing(transport: StreamTransport, isLost: (slot: bigint) => boolean): StreamTransport {
  return {
    ...transport,
    async open(request) {
      const stream = await transport.open(request);
      return {
        close: () => stream.close(),
        async *[Symbol.asyncIterator]() {
          for await (const updates of stream) {
            yield updates.filter((each) => each.kind !== 'block' || !isLost(each.block.slot));
          }
        },
      };
    },
  };
}

test('blocks that one endpoint loses come from the other, with their account states, before the RPC is asked', async () => {
  const other = await startServer();
  const transports = [
    losing(raw(net.grpcUrl), (slot) => slot % 3n === 0n),
    losing(raw(other.url), (slot) => slot % 3n === 1n),
  ];
  const { status } = follow(transports);
  await until(() => connected(status).every(Boolean));
  await sendMemos(12, 'memo');
  await until(hasCaughtUp);
  await expectStoreIsTheChain();
  expect(store.blocks.every(({ hasAccounts }) => hasAccounts)).toBe(true);
  expect(status.gapsOpen).toBe(0);
});

test('what both endpoints lose comes by RPC, once it was waited for', async () => {
  const other = await startServer();
  const isLost = (slot: bigint) => slot % 4n === 0n;
  const { status } = follow([losing(raw(net.grpcUrl), isLost), losing(raw(other.url), isLost)]);
  await until(() => connected(status).every(Boolean));
  await sendMemos(12, 'memo');
  await until(hasCaughtUp);
  await expectStoreIsTheChain();
  expect(store.blocks.filter(({ hasAccounts }) => !hasAccounts).every(({ slot }) => isLost(slot))).toBe(true);
});

test('forks, dropped streams and doubled messages on both change nothing', async () => {
  const other = await startServer();
  const { status } = follow([raw(net.grpcUrl), raw(other.url)]);
  await until(() => connected(status).every(Boolean));
  net.control({ duplicateMessages: true });
  await sendMemos(4, 'before');
  net.control({ fork: { depth: 3, confirmed: true, slots: 'same' } });
  net.control({ dropStreams: 'abrupt', skipSlots: 2 });
  await sendMemos(4, 'between');
  net.control({ fork: { depth: 2, confirmed: true, slots: 'later' } });
  await sendMemos(4, 'after');
  await until(hasCaughtUp);
  await expectStoreIsTheChain();
});

test.each([
  ['first', 0],
  ['second', 1],
] as const)(
  'an endpoint of another chain, named %s, is an alarm, and the chain of the RPC is committed',
  async (_, at) => {
    const foreign = await startLocalnet({ seed: 77 });
    cleanups.push(() => foreign.stop());
    // Ahead, so that it can replay from whatever is committed here.
    foreign.advance(30);
    await sendMemos(4, 'memo');
    const urls = [net.grpcUrl];
    urls.splice(at, 0, foreign.grpcUrl);
    const { status, warnings } = follow(urls.map(raw));
    await until(() => connected(status).some(Boolean));
    for (let round = 0; round < 6 || status.disagreementsTotal === 0; round += 1) {
      foreign.advance();
      await sendMemos(1, `round ${round}`);
    }
    await until(hasCaughtUp);
    await expectStoreIsTheChain();
    expect(status.disagreementsTotal).toBeGreaterThan(0);
    expect(warnings.map(({ text }) => text)).toContain('two endpoints have different blocks at one slot');
    const cutOff = warnings.flatMap(({ facts }) =>
      'code' in facts && facts.code === 'STREAM__DISAGREES' && 'address' in facts ? [facts.address] : [],
    );
    expect(new Set(cutOff)).toEqual(new Set([new URL(foreign.grpcUrl).host]));
  },
);

test('an endpoint that cannot be reached is tried again beside one that can', async () => {
  const late = await startServer();
  await late.stop();
  const { status, warnings } = follow([raw(late.url), raw(net.grpcUrl)]);
  await sendMemos(3, 'memo');
  await until(hasCaughtUp);
  await until(() => warnings.some(({ facts }) => 'code' in facts && facts.code === 'STREAM__UNREACHABLE'));
  expect(connected(status)).toEqual([false, true]);
  await startServer(late.port);
  await until(() => connected(status).every(Boolean));
});

test('a start that reaches none of its endpoints ends with a line that names the setting', async () => {
  const error = await follow([raw('http://127.0.0.1:1'), raw('http://127.0.0.1:2')]).ended;
  expect(error).toMatchObject({ code: 'STREAM__UNREACHABLE' });
  expect((error as Error).message).toContain('YELLOWSTONE_ENDPOINT');
});
