/**
 * `node --import tsx api/client/generate-operations.ts` writes the types of the client's operations from the committed
 * schema. A test compares the result with what is committed.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as plugin from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { operations } from './operations.ts';

const target = new URL('./operations.generated.ts', import.meta.url);
const text = { input: 'string', output: 'string' };

export async function generatedOperations(): Promise<string> {
  const schemaText = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
  const scalars = { U64: text, U128: text, I64: text, I128: text, PublicKey: text, Hash: text, Signature: text };
  const types = await codegen({
    filename: 'operations.generated.ts',
    schema: parse(schemaText),
    schemaAst: buildSchema(schemaText),
    documents: Object.values(operations).map((each) => ({ document: parse(each) })),
    config: { scalars, immutableTypes: true, enumsAsTypes: true, onlyOperationTypes: true, skipTypename: true },
    plugins: [{ operations: {} }],
    pluginMap: { operations: plugin },
  });
  const entries = Object.keys(operations).map((name) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Query`;
    return `  readonly ${name}: { readonly data: ${type}; readonly variables: ${type}Variables };`;
  });
  return `${types.trimEnd()}\n\n/** Answer and variables of every operation. */\nexport interface OperationTypes {\n${entries.join('\n')}\n}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(target, await generatedOperations());
