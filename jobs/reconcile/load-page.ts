/**
 * A page of blocks as the fold takes them, read from the store: few enough blocks and calls to be held at once.
 * @module
 */
import type { Address } from '@solana/kit';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import {
  accountsBefore,
  accountsIn,
  blocksToCompare,
  type CallRow,
  type ComparedBlock,
  callsIn,
  type EmittedRow,
  eventsIn,
  type SeenRow,
} from '../../indexer/store/queries/ledger/reconciliation.ts';
import { tokenBalancesIn } from '../../indexer/store/queries/ledger/token-balances.ts';
import { groupBy } from '../group-by.ts';
import type { FoldedBlock } from './range-fold.ts';
import type { Step } from './step.ts';

const PAGE_BLOCKS = 1_024;
const PAGE_CALLS = 5_000;

export interface Page {
  readonly blocks: readonly FoldedBlock[];
  /** Accounts that the page touches, as of the slot that was asked for. */
  readonly before: readonly SeenRow[];
}

export interface PageQuestion extends SlotBounds {
  readonly programs: readonly Uint8Array[];
  /** Slot as of which accounts are wanted as they were before. */
  readonly beforeSlot: Slot;
}

/** The next blocks from `fromSlot` to `toSlot`; no blocks when there are none left. */
export async function loadPage(client: StoreClient, question: PageQuestion): Promise<Page> {
  const blocks = await nextBlocks(client, question);
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) return { blocks: [], before: [] };
  const { programs, beforeSlot } = question;
  const range = { fromSlot: first.slot, toSlot: last.slot };
  const [calls, events, seen, before, balances] = await Promise.all([
    callsIn(client, range, programs),
    eventsIn(client, range, programs),
    accountsIn(client, range),
    accountsBefore(client, beforeSlot, range, programs),
    tokenBalancesIn(client, range),
  ]);
  const eventsByCall = groupBy(events, callOf);
  const [callsBySlot, seenBySlot] = [groupBy(calls, slotOf), groupBy(seen, slotOf)];
  const balancesBySlot = groupBy(balances, slotOf);
  const names = new AddressNames();
  const folded = blocks.map((block) => ({
    block,
    steps: (callsBySlot.get(slotOf(block)) ?? []).map((call) =>
      stepOf(names, block, call, eventsByCall.get(callOf(call)) ?? []),
    ),
    seen: seenBySlot.get(slotOf(block)) ?? [],
    balances: (balancesBySlot.get(slotOf(block)) ?? []).map((row) => ({ ...row, account: names.of(row.account) })),
  }));
  return { blocks: folded, before };
}

async function nextBlocks(client: StoreClient, { fromSlot, toSlot }: SlotBounds): Promise<ComparedBlock[]> {
  const blocks = await blocksToCompare(client, { fromSlot, toSlot, limit: PAGE_BLOCKS });
  let calls = 0;
  const cut = blocks.findIndex(({ instructionCount }) => {
    calls += instructionCount;
    return calls > PAGE_CALLS;
  });
  // One block is a page, however many calls it has.
  return cut < 0 ? blocks : blocks.slice(0, Math.max(1, cut));
}

function slotOf({ slot }: { readonly slot: Slot }): string {
  return String(slot);
}

function callOf({ slot, transactionIndex, path }: Pick<CallRow, 'slot' | 'transactionIndex' | 'path'>): string {
  return `${slot}/${transactionIndex}/${path.join('.')}`;
}

function stepOf(names: AddressNames, block: ComparedBlock, call: CallRow, events: readonly EmittedRow[]): Step {
  const accounts: Record<string, Address> = {};
  for (const [index, name] of call.accountNames.entries()) {
    const key = call.accounts[index];
    if (name !== '' && key !== undefined) accounts[name] = names.of(key);
  }
  return {
    ...{ program: names.of(call.program), name: call.name, accounts, data: call.data },
    // An instruction may call another program of ours, whose events stand at their own place in the call tree.
    events: events.map(({ data }) => data),
    ...{ slot: block.slot, transactionIndex: call.transactionIndex, time: block.blockTime },
  };
}

/** Base58 is slow, and calls of a page name the same few accounts. */
class AddressNames {
  readonly #known = new Map<string, Address>();

  of(key: Uint8Array): Address {
    const bytes = Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');
    const known = this.#known.get(bytes) ?? (toBase58(key) as Address);
    this.#known.set(bytes, known);
    return known;
  }
}
