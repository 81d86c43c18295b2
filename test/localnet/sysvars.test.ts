/** The sysvars of the local chain say what its blocks say, to programs and to readers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddressLookupTableProgram,
  PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_SLOT_HASHES_PUBKEY,
  SYSVAR_SLOT_HISTORY_PUBKEY,
} from '@solana/web3.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningLocalnet, startLocalnet } from './start.ts';
import { TestWallet } from './test-wallet.ts';

const ENTRY_BYTES = 40;
const MOST_HASHES = 512;
let dataDir: string;
let net: RunningLocalnet;
let wallet: TestWallet;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-sysvars-'));
  net = await startLocalnet({ dataDir });
  wallet = await TestWallet.funded(net);
});
afterEach(async () => {
  await net.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function dataOf(sysvar: PublicKey): Promise<Buffer> {
  const account = await wallet.connection.getAccountInfo(sysvar, 'processed');
  if (account === null) throw new Error(`no sysvar ${sysvar.toBase58()}`);
  return Buffer.from(account.data);
}

/** Entries of SlotHashes in its own order. */
async function slotHashes(): Promise<{ slot: number; blockhash: string }[]> {
  const data = await dataOf(SYSVAR_SLOT_HASHES_PUBKEY);
  return Array.from({ length: Number(data.readBigUInt64LE(0)) }, (_, index) => {
    const start = 8 + index * ENTRY_BYTES;
    const hash = new PublicKey(data.subarray(start + 8, start + ENTRY_BYTES));
    return { slot: Number(data.readBigUInt64LE(start)), blockhash: hash.toBase58() };
  });
}

/** Slots of SlotHistory that have a block. */
async function slotHistory(): Promise<number[]> {
  const data = await dataOf(SYSVAR_SLOT_HISTORY_PUBKEY);
  // Option tag, count of words, words, count of bits, next slot.
  const wordCount = Number(data.readBigUInt64LE(1));
  const nextSlot = Number(data.readBigUInt64LE(data.length - 8));
  expect(wordCount * 64).toBe(Number(data.readBigUInt64LE(data.length - 16)));
  const words = data.subarray(9, 9 + wordCount * 8);
  return Array.from({ length: nextSlot }, (_, slot) => slot).filter(
    (slot) => (((words[slot >> 3] ?? 0) >> (slot & 7)) & 1) === 1,
  );
}

/** All blocks, newest first. */
function blocks(): { slot: number; blockhash: string }[] {
  const entries = net.localnet.chain.entriesFrom(0, 'processed');
  return entries.map(({ slot, blockhash }) => ({ slot, blockhash })).reverse();
}

function skip(slotCount: number): void {
  net.control({ skipSlots: slotCount });
  net.advance(slotCount + 1);
}

async function createsTable(recentSlot: number): Promise<boolean> {
  const { publicKey: authority } = wallet.key;
  const [create] = AddressLookupTableProgram.createLookupTable({ authority, payer: authority, recentSlot });
  const signature = await wallet.send(create);
  net.advance();
  return (await wallet.connection.getSignatureStatus(signature)).value?.err === null;
}

test('SlotHashes has every block so far, newest first, and no slot without one', async () => {
  net.advance(3);
  skip(2);
  net.advance(2);
  expect(await slotHashes()).toEqual(blocks());
  expect(await slotHistory()).toEqual(
    blocks()
      .map(({ slot }) => slot)
      .reverse(),
  );
});

test('SlotHashes keeps the last 512 blocks, however many slots they span', async () => {
  net.advance(100);
  skip(300);
  net.advance(440);
  const kept = await slotHashes();
  expect(kept).toEqual(blocks().slice(0, MOST_HASHES));
  expect(kept).toHaveLength(MOST_HASHES);
  const [tip, oldest] = [kept[0]?.slot ?? 0, kept.at(-1)?.slot ?? 0];
  expect(tip - oldest).toBeGreaterThan(MOST_HASHES);
  // A program sees the same: a block beyond 512 slots serves, a skipped slot and a block that is gone do not.
  const skipped = kept.find(({ slot }, index) => slot - (kept[index + 1]?.slot ?? slot) > 1)?.slot ?? 0;
  expect(await createsTable(oldest + 10)).toBe(true);
  expect(await createsTable(skipped - 1)).toBe(false);
  expect(await createsTable(oldest - 1)).toBe(false);
});

test.each(['same', 'later'] as const)('a fork onto %s slots takes the dead blocks out of both', async (slots) => {
  net.advance(6);
  const before = blocks();
  net.control({ fork: { depth: 3, confirmed: true, slots } });
  net.advance();
  const now = blocks();
  expect(now.slice(0, 3)).not.toEqual(before.slice(0, 3));
  expect(await slotHashes()).toEqual(now);
  expect(await slotHistory()).toEqual(now.map(({ slot }) => slot).reverse());
});

test('a chain that was stopped has the same sysvars again', async () => {
  net.advance(5);
  skip(3);
  net.control({ fork: { depth: 2, confirmed: true, slots: 'later' } });
  net.advance(4);
  const before = [await slotHashes(), await slotHistory()];
  await net.stop();
  net = await startLocalnet({ dataDir });
  wallet = await TestWallet.funded(net, 2);
  const [newest, ...older] = await slotHashes();
  expect(newest?.slot).toBe(blocks()[0]?.slot);
  expect([older, (await slotHistory()).slice(0, -1)]).toEqual(before);
});

test('Clock names the open slot and its epoch, and the newest hash is of the block before it', async () => {
  skip(7);
  const clock = await dataOf(SYSVAR_CLOCK_PUBKEY);
  const { localnet } = net;
  const tip = localnet.chain.entryAt('processed');
  expect(Number(clock.readBigUInt64LE(0))).toBe(localnet.openSlot);
  expect(Number(clock.readBigInt64LE(8))).toBe(localnet.chain.entryOf(0)?.blockTimeSeconds);
  expect([clock.readBigUInt64LE(16), clock.readBigUInt64LE(24)]).toEqual([0n, 1n]);
  expect(Number(clock.readBigInt64LE(32))).toBe(Math.floor(localnet.clock.nowMs() / 1000));
  expect((await slotHashes())[0]).toEqual({ slot: tip.slot, blockhash: tip.blockhash });
  expect((await slotHistory()).at(-1)).toBe(tip.slot);
});

test('a chain that begins in the past is brought to the present by as many seconds as are asked for, and goes no further', async () => {
  const past = await startLocalnet({ beginsSecondsAgo: 7_200, startMs: 1_795_219_200_000 });
  const seconds = async (method: string, params: readonly unknown[] = []) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const reply = await fetch(past.rpcUrl, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    return ((await reply.json()) as { readonly result: { readonly unixSeconds: number; behindSeconds: number } })
      .result;
  };
  const began = await seconds('localnet_passTime', [0]);
  expect(began).toEqual({ unixSeconds: 1_795_212_000, behindSeconds: 7_200 });
  expect(await seconds('localnet_passTime', [3_600])).toEqual({ unixSeconds: 1_795_215_600, behindSeconds: 3_600 });
  const tip = past.localnet.chain.entryAt('processed');
  expect(await seconds('localnet_passTime', [99_999])).toEqual({ unixSeconds: 1_795_219_200, behindSeconds: 0 });
  const present = past.localnet.chain.entryAt('processed');
  // The slot that ended had read the time before.
  expect([tip.blockTimeSeconds, present.blockTimeSeconds]).toEqual([1_795_212_000, 1_795_215_600]);
  expect(await seconds('localnet_passTime', [60])).toEqual({ unixSeconds: 1_795_219_200, behindSeconds: 0 });
  expect(past.localnet.chain.entryAt('processed').slot).toBe(present.slot);
  await past.stop();
});
