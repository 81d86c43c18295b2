/**
 * The instructions of a transaction as they called each other, in the order they ran. This, not the logs, says which
 * programs ran: a program can write what it likes into its log text, but not into the list of inner instructions.
 * @module
 */
import type { CompiledInstruction, Transaction } from '../domain/chain.ts';
import type { InstructionPath } from './decoded-block.ts';
import type { RegisteredProgram, Registry } from './registry.ts';

export interface CallNode {
  readonly path: InstructionPath;
  /** 1 for a top-level instruction. */
  readonly height: number;
  readonly parent: CallNode | null;
  readonly instruction: CompiledInstruction;
  /** `null` when the instruction names a key that the transaction does not have. */
  readonly programId: Uint8Array | null;
  /** Set when the program is ours. */
  readonly program: RegisteredProgram | null;
  childCount: number;
  /** Event payloads that the call has given so far. */
  eventCount: number;
}

export interface CallTree {
  /** In execution order. */
  readonly nodes: readonly CallNode[];
  /** False when heights or program ids make no sense, so that paths are not to be relied on. */
  readonly isSound: boolean;
  readonly callsOurs: boolean;
}

/** Deepest call the runtime allows, with room for what it may allow later. */
export const MAX_HEIGHT = 16;

/** @param heights of inner instructions where the data has none, in execution order (see `heightsFromLogs`) */
export function callTree(transaction: Transaction, registry: Registry, heights: readonly number[] | null): CallTree {
  const { instructions, innerInstructions } = transaction;
  const innerCount = innerCountOf(transaction);
  const builder = new TreeBuilder(transaction, registry, instructions.length + innerCount);
  let innerAdded = 0;
  for (let index = 0; index < instructions.length; index += 1) {
    builder.add(instructions[index] as CompiledInstruction, 1, index);
    for (const group of innerInstructions) {
      if (group.index !== index) continue;
      for (const inner of group.instructions) {
        builder.add(inner, inner.stackHeight ?? heights?.[innerAdded] ?? null, index);
        innerAdded += 1;
      }
    }
  }
  return builder.finish(innerAdded === innerCount);
}

/** Inner instructions of a transaction, of whichever instruction they say they are. */
export function innerCountOf({ innerInstructions }: Transaction): number {
  let count = 0;
  for (const { instructions } of innerInstructions) count += instructions.length;
  return count;
}

class TreeBuilder {
  private readonly nodes: CallNode[];
  private count = 0;
  /** The call added last: it and its callers are the open ones. */
  private last: CallNode | null = null;
  private isSound = true;
  private callsOurs = false;

  /** @param size calls at most: an array that grows takes room for seventeen at its first */
  constructor(
    private readonly transaction: Transaction,
    private readonly registry: Registry,
    size: number,
  ) {
    this.nodes = new Array(size);
  }

  add(instruction: CompiledInstruction, height: number | null, topIndex: number): void {
    const parent = height === 1 ? null : this.parentAt(height);
    const programId = this.transaction.accountKeys[instruction.programIdIndex] ?? null;
    if (programId === null) this.isSound = false;
    const program = programId === null ? null : this.registry.program(programId);
    if (program !== null) this.callsOurs = true;
    const path = parent === null ? [topIndex] : [...parent.path, parent.childCount];
    if (parent !== null) parent.childCount += 1;
    const { length: pathHeight } = path;
    this.last = { path, height: pathHeight, parent, instruction, programId, program, childCount: 0, eventCount: 0 };
    this.nodes[this.count] = this.last;
    this.count += 1;
  }

  finish(isComplete: boolean): CallTree {
    if (this.count < this.nodes.length) this.nodes.length = this.count;
    return { nodes: this.nodes, isSound: this.isSound && isComplete, callsOurs: this.callsOurs };
  }

  /** The caller of a call at `height`; without a believable height, the top-level instruction, and the tree is unsound. */
  private parentAt(height: number | null): CallNode {
    const wanted = height === null || height < 2 || height > MAX_HEIGHT ? null : height - 1;
    let open = this.last as CallNode;
    if (wanted === null || open.height < wanted) {
      this.isSound = false;
      while (open.parent !== null) open = open.parent;
      return open;
    }
    while (open.height > wanted) open = open.parent as CallNode;
    return open;
  }
}
