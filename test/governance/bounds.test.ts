import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateBounds, validateChanges, validateCooldown, validateTransition } from '../../governance/bounds.ts';
import { defaultOf, parameterOf, parameters, readParameterTable } from '../../governance/parameters.ts';
import { InputError } from '../../indexer/domain/errors.ts';
import { describeShared, readShared } from '../conformance/shared-data.ts';

const clamp = (value: bigint, min: bigint, max: bigint) => {
  if (value < min) return min;
  return value > max ? max : value;
};

const verdictOf = (check: () => void): string => {
  try {
    check();
    return 'OK';
  } catch (error) {
    if (error instanceof InputError) return error.code.replace('GOVERNANCE__', '');
    throw error;
  }
};

interface BoundsVector {
  readonly key: string;
  readonly proposed: string;
  readonly current?: string;
  readonly verdict: string;
}

describeShared('published verdicts', () => {
  it('every verdict of the bounds table is reached', () => {
    for (const { key, proposed, current, verdict } of readShared<BoundsVector[]>('vectors/bounds.json')) {
      const check = () =>
        current === undefined
          ? validateBounds(key, BigInt(proposed))
          : validateTransition(key, BigInt(current), BigInt(proposed));
      expect({ key, proposed, current, verdict: verdictOf(check) }).toEqual({ key, proposed, current, verdict });
    }
  });

  it('the nine founding keys have exactly their published bounds', () => {
    const { bounds } = readShared<{ bounds: [string, string, number, number, number][] }>(
      'facts/openinfra_bounds.json',
    );
    for (const [key, type, min, max, maxStep] of bounds) {
      expect(parameterOf(key)).toMatchObject({ type, min: BigInt(min), max: BigInt(max), maxStep: BigInt(maxStep) });
    }
    expect([...parameters.keys()].slice(0, 9)).toEqual(bounds.map(([key]) => key));
  });
});

/** Values of a group that its bounds and joint rule allow, drawn by thousandths. */
function targetOf(keys: readonly string[], parts: readonly number[]): Map<string, bigint> {
  const at = (key: string, part: number, from = parameterOf(key).min, to = parameterOf(key).max) =>
    from + ((to - from) * BigInt(part)) / 1_000n;
  const [first = 0, second = 0, third = 0] = parts;
  const [a = '', b = '', c = ''] = keys;
  if (a === 'fee_burn_bps') {
    const burn = at(a, first);
    const treasury = at(b, second, 0n, 10_000n - burn);
    return new Map([
      [a, burn],
      [b, treasury],
      [c, 10_000n - burn - treasury],
    ]);
  }
  if (a === 'initial_margin_bps') {
    const initial = at(a, first);
    const most = clamp(initial - 1n, 0n, parameterOf(b).max);
    return new Map([
      [a, initial],
      [b, at(b, second, parameterOf(b).min, most)],
    ]);
  }
  return new Map(keys.map((key, index) => [key, at(key, [first, second, third][index] ?? 0)]));
}

/** A proposal that is allowed now and brings every key that can move nearer to its goal: all at once or, where the joint rule
 * forbids that, one of them. */
function nextProposal(keys: readonly string[], state: ReadonlyMap<string, bigint>, goal: ReadonlyMap<string, bigint>) {
  const currentOf = (key: string) => state.get(key) ?? defaultOf(key);
  const steps = keys.flatMap((key) => {
    const { maxStep } = parameterOf(key);
    const gap = (goal.get(key) ?? 0n) - currentOf(key);
    const limit = maxStep === 0n ? 10_000n : maxStep;
    return gap === 0n ? [] : [{ key, proposed: currentOf(key) + clamp(gap, -limit, limit) }];
  });
  const allowed = [steps, ...steps.map((step) => [step])].find(
    (changes) => verdictOf(() => validateChanges(changes, currentOf)) === 'OK',
  );
  if (allowed === undefined) throw new Error(`no way from ${[...state]} to ${[...goal]}`);
  return allowed;
}

describe('bounds', () => {
  it('one unit outside a limit is refused and the limit itself is not', () => {
    for (const { key, min, max } of parameters.values()) {
      expect([min - 1n, min, max, max + 1n].map((value) => verdictOf(() => validateBounds(key, value)))).toEqual([
        'BELOW_MIN',
        'OK',
        'OK',
        'ABOVE_MAX',
      ]);
    }
  });

  it('a refusal names the key, the value and the limit', () => {
    expect(() => validateBounds('quorum_bps', 7501n)).toThrow(
      expect.objectContaining({
        code: 'GOVERNANCE__ABOVE_MAX',
        context: { key: 'quorum_bps', proposed: 7501n, max: 7500n },
      }),
    );
  });

  it('an unknown key is refused', () => {
    expect(verdictOf(() => validateBounds('no_such_key', 1n))).toBe('UNKNOWN_KEY');
  });

  it('every in-bounds value is reached from any state, even one outside the bounds, in finitely many steps', () => {
    const keys = [...parameters.values()];
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.bigInt(-(10n ** 12n), 10n ** 12n),
        fc.nat(1_000_000),
        (row, start, part) => {
          const goal = row.min + ((row.max - row.min) * BigInt(part)) / 1_000_000n;
          let current = start;
          const needed = row.maxStep === 0n ? 1n : (row.max - row.min) / row.maxStep + 2n;
          for (let step = 0n; step < needed && current !== goal; step += 1n) {
            const from = clamp(current, row.min, row.max);
            const gap = goal - from;
            const limit = row.maxStep === 0n ? 10n ** 18n : row.maxStep;
            const proposed = from + clamp(gap, -limit, limit);
            validateTransition(row.key, current, proposed);
            current = proposed;
          }
          expect(current).toBe(goal);
        },
      ),
    );
  });

  it('from any reachable state the keys with joint rules, and the thresholds, reach any allowed set of values', () => {
    const groups = [
      ['fee_burn_bps', 'fee_treasury_bps', 'fee_verifier_bps'],
      ['initial_margin_bps', 'maintenance_margin_bps'],
      ['pass_threshold_bps', 'quorum_bps', 'veto_threshold_bps'],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...groups),
        fc.array(fc.nat(1_000), { minLength: 6, maxLength: 6 }),
        (keys, parts) => {
          const state = new Map(keys.map((key) => [key, defaultOf(key)]));
          for (const goal of [targetOf(keys, parts.slice(0, 3)), targetOf(keys, parts.slice(3))]) {
            let proposals = 0;
            while (keys.some((key) => state.get(key) !== goal.get(key))) {
              proposals += 1;
              expect(proposals).toBeLessThanOrEqual(20);
              for (const { key, proposed } of nextProposal(keys, state, goal)) state.set(key, proposed);
            }
          }
        },
      ),
    );
  });

  it('a key rests for its cooldown', () => {
    expect(verdictOf(() => validateCooldown('work_share_bps', 604_799n))).toBe('COOLDOWN');
    expect(verdictOf(() => validateCooldown('work_share_bps', 604_800n))).toBe('OK');
    expect(verdictOf(() => validateCooldown('work_share_bps', null))).toBe('OK');
  });
});

describe('changes of one proposal', () => {
  const check = (...changes: [string, bigint][]) =>
    verdictOf(() =>
      validateChanges(
        changes.map(([key, proposed]) => ({ key, proposed })),
        defaultOf,
      ),
    );

  it('the parts of the fee move only together', () => {
    expect(check(['fee_burn_bps', 1000n])).toBe('JOINT_SUM');
    expect(check(['fee_burn_bps', 1000n], ['fee_treasury_bps', 9000n])).toBe('OK');
  });

  it('keys are strictly ascending, so that none stands twice', () => {
    expect(check(['work_share_bps', 7000n], ['quorum_bps', 1500n])).toBe('KEYS_NOT_ASCENDING');
    expect(check(['quorum_bps', 1500n], ['quorum_bps', 1600n])).toBe('KEYS_NOT_ASCENDING');
    expect(check()).toBe('NOTHING_PROPOSED');
  });
});

describe('parameter table', () => {
  const row = { ...JSON.parse('{"unit":"bps","type":"bps","min":1,"max":2,"maxStep":0,"cooldownSeconds":0}') };
  const rowWith = (change: object) => ({
    key: 'a',
    default: 1,
    rationale: 'long enough to be a reason',
    ...row,
    ...change,
  });

  it.each([
    ['a default outside the bounds', [rowWith({ default: 3 })]],
    ['a key that stands twice', [rowWith({}), rowWith({})]],
    ['bounds outside the type', [rowWith({ max: 10_001 })]],
    ['a row without a reason', [rowWith({ rationale: '' })]],
    ['a number that is not an integer', [rowWith({ max: 1.5 })]],
    ['fee parts that do not sum to the whole', [rowWith({ key: 'fee_burn_bps' })]],
  ])('refuses %s', (_, rows) => {
    expect(() => readParameterTable(rows)).toThrow(expect.objectContaining({ code: 'GOVERNANCE__BAD_TABLE' }));
  });
});
