import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentWithTables } from '../../../bench/attack-costs.ts';
import { selfDealing, whitewash } from '../../../jobs/reputation/attack-costs.ts';
import {
  applyEvidence,
  type Evidence,
  type ScoreState,
  scoreRules,
  startState,
} from '../../../jobs/reputation/score.ts';

const rules = scoreRules();
const after = (state: ScoreState, evidence: readonly Evidence[]) =>
  evidence.reduce((current, each) => applyEvidence(rules, current, each), state);

const anyEvidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc.record({
    class: fc.constant('delivered' as const),
    cluster: fc.constantFrom('a', 'b', 'c', 'd'),
    isOwn: fc.boolean(),
    gpuSeconds: fc.bigInt(0n, 1_000_000n),
  }),
  fc.record({ class: fc.constant('heartbeat_shortfall' as const), shortfallPpm: fc.bigInt(0n, 1_000_000n) }),
  fc.record({
    class: fc.constantFrom(
      ...(['challenge_passed', 'uptime_full', 'not_delivered', 'dispute_lost', 'challenge_failed', 'slashed'] as const),
      'epoch_end' as const,
    ),
  }),
);
const histories = fc.array(anyEvidence, { maxLength: 150 });

it('getting back takes at least four times the clean work that a failed challenge undid, wherever a provider stood', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), (days) => {
      const { undoneDays, regainDays } = whitewash(rules, days);
      expect(undoneDays).toBeGreaterThan(0);
      expect(regainDays).toBeGreaterThanOrEqual(4 * undoneDays);
    }),
    { numRuns: 40 },
  );
});

it('whoever stood at 250,000 or more is not below the start value after one failed challenge', () => {
  fc.assert(
    fc.property(histories, fc.bigInt(250_000n, 1_000_000n), (history, least) => {
      const lived = after(startState(rules), history);
      for (const score of lived.score >= 250_000n ? [lived.score, least] : [least]) {
        const left = applyEvidence(rules, { ...lived, score }, { class: 'challenge_failed' });
        expect(left.score).toBeGreaterThanOrEqual(rules.startPpm);
      }
    }),
  );
});

it('orders of linked wallets gain nothing, however many, after any history', () => {
  fc.assert(
    fc.property(histories, fc.array(fc.bigInt(0n, 10n ** 9n), { maxLength: 30 }), (history, orders) => {
      const lived = after(startState(rules), history);
      const dealt = orders.map((gpuSeconds, index): Evidence => {
        return { class: 'delivered', cluster: `wallet ${index}`, isOwn: true, gpuSeconds };
      });
      expect(after(lived, dealt)).toMatchObject({ score: lived.score, target: lived.target });
    }),
  );
});

it('each further order of unlinked wallets gains less for the same fee, and one wallet gains nothing after the sixth', () => {
  const rows = Array.from({ length: 60 }, (_, index) => selfDealing(rules, index + 1));
  const falls = rows.slice(1).map(({ lastGain }, index) => lastGain < (rows[index]?.lastGain ?? 0n));
  expect(falls.every((isLess) => isLess)).toBe(true);
  expect(rows.every(({ linked }) => linked === rules.startPpm)).toBe(true);
  expect(new Set(rows.slice(5).map(({ oneBuyer }) => oneBuyer)).size).toBe(1);
});

it('from any score on, the same work gains less the higher the score is', () => {
  const day: Evidence = { class: 'delivered', cluster: 'x', isOwn: false, gpuSeconds: 86_400n };
  const gainAt = (score: bigint) => applyEvidence(rules, { ...startState(rules), score }, day).score - score;
  fc.assert(
    fc.property(fc.bigInt(0n, 999_999n), fc.bigInt(1n, 1_000_000n), (score, more) => {
      const higher = score + more > 1_000_000n ? 1_000_000n : score + more;
      expect(gainAt(higher)).toBeLessThanOrEqual(gainAt(score));
    }),
  );
});

it('the idle decay ends at the start value and never goes below it', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const lived = after(startState(rules), [...history, { class: 'epoch_end' }]);
      const idle = after(
        lived,
        Array.from({ length: 2_000 }, () => ({ class: 'epoch_end' as const })),
      );
      if (lived.score > rules.startPpm) expect(idle.score - rules.startPpm).toBeLessThan(50n);
      else expect(idle.score).toBe(lived.score);
      if (lived.score >= rules.startPpm) expect(idle.score).toBeGreaterThanOrEqual(rules.startPpm);
    }),
    { numRuns: 30 },
  );
});

it('the published tables are what the rules give', () => {
  const document = readFileSync(new URL('../../../docs/reputation.md', import.meta.url), 'utf8');
  expect(documentWithTables(document)).toBe(document);
});
