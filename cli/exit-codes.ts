/**
 * How a failure leaves the process: one line on stderr and a code. 2 the caller's fault, 3 something we depend on, 4 a
 * broken promise of ours, 1 anything else, which includes a goal that was not reached.
 * @module
 */
import { failureLine, InputError, InvariantError, PlumblineError, UpstreamError } from '../indexer/domain/errors.ts';

export const INPUT_EXIT_CODE = 2;
export const UPSTREAM_EXIT_CODE = 3;
const INVARIANT_EXIT_CODE = 4;

export function exitCodeOf(error: unknown): number {
  if (error instanceof PlumblineError && error.code === 'UP__GOAL_NOT_REACHED') return 1;
  if (error instanceof InputError) return INPUT_EXIT_CODE;
  if (error instanceof UpstreamError) return UPSTREAM_EXIT_CODE;
  if (error instanceof InvariantError) return INVARIANT_EXIT_CODE;
  return 1;
}

export function failWith(error: unknown): never {
  process.stderr.write(`${failureLine(error)}\n`);
  if (!(error instanceof PlumblineError) && process.env['LOG_LEVEL'] === 'debug') console.error(error);
  process.exit(exitCodeOf(error));
}
