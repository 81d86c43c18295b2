/**
 * Where all tokens of INFER and of INT are: as many as were minted, some burned, some locked in programs, the rest in
 * circulation. Supply and authorities are what the mints' accounts say.
 * @module
 */
import { address } from '@solana/kit';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  type FlowsUpTo,
  type TokenFlow,
  type TokenPlace,
  tokenAccounts,
  tokenFlows,
} from '../../indexer/store/queries/ledger/token-flows.ts';
import {
  type MintObservation,
  mintObservation,
  vaultObservation,
} from '../../indexer/store/queries/ledger/token-observations.ts';
import { fundsAsOf } from '../../indexer/store/queries/market/exchange.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/rows/account-snapshots.ts';
import { poolTokens } from '../../indexer/store/queries/rows/accounts.ts';
import { decodePoolOverview } from '../../programs/staking/client.generated.ts';
import { findGlobalTokenRewardVault } from '../../programs/staking/pda.ts';

export type LockedPlace =
  | Exclude<TokenPlace, 'BURNED' | 'POOL_VAULTS'>
  | 'COMMISSIONS'
  | 'EXCHANGE'
  | 'POOLS'
  | 'REWARD_VAULT';

export interface TokenSupply {
  readonly token: 'INFER' | 'INT';
  readonly mint: Uint8Array;
  /** All of it is as of this slot: that of the last reading of the mint, if there is one. */
  readonly slot: Slot;
  /** `null` before the mint's account was read. */
  readonly observed: MintObservation | null;
  /** Supply of the account, and what was burned; `null` before the account was read. */
  readonly minted: bigint | null;
  /** By our programs. */
  readonly burned: bigint;
  readonly locked: readonly { readonly place: LockedPlace; readonly amount: bigint }[];
  /** Supply less what is locked; `null` before the account was read, or where the record does not go back far enough. */
  readonly circulating: bigint | null;
}

const INFER_PLACES: readonly Exclude<TokenPlace, 'BURNED' | 'POOL_VAULTS'>[] = [
  ...(['BONDS', 'ESCROWS', 'GOVERNANCE_STAKE', 'INCENTIVES', 'TREASURY', 'VERIFIER_FEES'] as const),
];

/** Tokens that are known by the slot. */
export async function readTokenSupply(
  store: StoreClient,
  staking: Uint8Array,
  slot: Slot,
  flowsUpTo: FlowsUpTo = tokenFlows,
): Promise<TokenSupply[]> {
  const found = await Promise.all([inferSupply(store, slot, flowsUpTo), intSupply(store, staking, slot, flowsUpTo)]);
  return found.filter((each) => each !== null);
}

async function inferSupply(store: StoreClient, atSlot: Slot, flowsUpTo: FlowsUpTo): Promise<TokenSupply | null> {
  const accounts = await tokenAccounts(store);
  if (accounts === null) return null;
  const mint = accounts.inferMint;
  const observed = await mintObservation(store, mint, atSlot);
  const slot = observed?.slot ?? atSlot;
  const [found, funds] = await Promise.all([
    flowsUpTo(store, [...INFER_PLACES, 'BURNED'], accounts, slot),
    fundsAsOf(store, slot),
  ]);
  const flows = found.filter((flow) => Buffer.compare(flow.mint, mint) === 0);
  const inExchange = funds === null ? 0n : funds.margin + funds.bankroll + funds.insurance + funds.claimsReserve;
  const locked = [
    ...INFER_PLACES.map((place) => ({ place, amount: heldIn(flows, place) })),
    { place: 'EXCHANGE' as const, amount: inExchange },
  ];
  // Flows from before the record are unknown, so places would be too low.
  const isComplete = (await eventsCompleteAfter(store)) === 0n;
  return supplyOf({ token: 'INFER', mint, slot, observed, burned: heldIn(flows, 'BURNED'), locked, isComplete });
}

async function intSupply(
  store: StoreClient,
  staking: Uint8Array,
  atSlot: Slot,
  flowsUpTo: FlowsUpTo,
): Promise<TokenSupply | null> {
  const [overview] = await accountsAsOf(store, staking, 'PoolOverview', atSlot);
  if (overview === undefined) return null;
  const mint = fromBase58(decodePoolOverview(overview.data).mint);
  const rewardVault = fromBase58(await findGlobalTokenRewardVault(address(toBase58(staking))));
  const observed = await mintObservation(store, mint, atSlot);
  const slot = observed?.slot ?? atSlot;
  const [pools, vault, flows] = await Promise.all([
    poolTokens(store, staking, slot),
    vaultObservation(store, rewardVault, slot),
    flowsUpTo(store, ['POOL_VAULTS'], { intMint: mint }, slot),
  ]);
  const inPools = pools.staked + pools.unstaking;
  const isComplete = vault !== null && (await eventsCompleteAfter(store)) === 0n;
  const locked = [
    { place: 'POOLS' as const, amount: inPools },
    // What pool vaults hold beyond stake, by events, is commission that was not withdrawn yet.
    ...(isComplete ? [{ place: 'COMMISSIONS' as const, amount: heldIn(flows, 'POOL_VAULTS') - inPools }] : []),
    ...(vault === null ? [] : [{ place: 'REWARD_VAULT' as const, amount: vault.amount }]),
  ];
  return supplyOf({ token: 'INT', mint, slot, observed, burned: 0n, locked, isComplete });
}

function heldIn(flows: readonly TokenFlow[], wanted: TokenPlace): bigint {
  return flows.reduce((sum, { place, amount }) => (place === wanted ? sum + amount : sum), 0n);
}

function supplyOf({
  isComplete,
  ...known
}: Omit<TokenSupply, 'circulating' | 'minted'> & { readonly isComplete: boolean }): TokenSupply {
  const supply = known.observed?.supply ?? null;
  const lockedAmount = known.locked.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    ...known,
    minted: supply === null ? null : supply + known.burned,
    circulating: supply === null || !isComplete ? null : supply - lockedAmount,
  };
}
