/**
 * Where alerts come from: events of finalized blocks, reward epochs with a record on chain, what reconciliation and the
 * ledger's proof found wrong. Only what is final is told of, so that no fork takes an alert back.
 * @module
 */
import type { Registry } from '../../indexer/decode/registry.ts';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { cursor } from '../../indexer/store/queries/chain/cursors.ts';
import { openLedgerFaults } from '../../indexer/store/queries/ledger/ledger-faults.ts';
import { unreconciledIn } from '../../indexer/store/queries/ledger/reconciliation.ts';
import { accountStates } from '../../indexer/store/queries/rows/account-states.ts';
import type { EventRow } from '../../indexer/store/queries/rows/events.ts';
import { alertEvents, committedEpochs, scoreDrops } from '../../indexer/store/queries/rows/webhook-alerts.ts';
import { rankOf } from '../rewards/epoch-state.ts';
import {
  ALERT_EVENT_NAMES,
  type Alert,
  commissionChange,
  epochAlert,
  eventAlert,
  fieldsOf,
  incidentAlert,
  ledgerAlert,
  POOL_UPDATE,
  scoreAlert,
} from './alerts.ts';

/** What a source has to tell, and how far that reaches. */
export interface Found {
  readonly alerts: readonly Alert[];
  readonly position: bigint;
}

const MOST_SLOTS = 20_000n;
const MOST_EPOCHS = 10;
const MOST_INCIDENTS = 1_000;
const EVERYTHING = { fromSlot: 0n, toSlot: 2n ** 64n - 1n };
/** A fall of a shown score by less is no alert. */
export const SCORE_DROP_PPM = 50_000;

/** The newest finalized slot; `null` before the first. */
export async function newestFinalized(store: StoreClient): Promise<Slot | null> {
  return (await cursor(store, 'finalized'))?.slot ?? null;
}

/** Events after a slot, up to the newest finalized one or as far as one turn goes. */
export async function eventAlerts(store: StoreClient, registry: Registry, afterSlot: Slot): Promise<Found> {
  const finalized = (await newestFinalized(store)) ?? 0n;
  if (finalized <= afterSlot) return { alerts: [], position: afterSlot };
  const toSlot = finalized - afterSlot > MOST_SLOTS ? afterSlot + MOST_SLOTS : finalized;
  const alerts: Alert[] = [];
  // A program that is followed beside ours may call its events what it likes: none of them is an alert.
  const programs = registry.programs.map(({ id }) => id);
  const range = { fromSlot: afterSlot + 1n, toSlot };
  for (const event of await alertEvents(store, range, programs, ALERT_EVENT_NAMES)) {
    const fields = fieldsOf(event, registry);
    const change = event.name === POOL_UPDATE ? await changeOfPool(store, event, fields) : null;
    const alert = eventAlert(event, fields, change);
    if (alert !== null) alerts.push(alert);
  }
  return { alerts, position: toSlot };
}

/** The event says which pool; what changed, its states before and after the block say. `null` where nothing did, or nobody knows. */
async function changeOfPool(store: StoreClient, { slot }: EventRow, fields: Readonly<Record<string, unknown>>) {
  const { operator_pool: name } = fields;
  if (typeof name !== 'string') return null;
  const pool = fromBase58(name);
  const [[before], [after]] = await Promise.all([
    accountStates(store, [pool], slot - 1n),
    accountStates(store, [pool], slot),
  ]);
  if (before === undefined || after === undefined || before.fields === '' || after.fields === '') return null;
  return commissionChange(JSON.parse(before.fields), JSON.parse(after.fields));
}

/** Epochs after one that have a record on chain, with the scores that fell in them. */
export async function epochAlerts(store: StoreClient, afterEpoch: bigint): Promise<Found> {
  const epochs = await committedEpochs(store, afterEpoch, rankOf('committed'), MOST_EPOCHS);
  const alerts: Alert[] = [];
  for (const epoch of epochs) {
    const drops = await scoreDrops(store, epoch.rewardEpoch, SCORE_DROP_PPM);
    alerts.push(epochAlert(epoch), ...drops.map((drop) => scoreAlert(epoch, drop)));
  }
  return { alerts, position: epochs.at(-1)?.rewardEpoch ?? afterEpoch };
}

/** The newest epoch with a record on chain; 0 for none. */
export async function newestCommitted(store: StoreClient): Promise<bigint> {
  let newest = 0n;
  for (;;) {
    const epochs = await committedEpochs(store, newest, rankOf('committed'), MOST_INCIDENTS);
    newest = epochs.at(-1)?.rewardEpoch ?? newest;
    if (epochs.length < MOST_INCIDENTS) return newest;
  }
}

/** All that stand: there is no position to them. */
export async function incidentAlerts(store: StoreClient): Promise<Alert[]> {
  const [incidents, faults] = await Promise.all([
    unreconciledIn(store, EVERYTHING, MOST_INCIDENTS),
    openLedgerFaults(store, EVERYTHING, MOST_INCIDENTS),
  ]);
  return [...incidents.map(incidentAlert), ...faults.map(ledgerAlert)];
}
