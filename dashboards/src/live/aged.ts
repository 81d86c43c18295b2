/**
 * Which questions of the page have an answer that is not of the newest state, because the API had more to do than it could.
 * The page says so while there is one, and a little longer: a line that came and went with every answer could not be read.
 * @module
 */

const LINGER_MS = 2_000;

const aged = new Set<object>();
let lastMs = Number.NEGATIVE_INFINITY;

/** @param question the same object for every answer to it */
export function noteAged(question: object, isAged: boolean): void {
  if (isAged) aged.add(question);
  else if (aged.delete(question)) lastMs = Date.now();
}

export function hasAged(nowMs: number): boolean {
  return aged.size > 0 || nowMs - lastMs < LINGER_MS;
}
