/** The Yellowstone side: filters, replay, pings, tokens, unary calls, and clients that do not read. */

import { createRequire } from 'node:module';
import { Keypair } from '@solana/web3.js';
import type ClientClass from '@triton-one/yellowstone-grpc';
import { CommitmentLevel, type SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { type RunningLocalnet, startLocalnet } from './start.ts';
import { StreamClient, unlinked } from './stream-client.ts';
import { MEMO_PROGRAM, TestWallet } from './test-wallet.ts';

// The package's types describe its CommonJS form.
const { default: Client } = createRequire(import.meta.url)('@triton-one/yellowstone-grpc') as typeof ClientClass;
const SYSTEM_PROGRAM = '11111111111111111111111111111111';
const CONFIRMED = CommitmentLevel.CONFIRMED;
let net: RunningLocalnet;
let wallet: TestWallet;
const open: StreamClient[] = [];

beforeEach(async () => {
  net = await startLocalnet({ replaySlots: 20 });
  wallet = await TestWallet.funded(net);
});
afterEach(async () => {
  for (const stream of open.splice(0)) stream.close();
  await net.stop();
});

function connect(options: ConstructorParameters<typeof StreamClient>[1] = {}): StreamClient {
  const stream = new StreamClient(net.grpcUrl, options);
  open.push(stream);
  return stream;
}

const signaturesOf = (updates: readonly SubscribeUpdate[]) =>
  updates.flatMap(({ transaction }) =>
    transaction?.transaction === undefined ? [] : [toBase58(transaction.transaction.signature)],
  );
const blocksOf = (updates: readonly SubscribeUpdate[]) =>
  updates.flatMap(({ block }) => (block === undefined ? [] : [block]));

test('a filtered blocks subscription gives one linked message per block with exactly the transactions that name the program', async () => {
  const stream = connect();
  stream.send({
    blocks: { b: { accountInclude: [MEMO_PROGRAM.toBase58()], includeTransactions: true } },
    commitment: CONFIRMED,
  });
  await stream.settle(1);
  const sent: string[] = [];
  for (let slot = 0; slot < 6; slot++) {
    await wallet.send(wallet.transfer(1_000_000 + slot));
    if (slot % 2 === 0) sent.push(await wallet.send(wallet.memo(`slot ${slot}`)));
    net.advance();
  }
  net.advance();
  await stream.settle(2);
  const blocks = blocksOf(stream.updates);
  expect(blocks.flatMap((block) => block.transactions.map(({ signature }) => toBase58(signature)))).toEqual(sent);
  expect(blocks.map((block) => block.transactions.length)).toEqual([0, 1, 0, 1, 0, 1, 0]);
  expect(blocks.map(({ executedTransactionCount }) => Number(executedTransactionCount))).toEqual([1, 2, 1, 2, 1, 2, 1]);
  expect(unlinked(blocks)).toEqual([]);
});

test('blocks of the stream and blocks of the RPC are the same', async () => {
  const stream = connect();
  stream.send({ blocks: { b: {} }, commitment: CONFIRMED });
  await stream.settle(1);
  await wallet.send(wallet.memo('one'), wallet.transfer(1e15));
  await wallet.send(wallet.transfer(2_000_000));
  net.advance(3);
  await stream.settle(2);
  for (const block of blocksOf(stream.updates)) {
    const answer = await wallet.connection.getBlock(Number(block.slot), {
      maxSupportedTransactionVersion: 0,
      commitment: 'confirmed',
    });
    expect({
      ...answer,
      transactions: answer?.transactions.map(({ transaction, meta }) => [
        transaction.signatures[0],
        meta?.logMessages,
        meta?.fee,
      ]),
    }).toMatchObject({
      blockhash: block.blockhash,
      previousBlockhash: block.parentBlockhash,
      parentSlot: Number(block.parentSlot),
      blockTime: Number(block.blockTime?.timestamp),
      transactions: block.transactions.map(({ signature, meta }) => [
        toBase58(signature),
        meta?.logMessages,
        Number(meta?.fee),
      ]),
    });
  }
});

test('transactions pass filters by account, outcome and signature', async () => {
  const stream = connect();
  const other = Keypair.fromSeed(new Uint8Array(32).fill(77)).publicKey;
  const memo = await wallet.send(wallet.memo('plain'));
  const failed = await wallet.send(wallet.memo('failing'), wallet.transfer(1e15));
  const paid = await wallet.send(wallet.transfer(1_000_000, other));
  const filters = {
    memo: { accountInclude: [MEMO_PROGRAM.toBase58()] },
    failed: { failed: true },
    good: { failed: false, accountExclude: [other.toBase58()] },
    both: { accountRequired: [MEMO_PROGRAM.toBase58(), SYSTEM_PROGRAM] },
    one: { signature: paid },
    votes: { vote: true },
  };
  stream.send({ transactions: filters });
  await stream.settle(1);
  net.advance();
  await stream.settle(2);
  const names = stream.updates.flatMap(({ transaction, filters }) =>
    transaction?.transaction === undefined ? [] : [[toBase58(transaction.transaction.signature), filters]],
  );
  expect(names).toEqual([
    [memo, ['memo', 'good']],
    [failed, ['memo', 'failed', 'both']],
    [paid, ['one']],
  ]);
});

test('accounts pass filters by key, owner, size and content, with slices of their data', async () => {
  const stream = connect();
  const key = wallet.key.publicKey.toBase58();
  stream.send({
    accounts: {
      mine: { account: [key] },
      system: { owner: [SYSTEM_PROGRAM] },
      none: { owner: [SYSTEM_PROGRAM], filters: [{ datasize: '165' }] },
      rich: { filters: [{ lamports: { gt: '9000000000' } }] },
    },
  });
  await stream.settle(1);
  const signature = await wallet.send(wallet.transfer(3_000_000));
  net.advance();
  await stream.settle(2);
  const account = stream.updates.find(
    ({ account }) => account?.account !== undefined && toBase58(account.account.pubkey) === key,
  );
  expect(account?.filters).toEqual(['mine', 'system', 'rich']);
  expect(account?.account?.account?.lamports).toBe('9996995000');
  expect(toBase58(account?.account?.account?.txnSignature ?? new Uint8Array())).toBe(signature);
  expect(stream.updates.filter(({ filters }) => filters.includes('none'))).toEqual([]);
});

test('a stream joins at a past slot without loss or repeats, whatever it missed', async () => {
  const sent: string[] = [];
  for (let slot = 0; slot < 10; slot++) {
    sent.push(await wallet.send(wallet.memo(`before ${slot}`)));
    net.advance();
  }
  const stream = connect();
  stream.send({
    transactions: { t: { accountInclude: [MEMO_PROGRAM.toBase58()] } },
    slots: { s: {} },
    fromSlot: '2',
    commitment: CONFIRMED,
  });
  await stream.settle(1);
  for (let slot = 0; slot < 5; slot++) {
    sent.push(await wallet.send(wallet.memo(`after ${slot}`)));
    net.advance();
  }
  net.advance();
  await stream.settle(2);
  expect(signaturesOf(stream.updates)).toEqual(sent);
});

test('slots out of the replay buffer are refused, naming the oldest one there is', async () => {
  net.advance(60);
  const tooOld = connect();
  tooOld.send({ slots: { s: {} }, fromSlot: '5' });
  expect(await tooOld.ended).toMatchObject({
    code: 11,
    details: 'broadcast from 5 is not available, last available: 42',
  });
  const ahead = connect();
  ahead.send({ slots: { s: {} }, fromSlot: '9999' });
  expect(await ahead.ended).toMatchObject({ code: 13, details: 'failed to get replay response' });
});

test('pings are answered by id, and do not touch the filters', async () => {
  const stream = connect();
  stream.send({ blocksMeta: { m: {} } });
  await stream.until((update) => update.ping !== undefined);
  await stream.settle(41);
  net.advance();
  await stream.settle(42);
  expect(stream.updates.map((update) => update.pong?.id ?? (update.blockMeta ? 'meta' : 'ping'))).toEqual([
    'ping',
    41,
    'meta',
    42,
  ]);
});

test('filters that cannot be read end the stream as invalid', async () => {
  const stream = connect();
  stream.send({ transactions: { t: { accountInclude: ['not a key'] } } });
  expect(await stream.ended).toMatchObject({ code: 3 });
});

test('a client that does not read is cut off as lagged, and others are not held up', async () => {
  const small = await startLocalnet({ streamQueueBytes: 40_000 });
  const [slow, quick] = [new StreamClient(small.grpcUrl), new StreamClient(small.grpcUrl)];
  for (const stream of [slow, quick]) {
    stream.send({ blocksMeta: { m: {} } });
    await stream.settle(1);
  }
  slow.pause();
  for (let round = 0; round < 200 && small.control({}).streamCount === 2; round++) {
    small.advance(50);
    await quick.settle(round + 2);
  }
  slow.resume();
  expect(await slow.ended).toMatchObject({ code: 13, details: 'lagged to send an update' });
  const tip = small.localnet.chain.entryAt('processed').slot;
  expect(quick.updates.filter(({ blockMeta }) => blockMeta !== undefined)).toHaveLength(tip);
  for (const stream of [slow, quick]) stream.close();
  await small.stop();
});

test('a wrong token connects and is refused at the first call', async () => {
  const guarded = await startLocalnet({ xToken: 'secret' });
  const wrong = new StreamClient(guarded.grpcUrl, { xToken: 'guess' });
  expect(await wrong.ended).toMatchObject({ code: 16 });
  const right = new StreamClient(guarded.grpcUrl, { xToken: 'secret' });
  right.send({ slots: { s: {} } });
  await right.settle(1);
  const client = new Client(guarded.grpcUrl, 'guess', {});
  await client.connect();
  const refused: unknown = await client.getSlot().catch((error: unknown) => error);
  expect(String((refused as Error).cause)).toContain('No valid auth token');
  for (const stream of [wrong, right]) stream.close();
  await guarded.stop();
});

test('the official client subscribes, even with filters whose options are all defaults, and makes every unary call', async () => {
  const client = new Client(net.grpcUrl, undefined, {});
  await client.connect();
  const stream = await client.subscribe();
  const updates: SubscribeUpdate[] = [];
  const hasConfirmed = new Promise<void>((resolve) => {
    stream.on('data', (update: SubscribeUpdate) => {
      updates.push(update);
      if (update.pong?.id === 1) net.advance(2);
      if (update.slot?.status === 1 && update.slot.slot === '2') resolve();
    });
  });
  stream.on('error', () => undefined);
  const signature = await wallet.send(wallet.memo('seen by the official client'));
  const empty = { transactionsStatus: {}, entry: {}, accounts: {}, accountsDataSlice: [], blocks: {} };
  const all = { accountInclude: [], accountExclude: [], accountRequired: [] };
  stream.write({ ...empty, transactions: { t: all }, slots: { s: {} }, blocksMeta: { m: {} }, commitment: CONFIRMED });
  stream.write({ ...empty, transactions: {}, slots: {}, blocksMeta: {}, ping: { id: 1 } });
  await hasConfirmed;
  expect(signaturesOf(updates).at(-1)).toBe(signature);
  expect(JSON.parse((await client.getVersion()).version).version.version).toBe('15.1.2');
  expect(await client.getSlot()).toEqual({ slot: '3' });
  expect(await client.getBlockHeight(CONFIRMED)).toEqual({ blockHeight: '2' });
  const { blockhash, lastValidBlockHeight } = await client.getLatestBlockhash(CONFIRMED);
  expect(lastValidBlockHeight).toBe('152');
  expect(await client.isBlockhashValid(blockhash)).toEqual({ slot: '3', valid: true });
  expect(await client.ping(7)).toEqual({ count: 8 });
  expect(await client.subscribeReplayInfo()).toEqual({ firstAvailable: '1' });
  stream.destroy();
});
