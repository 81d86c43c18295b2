/**
 * Walks a transaction's logs beside its call tree: the n-th `invoke` entry is the n-th call that ran, and has to be the
 * same program at the same height. Where the two disagree nothing is attributed to anybody.
 * @module
 */

import { toBase58 } from '../domain/base58.ts';
import type { Transaction } from '../domain/chain.ts';
import { type CallNode, type CallTree, MAX_HEIGHT } from './call-tree.ts';
import { parseLogLine, TEXT_PREFIX } from './log-line.ts';
import { keyOf, type RegisteredProgram } from './registry.ts';

/** Something that happened in a call of one of our programs: it began, or it gave data to the log. */
export interface LogStep {
  readonly node: CallNode;
  /** Text behind `Program data: `; `null` for the beginning of the call. */
  readonly payload: string | null;
}

export interface LogWalk {
  readonly status: 'complete' | 'truncated' | 'untrusted';
  readonly steps: readonly LogStep[];
  /** Calls that the logs were seen to begin, a prefix of `tree.nodes`. */
  readonly enteredCount: number;
}

/** Programs of the runtime that run without a log entry. Source: agave, precompiles/src/lib.rs. */
const SILENT_PROGRAMS: ReadonlySet<string> = new Set([
  'Ed25519SigVerify111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
  'Secp256r1SigVerify1111111111111111111111111',
]);

/** Walk the logs of a transaction that succeeded. */
export function walkLogs(tree: CallTree, logs: readonly string[] | null): LogWalk {
  if (logs === null) return { status: 'truncated', steps: [], enteredCount: 0 };
  const walker = new LogWalker(tree);
  for (const line of logs) {
    const status = walker.take(line);
    if (status !== 'going') return walker.result(status);
  }
  return walker.result(walker.isFinished() && tree.isSound ? 'complete' : 'untrusted');
}

class LogWalker {
  private readonly stack: CallNode[] = [];
  /** Lines of the programs on the stack. */
  private readonly lines: ProgramLines[] = [];
  private readonly steps: LogStep[] = [];
  private next = 0;

  constructor(private readonly tree: CallTree) {}

  take(text: string): 'going' | 'truncated' | 'untrusted' {
    return this.isExpected(text) ? 'going' : this.takeParsed(text);
  }

  /** The lines that nearly every call has, recognised without taking them apart: most logs are nothing else. */
  private isExpected(text: string): boolean {
    if (text.startsWith(TEXT_PREFIX)) return true;
    if (text === this.lines.at(-1)?.success) return this.pop();
    const node = this.tree.nodes[this.next];
    if (node === undefined || node.programId === null || node.parent !== (this.stack.at(-1) ?? null)) return false;
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
  isFinished(): boolean {
    this.skipSilent(null);
    return this.stack.length === 0 && this.next === this.tree.nodes.length;
  }

  result(status: LogWalk['status']): LogWalk {
    const steps = status === 'untrusted' || !this.tree.isSound ? [] : this.steps;
    return { status: this.tree.isSound ? status : 'untrusted', steps, enteredCount: this.next };
  }

  private enter(programId: string, height: number): boolean {
    this.skipSilent(programId);
    const node = this.tree.nodes[this.next];
    if (node === undefined || node.height !== height || node.programId === null) return false;
    const lines = linesOf(node);
    if (lines.text !== programId || node.parent !== (this.stack.at(-1) ?? null)) return false;
    this.push(node, lines);
    return true;
  }

  private push(node: CallNode, lines: ProgramLines): void {
    this.next += 1;
    this.stack.push(node);
    this.lines.push(lines);
    if (node.program !== null) this.steps.push({ node, payload: null });
  }

  private leave(programId: string): boolean {
    return this.lines.at(-1)?.text === programId && this.pop();
  }

  private pop(): true {
    this.stack.pop();
    this.lines.pop();
    return true;
  }

  private emit(payload: string): boolean {
    const node = this.stack.at(-1);
    if (node === undefined) return false;
    if (node.program !== null) this.steps.push({ node, payload });
    return true;
  }

  /** Pass over precompiles, which only stand at the top level, until one that the log names after all. */
  private skipSilent(named: string | null): void {
    for (;;) {
      const node = this.tree.nodes[this.next];
      if (node === undefined || node.height !== 1 || node.programId === null || this.stack.length > 0) return;
      const { text } = linesOf(node);
      if (text === named || !SILENT_PROGRAMS.has(text)) return;
      this.next += 1;
    }
  }
}

/**
 * Heights of the inner instructions from the `invoke` entries, for data from before servers sent them. `null` when the
 * logs do not have exactly the calls of the transaction; the walk then still checks every program id.
 */
export function heightsFromLogs(transaction: Transaction): readonly number[] | null {
  const hasHeights = transaction.innerInstructions.every(({ instructions }) =>
    instructions.every((inner) => inner.stackHeight !== null),
  );
  if (hasHeights || transaction.logMessages === null) return null;
  const heights: number[] = [];
  for (const text of transaction.logMessages) {
    const line = parseLogLine(text);
    if (line.kind === 'invoke' && line.height > 1) heights.push(line.height);
  }
  const innerCount = transaction.innerInstructions.reduce((count, group) => count + group.instructions.length, 0);
  return heights.length === innerCount ? heights : null;
}

/** What the runtime logs of a program's calls. */
interface ProgramLines {
  readonly text: string;
  readonly success: string;
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
  return { text, success: `Program ${text} success`, invoke };
}
