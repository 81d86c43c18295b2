/**
 * `plumbline rewards export-unsigned <epoch>`: the transaction that the reward authority has to sign next, for an authority
 * whose key is not here. It passes what the worker's own would pass: the same checks before it, the same simulation. Whoever
 * sends it, the worker finds its effect on chain and goes on.
 * @module
 */
import {
  appendTransactionMessageInstructions,
  type Base64EncodedWireTransaction,
  compileTransaction,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  type Instruction,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { checkInput, InputError } from '../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../indexer/domain/units.ts';
import type { EpochRow } from '../../indexer/store/queries/reward-epochs.ts';
import { transactionErrorOf } from '../chain/transaction-error.ts';
import { rowOf } from './authority-steps.ts';
import type { RewardContext } from './reward-context.ts';
import { checkRecord } from './steps/commit-step.ts';
import { cosignatureMissing } from './steps/cosigner-gate.ts';
import { checkAuthority, markingDue, windowSlots } from './steps/mark-epoch.ts';

export interface UnsignedTransaction {
  readonly step: 'mark' | 'commit';
  readonly rewardEpoch: RewardEpoch;
  /** Who has to sign, and pays. */
  readonly authority: string;
  /** Version 0, with zero bytes where the signature goes. */
  readonly transaction: Base64EncodedWireTransaction;
  /** Base58 of its message alone, as multisigs import it; they put a blockhash of their own. */
  readonly message: string;
  /** Above this block height the transaction as it stands is void; export it again. */
  readonly lastValidBlockHeight: bigint;
}

/**
 * @throws InputError `REWARDS__NO_AUTHORITY`, `REWARDS__NOTHING_TO_SIGN`, `REWARDS__WRONG_AUTHORITY`; InvariantError
 *   `REWARDS__RECORD_DIFFERS`; UpstreamError `REWARDS__COSIGNER_BLOCKED`; what the simulation finds
 */
export async function exportUnsigned(context: RewardContext, rewardEpoch: RewardEpoch): Promise<UnsignedTransaction> {
  const { authorityAddress, chain } = context;
  checkInput(authorityAddress !== null, 'REWARDS__NO_AUTHORITY', 'Set REWARD_AUTHORITY to the address that will sign');
  const row = await rowOf(context, rewardEpoch);
  if (row.state === 'open') {
    await checkMarkingDue(context, row);
    return unsigned(
      context,
      { step: 'mark', rewardEpoch },
      await chain.markInstructions(authorityAddress, rewardEpoch),
    );
  }
  await checkCommitDue(context, row);
  checkAuthority(authorityAddress, (await chain.overview('confirmed'))?.rewardDistributionAuthorities ?? []);
  const instructions = await chain.recordInstructions(authorityAddress, rewardEpoch, row);
  return unsigned(context, { step: 'commit', rewardEpoch }, instructions);
}

async function checkMarkingDue(context: RewardContext, row: EpochRow): Promise<void> {
  if ((await windowSlots(context, row)) === null) throw nothingToSign(row, 'its window is open');
  const due = await markingDue(context, row);
  if (due.kind === 'waiting') throw nothingToSign(row, due.reason);
  if (due.kind === 'marked') throw nothingToSign(row, 'it is marked on chain already');
}

async function checkCommitDue(context: RewardContext, row: EpochRow): Promise<void> {
  const record = await context.chain.record(row.rewardEpoch, 'confirmed');
  if (record !== null) {
    checkRecord(row, record);
    throw nothingToSign(row, 'its record is on chain already');
  }
  if (row.state !== 'approved') throw nothingToSign(row, `it is ${row.state}; it has to be approved first`);
  const missing = await cosignatureMissing(context, row);
  if (missing !== null) throw nothingToSign(row, missing);
}

function nothingToSign({ rewardEpoch, state }: EpochRow, reason: string): InputError {
  const message = `There is nothing to sign for reward epoch ${rewardEpoch}: ${reason}`;
  return new InputError('REWARDS__NOTHING_TO_SIGN', message, { rewardEpoch, state });
}

async function unsigned(
  { chain, authorityAddress: authority }: RewardContext,
  named: Pick<UnsignedTransaction, 'step' | 'rewardEpoch'>,
  instructions: readonly Instruction[],
): Promise<UnsignedTransaction> {
  checkInput(authority !== null, 'REWARDS__NO_AUTHORITY', 'Set REWARD_AUTHORITY to the address that will sign');
  const lifetime = await chain.client.latestLifetime();
  const compiled = compileTransaction(
    pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayer(authority, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(lifetime, message),
      (message) => appendTransactionMessageInstructions(instructions, message),
    ),
  );
  const transaction = getBase64EncodedWireTransaction(compiled);
  const simulated = await chain.client.simulate(transaction, false);
  if (simulated.error !== null) throw transactionErrorOf(simulated.error, simulated.logs, { ...named });
  const message = toBase58(new Uint8Array(compiled.messageBytes));
  return { ...named, authority, transaction, message, lastValidBlockHeight: lifetime.lastValidBlockHeight };
}
