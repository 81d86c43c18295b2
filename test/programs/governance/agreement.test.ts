/** The program and the rules of governance/ give the same verdict, the program's own binary included. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameters } from '../../../governance/parameters.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';
import { Agreement, sequence } from './agreement.ts';
import { Chamber } from './chamber.ts';

const KEYS = [...parameters.keys()];
const FEE_TREASURY = KEYS.indexOf('fee_treasury_bps');
/** Rows whose starting values fit one transaction. */
const CHUNK = 40;
/** Values of parameters are i64 on the chain: any other has no bytes there, and is a matter of the rules off it. */
const fitsArgument = (value: bigint) => BigInt.asIntN(64, value) === value;

describe('bounds on the chain', () => {
  it('one unit outside any limit is refused with the number of the rule, and the limit itself is not', async () => {
    const chamber = await Chamber.prepare();
    const codeOf = (id: number, value: bigint) => chamber.codeOf(chamber.initialize([{ id, value }]));
    for (const [id, key] of KEYS.entries()) {
      const { min, max } = parameters.get(key) as { min: bigint; max: bigint };
      expect([key, codeOf(id, min - 1n), codeOf(id, max + 1n)]).toEqual([key, 6001, 6002]);
    }
    // A part of the fee alone breaks the sum, which is checked after the bounds.
    const alone = [...KEYS.entries()].filter(([, key]) => !/^fee_.*_bps$/.test(key));
    const ascending = alone.sort(([, left], [, right]) => (left < right ? -1 : 1));
    for (const limit of ['min', 'max'] as const) {
      for (let start = 0; start < ascending.length; start += CHUNK) {
        const rows = ascending.slice(start, start + CHUNK);
        const overrides = rows.map(([id, key]) => ({ id, value: parameters.get(key)?.[limit] as bigint }));
        const started = await Chamber.create(overrides);
        for (const { id, value } of overrides) expect([id, started.value(id)]).toEqual([id, value]);
      }
    }
    expect([10_001n, 0n, -1n, 10_000n].map((value) => codeOf(FEE_TREASURY, value))).toEqual([6002, 6006, 6001, null]);
  });
});

describeShared('published verdicts', () => {
  it('are those of the bounds of the chain too', async () => {
    const chamber = await Chamber.prepare();
    const names: Readonly<Record<number, string>> = { 6001: 'BELOW_MIN', 6002: 'ABOVE_MAX' };
    const rows = readShared<{ key: string; proposed: string; current?: string; verdict: string }[]>(
      'vectors/bounds.json',
    ).filter(
      ({ current, proposed, verdict }) => current === undefined && verdict !== 'OK' && fitsArgument(BigInt(proposed)),
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { key, proposed, verdict } of rows) {
      const id = KEYS.indexOf(key);
      const code = chamber.codeOf(chamber.initialize([{ id, value: BigInt(proposed) }]));
      expect([key, proposed, names[code ?? 0]]).toEqual([key, proposed, verdict]);
    }
  });
});

it('hundreds of proposals, with values that drift before they execute, have the same verdict on and off the chain', async () => {
  const agreement = await Agreement.create();
  for (const drawn of fc.sample(sequence, { numRuns: 500, seed: 4 })) await agreement.play(drawn);
  const seen = [...agreement.verdicts.keys()].sort();
  for (const verdict of [
    'execute COOLDOWN',
    'execute OK',
    'execute STEP_TOO_LARGE',
    'submit ABOVE_MAX',
    'submit BELOW_MIN',
    'submit JOINT_ORDER',
    'submit JOINT_SUM',
    'submit KEYS_NOT_ASCENDING',
    'submit NOTHING_PROPOSED',
    'submit OK',
    'submit STEP_TOO_LARGE',
    'submit UNKNOWN_KEY',
  ])
    expect(seen).toContain(verdict);
});
