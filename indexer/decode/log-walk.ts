/**
 * Walks a transaction's logs beside its call tree: the n-th `invoke` entry is the n-th call that ran, and has to be the
 * same program at the same height. Where the two disagree nothing is attributed to anybody.
 * @module
 */
import { toBase58 } from '../domain/base58.ts';
import type { Transaction } from '../domain/chain.ts';
import { type CallNode, type CallTree, innerCountOf, MAX_HEIGHT } from './call-tree.ts';
import { DATA_PREFIX, parseLogLine, TEXT_PREFIX } from './log-line.ts';
import { keyOf, type RegisteredProgram } from './registry.ts';

export type WalkStatus = 'complete' | 'truncated' | 'untrusted';

const NO_TREE: CallTree = { nodes: [], isSound: true, callsOurs: false };

/** Programs of the runtime that run without a log entry. Source: agave, precompiles/src/lib.rs. */
const SILENT_PROGRAMS: ReadonlySet<string> = new Set([
  'Ed25519SigVerify111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
  'Secp256r1SigVerify1111111111111111111111111',
]);

/**
 * Walks the logs of one transaction after another. What it found is there until the next walk: a step is something that
 * happened in a call of one of our programs, which began or gave data to the log.
 */
export class LogWalker {
  /** Calls that the logs were seen to begin, a prefix of the tree's. */
  enteredCount = 0;
  stepCount = 0;
  /** The calls of the steps; behind `stepCount` there is what earlier walks left. */
  readonly nodes: CallNode[] = [];
  /** Texts behind `Program data: `; `null` for the beginning of the call. */
  readonly payloads: (string | null)[] = [];
  private tree: CallTree = NO_TREE;
  /** The call that is running; its callers are those above it. */
  private running: CallNode | null = null;
  /** Lines of the program that is running. */
  private lines: ProgramLines | null = null;

  /** Walk the logs of a transaction that succeeded. */
  walk(tree: CallTree, logs: readonly string[] | null): WalkStatus {
    this.tree = tree;
    this.enteredCount = 0;
    this.stepCount = 0;
    this.resume(null);
    if (logs === null) return 'truncated';
    for (const line of logs) {
      const status = this.take(line);
      if (status !== 'going') return this.ended(status);
    }
    return this.ended(this.isFinished() ? 'complete' : 'untrusted');
  }

  /** Steps of logs that are not believed are none. */
  private ended(status: WalkStatus): WalkStatus {
    if (status !== 'untrusted' && this.tree.isSound) return status;
    this.stepCount = 0;
    return 'untrusted';
  }

  private take(text: string): 'going' | 'truncated' | 'untrusted' {
    return this.isExpected(text) ? 'going' : this.takeParsed(text);
  }

  /** The lines that nearly every call has, recognised without taking them apart: most logs are nothing else. */
  private isExpected(text: string): boolean {
    if (text.startsWith(TEXT_PREFIX)) return true;
    if (text.startsWith(DATA_PREFIX)) return this.emit(text.slice(DATA_PREFIX.length));
    if (this.lines !== null) {
      if (text === this.lines.success) return this.pop(this.running as CallNode);
      if (text.startsWith(this.lines.consumed)) return true;
    }
    const node = this.tree.nodes[this.enteredCount];
    if (node === undefined || node.programId === null || node.parent !== this.running) return false;
    const lines = linesOf(node);
    if (text !== lines.invoke[node.height]) return false;
    this.push(node, lines);
    return true;
  }

  private takeParsed(text: string): 'going' | 'truncated' | 'untrusted' {
    const line = parseLogLine(text);
    switch (line.kind) {
      case 'invoke':
        return this.enter(line.programId, line.height) ? 'going' : 'untrusted';
      case 'success':
        return this.leave(line.programId) ? 'going' : 'untrusted';
      case 'consumed':
        // The runtime writes it at the end of a call, and nobody else can: of another call it is out of its place.
        return this.lines?.text === line.programId ? 'going' : 'untrusted';
      case 'failed':
        // A call that fails takes its transaction down, and this one succeeded.
        return 'untrusted';
      case 'data':
        return this.emit(line.payload) ? 'going' : 'untrusted';
      case 'truncated':
        return 'truncated';
      default:
        return 'going';
    }
  }

  /** Every call began and ended; only silent ones may be left. */
  private isFinished(): boolean {
    this.skipSilent(null);
    return this.running === null && this.enteredCount === this.tree.nodes.length;
  }

  private enter(programId: string, height: number): boolean {
    this.skipSilent(programId);
    const node = this.tree.nodes[this.enteredCount];
    if (node === undefined || node.height !== height || node.programId === null) return false;
    const lines = linesOf(node);
    if (lines.text !== programId || node.parent !== this.running) return false;
    this.push(node, lines);
    return true;
  }

  private push(node: CallNode, lines: ProgramLines): void {
    this.enteredCount += 1;
    this.running = node;
    this.lines = lines;
    if (node.program !== null) this.addStep(node, null);
  }

  private leave(programId: string): boolean {
    return this.lines?.text === programId && this.pop(this.running as CallNode);
  }

  private pop(node: CallNode): true {
    this.resume(node.parent);
    return true;
  }

  private resume(node: CallNode | null): void {
    this.running = node;
    this.lines = node === null ? null : linesOf(node);
  }

  private emit(payload: string): boolean {
    const node = this.running;
    if (node === null) return false;
    if (node.program !== null) this.addStep(node, payload);
    return true;
  }

  private addStep(node: CallNode, payload: string | null): void {
    this.nodes[this.stepCount] = node;
    this.payloads[this.stepCount] = payload;
    this.stepCount += 1;
  }

  /** Pass over precompiles, which only stand at the top level, until one that the log names after all. */
  private skipSilent(named: string | null): void {
    for (;;) {
      const node = this.tree.nodes[this.enteredCount];
      if (node === undefined || node.height !== 1 || node.programId === null || this.running !== null) return;
      const { text } = linesOf(node);
      if (text === named || !SILENT_PROGRAMS.has(text)) return;
      this.enteredCount += 1;
    }
  }
}

/**
 * Heights of the inner instructions from the `invoke` entries, for data from before servers sent them. `null` when the
 * logs do not have exactly the calls of the transaction; the walk then still checks every program id.
 */
export function heightsFromLogs(transaction: Transaction): readonly number[] | null {
  if (transaction.logMessages === null || hasHeights(transaction)) return null;
  const heights: number[] = [];
  for (const text of transaction.logMessages) {
    const line = parseLogLine(text);
    if (line.kind === 'invoke' && line.height > 1) heights.push(line.height);
  }
  return heights.length === innerCountOf(transaction) ? heights : null;
}

function hasHeights({ innerInstructions }: Transaction): boolean {
  for (const { instructions } of innerInstructions) {
    for (const { stackHeight } of instructions) if (stackHeight === null) return false;
  }
  return true;
}

/** What the runtime logs of a program's calls. */
interface ProgramLines {
  readonly text: string;
  readonly success: string;
  /** How its entry of compute units begins. */
  readonly consumed: string;
  /** By height. */
  readonly invoke: readonly string[];
}

/** Base58 is dear and programs are few; the bound keeps hostile data from filling memory. */
const MAX_CACHED_PROGRAMS = 4_096;
const linesByProgram = new Map<string, ProgramLines>();
const linesOfOurs = new WeakMap<RegisteredProgram, ProgramLines>();

/** @param node whose program id is known */
function linesOf(node: CallNode): ProgramLines {
  const { program } = node;
  if (program === null) return linesOfOther(node.programId as Uint8Array);
  const known = linesOfOurs.get(program);
  if (known !== undefined) return known;
  const lines = makeLines(program.idText);
  linesOfOurs.set(program, lines);
  return lines;
}

function linesOfOther(programId: Uint8Array): ProgramLines {
  const key = keyOf(programId);
  const known = linesByProgram.get(key);
  if (known !== undefined) return known;
  if (linesByProgram.size >= MAX_CACHED_PROGRAMS) linesByProgram.clear();
  const lines = makeLines(toBase58(programId));
  linesByProgram.set(key, lines);
  return lines;
}

function makeLines(text: string): ProgramLines {
  const invoke = Array.from({ length: MAX_HEIGHT + 1 }, (_, height) => `Program ${text} invoke [${height}]`);
  return { text, success: `Program ${text} success`, consumed: `Program ${text} consumed `, invoke };
}
