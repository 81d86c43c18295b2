/**
 * `serviceConfig`: the limits of this API, so that a client need not find them out by being refused.
 * @module
 */
import type { Caller } from '../../budget/caller.ts';
import { MAX_BREADTH, MAX_COST, MAX_DEPTH } from '../../limits/cost-plugin.ts';
import { MAX_ALIASES, MAX_ROOT_FIELDS, MAX_TOKENS } from '../../limits/document-limits.ts';
import { API_QUERY_LIMITS } from '../../limits/query-limits.ts';
import { MAX_BODY_BYTES } from '../../limits/request-limits.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';

const MS_PER_SECOND = 1_000;

const ServiceConfigType = builder.objectRef<Caller>('ServiceConfig').implement({
  description: 'What an operation may have at most, and what the caller may spend.',
  fields: (t) => {
    const limit = (description: string, value: number) => t.int({ description, resolve: () => value });
    return {
      maxPageRows: limit('Rows of a page.', MAX_PAGE_SIZE),
      maxCost: limit(
        'Points of an operation: each field a point, each row of a list the points of its fields.',
        MAX_COST,
      ),
      maxDepth: limit('Levels of fields.', MAX_DEPTH),
      maxFields: limit('Fields, fragments spread out.', MAX_BREADTH),
      maxAliases: limit('Aliases.', MAX_ALIASES),
      maxRootFields: limit('Fields of the query itself.', MAX_ROOT_FIELDS),
      maxTokens: limit('Tokens of a document.', MAX_TOKENS),
      maxRequestBytes: limit('Bytes of a request.', MAX_BODY_BYTES),
      maxQueryMs: limit(
        'Milliseconds of one question to the ledger.',
        API_QUERY_LIMITS.max_execution_time * MS_PER_SECOND,
      ),
      maxQueryBytes: limit('Bytes of memory of one question to the ledger.', Number(API_QUERY_LIMITS.max_memory_usage)),
      budgetPoints: t.int({
        description: 'Points that the caller’s budget holds at most: a token bucket per API key, or per address.',
        resolve: ({ budget }) => budget.capacity,
      }),
      budgetRefillPerSecond: t.float({
        description: 'Points that flow back into it each second.',
        resolve: ({ budget }) => budget.refillPerSecond,
      }),
    };
  },
});

builder.queryField('serviceConfig', (t) =>
  t.field({
    type: ServiceConfigType,
    description: 'The limits of this API and the budget of who asks.',
    resolve: (_, __, { caller }) => caller,
  }),
);
