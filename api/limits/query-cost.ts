/**
 * What an operation costs before it is run: each field its points, each row of a list the points of its fields. The rows
 * of a page multiply its edges alone, so that what stands beside them (`totalCount`) costs the same for a page of any size.
 * @module
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export interface QueryCost {
  /** Points. */
  readonly cost: number;
  /** Levels of fields. */
  readonly depth: number;
  /** Fields, fragments spread out. */
  readonly breadth: number;
}

/** What a field's `complexity` option gives: points of the field itself, and rows. */
interface FieldPrice {
  readonly field?: number;
  readonly multiplier?: number;
}
type PriceOption = number | FieldPrice | ((args: Record<string, unknown>, context: object) => number | FieldPrice);

const UNKNOWN_LIST_ROWS = 10;
const nothing: QueryCost = { cost: 0, depth: 0, breadth: 0 };

/** @param pageRows rows of the page whose connection the set belongs to */
type SetCost = (set: SelectionSetNode, type: GraphQLNamedType, pageRows: number) => QueryCost;

/**
 * Cost of a valid operation within the limits of `document-limits.ts`. Nothing for variables that do not fit their types:
 * such an operation is refused before it is run.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): QueryCost {
  const root = schema.getRootType(operation.operation);
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!root || coerced === undefined) return nothing;
  const fragments = new Map(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each]),
  );
  const ofSet: SetCost = (set, type, pageRows) => {
    let sum = nothing;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) sum = plus(sum, fieldCost(selection, type, pageRows, coerced, ofSet));
      else {
        const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (inner) sum = plus(sum, ofSet(inner.selectionSet, type, pageRows));
      }
    }
    return sum;
  };
  return ofSet(operation.selectionSet, root, 1);
}

function plus(left: QueryCost, right: QueryCost): QueryCost {
  return {
    cost: left.cost + right.cost,
    depth: Math.max(left.depth, right.depth),
    breadth: left.breadth + right.breadth,
  };
}

function fieldCost(
  node: FieldNode,
  type: GraphQLNamedType,
  pageRows: number,
  variables: Record<string, unknown>,
  ofSet: SetCost,
): QueryCost {
  const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
  // Introspection: held by the limits of documents.
  if (field === undefined) return { cost: 1, depth: 1, breadth: 1 };
  const { points, rowCount } = priceOf(field, node, variables);
  const inner = getNamedType(field.type);
  const isPage = inner.name.endsWith('Connection');
  const rowsBelow = node.name.value === 'edges' ? pageRows : isPage ? 1 : rowCount;
  const below = node.selectionSet ? ofSet(node.selectionSet, inner, isPage ? rowCount : 1) : nothing;
  return { cost: points + rowsBelow * below.cost, depth: 1 + below.depth, breadth: 1 + below.breadth };
}

function priceOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Record<string, unknown>) {
  const option = field.extensions['complexity'] as PriceOption | undefined;
  const price = typeof option === 'function' ? option(getArgumentValues(field, node, variables), {}) : option;
  const rowsUnlessSaid = hasList(field.type) ? UNKNOWN_LIST_ROWS : 1;
  if (typeof price === 'number') return { points: price, rowCount: rowsUnlessSaid };
  return { points: price?.field ?? 1, rowCount: Math.max(price?.multiplier ?? rowsUnlessSaid, 0) };
}

function hasList(type: GraphQLOutputType): boolean {
  return isNonNullType(type) ? hasList(type.ofType) : isListType(type);
}
