/**
 * The decode stage: a block in, everything our programs did in it out. Pure, and it never throws for what a block
 * contains: what cannot be decoded is handed on raw, with the reason.
 * @module
 */
import type { Block, Transaction } from '../domain/chain.ts';
import { callTree } from './call-tree.ts';
import { decodeAccounts } from './decode-accounts.ts';
import { decodeEvents } from './decode-events.ts';
import { decodeInstructions } from './decode-instructions.ts';
import type { DecodedBlock, DecodedEvent, DecodedInstruction, Undecoded } from './decoded-block.ts';
import { heightsFromLogs } from './log-walk.ts';
import type { Registry } from './registry.ts';

export function decodeBlock(block: Block, registry: Registry): DecodedBlock {
  const events: DecodedEvent[] = [];
  const instructions: DecodedInstruction[] = [];
  const undecoded: Undecoded[] = [];
  const truncatedTransactions: number[] = [];
  for (const transaction of block.transactions) {
    const decoded = decodeTransaction(transaction, registry, block.slot);
    for (const each of decoded.events) events.push(each);
    for (const each of decoded.instructions) instructions.push(each);
    for (const each of decoded.undecoded) undecoded.push(each);
    if (!decoded.isComplete) truncatedTransactions.push(transaction.index);
  }
  const { accounts, undecoded: undecodedAccounts } = decodeAccounts(block.accounts, registry, block.slot);
  undecoded.push(...undecodedAccounts);
  return { block, events, instructions, accounts, undecoded, truncatedTransactions };
}

interface DecodedTransaction {
  readonly events: readonly DecodedEvent[];
  readonly instructions: readonly DecodedInstruction[];
  readonly undecoded: readonly Undecoded[];
  readonly isComplete: boolean;
}

function decodeTransaction(transaction: Transaction, registry: Registry, slot: bigint): DecodedTransaction {
  const tree = callTree(transaction, registry, heightsFromLogs(transaction));
  const { instructions, undecoded } = decodeInstructions(transaction, tree, slot);
  // Events of a failed transaction never took effect, so its logs have nothing to prove.
  if (transaction.error !== null) return { events: [], instructions, undecoded, isComplete: true };
  const found = decodeEvents(transaction, tree, slot);
  return {
    events: found.events,
    instructions,
    undecoded: undecoded.length === 0 ? found.undecoded : [...found.undecoded, ...undecoded],
    isComplete: found.isComplete,
  };
}
