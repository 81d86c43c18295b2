/**
 * A block as a server sends it, made by the official encoder, and read as the raw transport reads it.
 * @module
 */
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import bs58 from 'bs58';
import type { Block, Transaction } from '../../../indexer/domain/chain.ts';
import { readUpdate } from '../../../indexer/stream/raw-update.ts';
import { key } from '../decode/synthetic-transaction.ts';

/** Of all accounts before and after a transaction, but for those of its turns. */
const BALANCE = '890880';

/** The message of a block at a slot with these transactions, whose indexes are their places. */
export function wireBlock(slot: bigint, transactions: readonly Transaction[]): Buffer {
  const block = {
    slot: String(slot),
    blockhash: bs58.encode(key(`block ${slot}`)),
    parentSlot: String(slot - 1n),
    parentBlockhash: bs58.encode(key(`block ${slot - 1n}`)),
    blockTime: { timestamp: '1700000000' },
    blockHeight: { blockHeight: '7' },
    executedTransactionCount: '0',
    transactions: transactions.map(wireTransaction),
    updatedAccountCount: '0',
    accounts: [],
    entriesCount: '0',
    entries: [],
    rewards: undefined,
  };
  return Buffer.from(SubscribeUpdate.encode({ filters: [], block } as unknown as SubscribeUpdate).finish());
}

export function blockIn(message: Buffer): Block {
  const update = readUpdate(message);
  if (update?.kind !== 'block') throw new Error('not a block');
  return update.block;
}

function wireTokens(accountIndex: number, amount: bigint): object {
  const decimals = 9;
  const uiAmount = Number(amount) / 10 ** decimals;
  const uiTokenAmount = { uiAmount, decimals, amount: String(amount), uiAmountString: String(uiAmount) };
  const [mint, owner, programId] = [key('mint'), key('holder'), key('tokens')].map((each) => bs58.encode(each));
  return { accountIndex, mint, uiTokenAmount, owner, programId };
}

function wireTransaction(transaction: Transaction, index: number): object {
  const { signature, error, accountKeys, instructions, innerInstructions, logMessages } = transaction;
  const message = {
    accountKeys,
    recentBlockhash: key('recent'),
    instructions,
    versioned: false,
    addressTableLookups: [],
  };
  const tokens = (amounts: readonly (readonly [Uint8Array, bigint])[]) =>
    accountKeys.flatMap((account, accountIndex) =>
      amounts
        .filter(([changed, amount]) => changed === account && amount > 0n)
        .map(([, amount]) => wireTokens(accountIndex, amount)),
    );
  const balances = {
    preTokenBalances: tokens(transaction.tokenChanges.map(({ publicKey, before }) => [publicKey, before])),
    postTokenBalances: tokens(transaction.tokenChanges.map(({ publicKey, after }) => [publicKey, after])),
    rewards: [],
  };
  const isTurned = (account: Uint8Array, isEmptied: boolean) =>
    transaction.balanceTurns.some((turn) => turn.publicKey === account && turn.isEmptied === isEmptied);
  const meta = {
    ...balances,
    preBalances: accountKeys.map((account) => (isTurned(account, false) ? '0' : BALANCE)),
    postBalances: accountKeys.map((account) => (isTurned(account, true) ? '0' : BALANCE)),
    err: error === null ? undefined : { err: error },
    fee: String(transaction.feeLamports),
    innerInstructions: innerInstructions.map((group) => ({
      index: group.index,
      instructions: group.instructions.map((each) => ({ ...each, stackHeight: each.stackHeight ?? undefined })),
    })),
    innerInstructionsNone: false,
    logMessages: logMessages ?? [],
    logMessagesNone: logMessages === null,
    loadedWritableAddresses: [],
    loadedReadonlyAddresses: [],
    returnDataNone: false,
    computeUnitsConsumed: transaction.computeUnits === null ? undefined : String(transaction.computeUnits),
  };
  return { signature, isVote: false, transaction: { signatures: [], message }, meta, index: String(index) };
}
