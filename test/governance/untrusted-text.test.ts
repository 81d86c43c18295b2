import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeLink, shownText } from '../../jobs/governance/untrusted-text.ts';

describe('text of a proposer', () => {
  it.each([
    ['a control character', '\u0007'],
    ['the end of a terminal line', '\u001b'],
    ['a right-to-left override', '\u202e'],
    ['an isolate', '\u2066'],
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner', '\u200d'],
    ['a soft hyphen', '\u00ad'],
    ['a byte order mark', '\ufeff'],
    ['a combining grapheme joiner', '\u034f'],
    ['a Hangul filler', '\u3164'],
    ['half of a Hangul filler', '\uffa0'],
    ['the blank of Braille', '\u2800'],
    ['a tag character', '\u{e0041}'],
    ['a variation selector', '\ufe00'],
    ['the sign of colour behind a letter', '\ufe0f'],
    ['a character of private use', '\ue000'],
    ['half of a pair', '\ud800'],
    ['a line separator', '\u2028'],
  ])('shows a mark for %s', (_, hidden) => {
    expect(shownText(`pay${hidden}pal`)).toEqual({ text: 'pay\ufffdpal', hasHiddenCharacters: true });
    expect(safeLink(`https://example.org/${hidden}`)).toBeNull();
  });

  it.each(['Lower the fee to 1.5 %', 'Комиссия 中文 ‘é’ <b>', 'हिन्दी e\u0301', 'Vote \u2764\ufe0f now'])(
    'leaves what can be seen as it is: %s',
    (text) => expect(shownText(text)).toEqual({ text, hasHiddenCharacters: false }),
  );

  it('has as many characters as before, and nothing hidden in it, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 24 }), (points) => {
        const raw = [...String.fromCodePoint(...points)].join('');
        const { text, hasHiddenCharacters } = shownText(raw);
        expect([...text].length).toBe([...raw].length);
        expect(shownText(text)).toEqual({ text, hasHiddenCharacters: false });
        expect(hasHiddenCharacters).toBe(text !== raw);
      }),
    );
  });

  it.each([
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['data:text/html,<script>', null],
    ['http://example.org/', null],
    ['//example.org/', null],
    ['https://user@example.org/', null],
    ['https://example.org\\@evil.example/', 'https://example.org/@evil.example/'],
    ['ipfs://bafy', 'ipfs://bafy'],
    ['https://example.org/a b"<', 'https://example.org/a%20b%22%3C'],
  ])('%s as a link is %s', (raw, link) => expect(safeLink(raw)).toBe(link));
});
