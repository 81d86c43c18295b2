/**
 * The GPU model that an address names. Pure.
 * @module
 */

/** Of those that the marketplace can number. */
const LAST_MODEL = 255;

/** Its place in the catalogue; 0 where `text` names none that there can be. */
export function modelNumber(text: string | null): number {
  const number = Number(text ?? 0);
  return Number.isInteger(number) && number >= 0 && number <= LAST_MODEL ? number : 0;
}
