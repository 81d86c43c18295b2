/**
 * Errors as ClickHouse's HTTP interface tells them: code, name, text and HTTP status.
 *
 * Source of the statuses: `src/Server/HTTP/exceptionCodeToHTTPStatus.cpp` of ClickHouse.
 * @module
 */

/** An error with ClickHouse's number and name, whether it comes from the engine or from this server. */
export class EngineError extends Error {
  constructor(
    readonly code: number,
    /** ClickHouse's name of the code, `UNKNOWN_TABLE`; empty when the engine did not tell. */
    readonly codeName: string,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EngineError';
  }
}

const statusGroups: readonly (readonly [status: number, codes: readonly number[]])[] = [
  [401, [194]],
  [403, [192, 193, 512, 516]],
  [
    400,
    [
      6, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 456, 457, 675,
      676,
    ],
  ],
  [404, [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511]],
  [408, [159]],
  [411, [381]],
  [413, [229]],
  [501, [48]],
  [503, [76, 209, 439]],
];
const statusOfCode = new Map(statusGroups.flatMap(([status, codes]) => codes.map((code) => [code, status] as const)));

/** HTTP status that ClickHouse answers with for an error code. */
export function httpStatusOf(code: number): number {
  return statusOfCode.get(code) ?? 500;
}

const headPattern = /^(?:std::exception\. )?Code: (\d+)\. DB::Exception: /;
const tailPattern = /[.:]?\s*\(([A-Z][A-Z0-9_]+)\)(?: \(version [^()]*(?:\([^()]*\))?\))?\s*$/;

/** The engine's exception text, `Code: 60. DB::Exception: … (UNKNOWN_TABLE)`, as an error. */
export function engineErrorOf(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = headPattern.exec(text)?.[1];
  if (code === undefined) return new EngineError(1002, 'UNKNOWN_EXCEPTION', text, error);
  let [message, codeName] = [text, ''];
  // An exception that crossed a thread arrives wrapped in itself.
  while (headPattern.test(message)) {
    const tail = tailPattern.exec(message);
    codeName ||= tail?.[1] ?? '';
    message = (tail === null ? message : message.slice(0, tail.index)).replace(headPattern, '');
  }
  return new EngineError(Number(code), codeName, message.trimEnd(), error);
}

/** The text a client gets: one exception in ClickHouse's form, ending with a line break. */
export function exceptionText(error: EngineError, version: string): string {
  const name = error.codeName === '' ? '' : ` (${error.codeName})`;
  const stop = /[.:]$/.test(error.message) ? '' : '.';
  return `Code: ${error.code}. DB::Exception: ${error.message}${stop}${name} (version ${version})\n`;
}
