/**
 * LiteSVM through its byte interface: serialized transactions in, results in the chain's own terms out. The public class of
 * the package decodes and encodes every transaction again with kit, at several times the cost of executing it.
 * @module
 */
import {
  Account,
  Clock,
  EpochSchedule,
  FailedTransactionMetadata,
  LiteSvm,
  SlotHistory,
  type TransactionMetadata,
} from 'litesvm/dist/internal.js';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import type { AccountRecord } from '../ledger/block.ts';
import { bytesOf, type Key, keyOf } from '../wire/key.ts';
import {
  fieldlessInstructionErrors,
  fieldlessTransactionErrors,
  type InstructionError,
  type TransactionError,
} from '../wire/transaction-error.ts';

export interface InnerCall {
  readonly programIdIndex: number;
  readonly accounts: Uint8Array;
  readonly data: Uint8Array;
  readonly stackHeight: number;
}

export interface VmResult {
  readonly error: TransactionError | null;
  readonly logs: string[];
  /** By top-level instruction. */
  readonly innerInstructions: InnerCall[][];
  readonly computeUnits: bigint;
  readonly returnData: { readonly programId: Uint8Array; readonly data: Uint8Array } | null;
  /** Of a successful simulation: the accounts it would write. */
  readonly postAccounts: AccountRecord[];
}

/** What a validator keeps of one transaction's logs. */
const LOG_LIMIT_BYTES = 10_000n;
export const SLOTS_PER_EPOCH = 432_000;
/** Blocks, not slots, whose hashes the SlotHashes sysvar keeps. */
const SLOT_HASH_COUNT = 512;
/** Slot and hash. */
const SLOT_HASH_BYTES = 8 + 32;
const slotHashesAddress = fromBase58('SysvarS1otHashes111111111111111111111111111');
const sysvarOwner = fromBase58('Sysvar1111111111111111111111111111111111111');

export class VirtualMachine {
  readonly #svm: LiteSvm;
  /** Entries of the sysvar SlotHashes, newest first. */
  #slotHashes = Buffer.alloc(0);
  #slotHistory = SlotHistory.default();

  constructor() {
    this.#svm = new LiteSvm();
    this.#svm.setBlockhashCheck(false);
    this.#svm.setTransactionHistory(0n);
    this.#svm.setLogBytesLimit(LOG_LIMIT_BYTES);
    this.#svm.setEpochSchedule(new EpochSchedule(BigInt(SLOTS_PER_EPOCH), BigInt(SLOTS_PER_EPOCH), false, 0n, 0n));
    this.setClock({ slot: 0, unixSeconds: 0, epochStartSeconds: 0 });
  }

  addProgram(programId: Uint8Array, code: Uint8Array): void {
    this.#svm.addProgram(programId, code);
  }

  setClock(at: { slot: number; unixSeconds: number; epochStartSeconds: number }): void {
    const epoch = BigInt(Math.floor(at.slot / SLOTS_PER_EPOCH));
    this.#svm.setClock(
      new Clock(BigInt(at.slot), BigInt(at.epochStartSeconds), epoch, epoch + 1n, BigInt(at.unixSeconds)),
    );
  }

  /**
   * Blocks that follow those which were added before, oldest first; the genesis block is the first. Into SlotHashes, against
   * which address lookup tables are created, and SlotHistory. A validator keeps bank hashes in the first; a chain that has
   * none keeps the hashes of its blocks, which are as unknown before the block as those.
   */
  addBlocks(blocks: readonly { slot: number; blockhash: string }[]): void {
    const newest = blocks.slice(-SLOT_HASH_COUNT).reverse().map(slotHashBytes);
    this.#slotHashes = Buffer.concat([...newest, this.#slotHashes]).subarray(0, SLOT_HASH_COUNT * SLOT_HASH_BYTES);
    // Always as long as with all hashes: programs read it by that length.
    const data = Buffer.alloc(8 + SLOT_HASH_COUNT * SLOT_HASH_BYTES);
    data.writeBigUInt64LE(BigInt(this.#slotHashes.length / SLOT_HASH_BYTES));
    data.set(this.#slotHashes, 8);
    // LiteSVM's own setter reads all 512 hashes from base58 again: a third of a millisecond of every slot, ten times this.
    this.#svm.setAccount(slotHashesAddress, new Account(1n, data, sysvarOwner, false, 0n));
    for (const { slot } of blocks) this.#slotHistory.add(BigInt(slot));
    this.#svm.setSlotHistory(this.#slotHistory);
  }

  /** As if no block had been added. */
  clearBlocks(): void {
    this.#slotHashes = Buffer.alloc(0);
    this.#slotHistory = SlotHistory.default();
  }

  getAccount(key: Key): AccountRecord | undefined {
    const account = this.#svm.getAccount(bytesOf(key));
    return account === null ? undefined : toRecord(key, account);
  }

  getBalance(key: Key): bigint {
    return this.#svm.getBalance(bytesOf(key)) ?? 0n;
  }

  setAccount(record: AccountRecord): void {
    const account = new Account(
      record.lamports,
      record.data,
      bytesOf(record.owner),
      record.executable,
      18446744073709551615n,
    );
    this.#svm.setAccount(bytesOf(record.key), account);
  }

  minimumBalance(dataLength: number): bigint {
    return this.#svm.minimumBalanceForRentExemption(BigInt(dataLength));
  }

  /** Only bytes that `parseTransaction` accepts: others abort the process. */
  execute(bytes: Uint8Array, verifySignatures: boolean): VmResult {
    this.#svm.setSigverify(verifySignatures);
    const result = this.#svm.sendVersionedTransaction(bytes);
    return result instanceof FailedTransactionMetadata ? failure(result) : success(result, []);
  }

  /** As {@link execute}, leaving no trace. */
  simulate(bytes: Uint8Array, verifySignatures: boolean): VmResult {
    this.#svm.setSigverify(verifySignatures);
    const result = this.#svm.simulateVersionedTransaction(bytes);
    if (result instanceof FailedTransactionMetadata) return failure(result);
    const postAccounts = result.postAccounts().map((entry) => toRecord(keyOf(entry.address), entry.account()));
    return success(result.meta(), postAccounts);
  }
}

function slotHashBytes({ slot, blockhash }: { slot: number; blockhash: string }): Buffer {
  const bytes = Buffer.alloc(SLOT_HASH_BYTES);
  bytes.writeBigUInt64LE(BigInt(slot));
  bytes.set(fromBase58(blockhash), 8);
  return bytes;
}

function toRecord(key: Key, account: Account): AccountRecord {
  return {
    key,
    owner: keyOf(account.owner()),
    lamports: account.lamports(),
    data: account.data(),
    executable: account.executable(),
    writeVersion: 0n,
  };
}

function success(meta: TransactionMetadata, postAccounts: AccountRecord[]): VmResult {
  const returned = meta.returnData();
  const returnedData = returned.data();
  return {
    error: null,
    logs: meta.logs(),
    innerInstructions: meta.innerInstructions().map((calls) =>
      calls.map((call) => {
        const instruction = call.instruction();
        return {
          programIdIndex: instruction.programIdIndex(),
          accounts: instruction.accounts(),
          data: instruction.data(),
          stackHeight: call.stackHeight(),
        };
      }),
    ),
    computeUnits: meta.computeUnitsConsumed(),
    returnData: returnedData.length === 0 ? null : { programId: returned.programId(), data: returnedData },
    postAccounts,
  };
}

function failure(failed: FailedTransactionMetadata): VmResult {
  return { ...success(failed.meta(), []), error: toTransactionError(failed.err()) };
}

type VmError = ReturnType<FailedTransactionMetadata['err']>;

function toTransactionError(error: VmError): TransactionError {
  if (typeof error === 'number') return fieldlessTransactionErrors[error] ?? 'SanitizeFailure';
  if ('err' in error) return { InstructionError: [error.index, toInstructionError(error.err())] };
  if ('accountIndex' in error) {
    const place = { account_index: error.accountIndex };
    const isRent = error.constructor.name === 'TransactionErrorInsufficientFundsForRent';
    return isRent ? { InsufficientFundsForRent: place } : { ProgramExecutionTemporarilyRestricted: place };
  }
  return { DuplicateInstruction: error.index };
}

function toInstructionError(error: number | { code: number } | { msg: string }): InstructionError {
  if (typeof error === 'number') return fieldlessInstructionErrors[error] ?? 'GenericError';
  return 'code' in error ? { Custom: error.code } : 'BorshIoError';
}
