/**
 * One message of a Yellowstone stream, the same whichever transport read it. The assembler knows nothing else.
 * @module
 */
import type { AccountState, Block, SlotStatus, Transaction } from '../domain/chain.ts';
import type { Slot, UnixSeconds } from '../domain/units.ts';

export type Update =
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'transaction'; readonly slot: Slot; readonly transaction: Transaction }
  | { readonly kind: 'account'; readonly slot: Slot; readonly account: AccountState }
  | ({ readonly kind: 'blockMeta' } & BlockMeta)
  | { readonly kind: 'slot'; readonly slot: Slot; readonly parentSlot: Slot | null; readonly status: SlotStatus }
  | { readonly kind: 'ping' }
  | { readonly kind: 'pong'; readonly id: number };

export interface BlockMeta {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
  readonly parentSlot: Slot;
  readonly parentBlockhash: Uint8Array;
  readonly blockTime: UnixSeconds | null;
  readonly blockHeight: bigint | null;
  /** Transactions of the whole block, ours or not. */
  readonly executedTransactionCount: bigint;
}
