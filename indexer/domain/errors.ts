/**
 * The three kinds of failure of Plumbline, each with a stable code, the values that explain it and its cause.
 *
 * The kind says who has to act: the caller (`InputError`), nobody but the clock (`UpstreamError`, worth a retry),
 * or us (`InvariantError`, something that was proven elsewhere does not hold). Codes are append-only.
 * @module
 */

export type ErrorContext = Readonly<Record<string, string | number | bigint | boolean | null | readonly string[]>>;

export abstract class PlumblineError extends Error {
  abstract readonly retryable: boolean;

  constructor(
    /** Stable name, `AREA__WHAT_IS_WRONG`. */
    readonly code: string,
    /** What happened and what to do, one line. */
    message: string,
    readonly context: ErrorContext = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
  }
}

/** The caller's fault: configuration, IDL, query, artefact or chain data that cannot be used. Trying again is useless. */
export class InputError extends PlumblineError {
  override readonly retryable = false;
}

/** Something we depend on did not answer, or not in time: endpoint, ClickHouse, Redis, RPC, disk. Worth another try. */
export class UpstreamError extends PlumblineError {
  override readonly retryable = true;

  constructor(
    code: string,
    message: string,
    context: ErrorContext = {},
    cause?: unknown,
    /** Milliseconds that it asked to be left alone for; 0 where it did not say. */
    readonly waitMs: number = 0,
  ) {
    super(code, message, context, cause);
  }
}

/** Our own promise is broken. Stops the work at hand; never retried blindly. */
export class InvariantError extends PlumblineError {
  override readonly retryable = false;
}

/** @throws InputError with `code` unless `condition` holds. */
export function checkInput(
  condition: boolean,
  code: string,
  message: string,
  context: ErrorContext = {},
): asserts condition {
  if (!condition) throw new InputError(code, message, context);
}

/** @throws InvariantError with `code` unless `condition` holds. */
export function checkInvariant(
  condition: boolean,
  code: string,
  message: string,
  context: ErrorContext = {},
): asserts condition {
  if (!condition) throw new InvariantError(code, message, context);
}

/** Text of any thrown value, for logs and one-line messages. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The one line with which a process that cannot start, or go on, says why: what happened, what to do, and the code. */
export function failureLine(error: unknown): string {
  const code = error instanceof PlumblineError ? ` [${error.code}]` : '';
  return `plumbline: ${messageOf(error).replaceAll(/\s*\n\s*/g, ' ')}${code}`;
}
