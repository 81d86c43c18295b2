/** The order of messages on a stream: the local chain keeps the rules that recorded streams of a real server keep. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { CommitmentLevel, SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { expect, test } from 'vitest';
import { describeShared, sharedPath } from '../conformance/shared-data.ts';
import { startLocalnet } from './start.ts';
import { StreamClient } from './stream-client.ts';
import { orderViolations } from './stream-order.ts';
import { TestWallet } from './test-wallet.ts';

function readRecorded(name: string): SubscribeUpdate[] {
  const bytes = gunzipSync(readFileSync(sharedPath(`fixtures/yellowstone/${name}`)));
  const updates: SubscribeUpdate[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const end = offset + 4 + bytes.readUInt32BE(offset);
    updates.push(SubscribeUpdate.decode(bytes.subarray(offset + 4, end)));
    offset = end;
  }
  return updates;
}

const levels = { processed: CommitmentLevel.PROCESSED, confirmed: CommitmentLevel.CONFIRMED } as const;

describeShared('recorded streams', () => {
  test.each(['processed', 'confirmed'] as const)('the real server keeps the rules at %s', (commitment) => {
    expect(orderViolations(readRecorded(`${commitment}.bin.gz`), commitment)).toEqual([]);
  });

  test.each(['processed', 'confirmed'] as const)('the rules notice messages out of order at %s', (commitment) => {
    const updates = readRecorded(`${commitment}.bin.gz`);
    const meta = updates.findIndex(
      (update, position) => update.blockMeta !== undefined && updates[position - 1]?.transaction !== undefined,
    );
    [updates[meta - 1], updates[meta]] = [updates[meta] as SubscribeUpdate, updates[meta - 1] as SubscribeUpdate];
    expect(orderViolations(updates, commitment).join()).toContain('a transaction or account after the block meta');
  });
});

test.each(['processed', 'confirmed'] as const)('the local chain keeps the rules at %s', async (commitment) => {
  const net = await startLocalnet();
  const wallet = await TestWallet.funded(net);
  const stream = new StreamClient(net.grpcUrl);
  const everything = {
    accounts: { a: {} },
    slots: { s: { interslotUpdates: true } },
    transactions: { t: {} },
    blocks: { b: {} },
    blocksMeta: { m: {} },
  };
  stream.send({ ...everything, commitment: levels[commitment] });
  await stream.settle(1);
  for (let slot = 0; slot < 40; slot++) {
    for (let i = 0; i < slot % 4; i++) await wallet.send(wallet.memo(`${slot}/${i}`));
    net.advance();
  }
  await stream.settle(2);
  expect(orderViolations(stream.updates, commitment)).toEqual([]);
  const count = (kind: 'transaction' | 'blockMeta' | 'block') =>
    stream.updates.filter((update) => update[kind] !== undefined).length;
  // At CONFIRMED the stream is one block behind: it has the airdrop's block and lacks the last one, with three memos.
  const transactions = commitment === 'processed' ? 60 : 60 + 1 - 3;
  expect({ transactions: count('transaction'), metas: count('blockMeta'), blocks: count('block') }).toEqual({
    transactions,
    metas: 40,
    blocks: 40,
  });
  stream.close();
  await net.stop();
});
