/**
 * The decode stage: a block in, everything our programs did in it out. Pure, and it never throws for what a block
 * contains: what cannot be decoded is handed on raw, with the reason.
 * @module
 */
import type { Block } from '../domain/chain.ts';
import { callTree } from './call-tree.ts';
import { decodeAccounts } from './decode-accounts.ts';
import { EventDecoder } from './decode-events.ts';
import { decodeInstructions } from './decode-instructions.ts';
import type { DecodedBlock, DecodedEvent, DecodedInstruction, Undecoded } from './decoded-block.ts';
import { heightsFromLogs } from './log-walk.ts';
import type { Registry } from './registry.ts';

export function decodeBlock(block: Block, registry: Registry): DecodedBlock {
  const events: DecodedEvent[] = [];
  const instructions: DecodedInstruction[] = [];
  const undecoded: Undecoded[] = [];
  const truncatedTransactions: number[] = [];
  const sink = { events, instructions, undecoded };
  const eventDecoder = new EventDecoder(sink, block.slot);
  for (const transaction of block.transactions) {
    const tree = callTree(transaction, registry, heightsFromLogs(transaction));
    // Events of a failed transaction never took effect, so its logs have nothing to prove.
    const isComplete = transaction.error !== null || eventDecoder.take(transaction, tree);
    if (!isComplete) truncatedTransactions.push(transaction.index);
    decodeInstructions(transaction, tree, block.slot, sink);
  }
  const { accounts, undecoded: undecodedAccounts } = decodeAccounts(block.accounts, registry, block.slot);
  undecoded.push(...undecodedAccounts);
  return { block, events, instructions, accounts, undecoded, truncatedTransactions };
}
