/**
 * A reward network without a worker: a test takes each epoch through its states by hand, as anybody it likes.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Base64EncodedWireTransaction,
  getBase64EncodedWireTransaction,
  getTransactionDecoder,
  type KeyPairSigner,
  signTransaction,
} from '@solana/kit';
import { runIndexer } from '../../indexer/main.ts';
import { type EpochRow, epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { firstFinalizedAt } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { quoted } from '../../indexer/store/sql-text.ts';
import type { UnsignedBytes } from '../../jobs/chain/unsigned-transaction.ts';
import { EpochMachine } from '../../jobs/rewards/epoch-machine.ts';
import { type EpochState, rankOf } from '../../jobs/rewards/epoch-state.ts';
import { createRewardContext, type RewardContext } from '../../jobs/rewards/reward-context.ts';
import { type RewardNetwork, startRewardNetwork } from './reward-network.ts';

export const PATIENCE_MS = 300_000;
const PAUSE_MS = 100;
const MS_PER_SECOND = 1_000;

export interface EpochByHand {
  readonly net: RewardNetwork;
  /** The reward authority's, with its key; nobody approves by itself. */
  readonly context: RewardContext;
  row(rewardEpoch: bigint): Promise<EpochRow>;
  /** Tick a machine of `changes` until the epoch has reached a state. @throws what a step throws */
  until(rewardEpoch: bigint, state: EpochState, changes?: Partial<RewardContext>): Promise<EpochRow>;
  /** The same with the other tick, which sees records become final and pools accrue. */
  untilAccrued(rewardEpoch: bigint): Promise<EpochRow>;
  /** Tick until the machine says that it waits for something like this. */
  untilWaiting(text: string, changes?: Partial<RewardContext>): Promise<void>;
  /** Write the rows of a table that meet a condition once more, with some columns changed: the last ones hold. */
  rewrite(table: string, where: string, change: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startEpochByHand(epochSeconds: number): Promise<EpochByHand> {
  const net = await startRewardNetwork(epochSeconds);
  const onboardedAt = BigInt(Math.ceil(Date.now() / MS_PER_SECOND));
  const controller = new AbortController();
  const indexer = runIndexer(net.settings, controller.signal);
  const found = await createRewardContext(net.settings, net.store, controller.signal);
  const { store } = net;
  const patiently = async (done: () => Promise<boolean>, what: () => string) => {
    for (const deadline = Date.now() + PATIENCE_MS; !(await done()); await sleep(PAUSE_MS)) {
      if (Date.now() > deadline) throw new Error(what());
    }
  };
  // The first window opens once the record knows of the pools, however long that takes.
  let epochStart = 0n;
  const isRecorded = async () => {
    epochStart = (await firstFinalizedAt(store, onboardedAt))?.blockTime ?? 0n;
    return epochStart > 0n;
  };
  await patiently(isRecorded, () => `no finalized block since ${onboardedAt}`);
  const context = { ...found, isAutoApproved: false, epochStart };
  return {
    ...{ net, context },
    row: async (rewardEpoch) => (await epochRow(store, rewardEpoch)) ?? missing(rewardEpoch),
    async until(rewardEpoch, state, changes = {}) {
      const machine = new EpochMachine({ ...context, ...changes });
      const reached = async () => {
        await machine.advance();
        return ((await epochRow(store, rewardEpoch))?.stateRank ?? -1) >= rankOf(state);
      };
      await patiently(reached, () => `epoch ${rewardEpoch} is not ${state}: ${JSON.stringify(machine.status)}`);
      return (await epochRow(store, rewardEpoch)) ?? missing(rewardEpoch);
    },
    async untilAccrued(rewardEpoch) {
      const machine = new EpochMachine(context);
      const isAccrued = async () => {
        await machine.accrue();
        return (await epochRow(store, rewardEpoch))?.state === 'accrued';
      };
      await patiently(isAccrued, () => `epoch ${rewardEpoch} is not accrued: ${JSON.stringify(machine.status)}`);
      return (await epochRow(store, rewardEpoch)) ?? missing(rewardEpoch);
    },
    async untilWaiting(text, changes = {}) {
      const machine = new EpochMachine({ ...context, ...changes });
      const waits = async () => {
        await machine.advance();
        if (machine.status.state === 'committed') throw new Error(`went on without waiting for ${text}`);
        return machine.status.reason?.includes(text) === true;
      };
      await patiently(waits, () => `does not wait for ${text}: ${JSON.stringify(machine.status)}`);
    },
    async rewrite(table, where, change) {
      const into = `INSERT INTO ${quoted(table)}`;
      await store.command(`${into} SELECT * REPLACE (${change}) FROM ${quoted(table)} FINAL WHERE ${where}`);
    },
    async stop() {
      controller.abort();
      await indexer;
      await net.stop();
    },
  };
}

function missing(rewardEpoch: bigint): never {
  throw new Error(`reward epoch ${rewardEpoch} is not there`);
}

/** As the signers of a multisig would: they have the exported text and their key, and nothing of ours. */
export async function signExported(
  { transaction }: Pick<UnsignedBytes, 'transaction'>,
  signer: KeyPairSigner,
): Promise<Base64EncodedWireTransaction> {
  const decoded = getTransactionDecoder().decode(Buffer.from(transaction, 'base64'));
  const signed = await signTransaction([signer.keyPair], decoded as Parameters<typeof signTransaction>[1]);
  return getBase64EncodedWireTransaction(signed);
}
