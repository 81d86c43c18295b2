import fc from 'fast-check';
import { expect, it } from 'vitest';
import { count, gpuHours, padded, percent, rounded, tokens, yearlyPercent } from '../../dashboards/src/text/amount.ts';
import { governedUnit } from '../../dashboards/src/text/governed-amount.ts';
import { parameters } from '../../governance/parameters.ts';

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

it('an amount read back in base units is the amount, whatever its size', () => {
  fc.assert(
    fc.property(u64, fc.constantFrom(6, 9), (baseUnits, decimals) => {
      const [whole = '', fraction = ''] = tokens(String(baseUnits), decimals).replaceAll(',', '').split('.');
      expect(BigInt(whole + fraction.padEnd(decimals, '0'))).toBe(baseUnits);
      expect(fraction).not.toMatch(/0$/);
    }),
  );
});

it('amounts are written as people write them', () => {
  expect(tokens('1666666666666667', 9)).toBe('1,666,666.666666667');
  expect(tokens('18446744073709551615', 9)).toBe('18,446,744,073.709551615');
  expect(tokens('1', 6)).toBe('0.000001');
  expect(tokens('0', 9)).toBe('0');
  expect(tokens('40818000000000', 9)).toBe('40,818');
  expect(count('1234567')).toBe('1,234,567');
  expect(percent(250)).toBe('2.5 %');
  expect(percent(10_000)).toBe('100 %');
});

it('GPU-hours are never more than were delivered, and less than a ten-thousandth short', () => {
  expect(gpuHours('5400')).toBe('1.5');
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (seconds) => {
      const [whole = '', fraction = ''] = gpuHours(String(seconds)).replaceAll(',', '').split('.');
      const tenThousandths = BigInt(whole + fraction.padEnd(4, '0'));
      expect(tenThousandths * 3_600n).toBeLessThanOrEqual(seconds * 10_000n);
      expect((tenThousandths + 1n) * 3_600n).toBeGreaterThan(seconds * 10_000n);
    }),
  );
});

it('a shortened amount is within half a step of the amount, and never makes something nothing', () => {
  expect(rounded('1234567890', 9, 2)).toBe('1.23');
  expect(rounded('1235000000', 9, 2)).toBe('1.24');
  expect(rounded('12', 9, 2)).toBe('0.00000001');
  expect(rounded('-1235000000', 9, 2)).toBe('−1.24');
  fc.assert(
    fc.property(u64, fc.constantFrom(6, 9, 15), fc.integer({ min: 0, max: 6 }), (baseUnits, decimals, places) => {
      const [whole = '', fraction = ''] = rounded(String(baseUnits), decimals, places).replaceAll(',', '').split('.');
      const shown = BigInt(whole + fraction.padEnd(decimals, '0'));
      const difference = shown > baseUnits ? shown - baseUnits : baseUnits - shown;
      expect(difference * 2n).toBeLessThanOrEqual(10n ** BigInt(decimals - places));
      expect(shown === 0n).toBe(baseUnits === 0n);
    }),
  );
});

it('no governed number is told in base units, and each read back is the one that the program has', () => {
  const scales = {
    'base units of INFER': 9,
    'base units of INT': 9,
    'base units of INFER per USDC': 9,
    'milli-INFER': 3,
  };
  for (const { key, unit, max } of parameters.values()) {
    const shown = governedUnit(unit);
    expect(shown.unit, key).not.toMatch(/base units|milli|micro-INFER/);
    const decimals = (scales as Record<string, number>)[unit] ?? (unit.startsWith('micro-INFER') ? 6 : 0);
    const [whole = '', fraction = ''] = shown.text(String(max)).replaceAll(',', '').split('.');
    expect(BigInt(whole + fraction.padEnd(decimals, '0')), key).toBe(max);
    expect(shown.exact(String(max))).toBe(`${count(max)} ${unit}`);
  }
  expect(governedUnit('base units of INFER').text('1000000000000')).toBe('1,000');
  expect(governedUnit(null).unit).toBe('–');
});

it('prices below each other have as many decimals, and a rate beyond all bounds is a few characters', () => {
  expect(['1.275', '12', '1.54321'].map((text) => padded(text, 4))).toEqual(['1.2750', '12.0000', '1.54321']);
  expect(['125000', '99999999', '-125000', '7407923065700'].map(yearlyPercent)).toEqual([
    ...['12.5 %', '10,000 %', '−12.5 %', '740.8M %'],
  ]);
});
