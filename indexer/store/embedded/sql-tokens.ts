/**
 * Tokens of ClickHouse SQL, just enough to find clauses without being misled by strings, comments and quoted names.
 *
 * Works on latin1 text, so that every index is a byte offset into the request. Source: `src/Parsers/Lexer.cpp`. Pure.
 * @module
 */

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'open' | 'close' | 'semicolon' | 'other';

export interface Token {
  readonly kind: TokenKind;
  /** As written, with its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How many brackets are open around it; a bracket itself counts as outside. */
  readonly depth: number;
}

const space = /[\s\0]+/y;
const lineComment = /(?:--|#!|# )[^\n]*/y;
const word = /[A-Za-z_\x80-\xff][\w$\x80-\xff]*/y;
const number = /\d[\w.]*(?:(?<=[eEpP])[+-]\w*)?/y;
const quoted = /`(?:\\[\s\S]|``|[^`\\])*`|"(?:\\[\s\S]|""|[^"\\])*"/y;
const string = /'(?:\\[\s\S]|''|[^'\\])*'/y;
const heredoc = /\$(\w*)\$[\s\S]*?\$\1\$/y;

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Index after a comment that starts at `at`, or `at`. Block comments nest, as in the engine. */
function skipComment(text: string, at: number): number {
  const afterLine = match(lineComment, text, at);
  if (afterLine > at || !text.startsWith('/*', at)) return afterLine;
  let depth = 1;
  let index = at + 2;
  while (index < text.length && depth > 0) {
    if (text.startsWith('/*', index)) depth += 1;
    if (text.startsWith('*/', index)) depth -= 1;
    index += text.startsWith('/*', index) || text.startsWith('*/', index) ? 2 : 1;
  }
  return index;
}

function skipBlank(text: string, at: number): number {
  let index = at;
  for (;;) {
    const next = skipComment(text, match(space, text, index));
    if (next === index) return index;
    index = next;
  }
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['word', word],
  ['number', number],
  ['string', string],
  ['string', heredoc],
  ['quoted', quoted],
];
const bracketKinds: Readonly<Record<string, TokenKind>> = {
  '(': 'open',
  '[': 'open',
  '{': 'open',
  ')': 'close',
  ']': 'close',
  '}': 'close',
  ';': 'semicolon',
};

function readToken(text: string, start: number, depth: number): Token {
  for (const [kind, pattern] of patterns) {
    const end = match(pattern, text, start);
    if (end > start) return { kind, text: text.slice(start, end), start, end, depth };
  }
  const character = text[start] ?? '';
  const kind = bracketKinds[character] ?? 'other';
  return { kind, text: character, start, end: start + 1, depth: kind === 'close' ? Math.max(0, depth - 1) : depth };
}

/** Tokens from `from` on, lazily: a caller that stops early never looks at the data behind an INSERT. */
export function* tokensOf(text: string, from = 0): Generator<Token> {
  let depth = 0;
  let index = skipBlank(text, from);
  while (index < text.length) {
    const token = readToken(text, index, depth);
    yield token;
    depth = token.kind === 'open' ? depth + 1 : token.depth;
    index = skipBlank(text, token.end);
  }
}

/** Whether the token is this keyword; keywords are not case sensitive. */
export function isKeyword(token: Token | undefined, keyword: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === keyword;
}
