/** Sending, confirming, simulating and reading as wallets and programs do it, with both generations of the Solana client. */

import { address, createSolanaRpc, lamports as kitLamports, signature as kitSignature } from '@solana/kit';
import {
  ACCOUNT_SIZE,
  createAssociatedTokenAccountInstruction,
  createInitializeAccountInstruction,
  createMintToInstruction,
  getAssociatedTokenAddressSync,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import {
  AddressLookupTableProgram,
  Keypair,
  LAMPORTS_PER_SOL,
  PublicKey,
  SendTransactionError,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { USDC_MINT } from './bank/genesis.ts';
import { type RunningLocalnet, startLocalnet } from './start.ts';
import { TestWallet } from './test-wallet.ts';

const mintAuthority = Keypair.fromSeed(new Uint8Array(32).fill(9));
let net: RunningLocalnet;
let wallet: TestWallet;

beforeEach(async () => {
  net = await startLocalnet({ usdcMintAuthority: mintAuthority.publicKey.toBase58() });
  wallet = await TestWallet.funded(net);
});
afterEach(async () => {
  await wallet.close();
  await net.stop();
});

test('a transaction is confirmed over the websocket when the next block stands on its own', async () => {
  const { blockhash, lastValidBlockHeight } = await wallet.connection.getLatestBlockhash();
  const signature = await wallet.send(wallet.transfer(LAMPORTS_PER_SOL));
  const confirmation = wallet.connection.confirmTransaction(
    { signature, blockhash, lastValidBlockHeight },
    'confirmed',
  );
  net.advance();
  expect((await wallet.connection.getSignatureStatus(signature)).value?.confirmationStatus).toBe('processed');
  net.advance();
  expect((await confirmation).value.err).toBeNull();
  expect((await wallet.connection.getSignatureStatus(signature)).value?.confirmationStatus).toBe('confirmed');
  net.advance(30);
  expect((await wallet.connection.getSignatureStatus(signature)).value).toMatchObject({
    confirmationStatus: 'finalized',
    confirmations: null,
  });
});

test('a subscription to a signature that is confirmed already is fulfilled at once', async () => {
  const signature = await wallet.send(wallet.transfer(5_000_000));
  net.advance(2);
  await new Promise<void>((resolve) => wallet.connection.onSignature(signature, () => resolve(), 'confirmed'));
});

test('slots, accounts and logs are announced over the websocket', async () => {
  const seen = new Map<string, unknown>();
  const { connection, key } = wallet;
  const heard = (name: string) => (value: unknown) => seen.set(name, value);
  connection.onSlotChange(heard('slot'));
  connection.onAccountChange(key.publicKey, heard('account'), { commitment: 'processed' });
  connection.onLogs(key.publicKey, heard('logs'), 'processed');
  const ready = connection.onSignature(await wallet.send(wallet.memo('first')), heard('signature'), 'processed');
  while (!seen.has('signature')) {
    net.advance();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(ready).toBeTypeOf('number');
  const signature = await wallet.send(wallet.memo('second'));
  net.advance();
  const tip = net.localnet.chain.entryAt('processed').slot;
  while ((seen.get('logs') as { signature: string } | undefined)?.signature !== signature)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(seen.get('account')).toMatchObject({ lamports: 9_999_990_000 });
  while ((seen.get('slot') as { slot: number } | undefined)?.slot !== tip + 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(seen.get('slot')).toMatchObject({ parent: tip, root: net.localnet.chain.entryAt('finalized').slot });
});

test('preflight refuses a failing transaction with the logs of its simulation, and nothing is charged', async () => {
  const bytes = wallet.sign(wallet.transfer(1e15));
  const before = await wallet.connection.getBalance(wallet.key.publicKey);
  const error = await wallet.connection.sendRawTransaction(bytes).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SendTransactionError);
  expect((error as SendTransactionError).message).toContain(
    'Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1',
  );
  expect((error as SendTransactionError).logs?.at(-1)).toBe(
    'Program 11111111111111111111111111111111 failed: custom program error: 0x1',
  );
  net.advance();
  expect(await wallet.connection.getBalance(wallet.key.publicKey)).toBe(before);
});

test('without preflight a failing transaction lands with its error, logs and fee', async () => {
  const signature = await wallet.send(wallet.memo('before'), wallet.transfer(1e15));
  net.advance(2);
  const landed = await wallet.connection.getTransaction(signature, {
    commitment: 'confirmed',
    maxSupportedTransactionVersion: 0,
  });
  expect(landed?.meta).toMatchObject({ err: { InstructionError: [1, { Custom: 1 }] }, fee: 5000 });
  expect(landed?.meta?.logMessages).toContain('Program log: before');
  expect((landed?.meta?.preBalances[0] ?? 0) - (landed?.meta?.postBalances[0] ?? 0)).toBe(5000);
});

test('unknown blockhashes, wrong signatures and repeats are refused as a validator refuses them', async () => {
  const stale = new Transaction({ feePayer: wallet.key.publicKey, recentBlockhash: PublicKey.default.toBase58() }).add(
    wallet.memo('x'),
  );
  stale.sign(wallet.key);
  await expect(wallet.connection.sendRawTransaction(stale.serialize())).rejects.toThrow(
    'Transaction simulation failed: Blockhash not found',
  );
  const forged = wallet.sign(wallet.memo('y'));
  forged.writeUInt8(forged.readUInt8(5) ^ 1, 5);
  await expect(wallet.connection.sendRawTransaction(forged)).rejects.toThrow(
    'Transaction signature verification failure',
  );
  const bytes = wallet.sign(wallet.memo('z'));
  const signature = await wallet.connection.sendRawTransaction(bytes);
  await expect(wallet.connection.sendRawTransaction(bytes)).rejects.toThrow(
    'This transaction has already been processed',
  );
  expect(await wallet.connection.sendRawTransaction(bytes, { skipPreflight: true })).toBe(signature);
  net.advance(2);
  const blocks = await Promise.all(
    (await wallet.connection.getBlocks(1, undefined, 'confirmed')).map((slot) =>
      wallet.connection.getBlockSignatures(slot, 'confirmed'),
    ),
  );
  expect(blocks.flatMap((block) => block.signatures).filter((found) => found === signature)).toHaveLength(1);
});

test('a blockhash serves for 150 blocks and no longer', async () => {
  const [early, late] = [wallet.sign(wallet.memo('early')), wallet.sign(wallet.memo('late'))];
  const { blockhash } = net.localnet.chain.entryAt('processed');
  net.advance(150);
  expect((await wallet.connection.isBlockhashValid(blockhash, { commitment: 'processed' })).value).toBe(true);
  await wallet.connection.sendRawTransaction(early);
  net.advance();
  expect((await wallet.connection.isBlockhashValid(blockhash, { commitment: 'processed' })).value).toBe(false);
  await expect(wallet.connection.sendRawTransaction(late)).rejects.toThrow('Blockhash not found');
});

test('reads see the state of their commitment', async () => {
  const to = Keypair.generate().publicKey;
  await wallet.send(wallet.transfer(2_000_000, to));
  net.advance();
  const balances = () =>
    Promise.all(
      (['processed', 'confirmed', 'finalized'] as const).map((level) => wallet.connection.getBalance(to, level)),
    );
  expect(await balances()).toEqual([2_000_000, 0, 0]);
  net.advance();
  expect(await balances()).toEqual([2_000_000, 2_000_000, 0]);
  net.advance(30);
  expect(await balances()).toEqual([2_000_000, 2_000_000, 2_000_000]);
});

test('a simulation tells the outcome and the accounts it would write, and leaves no trace', async () => {
  const { blockhash } = net.localnet.chain.entryAt('processed');
  const to = Keypair.generate().publicKey;
  const message = new TransactionMessage({
    payerKey: wallet.key.publicKey,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [wallet.transfer(3_000_000, to)],
  });
  const unsigned = new VersionedTransaction(message.compileToV0Message());
  const { value } = await wallet.connection.simulateTransaction(unsigned, {
    ...{ sigVerify: false, replaceRecentBlockhash: true, commitment: 'processed' },
    accounts: { encoding: 'base64', addresses: [to.toBase58()] },
  });
  expect(value).toMatchObject({ err: null, unitsConsumed: 150 });
  expect(value.accounts?.[0]?.lamports).toBe(3_000_000);
  expect(value).toMatchObject({ replacementBlockhash: { blockhash } });
  expect((await wallet.connection.simulateTransaction(unsigned, { sigVerify: false })).value.err).toBe(
    'BlockhashNotFound',
  );
  net.advance();
  expect(await wallet.connection.getBalance(to)).toBe(0);
});

test('USDC is at its mainnet address, mintable by the given authority, with balances in the transaction', async () => {
  const { connection, key } = wallet;
  const mint = new PublicKey(USDC_MINT);
  const holder = getAssociatedTokenAddressSync(mint, key.publicKey);
  const create = createAssociatedTokenAccountInstruction(key.publicKey, holder, key.publicKey, mint);
  const transaction = new Transaction().add(
    create,
    createMintToInstruction(mint, holder, mintAuthority.publicKey, 12_340_000),
  );
  const signature = await connection.sendTransaction(transaction, [key, mintAuthority]);
  net.advance(2);
  expect((await connection.getTokenAccountBalance(holder)).value).toEqual({
    amount: '12340000',
    decimals: 6,
    uiAmount: 12.34,
    uiAmountString: '12.34',
  });
  expect((await connection.getTokenSupply(mint)).value.amount).toBe('12340000');
  const owned = await connection.getParsedTokenAccountsByOwner(key.publicKey, { mint });
  expect(owned.value[0]?.account.data.parsed.info.tokenAmount.uiAmountString).toBe('12.34');
  const landed = await connection.getTransaction(signature, {
    commitment: 'confirmed',
    maxSupportedTransactionVersion: 0,
  });
  expect(landed?.meta?.preTokenBalances).toEqual([]);
  expect(landed?.meta?.postTokenBalances?.[0]).toMatchObject({
    mint: USDC_MINT,
    owner: key.publicKey.toBase58(),
    uiTokenAmount: { amount: '12340000' },
  });
  expect(landed?.meta?.innerInstructions?.[0]?.instructions.length).toBeGreaterThan(2);
});

test('program accounts are found by size and by content', async () => {
  const { connection, key } = wallet;
  const account = Keypair.generate();
  const space = {
    newAccountPubkey: account.publicKey,
    space: ACCOUNT_SIZE,
    lamports: await connection.getMinimumBalanceForRentExemption(ACCOUNT_SIZE),
  };
  const create = SystemProgram.createAccount({ fromPubkey: key.publicKey, programId: TOKEN_PROGRAM_ID, ...space });
  const initialize = createInitializeAccountInstruction(account.publicKey, new PublicKey(USDC_MINT), key.publicKey);
  await connection.sendTransaction(new Transaction().add(create, initialize), [key, account]);
  net.advance();
  const find = (bytes: string) =>
    connection.getProgramAccounts(TOKEN_PROGRAM_ID, {
      filters: [{ dataSize: ACCOUNT_SIZE }, { memcmp: { offset: 32, bytes } }],
    });
  expect((await find(key.publicKey.toBase58())).map(({ pubkey }) => pubkey.toBase58())).toEqual([
    account.publicKey.toBase58(),
  ]);
  expect(await find(account.publicKey.toBase58())).toEqual([]);
});

test('lookup tables work, and loaded keys come back writable first', async () => {
  const { connection, key } = wallet;
  const to = Keypair.generate().publicKey;
  const [create, table] = AddressLookupTableProgram.createLookupTable({
    authority: key.publicKey,
    payer: key.publicKey,
    recentSlot: await connection.getSlot('processed'),
  });
  const extend = AddressLookupTableProgram.extendLookupTable({
    lookupTable: table,
    authority: key.publicKey,
    payer: key.publicKey,
    addresses: [to],
  });
  await connection.sendTransaction(new Transaction().add(create, extend), [key]);
  net.advance(2);
  const lookup = (await connection.getAddressLookupTable(table)).value;
  const { blockhash } = await connection.getLatestBlockhash();
  const message = new TransactionMessage({
    payerKey: key.publicKey,
    recentBlockhash: blockhash,
    instructions: [wallet.transfer(4_000_000, to)],
  });
  const versioned = new VersionedTransaction(message.compileToV0Message(lookup === null ? [] : [lookup]));
  versioned.sign([key]);
  const signature = await connection.sendTransaction(versioned);
  net.advance(2);
  const landed = await connection.getTransaction(signature, {
    commitment: 'confirmed',
    maxSupportedTransactionVersion: 0,
  });
  expect(landed?.version).toBe(0);
  expect(landed?.meta?.loadedAddresses?.writable.map((loaded) => loaded.toBase58())).toEqual([to.toBase58()]);
  expect(await connection.getBalance(to)).toBe(4_000_000);
});

test('logs beyond 10,000 bytes are cut off with a mark, and the transaction lands all the same', async () => {
  const signature = await wallet.send(...Array.from({ length: 60 }, () => wallet.memo('')));
  net.advance(2);
  const landed = await wallet.connection.getTransaction(signature, {
    commitment: 'confirmed',
    maxSupportedTransactionVersion: 0,
  });
  const logs = landed?.meta?.logMessages ?? [];
  expect(landed?.meta?.err).toBeNull();
  // As on a validator, shorter lines that still fit follow the mark.
  expect(logs.filter((line) => line === 'Log truncated')).toHaveLength(1);
  expect(logs.filter((line) => line !== 'Log truncated').join('').length).toBeLessThanOrEqual(10_000);
});

test('kit reads and sends the same chain', async () => {
  const rpc = createSolanaRpc(net.rpcUrl);
  const bytes = wallet.sign(wallet.memo('from kit'));
  const sent = await rpc.sendTransaction(bytes.toString('base64') as never, { encoding: 'base64' }).send();
  net.advance(2);
  const { value } = await rpc.getSignatureStatuses([kitSignature(sent)]).send();
  expect(value[0]).toMatchObject({ confirmationStatus: 'confirmed', err: null, slot: 2n });
  const block = await rpc
    .getBlock(2n, { commitment: 'confirmed', encoding: 'base64', maxSupportedTransactionVersion: 0 })
    .send();
  expect(block?.transactions[0]?.transaction[0]).toBe(bytes.toString('base64'));
  const account = await rpc
    .getAccountInfo(address(wallet.key.publicKey.toBase58()), { encoding: 'base64', commitment: 'confirmed' })
    .send();
  expect(account.value?.lamports).toBe(kitLamports(9_999_995_000n));
  expect(account.value?.space).toBe(0n);
});
