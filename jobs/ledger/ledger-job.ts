/**
 * The job of the ledger: once a finalized minute it proves what is new, and one earlier window again.
 * @module
 */
import type { Logger } from 'pino';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { messageOf, PlumblineError } from '../../indexer/domain/errors.ts';
import { finalizedTime } from '../../indexer/store/queries/chain/block-times.ts';
import { ledgerStatus, openLedgerFaults } from '../../indexer/store/queries/ledger/ledger-faults.ts';
import { JOB_NAMES, tickPayload } from '../contract.ts';
import { defineJob, type JobDefinition } from '../define-job.ts';
import { floorTo, MINUTE_SECONDS } from '../market/candles.ts';
import { type LedgerContext, proveAgain, proveNewBlocks } from './ledger-proof.ts';

/** Faults of one pass that are logged one by one. */
const LOGGED = 20;
const MAX_SLOT = 2n ** 64n - 1n;

/** What the worker says of it. Slots as numbers: they stay below 2^53 for thousands of years. */
export interface LedgerKeeperStatus {
  /** Up to here every settlement is balanced and as the rule has it. */
  ledgerThroughSlot: number | null;
  /** Settlements that are not, and still stand. */
  ledgerFaults: number;
  /** Why the last pass failed. */
  ledgerReason: string | null;
}

export class LedgerKeeper {
  readonly status: LedgerKeeperStatus = { ledgerThroughSlot: null, ledgerFaults: 0, ledgerReason: null };
  readonly #context: LedgerContext;
  readonly #log: Pick<Logger, 'error'>;
  #isRunning = false;
  #provenMinute: bigint | null = null;

  constructor(context: LedgerContext, log: Pick<Logger, 'error'>) {
    this.#context = context;
    this.#log = log;
  }

  /** A tick that comes while the one before is still at work has nothing to do. @throws errors of the store */
  async advance(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      await this.#advance();
      this.status.ledgerReason = null;
    } catch (error) {
      this.status.ledgerReason = error instanceof PlumblineError ? `${error.code}: ${error.message}` : messageOf(error);
      throw error;
    } finally {
      this.#isRunning = false;
    }
  }

  async #advance(): Promise<void> {
    const newest = await finalizedTime(this.#context.store);
    const minute = newest === null ? null : floorTo(newest, MINUTE_SECONDS);
    if (minute === null || minute === this.#provenMinute) return;
    await proveNewBlocks(this.#context);
    await proveAgain(this.#context, minute / MINUTE_SECONDS);
    await this.#show();
    this.#provenMinute = minute;
  }

  async #show(): Promise<void> {
    const { store } = this.#context;
    const { ledgerThroughSlot, openFaultCount } = await ledgerStatus(store);
    this.status.ledgerThroughSlot = ledgerThroughSlot === null ? null : Number(ledgerThroughSlot);
    const isNew = Number(openFaultCount) > this.status.ledgerFaults;
    this.status.ledgerFaults = Number(openFaultCount);
    if (!isNew) return;
    for (const fault of await openLedgerFaults(store, { fromSlot: 0n, toSlot: MAX_SLOT }, LOGGED)) {
      const { slot, subject, kind, expected, seen } = fault;
      this.#log.error({ slot: String(slot), subject: toBase58(subject), kind, expected, seen }, 'the ledger is wrong');
    }
  }
}

export interface LedgerJobContext {
  readonly ledger: LedgerKeeper;
}

export const ledgerJobs: readonly JobDefinition<LedgerJobContext>[] = [
  defineJob({
    name: JOB_NAMES.ledger,
    payload: tickPayload,
    run: (_, { ledger }: LedgerJobContext) => ledger.advance(),
  }),
];
