/**
 * Refuses operations that the caller's scopes do not cover, before anything of them is run.
 * @module
 */
import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ApiContext } from '../context.ts';
import { denialOf } from './caller.ts';
import type { Scope } from './key-file.ts';

/** What gives transactions to sign. */
const PREPARES = /^prepare/;
/** The schema, the type's name and the limits tell nothing of the record. */
const OF_NOTHING = /^(__|serviceConfig$)/;

export function scopePlugin(): Plugin<ApiContext> {
  const refusalOf = (args: ExecutionArgs): GraphQLError | null => {
    const { caller } = args.contextValue as ApiContext;
    for (const scope of scopesOf(args.document, args.operationName)) {
      const denial = denialOf(caller, scope);
      if (denial === null) continue;
      const { status, code, message } = denial;
      return new GraphQLError(message, { extensions: { code, http: { status } } });
    }
    return null;
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const refusal = refusalOf(args as ExecutionArgs);
      if (refusal !== null) setResultAndStopExecution({ errors: [refusal] });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refusal = refusalOf(args as ExecutionArgs);
      if (refusal !== null) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

/** Scopes that the root fields of an operation need. The document is valid: no fragment is inside itself. */
function scopesOf(document: DocumentNode, operationName: string | null | undefined): ReadonlySet<Scope> {
  const scopes = new Set<Scope>();
  const seen = new Set<string>();
  const collect = (set: SelectionSetNode) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (!OF_NOTHING.test(name)) scopes.add(PREPARES.test(name) ? 'prepare' : 'read');
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        for (const each of document.definitions)
          if (each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value)
            collect(each.selectionSet);
      }
    }
  };
  const operation = getOperationAST(document, operationName);
  if (operation) collect(operation.selectionSet);
  return scopes;
}
