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
  type TransactionStatus,
} from '../../indexer/store/queries/rewards/reward-epochs.ts';
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
  const sending = sendTransaction(instructions, {
    ...{ payer, commitment, signal: context.signal, context: { rewardEpoch, kind, target } },
    chain: { ...client, send: (wire) => killable(`${kind}-send`, () => client.send(wire)) },
    async onSend({ signature, lastValidBlockHeight }) {
      sent = { rewardEpoch, kind, target, signature, lastValidBlockHeight, ...unknownFate };
      await killable(`${kind}-intent`, () => record({}));
    },
  });
  const landed = await sending.catch(async (error: unknown) => {
    if (error instanceof PlumblineError) {
      await record({ status: fateOf(error), errorCode: error.code, error: error.message });
    }
    throw error;
  });
  await record({ status: commitment, slot: landed.slot });
  return landed;
}

/** A node or a store that fell away on the way, or our own end, says nothing of the transaction: it may still land. */
function fateOf({ code }: PlumblineError): TransactionStatus {
  if (code === 'CHAIN__BLOCKHASH_EXPIRED') return 'expired';
  return /^(CHAIN__STOPPED$|CHAIN__RPC_|STORE__)/.test(code) ? 'sent' : 'failed';
}

const unknownFate = { status: 'sent', slot: 0n, errorCode: '', error: '', recordedAt: 0n } as const;
