/**
 * From what a failed transaction ends with to a typed error that says who has to act.
 * Numbers are those of the staking program (6000 and up), of its framework (2000 to 3999) and of the token program.
 * @module
 */
import {
  type ErrorContext,
  InputError,
  InvariantError,
  type PlumblineError,
  UpstreamError,
} from '../../indexer/domain/errors.ts';
import type { RawTransactionError } from './chain-client.ts';

type ErrorKind = new (code: string, message: string, context?: ErrorContext, cause?: unknown) => PlumblineError;

interface KnownFailure {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
}

const known = (kind: ErrorKind, code: string, message: string): KnownFailure => ({
  kind,
  code: `REWARDS__${code}`,
  message,
});

const byNumber: ReadonlyMap<number, KnownFailure> = new Map([
  [0, known(UpstreamError, 'ALREADY_EXISTS', 'The account is there already; another run was faster')],
  [1, known(UpstreamError, 'VAULT_SHORT', 'A vault holds less than it owes; fund it')],
  [2001, known(InvariantError, 'ACCOUNT_MISMATCH', 'An account does not belong to the pool')],
  [2003, known(UpstreamError, 'OUT_OF_SEQUENCE', 'The pool does not stand at the epoch before')],
  [
    2006,
    known(UpstreamError, 'RECORD_NOT_NEXT', 'The record is not that of the next reward epoch; it may exist already'),
  ],
  [2501, known(InvariantError, 'EMISSION_MISMATCH', 'A record without roots must pay nothing')],
  [6006, known(UpstreamError, 'VAULT_SHORT', 'The reward vault holds less than all unclaimed rewards; fund it')],
  [6007, known(UpstreamError, 'VAULT_SHORT', 'The USDC vault holds less than all unclaimed USDC; fund it')],
  [6008, known(InvariantError, 'POOL_CLOSED', 'The pool was closed before this reward epoch')],
  [6009, known(InvariantError, 'PROOF_REFUSED', 'The chain refuses the proof of a leaf')],
  [6010, known(UpstreamError, 'POOL_HALTED', 'The pool is halted')],
  [6011, known(UpstreamError, 'STAKING_HALTED', 'Staking is halted by the program admin')],
  [6013, known(UpstreamError, 'ACCRUAL_HALTED', 'Accruals are halted by the program admin')],
  [
    6015,
    known(InputError, 'WRONG_AUTHORITY', 'The keypair is no reward distribution authority of the staking program'),
  ],
  [6025, known(UpstreamError, 'NOT_MARKED', 'The reward epoch is not marked as finalizing')],
  [6027, known(UpstreamError, 'EPOCH_NOT_NEXT', 'The reward epoch is not the next one of the chain')],
  [6044, known(InvariantError, 'EMISSION_MISMATCH', 'The total is not what the chain demands for the reward epoch')],
]);

/** The error of a transaction that was simulated or has failed on chain. */
export function transactionErrorOf(
  raw: RawTransactionError,
  logs: readonly string[],
  context: ErrorContext,
): PlumblineError {
  const text = JSON.stringify(raw, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  if (isStale(raw)) {
    return new UpstreamError(
      'CHAIN__BLOCKHASH_EXPIRED',
      'The transaction took too long to land; it is made again',
      context,
    );
  }
  const programError = customNumber(raw);
  const failure = programError === null ? undefined : byNumber.get(programError);
  const lastLog = logs.findLast((line) => line.includes('rror')) ?? '';
  const full = { ...context, error: text, log: lastLog.slice(0, 300) };
  if (failure === undefined) {
    return new InvariantError(
      'CHAIN__TRANSACTION_FAILED',
      `The transaction fails with ${text}. ${lastLog.slice(0, 200)}`,
      full,
    );
  }
  return new failure.kind(failure.code, failure.message, full);
}

function isStale(raw: RawTransactionError): boolean {
  return raw === 'BlockhashNotFound';
}

/** Number of `{"InstructionError":[index,{"Custom":number}]}`. */
function customNumber(raw: RawTransactionError): number | null {
  if (typeof raw !== 'object' || raw === null || !('InstructionError' in raw)) return null;
  const [, detail] = raw.InstructionError as readonly [unknown, unknown];
  if (typeof detail !== 'object' || detail === null || !('Custom' in detail)) return null;
  return Number(detail.Custom);
}
