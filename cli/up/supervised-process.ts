/**
 * One child process of `plumbline up`: started, watched, started again when it ends unasked, stopped in good order.
 * Its output goes to a log file; the last lines are kept to say why it failed.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { INPUT_EXIT_CODE, UPSTREAM_EXIT_CODE } from '../exit-codes.ts';

export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves to true once the process serves. */
  readonly isReady: () => Promise<boolean>;
}

export interface Watcher {
  /** A process was started: the list of those that run has changed. */
  readonly onStart: () => void;
  /** It does not stay up, and trying again is useless. */
  readonly onGiveUp: (reason: string) => void;
}

const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5_000;
/** A process that ran this long was well: its next end starts the back-off anew. */
const WELL_AFTER_MS = 15_000;
/** Ends in a row, each before it was well, after which trying again is useless. */
const GIVE_UP_AFTER = 8;
/** The same where the process said that its input is wrong. Not 1: a port or a lock may take a moment to be free. */
const GIVE_UP_ON_INPUT_AFTER = 3;
const STOP_PATIENCE_MS = 10_000;
const KEPT_LINES = 5;

export class SupervisedProcess {
  readonly name: string;
  readonly #plan: ProcessPlan;
  readonly #watcher: Watcher;
  readonly #log: WriteStream;
  #child: ChildProcess | null = null;
  #restarts = 0;
  #endsInARow = 0;
  #isStopping = false;
  #lastReason: string | null = null;
  readonly #stopped = new AbortController();

  constructor(plan: ProcessPlan, logFolder: string, watcher: Watcher) {
    this.name = plan.name;
    this.#plan = plan;
    this.#watcher = watcher;
    this.#log = createWriteStream(join(logFolder, `${plan.name}.log`), { flags: 'a' });
    this.#log.on('error', () => undefined);
    this.#start();
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Why it last ended, `null` when it never did. */
  get lastReason(): string | null {
    return this.#lastReason;
  }

  /** From here on its end is not an accident. */
  expectEnd(): void {
    this.#isStopping = true;
    this.#stopped.abort();
  }

  async stop(): Promise<void> {
    this.expectEnd();
    if (this.#child) await endGently(this.#child);
    await new Promise<void>((resolve) => this.#log.end(() => resolve()));
  }

  /** Without waiting, for a supervisor that has no time left. */
  kill(): void {
    this.expectEnd();
    this.#child?.kill('SIGKILL');
  }

  #start(): void {
    const { command, args, environment } = this.#plan;
    const startedAt = Date.now();
    const child = spawn(command, [...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C goes to the whole process group of a terminal; who is stopped when is ours to say.
      detached: true,
    });
    this.#child = child;
    const lastLines = this.#follow(child);
    const ended = (how: string, code: number | null, said: string | undefined) => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#lastReason = said ?? how;
      if (!this.#isStopping) void this.#startAgain(Date.now() - startedAt, code);
    };
    child.once('error', (error) => ended(error.message, null, undefined));
    child.once('exit', (code, signal) =>
      signal === null
        ? ended(`ended with code ${code}`, code, lastLines.at(-1))
        : ended(`ended by ${signal}`, null, undefined),
    );
    this.#watcher.onStart();
  }

  /** Copies what it says to its log. @returns the last lines of its stderr, kept up to date */
  #follow({ stdout, stderr }: ChildProcess): readonly string[] {
    const lastLines: string[] = [];
    stdout?.on('data', (chunk: Buffer) => this.#log.write(chunk));
    stderr?.on('data', (chunk: Buffer) => {
      this.#log.write(chunk);
      lastLines.push(...linesOf(chunk));
      lastLines.splice(0, Math.max(0, lastLines.length - KEPT_LINES));
    });
    return lastLines;
  }

  async #startAgain(ranMs: number, code: number | null): Promise<void> {
    this.#endsInARow = ranMs >= WELL_AFTER_MS ? 1 : this.#endsInARow + 1;
    if (this.#endsInARow >= patienceFor(code))
      return this.#watcher.onGiveUp(`${this.name} does not stay up: ${this.#lastReason}`);
    const delayMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.#endsInARow - 1));
    await sleep(delayMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    if (this.#isStopping) return;
    this.#restarts += 1;
    this.#start();
  }
}

/** What waits for somebody else is tried for ever: whoever is missing is looked after by its own supervisor. */
function patienceFor(code: number | null): number {
  if (code === UPSTREAM_EXIT_CODE) return Number.POSITIVE_INFINITY;
  return code === INPUT_EXIT_CODE ? GIVE_UP_ON_INPUT_AFTER : GIVE_UP_AFTER;
}

function linesOf(chunk: Buffer): string[] {
  return chunk
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim().replace(/^plumbline: /, ''))
    .filter((line) => line !== '');
}

async function endGently(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hardEnd = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await gone;
  clearTimeout(hardEnd);
}
