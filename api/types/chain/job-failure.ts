/**
 * `jobFailures`: jobs of the worker that fail however often they are tried.
 * @module
 */
import { type JobFailureRow, openJobFailures } from '../../../indexer/store/queries/rows/job-failures.ts';
import { builder } from '../../schema/builder.ts';

const MICROS_PER_SECOND = 1_000_000n;
/** Of one look at a small table. */
const COST = 10;

const JobFailureType = builder.objectRef<JobFailureRow>('JobFailure').implement({
  description: 'A job of the worker that failed for good and has not worked since.',
  fields: (t) => ({
    job: t.exposeString('job', { description: 'Name of the job, as the log of the worker has it.' }),
    code: t.exposeString('code', { description: 'Stable code of the last failure that was written down.' }),
    message: t.exposeString('message', { description: 'What that failure was, in words without secrets.' }),
    failureCount: t.exposeInt('failureCount', {
      description: 'At least so many failures since it worked last: written down whenever their number has doubled.',
    }),
    since: t.field({
      type: 'I64',
      description: 'Unix seconds of the first failure since it worked last.',
      resolve: ({ since }) => since / MICROS_PER_SECOND,
    }),
    recordedAt: t.field({
      type: 'I64',
      description: 'Unix seconds of the last failure that was written down.',
      resolve: ({ recordedAt }) => recordedAt / MICROS_PER_SECOND,
    }),
  }),
});

builder.queryField('jobFailures', (t) =>
  t.field({
    type: [JobFailureType],
    description:
      'Jobs that fail however often they are tried, those that have failed longest first; a job that works again is gone from here. They are of now, whatever slot is asked for elsewhere.',
    complexity: COST,
    resolve: (_, __, { store }) => openJobFailures(store),
  }),
);
