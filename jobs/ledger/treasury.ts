/**
 * The treasury as of a slot: what came in by source, what was spent by category, and whether what events say is what its
 * vaults hold.
 * @module
 */
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  type FlowsUpTo,
  type TokenFlow,
  tokenAccounts,
  tokenFlows,
} from '../../indexer/store/queries/ledger/token-flows.ts';
import { vaultObservation } from '../../indexer/store/queries/ledger/token-observations.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/rows/account-snapshots.ts';

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

type FlowsAt = (slot: Slot) => Promise<readonly TokenFlow[]>;

/** Of INFER and USDC; none before governance is set up. */
export async function readTreasury(
  store: StoreClient,
  slot: Slot,
  flowsUpTo: FlowsUpTo = tokenFlows,
): Promise<TreasuryVault[]> {
  const accounts = await tokenAccounts(store);
  if (accounts === null) return [];
  const flowsAt = readOnce((at) => flowsUpTo(store, ['TREASURY'], accounts, at));
  return Promise.all([
    readVault(store, flowsAt, { vault: accounts.inferTreasury, mint: accounts.inferMint, slot }),
    readVault(store, flowsAt, { vault: accounts.usdcTreasury, mint: accounts.usdcMint, slot }),
  ]);
}

/** Both vaults are looked at as of the same slots. */
function readOnce(read: FlowsAt): FlowsAt {
  const found = new Map<Slot, ReturnType<FlowsAt>>();
  return (slot) => {
    const flows = found.get(slot) ?? read(slot);
    found.set(slot, flows);
    return flows;
  };
}

interface VaultQuestion {
  readonly vault: Uint8Array;
  readonly mint: Uint8Array;
  readonly slot: Slot;
}

async function readVault(
  store: StoreClient,
  flowsAt: FlowsAt,
  { vault, mint, slot }: VaultQuestion,
): Promise<TreasuryVault> {
  const ownAt = async (at: Slot) => (await flowsAt(at)).filter((flow) => isSame(flow.mint, mint));
  const balanceAt = async (at: Slot) => (await ownAt(at)).reduce(added, 0n);
  const [all, opening, seen] = await Promise.all([
    ownAt(slot),
    openingOf(store, vault, balanceAt),
    vaultObservation(store, vault, slot),
  ]);
  const own = all.filter(({ amount }) => amount !== 0n);
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
