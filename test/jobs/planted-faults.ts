/**
 * Faults in a record of the chain, planted and mended by writing rows: what keeps a reward epoch from being computed.
 * @module
 */
import { expect } from 'vitest';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { oneRow } from '../../indexer/store/rows.ts';
import { reconcileAgain } from '../../jobs/reconcile/reconciler.ts';
import { decodeOperatorPool, encodeOperatorPool, type OperatorPool } from '../../programs/staking/client.generated.ts';
import type { EpochByHand } from './epoch-by-hand.ts';

/** What keeps an epoch from being computed, and what mends it. */
export interface Fault {
  readonly code: string;
  readonly says: string;
  plant(): Promise<void>;
  mend(): Promise<void>;
}

/** The newest state up to a slot that some pool has in the record, and how to write another one there. */
export async function poolAccount(hand: EpochByHand, toSlot: bigint) {
  const row = await oneRow<{ data: Uint8Array; publicKey: Uint8Array; slot: bigint }>(
    hand.net.store,
    `SELECT data, public_key AS publicKey, slot FROM accounts FINAL WHERE name = 'OperatorPool' AND slot <= ${toSlot}
ORDER BY slot DESC, public_key LIMIT 1`,
    {},
    { bytesColumns: ['data'] },
  );
  const pool = decodeOperatorPool(row.data);
  const key = Buffer.from(row.publicKey).toString('hex');
  return {
    ...{ pool, address: toBase58(row.publicKey) },
    async write(changes: Partial<OperatorPool>): Promise<void> {
      const changed = encodeOperatorPool({ ...pool, ...changes });
      const hex = Buffer.concat([changed, row.data.subarray(changed.length)]).toString('hex');
      // That state and no other: the market goes on, and a newer one may lie behind the marking.
      const where = `name = 'OperatorPool' AND slot = ${row.slot} AND public_key = unhex('${key}')`;
      await hand.rewrite('accounts', where, `unhex('${hex}') AS data`);
    },
  };
}

const LAST_SLOT = 2n ** 63n;

/** Four faults in a block of the epoch's window, in the record and nowhere else. */
export async function faultsOf(hand: EpochByHand, rewardEpoch: bigint): Promise<Fault[]> {
  const { store } = hand.net;
  const { windowEnd } = await hand.row(rewardEpoch);
  const { slot } = await oneRow<{ slot: bigint }>(
    store,
    'SELECT max(slot) AS slot FROM blocks FINAL WHERE sign = 1 AND transaction_count > 0 AND block_time < {windowEnd:Int64}',
    { windowEnd },
  );
  const block = (change: string) => () => hand.rewrite('blocks', `slot = ${slot}`, change);
  const staking = Buffer.from(hand.context.programs.staking).toString('hex');
  const payload = `SELECT slot, bank, blockhash, block_time, 'event', unhex('${staking}'), 'unknown_discriminator', 'x' FROM blocks FINAL WHERE slot = ${slot}`;
  // As of now: what the marking fixes comes later.
  const account = await poolAccount(hand, LAST_SLOT);
  return [
    {
      ...{ code: 'REWARDS__RANGE_NOT_PROVEN', says: 'missing before' },
      plant: block('-1 AS sign, generation + 1 AS generation'),
      mend: block('1 AS sign, generation + 1 AS generation'),
    },
    {
      ...{ code: 'REWARDS__RANGE_NOT_PROVEN', says: `logs cut in ${slot}` },
      plant: block('0 AS provable, generation + 2 AS generation'),
      mend: block('1 AS provable, generation + 2 AS generation'),
    },
    {
      ...{ code: 'REWARDS__RANGE_NOT_PROVEN', says: `undecoded in ${slot}` },
      plant: () =>
        store.command(
          `INSERT INTO undecoded (slot, bank, blockhash, block_time, source, program, reason, data) ${payload}`,
        ),
      mend: () =>
        store.command(
          `INSERT INTO redecoded (slot, bank, source, tx_index, ix_path, ordinal, public_key, blockhash)
SELECT slot, bank, source, tx_index, ix_path, ordinal, public_key, blockhash FROM undecoded WHERE slot = ${slot} AND data = 'x'`,
        ),
    },
    {
      ...{ code: 'REWARDS__NOT_RECONCILED', says: `OperatorPool ${account.address}` },
      plant: () => account.write({ totalUnstaking: account.pool.totalUnstaking + 3n }),
      async mend() {
        await account.write({});
        const { signal, reconciled: programs } = hand.context;
        expect((await reconcileAgain({ store, programs, signal })).mended).not.toEqual([]);
      },
    },
  ];
}
