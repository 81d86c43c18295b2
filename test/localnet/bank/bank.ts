/**
 * The open bank: executes transactions one after another on the virtual machine and describes each as a validator records
 * it (status meta with balances, inner instructions and logs; states of written accounts).
 * @module
 */
import type { SubscribeUpdateTransactionInfo } from '@triton-one/yellowstone-grpc';
import type { AccountRecord } from '../ledger/block.ts';
import { type Key, keyOf } from '../wire/key.ts';
import type { ParsedTransaction } from '../wire/transaction.ts';
import { encodeTransactionError, type TransactionError } from '../wire/transaction-error.ts';
import { baseFeeLamports, costUnits, feeLamports } from './fees.ts';
import { type ResolvedAccounts, resolveAccounts } from './resolve.ts';
import { readMint, readTokenAccount, type TokenBalance, toTokenBalance } from './token-balances.ts';
import type { VirtualMachine, VmResult } from './virtual-machine.ts';

type TransactionMeta = NonNullable<SubscribeUpdateTransactionInfo['meta']>;

/** A transaction that made it into the block, failed or not. */
export interface Landed {
  /** Its index is the caller's to set. */
  readonly info: SubscribeUpdateTransactionInfo;
  readonly written: readonly AccountRecord[];
  readonly error: TransactionError | null;
  readonly feeLamports: bigint;
  /** What the leader gets of the fee: half of the base, all of the priority. */
  readonly leaderLamports: bigint;
}

export interface Dropped {
  readonly dropped: TransactionError;
}

type State = AccountRecord | undefined;
const SYSTEM_PROGRAM: Key = '\0'.repeat(32);
const ACCOUNT_OVERHEAD_BYTES = 64;

/** Failures before execution that a validator still records, taking the fee (SIMD-0082). */
const feeOnlyErrors = ['ProgramAccountNotFound', 'InvalidProgramForExecution', 'MaxLoadedAccountsDataSizeExceeded'];

export class Bank {
  readonly vm: VirtualMachine;
  #writeVersion = 0n;

  constructor(vm: VirtualMachine) {
    this.vm = vm;
  }

  /** Write versions continue after this one. */
  resumeWriteVersion(version: bigint): void {
    if (version > this.#writeVersion) this.#writeVersion = version;
  }

  /** Executes and keeps the effects, or says why the transaction cannot be recorded at all. */
  execute(transaction: ParsedTransaction, verifySignatures: boolean): Landed | Dropped {
    const accounts = resolveAccounts(transaction, (key) => this.vm.getAccount(key));
    const before = accounts.keys.map((key) => this.vm.getAccount(key));
    const result = this.#correct(transaction, this.vm.execute(transaction.bytes, verifySignatures));
    if (result.error !== null && !this.#isCharged(transaction, before[0], result.error))
      return { dropped: result.error };
    const after = accounts.keys.map((key, index) =>
      accounts.writable[index] ? this.vm.getAccount(key) : before[index],
    );
    return this.#describe(transaction, accounts, result, before, after);
  }

  /** What {@link execute} would give, without effects. */
  simulate(transaction: ParsedTransaction, verifySignatures: boolean): VmResult {
    return this.#correct(transaction, this.vm.simulate(transaction.bytes, verifySignatures));
  }

  /** Sets an account outside of any transaction, as the runtime does for rewards and sysvars. */
  write(account: Omit<AccountRecord, 'writeVersion'>): AccountRecord {
    const record = { ...account, writeVersion: ++this.#writeVersion };
    this.vm.setAccount(record);
    return record;
  }

  /** The virtual machine says "invalid program" where a validator tells a missing one apart. */
  #correct(transaction: ParsedTransaction, result: VmResult): VmResult {
    if (result.error !== 'InvalidProgramForExecution') return result;
    const isMissing = transaction.instructions.some((instruction) => {
      const program = transaction.accountKeys[instruction.programIdIndex];
      return program !== undefined && this.vm.getAccount(keyOf(program)) === undefined;
    });
    return isMissing ? { ...result, error: 'ProgramAccountNotFound' } : result;
  }

  #isCharged(transaction: ParsedTransaction, payer: State, error: TransactionError): boolean {
    if (payer === undefined) return false;
    if (this.vm.getBalance(payer.key) < payer.lamports) return true;
    if (typeof error !== 'string' || !feeOnlyErrors.includes(error)) return false;
    const fee = feeLamports(transaction);
    if (payer.lamports < fee) return false;
    this.vm.setAccount({ ...payer, lamports: payer.lamports - fee });
    return true;
  }

  #describe(
    transaction: ParsedTransaction,
    accounts: ResolvedAccounts,
    result: VmResult,
    before: State[],
    after: State[],
  ): Landed {
    const signature = transaction.signatures[0] ?? new Uint8Array(64);
    const fee = sumLamports(before) - sumLamports(after);
    const base = baseFeeLamports(transaction);
    return {
      error: result.error,
      feeLamports: fee,
      leaderLamports: base / 2n + (fee > base ? fee - base : 0n),
      written: this.#writtenBy(signature, accounts, result, after),
      info: {
        signature,
        isVote: false,
        index: '0',
        transaction: {
          signatures: [...transaction.signatures],
          message: {
            header: {
              numRequiredSignatures: transaction.numRequiredSignatures,
              numReadonlySignedAccounts: transaction.numReadonlySignedAccounts,
              numReadonlyUnsignedAccounts: transaction.numReadonlyUnsignedAccounts,
            },
            accountKeys: [...transaction.accountKeys],
            recentBlockhash: transaction.recentBlockhash,
            instructions: [...transaction.instructions],
            versioned: transaction.version !== 'legacy',
            addressTableLookups: [...transaction.lookups],
          },
        },
        meta: this.#meta(transaction, accounts, result, before, after, fee),
      },
    };
  }

  #meta(
    transaction: ParsedTransaction,
    accounts: ResolvedAccounts,
    result: VmResult,
    before: State[],
    after: State[],
    fee: bigint,
  ): TransactionMeta {
    const loadedBytes = before.reduce((sum, state) => sum + ACCOUNT_OVERHEAD_BYTES + (state?.data.length ?? 0), 0);
    const writableCount = accounts.writable.filter(Boolean).length;
    return {
      err: result.error === null ? undefined : { err: encodeTransactionError(result.error) },
      fee: fee.toString(),
      preBalances: before.map((state) => (state?.lamports ?? 0n).toString()),
      postBalances: after.map((state) => (state?.lamports ?? 0n).toString()),
      innerInstructions: result.innerInstructions.flatMap((instructions, index) =>
        instructions.length === 0 ? [] : [{ index, instructions }],
      ),
      innerInstructionsNone: false,
      logMessages: result.logs,
      logMessagesNone: false,
      preTokenBalances: this.#tokenBalances(before),
      postTokenBalances: this.#tokenBalances(after),
      rewards: [],
      loadedWritableAddresses: [...accounts.loadedWritable],
      loadedReadonlyAddresses: [...accounts.loadedReadonly],
      returnData: result.returnData ?? undefined,
      returnDataNone: result.returnData === null,
      computeUnitsConsumed: result.computeUnits.toString(),
      costUnits: costUnits(transaction, writableCount, result.computeUnits, loadedBytes).toString(),
    };
  }

  #tokenBalances(states: readonly State[]): TokenBalance[] {
    return states.flatMap((state, index) => {
      const token = state === undefined ? undefined : readTokenAccount(state);
      if (state === undefined || token === undefined) return [];
      const mint = states.find((other) => other?.key === token.mint) ?? this.vm.getAccount(token.mint);
      return [toTokenBalance(index, state, token, (mint && readMint(mint)?.decimals) ?? 0)];
    });
  }

  /** All writable accounts after success; after a failure only the payer, the rest is as it was. */
  #writtenBy(signature: Uint8Array, accounts: ResolvedAccounts, result: VmResult, after: State[]): AccountRecord[] {
    const indexes = result.error === null ? accounts.keys.keys() : [0];
    return [...indexes].flatMap((index) => {
      const key = accounts.keys[index];
      const state = after[index];
      if (key === undefined || !accounts.writable[index] || state?.executable) return [];
      const closed = { key, owner: SYSTEM_PROGRAM, lamports: 0n, data: new Uint8Array(), executable: false };
      return [{ ...(state ?? closed), writeVersion: ++this.#writeVersion, signature }];
    });
  }
}

function sumLamports(states: readonly State[]): bigint {
  return states.reduce((sum, state) => sum + (state?.lamports ?? 0n), 0n);
}
