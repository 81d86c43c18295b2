/**
 * All processes of one run together: started in groups that wait for each other, known by the run file, stopped in
 * reverse.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '../../indexer/domain/errors.ts';
import type { DataFolder } from './data-folder.ts';
import { writeRunFile } from './run-file.ts';
import { type ProcessPlan, SupervisedProcess } from './supervised-process.ts';

const READY_PATIENCE_MS = 120_000;
const READY_POLL_MS = 150;

export class ProcessGroup {
  readonly #folder: DataFolder;
  readonly #processes: SupervisedProcess[] = [];
  readonly #failure = new AbortController();
  readonly #killAll = () => {
    for (const each of this.#processes) each.kill();
  };

  constructor(folder: DataFolder) {
    this.#folder = folder;
    // A second Ctrl-C ends us at once; nobody may be left behind.
    process.once('exit', this.#killAll);
  }

  /** Aborted, with a text as its reason, when a process does not stay up. */
  get failure(): AbortSignal {
    return this.#failure.signal;
  }

  get restarts(): number {
    return this.#processes.reduce((sum, each) => sum + each.restarts, 0);
  }

  /**
   * Start these and wait until all of them serve, or until `signal` or the failure.
   * @throws UpstreamError `UP__NOT_READY`
   */
  async start(plans: readonly ProcessPlan[], signal: AbortSignal): Promise<void> {
    const watcher = {
      onStart: () => this.#writeRunFile(),
      onGiveUp: (reason: string) => this.#failure.abort(reason),
    };
    for (const plan of plans) this.#processes.push(new SupervisedProcess(plan, this.#folder.logs, watcher));
    this.#writeRunFile();
    await this.#untilReady(plans, AbortSignal.any([signal, this.failure]));
  }

  async stop(): Promise<void> {
    for (const each of this.#processes) each.expectEnd();
    for (const each of [...this.#processes].reverse()) await each.stop();
    this.#writeRunFile();
    process.removeListener('exit', this.#killAll);
  }

  async #untilReady(plans: readonly ProcessPlan[], signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + READY_PATIENCE_MS;
    const waiting = new Set(plans);
    while (waiting.size > 0 && !signal.aborted) {
      for (const plan of waiting) if (await plan.isReady()) waiting.delete(plan);
      if (waiting.size > 0 && Date.now() > deadline) throw this.#notReady([...waiting]);
      if (waiting.size > 0) await sleep(READY_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #notReady(waiting: readonly ProcessPlan[]): UpstreamError {
    const names = waiting.map(({ name }) => {
      const reason = this.#processes.find((each) => each.name === name)?.lastReason ?? null;
      return reason === null ? name : `${name} (${reason})`;
    });
    const text = `Not serving after two minutes: ${names.join(', ')}; the logs are in ${this.#folder.logs}`;
    return new UpstreamError('UP__NOT_READY', text);
  }

  #writeRunFile(): void {
    const pids = new Map(this.#processes.flatMap(({ name, pid }) => (pid === null ? [] : [[name, pid] as const])));
    writeRunFile(this.#folder.runFile, pids);
  }
}
