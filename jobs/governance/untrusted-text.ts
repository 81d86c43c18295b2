/**
 * Text that a proposer wrote, made fit to be shown as plain text: what is invisible, or turns the direction of what stands
 * around it, is replaced by a visible mark. Pure. Never HTML, and nothing in it is trusted.
 * @module
 */

/**
 * Controls, what only formats (bidi marks and overrides, zero-width characters), lone surrogates, private and unassigned;
 * letters and marks that are drawn as nothing (fillers of Hangul, the blank of Braille, joiners), but for the sign behind an
 * emoji that has it drawn in colour.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\u2800]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}|(?<!\p{Extended_Pictographic})\ufe0f/gu;
const REPLACEMENT = '\u{fffd}';
const LINK_SCHEMES = new Set(['https:', 'ipfs:']);

export interface ShownText {
  readonly text: string;
  readonly hasHiddenCharacters: boolean;
}

export function shownText(raw: string): ShownText {
  const text = raw.replace(HIDDEN, REPLACEMENT);
  return { text, hasHiddenCharacters: text !== raw };
}

/** The address as a link may hold it: `https` or `ipfs`, no user name in it, nothing hidden; else `null`. */
export function safeLink(raw: string): string | null {
  if (shownText(raw).hasHiddenCharacters || !URL.canParse(raw)) return null;
  const { protocol, username, password, href } = new URL(raw);
  return LINK_SCHEMES.has(protocol) && username === '' && password === '' ? href : null;
}
