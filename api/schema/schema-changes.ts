/**
 * Changes of the schema that break a client which was written for the released one, `schema.released.graphql`. Each has to
 * be named in the changelog, as `Breaking: Type.field`, or it does not pass; at a release the present schema becomes the
 * released one.
 * @module
 */
import { type BreakingChange, buildSchema, findBreakingChanges } from 'graphql';

/** Those that the changelog does not name. */
export function unannouncedChanges(released: string, current: string, changelog: string): BreakingChange[] {
  const announced = new Set([...changelog.matchAll(/Breaking: `?([\w.]+)`?/g)].map(([, name]) => name));
  const found = findBreakingChanges(buildSchema(released), buildSchema(current));
  return found.filter(({ description }) => !announced.has(subjectOf(description)));
}

/** The type, field or argument that a description begins with or names: `Query.blocks` of `Query.blocks was removed.` */
function subjectOf(description: string): string {
  return /\b(\w+\.\w+)\b/.exec(description)?.[1] ?? description.split(' ')[0] ?? '';
}
