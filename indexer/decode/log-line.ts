/**
 * One entry of a transaction's logs, as the runtime writes it. Only the start of an entry counts: a program's own text
 * comes behind `Program log: `, whatever it contains, newlines too.
 * Source: agave, program-runtime/src/stable_log.rs and log_collector.rs.
 * @module
 */

export type LogLine =
  | { readonly kind: 'invoke'; readonly programId: string; readonly height: number }
  | { readonly kind: 'consumed' | 'success' | 'failed'; readonly programId: string }
  /** What a program gave to `sol_log_data`: base64 texts with spaces between. */
  | { readonly kind: 'data'; readonly payload: string }
  | { readonly kind: 'truncated' }
  /** Anything that says nothing of calls: programs' texts, return data, native programs' messages. */
  | { readonly kind: 'other' };

const OTHER: LogLine = { kind: 'other' };
const TRUNCATED: LogLine = { kind: 'truncated' };
/** A program's own text, whatever it says. */
export const TEXT_PREFIX = 'Program log: ';
export const DATA_PREFIX = 'Program data: ';
const NAME_PREFIX = 'Program ';
const INVOKE = /^Program ([1-9A-HJ-NP-Za-km-z]{32,44}) invoke \[([1-9]\d?)\]$/;
const CONSUMED = /^Program ([1-9A-HJ-NP-Za-km-z]{32,44}) consumed \d+ of \d+ compute units$/;
const SUCCESS = /^Program ([1-9A-HJ-NP-Za-km-z]{32,44}) success$/;
const FAILED = /^Program ([1-9A-HJ-NP-Za-km-z]{32,44}) failed: /;

export function parseLogLine(line: string): LogLine {
  if (line.startsWith(TEXT_PREFIX)) return OTHER;
  if (line.startsWith(DATA_PREFIX)) return { kind: 'data', payload: line.slice(DATA_PREFIX.length) };
  if (line === 'Log truncated') return TRUNCATED;
  // "Program data:" with nothing to say, as servers that trim lines send it.
  if (line === 'Program data:') return { kind: 'data', payload: '' };
  if (!line.startsWith(NAME_PREFIX)) return OTHER;
  // What stands behind the program says which pattern is worth trying; most entries are none of the four.
  const behind = line.indexOf(' ', NAME_PREFIX.length);
  if (line.startsWith(' invoke ', behind)) return invokeIn(line);
  if (line.startsWith(' success', behind)) return endIn(line, SUCCESS, 'success');
  if (line.startsWith(' consumed ', behind)) return endIn(line, CONSUMED, 'consumed');
  return line.startsWith(' failed: ', behind) ? endIn(line, FAILED, 'failed') : OTHER;
}

function invokeIn(line: string): LogLine {
  const match = INVOKE.exec(line);
  return match === null ? OTHER : { kind: 'invoke', programId: match[1] as string, height: Number(match[2]) };
}

function endIn(line: string, pattern: RegExp, kind: 'consumed' | 'success' | 'failed'): LogLine {
  const match = pattern.exec(line);
  return match === null ? OTHER : { kind, programId: match[1] as string };
}
