/**
 * What can be made to go wrong on purpose, in one place that the chain and both servers look at. Tests set the fields;
 * the control port sets them for tests in other processes.
 * @module
 */
import type { Key } from './wire/key.ts';

export class Faults {
  /** Every RPC answer waits this long. */
  rpcDelayMs = 0;
  /** Every stream message and unary answer of the gRPC server waits this long. */
  grpcDelayMs = 0;
  /** No RPC answers while true; they come when it ends. */
  rpcFrozen = false;
  /** gRPC connections stay open and go silent, HTTP/2 pings included. */
  grpcFrozen = false;
  /** Every stream message is sent twice. */
  duplicateMessages = false;
  /** How many of the next transactions a stream would carry are left out, block messages included. */
  omitNextTransactions = 0;
  /** Transactions that no stream carries. */
  readonly omittedSignatures = new Set<Key>();

  /** Decides once per transaction, so that every stream misses the same ones. */
  isOmitted(signature: Key): boolean {
    if (this.omitNextTransactions > 0 && !this.omittedSignatures.has(signature)) {
      this.omitNextTransactions -= 1;
      this.omittedSignatures.add(signature);
    }
    return this.omittedSignatures.has(signature);
  }
}
