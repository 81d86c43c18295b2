/**
 * What a query document may hold, looked at before anything else is done with it: tokens while it is parsed, then fields,
 * aliases and root fields with fragments spread out. Introspection, which the complexity of the schema does not see,
 * is held by the same numbers.
 * @module
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';

export const MAX_TOKENS = 2_000;
export const MAX_FIELDS = 500;
export const MAX_ALIASES = 30;
export const MAX_ROOT_FIELDS = 15;

export interface DocumentSize {
  readonly fieldCount: number;
  readonly aliasCount: number;
}

/** Enforces the limits in a server. */
export function documentLimits(): Plugin {
  return {
    onParse: ({ setParseFn }) => setParseFn(parseWithinLimits),
    onValidate: ({ params, setResult }) => {
      const { documentAST } = params as { documentAST: DocumentNode };
      const excess = excessOf(documentAST);
      if (excess !== null) setResult([excess]);
    },
  };
}

/** @throws GraphQLError `API__TOO_MANY_TOKENS`, `API__SYNTAX` */
function parseWithinLimits(source: string): DocumentNode {
  try {
    return parse(source, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const isTooLong = error.message.includes('Parsing aborted');
    throw new GraphQLError(error.message, {
      ...(error.source ? { source: error.source } : {}),
      ...(error.positions ? { positions: error.positions } : {}),
      extensions: { code: isTooLong ? 'API__TOO_MANY_TOKENS' : 'API__SYNTAX', http: { status: 400 } },
    });
  }
}

/** Why a document is not even validated; `null` when it keeps the limits. */
export function excessOf(document: DocumentNode): GraphQLError | null {
  const measure = measurerOf(document);
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    if (operation.operation === 'mutation') return refusal('API__READ_ONLY', 'Nothing can be written here');
    const { fieldCount, aliasCount } = measure(operation.selectionSet);
    const rootCount = rootFieldCount(operation.selectionSet, fragmentsOf(document));
    if (rootCount > MAX_ROOT_FIELDS) return excess('API__TOO_MANY_ROOTS', 'root fields', rootCount, MAX_ROOT_FIELDS);
    if (aliasCount > MAX_ALIASES) return excess('API__TOO_MANY_ALIASES', 'aliases', aliasCount, MAX_ALIASES);
    if (fieldCount > MAX_FIELDS) return excess('API__TOO_MANY_FIELDS', 'fields', fieldCount, MAX_FIELDS);
  }
  return null;
}

function excess(code: string, what: string, count: number, most: number): GraphQLError {
  return refusal(code, `An operation has at most ${most} ${what}, this one has ${count}`);
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const found = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(found.map((each) => [each.name.value, each]));
}

/**
 * Sizes with fragments spread out. Each fragment is measured once, so a chain of fragments that doubles at every link
 * costs its length and not its size. A fragment inside itself counts as nothing: validation refuses it.
 */
function measurerOf(document: DocumentNode): (set: SelectionSetNode) => DocumentSize {
  const fragments = fragmentsOf(document);
  const known = new Map<string, DocumentSize>();
  const ofFragment = (name: string): DocumentSize => {
    const before = known.get(name);
    if (before) return before;
    known.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment ? ofSet(fragment.selectionSet) : nothing;
    known.set(name, size);
    return size;
  };
  const ofSet = (set: SelectionSetNode): DocumentSize =>
    set.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return plus(sum, ofFragment(selection.name.value));
      const own = selection.kind === Kind.FIELD ? { fieldCount: 1, aliasCount: selection.alias ? 1 : 0 } : nothing;
      const inner = selection.selectionSet ? ofSet(selection.selectionSet) : nothing;
      return plus(plus(sum, own), inner);
    }, nothing);
  return ofSet;
}

const nothing: DocumentSize = { fieldCount: 0, aliasCount: 0 };

function plus(left: DocumentSize, right: DocumentSize): DocumentSize {
  return { fieldCount: left.fieldCount + right.fieldCount, aliasCount: left.aliasCount + right.aliasCount };
}

/** Root fields with fragments spread out, each spread of a fragment once per place. */
function rootFieldCount(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  known = new Map<string, number>(),
): number {
  return set.selections.reduce((sum, selection) => {
    if (selection.kind === Kind.FIELD) return sum + 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return sum + rootFieldCount(selection.selectionSet, fragments, known);
    const name = selection.name.value;
    if (!known.has(name)) {
      known.set(name, 0);
      const fragment = fragments.get(name);
      known.set(name, fragment ? rootFieldCount(fragment.selectionSet, fragments, known) : 0);
    }
    return sum + (known.get(name) ?? 0);
  }, 0);
}
