/**
 * Where the tokens are that programs hold, as `chunk-sums.ts` adds up the flows of `token-flows.ts`.
 * @module
 */
import { compareBytes, toBase58 } from '../../indexer/domain/base58.ts';
import {
  FLOW_PLACES,
  type FlowAccounts,
  type FlowsUpTo,
  type TokenFlow,
  tokenFlowChunks,
} from '../../indexer/store/queries/ledger/token-flows.ts';
import { ChunkSums } from './chunk-sums.ts';
import type { FinalChunks } from './final-chunks.ts';

/** Accounts that flows are told apart by; they are those of the network, and others only on another branch of its first blocks. */
const MOST_ACCOUNTS = 4;

/** Reads what `tokenFlows` reads. */
export function createFlowSums(chunks: FinalChunks): FlowsUpTo {
  const kept = new Map<string, ChunkSums<TokenFlow>>();
  return async (store, places, accounts, slot) => {
    const group = FLOW_PLACES.filter((some) => some.some((place) => places.includes(place))).flat();
    const name = `${group.join()} ${nameOf(accounts)}`;
    const sums = kept.get(name) ?? flowSumsOf(chunks, group, accounts);
    kept.delete(name);
    kept.set(name, sums);
    const [oldest] = kept.keys();
    if (kept.size > MOST_ACCOUNTS && oldest !== undefined) kept.delete(oldest);
    const found = [...(await sums.upTo(slot, store)).values()];
    return found.filter(({ place }) => places.includes(place)).sort(inOrder);
  };
}

function flowSumsOf(
  chunks: FinalChunks,
  places: readonly TokenFlow['place'][],
  accounts: FlowAccounts,
): ChunkSums<TokenFlow> {
  return new ChunkSums(chunks, {
    read: async (store, bounds, chunkSlots) =>
      (await tokenFlowChunks(store, places, accounts, bounds, chunkSlots)).map(({ chunk, ...flow }) => ({
        ...{ chunk, sums: flow },
        key: `${flow.place} ${flow.source} ${toBase58(flow.mint)}`,
      })),
    plus: (before, more) => ({
      ...before,
      amount: before.amount + more.amount,
      eventCount: before.eventCount + more.eventCount,
    }),
  });
}

function nameOf(accounts: FlowAccounts): string {
  return Object.entries(accounts)
    .map(([name, key]) => `${name} ${toBase58(key)}`)
    .sort()
    .join();
}

/** By place, source and mint. */
function inOrder(left: TokenFlow, right: TokenFlow): number {
  const [before, after] = [`${left.place} ${left.source}`, `${right.place} ${right.source}`];
  if (before !== after) return before < after ? -1 : 1;
  return compareBytes(left.mint, right.mint);
}
