/**
 * What the two checks of governance say of parameter changes: verdicts with typed errors, and each change beside its limits.
 * @module
 */
import type { Refusal } from '../../../governance/refusal.ts';
import type { CheckedChange } from '../../../jobs/governance/change-checks.ts';
import { builder } from '../../schema/builder.ts';

export const RefusalType = builder.objectRef<Refusal>('GovernanceError').implement({
  description: 'Why a check of governance refuses, in the words of the on-chain program.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'Stable: `GOVERNANCE__` and the rule, or `CLAIM__NOT_HELD` of a claim.',
    }),
    rule: t.exposeString('rule', { description: 'As the program’s log names it, such as `ABOVE_MAX`.' }),
    message: t.exposeString('message', { description: 'The same in a sentence.' }),
    key: t.exposeString('key', { nullable: true, description: 'Parameter that it is about; null for a joint sum.' }),
    value: t.field({
      type: 'I64',
      nullable: true,
      description: 'What was found; null where no numbers are compared.',
      resolve: (refusal) => refusal.value,
    }),
    limit: t.field({
      type: 'I64',
      nullable: true,
      description: 'What it may be at most, at least or exactly.',
      resolve: (refusal) => refusal.limit,
    }),
  }),
});

export const VerdictType = builder.objectRef<{ readonly error: Refusal | null }>('CheckVerdict').implement({
  description: 'What a check says now.',
  fields: (t) => ({
    isAllowed: t.boolean({ description: 'Whether it passes.', resolve: ({ error }) => error === null }),
    error: t.field({
      type: RefusalType,
      nullable: true,
      description: 'The first rule that is broken; null when it passes.',
      resolve: ({ error }) => error,
    }),
  }),
});

export const ProposedChangeType = builder.objectRef<CheckedChange>('ProposedChange').implement({
  description:
    'A change of one parameter beside the value in force and its limits. Numbers are in `unit`; null for an unknown key.',
  fields: (t) => {
    const number = (description: string, of: (change: CheckedChange) => bigint | null | undefined) =>
      t.field({ type: 'I64', nullable: true, description, resolve: (change) => of(change) ?? null });
    const verdict = (description: string, of: (change: CheckedChange) => Refusal | null) =>
      t.field({ type: VerdictType, description, resolve: (change) => ({ error: of(change) }) });
    return {
      key: t.exposeString('key', { description: 'Parameter.' }),
      unit: t.string({
        nullable: true,
        description: 'Of all its numbers.',
        resolve: ({ value }) => value?.parameter.unit ?? null,
      }),
      proposed: t.field({ type: 'I64', description: 'Value that is proposed.', resolve: ({ proposed }) => proposed }),
      current: number('Value that governance holds now.', ({ value }) => value?.current),
      min: number('Least value.', ({ value }) => value?.parameter.min),
      max: number('Greatest value.', ({ value }) => value?.parameter.max),
      maxStep: number('Largest change at once; 0 for no limit.', ({ value }) => value?.parameter.maxStep),
      step: number('Distance from the current value.', ({ proposed, value }) => value && proposed - value.current),
      distanceToMin: number(
        'Proposed less least; below 0 when out of bounds.',
        ({ proposed, value }) => value && proposed - value.parameter.min,
      ),
      distanceToMax: number(
        'Greatest less proposed; below 0 when out of bounds.',
        ({ proposed, value }) => value && value.parameter.max - proposed,
      ),
      cooldownLeftSeconds: t.field({
        type: 'I64',
        description: 'Until the parameter may change again; 0 when it may.',
        resolve: (change) => change.cooldownLeftSeconds,
      }),
      submitCheck: verdict('Bounds and step, of this change alone.', ({ submitRefusal }) => submitRefusal),
      executeCheck: verdict('Bounds, step and cooldown, of this change alone.', ({ executeRefusal }) => executeRefusal),
    };
  },
});
