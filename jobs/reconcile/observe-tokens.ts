/**
 * Reads from the chain what no event of ours tells: what the treasury's vaults and the reward vault hold, and supply and
 * authorities of both tokens. Each reading is as of one finalized slot, and is written down.
 * @module
 */
import { type Address, address } from '@solana/kit';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { cursor } from '../../indexer/store/queries/chain/cursors.ts';
import { tokenAccounts } from '../../indexer/store/queries/ledger/token-flows.ts';
import { insertObservations } from '../../indexer/store/queries/ledger/token-observations.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { decodePoolOverview } from '../../programs/staking/client.generated.ts';
import { findGlobalTokenRewardVault } from '../../programs/staking/pda.ts';
import { finalizedSnapshot, mintOf, vaultOf } from '../chain/account-snapshot.ts';
import { JOB_NAMES, tickPayload } from '../contract.ts';
import { defineJob, type JobDefinition } from '../define-job.ts';

export interface ObserveContext {
  readonly store: StoreClient;
  readonly rpcUrl: string;
  readonly staking: Uint8Array;
  readonly nowMicros: () => bigint;
}

/** @throws UpstreamError `CHAIN__RPC_UNREACHABLE`, `CHAIN__RPC_REFUSED`; errors of the store */
export async function observeTokens(context: ObserveContext): Promise<void> {
  const { vaults, mints } = await watched(context);
  if (vaults.length + mints.length === 0) return;
  const { slot, accounts } = await finalizedSnapshot(context.rpcUrl, [...vaults, ...mints]);
  const seen = <Seen>(
    addresses: readonly Address[],
    from: number,
    read: (account: Address, slot: bigint, data: Uint8Array) => Seen,
  ) =>
    addresses.flatMap((account, index) => {
      const data = accounts[from + index] ?? null;
      return data === null ? [] : [read(account, slot, data)];
    });
  const observed = { vaults: seen(vaults, 0, vaultOf), mints: seen(mints, vaults.length, mintOf) };
  await insertObservations(context.store, observed, context.nowMicros());
}

async function watched({ store, staking }: ObserveContext) {
  const finalized = await cursor(store, 'finalized');
  if (finalized === null) return { vaults: [], mints: [] };
  const accounts = await tokenAccounts(store);
  const [overview] = await accountsAsOf(store, staking, 'PoolOverview', finalized.slot);
  const keyOf = (bytes: Uint8Array) => address(toBase58(bytes));
  return {
    vaults: [
      ...(accounts === null ? [] : [keyOf(accounts.inferTreasury), keyOf(accounts.usdcTreasury)]),
      ...(overview === undefined ? [] : [await findGlobalTokenRewardVault(keyOf(staking))]),
    ],
    mints: [
      ...(accounts === null ? [] : [keyOf(accounts.inferMint)]),
      ...(overview === undefined ? [] : [decodePoolOverview(overview.data).mint]),
    ],
  };
}

const OBSERVE_MS = 60_000;

/** Observes once a minute of its own clock, however often it is asked. */
export class TokenObserver {
  readonly #context: ObserveContext;
  #observedMicros: bigint | null = null;
  #isRunning = false;

  constructor(context: ObserveContext) {
    this.#context = context;
  }

  /** @throws the errors of `observeTokens` */
  async advance(): Promise<void> {
    const now = this.#context.nowMicros();
    const isDue = this.#observedMicros === null || now - this.#observedMicros >= BigInt(OBSERVE_MS) * 1_000n;
    if (this.#isRunning || !isDue) return;
    this.#isRunning = true;
    try {
      await observeTokens(this.#context);
      this.#observedMicros = now;
    } finally {
      this.#isRunning = false;
    }
  }
}

export interface ObserveJobContext {
  readonly observer: TokenObserver;
}

export const observeJobs: readonly JobDefinition<ObserveJobContext>[] = [
  defineJob({
    name: JOB_NAMES.observe,
    payload: tickPayload,
    run: (_, { observer }: ObserveJobContext) => observer.advance(),
  }),
];
