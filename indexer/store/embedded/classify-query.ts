/**
 * What a query text is: a SELECT whose output goes through a pipe, an INSERT whose data follows it, or anything else.
 *
 * In: the request as latin1 text (one character is one byte) and the names of the engine's formats.
 * Out: a plan with byte offsets. Source: `ParserInsertQuery.cpp` and `ParserQueryWithOutput.cpp` of ClickHouse. Pure.
 * @module
 */
import { EngineError } from './engine-error.ts';
import { isKeyword, type Token, tokensOf } from './sql-tokens.ts';

export type QueryPlan =
  /** `text[0, outputAt) + INTO OUTFILE + text[outputAt, end)`; without `format` the request's default is added. */
  | { readonly kind: 'select'; readonly outputAt: number; readonly end: number; readonly format: string | null }
  /**
   * `text[0, sourceAt) + source + text[sourceEnd, end)`; the data starts at `dataAt`. The source is `FROM INFILE …` where
   * both are equal, else a `file(…` that takes the place of `input(`.
   */
  | {
      readonly kind: 'insertData';
      readonly sourceAt: number;
      readonly sourceEnd: number;
      readonly end: number;
      readonly dataAt: number;
      readonly format: string;
    }
  | { readonly kind: 'statement'; readonly keyword: string; readonly end: number; readonly format: string | null };

const outputKeywords = new Set(['SELECT', 'WITH', 'FROM', '(']);

/**
 * @throws EngineError 62 for an empty text or several statements, 358 for INTO OUTFILE, 344 for FROM INFILE
 */
export function classifyQuery(text: string, formats: ReadonlySet<string>): QueryPlan {
  const first = tokensOf(text).next().value as Token | undefined;
  if (first === undefined || first.kind === 'semicolon') throw new EngineError(62, 'SYNTAX_ERROR', 'Empty query');
  if (isKeyword(first, 'INSERT')) {
    const insert = findInsertData(text);
    if (insert !== null) return insert;
  }
  const keyword = first.text.toUpperCase();
  const clauses = findClauses(text, formats, isKeyword(first, 'INSERT'));
  const isSelect = outputKeywords.has(keyword) && !clauses.inserts;
  if (isSelect)
    return { kind: 'select', outputAt: clauses.formatAt ?? clauses.end, end: clauses.end, format: clauses.format };
  return { kind: 'statement', keyword, end: clauses.end, format: clauses.format };
}

interface Clauses {
  readonly end: number;
  readonly formatAt: number | null;
  readonly format: string | null;
  /** An INSERT behind a WITH. */
  readonly inserts: boolean;
}

function findClauses(text: string, formats: ReadonlySet<string>, isInsert: boolean): Clauses {
  let [end, formatAt, format, inserts]: [number, number | null, string | null, boolean] = [0, null, null, false];
  let previous: Token | undefined;
  for (const token of tokensOf(text)) {
    if (token.kind === 'semicolon' && token.depth === 0) {
      checkNothingAfter(text, token.end);
      break;
    }
    end = token.end;
    if (token.depth === 0 && previous?.kind === 'word') {
      refuseFiles(previous, token);
      if (isKeyword(previous, 'INSERT') && isKeyword(token, 'INTO')) inserts = true;
      const names = isKeyword(previous, 'FORMAT') && isFormatName(text, token, formats);
      if (names) [formatAt, format] = [previous.start, token.text];
      // The rows of VALUES are data: they need not be SQL tokens, and can be long.
      if (isInsert && isKeyword(token, 'VALUES')) return { end: text.length, formatAt: null, format: null, inserts };
    }
    previous = token;
  }
  return { end, formatAt, format, inserts };
}

/** `FORMAT` may also be a column's name: what follows decides. A wrong name at the very end is for the engine to refuse. */
function isFormatName(text: string, token: Token, formats: ReadonlySet<string>): boolean {
  if (token.kind !== 'word') return false;
  if (formats.has(token.text.toLowerCase())) return true;
  const next = tokensOf(text, token.end).next().value as Token | undefined;
  const isLast = next === undefined || next.kind === 'semicolon' || isKeyword(next, 'SETTINGS');
  return isLast && !isKeyword(token, 'DESC') && !isKeyword(token, 'ASC');
}

function checkNothingAfter(text: string, from: number): void {
  for (const token of tokensOf(text, from)) {
    if (token.kind === 'semicolon') continue;
    throw new EngineError(
      62,
      'SYNTAX_ERROR',
      `Syntax error (Multi-statements are not allowed): failed at position ${from}`,
    );
  }
}

/** Files of the server are the engine's own business: a client over HTTP names none. */
function refuseFiles(previous: Token, token: Token): void {
  if (isKeyword(previous, 'INTO') && isKeyword(token, 'OUTFILE')) {
    throw new EngineError(358, 'INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed');
  }
  if (isKeyword(previous, 'FROM') && isKeyword(token, 'INFILE')) {
    throw new EngineError(
      344,
      'SUPPORT_IS_DISABLED',
      'FROM INFILE is not allowed over HTTP, send the data in the body',
    );
  }
}

/** A cursor over tokens that reads no further than asked: behind FORMAT there is data, not SQL. */
class TokenCursor {
  current: Token | undefined;
  readonly #tokens: Generator<Token>;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.advance();
  }

  advance(): void {
    this.current = this.#tokens.next().value as Token | undefined;
  }

  passKeyword(keyword: string): boolean {
    const found = isKeyword(this.current, keyword);
    if (found) this.advance();
    return found;
  }

  /** One name, `{parameter:Identifier}`, or a whole bracket. */
  passName(): void {
    const opened = this.current?.kind === 'open' ? this.current.depth : null;
    this.advance();
    while (opened !== null && this.current !== undefined) {
      const closes = this.current.kind === 'close' && this.current.depth === opened;
      this.advance();
      if (closes) return;
    }
  }
}

/** The plan of `INSERT INTO t … FORMAT X` with data behind it; `null` for VALUES, SELECT and what does not parse. */
function findInsertData(text: string): QueryPlan | null {
  const cursor = new TokenCursor(text);
  skipTarget(cursor);
  let settingsAt: number | null = null;
  for (; cursor.current !== undefined; cursor.advance()) {
    const token = cursor.current;
    if (token.depth > 0 || token.kind !== 'word') {
      if (token.kind === 'semicolon') return null;
      continue;
    }
    if (isKeyword(token, 'SELECT') || isKeyword(token, 'WITH')) return findInputData(text, cursor);
    if (isKeyword(token, 'FROM') || isKeyword(token, 'VALUES')) return null;
    if (isKeyword(token, 'SETTINGS')) settingsAt ??= token.start;
    if (isKeyword(token, 'FORMAT')) {
      cursor.advance();
      const sourceAt = settingsAt ?? token.start;
      return dataPlan(text, cursor.current, { sourceAt, sourceEnd: sourceAt, formatAt: null });
    }
  }
  return null;
}

/** `INSERT INTO t SELECT … FROM input('a UInt8, …') … FORMAT X` with data behind it. */
function findInputData(text: string, cursor: TokenCursor): QueryPlan | null {
  let source: { sourceAt: number; sourceEnd: number } | null = null;
  for (; cursor.current !== undefined; cursor.advance()) {
    const token = cursor.current;
    if (isKeyword(token, 'INPUT')) {
      cursor.advance();
      if (cursor.current?.text === '(') source = { sourceAt: token.start, sourceEnd: cursor.current.end };
    }
    if (source !== null && token.depth === 0 && isKeyword(token, 'FORMAT')) {
      cursor.advance();
      return dataPlan(text, cursor.current, { ...source, formatAt: token.start });
    }
  }
  return null;
}

interface Source {
  readonly sourceAt: number;
  readonly sourceEnd: number;
  /** Where the statement ends when its FORMAT goes into the source; `null` when FORMAT stays. */
  readonly formatAt: number | null;
}

function skipTarget(cursor: TokenCursor): void {
  cursor.passKeyword('INSERT');
  cursor.passKeyword('INTO');
  cursor.passKeyword('TABLE');
  cursor.passKeyword('FUNCTION');
  cursor.passName();
  while (cursor.current?.text === '.') {
    cursor.advance();
    cursor.passName();
  }
}

function dataPlan(text: string, formatName: Token | undefined, source: Source): QueryPlan | null {
  if (formatName?.kind !== 'word') return null;
  const end = endOfSettings(text, formatName.end);
  if (text[skipSpaces(text, end)] === ';') {
    throw new EngineError(62, 'SYNTAX_ERROR', "You have excessive ';' symbol before data for INSERT");
  }
  const { sourceAt, sourceEnd, formatAt } = source;
  const dataAt = startOfData(text, end);
  return { kind: 'insertData', sourceAt, sourceEnd, end: formatAt ?? end, dataAt, format: formatName.text };
}

/** End of `SETTINGS a = 1, b = 'x'` between the format and the data, or `from` when there is none. */
function endOfSettings(text: string, from: number): number {
  const settings = /\s+SETTINGS(?=\s)/iy;
  settings.lastIndex = from;
  if (!settings.test(text)) return from;
  const assignment = /\s+\w+\s*=\s*(?:'(?:\\[\s\S]|''|[^'\\])*'|[-+\w.]+)(\s*,)?/y;
  let end = from;
  let next: RegExpExecArray | null;
  assignment.lastIndex = settings.lastIndex;
  do {
    next = assignment.exec(text);
    if (next !== null) end = assignment.lastIndex;
  } while (next?.[1] !== undefined);
  return end;
}

function skipSpaces(text: string, from: number): number {
  let index = from;
  while (text[index] === ' ' || text[index] === '\t' || text[index] === '\f') index += 1;
  return index;
}

/** Data begins behind the first line break, or behind the blanks when it stands on the same line. */
function startOfData(text: string, from: number): number {
  let index = skipSpaces(text, from);
  if (text[index] === '\r') index += 1;
  if (text[index] === '\n') index += 1;
  return index;
}
