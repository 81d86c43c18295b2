/**
 * How a failure leaves the process: one line on stderr and a code. 2 the caller's fault, 3 something we depend on, 4 a
 * broken promise of ours, 1 anything else.
 * @module
 */
import { InputError, InvariantError, messageOf, PlumblineError, UpstreamError } from '../indexer/domain/errors.ts';

export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return 2;
  if (error instanceof UpstreamError) return 3;
  if (error instanceof InvariantError) return 4;
  return 1;
}

export function failWith(error: unknown): never {
  const code = error instanceof PlumblineError ? ` [${error.code}]` : '';
  const line = messageOf(error).split('\n').join(' ');
  process.stderr.write(`plumbline: ${line}${code}\n`);
  if (!(error instanceof PlumblineError) && process.env['LOG_LEVEL'] === 'debug') console.error(error);
  process.exit(exitCodeOf(error));
}
