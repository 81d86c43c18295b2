/**
 * `node --import tsx dashboards/generate-types.ts` writes the types of the pages' questions and answers from the
 * committed schema. A test compares the result with what is committed.
 * @module
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { HEAD_QUERY, HEAD_SUBSCRIPTION } from './src/live/head.ts';

const target = new URL('./src/queries.generated.ts', import.meta.url);
const pages = new URL('./src/pages/', import.meta.url);
const text = { input: 'string', output: 'string' };

export async function generatedTypes(): Promise<string> {
  const schemaText = readFileSync(new URL('../api/schema.graphql', import.meta.url), 'utf8');
  const scalars = { U64: text, U128: text, I64: text, I128: text, PublicKey: text, Hash: text, Signature: text };
  const questions = [HEAD_QUERY, HEAD_SUBSCRIPTION, ...(await pageQuestions())];
  return codegen({
    filename: 'queries.generated.ts',
    schema: parse(schemaText),
    schemaAst: buildSchema(schemaText),
    documents: questions.map((question) => ({ document: parse(question) })),
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

/** Every text that a page's `queries.ts` exports, by name. */
async function pageQuestions(): Promise<string[]> {
  const names = readdirSync(pages).toSorted();
  const modules = names.map((name) => import(new URL(`${name}/queries.ts`, pages).href) as Promise<object>);
  return (await Promise.all(modules)).flatMap((each) => {
    const questions = Object.entries(each) as [string, string][];
    return questions.toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, question]) => question);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(target, await generatedTypes());
