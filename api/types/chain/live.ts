/**
 * Subscriptions over SSE: the head; events, index ticks and votes as blocks are committed, states of reward epochs, incidents. Each
 * message has a cursor; `after`, or the header Last-Event-ID, goes on from one.
 * @module
 */
import { GraphQLError } from 'graphql';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { type EpochRow, epochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import {
  epochsRecordedAfter,
  type IncidentChange,
  incidentsRecordedAfter,
} from '../../../indexer/store/queries/rows/recorded-rows.ts';
import type { ApiContext } from '../../context.ts';
import { eventMatcher } from '../../live/event-matcher.ts';
import { type EventMessage, eventStream } from '../../live/event-stream.ts';
import { headStream } from '../../live/head-stream.ts';
import { type RowMessage, rowStream } from '../../live/row-stream.ts';
import type { HeadStatus } from '../../reads/head-status.ts';
import { builder } from '../../schema/builder.ts';
import { EpochState, EpochType } from '../rewards/reward-epoch.ts';
import { EventType } from './event.ts';
import { type EventQuestion, eventFilterOf, FieldFilter, WHERE_DESCRIPTION } from './event-filter.ts';
import { IncidentType, MetaType } from './meta.ts';

const MessageKind = builder.enumType('EventMessageKind', {
  description: 'What a message of a stream of events says.',
  values: {
    EVENT: { description: 'An event of a block that was committed.' },
    RETRACTION: { description: 'A fork replaced the block of `slot` and `blockhash`: all events told of it are void.' },
    GAP: { description: 'Blocks before the block of `slot` and `blockhash` are missing from the ledger for now.' },
    CHECKPOINT: { description: 'Nothing to tell up to here: `cursor` is a later place to go on from.' },
  },
});

const EventMessageType = builder.objectRef<EventMessage>('EventMessage').implement({
  description: 'A message of a stream of events.',
  fields: (t) => ({
    kind: t.field({ type: MessageKind, description: 'What it says.', resolve: ({ kind }) => kind }),
    cursor: t.exposeString('cursor', {
      description: 'The stream goes on after this message when it is given as `after`. Also the id of the SSE message.',
    }),
    slot: t.field({ type: 'U64', description: 'Slot of the block it speaks of.', resolve: ({ slot }) => slot }),
    blockhash: t.field({ type: 'Hash', description: 'Hash of that block.', resolve: ({ blockhash }) => blockhash }),
    event: t.field({
      type: EventType,
      nullable: true,
      description: 'The event; null for other kinds.',
      resolve: ({ event }) => event,
    }),
  }),
});

type EpochStep = RowMessage<Pick<EpochRow, 'rewardEpoch' | 'state' | 'stateRank'>>;

const EpochMessageType = builder.objectRef<EpochStep>('RewardEpochMessage').implement({
  description: 'A reward epoch has reached a state.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'The stream goes on after this message when given as `after`.' }),
    number: t.field({ type: 'U64', description: 'Reward epoch.', resolve: ({ row }) => row.rewardEpoch }),
    state: t.field({ type: EpochState, description: 'State it reached.', resolve: ({ row }) => row.state as 'open' }),
    rewardEpoch: t.field({
      type: EpochType,
      nullable: true,
      description: 'The epoch as it stands when the message is sent.',
      resolve: ({ row }, _, { store }) => epochRow(store, row.rewardEpoch),
    }),
  }),
});

const IncidentMessageType = builder.objectRef<RowMessage<IncidentChange>>('IncidentMessage').implement({
  description: 'A difference between accounts and events was found, or is gone.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'The stream goes on after this message when given as `after`.' }),
    isOpen: t.boolean({ description: 'False where it is gone.', resolve: ({ row }) => row.isOpen === 1 }),
    incident: t.field({ type: IncidentType, description: 'The difference.', resolve: ({ row }) => row }),
  }),
});

builder.subscriptionType({});

type SubscriptionArguments = Parameters<Parameters<typeof builder.subscriptionField>[1]>[0];

function resumeArgs(t: SubscriptionArguments) {
  return {
    after: t.arg.string({ description: 'Go on after the message with this cursor; Last-Event-ID does the same.' }),
    fromSlot: t.arg({ type: 'U64', description: 'Without a cursor: from this slot on, else from what is new.' }),
  };
}

interface ResumeValues {
  readonly after?: string | null | undefined;
  readonly fromSlot?: bigint | null | undefined;
}

function admitted({ live, caller, signal }: ApiContext): void {
  const reached = live.places.take(caller.bucket, signal);
  if (reached === null) return;
  throw new GraphQLError(`${reached} subscriptions are open already: close some, or try again later`, {
    extensions: { code: 'API__TOO_MANY_SUBSCRIBERS', http: { status: 503 } },
  });
}

function eventMessages(question: EventQuestion, { after, fromSlot }: ResumeValues, context: ApiContext) {
  admitted(context);
  const matches = eventMatcher(eventFilterOf(question, context.registry), context.registry);
  const start = { after: resumedAt(after, context), fromSlot: fromSlot ?? null };
  return eventStream(context.live.blocks, context.store, matches, start, context.signal);
}

/**
 * A browser that connects again asks for the address it was given, with the cursor that stood there, and says beside it how
 * far it has come since: that is further.
 */
function resumedAt(after: string | null | undefined, { lastEventId }: ApiContext): string | null {
  return lastEventId || (after ?? null);
}

/** Notes where the stream is, for the id of the SSE message. */
function told<Message extends { readonly cursor: string }>(message: Message, context: ApiContext): Message {
  context.toldCursor.text = message.cursor;
  return message;
}

builder.subscriptionField('head', (t) =>
  t.field({
    type: MetaType,
    description:
      'The head of the ledger and its finality, now and whenever either has moved; each message is all of it.',
    subscribe: (_, __, context) => {
      admitted(context);
      return headStream(context.live.head, context.signal);
    },
    resolve: (status: HeadStatus) => status,
  }),
);

builder.subscriptionField('events', (t) =>
  t.field({
    type: EventMessageType,
    description: 'Events as blocks are committed, in chain order, filtered as `events` of the query.',
    args: {
      ...resumeArgs(t),
      program: t.arg({ type: 'PublicKey', description: 'Only this program’s.' }),
      name: t.arg.string({ description: 'Only this event of the IDL, such as `OrderSettled`.' }),
      where: t.arg({ type: [FieldFilter], description: WHERE_DESCRIPTION }),
    },
    subscribe: (_, args, context) =>
      eventMessages({ program: args.program, name: args.name, where: args.where }, args, context),
    resolve: (message: EventMessage, _, context) => told(message, context),
  }),
);

builder.subscriptionField('indexTicks', (t) =>
  t.field({
    type: EventMessageType,
    description: 'Changes of the on-chain index: `IndexUpdated` of the exchange.',
    args: { ...resumeArgs(t), model: t.arg.int({ description: 'Only of this GPU model.' }) },
    subscribe: (_, args, context) => {
      const { model } = args;
      if (typeof model === 'number' && (model < 0 || model > 255))
        throw new GraphQLError(`${model} is no GPU model`, { extensions: { code: 'API__BAD_VALUE' } });
      const where = typeof model === 'number' ? [{ field: 'model', is: 'EQ' as const, values: [String(model)] }] : [];
      return eventMessages({ program: context.programs.exchange, name: 'IndexUpdated', where }, args, context);
    },
    resolve: (message: EventMessage, _, context) => told(message, context),
  }),
);

builder.subscriptionField('proposalVotes', (t) =>
  t.field({
    type: EventMessageType,
    description: 'Votes as they are cast: `VoteCast` of governance, with the totals after each.',
    args: {
      ...resumeArgs(t),
      proposal: t.arg({ type: 'PublicKey', description: 'Only on this proposal.' }),
    },
    subscribe: (_, args, context) => {
      const where = args.proposal ? [{ field: 'proposal', is: 'EQ' as const, values: [toBase58(args.proposal)] }] : [];
      return eventMessages({ program: context.programs.governance, name: 'VoteCast', where }, args, context);
    },
    resolve: (message: EventMessage, _, context) => told(message, context),
  }),
);

const afterDescription = 'Go on after the message with this cursor, or Last-Event-ID; `""` begins with the first.';

builder.subscriptionField('rewardEpochs', (t) =>
  t.field({
    type: EpochMessageType,
    description: 'States that reward epochs reach.',
    args: { after: t.arg.string({ description: afterDescription }) },
    subscribe: (_, { after }, context) => {
      admitted(context);
      const { live, store, signal } = context;
      const read = (micros: bigint, limit: number) => epochsRecordedAfter(store, micros, limit);
      return rowStream(live.epochs, read, resumedAt(after, context), signal);
    },
    resolve: (message: EpochStep, _, context) => told(message, context),
  }),
);

builder.subscriptionField('incidents', (t) =>
  t.field({
    type: IncidentMessageType,
    description: 'Differences between accounts and events: found, and gone.',
    args: { after: t.arg.string({ description: afterDescription }) },
    subscribe: (_, { after }, context) => {
      admitted(context);
      const { live, store, signal } = context;
      const read = (micros: bigint, limit: number) => incidentsRecordedAfter(store, micros, limit);
      return rowStream(live.incidents, read, resumedAt(after, context), signal);
    },
    resolve: (message: RowMessage<IncidentChange>, _, context) => told(message, context),
  }),
);
