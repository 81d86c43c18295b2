/**
 * The subscription of the indexer, for either feed: what of the chain is asked for, from which slot on.
 *
 * `blocks` asks for one message per block with the transactions that name a program; `transactions` asks for these one
 * by one and for block metas. Both ask for slots of every commitment and for the accounts the programs own. Commitment
 * is CONFIRMED: at PROCESSED a replay loses transactions of the slot in progress.
 * @module
 */
import { CommitmentLevel, type SubscribeRequest } from '@triton-one/yellowstone-grpc';
import type { Slot } from '../domain/units.ts';

export type Feed = 'blocks' | 'transactions';

export interface Subscription {
  readonly feed: Feed;
  /** Base58 addresses of our programs. */
  readonly programs: readonly string[];
  /** First slot wanted, inclusive; `null` for the tip. */
  readonly fromSlot: Slot | null;
}

export function subscribeRequest({ feed, programs, fromSlot }: Subscription): SubscribeRequest {
  const accountInclude = [...programs];
  const filter =
    feed === 'blocks'
      ? {
          blocks: {
            ours: { accountInclude, includeTransactions: true, includeAccounts: false, includeEntries: false },
          },
        }
      : {
          transactions: { ours: { vote: false, accountInclude, accountExclude: [], accountRequired: [] } },
          blocksMeta: { all: {} },
        };
  return {
    ...emptyRequest(),
    ...filter,
    // Said although it is the default: the official client drops filters whose every field is absent.
    slots: { all: { filterByCommitment: false } },
    accounts: { ours: { account: [], owner: accountInclude, filters: [] } },
    commitment: CommitmentLevel.CONFIRMED,
    ...(fromSlot === null ? {} : { fromSlot: String(fromSlot) }),
  };
}

/** A request that only answers a ping. */
export function pingRequest(id: number): SubscribeRequest {
  return { ...emptyRequest(), ping: { id } };
}

/** Every map must be there, or the encoder of the client fails. */
function emptyRequest(): SubscribeRequest {
  return {
    accounts: {},
    slots: {},
    transactions: {},
    transactionsStatus: {},
    blocks: {},
    blocksMeta: {},
    entry: {},
    accountsDataSlice: [],
  };
}
