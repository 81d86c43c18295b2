/** Joint rules stand in two languages. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { JOINT_ORDERS, JOINT_SUMS, parameters } from '../../governance/parameters.ts';

it('the joint rules of the programs are those of the platform', () => {
  const source = readFileSync(new URL('../../programs/shared/src/bounds.rs', import.meta.url), 'utf8');
  const ids = (keys: readonly string[]) => keys.map((key) => `id::${key.toUpperCase()}`);
  for (const { keys, sum } of JOINT_SUMS) {
    expect(source).toContain(
      `JointSum { ids: &[${ids(keys).join(', ')}], sum: ${sum.toLocaleString('en-US').replace(',', '_')} }`,
    );
  }
  for (const { below, above } of JOINT_ORDERS) {
    const [low, high] = ids([below, above]);
    expect(source).toContain(`JointOrder { below: ${low}, above: ${high} }`);
  }
  expect(source).toContain(`JOINT_SUMS: [JointSum; ${JOINT_SUMS.length}]`);
  expect(source).toContain(`JOINT_ORDERS: [JointOrder; ${JOINT_ORDERS.length}]`);
  expect([...parameters.keys()].length).toBeLessThanOrEqual(128);
});
