/**
 * What a process looks at on behalf of its subscribers: the newest blocks, the head with its finality, the states of reward
 * epochs, incidents.
 * @module
 */
import type { Logger } from 'pino';
import { messageOf } from '../../indexer/domain/errors.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { type BranchBlock, newestBranch } from '../../indexer/store/queries/chain/block-branches.ts';
import { lastRecordedAt } from '../../indexer/store/queries/rows/recorded-rows.ts';
import { StreamPlaces } from '../budget/stream-places.ts';
import { type HeadStatus, headStatus } from '../reads/head-status.ts';
import { SharedLook } from './shared-look.ts';

export type BlockFeed = SharedLook<readonly BranchBlock[]>;
export type RowFeed = SharedLook<bigint>;
export type HeadFeed = SharedLook<HeadStatus>;

export interface LiveRecord {
  readonly blocks: BlockFeed;
  readonly head: HeadFeed;
  readonly epochs: RowFeed;
  readonly incidents: RowFeed;
  readonly places: StreamPlaces;
  /** Subscribers that listen now. */
  listenerCount(): number;
}

/** Each may hold a page of blocks in memory. A caller may be an office behind one address. */
const MOST_SUBSCRIPTIONS = { inAll: 1_000, ofOne: 100 };
const BLOCKS_EVERY_MS = 200;
const HEAD_EVERY_MS = 400;
const ROWS_EVERY_MS = 1_000;
/** More than any fork is deep; what lies before is read from the record. */
const TAIL_BLOCKS = 256;

export function createLiveRecord(store: StoreClient, log: Logger): LiveRecord {
  const onError = (error: unknown) =>
    log.warn({ error: messageOf(error) }, 'the record cannot be read for subscribers');
  const hashes = (tail: readonly BranchBlock[]) =>
    tail.map(({ blockhash }) => Buffer.from(blockhash).toString('latin1')).join('');
  const rowsOf = (table: 'reward_epochs' | 'reconciliation_incidents') =>
    new SharedLook(() => lastRecordedAt(store, table), String, ROWS_EVERY_MS, onError);
  const blocks = new SharedLook<readonly BranchBlock[]>(
    () => newestBranch(store, TAIL_BLOCKS),
    hashes,
    BLOCKS_EVERY_MS,
    onError,
  );
  const head = new SharedLook(() => headStatus(store), headText, HEAD_EVERY_MS, onError);
  const [epochs, incidents] = [rowsOf('reward_epochs'), rowsOf('reconciliation_incidents')];
  const listenerCount = () => [blocks, head, epochs, incidents].reduce((sum, feed) => sum + feed.listenerCount, 0);
  return { blocks, head, epochs, incidents, places: new StreamPlaces(MOST_SUBSCRIPTIONS), listenerCount };
}

function headText({ status, gapCount, reconciliation }: HeadStatus): string {
  const { headBlockhash, headSlot, finalizedSlot } = status ?? {};
  const { reconciledThroughSlot, openIncidentCount } = reconciliation;
  const block = Buffer.from(headBlockhash ?? []).toString('hex');
  return [headSlot, block, finalizedSlot, gapCount, reconciledThroughSlot, openIncidentCount].join('/');
}
