/**
 * `deadAlerts`: alerts for webhooks that nobody took, however often they were tried.
 * @module
 */
import { type AlertRow, deadAlerts } from '../../../indexer/store/queries/rows/webhook-alerts.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { pageCost } from '../../schema/connection.ts';

const MICROS_PER_SECOND = 1_000_000n;

const DeadAlertType = builder.objectRef<AlertRow>('DeadAlert').implement({
  description: 'An alert that its webhook did not take, and that is not tried again.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'The same for the same alert, for ever; hexadecimal.' }),
    endpoint: t.exposeString('endpoint', { description: 'Name of the webhook; its address is not told.' }),
    kind: t.exposeString('kind', { description: 'What it is about.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried.' }),
    lastError: t.exposeString('lastError', { description: 'Why the last attempt failed.' }),
    diedAt: t.field({
      type: 'I64',
      description: 'Unix seconds of the last attempt.',
      resolve: ({ recordedAt }) => recordedAt / MICROS_PER_SECOND,
    }),
  }),
});

builder.queryField('deadAlerts', (t) =>
  t.field({
    type: [DeadAlertType],
    description: 'Dead letters of the webhooks, newest first. They are of now, whatever slot is asked for elsewhere.',
    args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }) },
    complexity: pageCost,
    resolve: (_, { first }, { store }) => deadAlerts(store, Math.max(1, Math.min(first, MAX_PAGE_SIZE))),
  }),
);
