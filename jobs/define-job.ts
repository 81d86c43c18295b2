/**
 * The one wrapper between a job's function and BullMQ: checks the payload, and says of a failure whether trying again
 * makes sense.
 * @module
 */
import { UnrecoverableError } from 'bullmq';
import type { z } from 'zod';
import { InputError, PlumblineError } from '../indexer/domain/errors.ts';

export interface JobDefinition<Context> {
  readonly name: string;
  /** Takes what was in Redis. @throws UnrecoverableError, or an UpstreamError that BullMQ tries again */
  run(data: unknown, context: Context): Promise<void>;
}

/** `run` gets a payload that has passed `payload`. */
export function defineJob<Payload, Context>(job: {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  run(payload: Payload, context: Context): Promise<void>;
}): JobDefinition<Context> {
  return {
    name: job.name,
    async run(data, context) {
      const parsed = job.payload.safeParse(data);
      if (!parsed.success) {
        throw asJobError(
          new InputError(
            'JOBS__BAD_PAYLOAD',
            `Job ${job.name} has a payload it cannot use`,
            { name: job.name },
            parsed.error,
          ),
        );
      }
      try {
        await job.run(parsed.data, context);
      } catch (error) {
        throw asJobError(error);
      }
    },
  };
}

/** Only what may pass by itself is tried again; anything untyped is a fault of ours. */
function asJobError(error: unknown): Error {
  if (error instanceof PlumblineError && error.retryable) return error;
  const code = error instanceof PlumblineError ? error.code : 'JOBS__UNEXPECTED';
  const failure = new UnrecoverableError(`${code}: ${error instanceof Error ? error.message : String(error)}`);
  failure.cause = error;
  return failure;
}
