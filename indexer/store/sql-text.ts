/**
 * Names and strings as SQL text, for where nothing can be bound. Pure.
 * @module
 */

/** An identifier. Names of tables and columns come from IDLs, which are foreign text. */
export function quoted(identifier: string): string {
  return `\`${identifier.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

/** A string as a literal. */
export function sqlString(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
