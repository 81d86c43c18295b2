/**
 * Attested seconds of a session that wait to be payable, as the marketplace keeps them. Rule: docs/programs/marketplace.md,
 * sessions. Pure.
 * @module
 */
import type { UsageMark } from '../../../programs/marketplace/client.generated.ts';

/** One for each step of a window, and one for all that is payable. */
const PLACES = 17;

/** Marks after an attestation at `now`: of what is payable already only the last is kept. */
export function withMark(marks: readonly UsageMark[], mark: UsageMark, now: bigint): UsageMark[] {
  const payable = marks.findIndex(({ payableAt }) => payableAt > now);
  const payableCount = payable < 0 ? marks.length : payable;
  const kept = marks.slice(Math.max(0, payableCount - 1));
  const isReplaced = kept.length >= PLACES || kept.at(-1)?.payableAt === mark.payableAt;
  return [...(isReplaced ? kept.slice(0, -1) : kept), mark];
}

/** Marks after everything payable at `now` was paid. */
export function withoutPayable(marks: readonly UsageMark[], now: bigint): UsageMark[] {
  return marks.filter(({ payableAt }) => payableAt > now);
}
