/**
 * The job of reconciliation: compares what has become final since the last tick, and now and then what differed.
 * @module
 */
import type { Logger } from 'pino';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { messageOf, PlumblineError } from '../../indexer/domain/errors.ts';
import { reconciliationStatus } from '../../indexer/store/queries/ledger/reconciliation.ts';
import { vaultSurplusCount } from '../../indexer/store/queries/ledger/token-balances.ts';
import { JOB_NAMES, tickPayload } from '../contract.ts';
import { defineJob, type JobDefinition } from '../define-job.ts';
import { type ReconcileContext, reconcileAgain, reconcileNewBlocks } from './reconciler.ts';

const AGAIN_MS = 10_000;
/** Incidents of one pass that are logged one by one. */
const LOGGED = 20;

/** What the worker says of it. Slots as numbers: they stay below 2^53 for thousands of years. */
export interface ReconcilerStatus {
  /** Up to here every account is what events and instructions say. */
  reconciledThroughSlot: number | null;
  /** Up to here blocks were compared, whatever was found. */
  comparedThroughSlot: number | null;
  openIncidents: number;
  /** Times that a vault was found to have more than calls say. */
  vaultSurpluses: number;
  /** Why the last pass failed. */
  reconcileReason: string | null;
}

export class Reconciler {
  readonly status: ReconcilerStatus = {
    ...{ reconciledThroughSlot: null, comparedThroughSlot: null, openIncidents: 0, vaultSurpluses: 0 },
    reconcileReason: null,
  };
  readonly #context: ReconcileContext;
  readonly #log: Pick<Logger, 'warn' | 'info'>;
  readonly #nowMs: () => number;
  #isRunning = false;
  #lookedAgainMs = 0;
  #againAfterSlot = 0n;

  constructor(context: ReconcileContext, log: Pick<Logger, 'warn' | 'info'>, nowMs: () => number = Date.now) {
    this.#context = context;
    this.#log = log;
    this.#nowMs = nowMs;
  }

  /** A tick that comes while the one before is still at work has nothing to do. @throws errors of the store */
  async advance(): Promise<void> {
    if (this.#isRunning || this.#context.programs.length === 0) return;
    this.#isRunning = true;
    try {
      await this.#compare();
      await this.#show();
      if (this.status.openIncidents > 0) await this.#again();
      this.status.reconcileReason = null;
    } catch (error) {
      this.status.reconcileReason =
        error instanceof PlumblineError ? `${error.code}: ${error.message}` : messageOf(error);
      throw error;
    } finally {
      this.#isRunning = false;
    }
  }

  async #compare(): Promise<void> {
    const found = await reconcileNewBlocks(this.#context);
    for (const { slot, publicKey, kind, field, expected, seen } of found.slice(0, LOGGED)) {
      const account = toBase58(publicKey);
      this.#log.warn({ slot: String(slot), account, kind, field, expected, seen }, 'an account is not what events say');
    }
  }

  async #again(): Promise<void> {
    if (this.#nowMs() - this.#lookedAgainMs < AGAIN_MS) return;
    const { mended, afterSlot } = await reconcileAgain(this.#context, this.#againAfterSlot);
    this.#againAfterSlot = afterSlot;
    this.#lookedAgainMs = this.#nowMs();
    if (mended.length === 0) return;
    this.#log.info({ slots: mended.map(String) }, 'accounts are what events say again');
    await this.#show();
  }

  async #show(): Promise<void> {
    const status = await reconciliationStatus(this.#context.store);
    const numberOf = (slot: bigint | null) => (slot === null ? null : Number(slot));
    this.status.reconciledThroughSlot = numberOf(status.reconciledThroughSlot);
    this.status.comparedThroughSlot = numberOf(status.comparedThroughSlot);
    this.status.openIncidents = Number(status.openIncidentCount);
    this.status.vaultSurpluses = Number(await vaultSurplusCount(this.#context.store));
  }
}

export interface ReconcileJobContext {
  readonly reconciler: Reconciler;
}

export const reconcileJobs: readonly JobDefinition<ReconcileJobContext>[] = [
  defineJob({
    name: JOB_NAMES.reconcile,
    payload: tickPayload,
    run: (_, { reconciler }: ReconcileJobContext) => reconciler.advance(),
  }),
];
