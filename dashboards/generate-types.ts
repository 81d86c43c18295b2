/**
 * `node --import tsx dashboards/generate-types.ts` writes the types of the page's questions and answers from the
 * committed schema. A test compares the result with what is committed.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { CHAIN_QUERY, NETWORK_QUERY } from './src/queries.ts';

const target = new URL('./src/queries.generated.ts', import.meta.url);
const text = { input: 'string', output: 'string' };

export function generatedTypes(): Promise<string> {
  const schemaText = readFileSync(new URL('../api/schema.graphql', import.meta.url), 'utf8');
  const scalars = { U64: text, U128: text, I64: text, I128: text, PublicKey: text, Hash: text, Signature: text };
  return codegen({
    filename: 'queries.generated.ts',
    schema: parse(schemaText),
    schemaAst: buildSchema(schemaText),
    documents: [{ document: parse(CHAIN_QUERY) }, { document: parse(NETWORK_QUERY) }],
    config: {
      scalars,
      immutableTypes: true,
      enumsAsTypes: true,
      onlyOperationTypes: true,
      skipTypename: true,
      useTypeImports: true,
    },
    plugins: [{ operations: {} }],
    pluginMap: { operations },
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(target, await generatedTypes());
