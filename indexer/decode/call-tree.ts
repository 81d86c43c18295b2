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
  const builder = new TreeBuilder(transaction, registry);
  let innerCount = 0;
  const { instructions, innerInstructions } = transaction;
  for (let index = 0; index < instructions.length; index += 1) {
    builder.add(instructions[index] as CompiledInstruction, 1, index);
    for (const group of innerInstructions) {
      if (group.index !== index) continue;
      for (const inner of group.instructions) {
        builder.add(inner, inner.stackHeight ?? heights?.[innerCount] ?? null, index);
        innerCount += 1;
      }
    }
  }
  const total = innerInstructions.reduce((count, group) => count + group.instructions.length, 0);
  return builder.finish(innerCount === total);
}

class TreeBuilder {
  private readonly nodes: CallNode[] = [];
  /** The open call of each height, from the top-level instruction down. */
  private readonly open: CallNode[] = [];
  private isSound = true;

  constructor(
    private readonly transaction: Transaction,
    private readonly registry: Registry,
  ) {}

  add(instruction: CompiledInstruction, height: number | null, topIndex: number): void {
    const parent = height === 1 ? null : this.parentAt(height);
    const programId = this.transaction.accountKeys[instruction.programIdIndex] ?? null;
    if (programId === null) this.isSound = false;
    const path = parent === null ? [topIndex] : [...parent.path, parent.childCount];
    if (parent !== null) parent.childCount += 1;
    const node: CallNode = {
      path,
      height: path.length,
      parent,
      instruction,
      programId,
      program: programId === null ? null : this.registry.program(programId),
      childCount: 0,
      eventCount: 0,
    };
    this.nodes.push(node);
    this.open.length = node.height - 1;
    this.open.push(node);
  }

  finish(isComplete: boolean): CallTree {
    const callsOurs = this.nodes.some((node) => node.program !== null);
    return { nodes: this.nodes, isSound: this.isSound && isComplete, callsOurs };
  }

  /** The caller of a call at `height`; without a believable height, the top-level instruction, and the tree is unsound. */
  private parentAt(height: number | null): CallNode {
    const parent = height === null || height > MAX_HEIGHT ? undefined : this.open[height - 2];
    if (parent !== undefined) return parent;
    this.isSound = false;
    return this.open[0] as CallNode;
  }
}
