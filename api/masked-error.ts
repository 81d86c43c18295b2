/**
 * The one way a failure leaves the API: our own errors keep their code and their one line, anything unknown is hidden
 * behind an id that the log has.
 * @module
 */
import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { PlumblineError } from '../indexer/domain/errors.ts';

export function createErrorMask(logger: Logger): (error: unknown) => Error {
  return (error) => {
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    if (cause instanceof GraphQLError) return cause;
    if (cause instanceof PlumblineError && cause.name === 'InputError') {
      return new GraphQLError(cause.message, { extensions: { code: cause.code } });
    }
    const id = randomUUID();
    logger.error({ id, error: cause }, 'request failed');
    const isTemporary = cause instanceof PlumblineError && cause.retryable;
    const code = isTemporary ? 'API__UNAVAILABLE' : 'API__INTERNAL';
    const text = isTemporary ? 'The ledger cannot be read right now, try again' : 'This failed on our side';
    return new GraphQLError(`${text} (${id})`, { extensions: { code, id } });
  };
}
