/**
 * The orders of a simulated day as the renters last saw them, for everybody else who has to do with them.
 * @module
 */
import type { Address } from '@solana/kit';
import type { OrderCase } from './orders.ts';

export interface LiveOrders {
  /** Running ones. */
  running: readonly OrderCase[];
  /** Refunded since the last tick after their delivery deadline had passed. */
  undelivered: readonly OrderCase[];
}

export interface OpenDisputes {
  /** Contested challenges that ended without the arbiter's word, in the order in which they did. */
  readonly undecided: Address[];
}
