/**
 * Whether the ledger is proven where rewards are about to be computed from what it counts.
 * @module
 */
import { toBase58 } from '../../indexer/domain/base58.ts';
import { UpstreamError } from '../../indexer/domain/errors.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import { ledgerStatus, openLedgerFaults } from '../../indexer/store/queries/ledger/ledger-faults.ts';
import { type LedgerContext, proveNewBlocks } from './ledger-proof.ts';

/**
 * What an epoch waits for, `null` when every settlement of its range was proven. The worker proves once a minute; what it
 * has not come to yet is proven here.
 * @throws UpstreamError `LEDGER__IMBALANCE` where a settlement is not what the rule has, anywhere up to the range's end
 */
export async function provenLedger(context: LedgerContext, { toSlot }: SlotBounds): Promise<string | null> {
  const { store } = context;
  let { lookedThroughSlot } = await ledgerStatus(store);
  if (lookedThroughSlot === null || lookedThroughSlot < toSlot) {
    await proveNewBlocks(context);
    lookedThroughSlot = (await ledgerStatus(store)).lookedThroughSlot;
  }
  const [first] = await openLedgerFaults(store, { fromSlot: 0n, toSlot }, 1);
  if (first !== undefined) {
    const subject = toBase58(first.subject);
    throw new UpstreamError(
      'LEDGER__IMBALANCE',
      `The settlement of ${subject} at slot ${first.slot} is not what the rule has (${first.kind}: ${first.expected}; ` +
        `seen: ${first.seen})`,
      { slot: first.slot, subject, kind: first.kind },
    );
  }
  if (lookedThroughSlot !== null && lookedThroughSlot >= toSlot) return null;
  return `the ledger is proven up to slot ${lookedThroughSlot ?? 'none'} of ${toSlot}`;
}
