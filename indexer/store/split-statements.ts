/**
 * The statements of a SQL text: split at semicolons that stand outside of quotes and comments. Pure.
 * Quoting as in ClickHouse: '…', "…" and `…`, with backslash escapes and doubled quotes; comments by --, # and slash-star.
 * @module
 */
import { InputError } from '../domain/errors.ts';

/** Matches one piece that hides semicolons, or one semicolon, or one character of code. */
const piece =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`\\]|\\.|``)*`|--[^\n]*|#[ !][^\n]*|\/\*.*?\*\/|['"`]|\/\*|./gsy;

/**
 * Statements without their semicolons, comments kept, empty ones dropped.
 * @throws InputError `STORE__SQL_NOT_CLOSED` for a quote or comment that does not end
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let hasCode = false;
  const close = (end: number) => {
    if (hasCode) statements.push(sql.slice(start, end).trim());
    start = end + 1;
    hasCode = false;
  };
  for (const match of sql.matchAll(piece)) {
    const [text] = match;
    if (text === ';') close(match.index);
    else if (text === "'" || text === '"' || text === '`' || text === '/*') throw notClosed(sql, match.index);
    else if (!isComment(text) && text.trim() !== '') hasCode = true;
  }
  close(sql.length);
  return statements;
}

function isComment(text: string): boolean {
  return text.length > 1 && /^(--|#|\/\*)/.test(text);
}

function notClosed(sql: string, offset: number): InputError {
  const line = sql.slice(0, offset).split('\n').length;
  return new InputError('STORE__SQL_NOT_CLOSED', `A quote or comment that opens in line ${line} does not end`, {
    line,
  });
}
