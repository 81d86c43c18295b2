/**
 * The decode stage: a block in, everything our programs did in it out. Pure, and it never throws for what a block
 * contains: what cannot be decoded is handed on raw, with the reason.
 * @module
 */
import type { Block, Transaction } from '../domain/chain.ts';
import type { Slot } from '../domain/units.ts';
import { callTree } from './call-tree.ts';
import { decodeAccounts } from './decode-accounts.ts';
import { EventDecoder } from './decode-events.ts';
import { decodeInstructions } from './decode-instructions.ts';
import type { DecodedBlock, DecodedEvent, DecodedInstruction, Undecoded } from './decoded-block.ts';
import { heightsFromLogs } from './log-walk.ts';
import type { Registry } from './registry.ts';

export function decodeBlock(block: Block, registry: Registry): DecodedBlock {
  const truncatedTransactions: number[] = [];
  const decoder = new TransactionDecoder(registry, block.slot);
  for (const transaction of block.transactions) {
    if (!decoder.take(transaction)) truncatedTransactions.push(transaction.index);
  }
  const { events, instructions, undecoded } = decoder;
  const { accounts, undecoded: undecodedAccounts } = decodeAccounts(block.accounts, registry, block.slot);
  undecoded.push(...undecodedAccounts);
  return { block, events, instructions, accounts, undecoded, truncatedTransactions };
}

/** Decodes one transaction after another of a slot. */
export class TransactionDecoder {
  readonly events: DecodedEvent[] = [];
  readonly instructions: DecodedInstruction[] = [];
  readonly undecoded: Undecoded[] = [];
  readonly #events: EventDecoder;

  constructor(
    private readonly registry: Registry,
    private readonly slot: Slot,
  ) {
    this.#events = new EventDecoder(this, slot);
  }

  /** False when logs of a transaction that succeeded were cut, absent or not to be trusted: events may be missing. */
  take(transaction: Transaction): boolean {
    const tree = callTree(transaction, this.registry, heightsFromLogs(transaction));
    // Events of a failed transaction never took effect, so its logs have nothing to prove.
    const isComplete = transaction.error !== null || this.#events.take(transaction, tree);
    decodeInstructions(transaction, tree, this.slot, this);
    return isComplete;
  }
}
