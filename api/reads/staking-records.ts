/**
 * Pages of staking records: all, those of a pool, those of an owner.
 * @module
 */
import { toBase58 } from '../../indexer/domain/base58.ts';
import { accountStates, keysByField } from '../../indexer/store/queries/rows/account-states.ts';
import { type AccountRow, accountsAsOf } from '../../indexer/store/queries/rows/accounts.ts';
import type { ProcessContext } from '../context.ts';
import type { PageStart } from '../schema/connection.ts';
import { addressOf } from '../schema/cursor.ts';

const ACCOUNT_NAME = 'StakingRecord';

interface RecordFilter {
  readonly pool: Uint8Array | null;
  readonly owner: Uint8Array | null;
}

/** Records after the start's key, by address, one more than the page. */
export async function recordsPage(
  start: Pick<PageStart, 'key' | 'size' | 'snapshot'>,
  filter: RecordFilter,
  context: ProcessContext,
): Promise<AccountRow[]> {
  const { store, programs } = context;
  const after = start.key === null ? null : addressOf(start.key);
  const [limit, slot] = [start.size + 1, start.snapshot];
  const value = filter.owner ?? filter.pool;
  if (value === null) {
    const question = { program: programs.staking, name: ACCOUNT_NAME, slot, limit };
    return accountsAsOf(store, { ...question, ...(after === null ? {} : { afterKey: after }) });
  }
  const field = filter.owner === null ? 'operator_pool' : 'owner';
  const pool = filter.owner !== null && filter.pool !== null ? toBase58(filter.pool) : null;
  const found: AccountRow[] = [];
  // A key may be of a record that is closed: more are asked for until the page is full.
  for (let afterKey = after; found.length < limit; ) {
    const question = { program: programs.staking, name: ACCOUNT_NAME, field, value: toBase58(value), slot };
    const keys = await keysByField(store, { ...question, limit, ...(afterKey === null ? {} : { afterKey }) });
    const living = (await accountStates(store, keys, slot)).filter(({ name }) => name === ACCOUNT_NAME);
    const wanted = living.filter(({ fields }) => pool === null || JSON.parse(fields).operator_pool === pool);
    found.push(...wanted.sort((left, right) => Buffer.compare(left.publicKey, right.publicKey)));
    afterKey = keys.at(-1) ?? null;
    if (keys.length < limit) break;
  }
  return found.slice(0, limit);
}
