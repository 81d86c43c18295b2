/**
 * The order of rows inside a block, the same in a batch and in a query: transaction, then call path (an instruction
 * before those it calls), then count. Comparison of paths equals ClickHouse's of arrays.
 * @module
 */
import type { DecodedEvent, DecodedInstruction, InstructionPath, Undecoded } from '../decode/decoded-block.ts';

/** As `ORDER BY tx_index, position`. */
export function compareEvents(left: DecodedEvent, right: DecodedEvent): number {
  return left.transactionIndex - right.transactionIndex || left.position - right.position;
}

/** As `ORDER BY tx_index, ix_path`. */
export function compareInstructions(left: DecodedInstruction, right: DecodedInstruction): number {
  return left.transactionIndex - right.transactionIndex || comparePaths(left.path, right.path);
}

/** As `ORDER BY source, tx_index, ix_path, ordinal, public_key`. */
export function compareUndecoded(left: Undecoded, right: Undecoded): number {
  if (left.source !== right.source) return left.source < right.source ? -1 : 1;
  return (
    left.transactionIndex - right.transactionIndex ||
    comparePaths(left.path, right.path) ||
    left.ordinal - right.ordinal ||
    Buffer.compare(left.publicKey ?? NO_BYTES, right.publicKey ?? NO_BYTES)
  );
}

export function comparePaths(left: InstructionPath, right: InstructionPath): number {
  const shared = Math.min(left.length, right.length);
  for (let depth = 0; depth < shared; depth++) {
    const difference = (left[depth] as number) - (right[depth] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

const NO_BYTES = new Uint8Array(0);
