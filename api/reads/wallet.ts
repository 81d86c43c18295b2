/**
 * Everything the four programs hold for one wallet, as of a slot: what it has, what it may take now, and what it may take
 * when a time has come. Accounts of a wallet are found by their derived addresses.
 * @module
 */
import { address as checkedAddress } from '@solana/kit';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import { timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import { openClaims } from '../../indexer/store/queries/ledger/wallet.ts';
import { fundsAsOf } from '../../indexer/store/queries/market/exchange.ts';
import { accountStates } from '../../indexer/store/queries/rows/account-states.ts';
import type { AccountRow } from '../../indexer/store/queries/rows/accounts.ts';
import type { DueKind } from '../../jobs/wallet/prepare-claim.ts';
import { findTrader } from '../../programs/exchange/pda.ts';
import { findStaker } from '../../programs/governance/pda.ts';
import { findProvider } from '../../programs/marketplace/pda.ts';
import { findDeposit } from '../../programs/marketplace/proof-pda.ts';
import type { ProcessContext } from '../context.ts';
import { type StakePosition, stakePositions } from './stake-positions.ts';
import { recordsPage } from './staking-records.ts';

/** An amount that the wallet may take, now or from a time on. */
export interface Due {
  readonly kind: DueKind;
  /** Account that holds it. */
  readonly account: Uint8Array;
  readonly token: 'INT' | 'USDC' | 'INFER';
  readonly amount: bigint;
  /** Unix seconds; `null` when nothing but a claim is needed. */
  readonly readyAt: UnixSeconds | null;
  readonly isReady: boolean;
}

export interface GovernanceStake {
  readonly address: Uint8Array;
  readonly stake: bigint;
  readonly unstaking: bigint;
  readonly power: bigint;
  readonly committed: bigint;
  readonly lockedUntil: UnixSeconds;
}

export interface Wallet {
  readonly address: Uint8Array;
  readonly slot: Slot;
  readonly blockTime: UnixSeconds;
  readonly stakes: readonly StakePosition[];
  readonly governanceStake: GovernanceStake | null;
  /** Its account as a provider. */
  readonly provider: Uint8Array | null;
  readonly collateral: bigint;
  readonly credits: bigint;
  readonly dues: readonly Due[];
}

/** Pools that one wallet stakes in, at most; claims that are listed. */
const MOST_STAKES = 500;
const MOST_CLAIMS = 500;

interface StakerState {
  readonly stake: string;
  readonly unstaking: string;
  readonly unstake_at: string;
  readonly locked_until: string;
  readonly committed: string;
  readonly power: string;
}
interface Withdrawal {
  readonly withdrawal_amount: string;
}
type ProviderState = Withdrawal & { readonly withdrawal_ready_at: string };
type DepositState = Withdrawal & { readonly balance: string; readonly withdrawable_at: string };
interface TraderState {
  readonly balance: { readonly collateral: string };
}

/** Accounts of the programs that there is one of for each wallet. */
async function ownAccounts(owner: Uint8Array, slot: Slot, { store, programs }: ProcessContext) {
  const wallet = checkedAddress(toBase58(owner));
  const at = (program: Uint8Array) => checkedAddress(toBase58(program));
  const addresses = await Promise.all([
    findStaker(wallet, at(programs.governance)),
    findProvider(wallet, at(programs.marketplace)),
    findDeposit(wallet, at(programs.marketplace)),
    findTrader(wallet, at(programs.exchange)),
  ]);
  const keys = addresses.map((each) => fromBase58(each));
  const found = new Map((await accountStates(store, keys, slot)).map((row) => [toBase58(row.publicKey), row]));
  const [staker, provider, deposit, trader] = addresses.map((each) => found.get(each) ?? null);
  return { staker, provider, deposit, trader };
}

export async function readWallet(address: Uint8Array, slot: Slot, context: ProcessContext): Promise<Wallet> {
  const [accounts, records, time] = await Promise.all([
    ownAccounts(address, slot, context),
    recordsPage({ key: null, size: MOST_STAKES, snapshot: slot }, { owner: address, pool: null }, context),
    timeAtSlot(context.store, slot),
  ]);
  const blockTime = time ?? 0n;
  const { staker, provider, deposit, trader } = accounts;
  const stakes = await stakePositions(records, slot, context);
  const stakerState = stateOf<StakerState>(staker);
  const dues = [
    ...stakes.flatMap(stakeDues),
    ...cooling('UNSTAKED_INFER', staker, stakerState?.unstaking, stakerState?.unstake_at),
    ...withdrawal('BOND', provider, stateOf<ProviderState>(provider)?.withdrawal_ready_at),
    ...withdrawal('CREDITS', deposit, stateOf<DepositState>(deposit)?.withdrawable_at),
    ...(await claimDues(trader, slot, context)),
  ].map((due) => ({ ...due, isReady: due.readyAt === null || due.readyAt <= blockTime }));
  return {
    ...{ address, slot, blockTime, stakes, dues },
    governanceStake: staker && stakerState ? governanceStakeOf(staker, stakerState) : null,
    provider: provider?.publicKey ?? null,
    collateral: BigInt(stateOf<TraderState>(trader)?.balance.collateral ?? 0),
    credits: BigInt(stateOf<DepositState>(deposit)?.balance ?? 0),
  };
}

function stateOf<State>(row: AccountRow | null | undefined): State | null {
  return row ? (JSON.parse(row.fields) as State) : null;
}

function governanceStakeOf(row: AccountRow, state: StakerState): GovernanceStake {
  return {
    address: row.publicKey,
    stake: BigInt(state.stake),
    unstaking: BigInt(state.unstaking),
    power: BigInt(state.power),
    committed: BigInt(state.committed),
    lockedUntil: BigInt(state.locked_until),
  };
}

type DueAmount = Omit<Due, 'isReady'>;

function stakeDues({ address, coolingAmount, claimableAt, pendingUsdc }: StakePosition): DueAmount[] {
  const usdc = { kind: 'USDC_EARNINGS', account: address, token: 'USDC', amount: pendingUsdc, readyAt: null } as const;
  const staked = { kind: 'UNSTAKED_INT', account: address, token: 'INT', amount: coolingAmount } as const;
  return [...(coolingAmount > 0n ? [{ ...staked, readyAt: claimableAt }] : []), ...(pendingUsdc > 0n ? [usdc] : [])];
}

function cooling(kind: DueKind, row: AccountRow | null | undefined, amountText = '0', readyAtText = '0'): DueAmount[] {
  const amount = BigInt(amountText);
  if (!row || amount === 0n) return [];
  return [{ kind, account: row.publicKey, token: 'INFER', amount, readyAt: BigInt(readyAtText) }];
}

function withdrawal(kind: DueKind, row: AccountRow | null | undefined, readyAtText = '0'): DueAmount[] {
  return cooling(kind, row, stateOf<Withdrawal>(row)?.withdrawal_amount, readyAtText);
}

/** What inflow has met of the claims of a trader, and what it has not met yet: that has no time. */
async function claimDues(
  trader: AccountRow | null | undefined,
  slot: Slot,
  { store }: ProcessContext,
): Promise<DueAmount[]> {
  if (!trader) return [];
  const [claims, funds] = await Promise.all([
    openClaims(store, trader.publicKey, slot, MOST_CLAIMS),
    fundsAsOf(store, slot),
  ]);
  const funded = funds?.claimsFunded ?? 0n;
  return claims.flatMap(({ claim, start, amount, paid }) => {
    const met = funded > start ? funded - start : 0n;
    const due = (met < amount ? met : amount) - paid;
    return due > 0n
      ? [{ kind: 'EXCHANGE_CLAIM', account: claim, token: 'INFER', amount: due, readyAt: null } as const]
      : [];
  });
}
