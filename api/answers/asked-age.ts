/**
 * How old an answer may be for the one who asks, as `Cache-Control` of the request says it (RFC 9111, 5.2.1). Pure.
 * @module
 */

const MS_PER_SECOND = 1_000;

/** @returns milliseconds; Infinity for a request that says nothing of it */
export function mostAgeOf(cacheControl: string | null): number {
  const directives = (cacheControl ?? '').toLowerCase().split(',');
  const ages = directives.map((directive) => {
    const [name = '', value = ''] = directive.split('=').map((part) => part.trim());
    if (name === 'no-cache' || name === 'no-store') return 0;
    const seconds = /^"?(\d+)"?$/.exec(value)?.[1];
    return name === 'max-age' && seconds !== undefined ? Number(seconds) * MS_PER_SECOND : Number.POSITIVE_INFINITY;
  });
  return Math.min(...ages);
}

/** Header `Age`: whole seconds, never less than the age. */
export function ageHeader(ageMs: number): string {
  return String(Math.ceil(ageMs / MS_PER_SECOND));
}
