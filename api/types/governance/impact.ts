/**
 * `impact`: what changes of parameters would have done to the last finalized reward epochs.
 * @module
 */
import { GraphQLError } from 'graphql';
import { validateValues } from '../../../governance/bounds.ts';
import { refusalOf } from '../../../governance/refusal.ts';
import type { SlotBounds } from '../../../indexer/store/queries/chain/slot-windows.ts';
import { governedTable, governedValue } from '../../../jobs/governance/governed-table.ts';
import {
  type ClassImpact,
  type Compared,
  MEASURES,
  type Measure,
  type Mover,
  type OperatorClass,
} from '../../../jobs/governance/impact/comparison.ts';
import { type Impact, replayImpact } from '../../../jobs/governance/impact/impact-replay.ts';
import type { NetworkFees } from '../../../jobs/governance/impact/replay-fees.ts';
import type { Touched } from '../../../jobs/governance/impact/touched.ts';
import { eventsUntil } from '../../../jobs/governance/proposal-states.ts';
import { RULE_VERSION } from '../../../jobs/rewards/compute/compute-epoch.ts';
import { busy } from '../../answers/turns.ts';
import { paidWork } from '../../reads/source-events.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { type FieldArguments, snapshotAt } from '../../schema/connection.ts';
import { sourceField } from '../chain/source.ts';
import { ChangeInput } from './parameter.ts';

const MOST_EPOCHS = 30;
const MOST_CHANGES = 16;
/** Points for each epoch: a replay is the dearest question there is. */
const EPOCH_COST = 500;

const MeasureType = builder.enumType('ImpactMeasure', {
  description: 'What is compared.',
  values: {
    REWARDS: { value: 'rewards', description: 'Rewards of pools, base units of INT, summed over the epochs.' },
    INCENTIVES: { value: 'incentives', description: 'Incentives of providers, base units of INFER, summed.' },
    SCORE: { value: 'score', description: 'Displayed score of providers after the last epoch, parts per million.' },
    INCOME_INFER: { value: 'income_infer', description: 'What providers are paid in INFER after fees, summed.' },
    INCOME_USDC: { value: 'income_usdc', description: 'What providers are paid in USDC after fees, summed.' },
  } as const satisfies Record<string, { value: Measure; description: string }>,
});

const ClassType = builder.enumType('OperatorClass', {
  description: 'Tier of a provider; of a pool that of the provider with most work for it.',
  values: {
    CONSUMER: { value: 'consumer', description: 'Provider of the lowest tier.' },
    MINING_FLEET: { value: 'mining_fleet', description: 'Provider of the middle tier.' },
    DATA_CENTER: { value: 'data_center', description: 'Provider of the highest tier.' },
    STAKE_ONLY: { value: 'stake_only', description: 'Pool that no provider works for.' },
  } satisfies Record<Uppercase<OperatorClass>, { value: OperatorClass; description: string }>,
});

const old = ({ old: value }: Compared) => value;
const proposed = ({ proposed: value }: Compared) => value;
const difference = (row: Compared) => row.proposed - row.old;

const ClassImpactType = builder.objectRef<ClassImpact>('ClassImpact').implement({
  description: 'A measure of an operator class; of scores the mean.',
  fields: (t) => ({
    operatorClass: t.field({ type: ClassType, description: 'Whose.', resolve: (row) => row.operatorClass }),
    measure: t.field({ type: MeasureType, description: 'Of what.', resolve: (row) => row.measure }),
    count: t.exposeInt('count', { description: 'Pools or providers.' }),
    old: t.field({ type: 'I128', description: 'By the values that govern now.', resolve: old }),
    proposed: t.field({ type: 'I128', description: 'By those proposed.', resolve: proposed }),
    difference: t.field({ type: 'I128', description: 'Proposed less old.', resolve: difference }),
  }),
});

const MoverType = builder.objectRef<Mover>('ImpactMover').implement({
  description: 'A pool or a provider that gains or loses.',
  fields: (t) => ({
    address: t.field({
      type: 'PublicKey',
      description: 'A pool for rewards, else a provider.',
      resolve: (row) => row.address,
    }),
    operatorClass: t.field({ type: ClassType, description: 'Its class.', resolve: (row) => row.operatorClass }),
    measure: t.field({ type: MeasureType, description: 'Of what.', resolve: (row) => row.measure }),
    old: t.field({ type: 'I128', description: 'By the values that govern now.', resolve: old }),
    proposed: t.field({ type: 'I128', description: 'By those proposed.', resolve: proposed }),
    difference: t.field({ type: 'I128', description: 'Proposed less old.', resolve: difference }),
  }),
});

const FeesType = builder.objectRef<NetworkFees[number]>('FeeImpact').implement({
  description: 'What becomes of fees in one token, base units.',
  fields: (t) => ({
    token: t.exposeString('token', { description: '`INFER` or `USDC`.' }),
    part: t.exposeString('part', { description: '`treasury`, `burned` or `verifiers`.' }),
    old: t.field({ type: 'I128', description: 'By the values that govern now.', resolve: old }),
    proposed: t.field({ type: 'I128', description: 'By those proposed.', resolve: proposed }),
    difference: t.field({ type: 'I128', description: 'Proposed less old.', resolve: difference }),
  }),
});

const TouchedType = builder.objectRef<Touched>('ImpactOfKey').implement({
  description: 'What a parameter touches of finished reward epochs.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Parameter.' }),
    isReplayable: t.boolean({
      description: 'Whether anything can be computed again for it.',
      resolve: ({ parts }) => parts.length > 0,
    }),
    parts: t.stringList({
      description: '`allocation`, `incentives`, `scores`, `model_weights`, `fees`; empty where nothing is touched.',
      resolve: ({ parts }) => [...parts],
    }),
    reason: t.exposeString('reason', { description: 'What is computed again, or why nothing is.' }),
  }),
});

const moverArgs = (t: { arg: FieldArguments['arg'] }) => ({
  first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }),
  measure: t.arg({ type: MeasureType, description: 'Of this measure; the first that was computed if absent.' }),
});
const rowCost = ({ first }: { readonly first: number }) => ({ field: 1, multiplier: countOf(first) });
const countOf = (first: number) => Math.max(1, Math.min(first, MAX_PAGE_SIZE));

function moversOf({ movers }: Impact, measure: Measure | null | undefined): readonly Mover[] {
  const wanted = measure ?? MEASURES.find((each) => movers.has(each));
  return wanted === undefined ? [] : (movers.get(wanted) ?? []);
}

/** Blocks of all windows that were computed again; `null` for none. */
function windowOfAll(epochs: Impact['epochs']): SlotBounds | null {
  const [first, last] = [epochs[0], epochs.at(-1)];
  return first && last ? { fromSlot: first.firstSlot, toSlot: last.lastSlot } : null;
}

const ImpactType = builder.objectRef<Impact>('Impact').implement({
  description:
    'The last finalized reward epochs computed again with proposed values, beside the same with the values that govern now.',
  fields: (t) => ({
    rewardEpochs: t.field({
      type: ['U64'],
      description: 'Epochs that were computed again; none where nothing is touched.',
      resolve: ({ epochs }) => epochs.map(({ rewardEpoch }) => rewardEpoch),
    }),
    keys: t.field({
      type: [TouchedType],
      description: 'What each parameter touches.',
      resolve: ({ touched }) => [...touched],
    }),
    classes: t.field({
      type: [ClassImpactType],
      description: 'Old and proposed by operator class and measure.',
      resolve: ({ classes }) => classes,
    }),
    winners: t.field({
      type: [MoverType],
      description: 'Those who gain, the greatest gain first.',
      args: moverArgs(t as never),
      complexity: rowCost,
      resolve: (impact, { first, measure }) =>
        moversOf(impact, measure)
          .filter((row) => difference(row) > 0n)
          .slice(0, countOf(first)),
    }),
    losers: t.field({
      type: [MoverType],
      description: 'Those who lose, the greatest loss first.',
      args: moverArgs(t as never),
      complexity: rowCost,
      resolve: (impact, { first, measure }) =>
        moversOf(impact, measure)
          .filter((row) => difference(row) < 0n)
          .slice(-countOf(first))
          .reverse(),
    }),
    source: sourceField(t, ({ epochs }) => ({
      ...{ ruleVersion: RULE_VERSION, events: paidWork(null), bounds: windowOfAll(epochs) },
    })),
    fees: t.field({
      type: [FeesType],
      nullable: true,
      description: 'What becomes of the fees; null where they are not touched.',
      resolve: ({ fees }) => (fees === null ? null : [...fees]),
    }),
  }),
});

builder.queryField('impact', (t) =>
  t.field({
    type: ImpactType,
    description: 'What changes of parameters would have done to the last finalized reward epochs.',
    args: {
      changes: t.arg({ type: [ChangeInput], required: true, description: 'Values to compare with those of now.' }),
      epochs: t.arg.int({ required: true, description: `How many epochs back, 1 to ${MOST_EPOCHS}.` }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot.' }),
    },
    complexity: ({ epochs }) => ({ field: EPOCH_COST * Math.max(1, Math.min(epochs, MOST_EPOCHS)), multiplier: 1 }),
    resolve: async (_, { changes, epochs, atSlot }, context) => {
      const isFew = changes.length >= 1 && changes.length <= MOST_CHANGES && epochs >= 1 && epochs <= MOST_EPOCHS;
      if (!isFew) throw badValue(`1 to ${MOST_CHANGES} changes and 1 to ${MOST_EPOCHS} epochs can be replayed`);
      const { store, programs } = context;
      const slot = await snapshotAt(atSlot, context);
      const table = await governedTable(store, programs.governance, await eventsUntil(store, slot));
      const unknown = changes.find(({ key }) => !table.has(key));
      if (unknown !== undefined) throw badValue(`There is no parameter ${unknown.key.slice(0, 100)}`);
      const question = {
        ...{ slot, epochs, marketplace: programs.marketplace },
        changes: changes.map(({ key, value }) => ({ key, proposed: value })),
        currentOf: (key: string) => governedValue(table, key).current,
      };
      if (new Set(changes.map(({ key }) => key)).size < changes.length) throw badValue('A parameter is changed twice');
      const refusal = refusalOf(() => validateValues(question.changes, question.currentOf));
      if (refusal !== null) throw badValue(refusal.message, refusal.code);
      return inTurn(() => replayImpact(store, question));
    },
  }),
);

/** Replays that wait for their turn: one at a time, so that other answers have the processor between its epochs. */
const MOST_WAITING = 8;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** @throws GraphQLError `API__BUSY` */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= MOST_WAITING) throw busy(`${MOST_WAITING} replays wait already`);
  waiting += 1;
  const turn = last.then(work, work);
  last = turn.catch(() => undefined);
  return turn.finally(() => {
    waiting -= 1;
  });
}

/** @param rule of governance that refuses it */
function badValue(message: string, rule?: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'API__BAD_VALUE', ...(rule === undefined ? {} : { rule }) } });
}
