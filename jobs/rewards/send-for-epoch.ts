/**
 * Send a transaction of a reward epoch, with its intent and its fate on record.
 * @module
 */
import type { Instruction, KeyPairSigner } from '@solana/kit';
import { PlumblineError } from '../../indexer/domain/errors.ts';
import { killable } from '../../indexer/domain/kill-points.ts';
import type { RewardEpoch } from '../../indexer/domain/units.ts';
import {
  insertTransactions,
  type TransactionKind,
  type TransactionRow,
} from '../../indexer/store/queries/reward-epochs.ts';
import type { Commitment } from '../chain/chain-client.ts';
import { type Landed, sendTransaction } from '../chain/send-transaction.ts';
import type { RewardContext } from './reward-context.ts';

export interface Errand {
  readonly rewardEpoch: RewardEpoch;
  readonly kind: TransactionKind;
  readonly target: string;
  readonly payer: KeyPairSigner;
  readonly commitment: Exclude<Commitment, 'processed'>;
}

/** @throws the errors of `sendTransaction` */
export async function sendForEpoch(
  context: RewardContext,
  errand: Errand,
  instructions: readonly Instruction[],
): Promise<Landed> {
  const { rewardEpoch, kind, target, payer, commitment } = errand;
  const { client } = context.chain;
  let sent: TransactionRow | null = null;
  const record = async (changes: Partial<TransactionRow>) => {
    if (sent !== null)
      await insertTransactions(context.store, [{ ...sent, ...changes, recordedAt: context.nowMicros() }]);
  };
  try {
    const landed = await sendTransaction(instructions, {
      ...{
        chain: { ...client, send: (wire) => killable(`${kind}-send`, () => client.send(wire)) },
        payer,
        commitment,
        signal: context.signal,
        context: { rewardEpoch, kind, target },
      },
      async onSend({ signature, lastValidBlockHeight }) {
        sent = { rewardEpoch, kind, target, signature, lastValidBlockHeight, ...unknownFate };
        await killable(`${kind}-intent`, () => record({}));
      },
    });
    await record({ status: commitment, slot: landed.slot });
    return landed;
  } catch (error) {
    if (error instanceof PlumblineError && error.code !== 'CHAIN__STOPPED') {
      const status = error.code === 'CHAIN__BLOCKHASH_EXPIRED' ? 'expired' : 'failed';
      await record({ status, errorCode: error.code, error: error.message });
    }
    throw error;
  }
}

const unknownFate = { status: 'sent', slot: 0n, errorCode: '', error: '', recordedAt: 0n } as const;
