/**
 * From packed transactions to rows, without objects in between: for what nearly all transactions are. Each that is
 * anything else, at the first sign of it, is taken back and goes the way of all others, `decode` and then the rows of
 * what was decoded. The rows are the same either way, byte for byte: this is about their price.
 *
 * A block whose logs were cut is left to who can ask for them again.
 * @module
 */
import { decodeAccounts } from '../../decode/decode-accounts.ts';
import { TransactionDecoder } from '../../decode/decode-block.ts';
import type { DecodedBlock, Undecoded, UndecodedReason } from '../../decode/decoded-block.ts';
import type { Registry } from '../../decode/registry.ts';
import type { Block } from '../../domain/chain.ts';
import {
  END,
  ERROR,
  FEE,
  HEAD,
  INDEX,
  nextRecord,
  type PackedTransactions,
  packedOf,
  SIGNATURE,
  START,
  TOKEN_AFTER,
  TOKEN_BEFORE,
  TOKEN_CHANGE,
  UNITS,
} from '../../domain/packed-transactions.ts';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../../domain/units.ts';
import { addAccounts, byteCountOf, headerOf, inOrder, type PreparedBlock } from '../block-rows.ts';
import { BlockTables } from '../block-tables.ts';
import { ByteSource } from '../byte-source.ts';
import { ByteWriter } from '../byte-writer.ts';
import { blockPrefix } from '../chain-rows.ts';
import { compareEvents, compareInstructions } from '../row-order.ts';
import { type BlockContext, contextOf } from '../table-shape.ts';
import { addTokenChanges } from '../token-rows.ts';
import { decodeBase64, decodedSizeBytes } from './base64.ts';
import { PackedCalls } from './calls.ts';
import { PackedLogs } from './logs.ts';
import { NamedAccounts } from './named-accounts.ts';
import { EventPlans, InstructionPlans } from './plans.ts';
import { type CalledProgram, CalledPrograms } from './programs.ts';

const NO_KEY = new Uint8Array(PUBLIC_KEY_BYTES);
const EVENT_TAG_BYTES = 8;
const FIRST_PAYLOAD_BYTES = 4_096;

export class DirectEncoder {
  readonly #tables: BlockTables;
  readonly #programs: CalledPrograms;
  readonly #calls: PackedCalls;
  readonly #logs: PackedLogs;
  readonly #events: EventPlans;
  readonly #instructions = new InstructionPlans();
  readonly #named = new NamedAccounts();
  readonly #json = new ByteWriter();
  #payload = new ByteSource(new Uint8Array(FIRST_PAYLOAD_BYTES));
  #from = new ByteSource(new Uint8Array(0));
  #tape: Int32Array = new Int32Array(0);
  #prefix = this.#from;
  /** Of the transaction at hand. */
  #record = 0;
  #payloadCount = 0;
  /** Of the block at hand. */
  #undecoded: Undecoded[] = [];

  /** @throws InputError `BATCH__UNKNOWN_TYPE` */
  constructor(private readonly registry: Registry) {
    this.#tables = new BlockTables(registry.tables);
    this.#events = new EventPlans(this.#tables);
    this.#programs = new CalledPrograms(registry);
    this.#calls = new PackedCalls(this.#programs);
    this.#logs = new PackedLogs(this.#calls);
  }

  /**
   * The block as the store will write it; `null` for one that is not packed, or has logs that were cut.
   * @throws InvariantError as `BlockRowEncoder.prepare`
   */
  prepare(block: Block): PreparedBlock | null {
    const packed = packedOf(block);
    if (packed === null) return null;
    try {
      return this.#prepare(block, packed);
    } finally {
      this.#tables.clear();
      this.#undecoded = [];
      this.#from = this.#prefix;
    }
  }

  #prepare(block: Block, packed: PackedTransactions): PreparedBlock | null {
    const tables = this.#tables;
    const header = headerOf(block);
    const decodedAccounts = decodeAccounts(block.accounts, this.registry, block.slot);
    const decoded = { ...NOTHING, ...decodedAccounts, block: { ...header, transactions: [], accounts: [] } };
    const context = contextOf(decoded);
    const prefix = blockPrefix(context);
    this.#prefix = new ByteSource(prefix);
    this.#from = new ByteSource(packed.bytes);
    this.#tape = packed.tape;
    this.#programs.startBlock(block.slot);
    this.#record = 0;
    for (let count = 0; count < packed.count; count += 1) {
      if (!this.#add() && !this.#addDecoded(packed, context, prefix)) return null;
      this.#record = nextRecord(this.#tape, this.#record);
    }
    const undecodedCount = tables.addUndecoded(this.#undecoded, context, false);
    const contentHash = tables.contentHash();
    const [eventCount, instructionCount] = [tables.events.rowCount, tables.instructions.rowCount];
    tables.addUndecoded(decodedAccounts.undecoded, context, true);
    addAccounts(tables.accounts, decodedAccounts, context);
    const accountCount = decodedAccounts.accounts.length;
    const counts = { transactionCount: packed.count, eventCount, instructionCount, accountCount, undecodedCount };
    const rows = tables.take();
    const byteCount = byteCountOf(rows);
    const prepared: PreparedBlock = { block: header, ...counts, isProvable: true, contentHash, rows, byteCount };
    tables.assign(prepared);
    return prepared;
  }

  /** The transaction at hand; false, and nothing added, where it is not one that is known here. */
  #add(): boolean {
    const { transactions, events, instructions, tokenBalances } = this.#tables;
    const undecodedCount = this.#undecoded.length;
    transactions.keep();
    events.keep();
    instructions.keep();
    tokenBalances.keep();
    this.#events.keepNone();
    if (this.#addAll()) return true;
    transactions.undo();
    events.undo();
    instructions.undo();
    tokenBalances.undo();
    this.#events.undoTouched();
    this.#undecoded.length = undecodedCount;
    return false;
  }

  #addAll(): boolean {
    if (!this.#calls.read(this.#tape, this.#record, this.#from)) return false;
    const hasFailed = this.#number(ERROR + 1) >= 0;
    this.#addTransaction(hasFailed);
    if (!hasFailed && !this.#addEvents()) return false;
    const calls = this.#calls;
    const hasTokenChanges = calls.tokenCount > 0;
    if (hasTokenChanges) this.#named.start();
    for (let call = 0; call < calls.count; call += 1) {
      const program = calls.programs[call] as CalledProgram;
      if (program.ours === null || calls.carriesEvent[call]) continue;
      if (!this.#addInstruction(call, program, hasFailed)) return false;
      if (!hasTokenChanges) continue;
      this.#named.add(this.#from.bytes, calls.accountsAt[call] as number, calls.accountCounts[call] as number);
    }
    if (hasTokenChanges) this.#addTokenChanges();
    return true;
  }

  #addTokenChanges(): void {
    const { tokenBalances } = this.#tables;
    const { writer } = tokenBalances;
    const [tape, { tokensAt, tokenCount }] = [this.#tape, this.#calls];
    for (let at = tokensAt; at < tokensAt + TOKEN_CHANGE * tokenCount; at += TOKEN_CHANGE) {
      const index = tape[at] as number;
      const keyAt = this.#calls.keyAt(tape, index);
      if (keyAt < 0 || !this.#named.has(index)) continue;
      writer.copyFrom(this.#prefix, 0, this.#prefix.bytes.length);
      writer.uint32(this.#number(INDEX));
      writer.copyFrom(this.#from, keyAt, keyAt + PUBLIC_KEY_BYTES);
      writer.halves(tape[at + TOKEN_BEFORE] as number, tape[at + TOKEN_BEFORE + 1] as number);
      writer.halves(tape[at + TOKEN_AFTER] as number, tape[at + TOKEN_AFTER + 1] as number);
      tokenBalances.rowCount += 1;
    }
  }

  #number(offset: number): number {
    return this.#tape[this.#record + offset] as number;
  }

  #addTransaction(hasFailed: boolean): void {
    const { transactions } = this.#tables;
    const { writer } = transactions;
    const from = this.#from;
    writer.copyFrom(this.#prefix, 0, this.#prefix.bytes.length);
    writer.uint32(this.#number(INDEX));
    writer.copyFrom(from, this.#number(SIGNATURE), this.#number(SIGNATURE) + SIGNATURE_BYTES);
    const payerAt = this.#calls.keyCount === 0 ? -1 : this.#number(HEAD);
    if (payerAt < 0) writer.bytes(NO_KEY);
    else writer.copyFrom(from, payerAt, payerAt + PUBLIC_KEY_BYTES);
    writer.uint8(hasFailed ? 1 : 0);
    const errorBytes = Math.max(0, this.#number(ERROR + 1));
    writer.varint(errorBytes);
    writer.copyFrom(from, this.#number(ERROR), this.#number(ERROR) + errorBytes);
    writer.halves(this.#number(FEE), this.#number(FEE + 1));
    const hasUnits = this.#number(UNITS + 1) >= 0;
    writer.uint8(hasUnits ? 0 : 1);
    if (hasUnits) writer.halves(this.#number(UNITS), this.#number(UNITS + 1));
    // Its log is whole, or this is not where its row is written.
    writer.uint8(0);
    transactions.rowCount += 1;
  }

  #addEvents(): boolean {
    const logs = this.#logs;
    if (!logs.walk(this.#tape, this.#from)) return false;
    this.#payloadCount = 0;
    for (let step = 0; step < logs.stepCount; step += 1) {
      const call = logs.calls[step] as number;
      const textAt = logs.payloadsAt[step] as number;
      if (textAt >= 0) {
        const size = this.#decode(textAt, logs.payloadLengths[step] as number);
        if (size < 0 || !this.#addEvent(call, 'log', this.#payload, 0, size)) return false;
      } else if (this.#calls.carriesEvent[call]) {
        const dataAt = this.#calls.dataAt[call] as number;
        const end = dataAt + (this.#calls.dataLengths[call] as number);
        if (!this.#addEvent(call, 'cpi', this.#from, dataAt + EVENT_TAG_BYTES, end)) return false;
      }
    }
    return true;
  }

  #decode(textAt: number, length: number): number {
    const sizeBytes = decodedSizeBytes(length);
    if (sizeBytes > this.#payload.bytes.length) this.#payload = new ByteSource(new Uint8Array(2 * sizeBytes));
    return decodeBase64(this.#from.bytes, textAt, length, this.#payload.bytes);
  }

  /** An event between two offsets of `data`. */
  #addEvent(call: number, transport: 'log' | 'cpi', data: ByteSource, start: number, end: number): boolean {
    const calls = this.#calls;
    const program = calls.programs[call] as CalledProgram;
    const event = start === end ? null : (program.version?.events.find(data.bytes, start) ?? null);
    const plan = event === null ? null : this.#events.planOf(event);
    if (plan === null || plan.headBytes > end - start) return false;
    const { events } = this.#tables;
    this.#events.touch(plan.open);
    this.#writeEnvelope(plan.open.writer, call);
    if (!plan.columns(plan.open.writer, data, start + plan.headBytes, end)) return false;
    plan.open.rowCount += 1;
    const { writer } = events;
    this.#writeEnvelope(writer, call);
    writer.copyFrom(program.id, 0, PUBLIC_KEY_BYTES);
    const names = transport === 'log' ? plan.logNames : plan.cpiNames;
    writer.copyFrom(names, 0, names.bytes.length);
    writer.varint(end - start);
    writer.copyFrom(data, start, end);
    events.rowCount += 1;
    calls.eventCounts[call] = (calls.eventCounts[call] as number) + 1;
    this.#payloadCount += 1;
    return true;
  }

  #writeEnvelope(writer: ByteWriter, call: number): void {
    writer.copyFrom(this.#prefix, 0, this.#prefix.bytes.length);
    writer.uint32(this.#number(INDEX));
    this.#calls.writePath(writer, call);
    writer.uint32(this.#calls.eventCounts[call] as number);
    writer.uint32(this.#payloadCount);
    writer.copyFrom(this.#from, this.#number(SIGNATURE), this.#number(SIGNATURE) + SIGNATURE_BYTES);
  }

  #addInstruction(call: number, program: CalledProgram, hasFailed: boolean): boolean {
    const calls = this.#calls;
    const [dataAt, dataLength] = [calls.dataAt[call] as number, calls.dataLengths[call] as number];
    if (program.version === null) return this.#addUnknown(call, program, 'unknown_program_version');
    const found = dataLength === 0 ? null : program.version.instructions.find(this.#from.bytes, dataAt);
    if (found === null) return this.#addUnknown(call, program, 'unknown_discriminator');
    const plan = this.#instructions.planOf(found);
    // The bytes behind the data may have looked like the rest of it.
    if (plan === null || plan.headBytes > dataLength) return false;
    const json = this.#json;
    json.clear();
    if (plan.args(json, this.#from, dataAt + plan.headBytes, dataAt + dataLength) < 0) return false;
    const { instructions } = this.#tables;
    const { writer } = instructions;
    writer.copyFrom(this.#prefix, 0, this.#prefix.bytes.length);
    writer.uint32(this.#number(INDEX));
    calls.writePath(writer, call);
    writer.copyFrom(this.#from, this.#number(SIGNATURE), this.#number(SIGNATURE) + SIGNATURE_BYTES);
    writer.copyFrom(program.id, 0, PUBLIC_KEY_BYTES);
    writer.copyFrom(plan.name, 0, plan.name.bytes.length);
    writer.uint8(hasFailed ? 1 : 0);
    const names = plan.accountNames(calls.accountCounts[call] as number);
    writer.copyFrom(names, 0, names.bytes.length);
    if (!this.#writeKeys(writer, call)) return false;
    writer.withLength(json);
    writer.varint(dataLength);
    writer.copyFrom(this.#from, dataAt, dataAt + dataLength);
    instructions.rowCount += 1;
    return true;
  }

  #writeKeys(writer: ByteWriter, call: number): boolean {
    const calls = this.#calls;
    const [at, count] = [calls.accountsAt[call] as number, calls.accountCounts[call] as number];
    writer.varint(count);
    for (let account = 0; account < count; account += 1) {
      const keyAt = calls.keyAt(this.#tape, this.#from.bytes[at + account] as number);
      if (keyAt < 0) return false;
      writer.copyFrom(this.#from, keyAt, keyAt + PUBLIC_KEY_BYTES);
    }
    return true;
  }

  /** An instruction that no IDL of its program names. */
  #addUnknown(call: number, program: CalledProgram, reason: UndecodedReason): boolean {
    const calls = this.#calls;
    const { bytes } = this.#from;
    const at = calls.accountsAt[call] as number;
    const accounts: Uint8Array[] = [];
    for (let account = 0; account < (calls.accountCounts[call] as number); account += 1) {
      const keyAt = calls.keyAt(this.#tape, bytes[at + account] as number);
      if (keyAt < 0) return false;
      accounts.push(bytes.subarray(keyAt, keyAt + PUBLIC_KEY_BYTES));
    }
    const dataAt = calls.dataAt[call] as number;
    this.#undecoded.push({
      transactionIndex: this.#number(INDEX),
      path: calls.pathOf(call),
      programId: program.id.bytes,
      source: 'instruction',
      ordinal: 0,
      reason,
      data: bytes.subarray(dataAt, dataAt + (calls.dataLengths[call] as number)),
      position: 0,
      transport: '',
      accounts,
      publicKey: null,
    });
    return true;
  }

  /** The transaction at hand by the way of all others; false when its logs were cut. */
  #addDecoded(packed: PackedTransactions, { decoded }: BlockContext, prefix: Uint8Array): boolean {
    const tables = this.#tables;
    const transaction = packed.read(this.#number(START), this.#number(END));
    const decoder = new TransactionDecoder(this.registry, decoded.block.slot);
    if (!decoder.take(transaction)) return false;
    const context = contextOf({ ...decoded, block: { ...decoded.block, transactions: [transaction] } });
    tables.addTransaction(transaction, prefix, context);
    for (const event of inOrder(decoder.events, compareEvents)) tables.addEvent(event, prefix, context);
    for (const row of inOrder(decoder.instructions, compareInstructions)) tables.addInstruction(row, prefix, context);
    addTokenChanges(tables.tokenBalances, [transaction], decoder, context);
    this.#undecoded.push(...decoder.undecoded);
    return true;
  }
}

const NOTHING: Omit<DecodedBlock, 'block'> = {
  events: [],
  instructions: [],
  accounts: [],
  undecoded: [],
  truncatedTransactions: [],
};
