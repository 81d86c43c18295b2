/**
 * What is an alert: its kind, its stable id and its body, from rows of the record. Pure.
 * @module
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../indexer/decode/canonical-json.ts';
import { type Registry, versionAt } from '../../indexer/decode/registry.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { LedgerFaultRow } from '../../indexer/store/queries/ledger/ledger-faults.ts';
import type { Incident } from '../../indexer/store/queries/ledger/reconciliation.ts';
import type { EventRow } from '../../indexer/store/queries/rows/events.ts';
import type { CommittedEpochRow, ScoreDropRow } from '../../indexer/store/queries/rows/webhook-alerts.ts';
import type { AlertKind } from './webhook-file.ts';

export interface Alert {
  readonly id: string;
  readonly kind: AlertKind;
  readonly body: string;
}

type Fields = Readonly<Record<string, unknown>>;
type CommissionChange = Readonly<Record<string, { readonly before: number; readonly after: number }>>;

/** By their names in the IDLs. A challenge that was passed slashes nobody, and not every update of a pool is of its commission. */
const EVENT_KINDS: Readonly<Record<string, AlertKind>> = {
  SlashStakeEvent: 'slash',
  ProviderSlashed: 'slash',
  ChallengeResolved: 'slash',
  SetHaltStatusEvent: 'halt',
  UpdateOperatorPoolEvent: 'commission_change',
};

export const ALERT_EVENT_NAMES: readonly string[] = Object.keys(EVENT_KINDS);
export const POOL_UPDATE = 'UpdateOperatorPoolEvent';

const COMMISSIONS = [
  ...['reward_commission_rate_bps', 'usdc_commission_rate_bps'],
  ...['new_reward_commission_rate_bps', 'new_usdc_commission_rate_bps'],
];

/** What an update did to a pool's commissions, by their names in the IDL; `null` for nothing. */
export function commissionChange(before: Fields, after: Fields): CommissionChange | null {
  const changed = COMMISSIONS.filter((name) => before[name] !== after[name]);
  const changes = changed.map((name) => [name, { before: before[name], after: after[name] }]);
  return changes.length === 0 ? null : (Object.fromEntries(changes) as CommissionChange);
}

/**
 * `null` for an event that is none. Its id follows from its place on the chain, its block's hash included.
 * @param change of the pool's commissions, where the event is an update of a pool
 */
export function eventAlert(event: EventRow, fields: Fields, change: CommissionChange | null): Alert | null {
  const kind = EVENT_KINDS[event.name];
  const isIdle =
    (event.name === 'ChallengeResolved' && fields['burned'] === '0' && fields['paid'] === '0') ||
    (event.name === POOL_UPDATE && change === null);
  if (kind === undefined || isIdle) return null;
  const { slot, transactionIndex, position, signature, blockTime, name } = event;
  const block = toBase58(event.blockhash);
  return alertOf(kind, [block, transactionIndex, position], {
    ...{ slot: String(slot), blockhash: block, blockTime: String(blockTime), signature: toBase58(signature) },
    ...{ program: toBase58(event.program), event: name, fields },
    ...(change === null ? {} : { change }),
  });
}

export function ledgerAlert({
  slot,
  transactionIndex,
  position,
  kind,
  subject,
  expected,
  seen,
}: LedgerFaultRow): Alert {
  return alertOf('incident', ['ledger', slot, transactionIndex, position, kind], {
    ...{ slot: String(slot), fault: kind, subject: toBase58(subject), expected, seen },
  });
}

export function epochAlert(epoch: CommittedEpochRow): Alert {
  const { rewardEpoch, commitSignature, commitSlot, windowStart, windowEnd, inputHash, roots } = epoch;
  return alertOf('epoch_committed', [rewardEpoch, commitSignature], {
    ...{ rewardEpoch: String(rewardEpoch), slot: String(commitSlot), signature: commitSignature, inputHash },
    ...{ windowStart: String(windowStart), windowEnd: String(windowEnd) },
    roots: roots.map((root) => Buffer.from(root).toString('hex')),
  });
}

export function scoreAlert({ rewardEpoch, inputHash }: CommittedEpochRow, drop: ScoreDropRow): Alert {
  const provider = toBase58(drop.provider);
  return alertOf('score_drop', [rewardEpoch, inputHash, provider], {
    ...{ rewardEpoch: String(rewardEpoch), provider, beforePpm: drop.before, afterPpm: drop.after },
  });
}

/** The same difference of the same field is the same alert, however often its block is compared. */
export function incidentAlert({ slot, program, publicKey, kind, field, expected, seen }: Incident): Alert {
  const account = toBase58(publicKey);
  return alertOf('incident', [slot, account, field], {
    ...{ slot: String(slot), program: toBase58(program), account, accountKind: kind, field, expected, seen },
  });
}

function alertOf(kind: AlertKind, place: readonly unknown[], data: Readonly<Record<string, unknown>>): Alert {
  const id = createHash('sha256')
    .update([kind, ...place.map(String)].join('/'))
    .digest('hex');
  return { id, kind, body: JSON.stringify({ id, kind, data }) };
}

/** Fields of an event as the IDL in force at its slot has them; 64-bit integers as text, keys in base58. */
export function fieldsOf(event: EventRow, registry: Registry): Fields {
  const program = registry.program(event.program);
  const tagged = (program && versionAt(program, event.slot))?.events.find(event.data, 0);
  if (!tagged?.decoder) return {};
  const fields = tagged.decoder.decodeExact(event.data, tagged.discriminator.length);
  return typeof fields === 'string' ? {} : (JSON.parse(canonicalJson(tagged.decoder.layout, fields)) as Fields);
}
