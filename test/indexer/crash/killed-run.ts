/**
 * An indexer that is started again whenever it ends, and a ClickHouse on a folder that stays, both there to be killed.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UPSTREAM_EXIT_CODE } from '../../../cli/exit-codes.ts';
import type { Environment } from '../../../indexer/domain/settings.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../clickhouse/start-clickhouse.ts';
import type { CrashRecord } from './crash-bench.ts';
import type { RunningCommand } from './indexer-process.ts';

const RESTART_MS = 200;
const POLL_MS = 20;

export class KilledClickHouse {
  #current: RunningClickHouse;
  readonly #port: number;

  private constructor(first: RunningClickHouse, port: number) {
    this.#current = first;
    this.#port = port;
  }

  static async start(): Promise<KilledClickHouse> {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'plumbline-killed-'));
    const first = await startEmbeddedClickHouse({ dataDir });
    return new KilledClickHouse(first, Number(new URL(first.url).port));
  }

  get url(): string {
    return this.#current.url;
  }

  /** Resolves when it serves again. */
  async kill(): Promise<void> {
    const { dataDir } = this.#current;
    await this.#current.kill();
    this.#current = await startEmbeddedClickHouse({ dataDir, port: this.#port });
  }

  async stop(): Promise<void> {
    await this.#current.stop();
    rmSync(this.#current.dataDir, { recursive: true, force: true });
  }
}

export class KilledIndexer {
  /** Starts of which ClickHouse was not there. */
  refusedStarts = 0;
  starts = 0;
  readonly ended: Promise<void>;
  #current: RunningCommand | null = null;
  #isStopping = false;

  /** @param environmentNow asked at every start */
  constructor(record: CrashRecord, environmentNow: () => Environment) {
    this.ended = this.#keepRunning(() => record.start(['indexer'], environmentNow()));
  }

  /** Kills what runs now. */
  kill(): void {
    this.#current?.kill('SIGKILL');
  }

  async untilRunning(): Promise<void> {
    while (this.#current?.isRunning() !== true && !this.#isStopping) await sleep(POLL_MS);
  }

  async untilBegun(): Promise<void> {
    while (this.#current?.hasBegun() !== true && !this.#isStopping) await sleep(POLL_MS);
  }

  /** What runs now ends in good order, and is not started again. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#current?.kill('SIGTERM');
    await this.ended;
  }

  /** @throws Error when it ends for any other reason than a kill, or something that it needs being away */
  async #keepRunning(start: () => RunningCommand): Promise<void> {
    while (!this.#isStopping) {
      this.#current = start();
      this.starts += 1;
      const { code, signal, said } = await this.#current.ended;
      if (code === UPSTREAM_EXIT_CODE) this.refusedStarts += 1;
      else if (signal !== 'SIGKILL' && !(this.#isStopping && code === 0)) {
        throw new Error(`the indexer ended with ${code ?? signal}: ${said}`);
      }
      await sleep(RESTART_MS);
    }
  }
}
