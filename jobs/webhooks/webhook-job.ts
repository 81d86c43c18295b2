/**
 * The job that tells webhooks of alerts. Each turn finds what is new and notes it as pending, moves the position of its
 * source, and sends what is due. What dies between two of these steps does the first of them again: an alert is told at least
 * once, and always under the same id. Of an endpoint one worker takes care at a time.
 * @module
 */
import type { Logger } from 'pino';
import type { Registry } from '../../indexer/decode/registry.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  type AlertCount,
  type AlertRow,
  type AlertSource,
  alertCounts,
  alertPosition,
  dueAlerts,
  insertAlerts,
  knownAlerts,
  moveAlertPosition,
} from '../../indexer/store/queries/rows/webhook-alerts.ts';
import { JOB_NAMES, tickPayload } from '../contract.ts';
import { defineJob, type JobDefinition } from '../define-job.ts';
import type { Leases } from '../leases.ts';
import {
  epochAlerts,
  eventAlerts,
  type Found,
  incidentAlerts,
  newestCommitted,
  newestFinalized,
} from './alert-sources.ts';
import type { Alert } from './alerts.ts';
import { sendAlert } from './send-alert.ts';
import type { WebhookEndpoint } from './webhook-file.ts';

const MICROS_PER_MS = 1_000n;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 3_600_000;
/** Then it is dead: about three hours. */
const MOST_ATTEMPTS = 12;
const SENT_AT_ONCE = 20;
const IDS_AT_ONCE = 100;
/** A position without an alert is worth a row only once it is so far ahead. */
const SILENT_SLOTS = 1_000n;

export interface WebhookParts {
  readonly store: StoreClient;
  readonly registry: Registry;
  readonly endpoints: readonly WebhookEndpoint[];
  readonly leases: Leases;
  readonly nowMs: () => number;
  readonly log: Logger;
}

export class WebhookKeeper {
  /** Of events without an alert, ahead of the row that has it. */
  readonly #seenSlots = new Map<string, bigint>();
  #counts: readonly AlertCount[] = [];

  constructor(private readonly parts: WebhookParts) {}

  get status() {
    const of = (state: AlertRow['state']) => {
      const found = this.#counts.find((each) => each.state === state);
      return this.parts.endpoints.length === 0 ? null : Number(found?.alertCount ?? 0n);
    };
    return { webhooksPending: of('pending'), webhooksSent: of('sent'), webhooksDead: of('dead') };
  }

  /**
   * A tick that comes while the one before is still at work, here or in another worker, has nothing to do: a receiver may take
   * longer than ticks are apart, and what it is being told would be told again.
   * @throws errors of the store and of the leases
   */
  async turn(): Promise<void> {
    const { endpoints, store, leases } = this.parts;
    if (endpoints.length === 0) return;
    await Promise.all(
      endpoints.map((endpoint) =>
        leases.whileHeld(`webhook:${endpoint.name}`, (isStillHeld) => this.#turnOf(endpoint, isStillHeld)),
      ),
    );
    this.#counts = await alertCounts(store);
  }

  async #turnOf(endpoint: WebhookEndpoint, isStillHeld: () => Promise<boolean>): Promise<void> {
    await this.#findEvents(endpoint);
    await this.#findEpochs(endpoint);
    await this.#note(endpoint, await incidentAlerts(this.parts.store));
    await this.#send(endpoint, isStillHeld);
  }

  async #findEvents(endpoint: WebhookEndpoint): Promise<void> {
    const { store, registry } = this.parts;
    const noted = await this.#positionOf(endpoint, 'events', () => newestFinalized(store));
    if (noted === null) return;
    const seen = this.#seenSlots.get(endpoint.name) ?? 0n;
    const found = await eventAlerts(store, registry, seen > noted ? seen : noted);
    await this.#note(endpoint, found.alerts);
    this.#seenSlots.set(endpoint.name, found.position);
    const isWorthARow = found.alerts.length > 0 || found.position - noted >= SILENT_SLOTS;
    if (isWorthARow) await moveAlertPosition(store, endpoint.name, 'events', found.position);
  }

  async #findEpochs(endpoint: WebhookEndpoint): Promise<void> {
    const { store } = this.parts;
    const noted = await this.#positionOf(endpoint, 'epochs', () => newestCommitted(store));
    if (noted === null) return;
    const found: Found = await epochAlerts(store, noted);
    await this.#note(endpoint, found.alerts);
    if (found.position > noted) await moveAlertPosition(store, endpoint.name, 'epochs', found.position);
  }

  /** An endpoint that is new is told of what comes, and not of the past. */
  async #positionOf(
    { name }: WebhookEndpoint,
    source: AlertSource,
    newest: () => Promise<bigint | null>,
  ): Promise<bigint | null> {
    const known = await alertPosition(this.parts.store, name, source);
    if (known !== null) return known;
    const start = await newest();
    if (start !== null) await moveAlertPosition(this.parts.store, name, source, start);
    return start;
  }

  /** Notes as pending what the endpoint wants and does not have yet. */
  async #note({ name, kinds }: WebhookEndpoint, alerts: readonly Alert[]): Promise<void> {
    const wanted = alerts.filter(({ kind }) => kinds.includes(kind));
    for (let at = 0; at < wanted.length; at += IDS_AT_ONCE) {
      const some = wanted.slice(at, at + IDS_AT_ONCE);
      const ids = some.map(({ id }) => id);
      const known = await knownAlerts(this.parts.store, name, ids);
      const fresh = some.filter(({ id }) => !known.has(id));
      const pending = { endpoint: name, state: 'pending', attempts: 0, nextAt: 0n, lastError: '' } as const;
      await insertAlerts(
        this.parts.store,
        fresh.map((alert) => ({ ...pending, ...alert, recordedAt: this.#nowMicros() })),
      );
    }
  }

  /** A receiver that fails is left alone until the next turn, and what it did not take until it is due again. */
  async #send(endpoint: WebhookEndpoint, isStillHeld: () => Promise<boolean>): Promise<void> {
    const { store, nowMs, log } = this.parts;
    for (const alert of await dueAlerts(store, endpoint.name, BigInt(nowMs()), SENT_AT_ONCE)) {
      if (!(await isStillHeld())) return;
      const error = await sendAlert(endpoint, alert, nowMs());
      const after = error === '' ? sentAlert(alert) : failedAlert(alert, error, nowMs());
      await insertAlerts(store, [{ ...after, recordedAt: this.#nowMicros() }]);
      if (error === '') continue;
      const { id, kind, attempts, state } = after;
      log.warn({ webhook: endpoint.name, id, kind, attempts, state, error }, 'a webhook did not take an alert');
      return;
    }
  }

  #nowMicros(): bigint {
    return BigInt(this.parts.nowMs()) * MICROS_PER_MS;
  }
}

function sentAlert(alert: AlertRow): AlertRow {
  return { ...alert, state: 'sent', lastError: '' };
}

function failedAlert(alert: AlertRow, lastError: string, nowMs: number): AlertRow {
  const attempts = alert.attempts + 1;
  return {
    ...alert,
    ...{ attempts, lastError, state: attempts >= MOST_ATTEMPTS ? 'dead' : 'pending' },
    nextAt: BigInt(nowMs + retryMs(attempts)),
  };
}

/** Twice as long each time, up to an hour. */
export function retryMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
}

export interface WebhookJobContext {
  readonly webhooks: WebhookKeeper;
}

export const webhookJobs: readonly JobDefinition<WebhookJobContext>[] = [
  defineJob({
    name: JOB_NAMES.webhooks,
    payload: tickPayload,
    run: (_, { webhooks }: WebhookJobContext) => webhooks.turn(),
  }),
];
