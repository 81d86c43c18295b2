/**
 * `plumbline verify accounts`: accounts folded from events and instructions, compared with the account states on record,
 * block by block; prints every difference with both sides, and changes nothing.
 * @module
 */
import { toBase58 } from '../indexer/domain/base58.ts';
import { checkInput, checkInvariant } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import type { Slot } from '../indexer/domain/units.ts';
import { createStoreClient, type StoreClient } from '../indexer/store/clickhouse-client.ts';
import { cursor } from '../indexer/store/queries/chain/cursors.ts';
import type { Incident } from '../indexer/store/queries/ledger/reconciliation.ts';
import { eventsCompleteAfter } from '../indexer/store/queries/rows/account-snapshots.ts';
import { reconciledPrograms } from '../jobs/reconcile/program-folds.ts';
import { compareRange } from '../jobs/reconcile/reconciler.ts';
import { say } from './say.ts';
import { slotArgument } from './slot-argument.ts';

const SHOWN = 20;
const SHOWN_CHARACTERS = 120;

/**
 * From where on the record knows everything, or from `from`, up to the last finalized block, or `to`.
 * @throws InputError `VERIFY__EMPTY`, `VERIFY__ACCOUNTS_UNKNOWN`, `VERIFY__NOT_FINAL`, `CLI__BAD_SLOT`; InvariantError `VERIFY__ACCOUNTS_DIFFER`
 */
export async function runVerifyAccounts(
  settings: Settings,
  options: { from?: string; to?: string },
  signal: AbortSignal,
): Promise<void> {
  const store = createStoreClient(settings);
  try {
    const range = await rangeOf(store, options);
    const context = { store, programs: reconciledPrograms(settings), signal };
    const { incidents, comparedThroughSlot } = await compareRange(context, range);
    for (const incident of incidents.slice(0, SHOWN)) say(lineOf(incident));
    checkInvariant(
      incidents.length === 0,
      'VERIFY__ACCOUNTS_DIFFER',
      `${incidents.length} differences between slots ${range.fromSlot} and ${range.toSlot}: see the lines above`,
      { ...range },
    );
    say(
      `equal: every account of slots ${range.fromSlot} to ${comparedThroughSlot} is what events and instructions say`,
    );
    if (comparedThroughSlot < range.toSlot) {
      say(`later slots up to ${range.toSlot} have no account states yet: the next snapshot brings them`);
    }
  } finally {
    await store.close();
  }
}

async function rangeOf(
  store: StoreClient,
  { from, to }: { from?: string; to?: string },
): Promise<{ fromSlot: Slot; toSlot: Slot }> {
  const known = await eventsCompleteAfter(store);
  const finalized = await cursor(store, 'finalized');
  checkInput(known !== null && finalized !== null, 'VERIFY__EMPTY', 'Nothing that is final is recorded yet');
  const fromSlot = from === undefined ? known : slotArgument('--from', from);
  const toSlot = to === undefined ? finalized.slot : slotArgument('--to', to);
  checkInput(fromSlot >= known, 'VERIFY__ACCOUNTS_UNKNOWN', `Accounts are known from slot ${known} on`);
  checkInput(toSlot <= finalized.slot, 'VERIFY__NOT_FINAL', `Slots above ${finalized.slot} are not final yet`);
  return { fromSlot, toSlot };
}

function lineOf({ slot, kind, publicKey, field, expected, seen }: Incident): string {
  const sides = [expected, seen].map((side) => (side === '' ? 'nothing' : side.slice(0, SHOWN_CHARACTERS)));
  return `slot ${slot}: ${kind} ${toBase58(publicKey)} ${field || 'account'}: events say ${sides[0]}, the chain has ${sides[1]}`;
}
