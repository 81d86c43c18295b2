/**
 * The treasury as of a slot: what came in by source, what was spent by category, and whether what events say is what its
 * vaults hold.
 * @module
 */
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/account-snapshots.ts';
import {
  type TokenAccounts,
  type TokenFlow,
  tokenAccounts,
  tokenFlows,
} from '../../indexer/store/queries/token-flows.ts';
import { vaultObservation } from '../../indexer/store/queries/token-observations.ts';

export interface TreasuryVault {
  readonly vault: Uint8Array;
  readonly mint: Uint8Array;
  readonly inflows: readonly TokenFlow[];
  /** By category; amounts above zero. */
  readonly spending: readonly TokenFlow[];
  /** What the vault held before the record began: 0 where the record begins with the chain, `null` while it is unknown. */
  readonly opening: bigint | null;
  /** Opening, and all that events say since. */
  readonly folded: bigint | null;
  readonly observed: ObservedBalance | null;
}

export interface ObservedBalance {
  readonly slot: Slot;
  readonly amount: bigint;
  /** What the chain has beyond what events said at that slot: tokens that strangers sent. */
  readonly unexplained: bigint;
}

/** Of INFER and USDC; none before governance is set up. */
export async function readTreasury(store: StoreClient, slot: Slot): Promise<TreasuryVault[]> {
  const accounts = await tokenAccounts(store);
  if (accounts === null) return [];
  const flows = await flowsAt(store, accounts, slot);
  return Promise.all([
    readVault(store, accounts, flows, { vault: accounts.inferTreasury, mint: accounts.inferMint, slot }),
    readVault(store, accounts, flows, { vault: accounts.usdcTreasury, mint: accounts.usdcMint, slot }),
  ]);
}

function flowsAt(store: StoreClient, accounts: TokenAccounts, slot: Slot): Promise<TokenFlow[]> {
  return tokenFlows(store, ['TREASURY'], accounts, slot);
}

interface VaultQuestion {
  readonly vault: Uint8Array;
  readonly mint: Uint8Array;
  readonly slot: Slot;
}

async function readVault(
  store: StoreClient,
  accounts: TokenAccounts,
  flows: readonly TokenFlow[],
  { vault, mint, slot }: VaultQuestion,
): Promise<TreasuryVault> {
  const own = flows.filter((flow) => isSame(flow.mint, mint) && flow.amount !== 0n);
  const balanceAt = async (at: Slot) =>
    (await flowsAt(store, accounts, at)).filter((flow) => isSame(flow.mint, mint)).reduce(added, 0n);
  const opening = await openingOf(store, vault, balanceAt);
  const seen = await vaultObservation(store, vault, slot);
  const observed =
    seen === null || opening === null
      ? null
      : {
          slot: seen.slot,
          amount: seen.amount,
          unexplained: seen.amount - opening - (await balanceAt(seen.slot)),
        };
  return {
    ...{ vault, mint, opening, observed },
    inflows: own.filter(({ amount }) => amount > 0n),
    spending: own.filter(({ amount }) => amount < 0n).map((flow) => ({ ...flow, amount: -flow.amount })),
    folded: opening === null ? null : own.reduce(added, opening),
  };
}

async function openingOf(
  store: StoreClient,
  vault: Uint8Array,
  balanceAt: (slot: Slot) => Promise<bigint>,
): Promise<bigint | null> {
  if ((await eventsCompleteAfter(store)) === 0n) return 0n;
  const first = await vaultObservation(store, vault, 'first');
  return first === null ? null : first.amount - (await balanceAt(first.slot));
}

function added(sum: bigint, { amount }: TokenFlow): bigint {
  return sum + amount;
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
