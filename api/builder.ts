/**
 * The schema builder: scalars and what a query may cost. Types stand in `types/`, a file each.
 * @module
 */
import SchemaBuilder from '@pothos/core';
import ComplexityPlugin, { type ComplexityErrorFn } from '@pothos/plugin-complexity';
import { GraphQLError } from 'graphql';
import type { ApiContext } from './context.ts';
import { hashScalar, integerScalar, publicKeyScalar, signatureScalar } from './scalars.ts';

interface Scalar<T> {
  Input: T;
  Output: T;
}

export interface SchemaTypes {
  Context: ApiContext;
  DefaultFieldNullability: false;
  Scalars: {
    U64: Scalar<bigint>;
    U128: Scalar<bigint>;
    I64: Scalar<bigint>;
    I128: Scalar<bigint>;
    PublicKey: Scalar<Uint8Array>;
    Hash: Scalar<Uint8Array>;
    Signature: Scalar<Uint8Array>;
  };
}

/** Most rows of one page. */
export const MAX_PAGE_SIZE = 500;
/** A page counts its rows, a field 1: a page of 500 events with all their fields fits, two nested ones do not. */
export const MAX_COMPLEXITY = 20_000;
export const MAX_DEPTH = 10;
export const MAX_BREADTH = 300;

const complexityError: ComplexityErrorFn = (kind, { depth, breadth, complexity }) => {
  const [code, what, found, most] = {
    Depth: ['API__TOO_DEEP', 'levels', depth, MAX_DEPTH] as const,
    Breadth: ['API__TOO_MANY_FIELDS', 'fields', breadth, MAX_BREADTH] as const,
    Complexity: ['API__TOO_COMPLEX', 'points of cost (rows times fields)', complexity, MAX_COMPLEXITY] as const,
  }[kind];
  return new GraphQLError(`A query has at most ${most} ${what}, this one has ${found}`, { extensions: { code } });
};

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: 10,
    complexityError,
    limit: { complexity: MAX_COMPLEXITY, depth: MAX_DEPTH, breadth: MAX_BREADTH },
  },
});

builder.scalarType('U64', integerScalar(64, false));
builder.scalarType('U128', integerScalar(128, false));
builder.scalarType('I64', integerScalar(64, true));
builder.scalarType('I128', integerScalar(128, true));
builder.scalarType('PublicKey', publicKeyScalar);
builder.scalarType('Hash', hashScalar);
builder.scalarType('Signature', signatureScalar);
builder.queryType({});
