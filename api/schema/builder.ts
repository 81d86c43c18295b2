/**
 * The schema builder: scalars. Types stand in `types/`, a file each.
 * @module
 */
import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import type { ApiContext } from '../context.ts';
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

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ComplexityPlugin],
  defaultFieldNullability: false,
  // The plugin notes each field's price; `query-cost.ts` adds them up.
  complexity: { defaultComplexity: 1, defaultListMultiplier: 10 },
});

/** What the fields of an object type are made with. */
export type ObjectFields<Row> = PothosSchemaTypes.ObjectFieldBuilder<(typeof builder)['$inferSchemaTypes'], Row>;

builder.scalarType('U64', integerScalar(64, false));
builder.scalarType('U128', integerScalar(128, false));
builder.scalarType('I64', integerScalar(64, true));
builder.scalarType('I128', integerScalar(128, true));
builder.scalarType('PublicKey', publicKeyScalar);
builder.scalarType('Hash', hashScalar);
builder.scalarType('Signature', signatureScalar);
builder.queryType({});
