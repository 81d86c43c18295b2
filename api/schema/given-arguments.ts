/**
 * Optional arguments: GraphQL hands over those that were left out, and those that are said to be null; filters know
 * only what was given.
 * @module
 */

/** Those of the named arguments that were given. An empty text asks for nothing, as a field of a form left empty does. */
export function givenOf<Arguments extends object, Name extends keyof Arguments>(
  args: Arguments,
  names: readonly Name[],
): { [Each in Name]?: NonNullable<Arguments[Each]> } {
  const given: { [Each in Name]?: NonNullable<Arguments[Each]> } = {};
  for (const name of names) {
    const value = args[name];
    if (value !== null && value !== undefined && value !== '') given[name] = value as NonNullable<typeof value>;
  }
  return given;
}
