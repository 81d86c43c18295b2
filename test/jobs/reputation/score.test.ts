import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEvidence,
  displayedScore,
  type Evidence,
  foldEvidence,
  scoreRules,
  startState,
} from '../../../jobs/reputation/score.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';

interface EvidenceVector {
  readonly class: Evidence['class'];
  readonly cluster?: string;
  readonly gpuSeconds?: number;
  readonly shortfallPpm?: number;
}

const rules = scoreRules();
const evidenceOf = (row: EvidenceVector) =>
  ({
    ...row,
    isOwn: row.cluster === 'own',
    gpuSeconds: BigInt(row.gpuSeconds ?? 0),
    shortfallPpm: BigInt(row.shortfallPpm ?? 0),
  }) as Evidence;
const scoresOf = (evidence: readonly Evidence[]) =>
  foldEvidence(rules, startState(rules), evidence).map(({ score }) => score);

describeShared('published scores', () => {
  it('the score after every piece of evidence is the published one', () => {
    const vectors = readShared<{ evidence: EvidenceVector[]; scores: number[] }[]>('vectors/reputation.json');
    for (const { evidence, scores } of vectors) {
      expect(scoresOf(evidence.map(evidenceOf)).map(Number)).toEqual(scores);
    }
  });
});

const anyEvidence = fc.oneof(
  fc
    .record({ cluster: fc.constantFrom('a', 'b', 'c'), gpuSeconds: fc.integer({ min: 0, max: 10 ** 7 }) })
    .map((row) => evidenceOf({ class: 'delivered', ...row })),
  fc
    .integer({ min: 0, max: 1_000_000 })
    .map((shortfallPpm) => evidenceOf({ class: 'heartbeat_shortfall', shortfallPpm })),
  fc
    .constantFrom(
      ...([
        'challenge_passed',
        'uptime_full',
        'not_delivered',
        'dispute_lost',
        'challenge_failed',
        'slashed',
        'epoch_end',
      ] as const),
    )
    .map((name) => evidenceOf({ class: name })),
);

describe('score', () => {
  it('stays between nothing and everything whatever happens', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 200 }), (evidence) => {
        for (const score of scoresOf(evidence)) expect(score >= 0n && score <= 1_000_000n).toBe(true);
      }),
    );
  });

  it('folding at once and piece by piece is the same, and no piece changes the state it was applied to', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 100 }), (evidence) => {
        let state = startState(rules);
        const oneByOne = evidence.map((each) => {
          const before = structuredClone(state);
          const next = applyEvidence(rules, state, each);
          expect(state).toEqual(before);
          state = next;
          return state.score;
        });
        expect(scoresOf(evidence)).toEqual(oneByOne);
      }),
    );
  });

  it('one failed challenge takes any provider to 400,000 or less', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 200 }), (evidence) => {
        expect(scoresOf([...evidence, { class: 'challenge_failed' }]).at(-1)).toBeLessThanOrEqual(400_000n);
      }),
    );
  });

  it('getting back what a failed challenge took needs at least four times the clean evidence', () => {
    const day = (order: number) => evidenceOf({ class: 'delivered', cluster: `buyer${order}`, gpuSeconds: 86_400 });
    const built = Array.from({ length: 60 }, (_, order) => day(order));
    const before = scoresOf(built);
    const after = scoresOf([
      ...built,
      { class: 'challenge_failed' },
      ...Array.from({ length: 600 }, (_, order) => day(1000 + order)),
    ]);
    const lost = after[60] ?? 0n;
    const undone = 59 - before.findIndex((score) => score >= lost);
    const regained = after.slice(61).findIndex((score) => score >= (before.at(-1) ?? 0n)) + 1;
    expect(regained / undone).toBeGreaterThanOrEqual(4);
  });

  it("a buyer of the provider's own cluster gives nothing", () => {
    expect(scoresOf([evidenceOf({ class: 'delivered', cluster: 'own', gpuSeconds: 86_400 })])).toEqual([100_000n]);
  });

  it('is shown only as far as the bond covers it', () => {
    expect(displayedScore(700_000n, 5n, 10n)).toBe(500_000n);
    expect(displayedScore(700_000n, 20n, 10n)).toBe(700_000n);
    expect(displayedScore(700_000n, 0n, 0n)).toBe(700_000n);
  });
});
