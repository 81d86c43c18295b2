import { readFileSync } from 'node:fs';
import { isEnumType, isInputObjectType, isObjectType, isScalarType } from 'graphql';
import { expect, it } from 'vitest';
import { printedSchema, schema } from '../../api/schema/schema.ts';

const ours = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

it('the committed schema is the code’s', () => {
  expect(readFileSync(new URL('../../api/schema.graphql', import.meta.url), 'utf8')).toBe(printedSchema());
});

it('every type, field, argument and value says what it means', () => {
  const silent: string[] = [];
  const check = (name: string, { description }: { description?: string | null | undefined }) => {
    if (!description) silent.push(name);
  };
  for (const type of ours) {
    if (type.name === 'Query' || type.name === 'Subscription') continue;
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
  }
  for (const type of ours.filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field);
      for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
    }
  }
  for (const type of ours.filter(isInputObjectType))
    for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
  const builtIn = ours.filter(isScalarType).length;
  expect(builtIn).toBeGreaterThan(6);
  expect(silent).toEqual([]);
});

it('every computed type says what it follows from', () => {
  const types = [
    ...['Candle', 'DailyPrice', 'ForwardCurve', 'Impact', 'LedgerTotals', 'LiveReputation', 'MarketIndex', 'OrderBook'],
    ...['PoolPerformance', 'Proposal', 'Provider', 'ProviderReputation', 'ReferenceRate', 'Reward', 'RewardEpoch'],
    ...['RoutingWeight', 'Surveillance'],
  ];
  const source = schema.getType('Source');
  expect(isObjectType(source) && Object.keys(source.getFields()).sort()).toEqual([
    ...['events', 'fromSlot', 'ruleVersion', 'toSlot', 'transactions'],
  ]);
  for (const name of types) {
    const type = schema.getType(name);
    const field = isObjectType(type) ? type.getFields()['source'] : undefined;
    expect([name, String(field?.type)]).toEqual([name, 'Source!']);
  }
});

it('nothing can be written', () => {
  expect(schema.getMutationType()).toBeUndefined();
});
