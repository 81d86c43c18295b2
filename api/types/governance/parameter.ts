/**
 * `parameters`: every governed number with its bounds, who holds it and its last change; `validateChange`: what both checks
 * would say of changes now.
 * @module
 */
import { tiedTo } from '../../../governance/parameters.ts';
import type { UnixSeconds } from '../../../indexer/domain/units.ts';
import { timeAtSlot } from '../../../indexer/store/queries/chain/block-times.ts';
import type { LastChangeRow } from '../../../indexer/store/queries/governance/governance-table.ts';
import { type CheckedChanges, checkChanges } from '../../../jobs/governance/change-checks.ts';
import { cooldownLeft, type GovernedValue, governedTable } from '../../../jobs/governance/governed-table.ts';
import { eventsUntil } from '../../../jobs/governance/proposal-states.ts';
import { parameterInForce, parametersInForce } from '../../../jobs/rewards/inputs/parameters-in-force.ts';
import type { ApiContext } from '../../context.ts';
import { builder } from '../../schema/builder.ts';
import { snapshotAt } from '../../schema/connection.ts';
import { ProposedChangeType, VerdictType } from './governance-check.ts';

interface ListedParameter extends GovernedValue {
  readonly inForce: bigint;
  readonly now: UnixSeconds;
}

const Authority = builder.enumType('ParameterAuthority', {
  description: 'Who may change a parameter.',
  values: {
    BOOTSTRAP: { value: 'bootstrap', description: 'The founding admin, until it is handed over.' },
    GOVERNANCE: { value: 'governance', description: 'Proposals alone; there is no way back.' },
  } as const,
});

const ParameterChangeType = builder.objectRef<LastChangeRow>('ParameterChange').implement({
  description: 'A change of a parameter.',
  fields: (t) => ({
    from: t.field({ type: 'I64', description: 'Value before.', resolve: ({ from }) => from }),
    to: t.field({ type: 'I64', description: 'Value after.', resolve: ({ to }) => to }),
    at: t.field({ type: 'I64', description: 'Unix seconds.', resolve: ({ changedAt }) => changedAt }),
    slot: t.field({ type: 'U64', description: 'Slot of its block.', resolve: ({ slot }) => slot }),
    signature: t.field({ type: 'Signature', description: 'Its transaction.', resolve: ({ signature }) => signature }),
    proposal: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Address of the proposal that made it; null for the founding admin.',
      resolve: ({ proposal }) => proposal,
    }),
  }),
});

const ParameterType = builder.objectRef<ListedParameter>('Parameter').implement({
  description: 'A governed number. All its numbers are in `unit`.',
  fields: (t) => {
    const number = (description: string, of: (row: ListedParameter) => bigint) =>
      t.field({ type: 'I64', description, resolve: of });
    const text = (description: string, of: (row: ListedParameter) => string) => t.string({ description, resolve: of });
    return {
      key: text('Name.', ({ parameter }) => parameter.key),
      number: t.exposeInt('id', { description: 'Its number in instructions and events.' }),
      program: text('Program that acts by it; `ledger` for the platform itself.', ({ parameter }) => parameter.program),
      unit: text('Unit.', ({ parameter }) => parameter.unit),
      rationale: text('Why it is bounded as it is.', ({ parameter }) => parameter.rationale),
      current: number('Value that governance holds: what proposals are checked against.', (row) => row.current),
      inForce: number(
        'Value that its program acts by; another one until a change is pushed to it.',
        (row) => row.inForce,
      ),
      min: number('Least value.', ({ parameter }) => parameter.min),
      max: number('Greatest value.', ({ parameter }) => parameter.max),
      maxStep: number('Largest change at once; 0 for no limit.', ({ parameter }) => parameter.maxStep),
      default: number(
        'Value that it starts with unless set-up says otherwise.',
        ({ parameter }) => parameter.defaultValue,
      ),
      cooldownSeconds: number('Least time between two changes, seconds.', ({ parameter }) => parameter.cooldownSeconds),
      cooldownLeftSeconds: number('Until it may change again, seconds; 0 when it may.', (row) =>
        cooldownLeft(row, row.now),
      ),
      authority: t.field({
        type: Authority,
        description: 'Who may change it.',
        resolve: ({ isHandedOver }) => (isHandedOver ? 'governance' : 'bootstrap'),
      }),
      lastChange: t.field({
        type: ParameterChangeType,
        nullable: true,
        description: 'Its last change; null when there was none.',
        resolve: (row) => row.lastChange,
      }),
      changesWith: t.stringList({
        description: 'Parameters that a rule ties it to: a sum that is kept, or an order.',
        resolve: ({ parameter }) => tiedTo(parameter.key),
      }),
    };
  },
});

async function listParameters(slot: bigint, { store, programs }: ApiContext): Promise<ListedParameter[]> {
  const range = await eventsUntil(store, slot);
  const [table, inForce, now] = await Promise.all([
    governedTable(store, programs.governance, range),
    parametersInForce(store, programs, range.afterSlot, slot),
    timeAtSlot(store, slot),
  ]);
  return [...table.values()].map((row) => {
    return { ...row, now: now ?? 0n, inForce: parameterInForce(inForce, row.parameter.key) };
  });
}

builder.queryField('parameters', (t) =>
  t.field({
    type: [ParameterType],
    description: 'Every governed number, in the order of the parameter table.',
    args: {
      keys: t.arg.stringList({ description: 'Only these.' }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot.' }),
    },
    complexity: { field: 1, multiplier: 100 },
    resolve: async (_, { keys, atSlot }, context) => {
      const all = await listParameters(await snapshotAt(atSlot, context), context);
      return keys ? all.filter(({ parameter }) => keys.includes(parameter.key)) : all;
    },
  }),
);

export const ChangeInput = builder.inputType('ParameterChangeInput', {
  description: 'A value for a parameter.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Parameter.' }),
    value: t.field({ type: 'I64', required: true, description: 'Value, in its unit.' }),
  }),
});

const ValidationType = builder.objectRef<CheckedChanges>('ChangeValidation').implement({
  description: 'What both checks say of changes taken together, as of a slot.',
  fields: (t) => ({
    submitCheck: t.field({
      type: VerdictType,
      description: 'Whether they could be submitted: bounds, step, joint rules, and whether governance holds them.',
      resolve: ({ submitRefusal }) => ({ error: submitRefusal }),
    }),
    executeCheck: t.field({
      type: VerdictType,
      description: 'Whether they could be carried out now: bounds, step, joint rules and cooldowns.',
      resolve: ({ executeRefusal }) => ({ error: executeRefusal }),
    }),
    changes: t.field({
      type: [ProposedChangeType],
      description: 'Each change beside its limits.',
      resolve: ({ changes }) => [...changes],
    }),
  }),
});

builder.queryField('validateChange', (t) =>
  t.field({
    type: ValidationType,
    description: 'What the two checks of governance say of changes, by the rules of the on-chain program.',
    args: {
      changes: t.arg({
        type: [ChangeInput],
        required: true,
        description: 'By key, ascending, as a proposal has them.',
      }),
      atSlot: t.arg({ type: 'U64', description: 'Against the values as of this slot.' }),
    },
    complexity: ({ changes }) => ({ field: 10, multiplier: Math.max(1, changes.length) }),
    resolve: async (_, { changes, atSlot }, context) => {
      const slot = await snapshotAt(atSlot, context);
      const range = await eventsUntil(context.store, slot);
      const [table, now] = await Promise.all([
        governedTable(context.store, context.programs.governance, range),
        timeAtSlot(context.store, slot),
      ]);
      const proposed = changes.map(({ key, value }) => ({ key, proposed: value }));
      return checkChanges(table, proposed, now ?? 0n);
    },
  }),
);
