/** A chain that is killed goes on where its last whole block was. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, Keypair } from '@solana/web3.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningLocalnet, startLocalnet } from './start.ts';
import { TestWallet } from './test-wallet.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-durability-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function start(options: Parameters<typeof startLocalnet>[0] = {}): Promise<RunningLocalnet> {
  return startLocalnet({ ...options, dataDir });
}

/** Everything a chain knows: names, blocks, transactions, and accounts as the store and the virtual machine have them. */
function historyOf({ localnet }: RunningLocalnet): unknown {
  const { chain, genesisHash, bank } = localnet;
  const blocks = chain
    .entriesFrom(0, 'processed')
    .map((entry) => ({ ...entry, content: chain.block(entry).transactions }));
  const accounts = [...chain.accounts.latest()].map(({ key, owner, lamports, data, writeVersion }) => {
    const executed = bank.vm.getAccount(key);
    return [
      key,
      { owner, lamports, writeVersion, data: Buffer.from(data).toString('hex'), executed: executed?.lamports ?? 0n },
    ] as const;
  });
  return {
    genesisHash,
    blocks,
    accounts: Object.fromEntries(accounts),
    forks: chain.forks,
    count: chain.transactions.count,
  };
}

const slotsOf = ({ localnet }: RunningLocalnet) => localnet.chain.entriesFrom(0, 'processed').map(({ slot }) => slot);

test('a stopped chain has the same genesis, blocks and accounts again, and its blockhashes still serve', async () => {
  const first = await start();
  const wallet = await TestWallet.funded(first);
  for (let slot = 0; slot < 40; slot++) {
    await wallet.send(wallet.transfer(1_000_000 + slot), wallet.memo(`${slot}`));
    if (slot === 20) first.control({ fork: { depth: 3, confirmed: true, slots: 'same' } });
    first.advance();
  }
  const [history, late] = [historyOf(first), wallet.sign(wallet.memo('signed before the restart'))];
  await first.stop();
  const second = await start();
  expect(historyOf(second)).toEqual(history);
  const connection = new Connection(second.rpcUrl, 'processed');
  const signature = await connection.sendRawTransaction(late);
  second.advance();
  expect((await connection.getSignatureStatus(signature)).value?.err).toBeNull();
  await second.stop();
});

test('a torn tail is cut off, and the chain goes on from the block before', async () => {
  const first = await start();
  first.advance(5);
  await first.stop();
  const path = join(dataDir, 'ledger.bin');
  const wholeBytes = statSync(path).size;
  appendFileSync(path, Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 2, 9, 9]));
  const second = await start();
  expect(slotsOf(second)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(statSync(path).size).toBe(wholeBytes);
  await second.stop();
  truncateSync(path, wholeBytes - 3);
  const third = await start();
  expect(slotsOf(third)).toEqual([0, 1, 2, 3, 4]);
  third.advance();
  expect(third.localnet.chain.entryAt('processed')).toMatchObject({ slot: 5, parentSlot: 4 });
  await third.stop();
});

test('the ledger of another chain, or one that is in use, is refused', async () => {
  const net = await start({ seed: 1 });
  await expect(start({ seed: 1 })).rejects.toMatchObject({ code: 'LOCALNET__LOCKED' });
  await net.stop();
  await expect(start({ seed: 2 })).rejects.toMatchObject({ code: 'LOCALNET__OTHER_CHAIN' });
});

test('a killed process loses no block that anyone saw', async () => {
  const recipient = Keypair.fromSeed(new Uint8Array(32).fill(44)).publicKey;
  const seen = new Map<number, string>();
  let landed = 0;
  for (let round = 0; round < 3; round++) {
    const { child, rpcUrl } = await startProcess();
    const connection = new Connection(rpcUrl, 'confirmed');
    for (const [slot, blockhash] of seen)
      expect((await connection.getBlock(slot, { maxSupportedTransactionVersion: 0 }))?.blockhash).toBe(blockhash);
    expect(await connection.getBalance(recipient, 'processed')).toBeGreaterThanOrEqual(landed);
    await connection.requestAirdrop(recipient, 1_000_000_000 + round);
    while ((await connection.getBalance(recipient, 'confirmed')) === landed)
      await new Promise((resolve) => setTimeout(resolve, 20));
    landed = await connection.getBalance(recipient, 'confirmed');
    for (const slot of await connection.getBlocks(0)) {
      const block = await connection.getBlock(slot, { maxSupportedTransactionVersion: 0 });
      if (block !== null) seen.set(slot, block.blockhash);
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  expect(landed).toBe(3_000_000_003);
});

async function startProcess(): Promise<{ child: ChildProcess; rpcUrl: string }> {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'main.ts'), '--data-dir', dataDir, '--block-ms', '50'];
  const child = spawn(process.execPath, [...args, '--rpc-port', '0', '--ws-port', '0', '--grpc-port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, rpcUrl: (JSON.parse(line.toString()) as { rpcUrl: string }).rpcUrl };
}
