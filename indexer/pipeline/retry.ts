/**
 * Waiting and trying again: exponential backoff with full jitter, and a loop that repeats what may pass later.
 *
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog: full jitter spreads a crowd of clients best.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { InvariantError, PlumblineError, UpstreamError } from '../domain/errors.ts';

export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
  /** In [0, 1). */
  readonly random: () => number;
}

export const DEFAULT_BACKOFF: Backoff = { firstMs: 250, longestMs: 5_000, random: Math.random };

/** Milliseconds before attempt number `failureCount + 1`. */
export function delayMs({ firstMs, longestMs, random }: Backoff, failureCount: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(failureCount, 30));
  return Math.ceil(ceiling * (0.5 + random() / 2));
}

/** Likewise after an error: never sooner than the upstream asked for. */
function delayAfter(error: PlumblineError, backoff: Backoff, failureCount: number): number {
  const askedMs = error instanceof UpstreamError ? error.waitMs : 0;
  return Math.max(askedMs, delayMs(backoff, failureCount));
}

/** Sleep, or return at once when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

export interface RetryOptions {
  readonly backoff: Backoff;
  /** Ends the trying: the last error is thrown. */
  readonly signal: AbortSignal;
  readonly onFailure: (error: PlumblineError, failureCount: number) => void;
  /** Errors that are worth another try; those that call themselves retryable unless this says otherwise. */
  readonly isRetryable?: (error: PlumblineError) => boolean;
  /** Attempts after which the last error is thrown; no end unless told otherwise. */
  readonly attempts?: number;
}

/** What an upstream says may be wrong now and right later; only a broken promise of our own stays broken. */
export function isNotOurs(error: PlumblineError): boolean {
  return !(error instanceof InvariantError);
}

/** Repeat `run` while it fails with a retryable error. */
export async function retried<T>(run: () => Promise<T>, options: RetryOptions): Promise<T> {
  const isRetryable = options.isRetryable ?? ((error) => error.retryable);
  const attempts = options.attempts ?? Number.POSITIVE_INFINITY;
  for (let failureCount = 0; ; failureCount += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof PlumblineError && isRetryable(error)) || options.signal.aborted) throw error;
      if (failureCount + 1 >= attempts) throw error;
      options.onFailure(error, failureCount + 1);
      await pause(delayAfter(error, options.backoff, failureCount), options.signal);
      if (options.signal.aborted) throw error;
    }
  }
}

export interface PolledOptions {
  readonly signal: AbortSignal;
  readonly pollMs: number;
  readonly onFailure: (error: PlumblineError, failureCount: number) => void;
  readonly backoff?: Backoff;
}

/**
 * Call `run` again and again, `pollMs` after it ended, until it returns true or the signal is aborted. What an upstream
 * fails at is tried again for ever, later each time.
 * @throws InvariantError and whatever is no error of ours, as `run` threw it
 */
export async function polled(run: () => Promise<boolean>, options: PolledOptions): Promise<void> {
  const { signal, pollMs, onFailure, backoff = DEFAULT_BACKOFF } = options;
  for (let failureCount = 0; !signal.aborted; ) {
    try {
      if (await run()) return;
      failureCount = 0;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof PlumblineError && isNotOurs(error))) throw error;
      failureCount += 1;
      onFailure(error, failureCount);
      await pause(delayAfter(error, backoff, failureCount), signal);
    }
    await pause(pollMs, signal);
  }
}
