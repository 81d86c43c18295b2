/**
 * The one way a failure leaves the API: our own errors keep their code and their one line, anything unknown is hidden
 * behind an id that the log has.
 * @module
 */
import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { type Logger, stdSerializers } from 'pino';
import { InputError, PlumblineError } from '../../indexer/domain/errors.ts';

export function createErrorMask(logger: Logger): (error: unknown) => Error {
  return (error) => {
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    if (error instanceof GraphQLError && cause instanceof GraphQLError) return error;
    if (cause instanceof GraphQLError) return cause;
    if (cause instanceof InputError && isOfTheAsker(cause)) {
      return new GraphQLError(cause.message, { extensions: { code: cause.code } });
    }
    const id = randomUUID();
    logger.error({ id, failure: toldOf(cause) }, 'request failed');
    const isTemporary = cause instanceof PlumblineError && cause.retryable;
    const code = isTemporary ? 'API__UNAVAILABLE' : 'API__INTERNAL';
    const text = isTemporary ? 'The ledger cannot be read right now, try again' : 'This failed on our side';
    return new GraphQLError(`${text} (${id})`, { extensions: { code, id } });
  };
}

/** Other input errors, such as a database that was never migrated, are the operator's and nobody else's business. */
function isOfTheAsker({ code }: InputError): boolean {
  return code.startsWith('API__') || OF_THE_ASKER.has(code);
}

const OF_THE_ASKER: ReadonlySet<string> = new Set([
  ...['STORE__QUERY_TOO_LARGE', 'STORE__BAD_FILTER', 'GOVERNANCE__NOT_INDEXED'],
]);

/** For the log, what hides in no address: an error has nothing that can be listed, and would be logged as `{}`. */
function toldOf(cause: unknown): Record<string, unknown> {
  if (!(cause instanceof Error)) return { message: withoutUser(String(cause)) };
  const { type, message, stack } = stdSerializers.err(cause);
  const { code } = cause as Partial<PlumblineError>;
  return { type, ...(code === undefined ? {} : { code }), message: withoutUser(message), stack: withoutUser(stack) };
}

/** Names and passwords stand before the host of an address. */
function withoutUser(text: string): string {
  return text.replace(/\/\/[^\s/@]*@/g, '//…@');
}
