/** What can be made to go wrong goes wrong as announced, and the chain stays whole. */
import { CommitmentLevel, type SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { type RunningLocalnet, startLocalnet } from './start.ts';
import { StreamClient, unlinked } from './stream-client.ts';
import { MEMO_PROGRAM, TestWallet } from './test-wallet.ts';

const DEAD = 6;
let net: RunningLocalnet;
let wallet: TestWallet;
const open: StreamClient[] = [];

beforeEach(async () => {
  net = await startLocalnet({ controlPort: 0 });
  wallet = await TestWallet.funded(net);
});
afterEach(async () => {
  for (const stream of open.splice(0)) stream.close();
  await net.stop();
});

async function follow(
  commitment: CommitmentLevel,
  options: ConstructorParameters<typeof StreamClient>[1] = {},
): Promise<StreamClient> {
  const stream = new StreamClient(net.grpcUrl, options);
  open.push(stream);
  stream.send({
    slots: { s: { interslotUpdates: true } },
    blocks: { b: { accountInclude: [MEMO_PROGRAM.toBase58()] } },
    transactions: { t: { accountInclude: [MEMO_PROGRAM.toBase58()] } },
    commitment,
  });
  await stream.settle(1);
  return stream;
}

const blocksOf = (stream: StreamClient) => stream.updates.flatMap(({ block }) => (block === undefined ? [] : [block]));
const transactionsOf = (updates: readonly SubscribeUpdate[]) =>
  updates.flatMap(({ transaction }) => (transaction?.transaction ? [toBase58(transaction.transaction.signature)] : []));
const sendMemos = async (count: number) => {
  const sent: string[] = [];
  for (let i = 0; i < count; i++) {
    sent.push(await wallet.send(wallet.memo(`memo ${i} of ${count}`)));
    net.advance();
  }
  return sent;
};

test('skipped slots have no block, the next block names its real parent, and the RPC says they were skipped', async () => {
  const stream = await follow(CommitmentLevel.PROCESSED);
  net.control({ skipSlots: 3 });
  net.advance(6);
  await stream.settle(2);
  expect(blocksOf(stream).map(({ slot, parentSlot }) => `${slot}<${parentSlot}`)).toEqual(['2<1', '6<2', '7<6']);
  await expect(
    wallet.connection.getBlock(4, { maxSupportedTransactionVersion: 0, commitment: 'confirmed' }),
  ).rejects.toMatchObject({ code: -32007 });
  await expect(
    wallet.connection.getBlock(7, { maxSupportedTransactionVersion: 0, commitment: 'confirmed' }),
  ).rejects.toMatchObject({ code: -32004 });
  expect(await wallet.connection.getBlocks(1, undefined, 'confirmed')).toEqual([1, 2, 6]);
});

test.each(['same', 'later'] as const)(
  'a fork after confirmation replaces blocks by others with the same transactions, in the %s slots',
  async (slots) => {
    const stream = await follow(CommitmentLevel.CONFIRMED);
    const sent = await sendMemos(5);
    net.control({ fork: { depth: 3, confirmed: true, slots } });
    net.advance(4);
    await stream.settle(2);
    const dead = stream.updates.flatMap(({ slot }) => (slot?.status === DEAD ? [slot.slot] : []));
    expect(dead).toEqual(['7', '6', '5']);
    const canonical = new Map(blocksOf(stream).map((block) => [block.slot, block]));
    if (slots === 'later') for (const slot of dead) canonical.delete(slot);
    const chain = [...canonical.values()].sort((a, b) => Number(a.slot) - Number(b.slot));
    expect(unlinked(chain)).toEqual([]);
    expect(chain.flatMap(({ transactions }) => transactions.map(({ signature }) => toBase58(signature)))).toEqual(sent);
    for (const block of chain.slice(1)) {
      const answer = await wallet.connection.getBlock(Number(block.slot), {
        maxSupportedTransactionVersion: 0,
        commitment: 'confirmed',
      });
      expect(answer?.blockhash).toBe(block.blockhash);
    }
    expect(await wallet.connection.getBalance(wallet.key.publicKey, 'processed')).toBe(10_000_000_000 - 5 * 5000);
  },
);

test('a fork before confirmation is never seen at confirmed, and each transaction is there once', async () => {
  const [confirmed, processed] = [await follow(CommitmentLevel.CONFIRMED), await follow(CommitmentLevel.PROCESSED)];
  net.control({ fork: { depth: 3, confirmed: false, slots: 'later' } });
  const sent = await sendMemos(6);
  net.advance(2);
  for (const stream of [confirmed, processed]) await stream.settle(2);
  expect(transactionsOf(confirmed.updates)).toEqual(sent);
  expect(transactionsOf(processed.updates).length).toBeGreaterThan(sent.length);
  expect(unlinked(blocksOf(confirmed))).toEqual([]);
});

test('a finalized block cannot be forked away', () => {
  net.advance(40);
  const refuse = (depth: number) =>
    expect(() => net.control({ fork: { depth, confirmed: true } })).toThrow(/no finalized one/);
  refuse(31);
  refuse(0);
  const finalized = net.localnet.chain.entryAt('finalized');
  net.control({ fork: { depth: 30, confirmed: true } });
  net.advance();
  expect(net.localnet.chain.forks).toBe(1);
  expect(net.localnet.chain.entryOf(finalized.slot)).toEqual(finalized);
});

test('an omitted transaction is missing from every stream and present in the RPC', async () => {
  const stream = await follow(CommitmentLevel.PROCESSED);
  net.control({ omitNextTransactions: 1 });
  const [omitted, carried] = await sendMemos(2);
  await stream.settle(2);
  expect(transactionsOf(stream.updates)).toEqual([carried]);
  expect(
    blocksOf(stream).map(({ transactions, executedTransactionCount }) => [
      transactions.length,
      executedTransactionCount,
    ]),
  ).toEqual([
    [0, '1'],
    [1, '1'],
  ]);
  expect((await wallet.connection.getBlockSignatures(2, 'confirmed')).signatures).toEqual([omitted]);
});

test('messages can come twice', async () => {
  const stream = await follow(CommitmentLevel.PROCESSED);
  net.control({ duplicateMessages: true });
  const [sent] = await sendMemos(1);
  await stream.settle(2);
  expect(transactionsOf(stream.updates)).toEqual([sent, sent]);
});

test('streams can end in good order or break off', async () => {
  const clean = await follow(CommitmentLevel.PROCESSED);
  net.control({ dropStreams: 'clean' });
  expect(await clean.ended).toMatchObject({ code: 0 });
  const cut = await follow(CommitmentLevel.PROCESSED);
  net.control({ dropStreams: 'abrupt' });
  expect((await cut.ended).code).not.toBe(0);
  const again = await follow(CommitmentLevel.PROCESSED);
  net.advance();
  await again.settle(2);
  expect(blocksOf(again)).toHaveLength(1);
});

test('a frozen link answers no HTTP/2 ping, so that keep-alive finds it, and a thawed one delivers what was held', async () => {
  const watching = await follow(CommitmentLevel.PROCESSED, {
    channel: { 'grpc.keepalive_time_ms': 100, 'grpc.keepalive_timeout_ms': 100 },
  });
  const patient = await follow(CommitmentLevel.PROCESSED);
  net.control({ grpcFrozen: true });
  net.advance(3);
  expect((await watching.ended).code).toBe(14);
  expect(blocksOf(patient)).toHaveLength(0);
  net.control({ grpcFrozen: false });
  await patient.settle(2);
  expect(blocksOf(patient)).toHaveLength(3);
});

test('slow answers keep their order', async () => {
  const stream = await follow(CommitmentLevel.PROCESSED);
  net.control({ grpcDelayMs: 30, rpcDelayMs: 30 });
  const sent = await sendMemos(3);
  net.control({ grpcDelayMs: 0 });
  await stream.settle(2);
  expect(transactionsOf(stream.updates)).toEqual(sent);
});

test('the control port does the same from another process, and refuses what it cannot do', async () => {
  const post = (body: unknown) => fetch(net.controlUrl ?? '', { method: 'POST', body: JSON.stringify(body) });
  expect(await (await post({ advance: 2 })).json()).toMatchObject({
    slot: 3,
    confirmedSlot: 2,
    finalizedSlot: 0,
    forks: 0,
  });
  const refused = await post({ skipSlots: -1 });
  expect([refused.status, await refused.json()]).toEqual([400, { error: 'Cannot skip -1 slots' }]);
});
